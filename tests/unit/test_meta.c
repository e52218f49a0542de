/* SPDX-License-Identifier: MIT
 * Tests of meta: what a --meta file says is found by id or file name, and counted when nobody asks. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "io/meta.h"

static struct meta *open_meta(const char *name, const char *text)
{
    stance_error err = {0};
    struct meta *m = meta_open(put_text(name, text), &err);
    if (!m) fail_msg("%s", err.text);
    return m;
}

static const struct meta_row *find(struct meta *m, const char *key)
{
    const stance_str keys[] = {str_of(key)};
    return meta_find(m, keys, 1);
}

static void rows_by_id_and_by_file(void **state)
{
    (void)state;
    struct meta *m = open_meta("m.csv", "id,file,outlet,date,title,url,author,target\n"
                                        "a1,a.txt,Alpha,2025-01-27,One,http://a/1,Ada,Acme\n,b.txt,Beta,,,,,\na3,,Gamma,,,,,\n");
    const struct meta_row *row = find(m, "a1");
    assert_non_null(row);
    assert_ptr_equal(row, find(m, "a.txt"));
    assert_str(row->outlet, "Alpha");
    assert_str(row->date, "2025-01-27");
    assert_str(row->title, "One");
    assert_str(row->url, "http://a/1");
    assert_str(row->author, "Ada");
    assert_str(row->target, "Acme");
    assert_str(find(m, "b.txt")->outlet, "Beta");
    assert_null(find(m, "b.txt")->date.ptr);
    assert_str(find(m, "a3")->outlet, "Gamma");
    assert_null(find(m, "A1")); /* ids are exact */
    assert_null(find(m, ""));
    meta_free(m);
    meta_free(NULL);
}

static void the_first_key_with_a_row_counts(void **state)
{
    (void)state;
    struct meta *m = open_meta("m.csv", "id,outlet\nx,X\ny,Y\n");
    const stance_str keys[] = {{NULL, 0}, STR(""), STR("none"), STR("y"), STR("x")};
    assert_str(meta_find(m, keys, 5)->outlet, "Y");
    assert_null(meta_find(m, keys, 3));
    assert_null(meta_find(m, keys, 0));
    meta_free(m);
}

static void rows_nobody_asked_for_are_counted(void **state)
{
    (void)state;
    struct meta *m = open_meta("m.csv", "id,file,outlet\na,a.txt,1\nb,,2\nb,,again\n,,keyless\nc,,3\n");
    assert_int_equal(meta_unused(m), 3); /* the second b and the row without a key can never be asked for */
    find(m, "a");
    find(m, "a.txt");
    assert_int_equal(meta_unused(m), 2);
    assert_str(find(m, "b")->outlet, "2"); /* the first row of a key counts */
    find(m, "zzz");
    assert_int_equal(meta_unused(m), 1);
    find(m, "c");
    assert_int_equal(meta_unused(m), 0);
    meta_free(m);
}

static void other_formats_and_names(void **state)
{
    (void)state;
    struct meta *m = open_meta("m.tsv", "doc_id\tpublisher\tpublished\nx\tTab, Ltd\t2025\n");
    assert_str(find(m, "x")->outlet, "Tab, Ltd");
    assert_str(find(m, "x")->date, "2025");
    meta_free(m);
    m = open_meta("m.jsonl", "{\"id\":\"x\",\"outlet\":\"Line\"}\n{\"filename\":\"y.txt\",\"headline\":\"Y\",\"outlet\":null}\n");
    assert_str(find(m, "x")->outlet, "Line");
    assert_str(find(m, "y.txt")->title, "Y");
    assert_null(find(m, "y.txt")->outlet.ptr);
    meta_free(m);
    m = meta_open(put_gzip("m.csv.gz", "id,outlet\nx,Packed\n", 19, "wb"), NULL);
    assert_non_null(m);
    assert_str(find(m, "x")->outlet, "Packed");
    meta_free(m);
}

static void refused(const char *name, const char *text, const char *message)
{
    stance_error err = {0};
    assert_null(meta_open(put_text(name, text), &err));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_has(err.text, message);
    assert_null(meta_open(path_of(name), NULL));
}

static void clear_errors(void **state)
{
    (void)state;
    stance_error err = {0};
    refused("e.csv", "outlet,date\nA,2025\n", "e.csv: no column id or file, so its rows belong to no article; columns found: outlet, date");
    refused("e.csv", "id,outlet\na,A\nb\n", "e.csv, line 3");
    refused("e.csv", "", "is empty");
    refused("e.jsonl", "{\"id\":1}\n{\"outlet\":\"A\"}\n", "no column id or file");
    assert_null(meta_open(path_of("missing"), &err));
    assert_has(err.text, "there is no such file");
}

static void the_file_itself_is_known(void **state)
{
    (void)state;
    struct meta *m = open_meta("m.csv", "id,outlet\nx,X\n");
    const char *same = path_of("./m.csv"), *link = path_of("link.csv");
    assert_int_equal(symlink(path_of("m.csv"), link), 0);
    assert_true(meta_is(m, path_of("m.csv")));
    assert_true(meta_is(m, same));
    assert_true(meta_is(m, link));
    assert_false(meta_is(m, put_text("copy.csv", "id,outlet\nx,X\n")));
    assert_false(meta_is(m, path_of("missing")));
    meta_free(m);
}

static void many_rows(void **state)
{
    (void)state;
    struct strbuf text = {0};
    strbuf_add(&text, STR("id,file,outlet\n"));
    for (int i = 0; i < 5000; i++) strbuf_print(&text, "id%d,file%d.txt,outlet %d\n", i, i, i);
    struct meta *m = open_meta("many.csv", text.ptr);
    assert_int_equal(meta_unused(m), 5000);
    for (int i = 0; i < 5000; i++) {
        char key[32], outlet[32];
        snprintf(key, sizeof key, i % 2 ? "id%d" : "file%d.txt", i);
        snprintf(outlet, sizeof outlet, "outlet %d", i);
        assert_str(find(m, key)->outlet, outlet);
    }
    assert_int_equal(meta_unused(m), 0);
    meta_free(m);
    strbuf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_by_id_and_by_file), cmocka_unit_test(the_first_key_with_a_row_counts),
        cmocka_unit_test(rows_nobody_asked_for_are_counted), cmocka_unit_test(other_formats_and_names), cmocka_unit_test(clear_errors),
        cmocka_unit_test(the_file_itself_is_known), cmocka_unit_test(many_rows),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
