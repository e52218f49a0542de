/* SPDX-License-Identifier: MIT
 * explain: a score taken apart.
 * Method: a linear score is a sum: of each feature, its value times its weight, and the bias. A second extraction finds where in the text each
 * feature stood. Limits: character n-grams stand at their whole word. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "predict.h"

struct found {
    uint32_t id;        /* feature */
    uint32_t order;
    stance_span at;
};

struct stance_explanation {
    stance_explained public;
    stance_contribution *items; /* [n] */
    double *parts;              /* [n][labels] */
    stance_span *spans;         /* [all occurrences] */
};

struct search {
    const struct stance_model *model;
    struct found *found;
    size_t n, cap;
};

static bool note(void *ctx, const struct occurrence *o)
{
    struct search *s = ctx;
    uint32_t id = model_find(s->model, o->hash);
    if (id == NO_ID || o->at.start == STANCE_NONE) return true;
    void *found = s->found;
    if (!array_reserve(&found, &s->cap, s->n + 1, sizeof *s->found)) return false;
    s->found = found;
    s->found[s->n] = (struct found){id, (uint32_t)s->n, o->at};
    s->n++;
    return true;
}

static int by_feature(const void *a, const void *b)
{
    const struct found *x = a, *y = b;
    if (x->id != y->id) return x->id < y->id ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

static bool find_places(struct search *s, const stance_statement *in, stance_error *err)
{
    struct feature_settings settings = model_features(s->model);
    struct feature_sink sink = {note, s, NULL};
    struct feature_facts facts;
    struct arena arena = ARENA_EMPTY;
    bool ok = features_extract(&settings, in, &arena, &sink, &facts, err);
    arena_free(&arena);
    if (ok && s->n) qsort(s->found, s->n, sizeof *s->found, by_feature);
    return ok;
}

static size_t first_of(const struct search *s, uint32_t id)
{
    size_t low = 0, high = s->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->found[middle].id < id) low = middle + 1;
        else high = middle;
    }
    return low;
}

/* What the feature adds to the best label beyond what it adds to the others on average: why this label and not another. */
static double decisive(const double *part, size_t labels, size_t best)
{
    double others = 0;
    for (size_t l = 0; l < labels; l++) others += l == best ? 0 : part[l];
    return part[best] - others / (double)(labels - 1);
}

static void fill_item(struct stance_explanation *e, const struct search *s, const struct value *v, size_t i)
{
    const struct stance_model *m = s->model;
    stance_contribution *item = &e->items[i];
    double *part = e->parts + i * m->labels;
    for (size_t l = 0; l < m->labels; l++) part[l] = m->weights[(size_t)v->id * m->labels + l] * v->x;
    size_t first = first_of(s, v->id), last = first;
    while (last < s->n && s->found[last].id == v->id) last++;
    *item = (stance_contribution){.key = model_key(m, v->id), .value = v->x, .part = part, .decisive = decisive(part, m->labels, e->public.prediction.label),
                                  .at = e->spans + first, .at_n = last - first};
    item->template_name = stance_template_name(model_template(m, v->id));
}

static int by_strength(const void *a, const void *b)
{
    const stance_contribution *x = a, *y = b;
    if (fabs(x->decisive) != fabs(y->decisive)) return fabs(x->decisive) > fabs(y->decisive) ? -1 : 1;
    return str_compare(x->key, y->key);
}

static bool fill(struct stance_explanation *e, const struct search *s, const struct value *values, size_t n)
{
    size_t labels = s->model->labels;
    e->items = calloc(n + 1, sizeof *e->items);
    e->parts = calloc((n + 1) * labels, sizeof *e->parts);
    e->spans = calloc(s->n + 1, sizeof *e->spans);
    if (!e->items || !e->parts || !e->spans) return false;
    for (size_t i = 0; i < s->n; i++) e->spans[i] = s->found[i].at;
    for (size_t i = 0; i < n; i++) fill_item(e, s, &values[i], i);
    if (n) qsort(e->items, n, sizeof *e->items, by_strength);
    memcpy(e->public.bias, s->model->weights + s->model->features * labels, labels * sizeof *e->public.bias);
    e->public.items = e->items;
    e->public.n = n;
    return true;
}

stance_explanation *stance_explain(stance_scorer *scorer, const stance_model *model, const stance_statement *in, double min_margin, stance_error *err)
{
    struct search s = {.model = model};
    struct feature_facts facts;
    double known;
    size_t n;
    stance_explanation *e = calloc(1, sizeof *e);
    const struct value *values = e ? scorer_values(scorer, in, &n, &facts, &known, err) : NULL;
    bool ok = values || (!e && error_nomem(err, "explaining"));
    if (ok && values) {
        e->public.labels = model->labels;
        predict_scores(model->weights, model->features, model->labels, values, n, e->public.score);
        predict_fill(e->public.score, model->labels, model->recipe.temperature, &e->public.prediction);
        curve_apply(&model->recipe.curve, model->labels, &e->public.prediction);
        e->public.prediction.known = known;
        e->public.prediction.abstained = predict_abstention(&e->public.prediction, &facts, model_min_margin(model, min_margin));
        ok = find_places(&s, in, err) && (fill(e, &s, values, n) || error_nomem(err, "explaining"));
    }
    free(s.found);
    if (ok) return e;
    stance_explanation_free(e);
    return NULL;
}

const stance_explained *stance_explanation_of(const stance_explanation *e)
{
    return &e->public;
}

void stance_explanation_free(stance_explanation *e)
{
    if (!e) return;
    free(e->items);
    free(e->parts);
    free(e->spans);
    free(e);
}
