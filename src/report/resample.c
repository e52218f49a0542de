/* SPDX-License-Identifier: MIT
 * resample: sums of many articles by one random number.
 * Method: articles of the same lean and number of views are one type, and most groups have few. The chances of all sums of `len` articles are those of
 * the types folded with themselves, on a grid of lean and views; one sum is taken by the alias method (Walker 1977, built as by Vose 1991). How
 * long a row is follows from what both cost, so that groups of few types take one number or two, and groups of many one by article.
 * Limits: sums that come once in 10^18 rows are left out. */
#include "resample.h"

#include <stdlib.h>
#include <string.h>

struct chance {
    int64_t sum, other; /* with a chance of `keep` in 2^32 sum, else other */
    uint64_t keep;
};

struct type {
    int64_t lean, views;
    double p;
};

struct types {
    struct type *items;
    size_t n;
    int64_t lean, views;              /* the least of each, */
    size_t lean_range, views_range;   /* and how far the greatest is away */
};

static const double least = 1e-18;
enum { GRID = 1 << 16, FOLDING = 1, TABLE = 10, DRAWING = 4 }; /* GRID: most cells; the others: what a cell and a draw cost, in about nanoseconds */

static int64_t pack(int64_t lean, int64_t views)
{
    return lean * (INT64_C(1) << 32) + views;
}

static bool find_types(struct types *t, const struct cluster *c, size_t n)
{
    int64_t most = 0;
    t->items = malloc(n * sizeof *t->items);
    if (!t->items) return false;
    t->views = c[0].n;
    t->views_range = c[n - 1].n - c[0].n;
    t->lean = most = (int64_t)c[0].plus - c[0].minus;
    for (size_t i = 0; i < n; i++) {
        int64_t lean = (int64_t)c[i].plus - c[i].minus;
        struct type *last = t->n ? &t->items[t->n - 1] : NULL;
        if (!last || last->lean != lean || last->views != c[i].n) *(last = &t->items[t->n++]) = (struct type){lean, c[i].n, 0};
        last->p += 1;
        if (lean < t->lean) t->lean = lean;
        if (lean > most) most = lean;
    }
    for (size_t i = 0; i < t->n; i++) t->items[i].p /= (double)n;
    t->lean_range = (size_t)(most - t->lean);
    return true;
}

/* ---- a table to draw from ---- */

struct weighted {
    int64_t sum;
    double p;
};

/* Each place holds a sum that comes too seldom to fill it, and the rest of the place one that comes too often. */
static bool fill_chances(struct chances *to, struct weighted *w, size_t n)
{
    size_t *poor = malloc(2 * n * sizeof *poor), *rich = poor ? poor + n : NULL, poor_n = 0, rich_n = 0;
    double all = 0;
    to->items = malloc(n * sizeof *to->items);
    to->n = n;
    if (!poor || !to->items) return free(poor), false;
    for (size_t i = 0; i < n; i++) all += w[i].p;
    for (size_t i = 0; i < n; i++) {
        w[i].p *= (double)n / all;
        to->items[i] = (struct chance){w[i].sum, w[i].sum, UINT64_C(1) << 32};
        if (w[i].p < 1) poor[poor_n++] = i;
        else rich[rich_n++] = i;
    }
    while (poor_n && rich_n) {
        size_t i = poor[--poor_n], k = rich[rich_n - 1];
        to->items[i].other = w[k].sum;
        to->items[i].keep = (uint64_t)(w[i].p * 4294967296.0);
        w[k].p -= 1 - w[i].p;
        if (w[k].p < 1) poor[poor_n++] = k, rich_n--;
    }
    free(poor);
    return true;
}

static int64_t take(const struct chances *c, uint64_t *state)
{
    uint64_t x = resample_random(state);
    const struct chance *place = &c->items[((x >> 32) * c->n) >> 32];
    return (x & UINT32_MAX) < place->keep ? place->sum : place->other;
}

