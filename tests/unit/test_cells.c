/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include <stdlib.h>

#include "report/cells.h"

static void counts_and_sorts(void **state)
{
    (void)state;
    struct cells c = {0};
    for (uint32_t i = 0; i < 30000; i++) assert_true(cells_add(&c, i % 3, i % 1000, i / 1000 % 2));
    assert_true(cells_sort(&c));
    const struct cell *all = c.items;
    assert_int_equal(c.n, 6000);
    size_t sum = 0;
    for (size_t i = 0; i < c.n; i++) {
        sum += all[i].n;
        if (i == 0) continue;
        const struct cell *a = &all[i - 1], *b = &all[i];
        bool rising = a->group != b->group ? a->group < b->group : a->article != b->article ? a->article < b->article : a->what < b->what;
        assert_true(rising);
    }
    assert_int_equal(sum, 30000);
    assert_true(cells_add(&c, 0, 0, 0)); /* more, after sorting */
    assert_true(cells_add(&c, UINT32_MAX, 5, 0));
    assert_true(cells_sort(&c));
    assert_int_equal(c.n, 6001);
    assert_int_equal(c.items[0].n, 6); /* i = 0, 6000, ... 24000, and one more */
    assert_int_equal(c.items[6000].group, UINT32_MAX);
    cells_free(&c);
    assert_true(cells_sort(&c));
    assert_int_equal(c.n, 0);
}

static void seen_once(void **state)
{
    (void)state;
    struct seen s = {0};
    bool fresh;
    for (uint64_t round = 0; round < 2; round++)
        for (uint64_t i = 1; i <= 5000; i++) {
            assert_true(seen_add(&s, i * 64, &fresh)); /* low bits alike */
            assert_int_equal(fresh, round == 0);
        }
    assert_true(seen_add(&s, 0, &fresh));
    assert_true(fresh);
    assert_true(seen_add(&s, 0, &fresh));
    assert_false(fresh);
    seen_free(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(counts_and_sorts), cmocka_unit_test(seen_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
