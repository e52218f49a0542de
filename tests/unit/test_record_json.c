/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/record_json.h"

static void assert_json(const stance_record *r, const char *names, const char *expected)
{
    struct strbuf out = {0};
    const struct record_field *f;
    strbuf_char(&out, '{');
    for (size_t i = 0; (f = record_field(i)); i++)
        if (strstr(names, f->name ? f->name : "p_")) record_json_put(&out, f, r);
    assert_non_null(out.ptr);
    assert_string_equal(out.ptr, expected);
    strbuf_free(&out);
}

static void every_type(void **state)
{
    (void)state;
    stance_record r = view_of("a \"b\"", NULL, "Ada", "bullish", "text");
    r.margin = 0.1;
    r.span.start = STANCE_NONE;
    assert_json(&r, "article margin p_", "{\"article\":\"a \\\"b\\\"\",\"p_bullish\":0.5,\"p_skeptical\":0.3,\"p_neutral\":0.2,\"margin\":0.1");
    assert_json(&r, "outlet speaker_start", "{\"outlet\":null,\"speaker\":\"Ada\",\"speaker_start\":null,\"start\":null");
    r.margin = NAN;
    r.p[1] = NAN;
    r.bytes.end = 12;
    assert_json(&r, "margin p_ byte_end", "{\"end\":5,\"byte_end\":12,\"p_bullish\":0.5,\"p_skeptical\":null,\"p_neutral\":0.2,\"margin\":null");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_type)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
