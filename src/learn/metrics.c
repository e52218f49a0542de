/* SPDX-License-Identifier: MIT
 * metrics: counts, F1, calibration, coverage.
 * Method: everything follows from the confusion table; intervals are percentiles of 1,000 resamplings of whole groups, since rows of one group are not
 * independent. Limits: one label per row. */
#include "metrics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"

enum { RESAMPLES = 1000, ECE_BINS = 15 };

uint64_t dice_next(struct dice *d)
{
    uint64_t z = d->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

size_t dice_below(struct dice *d, size_t n)
{
    return (size_t)(dice_next(d) % n); /* the bias of % is below 2^-40 for any set that fits in memory */
}

/* ---- from the confusion table ---- */

struct table {
    size_t labels;
    size_t cell[STANCE_MAX_LABELS][STANCE_MAX_LABELS]; /* [gold][predicted] */
    size_t foreign[STANCE_MAX_LABELS];                 /* [gold] answered with a label that no row has */
};

static void count(struct table *t, uint32_t gold, uint32_t predicted)
{
    if (predicted < t->labels) t->cell[gold][predicted]++;
    else t->foreign[gold]++;
}

struct row_sums {
    size_t gold[STANCE_MAX_LABELS], predicted[STANCE_MAX_LABELS];
};

static struct row_sums sums_of(const struct table *t)
{
    struct row_sums s = {{0}, {0}};
    for (size_t g = 0; g < t->labels; g++) {
        s.gold[g] += t->foreign[g];
        for (size_t p = 0; p < t->labels; p++) {
            s.gold[g] += t->cell[g][p];
            s.predicted[p] += t->cell[g][p];
        }
    }
    return s;
}

static double f1(size_t hit, size_t gold, size_t predicted)
{
    return gold + predicted ? 2.0 * (double)hit / (double)(gold + predicted) : 0;
}

struct figures {
    double accuracy, macro_f1, f_avg, f1[STANCE_MAX_LABELS];
};

static struct figures figures_of(const struct table *t)
{
    struct figures f = {0, 0, 0, {0}};
    struct row_sums s = sums_of(t);
    double present = 0, hits = 0, n = 0;
    for (size_t l = 0; l < t->labels; l++) {
        f.f1[l] = f1(t->cell[l][l], s.gold[l], s.predicted[l]);
        hits += (double)t->cell[l][l];
        n += (double)s.gold[l];
        if (s.gold[l] == 0) continue;
        present++;
        f.macro_f1 += f.f1[l];
    }
    f.macro_f1 = present > 0 ? f.macro_f1 / present : 0;
    f.accuracy = n > 0 ? hits / n : 0;
    f.f_avg = (f.f1[0] + f.f1[1]) / 2;
    return f;
}

double macro_f1_of(const uint32_t *gold, const uint32_t *predicted, size_t n, size_t labels)
{
    struct table t;
    memset(&t, 0, sizeof t);
    t.labels = labels;
    for (size_t i = 0; i < n; i++) count(&t, gold[i], predicted[i]);
    return figures_of(&t).macro_f1;
}

/* ---- intervals ---- */

struct resampling {
    const stance_rows *rows;
    const stance_prediction *predictions;
    uint32_t (*members)[2]; /* [n] group, row; sorted */
    size_t *start;          /* [groups + 1] into members */
    size_t groups;
    double *drawn;          /* [3 + labels][RESAMPLES] */
};

static int by_group(const void *a, const void *b)
{
    const uint32_t *x = a, *y = b;
    return x[0] != y[0] ? (x[0] > y[0]) - (x[0] < y[0]) : (x[1] > y[1]) - (x[1] < y[1]);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static bool group_rows(struct resampling *r)
{
    size_t n = r->rows->n;
    r->members = calloc(n + 1, sizeof *r->members);
    r->start = calloc(n + 1, sizeof *r->start);
    r->drawn = calloc((3 + r->rows->labels_n) * RESAMPLES, sizeof *r->drawn);
    if (!r->members || !r->start || !r->drawn) return false;
    for (uint32_t i = 0; i < n; i++) r->members[i][0] = r->rows->rows[i].group, r->members[i][1] = i;
    qsort(r->members, n, sizeof *r->members, by_group);
    for (size_t i = 0; i < n; i++)
        if (i == 0 || r->members[i][0] != r->members[i - 1][0]) r->start[r->groups++] = i;
    r->start[r->groups] = n;
    return true;
}

static void add_group(const struct resampling *r, size_t group, struct table *t)
{
    for (size_t i = r->start[group]; i < r->start[group + 1]; i++) {
        uint32_t row = r->members[i][1];
        count(t, r->rows->rows[row].label, r->predictions[row].label);
    }
}

static void draw(struct resampling *r, uint64_t seed)
{
    struct dice dice = {seed};
    struct table t;
    for (size_t k = 0; k < RESAMPLES; k++) {
        memset(&t, 0, sizeof t);
        t.labels = r->rows->labels_n;
        for (size_t g = 0; g < r->groups; g++) add_group(r, dice_below(&dice, r->groups), &t);
        struct figures f = figures_of(&t);
        r->drawn[k] = f.accuracy;
        r->drawn[RESAMPLES + k] = f.macro_f1;
        r->drawn[2 * RESAMPLES + k] = f.f_avg;
        for (size_t l = 0; l < t.labels; l++) r->drawn[(3 + l) * RESAMPLES + k] = f.f1[l];
    }
}

static stance_figure interval(struct resampling *r, size_t which, double value)
{
    double *drawn = r->drawn + which * RESAMPLES;
    qsort(drawn, RESAMPLES, sizeof *drawn, by_size);
    return (stance_figure){value, drawn[RESAMPLES * 25 / 1000], drawn[RESAMPLES * 975 / 1000 - 1]};
}

/* ---- probabilities ---- */

static void measure_probabilities(const stance_rows *rows, const stance_prediction *p, stance_metrics *out)
{
    double confidence[ECE_BINS] = {0}, right[ECE_BINS] = {0};
    size_t answered_right = 0;
    for (size_t i = 0; i < rows->n; i++) {
        double best = p[i].label < rows->labels_n ? p[i].p[p[i].label] : 0;
        size_t bin = best >= 1 ? ECE_BINS - 1 : best > 0 ? (size_t)(best * ECE_BINS) : 0;
        confidence[bin] += best;
        right[bin] += rows->rows[i].label == p[i].label;
        for (size_t l = 0; l < rows->labels_n; l++) {
            double miss = p[i].p[l] - (l == rows->rows[i].label);
            out->brier += miss * miss / (double)rows->n;
        }
        out->abstained += p[i].abstained != STANCE_CERTAIN;
        answered_right += p[i].abstained == STANCE_CERTAIN && p[i].label == rows->rows[i].label;
    }
    out->answered_accuracy = out->abstained < rows->n ? (double)answered_right / (double)(rows->n - out->abstained) : 0;
    for (size_t b = 0; b < ECE_BINS; b++) out->ece += fabs(confidence[b] - right[b]) / (double)rows->n;
}

static void measure_coverage(const stance_rows *rows, const stance_prediction *p, stance_metrics *out)
{
    for (size_t step = 0; step < STANCE_COVERAGE_STEPS; step++) {
        double margin = (double)step / STANCE_COVERAGE_STEPS, kept = 0, right = 0;
        for (size_t i = 0; i < rows->n; i++) {
            if (p[i].margin < margin) continue;
            kept++;
            right += rows->rows[i].label == p[i].label;
        }
        out->coverage[step].margin = margin;
        out->coverage[step].coverage = kept / (double)rows->n;
        out->coverage[step].accuracy = kept > 0 ? right / kept : 0;
    }
}

static void measure_majority(stance_metrics *out)
{
    size_t most = 0;
    double present = 0;
    for (size_t l = 0; l < out->labels; l++) {
        present += out->label[l].gold > 0;
        if (out->label[l].gold > most) most = out->label[l].gold;
    }
    out->majority_accuracy = (double)most / (double)out->n;
    out->majority_macro_f1 = f1(most, most, out->n) / present;
}

static void fill_labels(const struct table *t, const struct figures *f, struct resampling *r, stance_metrics *out)
{
    struct row_sums s = sums_of(t);
    for (size_t l = 0; l < t->labels; l++) {
        stance_label_metrics *m = &out->label[l];
        *m = (stance_label_metrics){.gold = s.gold[l], .predicted = s.predicted[l], .hit = t->cell[l][l]};
        m->precision = m->predicted ? (double)m->hit / (double)m->predicted : 0;
        m->recall = m->gold ? (double)m->hit / (double)m->gold : 0;
        m->f1 = interval(r, 3 + l, f->f1[l]);
    }
}

static bool check(const stance_rows *rows, const stance_prediction *p, stance_error *err)
{
    if (rows->n == 0) return error_set(err, STANCE_INPUT, 0, "no rows to compare");
    if (rows->labels_n == 0 || rows->labels_n > STANCE_MAX_LABELS)
        return error_set(err, STANCE_INPUT, 0, "%zu labels; 1 to %d can be compared", rows->labels_n, STANCE_MAX_LABELS);
    for (size_t i = 0; i < rows->n; i++)
        if (rows->rows[i].label >= rows->labels_n || p[i].label > rows->labels_n)
            return error_set(err, STANCE_INPUT, rows->rows[i].line, "row %zu has a label that is not in the list of labels", i + 1);
    return true;
}

bool stance_measure(const stance_rows *rows, const stance_prediction *predictions, uint64_t seed, stance_metrics *out, stance_error *err)
{
    memset(out, 0, sizeof *out);
    if (!check(rows, predictions, err)) return false;
    struct resampling r = {rows, predictions, NULL, NULL, 0, NULL};
    struct table t;
    memset(&t, 0, sizeof t);
    t.labels = rows->labels_n;
    for (size_t i = 0; i < rows->n; i++) count(&t, rows->rows[i].label, predictions[i].label);
    bool ok = group_rows(&r) || error_nomem(err, "measuring");
    if (ok) {
        struct figures f = figures_of(&t);
        bool stances = rows->labels_n >= 2 && strcmp(rows->labels[0], "bullish") == 0 && strcmp(rows->labels[1], "skeptical") == 0;
        draw(&r, seed);
        out->n = rows->n;
        out->labels = rows->labels_n;
        memcpy(out->confusion, t.cell, sizeof t.cell);
        fill_labels(&t, &f, &r, out);
        out->accuracy = interval(&r, 0, f.accuracy);
        out->macro_f1 = interval(&r, 1, f.macro_f1);
        out->f_avg = stances ? interval(&r, 2, f.f_avg) : (stance_figure){-1, -1, -1};
        measure_majority(out);
        measure_probabilities(rows, predictions, out);
        measure_coverage(rows, predictions, out);
    }
    free(r.members);
    free(r.start);
    free(r.drawn);
    return ok;
}

/* ---- two models on the same rows ---- */

/* Two-sided exact binomial test of k among n at one half. */
static double sign_test(size_t a, size_t b)
{
    size_t n = a + b, least = a < b ? a : b;
    double sum = 0;
    for (size_t k = 0; k <= least; k++)
        sum += exp(lgamma((double)n + 1) - lgamma((double)k + 1) - lgamma((double)(n - k) + 1) - (double)n * log(2));
    return fmin(1, 2 * sum);
}

static void count_agreement(const stance_rows *rows, const stance_prediction *a, const stance_prediction *b, stance_comparison *out)
{
    for (size_t i = 0; i < rows->n; i++) {
        bool right_a = a[i].label == rows->rows[i].label, right_b = b[i].label == rows->rows[i].label;
        out->both += right_a && right_b;
        out->only_first += right_a && !right_b;
        out->only_second += !right_a && right_b;
        out->neither += !right_a && !right_b;
    }
    out->p = sign_test(out->only_first, out->only_second);
}

/* The same groups are drawn for both, so that what is common to both falls out. */
static void draw_differences(struct resampling *a, const stance_prediction *second, uint64_t seed)
{
    struct dice dice = {seed};
    struct resampling b = *a;
    struct table ta, tb;
    b.predictions = second;
    for (size_t k = 0; k < RESAMPLES; k++) {
        memset(&ta, 0, sizeof ta);
        ta.labels = a->rows->labels_n;
        tb = ta;
        for (size_t g = 0; g < a->groups; g++) {
            size_t drawn = dice_below(&dice, a->groups);
            add_group(a, drawn, &ta);
            add_group(&b, drawn, &tb);
        }
        struct figures fa = figures_of(&ta), fb = figures_of(&tb);
        a->drawn[k] = fa.accuracy - fb.accuracy;
        a->drawn[RESAMPLES + k] = fa.macro_f1 - fb.macro_f1;
    }
}

static struct figures figures_for(const stance_rows *rows, const stance_prediction *p)
{
    struct table t;
    memset(&t, 0, sizeof t);
    t.labels = rows->labels_n;
    for (size_t i = 0; i < rows->n; i++) count(&t, rows->rows[i].label, p[i].label);
    return figures_of(&t);
}

bool stance_compare(const stance_rows *rows, const stance_prediction *first, const stance_prediction *second, uint64_t seed, stance_comparison *out,
                    stance_error *err)
{
    memset(out, 0, sizeof *out);
    if (!check(rows, first, err) || !check(rows, second, err)) return false;
    struct resampling r = {rows, first, NULL, NULL, 0, NULL};
    bool ok = group_rows(&r) || error_nomem(err, "measuring");
    if (ok) {
        struct figures a = figures_for(rows, first), b = figures_for(rows, second);
        count_agreement(rows, first, second, out);
        draw_differences(&r, second, seed);
        out->accuracy = interval(&r, 0, a.accuracy - b.accuracy);
        out->macro_f1 = interval(&r, 1, a.macro_f1 - b.macro_f1);
        out->second_macro_f1 = b.macro_f1;
        out->second_accuracy = b.accuracy;
    }
    free(r.members);
    free(r.start);
    free(r.drawn);
    return ok;
}
