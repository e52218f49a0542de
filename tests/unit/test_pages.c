/* SPDX-License-Identifier: MIT
 * Tests of pages: zeroed, aligned, as large as asked for; what cannot be had is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/pages.h"

static void memory_is_zero_and_aligned(void **state)
{
    (void)state;
    static const size_t sizes[] = {0, 1, 64, 4096, (2 << 20) - 1, 2 << 20, (5 << 20) + 3};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        unsigned char *at = pages_take(sizes[i]);
        assert_non_null(at);
        assert_int_equal((uintptr_t)at % 64, 0);
        for (size_t k = 0; k < sizes[i]; k++) assert_int_equal(at[k], 0);
        for (size_t k = 0; k < sizes[i]; k += 1000) at[k] = 7;
        if (sizes[i]) at[sizes[i] - 1] = 7;
        pages_give(at);
    }
    pages_give(NULL);
}

static void too_much_is_refused(void **state)
{
    (void)state;
    assert_null(pages_take(SIZE_MAX));
    assert_null(pages_take(SIZE_MAX / 2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(memory_is_zero_and_aligned), cmocka_unit_test(too_much_is_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
