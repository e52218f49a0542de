/* SPDX-License-Identifier: MIT
 * test_arena: alignment, zeroing, reset and sizes that would overflow. */
#include "test_text_help.h"

/* Under AddressSanitizer a refused allocation is NULL, as without it. */
const char *__asan_default_options(void);
__attribute__((visibility("default"))) const char *__asan_default_options(void) { return "allocator_may_return_null=1"; }

static void is_aligned_and_zero(void **state)
{
    (void)state;
    struct arena a = ARENA_EMPTY;
    uint64_t seed = 7;
    for (int i = 0; i < 3000; i++) {
        size_t n = help_below(&seed, 90);
        unsigned char *at = arena_array(&a, n, 1 + help_below(&seed, 5));
        assert_non_null(at);
        assert_int_equal((uintptr_t)at % _Alignof(max_align_t), 0);
        for (size_t k = 0; k < n; k++) assert_int_equal(at[k], 0);
        memset(at, 0xAA, n);
    }
    arena_free(&a);
}

static void arrays_do_not_overlap(void **state)
{
    (void)state;
    struct arena a = ARENA_EMPTY;
    unsigned char *at[400];
    for (size_t i = 0; i < 400; i++) {
        at[i] = arena_array(&a, i * 13 % 700 + 1, 1);
        memset(at[i], (int)(i % 251), i * 13 % 700 + 1);
    }
    for (size_t i = 0; i < 400; i++)
        for (size_t k = 0; k < i * 13 % 700 + 1; k++) assert_int_equal(at[i][k], i % 251);
    arena_free(&a);
}

static void nothing_is_a_place_of_its_own(void **state)
{
    (void)state;
    struct arena a = ARENA_EMPTY;
    void *one = arena_array(&a, 0, 8), *two = arena_array(&a, 8, 0), *three = arena_array(&a, 0, 0);
    assert_non_null(one);
    assert_non_null(two);
    assert_non_null(three);
    assert_ptr_not_equal(one, two);
    assert_ptr_not_equal(two, three);
    arena_free(&a);
}

static void reset_reuses_memory_zeroed(void **state)
{
    (void)state;
    struct arena a = ARENA_EMPTY;
    for (int round = 0; round < 5; round++) {
        for (int i = 0; i < 200; i++) {
            unsigned char *at = arena_array(&a, 1000, 1);
            for (size_t k = 0; k < 1000; k++) assert_int_equal(at[k], 0);
            memset(at, 0xFF, 1000);
        }
        arena_reset(&a);
        assert_int_equal(a.used, 0);
        assert_non_null(a.head);
    }
    arena_free(&a);
    assert_null(a.head);
    arena_free(&a);
    arena_reset(&a);
    assert_non_null(arena_array(&a, 1, 1));
    arena_free(&a);
}

static void reset_gives_back_a_giant_block(void **state)
{
    (void)state;
    struct arena a = ARENA_EMPTY;
    assert_non_null(arena_array(&a, 65, 1024 * 1024));
    arena_reset(&a);
    assert_null(a.head);
    assert_int_equal(a.size, 0);
}

static void refuses_sizes_that_overflow(void **state)
{
    (void)state;
    struct arena a = ARENA_EMPTY;
    assert_null(arena_array(&a, SIZE_MAX, 2));
    assert_null(arena_array(&a, SIZE_MAX / 8 + 1, 8));
    assert_null(arena_array(&a, SIZE_MAX, 1));
    assert_null(arena_array(&a, SIZE_MAX - 64, 1));
    assert_null(arena_array(&a, 1, SIZE_MAX));
    assert_non_null(arena_array(&a, 4, 4)); /* still usable */
    arena_free(&a);
}

static void grow_copies(void **state)
{
    (void)state;
    struct arena a = ARENA_EMPTY;
    int *old = arena_array(&a, 3, sizeof *old);
    old[0] = 1, old[1] = 2, old[2] = 3;
    int *grown = arena_grow(&a, old, 3, 6, sizeof *grown);
    for (int i = 0; i < 3; i++) assert_int_equal(grown[i], i + 1);
    for (int i = 3; i < 6; i++) grown[i] = i; /* the rest is the caller's */
    assert_int_equal(old[2], 3);
    assert_non_null(arena_grow(&a, NULL, 0, 4, sizeof *grown));
    assert_null(arena_grow(&a, old, 3, SIZE_MAX / 2, sizeof *grown));
    arena_free(&a);
}

static void copy_keeps_nul_bytes_and_ends_with_one(void **state)
{
    (void)state;
    struct arena a = ARENA_EMPTY;
    stance_str out;
    assert_true(arena_copy(&a, STR("a\0b"), &out));
    assert_int_equal(out.len, 3);
    assert_memory_equal(out.ptr, "a\0b\0", 4);
    assert_true(arena_copy(&a, STR(""), &out));
    assert_non_null(out.ptr);
    assert_int_equal(out.len, 0);
    assert_true(arena_copy(&a, (stance_str){NULL, 0}, &out));
    assert_null(out.ptr);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_aligned_and_zero),         cmocka_unit_test(arrays_do_not_overlap),       cmocka_unit_test(nothing_is_a_place_of_its_own),
        cmocka_unit_test(reset_reuses_memory_zeroed),  cmocka_unit_test(reset_gives_back_a_giant_block), cmocka_unit_test(refuses_sizes_that_overflow),
        cmocka_unit_test(grow_copies), cmocka_unit_test(copy_keeps_nul_bytes_and_ends_with_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
