/* SPDX-License-Identifier: MIT
 * sampling: halves, near-duplicates, seeds, margins that are not known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

enum { N = 200, MOST = 41 };
static char texts[N][160];
static stance_candidate rows[N];

/* Row i says other things than row k; its margin is i / N. */
static void fill(void)
{
    for (size_t i = 0; i < N; i++) {
        size_t len = 0;
        for (size_t w = 0; w < 12; w++) len += (size_t)snprintf(texts[i] + len, sizeof texts[i] - len, "w%zu ", (i * 131 + w * 977 + w * w * i * 31) % 5003);
        rows[i] = (stance_candidate){str_of(texts[i]), (double)i / N};
    }
}

static void half_and_half(void **state)
{
    (void)state;
    stance_pick picks[MOST];
    size_t random = 0, low = 0, unsure = 0, turns = 0;
    bool seen[N] = {false};
    fill();
    assert_int_equal(stance_sample(rows, N, MOST, 3, picks, NULL), MOST);
    for (size_t i = 0; i < MOST; i++) {
        assert_false(seen[picks[i].row]);
        seen[picks[i].row] = true;
        random += picks[i].random;
        if (picks[i].random) low += picks[i].row < N / 2;
        else unsure = picks[i].row > unsure ? picks[i].row : unsure;
        turns += i && picks[i].random != picks[i - 1].random;
    }
    assert_int_equal(random, MOST / 2);
    assert_true(low > 3 && low < 17);     /* drawn from all of them */
    assert_true(unsure < 21 + 20);        /* the 21 smallest of those not drawn */
    assert_true(turns > 8);               /* mixed */
}

static void the_seed_decides(void **state)
{
    (void)state;
    stance_pick a[MOST], b[MOST], c[MOST];
    fill();
    assert_int_equal(stance_sample(rows, N, MOST, 3, a, NULL), MOST);
    assert_int_equal(stance_sample(rows, N, MOST, 3, b, NULL), MOST);
    assert_int_equal(stance_sample(rows, N, MOST, 4, c, NULL), MOST);
    size_t same = 0, other = 0;
    for (size_t i = 0; i < MOST; i++) same += a[i].row == b[i].row && a[i].random == b[i].random, other += a[i].row != c[i].row;
    assert_int_equal(same, MOST);
    assert_true(other > MOST / 2);
}

static void near_duplicates_come_once(void **state)
{
    (void)state;
    stance_pick picks[N];
    static char copies[N / 2][sizeof texts[0] + 8];
    fill();
    for (size_t i = 0; i < N / 2; i++) {
        strcat(strcpy(copies[i], texts[i]), " w9");
        rows[N / 2 + i].text = str_of(copies[i]);
    }
    assert_int_equal(stance_sample(rows, N, N, 0, picks, NULL), N / 2);
}

static void unknown_margins_come_last(void **state)
{
    (void)state;
    stance_pick picks[2];
    fill();
    for (size_t i = 0; i < N; i++)
        if (i != 150) rows[i].margin = NAN;
    assert_int_equal(stance_sample(rows, N, 1, 0, picks, NULL), 1);
    assert_int_equal(picks[0].row, 150);
    assert_false(picks[0].random);
    assert_int_equal(stance_sample(rows, 0, 2, 0, picks, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_and_half), cmocka_unit_test(the_seed_decides), cmocka_unit_test(near_duplicates_come_once),
        cmocka_unit_test(unknown_margins_come_last),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
