/* SPDX-License-Identifier: MIT
 * test_token: what holds for every text: order, cover, folding, flags; kinds are shown in tests/corpus/tokens.txt. */
#include "test_text_help.h"

#include "text/token.h"

static bool visible(uint32_t c)
{
    enum unicode_class class = unicode_classify(c);
    return class != UNICODE_BLANK && class != UNICODE_FORMAT;
}

/* No visible character of text[from, to) is left out. */
static void expect_gap(stance_str text, size_t from, size_t to, bool *spaced, const char *name)
{
    for (size_t at = from; at < to;) {
        uint32_t c = unicode_next(text, &at);
        if (unicode_classify(c) == UNICODE_BLANK) *spaced = true;
        if (visible(c)) fail_msg("%s: U+%04X before byte %zu is in no token", name, c, at);
    }
}

static void check(stance_str text, const char *name)
{
    struct arena arena = ARENA_EMPTY;
    struct tokens t;
    struct strbuf fold = {0};
    size_t at = 0;
    bool broken = true;
    assert_true(token_split(text, &arena, &t, NULL));
    for (size_t i = 0; i < t.n; i++) {
        const struct token *k = &t.items[i];
        bool spaced = broken;
        assert_true(k->start >= at && k->end > k->start && k->end <= text.len);
        expect_gap(text, at, k->start, &spaced, name);
        if (spaced != ((k->flags & TOKEN_SPACED) != 0)) fail_msg("%s: wrong SPACED at byte %u", name, k->start);
        assert_true(k->kind <= TOKEN_BREAK);
        assert_true(unicode_valid(token_text(&t, i)));
        strbuf_clear(&fold);
        unicode_fold(token_text(&t, i), &fold);
        if (k->kind <= TOKEN_NUMBER) assert_true(str_equal(token_fold(k), strbuf_str(&fold)));
        at = k->end;
        broken = k->kind == TOKEN_BREAK;
    }
    bool spaced;
    expect_gap(text, at, text.len, &spaced, name);
    strbuf_free(&fold);
    arena_free(&arena);
}

static void holds_for_the_articles(void **state)
{
    (void)state;
    assert_true(help_each_article(check) >= 14);
}

static void holds_for_noise(void **state)
{
    (void)state;
    uint64_t seed = 21;
    for (int i = 0; i < 300; i++) {
        struct strbuf text = {0};
        help_noise(&seed, help_below(&seed, 120), &text);
        check(strbuf_str(&text), "noise");
        strbuf_free(&text);
    }
}

static struct tokens split(stance_str text, struct arena *arena)
{
    struct tokens t;
    arena_reset(arena);
    assert_true(token_split(text, arena, &t, NULL));
    return t;
}

static void empty_and_blank(void **state)
{
    (void)state;
    struct arena a = ARENA_EMPTY;
    assert_int_equal(split((stance_str){NULL, 0}, &a).n, 0);
    assert_int_equal(split(STR(""), &a).n, 0);
    assert_int_equal(split(STR(" \t \xC2\xA0\0\xE2\x80\x8B"), &a).n, 0);
    struct tokens t = split(STR("\n\n"), &a);
    assert_int_equal(t.n, 2);
    assert_int_equal(t.items[1].kind, TOKEN_BREAK);
    arena_free(&a);
}

static void case_flags(void **state)
{
    (void)state;
    struct arena a = ARENA_EMPTY;
    struct tokens t = split(STR("Obi NATO iPhone \xC3\x89mile A soooo U.S. aab \xC3\x89\xC3\x84"), &a);
    static const int want[] = {TOKEN_CAPITAL, TOKEN_CAPITAL | TOKEN_UPPER, 0, TOKEN_CAPITAL, TOKEN_CAPITAL, TOKEN_ELONGATED, TOKEN_CAPITAL | TOKEN_UPPER, 0,
                               TOKEN_CAPITAL | TOKEN_UPPER};
    assert_int_equal(t.n, 9);
    for (size_t i = 0; i < t.n; i++) assert_int_equal(t.items[i].flags & ~TOKEN_SPACED, want[i]);
    arena_free(&a);
}

static void marks_know_their_sort(void **state)
{
    (void)state;
    struct arena a = ARENA_EMPTY;
    struct tokens t = split(STR("\"a\" \xE2\x80\x9C" "b\xE2\x80\x9D 'c' \xE2\x80\x98" "d\xE2\x80\x99"), &a);
    static const int want[] = {TOKEN_STRAIGHT, 0, TOKEN_STRAIGHT | TOKEN_SINGLE, TOKEN_SINGLE};
    assert_int_equal(t.n, 12);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(t.items[3 * i].kind, TOKEN_OPEN);
        assert_int_equal(t.items[3 * i + 2].kind, TOKEN_CLOSE);
        assert_int_equal(t.items[3 * i].flags & (TOKEN_STRAIGHT | TOKEN_SINGLE), want[i]);
        assert_int_equal(t.items[3 * i + 2].flags & (TOKEN_STRAIGHT | TOKEN_SINGLE), want[i]);
    }
    arena_free(&a);
}

