/* SPDX-License-Identifier: MIT
 * markup: the one parser of marks.
 * Method: one pass; text is copied up to the next bracket, open marks wait on a stack. Limits: ⟦ and ⟧ cannot stand in the article itself;
 * marks nest, they do not cross; 64 open at once, 16384 in an article. */
#include "markup.h"

#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../text/unicode.h"

#define OPEN "\xE2\x9F\xA6"
#define CLOSE "\xE2\x9F\xA7"

enum { DEPTH = 64, MOST = 16384, BRACKET = sizeof OPEN - 1 };

struct scan {
    const char *name;
    stance_str raw;
    size_t at;
    struct markup *out;
    size_t open[DEPTH]; /* [depth] places in out->marks */
    size_t depth;
    stance_error *err;
};

static bool bad(const struct scan *s, size_t line, const char *what)
{
    return error_set(s->err, STANCE_INPUT, s->at, "%s, line %zu: %s", s->name, line, what);
}

static bool at_bracket(const struct scan *s, const char *bracket)
{
    return s->raw.len - s->at >= BRACKET && memcmp(s->raw.ptr + s->at, bracket, BRACKET) == 0;
}

static char peek(const struct scan *s)
{
    return s->at < s->raw.len ? s->raw.ptr[s->at] : '\0';
}

static void copy_text(struct scan *s)
{
    size_t start = s->at;
    for (; s->at < s->raw.len && !at_bracket(s, OPEN) && !at_bracket(s, CLOSE); s->at++) s->out->line += s->raw.ptr[s->at] == '\n';
    strbuf_add(&s->out->text, str_slice(s->raw, start, s->at));
}

/* ---- heads ---- */

/* What stands before `end`, which is taken too; false when the line or the mark ends first, or another one opens. */
static bool take_field(struct scan *s, char end, stance_str *out)
{
    size_t start = s->at;
    for (; s->at < s->raw.len && s->raw.ptr[s->at] != '\n' && !at_bracket(s, OPEN) && !at_bracket(s, CLOSE); s->at++)
        if (s->raw.ptr[s->at] == end) {
            *out = str_trim(str_slice(s->raw, start, s->at++));
            return true;
        }
    return false;
}

static bool take_number(struct scan *s, size_t *number)
{
    size_t start = s->at;
    while (peek(s) >= '0' && peek(s) <= '9') s->at++;
    return str_to_size(str_slice(s->raw, start, s->at), number);
}

static bool take_char(struct scan *s, char c)
{
    bool there = peek(s) == c;
    s->at += there;
    return there;
}

static bool take_kind(struct scan *s, char *kind)
{
    *kind = peek(s);
    s->at += *kind != '\0';
    return *kind == 'v' || *kind == 's' || *kind == 'c';
}

static bool take_head(struct scan *s, struct mark *m)
{
    if (!take_kind(s, &m->kind) || !take_number(s, &m->number)) return false;
    if (take_char(s, ':')) return true;
    return m->kind == 'v' && take_char(s, '|') && take_field(s, '|', &m->speaker) && take_field(s, '|', &m->target) &&
           take_field(s, ':', &m->stance) && str_find(m->stance, STR("|")) == STANCE_NONE;
}

/* ---- marks ---- */

static bool push_mark(struct scan *s, const struct mark *m)
{
    void *marks = s->out->marks;
    bool ok = array_reserve(&marks, &s->out->cap, s->out->n + 1, sizeof *m);
    s->out->marks = marks;
    if (!ok) return error_nomem(s->err, "reading marked-up articles");
    s->open[s->depth++] = s->out->n;
    s->out->marks[s->out->n++] = *m;
    return true;
}

