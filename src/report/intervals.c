/* SPDX-License-Identifier: MIT
 * intervals: Wilson for shares, a bootstrap over articles for net.
 * Method: Wilson 1927. Net: percentile bootstrap of the ratio with articles as clusters (Davison & Hinkley 1997, 2.4); its normal limit
 * above MANY articles. With few articles both are too narrow (one article: no width at all), so the interval is never narrower than
 * the normal one for independent views with a view added to each side (Bonett & Price 2012).
 * Limits: with one article its views count as independent. Articles are independent: a speaker's own consistency is not modelled. */
#include "intervals.h"

#include <math.h>
#include <stdlib.h>

enum { MANY = 4096, ROWS = 4096 };

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

/* splitmix64 (Steele, Lea & Flood 2014). */
static uint64_t draw(uint64_t *state)
{
    uint64_t x = *state += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

size_t interval_draw(uint64_t *state, size_t n)
{
    return ((draw(state) >> 32) * n) >> 32;
}

static int by_counts(const void *a, const void *b)
{
    const struct cluster *x = a, *y = b;
    if (x->n != y->n) return x->n < y->n ? -1 : 1;
    if (x->plus != y->plus) return x->plus < y->plus ? -1 : 1;
    return (x->minus > y->minus) - (x->minus < y->minus);
}

/* Moves to x[k] what would stand there if x were sorted; what is before it is not greater, what is behind not less (Hoare 1961). */
static void place(double *x, size_t n, size_t k)
{
    for (size_t lo = 0, hi = n - 1; lo < hi;) {
        double pivot = x[lo + (hi - lo) / 2];
        size_t i = lo, j = hi;
        for (;;) {
            while (x[i] < pivot) i++;
            while (x[j] > pivot) j--;
            if (i >= j) break;
            double moved = x[i];
            x[i++] = x[j];
            x[j--] = moved;
        }
        if (k <= j) hi = j;
        else lo = j + 1;
    }
}

/* Puts in place what interval_quantile looks at for q and 1 - q, q below a half: sorting the rest would take longer than drawing it. */
static void place_tails(double *x, size_t n, double q)
{
    const double at[] = {q * (double)(n - 1), (1 - q) * (double)(n - 1)};
    size_t from = 0;
    for (size_t tail = 0; tail < 2; tail++) {
        for (size_t k = (size_t)at[tail]; k <= (size_t)at[tail] + 1 && k < n; k++) {
            if (k < from) continue;
            place(x + from, n - from, k - from);
            from = k + 1;
        }
    }
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

/* ---- drawing articles ---- */

/* Sums of every `len` articles drawn in a row, lean * 2^32 + views: one number draws them all. Few articles make long rows, and a speaker seldom has
 * more than few. The distribution is that of drawing one by one. */
struct rows {
    int64_t *sums;    /* [n] */
    size_t n, len;    /* n: articles to the power of len */
    int64_t *single;  /* [articles] */
    size_t articles;
};

static void fill_rows(struct rows *r, const struct cluster *c)
{
    for (size_t i = 0; i < r->articles; i++) r->single[i] = r->sums[i] = ((int64_t)c[i].plus - c[i].minus) * (INT64_C(1) << 32) + c[i].n;
    r->n = r->articles;
    for (r->len = 1; r->n * r->articles <= ROWS && r->len < r->articles; r->len++) {
        for (size_t i = r->n; i-- > 0;) { /* from behind, into the same place */
            int64_t before = r->sums[i];
            for (size_t k = r->articles; k-- > 0;) r->sums[i * r->articles + k] = before + r->single[k];
        }
        r->n *= r->articles;
    }
}

/* As many articles as there are, each with the same chance every time. Half of a random number is enough for a place. */
static double net_of_draw(const struct rows *r, uint64_t *state)
{
    size_t whole = r->articles / r->len, rest = r->articles % r->len;
    int64_t sum = 0;
    for (size_t i = 0; i < whole; i += 2) {
        uint64_t x = draw(state);
        sum += r->sums[((x >> 32) * r->n) >> 32];
        if (i + 1 < whole) sum += r->sums[((x & UINT32_MAX) * r->n) >> 32];
    }
    for (size_t i = 0; i < rest; i++) sum += r->single[interval_draw(state, r->articles)];
    int64_t views = sum & UINT32_MAX;
    return (double)((sum - views) / (INT64_C(1) << 32)) / (double)views;
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
    double *nets = malloc(how.draws * sizeof *nets);
    struct rows rows = {.sums = malloc((n > ROWS ? n : ROWS) * sizeof *rows.sums), .single = malloc(n * sizeof *rows.single), .articles = n};
    bool ok = nets && rows.sums && rows.single;
    if (ok) fill_rows(&rows, c);
    uint64_t state = how.seed;
    for (size_t i = 0; ok && i < how.draws; i++) nets[i] = net_of_draw(&rows, &state);
    if (ok) {
        place_tails(nets, how.draws, (1 - how.level) / 2);
        struct sums all = sum(c, n);
        double net = (all.plus - all.minus) / all.n, widen = sqrt((double)n / (double)(n - 1));
        out->lo = net + widen * (interval_quantile(nets, how.draws, (1 - how.level) / 2) - net);
        out->hi = net + widen * (interval_quantile(nets, how.draws, (1 + how.level) / 2) - net);
    }
    free(nets);
    free(rows.sums);
    free(rows.single);
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
