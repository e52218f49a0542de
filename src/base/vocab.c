/* SPDX-License-Identifier: MIT
 * vocab: string interning.
 * Method: open addressing with linear probing, at most half full;
 * short strings are hashed in line, longer ones by XXH3. Limits: 2^32 - 2 strings; none is ever removed. */
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

/* First and last bytes of a string of 8 to 16, or of up to 7, in two words that overlap: together they and the length tell the string. */
static inline void two_words(stance_str s, uint64_t *a, uint64_t *b)
{
    *a = *b = 0;
    if (s.len >= 8) *a = load(s.ptr, 8), *b = load(s.ptr + s.len - 8, 8);
    else if (s.len >= 4) *a = load(s.ptr, 4), *b = load(s.ptr + s.len - 4, 4);
    else if (s.len) *a = (unsigned char)s.ptr[0], *b = (uint64_t)(unsigned char)s.ptr[s.len / 2] << 8 | (unsigned char)s.ptr[s.len - 1];
}

enum { SHORT = 16 }; /* most words are no longer; hashing these in line is worth it, as every word of an article passes here */

static inline uint64_t hash_of(stance_str s)
{
    uint64_t a, b;
    if (s.len > SHORT) return str_hash(s, 0);
    two_words(s, &a, &b);
    uint64_t h = (a ^ s.len * 0x9E3779B97F4A7C15u) * 0xFF51AFD7ED558CCDu;
    h = ((h ^ h >> 32) + b) * 0xC4CEB9FE1A85EC53u;
    return h ^ h >> 29;
}

static inline bool same(stance_str x, stance_str y)
{
    uint64_t a, b, c, d;
    if (x.len != y.len) return false;
    if (x.len > SHORT) return memcmp(x.ptr, y.ptr, x.len) == 0;
    two_words(x, &a, &b);
    two_words(y, &c, &d);
    return a == c && b == d;
}

static inline size_t slot_of(const struct vocab *v, stance_str s, uint64_t hash)
{
    size_t at = (size_t)hash & (v->size - 1);
    while (v->slots[at]) {
        uint32_t id = v->slots[at] - 1;
        if (v->hashes[id] == hash && same(v->items[id], s)) break;
        at = (at + 1) & (v->size - 1);
    }
    return at;
}

uint32_t vocab_find(const struct vocab *v, stance_str s)
{
    if (v->size == 0) return VOCAB_NONE;
    uint32_t found = v->slots[slot_of(v, s, hash_of(s))];
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
    uint64_t hash = hash_of(s);
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
