/* SPDX-License-Identifier: MIT
 * cmd_report: view records in, a summary table out.
 * Method: streams all records through the report; the library renders. Limits: groups and articles are held in memory, views are not. */
#include <string.h>

#include "report_run.h"

static stance_str column(void *ctx, const char *name)
{
    stance_record_reader *const *reader = ctx;
    return *reader ? stance_record_reader_field(*reader, name) : (stance_str){NULL, 0};
}

static bool add_input(stance_report *report, stance_record_reader *in, const struct options *o, struct mishaps *bad, stance_error *err)
{
    stance_record record;
    int got;
    stance_error error = {0};
    while ((got = stance_record_reader_next(in, &record, &error)) != 0) {
        if (interrupted()) return error_set(err, STANCE_INTERRUPTED, 0, "interrupted");
        if (got > 0 && !stance_report_add(report, &record, err)) return false;
        if (got < 0 && !mishap(bad, o, &error, stance_record_reader_fatal(in), err)) return false;
    }
    return true;
}

int cmd_report(const struct options *o)
{
    stance_error err = {0};
    struct mishaps bad = {0};
    stance_record_reader *in = NULL;
    stance_report_options ro = report_options(o);
    ro.column = column;
    ro.column_ctx = &in;
    stance_report *report = stance_report_new(&ro, &err);
    bool ok = report != NULL;
    for (size_t i = 0; ok && i < o->inputs.n; i++) {
        in = stance_record_reader_open(o->inputs.items[i], o->input_format, &err);
        ok = in && add_input(report, in, o, &bad, &err);
        stance_record_reader_free(in);
        in = NULL;
    }
    const char *format = options_format(o, "table");
    struct writer *w = NULL;
    ok = ok && (o->dry_run || ((w = writer_open(o->output, &err)) != NULL && report_write(report, o, format, w, &err)));
    int status = close_output(w, ok, ok ? mishaps_status(&bad, o) : STANCE_OK, &err);
    stance_report_free(report);
    return status;
}
