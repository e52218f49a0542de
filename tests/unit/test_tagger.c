/* SPDX-License-Identifier: MIT
 * Tests of tagger: whatever the weights say, what comes out are attributions. */
#include "test_gold_help.h"

#include <math.h>

#include "test_span_help.h"
#include "test_scene_help.h"
#include "views/tag_features.h"
#include "views/tagger.h"

static stance_views_model *model;
static stance_analyzer *tagging;

static int start(void **state)
{
    help_name(state);
    stance_gold *gold = help_gold(12);
    help_train(gold, help_path, NULL);
    stance_gold_free(gold);
    model = help_open_model(help_path);
    const stance_analyzer_options options = {.views_model = model};
    tagging = stance_analyzer_new(&options, NULL);
    return tagging ? help_load(state) : -1;
}

static int stop(void **state)
{
    stance_analyzer_free(tagging);
    stance_views_model_free(model);
    help_remove(state);
    return help_unload(state);
}

/* ---- any weights ---- */

enum { MOST = 1 << 13 };

struct weights {
    struct tag_table_parts parts;
    struct tag_weights view;
};

static void close_weights(struct weights *w)
{
    tag_table_free(&w->parts);
}

static void open_weights(struct weights *w, const uint64_t *keys, const float *values, size_t n)
{
    *w = (struct weights){.view = {.scope = TAG_EVERYWHERE}};
    assert_true(tag_table_build(&w->parts, keys, values, n, NULL));
    w->view.table = w->parts.view;
    tag_curve(w->view.curve);
}

/* Gives features of an article weights between -3 and 3. */
static void scramble(struct weights *w, const struct reading *r, const struct tag_scene *scene, uint64_t *seed)
{
    static uint64_t keys[MOST];
    static float values[MOST * TAGS];
    uint64_t features[TAG_FEATURES];
    size_t used = 0;
    for (size_t i = 0; i < r->a.tokens.n; i++) {
        size_t n = help_tagged(r, scene, i) ? tag_features(scene, i, features) : 0;
        for (size_t f = 0; f < n && used < MOST; f++) {
            keys[used] = features[f];
            for (size_t k = 0; k < TAGS; k++) values[used * TAGS + k] = (float)help_below(seed, 600) / 100 - 3;
            used++;
        }
    }
    open_weights(w, keys, values, used);
    for (size_t k = 0; k < TAGS * TAGS; k++) w->view.transitions[k] = (double)help_below(seed, 600) / 100 - 3;
    for (size_t k = 0; k < TAGS; k++) w->view.bias[k] = (double)help_below(seed, 400) / 100 - 2;
}

static void check_phrase(const struct article *a, struct phrase p)
{
    assert_true(p.first <= p.end && p.end <= a->tokens.n);
}

static void check_attributions(const struct article *a, const struct attributions *all, const char *name)
{
    for (size_t i = 0; i < all->n; i++) {
        const struct attribution *x = &all->items[i];
        if (x->first >= x->end || x->end > a->tokens.n) fail_msg("%s: content %zu holds tokens %u to %u", name, i, x->first, x->end);
        if (i > 0) assert_true(x->first >= all->items[i - 1].first);
        assert_true((x->cue_first == NO_TOKEN) == (x->cue_end == NO_TOKEN));
        if (x->cue_first != NO_TOKEN) assert_true(x->cue_first < x->cue_end && x->cue_end <= a->tokens.n);
        assert_true(x->same_as == NO_TOKEN || x->same_as < all->n);
        assert_true(x->via == NO_TOKEN || (x->via < all->n && x->via != i));
        check_phrase(a, x->source);
        check_phrase(a, x->beside);
    }
}

static uint64_t seed = 29;
static struct weights scrambled;

