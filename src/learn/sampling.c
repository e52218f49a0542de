/* SPDX-License-Identifier: MIT
 * sampling: which rows to label next.
 * Method: one row of each cluster of near-duplicates (those of cross-validation); a part drawn by chance first, from all, then the smallest margins of
 * the rest (uncertainty sampling, D. Lewis and W. Gale, 1994), shuffled. Limits: all candidates in memory. */
#include <math.h>
#include <stdlib.h>

#include "../base/error.h"
#include "folds.h"
#include "metrics.h"

/* The first row of each cluster; out: [n]. */
static size_t representatives(const uint32_t *cluster, size_t n, size_t *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (cluster[i] == i) out[kept++] = i;
    return kept;
}

static bool find_clusters(const stance_candidate *candidates, size_t n, uint32_t *cluster, stance_error *err)
{
    static const char *const labels[] = {"any"};
    stance_row *row = calloc(n + 1, sizeof *row);
    if (!row) return error_nomem(err, "sampling");
    for (size_t i = 0; i < n; i++) row[i] = (stance_row){.in.text = candidates[i].text, .group = (uint32_t)i, .weight = 1};
    stance_rows rows = {row, n, labels, 1};
    bool ok = folds_cluster(&rows, cluster, NULL, err);
    free(row);
    return ok;
}

static void swap(size_t *a, size_t *b)
{
    size_t was = *a;
    *a = *b;
    *b = was;
}

/* Brings k random ones of items[n] to the front. */
static void draw(size_t *items, size_t n, size_t k, struct dice *dice)
{
    for (size_t i = 0; i < k && i < n; i++) swap(&items[i], &items[i + dice_below(dice, n - i)]);
}

struct unsure {
    double margin;
    size_t row;
};

static int by_margin(const void *a, const void *b)
{
    const struct unsure *x = a, *y = b;
    if (isnan(x->margin) != isnan(y->margin)) return isnan(x->margin) ? 1 : -1;
    if (!isnan(x->margin) && x->margin != y->margin) return x->margin < y->margin ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* Brings the k of items[n] with the smallest margins to the front. */
static bool least_sure(const stance_candidate *candidates, size_t *items, size_t n)
{
    struct unsure *order = calloc(n + 1, sizeof *order);
    if (!order) return false;
    for (size_t i = 0; i < n; i++) order[i] = (struct unsure){candidates[items[i]].margin, items[i]};
    qsort(order, n, sizeof *order, by_margin);
    for (size_t i = 0; i < n; i++) items[i] = order[i].row;
    free(order);
    return true;
}

static void shuffle(stance_pick *picks, size_t n, struct dice *dice)
{
    for (size_t i = n; i > 1; i--) {
        size_t k = dice_below(dice, i);
        stance_pick was = picks[i - 1];
        picks[i - 1] = picks[k];
        picks[k] = was;
    }
}

ptrdiff_t stance_sample(const stance_candidate *rows, size_t n, size_t most, uint64_t seed, stance_pick *picks, stance_error *err)
{
    struct dice dice = {seed};
    uint32_t *cluster = calloc(n + 1, sizeof *cluster);
    size_t *items = calloc(n + 1, sizeof *items), found = 0;
    bool ok = (cluster && items && n < UINT32_MAX) || error_nomem(err, "sampling");
    ok = ok && find_clusters(rows, n, cluster, err);
    if (ok) {
        size_t all = representatives(cluster, n, items), chance = most / 2 < all ? most / 2 : all;
        found = most < all ? most : all;
        draw(items, all, chance, &dice);
        ok = least_sure(rows, items + chance, all - chance) || error_nomem(err, "sampling");
        for (size_t i = 0; ok && i < found; i++) picks[i] = (stance_pick){items[i], i < chance};
        if (ok) shuffle(picks, found, &dice);
    }
    free(cluster);
    free(items);
    return ok ? (ptrdiff_t)found : -1;
}
