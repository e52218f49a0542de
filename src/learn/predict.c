/* SPDX-License-Identifier: MIT
 * predict: scoring a statement with an open model.
 * Method: keys are looked up by hash in the map, summed in a table from id to place, weighted as in training, multiplied with the weights' rows;
 * labelling takes character n-grams, most of all features, from a memo of words, which gives the same sums.
 * Limits: one scorer per thread. */
#include "predict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "chunks.h"
#include "memo.h"

/* Below this share of known word n-grams an answer is a guess; of function words, the text is hardly English. */
static const double KNOWN_ENOUGH = 0.2, ENGLISH_SHARE = 0.08, KNOWN_ENGLISH = 0.35;
enum { LONG_ENOUGH = 8, QUEUE = 16 };

/* An occurrence whose feature is being fetched from memory. */
struct waiting {
    uint64_t spread;
    float value;
    bool known;      /* counts for the share of known n-grams */
};

/* Few features of one text, found by their ids: the text's number and the place among the values. */
enum { FEW_BITS = 9, FEW_PLACES = 1 << FEW_BITS, FEW_IDS = FEW_PLACES / 2 };

struct stance_scorer {
    const stance_model *model;
    struct waiting queue[QUEUE];                   /* [queued] */
    size_t queued;
    bool quick;                                    /* words go through the memo */
    struct weighting weighting;
    struct memo memo;
    struct recall recall;                          /* when quick and not plain */
    bool plain;                                    /* nothing but words and pairs of words: texts go through the chunks */
    struct chunks chunks;
    struct arena arena;
    struct tally tally;
    uint32_t few[FEW_PLACES], round;
    struct chunk_text texts[SCORED_AT_ONCE];
    uint32_t *ids;                                 /* features of the texts, when plain: of text i from ids_at[i] to ids_at[i + 1] */
    size_t ids_cap, ids_at[SCORED_AT_ONCE + 1];
    struct value *values;
    size_t cap;
    stance_value *vector;                          /* of stance_vector */
    size_t vector_cap;
    double grams, grams_known;
};

stance_scorer *stance_scorer_new(const stance_model *model, stance_error *err)
{
    struct stance_scorer *s = calloc(1, sizeof *s);
    if (s) {
        s->model = model;
        s->weighting = model_weighting(model);
        s->quick = model->recipe.copies != COPIES_ON && model->recipe.hash_bits == 0; /* what the memo knows of a word */
    }
    if (s) {
        s->plain = s->quick && chunks_serve(model);
        if (!s->quick) return s;
        if (s->plain ? chunks_init(&s->chunks, model) : memo_init(&s->memo, model) && recall_init(&s->recall, &s->memo)) return s;
    }
    stance_scorer_free(s);
    error_nomem(err, "preparing to score");
    return NULL;
}

void stance_scorer_free(stance_scorer *s)
{
    if (!s) return;
    arena_free(&s->arena);
    tally_free(&s->tally);
    memo_free(&s->memo);
    recall_free(&s->recall);
    chunks_free(&s->chunks);
    free(s->ids);
    free(s->values);
    free(s->vector);
    free(s);
}

static bool work_off(struct stance_scorer *s)
{
    bool ok = true;
    for (size_t i = 0; i < s->queued; i++) {
        const struct waiting *w = &s->queue[i];
        uint32_t id = model_find_spread(s->model, w->spread);
        s->grams += w->known ? (double)w->value : 0;
        s->grams_known += w->known && id != NO_ID ? (double)w->value : 0;
        ok = ok && (id == NO_ID || tally_add(&s->tally, id, w->value));
    }
    s->queued = 0;
    return ok;
}

/* Lookups miss the cache, each by itself; a few at a time they wait together. */
static bool take(void *ctx, const struct occurrence *o)
{
    struct stance_scorer *s = ctx;
    uint64_t spread = hash_spread(o->hash);
    model_prefetch(s->model, spread);
    s->queue[s->queued++] = (struct waiting){spread, o->value, feature_templates[o->template_id].known && o->block < BLOCKS};
    return s->queued < QUEUE || work_off(s);
}

static bool values_room(stance_scorer *s, size_t need)
{
    void *values = s->values;
    bool ok = array_reserve(&values, &s->cap, need, sizeof *s->values);
    s->values = values;
    return ok;
}

static bool finish(stance_scorer *s, size_t *n, double *known, stance_error *err)
{
    if (!values_room(s, s->tally.n + 1)) return error_nomem(err, "scoring a statement");
    if (s->plain) *n = weigh_counts(s->model->scale, s->weighting.weight[BLOCK_WORD], s->tally.cells, s->tally.n, s->values);
    else *n = weigh(&s->weighting, s->tally.cells, s->tally.n, s->values);
    *known = s->grams > 0 ? s->grams_known / s->grams : 0;
    return true;
}

