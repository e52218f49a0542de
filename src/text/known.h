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
        struct known_chunk way[KNOWN_WAYS]; /* a new one takes the second place, and one that is met there again the first */
    } *buckets;              /* [1 << KNOWN_BITS], each a line of the cache */
};

bool known_init(struct known *k); /* makes the table of an all-zero struct; false when memory is out */
void known_free(struct known *k); /* all zero again */
/* Gives the words new ids, [words.n], rising from 0, and forgets those whose is VOCAB_NONE, with the chunks that hold them. False, and nothing changed, when
 * memory is out. */
bool known_keep(struct known *k, const uint32_t *new_ids);
/* Remembers a chunk that is not there; its bytes say which. */
void known_add(struct known *k, const struct known_chunk *chunk);
static inline struct known_bucket *known_bucket(const struct known *k, uint64_t low, uint64_t high)
{
    return &k->buckets[(high * 0xFF51AFD7ED558CCDu ^ low) * 0x9E3779B97F4A7C15u >> (64 - KNOWN_BITS)];
}
/* Changes the two places. */
static inline struct known_chunk *known_rise(struct known_chunk way[KNOWN_WAYS])
{
    struct known_chunk found = way[1];
    way[1] = way[0];
    way[0] = found;
    return way;
}
/* The chunk of these bytes, until the next one is looked for; NULL when it is not there. */
static inline const struct known_chunk *known_find(const struct known *k, uint64_t low, uint64_t high)
{
    struct known_chunk *way = known_bucket(k, low, high)->way;
    if (way[0].bytes[0] == low && way[0].bytes[1] == high) return way;
    return way[1].bytes[0] == low && way[1].bytes[1] == high ? known_rise(way) : NULL;
}
#endif
