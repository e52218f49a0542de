/* SPDX-License-Identifier: MIT
 * Tests of tag_scene: what is worth tagging, and what stands beside a token. */
#include "test_gold_help.h"

#include "test_scene_help.h"

static void sentences_worth_tagging(void **state)
{
    (void)state;
    static const bool expected[] = {true, false, true, false};
    struct reading r;
    struct tag_scene *scene = help_scene(&r, STR("Mary Cole said that rain had come. The road is wet. \xE2\x80\x9CWet!\xE2\x80\x9D It is cold."));
    assert_int_equal(r.a.sentences.n, 4);
    for (size_t i = 0; i < 4; i++) assert_int_equal(tag_active(scene, i), expected[i]);
    help_close(&r);
}


static void what_stands_beside(void **state)
{
    (void)state;
    struct reading r;
    struct tag_scene *s = help_scene(&r, STR("Mary Cole said that rain came, but ran.\n\nThe road is wet, and so said she."));
    size_t said = help_token(&r.a, "said", 0), rain = help_token(&r.a, "rain", 0), came = help_token(&r.a, "came", 0), ran = help_token(&r.a, "ran", 0);
    assert_int_equal(s->tokens[said].left, NO_TOKEN);
    assert_int_equal(s->tokens[0].right, said);
    assert_int_equal(s->tokens[rain].left, said);
    assert_int_equal(s->tokens[came].verb, said);
    assert_int_equal(s->tokens[rain].next_verb, came);
    assert_int_equal(s->tokens[ran].commas, 1);
    assert_true(tag_verb_like(s, came) && !tag_verb_like(s, rain) && !tag_verb_like(s, 0));
    assert_int_equal(s->tokens[help_token(&r.a, "road", 0)].left, NO_TOKEN); /* cues of other sentences do not count */
    assert_int_equal(s->tokens[said].word, s->tokens[help_token(&r.a, "said", 1)].word);
    assert_int_equal(s->tokens[said].place, s->tokens[help_token(&r.a, "said", 1)].place);
    assert_true(s->tokens[said].place != s->tokens[rain].place && s->tokens[said].word != s->tokens[rain].word);
    assert_true(s->cues[said].lemma && s->cues[said].that && !s->cues[rain].lemma);
    help_close(&r);
}

/* Before the start, behind the end and between paragraphs there is nothing, and all of it looks the same. */
static void outside_looks_alike(void **state)
{
    (void)state;
    struct reading r;
    struct tag_scene *s = help_scene(&r, STR("One said.\n\nTwo said."));
    size_t gap = 0;
    while (r.a.tokens.items[gap].kind != TOKEN_BREAK) gap++;
    for (size_t k = 1; k <= SCENE_MARGIN; k++) {
        assert_memory_equal(&s->tokens[gap], s->tokens - k, sizeof *s->tokens);
        assert_memory_equal(&s->tokens[gap], s->tokens + r.a.tokens.n + k - 1, sizeof *s->tokens);
    }
    help_close(&r);
    s = help_scene(&r, STR(""));
    assert_int_equal(s->ranges_n, 0);
    help_close(&r);
}

/* What the rules left of a sentence; only paragraphs with a sentence in scope are prepared, whole and with what stands beside them. */
static void sentences_are_sorted(void **state)
{
    (void)state;
    static const stance_str text = {"Mary Cole said that rain had come. Fears and hopes grew.\n\n\"Rain came,\" she said. He called it \"a fine rain\".\n\n"
                                    "The road is wet. It was \"rather wet\" by noon, and no one spoke.\n\nThe road is dry.", 0};
    static const uint8_t expected[] = {SORT_INDIRECT, SORT_CUE, SORT_DIRECT, SORT_MIXED, SORT_NONE, SORT_UNCLAIMED, SORT_NONE};
    struct reading r;
    struct tag_scene *s = help_scene_of(&r, str_of(text.ptr), TAG_EVERYWHERE);
    assert_int_equal(r.a.sentences.n, sizeof expected);
    for (size_t i = 0; i < sizeof expected; i++) assert_int_equal(s->sort[i], expected[i]);
    assert_int_equal(s->ranges_n, 3);
    help_close(&r);
    s = help_scene_of(&r, str_of(text.ptr), 1u << SORT_UNCLAIMED);
    assert_int_equal(s->ranges_n, 1);
    assert_int_equal(s->ranges[0].first_sentence, 4);
    assert_int_equal(s->ranges[0].end_sentence, 6);
    assert_true(tag_active(s, 5) && !tag_active(s, 4) && !tag_active(s, 0));
    size_t road = help_token(&r.a, "road", 0);
    assert_int_equal(s->tokens[road].shape, s->tokens[help_token(&r.a, "wet", 0)].shape);
    help_close(&r);
    s = help_scene_of(&r, str_of(text.ptr), 0);
    assert_int_equal(s->ranges_n, 0);
    help_close(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_worth_tagging), cmocka_unit_test(what_stands_beside), cmocka_unit_test(outside_looks_alike),
        cmocka_unit_test(sentences_are_sorted),
    };
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
