/* SPDX-License-Identifier: MIT
 * test_blocks: whose words a whole paragraph is. */
#include "../../src/views/blocks.h"
#include "test_view_help.h"

static void expect(const char *text, const char *const *want, size_t n)
{
    struct reading r;
    help_names(&r, str_of(text));
    struct blocks got;
    assert_true(blocks_find(&r.a, &got));
    if (got.n != n) fail_msg("%s\n  %zu blocks, not %zu", text, got.n, n);
    for (size_t i = 0; i < n; i++) {
        stance_str who = article_text(&r.a, got.items[i].source.first, got.items[i].source.end);
        stance_str what = article_text(&r.a, got.items[i].first, got.items[i].end);
        if (!str_equal(who, str_of(want[2 * i])) || !str_starts(what, str_of(want[2 * i + 1])))
            fail_msg("%s\n  [%.*s] [%.*s]", text, (int)who.len, who.ptr, (int)what.len, what.ptr);
    }
    help_close(&r);
}

static void turns(void **state)
{
    (void)state;
    static const char *const two[] = {"Mary Cole", "It is a mess", "John Lee", "It is not"};
    expect("Mary Cole: It is a mess.\n\nJohn Lee: It is not a mess.\n", two, 2);
    static const char *const loud[] = {"HOST", "It is a mess", "HOST", "And so on", "HOST", "That is all"};
    expect("HOST: It is a mess.\n\nHOST: And so on it goes.\n\nHOST: That is all then.\n", loud, 3);
    expect("Mary Cole: It is a mess.\n\nThe harbour is closed today.\n", NULL, 0);
    expect("UPDATE: The harbour is closed.\n\nUPDATE: The harbour is open.\n", NULL, 0);
    expect("Mary Cole: “It is a mess.”\n\nJohn Lee: “It is not a mess.”\n", NULL, 0);
}

static void quotations(void **state)
{
    (void)state;
    static const char *const one[] = {"Mary Cole", "The harbour is a mess and nobody knows why"};
    expect("Mary Cole wrote:\n\nThe harbour is a mess and nobody knows why it was built.\n\nThe boats come from Leeds.\n", one, 1);
    expect("Mary Cole said in a statement:\n\nThe harbour is a mess and nobody knows why it was built.\n", one, 1);
    expect("The rules are these:\n\nThe harbour is a place and nobody knows why it was built.\n", NULL, 0);
    expect("Mary Cole wrote:\n\nThe harbour is a mess.\n", NULL, 0);
    expect("Mary Cole wrote:", NULL, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(turns), cmocka_unit_test(quotations)};
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
