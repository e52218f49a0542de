/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/decided.h"

static void words_by_their_part(void **state)
{
    (void)state;
    static const char text[] = "no <good> at all";
    double sums[sizeof text] = {0};
    struct strbuf out = {0};
    for (size_t i = 3; i < 9; i++) sums[i] = 1;
    sums[0] = -3;
    sums[10] = 1;
    decided_put(&out, str_of(text), sums, "plus");
    assert_string_equal(out.ptr, "<mark class=\"against\">no</mark> <mark class=\"plus\"><b>&lt;good&gt;</b></mark> <mark class=\"plus\">at</mark> all");
    strbuf_clear(&out);
    memset(sums, 0, sizeof sums);
    decided_put(&out, str_of(text), sums, "plus");
    assert_string_equal(out.ptr, "no &lt;good&gt; at all");
    strbuf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(words_by_their_part)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
