/* SPDX-License-Identifier: MIT
 * predict: scoring a statement with an open model.
 * Method: keys are looked up in the map, summed in a table from id to place, weighted as in training, multiplied with the weights' rows.
 * Limits: one scorer per thread. */
#include "predict.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"

/* Below this share of known word n-grams an answer is a guess; of function words, the text is hardly English. */
static const double KNOWN_ENOUGH = 0.2, ENGLISH_SHARE = 0.08, KNOWN_ENGLISH = 0.35;
enum { LONG_ENOUGH = 8, MEMO_WORDS = 1 << 16 };

/* Features of words met before: words repeat, and each has dozens of character n-grams to look up. */
struct memo {
    struct dictionary words;                       /* word and template */
    struct { size_t start, n; } *spans;            /* [words.n] into ids */
    uint32_t *ids;
    size_t spans_cap, ids_n, ids_cap;
    bool open;                                     /* ids are being added to the last word */
};

struct stance_scorer {
    const stance_model *model;
    struct memo memo;
    bool failed;                                   /* memory ran out inside a callback */
    struct arena arena;
    struct tally tally;
    struct value *values;
    size_t cap;
    stance_value *vector;                          /* of stance_vector */
    size_t vector_cap;
    double grams, grams_known;
};

static void memo_free(struct memo *m)
{
    dictionary_free(&m->words);
    free(m->spans);
    free(m->ids);
    *m = (struct memo){.open = false};
}

stance_scorer *stance_scorer_new(const stance_model *model, stance_error *err)
{
    struct stance_scorer *s = calloc(1, sizeof *s);
    if (s) s->model = model;
    else error_nomem(err, "preparing to score");
    return s;
}

void stance_scorer_free(stance_scorer *s)
{
    if (!s) return;
    arena_free(&s->arena);
    tally_free(&s->tally);
    memo_free(&s->memo);
    free(s->values);
    free(s->vector);
    free(s);
}

static bool memo_open(struct memo *m, uint64_t key)
{
    bool fresh;
    if (m->words.n >= MEMO_WORDS) memo_free(m);
    void *spans = m->spans;
    uint32_t id = dictionary_add(&m->words, key, &fresh);
    if (id == NO_ID || !array_reserve(&spans, &m->spans_cap, m->words.n, sizeof *m->spans)) return false;
    m->spans = spans;
    m->spans[id].start = m->ids_n;
    m->spans[id].n = 0;
    return m->open = true;
}

static bool memo_note(struct memo *m, uint32_t feature)
{
    void *ids = m->ids;
    if (!array_reserve(&ids, &m->ids_cap, m->ids_n + 1, sizeof *m->ids)) return false;
    m->ids = ids;
    m->ids[m->ids_n++] = feature;
    m->spans[m->words.n - 1].n++;
    return true;
}

static bool replay(void *ctx, size_t template_id, const struct piece *word)
{
    struct stance_scorer *s = ctx;
    uint64_t key = hash_join(word->hash, template_id + 1, HASH_BASE);
    uint32_t id = dictionary_find(&s->memo.words, key);
    if (id == NO_ID) {
        if (!memo_open(&s->memo, key)) s->failed = true;
        return false;
    }
    const uint32_t *ids = s->memo.ids + s->memo.spans[id].start;
    for (size_t i = 0; i < s->memo.spans[id].n; i++)
        if (!tally_add(&s->tally, ids[i], 1)) s->failed = true;
    return true;
}

static void close_word(void *ctx)
{
    ((struct stance_scorer *)ctx)->memo.open = false;
}

static bool take(void *ctx, const struct occurrence *o)
{
    struct stance_scorer *s = ctx;
    uint32_t id = model_find(s->model, o->hash);
    if (feature_templates[o->template_id].known && o->block < BLOCKS) {
        s->grams += (double)o->value;
        if (id != NO_ID) s->grams_known += (double)o->value;
    }
    if (id == NO_ID) return true;
    if (s->memo.open && !memo_note(&s->memo, id)) return false;
    return tally_add(&s->tally, id, o->value);
}

const struct value *scorer_values(stance_scorer *s, const stance_statement *in, size_t *n, struct feature_facts *facts, double *known, stance_error *err)
{
    struct feature_settings settings = model_features(s->model);
    struct feature_sink sink = {take, s, replay, close_word};
    struct weighting weighting = model_weighting(s->model);
    arena_reset(&s->arena);
    tally_clear(&s->tally);
    s->grams = s->grams_known = 0;
    bool extracted = features_extract(&settings, in, &s->arena, &sink, facts, err);
    bool failed = s->failed;
    if (!extracted || failed) memo_free(&s->memo); /* its last word may be incomplete */
    s->failed = false;
    if (extracted && failed) error_nomem(err, "scoring a statement");
    if (!extracted || failed) return NULL;
    void *values = s->values;
    if (!array_reserve(&values, &s->cap, s->tally.n + 1, sizeof *s->values)) {
        error_nomem(err, "scoring a statement");
        return NULL;
    }
    s->values = values;
    *n = weigh(&weighting, s->tally.cells, s->tally.n, s->values);
    *known = s->grams > 0 ? s->grams_known / s->grams : 0;
    return s->values;
}

void predict_scores(const double *weights, size_t features, size_t labels, const struct value *values, size_t n, double *scores)
{
    const double *bias = weights + features * labels;
    for (size_t l = 0; l < labels; l++) scores[l] = bias[l];
    for (size_t i = 0; i < n; i++) {
        const double *w = weights + (size_t)values[i].id * labels;
        for (size_t l = 0; l < labels; l++) scores[l] += w[l] * values[i].x;
    }
}

void predict_fill(const double *scores, size_t labels, double temperature, stance_prediction *out)
{
    double sum = 0, second = 0;
    size_t best = 0;
    *out = (stance_prediction){.label = 0};
    for (size_t l = 1; l < labels; l++)
        if (scores[l] > scores[best]) best = l;
    for (size_t l = 0; l < labels; l++) sum += out->p[l] = exp((scores[l] - scores[best]) / temperature);
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

bool stance_score(stance_scorer *s, const stance_statement *in, double min_margin, stance_prediction *out, stance_error *err)
{
    const stance_model *m = s->model;
    struct feature_facts facts;
    double scores[STANCE_MAX_LABELS], known;
    size_t n;
    const struct value *values = scorer_values(s, in, &n, &facts, &known, err);
    if (!values) return false;
    predict_scores(m->weights, m->features, m->labels, values, n, scores);
    predict_fill(scores, m->labels, m->recipe.temperature, out);
    out->known = known;
    out->abstained = predict_abstention(out, &facts, min_margin);
    return true;
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
