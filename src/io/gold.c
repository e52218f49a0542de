/* SPDX-License-Identifier: MIT
 * gold: articles in which contents are marked: marks in the text, or spans in a CSV beside the texts.
 * Method: marks are taken out while their bytes are noted; character offsets of CSV become bytes. Limits: everything is held in memory.
 * Marks: a source, a cue or a content between ⟦ and ⟧, as training/README.md tells. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../base/arena.h"
#include "../base/error.h"
#include "../text/unicode.h"
#include "table.h"

#define OPEN "\xE2\x9F\xA6"
#define CLOSE "\xE2\x9F\xA7"

struct stance_gold {
    struct arena memory;
    stance_gold_article *items; /* [n] */
    size_t n, cap;
};

enum { MARKS = 64, LARGEST = 64 * 1024 * 1024 };

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
    char chunk[16384];
    size_t got = 1;
    struct file *in = file_open(path, LARGEST, err);
    bool ok = in != NULL;
    while (ok && got) {
        ok = file_read(in, chunk, sizeof chunk, &got, err);
        if (ok) strbuf_add(out, (stance_str){chunk, got});
        if (out->len > LARGEST) ok = error_set(err, STANCE_INPUT, 0, "%s: larger than %d bytes; is this an article?", path, LARGEST);
    }
    file_close(in);
    if (ok && out->failed) ok = error_nomem(err, "reading marked-up articles");
    return ok && (unicode_valid(strbuf_str(out)) || error_set(err, STANCE_INPUT, 0, "%s: not valid UTF-8", path));
}

/* ---- marks in the text ---- */

struct mark {
    size_t start;
    bool content;
};

static size_t line_of(stance_str text, size_t at)
{
    size_t line = 1;
    for (size_t i = 0; i < at; i++) line += text.ptr[i] == '\n';
    return line;
}

/* The head of a mark, "v1|speaker|target|stance:", ends with its first colon; false when there is none on the line. */
static bool head_end(stance_str text, size_t at, size_t *end)
{
    for (; at < text.len && text.ptr[at] != '\n'; at++) {
        if (text.ptr[at] == ':') return *end = at + 1, true;
        if (str_starts(str_slice(text, at, text.len), STR(CLOSE))) return false;
    }
    return false;
}

static bool take_marks(const char *path, stance_str raw, struct strbuf *text, struct spans *spans, stance_error *err)
{
    struct mark open[MARKS];
    size_t depth = 0, at = 0, end;
    while (at < raw.len) {
        stance_str rest = str_slice(raw, at, raw.len);
        if (str_starts(rest, STR(OPEN))) {
            char kind = rest.len > 3 ? rest.ptr[3] : ' ';
            if (depth == MARKS || !strchr("vsc", kind) || !head_end(raw, at, &end))
                return error_set(err, STANCE_INPUT, at, "%s:%zu: a mark needs a head as s1: c1: or v1|speaker|target|stance: behind its opening bracket", path, line_of(raw, at));
            open[depth++] = (struct mark){text->len, kind == 'v'};
            at = end;
        } else if (str_starts(rest, STR(CLOSE))) {
            if (depth == 0) return error_set(err, STANCE_INPUT, at, "%s:%zu: a closing bracket without an opening one", path, line_of(raw, at));
            depth--;
            if (open[depth].content && !push_span(spans, open[depth].start, text->len)) return error_nomem(err, "reading marked-up articles");
            at += 3;
        } else strbuf_char(text, raw.ptr[at++]);
    }
    return depth == 0 || error_set(err, STANCE_INPUT, at, "%s: %zu marks are not closed", path, depth);
}

static stance_str stem_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    stance_str name = str_of(slash ? slash + 1 : path);
    return str_ends(name, STR(".txt")) ? str_slice(name, 0, name.len - 4) : name;
}

static bool read_marked(stance_gold *g, const char *path, stance_error *err)
{
    struct strbuf raw = {0}, text = {0};
    struct spans spans = {0};
    bool ok = read_whole(path, &raw, err) && take_marks(path, strbuf_str(&raw), &text, &spans, err) && add_article(g, stem_of(path), strbuf_str(&text), &spans, err);
    strbuf_free(&raw);
    strbuf_free(&text);
    free(spans.items);
    return ok;
}

