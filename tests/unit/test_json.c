/* SPDX-License-Identifier: MIT
 * Tests of json: flat pairs in, escaped text out. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include <math.h>

#include "io/json.h"

/* "key=value;" for each pair, null as ~. */
static void check(const char *json, const char *expected)
{
    struct json_object o = {0};
    struct strbuf out = {0};
    stance_error err = {0};
    if (!json_parse(&o, str_of(json), &err)) print_error("%s\n", err.text);
    for (size_t i = 0; i < o.n; i++) {
        strbuf_add(&out, o.pairs[i].key);
        strbuf_char(&out, '=');
        strbuf_add(&out, o.pairs[i].value.ptr ? o.pairs[i].value : STR("~"));
        strbuf_char(&out, ';');
    }
    assert_str(strbuf_str(&out), expected);
    strbuf_free(&out);
    json_free(&o);
}

static void flat_pairs(void **state)
{
    (void)state;
    check("{}", "");
    check(" {\"a\":\"x\",\"b\":1.50,\"c\":true,\"d\":null,\"e\":\"\"} ", "a=x;b=1.50;c=true;d=~;e=;");
    check("{\"m\":{\"n\":{\"o\":1},\"p\":2},\"q\":[\"x\",[1,2],{\"k\":3}],\"r\":{},\"s\":[]}",
          "m.n.o=1;m.p=2;q.0=x;q.1.0=1;q.1.1=2;q.2.k=3;");
    check("{\"a\":1,\"b\":2,\"a\":3}", "a=3;b=2;");
    check("{\"\":1}", "=1;");
    check("{\"a\":\"\\u00e9\\ud83d\\ude00\\n\"}", "a=\xC3\xA9\xF0\x9F\x98\x80\n;");
}

static void check_error(const char *json, const char *message)
{
    struct json_object o = {0};
    stance_error err = {0};
    assert_false(json_parse(&o, str_of(json), &err));
    assert_int_equal(o.n, 0);
    assert_has(err.text, message);
    json_free(&o);
}

static void bad_json(void **state)
{
    (void)state;
    check_error("", "column 1: ");
    check_error("{\"a\":", "column 6: ");
    check_error("{\"a\":1} x", "column ");
    check_error("{\"a\":tru}", "column ");
    check_error("[1,2]", "a JSON object {...} is expected here");
    check_error("\"text\"", "a JSON object {...} is expected here");
    check_error("{'a':1}", "column 2: ");
}

static void deep_and_wide(void **state)
{
    (void)state;
    struct strbuf text = {0};
    struct json_object o = {0};
    stance_error err = {0};
    strbuf_add(&text, STR("{\"a\":"));
    for (int i = 0; i < 100000; i++) strbuf_char(&text, '[');
    check_error(text.ptr, "nested deeper than is allowed (64");
    strbuf_clear(&text);
    strbuf_add(&text, STR("{\"a\":["));
    for (int i = 0; i < 70000; i++) strbuf_add(&text, STR("1,"));
    strbuf_add(&text, STR("1]}"));
    check_error(text.ptr, "more values in one object than are allowed (65,536");
    strbuf_clear(&text);
    strbuf_char(&text, '{');
    for (int i = 0; i < 1000; i++) strbuf_print(&text, "\"k%d\":%d,", i % 500, i);
    strbuf_add(&text, STR("\"z\":0}"));
    assert_true(json_parse(&o, strbuf_str(&text), &err));
    assert_int_equal(o.n, 501);
    assert_str(*json_get(&o, STR("k7")), "507");
    json_free(&o);
    strbuf_free(&text);
}

static void twenty_megabytes_in_one_string(void **state)
{
    (void)state;
    enum { BIG = 20 << 20 };
    char *text = malloc(BIG);
    struct json_object o = {0};
    memset(text, 'x', BIG);
    memcpy(text, "{\"a\":\"", 6);
    memcpy(text + BIG - 2, "\"}", 2);
    assert_true(json_parse(&o, (stance_str){text, BIG}, NULL));
    assert_int_equal(json_get(&o, STR("a"))->len, BIG - 8);
    assert_null(json_get(&o, STR("b")));
    json_free(&o);
    free(text);
}

static void invalid_utf8_and_nul_pass(void **state)
{
    (void)state;
    struct json_object o = {0};
    assert_true(json_parse(&o, STR("{\"a\":\"\xFFx\\u0000y\"}"), NULL));
    assert_int_equal(json_get(&o, STR("a"))->len, 4);
    json_free(&o);
}

static void check_string(stance_str text, const char *expected)
{
    struct strbuf out = {0};
    json_put_string(&out, text);
    assert_str(strbuf_str(&out), expected);
    strbuf_free(&out);
}

static void strings_are_escaped(void **state)
{
    (void)state;
    check_string((stance_str){NULL, 0}, "null");
    check_string(STR(""), "\"\"");
    check_string(STR("a\"b\\c\n\t\r\b\f\x01\x7f/"), "\"a\\\"b\\\\c\\n\\t\\r\\b\\f\\u0001\\u007f/\"");
    check_string(STR("x\0y"), "\"x\\u0000y\"");
    check_string(STR("</script>"), "\"<\\/script>\"");
    check_string(STR("\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\x9C"), "\"\\u2028\\u2029\xE2\x80\x9C\"");
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    struct strbuf out = {0};
    struct json_object o = {0};
    char all[256];
    for (int i = 0; i < 128; i++) all[i] = (char)i;
    memcpy(all + 128, "</\xE2\x80\xA8\xF0\x9F\x98\x80", 9);
    strbuf_char(&out, '{');
    json_put_key(&out, "k\"ey");
    json_put_string(&out, (stance_str){all, 137});
    json_put_key(&out, "n");
    json_put_number(&out, 0.1);
    strbuf_char(&out, '}');
    assert_true(json_parse(&o, strbuf_str(&out), NULL));
    assert_int_equal(o.pairs[0].value.len, 137);
    assert_memory_equal(o.pairs[0].value.ptr, all, 137);
    assert_str(o.pairs[0].key, "k\"ey");
    assert_str(o.pairs[1].value, "0.1");
    json_free(&o);
    strbuf_free(&out);
}

