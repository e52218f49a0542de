/* SPDX-License-Identifier: MIT */
#include "test_store_help.h"

static void put_once_kept_whole(void **state)
{
    (void)state;
    stance_store *s = open_store(path_of("one.db"));
    begin_with(s, "m");
    put_tunnel(s, "a", "Ada");
    put_tunnel(s, "b", "Bo");
    stance_store_free(s); /* commits */
    s = open_store(path_of("one.db"));
    for (int texts = 0; texts < 2; texts++)
        assert_string_equal(dump(s, texts), "a Ada skeptical\na Ada bullish\nb Bo skeptical\nb Bo bullish\n");
    stance_store_free(s);
}

static void done_by_text_metadata_and_method(void **state)
{
    (void)state;
    stance_store *s = open_store(path_of("done.db"));
    stance_document d = document_of("a", tunnel), other = d;
    begin_with(s, "m");
    assert_int_equal(stance_store_done(s, &d, NULL), 0);
    put_tunnel(s, "a", "Ada");
    assert_int_equal(stance_store_done(s, &d, NULL), 1);
    other.text = STR("Another text.");
    assert_int_equal(stance_store_done(s, &other, NULL), 0);
    other = d, other.date = STR("2025-01-03");
    assert_int_equal(stance_store_done(s, &other, NULL), 0);
    other = d, other.title = STR("");
    assert_int_equal(stance_store_done(s, &other, NULL), 0);
    begin_with(s, "n");
    assert_int_equal(stance_store_done(s, &d, NULL), 0);
    begin_with(s, "m");
    assert_int_equal(stance_store_done(s, &d, NULL), 1);
    stance_store_free(s);
}

static void replaced_not_doubled(void **state)
{
    (void)state;
    stance_store *s = open_store(path_of("again.db"));
    begin_with(s, "m");
    put_tunnel(s, "a", "Ada");
    assert_int_equal(count(s).replaced, 0);
    stance_document d = document_of("a", "Now it is short, she said.");
    stance_view v = view_in(&d, 1, "Ada", "it is short", 2);
    assert_true(stance_store_put(s, &d, &(stance_result){&v, 1}, NULL));
    assert_int_equal(count(s).replaced, 1);
    assert_int_equal(count(s).documents, 1);
    assert_string_equal(dump(s, true), "a Ada neutral\n");
    begin_with(s, "n"); /* the same text by another model is not another article */
    assert_true(stance_store_put(s, &d, &(stance_result){&v, 1}, NULL));
    assert_int_equal(count(s).replaced, 1);
    assert_int_equal(count(s).views, 1);
    stance_store_free(s);
}

/* A document is seen by others with all its views, or not yet. */
static void batches_are_whole(void **state)
{
    (void)state;
    stance_store *s = open_store(path_of("batch.db")), *reader = stance_store_open(path_of("batch.db"), false, NULL);
    char name[16];
    begin_with(s, "m");
    for (int i = 0; i < 250; i++) {
        snprintf(name, sizeof name, "a%03d", i);
        put_tunnel(s, name, "Ada");
        stance_store_counts c = count(reader);
        assert_int_equal(c.views, 2 * c.documents);
    }
    assert_true(count(reader).documents >= 200 && count(reader).documents <= 250);
    assert_true(stance_store_commit(s, NULL));
    assert_int_equal(count(reader).documents, 250);
    stance_store_free(reader);
    stance_store_free(s);
}

static void nothing_after_a_failure(void **state)
{
    (void)state;
    stance_error err = {0};
    stance_store *s = open_store(path_of("fails.db"));
    stance_document d = document_of("a", tunnel);
    assert_false(stance_store_put(s, &d, &(stance_result){NULL, 0}, &err)); /* no method yet */
    begin_with(s, "m");
    put_tunnel(s, "a", "Ada");
    assert_true(stance_store_commit(s, NULL));
    stance_view twice[2] = {view_in(&d, 1, "Bo", "Schools need more teachers", 0), view_in(&d, 1, "Bo", "Schools need more teachers", 0)};
    assert_false(stance_store_put(s, &d, &(stance_result){twice, 2}, &err));
    assert_int_equal(err.code, STANCE_OUTPUT);
    assert_false(stance_store_put(s, &d, &(stance_result){twice, 1}, &err));
    assert_has(err.text, "after a failure");
    stance_store_free(s);
    s = open_store(path_of("fails.db"));
    assert_string_equal(dump(s, true), "a Ada skeptical\na Ada bullish\n");
    stance_store_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(put_once_kept_whole), cmocka_unit_test(done_by_text_metadata_and_method), cmocka_unit_test(replaced_not_doubled),
        cmocka_unit_test(batches_are_whole),   cmocka_unit_test(nothing_after_a_failure),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
