/* SPDX-License-Identifier: MIT
 * tuning: keeps what is fixed, measures without search, repeats itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <math.h>

#include "learn/folds.h"
#include "learn/tuning.h"
#include "learn_rows.h"

static struct made_rows made;
static struct lexicon lexicon;
static struct matrix matrix;
static uint32_t cluster[MADE_ROWS], all[MADE_ROWS];

static int begin(void **state)
{
    (void)state;
    struct feature_settings settings = {&lexicon, feature_defaults(), false, 0};
    make_rows(&made);
    for (uint32_t i = 0; i < MADE_ROWS; i++) all[i] = i;
    return !(folds_cluster(&made.rows, cluster, NULL, NULL) && matrix_build(&matrix, &settings, &made.rows, NULL));
}

static int end(void **state)
{
    (void)state;
    matrix_free(&matrix);
    return 0;
}

static struct tuning_result tuned(struct tuning_options o)
{
    struct training_set set = {&made.rows, &matrix, cluster};
    struct tuning_result result;
    o.start = recipe_default();
    o.start.copies = COPIES_OFF;
    o.folds = 3;
    assert_true(tune(&set, all, MADE_ROWS, &o, &result, NULL));
    assert_true(result.recipe.temperature > 0);
    return result;
}

static void measures_without_search(void **state)
{
    (void)state;
    struct tuning_result r = tuned((struct tuning_options){.search = false});
    assert_int_equal(r.tried, 1);
    assert_true(r.recipe.c == recipe_default().c && r.macro_f1 > 0.5 && r.accuracy > 0.5);
}

static void keeps_what_is_fixed(void **state)
{
    (void)state;
    struct tuning_result r = tuned((struct tuning_options){.search = true, .fixed_c = true, .fixed_class_weight = true});
    assert_true(r.recipe.c == recipe_default().c);
    assert_int_equal(r.recipe.class_weight, recipe_default().class_weight);
    assert_true(r.tried > 1);
}

static void searches_the_same_way_with_threads(void **state)
{
    (void)state;
    struct tuning_result a = tuned((struct tuning_options){.search = true}), b = tuned((struct tuning_options){.search = true, .threads = 3});
    assert_true(a.recipe.c == b.recipe.c && a.recipe.temperature == b.recipe.temperature && a.macro_f1 == b.macro_f1 && a.tried == b.tried);
    assert_true(a.macro_f1 >= tuned((struct tuning_options){.search = false}).macro_f1);
}

static void a_spent_budget_stops_after_the_first_step(void **state)
{
    (void)state;
    struct tuning_result full = tuned((struct tuning_options){.search = true}), cut = tuned((struct tuning_options){.search = true, .budget_seconds = 1e-9});
    assert_true(cut.tried < full.tried);
    struct tuning_result one = tuned((struct tuning_options){.search = false});
    assert_true(cut.macro_f1 != one.macro_f1 && fabs(cut.macro_f1 - one.macro_f1) < 0.2); /* of the racing folds alone */
    assert_true(cut.fit_seconds > 0 && cut.recipe.temperature > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_without_search), cmocka_unit_test(keeps_what_is_fixed), cmocka_unit_test(searches_the_same_way_with_threads),
        cmocka_unit_test(a_spent_budget_stops_after_the_first_step),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
