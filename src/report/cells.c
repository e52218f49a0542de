/* SPDX-License-Identifier: MIT
 * cells: sparse counts and a set of hashes.
 * Method: cells are listed, sorted digit by digit, and equal ones made one; hashes by open addressing with linear probing, at most half full.
 * Limits: two views whose 64-bit hashes meet count as one (one in 40 million among a million views). */
#include "cells.h"

#include <stdlib.h>

bool cells_add(struct cells *c, uint32_t group, uint32_t article, uint32_t what)
{
    void *items = c->items;
    bool ok = array_reserve(&items, &c->cap, c->n + 1, sizeof *c->items);
    c->items = items;
    if (ok) c->items[c->n++] = (struct cell){group, article, what, 1};
    return ok;
}

/* ---- sorting ---- */

enum { DIGIT = 11, BUCKETS = 1 << DIGIT };

static uint32_t part_of(const struct cell *c, unsigned part)
{
    return part == 0 ? c->what : part == 1 ? c->article : c->group;
}

/* Stable. False when all have the same digit, and nothing was done. */
static bool sort_by_digit(const struct cell *from, struct cell *to, size_t n, unsigned part, unsigned shift)
{
    size_t start[BUCKETS + 1] = {0};
    for (size_t i = 0; i < n; i++) start[((part_of(&from[i], part) >> shift) & (BUCKETS - 1)) + 1]++;
    for (size_t b = 1; b <= BUCKETS; b++) {
        if (start[b] == n) return false;
        start[b] += start[b - 1];
    }
    for (size_t i = 0; i < n; i++) to[start[(part_of(&from[i], part) >> shift) & (BUCKETS - 1)]++] = from[i];
    return true;
}

static size_t merge(struct cell *all, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        struct cell *last = kept ? &all[kept - 1] : NULL;
        if (last && last->group == all[i].group && last->article == all[i].article && last->what == all[i].what) {
            uint64_t sum = (uint64_t)last->n + all[i].n;
            last->n = sum < UINT32_MAX ? (uint32_t)sum : UINT32_MAX;
        } else {
            all[kept++] = all[i];
        }
    }
    return kept;
}

/* By what, article, group in turn, each from its lowest digit. */
bool cells_sort(struct cells *c)
{
    struct cell *spare = malloc((c->n + 1) * sizeof *spare);
    if (!spare) return false;
    for (unsigned part = 0; c->n > 1 && part < 3; part++) {
        for (unsigned shift = 0; shift < 32; shift += DIGIT) {
            if (!sort_by_digit(c->items, spare, c->n, part, shift)) continue;
            struct cell *sorted = spare;
            spare = c->items;
            c->items = sorted;
            c->cap = c->n;
        }
    }
    free(spare);
    c->n = merge(c->items, c->n);
    return true;
}

void cells_free(struct cells *c)
{
    free(c->items);
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
