/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/adjust.h"

static const double confusion[] = {80, 20, 30, 70};

/* Adjusted count of two labels: (share - false positive rate) / (true positive rate - false positive rate). */
static void as_adjusted_count(void **state)
{
    (void)state;
    double sums[200], share[2], lo[2], hi[2];
    for (size_t i = 0; i < 100; i++) sums[2 * i] = i < 60, sums[2 * i + 1] = i >= 60;
    struct adjusted a = {share, lo, hi, 0, 0, 0};
    struct adjust_input in = {sums, 100, 2, confusion, 0, 1, {0.95, 300, 1, 0}};
    assert_true(adjust_shares(&in, &a, NULL));
    assert_true(fabs(share[0] - (0.6 - 0.3) / (0.8 - 0.3)) < 1e-6);
    assert_true(fabs(a.net - 0.2) < 1e-6);
    assert_true(lo[0] < 0.5 && hi[0] > 0.7);
    struct interval plain = interval_wilson(60, 100, 1.96);
    assert_true(hi[0] - lo[0] > plain.hi - plain.lo);
}

static void never_below_nothing(void **state)
{
    (void)state;
    static const double sums[] = {0, 5, 0, 5};
    double share[2], lo[2], hi[2];
    struct adjusted a = {share, lo, hi, 0, 0, 0};
    struct adjust_input in = {sums, 2, 2, confusion, 0, 1, {0.95, 100, 1, 0}};
    assert_true(adjust_shares(&in, &a, NULL));
    assert_true(share[0] >= 0 && share[0] < 1e-3 && hi[1] <= 1);
    in.articles = 0;
    assert_true(adjust_shares(&in, &a, NULL));
    assert_true(isnan(share[0]) && isnan(a.net));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_adjusted_count),
        cmocka_unit_test(never_below_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
