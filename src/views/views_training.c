/* SPDX-License-Identifier: MIT
 * views_training: stance_train_views: from marked contents to a model of attribution.
 * Method: every token of an active sentence is a row with the label out, begin or in; features seen often enough are kept; three logistic regressions
 * (one against the rest); transitions from counts, as the ratio of their probability to that of the tag alone. Before that the same on part of the articles,
 * to see how much is found in the others. Limits: rows are held in memory. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/str.h"
#include "../learn/trainer.h"
#include "tag_features.h"
#include "views_model.h"
#include "views_recall.h"

static const double DEFAULT_C = 0.1, EPS = 0.02;
enum { AT_LEAST = 3 }; /* tokens in which a feature must occur */
enum { FOLDS = 3, FEWEST = 12 }; /* of articles, to measure on */

/* Hash of a feature to a dense number. */
struct key_map {
    uint64_t *keys; /* [size], 0: empty */
    uint32_t *ids;  /* [size] */
    size_t size;
    uint64_t *key_of; /* [n] */
    uint32_t *count;  /* [n] */
    size_t n, cap_keys, cap_counts;
};

struct rows {
    uint32_t *features; /* all rows' feature numbers */
    size_t features_n, features_cap;
    size_t *start; /* [n + 1] */
    size_t start_cap;
    uint8_t *tag; /* [n] */
    size_t tag_cap;
    size_t n;
};

struct training {
    const struct language *language;
    struct arena arena;
    struct key_map map;
    struct rows rows;
    double counts[TAGS][TAGS], total[TAGS];
    size_t contents;
};

static bool grow_map(struct key_map *m)
{
    size_t size = m->size ? m->size * 2 : 1 << 16;
    uint64_t *keys = calloc(size, sizeof *keys);
    uint32_t *ids = calloc(size, sizeof *ids);
    for (size_t i = 0; keys && ids && i < m->n; i++) {
        size_t at = (size_t)m->key_of[i] & (size - 1);
        while (keys[at]) at = (at + 1) & (size - 1);
        keys[at] = m->key_of[i];
        ids[at] = (uint32_t)i;
    }
    free(keys && ids ? m->keys : keys);
    free(keys && ids ? m->ids : ids);
    if (!keys || !ids) return false;
    m->keys = keys;
    m->ids = ids;
    m->size = size;
    return true;
}

static bool number_of(struct key_map *m, uint64_t key, uint32_t *id)
{
    if ((m->n + 1) * 2 > m->size && !grow_map(m)) return false;
    size_t at = (size_t)key & (m->size - 1);
    while (m->keys[at] && m->keys[at] != key) at = (at + 1) & (m->size - 1);
    if (!m->keys[at]) {
        void *keys = m->key_of, *counts = m->count;
        bool ok = array_reserve(&keys, &m->cap_keys, m->n + 1, sizeof *m->key_of);
        m->key_of = keys;
        ok = ok && array_reserve(&counts, &m->cap_counts, m->n + 1, sizeof *m->count);
        m->count = counts;
        if (!ok) return false;
        m->keys[at] = key;
        m->ids[at] = (uint32_t)m->n;
        m->key_of[m->n] = key;
        m->count[m->n++] = 0;
    }
    *id = m->ids[at];
    m->count[*id]++;
    return true;
}

static bool add_row(struct training *t, const uint64_t *features, size_t n, uint8_t tag)
{
    struct rows *r = &t->rows;
    void *all = r->features, *start = r->start, *tags = r->tag;
    bool ok = array_reserve(&all, &r->features_cap, r->features_n + n, sizeof *r->features);
    r->features = all;
    ok = ok && array_reserve(&start, &r->start_cap, r->n + 2, sizeof *r->start);
    r->start = start;
    ok = ok && array_reserve(&tags, &r->tag_cap, r->n + 1, 1);
    r->tag = tags;
    if (!ok) return false;
    r->start[r->n] = r->features_n;
    for (size_t i = 0; i < n; i++)
        if (!number_of(&t->map, features[i], &r->features[r->features_n++])) return false;
    r->tag[r->n++] = tag;
    r->start[r->n] = r->features_n;
    return true;
}

/* Gold tags of all tokens; the outer marks of a direct quotation belong to no content. */
static void gold_tags(const struct article *a, const stance_gold_article *g, uint8_t *tags)
{
    size_t k = 0;
    for (size_t i = 0; i < a->tokens.n; i++) {
        size_t at = clean_raw_start(&a->clean, a->tokens.items[i].start);
        while (k < g->n && g->contents[k].end <= at) k++;
        bool inside = k < g->n && g->contents[k].start <= at && a->tokens.items[i].kind != TOKEN_BREAK;
        bool before = i > 0 && inside && tags[i - 1] != TAG_OUT && clean_raw_start(&a->clean, a->tokens.items[i - 1].start) >= g->contents[k].start;
        tags[i] = !inside ? TAG_OUT : before ? TAG_IN : TAG_BEGIN;
    }
    for (size_t q = 0; q < a->quotes.n; q++) {
        const struct quote *x = &a->quotes.items[q];
        if (tags[x->open] != TAG_BEGIN || x->close >= a->tokens.n || !x->closed || x->open + 1u >= x->close) continue;
        bool whole = tags[x->close] == TAG_IN && (x->close + 1u >= a->tokens.n || tags[x->close + 1u] != TAG_IN);
        if (!whole) continue;
        tags[x->open] = tags[x->close] = TAG_OUT;
        tags[x->open + 1u] = TAG_BEGIN;
    }
}

