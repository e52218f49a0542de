/* SPDX-License-Identifier: MIT
 * tuning: a short search, one question after the other.
 * Method: grouped, stratified folds; per step a list of recipes is fitted in each fold (warm from the one before), the best macro-F1 goes on.
 * The steps are ordered by what they gained on public sets, so that a budget cuts the least useful. Limits: greedy, no interactions. */
#include "tuning.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../base/error.h"
#include "calibration.h"
#include "folds.h"
#include "metrics.h"
#include "parallel.h"

enum { MOST_CANDIDATES = 8 };
static const double SEARCH_EPS = 0.05, GAIN_NEEDED = 0.003;

struct search {
    const struct training_set *set;
    const struct tuning_options *o;
    const uint32_t *chosen; /* [n] */
    size_t n, labels;
    uint32_t *fold;         /* [n] */
    uint32_t *gold;         /* [n] */
    struct recipe candidate[MOST_CANDIDATES];
    size_t candidates;
    double *scores;         /* [candidates][n][labels] out of fold */
    double *best_scores;    /* [n][labels] */
    struct tuning_result best;
    struct timespec begun;
    double share;
};

/* ---- one step: all candidates in all folds ---- */

static size_t rows_outside(const struct search *s, size_t fold, uint32_t *rows)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->fold[i] != fold) rows[n++] = s->chosen[i];
    return n;
}

static void score_fold(const struct search *s, struct fit *f, size_t fold, double *scores)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->fold[i] == fold) fit_score(f, s->chosen[i], scores + i * s->labels);
}

static bool run_fold(void *ctx, size_t fold, stance_error *err)
{
    struct search *s = ctx;
    struct fit f = {.set = NULL};
    uint32_t *rows = calloc(s->n + 1, sizeof *rows);
    bool ok = rows || error_nomem(err, "choosing settings");
    size_t n = ok ? rows_outside(s, fold, rows) : 0;
    for (size_t c = 0; ok && c < s->candidates; c++) {
        if (!fit_serves(&f, &s->candidate[c])) ok = fit_prepare(&f, s->set, &s->candidate[c], rows, n, NULL, err);
        ok = ok && fit_run(&f, &s->candidate[c], SEARCH_EPS, err);
        if (ok) score_fold(s, &f, fold, s->scores + c * s->n * s->labels);
    }
    fit_free(&f);
    free(rows);
    return ok;
}

static bool measure(struct search *s, size_t c, double *macro_f1, double *accuracy, stance_error *err)
{
    const double *scores = s->scores + c * s->n * s->labels;
    uint32_t *predicted = calloc(s->n + 1, sizeof *predicted);
    if (!predicted) return error_nomem(err, "choosing settings");
    size_t right = 0;
    for (size_t i = 0; i < s->n; i++) {
        for (uint32_t l = 1; l < s->labels; l++)
            if (scores[i * s->labels + l] > scores[i * s->labels + predicted[i]]) predicted[i] = l;
        right += predicted[i] == s->gold[i];
    }
    *macro_f1 = macro_f1_of(s->gold, predicted, s->n, s->labels);
    *accuracy = (double)right / (double)(s->n ? s->n : 1);
    free(predicted);
    return true;
}

/* Fits the candidates and keeps one that is clearly better than the best so far. *won: its number, or MOST_CANDIDATES. */
static bool compare(struct search *s, size_t *won, stance_error *err)
{
    *won = MOST_CANDIDATES;
    if (!parallel_run(s->o->folds, s->o->threads, run_fold, s, err)) return false;
    for (size_t c = 0; c < s->candidates; c++) {
        double macro_f1 = 0, accuracy = 0;
        if (!measure(s, c, &macro_f1, &accuracy, err)) return false;
        s->best.tried++;
        if (s->best.tried > 1 && macro_f1 < s->best.macro_f1 + (*won == MOST_CANDIDATES ? GAIN_NEEDED : 0)) continue;
        s->best.recipe = s->candidate[c];
        s->best.macro_f1 = macro_f1;
        s->best.accuracy = accuracy;
        memcpy(s->best_scores, s->scores + c * s->n * s->labels, s->n * s->labels * sizeof *s->scores);
        *won = c;
    }
    return true;
}

static struct recipe *add(struct search *s)
{
    s->candidate[s->candidates] = s->best.recipe;
    return &s->candidate[s->candidates++];
}

/* ---- the questions ---- */

/* The cost: from the middle outward as long as it gets better. */
static bool ask_cost(struct search *s, stance_error *err)
{
    size_t won;
    double c = s->best.recipe.c;
    s->candidates = 0;
    add(s)->c = c / 2;
    add(s)->c = c;
    add(s)->c = c * 2;
    if (!compare(s, &won, err)) return false;
    double step = s->best.recipe.c < c ? 0.5 : s->best.recipe.c > c ? 2 : 0;
    for (int more = 0; step > 0 && more < 3 && won != MOST_CANDIDATES; more++) {
        s->candidates = 0;
        add(s)->c = s->best.recipe.c * step;
        if (!compare(s, &won, err)) return false;
    }
    return true;
}

