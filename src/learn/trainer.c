/* SPDX-License-Identifier: MIT
 * trainer: the one home of liblinear.
 * Method: one label against the rest, by the primal solvers 0 (L2R_LR) and 2 (L2R_L2LOSS_SVC), which use no random numbers; positives of
 * rare labels weigh more. Several threads may train at once: these solvers touch no global but the print hook, set once (liblinear
 * 2.3.0 and 2.50 read). Limits: row weights count by repetition, in whole numbers. */
#include "trainer.h"

#include <limits.h>
#include <linear.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"

struct trainer {
    size_t rows, cells, features, labels, cap_rows, cap_cells;
    struct feature_node *nodes;  /* [cells]: each row its values, the bias, the end mark */
    double *plain;               /* [cells] values without a prior, made when one is used */
    struct feature_node **x;     /* [rows] */
    uint32_t *label;             /* [rows] */
    double *y;                   /* [rows] 1 or -1 */
    double *start;               /* [features + 1] for a warm start */
    size_t *count;               /* [labels] rows */
};

static void be_quiet(const char *text)
{
    (void)text;
}

static void silence(void)
{
    set_print_string_function(be_quiet);
}

/* liblinear's print hook is process-wide; the first training sets it, and no other state here is global. */
static void silence_once(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, silence);
}

struct trainer *trainer_new(size_t rows, size_t cells, size_t features, size_t labels, stance_error *err)
{
    struct trainer *t = calloc(1, sizeof *t);
    if (features >= INT_MAX - 2 || rows >= INT_MAX || cells > SIZE_MAX / 32 - 2 * rows) goto fail;
    if (!t) goto fail;
    t->features = features;
    t->labels = labels;
    t->cap_rows = rows;
    t->cap_cells = cells + 2 * rows;
    t->nodes = malloc((t->cap_cells + 1) * sizeof *t->nodes); /* only what is filled is touched */
    t->x = calloc(rows + 1, sizeof *t->x);
    t->label = calloc(rows + 1, sizeof *t->label);
    t->y = calloc(rows + 1, sizeof *t->y);
    t->start = calloc(features + 1, sizeof *t->start);
    t->count = calloc(labels + 1, sizeof *t->count);
    if (t->nodes && t->x && t->label && t->y && t->start && t->count) return t;
fail:
    trainer_free(t);
    error_nomem(err, "preparing the training");
    return NULL;
}

void trainer_free(struct trainer *t)
{
    if (!t) return;
    free(t->nodes);
    free(t->plain);
    free(t->x);
    free(t->label);
    free(t->y);
    free(t->start);
    free(t->count);
    free(t);
}

bool trainer_add(struct trainer *t, const struct value *values, size_t n, uint32_t label, unsigned copies)
{
    if (t->cells + n + 2 > t->cap_cells || t->rows + copies > t->cap_rows) return false;
    struct feature_node *row = t->nodes + t->cells;
    for (size_t i = 0; i < n; i++) row[i] = (struct feature_node){(int)values[i].id + 1, values[i].x};
    row[n] = (struct feature_node){(int)t->features + 1, 1};
    row[n + 1] = (struct feature_node){-1, 0};
    t->cells += n + 2;
    for (unsigned k = 0; k < copies; k++) {
        t->x[t->rows] = row;
        t->label[t->rows++] = label;
    }
    t->count[label] += copies;
    return true;
}

/* Values times the label's prior; the plain ones are kept aside. */
static bool apply_prior(struct trainer *t, const double *prior)
{
    if (!t->plain) {
        t->plain = malloc((t->cells + 1) * sizeof *t->plain);
        if (!t->plain) return false;
        for (size_t i = 0; i < t->cells; i++) t->plain[i] = t->nodes[i].value;
    }
    for (size_t i = 0; i < t->cells; i++) {
        int index = t->nodes[i].index;
        bool feature = index > 0 && (size_t)index <= t->features;
        t->nodes[i].value = feature && prior ? t->plain[i] * prior[index - 1] : t->plain[i];
    }
    return true;
}

static double class_factor(const struct trainer *t, enum class_weight kind, size_t label)
{
    double balanced = (double)t->rows / ((double)t->labels * (double)t->count[label]);
    switch (kind) {
    case CLASS_WEIGHT_SQRT: return sqrt(balanced);
    case CLASS_WEIGHT_BALANCED: return balanced;
    case CLASS_WEIGHT_NONE: case CLASS_WEIGHTS: break;
    }
    return 1;
}

static struct parameter parameters(const struct trainer_options *o, int *names, double *factors)
{
    struct parameter p = {.solver_type = o->solver == SOLVER_LR ? L2R_LR : L2R_L2LOSS_SVC, .eps = o->eps, .C = o->c};
    p.nr_weight = 2;
    p.weight_label = names;
    p.weight = factors;
    p.p = 0.1;
#if LIBLINEAR_VERSION >= 240
    p.nu = 0.5;
    p.regularize_bias = 1;
#endif
#if LIBLINEAR_VERSION >= 250
    p.w_recalc = false;
#endif
    return p;
}

static void take_weights(const struct trainer *t, const struct model *m, const double *prior, size_t label, double *weights)
{
    double sign = m->nr_class == 2 && m->label[0] != 1 ? -1 : 1;
    for (size_t f = 0; f <= t->features; f++)
        weights[f * t->labels + label] = sign * m->w[f] * (prior && f < t->features ? prior[f] : 1);
}

static bool fit_label(struct trainer *t, const struct trainer_options *o, size_t label, double *weights, stance_error *err)
{
    const double *prior = o->prior ? o->prior + label * t->features : NULL;
    int names[] = {1, -1};
    double factors[] = {class_factor(t, o->class_weight, label), 1};
    struct parameter p = parameters(o, names, factors);
    struct problem problem = {.l = (int)t->rows, .n = (int)t->features + 1, .y = t->y, .x = t->x, .bias = 1};
    for (size_t i = 0; i < t->rows; i++) t->y[i] = t->label[i] == label ? 1 : -1;
    if ((o->prior || t->plain) && !apply_prior(t, prior)) return error_nomem(err, "training");
    if (o->warm) {
        for (size_t f = 0; f <= t->features; f++) t->start[f] = weights[f * t->labels + label] / (prior && f < t->features ? prior[f] : 1);
        p.init_sol = t->start;
    }
    const char *wrong = check_parameter(&problem, &p);
    if (wrong) return error_set(err, STANCE_USAGE, 0, "training settings refused: %s", wrong);
    struct model *m = train(&problem, &p);
    if (!m) return error_nomem(err, "training");
    take_weights(t, m, prior, label, weights);
    free_and_destroy_model(&m);
    return true;
}

/* A label with no rows, or with all rows, has nothing to separate: always or never. */
static void constant(const struct trainer *t, size_t label, double *weights)
{
    for (size_t f = 0; f < t->features; f++) weights[f * t->labels + label] = 0;
    weights[t->features * t->labels + label] = t->count[label] ? 1 : -1;
}

bool trainer_fit(struct trainer *t, const struct trainer_options *o, double *weights, stance_error *err)
{
    silence_once();
    size_t separate = t->labels == 2 ? 1 : t->labels; /* two labels share one boundary */
    for (size_t label = 0; label < separate; label++) {
        if (t->count[label] == 0 || t->count[label] == t->rows) constant(t, label, weights);
        else if (!fit_label(t, o, label, weights, err)) return false;
    }
    for (size_t f = 0; separate == 1 && f <= t->features; f++) weights[f * 2 + 1] = -weights[f * 2];
    return true;
}
