/* SPDX-License-Identifier: MIT
 * drift: a model's own measure of how familiar a text should look, and a warning when texts look otherwise.
 * Method: the share of known n-grams is taken out of fold, so that it is what new text of the same kind would have. Familiarity is a mean with its
 * standard error; the label mix a total variation distance with what chance alone may give (its mean plus McDiarmid's bound at 1 in 1000).
 * Limits: views of one article are not independent, so a margin far above chance is asked for; a change of labels with the same words is not seen. */
#include "drift.h"

#include <math.h>
#include <stdlib.h>

#include "../base/error.h"
#include "folds.h"
#include "model.h"

/* Measured with the shipped model, which knows .66 of its own rows out of fold: views of 1,500 news articles .59 (outlets with 100 views .55 to .61),
 * single sentences of news .52, tweets .42 to .49, headlines .40. The mix of labels in those views is .15 from training's, in an outlet up to .28.
 * Of 270 runs of 1 to 200 of the articles, and 38 outlets, none is called unfamiliar or shifted. */
enum { LEAST_ROWS = 100 };
static const double UNFAMILIAR = 0.75, STANDARD_ERRORS = 3, FAR_MIX = 0.25, CHANCE = 0.001, PI = 3.14159265358979323846;

/* ---- at training ---- */

struct counting {
    const struct training_set *set;
    const double *scale;
    double min_rows;
    uint32_t *all;            /* [rows] */
    uint32_t *fold;           /* [rows] */
    uint32_t *rows_with;      /* [features] rows that have it */
    uint32_t *rows_with_here; /* [features] of the fold being left out */
};

static void count_features(const struct matrix *m, size_t row, uint32_t *count, uint32_t by)
{
    for (size_t c = m->start[row]; c < m->start[row + 1]; c++) count[m->cells[c].id] += by;
}

static double known_outside(const struct counting *k, size_t row)
{
    const struct matrix *m = k->set->matrix;
    double all = 0, known = 0;
    for (size_t c = m->start[row]; c < m->start[row + 1]; c++) {
        uint32_t id = m->cells[c].id;
        if (!feature_templates[m->template_of[id]].known || m->block[id] >= BLOCKS) continue;
        all += (double)m->cells[c].count;
        if (k->scale[id] != 0 && k->rows_with[id] - k->rows_with_here[id] >= k->min_rows) known += (double)m->cells[c].count;
    }
    return all > 0 ? known / all : 0;
}

static void count_folds(const struct counting *k, size_t folds, struct known_figures *out)
{
    size_t n = k->set->rows->n;
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++) count_features(k->set->matrix, i, k->rows_with, 1);
    for (size_t f = 0; f < folds; f++) {
        for (size_t i = 0; i < n; i++)
            if (k->fold[i] == f) count_features(k->set->matrix, i, k->rows_with_here, 1);
        for (size_t i = 0; i < n; i++) {
            double x = k->fold[i] == f ? known_outside(k, i) : 0;
            sum += x;
            squares += x * x;
        }
        for (size_t i = 0; i < n; i++)
            if (k->fold[i] == f) count_features(k->set->matrix, i, k->rows_with_here, UINT32_MAX); /* less one */
    }
    out->mean = sum / (double)n;
    out->spread = sqrt(fmax(0, squares / (double)n - out->mean * out->mean));
}

bool drift_known(const struct training_set *set, const double *scale, double min_rows, size_t folds, uint64_t seed, struct known_figures *out,
                 stance_error *err)
{
    size_t n = set->rows->n, features = set->matrix->keys.n;
    struct counting k = {set, scale, min_rows, calloc(n + 1, sizeof *k.all), calloc(n + 1, sizeof *k.fold), calloc(features + 1, sizeof *k.rows_with),
                         calloc(features + 1, sizeof *k.rows_with_here)};
    bool ok = (k.all && k.fold && k.rows_with && k.rows_with_here) || error_nomem(err, "measuring how familiar the rows are");
    for (uint32_t i = 0; ok && i < n; i++) k.all[i] = i;
    ok = ok && folds_split(set->rows, set->cluster, k.all, n, folds, seed, k.fold, err);
    if (ok) count_folds(&k, folds, out);
    free(k.all);
    free(k.fold);
    free(k.rows_with);
    free(k.rows_with_here);
    return ok;
}

void drift_write(const struct known_figures *known, struct strbuf *summary)
{
    strbuf_print(summary, "known n-grams = %.4f\nknown n-grams, spread = %.4f\n", known->mean, known->spread);
}

/* ---- the model's note ---- */

/* The value of the line that begins with what, name and " = ". Nothing is allocated: what has no memory would look like a model without a note. */
static bool noted(stance_str summary, stance_str what, stance_str name, double *out)
{
    while (summary.ptr) {
        stance_str line = str_split(&summary, '\n');
        if (!str_starts(line, what) || !str_starts(str_slice(line, what.len, line.len), name)) continue;
        stance_str value = str_slice(line, what.len + name.len, line.len);
        if (str_starts(value, STR(" = "))) return str_to_double(str_slice(value, 3, value.len), out);
    }
    return false;
}

bool stance_model_profile(const stance_model *model, stance_profile *out)
{
    stance_str summary = stance_model_summary(model);
    bool ok = noted(summary, STR("rows"), STR(""), &out->rows) && out->rows > 0 && noted(summary, STR("known n-grams"), STR(""), &out->known) &&
              noted(summary, STR("known n-grams"), STR(", spread"), &out->known_spread);
    for (size_t l = 0; ok && l < stance_model_labels(model); l++) {
        ok = noted(summary, STR("rows of "), str_of(stance_model_label(model, l)), &out->share[l]);
        out->share[l] /= out->rows;
    }
    return ok;
}

/* ---- when reading ---- */

void stance_seen_add(stance_seen *seen, uint32_t label, double known)
{
    seen->n++;
    seen->known += known;
    if (label < STANCE_MAX_LABELS) seen->of[label]++;
}

void stance_seen_join(stance_seen *seen, const stance_seen *more)
{
    seen->n += more->n;
    seen->known += more->known;
    for (size_t l = 0; l < STANCE_MAX_LABELS; l++) seen->of[l] += more->of[l];
}

/* The distance that n draws from the very mix of the training stay below, but once in a thousand times. */
static double by_chance(const stance_profile *p, size_t labels, size_t n)
{
    double mean = 0;
    for (size_t l = 0; l < labels; l++) mean += sqrt(2 * p->share[l] * (1 - p->share[l]) / (PI * (double)n)) / 2;
    return mean + sqrt(log(1 / CHANCE) / (2 * (double)n));
}

bool stance_drift_of(const stance_model *model, const stance_seen *seen, stance_drift *out)
{
    size_t labels = stance_model_labels(model);
    double n = (double)seen->n;
    *out = (stance_drift){.n = seen->n};
    if (seen->n == 0 || !stance_model_profile(model, &out->trained)) return false;
    out->known = seen->known / n;
    for (size_t l = 0; l < labels; l++) {
        out->share[l] = (double)seen->of[l] / n;
        out->distance += fabs(out->share[l] - out->trained.share[l]) / 2;
    }
    out->chance = by_chance(&out->trained, labels, seen->n);
    if (seen->n < LEAST_ROWS) return true;
    out->unfamiliar = out->known + STANDARD_ERRORS * out->trained.known_spread / sqrt(n) < UNFAMILIAR * out->trained.known;
    out->shifted = out->distance > FAR_MIX + out->chance;
    return true;
}
