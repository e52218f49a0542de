/* SPDX-License-Identifier: MIT
 * test_vocab: dense ids over many strings, odd strings, no dependence on the caller's memory. */
#include "test_text_help.h"

#include "base/vocab.h"

enum { MANY = 100000 };

static void hundred_thousand_strings(void **state)
{
    (void)state;
    struct vocab v = {0};
    char word[32];
    for (uint32_t i = 0; i < MANY; i++) {
        int n = snprintf(word, sizeof word, "w%uq%u", i % 317, i);
        assert_int_equal(vocab_add(&v, (stance_str){word, (size_t)n}), i);
    }
    assert_int_equal(v.n, MANY);
    for (uint32_t i = 0; i < MANY; i++) {
        int n = snprintf(word, sizeof word, "w%uq%u", i % 317, i);
        stance_str s = {word, (size_t)n};
        assert_int_equal(vocab_find(&v, s), i);
        assert_int_equal(vocab_add(&v, s), i);
        assert_true(str_equal(vocab_text(&v, i), s));
        word[0] = 'x';
        assert_int_equal(vocab_find(&v, s), VOCAB_NONE);
    }
    assert_int_equal(v.n, MANY);
    vocab_free(&v);
}

static void prefixes_of_each_other(void **state)
{
    (void)state;
    struct vocab v = {0};
    char word[2000];
    memset(word, 'a', sizeof word);
    for (uint32_t i = 0; i < sizeof word; i++) assert_int_equal(vocab_add(&v, (stance_str){word, i}), i);
    for (uint32_t i = 0; i < sizeof word; i++) assert_int_equal(vocab_find(&v, (stance_str){word, i}), i);
    vocab_free(&v);
}

static void empty_and_nul(void **state)
{
    (void)state;
    struct vocab v = {0};
    assert_int_equal(vocab_find(&v, STR("")), VOCAB_NONE);
    assert_int_equal(vocab_add(&v, (stance_str){NULL, 0}), 0);
    assert_int_equal(vocab_add(&v, STR("")), 0);
    assert_int_equal(vocab_add(&v, STR("a")), 1);
    assert_int_equal(vocab_add(&v, STR("a\0")), 2);
    assert_int_equal(vocab_add(&v, STR("a\0b")), 3);
    assert_int_equal(vocab_find(&v, STR("a\0")), 2);
    assert_int_equal(vocab_text(&v, 3).len, 3);
    assert_non_null(vocab_text(&v, 0).ptr);
    vocab_free(&v);
    assert_int_equal(v.n, 0);
    vocab_free(&v);
}

static void in_order(void **state)
{
    (void)state;
    struct vocab v = {0};
    struct arena arena = {0};
    const stance_str *all;
    assert_true(vocab_sorted(&v, &arena, &all));
    assert_int_equal(vocab_add(&v, STR("b")), 0);
    assert_int_equal(vocab_add(&v, STR("a\0")), 1);
    assert_int_equal(vocab_add(&v, STR("a")), 2);
    assert_true(vocab_sorted(&v, &arena, &all));
    assert_true(str_equal(all[0], STR("a")) && str_equal(all[1], STR("a\0")) && str_equal(all[2], STR("b")));
    assert_true(str_equal(vocab_text(&v, 0), STR("b")));
    arena_free(&arena);
    vocab_free(&v);
}

/* One vocabulary asked in every way, with strings of all lengths that share beginnings and ends. */
static void every_way_finds_the_same(void **state)
{
    (void)state;
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz";
    struct vocab v = {0};
    assert_true(vocab_reserve(&v, 100));
    size_t size = v.size;
    uint32_t n = 0;
    for (size_t from = 0; from < 4; from++)
        for (size_t len = 1; len <= 24; len++, n++) {
            stance_str s = {letters + from, len};
            uint32_t id = n % 3 == 0 ? vocab_add(&v, s) : n % 3 == 1 ? vocab_add_padded(&v, s) : vocab_add_lasting(&v, s);
            assert_int_equal(id, n);
            assert_int_equal(vocab_add(&v, s), n);
            assert_int_equal(vocab_add_padded(&v, s), n);
            assert_int_equal(vocab_add_lasting(&v, s), n);
            assert_int_equal(vocab_find(&v, s), n);
            assert_true(str_equal(vocab_text(&v, n), s));
            assert_int_equal(vocab_text(&v, n).ptr == s.ptr, n % 3 == 2); /* lasting ones stay where they are */
        }
    assert_int_equal(v.size, size);
    assert_int_equal(vocab_add_padded(&v, (stance_str){letters, 0}), n);
    assert_int_equal(vocab_find(&v, STR("")), n);
    vocab_free(&v);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_way_finds_the_same),
        cmocka_unit_test(hundred_thousand_strings), cmocka_unit_test(prefixes_of_each_other), cmocka_unit_test(empty_and_nul),
                                       cmocka_unit_test(in_order)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
