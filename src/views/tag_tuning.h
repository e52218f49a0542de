/* SPDX-License-Identifier: MIT
 * tag_tuning: how ready a tagger should be to find contents, and in which sentences, chosen on marked articles that it was not trained on. */
#ifndef VIEWS_TAG_TUNING_H
#define VIEWS_TAG_TUNING_H
#include "tag_scene.h"
#include "tagger.h"

enum { RECALL_STEPS = 17 };

/* Contents of all articles counted so far, per step: of recall, or a sort of sentence. */
struct recall_counts {
    size_t marked;
    size_t found[RECALL_STEPS], right[RECALL_STEPS]; /* right: the same as a marked content (article_same) */
};

/* What a step adds to the score of contents, -0.8 to 0.8. */
double recall_of(size_t step);
/* Tags an article once a step. Works in the arena, which it resets. */
bool recall_count(struct recall_counts *c, const struct language *l, struct arena *arena, const stance_gold_article *g, const struct tag_weights *w,
                  stance_error *err);
/* Of the shifts whose overlap F1 (a mean with the steps beside it) lies within a standard error of the best, that nearest 0. *f1: its own, may be NULL. */
double recall_best(const struct recall_counts *c, double *f1);

/* Tags an article once for each sort of sentence, looking at those alone, and not at all (SORT_NONE). */
bool scope_count(struct recall_counts *c, const struct language *l, struct arena *arena, const stance_gold_article *g, const struct tag_weights *w,
                 stance_error *err);
/* The sorts in which the tagger does no worse than the rules, by the overlap F1 of all sentences. */
unsigned scope_best(const struct recall_counts *c);
#endif
