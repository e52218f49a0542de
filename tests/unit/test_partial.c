/* SPDX-License-Identifier: MIT
 * That parts give back the report they were made of is tested in test_merge.c. */
#include "test_report_views.h"

#include "report/partial.h"

static stance_str own_column(void *ctx, const char *name)
{
    (void)ctx;
    return str_of(strcmp(name, "desk") == 0 ? "foreign" : NULL);
}

static stance_partial *open_part(const stance_report_options *o)
{
    stance_error err = {0};
    stance_partial *p = stance_partial_new(o, &err);
    if (!p) fail_msg("%s", err.text);
    return p;
}

static void assert_taken(stance_partial *p, bool last, const char *expected)
{
    stance_str out;
    assert_true(stance_partial_take(p, last, &out, NULL));
    assert_int_equal(out.len, strlen(expected));
    if (out.len) assert_string_equal(out.ptr, expected);
}

static void lines(void **state)
{
    (void)state;
    stance_partial *p = open_part(&(stance_report_options){.by = "desk", .kind = "direct", .column = own_column});
    stance_record r = view_of("a1", NULL, "Ada", "bullish", "so it is");
    assert_taken(p, false, "{\"schema\":\"stance.part/1\",\"by\":\"desk\",\"kind\":\"direct\",\"min_n\":0,\"top\":0,\"examples\":0,\"draws\":0,\"seed\":0,"
                           "\"level\":0,\"whole\":false}\n");
    assert_true(stance_partial_add(p, &r, NULL));
    assert_taken(p, false, "{\"id\":\"a1\",\"article\":\"a1\",\"date\":\"2025-01-27\",\"speaker\":\"Ada\",\"kind\":\"direct\",\"text\":\"so it is\",\"start\":0,"
                           "\"target\":\"DeepSeek\",\"stance\":\"bullish\",\"p_bullish\":0.5,\"p_skeptical\":0.3,\"p_neutral\":0.2,"
                           "\"model\":\"00000000000000aa\",\"key.0\":\"foreign\"}\n");
    assert_taken(p, false, "");
    r.kind = str_of("mixed");
    assert_true(stance_partial_add(p, &r, NULL));
    stance_str out;
    assert_true(stance_partial_take(p, true, &out, NULL));
    assert_true(str_find(out, STR("\"views\":1,\"left_out\":1,\"undated\":0,\"articles_given\":false,\"print\":\"")) != STANCE_NONE);
    stance_partial_free(p);
    stance_partial_free(NULL);
}

/* Only what is to be shown is kept whole. */
static void whole(void **state)
{
    (void)state;
    static const stance_report_options all[] = {{.examples = 1}, {.page = true}, {.by = "claim"}, {.by = "outlet"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        stance_partial *p = open_part(&all[i]);
        stance_record r = view_of("a1", NULL, "Ada", "bullish", "so it is");
        stance_str out;
        r.url = str_of("https://example.org/");
        assert_true(stance_partial_add(p, &r, NULL));
        assert_true(stance_partial_take(p, false, &out, NULL));
        assert_int_equal(str_find(out, STR("example.org")) != STANCE_NONE, i < 3);
        stance_partial_free(p);
    }
}

static void refuses(void **state)
{
    (void)state;
    stance_error err = {0};
    assert_null(stance_partial_new(&(stance_report_options){.by = "desk"}, &err));
    assert_int_equal(err.code, STANCE_USAGE);
}

static void fields_are_distinct(void **state)
{
    (void)state;
    for (size_t i = 0; part_field(i); i++)
        for (size_t k = 0; k < i; k++) assert_true(strcmp(part_field(i)->name, part_field(k)->name) != 0 && part_field(i)->offset != part_field(k)->offset);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lines), cmocka_unit_test(whole), cmocka_unit_test(refuses), cmocka_unit_test(fields_are_distinct)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
