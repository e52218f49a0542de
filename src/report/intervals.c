/* SPDX-License-Identifier: MIT
 * intervals: Wilson for shares, a bootstrap over articles for net.
 * Method: Wilson 1927. Net: percentile bootstrap of the ratio with articles as clusters (Davison & Hinkley 1997, 2.4); its normal limit
 * above MANY articles. With few articles both are too narrow (one article: no width at all), so the interval is never narrower than
 * the normal one for independent views with a view added to each side (Bonett & Price 2012).
 * Limits: with one article its views count as independent. Articles are independent: a speaker's own consistency is not modelled. */
#include "intervals.h"

#include <math.h>
#include <stdlib.h>

enum { MANY = 4096 };

double interval_z(double level)
{
    double lo = 0, hi = 40;
    for (int i = 0; i < 100; i++) {
        double mid = (lo + hi) / 2;
        if (erfc(mid / sqrt(2)) > 1 - level) lo = mid;
        else hi = mid;
    }
    return (lo + hi) / 2;
}

static double clip(double x, double lo, double hi)
{
    return x < lo ? lo : x > hi ? hi : x;
}

struct interval interval_wilson(size_t k, size_t n, double z)
{
    if (n == 0) return (struct interval){0, 1};
    double size = (double)n, p = (double)k / size, z2 = z * z;
    double centre = (p + z2 / (2 * size)) / (1 + z2 / size);
    double half = z / (1 + z2 / size) * sqrt(p * (1 - p) / size + z2 / (4 * size * size));
    return (struct interval){k == 0 ? 0 : clip(centre - half, 0, p), k == n ? 1 : clip(centre + half, p, 1)};
}

size_t interval_draw(uint64_t *state, size_t n)
{
    return ((resample_random(state) >> 32) * n) >> 32;
}

static int by_counts(const void *a, const void *b)
{
    const struct cluster *x = a, *y = b;
    if (x->n != y->n) return x->n < y->n ? -1 : 1;
    int64_t lean = ((int64_t)x->plus - x->minus) - ((int64_t)y->plus - y->minus);
    if (lean) return lean < 0 ? -1 : 1;
    return (x->plus > y->plus) - (x->plus < y->plus);
}

/* ---- the ends of what was drawn ---- */

/* The least numbers of many, in a heap with the greatest of them on top: sorting what lies between the tails would take longer than drawing it. */
struct tail {
    double *x; /* [n] */
    size_t n;
};

/* Room for those that the quantile q of `all` numbers lies between, q at most a half. */
static bool tail_open(struct tail *t, size_t all, double q)
{
    t->n = (size_t)(q * (double)(all - 1)) + 2;
    if (t->n > all) t->n = all;
    t->x = malloc(t->n * sizeof *t->x);
    for (size_t i = 0; t->x && i < t->n; i++) t->x[i] = INFINITY;
    return t->x != NULL;
}

/* x, less than the top, takes its place. */
static void sink(struct tail *t, double x)
{
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < t->n; at = child) {
        if (child + 1 < t->n && t->x[child + 1] > t->x[child]) child++;
        if (t->x[child] <= x) break;
        t->x[at] = t->x[child];
    }
    t->x[at] = x;
}

/* As interval_quantile of all numbers sorted. */
static double tail_quantile(const struct tail *t, size_t all, double q)
{
    double at = q * (double)(all - 1), before = t->x[t->n > 1 ? 1 : 0];
    if (t->n > 2) before = fmax(before, t->x[2]);
    return before + (at - (double)(size_t)at) * (t->x[0] - before);
}

struct sums {
    double plus, minus, n;
};

static struct sums sum(const struct cluster *c, size_t n)
{
    struct sums all = {0, 0, 0};
    for (size_t i = 0; i < n; i++) {
        all.plus += c[i].plus;
        all.minus += c[i].minus;
        all.n += c[i].n;
    }
    return all;
}

double interval_quantile(const double *sorted, size_t n, double q)
{
    double at = q * (double)(n - 1);
    size_t i = (size_t)at;
    return i + 1 < n ? sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]) : sorted[n - 1];
}

/* n at least 2. A draw varies less than a fresh sample would, by (n - 1) / n. */
static bool bootstrap(const struct cluster *c, size_t n, struct net_settings how, struct interval *out, stance_error *err)
{
    double q = (1 - how.level) / 2;
    struct tail low = {0}, high = {0}; /* high: signs changed */
    struct resample articles = {0};
    bool ok = tail_open(&low, how.draws, q) && tail_open(&high, how.draws, q) && resample_open(&articles, c, n, how.draws);
    uint64_t state = how.seed;
    for (size_t i = 0; ok && i < how.draws; i++) {
        double net = resample_net(&articles, &state);
        if (net < low.x[0]) sink(&low, net);
        if (-net < high.x[0]) sink(&high, -net);
    }
    if (ok) {
        struct sums all = sum(c, n);
        double net = (all.plus - all.minus) / all.n, widen = sqrt((double)n / (double)(n - 1));
        out->lo = net + widen * (tail_quantile(&low, how.draws, q) - net);
        out->hi = net + widen * (-tail_quantile(&high, how.draws, q) - net);
    }
    free(low.x);
    free(high.x);
    resample_free(&articles);
    return ok || error_nomem(err, "estimating intervals");
}

/* What the bootstrap comes to with many articles: normal, with the variance of a ratio. */
static struct interval ratio(const struct cluster *c, size_t n, double z)
{
    struct sums all = sum(c, n);
    double net = (all.plus - all.minus) / all.n, squares = 0;
    for (size_t i = 0; i < n; i++) {
        double rest = (double)c[i].plus - c[i].minus - net * c[i].n;
        squares += rest * rest;
    }
    double half = z * sqrt(squares) / all.n;
    return (struct interval){net - half, net + half};
}

static struct interval independent(struct sums all, double z)
{
    double n = all.n + 2, p = (all.plus + 1) / n, q = (all.minus + 1) / n;
    double half = z * sqrt((p + q - (p - q) * (p - q)) / n);
    return (struct interval){p - q - half, p - q + half};
}

struct interval interval_difference(double a, struct interval of_a, double b, struct interval of_b)
{
    double d = a - b;
    return (struct interval){d - sqrt((a - of_a.lo) * (a - of_a.lo) + (of_b.hi - b) * (of_b.hi - b)),
                             d + sqrt((of_a.hi - a) * (of_a.hi - a) + (b - of_b.lo) * (b - of_b.lo))};
}

static size_t with_views(struct cluster *c, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (c[i].n) c[kept++] = c[i];
    if (kept) qsort(c, kept, sizeof *c, by_counts); /* so that the order of the input does not matter */
    return kept;
}

bool interval_net(struct cluster *articles, size_t n, struct net_settings how, struct interval *out, stance_error *err)
{
    *out = (struct interval){NAN, NAN};
    n = with_views(articles, n);
    if (n == 0) return true;
    double z = how.z > 0 ? how.z : interval_z(how.level);
    struct interval floor = independent(sum(articles, n), z), found = floor;
    if (n > MANY || (uint64_t)articles[n - 1].n * n > INT32_MAX) found = ratio(articles, n, z); /* sorted: the last has most views */
    else if (n > 1 && !bootstrap(articles, n, how, &found, err)) return false;
    *out = (struct interval){clip(fmin(found.lo, floor.lo), -1, 1), clip(fmax(found.hi, floor.hi), -1, 1)};
    return true;
}
