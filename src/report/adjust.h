/* SPDX-License-Identifier: MIT
 * adjust: shares corrected for the classifier's known confusion. */
#ifndef REPORT_ADJUST_H
#define REPORT_ADJUST_H
#include "intervals.h"

struct adjust_input {
    const double *sums;       /* [articles][labels] views, or their probabilities, by label given */
    size_t articles, labels;
    const double *confusion;  /* [labels][labels] rows of known gold, by label given: counts, or sums of probabilities */
    size_t plus, minus;       /* net is the share of one minus that of the other */
    struct net_settings how;
};

struct adjusted {
    double *share, *lo, *hi;  /* [labels], the caller's */
    double net, net_lo, net_hi;
};

/* What shares would give the observed ones through the confusion. NaN everywhere when there are no views. False when memory is out. */
bool adjust_shares(const struct adjust_input *in, struct adjusted *out, stance_error *err);
#endif
