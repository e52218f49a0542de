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
#include "learn_rows.h"
#include "text/unicode.h"

static char path[64];
static struct made_rows made;

static stance_model *model_of(const char *templates, const char *more)
{
    char recipe[200];
    snprintf(recipe, sizeof recipe, "templates = %s\nmin_rows = 1\ntemperature = 0.5\n%s", templates, more);
    assert_true(stance_train(&made.rows, &(stance_train_options){.recipe = recipe}, path, NULL, NULL));
    stance_model *m = stance_model_open(path, NULL);
    assert_non_null(m);
    return m;
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

/* Pieces of every kind of token, glued and apart, with bytes that are no UTF-8, which are repaired as at the door. */
static void make_text(struct dice *dice, struct strbuf *out)
{
    static const char *const pieces[] = {
        "the", "The", "BANK", "will", "surely", "win", "cannot", "be", "trusted", "Friday", "holidays", "number", "7", "1,234.5", "12%", "-3", "+4", "2016",
        "30-minute", "it's", "Cole\xE2\x80\x99s", "don't", "U.S.", "AT&T", "and/or", "a.b", "(bank)", "\"bank\"", "''", "'''", "``", "--", "...", "!!", "@ada",
        "#HandOver2", "#a_b_c_d", "$NVDA", "$5", "http://x.org/a?b", "www.x.org,", "\xF0\x9F\x98\x80", "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD\xE2\x80\x8D\xF0\x9F\x92\xBB",
        "\xC8\xBA\xC8\xBA\xC8\xBA", "\xC3\x89t\xC3\xA9", "\342\200\234bank\342\200\235", "soooo", "\t", "\n", "\r\n", "\xC2\xA0", "\xE2\x80\xA8", "\xFF",
        "\xE2\x82", "\xCC\x81", "abcdefgh", "abcdefghi", "abcdefghijklmno", "abcdefghijklmnop", "abcdefg", "\x01", "_", "a_b", "\xE4\xBA\xBA", "\xEF\xBF\xBD"};
    struct strbuf raw = {0};
    size_t n = dice_below(dice, 60);
    for (size_t i = 0; i < n; i++) {
        size_t kind = dice_below(dice, 40);
        if (kind == 0) for (size_t k = dice_below(dice, 300); k > 0; k--) strbuf_char(&raw, (char)('a' + dice_below(dice, 26)));
        else if (kind == 1) strbuf_char(&raw, (char)dice_below(dice, 256));
        else if (kind < 5) strbuf_print(&raw, "w%u", (unsigned)dice_below(dice, 1u << 20));
        else strbuf_add(&raw, str_of(pieces[dice_below(dice, sizeof pieces / sizeof *pieces)]));
        if (dice_below(dice, 3)) strbuf_char(&raw, ' ');
        if (dice_below(dice, 8) == 0) strbuf_add(&raw, STR("  "));
    }
    strbuf_clear(out);
    unicode_repair(strbuf_str(&raw), out, NULL);
    strbuf_free(&raw);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_text_is_the_sum_of_its_chunks), cmocka_unit_test(chunks_give_way),
                                       cmocka_unit_test(other_models_are_not_served)};
    make_rows(&made);
    snprintf(path, sizeof path, "/tmp/stance-test-chunks-%ld", (long)getpid());
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
