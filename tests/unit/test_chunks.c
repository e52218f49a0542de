/* SPDX-License-Identifier: MIT
 * chunks: texts taken apart at blanks score to the last bit as statements read whole, whatever was read before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"
#include "learn/chunks.h"
#include "learn/predict.h"
#include "text_pieces.h"

static char path[64];
static struct made_rows made;

static stance_model *model_of(const char *templates, const char *more)
{
    char recipe[200];
    snprintf(recipe, sizeof recipe, "templates = %s\nmin_rows = 1\ntemperature = 0.5\n%s", templates, more);
    return made_model(&made, recipe, path);
}

/* What stance_score says, and what the features looked up one by one say: scorer_values goes the slow way. */
static void same(const stance_model *m, stance_scorer *s, stance_str text)
{
    struct feature_facts facts;
    stance_prediction quick, slow;
    double known, scores[STANCE_MAX_LABELS];
    size_t n;
    stance_statement in = {.text = text, .target_span = {STANCE_NONE, STANCE_NONE}};
    assert_true(stance_score(s, &in, 0.1, &quick, NULL));
    const struct value *values = scorer_values(s, &in, &n, &facts, &known, NULL);
    assert_non_null(values);
    predict_scores(m->weights, m->features, m->labels, values, n, scores);
    predict_fill(scores, m->labels, m->recipe.temperature, &slow);
    curve_apply(&m->recipe.curve, m->labels, &slow);
    slow.known = known;
    slow.abstained = predict_abstention(&slow, &facts, 0.1);
    assert_memory_equal(quick.p, slow.p, m->labels * sizeof *quick.p);
    assert_int_equal(quick.label, slow.label);
    assert_true(quick.margin == slow.margin && quick.known == slow.known && quick.abstained == slow.abstained);
}

static void a_text_is_the_sum_of_its_chunks(void **state)
{
    (void)state;
    static const char *const templates[] = {"w1,w2", "w1", "w2"};
    struct dice dice = {11};
    struct strbuf text = {0};
    for (size_t t = 0; t < 3; t++) {
        stance_model *m = model_of(templates[t], "");
        stance_scorer *s = stance_scorer_new(m, NULL);
        assert_true(chunks_serve(m));
        for (size_t i = 0; i < 4000; i++) {
            make_text(&dice, &text);
            char *own = malloc(text.len + 1); /* no byte behind the text is read */
            if (text.len) memcpy(own, text.ptr, text.len);
            same(m, s, (stance_str){own, text.len});
            free(own);
        }
        same(m, s, (stance_str){NULL, 0});
        same(m, s, STR(""));
        same(m, s, STR("   "));
        for (size_t i = 0; i < MADE_ROWS; i++) same(m, s, made.row[i].in.text);
        stance_scorer_free(s);
        stance_model_free(m);
    }
    strbuf_free(&text);
}

/* Texts scored in groups of each size score as they do singly, long ones and empty ones among them. */
static void texts_go_together(void **state)
{
    (void)state;
    struct dice dice = {12};
    stance_model *m = model_of("w1,w2", ""), *other = model_of("w1,not", "");
    stance_scorer *s = stance_scorer_new(m, NULL), *alone = stance_scorer_new(m, NULL), *of_other = stance_scorer_new(other, NULL);
    struct strbuf text[SCORED_AT_ONCE] = {{0}};
    stance_statement in[SCORED_AT_ONCE];
    const stance_statement *all[SCORED_AT_ONCE];
    stance_prediction p[SCORED_AT_ONCE], one;
    for (size_t k = 0; k < 2000; k++) {
        size_t n = k % (SCORED_AT_ONCE + 1);
        for (size_t i = 0; i < n; i++) {
            make_text(&dice, &text[i]);
            for (size_t more = (k + i) % 7 == 0 ? 50 : 0; more; more--) strbuf_add(&text[i], STR(" good bank."));
            if ((k + i) % 11 == 0) strbuf_clear(&text[i]);
            in[i] = (stance_statement){.text = strbuf_str(&text[i]), .target_span = {STANCE_NONE, STANCE_NONE}};
            all[i] = &in[i];
        }
        for (size_t w = 0; w < 2; w++) {
            assert_true(scorer_answer(w ? of_other : s, all, n, 0.1, p, NULL));
            for (size_t i = 0; i < n; i++) {
                assert_true(stance_score(w ? of_other : alone, &in[i], 0.1, &one, NULL));
                assert_memory_equal(one.p, p[i].p, m->labels * sizeof *one.p);
                assert_true(one.label == p[i].label && one.margin == p[i].margin && one.known == p[i].known && one.abstained == p[i].abstained);
            }
        }
    }
    for (size_t i = 0; i < SCORED_AT_ONCE; i++) strbuf_free(&text[i]);
    stance_scorer_free(s);
    stance_scorer_free(alone);
    stance_scorer_free(of_other);
    stance_model_free(m);
    stance_model_free(other);
}

/* More chunks than the table has places, read twice: what gives way is learnt again. */
static void chunks_give_way(void **state)
{
    (void)state;
    char text[64];
    stance_model *m = model_of("w1,w2", "");
    stance_scorer *s = stance_scorer_new(m, NULL);
    for (size_t i = 0; i < 400000; i++) {
        stance_statement in = {.text = {text, (size_t)snprintf(text, sizeof text, "x%zu bank $%zu", i % 200000, i % 200000)}};
        stance_prediction p;
        in.target_span = (stance_span){STANCE_NONE, STANCE_NONE};
        if (i % 1000 == 0) same(m, s, in.text);
        else assert_true(stance_score(s, &in, 0, &p, NULL));
    }
    stance_scorer_free(s);
    stance_model_free(m);
}

static void other_models_are_not_served(void **state)
{
    (void)state;
    static const char *const recipes[][2] = {{"w1,w2,c", ""}, {"w1,not", ""}, {"w1,w2", "hash_bits = 10\n"}};
    for (size_t i = 0; i < 3; i++) {
        stance_model *m = model_of(recipes[i][0], recipes[i][1]);
        assert_false(chunks_serve(m));
        stance_model_free(m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_text_is_the_sum_of_its_chunks), cmocka_unit_test(texts_go_together),
                                       cmocka_unit_test(chunks_give_way),
                                       cmocka_unit_test(other_models_are_not_served)};
    make_rows(&made);
    snprintf(path, sizeof path, "/tmp/stance-test-chunks-%ld", (long)getpid());
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
