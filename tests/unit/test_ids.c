/* SPDX-License-Identifier: MIT
 * Tests of ids: no id is given out twice, and a shard is the same on every machine. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "base/vocab.h"
#include "io/ids.h"

static void give(struct ids *ids, const char *id, const char *expected)
{
    struct strbuf b = {0};
    bool repeated = false;
    strbuf_add(&b, str_of(id));
    assert_true(ids_make_unique(ids, &b, &repeated));
    assert_str(strbuf_str(&b), expected);
    assert_int_equal(repeated, strcmp(id, expected) != 0);
    strbuf_free(&b);
}

static void repeated_ids_get_numbers(void **state)
{
    (void)state;
    struct ids ids = {0};
    give(&ids, "a", "a");
    give(&ids, "b", "b");
    give(&ids, "a", "a~2");
    give(&ids, "a", "a~3");
    give(&ids, "A", "A");
    give(&ids, "", "");
    give(&ids, "", "~2");
    ids_free(&ids);
}

/* An id that looks like a copy's is kept, and the next copy goes round it. */
static void made_up_ids_do_not_meet_given_ones(void **state)
{
    (void)state;
    struct ids ids = {0};
    give(&ids, "a~2", "a~2");
    give(&ids, "a", "a");
    give(&ids, "a", "a~3");
    give(&ids, "a~2", "a~2~2");
    ids_free(&ids);
    give(&ids, "a", "a"); /* freed is empty again */
    ids_free(&ids);
}

static void ids_with_a_nul_inside_are_told_apart(void **state)
{
    (void)state;
    struct ids ids = {0};
    bool repeated;
    for (int i = 0; i < 2; i++) {
        struct strbuf b = {0};
        strbuf_add(&b, i ? STR("x\0one") : STR("x\0two"));
        assert_true(ids_make_unique(&ids, &b, &repeated));
        assert_false(repeated);
        strbuf_free(&b);
    }
    ids_free(&ids);
}

/* Over several growths of the table: every result is new. */
static void many(void **state)
{
    (void)state;
    enum { N = 20000, NAMES = 7000 };
    struct ids ids = {0};
    struct vocab seen = {0};
    for (unsigned i = 0; i < N; i++) {
        struct strbuf b = {0};
        bool repeated;
        strbuf_print(&b, "article %u", i * 2654435761u % NAMES);
        assert_true(ids_make_unique(&ids, &b, &repeated));
        size_t before = seen.n;
        vocab_add(&seen, strbuf_str(&b));
        if (seen.n == before) fail_msg("%s was given out twice", b.ptr);
        strbuf_free(&b);
    }
    assert_int_equal(ids.n, N);
    assert_true(ids.n * 2 <= ids.size);
    vocab_free(&seen);
    ids_free(&ids);
}

/* XXH64 with seed 0, as its authors publish it: of "" and of "a". */
static void shards_are_promised(void **state)
{
    (void)state;
    const uint64_t empty = 0xEF46DB3751D8E999u, a = 0xD24EC4F1A98C6E5Bu;
    for (size_t n = 1; n < 200; n += 7) {
        assert_int_equal(ids_shard(STR(""), n), empty % n);
        assert_int_equal(ids_shard(STR("a"), n), a % n);
    }
}

static void shards_share_the_work(void **state)
{
    (void)state;
    enum { N = 8000, SHARDS = 8 };
    size_t of[SHARDS] = {0};
    for (int i = 0; i < N; i++) {
        char id[32];
        snprintf(id, sizeof id, "news/%d.txt", i);
        of[ids_shard(str_of(id), SHARDS)]++;
    }
    for (size_t k = 0; k < SHARDS; k++) assert_in_range(of[k], N / SHARDS * 85 / 100, N / SHARDS * 115 / 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(repeated_ids_get_numbers), cmocka_unit_test(made_up_ids_do_not_meet_given_ones),
        cmocka_unit_test(ids_with_a_nul_inside_are_told_apart), cmocka_unit_test(many), cmocka_unit_test(shards_are_promised),
        cmocka_unit_test(shards_share_the_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
