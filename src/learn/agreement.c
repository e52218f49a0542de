/* SPDX-License-Identifier: MIT
 * agreement: Cohen's kappa and Krippendorff's alpha.
 * Method: the table of coincidences (K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011): a unit of m labels gives each ordered pair of
 * them 1 / (m - 1); alpha = 1 - observed / expected disagreement, ordinal with his ranks. Kappa after J. Cohen, A Coefficient of Agreement for
 * Nominal Scales, 1960. Limits: the intervals, percentiles of 1,000 draws of units, are rough below some 30 units. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "metrics.h"

enum { DRAWS = 1000, KAPPA = 0, NOMINAL, ORDINAL, FIGURES };

struct coincidences {
    size_t labels;
    double cell[STANCE_MAX_LABELS][STANCE_MAX_LABELS], sum[STANCE_MAX_LABELS], n;
};

/* Labels of unit u, those missing left out; out: [coders]. */
static size_t given(const stance_ratings *r, size_t u, uint32_t *out)
{
    size_t n = 0;
    for (size_t c = 0; c < r->coders; c++)
        if (r->label[u * r->coders + c] < r->labels_n) out[n++] = r->label[u * r->coders + c];
    return n;
}

static void add_unit(struct coincidences *t, const uint32_t *label, size_t m)
{
    double weight = 1.0 / (double)(m - 1);
    for (size_t a = 0; a < m; a++)
        for (size_t b = 0; b < m; b++)
            if (a != b) t->cell[label[a]][label[b]] += weight;
    for (size_t a = 0; a < m; a++) t->sum[label[a]]++;
    t->n += (double)m;
}

/* Squared differences: of ranks, which lie half a label's number from its ends. */
static double difference(const struct coincidences *t, bool ordinal, size_t c, size_t k)
{
    double d = -(t->sum[c] + t->sum[k]) / 2;
    if (!ordinal || c == k) return c == k ? 0 : 1;
    for (size_t g = c; g <= k; g++) d += t->sum[g];
    return d * d;
}

static double alpha_of(const struct coincidences *t, bool ordinal)
{
    double observed = 0, expected = 0;
    for (size_t c = 0; c < t->labels; c++)
        for (size_t k = c + 1; k < t->labels; k++) {
            double d = difference(t, ordinal, c, k);
            observed += t->cell[c][k] * d;
            expected += t->sum[c] * t->sum[k] * d;
        }
    return expected > 0 ? 1 - (t->n - 1) * observed / expected : NAN;
}

/* Of two coders; units with one label only are not in t. */
static double kappa_of(const struct coincidences *t, const double (*sums)[2])
{
    double same = 0, chance = 0, n = t->n / 2;
    for (size_t l = 0; l < t->labels; l++) {
        same += t->cell[l][l] / 2;
        chance += sums[l][0] * sums[l][1];
    }
    same /= n;
    chance /= n * n;
    return chance < 1 ? (same - chance) / (1 - chance) : NAN;
}

struct counting {
    const stance_ratings *r;
    size_t *units; /* [units_n] those with two labels or more */
    size_t units_n;
    struct coincidences table;
    double sums[STANCE_MAX_LABELS][2]; /* [label][coder], with two coders */
    double drawn[FIGURES][DRAWS];
};

static void start(struct counting *x)
{
    memset(&x->table, 0, sizeof x->table);
    memset(x->sums, 0, sizeof x->sums);
    x->table.labels = x->r->labels_n;
}

static void take(struct counting *x, size_t u)
{
    uint32_t label[STANCE_MAX_CODERS];
    add_unit(&x->table, label, given(x->r, u, label));
    if (x->r->coders != 2) return;
    for (size_t c = 0; c < 2; c++) x->sums[label[c]][c]++;
}

static double figure_of(const struct counting *x, int which)
{
    if (which == KAPPA) return x->r->coders == 2 ? kappa_of(&x->table, x->sums) : NAN;
    return which == NOMINAL || x->r->ordered ? alpha_of(&x->table, which == ORDINAL) : NAN;
}

/* ---- intervals ---- */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Draws in which a figure is not defined are left out. */
static stance_figure interval(double *drawn, double value)
{
    size_t n = 0;
    for (size_t i = 0; i < DRAWS; i++)
        if (!isnan(drawn[i])) drawn[n++] = drawn[i];
    if (n == 0 || isnan(value)) return (stance_figure){value, NAN, NAN};
    qsort(drawn, n, sizeof *drawn, by_size);
    return (stance_figure){value, drawn[(size_t)(0.025 * (double)n)], drawn[(size_t)(0.975 * (double)(n - 1))]};
}

static void draw(struct counting *x, uint64_t seed)
{
    struct dice dice = {seed};
    for (size_t d = 0; d < DRAWS; d++) {
        start(x);
        for (size_t i = 0; i < x->units_n; i++) take(x, x->units[dice_below(&dice, x->units_n)]);
        for (int f = 0; f < FIGURES; f++) x->drawn[f][d] = figure_of(x, f);
    }
}

/* ---- all together ---- */

static void count_units(struct counting *x, stance_agreement *out)
{
    uint32_t label[STANCE_MAX_CODERS];
    for (size_t u = 0; u < x->r->units; u++) {
        size_t m = given(x->r, u, label), same = 1;
        if (m < 2) continue;
        x->units[x->units_n++] = u;
        take(x, u);
        while (same < m && label[same] == label[0]) same++;
        out->same += same == m;
        if (x->r->coders == 2) out->pairs[label[0]][label[1]]++;
    }
    out->units = x->units_n;
    out->values = (size_t)x->table.n;
    for (size_t l = 0; l < x->r->labels_n; l++) {
        double sum = x->table.sum[l];
        out->label[l].values = (size_t)sum;
        out->label[l].agreement = sum > 0 ? x->table.cell[l][l] / sum : NAN;
    }
}

bool stance_agree(const stance_ratings *ratings, uint64_t seed, stance_agreement *out, stance_error *err)
{
    memset(out, 0, sizeof *out);
    out->labels = ratings->labels_n;
    if (ratings->coders < 2 || ratings->coders > STANCE_MAX_CODERS || ratings->labels_n == 0 || ratings->labels_n > STANCE_MAX_LABELS)
        return error_set(err, STANCE_INPUT, 0, "%zu coders and %zu labels; agreement needs 2 to %d coders and 1 to %d labels", ratings->coders,
                         ratings->labels_n, STANCE_MAX_CODERS, STANCE_MAX_LABELS);
    struct counting *x = calloc(1, sizeof *x);
    size_t *units = calloc(ratings->units + 1, sizeof *units);
    bool ok = (x && units) || error_nomem(err, "measuring agreement");
    if (ok) {
        x->r = ratings;
        x->units = units;
        start(x);
        count_units(x, out);
        ok = x->units_n || error_set(err, STANCE_INPUT, 0, "no row is labelled by two; the files must share %s", ratings->key ? ratings->key : "rows");
    }
    if (ok) {
        double value[FIGURES];
        for (int f = 0; f < FIGURES; f++) value[f] = figure_of(x, f);
        draw(x, seed);
        out->kappa = interval(x->drawn[KAPPA], value[KAPPA]);
        out->alpha_nominal = interval(x->drawn[NOMINAL], value[NOMINAL]);
        out->alpha_ordinal = interval(x->drawn[ORDINAL], value[ORDINAL]);
    }
    free(units);
    free(x);
    return ok;
}
