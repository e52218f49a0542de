/* SPDX-License-Identifier: MIT
 * Tests of tagger: features are the same twice, and whatever the weights say, what comes out are attributions. */
#include "test_gold_help.h"

#include <math.h>

#include "test_span_help.h"
#include "test_view_help.h"
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

/* Read up to where the tagger begins. */
static struct tag_scene *open_scene(struct reading *r, stance_str text)
{
    help_names(r, text);
    assert_true(attribution_find(&r->a, &r->found, NULL));
    struct tag_scene *scene = tag_scene_new(&r->a, &r->found, NULL);
    assert_non_null(scene);
    return scene;
}

static bool wanted(const struct reading *r, const struct tag_scene *scene, size_t i)
{
    return r->a.tokens.items[i].kind != TOKEN_BREAK && tag_active(scene, r->a.sentence_of[i]);
}

/* ---- features ---- */

static size_t most;

static void check_features(stance_str text, const char *name)
{
    struct reading one, two;
    uint64_t a[TAG_FEATURES], b[TAG_FEATURES];
    struct tag_scene *x = open_scene(&one, text), *y = open_scene(&two, text);
    for (size_t i = 0; i < one.a.tokens.n; i++) {
        if (!wanted(&one, x, i)) continue;
        size_t n = tag_features(x, i, a);
        assert_int_equal(tag_features(y, i, b), n);
        if (n == 0 || memcmp(a, b, n * sizeof *a) != 0) fail_msg("%s: token %zu has other features the second time", name, i);
        for (size_t k = 0; k < n; k++) assert_true(a[k] != 0); /* 0 marks empty slots */
        if (n > most) most = n;
    }
    help_close(&one);
    help_close(&two);
}

static void features_are_the_same_twice(void **state)
{
    (void)state;
    uint64_t seed = 23;
    help_each_article(check_features);
    for (int i = 0; i < 100; i++) {
        struct strbuf text = {0};
        help_noise(&seed, 200, &text);
        check_features(strbuf_str(&text), "noise");
        strbuf_free(&text);
    }
    assert_in_range(most, 30, TAG_FEATURES - 1); /* at the limit, templates would fall away unseen */
}

static size_t features_of(const char *text, const char *word, uint64_t *out)
{
    struct reading r;
    struct tag_scene *scene = open_scene(&r, str_of(text));
    size_t n = tag_features(scene, help_token(&r.a, word, 0), out);
    help_close(&r);
    return n;
}

static void features_tell_the_context(void **state)
{
    (void)state;
    uint64_t a[TAG_FEATURES], b[TAG_FEATURES];
    size_t n = features_of("Mary Cole said that rain had come.", "rain", a), m = features_of("Mary Cole denied that rain had come.", "rain", b);
    assert_false(n == m && memcmp(a, b, n * sizeof *a) == 0); /* the cue */
    m = features_of("Mary Cole said that \xE2\x80\x9Crain had come.\xE2\x80\x9D", "rain", b);
    assert_false(n == m && memcmp(a, b, n * sizeof *a) == 0); /* the quotation */
    m = features_of("It was cold.\n\nMary Cole said that rain had come.", "rain", b);
    assert_true(n == m && memcmp(a, b, n * sizeof *a) == 0); /* another paragraph does not count */
}

static void sentences_worth_tagging(void **state)
{
    (void)state;
    static const bool expected[] = {true, false, true, false};
    struct reading r;
    struct tag_scene *scene = open_scene(&r, STR("Mary Cole said that rain had come. The road is wet. \xE2\x80\x9CWet!\xE2\x80\x9D It is cold."));
    assert_int_equal(r.a.sentences.n, 4);
    for (size_t i = 0; i < 4; i++) assert_int_equal(tag_active(scene, i), expected[i]);
    help_close(&r);
}

/* ---- any weights ---- */

enum { SLOTS = 1 << 14 };

struct weights {
    uint64_t keys[SLOTS];
    float values[SLOTS * TAGS];
    double bias[TAGS], transitions[TAGS * TAGS];
};

static struct tag_weights view_of(const struct weights *w)
{
    return (struct tag_weights){w->keys, w->values, SLOTS, w->bias, w->transitions};
}

/* Gives the features of an article weights between -3 and 3, until the table is half full. */
static void scramble(struct weights *w, const struct reading *r, const struct tag_scene *scene, uint64_t *seed)
{
    uint64_t features[TAG_FEATURES];
    size_t used = 0;
    *w = (struct weights){.bias = {0}};
    for (size_t k = 0; k < TAGS * TAGS; k++) w->transitions[k] = (double)help_below(seed, 600) / 100 - 3;
    for (size_t k = 0; k < TAGS; k++) w->bias[k] = (double)help_below(seed, 400) / 100 - 2;
    for (size_t i = 0; i < r->a.tokens.n; i++) {
        size_t n = wanted(r, scene, i) ? tag_features(scene, i, features) : 0;
        for (size_t f = 0; f < n && used < SLOTS / 2; f++) {
            size_t at = (size_t)features[f] & (SLOTS - 1);
            while (w->keys[at] && w->keys[at] != features[f]) at = (at + 1) & (SLOTS - 1);
            used += !w->keys[at];
            w->keys[at] = features[f];
            for (size_t k = 0; k < TAGS; k++) w->values[at * TAGS + k] = (float)help_below(seed, 600) / 100 - 3;
        }
    }
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
    struct tag_scene *scene = open_scene(&r, text);
    scramble(&scrambled, &r, scene, &seed);
    const struct tag_weights w = view_of(&scrambled);
    assert_true(tagger_apply(&r.a, &w, &r.found, NULL));
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
            open_scene(&r, text);
            scrambled = (struct weights){.bias = {0}};
            scrambled.bias[tag] = extremes[e];
            scrambled.transitions[e * 2 % (TAGS * TAGS)] = extremes[e];
            const struct tag_weights w = view_of(&scrambled);
            assert_true(tagger_apply(&r.a, &w, &r.found, NULL));
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
    open_scene(r, str_of(text));
    scrambled = (struct weights){.bias = {out, begin, in}};
    const struct tag_weights w = view_of(&scrambled);
    assert_true(tagger_apply(&r->a, &w, &r->found, NULL));
    check_attributions(&r->a, &r->found, text);
    return r->found.n;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(features_are_the_same_twice), cmocka_unit_test(features_tell_the_context), cmocka_unit_test(sentences_worth_tagging),
        cmocka_unit_test(any_weights_give_attributions), cmocka_unit_test(extreme_weights_do_no_harm),
        cmocka_unit_test(the_model_has_the_last_word), cmocka_unit_test(spans_with_a_model),
        cmocka_unit_test(the_same_document_gives_the_same_result),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
