/* SPDX-License-Identifier: MIT
 * cells: sparse counts and a set of hashes.
 * Method: open addressing with linear probing, at most half full.
 * Limits: two views whose 64-bit hashes meet count as one (one in 40 million among a million views). */
#include "cells.h"

#include <stdlib.h>

static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 33)) * 0xFF51AFD7ED558CCDu;
    x = (x ^ (x >> 33)) * 0xC4CEB9FE1A85EC53u;
    return x ^ (x >> 33);
}

static struct cell *slot_of(struct cell *slots, size_t size, uint32_t group, uint32_t article, uint32_t what)
{
    size_t at = (size_t)mix(mix(((uint64_t)group << 32) | article) + what) & (size - 1);
    while (slots[at].n && (slots[at].group != group || slots[at].article != article || slots[at].what != what))
        at = (at + 1) & (size - 1);
    return &slots[at];
}

static bool cells_grow(struct cells *c)
{
    size_t size = c->size ? c->size * 2 : 64;
    struct cell *slots = calloc(size, sizeof *slots);
    if (!slots) return false;
    for (size_t i = 0; i < c->size; i++) {
        const struct cell *old = &c->slots[i];
        if (old->n) *slot_of(slots, size, old->group, old->article, old->what) = *old;
    }
    free(c->slots);
    c->slots = slots;
    c->size = size;
    return true;
}

bool cells_add(struct cells *c, uint32_t group, uint32_t article, uint32_t what)
{
    if ((c->used + 1) * 2 > c->size && !cells_grow(c)) return false;
    struct cell *at = slot_of(c->slots, c->size, group, article, what);
    if (!at->n) {
        *at = (struct cell){group, article, what, 0};
        c->used++;
    }
    if (at->n < UINT32_MAX) at->n++;
    return true;
}

static int in_order(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    if (x->group != y->group) return x->group < y->group ? -1 : 1;
    if (x->article != y->article) return x->article < y->article ? -1 : 1;
    return (x->what > y->what) - (x->what < y->what);
}

struct cell *cells_sorted(const struct cells *c)
{
    struct cell *all = malloc((c->used + 1) * sizeof *all);
    size_t n = 0;
    if (!all) return NULL;
    for (size_t i = 0; i < c->size; i++)
        if (c->slots[i].n) all[n++] = c->slots[i];
    qsort(all, n, sizeof *all, in_order);
    return all;
}

void cells_free(struct cells *c)
{
    free(c->slots);
    *c = (struct cells){0};
}

static uint64_t *seen_slot(uint64_t *slots, size_t size, uint64_t hash)
{
    size_t at = (size_t)hash & (size - 1);
    while (slots[at] && slots[at] != hash) at = (at + 1) & (size - 1);
    return &slots[at];
}

static bool seen_grow(struct seen *s)
{
    size_t size = s->size ? s->size * 2 : 64;
    uint64_t *slots = calloc(size, sizeof *slots);
    if (!slots) return false;
    for (size_t i = 0; i < s->size; i++)
        if (s->slots[i]) *seen_slot(slots, size, s->slots[i]) = s->slots[i];
    free(s->slots);
    s->slots = slots;
    s->size = size;
    return true;
}

bool seen_add(struct seen *s, uint64_t hash, bool *fresh)
{
    if (hash == 0) hash = 1;
    if ((s->used + 1) * 2 > s->size && !seen_grow(s)) return false;
    uint64_t *at = seen_slot(s->slots, s->size, hash);
    *fresh = *at == 0;
    if (*fresh) s->used++;
    *at = hash;
    return true;
}

bool seen_has(const struct seen *s, uint64_t hash)
{
    if (hash == 0) hash = 1;
    return s->size && *seen_slot(s->slots, s->size, hash) == hash;
}

void seen_free(struct seen *s)
{
    free(s->slots);
    *s = (struct seen){0};
}
