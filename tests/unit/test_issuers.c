/* SPDX-License-Identifier: MIT
 * test_issuers: who stands behind a document, beyond what tests/corpus/speakers.txt shows. */
#include "test_view_help.h"
#include "views/issuers.h"

/* Issuer of the phrase of `n` tokens that ends with the last `word`: the entity's name, or "". */
static void expect(const char *text, const char *word, size_t n, const char *name)
{
    struct reading r;
    help_names(&r, str_of(text));
    size_t at = 0;
    for (size_t i = 0; i < r.a.tokens.n; i++)
        if (str_equal(article_fold(&r.a, i), str_of(word))) at = i;
    uint32_t *speaker_of = arena_array(&r.arena, r.a.sentences.n + 1, sizeof *speaker_of);
    assert_non_null(speaker_of);
    for (size_t s = 0; s <= r.a.sentences.n; s++) speaker_of[s] = NO_ENTITY;
    uint32_t e = issuers_of(&r.a, (struct phrase){(uint32_t)(at + 1 - n), (uint32_t)at + 1, (uint32_t)at}, speaker_of);
    stance_str got = e == NO_ENTITY ? STR("") : r.a.entities[e].name;
    if (!str_equal(got, str_of(name))) fail_msg("%s: [%.*s], not [%s]", text, (int)got.len, got.ptr, name);
    help_close(&r);
}

static void the_name_beside_it(void **state)
{
    (void)state;
    expect("Mary Cole’s 40-page report says no.", "report", 5, "Mary Cole");
    expect("The report by the Harbour Safety Authority says no.", "report", 2, "Harbour Safety Authority");
    expect("The figures released on Monday by Goldfinch Partners show growth.", "figures", 2, "Goldfinch Partners");
}

static void the_name_at_an_earlier_mention(void **state)
{
    (void)state;
    expect("Mary Cole filed a complaint in May. The lawsuit alleges fraud.", "lawsuit", 2, "Mary Cole");
    expect("Mary Cole released a report. Rain fell. The report says no.", "report", 2, "Mary Cole");
}

static void nobody(void **state)
{
    (void)state;
    expect("A report says no.", "report", 2, "");
    expect("Mary Cole read a letter. The report says no.", "report", 2, "");
    expect("Mary Cole released a report. A report says no.", "report", 2, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_name_beside_it),
        cmocka_unit_test(the_name_at_an_earlier_mention),
        cmocka_unit_test(nobody),
    };
    return cmocka_run_group_tests_name("issuers", tests, help_load, help_unload);
}
