/* SPDX-License-Identifier: MIT
 * report: the computed model that every renderer works from, so that the numbers are the same in every format. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H
#include "counts.h"

enum { REPORT_NO_LABEL = STANCE_MAX_LABELS };

struct report_share {
    size_t n;
    double share, lo, hi; /* NaN when the group has no view with a stance */
};

struct report_group {
    const stance_str *key;              /* [keys] valid UTF-8, never empty, "unknown" */
    bool unknown;                       /* the first key is unknown */
    bool small;                         /* n below min_n: too small to rank */
    size_t articles, without_view;      /* without_view of articles; STANCE_NONE: not known */
    size_t views, distinct, abstained, unlabelled; /* the last two: counted once per copy when copies count once */
    size_t n;                           /* views with a stance: what shares and net are of */
    const struct report_share *shares;  /* [labels] */
    double net, net_lo, net_hi;         /* NaN when there is none */
    double change, change_lo, change_hi; /* of net since the period before, with the same other keys; NaN when there is none */
    stance_str before;                  /* that period; ptr NULL */
    const stance_record *const *examples; /* [examples_n] */
    size_t examples_n;
};

struct report {
    stance_str title, by;          /* by: the keys with a comma between */
    const char *const *key;        /* [keys] their names */
    size_t keys;
    size_t period;                 /* which key is a month or week; COUNTS_MAX_KEYS: none */
    const stance_str *labels;      /* [labels_n] */
    size_t labels_n;
    size_t plus, minus;            /* net is the share of label plus minus that of label minus; REPORT_NO_LABEL: no net */
    const struct report_group *groups; /* [groups_n] in the order asked for */
    size_t groups_n;
    size_t hidden;                 /* groups cut off by --top */
    const struct report *over_time; /* by month, and */
    const struct report *by_cell;   /* by outlet and target, for the page; NULL: not counted */
    struct report_group total;     /* of all groups, hidden ones too; no key, no examples */
    /* method */
    const stance_report_options *options;
    enum dedup dedup;
    size_t claim;                  /* which key is the claim; COUNTS_NO_CLAIM */
    const char *sort;
    const stance_str *models, *views_models; /* ids, bytewise */
    size_t models_n, views_models_n;
    stance_str accuracy, recall;   /* what the line of method says of them; len 0: nothing */
    size_t left_out, undated;
    struct arena arena;            /* holds all the above */
};

/* Computes out (all zero) from what was counted; strings and examples belong to counts, which must outlive it. False: NOMEM. */
bool report_build(struct counts *counts, struct report *out, stance_error *err);
void report_free(struct report *r);
#endif
