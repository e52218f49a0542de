/* SPDX-License-Identifier: MIT
 * calibration: finds the temperature that made the labels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "learn/calibration.h"
#include "learn/metrics.h"

enum { N = 20000 };

static void finds_the_temperature(void **state)
{
    (void)state;
    static double scores[N * 2];
    static uint32_t gold[N];
    struct dice dice = {11};
    for (size_t i = 0; i < N; i++) {
        scores[2 * i] = (double)dice_below(&dice, 2000) / 1000 - 1;
        scores[2 * i + 1] = -scores[2 * i];
        double p = 1 / (1 + exp(-2 * scores[2 * i] / 0.4));
        gold[i] = (double)dice_below(&dice, 1000000) / 1e6 < p ? 0 : 1;
    }
    double t = calibrate(scores, gold, N, 2);
    assert_true(t > 0.36 && t < 0.44);
}

static void extremes_stay_in_bounds(void **state)
{
    (void)state;
    const double sure[] = {1, -1, 1, -1};
    const uint32_t right[] = {0, 0}, wrong[] = {1, 1};
    assert_true(calibrate(sure, right, 2, 2) >= 1.0 / 51);
    assert_true(calibrate(sure, wrong, 2, 2) <= 51);
    assert_true(calibrate(sure, right, 0, 2) == 1);
}

/* Answers that are right as often as the square of what they claim. */
static size_t overconfident(double *scores, uint32_t *gold, size_t n)
{
    struct dice dice = {5};
    for (size_t i = 0; i < n; i++) {
        double p = 0.5 + (double)dice_below(&dice, 500) / 1001;
        scores[2 * i] = log(p / (1 - p));
        scores[2 * i + 1] = 0;
        gold[i] = (double)dice_below(&dice, 1000000) / 1e6 < 0.5 + 2 * (p - 0.5) * (p - 0.5) ? 0 : 1;
    }
    return n;
}

static void a_curve_says_how_often_it_is_right(void **state)
{
    (void)state;
    static double scores[N * 2];
    static uint32_t gold[N];
    struct curve c;
    curve_fit(&c, scores, gold, overconfident(scores, gold, N), 2, 1);
    assert_true(c.n >= 8 && c.n <= CURVE_MOST);
    for (double p = 0.55; p < 0.97; p += 0.05) {
        stance_prediction y = {.p = {p, 1 - p}, .margin = 2 * p - 1};
        curve_apply(&c, 2, &y);
        assert_true(fabs(y.p[0] - (0.5 + 2 * (p - 0.5) * (p - 0.5))) < 0.03);
        assert_true(fabs(y.p[0] + y.p[1] - 1) < 1e-12 && fabs(y.margin - (y.p[0] - y.p[1])) < 1e-12);
    }
    curve_fit(&c, scores, gold, CURVE_ROWS - 1, 2, 1);
    assert_int_equal(c.n, 0);
}

static void the_best_label_stays_the_best_and_the_order_is_kept(void **state)
{
    (void)state;
    const struct curve c = {.n = 2, .p = {0.5, 0.8}, .right = {0.1, 0.9}};
    double before = 0;
    for (double p = 0.34; p <= 1; p += 0.01) {
        stance_prediction y = {.label = 1, .p = {(1 - p) * 0.6, p, (1 - p) * 0.4}};
        curve_apply(&c, 3, &y);
        assert_true(y.p[1] >= y.p[0] - 1e-12 && y.p[0] >= y.p[2] && y.margin >= 0 && y.margin <= 1);
        assert_true(fabs(y.p[0] + y.p[1] + y.p[2] - 1) < 1e-12 && (p < 0.5 || y.p[1] >= before - 1e-12));
        before = y.p[1];
    }
}

static void a_curve_is_read_as_written(void **state)
{
    (void)state;
    struct strbuf text = {0};
    struct curve c = {.n = 2, .p = {0.5, 0.8123}, .right = {0.1, 0.9}}, again = {.n = 0};
    curve_write(&c, &text);
    assert_true(curve_read(strbuf_str(&text), &again));
    assert_memory_equal(&c, &again, sizeof c);
    assert_true(curve_read(STR("none"), &again) && again.n == 0);
    const char *const bad[] = {"", "0.5", "0.5:0.1 0.4:0.2", "0.5:0.4 0.6:0.3", "0.5:1.1", "0:0", "a:b", "0.5:0.1,0.6:0.2"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(curve_read(str_of(bad[i]), &again));
    strbuf_free(&text);
}

/* n answers, margins rising; those below 0.3 are right `sure` times of ten, the others nine times. */
static double margin_of(size_t n, size_t sure)
{
    static struct answer_seen a[1000];
    for (size_t i = 0; i < n; i++) {
        double margin = (double)((i * 617) % n) / (double)n;
        a[i] = (struct answer_seen){margin, i % 10 < (margin < 0.3 ? sure : 9)};
    }
    return margin_choose(a, n);
}

static void the_default_margin_marks_close_calls_that_are_often_wrong(void **state)
{
    (void)state;
    assert_true(fabs(margin_of(1000, 4) - 0.145) < 2e-3); /* the most that may be marked */
    assert_true(margin_of(1000, 9) < 0.02);               /* nothing to gain */
    assert_true(fabs(margin_of(MARGIN_ROWS, 4) - 0.145) < 2e-3);
    assert_true(margin_of(MARGIN_ROWS - 1, 4) == 0);      /* too few to tell */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_curve_says_how_often_it_is_right), cmocka_unit_test(the_best_label_stays_the_best_and_the_order_is_kept),
                                       cmocka_unit_test(a_curve_is_read_as_written),
                                       cmocka_unit_test(the_default_margin_marks_close_calls_that_are_often_wrong),
                                       cmocka_unit_test(finds_the_temperature), cmocka_unit_test(extremes_stay_in_bounds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
