/* SPDX-License-Identifier: MIT
 * mining: terms that go with praise and with warning, negation, names, halves, the second round. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"

static void add(stance_miner *m, size_t article, int polarity, const char *text)
{
    char id[32];
    snprintf(id, sizeof id, "a%zu", article);
    const stance_view view = {.text = str_of(text), .cue_polarity = polarity};
    const stance_result views = {&view, 1};
    const stance_document document = {.article = str_of(id), .text = str_of(text)};
    assert_true(stance_miner_add(m, &document, &views, NULL));
}

/* Forty articles: "zesty" with praise, "gloomish" with doubt, Acme and the year with praise alone, "rubbly" praised by negation only. */
static stance_miner *miner(size_t min_count)
{
    const stance_mine_options options = {.min_count = min_count};
    stance_miner *m = stance_miner_new(&options, NULL);
    assert_non_null(m);
    for (size_t i = 0; i < 40; i++) {
        add(m, i, 1, "a zesty plan of the Acme board in 2020");
        add(m, i, -1, "a gloomish plan with costs of 2020 kinds");
        add(m, i, 0, "the plan of the board has costs and a table");
        add(m, i, 1, "it is not rubbly but a plan");
    }
    return m;
}

/* Score of a term in the table; 0 when it is not there. */
static double score(stance_str tsv, const char *term)
{
    double value;
    for (stance_str rest = tsv; rest.ptr;) {
        stance_str line = str_split(&rest, '\n'), name = str_split(&line, '\t');
        if (str_equal(name, str_of(term))) return str_to_double(str_split(&line, '\t'), &value) ? value : 0;
    }
    return 0;
}

static void sides_and_what_is_left_out(void **state)
{
    (void)state;
    stance_str tsv;
    stance_mine_summary s;
    stance_miner *m = miner(5);
    assert_true(stance_miner_write(m, &tsv, &s, NULL));
    assert_true(score(tsv, "zesty") > 0.3 && score(tsv, "zesty") <= 1);
    assert_true(score(tsv, "gloomish") < -0.3);
    assert_true(score(tsv, "zesty plan") > 0.3);
    assert_true(score(tsv, "rubbly") < -0.3);
    assert_true(score(tsv, "acme") == 0 && score(tsv, "2020") == 0 && score(tsv, "the") == 0 && score(tsv, "not rubbly") == 0);
    assert_true(score(tsv, "plan") == 0);
    assert_int_equal(s.contents, 160);
    assert_int_equal(s.bullish, 80);
    assert_int_equal(s.skeptical, 40);
    stance_miner_free(m);
}

static void rare_terms_and_the_lexicons_own(void **state)
{
    (void)state;
    stance_str tsv;
    stance_mine_summary s;
    stance_miner *m = miner(41);
    for (size_t i = 0; i < 60; i++) add(m, i + 100, 1, "an excellent idea"), add(m, i + 100, -1, "a murky idea");
    assert_true(stance_miner_write(m, &tsv, &s, NULL));
    assert_true(score(tsv, "zesty") == 0);
    assert_true(score(tsv, "excellent") == 0);
    assert_true(score(tsv, "murky") <= 0);
    assert_true(score(tsv, "murky idea") < 0);
    stance_miner_free(m);
}

/* "frumious" stands beside what praises only, under cues that say nothing. */
static void the_second_round(void **state)
{
    (void)state;
    stance_str tsv;
    stance_mine_summary s;
    stance_miner *m = miner(5);
    for (size_t i = 0; i < 40; i++) add(m, i, 0, "a zesty plan so zesty plan and a frumious thing");
    for (size_t i = 0; i < 3; i++) add(m, i, 1, "a frumious table");
    assert_true(stance_miner_write(m, &tsv, &s, NULL));
    assert_int_equal(s.inferred, 40);
    assert_true(score(tsv, "frumious") > 0.1);
    stance_miner_free(m);
}

static void one_side_is_not_enough(void **state)
{
    (void)state;
    stance_str tsv;
    stance_error err = {0};
    stance_miner *m = stance_miner_new(NULL, NULL);
    add(m, 1, 1, "a zesty plan");
    assert_false(stance_miner_write(m, &tsv, NULL, &err));
    assert_int_equal(err.code, STANCE_INPUT);
    stance_miner_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sides_and_what_is_left_out), cmocka_unit_test(rare_terms_and_the_lexicons_own), cmocka_unit_test(the_second_round),
        cmocka_unit_test(one_side_is_not_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
