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

/* A text on its way. What is random in memory is asked for in one step and read in the next, so several texts go through each step together. */
struct chunk_text {
    stance_str text;
    struct chunk_at pieces[CHUNKS_AT_ONCE]; /* [pieces_n] the next chunks, which end at byte `at` */
    size_t pieces_n, at;
    size_t words, words_n;     /* its terms among the words of all */
    size_t pending, pending_n; /* its pairs among those of all */
    struct feature_facts facts;
};

struct bucket;
struct second;
enum { CHUNK_TEXT = 64 }; /* bytes of a term that is remembered, folded, less one */

struct chunks {
    const struct stance_model *model;
    struct bucket *buckets;   /* a chunk is in the one its bytes choose */
    struct second *seconds;   /* terms behind the first; in the same memory */
    bool singles, pairs;      /* templates w1, w2 */
    struct piece single, pair;  /* "w1=", "w2=" */
    uint64_t power[CHUNK_TEXT]; /* of HASH_BASE */
    struct chunk_word *words; /* [n] of the texts */
    size_t n, cap;
    struct feature_facts facts;
    uint64_t *pending;        /* [pending_n] spread hashes of pairs that may be features; room for cap */
    size_t pending_n;
    struct arena arena;
};

/* Whether the model's features can be read this way. */
bool chunks_serve(const struct stance_model *model);
/* False when memory is out. */
bool chunks_init(struct chunks *c, const struct stance_model *model);
void chunks_free(struct chunks *c);
/* Before the first of some texts. */
void chunks_begin(struct chunks *c);
void chunks_cut(const struct chunks *c, stance_str text, struct chunk_text *t);
/* The text's terms into words, and facts, in the order and with the hashes of terms_build. */
bool chunks_read(struct chunks *c, struct chunk_text *t, stance_error *err);
/* Spread hashes of its pairs of words that may be features, into pending. */
void chunks_pairs(struct chunks *c, struct chunk_text *t);
#endif
