/* SPDX-License-Identifier: MIT
 * twins: only features of the same rows share a column, and sharing changes no answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>
#include <math.h>

#include "learn/fit.h"
#include "learn_rows.h"

static struct made_rows made;
static struct lexicon lexicon;
static struct matrix matrix;
static uint32_t chosen[MADE_ROWS];

static int begin(void **state)
{
    (void)state;
    struct feature_settings settings = {&lexicon, feature_defaults(), false, 0};
    make_rows(&made);
    for (uint32_t i = 0; i < MADE_ROWS; i++) chosen[i] = i;
    return !matrix_build(&matrix, &settings, &made.rows, NULL);
}

static int end(void **state)
{
    (void)state;
    matrix_free(&matrix);
    return 0;
}

/* The counts of a feature in all rows. */
static void counts_of(uint32_t id, float *count)
{
    for (size_t i = 0; i < MADE_ROWS; i++) {
        count[i] = 0;
        for (size_t c = matrix.start[i]; c < matrix.start[i + 1]; c++)
            if (matrix.cells[c].id == id) count[i] = matrix.cells[c].count;
    }
}

static bool equal_counts(uint32_t a, uint32_t b)
{
    float x[MADE_ROWS], y[MADE_ROWS];
    bool equal = true;
    counts_of(a, x);
    counts_of(b, y);
    for (size_t i = 0; i < MADE_ROWS; i++) equal = equal && x[i] == y[i];
    return equal;
}

static void equal_features_of_a_block_share_a_column(void **state)
{
    (void)state;
    struct twins t;
    struct seen *seen = calloc(matrix.keys.n, sizeof *seen);
    double *scale = calloc(matrix.keys.n, sizeof *scale);
    size_t members = 0, shared = 0, used = 0;
    assert_true(seen && scale);
    for (uint32_t id = 0; id < matrix.keys.n; id++) used += (scale[id] = id % 5 != 0) != 0;
    twins_see(&matrix, chosen, MADE_ROWS, seen);
    assert_true(twins_make(&t, &matrix, seen, scale));
    for (uint32_t id = 0; id < matrix.keys.n; id++) {
        if (id % 5 == 0) {
            assert_true(t.of[id] == NO_ID);
            continue;
        }
        uint32_t first = t.first[t.of[id]];
        assert_true(first <= id && first % 5 != 0 && matrix.block[first] == matrix.block[id]);
        if (first != id && shared++ < 300) assert_true(equal_counts(first, id));
    }
    for (size_t c = 0; c < t.n; c++) {
        members += t.members[c];
        if (c) assert_true(seen[t.first[c - 1]].rows >= seen[t.first[c]].rows || seen[t.first[c]].rows > 60);
        if (c && c < 200) assert_false(matrix.block[t.first[c]] == matrix.block[t.first[c - 1]] && equal_counts(t.first[c], t.first[c - 1]));
    }
    assert_true(members == used && shared > 0 && t.n + shared == used);
    twins_free(&t);
    free(seen);
    free(scale);
}

/* The same training with a column for each feature: what the solver would make of the rows as they are. */
static void score_without_sharing(const struct fit *f, double *scores)
{
    const struct matrix *m = &matrix;
    struct weighting w = recipe_weighting(&f->recipe, f->scale, m->block);
    struct value *values = calloc(m->keys.n, sizeof *values);
    double *weights = calloc((m->keys.n + 1) * 3, sizeof *weights);
    struct trainer *t = trainer_new(MADE_ROWS, m->start[MADE_ROWS], m->keys.n, 3, NULL);
    struct trainer_options o = {f->recipe.solver, f->recipe.class_weight, f->recipe.c, 1e-6, NULL, false};
    assert_true(values && weights && t);
    for (size_t i = 0; i < MADE_ROWS; i++)
        assert_true(trainer_add(t, values, weigh(&w, m->cells + m->start[i], m->start[i + 1] - m->start[i], values), made.row[i].label, 1));
    assert_true(trainer_fit(t, &o, weights, NULL));
    for (size_t i = 0; i < MADE_ROWS; i++) {
        size_t n = weigh(&w, m->cells + m->start[i], m->start[i + 1] - m->start[i], values);
        for (size_t l = 0; l < 3; l++) {
            scores[i * 3 + l] = weights[m->keys.n * 3 + l];
            for (size_t k = 0; k < n; k++) scores[i * 3 + l] += weights[values[k].id * 3 + l] * values[k].x;
        }
    }
    trainer_free(t);
    free(values);
    free(weights);
}

static void sharing_changes_no_answer(void **state)
{
    (void)state;
    struct training_set set = {&made.rows, &matrix, NULL};
    struct recipe recipe = recipe_default();
    struct fit f = {.set = NULL};
    static double expected[MADE_ROWS * 3];
    double scores[3];
    recipe.scale = SCALE_IDF;
    recipe.min_rows = 1;
    assert_true(fit_prepare(&f, &set, &recipe, chosen, MADE_ROWS, NULL, NULL) && f.columns.n < f.used);
    score_without_sharing(&f, expected);
    for (int again = 0; again < 2; again++) { /* the second begins with what the first found */
        assert_true(fit_run(&f, &recipe, 1e-6, NULL));
        for (size_t i = 0; i < MADE_ROWS; i++) {
            fit_score(&f, i, scores);
            for (size_t l = 0; l < 3; l++) assert_true(fabs(scores[l] - expected[i * 3 + l]) < 1e-4);
        }
    }
    fit_free(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(equal_features_of_a_block_share_a_column), cmocka_unit_test(sharing_changes_no_answer)};
    return cmocka_run_group_tests(tests, begin, end);
}
