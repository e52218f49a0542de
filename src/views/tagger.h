/* SPDX-License-Identifier: MIT
 * tagger: a linear model that marks the tokens of contents, on top of what the rules propose. */
#ifndef VIEWS_TAGGER_H
#define VIEWS_TAGGER_H
#include "attribution.h"
#include "tag_table.h"

enum { CURVE_REACH = 16, CURVE_STEPS = 32, CURVE_POINTS = 2 * CURVE_REACH * CURVE_STEPS + 1 };

struct tag_weights {
    struct tag_table table;
    unsigned scope;                              /* sorts of sentences to look at, see tag_scene */
    double bias[TAGS], transitions[TAGS * TAGS]; /* transitions: from, to */
    float curve[CURVE_POINTS];                   /* by tag_curve */
};

/* Fills the curve by which sums become log probabilities. */
void tag_curve(float *curve);

/* Replaces the rules' contents by those that the model finds; sources and cues stay with the contents they belong to, new contents get those beside them. */
bool tagger_apply(struct article *a, const struct tag_weights *w, struct attributions *all, stance_error *err);
#endif
