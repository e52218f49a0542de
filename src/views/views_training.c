/* SPDX-License-Identifier: MIT
 * views_training: stance_train_views: from marked contents to a model of attribution.
 * Method: every token of an active sentence is a row with the label out, begin or in; features seen often enough are kept; three logistic regressions
 * (one against the rest); transitions from counts, as the ratio of their probability to that of the tag alone. Limits: rows are held in memory. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/str.h"
#include "../learn/trainer.h"
#include "tag_features.h"
#include "views_model.h"

static const double DEFAULT_C = 0.1, EPS = 0.02;
enum { AT_LEAST = 3 }; /* tokens in which a feature must occur */

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
    struct language language;
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
    bool ok = article_read(&a, &t->language, g->text, &t->arena, err) && names_find(&a, err) && attribution_find(&a, &rules, err);
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

static bool fit_and_save(struct training *t, stance_views_options options, const char *path, stance_views_summary *summary, stance_error *err)
{
    uint32_t *kept = calloc(t->map.n + 1, sizeof *kept);
    size_t features = kept ? select_features(&t->map, kept) : 0;
    double *weights = calloc((features + 1) * TAGS, sizeof *weights);
    struct views_model_parts parts = {0};
    uint64_t *keys = calloc(features + 1, sizeof *keys);
    float *small = calloc((features + 1) * TAGS, sizeof *small);
    struct trainer *trainer = kept && weights && keys && small ? fill_trainer(t, kept, features, err) : NULL;
    struct trainer_options o = {.solver = SOLVER_LR, .class_weight = CLASS_WEIGHT_NONE, .c = options.c > 0 ? options.c : DEFAULT_C, .eps = EPS};
    bool ok = trainer && trainer_fit(trainer, &o, weights, err);
    if (!trainer && err && err->code == STANCE_OK) error_nomem(err, "training");
    for (size_t i = 0; ok && i < t->map.n; i++)
        if (kept[i] != NO_TOKEN) keys[kept[i]] = t->map.key_of[i];
    for (size_t i = 0; ok && i < features * TAGS; i++) small[i] = (float)weights[i];
    if (ok) {
        parts.keys = keys;
        parts.weights = small;
        parts.n = features;
        parts.scope = TAG_EVERYWHERE;
        memcpy(parts.bias, &weights[features * TAGS], sizeof parts.bias);
        parts.bias[TAG_BEGIN] += options.recall;
        parts.bias[TAG_IN] += options.recall;
        set_transitions(t, parts.transitions);
        ok = views_model_save(path, &parts, err);
    }
    if (ok && summary) summary->features = features;
    trainer_free(trainer);
    free(kept);
    free(weights);
    free(keys);
    free(small);
    return ok;
}

bool stance_train_views(const stance_gold *gold, const stance_views_options *options, const char *out_path, stance_views_summary *summary, stance_error *err)
{
    struct training *t = calloc(1, sizeof *t);
    stance_error own = {0};
    if (!err) err = &own;
    *err = own;
    bool ok = t ? language_load(&t->language, NULL, err) : error_nomem(err, "training");
    for (size_t i = 0; ok && i < stance_gold_count(gold); i++) ok = add_article(t, stance_gold_get(gold, i), err);
    if (ok && t->contents == 0) ok = error_set(err, STANCE_INPUT, 0, "no content is marked in the articles");
    ok = ok && fit_and_save(t, options ? *options : (stance_views_options){0}, out_path, summary, err);
    if (ok && summary) {
        summary->articles = stance_gold_count(gold);
        summary->contents = t->contents;
        summary->tokens = t->rows.n;
    }
    if (t) {
        language_free(&t->language);
        arena_free(&t->arena);
        free(t->map.keys);
        free(t->map.ids);
        free(t->map.key_of);
        free(t->map.count);
        free(t->rows.features);
        free(t->rows.start);
        free(t->rows.tag);
    }
    free(t);
    return ok;
}
