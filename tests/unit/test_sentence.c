/* SPDX-License-Identifier: MIT
 * test_sentence: every word is in exactly one sentence; where sentences end is shown in tests/corpus/sentences.txt. */
#include "test_view_help.h"

enum { LONGEST = 501 }; /* tokens, as sentence.h says */

static void check(stance_str text, const char *name)
{
    struct reading r;
    help_open(&r, text);
    size_t at = 0, paragraph = 0;
    for (size_t s = 0; s < r.a.sentences.n; s++) {
        const struct sentence *x = &r.a.sentences.items[s];
        for (; at < x->first; at++, paragraph++)
            if (r.a.tokens.items[at].kind != TOKEN_BREAK) fail_msg("%s: token %zu is in no sentence", name, at);
        assert_true(x->end > x->first && x->end <= r.a.tokens.n);
        assert_true(x->end - x->first <= LONGEST);
        assert_int_equal(x->paragraph, paragraph);
        for (; at < x->end; at++) assert_int_not_equal(r.a.tokens.items[at].kind, TOKEN_BREAK);
    }
    for (; at < r.a.tokens.n; at++) assert_int_equal(r.a.tokens.items[at].kind, TOKEN_BREAK);
    help_close(&r);
}

static void holds_for_the_articles(void **state)
{
    (void)state;
    help_each_article(check);
}

static void holds_for_noise(void **state)
{
    (void)state;
    uint64_t seed = 41;
    for (int i = 0; i < 200; i++) {
        struct strbuf text = {0};
        help_noise(&seed, help_below(&seed, 150), &text);
        check(strbuf_str(&text), "noise");
        strbuf_free(&text);
    }
}

static size_t count(stance_str text)
{
    struct reading r;
    help_open(&r, text);
    size_t n = r.a.sentences.n;
    help_close(&r);
    return n;
}

static void counts(void **state)
{
    (void)state;
    assert_int_equal(count(STR("")), 0);
    assert_int_equal(count(STR("...")), 1);
    assert_int_equal(count(STR("No stop at the end of this one")), 1);
    assert_int_equal(count(STR("One. Two! Three? Four")), 4);
    assert_int_equal(count(STR("Gov. Ann B. Fox, Lt. Col. Ray and Prof. Lee met. They left.")), 2);
    assert_int_equal(count(STR("\"Stop!\" cried Ann. \"Why?\" asked Lee.")), 2);
}

static void paragraphs_end_sentences_without_stops(void **state)
{
    (void)state;
    struct reading r;
    help_open(&r, STR("A heading here\n\nFirst. Second.\n\nThird"));
    static const uint32_t paragraphs[] = {0, 1, 1, 2};
    assert_int_equal(r.a.sentences.n, 4);
    for (size_t i = 0; i < 4; i++) assert_int_equal(r.a.sentences.items[i].paragraph, paragraphs[i]);
    help_close(&r);
}

static void abbreviations_have_kinds(void **state)
{
    (void)state;
    struct abbreviations a = {0};
    assert_true(abbreviations_load(&a, NULL));
    static const struct {
        const char *word;
        char kind;
    } rows[] = {{"Dr", 't'}, {"Jan", 'm'}, {"J", 'n'}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        uint32_t id = vocab_find(&a.words, str_of(rows[i].word));
        assert_int_not_equal(id, VOCAB_NONE);
        assert_int_equal(a.kinds[id], rows[i].kind);
    }
    assert_int_equal(vocab_find(&a.words, STR("dr.")), VOCAB_NONE);
    abbreviations_free(&a);
    abbreviations_free(&a);
}

static void a_very_long_sentence(void **state)
{
    (void)state;
    struct strbuf text = {0};
    for (int i = 0; i < 50000; i++) strbuf_add(&text, STR("and on, ")); /* cut, as one sentence of 150,000 tokens would be */
    assert_int_equal(count(strbuf_str(&text)), (50000 * 3 + LONGEST - 1) / LONGEST);
    check(strbuf_str(&text), "a very long sentence");
    strbuf_clear(&text);
    for (int i = 0; i < 30000; i++) strbuf_add(&text, STR("No. "));
    assert_true(count(strbuf_str(&text)) > 1);
    strbuf_free(&text);
}

/* Sentences of every length around the limit, ended by stops and closing marks. */
static void the_limit_holds_at_its_border(void **state)
{
    (void)state;
    for (int words = LONGEST - 5; words <= LONGEST + 2; words++)
        for (int closers = 0; closers < 8; closers++) {
            struct strbuf text = {0};
            for (int i = 0; i < words; i++) strbuf_add(&text, STR("on "));
            strbuf_add(&text, STR("so."));
            for (int i = 0; i < closers; i++) strbuf_char(&text, ')');
            strbuf_add(&text, STR(" Then it ended."));
            check(strbuf_str(&text), "border");
            strbuf_free(&text);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_for_the_articles), cmocka_unit_test(holds_for_noise), cmocka_unit_test(counts),
        cmocka_unit_test(paragraphs_end_sentences_without_stops), cmocka_unit_test(abbreviations_have_kinds), cmocka_unit_test(a_very_long_sentence),
        cmocka_unit_test(the_limit_holds_at_its_border),
    };
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
