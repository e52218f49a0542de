/* SPDX-License-Identifier: MIT
 * cmd_report: view records in, a summary table out; or a part of one, or many parts in.
 * Method: streams all records through the report; the library renders. Limits: some 150 bytes a view are held in memory; texts only as
 * examples, and all of them by claim. Of a part nothing is held. */
#include <math.h>

#include "report_run.h"

static stance_str column(void *ctx, const char *name)
{
    return views_column(ctx, name);
}

struct reading {
    stance_report *report;
    const stance_model *model; /* that made the views, if it could be found */
    stance_seen seen;
    bool mixed;                /* views of several models, or of another: nothing to compare with */
};

static void watch(struct reading *r, const stance_record *record)
{
    if (r->mixed || !record->stance.ptr || isnan(record->known)) return;
    r->mixed = !r->model || !str_equal(record->model, str_of(stance_model_id(r->model)));
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
    struct reading *r = ctx;
    return stance_report_add_article(r->report, document, err);
}

/* ---- a part ---- */

struct part {
    stance_partial *partial;
    struct writer *w; /* NULL: a dry run */
};

static bool write_part(struct part *p, bool last, stance_error *err)
{
    stance_str text;
    return stance_partial_take(p->partial, last, &text, err) && (!p->w || writer_write(p->w, text, err));
}

static bool part_add(void *ctx, const stance_record *record, stance_error *err)
{
    struct part *p = ctx;
    return stance_partial_add(p->partial, record, err) && write_part(p, false, err);
}

static bool part_add_article(void *ctx, const stance_document *document, stance_error *err)
{
    struct part *p = ctx;
    return stance_partial_add_article(p->partial, document, err) && write_part(p, false, err);
}

static int run_partial(const struct options *o)
{
    stance_error err = {0};
    struct mishaps bad = {0};
    struct part part = {0};
    struct view_sink sink = {.ctx = &part, .add = part_add, .add_article = part_add_article};
    stance_report_options ro = report_options(o);
    ro.examples = o->examples;
    ro.column = column;
    ro.column_ctx = &sink;
    struct report_model model = {0};
    if (report_model_open(o, &model, &ro, &err)) part.partial = stance_partial_new(&ro, &err);
    report_model_close(&model);
    bool ok = part.partial && (o->dry_run || (part.w = writer_open(o->output, &err)) != NULL);
    ok = ok && views_run(o, &sink, &bad, &err) && write_part(&part, true, &err);
    int status = close_output(part.w, ok, ok ? mishaps_status(&bad, o) : STANCE_OK, &err);
    stance_partial_free(part.partial);
    return status;
}

/* ---- the whole ---- */

static int finish(stance_report *report, bool ok, const struct options *o, const struct mishaps *bad, stance_error *err)
{
    struct writer *w = NULL;
    ok = ok && (o->dry_run || ((w = writer_open(o->output, err)) != NULL && report_write(report, o, options_format(o, "table"), w, err)));
    int status = close_output(w, ok, ok ? mishaps_status(bad, o) : STANCE_OK, err);
    stance_report_free(report);
    return status;
}

static int run_merge(const struct options *o)
{
    stance_error err = {0};
    struct mishaps none = {0};
    stance_report_options ro = report_options(o);
    struct report_model model = {0};
    bool ok = report_model_open(o, &model, &ro, &err);
    stance_report *report = ok ? stance_report_merge(o->inputs.items, o->inputs.n, &ro, &err) : NULL;
    int status = finish(report, report != NULL, o, &none, &err);
    report_model_close(&model);
    return status;
}

static int run_report(const struct options *o)
{
    stance_error err = {0};
    struct mishaps bad = {0};
    struct view_sink sink = {.add = add, .add_article = add_article};
    stance_report_options ro = report_options(o);
    ro.column = column;
    ro.column_ctx = &sink;
    struct report_model model = {0};
    stance_report *report = report_model_open(o, &model, &ro, &err) ? stance_report_new(&ro, &err) : NULL;
    struct reading reading = {.report = report, .model = model.model};
    sink.ctx = &reading;
    bool ok = report && views_run(o, &sink, &bad, &err);
    if (ok && !reading.mixed && model.model) warn_of_drift(o, model.model, &reading.seen);
    int status = finish(report, ok, o, &bad, &err);
    report_model_close(&model);
    return status;
}

int cmd_report(const struct options *o)
{
    stance_error err = {0};
    if (o->merge && o->partial) {
        error_set(&err, STANCE_USAGE, 0, "--partial and --merge: write parts first, then merge them");
        return fail(&err);
    }
    return o->merge ? run_merge(o) : o->partial ? run_partial(o) : run_report(o);
}
