/* SPDX-License-Identifier: MIT
 * views_training: stance_train_views: from marked contents to a model of attribution.
 * Method: every token of an active sentence is a row with the label out, begin or in; features seen often enough are kept; three logistic regressions
 * (one against the rest); transitions from counts, as the ratio of their probability to that of the tag alone. How ready it is to find contents, and
 * in which sentences it looks for them, is chosen on articles held out, by tag_tuning; there it is measured what it finds. Limits: rows are held in
 * memory; of the articles held out, transitions know. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/str.h"
#include "../learn/trainer.h"
#include "tag_features.h"
#include "tag_tuning.h"
#include "views_model.h"
#include "views_recall.h"

static const double DEFAULT_C = 0.1, EPS = 0.02;
enum { AT_LEAST = 3 }; /* tokens in which a feature must occur */
/* Folds of articles are held out, one after the other, until so many contents were seen; of fewer articles none is. */
enum { HELD_FOLDS = 4, HELD_ENOUGH = 1000, HELD_ARTICLES = 20, NO_FOLD = HELD_FOLDS };

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
    size_t *article_end; /* [articles] rows up to here are of this article or one before */
};

struct training {
    struct language language;
    struct arena arena;
    struct key_map map;
    struct rows rows;
    double counts[TAGS][TAGS], total[TAGS];
    size_t articles, contents;
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
    t->rows.article_end[t->articles++] = t->rows.n;
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

static struct trainer *fill_trainer(const struct training *t, const uint32_t *kept, size_t features, size_t held, stance_error *err)
{
    const struct rows *r = &t->rows;
    struct value values[TAG_FEATURES];
    struct trainer *trainer = trainer_new(r->n, r->features_n, features, TAGS, err);
    for (size_t i = 0, article = 0; trainer && i < r->n; i++) {
        size_t n = 0;
        while (r->article_end[article] <= i) article++;
        if (article % HELD_FOLDS == held) continue;
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

/* A tagger's numbers. All zero is empty. */
struct fitted {
    uint64_t *keys; /* [features] */
    float *weights; /* [features][TAGS] */
    struct views_model_parts parts;
};

static void fitted_free(struct fitted *f)
{
    free(f->keys);
    free(f->weights);
    *f = (struct fitted){.keys = NULL};
}

static void take_weights(struct fitted *f, const struct training *t, const uint32_t *kept, size_t features, const double *weights)
{
    for (size_t i = 0; i < t->map.n; i++)
        if (kept[i] != NO_TOKEN) f->keys[kept[i]] = t->map.key_of[i];
    for (size_t i = 0; i < features * TAGS; i++) f->weights[i] = (float)weights[i];
    f->parts = (struct views_model_parts){.keys = f->keys, .weights = f->weights, .n = features, .scope = TAG_EVERYWHERE};
    memcpy(f->parts.bias, &weights[features * TAGS], sizeof f->parts.bias);
    set_transitions(t, f->parts.transitions);
}

/* Learns from all articles but those of a fold. */
static bool fit(const struct training *t, double c, size_t held, struct fitted *f, stance_error *err)
{
    uint32_t *kept = calloc(t->map.n + 1, sizeof *kept);
    size_t features = kept ? select_features(&t->map, kept) : 0;
    double *weights = calloc((features + 1) * TAGS, sizeof *weights);
    f->keys = calloc(features + 1, sizeof *f->keys);
    f->weights = calloc((features + 1) * TAGS, sizeof *f->weights);
    struct trainer *trainer = kept && weights && f->keys && f->weights ? fill_trainer(t, kept, features, held, err) : NULL;
    struct trainer_options o = {.solver = SOLVER_LR, .class_weight = CLASS_WEIGHT_NONE, .c = c > 0 ? c : DEFAULT_C, .eps = EPS};
    bool ok = trainer && trainer_fit(trainer, &o, weights, err);
    if (!trainer && err->code == STANCE_OK) error_nomem(err, "training");
    if (ok) take_weights(f, t, kept, features, weights);
    trainer_free(trainer);
    free(kept);
    free(weights);
    return ok;
}

/* ---- articles held out ---- */

/* A tagger that has not seen one of the folds. */
struct held {
    struct fitted fitted;
    struct tag_table_parts table;
    struct tag_weights weights;
};

struct holdout {
    const stance_gold *gold;
    struct held *folds[HELD_FOLDS]; /* [n] */
    size_t n, contents;
};

static void held_free(struct held *h)
{
    if (!h) return;
    tag_table_free(&h->table);
    fitted_free(&h->fitted);
    free(h);
}

static void holdout_free(struct holdout *h)
{
    for (size_t k = 0; k < h->n; k++) held_free(h->folds[k]);
}

static struct held *hold_out(const struct training *t, double c, size_t fold, stance_error *err)
{
    struct held *h = calloc(1, sizeof *h);
    bool ok = h || error_nomem(err, "training");
    ok = ok && fit(t, c, fold, &h->fitted, err) && tag_table_build(&h->table, h->fitted.keys, h->fitted.weights, h->fitted.parts.n, err);
    if (!ok) {
        held_free(h);
        return NULL;
    }
    const struct views_model_parts *p = &h->fitted.parts;
    h->weights = (struct tag_weights){.table = h->table.view, .scope = p->scope};
    memcpy(h->weights.bias, p->bias, sizeof p->bias);
    memcpy(h->weights.transitions, p->transitions, sizeof p->transitions);
    tag_curve(h->weights.curve);
    return h;
}

/* Holds out fold after fold until there is enough to choose by. */
static bool holdout_open(struct holdout *h, const struct training *t, const stance_gold *gold, double c, stance_error *err)
{
    *h = (struct holdout){.gold = gold};
    if (stance_gold_count(gold) < HELD_ARTICLES) return true;
    while (h->n < HELD_FOLDS && h->contents < HELD_ENOUGH) {
        size_t fold = h->n;
        if (!(h->folds[fold] = hold_out(t, c, fold, err))) return false;
        h->n++;
        for (size_t i = fold; i < stance_gold_count(gold); i += HELD_FOLDS) h->contents += stance_gold_get(gold, i)->n;
    }
    return true;
}

typedef bool visit(void *to, const struct language *l, struct arena *arena, const stance_gold_article *g, const struct tag_weights *w, stance_error *err);

/* Each article held out, with the tagger that has not seen it. */
static bool each_held(const struct holdout *h, struct training *t, visit *count, void *to, stance_error *err)
{
    for (size_t fold = 0; fold < h->n; fold++)
        for (size_t i = fold; i < stance_gold_count(h->gold); i += HELD_FOLDS)
            if (!count(to, &t->language, &t->arena, stance_gold_get(h->gold, i), &h->folds[fold]->weights, err)) return false;
    return true;
}

static bool visit_recall(void *to, const struct language *l, struct arena *arena, const stance_gold_article *g, const struct tag_weights *w, stance_error *err)
{
    return recall_count(to, l, arena, g, w, err);
}

static bool visit_scope(void *to, const struct language *l, struct arena *arena, const stance_gold_article *g, const struct tag_weights *w, stance_error *err)
{
    return scope_count(to, l, arena, g, w, err);
}

static bool visit_measure(void *to, const struct language *l, struct arena *arena, const stance_gold_article *g, const struct tag_weights *w, stance_error *err)
{
    return views_recall_count(l, arena, g, w, to, err);
}

/* What is chosen and measured on articles held out. */
struct chosen {
    double recall;
    unsigned scope;
    struct strbuf measured;
};

static bool choose(struct training *t, struct holdout *h, const stance_views_options *o, struct chosen *out, stance_views_summary *summary, stance_error *err)
{
    struct recall_counts recalls = {.marked = 0}, scopes = {.marked = 0};
    struct views_recall found = {.articles = 0};
    *out = (struct chosen){.recall = o->recall_given ? o->recall : 0, .scope = TAG_EVERYWHERE};
    if (o->scope_given) out->scope = o->scope & TAG_EVERYWHERE;
    if (h->n == 0) return true;
    if (!o->recall_given && !each_held(h, t, visit_recall, &recalls, err)) return false;
    if (!o->recall_given) out->recall = recall_best(&recalls, &summary->overlap_f1);
    for (size_t k = 0; k < h->n; k++) {
        h->folds[k]->weights.bias[TAG_BEGIN] += out->recall;
        h->folds[k]->weights.bias[TAG_IN] += out->recall;
    }
    if (!o->scope_given && !each_held(h, t, visit_scope, &scopes, err)) return false;
    if (!o->scope_given) out->scope = scope_best(&scopes);
    for (size_t k = 0; k < h->n; k++) h->folds[k]->weights.scope = out->scope;
    if (!o->measure) return true;
    if (!each_held(h, t, visit_measure, &found, err)) return false;
    views_recall_write(&found, &out->measured);
    return !out->measured.failed || error_nomem(err, "training");
}

static bool fit_and_save(struct training *t, double c, const struct chosen *chosen, const char *path, stance_views_summary *summary, stance_error *err)
{
    struct fitted f = {.keys = NULL};
    bool ok = fit(t, c, NO_FOLD, &f, err);
    if (ok) {
        f.parts.bias[TAG_BEGIN] += chosen->recall;
        f.parts.bias[TAG_IN] += chosen->recall;
        f.parts.scope = chosen->scope;
        f.parts.measured = strbuf_str(&chosen->measured);
        summary->features = f.parts.n;
        ok = views_model_save(path, &f.parts, err);
    }
    fitted_free(&f);
    return ok;
}

static bool choose_and_save(struct training *t, const stance_gold *gold, const stance_views_options *o, const char *path, stance_views_summary *summary,
                            stance_error *err)
{
    struct holdout h;
    struct chosen chosen = {.recall = 0};
    bool ok = holdout_open(&h, t, gold, o->c, err) && choose(t, &h, o, &chosen, summary, err);
    holdout_free(&h);
    ok = ok && fit_and_save(t, o->c, &chosen, path, summary, err);
    strbuf_free(&chosen.measured);
    summary->recall = chosen.recall;
    summary->scope = chosen.scope;
    return ok;
}

static bool learn(struct training *t, const stance_gold *gold, const stance_views_options *o, const char *path, stance_views_summary *summary, stance_error *err)
{
    size_t n = stance_gold_count(gold);
    t->rows.article_end = calloc(n + 1, sizeof *t->rows.article_end);
    bool ok = (t->rows.article_end || error_nomem(err, "training")) && language_load(&t->language, NULL, err);
    for (size_t i = 0; ok && i < n; i++) ok = add_article(t, stance_gold_get(gold, i), err);
    if (ok && t->contents == 0) ok = error_set(err, STANCE_INPUT, 0, "no content is marked in the articles");
    ok = ok && choose_and_save(t, gold, o, path, summary, err);
    summary->articles = n;
    summary->contents = t->contents;
    summary->tokens = t->rows.n;
    return ok;
}

static void training_free(struct training *t)
{
    if (!t) return;
    language_free(&t->language);
    arena_free(&t->arena);
    free(t->map.keys);
    free(t->map.ids);
    free(t->map.key_of);
    free(t->map.count);
    free(t->rows.features);
    free(t->rows.start);
    free(t->rows.tag);
    free(t->rows.article_end);
    free(t);
}

bool stance_train_views(const stance_gold *gold, const stance_views_options *options, const char *out_path, stance_views_summary *summary, stance_error *err)
{
    struct training *t = calloc(1, sizeof *t);
    stance_views_summary counted = {.overlap_f1 = -1};
    stance_error own = {0};
    stance_views_options o = options ? *options : (stance_views_options){0};
    if (!err) err = &own;
    *err = own;
    bool ok = t ? learn(t, gold, &o, out_path, &counted, err) : error_nomem(err, "training");
    if (ok && summary) *summary = counted;
    training_free(t);
    return ok;
}
