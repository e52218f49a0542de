/* SPDX-License-Identifier: MIT
 * test_namebook: names are folded as aliases are, and each leads to its bearer. */
#include "test_view_help.h"

#include "views/namebook.h"

static struct folded_name fold(struct namebook *b, const char *name)
{
    struct folded_name out;
    assert_true(namebook_fold(&b->scratch, str_of(name), &out));
    return out;
}

static void folds_as_the_gazetteer(void **state)
{
    (void)state;
    const char *const names[] = {"", "A", "Ann Reed", "GOLDMAN", "Émile Zola",
                                 "Ann Reed, Émile Zolá", "Volodymyr Zelenskyy", "[@`{Z}", "AT&T Inc.", "O\xE2\x80\x99" "Brien"};
    struct namebook b = {.arena = NULL};
    struct strbuf other = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct folded_name folded = fold(&b, names[i]);
        gazetteer_fold(str_of(names[i]), &other);
        assert_string_equal(folded.text.ptr, other.ptr ? other.ptr : "");
        assert_true(str_equal(folded.text, strbuf_str(&other)));
        assert_true(folded.hash == name_hash(strbuf_str(&other)));
    }
    strbuf_free(&other);
    namebook_free(&b);
}

static void names_lead_to_their_bearers(void **state)
{
    (void)state;
    struct arena arena = ARENA_EMPTY;
    struct namebook b = {.arena = &arena};
    struct folded_name name = fold(&b, "Ann Reed");
    char text[32];
    assert_int_equal(namebook_bearer(&b, &name), UINT32_MAX);
    for (uint32_t i = 0; i < 1000; i++) {
        snprintf(text, sizeof text, "Name %u", i);
        name = fold(&b, text);
        assert_true(namebook_add(&b, &name, i));
    }
    for (uint32_t i = 0; i < 1000; i++) {
        snprintf(text, sizeof text, "NAME %u", i);
        name = fold(&b, text);
        assert_int_equal(namebook_bearer(&b, &name), i);
    }
    name = fold(&b, "Name 1000");
    assert_int_equal(namebook_bearer(&b, &name), UINT32_MAX);
    namebook_free(&b);
    arena_free(&arena);
}

static void surnames_lead_to_the_latest(void **state)
{
    (void)state;
    struct arena arena = ARENA_EMPTY;
    struct namebook b = {.arena = &arena};
    assert_int_equal(namebook_surname(&b, 0), UINT32_MAX);
    for (uint32_t i = 0; i < 1000; i++) assert_true(namebook_set_surname(&b, i * 7, i));
    for (uint32_t i = 0; i < 1000; i += 2) assert_true(namebook_set_surname(&b, i * 7, i + 5000));
    for (uint32_t i = 0; i < 1000; i++) assert_int_equal(namebook_surname(&b, i * 7), i % 2 ? i : i + 5000);
    assert_int_equal(namebook_surname(&b, 8), UINT32_MAX);
    assert_int_equal(b.surnames_n, 1000);
    namebook_free(&b);
    arena_free(&arena);
}

static void keys_agree_with_short_forms(void **state)
{
    (void)state;
    struct name_keys bank = name_keys_of(STR("Goldman Sachs")), agency = name_keys_of(STR("Federal Aviation Administration of the US"));
    assert_int_equal(bank.first, name_word_key(STR("Goldman")));
    assert_int_equal(bank.initials, name_word_key(STR("GS")));
    assert_int_equal(agency.initials, name_word_key(STR("FAAU")));
    assert_int_equal(name_keys_of(STR("Goldman")).first, 0);
    assert_int_equal(name_keys_of(STR("Goldman")).initials, 0);
    assert_int_equal(name_keys_of(STR("")).first, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(folds_as_the_gazetteer), cmocka_unit_test(names_lead_to_their_bearers),
                                       cmocka_unit_test(surnames_lead_to_the_latest), cmocka_unit_test(keys_agree_with_short_forms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
