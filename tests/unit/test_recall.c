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
#include "base/vocab.h"
#include "learn/predict.h"
#include "learn/recall.h"
#include "text_pieces.h"

static char path[64];
static struct made_rows made;

static void same_text(stance_str a, stance_str b)
{
    assert_int_equal(a.len, b.len);
    if (a.len) assert_memory_equal(a.ptr, b.ptr, a.len);
}

/* Kinds of quotation marks say nothing to terms. */
static bool same_kind(unsigned a, unsigned b)
{
    return a == b || ((a == TOKEN_OPEN || a == TOKEN_CLOSE) && (b == TOKEN_OPEN || b == TOKEN_CLOSE));
}

static void same_tokens(const struct terms *a, const struct terms *b)
{
    const uint8_t asked = TOKEN_ELONGATED | TOKEN_UPPER;
    assert_int_equal(a->tokens.n, b->tokens.n);
    for (size_t i = 0; i < a->tokens.n; i++) {
        const struct token *x = &a->tokens.items[i], *y = &b->tokens.items[i];
        assert_true(x->start == y->start + a->base && x->end == y->end + a->base && same_kind(x->kind, y->kind) && (x->flags & asked) == (y->flags & asked));
        same_text(token_fold(x), token_fold(y));
        same_text(token_fold(x), known_piece(&a->words[a->token_known[i]]).text);
    }
}

static void same(const struct terms *a, const struct terms *b)
{
    const uint32_t quotes = 1u << TOKEN_OPEN | 1u << TOKEN_CLOSE;
    const uint8_t asked = TOKEN_ELONGATED | TOKEN_UPPER;
    same_tokens(a, b);
    assert_int_equal(a->n, b->n);
    assert_true(a->clauses == b->clauses && a->exclamations == b->exclamations && a->questions == b->questions);
    assert_true((a->kinds | quotes) == (b->kinds | quotes) && (a->token_flags & asked) == (b->token_flags & asked));
    for (size_t i = 0; i < a->n; i++) {
        const struct term *x = &a->items[i], *y = &b->items[i];
        assert_true(x->token == y->token && x->clause == y->clause && x->kind == y->kind && x->flags == y->flags && x->part == y->part);
        assert_true(x->word.hash == y->word.hash && x->word.power == y->word.power && x->polarity == y->polarity);
        same_text(x->word.text, y->word.text);
        assert_true(a->words[a->known[i]].hash == x->word.hash);
    }
}

static void same_terms(struct recall *r, stance_str text)
{
    struct arena arena = ARENA_EMPTY;
    struct terms a, b;
    memo_begin(r->memo);
    assert_true(recall_read(r, text, &a, NULL) && terms_read(text, &arena, &b, NULL));
    same(&a, &b);
    arena_free(&arena);
}

/* Some tokens of a text that is read already, as a text of their own; false: they were read anew. */
static bool same_run(struct recall *r, struct vocab *words, uint32_t since, stance_str text, struct dice *dice)
{
    struct arena arena = ARENA_EMPTY;
    struct tokens all;
    struct terms a, b;
    assert_true(token_split(text, &arena, &all, NULL));
    uint32_t *numbers = calloc(all.n + 1, sizeof *numbers);
    for (size_t i = 0; i < all.n; i++) numbers[i] = all.items[i].kind == TOKEN_WORD ? vocab_add(words, token_fold(&all.items[i])) : UINT32_MAX;
    struct token_run run = {.all = &all, .numbers = numbers, .words = words->n, .since = since};
    run.first = dice_below(dice, (unsigned)all.n + 1);
    run.end = run.first + dice_below(dice, (unsigned)(all.n - run.first) + 1);
    memo_begin(r->memo);
    assert_true(recall_run(r, &run, &a, NULL) && terms_read(token_run_text(&run), &arena, &b, NULL));
    same(&a, &b);
    bool own = run.first < run.end && a.tokens.items == all.items + run.first;
    if (own) assert_int_equal(a.base, all.items[run.first].start);
    free(numbers);
    arena_free(&arena);
    return own;
}

static void runs_of_tokens_are_texts(void **state)
{
    (void)state;
    static const char *const more[] = {"-3 (+4 -5) a-3 -6%", "say '''twice''' or ''once''", "the firms' and the firm's #BigNews24, U.S. -- 1,200-3", "x'' '''y''"};
    stance_model *m = made_model(&made, "min_rows = 1\ntemperature = 0.5\n", path);
    struct memo memo;
    struct recall recall;
    struct vocab words = {0};
    struct dice dice = {9};
    struct strbuf text = {0};
    size_t own = 0;
    uint32_t since = 0;
    assert_true(memo_init(&memo, m) && recall_init(&recall, &memo));
    for (size_t i = 0; i < 12000; i++) {
        if (i % 1000 == 999) { /* the same numbers, other words */
            vocab_free(&words);
            words = (struct vocab){0};
            since++;
        }
        make_text(&dice, &text);
        own += same_run(&recall, &words, since, i % 5 ? strbuf_str(&text) : str_of(more[i / 5 % 4]), &dice);
    }
    assert_true(own > 6000 && own < 12000);
    strbuf_free(&text);
    vocab_free(&words);
    recall_free(&recall);
    memo_free(&memo);
    stance_model_free(m);
}

static void terms_are_those_of_the_whole(void **state)
{
    (void)state;
    stance_model *m = made_model(&made, "min_rows = 1\ntemperature = 0.5\n", path);
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
    stance_model *m = made_model(&made, recipe.ptr, path);
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
    stance_model *m = made_model(&made, "min_rows = 1\ntemperature = 0.5\n", path);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(terms_are_those_of_the_whole), cmocka_unit_test(runs_of_tokens_are_texts),
                                       cmocka_unit_test(every_template_scores_the_same),
                                       cmocka_unit_test(words_are_forgotten)};
    make_rows(&made);
    snprintf(path, sizeof path, "/tmp/stance-test-recall-%ld", (long)getpid());
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
