/* SPDX-License-Identifier: MIT
 * cmd_summary: `stance FILE...`: classifies articles and reports them at once.
 * Method: the run of classify with reports as its sink, per speaker and per outlet unless --by says otherwise. Limits: views themselves are not kept. */
#include <string.h>

#include "article_run.h"
#include "report_run.h"

struct summary {
    stance_report *reports[2];
    size_t reports_n;
    const stance_model *model;
    const stance_views_model *views_model;
    stance_str labels[STANCE_MAX_LABELS];
    size_t labels_n;
    const struct options *o;
    struct view_sink views; /* stored is the present view, for columns of --by */
};

static stance_record record_of(const struct summary *s, const stance_document *d, const stance_view *v)
{
    const char *views_model = s->views_model ? stance_views_model_id(s->views_model) : NULL;
    stance_record r = {.article = d->article, .outlet = d->outlet, .date = d->date, .url = d->url, .title = d->title, .speaker = v->speaker, .via = v->via,
                       .speaker_mention = v->mention_text, .speaker_kind = str_of(stance_speaker_kind_name(v->speaker_kind)),
                       .resolved_by = str_of(stance_resolution_name(v->resolved_by)), .cue = v->cue_text, .kind = str_of(stance_kind_name(v->kind)), .text = v->text,
                       .speaker_span = v->mention_chars, .cue_span = v->cue_chars, .span = v->content_chars, .bytes = v->content, .target = v->target,
                       .stance = s->labels[v->prediction.label], .abstained = str_of(stance_abstention_name(v->prediction.abstained)),
                       .model = str_of(stance_model_id(s->model)),
                       .views_model = str_of(views_model), .labels = s->labels, .labels_n = s->labels_n, .margin = v->prediction.margin,
                       .known = v->prediction.known, .extra = d->extra, .extra_n = d->extra_n};
    memcpy(r.p, v->prediction.p, s->labels_n * sizeof *r.p);
    return r;
}

static bool put(void *ctx, const struct article_result *result, stance_str rendered, stance_error *err)
{
    (void)rendered;
    struct summary *s = ctx;
    if (!result->views) return true;
    for (size_t k = 0; k < s->reports_n; k++)
        if (!stance_report_add_article(s->reports[k], result->document, err)) return false;
    for (size_t i = 0; i < result->views->n; i++) {
        stance_record record = record_of(s, result->document, &result->views->views[i]);
        s->views.stored = &record;
        views_look(&s->views, s->o, &record);
        bool ok = true;
        for (size_t k = 0; ok && k < s->reports_n; k++) ok = stance_report_add(s->reports[k], &record, err);
        s->views.stored = NULL;
        if (!ok) return false;
    }
    return true;
}

static stance_str column(void *ctx, const char *name)
{
    return views_column(ctx, name);
}

static bool open_reports(struct summary *s, const struct options *o, stance_error *err)
{
    static const char *const both[] = {"speaker", "outlet"};
    s->reports_n = o->by ? 1 : 2;
    for (size_t i = 0; i < s->reports_n; i++) {
        stance_report_options ro = report_options(o);
        ro.column = column;
        ro.column_ctx = &s->views;
        if (!o->by) ro.by = both[i];
        stance_str measured = stance_model_measured(s->model);
        report_recall(s->views_model, &ro);
        if (measured.len) ro.measured = measured.ptr, ro.measured_by = stance_model_id(s->model);
        if (!(s->reports[i] = stance_report_new(&ro, err))) return false;
    }
    return true;
}

static bool write_reports(struct summary *s, const struct options *o, struct writer *w, stance_error *err)
{
    const char *format = options_format(o, "table");
    bool ok = true;
    for (size_t i = 0; i < s->reports_n && ok; i++)
        ok = (i == 0 || writer_write(w, STR("\n"), err)) && report_write(s->reports[i], o, format, w, err);
    return ok;
}

int cmd_summary(const struct options *o)
{
    stance_error err = {0};
    struct summary s = {.o = o};
    struct article_counts counts = {0};
    stance_views_model *views = NULL;
    stance_model *model = open_model(o, &err);
    if (!model || !open_views_model(o, &views, &err)) {
        stance_model_free(model);
        return fail(&err);
    }
    s.model = model;
    s.views_model = views;
    s.labels_n = stance_model_labels(model);
    for (size_t i = 0; i < s.labels_n; i++) s.labels[i] = str_of(stance_model_label(model, i));
    struct article_sink sink = {.ctx = &s, .put = put, .keep = true};
    struct writer *w = NULL;
    bool ok = open_reports(&s, o, &err) && article_run(o, model, views, &sink, &counts, &err) && views_check(&s.views, o, &err);
    ok = ok && (o->dry_run || ((w = writer_open(o->output, &err)) != NULL && write_reports(&s, o, w, &err)));
    int status = close_output(w, ok, ok ? mishaps_status(&counts.mishaps, o) : STANCE_OK, &err);
    for (size_t i = 0; i < s.reports_n; i++) stance_report_free(s.reports[i]);
    stance_model_free(model);
    stance_views_model_free(views);
    return status;
}
