/* SPDX-License-Identifier: MIT
 * vectors: sums, weighting by block, the training matrix. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <math.h>

#include "learn/vectors.h"
#include "learn_rows.h"

static void tally_sums_in_order_of_appearance(void **state)
{
    (void)state;
    struct tally t = {0};
    for (int round = 0; round < 2; round++) {
        assert_true(tally_add(&t, 900, 1) && tally_add(&t, 3, 2) && tally_add(&t, 900, 1));
        assert_int_equal(t.n, 2);
        assert_int_equal(t.cells[0].id, 900);
        assert_true(t.cells[0].count == 2 && t.cells[1].count == 2);
        tally_clear(&t);
    }
    assert_int_equal(t.n, 0);
    tally_free(&t);
}

static void blocks_get_their_length(void **state)
{
    (void)state;
    const double scale[] = {2, 1, 0, 1, 5};
    const uint8_t block[] = {BLOCK_WORD, BLOCK_WORD, BLOCK_WORD, BLOCK_CHAR, BLOCK_REAL};
    const struct cell cells[] = {{0, 1}, {1, 3}, {2, 1}, {3, 1}, {4, -0.5f}};
    struct weighting w = {scale, block, {[BLOCK_WORD] = 1, [BLOCK_CHAR] = 0.5, [BLOCK_REAL] = 0.1}};
    struct value out[5];
    size_t n = weigh(&w, cells, 5, out);
    assert_int_equal(n, 4);
    assert_true(fabs(out[0].x * out[0].x + out[1].x * out[1].x - 1) < 1e-12);
    assert_true(fabs(out[0].x / out[1].x - 2 / (1 + log(3))) < 1e-12);
    assert_true(fabs(out[2].x - 0.5) < 1e-12);
    assert_true(fabs(out[3].x + 0.25) < 1e-12);
}

/* Two words that share an n-gram: sums of values and of squares are those of the words, as long as none has it twice. */
static void characters_add_up_over_words(void **state)
{
    (void)state;
    const double scale[] = {2, 3, 0.5};
    const uint8_t block[] = {BLOCK_CHAR, BLOCK_CHAR, BLOCK_CHAR};
    const struct cell both[] = {{0, 1}, {1, 2}, {2, 1}};
    struct weighting w = {scale, block, {[BLOCK_CHAR] = 1.5}};
    struct value out[3];
    assert_int_equal(weigh(&w, both, 3, out), 3);
    double length = sqrt(2 * 2 + 3 * 3 + (3 * 3 + 0.5 * 0.5));
    assert_true(fabs(out[0].x - 1.5 * 2 / length) < 1e-12);
    assert_true(fabs(out[1].x - 1.5 * 2 * 3 / length) < 1e-12);
    assert_true(fabs(out[2].x - 1.5 * 0.5 / length) < 1e-12);
}

static void matrix_holds_each_row_sorted(void **state)
{
    (void)state;
    static struct made_rows made;
    struct lexicon lexicon = {0};
    struct matrix m;
    struct feature_settings settings = {&lexicon, feature_defaults(), false, 0};
    make_rows(&made);
    assert_true(matrix_build(&m, &settings, &made.rows, NULL));
    assert_int_equal(m.rows, MADE_ROWS);
    for (size_t i = 0; i < m.rows; i++) {
        assert_true(m.start[i] < m.start[i + 1]);
        for (size_t c = m.start[i] + 1; c < m.start[i + 1]; c++) assert_true(m.cells[c].id > m.cells[c - 1].id);
        assert_true(m.facts[i].words >= 4);
    }
    matrix_free(&m);
    lexicon_free(&lexicon);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tally_sums_in_order_of_appearance), cmocka_unit_test(blocks_get_their_length), cmocka_unit_test(characters_add_up_over_words),
        cmocka_unit_test(matrix_holds_each_row_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
