/* SPDX-License-Identifier: MIT
 * vocab: string interning.
 * Method: open addressing with linear probing, at most half full; longer strings are hashed by XXH3, short ones in line by a mixture that tells them
 * apart, so that one look into the memory finds a word. Limits: 2^32 - 2 strings, each of less than 4 GiB; none is ever removed. */
#include "vocab.h"

#include <stdlib.h>
#include <string.h>

#include "str.h"

static inline uint64_t load(const char *at, size_t bytes)
{
    uint64_t x = 0;
    memcpy(&x, at, bytes);
    return x;
}

enum { SHORT = 8 }; /* most words are no longer */

/* The bytes of a short string as a number. */
static inline uint64_t number_of(stance_str s)
{
    if (s.len == SHORT) return load(s.ptr, 8);
    if (s.len >= 4) return load(s.ptr, 4) | load(s.ptr + s.len - 4, 4) >> (SHORT - s.len) * 8 << 32;
    if (s.len == 0) return 0;
    size_t middle = s.len / 2, last = s.len - 1;
    return (uint64_t)(unsigned char)s.ptr[0] | (uint64_t)(unsigned char)s.ptr[middle] << middle * 8 | (uint64_t)(unsigned char)s.ptr[last] << last * 8;
}

/* Each step can be undone, so that two short strings of one length never share a hash. */
static inline uint64_t hash_of(stance_str s)
{
    if (s.len > SHORT) return str_hash(s, 0);
    uint64_t h = (number_of(s) + s.len) * 0x9E3779B97F4A7C15u;
    h = (h ^ h >> 32) * 0xFF51AFD7ED558CCDu;
    return h ^ h >> 29;
}

static inline size_t slot_of(const struct vocab *v, stance_str s, uint64_t hash)
{
    size_t at = (size_t)hash & (v->size - 1);
    for (; v->slots[at].id; at = (at + 1) & (v->size - 1)) {
        const struct vocab_slot *slot = &v->slots[at];
        if (slot->hash == hash && slot->len == s.len && (s.len <= SHORT || str_equal(v->items[slot->id - 1], s))) break;
    }
    return at;
}

uint32_t vocab_find(const struct vocab *v, stance_str s)
{
    if (v->size == 0) return VOCAB_NONE;
    uint32_t found = v->slots[slot_of(v, s, hash_of(s))].id;
    return found ? found - 1 : VOCAB_NONE;
}

static bool grow(struct vocab *v)
{
    size_t size = v->size ? v->size * 2 : 64;
    struct vocab_slot *slots = calloc(size, sizeof *slots);
    if (!slots) return false;
    for (size_t i = 0; i < v->size; i++) {
        if (!v->slots[i].id) continue;
        size_t at = (size_t)v->slots[i].hash & (size - 1);
        while (slots[at].id) at = (at + 1) & (size - 1);
        slots[at] = v->slots[i];
    }
    free(v->slots);
    v->slots = slots;
    v->size = size;
    return true;
}

static bool add_new(struct vocab *v, stance_str s, uint64_t hash, struct vocab_slot *slot)
{
    void *items = v->items;
    stance_str own;
    bool ok = array_reserve(&items, &v->cap, v->n + 1, sizeof *v->items);
    v->items = items;
    if (!ok || !arena_copy(&v->text, (stance_str){s.len ? s.ptr : "", s.len}, &own)) return false;
    v->items[v->n] = own;
    *slot = (struct vocab_slot){hash, (uint32_t)++v->n, (uint32_t)s.len};
    return true;
}

uint32_t vocab_add(struct vocab *v, stance_str s)
{
    if (v->n >= UINT32_MAX - 1 || s.len > UINT32_MAX) return VOCAB_NONE;
    if ((v->n + 1) * 2 > v->size && !grow(v)) return VOCAB_NONE;
    uint64_t hash = hash_of(s);
    struct vocab_slot *slot = &v->slots[slot_of(v, s, hash)];
    if (!slot->id && !add_new(v, s, hash, slot)) return VOCAB_NONE;
    return slot->id - 1;
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
    free(v->slots);
    *v = (struct vocab){0};
}