static void check_scrambled(stance_str text, const char *name)
{
    struct reading r;
    struct tag_scene *scene = help_scene(&r, text);
    scramble(&scrambled, &r, scene, &seed);
    scrambled.view.scope = (unsigned)help_below(&seed, 2) ? TAG_EVERYWHERE : (unsigned)help_below(&seed, TAG_EVERYWHERE + 1);
    assert_true(tagger_apply(&r.a, &scrambled.view, &r.found, NULL));
    close_weights(&scrambled);
    check_attributions(&r.a, &r.found, name);
    assert_true(speakers_resolve(&r.a, &r.found, NULL));
    for (size_t i = 0; i < r.found.n; i++) assert_true(r.found.items[i].relayed || r.found.items[i].speaker.len > 0);
    help_close(&r);
}

static void any_weights_give_attributions(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) help_each_article(check_scrambled);
    for (int i = 0; i < 300; i++) {
        struct strbuf text = {0};
        help_noise(&seed, help_below(&seed, 300), &text);
        check_scrambled(strbuf_str(&text), "noise");
        strbuf_free(&text);
    }
}

/* Extreme and missing numbers end in attributions too, and not in a crash or an endless search. */
static void check_extremes(stance_str text, const char *name)
{
    static const double extremes[] = {0, 1e30, -1e30, INFINITY, -INFINITY, NAN};
    for (size_t e = 0; e < sizeof extremes / sizeof *extremes; e++)
        for (size_t tag = 0; tag < TAGS; tag++) {
            struct reading r;
            help_scene(&r, text);
            open_weights(&scrambled, NULL, NULL, 0);
            scrambled.view.bias[tag] = extremes[e];
            scrambled.view.transitions[e * 2 % (TAGS * TAGS)] = extremes[e];
            assert_true(tagger_apply(&r.a, &scrambled.view, &r.found, NULL));
            close_weights(&scrambled);
            check_attributions(&r.a, &r.found, name);
            help_close(&r);
        }
}

static void extreme_weights_do_no_harm(void **state)
{
    (void)state;
    help_each_article(check_extremes);
}

static size_t tag_with_bias(const char *text, double out, double begin, double in, struct reading *r)
{
    help_scene(r, str_of(text));
    open_weights(&scrambled, NULL, NULL, 0);
    memcpy(scrambled.view.bias, (double[]){out, begin, in}, sizeof scrambled.view.bias);
    assert_true(tagger_apply(&r->a, &scrambled.view, &r->found, NULL));
    close_weights(&scrambled);
    check_attributions(&r->a, &r->found, text);
    return r->found.n;
}

/* Out of scope the rules' contents stay to the token, whatever the weights say; within it they go. */
static void the_scope_is_kept(void **state)
{
    (void)state;
    static const char text[] = "Mary Cole said that rain had come. \"It is wet,\" she said.\n\nShe hoped that snow would follow.";
    struct reading r, rules;
    help_scene(&rules, str_of(text));
    for (unsigned kind = STANCE_DIRECT; kind <= STANCE_INDIRECT; kind += STANCE_INDIRECT - STANCE_DIRECT) {
        help_scene(&r, str_of(text));
        open_weights(&scrambled, NULL, NULL, 0);
        memcpy(scrambled.view.bias, (double[]){9, -9, -9}, sizeof scrambled.view.bias);
        scrambled.view.scope = kind == STANCE_DIRECT ? 1u << SORT_DIRECT : 1u << SORT_INDIRECT;
        assert_true(tagger_apply(&r.a, &scrambled.view, &r.found, NULL));
        close_weights(&scrambled);
        size_t stay = 0;
        for (size_t i = 0; i < rules.found.n; i++) {
            if (rules.found.items[i].kind == (stance_kind)kind) continue;
            assert_true(stay < r.found.n);
            assert_int_equal(r.found.items[stay].first, rules.found.items[i].first);
            assert_int_equal(r.found.items[stay++].end, rules.found.items[i].end);
        }
        assert_true(stay > 0 && stay < rules.found.n);
        assert_int_equal(r.found.n, stay);
        help_close(&r);
    }
    help_close(&rules);
}

