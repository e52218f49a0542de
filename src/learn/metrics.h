/* SPDX-License-Identifier: MIT
 * metrics: how good predictions are, with intervals; the public side is stance_measure. */
#ifndef LEARN_METRICS_H
#define LEARN_METRICS_H
#include "../stance.h"

/* Small seeded generator for resampling (splitmix64); the same on every machine. */
struct dice {
    uint64_t state;
};
uint64_t dice_next(struct dice *d);
/* 0 to n - 1, n > 0. */
size_t dice_below(struct dice *d, size_t n);

/* Macro-F1 over labels that occur in gold. */
double macro_f1_of(const uint32_t *gold, const uint32_t *predicted, size_t n, size_t labels);
#endif
