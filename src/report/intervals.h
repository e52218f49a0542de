/* SPDX-License-Identifier: MIT
 * intervals: how sure a share and a net share are. */
#ifndef REPORT_INTERVALS_H
#define REPORT_INTERVALS_H
#include "resample.h"

struct interval {
    double lo, hi;
};

/* The two-sided quantile of the normal distribution: 1.959964 for level 0.95. level between 0 and 1. */
double interval_z(double level);
/* Wilson's score interval for k of n; 0 to 1 when n is 0. */
struct interval interval_wilson(size_t k, size_t n, double z);

struct net_settings {
    double level;
    size_t draws;
    uint64_t seed;
    double z;       /* interval_z(level), when many intervals share it; 0: not known */
};

/* Interval of (sum of plus - sum of minus) / sum of n over articles; sorts them. NaN to NaN when there are no views.
 * False when memory is out. */
bool interval_net(struct cluster *articles, size_t n, struct net_settings how, struct interval *out, stance_error *err);

/* Interval of a - b from those of a and b, which are independent (Newcombe 1998, method 10; Zou & Donner 2008). */
struct interval interval_difference(double a, struct interval of_a, double b, struct interval of_b);

/* A number below n, from a state that it moves on (splitmix64). n below 2^32. */
size_t interval_draw(uint64_t *state, size_t n);
/* Between the two neighbours, as numpy does by default. n at least 1. */
double interval_quantile(const double *sorted, size_t n, double q);
#endif
