/* SPDX-License-Identifier: MIT
 * tag_tuning: the shift of a tagger's scores and its scope, by F1.
 * Method: articles that the tagger has not seen are tagged with each shift of a grid; the F1 of neighbours is averaged, and a shift must gain more than
 * a standard error, so that chance does not choose. A sort of sentence is in scope unless tagging it alone loses F1 against the rules. Limits: F1
 * weighs misses and false alarms alike. */
#include "tag_tuning.h"

#include <math.h>

#include "../base/error.h"

static const double STEP = 0.1;

double recall_of(size_t step)
{
    return ((double)step - RECALL_STEPS / 2) * STEP;
}

static bool marked(const stance_gold_article *g, stance_span found)
{
    for (size_t i = 0; i < g->n; i++)
        if (article_same(g->contents[i], found)) return true;
    return false;
}

static void count_step(struct recall_counts *c, size_t step, const struct article *a, const stance_gold_article *g, const struct attributions *all)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct attribution *x = &all->items[i];
        if (x->relayed || x->first >= x->end) continue;
        c->found[step]++;
        c->right[step] += marked(g, article_span(a, x->first, x->end));
    }
}

/* One step of a count: the weights that tag it. */
typedef void vary(struct tag_weights *w, size_t step);

static void vary_recall(struct tag_weights *w, size_t step)
{
    w->bias[TAG_BEGIN] += recall_of(step);
    w->bias[TAG_IN] += recall_of(step);
}

static void vary_scope(struct tag_weights *w, size_t step)
{
    w->scope = step < SORT_NONE ? 1u << step : 0;
}

static bool count(struct recall_counts *c, size_t steps, vary *weights_of, const struct language *l, struct arena *arena, const stance_gold_article *g,
                  const struct tag_weights *w, stance_error *err)
{
    struct article a = {0};
    struct attributions rules;
    arena_reset(arena);
    bool ok = article_read(&a, l, g->text, arena, err) && names_find(&a, err) && attribution_find(&a, &rules, err);
    for (size_t step = 0; ok && step < steps; step++) {
        struct attributions all = rules;
        struct tag_weights varied = *w;
        weights_of(&varied, step);
        ok = tagger_apply(&a, &varied, &all, err);
        if (ok) count_step(c, step, &a, g, &all);
    }
    c->marked += g->n;
    article_free(&a);
    return ok;
}

bool recall_count(struct recall_counts *c, const struct language *l, struct arena *arena, const stance_gold_article *g, const struct tag_weights *w,
                  stance_error *err)
{
    return count(c, RECALL_STEPS, vary_recall, l, arena, g, w, err);
}

bool scope_count(struct recall_counts *c, const struct language *l, struct arena *arena, const stance_gold_article *g, const struct tag_weights *w,
                 stance_error *err)
{
    return count(c, SORT_NONE + 1, vary_scope, l, arena, g, w, err);
}

static double f1_of(const struct recall_counts *c, size_t step)
{
    size_t all = c->marked + c->found[step];
    return all ? 2 * (double)c->right[step] / (double)all : 0;
}

static double smooth(const struct recall_counts *c, size_t step)
{
    double before = f1_of(c, step ? step - 1 : step), behind = f1_of(c, step + 1 < RECALL_STEPS ? step + 1 : step);
    return (before + f1_of(c, step) + behind) / 3;
}

double recall_best(const struct recall_counts *c, double *f1)
{
    size_t best = 0;
    double highest = 0;
    for (size_t step = 0; step < RECALL_STEPS; step++) highest = fmax(highest, smooth(c, step));
    double enough = highest - (c->marked ? sqrt(highest * (1 - highest) / (double)c->marked) : 0);
    for (size_t step = 0; step < RECALL_STEPS; step++)
        if (smooth(c, step) >= enough && (smooth(c, best) < enough || fabs(recall_of(step)) < fabs(recall_of(best)))) best = step;
    if (f1) *f1 = f1_of(c, best);
    return recall_of(best);
}

unsigned scope_best(const struct recall_counts *c)
{
    unsigned scope = 0;
    for (unsigned sort = 0; sort < SORT_NONE; sort++)
        if (f1_of(c, sort) >= f1_of(c, SORT_NONE)) scope |= 1u << sort;
    return scope;
}
