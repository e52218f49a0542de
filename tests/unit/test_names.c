/* SPDX-License-Identifier: MIT
 * test_names: which names are found, whose they are, and what is learnt of their bearers. */
#include "test_view_help.h"

/* The entity whose mention holds the first token `word`; fails when it is in none. */
static const struct entity *bearer(const struct article *a, const char *word)
{
    size_t i = help_token(a, word, 0);
    while (a->mention_at[i] == NO_ENTITY && i + 1 < a->tokens.n) i = help_token(a, word, i + 1);
    return &a->entities[a->mentions[a->mention_at[i]].entity];
}

static void check(stance_str text, const char *name)
{
    struct reading r;
    help_names(&r, text);
    const struct article *a = &r.a;
    size_t behind = 0;
    for (size_t k = 0; k < a->mentions_n; k++) {
        const struct mention *m = &a->mentions[k];
        if (m->first < behind || m->end <= m->first || m->end > a->tokens.n) fail_msg("%s: mention %zu overlaps or runs out", name, k);
        assert_true(m->outer <= m->first);
        assert_true(m->entity < a->entities_n);
        assert_true(a->entities[m->entity].mentions > 0);
        assert_true(a->entities[m->entity].name.len > 0);
        for (size_t i = m->first; i < m->end; i++) assert_int_equal(a->mention_at[i], k);
        behind = m->end;
    }
    for (size_t e = 0; e < a->entities_n; e++) {
        const struct entity *x = &a->entities[e];
        assert_true(x->gender == 0 || x->gender == 'm' || x->gender == 'f');
        assert_true(x->affiliation == NO_ENTITY || x->affiliation < a->entities_n);
        assert_true(x->roles_n <= 6);
    }
    help_close(&r);
}

static void holds_for_the_articles(void **state)
{
    (void)state;
    help_each_article(check);
}

static void holds_for_noise(void **state)
{
    (void)state;
    uint64_t seed = 61;
    for (int i = 0; i < 150; i++) {
        struct strbuf text = {0};
        help_noise(&seed, help_below(&seed, 150), &text);
        check(strbuf_str(&text), "noise");
        strbuf_free(&text);
    }
}

static void short_forms_join_the_full_name(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("The pilot Mary Cole sailed. Later Ms Cole slept, and Cole dreamt of Goldfinch Partners, for Goldfinch pays."));
    const struct entity *cole = bearer(&r.a, "mary");
    assert_text(cole->name, "Mary Cole");
    assert_int_equal(cole->mentions, 3);
    assert_int_equal(cole->kind, STANCE_PERSON);
    assert_int_equal(cole->gender, 'f');
    assert_int_equal(bearer(&r.a, "goldfinch")->mentions, 2);
    assert_int_not_equal(bearer(&r.a, "goldfinch")->kind, STANCE_PERSON);
    help_close(&r);
}

static void a_name_known_only_later_still_joins(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("Then Harlow left. The yard belongs to John Harlow."));
    assert_text(bearer(&r.a, "harlow")->name, "John Harlow");
    assert_int_equal(bearer(&r.a, "harlow")->mentions, 2);
    help_close(&r);
}

static void relatives_keep_apart(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("It is run by Mary Cole, who met her father, Arthur Cole, on Monday. Then Cole left."));
    assert_text(bearer(&r.a, "mary")->name, "Mary Cole");
    assert_true(bearer(&r.a, "arthur")->kin);
    assert_false(bearer(&r.a, "mary")->kin);
    size_t last = help_token(&r.a, "cole", help_token(&r.a, "then", 0));
    assert_text(r.a.entities[r.a.mentions[r.a.mention_at[last]].entity].name, "Mary Cole");
    help_close(&r);
}

static void titles_stand_outside_and_tell_roles(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("It was Curai CEO Neal Rowan and the venture capitalist Nic Darter who came."));
    const struct mention *rowan = &r.a.mentions[r.a.mention_at[help_token(&r.a, "rowan", 0)]];
    assert_text(article_text(&r.a, rowan->first, rowan->end), "Neal Rowan");
    assert_text(article_text(&r.a, rowan->outer, rowan->end), "CEO Neal Rowan");
    const struct entity *e = &r.a.entities[rowan->entity];
    assert_true(e->titled);
    assert_int_not_equal(e->affiliation, NO_ENTITY);
    assert_text(r.a.entities[e->affiliation].name, "Curai");
    const struct mention *darter = &r.a.mentions[r.a.mention_at[help_token(&r.a, "darter", 0)]];
    assert_text(article_text(&r.a, darter->outer, darter->end), "venture capitalist Nic Darter");
    help_close(&r);
}

