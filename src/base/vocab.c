/* SPDX-License-Identifier: MIT
 * vocab: string interning.
 * Method: open addressing with linear probing over XXH3, at most half full. Limits: 2^32 - 2 strings; none is ever removed. */
#include "vocab.h"

#include <stdlib.h>
#include <string.h>

#include "str.h"

static size_t slot_of(const struct vocab *v, stance_str s, uint64_t hash)
{
    size_t at = (size_t)hash & (v->size - 1);
    while (v->slots[at]) {
        uint32_t id = v->slots[at] - 1;
        if (v->hashes[id] == hash && str_equal(v->items[id], s)) break;
        at = (at + 1) & (v->size - 1);
    }
    return at;
}

uint32_t vocab_find(const struct vocab *v, stance_str s)
{
    if (v->size == 0) return VOCAB_NONE;
    uint32_t found = v->slots[slot_of(v, s, str_hash(s, 0))];
    return found ? found - 1 : VOCAB_NONE;
}

static bool grow(struct vocab *v)
{
    size_t size = v->size ? v->size * 2 : 64;
    uint32_t *slots = calloc(size, sizeof *slots);
    if (!slots) return false;
    for (size_t id = 0; id < v->n; id++) {
        size_t at = (size_t)v->hashes[id] & (size - 1);
        while (slots[at]) at = (at + 1) & (size - 1);
        slots[at] = (uint32_t)id + 1;
    }
    free(v->slots);
    v->slots = slots;
    v->size = size;
    return true;
}

static bool reserve(struct vocab *v)
{
    void *items = v->items, *hashes = v->hashes;
    size_t cap_items = v->cap, cap_hashes = v->cap;
    bool ok = array_reserve(&items, &cap_items, v->n + 1, sizeof *v->items);
    v->items = items;
    ok = ok && array_reserve(&hashes, &cap_hashes, v->n + 1, sizeof *v->hashes);
    v->hashes = hashes;
    if (ok) v->cap = cap_items;
    return ok;
}

uint32_t vocab_add(struct vocab *v, stance_str s)
{
    if (v->n >= UINT32_MAX - 1) return VOCAB_NONE;
    if ((v->n + 1) * 2 > v->size && !grow(v)) return VOCAB_NONE;
    uint64_t hash = str_hash(s, 0);
    size_t at = slot_of(v, s, hash);
    if (v->slots[at]) return v->slots[at] - 1;
    stance_str own;
    if (!reserve(v) || !arena_copy(&v->text, (stance_str){s.len ? s.ptr : "", s.len}, &own)) return VOCAB_NONE;
    v->items[v->n] = own;
    v->hashes[v->n] = hash;
    v->slots[at] = (uint32_t)++v->n;
    return v->slots[at] - 1;
}

static int bytewise(const void *a, const void *b)
{
    return str_compare(*(const stance_str *)a, *(const stance_str *)b);
}

bool vocab_sorted(const struct vocab *v, struct arena *arena, const stance_str **out)
{
    stance_str *all = arena_array(arena, v->n, sizeof *all);
    if (!all) return false;
    if (v->n) memcpy(all, v->items, v->n * sizeof *all);
    if (v->n) qsort(all, v->n, sizeof *all, bytewise);
    *out = all;
    return true;
}

void vocab_free(struct vocab *v)
{
    arena_free(&v->text);
    free(v->items);
    free(v->hashes);
    free(v->slots);
    *v = (struct vocab){0};
}
