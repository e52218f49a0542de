/* SPDX-License-Identifier: MIT
 * cmd_report: view records in, a summary table out.
 * Method: streams all records through the report; the library renders. Limits: some 150 bytes a view are held in memory; texts only as
 * examples, and all of them by claim. */
#include "report_run.h"

static stance_str column(void *ctx, const char *name)
{
    const struct view_sink *sink = ctx;
    return sink->in ? stance_record_reader_field(sink->in, name) : (stance_str){NULL, 0};
}

static bool add(void *ctx, const stance_record *record, stance_error *err)
{
    return stance_report_add(ctx, record, err);
}

int cmd_report(const struct options *o)
{
    stance_error err = {0};
    struct mishaps bad = {0};
    struct view_sink sink = {.add = add};
    stance_report_options ro = report_options(o);
    ro.column = column;
    ro.column_ctx = &sink;
    stance_report *report = stance_report_new(&ro, &err);
    sink.ctx = report;
    bool ok = report && views_run(o, &sink, &bad, &err);
    struct writer *w = NULL;
    ok = ok && (o->dry_run || ((w = writer_open(o->output, &err)) != NULL && report_write(report, o, options_format(o, "table"), w, &err)));
    int status = close_output(w, ok, ok ? mishaps_status(&bad, o) : STANCE_OK, &err);
    stance_report_free(report);
    return status;
}
