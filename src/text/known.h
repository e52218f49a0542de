/* SPDX-License-Identifier: MIT
 * known: the tokens of what stands between two blanks, for chunks met lately. */
#ifndef TEXT_KNOWN_H
#define TEXT_KNOWN_H
#include "../base/vocab.h"

enum { KNOWN_BITS = 15, KNOWN_WAYS = 2, KNOWN_BYTES = 15, KNOWN_TOKENS = 4, KNOWN_WORDS = 2 };

/* What a token of a chunk is, in sixteen bits that are never 0: where it ends (4), its kind (4), its flags (6), and these. */
enum { KNOWN_MARK = 1 << 14, /* see struct token_notes */
       KNOWN_FOLD = 1 << 15  /* its folded form is not just the text in lower case */
};

struct known_chunk {
    uint64_t bytes[2];             /* zero behind its end; all zero: empty */
    uint32_t words[KNOWN_WORDS];   /* ids of its words in the vocabulary, in order */
    uint16_t tokens[KNOWN_TOKENS]; /* each begins where the one before ends; 0 behind the last */
};

/* The words of all texts read with it, and a bounded table of chunks. All zero is empty, and remembers no chunk. */
struct known {
    struct vocab words;      /* folded */
    struct known_bucket {
        struct known_chunk way[KNOWN_WAYS]; /* the older one gives way */
    } *buckets;              /* [1 << KNOWN_BITS], each a line of the cache */
    void *table;             /* the memory they are in */
};

bool known_init(struct known *k); /* makes the table of an all-zero struct; false when memory is out */
void known_free(struct known *k); /* all zero again */
/* Remembers a chunk that is not there; its bytes say which. */
void known_add(struct known *k, const struct known_chunk *chunk);
static inline struct known_bucket *known_bucket(const struct known *k, const uint64_t bytes[2])
{
    uint64_t hash = (bytes[1] * 0xFF51AFD7ED558CCDu ^ bytes[0]) * 0x9E3779B97F4A7C15u;
    return &k->buckets[hash >> (64 - KNOWN_BITS)];
}
static inline const struct known_chunk *known_find(const struct known *k, const uint64_t bytes[2])
{
    const struct known_chunk *way = known_bucket(k, bytes)->way;
    for (size_t i = 0; i < KNOWN_WAYS; i++)
        if (way[i].bytes[0] == bytes[0] && way[i].bytes[1] == bytes[1]) return &way[i];
    return NULL;
}
#endif
