/* SPDX-License-Identifier: MIT
 * fit: weighting learnt from training rows, then the solver.
 * Method: idf = ln((1 + n) / (1 + rows with it)) + 1; with scale nb, values are multiplied by the size of the label's log-count ratio (Wang and
 * Manning 2012). Everything is counted on the chosen rows alone. Limits: row weights are rounded to
 * repetitions, twenty at most. */
#include "fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "model.h"

enum { MOST_REPETITIONS = 20, MOST_PARTS = 5 };
static const double PRIOR_FLOOR = 0.5, ROUNDING = 0.02;

static bool unweighted(const struct matrix *m, size_t id)
{
    return m->block[id] % BLOCKS == BLOCK_REAL;
}

static bool make_scale(struct fit *f, const uint32_t *chosen, size_t n, const uint8_t *keep)
{
    const struct matrix *m = f->set->matrix;
    struct seen *seen = calloc(m->keys.n + 1, sizeof *seen);
    if (!seen) return false;
    twins_see(m, chosen, n, seen);
    for (size_t id = 0; id < m->keys.n; id++) {
        double in = seen[id].rows;
        bool used = in >= f->recipe.min_rows && (f->recipe.templates >> m->template_of[id] & 1) && (!keep || keep[id]);
        if (m->block[id] >= BLOCKS && f->recipe.copies == COPIES_OFF) used = false;
        f->scale[id] = !used ? 0 : unweighted(m, id) ? 1 : log((1 + (double)n) / (1 + in)) + 1;
        f->used += used;
    }
    bool ok = twins_make(&f->columns, m, seen, f->scale);
    free(seen);
    return ok;
}

static bool stands_for_column(const struct fit *f, uint32_t id)
{
    return f->scale[id] != 0 && f->columns.first[f->columns.of[id]] == id;
}

static void count_by_label(struct fit *f, const uint32_t *chosen, size_t n, double *with_label)
{
    const struct matrix *m = f->set->matrix;
    for (size_t i = 0; i < n; i++) {
        uint32_t label = f->set->rows->rows[chosen[i]].label;
        with_label[label]++;
        for (size_t c = m->start[chosen[i]]; c < m->start[chosen[i] + 1]; c++)
            if (stands_for_column(f, m->cells[c].id)) f->prior[label * f->columns.n + f->columns.of[m->cells[c].id]]++;
    }
}

/* |log ratio| of each feature per label, smoothed by one, plus a floor so that no feature is shut out. */
static bool make_prior(struct fit *f, const uint32_t *chosen, size_t n)
{
    const struct matrix *m = f->set->matrix;
    size_t labels = f->set->rows->labels_n;
    double with_label[STANCE_MAX_LABELS] = {0}, ratio[STANCE_MAX_LABELS];
    f->prior = calloc(labels * f->columns.n + 1, sizeof *f->prior);
    if (!f->prior) return false;
    count_by_label(f, chosen, n, with_label);
    for (size_t column = 0; column < f->columns.n; column++) {
        double all = 0, *first = f->prior + column;
        for (size_t l = 0; l < labels; l++) all += first[l * f->columns.n];
        for (size_t l = 0; l < labels; l++) {
            double p = first[l * f->columns.n];
            ratio[l] = log((p + 1) / (with_label[l] + 2)) - log((all - p + 1) / ((double)n - with_label[l] + 2));
        }
        for (size_t l = 0; l < labels; l++)
            first[l * f->columns.n] = unweighted(m, f->columns.first[column]) ? 1 : PRIOR_FLOOR + fabs(ratio[l]);
    }
    return true;
}

static size_t row_values(struct fit *f, size_t row)
{
    const struct matrix *m = f->set->matrix;
    struct weighting w = recipe_weighting(&f->recipe, f->scale, m->block);
    return weigh(&w, m->cells + m->start[row], m->start[row + 1] - m->start[row], f->values);
}

/* How much larger a column's value is than that of each of its features. */
static double column_factor(const struct fit *f, size_t column)
{
    return sqrt((double)f->columns.members[column]);
}

/* The row as the solver sees it: one value a column. */
static size_t column_values(struct fit *f, size_t row)
{
    size_t n = row_values(f, row), kept = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t column = f->columns.of[f->values[i].id];
        if (f->columns.first[column] == f->values[i].id) f->values[kept++] = (struct value){column, f->values[i].x * column_factor(f, column)};
    }
    return kept;
}

/* ---- row weights: liblinear has none, so rows repeat ---- */

static unsigned repetitions(const struct training_set *set, size_t row, double unit)
{
    double times = set->rows->rows[row].weight / unit;
    return times >= MOST_REPETITIONS ? MOST_REPETITIONS : times <= 1 ? 1 : (unsigned)(times + 0.5);
}

/* Sum of what rounding to whole repetitions gets wrong, as a share of all weight. */
static double rounding_error(const struct training_set *set, const uint32_t *chosen, size_t n, double unit)
{
    double wrong = 0, all = 0;
    for (size_t i = 0; i < n; i++) {
        double w = set->rows->rows[chosen[i]].weight / unit;
        wrong += fabs(w - (double)repetitions(set, chosen[i], unit));
        all += w;
    }
    return all > 0 ? wrong / all : 0;
}

/* The weight of one repetition: the least weight, or a part of it when that comes much nearer. Equal weights: once each. */
static double weight_unit(const struct training_set *set, const uint32_t *chosen, size_t n)
{
    double least = 0, best, error;
    for (size_t i = 0; i < n; i++) {
        double w = set->rows->rows[chosen[i]].weight;
        if (w > 0 && (least == 0 || w < least)) least = w;
    }
    if (least == 0) return 1;
    best = least;
    error = rounding_error(set, chosen, n, least);
    for (unsigned part = 2; part <= MOST_PARTS && error > ROUNDING; part++) {
        double now = rounding_error(set, chosen, n, least / part);
        if (now < error / 2) best = least / part, error = now;
    }
    return best;
}

