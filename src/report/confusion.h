/* SPDX-License-Identifier: MIT
 * confusion: what a classifier makes of known labels, read from a table. */
#ifndef REPORT_CONFUSION_H
#define REPORT_CONFUSION_H
#include "../base/vocab.h"

struct confusion {
    struct vocab labels;
    double *rows; /* [labels.n][labels.n] gold by label given */
};

/* A CSV with the header `gold,LABEL,...` and one row per gold label: counts of the labels given, or sums of their probabilities. c all zero;
 * free in any case. INPUT names the line. */
bool confusion_read(struct confusion *c, const char *path, stance_error *err);
void confusion_free(struct confusion *c);
#endif
