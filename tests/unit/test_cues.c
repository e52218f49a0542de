/* SPDX-License-Identifier: MIT
 * test_cues: inflected forms, phrases of several words, bounds. */
#include "test_text_help.h"

#include "views/cues.h"

static struct cues cues;
static struct arena arena = ARENA_EMPTY;

static int load(void **state)
{
    (void)state;
    return cues_load(&cues, NULL) ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    cues_free(&cues);
    cues_free(&cues);
    arena_free(&arena);
    return 0;
}

/* The reading of the text's first token as this lemma, or NULL. */
static const struct cue_match *reading(const char *text, const char *lemma, enum cue_pos pos)
{
    static struct cue_match found[8];
    struct tokens t;
    arena_reset(&arena);
    assert_true(token_split(str_of(text), &arena, &t, NULL));
    size_t n = cues_find(&cues, &t, 0, t.n, found, 8);
    for (size_t i = 0; i < n; i++)
        if (str_equal(found[i].cue->lemma, str_of(lemma)) && found[i].cue->pos == pos) return &found[i];
    return NULL;
}

static void finds_inflected_forms(void **state)
{
    (void)state;
    static const struct {
        const char *text, *lemma;
        enum cue_inflection inflection;
    } rows[] = {{"say", "say", CUE_BASE},       {"says", "say", CUE_THIRD},         {"said", "say", CUE_PAST},          {"saying", "say", CUE_ING},
                {"Said", "say", CUE_PAST},      {"SAID", "say", CUE_PAST},          {"denies", "deny", CUE_THIRD},      {"denied", "deny", CUE_PAST},
                {"denying", "deny", CUE_ING},   {"argued", "argue", CUE_PAST},      {"arguing", "argue", CUE_ING},      {"stressed", "stress", CUE_PAST},
                {"stresses", "stress", CUE_THIRD}, {"wrote", "write", CUE_PAST},    {"thought", "think", CUE_PAST},     {"told", "tell", CUE_PAST},
                {"noting", "note", CUE_ING},    {"predicts", "predict", CUE_THIRD}, {"believes", "believe", CUE_THIRD}, {"feels", "feel", CUE_THIRD},
                {"agreed", "agree", CUE_PAST},  {"agreeing", "agree", CUE_ING},     {"hailed", "hail", CUE_PAST},       {"labeling", "label", CUE_ING},
                {"labelling", "label", CUE_ING}, {"admitted", "admit", CUE_PAST},   {"admitting", "admit", CUE_ING}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct cue_match *m = reading(rows[i].text, rows[i].lemma, CUE_VERB);
        if (!m || m->inflection != rows[i].inflection || m->end != 1) fail_msg("%s is not read as %s", rows[i].text, rows[i].lemma);
    }
}

static void finds_nouns_adjectives_and_prepositions(void **state)
{
    (void)state;
    assert_non_null(reading("claim", "claim", CUE_NOUN));
    assert_non_null(reading("claims", "claim", CUE_NOUN));
    assert_non_null(reading("claims", "claim", CUE_VERB));
    assert_non_null(reading("hopeful", "hopeful", CUE_ADJ));
    assert_null(reading("hopefuls", "hopeful", CUE_ADJ));
    const struct cue_match *m = reading("According to Obi", "according to", CUE_PREP);
    assert_non_null(m);
    assert_int_equal(m->end, 2);
}

static void longer_phrases_come_first(void **state)
{
    (void)state;
    struct tokens t;
    struct cue_match found[8];
    arena_reset(&arena);
    assert_true(token_split(STR("pointed out that"), &arena, &t, NULL));
    size_t n = cues_find(&cues, &t, 0, t.n, found, 8);
    assert_true(n >= 1);
    assert_text(found[0].cue->lemma, "point out");
    assert_int_equal(found[0].end, 2);
    for (size_t i = 1; i < n; i++) assert_true(found[i].end <= found[i - 1].end);
    assert_int_equal(cues_find(&cues, &t, 0, 1, found, 8) > 0 && found[0].end == 2, 0); /* not behind the end */
}

static void no_more_than_asked(void **state)
{
    (void)state;
    struct tokens t;
    struct cue_match found[1];
    arena_reset(&arena);
    assert_true(token_split(STR("claims"), &arena, &t, NULL));
    assert_int_equal(cues_find(&cues, &t, 0, t.n, found, 1), 1);
    assert_int_equal(cues_find(&cues, &t, 0, t.n, found, 0), 0);
}

static void other_words_are_no_cues(void **state)
{
    (void)state;
    static const char *const words[] = {"the", "harbour", "according", "saids", "sai", ".", "42", "\xE2\x80\x9C"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        struct tokens t;
        struct cue_match found[8];
        arena_reset(&arena);
        assert_true(token_split(str_of(words[i]), &arena, &t, NULL));
        if (cues_find(&cues, &t, 0, t.n, found, 8)) fail_msg("%s", words[i]);
    }
}

static void the_table_is_sound(void **state)
{
    (void)state;
    assert_true(cues.n > 1000);
    for (size_t i = 0; i < cues.n; i++) {
        const struct cue *c = &cues.items[i];
        if (!c->lemma.len || c->reliability < 1 || c->reliability > 3 || c->polarity < -1 || c->polarity > 1 || c->pos > CUE_PREP || !c->frames)
            fail_msg("row %zu: %.*s", i, (int)c->lemma.len, c->lemma.ptr);
        for (size_t k = 0; k < c->lemma.len; k++) assert_false(c->lemma.ptr[k] >= 'A' && c->lemma.ptr[k] <= 'Z');
    }
}

static void polarity_of_the_cue(void **state)
{
    (void)state;
    assert_int_equal(reading("praised", "praise", CUE_VERB)->cue->polarity, 1);
    assert_int_equal(reading("accused", "accuse", CUE_VERB)->cue->polarity, -1);
    assert_int_equal(reading("said", "say", CUE_VERB)->cue->polarity, 0);
    assert_int_equal(reading("said", "say", CUE_VERB)->cue->reliability, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_inflected_forms), cmocka_unit_test(finds_nouns_adjectives_and_prepositions), cmocka_unit_test(longer_phrases_come_first),
        cmocka_unit_test(no_more_than_asked), cmocka_unit_test(other_words_are_no_cues), cmocka_unit_test(the_table_is_sound), cmocka_unit_test(polarity_of_the_cue),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
