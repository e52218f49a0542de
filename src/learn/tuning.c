/* SPDX-License-Identifier: MIT
 * tuning: a short search, one question after the other.
 * Method: grouped, stratified folds; per step a list of recipes is fitted in each fold (warm from the one before), the best macro-F1 goes on.
 * Candidates that are clearly behind after the first folds are dropped (racing). The steps are ordered by what they gained on public sets, so that a
 * budget cuts the least useful; a step begins only when it and the final fit have time, and the very first is measured on the racing folds alone
 * when there is no time for more. Limits: greedy, no interactions. */
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
#include "predict.h"

enum { MOST_CANDIDATES = 8, RACE_FOLDS = 2 };
static const double SEARCH_EPS = 0.05, GAIN_NEEDED = 0.003, CLEARLY_BEHIND = 0.012, FINAL_FITS = 2.5;

struct search {
    const struct training_set *set;
    const struct tuning_options *o;
    const uint32_t *chosen; /* [n] */
    size_t n, labels;
    uint32_t *fold;         /* [n] */
    uint32_t *gold;         /* [n] */
    struct recipe candidate[MOST_CANDIDATES];
    size_t candidates;
    bool dropped[MOST_CANDIDATES];
    size_t first_fold;      /* of the folds being run */
    double seconds;         /* that a candidate took */
    double fold_seconds;    /* that one fit took */
    size_t measured;        /* folds that were run */
    bool exhausted;         /* the budget */
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

static bool run_fold(void *ctx, size_t place, stance_error *err)
{
    struct search *s = ctx;
    size_t fold = s->first_fold + place;
    struct fit f = {.set = NULL};
    uint32_t *rows = calloc(s->n + 1, sizeof *rows);
    bool ok = rows || error_nomem(err, "choosing settings");
    size_t n = ok ? rows_outside(s, fold, rows) : 0;
    for (size_t c = 0; ok && c < s->candidates; c++) {
        if (s->dropped[c]) continue;
        if (!fit_serves(&f, &s->candidate[c])) ok = fit_prepare(&f, s->set, &s->candidate[c], rows, n, NULL, err);
        ok = ok && fit_run(&f, &s->candidate[c], SEARCH_EPS, err);
        if (ok) score_fold(s, &f, fold, s->scores + c * s->n * s->labels);
    }
    fit_free(&f);
    free(rows);
    return ok;
}

/* Of out-of-fold scores on the rows in folds below `folds`. */
static bool measure(const struct search *s, const double *scores, size_t folds, double *macro_f1, double *accuracy, stance_error *err)
{
    uint32_t *predicted = calloc(2 * s->n + 2, sizeof *predicted), *gold = predicted ? predicted + s->n + 1 : NULL;
    if (!predicted) return error_nomem(err, "choosing settings");
    size_t right = 0, n = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (s->fold[i] >= folds) continue;
        uint32_t best = 0;
        for (uint32_t l = 1; l < s->labels; l++)
            if (scores[i * s->labels + l] > scores[i * s->labels + best]) best = l;
        right += best == s->gold[i];
        gold[n] = s->gold[i];
        predicted[n++] = best;
    }
    *macro_f1 = macro_f1_of(gold, predicted, n, s->labels);
    *accuracy = (double)right / (double)(n ? n : 1);
    free(predicted);
    return true;
}

static const double *scores_of(const struct search *s, size_t c)
{
    return s->scores + c * s->n * s->labels;
}

/* Drops the candidates that are clearly behind on the folds run so far. */
static bool race(struct search *s, stance_error *err)
{
    double macro_f1[MOST_CANDIDATES], leader = 0, accuracy;
    if (s->best.tried && !measure(s, s->best_scores, RACE_FOLDS, &leader, &accuracy, err)) return false;
    for (size_t c = 0; c < s->candidates; c++) {
        if (!measure(s, scores_of(s, c), RACE_FOLDS, &macro_f1[c], &accuracy, err)) return false;
        leader = fmax(leader, macro_f1[c]);
    }
    for (size_t c = 0; c < s->candidates; c++) s->dropped[c] = macro_f1[c] < leader - CLEARLY_BEHIND;
    return true;
}

static double seconds_since(const struct timespec *begun)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - begun->tv_sec) + 1e-9 * (double)(now.tv_nsec - begun->tv_nsec);
}

static double time_left(const struct search *s)
{
    return s->o->budget_seconds - s->o->spent_seconds - seconds_since(&s->begun) - FINAL_FITS * s->fold_seconds;
}

/* Shortens the list of candidates to what leaves time for the final fit. The first is always run. */
static void ration(struct search *s)
{
    double left = time_left(s);
    if (s->o->budget_seconds <= 0 || s->best.tried == 0) return;
    if (left >= (double)s->candidates * s->seconds) return;
    s->candidates = left > s->seconds ? (size_t)(left / s->seconds) : 0;
    s->exhausted = true;
}

/* How many of n fits run at the same time. */
static double side_by_side(const struct search *s, size_t n)
{
    return fmax(1, fmin((double)s->o->threads, (double)n));
}

