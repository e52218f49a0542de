/* SPDX-License-Identifier: MIT
 * pairs: every key of two words is found by its words, under its template, and nothing else is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "learn/pairs.h"
#include "learn_rows.h"

static char path[64];
static struct made_rows made;

/* The words of a key of two words behind this head; ptr NULL: it is none. */
static stance_str words_of(stance_str key, const char *head)
{
    bool pair = str_starts(key, str_of(head)) && str_find(str_slice(key, strlen(head), key.len), STR(" ")) != STANCE_NONE;
    return pair ? str_slice(key, strlen(head), key.len) : (stance_str){NULL, 0};
}

static uint64_t hash_of(stance_str words)
{
    stance_str rest = words, first = str_split(&rest, ' ');
    struct piece a = piece_of(first), b = piece_of(rest);
    return hash_pair(&a, &b);
}

static void each_key_by_its_words(void **state)
{
    (void)state;
    static const char *const heads[PAIR_KINDS] = {"w2=", "side2=< ", "side2=> ", "clause="};
    stance_model *m = made_model(&made, "min_rows = 1\ntemperature = 0.5\ntemplates = w1,w2,c,side,side2,clause\n", path);
    struct pairs pairs;
    size_t met[PAIR_KINDS] = {0}, all = 0, kept = 0;
    assert_true(pairs_init(&pairs, m));
    for (uint32_t id = 0; id < m->features; id++)
        for (size_t k = 0; k < PAIR_KINDS; k++) {
            stance_str words = words_of(model_key(m, id), heads[k]);
            if (!words.ptr) continue;
            assert_true(pair_may_be(&pairs, hash_of(words)));
            const struct pair *found = pair_find(&pairs, hash_of(words));
            assert_non_null(found);
            assert_int_equal(found->id[k], id + 1);
            met[k]++;
        }
    for (size_t k = 0; k < PAIR_KINDS; k++) assert_true(met[k] > 0);
    for (size_t i = 0; i < pairs.size; i++)
        for (size_t k = 0; k < PAIR_KINDS; k++) kept += pairs.slots[i].id[k] != 0;
    for (size_t k = 0; k < PAIR_KINDS; k++) all += met[k];
    assert_int_equal(kept, all);
    assert_null(pair_find(&pairs, hash_of(STR("never seen"))));
    pairs_free(&pairs);
    stance_model_free(m);
}

static void none_in_a_model_of_words(void **state)
{
    (void)state;
    stance_model *m = made_model(&made, "min_rows = 1\ntemperature = 0.5\ntemplates = w1\n", path);
    struct pairs pairs;
    assert_true(pairs_init(&pairs, m));
    assert_false(pair_may_be(&pairs, hash_of(STR("the bank"))));
    assert_null(pair_find(&pairs, hash_of(STR("the bank"))));
    pairs_free(&pairs);
    stance_model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_key_by_its_words), cmocka_unit_test(none_in_a_model_of_words)};
    make_rows(&made);
    for (size_t i = 0; i < MADE_ROWS; i++) made.row[i].in.target = i % 2 ? STR("the") : STR("number"); /* words behind it, words before it */
    snprintf(path, sizeof path, "/tmp/stance-test-pairs-%ld", (long)getpid());
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
