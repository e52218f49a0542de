/* SPDX-License-Identifier: MIT
 * calibration: one temperature for all labels (Guo et al. 2017).
 * Method: golden section on the logarithm of the temperature; the likelihood has one peak in it. One number cannot change which label is best, so
 * probabilities never contradict the label. Limits: labels that were weighted up stay a little too probable. */
#include "calibration.h"

#include <math.h>

static double loss(const double *scores, const uint32_t *gold, size_t n, size_t labels, double temperature)
{
    double total = 0;
    for (size_t i = 0; i < n; i++) {
        const double *s = scores + i * labels;
        double best = s[0], sum = 0;
        for (size_t l = 1; l < labels; l++)
            if (s[l] > best) best = s[l];
        for (size_t l = 0; l < labels; l++) sum += exp((s[l] - best) / temperature);
        total += log(sum) - (s[gold[i]] - best) / temperature;
    }
    return total;
}

double calibrate(const double *scores, const uint32_t *gold, size_t n, size_t labels)
{
    const double ratio = 0.6180339887498949;
    double low = log(1.0 / 50), high = log(50.0);
    if (n == 0) return 1;
    double a = high - ratio * (high - low), b = low + ratio * (high - low);
    double at_a = loss(scores, gold, n, labels, exp(a)), at_b = loss(scores, gold, n, labels, exp(b));
    for (int step = 0; step < 40; step++) {
        if (at_a < at_b) {
            high = b, b = a, at_b = at_a;
            at_a = loss(scores, gold, n, labels, exp(a = high - ratio * (high - low)));
        } else {
            low = a, a = b, at_a = at_b;
            at_b = loss(scores, gold, n, labels, exp(b = low + ratio * (high - low)));
        }
    }
    return exp((low + high) / 2);
}