static bool ids_room(struct stance_scorer *s, size_t need)
{
    void *ids = s->ids;
    bool ok = array_reserve(&ids, &s->ids_cap, need, sizeof *s->ids);
    s->ids = ids;
    return ok;
}

/* What counting and weighing a feature will read. */
static inline void fetch_feature(const struct stance_scorer *s, uint32_t id)
{
    model_prefetch_feature(s->model, id);
}

/* Features of the text's words and of its pending pairs into ids, from place `at` on; returns the place behind them. Words first, as the templates
 * stand, so that sums are the same to the last bit. */
static size_t put_ids(struct stance_scorer *s, const struct chunk_text *t, size_t at)
{
    const struct stance_model *m = s->model;
    const struct chunk_word *words = s->chunks.words + t->words;
    const uint64_t *pending = s->chunks.pending + t->pending;
    uint32_t *ids = s->ids;
    for (size_t i = 0; i < t->words_n; i++) {
        if (words[i].id == NO_ID) continue;
        fetch_feature(s, words[i].id);
        ids[at++] = words[i].id;
    }
    for (size_t i = 0; i < t->pending_n; i++) {
        uint32_t id = model_find_spread(m, pending[i]);
        if (id == NO_ID) continue;
        fetch_feature(s, id);
        ids[at++] = id;
    }
    return at;
}

/* For models of words and pairs of words alone: features of all texts, each step for all before the next for any. */
static bool read_plain(stance_scorer *s, const stance_statement *const *in, size_t n, stance_error *err)
{
    struct chunks *c = &s->chunks;
    chunks_begin(c);
    for (size_t i = 0; i < n; i++) chunks_cut(c, in[i]->text, &s->texts[i]);
    for (size_t i = 0; i < n; i++)
        if (!chunks_read(c, &s->texts[i], err)) return false;
    for (size_t i = 0; i < n; i++) chunks_pairs(c, &s->texts[i]);
    if (!values_room(s, FEW_IDS) || !ids_room(s, 2 * c->n + 1)) return error_nomem(err, "scoring a statement");
    for (size_t i = 0; i < n; i++) s->ids_at[i + 1] = put_ids(s, &s->texts[i], s->ids_at[i]);
    return true;
}

/* The place of an id in the table: the cell it has there, or where it is to be put. */
static inline uint32_t *few_place(stance_scorer *s, uint32_t id, bool *there)
{
    const uint32_t round = s->round;
    uint32_t at = id & (FEW_PLACES - 1);
    for (; s->few[at] >> FEW_BITS == round; at = (at + 1) & (FEW_PLACES - 1))
        if (s->values[s->few[at] & (FEW_PLACES - 1)].id == id) return *there = true, &s->few[at];
    *there = false;
    return &s->few[at];
}

/* As tally_count of each and then weigh_counts, by a table that stays in the nearest cache; nearly all ids are there once. */
static size_t weigh_few(stance_scorer *s, const uint32_t *ids, size_t n)
{
    const double *scale = s->model->scale, weight = s->weighting.weight[BLOCK_WORD];
    struct value *values = s->values;
    uint16_t again[FEW_IDS], count[FEW_IDS]; /* again: cells of ids that came before */
    size_t met = 0, again_n = 0;
    double length = 0;
    if (++s->round >> (32 - FEW_BITS)) memset(s->few, 0, sizeof s->few), s->round = 1;
    for (size_t i = 0; i < n; i++) {
        bool there;
        uint32_t id = ids[i], *place = few_place(s, id, &there);
        if (there) {
            again[again_n++] = (uint16_t)(*place & (FEW_PLACES - 1));
            continue;
        }
        *place = s->round << FEW_BITS | (uint32_t)met;
        values[met] = (struct value){id, scale[id]};
        met += scale[id] != 0;
    }
    for (size_t i = 0; i < again_n; i++) count[again[i]] = 1;
    for (size_t i = 0; i < again_n; i++) values[again[i]].x = damp_many(++count[again[i]]) * scale[values[again[i]].id];
    for (size_t i = 0; i < met; i++) length += values[i].x * values[i].x;
    length = length == 0 ? weight : weight / sqrt(length);
    for (size_t i = 0; i < met; i++) values[i].x *= length;
    return met;
}

