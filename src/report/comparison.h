/* SPDX-License-Identifier: MIT
 * comparison: the computed model of compare: outlets, and the difference between each two. */
#ifndef REPORT_COMPARISON_H
#define REPORT_COMPARISON_H
#include "counts.h"
#include "intervals.h"

enum { COMPARISON_PARTS = 3 };

struct estimate {
    double value, lo, hi; /* NaN when there is none */
};

struct test {
    struct estimate net;  /* of a minus of b */
    double p, q;          /* by permutation; q: after Benjamini and Hochberg over all pairs; NaN without */
};

/* One speaker's or target's part in the difference; all parts add up to it. */
struct part {
    stance_str name;
    double points;
    size_t a, b;          /* views of each outlet */
};

struct comparison_outlet {
    stance_str name;
    size_t articles, views, n; /* n: with a stance, copies once */
    struct estimate plus, minus, net;
};

struct comparison_pair {
    size_t a, b;          /* outlets */
    struct test all;
    struct estimate plus, minus; /* differences of shares */
    size_t common, common_a, common_b; /* speakers both quote, and their views in each */
    struct test same;     /* for these speakers alone, speaker by speaker */
    struct part speakers[COMPARISON_PARTS], targets[COMPARISON_PARTS];
    size_t speakers_n, targets_n;
};

struct comparison {
    const stance_report_options *options;
    stance_str labels[2];               /* plus, minus */
    const struct comparison_outlet *outlets; /* [outlets_n] by net, highest first */
    size_t outlets_n, too_small;        /* too_small: outlets with fewer views than min_n */
    const struct comparison_pair *pairs; /* [pairs_n] by p, smallest first */
    size_t pairs_n;
    size_t views, articles, left_out, undated;
    enum dedup dedup;
    const stance_str *models;
    size_t models_n;
    stance_str accuracy, recall;        /* what the line of method says of them; len 0: nothing */
    struct arena arena;
};

/* counts by "outlet,speaker,target". names: outlets with a comma between, or NULL for all. False: USAGE for an outlet that is not there,
 * INPUT when there are fewer than two or no two labels to compare, NOMEM. */
bool comparison_build(struct counts *counts, const char *names, struct comparison *out, stance_error *err);
void comparison_free(struct comparison *c);
#endif
