/* SPDX-License-Identifier: MIT
 * Tests of tag_table: what is put in is found again, sums add up, and tables that would lead astray are refused. */
#include "test_gold_help.h"

#include <math.h>

#include "views/tag_table.h"

enum { KEYS = 3000 };

static void make_features(uint64_t *keys, float *weights)
{
    for (size_t i = 0; i < KEYS; i++) {
        uint64_t context = tag_context(1 + i % 3, i / 5);
        keys[i] = context | (i % 3 == 0 ? TAG_ALONE : i / 3 % TAG_MEMBERS);
        for (size_t k = 0; k < TAGS; k++) weights[i * TAGS + k] = (float)((double)((i * 7 + k * 13) % 600) / 300 - 1);
    }
}

static void what_is_put_in_is_found(void **state)
{
    (void)state;
    static uint64_t keys[KEYS];
    static float weights[KEYS * TAGS];
    struct tag_table_parts t;
    make_features(keys, weights);
    assert_true(tag_table_build(&t, keys, weights, KEYS, NULL));
    assert_true(tag_table_sound(&t.view));
    for (size_t i = 0; i < KEYS; i++) {
        bool again = false; /* of a key that is there twice, either weights */
        for (size_t j = 0; j < KEYS; j++) again |= j != i && keys[j] == keys[i];
        for (enum tag k = TAG_OUT; k < TAGS && !again; k++)
            assert_true(fabs(tag_unpack(tag_find(&t.view, keys[i]), k) * t.view.scale - (double)weights[i * TAGS + k]) <= TAG_LEAST * t.view.scale);
    }
    assert_int_equal(tag_unpack(tag_find(&t.view, tag_context(9, 1) | TAG_ALONE), TAG_IN), 0);
    assert_int_equal(tag_unpack(tag_find(&t.view, tag_context(9, 2)), TAG_IN), 0);
    tag_table_free(&t);
}

static void sums_stay_apart(void **state)
{
    (void)state;
    const uint64_t keys[] = {tag_context(1, 1) | TAG_ALONE, tag_context(1, 2) | TAG_ALONE, tag_context(2, 1) | 3};
    const float weights[] = {1, -1, 0.5f, -1, -1, 1, 1, -0.5f, -1};
    struct tag_table_parts t;
    assert_true(tag_table_build(&t, keys, weights, 3, NULL));
    tag_packed sum = 0;
    for (int i = 0; i < TAG_FEATURES; i++) sum += tag_find(&t.view, keys[1]); /* as many as a token can have, of the greatest weight */
    assert_int_equal(tag_unpack(sum, TAG_OUT), -TAG_UNITS * TAG_FEATURES);
    assert_int_equal(tag_unpack(sum, TAG_BEGIN), -TAG_UNITS * TAG_FEATURES);
    assert_int_equal(tag_unpack(sum, TAG_IN), TAG_UNITS * TAG_FEATURES);
    sum = tag_find(&t.view, keys[0]) + tag_find(&t.view, keys[1]) + tag_find(&t.view, keys[2]);
    const double expected[] = {1, -2.5, 0.5};
    for (enum tag k = TAG_OUT; k < TAGS; k++) assert_true(fabs(tag_unpack(sum, k) * t.view.scale - expected[k]) < 2 * t.view.scale);
    tag_table_free(&t);
}

static void order_does_not_matter(void **state)
{
    (void)state;
    uint64_t keys[8], back[8];
    float weights[8 * TAGS], weights_back[8 * TAGS];
    struct tag_table_parts x, y;
    for (size_t i = 0; i < 8; i++) {
        keys[i] = back[7 - i] = i % 2 ? tag_context(1, i) | TAG_ALONE : tag_context(2, i / 4) | i % 4;
        for (size_t k = 0; k < TAGS; k++) weights[i * TAGS + k] = weights_back[(7 - i) * TAGS + k] = (float)i - (float)k;
    }
    assert_true(tag_table_build(&x, keys, weights, 8, NULL) && tag_table_build(&y, back, weights_back, 8, NULL));
    assert_int_equal(x.view.values_n, y.view.values_n);
    assert_memory_equal(x.alone, y.alone, x.view.alone_n * sizeof *x.alone);
    assert_memory_equal(x.rows, y.rows, x.view.rows_n * sizeof *x.rows);
    assert_memory_equal(x.values, y.values, x.view.values_n * sizeof *x.values);
    tag_table_free(&x);
    tag_table_free(&y);
}

static void unsound_tables_are_told(void **state)
{
    (void)state;
    tag_packed alone[2] = {0, 1}, values[4] = {3, 1, 1, 1};
    struct tag_row rows[2] = {{0, 0}, {1, 1}};
    const struct tag_table good = {alone, rows, values, 2, 2, 4, 1, 0};
    struct tag_table t = good;
    assert_true(tag_table_sound(&t));
    t.alone_n = 0;
    assert_false(tag_table_sound(&t));
    t = good, t.rows_n = 3;
    assert_false(tag_table_sound(&t));
    t = good, t.scale = NAN;
    assert_false(tag_table_sound(&t));
    t = good, t.values_n = 3; /* a row beyond the end */
    assert_false(tag_table_sound(&t));
    values[0] = 0;
    assert_false(tag_table_sound(&good));
    values[0] = TAG_MEMBERS + 1;
    assert_false(tag_table_sound(&good));
    values[0] = 3, rows[1].first = 5;
    assert_false(tag_table_sound(&good));
    rows[1].first = 1, rows[0] = rows[1]; /* a search would never end */
    assert_false(tag_table_sound(&good));
    rows[0].first = 0, alone[0] = 1;
    assert_false(tag_table_sound(&good));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_put_in_is_found), cmocka_unit_test(sums_stay_apart), cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(unsound_tables_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
