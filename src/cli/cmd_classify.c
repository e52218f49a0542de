/* SPDX-License-Identifier: MIT
 * cmd_classify: extract and classify: articles in, view records out.
 * Method: one row of a table per format. Limits: error records need a format of lines (jsonl, documents). */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../base/arena.h"
#include "../base/error.h"
#include "../io/view_record.h"
#include "article_run.h"
#include "store_run.h"
#include "view_table.h"

struct output {
    const struct options *o;
    struct writer *writer;
    const char *labels[STANCE_MAX_LABELS];
    size_t labels_n;
    const char *model_id, *views_model_id;
    struct cell_style style;
    size_t width;
    bool color;
    /* of CSV: */
    struct arena memory;
    struct strbuf line;
    struct record_columns columns;
    bool begun;              /* the header is written */
    size_t others;           /* columns that came too late */
};

static struct record_source source_of(const struct output *out, const struct article_result *r)
{
    return (struct record_source){r->document, out->labels, out->labels_n, out->model_id, out->views_model_id};
}

static void render_jsonl(void *ctx, const struct article_result *r, struct strbuf *to)
{
    struct record_source source = source_of(ctx, r);
    if (!r->views) record_put_error(to, r->document, r->error);
    else record_put_views(to, &source, r->views);
}

static void render_documents(void *ctx, const struct article_result *r, struct strbuf *to)
{
    struct record_source source = source_of(ctx, r);
    record_put_document(to, &source, r->views, r->error);
}

static void render_table(void *ctx, const struct article_result *r, struct strbuf *to)
{
    const struct output *out = ctx;
    if (r->views) view_table_put(to, r->document, r->views, out->labels, out->labels_n, out->width, out->color);
}

static bool put(void *ctx, const struct article_result *result, stance_str rendered, stance_error *err)
{
    (void)result;
    struct output *out = ctx;
    return writer_write(out->writer, rendered, err);
}

/* ---- CSV: the first article tells the columns, so rows are written in their order ---- */

static bool put_header(struct output *out, const stance_document *first, stance_error *err)
{
    out->begun = true;
    stance_str *names = arena_array(&out->memory, first->extra_n, sizeof *names);
    bool ok = names != NULL;
    for (size_t i = 0; ok && i < first->extra_n; i++) ok = arena_copy(&out->memory, first->extra[i].name, &names[i]);
    if (ok) out->columns = (struct record_columns){names, first->extra_n};
    record_put_header(&out->line, out->style, out->labels, out->labels_n, &out->columns);
    return (ok && !out->line.failed) || error_nomem(err, "writing");
}

/* What an article has beyond the columns of the first is lost, so it is told. */
static void look_for_others(struct output *out, const stance_document *d)
{
    for (size_t i = 0; i < d->extra_n; i++) {
        size_t k = 0;
        while (k < out->columns.n && !str_equal(out->columns.names[k], d->extra[i].name)) k++;
        if (k < out->columns.n) continue;
        if (!out->others++) say(out->o, "column %.*s of %.*s is not in the CSV, whose columns are those of the first article; take -f jsonl to keep it",
                                (int)d->extra[i].name.len, d->extra[i].name.ptr, d->article.len < 80 ? (int)d->article.len : 80, d->article.ptr);
    }
}

static bool put_cells(void *ctx, const struct article_result *r, stance_str rendered, stance_error *err)
{
    (void)rendered;
    struct output *out = ctx;
    struct record_source source = source_of(out, r);
    strbuf_clear(&out->line);
    if (!out->begun && r->views && !put_header(out, r->document, err)) return false;
    if (r->views) record_put_rows(&out->line, out->style, &source, r->views, &out->columns);
    if (r->views && r->views->n) look_for_others(out, r->document);
    return out->line.failed ? error_nomem(err, "writing") : writer_write(out->writer, strbuf_str(&out->line), err);
}

static bool end_cells(struct output *out, stance_error *err)
{
    static const stance_document none = {.extra_n = 0};
    strbuf_clear(&out->line);
    return out->begun || (put_header(out, &none, err) && writer_write(out->writer, strbuf_str(&out->line), err));
}

static const struct {
    const char *name;
    void (*render)(void *, const struct article_result *, struct strbuf *);
    bool cells;
} formats[] = {{"jsonl", render_jsonl, false}, {"json", render_jsonl, false},          {"csv", NULL, true},
               {"tsv", NULL, true},            {"documents", render_documents, false}, {"table", render_table, false}};

static int run(const struct options *o, const stance_model *model, const stance_views_model *views)
{
    struct output out = {.o = o, .width = terminal_width(), .color = use_color(o)};
    struct article_sink sink = {.ctx = &out, .put = put, .data = true};
    struct article_counts counts = {0};
    stance_error err = {0};
    const char *format = options_format(o, !o->output && isatty(STDOUT_FILENO) ? "table" : "jsonl");
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(format, formats[i].name) == 0) sink.render = formats[i].render, sink.keep = formats[i].cells;
    if (sink.keep) sink.put = put_cells;
    if (!sink.render && !sink.keep) {
        error_set(&err, STANCE_USAGE, 0, "-f %s: here jsonl, csv, tsv, documents or table are known", format);
        return fail(&err);
    }
    out.style = (struct cell_style){strcmp(format, "tsv") == 0 ? '\t' : ',', o->excel};
    out.labels_n = model ? stance_model_labels(model) : 0;
    for (size_t i = 0; i < out.labels_n; i++) out.labels[i] = stance_model_label(model, i);
    out.model_id = model ? stance_model_id(model) : NULL;
    out.views_model_id = views ? stance_views_model_id(views) : NULL;
    if (!o->dry_run && !(out.writer = writer_open(o->output, &err))) return fail(&err);
    bool ok = article_run(o, model, views, &sink, &counts, &err) && (!sink.keep || o->dry_run || end_cells(&out, &err));
    int status = close_output(out.writer, ok, ok ? mishaps_status(&counts.mishaps, o) : STANCE_OK, &err);
    strbuf_free(&out.line);
    arena_free(&out.memory);
    return status;
}

int cmd_extract(const struct options *o)
{
    stance_error err = {0};
    stance_views_model *views;
    if (!open_views_model(o, &views, &err)) return fail(&err);
    int status = run(o, NULL, views);
    stance_views_model_free(views);
    return status;
}

int cmd_classify(const struct options *o)
{
    stance_error err = {0};
    stance_views_model *views = NULL;
    stance_model *model = open_model(o, &err);
    bool ok = model && open_views_model(o, &views, &err);
    int status = !ok ? fail(&err) : o->db && !o->dry_run ? store_run(o, model, views) : run(o, model, views);
    stance_model_free(model);
    stance_views_model_free(views);
    return status;
}
