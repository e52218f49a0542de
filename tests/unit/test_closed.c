/* SPDX-License-Identifier: MIT
 * test_closed: words by number, and the lists they are in. */
#include "test_text_help.h"

#include "views/closed.h"

static bool in(const struct closed *c, const char *word, enum closed_list list)
{
    return c->lists[closed_find(c, (stance_str){word, strlen(word)})] >> list & 1;
}

static void literals_have_the_numbers_of_the_enum(void **state)
{
    (void)state;
    struct closed c = {.lists = NULL};
    assert_true(closed_load(&c));
    assert_int_equal(closed_find(&c, (stance_str){"that", 4}), CLOSED_THAT);
    assert_int_equal(closed_find(&c, (stance_str){"against", 7}), CLOSED_AGAINST);
    assert_int_equal(closed_literal("against"), CLOSED_AGAINST);
    assert_int_equal(closed_literal("harbour"), CLOSED_NONE);
    assert_int_equal(closed_find(&c, (stance_str){"harbour", 7}), CLOSED_NONE);
    for (size_t i = 1; i < CLOSED_COUNT; i++) assert_int_equal(closed_literal(c.words.items[i - 1].ptr), i);
    closed_free(&c);
}

static void words_are_in_their_lists(void **state)
{
    (void)state;
    struct closed c = {.lists = NULL};
    assert_true(closed_load(&c));
    assert_true(in(&c, "and", LIST_LINKING));
    assert_true(in(&c, "and", LIST_SETTING_OFF));
    assert_false(in(&c, "and", LIST_CHAINING));
    assert_true(in(&c, "'s", LIST_BE));
    assert_true(in(&c, "yet", LIST_LINKING)); /* the last of its list */
    assert_true(in(&c, "achievement", LIST_POINTING));
    assert_false(in(&c, "harbour", LIST_POINTING));
    assert_int_equal(c.lists[CLOSED_NONE], 0);
    closed_free(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(literals_have_the_numbers_of_the_enum),
        cmocka_unit_test(words_are_in_their_lists),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
