/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "test_compare_help.h"

#include "report/compare_text.h"

static void table(void **state)
{
    (void)state;
    stance_outlets *o = sample(NULL, 5);
    assert_true(says(o, "table", "Left & Co  Right|        +120 ["));
    assert_true(says(o, "table", "1 outlet with fewer than 5 views left out"));
    assert_true(says(o, "md", "| Left & Co | Right\\| |") || says(o, "md", "| Left &amp; Co | Right\\| |"));
    stance_outlets_free(o);
}

static void small_numbers(void **state)
{
    (void)state;
    struct strbuf out = {0};
    compare_p(&out, 0.0001), strbuf_char(&out, ' '), compare_p(&out, 0.25), strbuf_char(&out, ' '), compare_p(&out, NAN);
    assert_string_equal(out.ptr, "< 0.001 0.250 –");
    strbuf_clear(&out);
    compare_estimate(&out, (struct estimate){0.12, -0.03, 0.2}), compare_estimate(&out, (struct estimate){NAN, NAN, NAN});
    assert_string_equal(out.ptr, "+12 [-3, +20]–");
    strbuf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table),
        cmocka_unit_test(small_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
