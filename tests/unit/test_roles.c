/* SPDX-License-Identifier: MIT
 * test_roles: roles and ages learned around names, and whom a description means. */
#include "test_view_help.h"
#include "views/roles.h"

static const struct entity *entity_named(const struct article *a, const char *name)
{
    for (size_t i = 0; i < a->entities_n; i++)
        if (str_equal(a->entities[i].name, str_of(name))) return &a->entities[i];
    fail_msg("no entity %s", name);
    return NULL;
}

static void expect_fit(const char *text, const char *name, const char *role, bool fits)
{
    struct reading r;
    help_names(&r, str_of(text));
    if (roles_fit(&r.a, entity_named(&r.a, name), str_of(role)) != fits) fail_msg("%s: %s as %s", text, name, role);
    help_close(&r);
}

static void roles_around_a_name(void **state)
{
    (void)state;
    expect_fit("Mary Cole, the mayor of Leeds, said no.", "Mary Cole", "mayor", true);
    expect_fit("Mary Cole, 38, the mayor of Leeds, said no.", "Mary Cole", "mayor", true);
    expect_fit("Mary Cole is the mayor of Leeds.", "Mary Cole", "mayor", true);
    expect_fit("The club's head coach, Mary Cole, said no.", "Mary Cole", "coach", true);
    expect_fit("Rep. Mary Cole (D-Vt.) said no.", "Mary Cole", "lawmaker", true);
    expect_fit("Rep. Mary Cole (D-Vt.) said no.", "Mary Cole", "republican", false);
}

static void what_is_not_said_of_a_name(void **state)
{
    (void)state;
    expect_fit("With Mary Cole, the mayor said no.", "Mary Cole", "mayor", false);
    expect_fit("Mary Cole, mayors and bishops said no.", "Mary Cole", "mayor", false);
    expect_fit("Mary Cole, Adam Reed and the mayor said no.", "Mary Cole", "mayor", false);
}

static void ages(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("Mary Cole, 38, met Adam Reed, 1999, in Leeds."));
    assert_int_equal(entity_named(&r.a, "Mary Cole")->age, 38);
    assert_int_equal(entity_named(&r.a, "Adam Reed")->age, 0);
    help_close(&r);
}

/* Whom the phrase of `n` tokens that begins at the first `word` means: the entity's name, or "". */
static void expect_holder(const char *text, const char *word, size_t n, const char *name)
{
    struct reading r;
    help_names(&r, str_of(text));
    size_t at = help_token(&r.a, word, 0);
    struct phrase p = {(uint32_t)(at + 1 - n), (uint32_t)at + 1, (uint32_t)at};
    uint32_t e = roles_holder(&r.a, p);
    stance_str got = e == NO_ENTITY ? STR("") : r.a.entities[e].name;
    if (!str_equal(got, str_of(name))) fail_msg("%s: %.*s, not %s", text, (int)got.len, got.ptr, name);
    help_close(&r);
}

static void holders(void **state)
{
    (void)state;
    expect_holder("The mayor came. Mary Cole, the mayor of Leeds, said no.", "mayor", 2, "Mary Cole");
    expect_holder("The coach came. Mary Cole, the mayor of Leeds, said no.", "coach", 2, "");
    expect_holder("Barack Obama came. The president left.", "president", 2, "Barack Obama");
}

static void one_of_a_role(void **state)
{
    (void)state;
    struct reading r;
    help_names(&r, STR("The club's coach came. Coach Mary Cole left. Coach Adam Reed stayed."));
    size_t at = help_token(&r.a, "coach", 0);
    assert_true(roles_only_holder(&r.a, (struct phrase){(uint32_t)at - 3, (uint32_t)at + 1, (uint32_t)at}) == NO_ENTITY);
    help_close(&r);
}

static void anybody_in_charge(void **state)
{
    (void)state;
    assert_true(roles_any(STR("head")));
    assert_false(roles_any(STR("mayor")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(roles_around_a_name), cmocka_unit_test(what_is_not_said_of_a_name), cmocka_unit_test(ages), cmocka_unit_test(holders),
        cmocka_unit_test(one_of_a_role),       cmocka_unit_test(anybody_in_charge),
    };
    return cmocka_run_group_tests_name("roles", tests, help_load, help_unload);
}
