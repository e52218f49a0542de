/* SPDX-License-Identifier: MIT
 * vocab: strings to dense ids, in order of first appearance. */
#ifndef BASE_VOCAB_H
#define BASE_VOCAB_H
#include "arena.h"

#define VOCAB_NONE UINT32_MAX

struct vocab {
    struct arena text;   /* the strings' own copies, but of lasting ones */
    stance_str *items;   /* [n] by id */
    size_t n, cap;
    struct vocab_slot {
        uint64_t hash;
        uint32_t id, len; /* id + 1; 0 = empty */
    } *slots;            /* [size] open addressing */
    size_t size, reserved; /* reserved: strings for which the slots do not grow, if that makes them fuller than half, too */
};

/* All zero is an empty vocabulary. */
uint32_t vocab_find(const struct vocab *v, stance_str s); /* VOCAB_NONE when absent */
/* Id of s, added when new; VOCAB_NONE when memory is out. */
uint32_t vocab_add(struct vocab *v, stance_str s);
/* vocab_add of a string that outlives v, like a literal: it is not copied. */
uint32_t vocab_add_lasting(struct vocab *v, stance_str s);
/* Room for n strings, so that none of them makes the tables grow; false when memory is out. */
bool vocab_reserve(struct vocab *v, size_t n);
/* vocab_add of a string at which eight bytes can be read, however short it is: quicker. */
uint32_t vocab_add_padded(struct vocab *v, stance_str s);
static inline stance_str vocab_text(const struct vocab *v, uint32_t id) { return v->items[id]; }
/* All strings bytewise, [v->n], in the arena; they belong to v. False when memory is out. */
bool vocab_sorted(const struct vocab *v, struct arena *arena, const stance_str **out);
void vocab_free(struct vocab *v);
#endif
