/* SPDX-License-Identifier: MIT
 * predict: the same numbers as liblinear's own predict_values; save and open change nothing; abstention. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <linear.h>
#include <math.h>

#include "learn/fit.h"
#include "learn/predict.h"
#include "learn_rows.h"

static char path[64];
static struct made_rows made;

/* liblinear's model over our weights: its layout is [feature][label] with the bias last, as ours. */
static void liblinear_scores(const stance_model *m, const struct value *values, size_t n, double *out)
{
    int names[] = {0, 1, 2};
    struct model theirs;
    struct feature_node *x = calloc(n + 2, sizeof *x);
    memset(&theirs, 0, sizeof theirs);
    theirs.param.solver_type = L2R_L2LOSS_SVC;
    theirs.nr_class = (int)m->labels;
    theirs.nr_feature = (int)m->features;
    theirs.w = (double *)(uintptr_t)m->weights;
    theirs.label = names;
    theirs.bias = 1;
    assert_non_null(x);
    for (size_t i = 0; i < n; i++) x[i] = (struct feature_node){(int)values[i].id + 1, values[i].x};
    x[n] = (struct feature_node){(int)m->features + 1, 1};
    x[n + 1] = (struct feature_node){-1, 0};
    predict_values(&theirs, x, out);
    free(x);
}

static void equals_liblinear(void **state)
{
    (void)state;
    stance_train_options o = {.recipe = "min_rows = 1\nscale = nb\ntemperature = 0.8\n"};
    assert_true(stance_train(&made.rows, &o, path, NULL, NULL));
    stance_model *m = stance_model_open(path, NULL);
    stance_scorer *s = stance_scorer_new(m, NULL);
    for (size_t i = 0; i < MADE_ROWS; i++) {
        struct feature_facts facts;
        double known, theirs[3], ours[3];
        size_t n;
        const struct value *values = scorer_values(s, &made.row[i].in, &n, &facts, &known, NULL);
        assert_non_null(values);
        liblinear_scores(m, values, n, theirs);
        predict_scores(m->weights, m->features, m->labels, values, n, ours);
        for (size_t l = 0; l < 3; l++) assert_true(fabs(theirs[l] - ours[l]) < 1e-9);
    }
    stance_scorer_free(s);
    stance_model_free(m);
}

/* The path of training (matrix, fit) and the path of scoring (map) give the same probabilities. */
static void saved_model_scores_as_the_fit_in_memory(void **state)
{
    (void)state;
    const char *text = "min_rows = 2\nc = 0.5\ncopies = off\ntemperature = 0.7\n";
    struct lexicon lexicon = {0};
    struct matrix matrix;
    struct recipe recipe = recipe_default();
    uint32_t all[MADE_ROWS];
    struct fit fit = {.set = NULL};
    assert_true(recipe_read(&recipe, str_of(text), NULL) && lexicon_add_builtin(&lexicon, NULL));
    struct feature_settings settings = {&lexicon, recipe.templates, false, 0};
    assert_true(matrix_build(&matrix, &settings, &made.rows, NULL));
    struct training_set set = {&made.rows, &matrix, NULL};
    for (uint32_t i = 0; i < MADE_ROWS; i++) all[i] = i;
    assert_true(fit_prepare(&fit, &set, &recipe, all, MADE_ROWS, NULL, NULL) && fit_run(&fit, &recipe, 0.01, NULL));
    assert_true(stance_train(&made.rows, &(stance_train_options){.recipe = text}, path, NULL, NULL));
    stance_model *m = stance_model_open(path, NULL);
    stance_scorer *s = stance_scorer_new(m, NULL);
    for (size_t i = 0; i < MADE_ROWS; i++) {
        double scores[3];
        stance_prediction expected, got;
        fit_score(&fit, i, scores);
        predict_fill(scores, 3, 0.7, &expected);
        assert_true(stance_score(s, &made.row[i].in, 0, &got, NULL));
        assert_int_equal(got.label, expected.label);
        for (size_t l = 0; l < 3; l++) assert_true(fabs(got.p[l] - expected.p[l]) < 1e-9);
        assert_true(fabs(got.known - known_share(&matrix, fit.scale, i)) < 1e-12);
    }
    stance_scorer_free(s);
    stance_model_free(m);
    fit_free(&fit);
    matrix_free(&matrix);
    lexicon_free(&lexicon);
}

static void probabilities_sum_to_one(void **state)
{
    (void)state;
    const double scores[] = {800, -900, 799.5, 0};
    stance_prediction p;
    predict_fill(scores, 4, 0.5, &p);
    assert_int_equal(p.label, 0);
    assert_true(fabs(p.p[0] + p.p[1] + p.p[2] + p.p[3] - 1) < 1e-12);
    assert_true(fabs(p.margin - (p.p[0] - p.p[2])) < 1e-12);
}

static void abstains_for_a_reason(void **state)
{
    (void)state;
    stance_prediction p = {.margin = 0.3, .known = 0.9};
    struct feature_facts english = {20, 8}, german = {20, 0};
    assert_int_equal(predict_abstention(&p, &english, 0), STANCE_CERTAIN);
    assert_int_equal(predict_abstention(&p, &english, 0.5), STANCE_LOW_MARGIN);
    p.known = 0.1;
    assert_int_equal(predict_abstention(&p, &english, 0.5), STANCE_FEW_KNOWN);
    assert_int_equal(predict_abstention(&p, &german, 0.5), STANCE_NOT_ENGLISH);
}

static void odd_texts_are_scored(void **state)
{
    (void)state;
    static const char nul[] = "win\0fail";
    const stance_str texts[] = {STR(""), STR(" "), STR("😀😀"), {nul, sizeof nul - 1}, STR("#"), STR("@"), STR("$ % +5 -")};
    assert_true(stance_train(&made.rows, &(stance_train_options){.recipe = "temperature = 1\n"}, path, NULL, NULL));
    stance_model *m = stance_model_open(path, NULL);
    stance_scorer *s = stance_scorer_new(m, NULL);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        stance_prediction p;
        stance_statement in = {.text = texts[i], .target = STR("win"), .target_span = {STANCE_NONE, STANCE_NONE}, .cue = STR("say")};
        assert_true(stance_score(s, &in, 0, &p, NULL));
        assert_true(fabs(p.p[0] + p.p[1] + p.p[2] - 1) < 1e-9);
    }
    stance_scorer_free(s);
    stance_model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_liblinear), cmocka_unit_test(saved_model_scores_as_the_fit_in_memory), cmocka_unit_test(probabilities_sum_to_one),
        cmocka_unit_test(abstains_for_a_reason), cmocka_unit_test(odd_texts_are_scored),
    };
    make_rows(&made);
    snprintf(path, sizeof path, "/tmp/stance-test-predict-%ld", (long)getpid());
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
