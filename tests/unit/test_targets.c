/* SPDX-License-Identifier: MIT
 * test_targets: what a view is about, by name, by topic, by pointing back, or as asked. */
#include "test_view_help.h"

#include "views/targets.h"

static struct target found[16];

/* Targets of the first view of the text; names are valid until the next call. */
static size_t targets_of(const char *text, const char *asked, size_t max)
{
    static struct reading r;
    static bool open = false;
    if (open) help_close(&r);
    open = text != NULL;
    if (!text) return 0;
    help_views(&r, str_of(text));
    if (r.found.n == 0) fail_msg("%s: no view", text);
    const struct attribution *x = &r.found.items[0];
    size_t n = targets_find(&r.a, x, asked, found, max);
    assert_true(n <= max);
    for (size_t i = 0; i < n; i++) {
        assert_true(found[i].name.len > 0);
        if (found[i].first < found[i].end) assert_true(found[i].first >= x->first && found[i].end <= x->end);
    }
    return n;
}

static void the_name_in_the_content(void **state)
{
    (void)state;
    assert_int_equal(targets_of("Mary Cole said that Nordbank was broke.", NULL, 1), 1);
    assert_text(found[0].name, "Nordbank");
    assert_true(found[0].first < found[0].end);
}

static void the_name_of_which_the_article_speaks_most(void **state)
{
    (void)state;
    assert_int_equal(targets_of("Mary Cole said that Nordbank would never buy Goldfinch. For Goldfinch is in Leeds, and Goldfinch is old.", NULL, 4), 2);
    assert_text(found[0].name, "Goldfinch");
    assert_text(found[1].name, "Nordbank");
    assert_int_equal(targets_of("Mary Cole said that Nordbank would never buy Goldfinch.", NULL, 1), 1);
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
        cmocka_unit_test(the_name_in_the_content), cmocka_unit_test(the_name_of_which_the_article_speaks_most), cmocka_unit_test(nobody_is_his_own_target),
        cmocka_unit_test(a_topic_stands_in), cmocka_unit_test(it_points_back_to_the_main_subject), cmocka_unit_test(the_one_asked_about),
        cmocka_unit_test(none_wanted_none_given),
    };
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
