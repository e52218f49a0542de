/* SPDX-License-Identifier: MIT
 * merge: a report of the views in its parts.
 * Method: the head of the first part opens the report; those of the others must say the same; then all is counted as if it came at once. No
 * number depends on the order of views, so none depends on that of the parts. Limits: as a report's. */
#include <string.h>

#include "../base/error.h"
#include "../base/vocab.h"
#include "../io/record_reader.h"
#include "entry.h"
#include "partial.h"

struct merge {
    const stance_report_options *given;
    stance_report *report;
    struct strbuf head;          /* what all heads must say */
    struct arena arena;
    struct vocab prints;         /* of the parts so far */
    const char *path;
    stance_record_reader *in;
    bool open, whole;            /* open: behind a head */
    size_t views;                /* of the open part */
};

static bool refuse(const struct merge *m, const char *what, stance_error *err)
{
    return error_set(err, STANCE_INPUT, 0, "%s: %s", m->path, what);
}

/* ---- heads ---- */

static stance_str column(void *ctx, const char *name)
{
    const struct merge *m = ctx;
    char key[PART_KEY_SIZE];
    part_key(report_key(m->report, name), key);
    return stance_record_reader_field(m->in, key);
}

static bool is_given(const struct part_field *f, const stance_report_options *o)
{
    const void *at = (const char *)o + f->offset;
    if (f->type == PART_TEXT) return *(const char *const *)at != NULL;
    return f->type == PART_COUNT ? *(const size_t *)at != 0 : *(const double *)at > 0;
}

static bool read_option(struct merge *m, const struct part_field *f, stance_str text, stance_report_options *o, stance_error *err)
{
    void *at = (char *)o + f->offset;
    stance_str own;
    if (!arena_copy(&m->arena, text, &own)) return error_nomem(err, "merging reports");
    if (f->type == PART_TEXT) return *(const char **)at = own.ptr, true;
    if (f->type == PART_COUNT ? str_to_size(own, at) : str_to_double(own, at)) return true;
    return refuse(m, "the head of the part holds no number where one belongs; write the part again", err);
}

/* What was settled when the parts were written stays so. */
static bool read_options(struct merge *m, stance_report_options *o, stance_error *err)
{
    const struct part_field *f;
    *o = *m->given;
    for (size_t i = 0; (f = part_field(i)); i++) {
        stance_str text = stance_record_reader_field(m->in, f->name);
        if (is_given(f, m->given)) {
            if (!f->at_merge) return error_set(err, STANCE_USAGE, 0, "--%s is settled when the parts are written; leave it out, or write them anew with it", f->name);
        } else if (text.ptr && !read_option(m, f, text, o, err)) {
            return false;
        }
    }
    o->column = column;
    o->column_ctx = m;
    return true;
}

static bool say_head(struct merge *m, struct strbuf *out)
{
    const struct part_field *f;
    for (size_t i = 0; (f = part_field(i)); i++) {
        stance_str text = stance_record_reader_field(m->in, f->name);
        strbuf_print(out, "%s %zu ", f->name, text.ptr ? text.len + 1 : 0);
        strbuf_add(out, text);
    }
    return !out->failed;
}

static bool open_report(struct merge *m, stance_error *err)
{
    stance_report_options o;
    if (!say_head(m, &m->head)) return error_nomem(err, "merging reports");
    if (!read_options(m, &o, err)) return false;
    m->report = stance_report_new(&o, err);
    m->whole = str_equal(stance_record_reader_field(m->in, "whole"), STR("true"));
    if (m->report && (o.page || o.examples) && !m->whole)
        return refuse(m, "holds no views that could be shown; write the parts with --examples N, or -f html, too", err);
    return m->report != NULL;
}

static bool same_head(struct merge *m, stance_error *err)
{
    struct strbuf head = {0};
    bool said = say_head(m, &head), same = said && str_equal(strbuf_str(&head), strbuf_str(&m->head));
    same = same && m->whole == str_equal(stance_record_reader_field(m->in, "whole"), STR("true"));
    strbuf_free(&head);
    if (!said) return error_nomem(err, "merging reports");
    return same || refuse(m, "was written with other options than the first part; write all parts with the same", err);
}

/* ---- ends ---- */

static bool read_count(const struct merge *m, const char *name, size_t *to)
{
    return str_to_size(stance_record_reader_field(m->in, name), to);
}

static bool close_part(struct merge *m, stance_error *err)
{
    size_t views, left_out, undated, known = m->prints.n;
    stance_str print = stance_record_reader_field(m->in, "print");
    if (!read_count(m, "views", &views) || !read_count(m, "left_out", &left_out) || !read_count(m, "undated", &undated) || views != m->views)
        return refuse(m, "the part does not hold as many views as its end says; write it again", err);
    size_t at = views ? vocab_add(&m->prints, print) : known;
    if (at != known) {
        if (at < known) return refuse(m, "this part is given twice", err);
        return error_nomem(err, "merging reports");
    }
    report_left_out(m->report, left_out, undated, str_equal(stance_record_reader_field(m->in, "articles_given"), STR("true")));
    m->open = false;
    return true;
}

static bool on_part(void *ctx, stance_record_reader *reader, bool end, stance_error *err)
{
    struct merge *m = ctx;
    (void)reader;
    if (end != m->open) return refuse(m, end ? "the part ends before it begins" : "a part begins before the one before it ends; was its run cut short?", err);
    if (end) return close_part(m, err);
    m->open = true;
    m->views = 0;
    return m->report ? same_head(m, err) : open_report(m, err);
}

/* ---- all parts ---- */

static bool on_article(void *ctx, const stance_document *document, stance_error *err)
{
    struct merge *m = ctx;
    if (!m->open) return refuse(m, "is no part of a report; write parts with stance report --partial", err);
    return stance_report_add_article(m->report, document, err);
}

static bool read_part(struct merge *m, stance_error *err)
{
    stance_record record;
    int got;
    record_reader_on_part(m->in, on_part, m);
    stance_record_reader_on_article(m->in, on_article, m);
    while ((got = stance_record_reader_next(m->in, &record, err)) > 0) {
        if (!m->open) return refuse(m, "is no part of a report; write parts with stance report --partial", err);
        if (!stance_report_add(m->report, &record, err)) return false;
        m->views++;
    }
    if (got < 0) return false;
    return !m->open || refuse(m, "the part has no end; was the run that wrote it cut short?", err);
}

static bool each_part(struct merge *m, const char *const *paths, size_t n, stance_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n; i++) {
        m->path = paths[i];
        m->in = stance_record_reader_open(paths[i], "jsonl", err);
        ok = m->in && read_part(m, err);
        stance_record_reader_free(m->in);
        m->in = NULL;
    }
    if (ok && !m->report) ok = error_set(err, STANCE_INPUT, 0, "no part of a report is there to merge");
    return ok;
}

stance_report *stance_report_merge(const char *const *paths, size_t n, const stance_report_options *options, stance_error *err)
{
    static const stance_report_options none = {0};
    struct merge m = {.given = options ? options : &none};
    bool ok = each_part(&m, paths, n, err);
    if (!ok) stance_report_free(m.report);
    strbuf_free(&m.head);
    arena_free(&m.arena);
    vocab_free(&m.prints);
    return ok ? m.report : NULL;
}
