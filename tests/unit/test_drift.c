/* SPDX-License-Identifier: MIT
 * drift: what training notes equals a count by hand; texts and label mixes like the training's are left in peace, others are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <math.h>

#include "learn/drift.h"
#include "learn/folds.h"
#include "learn_rows.h"

static char path[64];
static struct made_rows made;
static const char plain[] = "min_rows = 1\ntemperature = 0.5\n";

static stance_model *train(void)
{
    assert_true(stance_train(&made.rows, &(stance_train_options){.recipe = plain}, path, NULL, NULL));
    return stance_model_open(path, NULL);
}

static void training_notes_what_other_folds_know(void **state)
{
    (void)state;
    stance_profile noted;
    stance_prediction out[MADE_ROWS];
    double mean = 0, squares = 0;
    stance_model *m = train();
    assert_true(stance_model_profile(m, &noted));
    assert_true(noted.rows == MADE_ROWS && fabs(noted.share[1] - 1.0 / 3) < 1e-9);
    uint32_t fold[MADE_ROWS], cluster[MADE_ROWS], all[MADE_ROWS];
    for (uint32_t i = 0; i < MADE_ROWS; i++) all[i] = i;
    assert_true(folds_cluster(&made.rows, cluster, NULL, NULL) && folds_split(&made.rows, cluster, all, MADE_ROWS, 5, 0, fold, NULL));
    assert_true(stance_cross_validate(&made.rows, &(stance_train_options){.recipe = plain}, 5, fold, out, NULL));
    for (size_t i = 0; i < MADE_ROWS; i++) {
        mean += out[i].known / MADE_ROWS;
        squares += out[i].known * out[i].known / MADE_ROWS;
    }
    assert_true(fabs(noted.known - mean) < 1e-4 && fabs(noted.known_spread - sqrt(squares - mean * mean)) < 1e-4);
    assert_true(noted.known > 0.1 && noted.known < 1);
    stance_model_free(m);
}

/* n predictions in the shares given (in tenths), each with this known. */
static stance_seen seen_of(size_t n, const size_t *tenths, double known)
{
    stance_seen seen = {0};
    for (size_t i = 0; i < n; i++) {
        uint32_t label = 0;
        for (size_t sum = tenths[0]; i % 10 >= sum; sum += tenths[label]) label++;
        stance_seen_add(&seen, label, known);
    }
    return seen;
}

static void only_clear_differences_count(void **state)
{
    (void)state;
    static const size_t even[] = {3, 3, 4}, leaning[] = {5, 3, 2}, far[] = {9, 1, 0};
    stance_drift d;
    stance_profile t;
    stance_model *m = train();
    assert_true(stance_model_profile(m, &t));
    const struct {
        size_t n;
        const size_t *mix;
        double known;
        bool unfamiliar, shifted;
    } cases[] = {{1000, even, 1, false, false},    {1000, even, 0.8, false, false},  {1000, even, 0.5, true, false}, {90, far, 0.1, false, false},
                 {1000, leaning, 1, false, false}, {1000, far, 1, false, true},      {1000, far, 0.3, true, true},   {100, far, 0.3, true, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stance_seen seen = seen_of(cases[i].n, cases[i].mix, cases[i].known * t.known);
        assert_true(stance_drift_of(m, &seen, &d));
        assert_true(fabs(d.known - cases[i].known * t.known) < 1e-9 && d.n == cases[i].n);
        assert_int_equal(d.unfamiliar, cases[i].unfamiliar);
        assert_int_equal(d.shifted, cases[i].shifted);
    }
    assert_false(stance_drift_of(m, &(stance_seen){0}, &d));
    stance_model_free(m);
}

/* Draws from the training's own mix stay below what is called chance. */
static void chance_is_a_bound(void **state)
{
    (void)state;
    struct dice dice = {3};
    stance_drift d;
    stance_model *m = train();
    for (size_t round = 0; round < 500; round++) {
        stance_seen half[2] = {{0}, {0}};
        for (size_t i = 0; i < 50; i++) stance_seen_add(&half[i % 2], (uint32_t)dice_below(&dice, 3), 1);
        stance_seen_join(&half[0], &half[1]);
        assert_true(half[0].n == 50 && half[0].known == 50 && stance_drift_of(m, &half[0], &d));
        assert_true(d.distance <= d.chance);
    }
    stance_model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(training_notes_what_other_folds_know), cmocka_unit_test(only_clear_differences_count),
                                       cmocka_unit_test(chance_is_a_bound)};
    make_rows(&made);
    snprintf(path, sizeof path, "/tmp/stance-test-drift-%ld", (long)getpid());
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
