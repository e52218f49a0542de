/* SPDX-License-Identifier: MIT
 * Tests of tag_tuning: which shift is chosen from counts, and what is counted in an article. */
#include <math.h>

#include "test_gold_help.h"
#include "views/tag_tuning.h"
#include "views/views_model.h"

static void the_steps_are_even_and_begin_below_zero(void **state)
{
    (void)state;
    assert_true(fabs(recall_of(0) + 0.8) < 1e-9 && recall_of(RECALL_STEPS / 2) == 0 && fabs(recall_of(RECALL_STEPS - 1) - 0.8) < 1e-9);
}

/* Of 100,000 contents so many more are found with each step, of which all, up to a step, are right. */
static struct recall_counts made(size_t last_right)
{
    struct recall_counts c = {.marked = 100000};
    for (size_t k = 0; k < RECALL_STEPS; k++) {
        c.found[k] = 50000 + 2000 * k;
        c.right[k] = 50000 + 2000 * (k < last_right ? k : last_right);
    }
    return c;
}

static void the_best_f1_is_chosen(void **state)
{
    (void)state;
    double f1;
    struct recall_counts c = made(12);
    assert_true(fabs(recall_best(&c, &f1) - recall_of(12)) < 0.11 && f1 > 0.84 && f1 < 0.86);
    c = made(3);
    assert_true(fabs(recall_best(&c, NULL) - recall_of(3)) < 0.11);
    c = made(100);
    assert_true(recall_best(&c, NULL) == recall_of(RECALL_STEPS - 1));
}

static void nothing_to_choose_by_is_no_shift(void **state)
{
    (void)state;
    struct recall_counts none = {.marked = 0}, level = {.marked = 10};
    for (size_t k = 0; k < RECALL_STEPS; k++) level.found[k] = level.right[k] = 5;
    assert_true(recall_best(&none, NULL) == 0 && recall_best(&level, NULL) == 0);
}

static void one_lucky_step_does_not_win(void **state)
{
    (void)state;
    struct recall_counts c = made(12);
    c.right[1] += 6000; /* F1 0.750 there, where its neighbours have 0.67 */
    assert_true(recall_best(&c, NULL) > 0.2);
}

static void small_gains_on_few_contents_are_not_taken(void **state)
{
    (void)state;
    struct recall_counts c = made(12);
    assert_true(recall_best(&c, NULL) > 0.2);
    c.marked /= 1000;
    for (size_t k = 0; k < RECALL_STEPS; k++) c.found[k] /= 1000, c.right[k] /= 1000;
    assert_true(recall_best(&c, NULL) < 0.2);
}

static void contents_are_counted_in_every_step(void **state)
{
    (void)state;
    stance_error err = {0};
    struct arena arena = {0};
    struct language language = {0};
    struct recall_counts c = {.marked = 0};
    stance_gold *gold = help_gold(6);
    help_name(state);
    help_train(gold, help_path, NULL);
    stance_views_model *m = help_open_model(help_path);
    assert_true(language_load(&language, NULL, &err));
    size_t contents = 0;
    for (size_t i = 0; i < stance_gold_count(gold); i++) {
        assert_true(recall_count(&c, &language, &arena, stance_gold_get(gold, i), views_model_weights(m), &err));
        contents += stance_gold_get(gold, i)->n;
    }
    assert_int_equal(c.marked, contents);
    for (size_t k = 0; k < RECALL_STEPS; k++) assert_true(c.right[k] <= c.found[k] && c.right[k] * 10 >= contents * 8);
    assert_true(c.found[RECALL_STEPS - 1] >= c.found[0]);
    stance_views_model_free(m);
    language_free(&language);
    arena_free(&arena);
    stance_gold_free(gold);
    help_remove(state);
}

/* Only where the tagger alone loses against the rules is it kept out. */
static void sorts_that_lose_are_left_out(void **state)
{
    (void)state;
    struct recall_counts c = {.marked = 1000};
    for (size_t k = 0; k <= SORT_NONE; k++) c.found[k] = 1000, c.right[k] = 800;
    assert_int_equal(scope_best(&c), TAG_EVERYWHERE);
    c.right[SORT_MIXED] = 801, c.right[SORT_DIRECT] = 799, c.found[SORT_WEAK_CUE] = 1010, c.found[SORT_CUE] = 1010, c.right[SORT_CUE] = 806;
    assert_int_equal(scope_best(&c), TAG_EVERYWHERE & ~(1u << SORT_DIRECT | 1u << SORT_WEAK_CUE));
}

/* A tagger that finds nothing takes away the contents of the sort that it looks at, and no others. */
static void each_sort_is_tried_alone(void **state)
{
    (void)state;
    stance_error err = {0};
    struct arena arena = {0};
    struct language language = {0};
    struct recall_counts c = {.marked = 0};
    struct tag_table_parts table;
    struct tag_weights *w = calloc(1, sizeof *w);
    stance_gold_article g = {.text = {"Mary Cole said that rain had come. \"It is wet,\" she said. She hoped that snow would follow.", 0}};
    assert_non_null(w);
    assert_true(tag_table_build(&table, NULL, NULL, 0, NULL) && language_load(&language, NULL, &err));
    *w = (struct tag_weights){.table = table.view, .bias = {9, -9, -9}};
    tag_curve(w->curve);
    g.text.len = strlen(g.text.ptr);
    assert_true(scope_count(&c, &language, &arena, &g, w, &err));
    assert_int_equal(c.found[SORT_NONE], 3); /* the rules alone */
    assert_int_equal(c.found[SORT_INDIRECT], 1);
    assert_int_equal(c.found[SORT_DIRECT], 2);
    assert_int_equal(c.found[SORT_UNCLAIMED], 3);
    tag_table_free(&table);
    language_free(&language);
    arena_free(&arena);
    free(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_steps_are_even_and_begin_below_zero), cmocka_unit_test(the_best_f1_is_chosen), cmocka_unit_test(nothing_to_choose_by_is_no_shift),
        cmocka_unit_test(one_lucky_step_does_not_win), cmocka_unit_test(small_gains_on_few_contents_are_not_taken),
        cmocka_unit_test(contents_are_counted_in_every_step), cmocka_unit_test(sorts_that_lose_are_left_out), cmocka_unit_test(each_sort_is_tried_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
