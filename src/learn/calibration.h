/* SPDX-License-Identifier: MIT
 * calibration: from scores to probabilities that mean what they say. */
#ifndef LEARN_CALIBRATION_H
#define LEARN_CALIBRATION_H
#include "../base/str.h"

/* The temperature that makes the softmax of out-of-fold scores most likely; scores: [n][labels], gold: [n]. Between 1/50 and 50. */
double calibrate(const double *scores, const uint32_t *gold, size_t n, size_t labels);

enum { CURVE_MOST = 10, CURVE_ROWS = 1500 };
/* How often the best label is right, given its probability: rising, linear between the points. n 0: as often as the probability says. */
struct curve {
    size_t n;
    double p[CURVE_MOST], right[CURVE_MOST];
};
/* Learnt from out-of-fold scores; none below CURVE_ROWS rows, on which it would follow chance. */
void curve_fit(struct curve *c, const double *scores, const uint32_t *gold, size_t n, size_t labels, double temperature);
/* Moves the best label's probability to the curve and shares the rest out as before; the best label stays the best. */
void curve_apply(const struct curve *c, size_t labels, stance_prediction *out);
/* "0.41:0.45 0.6:0.71", or "none". */
bool curve_read(stance_str text, struct curve *c);
void curve_write(const struct curve *c, struct strbuf *out);

enum { MARGIN_ROWS = 500 };
/* The answer to a row that the model had not seen. */
struct answer_seen {
    double margin;
    bool right;
};
/* The margin below which answers are marked unless the user says otherwise: that of the most answers, the closest calls first and at most 15 in 100, of which
 * fewer than three in five are right. A model that is nearly always right so marks hardly any. 0 below MARGIN_ROWS, where it would follow chance. Sorts. */
double margin_choose(struct answer_seen *answers, size_t n);
#endif
