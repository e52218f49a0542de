/* SPDX-License-Identifier: MIT
 * Tests of dataset: rows in memory, their labels' order, groups, counts. What columns and formats give is tested in test_rows.c. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

static stance_dataset *read_text(const char *name, const char *text)
{
    stance_error err = {0};
    const char *path = put_text(name, text);
    const stance_rows_options options = {.inputs = &path, .inputs_n = 1};
    stance_dataset *d = stance_dataset_read(&options, &err);
    if (!d) fail_msg("%s", err.text);
    return d;
}

static void order_of_labels_does_not_depend_on_rows(void **state)
{
    (void)state;
    static const char *const orders[] = {"text,label\na,neutral\nb,zeta\nc,bullish\nd,alpha\ne,skeptical\n",
                                         "text,label\ne,skeptical\nd,alpha\nc,bullish\nb,zeta\na,neutral\n"};
    static const char *const expected[] = {"bullish", "skeptical", "neutral", "alpha", "zeta"};
    for (size_t k = 0; k < 2; k++) {
        stance_dataset *d = read_text("o.csv", orders[k]);
        const stance_rows *rows = stance_dataset_rows(d);
        assert_int_equal(rows->labels_n, 5);
        for (size_t i = 0; i < 5; i++) {
            static const char texts[] = "ceadb"; /* of the labels in their order */
            assert_string_equal(rows->labels[i], expected[i]);
            for (size_t r = 0; r < rows->n; r++)
                if (rows->rows[r].in.text.ptr[0] == texts[i]) assert_int_equal(rows->rows[r].label, i);
        }
        stance_dataset_free(d);
    }
}

/* a-b by article, b-c by pair, c-d by text, e alone; and a key of one kind is not one of another. */
static void groups_close_over_all_keys(void **state)
{
    (void)state;
    stance_dataset *d = read_text("g.csv", "text,label,article,pair\nA,for,1,\nB,against,1,p\nC,for,,p\nC,for,9,\nE,for,p,\nF,for,,9\nG,for,,\n");
    const stance_row *rows = stance_dataset_rows(d)->rows;
    static const uint32_t expected[] = {0, 0, 0, 0, 1, 2, 3}; /* numbers in order of first appearance */
    for (size_t i = 0; i < 7; i++) assert_int_equal(rows[i].group, expected[i]);
    stance_dataset_free(d);
}

static void long_chains_are_one_group(void **state)
{
    (void)state;
    enum { N = 3000 };
    struct strbuf text = {0};
    strbuf_add(&text, STR("text,label,article,pair\n"));
    for (int i = 0; i < N; i++) strbuf_print(&text, "t%d,%s,a%d,p%d\n", i, i % 2 ? "for" : "against", i / 2, (i + 1) / 2);
    for (int i = 0; i < N; i++) strbuf_print(&text, "u%d,for,,\n", i);
    stance_dataset *d = read_text("chain.csv", text.ptr);
    const stance_rows *rows = stance_dataset_rows(d);
    assert_int_equal(rows->n, 2 * N);
    for (size_t i = 0; i < N; i++) assert_int_equal(rows->rows[i].group, 0);
    for (size_t i = 0; i < N; i++) assert_int_equal(rows->rows[N + i].group, i + 1);
    stance_dataset_free(d);
    strbuf_free(&text);
}

/* A group column stands instead of the article. */
static void the_group_column_wins(void **state)
{
    (void)state;
    stance_dataset *d = read_text("w.csv", "text,label,group,article\na,for,g1,1\nb,against,g2,1\nc,for,,1\nd,for,g1,2\n");
    const stance_row *rows = stance_dataset_rows(d)->rows;
    assert_int_equal(rows[0].group, 0);
    assert_int_equal(rows[1].group, 1);
    assert_int_equal(rows[2].group, 2);
    assert_int_equal(rows[3].group, 0);
    stance_dataset_free(d);
}

static void repeated_rows_are_kept_and_counted(void **state)
{
    (void)state;
    stance_dataset *d = read_text("r.csv", "text,target,label\na,T,for\n a ,T,for\na,T,against\na,,for\na,T,none\n");
    const stance_rows_counts *c = stance_dataset_counted(d);
    assert_int_equal(stance_dataset_rows(d)->n, 5);
    assert_int_equal(c->read, 5);
    assert_int_equal(c->duplicates, 1);      /* blanks around do not make another text */
    assert_int_equal(c->contradictions, 2);  /* another target is another content */
    stance_dataset_free(d);
}

