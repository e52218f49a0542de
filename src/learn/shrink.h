/* SPDX-License-Identifier: MIT
 * shrink: a model that fits into a given size, and what that costs. */
#ifndef LEARN_SHRINK_H
#define LEARN_SHRINK_H
#include "fit.h"

struct shrink_options {
    struct recipe recipe;
    size_t max_bytes, other_bytes; /* of the file; of it what is no feature */
    double eps;
    uint64_t seed;
    size_t folds;
    unsigned threads;
};

/* Fits anew with the strongest features of a finished fit that have room; *kept: how many. */
bool shrink(struct fit *f, const uint32_t *chosen, size_t n, const struct shrink_options *o, size_t *kept, stance_error *err);
/* Cross-validated macro-F1 with `kept` features, chosen inside each fold. */
bool shrink_measure(const struct training_set *set, const uint32_t *chosen, size_t n, const struct shrink_options *o, size_t kept, double *macro_f1,
                    stance_error *err);
#endif
