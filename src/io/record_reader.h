/* SPDX-License-Identifier: MIT
 * record_reader: what the reader of view records tells besides views; the rest of it is in stance.h. */
#ifndef IO_RECORD_READER_H
#define IO_RECORD_READER_H
#include "../stance.h"

/* Calls fn for each line that begins (end: closes) a part of a report; its fields by stance_record_reader_field. fn false: reading stops with
 * *err. Without fn such a line is refused. */
void record_reader_on_part(stance_record_reader *reader, bool (*fn)(void *ctx, stance_record_reader *reader, bool end, stance_error *err), void *ctx);
/* Whether a view record has a field of this name, but for schema and the p_ fields. */
bool record_field_known(stance_str name);
#endif
