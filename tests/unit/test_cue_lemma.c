/* SPDX-License-Identifier: MIT
 * cue_lemma: regular and irregular forms, cues of several words, light verbs, what is not there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "learn/cue_lemma.h"

static void expect(const char *cue, const char *lemma, int polarity)
{
    struct cue_lemma found = cue_lemma_of(str_of(cue));
    assert_non_null(found.lemma.ptr);
    assert_true(str_equal(found.lemma, str_of(lemma)));
    assert_int_equal(found.polarity, polarity);
}

static void endings_come_off(void **state)
{
    (void)state;
    expect("warn", "warn", -1);
    expect("warned", "warn", -1);
    expect("praises", "praise", 1);
    expect("praising", "praise", 1);
    expect("denied", "deny", -1);
    expect("notes", "note", 0);
}

static void irregular_forms_are_those_of_the_table(void **state)
{
    (void)state;
    expect("said", "say", 0);
    expect("told", "tell", 0);
    expect("abhorred", "abhor", -1);
}

static void a_cue_is_known_by_as_many_words_as_have_a_row(void **state)
{
    (void)state;
    expect("objected to", "object to", -1);
    expect("pointed out", "point out", 0);
    expect("praised loudly", "praise", 1);
}

static void behind_a_light_verb_the_noun_counts(void **state)
{
    (void)state;
    expect("voiced concern", "voice concern", -1);
    expect("voiced contempt", "contempt", -1);
}

static void unknown_cues_have_no_lemma(void **state)
{
    (void)state;
    assert_null(cue_lemma_of(STR("")).lemma.ptr);
    assert_null(cue_lemma_of(STR("  ")).lemma.ptr);
    assert_null(cue_lemma_of(STR("zzyzx")).lemma.ptr);
    assert_null(cue_lemma_of(STR("a word that is much longer than any lemma of the table could ever be, twice")).lemma.ptr);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(endings_come_off), cmocka_unit_test(irregular_forms_are_those_of_the_table),
        cmocka_unit_test(a_cue_is_known_by_as_many_words_as_have_a_row), cmocka_unit_test(behind_a_light_verb_the_noun_counts),
        cmocka_unit_test(unknown_cues_have_no_lemma),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
