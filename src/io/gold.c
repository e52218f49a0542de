/* SPDX-License-Identifier: MIT
 * gold: articles in which contents are marked: marks in the text, or spans in a CSV beside the texts.
 * Method: markup.c takes the marks out; character offsets of CSV become bytes. Limits: everything is held in memory; the CSV rows
 * of an article stand together. */
#include <stdlib.h>
#include <string.h>

#include "../base/arena.h"
#include "../base/error.h"
#include "../text/unicode.h"
#include "format.h"
#include "markup.h"
#include "walk.h"

struct stance_gold {
    struct arena memory;
    stance_gold_article *items; /* [n] */
    size_t n, cap;
};

enum { LARGEST = 64 * 1024 * 1024 };

struct spans {
    stance_span *items;
    size_t n, cap;
};

static bool push_span(struct spans *s, size_t start, size_t end)
{
    void *items = s->items;
    bool ok = array_reserve(&items, &s->cap, s->n + 1, sizeof *s->items);
    s->items = items;
    if (ok) s->items[s->n++] = (stance_span){start, end};
    return ok;
}

static int by_start(const void *x, const void *y)
{
    const stance_span *a = x, *b = y;
    if (a->start != b->start) return a->start < b->start ? -1 : 1;
    return (a->end < b->end) - (a->end > b->end); /* the longer first */
}

/* Sorted, and without those inside others. */
static void settle(struct spans *s)
{
    size_t kept = 0;
    if (s->n > 1) qsort(s->items, s->n, sizeof *s->items, by_start);
    for (size_t i = 0; i < s->n; i++)
        if (s->items[i].end > s->items[i].start && (kept == 0 || s->items[i].start >= s->items[kept - 1].end)) s->items[kept++] = s->items[i];
    s->n = kept;
}

static bool add_article(stance_gold *g, stance_str id, stance_str text, struct spans *spans, stance_error *err)
{
    void *items = g->items;
    stance_gold_article a = {.n = 0};
    settle(spans);
    stance_span *copy = arena_array(&g->memory, spans->n + 1, sizeof *copy);
    bool ok = copy && array_reserve(&items, &g->cap, g->n + 1, sizeof *g->items) && arena_copy(&g->memory, id, &a.article) && arena_copy(&g->memory, text, &a.text);
    g->items = items;
    if (!ok) return error_nomem(err, "reading marked-up articles");
    if (spans->n) memcpy(copy, spans->items, spans->n * sizeof *copy);
    a.contents = copy;
    a.n = spans->n;
    g->items[g->n++] = a;
    return true;
}

static bool read_whole(const char *path, struct strbuf *out, stance_error *err)
{
    struct file *in = file_open(path, LARGEST, err);
    bool ok = in && file_read_all(in, LARGEST, out, err);
    file_close(in);
    return ok && (unicode_valid(strbuf_str(out)) || error_set(err, STANCE_INPUT, 0, "%s: not valid UTF-8; convert it, e.g. with iconv", path));
}

static bool add_marked(stance_gold *g, const char *path, stance_str raw, stance_error *err)
{
    struct markup m = {.n = 0};
    struct spans spans = {0};
    bool ok = markup_parse(path, raw, &m, err);
    for (size_t i = 0; ok && i < m.n; i++)
        if (m.marks[i].kind == 'v') ok = push_span(&spans, m.marks[i].start, m.marks[i].end) || error_nomem(err, "reading marked-up articles");
    ok = ok && add_article(g, markup_article(path), strbuf_str(&m.text), &spans, err);
    markup_free(&m);
    free(spans.items);
    return ok;
}

static bool read_marked(stance_gold *g, const char *path, stance_error *err)
{
    struct strbuf raw = {0};
    bool ok = read_whole(path, &raw, err) && add_marked(g, path, strbuf_str(&raw), err);
    strbuf_free(&raw);
    return ok;
}

/* ---- span CSV ---- */

/* Characters to bytes; false when the text has fewer. */
static bool byte_of(stance_str text, size_t chars, size_t *byte)
{
    for (*byte = 0; chars && *byte < text.len; chars--) unicode_next(text, byte);
    return chars == 0;
}

static bool valid_id(stance_str id)
{
    return id.len && id.len < 200 && !memchr(id.ptr, '/', id.len) && !memchr(id.ptr, '\0', id.len) && id.ptr[0] != '.';
}

struct span_csv {
    stance_gold *gold;
    const char *folder;
    struct strbuf id, text;     /* of the article in work */
    struct spans spans;
    bool started;
};

static bool finish_article(struct span_csv *s, stance_error *err)
{
    bool ok = !s->started || add_article(s->gold, strbuf_str(&s->id), strbuf_str(&s->text), &s->spans, err);
    s->started = false;
    s->spans.n = 0;
    return ok;
}

static bool start_article(struct span_csv *s, stance_str id, stance_error *err)
{
    struct strbuf path = {0};
    strbuf_clear(&s->id);
    strbuf_clear(&s->text);
    strbuf_add(&s->id, id);
    strbuf_print(&path, "%s/%.*s.txt", s->folder, (int)id.len, id.ptr);
    bool ok = !path.failed && !s->id.failed ? read_whole(path.ptr, &s->text, err) : error_nomem(err, "reading articles");
    strbuf_free(&path);
    s->started = ok;
    return ok;
}

