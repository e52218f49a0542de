/* SPDX-License-Identifier: MIT
 * Tests of lines: lines and objects come out whole wherever the chunks end, and what is too long is passed over. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "io/lines.h"

enum { CHUNK = 65536 }; /* of lines.c: borders of interest lie around its multiples */

struct source {
    struct file *file;
    struct lines lines;
};

static struct source open_bytes(const void *bytes, size_t n, size_t max)
{
    struct source s = {.file = file_open(put_bytes("in", bytes, n), 0, NULL)};
    assert_non_null(s.file);
    lines_init(&s.lines, s.file, max);
    return s;
}

static void close_source(struct source *s)
{
    lines_free(&s->lines);
    file_close(s->file);
}

/* All units as "LINE:TEXT|"; failures as "LINE!". */
static void list(struct source *s, bool objects, struct strbuf *out)
{
    stance_str unit;
    for (int got; (got = objects ? lines_next_object(&s->lines, &unit, NULL) : lines_next(&s->lines, &unit, NULL)) != 0;) {
        strbuf_print(out, "%zu%s", s->lines.line, got < 0 ? "!" : ":");
        if (got < 0) continue;
        strbuf_add(out, unit);
        strbuf_char(out, '|');
    }
}

static void check(bool objects, stance_str text, size_t max, const char *expected)
{
    struct strbuf out = {0};
    struct source s = open_bytes(text.ptr, text.len, max);
    list(&s, objects, &out);
    assert_str(strbuf_str(&out), expected);
    close_source(&s);
    strbuf_free(&out);
}

static void line_ends(void **state)
{
    (void)state;
    check(false, STR("a\nb\r\n\nc"), 99, "1:a|2:b|3:|4:c|");
    check(false, STR("a\n"), 99, "1:a|");
    check(false, STR("\n\n"), 99, "1:|2:|");
    check(false, STR(""), 99, "");
    check(false, STR("a\rb\r"), 99, "1:a\rb|"); /* a bare CR ends no line; one at the very end is dropped */
    check(false, STR("\xEF\xBB\xBF" "a\n\xEF\xBB\xBF" "b"), 99, "1:a|2:\xEF\xBB\xBF" "b|");
    check(false, STR("\xEF\xBB\xBF"), 99, "");
}

static void nul_bytes_stay(void **state)
{
    (void)state;
    struct source s = open_bytes("a\0b\n\0", 5, 99);
    stance_str line;
    assert_int_equal(lines_next(&s.lines, &line, NULL), 1);
    assert_true(str_equal(line, STR("a\0b")));
    assert_int_equal(lines_next(&s.lines, &line, NULL), 1);
    assert_true(str_equal(line, STR("\0")));
    assert_int_equal(lines_next(&s.lines, &line, NULL), 0);
    assert_int_equal(lines_next(&s.lines, &line, NULL), 0);
    close_source(&s);
}

static void long_lines_are_passed_over(void **state)
{
    (void)state;
    check(false, STR("12345\n123456\nok\n"), 5, "1:12345|2!3:ok|");
    check(false, STR("123456"), 5, "1!");
    stance_error err = {0};
    stance_str line;
    struct source s = open_bytes("ok\n1234567\n", 11, 5);
    assert_int_equal(lines_next(&s.lines, &line, &err), 1);
    assert_int_equal(lines_next(&s.lines, &line, &err), -1);
    assert_int_equal(err.code, STANCE_INPUT);
    assert_has(err.text, "in, line 2: longer than 5 bytes");
    assert_false(s.lines.broken);
    close_source(&s);
}

/* A far too long line is not kept in memory: the buffer stays near the limit. */
static void skipping_needs_no_memory(void **state)
{
    (void)state;
    size_t n = (size_t)40 * CHUNK;
    char *text = malloc(n + 4);
    memset(text, 'x', n);
    memcpy(text + n, "\nok\n", 4);
    struct source s = open_bytes(text, n + 4, 100);
    stance_str line;
    assert_int_equal(lines_next(&s.lines, &line, NULL), -1);
    assert_int_equal(lines_next(&s.lines, &line, NULL), 1);
    assert_str(line, "ok");
    assert_int_equal(s.lines.line, 2);
    assert_true(s.lines.cap <= (size_t)8 * CHUNK);
    close_source(&s);
    free(text);
}

