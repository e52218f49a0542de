/* SPDX-License-Identifier: MIT
 * test_targets: what a view is about, by name, by topic, by pointing back, or as asked. */
#include "test_view_help.h"

#include "views/targets.h"

static struct target found[16];

/* Targets of the first view of the text; names are valid until the next call. */
static size_t targets_after(const char *text, const char *asked, stance_str before, size_t max)
{
    static struct reading r;
    static bool open = false;
    if (open) help_close(&r);
    open = text != NULL;
    if (!text) return 0;
    help_views(&r, str_of(text));
    if (r.found.n == 0) fail_msg("%s: no view", text);
    const struct attribution *x = &r.found.items[0];
    size_t n = targets_find(&r.a, x, asked, before, found, max);
    assert_true(n <= max);
    for (size_t i = 0; i < n; i++) {
        assert_true(found[i].name.len > 0);
        if (found[i].first < found[i].end) assert_true(found[i].first >= x->first && found[i].end <= x->end);
    }
    return n;
}

static size_t targets_of(const char *text, const char *asked, size_t max)
{
    return targets_after(text, asked, (stance_str){NULL, 0}, max);
}

static void the_name_in_the_content(void **state)
{
    (void)state;
    assert_int_equal(targets_of("Mary Cole said that Nordbank was broke.", NULL, 1), 1);
    assert_text(found[0].name, "Nordbank");
    assert_true(found[0].first < found[0].end);
}

static void the_subject_of_the_content_comes_first(void **state)
{
    (void)state;
    const char *text = "Mary Cole said that Nordbank would never buy Goldfinch. For Goldfinch is in Leeds, and Goldfinch is old.";
    assert_int_equal(targets_of(text, NULL, 4), 2);
    assert_text(found[0].name, "Nordbank");
    assert_text(found[1].name, "Goldfinch");
    assert_int_equal(targets_of(text, NULL, 1), 1);
    assert_text(found[0].name, "Nordbank");
}

static void nobody_is_his_own_target(void **state)
{
    (void)state;
    size_t n = targets_of("Mary Cole said that Cole would leave.", NULL, 4);
    for (size_t i = 0; i < n; i++) assert_false(str_equal(found[i].name, STR("Mary Cole")));
}

static void a_topic_stands_in(void **state)
{
    (void)state;
    assert_int_equal(targets_of("Mary Cole said that artificial intelligence was overrated.", NULL, 1), 1);
    assert_text(found[0].name, "AI");
}

static void it_points_back_to_the_main_subject(void **state)
{
    (void)state;
    assert_int_equal(targets_of("They like Goldfinch Partners, and Goldfinch grew. Mary Cole said that it was broke.", NULL, 1), 1);
    assert_text(found[0].name, "Goldfinch Partners");
    assert_int_equal(found[0].first, found[0].end);
    assert_int_equal(targets_of("Mary Cole said that rain had come.", NULL, 1), 0);
}

static void it_goes_on_with_the_target_before(void **state)
{
    (void)state;
    assert_int_equal(targets_after("They like Goldfinch Partners, and Goldfinch grew. Mary Cole said that it was broke.", NULL, STR("Nordbank"), 1), 1);
    assert_text(found[0].name, "Nordbank");
}

/* With all targets asked for, none is listed twice. */
static void known_miss_no_target_twice(void **state)
{
    (void)state;
    size_t n = targets_of("They like Goldfinch Partners, and Goldfinch grew. Mary Cole said that it would help Goldfinch more than Nordbank.", NULL, 8);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (str_equal(found[i].name, found[k].name)) skip();
}

static void the_one_asked_about(void **state)
{
    (void)state;
    assert_int_equal(targets_of("Mary Cole said that Nordbank was broke and Goldfinch was not.", "goldfinch", 4), 1);
    assert_text(found[0].name, "goldfinch");
    assert_true(found[0].first < found[0].end);
}

static void none_wanted_none_given(void **state)
{
    (void)state;
    assert_int_equal(targets_of("Mary Cole said that Nordbank was broke.", NULL, 0), 0);
    assert_int_equal(targets_of("Mary Cole said that Nordbank was broke.", "Nordbank", 0), 0);
    assert_int_equal(targets_of(NULL, NULL, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_name_in_the_content),
        cmocka_unit_test(the_subject_of_the_content_comes_first),
        cmocka_unit_test(nobody_is_his_own_target),
        cmocka_unit_test(a_topic_stands_in),
        cmocka_unit_test(it_points_back_to_the_main_subject),
        cmocka_unit_test(it_goes_on_with_the_target_before),
        cmocka_unit_test(known_miss_no_target_twice),
        cmocka_unit_test(the_one_asked_about),
        cmocka_unit_test(none_wanted_none_given),
    };
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