static void count_transitions(struct training *t, const struct article *a, const uint8_t *tags)
{
    for (size_t i = 1; i < a->tokens.n; i++) {
        if (a->tokens.items[i].kind == TOKEN_BREAK || a->tokens.items[i - 1].kind == TOKEN_BREAK) continue;
        t->counts[tags[i - 1]][tags[i]]++;
        t->total[tags[i]]++;
    }
}

static bool add_article(struct training *t, const stance_gold_article *g, stance_error *err)
{
    struct article a = {0};
    struct attributions rules;
    uint64_t features[TAG_FEATURES];
    arena_reset(&t->arena);
    bool ok = article_read(&a, t->language, g->text, &t->arena, err) && names_find(&a, err) && attribution_find(&a, &rules, err);
    struct tag_scene *scene = ok ? tag_scene_new(&a, &rules, TAG_EVERYWHERE, err) : NULL;
    uint8_t *tags = scene ? arena_array(&t->arena, a.tokens.n + 1, 1) : NULL;
    ok = tags != NULL;
    if (ok) gold_tags(&a, g, tags), count_transitions(t, &a, tags);
    for (size_t i = 0; ok && i < a.tokens.n; i++) {
        if (a.tokens.items[i].kind == TOKEN_BREAK || !tag_active(scene, a.sentence_of[i])) continue;
        ok = add_row(t, features, tag_features(scene, i, features), tags[i]) || error_nomem(err, "training");
    }
    t->contents += g->n;
    article_free(&a);
    return ok || (err && err->code != STANCE_OK) ? ok : error_nomem(err, "training");
}

/* Numbers the features that stay, from 0; the others get NO_TOKEN. Returns how many stay. */
static size_t select_features(const struct key_map *m, uint32_t *kept)
{
    size_t n = 0;
    for (size_t i = 0; i < m->n; i++) kept[i] = m->count[i] >= AT_LEAST ? (uint32_t)n++ : NO_TOKEN;
    return n;
}

static struct trainer *fill_trainer(const struct training *t, const uint32_t *kept, size_t features, stance_error *err)
{
    const struct rows *r = &t->rows;
    struct value values[TAG_FEATURES];
    struct trainer *trainer = trainer_new(r->n, r->features_n, features, TAGS, err);
    for (size_t i = 0; trainer && i < r->n; i++) {
        size_t n = 0;
        for (size_t k = r->start[i]; k < r->start[i + 1]; k++)
            if (kept[r->features[k]] != NO_TOKEN) values[n++] = (struct value){kept[r->features[k]], 1.0};
        if (trainer_add(trainer, values, n, r->tag[i], 1)) continue;
        trainer_free(trainer);
        trainer = NULL;
        error_nomem(err, "training");
    }
    return trainer;
}

static void set_transitions(const struct training *t, double *out)
{
    double all = 1e-9;
    for (size_t k = 0; k < TAGS; k++) all += t->total[k];
    for (size_t from = 0; from < TAGS; from++) {
        double sum = 1e-9;
        for (size_t to = 0; to < TAGS; to++) sum += t->counts[from][to];
        for (size_t to = 0; to < TAGS; to++) {
            double p = (t->counts[from][to] + 0.5) / (sum + 0.5 * TAGS), prior = (t->total[to] + 0.5) / (all + 0.5 * TAGS);
            out[from * TAGS + to] = from == TAG_OUT && to == TAG_IN ? -1e6 : log(p / prior);
        }
    }
}

/* A fit: views_model_parts and what they point to. */
struct fitted {
    struct views_model_parts parts;
    uint64_t *keys;
    float *weights;
};

static void fitted_free(struct fitted *f)
{
    free(f->keys);
    free(f->weights);
}

static void fill_parts(const struct training *t, const uint32_t *kept, const double *weights, stance_views_options options, struct fitted *out)
{
    struct views_model_parts *p = &out->parts;
    for (size_t i = 0; i < t->map.n; i++)
        if (kept[i] != NO_TOKEN) out->keys[kept[i]] = t->map.key_of[i];
    for (size_t i = 0; i < p->n * TAGS; i++) out->weights[i] = (float)weights[i];
    p->keys = out->keys;
    p->weights = out->weights;
    memcpy(p->bias, &weights[p->n * TAGS], sizeof p->bias);
    p->bias[TAG_BEGIN] += options.recall;
    p->bias[TAG_IN] += options.recall;
    p->scope = TAG_EVERYWHERE;
    set_transitions(t, p->transitions);
}

