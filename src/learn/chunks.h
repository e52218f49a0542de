/* SPDX-License-Identifier: MIT
 * chunks: what stands between two blanks, split into terms once and remembered, for models of nothing but words and pairs of words. */
#ifndef LEARN_CHUNKS_H
#define LEARN_CHUNKS_H
#include "model.h"

enum { CHUNKS_AT_ONCE = 32, CHUNK_LONGEST = 15 };

/* A chunk of a text. */
struct chunk_at {
    uint64_t bytes[2]; /* up to CHUNK_LONGEST padded with NUL, in the last byte the length; not set for longer ones */
    uint64_t hash;     /* of them */
    size_t at, len;
};
/* The next chunks of the text from byte *from on, which moves; returns how many. */
size_t chunks_split(stance_str text, size_t *from, struct chunk_at out[CHUNKS_AT_ONCE]);

/* A term as words and pairs of words need it. */
struct chunk_word {
    uint64_t hash, power; /* of its text */
    uint32_t id;          /* of its feature w1=; NO_ID: none */
};

struct bucket;
struct second;
enum { CHUNK_TEXT = 64 }; /* bytes of a term that is remembered, folded, less one */

struct chunks {
    const struct stance_model *model;
    struct bucket *table, *buckets; /* the memory, and the first of them in it; a chunk is in the one its bytes choose */
    struct second *seconds;   /* terms behind the first */
    bool singles, pairs;      /* templates w1, w2 */
    struct piece single, pair;  /* "w1=", "w2=" */
    uint64_t power[CHUNK_TEXT]; /* of HASH_BASE */
    struct chunk_word *words; /* [n] of the text */
    size_t n, cap;
    struct feature_facts facts;
    uint64_t *pending;        /* [cap] spread hashes of pairs that may be features */
    struct arena arena;
};

/* Whether the model's features can be read this way. */
bool chunks_serve(const struct stance_model *model);
/* False when memory is out. */
bool chunks_init(struct chunks *c, const struct stance_model *model);
void chunks_free(struct chunks *c);
/* The text's terms into words, facts, in the order and with the hashes of terms_build. */
bool chunks_read(struct chunks *c, stance_str text, stance_error *err);
/* Spread hashes of the pairs of words that may be features, into pending; returns how many. */
size_t chunks_pairs(struct chunks *c);
#endif