/* One of the texts read. */
static bool weigh_plain(stance_scorer *s, size_t i, size_t *n, struct feature_facts *facts, double *known, stance_error *err)
{
    const struct chunks *c = &s->chunks;
    const struct chunk_text *t = &s->texts[i];
    const uint32_t *ids = s->ids + s->ids_at[i];
    size_t all = 0, ids_n = s->ids_at[i + 1] - s->ids_at[i];
    if (c->singles) all += t->words_n;
    if (c->pairs && t->words_n) all += t->words_n - 1;
    *facts = t->facts;
    s->grams = (double)all;
    s->grams_known = (double)ids_n;
    if (ids_n <= FEW_IDS) {
        *known = all ? s->grams_known / s->grams : 0;
        *n = weigh_few(s, ids, ids_n);
        return true;
    }
    tally_clear(&s->tally);
    if (!tally_room(&s->tally, s->model->features, ids_n)) return error_nomem(err, "scoring a statement");
    for (size_t k = 0; k < ids_n; k++) tally_count(&s->tally, ids[k]);
    return finish(s, n, known, err);
}

static bool collect_plain(stance_scorer *s, const stance_statement *in, size_t *n, struct feature_facts *facts, double *known, stance_error *err)
{
    return read_plain(s, &in, 1, err) && weigh_plain(s, 0, n, facts, known, err);
}

/* By what the memo knows of words: scores, and facts. run: the tokens of the text, or NULL. */
static bool score_known(stance_scorer *s, const stance_statement *in, const struct token_run *run, double *scores,
                        struct feature_facts *facts, double *known, stance_error *err)
{
    const stance_model *m = s->model;
    struct feature_settings settings = model_features(m);
    struct feature_sink sink = {.memo = &s->memo};
    struct terms terms;
    arena_reset(&s->arena);
    memo_begin(&s->memo);
    bool ok = run ? recall_run(&s->recall, run, &terms, err) : recall_read(&s->recall, in->text, &terms, err);
    if (!ok) return false;
    if (!terms_mark(s->memo.polarity ? settings.lexicon : NULL, in, &s->arena, &terms, err)) return false;
    if (!features_of(&settings, in, &terms, &sink, err)) return false;
    *facts = features_facts(&terms);
    for (size_t l = 0; l < m->labels; l++) scores[l] = m->weights[m->features * m->labels + l];
    memo_settle(&s->memo, s->weighting.weight, scores);
    memo_score(&s->memo, m->recipe.block[BLOCK_CHAR], scores);
    *known = s->memo.grams ? (double)s->memo.grams_known / (double)s->memo.grams : 0;
    return true;
}

/* Features of the statement into the tally, then their values. */
static const struct value *collect(stance_scorer *s, const stance_statement *in, bool plain, size_t *n, struct feature_facts *facts, double *known,
                                   stance_error *err)
{
    struct feature_settings settings = model_features(s->model);
    struct feature_sink sink = {take, s, NULL};
    if (plain && in->text.len < UINT32_MAX) return collect_plain(s, in, n, facts, known, err) ? s->values : NULL;
    arena_reset(&s->arena);
    tally_clear(&s->tally);
    s->grams = s->grams_known = 0;
    s->queued = 0;
    if (!features_extract(&settings, in, &s->arena, &sink, facts, err)) return NULL;
    if (!work_off(s)) {
        error_nomem(err, "scoring a statement");
        return NULL;
    }
    return finish(s, n, known, err) ? s->values : NULL;
}

const struct value *scorer_values(stance_scorer *s, const stance_statement *in, size_t *n, struct feature_facts *facts, double *known, stance_error *err)
{
    return collect(s, in, false, n, facts, known, err);
}

/* The usual numbers of labels are known to the compiler. */
static inline void add_values(const double *weights, size_t labels, const struct value *values, size_t n, double *scores)
{
    double sums[STANCE_MAX_LABELS];
    for (size_t l = 0; l < labels; l++) sums[l] = scores[l];
    for (size_t i = 0; i < n; i++) {
        const double *w = weights + (size_t)values[i].id * labels;
        for (size_t l = 0; l < labels; l++) sums[l] += w[l] * values[i].x;
    }
    for (size_t l = 0; l < labels; l++) scores[l] = sums[l];
}

void predict_scores(const double *weights, size_t features, size_t labels, const struct value *values, size_t n, double *scores)
{
    const double *bias = weights + features * labels;
    for (size_t l = 0; l < labels; l++) scores[l] = bias[l];
    if (labels == 2) add_values(weights, 2, values, n, scores);
    else if (labels == 3) add_values(weights, 3, values, n, scores);
    else add_values(weights, labels, values, n, scores);
}

