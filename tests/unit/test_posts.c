/* SPDX-License-Identifier: MIT
 * test_posts: whose words a comment or a tweet is, and which paragraphs it takes. */
#include "../../src/views/posts.h"
#include "test_view_help.h"

struct want {
    const char *who, *what; /* what: how it begins; NULL: nothing is said */
    uint32_t paragraph, paragraphs;
};

static void expect(const char *text, const struct want *want, size_t n)
{
    struct reading r;
    help_names(&r, str_of(text));
    struct posts got;
    assert_true(posts_find(&r.a, &got));
    if (got.n != n) fail_msg("%s\n  %zu posts, not %zu", text, got.n, n);
    for (size_t i = 0; i < n; i++) {
        const struct post *p = &got.items[i];
        stance_str who = article_text(&r.a, p->source.first, p->source.end);
        if (!str_equal(who, str_of(want[i].who))) fail_msg("%s\n  by %.*s", text, (int)who.len, who.ptr);
        stance_str what = article_text(&r.a, p->first, p->end);
        if (want[i].what ? !str_starts(what, str_of(want[i].what)) : p->first != p->end) fail_msg("%s\n  [%.*s]", text, (int)what.len, what.ptr);
        assert_int_equal(p->paragraph, want[i].paragraph);
        assert_int_equal(p->paragraphs, want[i].paragraphs);
    }
    help_close(&r);
}

static void comments(void **state)
{
    (void)state;
    static const struct want one[] = {{"@cole", "The harbour is a mess", 1, 1}};
    expect("By @cole - 27 days\n\nThe harbour is a mess.\n", one, 1);
    static const struct want two[] = {{"@cole", "The harbour is a mess", 1, 2}, {"@lee", "It is not", 4, 1}};
    expect("By @cole - 27 days\n\nThe harbour is a mess.\n\nNobody knows why.\n\nFrom @lee - 26 days\n\nIt is not a mess.\n", two, 2);
    static const struct want answered[] = {{"@cole", "No, it is closed", 1, 4}}; /* the quotation above is not his, the reply below neither */
    expect("By @cole - 27 days\n\n> Is the harbour open?\n\nNo, it is closed.\n\n> Is it open now?\n\nYes, it is.\n", answered, 1);
    static const struct want nothing[] = {{"@cole", NULL, 1, 0}};
    expect("By @cole - 27 days\n", nothing, 1);
    expect("By Mary Cole\n\nThe harbour is a mess.\n", NULL, 0);
}

static void tweets(void **state)
{
    (void)state;
    static const struct want one[] = {{"Mary Cole", "The harbour is a mess", 1, 1}};
    expect("The boats lie still.\n\nThe harbour is a mess. \xE2\x80\x94 Mary Cole (@cole) February 25, 2017\n", one, 1);
    expect("The harbour is a mess, says Mary Cole (@cole) on Monday.\n", NULL, 0);
    expect("https://a.example/b \xE2\x80\x94 Mary Cole (@cole) February 25, 2017\n", NULL, 0); /* no word */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(comments), cmocka_unit_test(tweets)};
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
