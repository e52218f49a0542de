/* SPDX-License-Identifier: MIT
 * permutation: whether two outlets differ, by exchanging whole articles between them; and Benjamini and Hochberg's correction. */
#ifndef REPORT_PERMUTATION_H
#define REPORT_PERMUTATION_H
#include "intervals.h"

/* What one article says by one speaker: views, and plus minus minus. */
struct leaning {
    uint32_t article, speaker; /* article: 0 to articles - 1, ascending; speaker: 0 to speakers - 1 */
    int32_t lean;
    uint32_t n;
};

/* Articles 0 to a - 1 are those of the first outlet. */
struct two_outlets {
    const struct leaning *items; /* [n] by article */
    size_t n, a, articles, speakers;
    bool by_speaker;             /* the difference is taken within each speaker and averaged (Mantel and Haenszel's weights) */
};

/* Difference of net; NaN when one side, or every speaker on one side, has no view. False when memory is out. */
bool permutation_difference(const struct two_outlets *t, double *out, stance_error *err);
/* Two-sided p, clustered by article; 1 when there is no difference to test. Draws stop early once p is clearly not small (Besag and
 * Clifford 1991). False when memory is out. */
bool permutation_test(const struct two_outlets *t, uint64_t seed, size_t draws, double *p, stance_error *err);
/* Percentile bootstrap of the difference, articles drawn within each outlet. NaN to NaN when it cannot be had. */
bool permutation_bootstrap(const struct two_outlets *t, struct net_settings how, struct interval *out, stance_error *err);

/* q[i] of p[i]; NaN stays NaN and does not count. False when memory is out. */
bool benjamini_hochberg(const double *p, size_t n, double *q, stance_error *err);
#endif
