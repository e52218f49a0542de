/* SPDX-License-Identifier: MIT
 * tagger: a linear model that marks the tokens of contents, on top of what the rules propose. */
#ifndef VIEWS_TAGGER_H
#define VIEWS_TAGGER_H
#include "attribution.h"

enum tag { TAG_OUT, TAG_BEGIN, TAG_IN, TAGS };

/* Features of one token are hashes; the same ones for training and decoding. */
enum { TAG_FEATURES = 96 };

struct tag_weights {
    const uint64_t *keys;      /* [slots] hash of the feature, 0: empty; open addressing, slots a power of two */
    const float *weights;      /* [slots][TAGS] */
    size_t slots;
    const double *bias;        /* [TAGS] */
    const double *transitions; /* [TAGS][TAGS] from, to */
};

/* What the tokens of an article look like, prepared once. Memory is the article's arena. */
struct tag_scene;
struct tag_scene *tag_scene_new(const struct article *a, const struct attributions *rules, stance_error *err);
/* Is sentence s worth tagging: does it hold a cue, a quotation or a proposal of the rules? */
bool tag_active(const struct tag_scene *scene, size_t s);
/* Features of token i, which must be in an active sentence; returns how many were written (at most TAG_FEATURES). */
size_t tag_features(const struct tag_scene *scene, size_t i, uint64_t *out);

/* Replaces the rules' contents by those that the model finds; sources and cues stay with the contents they belong to, new contents get those beside them. */
bool tagger_apply(struct article *a, const struct tag_weights *w, struct attributions *all, stance_error *err);
#endif
