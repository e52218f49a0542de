/* SPDX-License-Identifier: MIT
 * tuning: choosing a recipe by cross-validation. */
#ifndef LEARN_TUNING_H
#define LEARN_TUNING_H
#include "fit.h"

struct tuning_options {
    struct recipe start;       /* settings that are fixed, and where the search begins */
    bool search;               /* false: only measure `start` */
    bool fixed_c, fixed_class_weight;
    uint64_t optional;         /* templates that the matrix holds and the search may switch on */
    size_t folds;
    uint64_t seed;
    unsigned threads;
    double budget_seconds;     /* 0: none; for search and the fit that follows it */
    double spent_seconds;      /* of it, before the search */
    bool targets;              /* some rows have a target */
    bool (*progress)(void *ctx, const char *step, double share);
    void *progress_ctx;
};

struct tuning_result {
    struct recipe recipe;      /* the best, with its temperature */
    double macro_f1, accuracy; /* out of fold */
    size_t tried;
    double fit_seconds;        /* what a fit on all rows will take */
};

/* Uses the n chosen rows only. Deterministic but for a budget that runs out. */
bool tune(const struct training_set *set, const uint32_t *chosen, size_t n, const struct tuning_options *o, struct tuning_result *out,
          stance_error *err);
#endif
