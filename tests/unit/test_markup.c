/* SPDX-License-Identifier: MIT
 * Tests of markup: marks out of a text, and what is said of wrong ones. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "io/markup.h"

static void parse(struct markup *m, stance_str raw)
{
    stance_error err = {0};
    if (!markup_parse("a.txt", raw, m, &err)) print_error("%s\n", err.text);
    assert_int_equal(err.code, STANCE_OK);
}

static void check_bad(const char *raw, size_t line, const char *message)
{
    struct markup m = {0};
    stance_error err = {0};
    assert_false(markup_parse("a.txt", str_of(raw), &m, &err));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_has(err.text, message);
    assert_int_equal(m.line, line);
    assert_false(markup_parse("a.txt", str_of(raw), &m, NULL));
    markup_free(&m);
}

static void the_example_of_the_contract(void **state)
{
    (void)state;
    struct markup m = {0};
    parse(&m, STR("⟦s1:Venture capitalist Nic Carter⟧ ⟦c1:added⟧ that ⟦v1|Nic Carter|DeepSeek|bullish:the model was a gift⟧.\n"
                  "“⟦v2|Ada Obi|chip makers|skeptical:I would not own one,⟧” ⟦c2:said⟧ ⟦s2:Ms Obi⟧.\n"));
    assert_str(strbuf_str(&m.text), "Venture capitalist Nic Carter added that the model was a gift.\n“I would not own one,” said Ms Obi.\n");
    assert_int_equal(m.n, 6);
    assert_int_equal(m.line, 3);
    const struct mark *v = markup_find(&m, 'v', 2), *c = markup_find(&m, 'c', 2);
    assert_str(markup_words(&m, v), "I would not own one,");
    assert_str(v->speaker, "Ada Obi");
    assert_str(v->target, "chip makers");
    assert_str(v->stance, "skeptical");
    assert_int_equal(v->line, 2);
    assert_str(markup_words(&m, c), "said");
    assert_null(c->speaker.ptr);
    assert_null(markup_find(&m, 'c', 3));
    markup_free(&m);
}

static void marks_nest_and_repeat(void **state)
{
    (void)state;
    struct markup m = {0};
    parse(&m, STR("⟦v1|A|x|for:one ⟦s2:two⟧ ⟦v2|B|y|none:three⟧⟧ ⟦v1|A|x|for:four⟧"));
    assert_int_equal(m.n, 4);
    assert_str(markup_words(&m, &m.marks[0]), "one two three");
    assert_str(markup_words(&m, &m.marks[1]), "two");
    assert_str(markup_words(&m, &m.marks[2]), "three");
    assert_str(markup_words(&m, &m.marks[3]), "four");
    assert_ptr_equal(markup_find(&m, 'v', 1), &m.marks[0]);
    parse(&m, STR("no mark")); /* the same memory again */
    assert_int_equal(m.n, 0);
    assert_str(strbuf_str(&m.text), "no mark");
    parse(&m, STR(""));
    assert_int_equal(strbuf_str(&m.text).len, 0);
    markup_free(&m);
}

static void heads(void **state)
{
    (void)state;
    struct markup m = {0};
    parse(&m, STR("⟦v12:bare⟧⟦v3| Dune: Part Two | a: b |own label:x: y | z⟧⟦v4|||:⟧"));
    assert_int_equal(m.marks[0].number, 12);
    assert_null(m.marks[0].stance.ptr);
    assert_str(m.marks[1].speaker, "Dune: Part Two");
    assert_str(m.marks[1].target, "a: b");
    assert_str(m.marks[1].stance, "own label");
    assert_str(markup_words(&m, &m.marks[1]), "x: y | z");
    assert_int_equal(m.marks[2].stance.len, 0);
    assert_int_equal(m.marks[2].end, m.marks[2].start);
    markup_free(&m);
}

static void wrong_marks(void **state)
{
    (void)state;
    const char *const heads[] = {"⟦", "⟦v", "⟦v:x⟧", "⟦x1:y⟧", "⟦s1 y⟧", "⟦s1|A:y⟧", "⟦v1|A:x⟧", "⟦v1|A|b:x⟧", "⟦v1|A|b|for\n:x⟧", "⟦v1|A|b|c|for:x⟧",
                                 "⟦v1|A|⟦s2:b⟧|for:x⟧", "⟦v99999999999999999999|A|b|for:x⟧", "⟦v-1:x⟧"};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) check_bad(heads[i], 1, "a.txt, line 1: a mark begins as ⟦s1: or ⟦c1: or ⟦v1|");
    check_bad("one\n\ntwo⟧", 3, "a.txt, line 3: a closing ⟧ without an opening ⟦");
    check_bad("⟦s1:a⟧⟧", 1, "a closing ⟧");
    check_bad("one\n⟦s1:two\n⟦c1:three⟧ four\n", 2, "a.txt, line 2: the mark that opens here is not closed");
}

