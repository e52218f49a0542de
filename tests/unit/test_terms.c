/* SPDX-License-Identifier: MIT
 * terms: hashtags, number shapes, negation, contrast, target. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "learn/terms.h"

struct fixture {
    struct arena arena;
    struct lexicon lexicon;
    struct terms terms;
};

static void build(struct fixture *f, const char *text, const char *target)
{
    static const char lexicon[] =
        "good\t2\tadj\nbad\t-2\tadj\nvery\t0\tboost\nslightly\t0\thedge\nnot\t0\tneg\nbut\t0\tcontrast\nno doubt\t1\tphrase\nno\t0\tneg\n";
    memset(f, 0, sizeof *f);
    stance_statement in = {.text = str_of(text), .target = str_of(target), .target_span = {STANCE_NONE, STANCE_NONE}};
    assert_true(lexicon_add_text(&f->lexicon, str_of(lexicon), "test", NULL));
    assert_true(terms_build(&f->lexicon, &in, &f->arena, &f->terms, NULL));
}

static void drop(struct fixture *f)
{
    arena_free(&f->arena);
    lexicon_free(&f->lexicon);
}

static void expect_words(const char *text, const char *expected)
{
    struct fixture f;
    struct strbuf joined = {0};
    build(&f, text, NULL);
    for (size_t i = 0; i < f.terms.n; i++) {
        if (i) strbuf_char(&joined, ' ');
        strbuf_add(&joined, f.terms.items[i].word.text);
    }
    assert_string_equal(joined.ptr, expected);
    strbuf_free(&joined);
    drop(&f);
}

static void splits_hashtags_and_shapes_numbers(void **state)
{
    (void)state;
    expect_words("#HandOverTheServer now", "hand over the server now");
    expect_words("#USAFirst #tcot", "usa first tcot");
    expect_words("Sales rose 12% to 1,234.5 in 2016", "sales rose N% to N in Y");
    expect_words("a 30-minute call", "a N-minute call");
}

static double polarity(const char *text)
{
    struct fixture f;
    double sum = 0;
    build(&f, text, NULL);
    for (size_t i = 0; i < f.terms.n; i++) sum += (double)f.terms.items[i].polarity;
    drop(&f);
    return sum;
}

static void negation_strength_and_phrases_count(void **state)
{
    (void)state;
    assert_true(polarity("it is good") == 2);
    assert_true(polarity("it is not good") < 0);
    assert_true(polarity("it is not. good") == 2);
    assert_true(polarity("it isn't bad") > 0);
    assert_true(polarity("very good") > 2);
    assert_true(polarity("slightly good") < 2 && polarity("slightly good") > 0);
    assert_true(polarity("no doubt good") == 3);
}

/* "bad" and "good" stand for nouns here: what is owned is taken for granted when a copula follows. */
static void what_is_owned_is_presupposed(void **state)
{
    (void)state;
    assert_true(polarity("the firm's good could be a bad sign") == -2);
    assert_true(polarity("their bad was good luck") == 2);
    assert_true(polarity("the firm's good may help") == 2);
    assert_true(polarity("the good is a bad sign") == 0);
}

static void contrast_marks_what_follows_the_last(void **state)
{
    (void)state;
    struct fixture f;
    build(&f, "good but bad", NULL);
    assert_false(f.terms.items[0].flags & TERM_CONTRASTED);
    assert_true(f.terms.items[2].flags & TERM_CONTRASTED);
    drop(&f);
}

static void expect_target(const char *text, const char *target, size_t start, size_t end)
{
    struct fixture f;
    build(&f, text, target);
    assert_true(f.terms.target.start == start && f.terms.target.end == end);
    drop(&f);
}

static void finds_the_target(void **state)
{
    (void)state;
    expect_target("I like Hillary Clinton a lot", "Hillary Clinton", 2, 4);
    expect_target("I like CLINTON a lot", "Hillary Clinton", 2, 3);
    expect_target("I like nobody", "Hillary Clinton", STANCE_NONE, STANCE_NONE);
    expect_target("I like nobody", NULL, STANCE_NONE, STANCE_NONE);
    expect_target("", "x", STANCE_NONE, STANCE_NONE);
}

static void target_span_wins_over_the_name(void **state)
{
    (void)state;
    struct fixture f = {.arena = ARENA_EMPTY};
    stance_statement in = {.text = STR("She said she won"), .target = STR("said"), .target_span = {9, 12}};
    assert_true(terms_build(&f.lexicon, &in, &f.arena, &f.terms, NULL));
    assert_int_equal(f.terms.target.start, 2);
    drop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splits_hashtags_and_shapes_numbers),
        cmocka_unit_test(negation_strength_and_phrases_count),
        cmocka_unit_test(contrast_marks_what_follows_the_last),
        cmocka_unit_test(what_is_owned_is_presupposed),
        cmocka_unit_test(finds_the_target),
        cmocka_unit_test(target_span_wins_over_the_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