static void honorifics_tell_gender(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("They met Mr. Brandt, Mrs. Keel and Dr. Oduya."));
    assert_int_equal(bearer(&r.a, "brandt")->gender, 'm');
    assert_int_equal(bearer(&r.a, "keel")->gender, 'f');
    assert_int_equal(bearer(&r.a, "oduya")->gender, 0);
    assert_int_equal(bearer(&r.a, "oduya")->kind, STANCE_PERSON);
    help_close(&r);
}

static void organisations_by_their_words(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("It went to the University of Leeds, to Keel & Sons, to the Harbour Safety Authority and to the HSA."));
    assert_text(bearer(&r.a, "university")->name, "University of Leeds");
    assert_int_equal(bearer(&r.a, "university")->kind, STANCE_ORGANISATION);
    assert_text(bearer(&r.a, "keel")->name, "Keel & Sons");
    assert_int_equal(bearer(&r.a, "keel")->kind, STANCE_ORGANISATION);
    assert_ptr_equal(bearer(&r.a, "hsa"), bearer(&r.a, "authority"));
    help_close(&r);
}

static void first_words_and_days_are_no_names(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("It was the prices that rose on Monday. Prices fell. Nobody in March knew why. However, I did. \"Never,\" it read."));
    assert_int_equal(r.a.mentions_n, 0);
    help_close(&r);
}

static void known_miss_a_plural_at_the_start_is_no_name(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("Prices rose on Monday."));
    size_t n = r.a.mentions_n;
    help_close(&r);
    if (n) skip();
}

static void known_miss_particles_and_initials_at_the_start(void **state)
{
    (void)state;
    static const char *const texts[] = {"Ursula van der Berg left.", "J. K. Harlow left."};
    bool whole = true;
    for (size_t i = 0; i < 2; i++) {
        struct reading r;
        help_names(&r, str_of(texts[i]));
        whole = whole && r.a.mentions_n == 1 && r.a.mentions[0].first == 0;
        help_close(&r);
    }
    if (!whole) skip();
}

static void a_word_for_a_day_can_be_a_name(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("They spoke to April Stone and to Theresa May on Friday."));
    assert_text(bearer(&r.a, "april")->name, "April Stone");
    assert_text(bearer(&r.a, "theresa")->name, "Theresa May");
    assert_int_equal(r.a.mentions_n, 2);
    help_close(&r);
}

static void handles_are_people(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("They follow @harbour_rat closely."));
    assert_int_equal(r.a.entities_n, 1);
    assert_int_equal(r.a.entities[0].kind, STANCE_PERSON);
    help_close(&r);
}

static void the_gazetteer_gives_the_canonical_name(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("They met Volodymyr Zelenskiy in Leeds, and Zelenskyy smiled."));
    assert_text(bearer(&r.a, "zelenskiy")->name, "Volodymyr Zelensky");
    assert_ptr_equal(bearer(&r.a, "zelenskyy"), bearer(&r.a, "zelenskiy"));
    assert_true(bearer(&r.a, "zelenskiy")->known);
    help_close(&r);
}

static void thousands_of_names(void **state)
{
    (void)state;
    struct strbuf text = {0};
    struct reading r;
    for (unsigned i = 0; i < 4000; i++) /* names of letters only */
        strbuf_print(&text, "They met Mary B%c%c%c and Q%c%c%c. ", 'a' + i % 26, 'a' + i / 26 % 26, 'a' + i / 676 % 26, 'a' + i % 26,
                     'a' + i / 26 % 26, 'a' + i / 676 % 26);
    help_names(&r, strbuf_str(&text));
    assert_true(r.a.entities_n >= 7000);
    help_close(&r);
    strbuf_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_for_the_articles), cmocka_unit_test(holds_for_noise), cmocka_unit_test(short_forms_join_the_full_name),
        cmocka_unit_test(a_name_known_only_later_still_joins), cmocka_unit_test(relatives_keep_apart), cmocka_unit_test(titles_stand_outside_and_tell_roles),
        cmocka_unit_test(honorifics_tell_gender), cmocka_unit_test(organisations_by_their_words), cmocka_unit_test(first_words_and_days_are_no_names),
        cmocka_unit_test(a_word_for_a_day_can_be_a_name), cmocka_unit_test(handles_are_people), cmocka_unit_test(the_gazetteer_gives_the_canonical_name),
        cmocka_unit_test(thousands_of_names),
        cmocka_unit_test(known_miss_a_plural_at_the_start_is_no_name), cmocka_unit_test(known_miss_particles_and_initials_at_the_start),
    };
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