/* Whether the budget lets the first candidate run in the folds behind the race. */
static bool all_folds_fit(const struct search *s)
{
    double rest = (double)(s->o->folds - RACE_FOLDS);
    return s->best.tried || s->o->budget_seconds <= 0 || time_left(s) > s->fold_seconds * ceil(rest / side_by_side(s, s->o->folds - RACE_FOLDS));
}

static bool run_candidates(struct search *s, stance_error *err)
{
    struct timespec begun;
    clock_gettime(CLOCK_MONOTONIC, &begun);
    memset(s->dropped, 0, sizeof s->dropped);
    s->first_fold = 0;
    if (!parallel_run(RACE_FOLDS, s->o->threads, run_fold, s, err) || !race(s, err)) return false;
    double one = seconds_since(&begun) / (double)s->candidates * side_by_side(s, RACE_FOLDS) / RACE_FOLDS;
    if (one > s->fold_seconds) s->fold_seconds = one;
    s->exhausted = s->exhausted || !all_folds_fit(s);
    s->measured = s->best.tried == 0 && s->exhausted ? RACE_FOLDS : s->o->folds;
    s->first_fold = RACE_FOLDS;
    if (s->measured > RACE_FOLDS && !parallel_run(s->measured - RACE_FOLDS, s->o->threads, run_fold, s, err)) return false;
    double took = seconds_since(&begun) / (double)s->candidates;
    if (took > s->seconds) s->seconds = took;
    return true;
}

/* Fits the candidates and keeps one that is clearly better than the best so far. *won: its number, or MOST_CANDIDATES. */
static bool compare(struct search *s, size_t *won, stance_error *err)
{
    *won = MOST_CANDIDATES;
    ration(s);
    if (s->candidates == 0) return true;
    if (!run_candidates(s, err)) return false;
    for (size_t c = 0; c < s->candidates; c++) {
        double macro_f1 = 0, accuracy = 0;
        s->best.tried++;
        if (s->dropped[c]) continue;
        if (!measure(s, scores_of(s, c), s->measured, &macro_f1, &accuracy, err)) return false;
        if (s->best.tried > 1 && macro_f1 < s->best.macro_f1 + (*won == MOST_CANDIDATES ? GAIN_NEEDED : 0)) continue;
        s->best.recipe = s->candidate[c];
        s->best.macro_f1 = macro_f1;
        s->best.accuracy = accuracy;
        memcpy(s->best_scores, scores_of(s, c), s->n * s->labels * sizeof *s->scores);
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

static bool ask_target(struct search *s, stance_error *err)
{
    size_t won;
    double now = s->best.recipe.block[BLOCK_TARGET];
    if (!s->o->targets) return true;
    s->candidates = 0;
    add(s)->block[BLOCK_TARGET] = now * 1.6;
    add(s)->block[BLOCK_TARGET] = now * 2.5;
    add(s)->block[BLOCK_TARGET] = now * 0.5;
    return compare(s, &won, err);
}

static const struct question {
    const char *name;
    bool (*ask)(struct search *s, stance_error *err);
} questions[] = {
    {"cost", ask_cost}, {"target", ask_target}, {"lexicon", ask_lexicon}, {"characters", ask_characters}, {"scale", ask_scale},
    {"class weights", ask_class_weight}, {"long n-grams", ask_long_grams}, {"cost again", ask_cost},
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

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
    add(s);
    if (!compare(s, &won, err)) return false;
    for (size_t q = 0; s->o->search && q < QUESTIONS && !s->exhausted; q++) {
        if (!tell(s, questions[q].name, (double)q / QUESTIONS, err)) return false;
        if ((questions[q].ask == ask_cost && s->o->fixed_c) || (questions[q].ask == ask_class_weight && s->o->fixed_class_weight)) continue;
        if (!questions[q].ask(s, err)) return false;
    }
    return true;
}

/* The rows with a score come first; returns how many there are. */
static size_t bring_forward(struct search *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (s->fold[i] >= s->measured) continue;
        memmove(s->best_scores + kept * s->labels, s->best_scores + i * s->labels, s->labels * sizeof *s->best_scores);
        s->gold[kept++] = s->gold[i];
    }
    return kept;
}

static bool choose_margin(const struct search *s, size_t n, struct recipe *recipe, stance_error *err)
{
    struct answer_seen *answers = calloc(n + 1, sizeof *answers);
    stance_prediction p;
    if (!answers) return error_nomem(err, "choosing settings");
    for (size_t i = 0; i < n; i++) {
        predict_fill(s->best_scores + i * s->labels, s->labels, recipe->temperature, &p);
        curve_apply(&recipe->curve, s->labels, &p);
        answers[i] = (struct answer_seen){p.margin, p.label == s->gold[i]};
    }
    recipe->min_margin = margin_choose(answers, n);
    free(answers);
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
        size_t kept = bring_forward(&s);
        if (o->start.temperature <= 0) {
            out->recipe.temperature = calibrate(s.best_scores, s.gold, kept, s.labels);
            curve_fit(&out->recipe.curve, s.best_scores, s.gold, kept, s.labels, out->recipe.temperature);
        }
        ok = o->start.min_margin >= 0 || choose_margin(&s, kept, &out->recipe, err);
        out->fit_seconds = FINAL_FITS * s.fold_seconds;
    }
    free(s.fold);
    free(s.gold);
    free(s.scores);
    free(s.best_scores);
    return ok;
}
