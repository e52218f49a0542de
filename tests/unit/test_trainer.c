/* SPDX-License-Identifier: MIT
 * trainer: separates what can be separated; equal runs give equal weights, in threads too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "learn/metrics.h"
#include "learn/parallel.h"
#include "learn/trainer.h"

enum { ROWS = 60, FEATURES = 6, LABELS = 3 };

static struct trainer *filled(size_t labels, unsigned copies)
{
    struct trainer *t = trainer_new(ROWS * copies, ROWS * 2, FEATURES, labels, NULL);
    struct dice dice = {1};
    assert_non_null(t);
    for (size_t i = 0; i < ROWS; i++) {
        uint32_t label = (uint32_t)(i % labels);
        struct value row[] = {{label, 1}, {(uint32_t)(3 + dice_below(&dice, 3)), 0.5}};
        assert_true(trainer_add(t, row, 2, label, copies));
    }
    return t;
}

static void train_once(double *weights, const struct trainer_options *o, size_t labels)
{
    struct trainer *t = filled(labels, 1);
    assert_true(trainer_fit(t, o, weights, NULL));
    trainer_free(t);
}

static void separates_three_labels(void **state)
{
    (void)state;
    for (enum solver solver = SOLVER_SVC; solver < SOLVERS; solver++) {
        double w[(FEATURES + 1) * LABELS] = {0};
        struct trainer_options o = {solver, CLASS_WEIGHT_SQRT, 1, 0.001, NULL, false};
        train_once(w, &o, LABELS);
        for (size_t l = 0; l < LABELS; l++)
            for (size_t other = 0; other < LABELS; other++)
                if (other != l) assert_true(w[l * LABELS + l] > w[l * LABELS + other]);
    }
}

static void two_labels_are_mirrored(void **state)
{
    (void)state;
    double w[(FEATURES + 1) * 2] = {0};
    struct trainer_options o = {SOLVER_SVC, CLASS_WEIGHT_NONE, 1, 0.001, NULL, false};
    train_once(w, &o, 2);
    assert_true(w[0] > 0 && w[2] < 0);
    for (size_t f = 0; f <= FEATURES; f++) assert_true(w[f * 2] == -w[f * 2 + 1]);
}

static void labels_without_rows_are_never_answered(void **state)
{
    (void)state;
    double w[4 * 2] = {0};
    struct trainer *t = trainer_new(2, 2, 3, 2, NULL);
    struct value v = {0, 1};
    assert_true(trainer_add(t, &v, 1, 1, 1) && trainer_add(t, &v, 1, 1, 1));
    assert_false(trainer_add(t, &v, 1, 1, 1));
    struct trainer_options o = {SOLVER_SVC, CLASS_WEIGHT_NONE, 1, 0.01, NULL, false};
    assert_true(trainer_fit(t, &o, w, NULL));
    assert_true(w[6] < w[7]);
    trainer_free(t);
}

struct runs {
    double weights[8][(FEATURES + 1) * LABELS];
};

static bool run(void *ctx, size_t i, stance_error *err)
{
    (void)err;
    struct trainer_options o = {SOLVER_SVC, CLASS_WEIGHT_BALANCED, 0.7, 0.01, NULL, false};
    train_once(((struct runs *)ctx)->weights[i], &o, LABELS);
    return true;
}

static void threads_change_nothing(void **state)
{
    (void)state;
    static struct runs runs;
    assert_true(parallel_run(8, 4, run, &runs, NULL));
    for (size_t i = 1; i < 8; i++) assert_memory_equal(runs.weights[0], runs.weights[i], sizeof runs.weights[0]);
}

static void a_prior_is_in_the_weights(void **state)
{
    (void)state;
    double prior[LABELS * FEATURES], plain[(FEATURES + 1) * LABELS] = {0}, scaled[(FEATURES + 1) * LABELS] = {0};
    for (size_t i = 0; i < LABELS * FEATURES; i++) prior[i] = 1;
    struct trainer_options o = {SOLVER_SVC, CLASS_WEIGHT_NONE, 0.01, 0.001, NULL, false};
    train_once(plain, &o, LABELS);
    o.prior = prior;
    train_once(scaled, &o, LABELS);
    assert_memory_equal(plain, scaled, sizeof plain);
    for (size_t i = 0; i < LABELS * FEATURES; i++) prior[i] = i % FEATURES < 3 ? 4 : 1;
    train_once(scaled, &o, LABELS);
    assert_true(scaled[0] > plain[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(separates_three_labels), cmocka_unit_test(two_labels_are_mirrored), cmocka_unit_test(labels_without_rows_are_never_answered),
        cmocka_unit_test(threads_change_nothing), cmocka_unit_test(a_prior_is_in_the_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
