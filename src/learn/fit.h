/* SPDX-License-Identifier: MIT
 * fit: one training on some rows of a matrix with one recipe. */
#ifndef LEARN_FIT_H
#define LEARN_FIT_H
#include "recipe.h"
#include "trainer.h"
#include "twins.h"
#include "vectors.h"

/* What all trainings share; immutable while they run. */
struct training_set {
    const stance_rows *rows;
    const struct matrix *matrix;
    const uint32_t *cluster; /* [rows->n] of folds_cluster */
};

/* A training prepared on rows, to be run with several costs. All zero is empty. */
struct fit {
    const struct training_set *set;
    struct recipe recipe;    /* of the last run */
    double *scale;           /* [features] from these rows alone; 0: not used */
    struct twins columns;  /* of the features with a scale */
    size_t used;             /* features with a scale */
    double share;            /* rows per repetition, so that the cost stays that of a row of mean weight */
    double *prior;           /* [labels][columns] or NULL */
    double *weights;         /* [columns + 1][labels], of each feature of the column; the last row is the bias */
    struct trainer *trainer;
    struct value *values;    /* scratch, one row */
    bool ran;
};

/* keep: [features], 0 shuts a feature out; NULL: all may be used. */
bool fit_prepare(struct fit *f, const struct training_set *set, const struct recipe *recipe, const uint32_t *chosen, size_t n,
                 const uint8_t *keep, stance_error *err);
/* Whether a run of `recipe` can use what was prepared for the last one: all but cost, solver and class weights are equal. */
bool fit_serves(const struct fit *f, const struct recipe *recipe);
/* The weights of another model as first guess, for features and labels that it has. After fit_prepare. */
void fit_start(struct fit *f, const struct stance_model *model);
bool fit_run(struct fit *f, const struct recipe *recipe, double eps, stance_error *err);
/* The weights of a feature with a scale: [labels]. */
const double *fit_weights(const struct fit *f, uint32_t id);
const double *fit_bias(const struct fit *f);
/* Scores of any row of the matrix; scores: [labels]. */
void fit_score(struct fit *f, size_t row, double *scores);
void fit_free(struct fit *f);
#endif
