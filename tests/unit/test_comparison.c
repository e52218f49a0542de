/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "test_compare_help.h"

static void refuses(void **state)
{
    (void)state;
    stance_error err = {0};
    stance_str out;
    stance_outlets *o = sample("Left & Co, Nobody", 5);
    assert_false(stance_outlets_render(o, "table", NULL, &out, &err));
    assert_int_equal(err.code, STANCE_USAGE);
    assert_string_equal(err.text, "--outlets: no view of Nobody is left to compare");
    assert_false(stance_outlets_render(o, "pdf", NULL, &out, &err));
    assert_int_equal(err.code, STANCE_USAGE);
    stance_outlets_free(o);
    o = sample(NULL, 30);
    assert_false(stance_outlets_render(o, "table", NULL, &out, &err));
    assert_int_equal(err.code, STANCE_INPUT);
    stance_outlets_free(o);
    o = stance_outlets_new(NULL, NULL, &err);
    assert_false(stance_outlets_render(o, "json", NULL, &out, &err));
    stance_outlets_free(o);
    stance_outlets_free(NULL);
    assert_null(stance_outlets_new(&(stance_report_options){.dedup = "some"}, NULL, &err));
}

static void numbers(void **state)
{
    (void)state;
    stance_outlets *o = sample("left & co,RIGHT|", 5);
    assert_true(says(o, "json", "{\"outlet\":\"Left & Co\",\"articles\":"));
    assert_true(says(o, "json", "\"a\":\"Left & Co\",\"b\":\"Right|\",\"n_a\":20,\"n_b\":20,\"net\":1.2,"));
    assert_true(says(o, "json", "\"speakers_both\":1,\"same_n_a\":10,\"same_n_b\":10,"));
    assert_true(says(o, "json", "\"speakers\":[{\"name\":\"Ada\","));
    stance_outlets_free(o);
}

static void order_of_the_input(void **state)
{
    (void)state;
    stance_outlets *o[2] = {sample(NULL, 5), stance_outlets_new(&(stance_report_options){.min_n = 5, .draws = 200}, NULL, NULL)};
    stance_str a, b;
    char article[32], text[64];
    for (size_t i = 41; i-- > 0;) {
        bool left = i % 2, bullish = left ? i % 10 != 1 : i % 10 == 0;
        snprintf(article, sizeof article, "a%zu", i / 3 * 2 + left);
        snprintf(text, sizeof text, "text number %zu", i);
        const char *outlet = i == 40 ? "T<i>ny" : left ? "Left & Co" : "Right|", *speaker = i % 4 < 2 ? "Ada" : left ? "Bob" : "Cy";
        stance_record r = view_of(article, outlet, speaker, bullish ? "bullish" : "skeptical", text);
        assert_true(stance_outlets_add(o[1], &r, NULL));
    }
    assert_true(stance_outlets_render(o[0], "csv", NULL, &a, NULL) && stance_outlets_render(o[1], "csv", NULL, &b, NULL));
    assert_string_equal(a.ptr, b.ptr);
    stance_outlets_free(o[0]);
    stance_outlets_free(o[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses),
        cmocka_unit_test(numbers),
        cmocka_unit_test(order_of_the_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
