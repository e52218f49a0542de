/* SPDX-License-Identifier: MIT
 * memory: estimates grow with the rows; what does not fit is refused with the figure. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"
#include "learn/memory.h"
#include "learn_rows.h"

enum { MANY = 20000 };
static struct made_rows made;
static stance_row many[MANY];

static void grows_with_rows_and_threads(void **state)
{
    (void)state;
    struct lexicon lexicon = {0};
    struct feature_settings settings = {&lexicon, feature_defaults(), false, 0};
    stance_rows rows = {many, MANY, made_labels, 3};
    double all, half, two, few;
    assert_true(memory_estimate(&rows, &settings, 1, &all, NULL) && memory_estimate(&rows, &settings, 2, &two, NULL));
    rows.n = MANY / 2;
    assert_true(memory_estimate(&rows, &settings, 1, &half, NULL));
    assert_true(all > 1.5 * half && two > 1.3 * all);
    rows.n = 100;
    assert_true(memory_estimate(&rows, &settings, 1, &few, NULL) && few > 0 && few < half);
    assert_true(memory_available() != 0 || access("/proc/meminfo", R_OK) != 0); /* nobody else tells */
}

static void refuses_with_figure_and_remedy(void **state)
{
    (void)state;
    stance_error err;
    stance_rows rows = {many, MANY, made_labels, 3};
    assert_false(stance_train(&rows, &(stance_train_options){.max_memory = 1000000}, "/nowhere/x", NULL, &err));
    assert_int_equal(err.code, STANCE_NOMEM);
    assert_non_null(strstr(err.text, " MB"));
    assert_non_null(strstr(err.text, "--hash-bits"));
    rows.n = 100; /* few rows are looked at when a limit is given */
    assert_false(stance_train(&rows, &(stance_train_options){.max_memory = 10000}, "/nowhere/x", NULL, &err));
    assert_int_equal(err.code, STANCE_NOMEM);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(grows_with_rows_and_threads), cmocka_unit_test(refuses_with_figure_and_remedy)};
    make_rows(&made);
    for (size_t i = 0; i < MANY; i++) many[i] = made.row[i % MADE_ROWS];
    return cmocka_run_group_tests(tests, NULL, NULL);
}
