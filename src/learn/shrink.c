/* SPDX-License-Identifier: MIT
 * shrink: pruning by the size of weights.
 * Method: features are ranked by what they add over all rows: their largest weight times scale times the root of their share of rows (which the
 * scale, an idf, tells); the first that fit stay and are trained anew. The loss is measured by doing
 * the same inside folds. Limits: greedy; a feature that matters only together with others may go. */
#include "shrink.h"

#include <math.h>
#include <stdlib.h>

#include "../base/error.h"
#include "folds.h"
#include "metrics.h"
#include "model.h"
#include "parallel.h"

struct ranked {
    double strength;
    uint32_t id;
};

static int by_strength(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->strength != y->strength) return x->strength > y->strength ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

static size_t rank_features(const struct fit *f, struct ranked *out)
{
    size_t labels = f->set->rows->labels_n, n = 0;
    for (uint32_t id = 0; id < f->set->matrix->keys.n; id++) {
        if (f->scale[id] == 0) continue;
        out[n] = (struct ranked){0, id};
        for (size_t l = 0; l < labels; l++) out[n].strength = fmax(out[n].strength, fabs(fit_weights(f, id)[l]));
        out[n].strength *= f->scale[id] * exp((1 - f->scale[id]) / 2);
        n++;
    }
    if (n) qsort(out, n, sizeof *out, by_strength);
    return n;
}

/* How many of the ranked features have room in max_bytes. */
static size_t room_for(const struct fit *f, const struct ranked *ranked, size_t n, const struct shrink_options *o)
{
    size_t keys = 0, kept = 0;
    while (kept < n) {
        keys += dictionary_text(&f->set->matrix->keys, ranked[kept].id).len;
        if (model_bytes(kept + 1, keys, f->set->rows->labels_n) + o->other_bytes > o->max_bytes) break;
        kept++;
    }
    return kept;
}

/* Keeps the strongest, at most *kept of them when that is not 0, else as many as have room; fits again. */
static bool prune(struct fit *f, const uint32_t *chosen, size_t n, const struct shrink_options *o, size_t *kept, stance_error *err)
{
    const struct training_set *set = f->set;
    struct ranked *ranked = calloc(set->matrix->keys.n + 1, sizeof *ranked);
    uint8_t *keep = calloc(set->matrix->keys.n + 1, 1);
    bool ok = (ranked && keep) || error_nomem(err, "shrinking the model");
    size_t all = ok ? rank_features(f, ranked) : 0;
    if (*kept == 0) *kept = room_for(f, ranked, all, o);
    for (size_t i = 0; i < *kept && i < all; i++) keep[ranked[i].id] = 1;
    if (ok && *kept == 0)
        ok = error_set(err, STANCE_USAGE, 0, "a model of %zu bytes has no room for features; its lexicon and settings alone take %zu", o->max_bytes, o->other_bytes);
    ok = ok && fit_prepare(f, set, &o->recipe, chosen, n, keep, err) && fit_run(f, &o->recipe, o->eps, err);
    free(ranked);
    free(keep);
    return ok;
}

bool shrink(struct fit *f, const uint32_t *chosen, size_t n, const struct shrink_options *o, size_t *kept, stance_error *err)
{
    *kept = 0;
    return prune(f, chosen, n, o, kept, err);
}

struct measuring {
    const struct training_set *set;
    const struct shrink_options *o;
    const uint32_t *chosen;
    size_t n, kept;
    uint32_t *fold, *gold, *predicted; /* [n] */
};

static uint32_t best_label(struct fit *f, size_t row)
{
    double scores[STANCE_MAX_LABELS];
    uint32_t best = 0;
    fit_score(f, row, scores);
    for (uint32_t l = 1; l < f->set->rows->labels_n; l++)
        if (scores[l] > scores[best]) best = l;
    return best;
}

static bool measure_fold(void *ctx, size_t fold, stance_error *err)
{
    struct measuring *m = ctx;
    struct fit f = {.set = NULL};
    size_t n = 0, kept = m->kept;
    uint32_t *rows = calloc(m->n + 1, sizeof *rows);
    bool ok = rows || error_nomem(err, "measuring the loss");
    for (size_t i = 0; ok && i < m->n; i++)
        if (m->fold[i] != fold) rows[n++] = m->chosen[i];
    ok = ok && fit_prepare(&f, m->set, &m->o->recipe, rows, n, NULL, err) && fit_run(&f, &m->o->recipe, m->o->eps, err);
    ok = ok && prune(&f, rows, n, m->o, &kept, err);
    for (size_t i = 0; ok && i < m->n; i++)
        if (m->fold[i] == fold) m->predicted[i] = best_label(&f, m->chosen[i]);
    fit_free(&f);
    free(rows);
    return ok;
}

bool shrink_measure(const struct training_set *set, const uint32_t *chosen, size_t n, const struct shrink_options *o, size_t kept, double *macro_f1,
                    stance_error *err)
{
    struct measuring m = {set, o, chosen, n, kept, calloc(n + 1, sizeof *m.fold), calloc(n + 1, sizeof *m.gold), calloc(n + 1, sizeof *m.predicted)};
    bool ok = (m.fold && m.gold && m.predicted) || error_nomem(err, "measuring the loss");
    for (size_t i = 0; ok && i < n; i++) m.gold[i] = set->rows->rows[chosen[i]].label;
    ok = ok && folds_split(set->rows, set->cluster, chosen, n, o->folds, o->seed, m.fold, err) && parallel_run(o->folds, o->threads, measure_fold, &m, err);
    if (ok) *macro_f1 = macro_f1_of(m.gold, m.predicted, n, set->rows->labels_n);
    free(m.fold);
    free(m.gold);
    free(m.predicted);
    return ok;
}
