/* SPDX-License-Identifier: MIT
 * predict: from features to a label, without liblinear. */
#ifndef LEARN_PREDICT_H
#define LEARN_PREDICT_H
#include "model.h"
#include "recall.h"

/* Scores of the labels: weights[features + 1][labels], the last row being the bias. */
void predict_scores(const double *weights, size_t features, size_t labels, const struct value *values, size_t n, double *scores);
/* Probabilities (softmax of scores / temperature), best label and margin. */
void predict_fill(const double *scores, size_t labels, double temperature, stance_prediction *out);
/* Why the answer should not be trusted; needs margin and known. */
stance_abstention predict_abstention(const stance_prediction *p, const struct feature_facts *facts, double min_margin);

/* The values behind stance_score, for explaining and exporting: valid until the scorer's next use. NULL on failure. */
const struct value *scorer_values(stance_scorer *s, const stance_statement *in, size_t *n, struct feature_facts *facts, double *known, stance_error *err);

/* stance_score of a statement whose text is that of these tokens. */
bool scorer_answer_run(stance_scorer *s, const stance_statement *in, const struct token_run *run, double min_margin, stance_prediction *out, stance_error *err);

enum { SCORED_AT_ONCE = 8 };
/* stance_score of n statements, at most SCORED_AT_ONCE: the same answers, sooner for models of words and pairs of words alone. */
bool scorer_answer(stance_scorer *s, const stance_statement *const *in, size_t n, double min_margin, stance_prediction *out, stance_error *err);
#endif
