/* SPDX-License-Identifier: MIT
 * quotes: pairs quotation marks within paragraphs, double ones first, single ones where no double ones are around them.
 * Method: one pass; an opening mark inside an open quotation of the same type closes it when it is straight, and is skipped otherwise.
 * Limits: a missing mark costs the rest of its paragraph at most. */
#include "quotes.h"

#include <stdlib.h>
#include <string.h>

#include "../base/error.h"

struct pairer {
    const struct tokens *t;
    struct arena *arena;
    struct quotes *out;
    size_t cap;
};

static bool push(struct pairer *p, struct quote q)
{
    if (p->out->n == p->cap) {
        size_t cap = p->cap ? p->cap * 2 : 32;
        struct quote *grown = arena_grow(p->arena, p->out->items, p->out->n, cap, sizeof *grown);
        if (!grown) return false;
        p->out->items = grown;
        p->cap = cap;
    }
    for (size_t i = q.open; i < q.close + (q.closed ? 1u : 0u); i++) p->out->at[i] = (uint32_t)p->out->n;
    p->out->items[p->out->n++] = q;
    return true;
}

static bool is_single(const struct token *t)
{
    return t->flags & TOKEN_SINGLE;
}

static bool opens(const struct token *t)
{
    return t->kind == TOKEN_OPEN;
}

/* The quotation marks of a paragraph: [n] tokens, and the token behind its last. */
struct marks {
    const uint32_t *at;
    size_t n;
    uint32_t end, paragraph;
};

static inline const struct token *mark(const struct pairer *p, const struct marks *m, size_t k)
{
    return &p->t->items[m->at[k]];
}

/* Can a straight mark close? Something quoted must stand before it. */
static size_t find_close(const struct pairer *p, const struct marks *m, size_t open)
{
    bool straight = mark(p, m, open)->flags & TOKEN_STRAIGHT;
    size_t depth = 0;
    for (size_t k = open + 1; k < m->n; k++) {
        const struct token *t = mark(p, m, k);
        if (is_single(t)) continue;
        if (straight || (t->flags & TOKEN_STRAIGHT)) {
            /* straight marks do not nest: the next one closes, unless it plainly opens behind a blank */
            if (t->kind == TOKEN_CLOSE || m->at[k] == m->at[open] + 1 || !(t->flags & TOKEN_SPACED)) return k;
            return STANCE_NONE;
        }
        if (opens(t))
            depth++;
        else if (depth == 0)
            return k;
        else
            depth--;
    }
    return STANCE_NONE;
}

/* A curly opening mark that never closes because of a stray one: close at the first closing mark after all. */
static size_t find_any_close(const struct pairer *p, const struct marks *m, size_t open)
{
    for (size_t k = open + 1; k < m->n; k++)
        if (!is_single(mark(p, m, k)) && !opens(mark(p, m, k))) return k;
    return STANCE_NONE;
}

/* The mark before which an unclosed quotation stops inside its paragraph: the next double one, or none is left. */
static size_t next_double(const struct pairer *p, const struct marks *m, size_t open)
{
    size_t k = open + 1;
    while (k < m->n && is_single(mark(p, m, k))) k++;
    return k;
}

static bool pair_doubles(struct pairer *p, const struct marks *m)
{
    bool closers = true; /* once none is left, none is looked for: the pass stays linear */
    for (size_t k = 0; k < m->n; k++) {
        if (is_single(mark(p, m, k)) || !opens(mark(p, m, k))) continue;
        size_t close = closers ? find_close(p, m, k) : STANCE_NONE;
        if (close == STANCE_NONE && closers) closers = (close = find_any_close(p, m, k)) != STANCE_NONE;
        bool closed = close != STANCE_NONE;
        if (!closed) close = next_double(p, m, k);
        uint32_t end = close < m->n ? m->at[close] : m->end;
        if (!push(p, (struct quote){m->at[k], end, m->paragraph, closed, false, false})) return false;
        k = closed ? close : close - 1;
    }
    return true;
}

/* A single mark closes when a stop or comma stands before it, or a blank or mark behind it. */
static size_t find_single_close(const struct pairer *p, const struct marks *m, size_t open)
{
    const struct token *items = p->t->items;
    size_t fallback = STANCE_NONE;
    for (size_t k = open + 1; k < m->n; k++) {
        const struct token *t = mark(p, m, k);
        size_t i = m->at[k];
        if (opens(t) || !is_single(t) || (t->flags & TOKEN_SPACED)) continue;
        bool after_mark = items[i - 1].kind == TOKEN_PUNCT;
        bool before_word = i + 1 < m->end && items[i + 1].kind <= TOKEN_NUMBER && !(items[i + 1].flags & TOKEN_SPACED);
        if (after_mark && !before_word) return k;
        char last = p->t->text.ptr[items[i - 1].end - 1];
        if (!before_word && last != 's' && last != 'S') return k;
        if (fallback == STANCE_NONE && !before_word) fallback = k;
    }
    return fallback;
}

