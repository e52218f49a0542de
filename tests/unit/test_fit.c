/* SPDX-License-Identifier: MIT
 * fit: weighting is learnt from the chosen rows alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "learn/fit.h"
#include "learn_rows.h"

static struct made_rows made;
static struct lexicon lexicon;
static struct matrix matrix;

static int begin(void **state)
{
    (void)state;
    struct feature_settings settings = {&lexicon, feature_defaults(), false, 0};
    make_rows(&made);
    return !matrix_build(&matrix, &settings, &made.rows, NULL);
}

static int end(void **state)
{
    (void)state;
    matrix_free(&matrix);
    return 0;
}

static void idf_counts_training_rows_only(void **state)
{
    (void)state;
    struct training_set set = {&made.rows, &matrix, NULL};
    struct recipe recipe = recipe_default();
    struct fit f = {.set = NULL};
    uint32_t chosen[20];
    size_t with = 0;
    uint32_t id = dictionary_find(&matrix.keys, piece_of(STR("w1=number")).hash), bank = dictionary_find(&matrix.keys, piece_of(STR("w1=bank")).hash);
    for (uint32_t i = 0; i < 20; i++) chosen[i] = i;
    for (size_t c = 0; c < matrix.start[20]; c++) with += matrix.cells[c].id == bank;
    assert_true(fit_prepare(&f, &set, &recipe, chosen, 20, NULL, NULL));
    assert_true(fabs(f.scale[id] - 1) < 1e-12);
    assert_true((double)with < recipe.min_rows ? f.scale[bank] == 0 : fabs(f.scale[bank] - (log(21.0 / (1 + (double)with)) + 1)) < 1e-12);
    fit_free(&f);
}

static void features_can_be_shut_out(void **state)
{
    (void)state;
    struct training_set set = {&made.rows, &matrix, NULL};
    struct recipe recipe = recipe_default();
    struct fit f = {.set = NULL};
    uint32_t chosen[MADE_ROWS];
    static uint8_t keep[100000];
    double scores[3];
    assert_true(matrix.keys.n < sizeof keep);
    for (uint32_t i = 0; i < MADE_ROWS; i++) chosen[i] = i;
    assert_true(fit_prepare(&f, &set, &recipe, chosen, MADE_ROWS, keep, NULL) && fit_run(&f, &recipe, 0.01, NULL));
    fit_score(&f, 0, scores);
    for (size_t l = 0; l < 3; l++) assert_true(scores[l] == fit_bias(&f)[l]);
    recipe.min_rows = 5;
    assert_false(fit_serves(&f, &recipe));
    fit_free(&f);
}

static void row_weights_count_by_repetition(void **state)
{
    (void)state;
    struct training_set set = {&made.rows, &matrix, NULL};
    struct recipe recipe = recipe_default();
    struct fit once = {.set = NULL}, thrice = {.set = NULL};
    uint32_t chosen[MADE_ROWS + 2] = {1, 1};
    double a[3], b[3];
    for (uint32_t i = 0; i < MADE_ROWS; i++) chosen[i + 2] = i;
    assert_true(fit_prepare(&once, &set, &recipe, chosen + 2, MADE_ROWS, NULL, NULL) && fit_run(&once, &recipe, 0.001, NULL));
    made.row[1].weight = 3;
    assert_true(fit_prepare(&thrice, &set, &recipe, chosen + 2, MADE_ROWS, NULL, NULL) && fit_run(&thrice, &recipe, 0.001, NULL));
    made.row[1].weight = 1;
    fit_score(&once, 1, a);
    fit_score(&thrice, 1, b);
    assert_true(b[made.row[1].label] > a[made.row[1].label]);
    fit_free(&once);
    fit_free(&thrice);
}

static void odds_shift_the_scores_of_their_label(void **state)
{
    (void)state;
    struct training_set set = {&made.rows, &matrix, NULL};
    struct recipe recipe = recipe_default();
    struct fit f = {.set = NULL};
    uint32_t chosen[MADE_ROWS];
    double plain[3], shifted[3];
    for (uint32_t i = 0; i < MADE_ROWS; i++) chosen[i] = i;
    assert_true(fit_prepare(&f, &set, &recipe, chosen, MADE_ROWS, NULL, NULL) && fit_run(&f, &recipe, 0.001, NULL));
    fit_score(&f, 0, plain);
    fit_free(&f);
    assert_true(recipe_read(&recipe, STR("temperature = 0.5\nodds = neutral 2\n"), NULL));
    assert_true(fit_prepare(&f, &set, &recipe, chosen, MADE_ROWS, NULL, NULL) && fit_run(&f, &recipe, 0.001, NULL));
    fit_score(&f, 0, shifted);
    fit_free(&f);
    assert_true(fabs(shifted[0] - plain[0]) < 1e-9 && fabs(shifted[2] - plain[2] - 0.5 * log(2)) < 1e-9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(idf_counts_training_rows_only), cmocka_unit_test(features_can_be_shut_out),
        cmocka_unit_test(row_weights_count_by_repetition),
        cmocka_unit_test(odds_shift_the_scores_of_their_label),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