static bool add_piece(struct span_csv *s, stance_str start, stance_str end)
{
    size_t from, to;
    stance_str text = strbuf_str(&s->text);
    return str_to_size(start, &from) && str_to_size(end, &to) && from < to && byte_of(text, from, &from) && byte_of(text, to, &to) &&
           push_span(&s->spans, from, to);
}

/* "115-290;301-340", or the two columns. */
static bool add_pieces(struct span_csv *s, stance_str pieces, stance_str start, stance_str end)
{
    if (!pieces.len) return add_piece(s, start, end);
    for (stance_str rest = pieces; rest.ptr;) {
        stance_str to = str_split(&rest, ';'), from = str_split(&to, '-');
        if (!add_piece(s, str_trim(from), str_trim(to))) return false;
    }
    return true;
}

static bool bad_row(const struct table *t, const char *what, stance_error *err)
{
    return error_set(err, STANCE_INPUT, table_line(t), "%s, line %zu: %s", table_file(t), table_line(t), what);
}

static bool add_row(struct span_csv *s, struct table *t, stance_error *err)
{
    static const char *const ids[] = {"article_id", "id", "article", NULL}, *const starts[] = {"content_start", NULL},
                      *const ends[] = {"content_end", NULL}, *const lists[] = {"content_spans", NULL};
    stance_str id = str_trim(table_get(t, ids)), start = str_trim(table_get(t, starts)), pieces = str_trim(table_get(t, lists));
    if (!valid_id(id)) return bad_row(t, "no usable article_id; it names a text in the folder of --articles, without .txt", err);
    if (!s->started || !str_equal(id, strbuf_str(&s->id)))
        if (!finish_article(s, err) || !start_article(s, id, err)) return false;
    if (!start.len && !pieces.len) return true; /* an article without a content */
    return add_pieces(s, pieces, start, str_trim(table_get(t, ends))) ||
           bad_row(t, "content_start and content_end, or content_spans as 10-20;30-40, must be characters of the article", err);
}

static bool read_spans(stance_gold *g, const char *path, enum table_format format, const char *folder, stance_error *err)
{
    struct span_csv s = {.gold = g, .folder = folder};
    struct file *file = file_open(path, 0, err);
    struct table_options to = {0};
    struct table *t = file ? table_open(file, format, &to, err) : NULL;
    int got = t ? 1 : -1;
    while (got > 0 && (got = table_next(t, err)) > 0)
        if (!add_row(&s, t, err)) got = -1;
    bool ok = got == 0 && finish_article(&s, err);
    table_free(t);
    file_close(file);
    strbuf_free(&s.id);
    strbuf_free(&s.text);
    free(s.spans.items);
    return ok;
}

/* ---- inputs ---- */

static bool is_text(const char *path)
{
    stance_str stem;
    return format_by_path(str_of(path), &stem) == FORMAT_TXT;
}

static bool read_folder(stance_gold *g, const char *folder, stance_error *err)
{
    const char *path;
    size_t inside;
    int got = 1;
    struct walk *w = walk_open(folder, err);
    bool ok = w != NULL;
    while (ok && (got = walk_next(w, &path, &inside, err)) > 0)
        if (is_text(path)) ok = read_marked(g, path, err);
    walk_free(w);
    return ok && got == 0;
}

static bool read_input(stance_gold *g, const char *path, const char *articles, stance_error *err)
{
    stance_str stem;
    enum format format = format_by_path(str_of(path), &stem);
    bool table = format == FORMAT_CSV || format == FORMAT_TSV;
    if (walk_is_folder(path)) return read_folder(g, path, err);
    if (table && !articles) return error_set(err, STANCE_INPUT, 0, "%s: a CSV of spans needs --articles DIR, the folder of its texts", path);
    return table ? read_spans(g, path, format == FORMAT_TSV ? TABLE_TSV : TABLE_CSV, articles, err) : read_marked(g, path, err);
}

stance_gold *stance_gold_read(const stance_gold_options *options, stance_error *err)
{
    stance_gold *g = calloc(1, sizeof *g);
    bool ok = g != NULL || error_nomem(err, "reading marked-up articles");
    for (size_t i = 0; ok && i < options->inputs_n; i++) ok = read_input(g, options->inputs[i], options->articles, err);
    if (ok && g->n == 0) ok = error_set(err, STANCE_INPUT, 0, "no marked-up article found; give .txt files with marks, folders of them, or a CSV of spans");
    if (ok) return g;
    stance_gold_free(g);
    return NULL;
}

void stance_gold_free(stance_gold *g)
{
    if (!g) return;
    arena_free(&g->memory);
    free(g->items);
    free(g);
}

size_t stance_gold_count(const stance_gold *g)
{
    return g->n;
}

const stance_gold_article *stance_gold_get(const stance_gold *g, size_t i)
{
    return &g->items[i];
}
