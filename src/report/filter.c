/* SPDX-License-Identifier: MIT
 * filter: bounds of time, and equality without case.
 * Method: the wanted values are folded once, the records' as they come. Limits: one value per field. */
#include "filter.h"

#include <string.h>

#include "../base/error.h"
#include "../text/unicode.h"
#include "period.h"

struct wanted_field {
    const char *name;
    size_t in_options, in_record;
};

enum { OUTLET = 0 };

static const struct wanted_field fields[FILTER_FIELDS] = {
    {"outlet", offsetof(stance_report_options, outlet), offsetof(stance_record, outlet)},
    {"speaker", offsetof(stance_report_options, speaker), offsetof(stance_record, speaker)},
    {"target", offsetof(stance_report_options, target), offsetof(stance_record, target)},
    {"kind", offsetof(stance_report_options, kind), offsetof(stance_record, kind)},
};

static bool bound(const char *name, const char *given, struct arena *arena, stance_str *out, stance_error *err)
{
    stance_str s = str_of(given);
    if (given && !period_bound(s))
        return error_set(err, STANCE_USAGE, 0, "--%s %.40s: not a date; write 2025, 2025-01 or 2025-01-31", name, given);
    return arena_copy(arena, s, out) || error_nomem(err, "starting a report");
}

/* A failure stays in scratch.failed; see filter_failed. */
static stance_str fold(struct filter *f, stance_str s)
{
    f->scratch.len = 0;
    if (!s.ptr || !s.len) s = STR("unknown");
    if (unicode_valid(s)) unicode_fold(s, &f->scratch);
    return strbuf_str(&f->scratch);
}

bool filter_init(struct filter *f, const stance_report_options *options, struct arena *arena, stance_error *err)
{
    if (!bound("since", options->since, arena, &f->since, err) || !bound("until", options->until, arena, &f->until, err)) return false;
    size_t common = f->since.len < f->until.len ? f->since.len : f->until.len;
    if (common && memcmp(f->since.ptr, f->until.ptr, common) > 0)
        return error_set(err, STANCE_USAGE, 0, "--since %.40s is after --until %.40s; no view can be both", options->since, options->until);
    for (size_t i = 0; i < FILTER_FIELDS; i++) {
        const char *const *given = (const void *)((const char *)options + fields[i].in_options);
        if (!*given) continue;
        if (!unicode_valid(str_of(*given))) return error_set(err, STANCE_USAGE, 0, "--%s: not valid UTF-8", fields[i].name);
        if (!arena_copy(arena, fold(f, str_of(*given)), &f->wanted[i]) || f->scratch.failed)
            return error_nomem(err, "starting a report");
    }
    return true;
}

void filter_free(struct filter *f)
{
    strbuf_free(&f->scratch);
}

bool filter_time(const struct filter *f, const char *day)
{
    if (!day) return !f->since.ptr && !f->until.ptr;
    return (!f->since.ptr || period_compare(day, f->since) >= 0) && (!f->until.ptr || period_compare(day, f->until) <= 0);
}

static bool takes(struct filter *f, size_t field, stance_str value)
{
    return !f->wanted[field].ptr || str_equal(f->wanted[field], fold(f, value));
}

bool filter_view(struct filter *f, const stance_record *r)
{
    for (size_t i = 0; i < FILTER_FIELDS; i++)
        if (!takes(f, i, *(const stance_str *)(const void *)((const char *)r + fields[i].in_record))) return false;
    return true;
}

bool filter_failed(const struct filter *f)
{
    return f->scratch.failed;
}

bool filter_outlet(struct filter *f, stance_str outlet)
{
    return takes(f, OUTLET, outlet);
}

bool filter_chooses_views(const struct filter *f)
{
    for (size_t i = 0; i < FILTER_FIELDS; i++)
        if (i != OUTLET && f->wanted[i].ptr) return true;
    return false;
}
