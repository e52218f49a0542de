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

static void same_reading(const struct article *a, const struct article *b)
{
    assert_int_equal(a->tokens.n, b->tokens.n);
    assert_int_equal(a->cues_n, b->cues_n);
    assert_memory_equal(a->look, b->look, a->tokens.n * sizeof *a->look);
    assert_memory_equal(a->flags, b->flags, a->tokens.n * sizeof *a->flags);
    for (size_t i = 0; i < a->tokens.n; i++) {
        assert_int_equal(a->form_of[i] == VOCAB_NONE, b->form_of[i] == VOCAB_NONE);
        if (a->form_of[i] == VOCAB_NONE) continue;
        const struct form *x = article_form(a, i), *y = article_form(b, i);
        assert_true(x->cue == y->cue && (x->lower == a->forms->article) == (y->lower == b->forms->article));
        assert_true(str_equal(vocab_text(&a->forms->known.words, a->form_of[i]), article_fold(b, i)));
    }
}

/* So many words that most are forgotten on the way: an article reads like the first one all the same, and the words stay in bounds. */
static void words_met_lately_are_kept(void **state)
{
    (void)state;
    const stance_str text = STR("\"The quay is safe,\" said Mayor Ann Cole of U.S. Steel. She didn't quote Cole\xE2\x80\x99s 38-year-old aide.\n");
    struct language many = {0};
    struct reading first, last = {.arena = ARENA_EMPTY};
    struct strbuf words = {0};
    unsigned number = 0;
    assert_true(language_load(&many, NULL, NULL));
    help_open(&first, text);
    for (int i = 0; i < 60; i++) {
        for (int k = 0; k < 600; k++) {
            strbuf_clear(&words);
            for (int n = 0; k % 100 == 0 && n < 1200; n++, number++)
                strbuf_print(&words, "%c%c%c%c%c ", 'a' + number % 26, 'a' + number / 26 % 26, 'a' + number / 676 % 26, 'a' + number / 17576 % 26, 'a' + number / 456976);
            arena_reset(&last.arena);
            assert_true(article_read(&last.a, &many, k % 100 ? text : strbuf_str(&words), &last.arena, NULL));
            if (k % 100) same_reading(&first.a, &last.a);
            article_free(&last.a);
        }
        assert_true(many.forms->known.words.n < (1 << 16) + 2000);
        if (number > 300000) break;
    }
    assert_true(number > 300000);
    strbuf_free(&words);
    help_close(&first);
    arena_free(&last.arena);
    language_free(&many);
}

static void spans_of_the_text_as_given(void **state)
{
    (void)state;
    struct reading r;
    help_open(&r, STR("It\xC2\xADis  so."));
    stance_span all = article_span(&r.a, 0, r.a.tokens.n), so = article_span(&r.a, help_token(&r.a, "so", 0), help_token(&r.a, ".", 0));
    assert_int_equal(all.start, 0);
    assert_int_equal(so.start, 8);
    assert_int_equal(so.end, 10);
    assert_int_equal(article_span(&r.a, 1, 1).start, STANCE_NONE);
    assert_int_equal(article_span(&r.a, 0, r.a.tokens.n + 1).end, STANCE_NONE);
    help_close(&r);
}

static void half_of_both_is_the_same(void **state)
{
    (void)state;
    const stance_span a = {10, 20}, none = {STANCE_NONE, STANCE_NONE};
    assert_true(article_same(a, a));
    assert_true(article_same(a, (stance_span){10, 15}) && article_same((stance_span){5, 25}, a));
    assert_false(article_same(a, (stance_span){10, 14}) || article_same((stance_span){5, 26}, a));
    assert_true(article_same(a, (stance_span){13, 23}) && !article_same(a, (stance_span){14, 24})); /* half of either is not enough */
    assert_false(article_same(a, (stance_span){20, 30}) || article_same(a, none) || article_same(none, none));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_compared_folded), cmocka_unit_test(marks_and_dashes), cmocka_unit_test(quoted_tokens_include_the_marks),
        cmocka_unit_test(text_of_tokens), cmocka_unit_test(spans_of_the_text_as_given), cmocka_unit_test(half_of_both_is_the_same),
        cmocka_unit_test(flags_of_words_in_context), cmocka_unit_test(sentences_of_tokens),
        cmocka_unit_test(empty_articles_are_articles), cmocka_unit_test(words_met_lately_are_kept),
    };
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