static void bounds(void **state)
{
    (void)state;
    struct strbuf raw = {0};
    struct markup m = {0};
    for (size_t i = 0; i < 64; i++) strbuf_add(&raw, STR("⟦s1:"));
    for (size_t i = 0; i < 64; i++) strbuf_add(&raw, STR("⟧"));
    parse(&m, strbuf_str(&raw));
    assert_int_equal(m.n, 64);
    strbuf_clear(&raw);
    for (size_t i = 0; i < 65; i++) strbuf_add(&raw, STR("⟦s1:"));
    check_bad(raw.ptr, 1, "more than 64 marks are open");
    strbuf_clear(&raw);
    for (size_t i = 0; i < 16385; i++) strbuf_add(&raw, STR("⟦s1:⟧\n"));
    check_bad(raw.ptr, 16385, "more than 16384 marks");
    strbuf_free(&raw);
    markup_free(&m);
}

/* Every beginning of a good article is either good or refused, and so is every byte changed. */
static void any_bytes(void **state)
{
    (void)state;
    struct markup m = {0};
    const stance_str good = STR("a ⟦s1:b⟧ ⟦c1:c⟧\n⟦v1|A: x|t|for:d ⟦s2:e⟧\r\n f⟧ g\n");
    char bytes[128];
    for (size_t n = 0; n <= good.len; n++) {
        memcpy(bytes, good.ptr, n);
        for (size_t at = 0; at < n; at++)
            for (const char *c = "\xE2\x9F\xA6\xA7|:1v\n"; ; c++) {
                bytes[at] = *c; /* the NUL at the end too */
                char *exact = malloc(n); /* so that ASan sees a byte too far */
                assert_non_null(exact);
                memcpy(exact, bytes, n);
                bool ok = markup_parse("a", (stance_str){exact, n}, &m, NULL);
                for (size_t i = 0; ok && i < m.n; i++) assert_true(m.marks[i].start <= m.marks[i].end && m.marks[i].end <= m.text.len);
                free(exact);
                bytes[at] = good.ptr[at];
                if (!*c) break;
            }
    }
    markup_free(&m);
}

static void check_flat(const char *text, const char *expected)
{
    struct strbuf out = {0};
    markup_flatten(str_of(text), &out);
    assert_str(strbuf_str(&out), expected);
    strbuf_free(&out);
}

static void flat_text(void **state)
{
    (void)state;
    check_flat("one\n  two\t\r\nthree", "one two three");
    check_flat(" \n“naïve\xC2\xA0\xE2\x80\x89 x” \n", "“naïve x”"); /* no-break and thin space */
    check_flat(" \n ", "");
    check_flat("", "");
}

static void kinds_by_quotation_marks(void **state)
{
    (void)state;
    struct markup m = {0};
    const char *const kinds[] = {"direct", "indirect", "mixed", "direct"};
    assert_true(markup_parse("x", STR("“⟦v1:So it is,⟧” he said, that ⟦v2:it is⟧ and ⟦v3:it is “so” again⟧. \"⟦v4:Yes⟧\""), &m, NULL));
    for (size_t i = 0; i < 4; i++) assert_string_equal(markup_kind(&m, markup_find(&m, 'v', i + 1)), kinds[i]);
    markup_free(&m);
}

static void names_of_articles(void **state)
{
    (void)state;
    assert_str(markup_article("a/b.c/001-x.txt"), "001-x");
    assert_str(markup_article("x.TXT.gz"), "x");
    assert_str(markup_article("a/.txt"), ".txt");
    assert_str(markup_article("notes.md"), "notes.md");
    assert_str(markup_article("stdin"), "stdin");
    assert_true(markup_present(STR("said ⟦v1:x⟧")));
    assert_false(markup_present(STR("said ⟦s1:x⟧")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_contract), cmocka_unit_test(marks_nest_and_repeat), cmocka_unit_test(heads),
        cmocka_unit_test(wrong_marks), cmocka_unit_test(bounds), cmocka_unit_test(any_bytes), cmocka_unit_test(flat_text),
        cmocka_unit_test(names_of_articles), cmocka_unit_test(kinds_by_quotation_marks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
