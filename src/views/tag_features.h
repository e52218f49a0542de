/* SPDX-License-Identifier: MIT
 * tag_features: what the tagger knows of a token, as features for training and as their summed weights for decoding. */
#ifndef VIEWS_TAG_FEATURES_H
#define VIEWS_TAG_FEATURES_H
#include "tag_scene.h"
#include "tag_table.h"

/* Features of token i, which must be in an active sentence; returns how many were written (at most TAG_FEATURES). */
size_t tag_features(const struct tag_scene *scene, size_t i, uint64_t *out);

/* Sums of the weights of tag_features, token after token. What the last token had in common with the next is not looked up again. */
struct tag_summer;
struct tag_summer *tag_summer_new(const struct tag_scene *scene, const struct tag_table *table, stance_error *err); /* in the article's arena */
tag_packed tag_sum(struct tag_summer *s, size_t i);
#endif
