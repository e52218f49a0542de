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

static bool is_double(const struct token *t)
{
    return (t->kind == TOKEN_OPEN || t->kind == TOKEN_CLOSE) && !(t->flags & TOKEN_SINGLE);
}

static bool opens(const struct token *t)
{
    return t->kind == TOKEN_OPEN;
}

/* Can a straight mark at i close? Something quoted must stand before it. */
static size_t find_close(const struct tokens *t, size_t open, size_t end)
{
    bool straight = t->items[open].flags & TOKEN_STRAIGHT;
    size_t depth = 0;
    for (size_t i = open + 1; i < end; i++) {
        const struct token *k = &t->items[i];
        if (!is_double(k)) continue;
        if (straight || (k->flags & TOKEN_STRAIGHT)) {
            /* straight marks do not nest: the next one closes, unless it plainly opens behind a blank */
            if (k->kind == TOKEN_CLOSE || i == open + 1 || !(k->flags & TOKEN_SPACED)) return i;
            return STANCE_NONE;
        }
        if (k->kind == TOKEN_OPEN)
            depth++;
        else if (depth == 0)
            return i;
        else
            depth--;
    }
    return STANCE_NONE;
}

/* A curly opening mark that never closes because of a stray one: close at the first closing mark after all. */
static size_t find_any_close(const struct tokens *t, size_t open, size_t end)
{
    for (size_t i = open + 1; i < end; i++)
        if (is_double(&t->items[i]) && t->items[i].kind == TOKEN_CLOSE) return i;
    return STANCE_NONE;
}

/* Where an unclosed quotation stops inside its paragraph: before the next opening mark, or at the end. */
static size_t unclosed_end(const struct tokens *t, size_t open, size_t end)
{
    for (size_t i = open + 1; i < end; i++)
        if (is_double(&t->items[i])) return i;
    return end;
}

static bool pair_doubles(struct pairer *p, size_t first, size_t end, uint32_t paragraph)
{
    bool closers = true; /* once none is left, none is looked for: the pass stays linear */
    for (size_t i = first; i < end; i++) {
        if (!is_double(&p->t->items[i]) || !opens(&p->t->items[i])) continue;
        size_t close = closers ? find_close(p->t, i, end) : STANCE_NONE;
        if (close == STANCE_NONE && closers) closers = (close = find_any_close(p->t, i, end)) != STANCE_NONE;
        bool closed = close != STANCE_NONE;
        if (!closed) close = unclosed_end(p->t, i, end);
        if (!push(p, (struct quote){(uint32_t)i, (uint32_t)close, paragraph, closed, false, false})) return false;
        i = closed ? close : close - 1;
    }
    return true;
}

/* A single mark closes when a stop or comma stands before it, or a blank or mark behind it. */
static size_t find_single_close(const struct tokens *t, size_t open, size_t end)
{
    size_t fallback = STANCE_NONE;
    for (size_t i = open + 1; i < end; i++) {
        const struct token *k = &t->items[i];
        if (k->kind != TOKEN_CLOSE || !(k->flags & TOKEN_SINGLE) || (k->flags & TOKEN_SPACED)) continue;
        bool after_mark = t->items[i - 1].kind == TOKEN_PUNCT;
        bool before_word = i + 1 < end && t->items[i + 1].kind <= TOKEN_NUMBER && !(t->items[i + 1].flags & TOKEN_SPACED);
        if (after_mark && !before_word) return i;
        char last = t->text.ptr[t->items[i - 1].end - 1];
        if (!before_word && last != 's' && last != 'S') return i;
        if (fallback == STANCE_NONE && !before_word) fallback = i;
    }
    return fallback;
}

static bool pair_singles(struct pairer *p, size_t first, size_t end, uint32_t paragraph)
{
    bool closers = true;
    for (size_t i = first; i < end && closers; i++) {
        const struct token *k = &p->t->items[i];
        if (k->kind != TOKEN_OPEN || !(k->flags & TOKEN_SINGLE) || p->out->at[i] != QUOTE_NONE) continue;
        size_t close = find_single_close(p->t, i, end);
        closers = close != STANCE_NONE;
        if (!closers || p->out->at[close] != QUOTE_NONE) continue;
        bool crosses = false;
        for (size_t j = i; j < close && !crosses; j++) crosses = p->out->at[j] != QUOTE_NONE;
        if (crosses) continue;
        if (!push(p, (struct quote){(uint32_t)i, (uint32_t)close, paragraph, true, false, true})) return false;
        i = close;
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

bool quotes_pair(const struct tokens *tokens, struct arena *arena, struct quotes *out, stance_error *err)
{
    *out = (struct quotes){.at = arena_grow(arena, NULL, 0, tokens->n + 1, sizeof(uint32_t))};
    if (!out->at) return error_nomem(err, "pairing quotation marks");
    memset(out->at, 0xFF, (tokens->n + 1) * sizeof *out->at); /* QUOTE_NONE */
    struct pairer p = {tokens, arena, out, 0};
    uint32_t paragraph = 0;
    for (size_t first = 0; first < tokens->n; paragraph++) {
        size_t end = first;
        bool doubles = false, singles = false; /* that open */
        for (; end < tokens->n && tokens->items[end].kind != TOKEN_BREAK; end++)
            if (opens(&tokens->items[end])) *(tokens->items[end].flags & TOKEN_SINGLE ? &singles : &doubles) = true;
        bool ok = (!doubles || pair_doubles(&p, first, end, paragraph)) && (!singles || pair_singles(&p, first, end, paragraph));
        if (!ok) return error_nomem(err, "pairing quotation marks");
        first = end + 1;
    }
    sort_quotes(out);
    mark_continued(out, tokens);
    return true;
}
