/* SPDX-License-Identifier: MIT
 * cmd_report: view records in, a summary table out.
 * Method: streams all records through the report; the library renders. Limits: some 150 bytes a view are held in memory; texts only as
 * examples, and all of them by claim. */
#include <math.h>

#include "report_run.h"

static stance_str column(void *ctx, const char *name)
{
    return views_column(ctx, name);
}

struct reading {
    const struct options *o;
    stance_report *report;
    stance_model *model; /* that made the views, if it can be found */
    stance_seen seen;
    bool mixed;          /* views of several models, or of one that was not found: nothing to compare with */
};

/* The model is looked for at the first view; a report does without it. */
static bool of_model(struct reading *r, const stance_record *record)
{
    if (!r->model && !r->mixed) r->model = open_model(r->o, NULL);
    return r->model && str_equal(record->model, str_of(stance_model_id(r->model)));
}

static void watch(struct reading *r, const stance_record *record)
{
    if (r->mixed || !record->stance.ptr || isnan(record->known)) return;
    r->mixed = !of_model(r, record);
    for (size_t l = 0; !r->mixed && l < stance_model_labels(r->model); l++)
        if (str_equal(record->stance, str_of(stance_model_label(r->model, l)))) stance_seen_add(&r->seen, (uint32_t)l, record->known);
}

static bool add(void *ctx, const stance_record *record, stance_error *err)
{
    struct reading *r = ctx;
    watch(r, record);
    return stance_report_add(r->report, record, err);
}

static bool add_article(void *ctx, const stance_document *document, stance_error *err)
{
    return stance_report_add_article(ctx, document, err);
}

int cmd_report(const struct options *o)
{
    stance_error err = {0};
    struct mishaps bad = {0};
    struct view_sink sink = {.add = add, .add_article = add_article};
    stance_report_options ro = report_options(o);
    ro.column = column;
    ro.column_ctx = &sink;
    stance_report *report = stance_report_new(&ro, &err);
    struct reading reading = {.o = o, .report = report};
    sink.ctx = &reading;
    bool ok = report && views_run(o, &sink, &bad, &err);
    struct writer *w = NULL;
    ok = ok && (o->dry_run || ((w = writer_open(o->output, &err)) != NULL && report_write(report, o, options_format(o, "table"), w, &err)));
    if (ok && !reading.mixed) warn_of_drift(o, reading.model, &reading.seen);
    int status = close_output(w, ok, ok ? mishaps_status(&bad, o) : STANCE_OK, &err);
    stance_model_free(reading.model);
    stance_report_free(report);
    return status;
}