/* Line ends are put at every distance from a chunk's border. */
static void borders_of_chunks(void **state)
{
    (void)state;
    char *text = malloc(CHUNK * 2);
    for (int d = -4; d <= 4; d++)
        for (int crlf = 0; crlf < 2; crlf++) {
            size_t first = (size_t)(CHUNK + d), at = first;
            memset(text, 'a', first);
            if (crlf) text[at++] = '\r';
            text[at++] = '\n';
            memcpy(text + at, "end", 3);
            struct source s = open_bytes(text, at + 3, CHUNK * 2);
            stance_str line;
            assert_int_equal(lines_next(&s.lines, &line, NULL), 1);
            assert_int_equal(line.len, first);
            assert_int_equal(lines_next(&s.lines, &line, NULL), 1);
            assert_str(line, "end");
            close_source(&s);
        }
    free(text);
}

static void objects(void **state)
{
    (void)state;
    check(true, STR("{\"a\":1}\n{\"b\":2}"), 99, "1:{\"a\":1}|2:{\"b\":2}|");
    check(true, STR("[{\"a\":1},\n {\"b\":{\"c\":2}}]\n"), 99, "1:{\"a\":1}|2:{\"b\":{\"c\":2}}|");
    check(true, STR("\xEF\xBB\xBF{\n\"a\":\n1}{}"), 99, "1:{\n\"a\":\n1}|3:{}|");
    check(true, STR("{\"a\":\"}{\\\"}\"}{}"), 99, "1:{\"a\":\"}{\\\"}\"}|1:{}|"); /* braces and quotes inside strings */
    check(true, STR("{\"a\":\"\\\\\"}{}"), 99, "1:{\"a\":\"\\\\\"}|1:{}|");
    check(true, STR(" [ ] \n"), 99, "");
    check(true, STR(""), 99, "");
}

static void no_object(const char *text, size_t max, const char *message)
{
    stance_error err = {0};
    stance_str unit;
    struct source s = open_bytes(text, strlen(text), max);
    int got;
    while ((got = lines_next_object(&s.lines, &unit, &err)) > 0) {}
    assert_int_equal(got, -1);
    assert_has(err.text, message);
    assert_true(s.lines.broken);
    assert_int_equal(lines_next_object(&s.lines, &unit, &err), 0); /* nothing more comes from a broken source */
    close_source(&s);
}

static void what_is_no_object_breaks_the_source(void **state)
{
    (void)state;
    no_object("{}\nhello\n", 99, "in, line 2: here begins something other than a JSON object");
    no_object("[1, 2]", 99, "something other");
    no_object("{}\n\n{\"a\": {\n", 99, "line 3: the object that begins here is not closed");
    no_object("{\"a\":\"}", 99, "not closed");
    no_object("{\"a\":\"0123456789\"}", 10, "longer than the limit");
}

static void objects_over_chunks(void **state)
{
    (void)state;
    char *text = malloc(CHUNK * 3);
    for (int d = -3; d <= 3; d++) {
        size_t n = (size_t)(CHUNK + d);
        memset(text, 'x', n);
        memcpy(text, "{\"", 2);
        memcpy(text + n - 2, "\"}", 2);
        memcpy(text + n, "\n{\"last\"}", 9);
        struct source s = open_bytes(text, n + 9, CHUNK * 2);
        stance_str unit;
        assert_int_equal(lines_next_object(&s.lines, &unit, NULL), 1);
        assert_int_equal(unit.len, n);
        assert_int_equal(lines_next_object(&s.lines, &unit, NULL), 1);
        assert_str(unit, "{\"last\"}");
        assert_int_equal(s.lines.line, 2);
        close_source(&s);
    }
    free(text);
}

static void a_damaged_source_breaks_it(void **state)
{
    (void)state;
    char packed[4096];
    const char *path = put_gzip("x.gz", "line one\nline two\n", 18, "wb");
    FILE *f = fopen(path, "rb");
    size_t n = fread(packed, 1, sizeof packed, f);
    fclose(f);
    struct source s = open_bytes(packed, n - 9, 99);
    stance_error err = {0};
    stance_str line;
    int got;
    while ((got = lines_next(&s.lines, &line, &err)) > 0) {}
    assert_int_equal(got, -1);
    assert_has(err.text, "gzip data is cut off");
    assert_true(s.lines.broken);
    assert_int_equal(lines_next(&s.lines, &line, &err), 0);
    close_source(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_ends), cmocka_unit_test(nul_bytes_stay), cmocka_unit_test(long_lines_are_passed_over),
        cmocka_unit_test(skipping_needs_no_memory), cmocka_unit_test(borders_of_chunks), cmocka_unit_test(objects),
        cmocka_unit_test(what_is_no_object_breaks_the_source), cmocka_unit_test(objects_over_chunks), cmocka_unit_test(a_damaged_source_breaks_it),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
