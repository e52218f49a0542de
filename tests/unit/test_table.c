/* SPDX-License-Identifier: MIT
 * Tests of table, columns and format: the same rows out of every format. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "io/columns.h"
#include "io/format.h"

static struct file *file;

static struct table *open_bytes(enum table_format format, const void *bytes, size_t n, const struct table_options *options)
{
    file = file_open(put_bytes("t", bytes, n), 0, NULL);
    return table_open(file, format, options, NULL);
}

static struct table *open_text(enum table_format format, const char *text)
{
    return open_bytes(format, text, strlen(text), NULL);
}

static void done(struct table *t)
{
    table_free(t);
    file_close(file);
}

static void one_face(void **state)
{
    (void)state;
    const struct { enum table_format format; const char *text; size_t line; } cases[] = {
        {TABLE_CSV, "id, Text \n7,\"a\nb\"\n", 2}, {TABLE_TSV, "id\tText\n7\t\"a\nb\"\n", 2},
        {TABLE_JSONL, "\n{\"id\":7,\"Text\":\"a\\nb\"}\n", 2}, {TABLE_JSON, "[\n{\"id\":7,\n\"Text\":\"a\\nb\"}\n]\n", 2}};
    for (size_t i = 0; i < 4; i++) {
        struct table *t = open_text(cases[i].format, cases[i].text);
        assert_int_equal(table_next(t, NULL), 1);
        assert_int_equal(table_columns(t), 2);
        assert_str(column_value(t, COLUMN_ID), "7");
        assert_str(column_value(t, COLUMN_TEXT), "a\nb");
        assert_int_equal(table_line(t), cases[i].line);
        assert_int_equal(table_next(t, NULL), 0);
        done(t);
    }
}

static void names_in_their_order(void **state)
{
    (void)state;
    struct table *t = open_text(TABLE_CSV, "Source,body,content,TEXT,Text,publisher\ns,b,c,T,t,p\n");
    assert_int_equal(table_next(t, NULL), 1);
    assert_str(column_value(t, COLUMN_TEXT), "T");
    assert_str(column_value(t, COLUMN_OUTLET), "p");
    assert_null(column_value(t, COLUMN_ID).ptr);
    struct strbuf report = {0}, list = {0};
    const enum column wanted[] = {COLUMN_ID, COLUMN_TEXT, COLUMN_OUTLET};
    column_report(t, wanted, 3, &report);
    assert_str(strbuf_str(&report), "text = TEXT, outlet = publisher");
    table_list(t, &list);
    assert_str(strbuf_str(&list), "Source, body, content, TEXT, Text, publisher");
    strbuf_free(&report);
    strbuf_free(&list);
    done(t);
    t = open_text(TABLE_CSV, "content,body\nc,b\n");
    assert_int_equal(table_next(t, NULL), 1);
    assert_str(column_value(t, COLUMN_TEXT), "b");
    done(t);
}

static void bad_lines_of_json_fail_alone(void **state)
{
    (void)state;
    stance_error err;
    struct table *t = open_text(TABLE_JSONL, "{\"a\":1}\n{\"a\":\n[1]\n{\"a\":null}\n");
    assert_int_equal(table_next(t, &err), 1);
    assert_int_equal(table_next(t, &err), -1);
    assert_has(err.text, "/t, line 2, column 6: ");
    assert_int_equal(table_next(t, &err), -1);
    assert_has(err.text, "line 3, column 1: a JSON object");
    assert_false(table_broken(t));
    assert_int_equal(table_next(t, &err), 1);
    assert_null(table_fields(t)[0].ptr);
    assert_str(table_raw(t), "{\"a\":null}");
    assert_int_equal(table_next(t, &err), 0);
    done(t);
}

static void empty_inputs(void **state)
{
    (void)state;
    const enum table_format formats[] = {TABLE_CSV, TABLE_TSV, TABLE_JSONL, TABLE_JSON, TABLE_LINES};
    const struct table_options fine = {.empty_is_fine = true};
    stance_error err;
    for (size_t i = 0; i < 5; i++) {
        struct table *t = open_text(formats[i], i < 2 ? "" : "\n \n");
        assert_int_equal(table_next(t, &err), -1);
        assert_has(err.text, "is empty");
        assert_true(table_broken(t));
        assert_int_equal(table_next(t, &err), 0);
        done(t);
        t = open_bytes(formats[i], "", 0, &fine);
        assert_int_equal(table_next(t, &err), 0);
        assert_int_equal(table_next(t, &err), 0);
        done(t);
    }
    struct table *t = open_text(TABLE_CSV, "a,b\n");
    assert_int_equal(table_next(t, &err), 0);
    done(t);
}

static void repairs_are_counted(void **state)
{
    (void)state;
    struct table *t = open_text(TABLE_CSV, "a,b\n\xFFx,\xE2\x80y\nfine,\xC3\xA9\n");
    assert_int_equal(table_next(t, NULL), 1);
    assert_str(table_fields(t)[0], "\xEF\xBF\xBDx");
    assert_str(table_fields(t)[1], "\xEF\xBF\xBDy");
    assert_int_equal(table_repaired(t), 2);
    assert_int_equal(table_next(t, NULL), 1);
    assert_int_equal(table_repaired(t), 2);
    done(t);
    t = open_text(TABLE_JSONL, "{\"a\":\"\xFF\"}");
    assert_int_equal(table_next(t, NULL), 1);
    assert_str(table_fields(t)[0], "\xEF\xBF\xBD");
    assert_int_equal(table_repaired(t), 1);
    done(t);
}

static void other_encodings(void **state)
{
    (void)state;
    const struct table_options western = {.cp1252 = true};
    stance_error err;
    struct table *t = open_bytes(TABLE_CSV, "a\n\x93hi\x94\n", 7, &western);
    assert_int_equal(table_next(t, NULL), 1);
    assert_str(table_fields(t)[0], "\xE2\x80\x9Chi\xE2\x80\x9D");
    done(t);
    t = open_bytes(TABLE_CSV, "\xFF\xFE" "a\0\n\0", 6, NULL);
    assert_int_equal(table_next(t, &err), -1);
    assert_has(err.text, "UTF-16");
    done(t);
}

static void lines_are_a_column(void **state)
{
    (void)state;
    struct table *t = open_text(TABLE_LINES, "one\n\ntwo, with comma\r\n");
    assert_int_equal(table_next(t, NULL), 1);
    assert_int_equal(table_next(t, NULL), 1);
    assert_str(column_value(t, COLUMN_TEXT), "two, with comma");
    assert_int_equal(table_line(t), 3);
    done(t);
}

static void marked_contents_are_rows(void **state)
{
    (void)state;
    struct table *t = open_text(TABLE_MARKED, "Then ⟦s1:he⟧ ⟦c1:shot\n  back⟧:\n⟦v1|Obi|a: b|for:it\n\n ⟦c2:claims⟧ \xFFworks ⟧ ⟦v9:x⟧");
    assert_int_equal(table_next(t, NULL), 1);
    struct strbuf list = {0};
    table_list(t, &list);
    assert_str(strbuf_str(&list), "id, text, label, target, cue, speaker, group, kind");
    strbuf_free(&list);
    assert_int_equal(table_line(t), 3);
    assert_int_equal(table_repaired(t), 1);
    const char *const expected[] = {"t:1", "it claims \xEF\xBF\xBDworks", "for", "a: b", "shot back", "Obi", "t"};
    for (size_t i = 0; i < 7; i++) assert_str(table_fields(t)[i], expected[i]);
    assert_int_equal(table_next(t, NULL), 1);
    assert_str(column_value(t, COLUMN_ID), "t:9");
    assert_int_equal(table_fields(t)[4].len, 0);
    assert_null(table_fields(t)[2].ptr);
    assert_int_equal(table_next(t, NULL), 0);
    assert_int_equal(table_next(t, NULL), 0);
    done(t);
}

static void a_bad_article_fails_once(void **state)
{
    (void)state;
    stance_error err;
    struct table *t = open_text(TABLE_MARKED, "⟦v1|A|b|for:fine⟧\nand ⟧ not\n");
    assert_int_equal(table_next(t, &err), -1);
    assert_has(err.text, "t, line 2: a closing");
    assert_int_equal(table_line(t), 2);
    assert_false(table_broken(t));
    assert_int_equal(table_next(t, &err), 0);
    done(t);
    const char *text = "⟦v1|A|b|for:fine⟧";
    const struct table_options small = {.max_row = strlen(text) - 1}, exact = {.max_row = strlen(text)};
    t = open_bytes(TABLE_MARKED, text, strlen(text), &small);
    assert_int_equal(table_next(t, &err), -1);
    assert_has(err.text, "t: larger than 20 bytes");
    done(t);
    t = open_bytes(TABLE_MARKED, text, strlen(text), &exact);
    assert_int_equal(table_next(t, &err), 1);
    done(t);
    t = open_text(TABLE_MARKED, "");
    assert_int_equal(table_next(t, &err), 0);
    done(t);
}

static void formats_by_path(void **state)
{
    (void)state;
    const struct { const char *path, *stem; enum format format; } cases[] = {
        {"a/b.txt", "a/b", FORMAT_TXT}, {"b.HTML.gz", "b", FORMAT_HTML}, {"v1.2.htm", "v1.2", FORMAT_HTML}, {"x.csv", "x", FORMAT_CSV},
        {"x.tsv.gz", "x", FORMAT_TSV}, {"x.jsonl", "x", FORMAT_JSONL}, {"x.pdf", "x.pdf", FORMAT_UNKNOWN}, {"x.gz", "x", FORMAT_UNKNOWN},
        {".txt", ".txt", FORMAT_UNKNOWN}, {"a.txt/b", "a.txt/b", FORMAT_UNKNOWN}, {"", "", FORMAT_UNKNOWN}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stance_str stem;
        assert_int_equal(format_by_path(str_of(cases[i].path), &stem), cases[i].format);
        assert_str(stem, cases[i].stem);
    }
}

static void formats_by_content(void **state)
{
    (void)state;
    const struct { const char *head; enum format format; } cases[] = {
        {"{\"text\":\"x\"}\n{", FORMAT_JSONL}, {"{\n  \"text\": 1\n}", FORMAT_JSON}, {"<!DOCTYPE html><p>", FORMAT_HTML}, {"<HTML>", FORMAT_HTML},
        {"id,text\n", FORMAT_CSV}, {"id;\"body\"\r\n", FORMAT_CSV}, {"text\tlabel\n", FORMAT_TSV}, {"He said, the text\nis long", FORMAT_TXT},
        {"Text", FORMAT_TXT}, {"", FORMAT_TXT}, {"{ braces }", FORMAT_TXT}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(format_by_content(str_of(cases[i].head)), cases[i].format);
    assert_string_equal(format_name(FORMAT_MARKED), "txt");
    stance_error err;
    assert_true(format_check_text(STR("plain \x1b[1mtext\f"), "f", &err));
    assert_false(format_check_text(STR("%PDF-1.7"), "f", &err));
    assert_false(format_check_text(STR("a\0b\0c\0"), "f", &err));
    assert_has(err.text, "f: is binary");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_face), cmocka_unit_test(names_in_their_order), cmocka_unit_test(bad_lines_of_json_fail_alone),
        cmocka_unit_test(empty_inputs), cmocka_unit_test(repairs_are_counted), cmocka_unit_test(other_encodings),
        cmocka_unit_test(lines_are_a_column), cmocka_unit_test(marked_contents_are_rows), cmocka_unit_test(a_bad_article_fails_once),
         cmocka_unit_test(formats_by_path), cmocka_unit_test(formats_by_content),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
