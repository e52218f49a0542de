/* SPDX-License-Identifier: MIT
 * dictionary: ids by hash, and the hash that is put together from pieces. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/str.h"
#include "learn/dictionary.h"

static void ids_are_dense_and_stay(void **state)
{
    (void)state;
    struct dictionary d = {0};
    char text[16];
    bool fresh;
    assert_int_equal(dictionary_find(&d, 1), NO_ID);
    for (uint32_t i = 0; i < 5000; i++) {
        stance_str s = {text, (size_t)snprintf(text, sizeof text, "k%u", i)};
        assert_int_equal(dictionary_add(&d, piece_of(s).hash, &fresh), i);
        assert_true(fresh && dictionary_name(&d, i, s));
    }
    for (uint32_t i = 0; i < 5000; i++) {
        stance_str s = {text, (size_t)snprintf(text, sizeof text, "k%u", i)};
        assert_int_equal(dictionary_find(&d, piece_of(s).hash), i);
        assert_int_equal(dictionary_add(&d, piece_of(s).hash, &fresh), i);
        assert_true(!fresh && str_equal(dictionary_text(&d, i), s));
    }
    assert_int_equal(dictionary_find(&d, piece_of(STR("none")).hash), NO_ID);
    dictionary_free(&d);
}

static void hashes_join(void **state)
{
    (void)state;
    struct piece a = piece_of(STR("w2=not")), b = piece_of(STR(" bad")), none = piece_of(STR("")), nul = piece_of((stance_str){"\0", 1});
    assert_true(hash_join(a.hash, b.hash, b.power) == piece_of(STR("w2=not bad")).hash);
    assert_true(hash_join(a.hash, none.hash, none.power) == a.hash);
    assert_true(nul.hash != none.hash);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(ids_are_dense_and_stay), cmocka_unit_test(hashes_join)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
