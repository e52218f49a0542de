/* SPDX-License-Identifier: MIT */
#include "test_store_help.h"

#include "store/digest.h"

static const struct view_row rows[] = {
    {.id = 1048577, .speaker = 1, .target = 0, .label = 3, .first = 0, .speaker_kind = 3, .kind = 2, .abstained = 0, .start = 0, .end = STANCE_NONE},
    {.id = 1048580, .speaker = 300000, .target = 129, .label = 0, .first = 99 * (int64_t)1048576 + 7, .speaker_kind = 0, .kind = 0, .abstained = 3,
     .start = 70000, .end = STANCE_NONE},
    {.id = 1048581, .speaker = 127, .target = 128, .label = 2, .first = 1048577, .speaker_kind = 1, .kind = 1, .abstained = 1, .start = STANCE_NONE, .end = STANCE_NONE},
};

static void put_all(struct strbuf *out)
{
    for (size_t i = 0; i < 3; i++) {
        digest_put(out, &rows[i], i ? rows[i - 1].id : 1048576);
        digest_put_first(out, rows[i].first);
    }
}

static void round_trip(void **state)
{
    (void)state;
    struct strbuf bytes = {0};
    put_all(&bytes);
    stance_str rest = strbuf_str(&bytes);
    struct view_row x = {.id = 1048576};
    for (size_t i = 0; i < 3; i++) {
        assert_true(digest_take(&rest, x.id, &x));
        assert_true(x.id == rows[i].id && x.speaker == rows[i].speaker && x.target == rows[i].target && x.label == rows[i].label && x.first == rows[i].first);
        assert_true(x.speaker_kind == rows[i].speaker_kind && x.kind == rows[i].kind && x.abstained == rows[i].abstained && x.start == rows[i].start);
    }
    assert_int_equal(rest.len, 0);
    strbuf_free(&bytes);
}

/* Cut off anywhere, it gives whole rows and then says no. */
static void cut_off(void **state)
{
    (void)state;
    struct strbuf bytes = {0};
    put_all(&bytes);
    for (size_t n = 0; n < bytes.len; n++) {
        char *copy = malloc(n + 1);
        assert_non_null(copy);
        memcpy(copy, bytes.ptr, n);
        stance_str rest = {copy, n};
        struct view_row x = {.id = 1048576};
        size_t taken = 0;
        while (digest_take(&rest, x.id, &x)) taken++;
        assert_true(taken < 3);
        free(copy);
    }
    stance_str endless = {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 13};
    struct view_row x;
    assert_false(digest_take(&endless, 1, &x));
    strbuf_free(&bytes);
}

/* A digest that is gone or hurt is told, and does not make views disappear. */
static void told_when_damaged(void **state)
{
    (void)state;
    static const char *const ways[] = {"UPDATE digest SET views = x'ff'", "DELETE FROM digest"};
    for (size_t i = 0; i < 2; i++) {
        stance_document d;
        stance_record r;
        stance_error err = {0};
        stance_store *s = open_store(path_of(i ? "gone.db" : "hurt.db"));
        begin_with(s, "m");
        put_tunnel(s, "a", "Ada");
        assert_true(stance_store_settle(s, NULL));
        assert_string_equal(dump(s, false), "a Ada skeptical\na Ada bullish\n");
        assert_true(database_run(s->database, ways[i], NULL));
        assert_true(stance_store_rewind(s, false, NULL));
        int got;
        while ((got = stance_store_next(s, &d, &r, &err)) > 0) {}
        assert_int_equal(got, -1);
        assert_has(err.text, "damaged");
        assert_int_equal(stance_store_next(s, &d, &r, &err), 0);
        stance_store_free(s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(round_trip), cmocka_unit_test(cut_off), cmocka_unit_test(told_when_damaged)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
