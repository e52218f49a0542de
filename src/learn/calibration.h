/* SPDX-License-Identifier: MIT
 * calibration: from scores to probabilities that mean what they say. */
#ifndef LEARN_CALIBRATION_H
#define LEARN_CALIBRATION_H
#include "../stance.h"

/* The temperature that makes the softmax of out-of-fold scores most likely; scores: [n][labels], gold: [n]. Between 1/50 and 50. */
double calibrate(const double *scores, const uint32_t *gold, size_t n, size_t labels);
#endif
