/* SPDX-License-Identifier: MIT
 * parallel: every task once; a failure is reported. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/error.h"
#include "learn/parallel.h"

static bool count(void *ctx, size_t i, stance_error *err)
{
    (void)err;
    ((int *)ctx)[i]++;
    return true;
}

static bool fail_at_three(void *ctx, size_t i, stance_error *err)
{
    (void)ctx;
    return i != 3 || error_set(err, STANCE_INPUT, i, "task %zu", i);
}

static void runs_each_task_once(void **state)
{
    (void)state;
    for (unsigned threads = 0; threads < 5; threads++) {
        int done[100] = {0};
        assert_true(parallel_run(100, threads, count, done, NULL));
        for (size_t i = 0; i < 100; i++) assert_int_equal(done[i], 1);
    }
}

static void reports_a_failure(void **state)
{
    (void)state;
    stance_error err;
    assert_false(parallel_run(9, 3, fail_at_three, NULL, &err));
    assert_int_equal(err.offset, 3);
    assert_true(parallel_run(0, 3, fail_at_three, NULL, &err));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(runs_each_task_once), cmocka_unit_test(reports_a_failure)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