static void weights(void **state)
{
    (void)state;
    stance_dataset *d = read_text("weights.csv", "text,label,weight\na,for,0.25\nb,against,\nc,for,0\nd,for,-1\ne,for,1e3\nf,for,x\ng,for,nan\nh,for,inf\n");
    const stance_rows *rows = stance_dataset_rows(d);
    assert_true(rows->rows[0].weight == 0.25 && rows->rows[1].weight == 1 && rows->rows[2].weight == 1000);
    for (size_t i = 0; i < rows->n; i++) assert_true(rows->rows[i].weight > 0 && rows->rows[i].weight < 1e300);
    assert_int_equal(rows->n, 3);
    assert_int_equal(stance_dataset_counted(d)->failed, 5);
    assert_has(stance_dataset_counted(d)->first_failure.text, "line 4: the weight is not a number above 0");
    stance_dataset_free(d);
}

/* Strings belong to the dataset: the files may go. Notes stand beside their rows, over all inputs. */
static void several_files(void **state)
{
    (void)state;
    const char *paths[] = {put_text("one.csv", "id,text,label,outlet\nx,first,for,A\n,skipped,,\n"),
                           put_text("two.jsonl", "{\"text\":\"second\",\"label\":\"against\",\"speaker\":\"Ada\",\"cue\":\"say\"}\n")};
    const stance_rows_options options = {.inputs = paths, .inputs_n = 2};
    stance_dataset *d = stance_dataset_read(&options, NULL);
    assert_non_null(d);
    unlink(paths[0]);
    unlink(paths[1]);
    const stance_rows *rows = stance_dataset_rows(d);
    const stance_row_note *notes = stance_dataset_notes(d);
    assert_int_equal(rows->n, 2);
    assert_str(rows->rows[0].in.text, "first");
    assert_str(notes[0].id, "x");
    assert_str(notes[0].outlet, "A");
    assert_null(notes[0].speaker.ptr);
    assert_has(notes[0].file.ptr, "one.csv");
    assert_int_equal(rows->rows[0].line, 2);
    assert_str(rows->rows[1].in.text, "second");
    assert_str(rows->rows[1].in.cue, "say");
    assert_str(notes[1].speaker, "Ada");
    assert_has(notes[1].file.ptr, "two.jsonl");
    assert_int_equal(rows->rows[1].line, 1);
    assert_int_equal(stance_dataset_counted(d)->read, 3);
    assert_int_equal(stance_dataset_counted(d)->unlabelled, 1);
    stance_dataset_free(d);
    stance_dataset_free(NULL);
}

static void reading_twice_gives_the_same(void **state)
{
    (void)state;
    static const char *const path = "training/statements.csv";
    const stance_rows_options options = {.inputs = &path, .inputs_n = 1};
    stance_dataset *a = stance_dataset_read(&options, NULL), *b = stance_dataset_read(&options, NULL);
    if (!a) fail_msg("run the tests from the top folder: %s is missing", path);
    const stance_rows *x = stance_dataset_rows(a), *y = stance_dataset_rows(b);
    assert_int_equal(x->n, y->n);
    assert_int_equal(x->labels_n, 3);
    for (size_t i = 0; i < x->n; i++) {
        assert_true(str_equal(x->rows[i].in.text, y->rows[i].in.text) && str_equal(x->rows[i].in.target, y->rows[i].in.target));
        assert_int_equal(x->rows[i].label, y->rows[i].label);
        assert_int_equal(x->rows[i].group, y->rows[i].group);
        assert_true(x->rows[i].group <= i && x->rows[i].label < x->labels_n);
    }
    stance_dataset_free(a);
    stance_dataset_free(b);
}

static void a_label_with_a_nul_is_refused(void **state)
{
    (void)state;
    static const char text[] = "{\"text\":\"a\",\"label\":\"x\\u0000y\"}\n{\"text\":\"b\",\"label\":\"x\"}\n{\"text\":\"c\",\"label\":\"y\"}\n";
    stance_dataset *d = read_text("nul.jsonl", text);
    assert_int_equal(stance_dataset_rows(d)->n, 2);
    assert_has(stance_dataset_counted(d)->first_failure.text, "line 1: the label holds a NUL byte");
    stance_dataset_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_of_labels_does_not_depend_on_rows), cmocka_unit_test(groups_close_over_all_keys),
        cmocka_unit_test(long_chains_are_one_group), cmocka_unit_test(the_group_column_wins), cmocka_unit_test(repeated_rows_are_kept_and_counted),
        cmocka_unit_test(weights), cmocka_unit_test(several_files), cmocka_unit_test(reading_twice_gives_the_same),
        cmocka_unit_test(a_label_with_a_nul_is_refused),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