static void the_model_has_the_last_word(void **state)
{
    (void)state;
    const char *text = "Mary Cole said that rain had come. The road is wet.";
    struct reading r;
    assert_int_equal(tag_with_bias(text, 20, -20, -20, &r), 0); /* the rules found one */
    help_close(&r);
    assert_int_equal(tag_with_bias(text, -20, 5, 20, &r), 1);
    assert_int_equal(r.found.items[0].first, 0); /* all of the sentence, but not the one that is not worth tagging */
    assert_int_equal(r.found.items[0].end, help_token(&r.a, "come", 0) + 1);
    help_close(&r);
    assert_int_equal(tag_with_bias("", -20, 5, 20, &r), 0);
    help_close(&r);
}

/* ---- in the pipeline ---- */

static const stance_result *analyze(stance_str text)
{
    stance_error err = {0};
    const stance_document d = {.article = STR("test"), .text = text};
    const stance_result *r = stance_analyze(tagging, &d, &err);
    if (!r) fail_msg("%s", err.text);
    return r;
}

static void check_spans(stance_str text, const char *name)
{
    help_check_views(text, analyze(text), name);
}

static void check_mutated(stance_str text, const char *name)
{
    for (int i = 0; i < 12; i++) {
        struct strbuf other = {0};
        help_mutate(&seed, text, 1 + help_below(&seed, 120), &other);
        check_spans(strbuf_str(&other), name);
        strbuf_free(&other);
    }
}

static void check_cut(stance_str text, const char *name)
{
    for (size_t n = 0; n < text.len; n += 97) {
        struct strbuf cut = {0};
        unicode_repair(str_slice(text, 0, n), &cut, NULL);
        check_spans(strbuf_str(&cut), name);
        strbuf_free(&cut);
    }
}

static void spans_with_a_model(void **state)
{
    (void)state;
    assert_true(help_each_article(check_spans) >= 14);
    help_each_article(check_mutated);
    help_each_article(check_cut);
    for (int i = 0; i < 300; i++) {
        struct strbuf text = {0};
        help_noise(&seed, help_below(&seed, 200), &text);
        check_spans(strbuf_str(&text), "noise");
        strbuf_free(&text);
    }
}

static void describe(const stance_result *r, struct strbuf *out)
{
    for (size_t i = 0; i < r->n; i++) {
        const stance_view *v = &r->views[i];
        strbuf_print(out, "%zu-%zu %zu-%zu %zu-%zu %d ", v->content.start, v->content.end, v->mention.start, v->mention.end, v->cue.start, v->cue.end,
                     (int)v->kind);
        strbuf_add(out, v->speaker);
        strbuf_char(out, '\n');
    }
}

static void check_repeated(stance_str text, const char *name)
{
    struct strbuf first = {0}, again = {0};
    describe(analyze(text), &first);
    analyze(STR("Somebody else said that something else had happened."));
    describe(analyze(text), &again);
    if (!str_equal(strbuf_str(&first), strbuf_str(&again))) fail_msg("%s: results differ", name);
    strbuf_free(&first);
    strbuf_free(&again);
}

static void the_same_document_gives_the_same_result(void **state)
{
    (void)state;
    help_each_article(check_repeated);
}

static void the_curve_is_the_logarithm_of_the_sigmoid(void **state)
{
    (void)state;
    float curve[CURVE_POINTS];
    tag_curve(curve);
    for (int k = 0; k < CURVE_POINTS; k++) {
        double x = (double)k / CURVE_STEPS - CURVE_REACH;
        assert_true(fabs(log(1 / (1 + exp(-x))) - (double)curve[k]) < 1e-5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_curve_is_the_logarithm_of_the_sigmoid),
        cmocka_unit_test(any_weights_give_attributions), cmocka_unit_test(extreme_weights_do_no_harm),
        cmocka_unit_test(the_scope_is_kept), cmocka_unit_test(the_model_has_the_last_word), cmocka_unit_test(spans_with_a_model),
        cmocka_unit_test(the_same_document_gives_the_same_result),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
