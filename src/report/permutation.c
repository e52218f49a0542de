/* SPDX-License-Identifier: MIT
 * permutation: tests on differences between two outlets.
 * Method: articles are the units, since views of one article are not independent: each draw deals the articles out anew. The difference is
 * that of net over all views, or that within each speaker averaged with weights a b / (a + b).
 * Limits: articles are taken to be exchangeable under the null; outlets that cover one story at different length are not quite. */
#include "permutation.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { EXCEEDED_ENOUGH = 20 };

struct sum {
    double lean, n;
};

/* Scratch for one pair. */
struct scratch {
    const struct two_outlets *t;
    size_t *start;        /* [articles + 1] first item of each */
    uint32_t *deal;       /* [articles] */
    struct sum *a, *b;    /* [speakers], or one of each */
    double *values;
};

static bool open_scratch(struct scratch *s, const struct two_outlets *t, size_t draws)
{
    *s = (struct scratch){.t = t};
    size_t sums = t->by_speaker ? t->speakers : 1, at = 0;
    s->start = calloc(t->articles + 2, sizeof *s->start);
    s->deal = calloc(t->articles + 1, sizeof *s->deal);
    s->a = calloc(sums + 1, sizeof *s->a);
    s->b = calloc(sums + 1, sizeof *s->b);
    s->values = calloc(draws + 1, sizeof *s->values);
    if (!s->start || !s->deal || !s->a || !s->b || !s->values) return false;
    for (size_t i = 0; i <= t->articles; i++) {
        while (at < t->n && t->items[at].article < i) at++;
        s->start[i] = at;
    }
    for (uint32_t i = 0; i < t->articles; i++) s->deal[i] = i;
    return true;
}

static void close_scratch(struct scratch *s)
{
    free(s->start);
    free(s->deal);
    free(s->a);
    free(s->b);
    free(s->values);
}

static void add_article(const struct scratch *s, struct sum *to, size_t article)
{
    for (size_t i = s->start[article]; i < s->start[article + 1]; i++) {
        const struct leaning *x = &s->t->items[i];
        struct sum *at = &to[s->t->by_speaker ? x->speaker : 0];
        at->lean += x->lean;
        at->n += x->n;
    }
}

/* Difference when the first a articles of `deal` are the one side. */
static double difference(struct scratch *s)
{
    size_t sums = s->t->by_speaker ? s->t->speakers : 1;
    double weighted = 0, weights = 0;
    memset(s->a, 0, sums * sizeof *s->a);
    memset(s->b, 0, sums * sizeof *s->b);
    for (size_t i = 0; i < s->t->articles; i++) add_article(s, i < s->t->a ? s->a : s->b, s->deal[i]);
    for (size_t i = 0; i < sums; i++) {
        const struct sum *a = &s->a[i], *b = &s->b[i];
        if (a->n <= 0 || b->n <= 0) continue;
        double weight = a->n * b->n / (a->n + b->n);
        weighted += weight * (a->lean / a->n - b->lean / b->n);
        weights += weight;
    }
    return weights > 0 ? weighted / weights : NAN;
}

bool permutation_difference(const struct two_outlets *t, double *out, stance_error *err)
{
    struct scratch s;
    bool ok = open_scratch(&s, t, 0);
    if (ok) *out = difference(&s);
    else error_nomem(err, "comparing outlets");
    close_scratch(&s);
    return ok;
}

static void shuffle(uint32_t *deal, size_t n, uint64_t *state)
{
    for (size_t i = n; i > 1; i--) {
        size_t at = interval_draw(state, i);
        uint32_t keep = deal[i - 1];
        deal[i - 1] = deal[at];
        deal[at] = keep;
    }
}

/* A draw in which nothing can be compared counts as exceeding: it speaks for no difference. */
bool permutation_test(const struct two_outlets *t, uint64_t seed, size_t draws, double *p, stance_error *err)
{
    struct scratch s;
    *p = 1;
    if (!open_scratch(&s, t, 0)) {
        close_scratch(&s);
        return error_nomem(err, "comparing outlets");
    }
    double found = fabs(difference(&s));
    size_t exceeded = 0, drawn = 0;
    while (!isnan(found) && drawn < draws && exceeded < EXCEEDED_ENOUGH) {
        shuffle(s.deal, t->articles, &seed);
        double value = difference(&s);
        exceeded += isnan(value) || fabs(value) >= found - 1e-12;
        drawn++;
    }
    if (exceeded >= EXCEEDED_ENOUGH) *p = (double)exceeded / (double)drawn;
    else if (drawn) *p = ((double)exceeded + 1) / ((double)drawn + 1);
    close_scratch(&s);
    return true;
}

static void resample(struct scratch *s, uint64_t *state)
{
    size_t a = s->t->a, b = s->t->articles - a;
    for (size_t i = 0; i < a; i++) s->deal[i] = (uint32_t)interval_draw(state, a);
    for (size_t i = 0; i < b; i++) s->deal[a + i] = (uint32_t)(a + interval_draw(state, b));
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

bool permutation_bootstrap(const struct two_outlets *t, struct net_settings how, struct interval *out, stance_error *err)
{
    struct scratch s;
    size_t n = 0;
    *out = (struct interval){NAN, NAN};
    if (!open_scratch(&s, t, how.draws)) {
        close_scratch(&s);
        return error_nomem(err, "comparing outlets");
    }
    for (size_t i = 0; i < how.draws && t->a && t->a < t->articles; i++) {
        resample(&s, &how.seed);
        double value = difference(&s);
        if (!isnan(value)) s.values[n++] = value;
    }
    if (n) {
        qsort(s.values, n, sizeof *s.values, by_value);
        out->lo = interval_quantile(s.values, n, (1 - how.level) / 2);
        out->hi = interval_quantile(s.values, n, (1 + how.level) / 2);
    }
    close_scratch(&s);
    return true;
}

/* ---- many tests ---- */

struct ranked {
    double p;
    size_t at;
};

static int by_p(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->p > y->p || x->p < y->p) return x->p < y->p ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

bool benjamini_hochberg(const double *p, size_t n, double *q, stance_error *err)
{
    struct ranked *all = calloc(n + 1, sizeof *all);
    size_t m = 0;
    double least = 1;
    if (!all) return error_nomem(err, "comparing outlets");
    for (size_t i = 0; i < n; i++) {
        q[i] = NAN;
        if (!isnan(p[i])) all[m++] = (struct ranked){p[i], i};
    }
    qsort(all, m, sizeof *all, by_p);
    for (size_t i = m; i-- > 0;) {
        least = fmin(least, all[i].p * (double)m / (double)(i + 1));
        q[all[i].at] = least;
    }
    free(all);
    return true;
}
