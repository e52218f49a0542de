/* SPDX-License-Identifier: MIT */
#define _DEFAULT_SOURCE
#include "test_report_views.h"
#include "test_io_help.h"

/* Writes views from..to of the sample, and an article without one, as a part; its path. */
static const char *part(const char *name, const stance_report_options *o, size_t from, size_t to, bool cut)
{
    stance_record v[12];
    stance_str out;
    struct strbuf text = {0};
    const stance_document article = {.article = str_of(name), .outlet = STR("CNN"), .date = STR("2025-01-27")};
    stance_partial *p = stance_partial_new(o, NULL);
    assert_non_null(p);
    sample_views(v);
    for (size_t i = from; i < to; i++) assert_true(stance_partial_add(p, &v[i], NULL));
    assert_true(stance_partial_add_article(p, &article, NULL));
    assert_true(stance_partial_take(p, !cut, &out, NULL));
    strbuf_add(&text, out);
    stance_partial_free(p);
    const char *path = put_bytes(name, text.ptr, text.len);
    strbuf_free(&text);
    return path;
}

/* The same report in one go. */
static void assert_whole(const stance_report_options *o, stance_report *merged, const char *format)
{
    stance_str a, b;
    stance_record v[12];
    stance_report *r = stance_report_new(o, NULL);
    for (size_t i = sample_views(v); i-- > 0;) assert_true(stance_report_add(r, &v[i], NULL));
    for (size_t i = 0; i < 3; i++) {
        const stance_document article = {.article = str_of((const char *[]){"one", "two", "three"}[i]), .outlet = STR("CNN"), .date = STR("2025-01-27")};
        assert_true(stance_report_add_article(r, &article, NULL));
    }
    assert_true(stance_report_render(r, format, NULL, &a, NULL));
    assert_true(stance_report_render(merged, format, NULL, &b, NULL));
    assert_string_equal(a.ptr, b.ptr);
    stance_report_free(r);
}

static void parts_give_the_whole(void **state)
{
    (void)state;
    static const stance_report_options all[] = {{.by = "outlet"}, {.by = "claim"}, {.by = "month", .examples = 2}, {.since = "2025-01-01", .seed = 7, .min_n = 2},
                                                {.by = "outlet,kind", .dedup = "none", .top = 1}};
    static const char *const formats[] = {"json", "table", "html"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        const char *paths[] = {part("three", &all[i], 7, 12, false), part("one", &all[i], 0, 3, false), part("two", &all[i], 3, 7, false)};
        stance_error err = {0};
        stance_report *merged = stance_report_merge(paths, 3, NULL, &err);
        if (!merged) fail_msg("%s", err.text);
        for (size_t k = 0; k < 3; k++) assert_whole(&all[i], merged, formats[k]);
        stance_report_free(merged);
    }
}

static void refused(const char *const *paths, size_t n, const stance_report_options *o, stance_code code, const char *message)
{
    stance_error err = {0};
    assert_null(stance_report_merge(paths, n, o, &err));
    assert_int_equal(err.code, code);
    assert_has(err.text, message);
}

static void refuses(void **state)
{
    (void)state;
    const stance_report_options o = {.by = "outlet"}, other = {.by = "speaker"};
    const char *one = part("one", &o, 0, 3, false), *two = part("two", &other, 3, 12, false), *cut = part("cut", &o, 3, 12, true);
    const char *views = put_text("views.jsonl", "{\"speaker\":\"Ada\",\"stance\":\"bullish\"}\n");
    refused((const char *[]){one, two}, 2, NULL, STANCE_INPUT, "other options");
    refused((const char *[]){one, one}, 2, NULL, STANCE_INPUT, "given twice");
    refused((const char *[]){one, cut}, 2, NULL, STANCE_INPUT, "has no end");
    refused((const char *[]){one, views}, 2, NULL, STANCE_INPUT, "no part of a report");
    refused((const char *[]){one}, 1, &other, STANCE_USAGE, "--by is settled");
    refused((const char *[]){one}, 1, &(stance_report_options){.examples = 2}, STANCE_INPUT, "could be shown");
    refused(NULL, 0, NULL, STANCE_INPUT, "no part");
    stance_error err = {0};
    stance_record r;
    stance_record_reader *in = stance_record_reader_open(one, "jsonl", NULL);
    assert_int_equal(stance_record_reader_next(in, &r, &err), -1);
    assert_true(stance_record_reader_fatal(in));
    assert_has(err.text, "--merge");
    stance_record_reader_free(in);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(parts_give_the_whole), cmocka_unit_test(refuses)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
