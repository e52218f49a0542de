/* SPDX-License-Identifier: MIT
 * memo: what a model says of words met before, so that a statement of known words looks up little but its pairs of words. */
#ifndef LEARN_MEMO_H
#define LEARN_MEMO_H
#include "model.h"

/* An occurrence of a feature; id NOT_ASKED: to be looked up under `spread`. */
struct met {
    uint64_t spread;
    uint32_t id;
    float value;
    bool counts; /* for the share of known n-grams */
};

struct memo {
    const struct stance_model *model;
    bool polarity;                /* templates ask for the lexicon */
    struct speller spellers[FEATURE_SPELLERS];
    size_t spellers_n;
    struct dictionary index;      /* hashes of words to places in words */
    struct known_word *words;     /* [index.n] */
    size_t words_cap, text_bytes;
    struct arena text;            /* of the words */
    uint32_t first, end;          /* ids of the block of characters */
    /* [spelled_n] of each word: sums of squared values and of values times weights, each n-gram of characters counted once; then how many they
     * are, and their ids less first, two in the space of one */
    double *spelled;
    size_t spelled_n, spelled_cap;
    uint8_t *seen;                /* [end - first] stamp of the statement that had the n-gram last */
    uint32_t *counts;             /* [end - first] how often an n-gram came again; 0 between statements */
    uint8_t stamp;
    uint32_t *again;              /* [again_n] places of n-grams that came again, in order */
    size_t again_n, again_cap;
    uint32_t fixed[FEATURE_FIXED]; /* ids of features whose keys hold no word of the text; NOT_ASKED */
    struct piece heads[64];       /* "name=" of templates */
    struct met *met;              /* [met_n] of this statement */
    size_t met_n, met_cap;
    unsigned forgotten;           /* how often everything was */
    double total[1 + STANCE_MAX_LABELS], grams, grams_known;
    bool failed;                  /* memory was out */
};

/* False when memory is out. */
bool memo_init(struct memo *m, const struct stance_model *model);
void memo_free(struct memo *m);
/* Begins a statement; words got before may be forgotten. */
void memo_begin(struct memo *m);
/* Place of a word in words, its text being copied; NO_ID when memory is out. */
uint32_t memo_word(struct memo *m, const struct piece *word);
/* Fetches what the next will read. */
static inline void memo_prefetch(const struct memo *m, uint32_t word)
{
    uint32_t place = m->words[word].spelled;
    if (place == NOT_ASKED) return;
    const char *at = (const char *)(m->spelled + place);
    __builtin_prefetch(at);
    __builtin_prefetch(at + 64);
    __builtin_prefetch(at + 128);
}
/* Adds the n-grams of characters of a word to the sums. */
void memo_characters(struct memo *m, uint32_t word);
/* Adds what all words so far add to the scores. */
void memo_score(struct memo *m, double length, double *scores);
/* Occurrences into the tally, in their order; and the share of known n-grams is known. */
bool memo_settle(struct memo *m, struct tally *tally);

struct met *memo_grow(struct memo *m);

static inline void memo_push(struct memo *m, uint64_t spread, uint32_t id, float value, bool counts)
{
    struct met *at = m->met_n < m->met_cap ? &m->met[m->met_n] : memo_grow(m);
    if (!at) return;
    if (id != NOT_ASKED) model_prefetch_feature(m->model, id);
    *at = (struct met){spread, id, value, counts};
    m->met_n++;
}

/* An occurrence of a feature that is known, or that the model does not have. */
static inline void memo_add(struct memo *m, uint32_t id, float value, bool counts)
{
    if (counts) m->grams += (double)value;
    if (id != NO_ID) memo_push(m, 0, id, value, counts);
}

/* An occurrence by the hash of its key. */
static inline void memo_take(struct memo *m, uint64_t hash, float value, bool counts)
{
    uint64_t spread = hash_spread(hash);
    if (counts) m->grams += (double)value;
    if (!model_may_have(m->model, spread)) return;
    model_prefetch(m->model, spread);
    memo_push(m, spread, NOT_ASKED, value, counts);
}
#endif
