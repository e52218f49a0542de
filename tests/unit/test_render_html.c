/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

static void everything_is_there(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.examples = 9, .page = true}, 12);
    assert_true(rendered_has(r, "html", "<a href=\"#g0\" data-open=\"g0\" data-only=\"bullish\">60 %</a>"));
    assert_true(rendered_has(r, "html", "<details id=\"g0\"><summary>Nic Carter"));
    assert_true(rendered_has(r, "html", "href=\"https://example.org/a2?x=1&amp;y=(2)\""));
    assert_true(rendered_has(r, "html", "<li data-s=\"abstained\">"));
    assert_true(rendered_has(r, "html", "E\\u{202E}vil|&lt;b&gt;*x*\\u{000A}"));
    assert_false(rendered_has(r, "html", "href=\"javascript:"));
    assert_false(rendered_has(r, "html", "<b>*x*"));
    stance_report_free(r);
}

static void claims_show_wording(void **state)
{
    (void)state;
    stance_report *r = stance_report_new(&(stance_report_options){.by = "claim"}, NULL);
    stance_record a = view_of("a", "X", "Ada", "bullish", "the tunnel would drain the reserves of the city");
    stance_record b = view_of("b", "Y", "Ada", "bullish", "the tunnel would drain the reserves of the town");
    assert_true(stance_report_add(r, &a, NULL) && stance_report_add(r, &b, NULL));
    assert_true(rendered_has(r, "html", "reserves of the <b>town</b></mark>"));
    assert_true(rendered_has(r, "json", "\"outlets\":[{\"outlet\":\"X\",\"date\":\"2025-01-27\",\"id\":\"a\"},{\"outlet\":\"Y\""));
    assert_true(rendered_has(r, "json", "\"duplicate_of\":\"a\""));
    assert_true(rendered_has(r, "table", "reserves of the |town|”"));
    assert_true(rendered_has(r, "md", "reserves of the **town**”"));
    stance_report_free(r);
}

static void nothing(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.page = true}, 0);
    assert_true(rendered_has(r, "html", "<p>No views.</p>"));
    stance_report_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everything_is_there),
        cmocka_unit_test(claims_show_wording),
        cmocka_unit_test(nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