static bool pair_singles(struct pairer *p, const struct marks *m)
{
    const uint32_t *at = p->out->at;
    bool closers = true;
    for (size_t k = 0; k < m->n && closers; k++) {
        size_t i = m->at[k];
        if (!opens(mark(p, m, k)) || !is_single(mark(p, m, k)) || at[i] != QUOTE_NONE) continue;
        size_t close = find_single_close(p, m, k);
        closers = close != STANCE_NONE;
        if (!closers || at[m->at[close]] != QUOTE_NONE) continue;
        bool crosses = false;
        for (size_t j = i; j < m->at[close] && !crosses; j++) crosses = at[j] != QUOTE_NONE;
        if (crosses) continue;
        if (!push(p, (struct quote){(uint32_t)i, m->at[close], m->paragraph, true, false, true})) return false;
        k = close;
    }
    return true;
}

static int by_open(const void *x, const void *y)
{
    const struct quote *a = x, *b = y;
    return (a->open > b->open) - (a->open < b->open);
}

static void sort_quotes(struct quotes *q)
{
    bool sorted = true;
    for (size_t i = 1; i < q->n; i++) sorted = sorted && q->items[i - 1].open <= q->items[i].open;
    if (sorted) return;
    qsort(q->items, q->n, sizeof *q->items, by_open);
    for (size_t i = 0; i < q->n; i++)
        for (size_t j = q->items[i].open; j < q->items[i].close + (q->items[i].closed ? 1u : 0u); j++) q->at[j] = (uint32_t)i;
}

static void mark_continued(struct quotes *q, const struct tokens *t)
{
    for (size_t i = 0; i + 1 < q->n; i++) {
        struct quote *a = &q->items[i], *b = &q->items[i + 1];
        bool at_end = a->close < t->n && t->items[a->close].kind == TOKEN_BREAK;
        a->continued = !a->closed && at_end && b->open == a->close + 1 && a->single == b->single;
    }
}

static bool pair_paragraph(struct pairer *p, const struct marks *m)
{
    bool doubles = false, singles = false; /* that open */
    for (size_t k = 0; k < m->n; k++)
        if (opens(mark(p, m, k))) *(is_single(mark(p, m, k)) ? &singles : &doubles) = true;
    return (!doubles || pair_doubles(p, m)) && (!singles || pair_singles(p, m));
}

/* Of the notes the quotation marks, paragraph by paragraph. own: [notes->marks_n] */
static bool pair_all(struct pairer *p, const struct token_notes *notes, uint32_t *own)
{
    struct marks m = {.at = own};
    size_t n = 0;
    for (size_t k = 0; k < notes->marks_n; k++) {
        uint8_t kind = p->t->items[notes->marks[k]].kind;
        own[n] = notes->marks[k];
        n += kind == TOKEN_OPEN || kind == TOKEN_CLOSE;
        if (kind != TOKEN_BREAK) continue;
        m.n = n;
        m.end = notes->marks[k];
        if (n && !pair_paragraph(p, &m)) return false;
        m.paragraph++;
        n = 0;
    }
    m.n = n;
    m.end = (uint32_t)p->t->n;
    return n == 0 || pair_paragraph(p, &m);
}

bool quotes_pair(const struct tokens *tokens, const struct token_notes *notes, struct arena *arena, struct quotes *out, stance_error *err)
{
    uint32_t *own = arena_grow(arena, NULL, 0, notes->marks_n + 1, sizeof *own);
    *out = (struct quotes){.at = arena_grow(arena, NULL, 0, tokens->n + 1, sizeof(uint32_t))};
    if (!own || !out->at) return error_nomem(err, "pairing quotation marks");
    memset(out->at, 0xFF, (tokens->n + 1) * sizeof *out->at); /* QUOTE_NONE */
    struct pairer p = {tokens, arena, out, 0};
    if (!pair_all(&p, notes, own)) return error_nomem(err, "pairing quotation marks");
    sort_quotes(out);
    mark_continued(out, tokens);
    return true;
}
