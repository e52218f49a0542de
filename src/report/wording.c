/* SPDX-License-Identifier: MIT
 * wording: marks the words that another telling does not have.
 * Method: words compared by stem (gist.c), wherever they stand; a run of such words is one piece. Limits: a word that only moved is not
 * marked; short words such as "the" never are. */
#include "wording.h"

#include "../text/unicode.h"
#include "gist.h"

static bool has(const struct gist *base, uint32_t word)
{
    for (size_t i = 0; i < base->n; i++)
        if ((base->words[i] ^ word) <= GIST_FLAGS) return true;
    return false;
}

/* The end of the word that begins at or behind `at`, and where it begins. */
static size_t word_end(stance_str text, size_t at, size_t *start)
{
    size_t end = at;
    bool inside = false;
    *start = text.len;
    while (at < text.len) {
        size_t before = at;
        bool in = gist_in_word(unicode_next(text, &at));
        if (inside && !in) break;
        if (in && !inside) *start = before, inside = true;
        if (in) end = at;
    }
    return inside ? end : text.len;
}

/* What is still to be put: text from `from` on, with a fresh run in it. */
struct pieces {
    stance_str text;
    size_t from, fresh, end; /* end > from: there is a run, from fresh to end */
    void (*put)(void *ctx, stance_str piece, bool fresh);
    void *ctx;
};

static void flush(struct pieces *p)
{
    if (p->end <= p->from) return;
    if (p->fresh > p->from) p->put(p->ctx, str_slice(p->text, p->from, p->fresh), false);
    p->put(p->ctx, str_slice(p->text, p->fresh, p->end), true);
    p->from = p->end;
}

static void add_fresh(struct pieces *p, size_t start, size_t end)
{
    bool goes_on = p->end > p->from && start - p->end == 1;
    if (!goes_on) flush(p), p->fresh = start;
    p->end = end;
}

bool wording_compare(stance_str base, stance_str text, void (*put)(void *ctx, stance_str piece, bool fresh), void *ctx)
{
    struct gist known = {0}, own = {0};
    struct pieces p = {text, 0, 0, 0, put, ctx};
    uint64_t unused;
    size_t at = 0;
    bool ok = gist_add(&known, base, &unused) && gist_add(&own, text, &unused);
    for (size_t i = 0, start; ok && base.ptr && i < own.n && at < text.len; i++) {
        at = word_end(text, at, &start);
        if (!(own.words[i] & GIST_STOP) && !has(&known, own.words[i])) add_fresh(&p, start, at);
    }
    flush(&p);
    if (ok && p.from < text.len) put(ctx, str_slice(text, p.from, text.len), false);
    gist_free(&known);
    gist_free(&own);
    return ok;
}
