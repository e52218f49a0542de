/* SPDX-License-Identifier: MIT
 * Tests of format: what an input holds, by name, path and first bytes; and what is no text at all. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "io/format.h"

static void names(void **state)
{
    (void)state;
    static const char *const all[] = {"txt", "html", "csv", "tsv", "jsonl", "json"};
    for (size_t i = 0; i < 6; i++) assert_string_equal(format_name(format_by_name(all[i])), all[i]);
    assert_int_equal(format_by_name("ndjson"), FORMAT_JSONL);
    assert_int_equal(format_by_name("HTM"), FORMAT_HTML);
    assert_int_equal(format_by_name("xlsx"), FORMAT_UNKNOWN);
    assert_int_equal(format_by_name(""), FORMAT_UNKNOWN);
    assert_int_equal(format_by_name(".csv"), FORMAT_UNKNOWN);
    assert_string_equal(format_name(FORMAT_UNKNOWN), "unknown");
    assert_string_equal(format_name(FORMAT_MARKED), "txt");
}

static void paths_and_their_stems(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        enum format format;
        const char *stem;
    } rows[] = {
        {"a.txt", FORMAT_TXT, "a"},
        {"news/a.b.HTML", FORMAT_HTML, "news/a.b"},
        {"a.csv.gz", FORMAT_CSV, "a"},
        {"a.CSV.GZ", FORMAT_CSV, "a"},
        {"a.gz", FORMAT_UNKNOWN, "a"},
        {"a.pdf", FORMAT_UNKNOWN, "a.pdf"},
        {"a.pdf.gz", FORMAT_UNKNOWN, "a.pdf"},
        {"a", FORMAT_UNKNOWN, "a"},
        {"", FORMAT_UNKNOWN, ""},
        {".txt", FORMAT_UNKNOWN, ".txt"},           /* a hidden file without an extension */
        {"x/.csv", FORMAT_UNKNOWN, "x/.csv"},
        {"v1.csv/readme", FORMAT_UNKNOWN, "v1.csv/readme"}, /* a folder's dot is not the file's */
        {"a.", FORMAT_UNKNOWN, "a."},
        {"a.txt.txt", FORMAT_TXT, "a.txt"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stance_str stem;
        if (format_by_path(str_of(rows[i].path), &stem) != rows[i].format) fail_msg("%s: wrong format", rows[i].path);
        assert_str(stem, rows[i].stem);
    }
}

static void contents(void **state)
{
    (void)state;
    static const struct {
        const char *head;
        enum format format;
    } rows[] = {
        {"{\"text\":\"a\"}\n{\"text\":\"b\"}\n", FORMAT_JSONL},
        {"  {\"text\":\"a\"}", FORMAT_JSONL},
        {"\xEF\xBB\xBF{\"text\":\"a\"}\n", FORMAT_JSONL},
        {"{\"text\":\"cut", FORMAT_JSONL},     /* one line, cut off: the head ends there */
        {"{\n \"text\": \"a\"\n}\n", FORMAT_JSON},
        {"{\"text\":\n\"a\"}\n", FORMAT_JSON},
        {"{", FORMAT_TXT},
        {"{curly} words\n", FORMAT_TXT},
        {"<!DOCTYPE html>\n", FORMAT_HTML},
        {"\n\n<HTML lang=en>", FORMAT_HTML},
        {"<p>a paragraph</p>", FORMAT_TXT},
        {"id,text,label\n1,a,b\n", FORMAT_CSV},
        {"id;\"Text\";label\r\n1;a;b\r\n", FORMAT_CSV},
        {"\xEF\xBB\xBFid\tbody\n1\tx\n", FORMAT_TSV},
        {"text\nalone\n", FORMAT_TXT},         /* one field is no table */
        {"We read the text, he said.\n", FORMAT_TXT},
        {"In a statement, text\n", FORMAT_CSV}, /* a known limit: a sentence that looks like a header */
        {"", FORMAT_TXT},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (format_by_content(str_of(rows[i].head)) != rows[i].format)
            fail_msg("\"%s\" is told as %s", rows[i].head, format_name(format_by_content(str_of(rows[i].head))));
}

static void tables(void **state)
{
    (void)state;
    enum table_format t;
    assert_true(format_is_table(FORMAT_CSV, &t) && t == TABLE_CSV);
    assert_true(format_is_table(FORMAT_TSV, &t) && t == TABLE_TSV);
    assert_true(format_is_table(FORMAT_JSONL, &t) && t == TABLE_JSONL);
    assert_true(format_is_table(FORMAT_JSON, &t) && t == TABLE_JSON);
    assert_true(format_is_table(FORMAT_MARKED, &t) && t == TABLE_MARKED);
    assert_false(format_is_table(FORMAT_TXT, &t) || format_is_table(FORMAT_HTML, &t) || format_is_table(FORMAT_UNKNOWN, &t));
}

static void refused(stance_str head, const char *message)
{
    stance_error err = {0};
    assert_false(format_check_text(head, "f", &err));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_has(err.text, "f: ");
    assert_has(err.text, message);
    assert_false(format_check_text(head, "f", NULL));
}

static void what_is_no_text(void **state)
{
    (void)state;
    refused(STR("%PDF-1.7\n"), "is a PDF");
    refused(STR("PK\x03\x04rest"), "zip archive");
    refused(STR("\xFF\xFEh\0i\0"), "UTF-16");
    refused(STR("\xFE\xFF\0h\0i"), "UTF-16");
    refused(STR("\x7f" "ELF\x02\x01\x01\0\0\0\0\0"), "is binary");
    assert_true(format_check_text(STR(""), "f", NULL));
    assert_true(format_check_text(STR("plain\ttext\r\n\f\v\x1b[1mbold\x1b[0m"), "f", NULL));
    assert_true(format_check_text(STR("two stray \x01\x02 are let pass"), "f", NULL));
    assert_true(format_check_text(STR("100% PDF- and PK"), "f", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names), cmocka_unit_test(paths_and_their_stems), cmocka_unit_test(contents), cmocka_unit_test(tables),
        cmocka_unit_test(what_is_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