static bool ask_class_weight(struct search *s, stance_error *err)
{
    size_t won;
    enum class_weight now = s->best.recipe.class_weight;
    s->candidates = 0;
    for (unsigned w = 0; w < CLASS_WEIGHTS; w++)
        if (w != now) add(s)->class_weight = (enum class_weight)w;
    return compare(s, &won, err);
}

static bool ask_scale(struct search *s, stance_error *err)
{
    size_t won;
    s->candidates = 0;
    struct recipe *plain = add(s);
    plain->scale = SCALE_IDF; /* values are smaller without the ratios, so errors must cost more */
    plain->c *= 4;
    return compare(s, &won, err);
}

static bool ask_characters(struct search *s, stance_error *err)
{
    size_t won;
    double now = s->best.recipe.block[BLOCK_CHAR];
    s->candidates = 0;
    add(s)->block[BLOCK_CHAR] = now * 0.6;
    add(s)->block[BLOCK_CHAR] = now * 1.5;
    return compare(s, &won, err);
}

static bool ask_lexicon(struct search *s, stance_error *err)
{
    size_t won;
    double now = s->best.recipe.block[BLOCK_REAL];
    s->candidates = 0;
    add(s)->block[BLOCK_REAL] = now * 0.3;
    add(s)->block[BLOCK_REAL] = now * 2.5;
    add(s)->block[BLOCK_REAL] = now * 5; /* few rows lean on the lexicon */
    return compare(s, &won, err);
}

static bool ask_long_grams(struct search *s, stance_error *err)
{
    size_t won;
    if ((s->o->optional & ~s->best.recipe.templates) == 0) return true;
    s->candidates = 0;
    add(s)->templates |= s->o->optional;
    return compare(s, &won, err);
}

static const struct question {
    const char *name;
    bool (*ask)(struct search *s, stance_error *err);
} questions[] = {
    {"cost", ask_cost}, {"lexicon", ask_lexicon}, {"scale", ask_scale}, {"class weights", ask_class_weight}, {"characters", ask_characters},
    {"long n-grams", ask_long_grams},
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

static bool out_of_time(const struct search *s)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double passed = (double)(now.tv_sec - s->begun.tv_sec) + 1e-9 * (double)(now.tv_nsec - s->begun.tv_nsec);
    return s->o->budget_seconds > 0 && passed > s->o->budget_seconds;
}

static bool tell(const struct search *s, const char *step, double share, stance_error *err)
{
    if (!s->o->progress || s->o->progress(s->o->progress_ctx, step, share)) return true;
    return error_set(err, STANCE_INTERRUPTED, 0, "interrupted while choosing settings; nothing was written");
}

static bool search_all(struct search *s, stance_error *err)
{
    size_t won;
    s->best.recipe = s->o->start;
    s->candidates = 0;
    if (!s->o->search || s->o->fixed_c) {
        add(s);
        if (!compare(s, &won, err)) return false;
    }
    for (size_t q = 0; s->o->search && q < QUESTIONS; q++) {
        if (!tell(s, questions[q].name, (double)q / QUESTIONS, err)) return false;
        if ((questions[q].ask == ask_cost && s->o->fixed_c) || (questions[q].ask == ask_class_weight && s->o->fixed_class_weight)) continue;
        if (q > 0 && out_of_time(s)) break;
        if (!questions[q].ask(s, err)) return false;
    }
    return true;
}

bool tune(const struct training_set *set, const uint32_t *chosen, size_t n, const struct tuning_options *o, struct tuning_result *out,
          stance_error *err)
{
    struct search s = {.set = set, .o = o, .chosen = chosen, .n = n, .labels = set->rows->labels_n};
    size_t cells = n * s.labels + 1;
    clock_gettime(CLOCK_MONOTONIC, &s.begun);
    s.fold = calloc(n + 1, sizeof *s.fold);
    s.gold = calloc(n + 1, sizeof *s.gold);
    s.scores = cells <= SIZE_MAX / MOST_CANDIDATES / sizeof *s.scores ? calloc(cells * MOST_CANDIDATES, sizeof *s.scores) : NULL;
    s.best_scores = calloc(cells, sizeof *s.best_scores);
    bool ok = (s.fold && s.gold && s.scores && s.best_scores) || error_nomem(err, "choosing settings");
    for (size_t i = 0; ok && i < n; i++) s.gold[i] = set->rows->rows[chosen[i]].label;
    ok = ok && folds_split(set->rows, set->cluster, chosen, n, o->folds, o->seed, s.fold, err) && search_all(&s, err);
    if (ok) {
        *out = s.best;
        out->recipe.temperature = calibrate(s.best_scores, s.gold, n, s.labels);
    }
    free(s.fold);
    free(s.gold);
    free(s.scores);
    free(s.best_scores);
    return ok;
}
