/* SPDX-License-Identifier: MIT
 * adjust: quantification.
 * Method: observed shares are a mixture of the confusion's rows; the weights of the mixture are found by expectation maximisation. Where
 * "adjusted count" (Forman 2008; with probabilities: Bella et al. 2010) gives shares, these are the same; where it gives shares below 0, the
 * likeliest ones from 0 up. Intervals: percentile bootstrap over articles, in which the rows of the confusion are drawn anew too, so that
 * what is not known of the classifier widens them.
 * Limits: the classifier is taken to err on these views as on the rows of the confusion. */
#include "adjust.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS = 200, DRAWS_MOST = 500 };

struct scratch {
    double *rates;    /* [labels][labels] share of each label given, of each gold label */
    double *observed, *shares; /* [labels] */
    double *draws;    /* [labels + 1][draws] */
};

static void normalise(double *x, size_t n, double otherwise)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) sum += x[i];
    for (size_t i = 0; i < n; i++) x[i] = sum > 0 ? x[i] / sum : otherwise;
}

/* A gold label without rows is taken to be recognised. */
static void rates_of(const double *confusion, size_t n, double *rates)
{
    memcpy(rates, confusion, n * n * sizeof *rates);
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t k = 0; k < n; k++) sum += rates[i * n + k];
        if (sum > 0) normalise(rates + i * n, n, 0);
        else rates[i * n + i] = 1;
    }
}

static void step(const struct scratch *s, size_t n, const double *before, double *after)
{
    memset(after, 0, n * sizeof *after);
    for (size_t k = 0; k < n; k++) {
        double expected = 0;
        for (size_t i = 0; i < n; i++) expected += before[i] * s->rates[i * n + k];
        for (size_t i = 0; expected > 0 && i < n; i++) after[i] += s->observed[k] * before[i] * s->rates[i * n + k] / expected;
    }
}

static void solve(const struct scratch *s, size_t n)
{
    double before[STANCE_MAX_LABELS];
    for (size_t i = 0; i < n; i++) s->shares[i] = 1 / (double)n;
    for (int turn = 0; turn < STEPS; turn++) {
        double moved = 0;
        memcpy(before, s->shares, n * sizeof *before);
        step(s, n, before, s->shares);
        normalise(s->shares, n, 1 / (double)n);
        for (size_t i = 0; i < n; i++) moved += fabs(before[i] - s->shares[i]);
        if (moved < 1e-10) break;
    }
}

static void draw_articles(const struct adjust_input *in, double *observed, uint64_t *state)
{
    memset(observed, 0, in->labels * sizeof *observed);
    for (size_t a = 0; a < in->articles; a++) {
        const double *row = in->sums + interval_draw(state, in->articles) * in->labels;
        for (size_t i = 0; i < in->labels; i++) observed[i] += row[i];
    }
    normalise(observed, in->labels, 1 / (double)in->labels);
}

/* Approximately normal, from twelve uniform numbers. */
static double normal(uint64_t *state)
{
    double sum = -6;
    for (int i = 0; i < 12; i++) sum += (double)interval_draw(state, 1u << 30) / (double)(1u << 30);
    return sum;
}

/* Counts vary like Poisson counts, so that their rows vary like multinomial ones. */
static void draw_confusion(const struct adjust_input *in, double *confusion, uint64_t *state)
{
    for (size_t i = 0; i < in->labels * in->labels; i++) confusion[i] = fmax(0, in->confusion[i] + sqrt(in->confusion[i]) * normal(state));
}

static double net_of(const struct adjust_input *in, const double *shares)
{
    return in->plus < in->labels && in->minus < in->labels ? shares[in->plus] - shares[in->minus] : NAN;
}

static void fill_draws(const struct adjust_input *in, struct scratch *s, size_t draws)
{
    uint64_t state = in->how.seed;
    double confusion[STANCE_MAX_LABELS * STANCE_MAX_LABELS];
    for (size_t d = 0; d < draws; d++) {
        draw_articles(in, s->observed, &state);
        draw_confusion(in, confusion, &state);
        rates_of(confusion, in->labels, s->rates);
        solve(s, in->labels);
        for (size_t i = 0; i < in->labels; i++) s->draws[i * draws + d] = s->shares[i];
        s->draws[in->labels * draws + d] = net_of(in, s->shares);
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void bounds(double *draws, size_t n, double level, double value, double *lo, double *hi)
{
    qsort(draws, n, sizeof *draws, by_value);
    *lo = fmin(value, interval_quantile(draws, n, (1 - level) / 2));
    *hi = fmax(value, interval_quantile(draws, n, (1 + level) / 2));
}

static double observe(const struct adjust_input *in, double *observed)
{
    double all = 0;
    memset(observed, 0, in->labels * sizeof *observed);
    for (size_t i = 0; i < in->articles * in->labels; i++) observed[i % in->labels] += in->sums[i], all += in->sums[i];
    normalise(observed, in->labels, 0);
    return all;
}

static void fill_nothing(const struct adjust_input *in, struct adjusted *out)
{
    for (size_t i = 0; i < in->labels; i++) out->share[i] = out->lo[i] = out->hi[i] = NAN;
    out->net = out->net_lo = out->net_hi = NAN;
}

static void fill(const struct adjust_input *in, struct scratch *s, size_t draws, struct adjusted *out)
{
    fill_nothing(in, out);
    if (!(observe(in, s->observed) > 0)) return;
    rates_of(in->confusion, in->labels, s->rates);
    solve(s, in->labels);
    memcpy(out->share, s->shares, in->labels * sizeof *out->share);
    out->net = net_of(in, out->share);
    fill_draws(in, s, draws);
    for (size_t i = 0; i < in->labels; i++) bounds(s->draws + i * draws, draws, in->how.level, out->share[i], &out->lo[i], &out->hi[i]);
    if (!isnan(out->net)) bounds(s->draws + in->labels * draws, draws, in->how.level, out->net, &out->net_lo, &out->net_hi);
}

bool adjust_shares(const struct adjust_input *in, struct adjusted *out, stance_error *err)
{
    size_t n = in->labels, draws = in->how.draws < DRAWS_MOST ? in->how.draws : DRAWS_MOST;
    double *room = calloc(n * n + 2 * n + (n + 1) * draws + 1, sizeof *room);
    if (!room) return error_nomem(err, "adjusting shares");
    struct scratch s = {room, room + n * n, room + n * n + n, room + n * n + 2 * n};
    fill(in, &s, draws, out);
    free(room);
    return true;
}
