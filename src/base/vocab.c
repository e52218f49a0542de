/* SPDX-License-Identifier: MIT
 * vocab: string interning.
 * Method: open addressing with linear probing, at most half full, or three quarters where room was asked for; longer strings are hashed by XXH3,
 * short ones in line by a mixture that tells them apart, so that one look into the memory finds a word.
 * Limits: 2^32 - 2 strings, each of less than 4 GiB; none is ever removed. */
#include "vocab.h"

#include <stdlib.h>
#include <string.h>

#include "str.h"

enum { SHORT = 8 }; /* most words are no longer */

static inline uint64_t mixed(uint64_t h)
{
    h = (h ^ h >> 32) * 0xFF51AFD7ED558CCDu;
    return h ^ h >> 29;
}

#define FACTOR 0x9E3779B97F4A7C15u

/* Each step can be undone, so that two short strings of one length never share a hash. */
static inline uint64_t hash_of_short(uint64_t number, size_t len)
{
    return mixed((number + len) * FACTOR);
}

static inline uint64_t hash_of(stance_str s)
{
    if (s.len <= SHORT) return hash_of_short(s.len == SHORT ? eight_bytes(s.ptr) : few_bytes(s.ptr, s.len), s.len);
    if (s.len > 2 * SHORT) return str_hash(s, 0);
    uint64_t h = (eight_bytes(s.ptr) + s.len) * FACTOR;
    return mixed((h ^ h >> 32 ^ eight_bytes(s.ptr + s.len - 8)) * FACTOR);
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

static bool resize(struct vocab *v, size_t size)
{
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

/* Apart, so that finding a string, which is what mostly happens, is short. */
__attribute__((noinline)) static uint32_t add_new(struct vocab *v, stance_str s, uint64_t hash, bool lasting)
{
    void *items = v->items;
    stance_str own = s;
    if (v->n >= UINT32_MAX - 1 || s.len > UINT32_MAX) return VOCAB_NONE;
    if ((v->n + 1) * 2 > v->size && v->n >= v->reserved && !resize(v, v->size ? v->size * 2 : 64)) return VOCAB_NONE;
    if (v->n == v->cap && !array_reserve(&items, &v->cap, v->n + 1, sizeof *v->items)) return VOCAB_NONE;
    v->items = items;
    if (!lasting && !arena_copy(&v->text, (stance_str){s.len ? s.ptr : "", s.len}, &own)) return VOCAB_NONE;
    v->items[v->n] = own;
    v->slots[slot_of(v, s, hash)] = (struct vocab_slot){hash, (uint32_t)++v->n, (uint32_t)s.len};
    return (uint32_t)v->n - 1;
}

static inline uint32_t add(struct vocab *v, stance_str s, bool lasting)
{
    uint64_t hash = hash_of(s);
    uint32_t found = v->size ? v->slots[slot_of(v, s, hash)].id : 0;
    return found ? found - 1 : add_new(v, s, hash, lasting);
}

/* Not in line, so that vocab_add_padded has no registers to save. */
__attribute__((noinline)) uint32_t vocab_add(struct vocab *v, stance_str s)
{
    return add(v, s, false);
}

uint32_t vocab_add_lasting(struct vocab *v, stance_str s)
{
    return add(v, s, true);
}

bool vocab_reserve(struct vocab *v, size_t n)
{
    size_t size = 64;
    void *items = v->items;
    while (size < n + n / 3) size *= 2;
    bool ok = array_reserve(&items, &v->cap, n, sizeof *v->items);
    v->items = items;
    ok = ok && (size <= v->size || resize(v, size));
    if (ok && n > v->reserved) v->reserved = n;
    return ok;
}

uint32_t vocab_add_padded(struct vocab *v, stance_str s)
{
    if (s.len - 1 >= SHORT || v->size == 0) return vocab_add(v, s);
    uint64_t hash = hash_of_short(eight_bytes(s.ptr) & UINT64_MAX >> (SHORT - s.len) * 8, s.len);
    const struct vocab_slot *slot;
    for (size_t at = (size_t)hash; (slot = &v->slots[at & (v->size - 1)])->id; at++)
        if (slot->hash == hash && slot->len == s.len) return slot->id - 1;
    return add_new(v, s, hash, false);
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
