/* SPDX-License-Identifier: MIT
 * hash: a hash of text that can be put together from the hashes of its pieces, so that keys of n-grams need not be written to be looked up.
 * Method: polynomial modulo 2^64 over bytes + 1. Limits: collisions can be constructed (for texts of over 1,000 bytes), so nothing but a model's own
 * training rows may depend on their absence. */
#ifndef LEARN_HASH_H
#define LEARN_HASH_H
#include "../stance.h"

#define HASH_BASE UINT64_C(0x9e3779b97f4a7c15)

/* Text with its hash and HASH_BASE to the power of its length. The piece of no text is {NULL text, 0, 1}. */
struct piece {
    stance_str text;
    uint64_t hash, power;
};

static inline struct piece piece_of(stance_str s)
{
    struct piece p = {s, 0, 1};
    for (size_t i = 0; i < s.len; i++) {
        p.hash = p.hash * HASH_BASE + (unsigned char)s.ptr[i] + 1;
        p.power *= HASH_BASE;
    }
    return p;
}

/* Hash of text a followed by text b. */
static inline uint64_t hash_join(uint64_t a, uint64_t b, uint64_t power_of_b)
{
    return a * power_of_b + b;
}

/* Spreads a hash over all bits; do this before a place in a table is taken from it. */
static inline uint64_t hash_spread(uint64_t h)
{
    h ^= h >> 32;
    h *= UINT64_C(0xd6e8feb86659fd93);
    return h ^ (h >> 32);
}

/* Hash of two words in a row, joined by a blank, spread. */
static inline uint64_t hash_pair(const struct piece *a, const struct piece *b)
{
    return hash_spread(hash_join(a->hash * HASH_BASE + ' ' + 1, b->hash, b->power));
}
#endif
