/* SPDX-License-Identifier: MIT
 * test_phrases: subjects to the left of a verb, phrases to the right, and what may hold a view. */
#include "test_view_help.h"

/* The subject of the first `verb` must be `want` with the head `head`. */
static void expect_subject(const char *text, const char *verb, const char *want, const char *head)
{
    struct reading r;
    help_names(&r, str_of(text));
    struct phrase p = phrase_subject(&r.a, 0, help_token(&r.a, verb, 0));
    stance_str got = phrase_found(p) ? article_text(&r.a, p.first, p.end) : STR("");
    if (!str_equal(got, str_of(want))) fail_msg("%s\n  subject [%.*s], not [%s]", text, (int)got.len, got.ptr, want);
    if (*want && !article_word(&r.a, p.head, head)) fail_msg("%s: head is token %u", text, p.head);
    help_close(&r);
}

static void subjects(void **state)
{
    (void)state;
    expect_subject("He said so.", "said", "He", "he");
    expect_subject("The chief economist said so.", "said", "The chief economist", "economist");
    expect_subject("Mary Cole has not said so.", "said", "Mary Cole", "cole");
    expect_subject("The head of research at Nordbank said so.", "said", "The head of research at Nordbank", "head");
    expect_subject("Mary Cole, who founded the yard, said so.", "said", "Mary Cole", "cole");
    expect_subject("Mary Cole, 54, said so.", "said", "Mary Cole", "cole");
    expect_subject("Nordbank\xE2\x80\x99s chief economist said so.", "said", "Nordbank\xE2\x80\x99s chief economist", "economist");
    expect_subject("Yesterday, in Leeds, some residents said so.", "said", "some residents", "residents");
    expect_subject("\"Never\" said so.", "said", "", "");
    expect_subject("said so.", "said", "", "");
}

static void phrases_to_the_right(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } rows[] = {{"said Mary Cole on Monday", "Mary Cole"}, {"said she", "she"}, {"said the union\xE2\x80\x99s leader", "the union\xE2\x80\x99s leader"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct reading r;
        help_names(&r, str_of(rows[i].text));
        struct phrase p = phrase_at(&r.a, 1, r.a.tokens.n);
        stance_str got = phrase_found(p) ? article_text(&r.a, p.first, p.end) : STR("");
        if (!str_starts(got, str_of(rows[i].want))) fail_msg("%s: [%.*s]", rows[i].text, (int)got.len, got.ptr);
        help_close(&r);
    }
}

static void who_can_hold_a_view(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool holds;
    } rows[] = {{"Mary Cole said so.", true},  {"They said so.", true},      {"The ministry said so.", true}, {"A report said so.", true},
                {"Analysts said so.", true},   {"The @harbour_rat said so.", true}, {"The bridge said so.", false},  {"Tomorrow said so.", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct reading r;
        help_names(&r, str_of(rows[i].text));
        struct phrase p = phrase_subject(&r.a, 0, help_token(&r.a, "said", 0));
        bool holds = phrase_found(p) && phrase_holder(&r.a, p);
        if (holds != rows[i].holds) fail_msg("%s", rows[i].text);
        help_close(&r);
    }
}

static void finite_verbs(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool verb;
    } rows[] = {{"the harbour was late", true}, {"the old harbour", false}, {"it would help", true}, {"the price of coal", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct reading r;
        help_names(&r, str_of(rows[i].text));
        if (phrase_has_verb(&r.a, 0, r.a.tokens.n) != rows[i].verb) fail_msg("%s", rows[i].text);
        assert_false(phrase_has_verb(&r.a, 0, 0));
        help_close(&r);
    }
}

static void adverbials_are_skipped(void **state)
{
    (void)state;
    static const struct {
        const char *text, *next;
    } rows[] = {{"in a statement that it rained", "that"}, {"this week that it rained", "that"},
                {"that it rained", "that"},           {"quietly that it rained", "that"},        {"on Monday", ""}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct reading r;
        help_names(&r, str_of(rows[i].text));
        size_t at = phrase_skip_adverbials(&r.a, 0, r.a.tokens.n);
        if (*rows[i].next ? !article_word(&r.a, at, rows[i].next) : at + 1 != r.a.tokens.n) fail_msg("%s: stopped at token %zu", rows[i].text, at);
        assert_int_equal(phrase_skip_adverbials(&r.a, 0, 0), 0);
        help_close(&r);
    }
}

/* What is wrong so far; each passes, or is shown as skipped. */
static bool has_verb(const char *text)
{
    struct reading r;
    help_names(&r, str_of(text));
    bool found = phrase_has_verb(&r.a, 0, r.a.tokens.n);
    help_close(&r);
    return found;
}

static void known_miss_verbs_inside_quotations_do_not_count(void **state)
{
    (void)state;
    if (has_verb("the \"it was late\" sign")) skip();
}

static void known_miss_that_is_no_part_of_a_date(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("on Monday that it rained"));
    bool right = phrase_skip_adverbials(&r.a, 0, r.a.tokens.n) == 2;
    help_close(&r);
    if (!right) skip();
}

static void known_miss_that_begins_no_addressee(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("that the tool is not ready"));
    bool right = !phrase_found(phrase_at(&r.a, 0, r.a.tokens.n));
    help_close(&r);
    if (!right) skip();
}

static void known_miss_not_yet(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("Mary Cole has not yet said so."));
    bool right = phrase_found(phrase_subject(&r.a, 0, help_token(&r.a, "said", 0)));
    help_close(&r);
    if (!right) skip();
}

/* Whatever is asked of whatever tokens: phrases stay inside, heads inside phrases. */
static void check(stance_str text, const char *name)
{
    struct reading r;
    help_names(&r, text);
    for (size_t s = 0; s < r.a.sentences.n; s++) {
        size_t begin = r.a.sentences.items[s].first, end = r.a.sentences.items[s].end;
        for (size_t i = begin; i < end; i++) {
            struct phrase p = phrase_subject(&r.a, begin, i), q = phrase_at(&r.a, i, end);
            if (phrase_found(p) && (p.first < begin || p.end > i || p.head < p.first || p.head >= p.end)) fail_msg("%s: subject of token %zu", name, i);
            if (phrase_found(q) && (q.first < i || q.head < q.first || q.head >= q.end || q.end > r.a.tokens.n)) fail_msg("%s: phrase at token %zu", name, i);
            size_t at = phrase_skip_adverbials(&r.a, i, end);
            assert_true(at >= i && at <= r.a.tokens.n);
        }
    }
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
    uint64_t seed = 71;
    for (int i = 0; i < 100; i++) {
        struct strbuf text = {0};
        help_noise(&seed, help_below(&seed, 120), &text);
        check(strbuf_str(&text), "noise");
        strbuf_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(subjects), cmocka_unit_test(phrases_to_the_right), cmocka_unit_test(who_can_hold_a_view), cmocka_unit_test(finite_verbs),
        cmocka_unit_test(adverbials_are_skipped), cmocka_unit_test(holds_for_the_articles), cmocka_unit_test(holds_for_noise),
        cmocka_unit_test(known_miss_verbs_inside_quotations_do_not_count), cmocka_unit_test(known_miss_that_is_no_part_of_a_date),
        cmocka_unit_test(known_miss_that_begins_no_addressee), cmocka_unit_test(known_miss_not_yet),
    };
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