/* ---- span CSV ---- */

static size_t byte_of(stance_str text, size_t chars)
{
    size_t at = 0;
    while (chars-- && at < text.len) unicode_next(text, &at);
    return at;
}

static bool valid_id(stance_str id)
{
    return id.len && id.len < 200 && !memchr(id.ptr, '/', id.len) && id.ptr[0] != '.';
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

/* "115-290;301-340", or the two columns. */
static bool add_pieces(struct span_csv *s, stance_str pieces, stance_str start, stance_str end)
{
    size_t from, to;
    stance_str text = strbuf_str(&s->text);
    if (!pieces.len) return str_to_size(start, &from) && str_to_size(end, &to) && from < to && push_span(&s->spans, byte_of(text, from), byte_of(text, to));
    for (stance_str rest = pieces; rest.ptr;) {
        stance_str piece = str_split(&rest, ';'), right = piece, left = str_split(&right, '-');
        if (!right.ptr || !str_to_size(left, &from) || !str_to_size(right, &to) || from >= to) return false;
        if (!push_span(&s->spans, byte_of(text, from), byte_of(text, to))) return false;
    }
    return true;
}

static bool add_row(struct span_csv *s, struct table *t, stance_error *err)
{
    static const char *const ids[] = {"article_id", "id", "article", NULL}, *const starts[] = {"content_start", NULL}, *const ends[] = {"content_end", NULL},
                      *const lists[] = {"content_spans", NULL};
    stance_str id = table_get(t, ids), start = table_get(t, starts), pieces = table_get(t, lists);
    if (!valid_id(id)) return error_set(err, STANCE_INPUT, table_line(t), "%s:%zu: no usable article_id", table_file(t), table_line(t));
    if (!s->started || !str_equal(id, strbuf_str(&s->id)))
        if (!finish_article(s, err) || !start_article(s, id, err)) return false;
    if (!start.len && !pieces.len) return true; /* an article without a content */
    return add_pieces(s, pieces, start, table_get(t, ends)) ||
           error_set(err, STANCE_INPUT, table_line(t), "%s:%zu: content_start and content_end must be characters of the article", table_file(t), table_line(t));
}

static bool read_spans(stance_gold *g, const char *path, const char *folder, stance_error *err)
{
    struct span_csv s = {.gold = g, .folder = folder};
    struct file *file = file_open(path, 0, err);
    struct table_options to = {0};
    struct table *t = file ? table_open(file, str_ends(str_of(path), STR(".tsv")) ? TABLE_TSV : TABLE_CSV, &to, err) : NULL;
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

static int text_file(const struct dirent *e)
{
    return str_ends(str_of(e->d_name), STR(".txt")) && e->d_name[0] != '.';
}

static bool read_folder(stance_gold *g, const char *folder, stance_error *err)
{
    struct dirent **list = NULL;
    int n = scandir(folder, &list, text_file, alphasort);
    bool ok = n >= 0 || error_set(err, STANCE_INPUT, 0, "%s: the folder cannot be read", folder);
    for (int i = 0; i < n; i++) {
        struct strbuf path = {0};
        strbuf_print(&path, "%s/%s", folder, list[i]->d_name);
        if (ok) ok = path.failed ? error_nomem(err, "reading marked-up articles") : read_marked(g, path.ptr, err);
        strbuf_free(&path);
        free(list[i]);
    }
    free(list);
    return ok;
}

static bool read_input(stance_gold *g, const char *path, const char *articles, stance_error *err)
{
    struct stat info;
    if (stat(path, &info) == 0 && S_ISDIR(info.st_mode)) return read_folder(g, path, err);
    stance_str name = str_of(path);
    bool table = str_ends(name, STR(".csv")) || str_ends(name, STR(".tsv")) || str_ends(name, STR(".csv.gz"));
    if (table && !articles) return error_set(err, STANCE_INPUT, 0, "%s: a CSV of spans needs --articles DIR, the folder of its texts", path);
    return table ? read_spans(g, path, articles, err) : read_marked(g, path, err);
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
