/* SPDX-License-Identifier: MIT
 * lines: units of text out of chunks.
 * Method: one sliding buffer that grows to the longest unit; objects by counting braces outside strings.
 * Limits: a bare CR ends no line. The braces are only counted here; json.c judges the syntax. */
#include "lines.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK = 65536 };

void lines_init(struct lines *l, struct file *file, size_t max)
{
    *l = (struct lines){.file = file, .max = max, .next_line = 1};
}

void lines_free(struct lines *l)
{
    free(l->buf);
    *l = (struct lines){0};
}

static bool fill(struct lines *l, stance_error *err)
{
    void *buf = l->buf;
    size_t got = 0;
    stance_str first;
    if (!l->buf && !file_peek(l->file, 3, &first, err)) return !(l->broken = true);
    if (l->at > 0) memmove(l->buf, l->buf + l->at, l->n - l->at);
    l->n -= l->at;
    l->at = 0;
    bool room = array_reserve(&buf, &l->cap, l->n + CHUNK, 1);
    l->buf = buf;
    if (!room) error_nomem(err, "reading a line");
    if (!room || !file_read(l->file, l->buf + l->n, CHUNK, &got, err)) {
        l->broken = true;
        return false;
    }
    if (l->line == 0 && l->n == 0 && got >= 3 && memcmp(l->buf, "\xEF\xBB\xBF", 3) == 0) l->at = 3;
    l->n += got;
    l->end = got == 0;
    return true;
}

/* Drops bytes up to and with the next LF, without keeping them. */
static bool skip_line(struct lines *l, stance_error *err)
{
    for (;;) {
        const char *nl = l->n > l->at ? memchr(l->buf + l->at, '\n', l->n - l->at) : NULL;
        if (nl) {
            l->at = (size_t)(nl - l->buf) + 1;
            return true;
        }
        l->at = l->n;
        if (l->end) return true;
        if (!fill(l, err)) return false;
    }
}

static int too_long(struct lines *l, stance_error *err)
{
    if (!skip_line(l, err)) return -1;
    error_set(err, STANCE_INPUT, l->line, "%s, line %zu: longer than %zu bytes; split it or raise the limit", file_name(l->file), l->line,
              l->max);
    return -1;
}

static int give_line(struct lines *l, size_t len, stance_str *out)
{
    *out = (stance_str){l->buf + l->at, len};
    l->at += len < l->n - l->at ? len + 1 : len;
    if (out->len && out->ptr[out->len - 1] == '\r') out->len--;
    return 1;
}

int lines_next(struct lines *l, stance_str *out, stance_error *err)
{
    size_t seen = 0;
    if (l->broken) return 0;
    if (!l->buf && !fill(l, err)) return -1;
    l->line = l->next_line;
    for (;;) {
        size_t here = l->n - l->at;
        const char *nl = here > seen ? memchr(l->buf + l->at + seen, '\n', here - seen) : NULL;
        size_t len = nl ? (size_t)(nl - (l->buf + l->at)) : here;
        if ((nl || len > l->max || (l->end && len))) l->next_line++;
        if (len > l->max) return too_long(l, err);
        if (nl || (l->end && len)) return give_line(l, len, out);
        if (l->end) return 0;
        seen = here;
        if (!fill(l, err)) return -1;
    }
}

static int no_object(struct lines *l, const char *what, stance_error *err)
{
    l->broken = true;
    error_set(err, STANCE_INPUT, l->line, "%s, line %zu: %s; an array of objects or one object after the other is needed",
              file_name(l->file), l->line, what);
    return -1;
}

/* Moves to the next `{`, over blanks, commas and the brackets of a top-level array. 1 there, 0 end, -1 failure. */
static int seek_object(struct lines *l, stance_error *err)
{
    for (;; l->at++) {
        if (l->at == l->n && !l->end && !fill(l, err)) return -1;
        if (l->at == l->n) return 0;
        char c = l->buf[l->at];
        l->line = l->next_line;
        if (c == '{') return 1;
        if (c == '\n') l->next_line++;
        else if (!c || !strchr(" \t\r,[]", c)) return no_object(l, "here begins something other than a JSON object", err);
    }
}

struct brace_scan {
    size_t i, depth;
    bool quoted, escaped;
};

/* True when the byte closes the object. */
static bool scan_byte(struct brace_scan *s, char c)
{
    if (s->escaped) s->escaped = false;
    else if (s->quoted && c == '\\') s->escaped = true;
    else if (c == '"') s->quoted = !s->quoted;
    else if (!s->quoted && c == '{') s->depth++;
    else if (!s->quoted && c == '}') return --s->depth == 0;
    return false;
}

int lines_next_object(struct lines *l, stance_str *out, stance_error *err)
{
    struct brace_scan s = {0};
    if (l->broken) return 0;
    if (!l->buf && !fill(l, err)) return -1;
    int there = seek_object(l, err);
    if (there <= 0) return there;
    for (;; s.i++) {
        if (l->at + s.i == l->n && !l->end && !fill(l, err)) return -1;
        if (l->at + s.i == l->n) return no_object(l, "the object that begins here is not closed", err);
        if (s.i > l->max) return no_object(l, "the object that begins here is longer than the limit", err);
        char c = l->buf[l->at + s.i];
        if (c == '\n') l->next_line++;
        if (scan_byte(&s, c)) break;
    }
    *out = (stance_str){l->buf + l->at, s.i + 1};
    l->at += s.i + 1;
    return 1;
}