static void folded_text_is_lower_and_straight(void **state)
{
    (void)state;
    struct arena a = ARENA_EMPTY;
    struct tokens t = split(STR("Don\xE2\x80\x99t \xC3\x89MILE plain"), &a);
    assert_text(token_fold(&t.items[0]), "don't");
    assert_text(token_fold(&t.items[1]), "\xC3\xA9mile");
    assert_text(token_fold(&t.items[2]), "plain");
    arena_free(&a);
}

static void a_long_word_and_many_words(void **state)
{
    (void)state;
    struct arena a = ARENA_EMPTY;
    struct strbuf text = {0};
    for (int i = 0; i < 300000; i++) strbuf_char(&text, 'x');
    struct tokens t = split(strbuf_str(&text), &a);
    assert_int_equal(t.n, 1);
    assert_int_equal(t.items[0].end, 300000);
    strbuf_clear(&text);
    for (int i = 0; i < 100000; i++) strbuf_add(&text, STR("a."));
    strbuf_char(&text, ' ');
    for (int i = 0; i < 100000; i++) strbuf_add(&text, STR("b "));
    assert_true(split(strbuf_str(&text), &a).n > 100000);
    strbuf_free(&text);
    arena_free(&a);
}

/* Words are read eight bytes at a time: of every length and at every place they end where they should and have their flags. */
static void words_of_every_length(void **state)
{
    (void)state;
    const struct {
        const char *behind;
        size_t joined; /* bytes of it that belong to the word */
    } cases[] = {{"", 0},     {" b", 0}, {",b", 0},  {"-b", 2},  {"- b", 0}, {"-\xC3\xA9", 3}, {".b", 2},           {". b", 0},          {".", 0},
                 {"'b", 2},   {"' b", 0}, {"_9", 2},  {"_ ", 0},  {"&b", 0},  {"9", 1},         {"\xE2\x80\x99z", 4}, {"\xE2\x80\x9D", 0}, {"\xE2\x80\x94z", 0},
                 {"\xC3\xA9", 2}, {"!!", 0},  {"?b", 0},  {"(b", 0},  {"\n", 0}};
    for (size_t len = 1; len <= 20; len++)
        for (size_t before = 0; before < 10; before++)
            for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct arena a = ARENA_EMPTY;
                struct strbuf text = {0};
                for (size_t k = 0; k < before; k++) strbuf_char(&text, ' ');
                for (size_t k = 0; k < len; k++) strbuf_char(&text, k % 2 ? 'd' : 'c');
                strbuf_add(&text, str_of(cases[i].behind));
                struct tokens t = split(strbuf_str(&text), &a);
                size_t end = before + len + cases[i].joined;
                if (t.items[0].start != before || t.items[0].end != end) fail_msg("%s at %u to %u", text.ptr, t.items[0].start, t.items[0].end);
                strbuf_free(&text);
                arena_free(&a);
            }
}

static void expect_flags(const char *word, size_t len, unsigned flags)
{
    struct arena a = ARENA_EMPTY;
    struct tokens t = split((stance_str){word, len}, &a);
    assert_int_equal(t.n, 1);
    if (t.items[0].flags != (flags | TOKEN_SPACED)) fail_msg("%s: flags %u", word, t.items[0].flags);
    arena_free(&a);
}

static void flags_of_every_length(void **state)
{
    (void)state;
    for (size_t len = 1; len <= 24; len++) {
        char word[32] = "";
        for (size_t k = 0; k < len; k++) word[k] = k % 2 ? 'd' : 'c';
        expect_flags(word, len, 0);
        for (size_t k = 0; k + 3 <= len; k++) {
            char triple[32];
            memcpy(triple, word, sizeof word);
            triple[k] = triple[k + 1] = triple[k + 2] = 'z';
            expect_flags(triple, len, TOKEN_ELONGATED);
            triple[k + 1] = 'Z';
            expect_flags(triple, len, 0);
        }
        word[0] = 'C';
        expect_flags(word, len, TOKEN_CAPITAL);
        for (size_t k = 0; k < len; k++) word[k] = k % 2 ? 'D' : 'C';
        expect_flags(word, len, TOKEN_CAPITAL | (len >= 2 ? TOKEN_UPPER : 0u));
        word[len - 1] = 'q';
        if (len > 1) expect_flags(word, len, TOKEN_CAPITAL);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_every_length), cmocka_unit_test(flags_of_every_length),
        cmocka_unit_test(holds_for_the_articles), cmocka_unit_test(holds_for_noise), cmocka_unit_test(empty_and_blank), cmocka_unit_test(case_flags),
        cmocka_unit_test(marks_know_their_sort),  cmocka_unit_test(folded_text_is_lower_and_straight), cmocka_unit_test(a_long_word_and_many_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