void predict_fill(const double *scores, size_t labels, double temperature, stance_prediction *out)
{
    double sum = 0, second = 0;
    size_t best = 0;
    *out = (stance_prediction){.label = 0};
    for (size_t l = 1; l < labels; l++)
        if (scores[l] > scores[best]) best = l;
    for (size_t l = 0; l < labels; l++) sum += out->p[l] = scores[l] == scores[best] ? 1 : exp((scores[l] - scores[best]) / temperature);
    for (size_t l = 0; l < labels; l++) {
        out->p[l] /= sum;
        if (l != best && out->p[l] > second) second = out->p[l];
    }
    out->label = (uint32_t)best;
    out->margin = out->p[best] - second;
}

stance_abstention predict_abstention(const stance_prediction *p, const struct feature_facts *facts, double min_margin)
{
    bool few_function_words = facts->words >= LONG_ENOUGH && facts->function_words < ENGLISH_SHARE * facts->words;
    if (few_function_words && p->known < KNOWN_ENGLISH) return STANCE_NOT_ENGLISH; /* headlines have few, but are known */
    if (p->known < KNOWN_ENOUGH) return STANCE_FEW_KNOWN;
    return p->margin < min_margin ? STANCE_LOW_MARGIN : STANCE_CERTAIN;
}

static void answer(const stance_model *m, const double *scores, double known, const struct feature_facts *facts, double min_margin, stance_prediction *out)
{
    predict_fill(scores, m->labels, m->recipe.temperature, out);
    curve_apply(&m->recipe.curve, m->labels, out);
    out->known = known;
    out->abstained = predict_abstention(out, facts, model_min_margin(m, min_margin));
}

bool scorer_answer_run(stance_scorer *s, const stance_statement *in, const struct token_run *run, double min_margin, stance_prediction *out, stance_error *err)
{
    const stance_model *m = s->model;
    struct feature_facts facts;
    double scores[STANCE_MAX_LABELS], known;
    size_t n;
    bool quick = s->quick && !s->plain && in->text.len < UINT32_MAX;
    if (quick && !score_known(s, in, run, scores, &facts, &known, err)) return false;
    if (!quick) {
        const struct value *values = collect(s, in, s->quick && s->plain, &n, &facts, &known, err);
        if (!values) return false;
        predict_scores(m->weights, m->features, m->labels, values, n, scores);
    }
    answer(m, scores, known, &facts, min_margin, out);
    return true;
}

bool stance_score(stance_scorer *s, const stance_statement *in, double min_margin, stance_prediction *out, stance_error *err)
{
    return scorer_answer_run(s, in, NULL, min_margin, out, err);
}

static bool together(const stance_scorer *s, const stance_statement *const *in, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (in[i]->text.len >= UINT32_MAX) return false;
    return s->quick && s->plain && n <= SCORED_AT_ONCE;
}

bool scorer_answer(stance_scorer *s, const stance_statement *const *in, size_t n, double min_margin, stance_prediction *out, stance_error *err)
{
    const stance_model *m = s->model;
    bool ok = true, all = together(s, in, n);
    if (all && !read_plain(s, in, n, err)) return false;
    for (size_t i = 0; ok && i < n; i++) {
        struct feature_facts facts;
        double scores[STANCE_MAX_LABELS], known;
        size_t values;
        ok = all ? weigh_plain(s, i, &values, &facts, &known, err) : stance_score(s, in[i], min_margin, &out[i], err);
        if (!ok || !all) continue;
        predict_scores(m->weights, m->features, m->labels, s->values, values, scores);
        answer(m, scores, known, &facts, min_margin, &out[i]);
    }
    return ok;
}

static int by_feature(const void *a, const void *b)
{
    const stance_value *x = a, *y = b;
    return (x->feature > y->feature) - (x->feature < y->feature);
}

ptrdiff_t stance_vector(stance_scorer *s, const stance_statement *in, const stance_value **values, stance_error *err)
{
    struct feature_facts facts;
    double known;
    size_t n;
    const struct value *found = scorer_values(s, in, &n, &facts, &known, err);
    void *vector = s->vector;
    if (!found) return -1;
    if (!array_reserve(&vector, &s->vector_cap, n + 1, sizeof *s->vector)) {
        error_nomem(err, "making a vector");
        return -1;
    }
    s->vector = vector;
    for (size_t i = 0; i < n; i++) s->vector[i] = (stance_value){found[i].id, found[i].x};
    qsort(s->vector, n, sizeof *s->vector, by_feature);
    *values = s->vector;
    return (ptrdiff_t)n;
}