static bool open_mark(struct scan *s)
{
    struct mark m = {.start = s->out->text.len, .end = s->out->text.len, .line = s->out->line};
    if (s->depth == DEPTH) return bad(s, m.line, "more than 64 marks are open; close some with " CLOSE);
    if (s->out->n == MOST) return bad(s, m.line, "more than 16384 marks; split the article");
    s->at += BRACKET;
    if (!take_head(s, &m)) return bad(s, m.line, "a mark begins as " OPEN "s1: or " OPEN "c1: or " OPEN "v1|speaker|target|stance: on one line; mend this one");
    return push_mark(s, &m);
}

static bool close_mark(struct scan *s)
{
    if (s->depth == 0) return bad(s, s->out->line, "a closing " CLOSE " without an opening " OPEN "; mend the mark");
    s->out->marks[s->open[--s->depth]].end = s->out->text.len;
    s->at += BRACKET;
    return true;
}

bool markup_parse(const char *name, stance_str raw, struct markup *out, stance_error *err)
{
    struct scan s = {.name = name, .raw = raw, .out = out, .err = err};
    bool ok = true;
    strbuf_clear(&out->text);
    out->n = 0;
    out->line = 1;
    while (ok && s.at < raw.len) {
        copy_text(&s);
        if (s.at < raw.len) ok = at_bracket(&s, OPEN) ? open_mark(&s) : close_mark(&s);
    }
    if (!ok) return false;
    if (out->text.failed) return error_nomem(err, "reading marked-up articles");
    if (s.depth == 0) return true;
    out->line = out->marks[s.open[s.depth - 1]].line;
    return bad(&s, out->line, "the mark that opens here is not closed; put " CLOSE " behind its last word");
}

void markup_free(struct markup *m)
{
    strbuf_free(&m->text);
    free(m->marks);
    *m = (struct markup){.n = 0};
}

/* ---- looking at it ---- */

bool markup_present(stance_str raw)
{
    return str_find(raw, STR(OPEN "v")) != STANCE_NONE;
}

const struct mark *markup_find(const struct markup *m, char kind, size_t number)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->marks[i].kind == kind && m->marks[i].number == number) return &m->marks[i];
    return NULL;
}

stance_str markup_words(const struct markup *m, const struct mark *mark)
{
    return str_slice(strbuf_str(&m->text), mark->start, mark->end);
}

static bool ends_in_quote(stance_str s)
{
    static const char *const marks[] = {"\xE2\x80\x9C", "\xE2\x80\x98", "\xC2\xAB", "\""};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_ends(s, str_of(marks[i]))) return true;
    return false;
}

const char *markup_kind(const struct markup *m, const struct mark *mark)
{
    stance_str words = markup_words(m, mark);
    if (ends_in_quote(str_slice(strbuf_str(&m->text), 0, mark->start))) return "direct";
    bool inside = str_find(words, STR("\xE2\x80\x9C")) != STANCE_NONE || str_find(words, STR("\"")) != STANCE_NONE || str_find(words, STR("\xC2\xAB")) != STANCE_NONE;
    return inside ? "mixed" : "indirect";
}

static bool is_blank(uint32_t c)
{
    enum unicode_class class = unicode_classify(c);
    return class == UNICODE_BLANK || class == UNICODE_NEWLINE;
}

void markup_flatten(stance_str text, struct strbuf *out)
{
    bool gap = false, begun = false;
    for (size_t at = 0, start = 0; at < text.len; start = at) {
        if (is_blank(unicode_next(text, &at))) {
            gap = begun;
            continue;
        }
        if (gap) strbuf_char(out, ' ');
        strbuf_add(out, str_slice(text, start, at));
        gap = false;
        begun = true;
    }
}

static stance_str without(stance_str name, stance_str extension)
{
    bool there = name.len > extension.len && str_equal_nocase(str_slice(name, name.len - extension.len, name.len), extension);
    return there ? str_slice(name, 0, name.len - extension.len) : name;
}

stance_str markup_article(const char *path)
{
    const char *slash = strrchr(path, '/');
    return without(without(str_of(slash ? slash + 1 : path), STR(".gz")), STR(".txt"));
}
