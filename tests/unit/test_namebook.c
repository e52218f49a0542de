/* SPDX-License-Identifier: MIT
 * test_namebook: names are looked up once, bearers hold for one article, and a long book is emptied. */
#include "test_view_help.h"

#include "views/namebook.h"

static struct name_seen find(struct namebook *b, const char *name)
{
    struct name_seen seen;
    assert_true(namebook_find(b, &help_language.gazetteer, str_of(name), &seen));
    return seen;
}

static void names_are_known(void **state)
{
    (void)state;
    struct namebook b = {0};
    namebook_begin(&b);
    struct name_seen alias = find(&b, "Zelenskyy"), full = find(&b, "Volodymyr Zelensky"), nobody = find(&b, "Qzxv Nobody"), again = find(&b, "QZXV nobody");
    assert_non_null(alias.row);
    assert_int_equal(alias.canonical, full.folded);
    assert_int_not_equal(alias.folded, full.folded);
    assert_null(nobody.row);
    assert_int_equal(nobody.folded, nobody.canonical);
    assert_int_equal(nobody.folded, again.folded);
    assert_int_equal(nobody.folded, namebook_number(&b, STR("qzxv nobody")));
    assert_ptr_equal(find(&b, "Zelenskyy").row, alias.row);
    assert_null(find(&b, "").row);
    namebook_free(&b);
}

static void bearers_hold_for_one_article(void **state)
{
    (void)state;
    struct namebook b = {0};
    namebook_begin(&b);
    uint32_t name = find(&b, "Ann Reed").folded;
    assert_int_equal(namebook_bearer(&b, name), UINT32_MAX);
    namebook_set_bearer(&b, name, 7);
    assert_int_equal(namebook_bearer(&b, name), 7);
    assert_int_equal(namebook_surname(&b, 300), UINT32_MAX);
    assert_true(namebook_set_surname(&b, 300, 8));
    assert_int_equal(namebook_surname(&b, 300), 8);
    assert_int_equal(namebook_surname(&b, 299), UINT32_MAX);
    namebook_begin(&b);
    assert_int_equal(find(&b, "Ann Reed").folded, name);
    assert_int_equal(namebook_bearer(&b, name), UINT32_MAX);
    assert_int_equal(namebook_surname(&b, 300), UINT32_MAX);
    namebook_free(&b);
}

static void a_long_book_is_emptied(void **state)
{
    (void)state;
    struct namebook b = {0};
    char name[32];
    namebook_begin(&b);
    for (int i = 0; i < 20000; i++) {
        snprintf(name, sizeof name, "Name %d", i);
        namebook_set_bearer(&b, find(&b, name).folded, (uint32_t)i);
    }
    assert_int_equal(namebook_bearer(&b, find(&b, "Name 3").folded), 3);
    assert_int_equal(b.names.n, 20000);
    namebook_begin(&b);
    assert_int_equal(b.names.n, 0);
    assert_int_equal(namebook_bearer(&b, find(&b, "Name 3").folded), UINT32_MAX);
    namebook_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(names_are_known), cmocka_unit_test(bearers_hold_for_one_article), cmocka_unit_test(a_long_book_is_emptied)};
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
