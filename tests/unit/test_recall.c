/* SPDX-License-Identifier: MIT
 * recall: texts from memory have the tokens and terms of texts read whole, and score the same, whatever was read before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <math.h>

#include "base/str.h"
#include "learn/predict.h"
#include "learn/recall.h"
#include "text_pieces.h"

static char path[64];
static struct made_rows made;

static stance_model *model_of(const char *recipe)
{
    assert_true(stance_train(&made.rows, &(stance_train_options){.recipe = recipe}, path, NULL, NULL));
    stance_model *m = stance_model_open(path, NULL);
    assert_non_null(m);
    return m;
}

static void same_text(stance_str a, stance_str b)
{
    assert_int_equal(a.len, b.len);
    if (a.len) assert_memory_equal(a.ptr, b.ptr, a.len);
}

static void same_terms(struct recall *r, stance_str text)
{
    struct arena arena = ARENA_EMPTY;
    struct terms a, b;
    memo_begin(r->memo);
    assert_true(recall_read(r, text, &a, NULL) && terms_read(text, &arena, &b, NULL));
    assert_int_equal(a.tokens.n, b.tokens.n);
    assert_int_equal(a.n, b.n);
    assert_true(a.clauses == b.clauses && a.exclamations == b.exclamations && a.questions == b.questions);
    for (size_t i = 0; i < a.tokens.n; i++) {
        const struct token *x = &a.tokens.items[i], *y = &b.tokens.items[i];
        assert_true(x->start == y->start && x->end == y->end && x->kind == y->kind && x->flags == y->flags);
        same_text(token_fold(x), token_fold(y));
        same_text(token_fold(x), known_piece(&a.words[a.token_known[i]]).text);
    }
    for (size_t i = 0; i < a.n; i++) {
        const struct term *x = &a.items[i], *y = &b.items[i];
        assert_true(x->token == y->token && x->clause == y->clause && x->kind == y->kind && x->flags == y->flags && x->part == y->part);
        assert_true(x->word.hash == y->word.hash && x->word.power == y->word.power && x->polarity == y->polarity);
        same_text(x->word.text, y->word.text);
        assert_true(a.words[a.known[i]].hash == x->word.hash);
    }
    arena_free(&arena);
}

static void terms_are_those_of_the_whole(void **state)
{
    (void)state;
    stance_model *m = model_of("min_rows = 1\ntemperature = 0.5\n");
    struct memo memo;
    struct recall recall;
    struct dice dice = {5};
    struct strbuf text = {0};
    assert_true(memo_init(&memo, m) && recall_init(&recall, &memo));
    for (size_t i = 0; i < 6000; i++) {
        make_text(&dice, &text);
        char *own = malloc(text.len + 1); /* no byte behind the text is read */
        if (text.len) memcpy(own, text.ptr, text.len);
        same_terms(&recall, (stance_str){own, text.len});
        free(own);
    }
    same_terms(&recall, (stance_str){NULL, 0});
    same_terms(&recall, STR("''' said"));
    same_terms(&recall, STR("said ''' said '''"));
    same_terms(&recall, STR("``' ``'"));
    same_terms(&recall, STR("-3 +4 (-5) a-3"));
    strbuf_free(&text);
    recall_free(&recall);
    memo_free(&memo);
    stance_model_free(m);
}

/* The quick way to the last bit whatever was read before; beside features looked up one by one, as near as sums in another order are. */
static void same_score(const stance_model *m, stance_scorer *warm, const stance_statement *in)
{
    struct feature_facts facts;
    stance_prediction a, b;
    double known, scores[STANCE_MAX_LABELS];
    size_t n;
    stance_scorer *fresh = stance_scorer_new(m, NULL);
    assert_true(stance_score(warm, in, 0.1, &a, NULL) && stance_score(fresh, in, 0.1, &b, NULL));
    assert_memory_equal(a.p, b.p, sizeof a.p);
    assert_true(a.known == b.known && a.abstained == b.abstained && a.label == b.label);
    const struct value *values = scorer_values(fresh, in, &n, &facts, &known, NULL);
    predict_scores(m->weights, m->features, m->labels, values, n, scores);
    predict_fill(scores, m->labels, m->recipe.temperature, &b);
    curve_apply(&m->recipe.curve, m->labels, &b);
    b.known = known;
    for (size_t l = 0; l < m->labels; l++) assert_true(fabs(a.p[l] - b.p[l]) < 1e-9);
    assert_true(a.known == known);
    assert_int_equal(a.abstained, predict_abstention(&b, &facts, 0.1));
    stance_scorer_free(fresh);
}

static void every_template_scores_the_same(void **state)
{
    (void)state;
    static const char *const cues[] = {NULL, "", "welcomed", "objected to", "said", "Praised"};
    static const char *const targets[] = {NULL, "", "bank", "the bank", "nobody"};
    struct dice dice = {6};
    struct strbuf text = {0}, recipe = {0};
    strbuf_add(&recipe, STR("min_rows = 1\ntemperature = 0.5\ncopies = off\ntemplates = "));
    for (size_t i = 0; i < feature_templates_n; i++) strbuf_print(&recipe, "%s%s", i ? "," : "", feature_templates[i].name);
    strbuf_add(&recipe, STR("\n"));
    stance_model *m = model_of(recipe.ptr);
    stance_scorer *s = stance_scorer_new(m, NULL);
    for (size_t i = 0; i < 600; i++) {
        stance_statement in = {.target_span = {STANCE_NONE, STANCE_NONE}};
        const char *cue = cues[dice_below(&dice, 6)], *target = targets[dice_below(&dice, 5)];
        make_text(&dice, &text);
        in.text = strbuf_str(&text);
        if (i % 3 == 0) in.text = made.row[dice_below(&dice, MADE_ROWS)].in.text;
        if (cue) in.cue = str_of(cue);
        if (target) in.target = str_of(target);
        if (dice_below(&dice, 3) == 0 && in.text.len > 4) in.target_span = (stance_span){1, 1 + dice_below(&dice, (unsigned)in.text.len - 2)};
        same_score(m, s, &in);
    }
    stance_scorer_free(s);
    stance_model_free(m);
    strbuf_free(&text);
    strbuf_free(&recipe);
}

/* More words than are kept, twice: all is forgotten on the way and learnt again. */
static void words_are_forgotten(void **state)
{
    (void)state;
    char text[64];
    stance_model *m = model_of("min_rows = 1\ntemperature = 0.5\n");
    stance_scorer *s = stance_scorer_new(m, NULL);
    for (size_t i = 0; i < 200000; i++) {
        stance_statement in = {.text = {text, (size_t)snprintf(text, sizeof text, "x%zu bank $%zu not", i % 100000, i % 100000)}};
        stance_prediction p;
        in.target_span = (stance_span){STANCE_NONE, STANCE_NONE};
        if (i % 5000 == 0) same_score(m, s, &in);
        else assert_true(stance_score(s, &in, 0, &p, NULL));
    }
    stance_scorer_free(s);
    stance_model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(terms_are_those_of_the_whole), cmocka_unit_test(every_template_scores_the_same),
                                       cmocka_unit_test(words_are_forgotten)};
    make_rows(&made);
    snprintf(path, sizeof path, "/tmp/stance-test-recall-%ld", (long)getpid());
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
