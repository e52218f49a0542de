/* SPDX-License-Identifier: MIT
 * test_article: the questions rules ask about tokens, at and beyond the ends too. */
#include "test_view_help.h"

static void words_are_compared_folded(void **state)
{
    (void)state;
    struct reading r;
    help_open(&r, STR("The SHIP\xE2\x80\x99s crew didn\xE2\x80\x99t sail."));
    assert_true(article_word(&r.a, 0, "the"));
    assert_true(article_word(&r.a, 1, "ship"));
    assert_true(article_word(&r.a, 2, "'s"));
    assert_true(article_word(&r.a, 4, "didn't"));
    assert_false(article_word(&r.a, 1, "SHIP"));
    assert_false(article_word(&r.a, 1, "shi"));
    assert_false(article_word(&r.a, r.a.tokens.n, "the"));
    assert_false(article_word(&r.a, SIZE_MAX, "the"));
    help_close(&r);
}

static void marks_and_dashes(void **state)
{
    (void)state;
    struct reading r;
    help_open(&r, STR("A, b; c \xE2\x80\x94 d \xE2\x80\x93 e -- f - g: h -i"));
    const struct article *a = &r.a;
    assert_true(article_mark(a, help_token(a, ",", 0), ",;"));
    assert_false(article_mark(a, help_token(a, ";", 0), ",:"));
    assert_true(article_mark(a, help_token(a, "\xE2\x80\x94", 0), "\xE2\x80\x94"));
    assert_true(article_mark(a, help_token(a, "\xE2\x80\x93", 0), ",\xE2\x80\x94"));
    assert_false(article_mark(a, help_token(a, "\xE2\x80\x94", 0), ",-"));
    assert_true(article_mark(a, help_token(a, "--", 0), "-"));
    assert_true(article_mark(a, help_token(a, "-", 0), "-"));  /* blanks on both sides: typed for a dash */
    assert_false(article_mark(a, help_token(a, "-", help_token(a, "-", 0) + 1), "-")); /* a hyphen is none */
    assert_false(article_mark(a, 0, ",.;:-"));
    assert_false(article_mark(a, a->tokens.n, ","));
    help_close(&r);
}

static void quoted_tokens_include_the_marks(void **state)
{
    (void)state;
    struct reading r;
    help_open(&r, STR("He said \"go on\" twice."));
    static const bool want[] = {false, false, true, true, true, true, false, false};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++) assert_int_equal(article_quoted(&r.a, i), want[i]);
    assert_false(article_quoted(&r.a, r.a.tokens.n));
    assert_false(article_quoted(&r.a, SIZE_MAX));
    help_close(&r);
}

static void text_of_tokens(void **state)
{
    (void)state;
    struct reading r;
    help_open(&r, STR("Old  harbour\tpilots\xC2\xA0sail."));
    assert_text(article_text(&r.a, 0, 4), "Old harbour pilots sail");
    assert_text(article_text(&r.a, 1, 2), "harbour");
    assert_int_equal(article_text(&r.a, 2, 2).len, 0);
    assert_int_equal(article_text(&r.a, 3, 2).len, 0);
    help_close(&r);
}

static void flags_of_words_in_context(void **state)
{
    (void)state;
    struct reading r;
    help_open(&r, STR("The analysts said it grotesquely. Swiftly and Monday"));
    const struct article *a = &r.a;
    assert_true(article_is(a, help_token(a, "analysts", 0), WORD_PERSON));
    assert_true(article_is(a, help_token(a, "grotesquely", 0), WORD_ADV)); /* by its ending */
    assert_false(article_is(a, help_token(a, ".", 0), ~0u));
    assert_false(article_is(a, a->tokens.n + 5, ~0u));
    for (size_t i = 0; i < a->tokens.n; i++) assert_int_equal(a->mention_at[i], NO_ENTITY);
    help_close(&r);
}

static void sentences_of_tokens(void **state)
{
    (void)state;
    struct reading r;
    help_open(&r, STR("One two. Three.\n\nFour."));
    assert_int_equal(r.a.sentence_of[help_token(&r.a, "two", 0)], 0);
    assert_int_equal(r.a.sentence_of[help_token(&r.a, "three", 0)], 1);
    assert_int_equal(r.a.sentence_of[help_token(&r.a, "four", 0)], 2);
    help_close(&r);
}

static void empty_articles_are_articles(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "\n\n", " ", "Advertisement\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r;
        help_views(&r, str_of(texts[i]));
        assert_int_equal(r.a.tokens.n, 0);
        assert_int_equal(r.found.n, 0);
        help_close(&r);
    }
    struct article none = {0};
    article_free(&none);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_compared_folded), cmocka_unit_test(marks_and_dashes), cmocka_unit_test(quoted_tokens_include_the_marks),
        cmocka_unit_test(text_of_tokens), cmocka_unit_test(flags_of_words_in_context), cmocka_unit_test(sentences_of_tokens),
        cmocka_unit_test(empty_articles_are_articles),
    };
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
