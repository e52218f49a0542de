/* SPDX-License-Identifier: MIT
 * explain: parts sum to the score, over many rows; places lie in the text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <math.h>

#include "learn/model.h"
#include "learn_rows.h"

enum { TEXTS = 1000 };
static char path[64];
static struct made_rows made;

/* Rows of the training, cut, joined and with targets: known and unknown words, repeated n-grams. */
static void make_text(struct dice *dice, char *out, size_t size, stance_statement *in)
{
    const char *a = made.text[dice_below(dice, MADE_ROWS)], *b = made.text[dice_below(dice, MADE_ROWS)];
    size_t from = dice_below(dice, 12);
    int n = snprintf(out, size, "%s, but %s — ñandú %zu!", a + from, b, dice_below(dice, 50));
    *in = (stance_statement){.text = {out, (size_t)n}, .target_span = {STANCE_NONE, STANCE_NONE}};
    if (dice_below(dice, 2)) in->target = str_of("the bank");
    if (dice_below(dice, 4) == 0) in->cue = str_of("warn");
}

static void check(const stance_explained *e, const stance_statement *in, const stance_prediction *p)
{
    for (size_t l = 0; l < e->labels; l++) {
        double sum = e->bias[l];
        for (size_t i = 0; i < e->n; i++) sum += e->items[i].part[l];
        assert_true(fabs(sum - e->score[l]) < 1e-9);
        assert_true(fabs(e->prediction.p[l] - p->p[l]) < 1e-9);
    }
    assert_int_equal(e->prediction.label, p->label);
    assert_true(e->prediction.known == p->known && e->prediction.abstained == p->abstained);
    for (size_t i = 0; i < e->n; i++) {
        assert_true(i == 0 || fabs(e->items[i].decisive) <= fabs(e->items[i - 1].decisive));
        for (size_t k = 0; k < e->items[i].at_n; k++)
            assert_true(e->items[i].at[k].start < e->items[i].at[k].end && e->items[i].at[k].end <= in->text.len);
    }
}

static void run(const char *recipe)
{
    struct dice dice = {11};
    char text[400];
    assert_true(stance_train(&made.rows, &(stance_train_options){.recipe = recipe}, path, NULL, NULL));
    stance_model *m = stance_model_open(path, NULL);
    stance_scorer *s = stance_scorer_new(m, NULL);
    assert_true(stance_model_verify(m, NULL));
    for (size_t i = 0; i < TEXTS; i++) {
        stance_statement in;
        stance_prediction p;
        make_text(&dice, text, sizeof text, &in);
        assert_true(stance_score(s, &in, 0.1, &p, NULL));
        stance_explanation *e = stance_explain(s, m, &in, 0.1, NULL);
        assert_non_null(e);
        check(stance_explanation_of(e), &in, &p);
        stance_explanation_free(e);
    }
    stance_scorer_free(s);
    stance_model_free(m);
}

static void parts_sum_to_the_score(void **state)
{
    (void)state;
    run("min_rows = 1\ntemperature = 0.5\n");
}

static void also_with_copies_and_hashing(void **state)
{
    (void)state;
    for (size_t i = 0; i < MADE_ROWS; i += 2) made.row[i].in.target = str_of(i % 4 ? "the bank" : "a|b=c");
    run("copies = on\ntemperature = 0.5\n");
    run("copies = on\nhash_bits = 10\ntemperature = 0.5\n");
    run("hash_bits = 12\ncopies = off\ntemperature = 0.5\n");
}

static void vectors_rise_and_equal_the_values(void **state)
{
    (void)state;
    assert_true(stance_train(&made.rows, &(stance_train_options){.recipe = "temperature = 0.5\ncopies = off\n"}, path, NULL, NULL));
    stance_model *m = stance_model_open(path, NULL);
    stance_scorer *s = stance_scorer_new(m, NULL);
    for (size_t i = 0; i < MADE_ROWS; i++) {
        const stance_value *values;
        double score = stance_model_feature(m, m->features).weight[0];
        ptrdiff_t n = stance_vector(s, &made.row[i].in, &values, NULL);
        assert_true(n > 0);
        for (ptrdiff_t k = 0; k < n; k++) {
            assert_true(k == 0 || values[k].feature > values[k - 1].feature);
            score += values[k].value * stance_model_feature(m, values[k].feature).weight[0];
        }
        stance_explanation *e = stance_explain(s, m, &made.row[i].in, 0, NULL);
        assert_true(fabs(stance_explanation_of(e)->score[0] - score) < 1e-9);
        stance_explanation_free(e);
    }
    stance_scorer_free(s);
    stance_model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(parts_sum_to_the_score), cmocka_unit_test(also_with_copies_and_hashing),
                                       cmocka_unit_test(vectors_rise_and_equal_the_values)};
    make_rows(&made);
    snprintf(path, sizeof path, "/tmp/stance-test-explain-%ld", (long)getpid());
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
