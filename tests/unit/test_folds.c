/* SPDX-License-Identifier: MIT
 * folds: groups and near-duplicates stay together, labels spread evenly. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "learn/folds.h"
#include "learn_rows.h"

static stance_row row_of(const char *text, uint32_t label, uint32_t group)
{
    return (stance_row){.in = {.text = {text, strlen(text)}, .target_span = {STANCE_NONE, STANCE_NONE}}, .label = label, .group = group, .weight = 1};
}

static void near_duplicates_and_groups_share_a_cluster(void **state)
{
    (void)state;
    const stance_row row[] = {
        row_of("The central bank raised its key rate by half a point on Tuesday", 0, 0),
        row_of("the central bank raised its key rate by half a point on Tuesday!", 0, 1),
        row_of("The central bank raised its key rate by a half point on Monday", 0, 2),
        row_of("A village in the hills opened a school for forty children", 1, 3),
        row_of("Nothing else is like this one", 1, 3),
        row_of("The central bank raised its key rate by half a point on Tuesday", 1, 6),
    };
    const stance_rows rows = {row, 6, made_labels, 3};
    uint32_t cluster[6];
    stance_train_summary summary = {.rows = 0};
    assert_true(folds_cluster(&rows, cluster, &summary, NULL));
    assert_int_equal(cluster[0], cluster[1]);
    assert_int_equal(cluster[0], cluster[2]);
    assert_int_equal(cluster[0], cluster[5]);
    assert_int_equal(cluster[3], cluster[4]);
    assert_int_not_equal(cluster[0], cluster[3]);
    assert_int_equal(summary.duplicates, 2);
    assert_int_equal(summary.contradictions, 1);
}

static void folds_are_even_and_whole(void **state)
{
    (void)state;
    static struct made_rows made;
    uint32_t cluster[MADE_ROWS], chosen[MADE_ROWS], fold[MADE_ROWS], again[MADE_ROWS];
    size_t count[4][3] = {{0}};
    make_rows(&made);
    for (uint32_t i = 0; i < MADE_ROWS; i++) {
        made.row[i].group = i / 2;
        chosen[i] = i;
    }
    assert_true(folds_cluster(&made.rows, cluster, NULL, NULL));
    assert_true(folds_split(&made.rows, cluster, chosen, MADE_ROWS, 4, 5, fold, NULL));
    assert_true(folds_split(&made.rows, cluster, chosen, MADE_ROWS, 4, 5, again, NULL));
    assert_memory_equal(fold, again, sizeof fold);
    for (size_t i = 0; i < MADE_ROWS; i++) {
        count[fold[i]][made.row[i].label]++;
        for (size_t j = 0; j < i; j++)
            if (cluster[i] == cluster[j]) assert_int_equal(fold[i], fold[j]);
    }
    for (size_t f = 0; f < 4; f++)
        for (size_t l = 0; l < 3; l++) assert_in_range(count[f][l], 5, 16);
}

static void texts_without_words_do_not_stick_together(void **state)
{
    (void)state;
    const stance_row row[] = {row_of("!!!", 0, 0), row_of("???", 1, 1), row_of("", 1, 2), row_of("!!!", 1, 3)};
    const stance_rows rows = {row, 4, made_labels, 3};
    uint32_t cluster[4];
    assert_true(folds_cluster(&rows, cluster, NULL, NULL));
    assert_int_equal(cluster[1], 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(near_duplicates_and_groups_share_a_cluster), cmocka_unit_test(folds_are_even_and_whole),
        cmocka_unit_test(texts_without_words_do_not_stick_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
