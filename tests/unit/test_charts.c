/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/charts.h"

static void charts_have_words(void **state)
{
    (void)state;
    stance_report *r = stance_report_new(&(stance_report_options){.by = "outlet", .page = true, .examples = 2}, NULL);
    stance_record v[12];
    sample_views(v);
    for (size_t i = 0; i < 12; i++) {
        if (i % 2) v[i].date = str_of("2025-02-03");
        assert_true(stance_report_add(r, &v[i], NULL));
    }
    assert_true(rendered_has(r, "html", "role=\"img\" aria-label=\"bullish "));
    assert_true(rendered_has(r, "html", "aria-label=\"Net by month, 2 months; the table below has the numbers\""));
    assert_true(rendered_has(r, "html", "<details><summary>The timeline as a table</summary>"));
    assert_true(rendered_has(r, "html", "aria-label=\"Net by outlet and target; the table below has the numbers\""));
    assert_true(rendered_has(r, "html", "<title>CNN on DeepSeek: net "));
    stance_report_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(charts_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