static void numbers(void **state)
{
    (void)state;
    const struct { double value; const char *text; } cases[] = {
        {0, "0"}, {1, "1"}, {0.25, "0.25"}, {1.0 / 3, "0.3333333333333333"}, {-2.5, "-2.5"}, {NAN, "null"}, {INFINITY, "null"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct strbuf out = {0};
        json_put_number(&out, cases[i].value);
        assert_str(strbuf_str(&out), cases[i].text);
        strbuf_free(&out);
    }
}

/* Strings are looked over eight bytes at a time: each byte at each place, and pairs across the edge. */
static void every_byte_at_every_place(void **state)
{
    (void)state;
    static const char *const special[] = {"\"", "\\", "\x7f", "\x1f", "\n", "</", "\xE2\x80\xA8", "\xE2\x80\xA9"};
    static const char *const escaped[] = {"\\\"", "\\\\", "\\u007f", "\\u001f", "\\n", "<\\/", "\\u2028", "\\u2029"};
    static const char *const plain[] = {"/", "<", " ", "!", "#", "~", "\xC3\xA9", "\xE2\x80\x9C", "\xE2\x80\xA6", "a/", "<b/"};
    enum { SPECIAL = sizeof special / sizeof *special, ALL = SPECIAL + sizeof plain / sizeof *plain };
    for (size_t before = 0; before < 18; before++)
        for (size_t behind = 0; behind < 10; behind++)
            for (size_t i = 0; i < ALL; i++) {
                struct strbuf text = {0}, expected = {0}, out = {0};
                const char *as_is = i < SPECIAL ? special[i] : plain[i - SPECIAL];
                strbuf_print(&text, "%.*s%s%.*s", (int)before, "abcdefghijklmnopqr", as_is, (int)behind, "0123456789");
                strbuf_print(&expected, "\"%.*s%s%.*s\"", (int)before, "abcdefghijklmnopqr", i < SPECIAL ? escaped[i] : as_is, (int)behind, "0123456789");
                json_put_string(&out, strbuf_str(&text));
                assert_string_equal(out.ptr, expected.ptr);
                strbuf_free(&text);
                strbuf_free(&expected);
                strbuf_free(&out);
            }
}

static void check_same(stance_str text)
{
    struct json_object o = {0}, all = {0};
    stance_error err = {0}, why = {0};
    bool ok = json_parse(&o, text, &err);
    assert_int_equal(ok, json_parse_all(&all, text, &why));
    assert_string_equal(err.text, why.text);
    assert_int_equal(o.n, all.n);
    for (size_t i = 0; i < o.n; i++) {
        assert_true(str_equal(o.pairs[i].key, all.pairs[i].key) && str_equal(o.pairs[i].value, all.pairs[i].value));
        assert_int_equal(o.pairs[i].value.ptr == NULL, all.pairs[i].value.ptr == NULL);
    }
    json_free(&o);
    json_free(&all);
}

/* Flat objects are read without yajl: each byte at each place of some, and some without one, read as by yajl. */
static void yajl_reads_the_same(void **state)
{
    (void)state;
    static const char *const objects[] = {
        "{\"a\":\"x\\ny\",\"b\":-1.50,\"c\":true,\"d\":null} ", " { \"text\" : \"eight by\\\"tes and\\u2019 more\" , \"n\":0 }\n", "{\"a\":\"\\/\\b\\f\\r\\t\\\\\"}",
        "{\"ab\":\"\\u00e9\\u0041\\uFFfd\",\"ab\":10}", "{\"\":false}", "{\"a\":1e5,\"b\":\"\\ud83d\\ude00\"}", "{\"a\":[1],\"b\":{\"c\":2}}", "{}",
        "{\"a\":\"\xE2\x80\x99 \xFF long enough for several words of eight bytes each\"}",
    };
    for (size_t k = 0; k < sizeof objects / sizeof *objects; k++) {
        size_t len = strlen(objects[k]);
        for (size_t i = 0; i < len; i++) {
            char text[128];
            memcpy(text, objects[k], len);
            check_same((stance_str){text, i});
            for (int c = 0; c < 256; c++) {
                text[i] = (char)c;
                check_same((stance_str){text, len});
            }
            memmove(text + i, objects[k] + i + 1, len - i - 1);
            check_same((stance_str){text, len - 1});
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_at_every_place), cmocka_unit_test(flat_pairs), cmocka_unit_test(bad_json), cmocka_unit_test(deep_and_wide),
        cmocka_unit_test(twenty_megabytes_in_one_string), cmocka_unit_test(invalid_utf8_and_nul_pass),
        cmocka_unit_test(strings_are_escaped), cmocka_unit_test(what_is_written_reads_back), cmocka_unit_test(numbers), cmocka_unit_test(yajl_reads_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
