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
/* Gives an id its text, which is copied. */
bool dictionary_name(struct dictionary *d, uint32_t id, stance_str text);
static inline stance_str dictionary_text(const struct dictionary *d, uint32_t id) { return d->items[id]; }
void dictionary_free(struct dictionary *d);
#endif
