/* SPDX-License-Identifier: MIT
 * Tests of tag_features: features are the same twice, and their sums are those of their weights. */
#include "test_gold_help.h"

#include "test_scene_help.h"
#include "views/tag_features.h"

static size_t most;

static void check_features(stance_str text, const char *name)
{
    struct reading one, two;
    uint64_t a[TAG_FEATURES], b[TAG_FEATURES];
    struct tag_scene *x = help_scene(&one, text), *y = help_scene(&two, text);
    for (size_t i = 0; i < one.a.tokens.n; i++) {
        if (!help_tagged(&one, x, i)) continue;
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
    struct tag_scene *scene = help_scene(&r, str_of(text));
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

/* Sums found in order, and with gaps, are those of the features one by one. */
static void check_sums(stance_str text, const char *name)
{
    static uint64_t keys[1 << 16], seed = 31;
    static float weights[(1 << 16) * TAGS];
    uint64_t features[TAG_FEATURES];
    struct reading r;
    struct tag_table_parts parts;
    struct tag_scene *scene = help_scene(&r, text);
    size_t n = 0, capacity = sizeof keys / sizeof *keys;
    for (size_t i = 0; i < r.a.tokens.n; i++) {
        size_t more = help_tagged(&r, scene, i) && n + TAG_FEATURES < capacity ? tag_features(scene, i, features) : 0;
        for (size_t f = 0; f < more; f++) {
            if (help_below(&seed, 4) == 0) continue; /* features without weights */
            keys[n] = features[f];
            for (size_t k = 0; k < TAGS; k++) weights[n * TAGS + k] = (float)help_below(&seed, 600) / 100 - 3;
            n++;
        }
    }
    assert_true(tag_table_build(&parts, keys, weights, n, NULL));
    struct tag_summer *all = tag_summer_new(scene, &parts.view, NULL), *some = tag_summer_new(scene, &parts.view, NULL);
    for (size_t i = 0; i < r.a.tokens.n; i++) {
        if (!help_tagged(&r, scene, i)) continue;
        tag_packed expected = 0, sum = tag_sum(all, i), again = help_below(&seed, 3) ? tag_sum(some, i) : sum;
        size_t m = tag_features(scene, i, features);
        for (size_t f = 0; f < m; f++) expected += tag_find(&parts.view, features[f]);
        for (enum tag k = TAG_OUT; k < TAGS; k++)
            if (tag_unpack(sum, k) != tag_unpack(expected, k) || tag_unpack(again, k) != tag_unpack(expected, k))
                fail_msg("%s: token %zu, tag %d: %d and %d, not %d", name, i, (int)k, tag_unpack(sum, k), tag_unpack(again, k), tag_unpack(expected, k));
    }
    tag_table_free(&parts);
    help_close(&r);
}

static void sums_are_those_of_the_features(void **state)
{
    (void)state;
    uint64_t seed = 37;
    help_each_article(check_sums);
    for (int i = 0; i < 100; i++) {
        struct strbuf text = {0};
        help_noise(&seed, 300, &text);
        check_sums(strbuf_str(&text), "noise");
        strbuf_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(features_are_the_same_twice), cmocka_unit_test(features_tell_the_context), cmocka_unit_test(sums_are_those_of_the_features),
    };
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
