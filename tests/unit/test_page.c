/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/page.h"

static void text_is_never_live(void **state)
{
    (void)state;
    struct strbuf out = {0};
    page_text(&out, STR("<script>\"a'&\n\xE2\x80\xAE"));
    assert_string_equal(out.ptr, "&lt;script&gt;&quot;a&#39;&amp;\\u{000A}\\u{202E}");
    strbuf_clear(&out);
    page_url(&out, STR("https://x.org/?a=1&b=\"><i> \xC3\xA9"));
    assert_string_equal(out.ptr, "https://x.org/?a=1&amp;b=%22%3E%3Ci%3E%20%C3%A9");
    strbuf_free(&out);
}

static void whole_page(void **state)
{
    (void)state;
    struct strbuf out = {0};
    page_open(&out, STR("T<b>"));
    page_filter(&out, "rows", "rows", true);
    page_head(&out, STR("net"), true, "opt");
    page_close(&out);
    stance_str s = strbuf_str(&out);
    assert_true(str_starts(s, STR("<!doctype html>")) && str_ends(s, STR("</html>\n")));
    assert_true(str_find(s, STR("<title>T&lt;b&gt;</title>")) != STANCE_NONE);
    assert_true(str_find(s, STR("default-src 'none'")) != STANCE_NONE);
    assert_true(str_find(s, STR("<label for=\"rows-filter\">")) != STANCE_NONE);
    assert_int_equal(str_find(s, STR("http:")), STANCE_NONE);
    assert_int_equal(str_find(s, STR("https:")), STANCE_NONE);
    strbuf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_never_live),
        cmocka_unit_test(whole_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
