/* SPDX-License-Identifier: MIT
 * fields: one table for copying and for writing view records.
 * Method: offsetof. Limits: `schema` is no member and is left to who writes. */
#include "fields.h"

#define AT(member) offsetof(stance_record, member)

static const struct record_field fields[] = {
    {"id", FIELD_TEXT, AT(id)},
    {"article", FIELD_TEXT, AT(article)},
    {"outlet", FIELD_TEXT, AT(outlet)},
    {"date", FIELD_TEXT, AT(date)},
    {"url", FIELD_TEXT, AT(url)},
    {"title", FIELD_TEXT, AT(title)},
    {"speaker", FIELD_TEXT, AT(speaker)},
    {"speaker_kind", FIELD_TEXT, AT(speaker_kind)},
    {"speaker_mention", FIELD_TEXT, AT(speaker_mention)},
    {"speaker_start", FIELD_POSITION, AT(speaker_span.start)},
    {"speaker_end", FIELD_POSITION, AT(speaker_span.end)},
    {"resolved_by", FIELD_TEXT, AT(resolved_by)},
    {"via", FIELD_TEXT, AT(via)},
    {"cue", FIELD_TEXT, AT(cue)},
    {"cue_start", FIELD_POSITION, AT(cue_span.start)},
    {"cue_end", FIELD_POSITION, AT(cue_span.end)},
    {"kind", FIELD_TEXT, AT(kind)},
    {"text", FIELD_TEXT, AT(text)},
    {"start", FIELD_POSITION, AT(span.start)},
    {"end", FIELD_POSITION, AT(span.end)},
    {"byte_start", FIELD_POSITION, AT(bytes.start)},
    {"byte_end", FIELD_POSITION, AT(bytes.end)},
    {"target", FIELD_TEXT, AT(target)},
    {"stance", FIELD_TEXT, AT(stance)},
    {NULL, FIELD_SHARES, AT(p)},
    {"margin", FIELD_NUMBER, AT(margin)},
    {"abstained", FIELD_TEXT, AT(abstained)},
    {"known", FIELD_NUMBER, AT(known)},
    {"duplicate_of", FIELD_TEXT, AT(duplicate_of)},
    {"model", FIELD_TEXT, AT(model)},
    {"views_model", FIELD_TEXT, AT(views_model)},
};

const struct record_field *record_field(size_t i)
{
    return i < sizeof fields / sizeof *fields ? &fields[i] : NULL;
}
