/* SPDX-License-Identifier: MIT
 * dictionary: hashes of keys to dense ids, in order of first appearance, with the keys' text where it is wanted. */
#ifndef LEARN_DICTIONARY_H
#define LEARN_DICTIONARY_H
#include "../base/arena.h"
#include "hash.h"

#define NO_ID UINT32_MAX

struct dictionary_slot {
    uint64_t hash;
    uint32_t id; /* + 1; 0: empty */
};

/* All zero is empty. */
struct dictionary {
    struct dictionary_slot *slots; /* [size], a power of two, at most half full */
    size_t size, n, cap;
    stance_str *items;             /* [n] texts */
    struct arena text;             /* their bytes */
};

uint32_t dictionary_find(const struct dictionary *d, uint64_t hash); /* NO_ID when absent */
/* Id of the hash; a new one (*fresh) has no text yet. NO_ID when memory is out. */
uint32_t dictionary_add(struct dictionary *d, uint64_t hash, bool *fresh);
/* Room for n keys, so that none of them makes the tables grow; false when memory is out. */
bool dictionary_reserve(struct dictionary *d, size_t n);
/* Gives an id its text, which is copied. */
bool dictionary_name(struct dictionary *d, uint32_t id, stance_str text);
/* The same of a text that outlives d: it is not copied. */
static inline void dictionary_name_lasting(struct dictionary *d, uint32_t id, stance_str text) { d->items[id] = text; }
static inline stance_str dictionary_text(const struct dictionary *d, uint32_t id) { return d->items[id]; }
void dictionary_free(struct dictionary *d);
#endif
