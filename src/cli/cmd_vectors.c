/* SPDX-License-Identifier: MIT
 * cmd_vectors: statements as a model sees them, in LIBSVM format.
 * Method: label number (place among the model's labels; of rows without one the number of labels), then feature:value; with -o FILE the features'
 * names go to FILE.vocabulary, the labels to FILE.labels. Limits: one thread. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "rows_run.h"

struct run {
    const struct options *o;
    const stance_model *model;
    stance_scorer *scorer;
    stance_row_reader *reader;
    struct writer *writer;
    struct mishaps mishaps;
    struct strbuf line;
    size_t written;
};

static size_t label_place(const stance_model *model, stance_str label)
{
    size_t n = stance_model_labels(model);
    for (size_t i = 0; i < n; i++)
        if (label.ptr && str_equal(label, str_of(stance_model_label(model, i)))) return i;
    return n;
}

static bool put_row(struct run *r, const stance_row_record *row, stance_error *err)
{
    const stance_value *values;
    ptrdiff_t n = stance_vector(r->scorer, &row->in, &values, err);
    if (n < 0) return false;
    strbuf_clear(&r->line);
    strbuf_print(&r->line, "%zu", label_place(r->model, row->label));
    for (ptrdiff_t i = 0; i < n; i++) strbuf_print(&r->line, " %zu:%.17g", (size_t)values[i].feature + 1, values[i].value);
    strbuf_char(&r->line, '\n');
    r->written++;
    if (r->line.failed) return error_nomem(err, "writing vectors");
    return r->o->dry_run || writer_write(r->writer, strbuf_str(&r->line), err);
}

static bool put_rows(struct run *r, stance_error *err)
{
    stance_row_record row;
    for (;;) {
        stance_error error = {0};
        if (interrupted()) return error_set(err, STANCE_INTERRUPTED, 0, "interrupted");
        int got = stance_row_reader_next(r->reader, &row, &error);
        if (got == 0) return true;
        if (got < 0 && !mishap(&r->mishaps, r->o, &error, stance_row_reader_fatal(r->reader), err)) return false;
        if (got > 0 && row.wanted && !put_row(r, &row, err)) return false;
    }
}

/* ---- beside ---- */

static void put_vocabulary(const stance_model *model, struct strbuf *out)
{
    for (size_t i = 0; i < stance_model_features(model); i++) {
        strbuf_print(out, "%zu\t", i + 1);
        strbuf_add(out, stance_model_feature(model, i).key);
        strbuf_char(out, '\n');
    }
}

static void put_labels(const stance_model *model, struct strbuf *out)
{
    for (size_t i = 0; i < stance_model_labels(model); i++) strbuf_print(out, "%zu\t%s\n", i, stance_model_label(model, i));
}

static bool write_beside(const struct run *r, const char *ending, void (*put)(const stance_model *model, struct strbuf *out), stance_error *err)
{
    struct strbuf path = {0}, text = {0};
    strbuf_print(&path, "%s.%s", r->o->output, ending);
    put(r->model, &text);
    bool ok = (!path.failed && !text.failed) || error_nomem(err, "writing vectors");
    struct writer *w = ok ? writer_open(path.ptr, err) : NULL;
    ok = w && writer_write(w, strbuf_str(&text), err) && writer_finish(w, err);
    writer_free(w);
    strbuf_free(&path);
    strbuf_free(&text);
    return ok;
}

static bool write_names(const struct run *r, stance_error *err)
{
    if (r->o->dry_run || !r->o->output || strcmp(r->o->output, "-") == 0) return true;
    return write_beside(r, "vocabulary", put_vocabulary, err) && write_beside(r, "labels", put_labels, err);
}

int cmd_vectors(const struct options *o)
{
    stance_error err = {0};
    struct run r = {.o = o};
    stance_rows_options ro = rows_options(o);
    stance_model *model = open_model(o, &err);
    r.model = model;
    r.scorer = model ? stance_scorer_new(model, &err) : NULL;
    r.reader = r.scorer ? stance_row_reader_open(&ro, &err) : NULL;
    bool ok = r.reader && (o->dry_run || (r.writer = writer_open(o->output, &err)) != NULL) && put_rows(&r, &err) && write_names(&r, &err);
    if (ok) say(o, "%zu rows, %zu features", r.written, stance_model_features(model));
    int status = close_output(r.writer, ok, ok ? mishaps_status(&r.mishaps, o) : STANCE_OK, &err);
    strbuf_free(&r.line);
    stance_row_reader_free(r.reader);
    stance_scorer_free(r.scorer);
    stance_model_free(model);
    return status;
}
