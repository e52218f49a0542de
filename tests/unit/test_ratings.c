/* SPDX-License-Identifier: MIT
 * ratings: rows of several files become units; ids, texts, gaps, the order of labels. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

static stance_ratings_file *read_two(const char *first, const char *second, const char *order, stance_error *err)
{
    static const char *inputs[2];
    inputs[0] = put_text("first.csv", first);
    inputs[1] = put_text("second.csv", second);
    const stance_rows_options options = {.inputs = inputs, .inputs_n = 2};
    return stance_ratings_read(&options, order, err);
}

/* Units as "text:first/second", labels by name, - for missing. */
static void check(const char *first, const char *second, const char *wanted)
{
    char got[512] = "";
    stance_error err = {0};
    stance_ratings_file *f = read_two(first, second, NULL, &err);
    if (!f) fail_msg("%s", err.text);
    const stance_ratings *r = stance_ratings_of(f);
    for (size_t u = 0; u < r->units; u++) {
        const char *name[2];
        for (size_t c = 0; c < 2; c++) name[c] = r->label[2 * u + c] == STANCE_MISSING ? "-" : r->labels[r->label[2 * u + c]];
        snprintf(got + strlen(got), sizeof got - strlen(got), "%.*s:%s/%s;", (int)r->unit[u].text.len, r->unit[u].text.ptr, name[0], name[1]);
    }
    assert_string_equal(got, wanted);
    stance_ratings_free(f);
}

static void by_id(void **state)
{
    (void)state;
    check("id,text,label\n1,x,for\n2,y,against\n", "id,text,label\n2,y,none\n3,z,none\n", "x:bullish/-;y:skeptical/neutral;z:-/neutral;");
}

static void by_text_when_ids_are_missing_or_foreign(void **state)
{
    (void)state;
    check("id,text,label\n1,x,for\n,y,against\n", "id,text,label\n9,y,none\n8,x,none\n", "x:bullish/neutral;y:skeptical/neutral;");
    check("id,text,label\n1,x,for\n2,y,against\n", "id,text,label\n9,y,none\n8,x,none\n", "x:bullish/neutral;y:skeptical/neutral;");
    check("text,target,label\nx,a,for\nx,b,against\n", "text,target,label\nx,b,none\nx,a,none\n", "x:bullish/neutral;x:skeptical/neutral;");
}

static void the_first_of_a_file_counts(void **state)
{
    (void)state;
    stance_error err = {0};
    stance_ratings_file *f = read_two("id,text,label\n1,x,for\n1,x,against\n2,y,\n", "id,text,label\n1,another,none\n", NULL, &err);
    assert_non_null(f);
    const stance_ratings *r = stance_ratings_of(f);
    assert_int_equal(r->units, 1);
    assert_string_equal(r->labels[r->label[0]], "bullish");
    assert_int_equal(r->repeated, 1);
    assert_int_equal(r->unlabelled, 1);
    assert_int_equal(r->other_text, 1);
    stance_ratings_free(f);
}

static void order_of(const char *labels, const char *order, const char *wanted, bool ordered)
{
    char file[256], got[256] = "";
    stance_error err = {0};
    snprintf(file, sizeof file, "text,label\n%s", labels);
    stance_ratings_file *f = read_two(file, file, order, &err);
    if (!f) fail_msg("%s", err.text);
    const stance_ratings *r = stance_ratings_of(f);
    for (size_t l = 0; l < r->labels_n; l++) strcat(strcat(got, r->labels[l]), " ");
    assert_string_equal(got, wanted);
    assert_int_equal(r->ordered, ordered);
    stance_ratings_free(f);
}

static void labels_in_order(void **state)
{
    (void)state;
    order_of("a,for\nb,against\n", NULL, "skeptical bullish ", true);
    order_of("a,10\nb,9\nc,-1\n", NULL, "-1 9 10 ", true);
    order_of("a,owl\nb,dove\n", NULL, "dove owl ", false);
    order_of("a,owl\nb,dove\n", "owl, hawk, owl, dove", "owl dove ", true);
}

static void what_is_refused(void **state)
{
    (void)state;
    stance_error err = {0};
    assert_null(read_two("text,label\nx,owl\n", "text,label\nx,dove\n", "owl,hawk", &err));
    assert_int_equal(err.code, STANCE_USAGE);
    assert_null(read_two("text,label\nx,owl\n", "text,label\nx,\n", NULL, &err));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_non_null(strstr(err.text, "second.csv"));
    assert_null(read_two("text,label\nx,owl\n", "text\nx\n", NULL, &err));
    assert_int_equal(err.code, STANCE_INPUT);
    const char *one = put_text("one.csv", "text,label\nx,for\n");
    const stance_rows_options options = {.inputs = &one, .inputs_n = 1};
    assert_null(stance_ratings_read(&options, NULL, &err));
    assert_int_equal(err.code, STANCE_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_id), cmocka_unit_test(by_text_when_ids_are_missing_or_foreign), cmocka_unit_test(the_first_of_a_file_counts),
        cmocka_unit_test(labels_in_order), cmocka_unit_test(what_is_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