static bool fit(const struct training *t, stance_views_options options, struct fitted *out, stance_error *err)
{
    uint32_t *kept = calloc(t->map.n + 1, sizeof *kept);
    size_t features = out->parts.n = kept ? select_features(&t->map, kept) : 0;
    double *weights = calloc((features + 1) * TAGS, sizeof *weights);
    out->keys = calloc(features + 1, sizeof *out->keys);
    out->weights = calloc((features + 1) * TAGS, sizeof *out->weights);
    struct trainer *trainer = kept && weights && out->keys && out->weights ? fill_trainer(t, kept, features, err) : NULL;
    struct trainer_options o = {.solver = SOLVER_LR, .class_weight = CLASS_WEIGHT_NONE, .c = options.c > 0 ? options.c : DEFAULT_C, .eps = EPS};
    bool ok = trainer && trainer_fit(trainer, &o, weights, err);
    if (!trainer && err->code == STANCE_OK) error_nomem(err, "training");
    if (ok) fill_parts(t, kept, weights, options, out);
    trainer_free(trainer);
    free(kept);
    free(weights);
    return ok;
}

/* Learns from all articles but those of one fold; fold FOLDS: from all. */
static bool learn(struct training *t, const stance_gold *gold, size_t fold, stance_views_options options, struct fitted *out, stance_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < stance_gold_count(gold); i++)
        if (fold == FOLDS || i % FOLDS != fold) ok = add_article(t, stance_gold_get(gold, i), err);
    if (ok && t->contents == 0) return fold < FOLDS || error_set(err, STANCE_INPUT, 0, "no content is marked in the articles");
    return ok && fit(t, options, out, err);
}

static void training_free(struct training *t)
{
    arena_free(&t->arena);
    free(t->map.keys);
    free(t->map.ids);
    free(t->map.key_of);
    free(t->map.count);
    free(t->rows.features);
    free(t->rows.start);
    free(t->rows.tag);
}

/* ---- what is found in articles that were not learned from ---- */

static bool measure_fold(const struct language *language, const stance_gold *gold, size_t fold, stance_views_options options, struct views_recall *recall,
                         stance_error *err)
{
    struct training t = {.language = language};
    struct fitted fitted = {.keys = NULL};
    struct tag_table_parts table = {.alone = NULL};
    bool ok = learn(&t, gold, fold, options, &fitted, err), made = ok && fitted.keys && t.contents;
    struct tag_weights *w = made ? calloc(1, sizeof *w) : NULL;
    if (made && !w) ok = error_nomem(err, "training");
    if (w && (ok = tag_table_build(&table, fitted.keys, fitted.weights, fitted.parts.n, err))) {
        w->table = table.view;
        w->scope = fitted.parts.scope;
        memcpy(w->bias, fitted.parts.bias, sizeof w->bias);
        memcpy(w->transitions, fitted.parts.transitions, sizeof w->transitions);
        tag_curve(w->curve);
        for (size_t i = fold; ok && i < stance_gold_count(gold); i += FOLDS) ok = views_recall_count(language, &t.arena, stance_gold_get(gold, i), w, recall, err);
        tag_table_free(&table);
    }
    free(w);
    fitted_free(&fitted);
    training_free(&t);
    return ok;
}

static bool measure(const struct language *language, const stance_gold *gold, stance_views_options options, struct strbuf *out, stance_error *err)
{
    struct views_recall recall = {.articles = 0};
    if (!options.measure || stance_gold_count(gold) < FEWEST) return true;
    for (size_t fold = 0; fold < FOLDS; fold++)
        if (!measure_fold(language, gold, fold, options, &recall, err)) return false;
    views_recall_write(&recall, out);
    return !out->failed || error_nomem(err, "training");
}

bool stance_train_views(const stance_gold *gold, const stance_views_options *options, const char *out_path, stance_views_summary *summary, stance_error *err)
{
    struct language language = {0};
    struct training t = {.language = &language};
    struct fitted fitted = {.keys = NULL};
    struct strbuf measured = {0};
    stance_error own = {0};
    stance_views_options o = options ? *options : (stance_views_options){0};
    if (!err) err = &own;
    *err = own;
    bool ok = language_load(&language, NULL, err) && learn(&t, gold, FOLDS, o, &fitted, err) && measure(&language, gold, o, &measured, err);
    fitted.parts.measured = strbuf_str(&measured);
    ok = ok && views_model_save(out_path, &fitted.parts, err);
    if (ok && summary) *summary = (stance_views_summary){stance_gold_count(gold), t.contents, t.rows.n, fitted.parts.n};
    training_free(&t);
    language_free(&language);
    fitted_free(&fitted);
    strbuf_free(&measured);
    return ok;
}
