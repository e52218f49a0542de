/* SPDX-License-Identifier: MIT
 * test_speakers: from mentions to entities, beyond what tests/corpus/speakers.txt shows. */
#include "test_view_help.h"

static void expect(const char *text, size_t i, const char *speaker, stance_speaker_kind kind, stance_resolution how)
{
    struct reading r;
    help_views(&r, str_of(text));
    if (i >= r.found.n) fail_msg("%s: %zu views", text, r.found.n);
    const struct attribution *x = &r.found.items[i];
    if (!str_equal(x->speaker, str_of(speaker))) fail_msg("%s\n  speaker [%.*s], not [%s]", text, (int)x->speaker.len, x->speaker.ptr, speaker);
    if (x->speaker_kind != kind || x->resolved_by != how) fail_msg("%s: kind %d, resolved by %d", text, (int)x->speaker_kind, (int)x->resolved_by);
    help_close(&r);
}

static void canonical_names(void **state)
{
    (void)state;
    expect("Zelenskyy said that it rained.", 0, "Volodymyr Zelensky", STANCE_PERSON, STANCE_BY_ALIAS);
    expect("Volodymyr Zelensky said that it rained.", 0, "Volodymyr Zelensky", STANCE_PERSON, STANCE_BY_NAME);
}

static void kinds_of_speakers(void **state)
{
    (void)state;
    expect("Mary Cole said that it rained.", 0, "Mary Cole", STANCE_PERSON, STANCE_BY_NAME);
    expect("The Harbour Safety Authority said that it rained.", 0, "Harbour Safety Authority", STANCE_ORGANISATION, STANCE_BY_NAME);
    expect("Two officials said that it rained.", 0, "Two officials", STANCE_GROUP, STANCE_BY_DESCRIPTION);
    expect("A fisherman said that it rained.", 0, "fisherman", STANCE_PERSON, STANCE_BY_DESCRIPTION);
}

static void nobody_is_unknown(void **state)
{
    (void)state;
    expect("She said that it rained.", 0, "unknown", STANCE_UNKNOWN, STANCE_BY_NONE);
    expect("He said that it rained.", 0, "unknown", STANCE_UNKNOWN, STANCE_BY_NONE);
    expect("They said that it rained.", 0, "unknown", STANCE_UNKNOWN, STANCE_BY_NONE);
}

static void a_pronoun_does_not_reach_across_the_whole_text(void **state)
{
    (void)state;
    struct strbuf text = {0};
    strbuf_add(&text, STR("Mary Cole runs the yard. "));
    for (int i = 0; i < 40; i++) strbuf_add(&text, STR("The rain went on and on. "));
    strbuf_add(&text, STR("She said that it rained."));
    expect(text.ptr, 0, "unknown", STANCE_UNKNOWN, STANCE_BY_NONE);
    strbuf_free(&text);
}

static void an_organisation_is_no_she(void **state)
{
    (void)state;
    expect("Mary Cole joined the Harbour Safety Authority. She said that it rained.", 0, "Mary Cole", STANCE_PERSON, STANCE_BY_PRONOUN);
}

static void a_quotation_whose_speaker_comes_later(void **state)
{
    (void)state;
    expect("\"It rained for eleven days in a row.\" Then Mary Cole added: \"Nobody came to help.\"", 1, "Mary Cole", STANCE_PERSON, STANCE_BY_NAME);
}

static void every_article_names_its_speakers(void **state)
{
    (void)state;
    struct strbuf text = {0};
    assert_true(help_read_file(ARTICLES "02-stargate-doubts.txt", &text));
    struct reading r;
    help_views(&r, strbuf_str(&text));
    size_t professor = 0, unknown = 0;
    for (size_t i = 0; i < r.found.n; i++) {
        professor += str_equal(r.found.items[i].speaker, STR("Idris Vaughan-Pryce"));
        unknown += r.found.items[i].speaker_kind == STANCE_UNKNOWN;
    }
    assert_true(professor >= 3);
    assert_true(unknown * 4 <= r.found.n);
    help_close(&r);
    strbuf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_names), cmocka_unit_test(kinds_of_speakers), cmocka_unit_test(nobody_is_unknown),
        cmocka_unit_test(a_pronoun_does_not_reach_across_the_whole_text), cmocka_unit_test(an_organisation_is_no_she),
        cmocka_unit_test(a_quotation_whose_speaker_comes_later), cmocka_unit_test(every_article_names_its_speakers),
    };
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
