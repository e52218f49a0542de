/* SPDX-License-Identifier: MIT
 * Tests of gold: contents out of marked-up articles and out of a CSV of spans. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

static stance_gold *read_inputs(const char *first, const char *second, const char *articles, stance_error *err)
{
    const char *const inputs[] = {first, second};
    stance_gold_options options = {inputs, second ? 2 : 1, articles};
    return stance_gold_read(&options, err);
}

/* Each article as "id[content|content]". */
static void check(const char *first, const char *second, const char *articles, const char *expected)
{
    struct strbuf out = {0};
    stance_error err = {0};
    stance_gold *g = read_inputs(first, second, articles, &err);
    if (!g) print_error("%s\n", err.text);
    assert_non_null(g);
    for (size_t i = 0; i < stance_gold_count(g); i++) {
        const stance_gold_article *a = stance_gold_get(g, i);
        strbuf_add(&out, a->article);
        for (size_t k = 0; k < a->n; k++) {
            strbuf_char(&out, k ? '|' : '[');
            strbuf_add(&out, str_slice(a->text, a->contents[k].start, a->contents[k].end));
        }
        strbuf_add(&out, a->n ? STR("]") : STR("[]"));
    }
    assert_str(strbuf_str(&out), expected);
    strbuf_free(&out);
    stance_gold_free(g);
}

static void check_failure(const char *input, const char *articles, const char *message)
{
    stance_error err = {0};
    assert_null(read_inputs(input, NULL, articles, &err));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_has(err.text, message);
    assert_null(read_inputs(input, NULL, articles, NULL));
}

static void marked_articles(void **state)
{
    (void)state;
    const char *a = put_text("a.txt", "⟦s1:Obi⟧ ⟦c1:said⟧ ⟦v1|Obi|x|for:ünder ⟦v2|B|y|none:way⟧⟧, “⟦v3:no⟧”.\n");
    check(a, NULL, NULL, "a[ünder way|no]"); /* the inner content lies in the outer one */
    check(put_text("b.txt", "⟦v1|A|x|for:⟧ nothing\n"), a, NULL, "b[]a[ünder way|no]");
    check(put_gzip("c.txt.gz", "⟦v1:z⟧", 10, "wb"), NULL, NULL, "c[z]");
}

static void folders(void **state)
{
    (void)state;
    assert_int_equal(mkdir(path_of("tree"), 0700), 0);
    assert_int_equal(mkdir(path_of("tree/deep"), 0700), 0);
    put_text("tree/b.txt", "⟦v1:two⟧");
    put_text("tree/deep/c.txt", "three");
    put_text("tree/a.txt", "⟦v1:one⟧");
    put_text("tree/notes.md", "⟦v1 is never read");
    put_text("tree/.hidden.txt", "⟦");
    check(path_of("tree"), NULL, NULL, "a[one]b[two]c[]");
    put_text("tree/deep/d.txt", "fine\nand ⟧ here");
    check_failure(path_of("tree"), NULL, "tree/deep/d.txt, line 2: a closing ⟧ without an opening ⟦");
}

static void bad_marks_and_inputs(void **state)
{
    (void)state;
    check_failure(put_text("bad.txt", "one\ntwo ⟦v1|A|for:x⟧\n"), NULL, "bad.txt, line 2: a mark begins as ⟦s1: or ⟦c1: or ⟦v1|");
    check_failure(put_text("bad.txt", "one\n\n⟦s1:x\n"), NULL, "bad.txt, line 3: the mark that opens here is not closed");
    check_failure(put_text("bad.txt", "\xFFone"), NULL, "bad.txt: not valid UTF-8");
    check_failure(path_of("missing.txt"), NULL, "missing.txt: there is no such file");
    assert_int_equal(mkdir(path_of("empty"), 0700), 0);
    check_failure(path_of("empty"), NULL, "no marked-up article found");
}

static void put_spans(const char *rows)
{
    struct strbuf text = {0};
    strbuf_add(&text, STR("article_id,content_start,content_end,content_spans\n"));
    strbuf_add(&text, str_of(rows));
    put_text("spans.csv", text.ptr);
    strbuf_free(&text);
}

static void span_csv(void **state)
{
    (void)state;
    assert_int_equal(mkdir(path_of("texts"), 0700), 0);
    put_text("texts/é1.txt", "naïve “words” here"); /* characters, not bytes */
    put_text("texts/two.txt", "nothing said");
    put_spans("é1,0,5,\né1,7,12,\ntwo,,,\n");
    check(path_of("spans.csv"), NULL, path_of("texts"), "é1[naïve|words]two[]");
    put_spans("é1,0,18,0-5;14-18\né1,,,\" 7-12\"\n"); /* pieces win over the two columns */
    check(path_of("spans.csv"), NULL, path_of("texts"), "é1[naïve|words|here]");
    put_text("spans.tsv", "article_id\tcontent_start\tcontent_end\ntwo\t8\t12\n");
    check(path_of("spans.tsv"), NULL, path_of("texts"), "two[said]");
    check(path_of("spans.tsv"), path_of("texts/two.txt"), path_of("texts"), "two[said]two[]");
}

static void bad_spans(void **state)
{
    (void)state;
    const char *const rows[] = {"two,5,5,\n", "two,5,13,\n", "two,13,14,\n", "two,x,3,\n", "two,1,,\n", "two,,,1\n", "two,,,1-2;\n", "two,,,2-1\n", "two,,,1-2-3\n"};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        put_spans(rows[i]);
        check_failure(path_of("spans.csv"), path_of("texts"), "spans.csv, line 2: content_start and content_end, or content_spans as 10-20;30-40, must");
    }
    put_spans("two,0,1,\n../two,0,1,\n");
    check_failure(path_of("spans.csv"), path_of("texts"), "spans.csv, line 3: no usable article_id");
    put_spans("three,0,1,\n");
    check_failure(path_of("spans.csv"), path_of("texts"), "texts/three.txt: there is no such file");
    check_failure(path_of("spans.csv"), NULL, "spans.csv: a CSV of spans needs --articles DIR");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(marked_articles), cmocka_unit_test(folders), cmocka_unit_test(bad_marks_and_inputs),
                                       cmocka_unit_test(span_csv), cmocka_unit_test(bad_spans)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
