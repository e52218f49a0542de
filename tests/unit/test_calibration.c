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

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_the_temperature), cmocka_unit_test(extremes_stay_in_bounds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
