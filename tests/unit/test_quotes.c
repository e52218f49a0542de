/* SPDX-License-Identifier: MIT
 * test_quotes: what holds for every text, and marks that make pairing hard; the rest is in tests/corpus/quotes.txt. */
#include "test_view_help.h"

static void check(stance_str text, const char *name)
{
    struct reading r;
    help_open(&r, text);
    const struct quotes *q = &r.a.quotes;
    size_t behind = 0, covered = 0, inside = 0;
    for (size_t i = 0; i < q->n; i++) {
        const struct quote *x = &q->items[i];
        size_t end = x->close + (x->closed ? 1u : 0u);
        if (x->open < behind || x->close <= x->open || end > r.a.tokens.n) fail_msg("%s: quotation %zu overlaps or runs out", name, i);
        assert_int_equal(r.a.tokens.items[x->open].kind, TOKEN_OPEN);
        if (x->closed) assert_true(r.a.tokens.items[x->close].kind == TOKEN_CLOSE || r.a.tokens.items[x->close].kind == TOKEN_OPEN);
        for (size_t k = x->open; k < end; k++) {
            assert_int_equal(q->at[k], i);
            assert_int_not_equal(r.a.tokens.items[k].kind, TOKEN_BREAK);
        }
        if (x->continued) assert_true(!x->closed && i + 1 < q->n && q->items[i + 1].paragraph == x->paragraph + 1);
        covered += end - x->open;
        behind = end;
    }
    for (size_t k = 0; k < r.a.tokens.n; k++) inside += q->at[k] != QUOTE_NONE;
    assert_int_equal(inside, covered);
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
    static const char *const marks[] = {
        "\"", "'", "\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x98", "\xE2\x80\x99", "\xC2\xAB", "\xC2\xBB", " ", " ", "a", "b", ",", ".", "\n"};
    uint64_t seed = 51;
    for (int i = 0; i < 3000; i++) {
        struct strbuf text = {0};
        for (size_t n = help_below(&seed, 40); n > 0; n--) strbuf_add(&text, str_of(marks[help_below(&seed, sizeof marks / sizeof *marks)]));
        check(strbuf_str(&text), "marks");
        strbuf_free(&text);
    }
}

static void paragraphs_are_counted(void **state)
{
    (void)state;
    struct reading r;
    help_open(&r, STR("It rained all day.\n\n\"One.\n\n\"Two,\" he said.\n\nThen \"three\" came."));
    assert_int_equal(r.a.quotes.n, 3);
    static const uint32_t paragraphs[] = {1, 2, 3};
    for (size_t i = 0; i < 3; i++) assert_int_equal(r.a.quotes.items[i].paragraph, paragraphs[i]);
    assert_true(r.a.quotes.items[0].continued);
    assert_false(r.a.quotes.items[1].continued);
    help_close(&r);
}

static void continuation_needs_the_same_sort_of_mark(void **state)
{
    (void)state;
    struct reading r;
    help_open(&r, STR("\xE2\x80\x9COne.\n\n\xE2\x80\x98Two,\xE2\x80\x99 he said."));
    assert_int_equal(r.a.quotes.n, 2);
    assert_false(r.a.quotes.items[0].continued);
    help_close(&r);
}

static void apostrophes_quote_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {"It's Obi's.", "the workers' yard and the pilots' hall", "rock 'n' roll is what's left", "O'Brien didn't",
                                        "It\xE2\x80\x99s the workers\xE2\x80\x99 yard"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct reading r;
        help_open(&r, str_of(texts[i]));
        for (size_t k = 0; k < r.a.quotes.n; k++)
            if (r.a.quotes.items[k].close - r.a.quotes.items[k].open > 2) fail_msg("%s", texts[i]); /* 'n' may pass */
        help_close(&r);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_for_the_articles), cmocka_unit_test(holds_for_noise), cmocka_unit_test(paragraphs_are_counted),
        cmocka_unit_test(continuation_needs_the_same_sort_of_mark), cmocka_unit_test(apostrophes_quote_nothing),
    };
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