/* ---- rows ---- */

static bool fill_single(struct chances *to, const struct types *t)
{
    struct weighted *w = malloc(t->n * sizeof *w);
    for (size_t i = 0; w && i < t->n; i++) w[i] = (struct weighted){pack(t->items[i].lean, t->items[i].views), t->items[i].p};
    bool ok = w && fill_chances(to, w, t->n);
    free(w);
    return ok;
}

static double grid_of(const struct types *t, size_t len)
{
    return ((double)len * (double)t->lean_range + 1) * ((double)len * (double)t->views_range + 1);
}

/* The number of rows that costs least. */
static void choose_rows(struct resample *r, const struct types *t, size_t n, size_t draws)
{
    double best = 0;
    for (size_t rows = n; rows > 0; rows--) {
        size_t len = n / rows;
        double grid = grid_of(t, len), cost = (double)(draws * (rows + n % rows) * DRAWING);
        if (len > 1 && grid > GRID) break;
        if (len > 1) cost += grid * ((double)len * (double)t->n / 3 * FOLDING + TABLE);
        if (rows < n && cost >= best) continue;
        best = cost;
        r->rows = rows;
        r->len = len;
        r->rest = n % rows;
    }
}

/* to: chances of the sums of one article more than in from, whose cells reach up to `used`. */
static void fold(const struct types *t, size_t width, const double *from, size_t used, double *to)
{
    for (size_t k = 0; k < t->n; k++) {
        double *moved = to + (size_t)(t->items[k].lean - t->lean) * width + (size_t)(t->items[k].views - t->views);
        for (size_t i = 0; i < used; i++) moved[i] += t->items[k].p * from[i];
    }
}

static bool fill_row(struct chances *to, const struct types *t, size_t len)
{
    size_t width = len * t->views_range + 1, cells = (len * t->lean_range + 1) * width, n = 0;
    double *from = calloc(cells, sizeof *from), *next = calloc(cells, sizeof *next);
    struct weighted *w = malloc(cells * sizeof *w);
    bool ok = from && next && w;
    if (ok) from[0] = 1;
    for (size_t l = 0, used; ok && l < len; l++) {
        used = l * t->lean_range * width + l * t->views_range + 1;
        for (size_t i = 0; i < used; i++) /* what is next to nothing is slow to multiply */
            if (from[i] < least) from[i] = 0;
        memset(next, 0, cells * sizeof *next);
        fold(t, width, from, used, next);
        double *folded = next;
        next = from;
        from = folded;
    }
    for (size_t i = 0; ok && i < cells; i++)
        if (from[i] >= least) w[n++] = (struct weighted){pack((int64_t)(i / width) + (int64_t)len * t->lean, (int64_t)(i % width) + (int64_t)len * t->views), from[i]};
    ok = ok && fill_chances(to, w, n);
    free(from);
    free(next);
    free(w);
    return ok;
}

bool resample_open(struct resample *r, const struct cluster *c, size_t n, size_t draws)
{
    struct types t = {0};
    *r = (struct resample){0};
    bool ok = find_types(&t, c, n) && fill_single(&r->single, &t);
    if (ok) choose_rows(r, &t, n, draws);
    if (ok && r->len > 1) ok = fill_row(&r->row, &t, r->len);
    free(t.items);
    return ok;
}

double resample_net(const struct resample *r, uint64_t *state)
{
    const struct chances *row = r->len > 1 ? &r->row : &r->single;
    int64_t sum = 0;
    for (size_t i = 0; i < r->rows; i++) sum += take(row, state);
    for (size_t i = 0; i < r->rest; i++) sum += take(&r->single, state);
    int64_t views = sum & UINT32_MAX;
    return (double)((sum - views) / (INT64_C(1) << 32)) / (double)views;
}

void resample_free(struct resample *r)
{
    free(r->row.items);
    free(r->single.items);
    *r = (struct resample){0};
}
