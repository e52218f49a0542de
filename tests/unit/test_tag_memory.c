/* SPDX-License-Identifier: MIT
 * test_tag_memory: sums are kept for one table alone. */
#include "test_view_help.h"

#include "views/tag_memory.h"

static void is_of_one_table(void **state)
{
    (void)state;
    struct tag_memory *m = calloc(1, sizeof *m);
    assert_non_null(m);
    tag_memory_begin(m, &(struct tag_table){.id = 5});
    *tag_part_at(m, 1, 2) = (struct tag_part){1, 2, 77};
    m->words[tag_word_place(9, 8)] = (struct tag_word){.word = 9, .suffix = 8, .unquoted = 3, .known = true};
    tag_memory_begin(m, &(struct tag_table){.id = 5});
    assert_int_equal(tag_part_at(m, 1, 2)->sum, 77);
    assert_true(m->words[tag_word_place(9, 8)].known);
    tag_memory_begin(m, &(struct tag_table){.id = 6});
    assert_int_equal(tag_part_at(m, 1, 2)->b, 0);
    assert_false(m->words[tag_word_place(9, 8)].known);
    free(m);
}

static void a_table_without_an_id_is_no_ones(void **state)
{
    (void)state;
    struct tag_memory *m = calloc(1, sizeof *m);
    assert_non_null(m);
    tag_memory_begin(m, &(struct tag_table){.id = 0});
    *tag_part_at(m, 1, 2) = (struct tag_part){1, 2, 77};
    tag_memory_begin(m, &(struct tag_table){.id = 0});
    assert_int_equal(tag_part_at(m, 1, 2)->b, 0);
    free(m);
}

static void weights_tell_tables_apart(void **state)
{
    (void)state;
    const uint64_t keys[] = {tag_context(21, 1) | TAG_ALONE, tag_context(22, 1) | TAG_ALONE};
    const float weights[] = {1, 0, -1, 0.5f, 0, 1}, others[] = {1, 0, -1, 0.5f, 0, 0.9f};
    struct tag_table_parts x, y, z;
    assert_true(tag_table_build(&x, keys, weights, 2, NULL) && tag_table_build(&y, keys, weights, 2, NULL) && tag_table_build(&z, keys, others, 2, NULL));
    assert_int_not_equal(x.view.id, 0);
    assert_true(x.view.id == y.view.id);
    assert_true(x.view.id != z.view.id);
    tag_table_free(&x);
    tag_table_free(&y);
    tag_table_free(&z);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(is_of_one_table), cmocka_unit_test(a_table_without_an_id_is_no_ones),
                                       cmocka_unit_test(weights_tell_tables_apart)};
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
