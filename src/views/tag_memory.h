/* SPDX-License-Identifier: MIT
 * tag_memory: sums of a token tagger's weights that were found before, in this article or another. */
#ifndef VIEWS_TAG_MEMORY_H
#define VIEWS_TAG_MEMORY_H
#include "tag_table.h"

enum { TAG_WORD_BITS = 9, TAG_PART_BITS = 10, TAG_PLACES = 7 };

/* What depends on a word alone. */
struct tag_word {
    uint64_t word, suffix;        /* hashes that its features have: see struct token_scene */
    tag_packed at[TAG_PLACES];    /* by place from the token; its suffix is in the middle one */
    tag_packed free[3];           /* where the rules propose nothing */
    tag_packed unquoted;
    bool known;
};

/* What depends on two numbers, the second of them never 0. */
struct tag_part {
    uint64_t a, b;
    tag_packed sum;
};

/* Of one thread and one table at a time; a place holds what was asked for last there. */
struct tag_memory {
    uint64_t table;               /* id of the table whose weights these are, 0: none's */
    struct tag_word words[1 << TAG_WORD_BITS];
    struct tag_part parts[1 << TAG_PART_BITS];
};

static inline uint32_t tag_word_place(uint64_t word, uint64_t suffix)
{
    return (uint32_t)((word + suffix * 0x9E3779B97F4A7C15u) >> (64 - TAG_WORD_BITS));
}

static inline struct tag_part *tag_part_at(struct tag_memory *m, uint64_t a, uint64_t b)
{
    return &m->parts[((a ^ b * 0x9E3779B97F4A7C15u) * 0xFF51AFD7ED558CCDu) >> (64 - TAG_PART_BITS)];
}

/* Forgets everything when the table is another one, or one without an id. */
void tag_memory_begin(struct tag_memory *m, const struct tag_table *table);
#endif
