/* SPDX-License-Identifier: MIT
 * Tests of columns: every field has names of its own, and tables are searched in their order. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "io/columns.h"

struct opened {
    struct file *file;
    struct table *table;
};

static struct opened open_csv(const char *text)
{
    struct opened o = {.file = file_open(put_text("c.csv", text), 0, NULL)};
    assert_non_null(o.file);
    o.table = table_open(o.file, TABLE_CSV, NULL, NULL);
    assert_non_null(o.table);
    assert_int_equal(table_next(o.table, NULL), 1);
    return o;
}

static void close_csv(struct opened *o)
{
    table_free(o->table);
    file_close(o->file);
}

static void no_name_stands_for_two_fields(void **state)
{
    (void)state;
    for (enum column a = 0; a < COLUMNS; a++) {
        assert_non_null(column_names(a)[0]);
        for (const char *const *name = column_names(a); *name; name++)
            for (enum column b = 0; b < COLUMNS; b++)
                for (const char *const *other = column_names(b); *other; other++)
                    if (name != other && strcmp(*name, *other) == 0) fail_msg("%s stands for two columns", *name);
    }
}

static void the_own_name_wins_over_aliases(void **state)
{
    (void)state;
    struct opened o = open_csv("body,sentence,text\nfrom body,from sentence,from text\n");
    assert_str(column_value(o.table, COLUMN_TEXT), "from text");
    close_csv(&o);
    o = open_csv("sentence,body\nfrom sentence,from body\n"); /* the table's order does not count, that of the aliases does */
    assert_str(column_value(o.table, COLUMN_TEXT), "from body");
    close_csv(&o);
    o = open_csv("data.text,tweet,sentence,statement,quote,content,body\n1,2,3,4,5,6,7\n");
    assert_str(column_value(o.table, COLUMN_TEXT), "7");
    close_csv(&o);
}

static void case_does_not_count_but_comes_second(void **state)
{
    (void)state;
    struct opened o = open_csv("TEXT,Published\nloud,2025-01-27\n");
    assert_str(column_value(o.table, COLUMN_TEXT), "loud");
    assert_str(column_value(o.table, COLUMN_DATE), "2025-01-27");
    close_csv(&o);
    o = open_csv("Text,text\nA,b\n");
    assert_str(column_value(o.table, COLUMN_TEXT), "b");
    close_csv(&o);
}

static void values_are_trimmed_and_blank_is_none(void **state)
{
    (void)state;
    struct opened o = open_csv("id,label,cue,target\n 7 ,\"  \",,a b \n");
    assert_str(column_value(o.table, COLUMN_ID), "7");
    assert_null(column_value(o.table, COLUMN_LABEL).ptr);
    assert_null(column_value(o.table, COLUMN_CUE).ptr);
    assert_str(column_value(o.table, COLUMN_TARGET), "a b");
    assert_null(column_value(o.table, COLUMN_WEIGHT).ptr); /* no such column */
    close_csv(&o);
}

static void the_report_names_what_is_found_elsewhere(void **state)
{
    (void)state;
    static const enum column wanted[] = {COLUMN_TEXT, COLUMN_ID, COLUMN_OUTLET, COLUMN_LABEL, COLUMN_DATE};
    struct strbuf out = {0};
    struct opened o = open_csv("body,doc_id,outlet,date\nx,1,A,2025\n");
    column_report(o.table, wanted, 5, &out);
    assert_str(strbuf_str(&out), "text = body, id = doc_id"); /* outlet and date have their own names, a label there is none */
    strbuf_clear(&out);
    column_report(o.table, wanted + 2, 3, &out);
    assert_int_equal(out.len, 0);
    close_csv(&o);
    strbuf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_name_stands_for_two_fields), cmocka_unit_test(the_own_name_wins_over_aliases),
        cmocka_unit_test(case_does_not_count_but_comes_second), cmocka_unit_test(values_are_trimmed_and_blank_is_none),
        cmocka_unit_test(the_report_names_what_is_found_elsewhere),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
