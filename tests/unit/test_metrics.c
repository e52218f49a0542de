/* SPDX-License-Identifier: MIT
 * metrics: figures checked by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "learn/metrics.h"

static const char *const labels[] = {"bullish", "skeptical", "neutral"};

static stance_prediction says(uint32_t label, double p)
{
    stance_prediction out = {.label = label};
    for (size_t l = 0; l < 3; l++) out.p[l] = l == label ? p : (1 - p) / 2;
    out.margin = p - (1 - p) / 2;
    return out;
}

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-9;
}

static void figures_by_hand(void **state)
{
    (void)state;
    static stance_metrics m;
    const uint32_t gold[] = {0, 0, 0, 1, 1, 2}, said[] = {0, 0, 1, 1, 0, 2};
    stance_row row[6];
    stance_prediction p[6];
    memset(row, 0, sizeof row);
    for (uint32_t i = 0; i < 6; i++) row[i].label = gold[i], row[i].group = i, p[i] = says(said[i], 0.8);
    const stance_rows rows = {row, 6, labels, 3};
    p[5].abstained = STANCE_FEW_KNOWN;
    assert_true(stance_measure(&rows, p, 1, &m, NULL));
    assert_true(near(m.label[0].precision, 2.0 / 3) && near(m.label[0].recall, 2.0 / 3) && near(m.label[1].f1.value, 0.5));
    assert_true(near(m.accuracy.value, 4.0 / 6) && near(m.macro_f1.value, (2.0 / 3 + 0.5 + 1) / 3) && near(m.f_avg.value, (2.0 / 3 + 0.5) / 2));
    assert_true(near(m.majority_accuracy, 0.5) && near(m.majority_macro_f1, 2.0 / 3 / 3));
    assert_int_equal(m.confusion[0][1], 1);
    assert_true(near(m.ece, 0.8 - 4.0 / 6));
    assert_true(near(m.brier, (4 * (0.04 + 0.01 + 0.01) + 2 * (0.64 + 0.81 + 0.01)) / 6));
    assert_true(near(m.coverage[8].coverage, 0) && near(m.coverage[6].coverage, 1) && near(m.coverage[0].accuracy, 4.0 / 6));
    assert_int_equal(m.abstained, 1);
    assert_true(m.accuracy.lo < m.accuracy.value && m.accuracy.hi > m.accuracy.value);
}

static void labels_absent_from_gold_do_not_count(void **state)
{
    (void)state;
    const uint32_t gold[] = {0, 0, 1, 1}, said[] = {0, 2, 1, 1};
    assert_true(near(macro_f1_of(gold, said, 4, 3), (2.0 / 3 + 1) / 2));
}

static void intervals_are_wider_by_group(void **state)
{
    (void)state;
    static stance_metrics alone, grouped;
    stance_row row[100];
    stance_prediction p[100];
    memset(row, 0, sizeof row);
    for (uint32_t i = 0; i < 100; i++) row[i].label = 0, row[i].group = i, p[i] = says(i < 50 ? 0 : 1, 0.9);
    const stance_rows rows = {row, 100, labels, 3};
    assert_true(stance_measure(&rows, p, 1, &alone, NULL));
    for (uint32_t i = 0; i < 100; i++) row[i].group = i / 10;
    assert_true(stance_measure(&rows, p, 1, &grouped, NULL));
    assert_true(grouped.accuracy.hi - grouped.accuracy.lo > 2 * (alone.accuracy.hi - alone.accuracy.lo));
}

static void nothing_to_compare_is_an_error(void **state)
{
    (void)state;
    static stance_metrics m;
    stance_error err;
    const stance_rows rows = {NULL, 0, labels, 3};
    assert_false(stance_measure(&rows, NULL, 1, &m, &err));
    assert_int_equal(err.code, STANCE_INPUT);
}

static void two_models_are_compared_in_pairs(void **state)
{
    (void)state;
    enum { N = 200 };
    static stance_row row[N];
    static stance_prediction a[N], b[N];
    static const char *const names[] = {"yes", "no"};
    stance_comparison c;
    for (uint32_t i = 0; i < N; i++) {
        row[i] = (stance_row){.label = i % 2, .group = i};
        a[i].label = i < 20 ? 1 - i % 2 : i % 2;          /* wrong in 20 */
        b[i].label = i < 50 ? 1 - i % 2 : i % 2;          /* wrong in 50, the same 20 and 30 more */
    }
    b[199].label = 2;                                     /* a label that no row has */
    stance_rows rows = {row, N, names, 2};
    assert_true(stance_compare(&rows, a, b, 1, &c, NULL));
    assert_true(c.both == 149 && c.only_first == 31 && c.only_second == 0 && c.neither == 20);
    assert_true(c.p < 1e-8 && c.accuracy.lo > 0 && c.macro_f1.lo > 0 && c.accuracy.value > 0.15);
    assert_true(stance_compare(&rows, a, a, 1, &c, NULL));
    assert_true(c.p == 1 && c.macro_f1.lo == 0 && c.macro_f1.hi == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_models_are_compared_in_pairs),
        cmocka_unit_test(figures_by_hand), cmocka_unit_test(labels_absent_from_gold_do_not_count), cmocka_unit_test(intervals_are_wider_by_group),
        cmocka_unit_test(nothing_to_compare_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
