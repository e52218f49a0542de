/* SPDX-License-Identifier: MIT
 * Tests of labels: people's words for stances, maps, numbers, and the order in models. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "io/labels.h"

static void words_of_labelling_tools(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"bullish", "bullish"}, {"Positive", "bullish"}, {"FAVOR", "bullish"}, {"favour", "bullish"}, {"for", "bullish"}, {" support ", "bullish"},
        {"sceptical", "skeptical"}, {"Bearish", "skeptical"}, {"negative", "skeptical"}, {"AGAINST", "skeptical"}, {"oppose", "skeptical"},
        {"none", "neutral"}, {"Neutral\n", "neutral"}, {"mixed", "mixed"}, {"Mixed", "Mixed"}, {"forward", "forward"}, {"", ""}, {"2", "2"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) assert_str(labels_normalise(str_of(rows[i][0]), NULL, 0), rows[i][1]);
    assert_int_equal(labels_normalise((stance_str){NULL, 0}, NULL, 0).len, 0);
}

static void maps_come_first(void **state)
{
    (void)state;
    static const char *const maps[] = {"0=negative", "1 = Neutral", "spam=", "support=support", "good=fine", "for=against"};
    static const char *const rows[][2] = {
        {"0", "skeptical"}, {" 1", "neutral"}, {"SPAM", ""}, {"Support", "support"}, {"Good", "fine"}, {"for", "skeptical"}, {"against", "skeptical"},
        {"fine", "fine"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) assert_str(labels_normalise(str_of(rows[i][0]), maps, 6), rows[i][1]);
}

static void the_first_map_of_a_word_counts(void **state)
{
    (void)state;
    static const char *const maps[] = {"x=first", "x=second", "a=b=c"};
    assert_str(labels_normalise(STR("x"), maps, 3), "first");
    assert_str(labels_normalise(STR("a"), maps, 3), "b=c");
}

static void maps_are_checked(void **state)
{
    (void)state;
    static const char *const good[] = {"0=skeptical", "1=", "a=b=c"}, *const bad[] = {"0=skeptical", "0"}, *const blank[] = {" =x"};
    stance_error err = {0};
    assert_true(labels_check_maps(good, 3, &err));
    assert_true(labels_check_maps(NULL, 0, &err));
    assert_false(labels_check_maps(bad, 2, &err));
    assert_int_equal(err.code, STANCE_USAGE);
    assert_string_equal(err.text, "--map 0: write it as --map 0=skeptical");
    assert_false(labels_check_maps(blank, 1, &err));
    assert_false(labels_check_maps(blank, 1, NULL));
}

static void numbers(void **state)
{
    (void)state;
    static const char *const are[] = {"0", "-1", "+2", "3.5", " 1 ", "1e3"}, *const are_not[] = {"", "one", "1st", "0x", "1,5", "-"};
    for (size_t i = 0; i < 6; i++)
        if (!labels_is_number(str_of(are[i]))) fail_msg("\"%s\" is a number", are[i]);
    for (size_t i = 0; i < 6; i++)
        if (labels_is_number(str_of(are_not[i]))) fail_msg("\"%s\" is no number", are_not[i]);
}

static void the_order_in_models(void **state)
{
    (void)state;
    static const char *const order[] = {"bullish", "skeptical", "neutral", "", "Apple", "Neutral", "apple", "apples", "\xC3\xA9"};
    for (int i = 0; i < 9; i++)
        for (int k = 0; k < 9; k++) {
            int got = labels_compare(str_of(order[i]), str_of(order[k]));
            if ((got > 0) - (got < 0) != (i > k) - (i < k)) fail_msg("\"%s\" against \"%s\" gives %d", order[i], order[k], got);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_labelling_tools), cmocka_unit_test(maps_come_first), cmocka_unit_test(the_first_map_of_a_word_counts),
        cmocka_unit_test(maps_are_checked), cmocka_unit_test(numbers), cmocka_unit_test(the_order_in_models),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
