/* SPDX-License-Identifier: MIT
 * test_words: the flags that rules rely on, for words that could be several things. */
#include "test_text_help.h"

#include "views/words.h"

static struct words words;

static int load(void **state)
{
    (void)state;
    return words_load(&words, NULL) ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    words_free(&words);
    words_free(&words);
    return 0;
}

static void expect(const char *word, uint32_t with, uint32_t without)
{
    uint32_t flags = words_flags(&words, str_of(word));
    if ((flags & with) != with) fail_msg("%s lacks %x", word, with & ~flags);
    if (flags & without) fail_msg("%s has %x", word, flags & without);
}

static void closed_classes(void **state)
{
    (void)state;
    expect("the", WORD_DET, WORD_FINITE | WORD_HOLDER);
    expect("of", WORD_PREP, WORD_HOLDER);
    expect("he", WORD_PRON | WORD_SUBJECT, WORD_HOLDER);
    expect("they", WORD_SUBJECT, 0);
    expect("his", WORD_POSSESSIVE, 0);
    expect("was", WORD_AUX, 0);
    expect("would", WORD_MODAL, 0);
    expect("and", WORD_CONJ, 0);
    expect("because", WORD_SUBORD, 0);
    expect("who", WORD_REL, 0);
    expect("not", WORD_NEG, 0);
    expect("also", WORD_ADV, 0);
}

static void nouns_that_can_speak(void **state)
{
    (void)state;
    expect("analyst", WORD_PERSON, WORD_PLURAL | WORD_CLOSED);
    expect("analysts", WORD_PERSON | WORD_PLURAL, WORD_CLOSED);
    expect("spokeswoman", WORD_PERSON | WORD_FEMALE, WORD_MALE);
    expect("company", WORD_ORG, WORD_PERSON);
    expect("report", WORD_DOC, 0);
    expect("father", WORD_RELATION | WORD_PERSON | WORD_MALE, WORD_FEMALE);
    expect("mr", WORD_HONORIFIC | WORD_TITLE | WORD_MALE, WORD_FEMALE);
    expect("minister", WORD_TITLE | WORD_PERSON, 0);
}

static void verbs(void **state)
{
    (void)state;
    expect("said", WORD_PAST, WORD_HOLDER);
    expect("says", WORD_THIRD, WORD_HOLDER);
    expect("accepting", WORD_ING, 0);
}

static void names_and_dates(void **state)
{
    (void)state;
    expect("mary", WORD_FIRST_NAME | WORD_FEMALE, WORD_MALE);
    expect("monday", WORD_DATE, 0);
    expect("may", WORD_DATE | WORD_MODAL, 0);
    expect("jan", WORD_ABBREVIATION | WORD_DATE, 0);
}

static void unknown_words_have_no_flags(void **state)
{
    (void)state;
    static const char *const none[] = {"", "qzxv", "The", "MR", "monday ", "the\n"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) assert_int_equal(words_flags(&words, str_of(none[i])), 0);
    assert_int_equal(words_flags(&words, STR("the\0")), 0);
    assert_int_equal(words_flags(&words, (stance_str){NULL, 0}), 0);
}

static void every_word_in_the_tables_has_a_flag(void **state)
{
    (void)state;
    size_t empty = 0;
    for (uint32_t i = 0; i < words.folded.n; i++) empty += words.flags[i] == 0;
    assert_int_equal(empty, 0);
    assert_true(words.folded.n > 5000);
}

static void how_words_end(void **state)
{
    (void)state;
    assert_int_equal(words_endings(STR("")), 0);
    assert_int_equal(words_endings(STR("ed")), ENDS_ED);
    assert_int_equal(words_endings(STR("needed")), ENDS_ED | ENDS_ADJECTIVE | LONGER_THAN_3 | LONGER_THAN_4);
    assert_int_equal(words_endings(STR("need")), ENDS_ED | LONGER_THAN_3);
    assert_int_equal(words_endings(STR("hasn't")), ENDS_NOT | HAS_APOSTROPHE | LONGER_THAN_3 | LONGER_THAN_4);
    assert_int_equal(words_endings(STR("it's")), ENDS_S | ENDS_VERB | HAS_APOSTROPHE | LONGER_THAN_3);
    assert_int_equal(words_endings(STR("38-year-old")), ENDS_AGE | LONGER_THAN_3 | LONGER_THAN_4);
    assert_true(words_endings(STR("bakers")) & ENDS_AGENT);
    assert_false(words_endings(STR("hers")) & ENDS_AGENT); /* too short */
    assert_true(words_endings(STR("initial")) & ENDS_ADJECTIVE);
    assert_false(words_endings(STR("metal")) & ENDS_ADJECTIVE);
    assert_true(words_endings(STR("moss")) & ENDS_SS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_classes), cmocka_unit_test(nouns_that_can_speak), cmocka_unit_test(verbs), cmocka_unit_test(names_and_dates),
        cmocka_unit_test(unknown_words_have_no_flags), cmocka_unit_test(every_word_in_the_tables_has_a_flag), cmocka_unit_test(how_words_end),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
