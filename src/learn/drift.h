/* SPDX-License-Identifier: MIT
 * drift: what a model learnt from, noted at training, and whether what it reads is still like it (stance_drift_of). */
#ifndef LEARN_DRIFT_H
#define LEARN_DRIFT_H
#include "fit.h"

struct known_figures {
    double mean, spread; /* of the share of known n-grams over rows, each counted on the other folds alone */
};
/* scale: [features] of the final fit; what it shuts out is not known. */
bool drift_known(const struct training_set *set, const double *scale, double min_rows, size_t folds, uint64_t seed, struct known_figures *out,
                 stance_error *err);
/* Lines of the model's summary, as stance_model_profile reads them. */
void drift_write(const struct known_figures *known, struct strbuf *summary);
#endif
