/* SPDX-License-Identifier: MIT */
#include "test_store_help.h"

/* Two articles with the same views of one speaker, in either order of coming. */
static void copies_are_noted(void **state)
{
    (void)state;
    for (int order = 0; order < 2; order++) {
        stance_store *s = open_store(path_of(order ? "ba.db" : "ab.db"));
        begin_with(s, "m");
        put_tunnel(s, order ? "b" : "a", "Ada");
        put_tunnel(s, order ? "a" : "b", "Ada");
        assert_string_equal(dump(s, false), "a Ada skeptical\na Ada bullish\nb Ada skeptical\nb Ada bullish\n");
        assert_true(stance_store_settle(s, NULL));
        assert_string_equal(dump(s, false), "a Ada skeptical\na Ada bullish\nb Ada skeptical copy\nb Ada bullish copy\n");
        stance_store_free(s);
        s = open_store(path_of(order ? "ba.db" : "ab.db"));
        assert_string_equal(dump(s, true), "a Ada skeptical\na Ada bullish\nb Ada skeptical copy\nb Ada bullish copy\n");
        stance_store_free(s);
    }
}

static void forgotten_when_views_change(void **state)
{
    (void)state;
    stance_document d;
    stance_record r;
    stance_store *s = open_store(path_of("change.db"));
    begin_with(s, "m");
    put_tunnel(s, "a", "Ada");
    put_tunnel(s, "b", "Ada");
    assert_true(stance_store_settle(s, NULL));
    put_tunnel(s, "c", "Bo");
    assert_true(stance_store_rewind(s, false, NULL));
    assert_int_equal(stance_store_next(s, &d, &r, NULL), 2);
    assert_int_equal(stance_store_next(s, &d, &r, NULL), 1);
    assert_true(r.first == 0 && r.text.ptr); /* to be found by whoever reads, who gets the words for it */
    put_tunnel(s, "b", "Bo");
    assert_true(stance_store_settle(s, NULL));
    assert_string_equal(dump(s, false), "a Ada skeptical\na Ada bullish\nb Bo skeptical\nb Bo bullish\nc Bo skeptical copy\nc Bo bullish copy\n");
    assert_true(stance_store_settle(s, NULL)); /* nothing to do */
    stance_store_free(s);
}

/* A corrected speaker is another speaker. */
static void corrections_count(void **state)
{
    (void)state;
    stance_store *s = open_store(path_of("corrected.db"));
    begin_with(s, "m");
    put_tunnel(s, "a", "Ada");
    put_tunnel(s, "b", "Bo");
    assert_true(stance_store_override(s, "b:1", "speaker", STR("Ada"), NULL) && stance_store_settle(s, NULL));
    assert_string_equal(dump(s, false), "a Ada skeptical\na Ada bullish\nb Ada skeptical copy\nb Bo bullish\n");
    assert_true(stance_store_override(s, "b:1", "stance", STR("neutral"), NULL));
    assert_string_equal(dump(s, false), "a Ada skeptical\na Ada bullish\nb Ada neutral copy\nb Bo bullish\n");
    stance_store_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(copies_are_noted), cmocka_unit_test(forgotten_when_views_change), cmocka_unit_test(corrections_count)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
