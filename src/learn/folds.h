/* SPDX-License-Identifier: MIT
 * folds: which rows belong together, and their division into folds. */
#ifndef LEARN_FOLDS_H
#define LEARN_FOLDS_H
#include "../stance.h"

/* Numbers rows so that rows of one group and rows with the same or nearly the same words have the same number; cluster: [rows->n].
 * summary may be NULL; takes its counts of duplicates and contradictions. */
bool folds_cluster(const stance_rows *rows, uint32_t *cluster, stance_train_summary *summary, stance_error *err);
/* Divides the n rows listed in `chosen` into k folds, whole clusters, labels spread evenly; fold: [n]. */
bool folds_split(const stance_rows *rows, const uint32_t *cluster, const uint32_t *chosen, size_t n, size_t k, uint64_t seed, uint32_t *fold,
                 stance_error *err);
#endif
