/* SPDX-License-Identifier: MIT
 * model: a stance model: what it is made of in memory, how it is saved and how it is looked into. */
#ifndef LEARN_MODEL_H
#define LEARN_MODEL_H
#include "container.h"
#include "recipe.h"
#include "vectors.h"

struct model_slot {
    uint32_t id; /* feature + 1; 0: empty */
    uint32_t hash; /* upper half of the key's spread hash */
};

/* Everything points into the map but recipe, lexicon, label and filter. */
struct stance_model {
    struct container *file;
    struct recipe recipe;
    struct lexicon lexicon;
    const char *label[STANCE_MAX_LABELS];
    size_t labels, features;
    const struct model_slot *slots; /* [slots_n], a power of two */
    size_t slots_n;
    uint64_t *filter;         /* bits of features by their spread hash, eight a feature: tells of most absent keys without a miss of the cache */
    unsigned filter_shift;
    const uint32_t *ends;     /* [features] where the key ends in text */
    stance_str text;          /* keys, one after the other: "w2=not bad" */
    const uint8_t *block;     /* [features] */
    const double *scale;      /* [features] */
    const double *weights;    /* [features + 1][labels]; the last row is the bias */
    stance_str summary;       /* key = value lines about the training */
    stance_str settings;      /* the recipe as text */
    stance_str measured;      /* confusions of rows not seen; len 0: not measured */
};

/* What a training hands over; nothing is kept. */
struct model_parts {
    const struct recipe *recipe;
    const struct lexicon *lexicon;
    const char *const *label;
    size_t labels, features;
    const stance_str *keys;   /* [features] */
    const uint8_t *block;     /* [features] */
    const double *scale;      /* [features] */
    const double *weights;    /* [features + 1][labels] */
    stance_str summary, measured;
};
/* Bytes that so many features take, their keys having key_bytes together. */
size_t model_bytes(size_t features, size_t key_bytes, size_t labels);
bool model_save(const char *path, const struct model_parts *parts, stance_error *err);

/* Feature id of a key's hash (piece_of), NO_ID when the model does not have it. Compares 32 bits of it: in four thousand million
 * features looked up, one that the model has not may be taken for another. */
uint32_t model_find(const struct stance_model *m, uint64_t hash);
/* The same in two steps: the first asks the processor to fetch what the second will read. `spread` is hash_spread(hash). */
static inline void model_prefetch(const struct stance_model *m, uint64_t spread)
{
    __builtin_prefetch(&m->slots[(size_t)spread & (m->slots_n - 1)]);
}
static inline void model_prefetch_feature(const struct stance_model *m, uint32_t id)
{
    __builtin_prefetch(&m->scale[id]);
    __builtin_prefetch(&m->weights[id * m->labels]);
}
static inline uint32_t model_find_spread(const struct stance_model *m, uint64_t spread)
{
    const struct model_slot *slots = m->slots;
    size_t mask = m->slots_n - 1, at = (size_t)spread & mask;
    for (; slots[at].id; at = (at + 1) & mask)
        if (slots[at].hash == (uint32_t)(spread >> 32)) return slots[at].id - 1;
    return NO_ID;
}
/* False: the model does not have it. */
static inline bool model_may_have(const struct stance_model *m, uint64_t spread)
{
    uint64_t bit = spread >> m->filter_shift;
    return m->filter[bit >> 6] >> (bit & 63) & 1;
}
/* Key of a feature; id < m->features. */
static inline stance_str model_key(const struct stance_model *m, uint32_t id)
{
    return (stance_str){m->text.ptr + (id ? m->ends[id - 1] : 0), m->ends[id] - (id ? m->ends[id - 1] : 0)};
}
/* The template a feature was made by. */
size_t model_template(const struct stance_model *m, uint32_t id);
/* What a caller's min_margin stands for: below 0 the model's own. */
double model_min_margin(const struct stance_model *m, double given);
struct weighting model_weighting(const struct stance_model *m);
/* How many copies of a statement's features are made, and by which templates. */
struct feature_settings model_features(const struct stance_model *m);
#endif
