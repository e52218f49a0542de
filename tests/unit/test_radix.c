/* SPDX-License-Identifier: MIT
 * radix: the order of qsort, equal keys as they came. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/radix.h"
#include "learn/metrics.h"

enum { MOST = 3000 };

static void sorts_and_keeps_the_order_of_equals(void **state)
{
    (void)state;
    static struct keyed items[MOST], scratch[MOST];
    static const uint64_t kinds[] = {1, 3, 200, UINT64_C(1) << 40, UINT64_MAX};
    struct dice dice = {3};
    for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
        for (size_t n = 0; n <= MOST; n += n < 4 ? 1 : 749) {
            for (uint32_t i = 0; i < n; i++) {
                uint64_t wide = (uint64_t)dice_below(&dice, UINT32_MAX) << 32 | (uint64_t)dice_below(&dice, UINT32_MAX);
                items[i] = (struct keyed){wide % kinds[kind], i};
            }
            radix_sort(items, scratch, n);
            for (size_t i = 1; i < n; i++)
                assert_true(items[i - 1].key < items[i].key || (items[i - 1].key == items[i].key && items[i - 1].value < items[i].value));
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sorts_and_keeps_the_order_of_equals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
