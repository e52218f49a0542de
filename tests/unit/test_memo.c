/* SPDX-License-Identifier: MIT
 * memo: the same scores as with every n-gram looked up, whatever was read before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <math.h>

#include "learn/predict.h"
#include "learn_rows.h"

static char path[64];
static struct made_rows made;

static void scores_do_not_depend_on_memory(void **state)
{
    (void)state;
    const char *texts[] = {"banana banana bananas", "an an an", "the bank will surely win the bank", "", "é é éé", "x"};
    assert_true(stance_train(&made.rows, &(stance_train_options){.recipe = "min_rows = 1\ntemperature = 0.5\n"}, path, NULL, NULL));
    stance_model *m = stance_model_open(path, NULL);
    stance_scorer *warm = stance_scorer_new(m, NULL);
    for (size_t round = 0; round < 3; round++)
        for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
            struct feature_facts facts;
            stance_prediction a, b;
            double known, scores[3];
            size_t n;
            stance_statement in = {.text = str_of(texts[i]), .target_span = {STANCE_NONE, STANCE_NONE}};
            stance_scorer *fresh = stance_scorer_new(m, NULL);
            assert_true(stance_score(warm, &in, 0, &a, NULL) && stance_score(fresh, &in, 0, &b, NULL));
            assert_memory_equal(a.p, b.p, sizeof a.p); /* to the last bit: results must not depend on threads */
            const struct value *values = scorer_values(fresh, &in, &n, &facts, &known, NULL);
            predict_scores(m->weights, m->features, m->labels, values, n, scores);
            predict_fill(scores, 3, 0.5, &b);
            for (size_t l = 0; l < 3; l++) assert_true(fabs(a.p[l] - b.p[l]) < 1e-9);
            stance_scorer_free(fresh);
        }
    stance_scorer_free(warm);
    stance_model_free(m);
}

/* n-grams of characters know words, not how often they stand there; nor in which order. */
static void words_count_once(void **state)
{
    (void)state;
    const char *same[] = {"bank win bananas", "win win bananas bank bananas win win", "bananas bank win"};
    assert_true(stance_train(&made.rows, &(stance_train_options){.recipe = "templates = c,c6\nmin_rows = 1\ntemperature = 0.5\n"}, path, NULL, NULL));
    stance_model *m = stance_model_open(path, NULL);
    stance_scorer *s = stance_scorer_new(m, NULL);
    stance_prediction p[3], other;
    for (size_t i = 0; i < 3; i++)
        assert_true(stance_score(s, &(stance_statement){.text = str_of(same[i]), .target_span = {STANCE_NONE, STANCE_NONE}}, 0, &p[i], NULL));
    assert_true(stance_score(s, &(stance_statement){.text = STR("bank win"), .target_span = {STANCE_NONE, STANCE_NONE}}, 0, &other, NULL));
    for (size_t l = 0; l < 3; l++) assert_true(fabs(p[0].p[l] - p[1].p[l]) < 1e-12 && fabs(p[0].p[l] - p[2].p[l]) < 1e-12);
    assert_true(fabs(p[0].p[0] - other.p[0]) > 1e-6);
    stance_scorer_free(s);
    stance_model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(scores_do_not_depend_on_memory), cmocka_unit_test(words_count_once)};
    make_rows(&made);
    snprintf(path, sizeof path, "/tmp/stance-test-memo-%ld", (long)getpid());
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