static bool fill_trainer(struct fit *f, const uint32_t *chosen, size_t n, stance_error *err)
{
    const struct matrix *m = f->set->matrix;
    double unit = weight_unit(f->set, chosen, n);
    size_t rows = 0, cells = 0;
    for (size_t i = 0; i < n; i++) {
        rows += repetitions(f->set, chosen[i], unit);
        cells += m->start[chosen[i] + 1] - m->start[chosen[i]];
    }
    f->share = rows ? (double)n / (double)rows : 1;
    f->trainer = trainer_new(rows, cells, f->columns.n, f->set->rows->labels_n, err);
    for (size_t i = 0; f->trainer && i < n; i++)
        if (!trainer_add(f->trainer, f->values, column_values(f, chosen[i]), f->set->rows->rows[chosen[i]].label, repetitions(f->set, chosen[i], unit)))
            return error_nomem(err, "preparing the training");
    return f->trainer;
}

static size_t longest_row(const struct matrix *m)
{
    size_t longest = 0;
    for (size_t i = 0; i < m->rows; i++)
        if (m->start[i + 1] - m->start[i] > longest) longest = m->start[i + 1] - m->start[i];
    return longest;
}

bool fit_prepare(struct fit *f, const struct training_set *set, const struct recipe *recipe, const uint32_t *chosen, size_t n,
                 const uint8_t *keep, stance_error *err)
{
    size_t features = set->matrix->keys.n, labels = set->rows->labels_n;
    fit_free(f);
    f->set = set;
    f->recipe = *recipe;
    f->scale = calloc(features + 1, sizeof *f->scale);
    f->values = calloc(longest_row(set->matrix) + 1, sizeof *f->values);
    if (!f->scale || !f->values) return error_nomem(err, "preparing the training");
    if (!make_scale(f, chosen, n, keep)) return error_nomem(err, "preparing the training");
    f->weights = calloc((f->columns.n + 1) * labels, sizeof *f->weights);
    if (!f->weights) return error_nomem(err, "preparing the training");
    if (recipe->scale == SCALE_NB && !make_prior(f, chosen, n)) return error_nomem(err, "preparing the training");
    return fill_trainer(f, chosen, n, err);
}

bool fit_serves(const struct fit *f, const struct recipe *r)
{
    const struct recipe *old = &f->recipe;
    return f->trainer && old->templates == r->templates && old->scale == r->scale && old->copies == r->copies && old->min_rows == r->min_rows &&
           old->copy == r->copy && memcmp(old->block, r->block, sizeof r->block) == 0;
}

static void start_label(struct fit *f, const struct stance_model *model, size_t mine, size_t theirs)
{
    const struct matrix *m = f->set->matrix;
    size_t labels = f->set->rows->labels_n;
    for (uint32_t id = 0; id < m->keys.n; id++) {
        uint32_t old = f->scale[id] != 0 ? model_find(model, piece_of(dictionary_text(&m->keys, id)).hash) : NO_ID;
        if (old != NO_ID) f->weights[f->columns.of[id] * labels + mine] += model->weights[(size_t)old * model->labels + theirs] / f->columns.members[f->columns.of[id]];
    }
    f->weights[f->columns.n * labels + mine] = model->weights[model->features * model->labels + theirs];
}

void fit_start(struct fit *f, const struct stance_model *model)
{
    for (size_t mine = 0; mine < f->set->rows->labels_n; mine++)
        for (size_t theirs = 0; theirs < model->labels; theirs++)
            if (strcmp(f->set->rows->labels[mine], model->label[theirs]) == 0) start_label(f, model, mine, theirs);
    f->ran = true;
}

bool fit_run(struct fit *f, const struct recipe *recipe, double eps, stance_error *err)
{
    struct trainer_options o = {recipe->solver, recipe->class_weight, recipe->c * f->share, eps, f->prior, f->ran};
    f->recipe = *recipe;
    f->ran = true;
    size_t labels = f->set->rows->labels_n;
    for (size_t i = 0; o.warm && i < f->columns.n * labels; i++) f->weights[i] *= column_factor(f, i / labels);
    if (!trainer_fit(f->trainer, &o, f->weights, err)) return false;
    for (size_t i = 0; i < f->columns.n * labels; i++) f->weights[i] /= column_factor(f, i / labels);
    for (size_t l = 0; l < labels; l++) f->weights[f->columns.n * labels + l] += recipe_score_shift(recipe, f->set->rows->labels[l]);
    return true;
}

const double *fit_weights(const struct fit *f, uint32_t id)
{
    return f->weights + f->columns.of[id] * f->set->rows->labels_n;
}

const double *fit_bias(const struct fit *f)
{
    return f->weights + f->columns.n * f->set->rows->labels_n;
}

void fit_score(struct fit *f, size_t row, double *scores)
{
    size_t labels = f->set->rows->labels_n, n = row_values(f, row);
    memcpy(scores, fit_bias(f), labels * sizeof *scores);
    for (size_t i = 0; i < n; i++) {
        const double *weights = fit_weights(f, f->values[i].id);
        for (size_t l = 0; l < labels; l++) scores[l] += weights[l] * f->values[i].x;
    }
}

void fit_free(struct fit *f)
{
    trainer_free(f->trainer);
    free(f->scale);
    twins_free(&f->columns);
    free(f->prior);
    free(f->weights);
    free(f->values);
    *f = (struct fit){.set = NULL};
}
