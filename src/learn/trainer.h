/* SPDX-License-Identifier: MIT
 * trainer: liblinear behind one small surface: sparse rows in, one weight vector per label out. */
#ifndef LEARN_TRAINER_H
#define LEARN_TRAINER_H
#include "recipe.h"
#include "vectors.h"

/* Rows ready for the solver. Filled once, fitted many times; one thread at a time, different trainers at once. */
struct trainer;

struct trainer *trainer_new(size_t rows, size_t cells, size_t features, size_t labels, stance_error *err);
/* Takes a copy. `copies` > 0: how often the row counts. */
bool trainer_add(struct trainer *t, const struct value *values, size_t n, uint32_t label, unsigned copies);
void trainer_free(struct trainer *t);

struct trainer_options {
    enum solver solver;
    enum class_weight class_weight;
    double c, eps;       /* eps: liblinear's stopping tolerance */
    const double *prior; /* [labels][features] factors of the values per label (NB ratios), none 0; or NULL */
    bool warm;           /* start from what weights hold */
};
/* One label against the rest, each by liblinear's primal solver. weights: [features + 1][labels], the last row is the bias;
 * with a prior they already hold its factors. Deterministic. */
bool trainer_fit(struct trainer *t, const struct trainer_options *o, double *weights, stance_error *err);
#endif
