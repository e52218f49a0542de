/* SPDX-License-Identifier: MIT
 * twins: features that no chosen row tells apart share one column of the solver's problem. */
#ifndef LEARN_TWINS_H
#define LEARN_TWINS_H
#include "vectors.h"

/* What the chosen rows say of a feature. */
struct seen {
    uint64_t sign; /* the same for features of the same rows and counts */
    uint32_t rows;
};
/* seen: [m->keys.n], zero before. */
void twins_see(const struct matrix *m, const uint32_t *chosen, size_t n, struct seen *seen);

/* of: [features] the column, NO_ID where rows is 0; first: [features] the least id of its column, which stands for it. */
struct twins {
    uint32_t *of;
    uint32_t *members; /* [n] features that share it */
    uint32_t *first;   /* [n] the least id among them */
    size_t n;
};
/* Features with a scale of 0 take no part. Columns of many rows come first, so that what the solver touches most lies together. */
bool twins_make(struct twins *c, const struct matrix *m, const struct seen *seen, const double *scale);
void twins_free(struct twins *c);
#endif
