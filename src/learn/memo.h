/* SPDX-License-Identifier: MIT
 * memo: what a model says of words met before, so that a statement of known words looks up little but its pairs of words. */
#ifndef LEARN_MEMO_H
#define LEARN_MEMO_H
#include "model.h"
#include "pairs.h"

/* What stands for a feature, 1 + labels of them: how often it occurs in the statement; its scale; its weights times scale, each less the first label's, since
 * nothing but the distances of scores counts. One line of the cache with three labels, or less. */
union memo_cell {
    uint64_t times; /* 0 between statements */
    double number;
};

/* A logarithm that was asked for. */
struct known_log {
    double of, is;
};

/* What the sums of polarity of a part of a text add to the real block; with three labels or less. */
struct known_sums {
    double positive, negative, adds[2];
    uint32_t part; /* + 1 */
};

/* What the word that introduces a view says. */
struct known_cue {
    uint64_t hash; /* of it, as given */
    uint32_t place;
    float polarity;
    int8_t sign;
    bool full;
};

/* Two words in a row, of which the model has features. */
struct met_pair {
    uint32_t at; /* term of the first one */
    const struct pair *pair;
};

enum { MEMO_LOGS = 256, MEMO_CUES = 256, MEMO_SUMS = 512, MEMO_WORDS = 1 << 16, MEMO_RARE = 1 << 15, NEGATED_SLOTS = 5 };

struct memo {
    const struct stance_model *model;
    bool polarity;                /* templates ask for the lexicon */
    struct speller spellers[FEATURE_SPELLERS];
    size_t spellers_n;
    struct dictionary index;      /* hashes of words to places in words */
    struct known_word *words;     /* [index.n] */
    uint32_t (*negated)[NEGATED_SLOTS]; /* [index.n] places of the features made of this word behind a negator, as in known_word */
    size_t words_cap, text_bytes;
    struct arena text;            /* of the words */
    double *sums;                 /* [words_cap][1 + labels] of the n-grams of characters of each word: squared values, values times weights */
    uint32_t stamp;               /* of the statement */
    uint32_t fixed[FEATURE_FIXED]; /* places of features whose keys hold no word of the text; NOT_ASKED */
    struct piece heads[64];       /* "name=" of templates */
    uint8_t active[64];           /* [active_n] templates asked for, but those of characters */
    size_t active_n;
    uint64_t rare[MEMO_RARE / 64]; /* bits by the spread hash of features that hold the word TARGET, which are few */
    union memo_cell *cells, *made; /* [features + 1 + MEMO_WORDS][stride] all 0 in the block of characters; made: where the memory of them begins */
    bool joint;                   /* behind the features, words have cells for their features as words and as tokens in one */
    uint8_t as_word, as_token;    /* their templates */
    uint32_t stride, none;        /* none: place of what stands for all features that the model does not have */
    uint32_t *occurring[BLOCKS];  /* [occurring_n] places of features that do, each once; NULL for those that are summed */
    size_t occurring_n[BLOCKS];
    double real[STANCE_MAX_LABELS]; /* sums of the block of lexicon scores, but for the first label */
    struct pairs pairs;
    struct met_pair *met;         /* [met_n] of this statement */
    size_t met_n, met_cap;
    struct known_sums parts[MEMO_SUMS]; /* places by the sums and the part */
    struct known_log logs[MEMO_LOGS]; /* places by the number */
    struct known_cue cues[MEMO_CUES]; /* places by the hash */
    unsigned forgotten;           /* how often everything was */
    double total[1 + STANCE_MAX_LABELS];
    size_t grams, grams_known;    /* n-grams of words; those that are features */
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
    __builtin_prefetch(&m->words[word].spelled);
    __builtin_prefetch(m->sums + word * (1 + m->model->labels));
}
/* Makes the sums of a word. */
void memo_spell(struct memo *m, uint32_t word);
/* Adds the n-grams of characters of a word to the total, once in a statement. */
static inline void memo_characters(struct memo *m, uint32_t word)
{
    size_t n = 1 + m->model->labels;
    uint32_t before = m->words[word].spelled;
    const double *sums = m->sums + word * n;
    if (before == m->stamp) return;
    if (before == NOT_ASKED) memo_spell(m, word);
    m->words[word].spelled = m->stamp;
    for (size_t i = 0; i < n; i++) m->total[i] += sums[i];
}
/* Adds what all words so far add to the scores. */
void memo_score(const struct memo *m, double length, double *scores);
/* Adds what all occurrences add to the scores, blocks having these lengths; and the share of known n-grams is known. */
void memo_settle(struct memo *m, const double *length, double *scores);
/* Pairs of the terms, into met. */
bool memo_pairs(struct memo *m, const struct terms *t);
double memo_log1p(struct memo *m, double v);
/* Where they are, if they are anywhere. */
struct known_sums *memo_sums(struct memo *m, uint32_t part, double positive, double negative);

/* Place of the features of a word as a word and as a token; word < MEMO_WORDS. */
static inline uint32_t memo_joint(const struct memo *m, uint32_t word) { return m->none + (word + 1) * m->stride; }

static inline void memo_prefetch_joint(const struct memo *m, uint32_t word)
{
    if (m->joint && word < MEMO_WORDS) __builtin_prefetch(&m->cells[memo_joint(m, word)]);
}

static inline uint32_t memo_place(const struct memo *m, uint32_t id)
{
    return id == NO_ID ? m->none : id * m->stride;
}

/* The feature's place in cells. */
static inline uint32_t memo_ask(const struct memo *m, uint64_t hash)
{
    uint64_t spread = hash_spread(hash);
    uint32_t id = model_may_have(m->model, spread) ? model_find_spread(m->model, spread) : NO_ID;
    return memo_place(m, id);
}

/* False: the model does not have the feature, which holds the word TARGET. */
static inline bool memo_may_have(const struct memo *m, uint64_t hash)
{
    uint64_t bit = hash_spread(hash) % MEMO_RARE;
    return m->rare[bit >> 6] >> (bit & 63) & 1;
}

/* An occurrence of a feature of a block that is counted: its place goes to *to, if it is the first. Returns where the next one goes. */
static inline uint32_t *memo_count(union memo_cell *cells, uint32_t place, uint32_t *to)
{
    *to = place;
    return to + (cells[place].times++ == 0); /* nothing that the processor would have to guess */
}

static inline uint32_t *memo_counting(const struct memo *m, uint8_t block)
{
    return m->occurring[block] + m->occurring_n[block];
}
static inline void memo_counted(struct memo *m, uint8_t block, const uint32_t *to)
{
    m->occurring_n[block] = (size_t)(to - m->occurring[block]);
}

static inline void memo_value(struct memo *m, uint32_t place, double value)
{
    const union memo_cell *weights = m->cells + place + 1;
    if (m->stride == 4) {
        m->real[1] += value * weights[1].number;
        m->real[2] += value * weights[2].number;
        return;
    }
    for (uint32_t l = 1; l + 1 < m->stride; l++) m->real[l] += value * weights[l].number;
}

static inline void memo_add(struct memo *m, uint8_t block, uint32_t place, float value, bool counts)
{
    if (counts) m->grams++, m->grams_known += place != m->none;
    if (block == BLOCK_REAL) memo_value(m, place, (double)value);
    else memo_counted(m, block, memo_count(m->cells, place, memo_counting(m, block)));
}
#endif
