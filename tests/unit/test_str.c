/* SPDX-License-Identifier: MIT
 * test_str: views with NUL bytes and without bytes, strict numbers, growing buffers. */
#include "test_text_help.h"

static const stance_str NOTHING = {NULL, 0};

static void compares_bytes(void **state)
{
    (void)state;
    assert_true(str_equal(NOTHING, STR("")));
    assert_false(str_equal(STR("a\0b"), STR("a\0c")));
    assert_true(str_equal(STR("a\0b"), STR("a\0b")));
    assert_true(str_equal_nocase(STR("OpenAI"), STR("openai")));
    assert_false(str_equal_nocase(STR("\xC3\x89"), STR("\xC3\xA9"))); /* ASCII case only */
    assert_true(str_compare(STR("ab"), STR("abc")) < 0);
    assert_true(str_compare(STR("b"), STR("abc")) > 0);
    assert_true(str_compare(STR("\xFF"), STR("a")) > 0); /* unsigned bytes */
    assert_int_equal(str_compare(NOTHING, STR("")), 0);
}

static void starts_and_ends(void **state)
{
    (void)state;
    assert_true(str_starts(STR("abc"), STR("")));
    assert_true(str_starts(STR("abc"), STR("abc")));
    assert_false(str_starts(STR("ab"), STR("abc")));
    assert_true(str_ends(STR("abc"), STR("bc")));
    assert_true(str_ends(STR("abc"), STR("")));
    assert_false(str_ends(STR("c"), STR("bc")));
    assert_true(str_starts(NOTHING, STR("")));
}

static void trims_ascii_blanks(void **state)
{
    (void)state;
    assert_text(str_trim(STR(" \t\r\n\v\f a b \n")), "a b");
    assert_text(str_trim(STR("  \n ")), "");
    assert_text(str_trim(STR("\0 ")), "\0");
    assert_text(str_trim(STR("\xC2\xA0x")), "\xC2\xA0x");
    assert_int_equal(str_trim(NOTHING).len, 0);
}

static void finds_the_first(void **state)
{
    (void)state;
    assert_int_equal(str_find(STR("ababac"), STR("abac")), 2);
    assert_int_equal(str_find(STR("aaa"), STR("a")), 0);
    assert_int_equal(str_find(STR("a\0b"), STR("\0b")), 1);
    assert_int_equal(str_find(STR("abc"), STR("cd")), STANCE_NONE);
    assert_int_equal(str_find(STR("ab"), STR("abc")), STANCE_NONE);
    assert_int_equal(str_find(STR("abc"), STR("")), 0);
    assert_int_equal(str_find(NOTHING, STR("a")), STANCE_NONE);
}

static void splits_with_empty_fields(void **state)
{
    (void)state;
    stance_str rest = STR("a,,b,");
    assert_text(str_split(&rest, ','), "a");
    assert_text(str_split(&rest, ','), "");
    assert_text(str_split(&rest, ','), "b");
    assert_non_null(rest.ptr); /* an empty field is still to come */
    assert_text(str_split(&rest, ','), "");
    assert_null(rest.ptr);
    assert_int_equal(str_split(&rest, ',').len, 0);
}

static void whole_numbers_are_strict(void **state)
{
    (void)state;
    size_t n = 5;
    assert_true(str_to_size(STR("0"), &n) && n == 0);
    assert_true(str_to_size(STR("007"), &n) && n == 7);
    assert_true(str_to_size(STR("18446744073709551615"), &n) && n == SIZE_MAX);
    static const char *const bad[] = {"", " 1", "1 ", "-1", "+1", "1.0", "1e3", "0x10", "abc", "18446744073709551616", "99999999999999999999999"};
    n = 5;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(str_to_size(str_of(bad[i]), &n));
    assert_false(str_to_size(STR("1\0"), &n));
    assert_int_equal(n, 5);
}

static void decimal_numbers_are_strict(void **state)
{
    (void)state;
    double x = 5;
    assert_true(str_to_double(STR("-0.25"), &x) && x == -0.25);
    assert_true(str_to_double(STR("1e3"), &x) && x == 1000);
    assert_true(str_to_double(STR(".5"), &x) && x == 0.5);
    static const char *const bad[] = {"", " 1", "1 ", "1,5", "abc", "1x", "inf", "nan", "1e999", "--1", "\n1", "0.5 0.5"};
    x = 5;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(str_to_double(str_of(bad[i]), &x));
    assert_false(str_to_double(STR("1\0"), &x));
    static const char *const like_strtod[] = {"0", "-0", "-0.0", "+5", "5.", "-.75", "0.1", "0.3", "1.23457", "-123456.789012345", "999999999999999", "99999999999999.9",
                                               "0.000000000000001", "1234567890123456", "0.1234567890123456789", "00000000000000000000.5"};
    for (size_t i = 0; i < sizeof like_strtod / sizeof *like_strtod; i++) {
        double as = strtod(like_strtod[i], NULL);
        assert_true(str_to_double(str_of(like_strtod[i]), &x));
        assert_memory_equal(&x, &as, sizeof x); /* the sign of 0 as well */
    }
    x = 5;
    assert_false(str_to_double(STR("."), &x) || str_to_double(STR("-"), &x) || str_to_double(STR("1.2.3"), &x));
    assert_true(x == 5);
}

static void hashes_by_content_and_seed(void **state)
{
    (void)state;
    char copy[] = "harbour";
    assert_true(str_hash(STR("harbour"), 0) == str_hash((stance_str){copy, 7}, 0));
    assert_true(str_hash(STR("harbour"), 0) != str_hash(STR("harbour"), 1));
    assert_true(str_hash(NOTHING, 3) == str_hash(STR(""), 3));
    assert_true(str_hash(STR("a\0b"), 0) != str_hash(STR("a\0c"), 0));
    assert_true(str_hash64(NOTHING, 0) == 0xEF46DB3751D8E999u); /* the reference implementation's values */
    assert_true(str_hash64(STR("abc"), 0) == 0x44BC2CF5AD770999u);
}

static void buffers_grow_and_end_with_nul(void **state)
{
    (void)state;
    struct strbuf b = {0};
    assert_int_equal(strbuf_str(&b).len, 0);
    for (int i = 0; i < 20000; i++) strbuf_print(&b, "%d,", i % 10);
    strbuf_char(&b, '\0');
    strbuf_add(&b, STR("end"));
    assert_int_equal(b.len, 40004);
    assert_int_equal(b.ptr[b.len], 0);
    assert_memory_equal(b.ptr + 39996, "8,9,\0end", 8);
    strbuf_clear(&b);
    assert_int_equal(b.len, 0);
    strbuf_add(&b, NOTHING);
    assert_int_equal(strbuf_str(&b).len, 0);
    strbuf_free(&b);
    strbuf_free(&b);
}

static void a_failed_buffer_stays_failed_until_cleared(void **state)
{
    (void)state;
    struct strbuf b = {0};
    strbuf_add(&b, STR("kept"));
    volatile size_t too_much = SIZE_MAX - 2;
    strbuf_add(&b, (stance_str){"x", too_much});
    assert_true(b.failed);
    strbuf_add(&b, STR("lost"));
    assert_text(strbuf_str(&b), "kept");
    strbuf_empty(&b);
    assert_true(b.failed);
    assert_int_equal(b.len, 0);
    strbuf_clear(&b);
    strbuf_add(&b, STR("again"));
    assert_false(b.failed);
    assert_text(strbuf_str(&b), "again");
    strbuf_free(&b);
}

static void arrays_grow_or_stay(void **state)
{
    (void)state;
    void *array = NULL;
    size_t cap = 0;
    assert_true(array_reserve(&array, &cap, 0, 8));
    assert_true(array_reserve(&array, &cap, 1000, 8));
    assert_true(cap >= 1000);
    void *before = array;
    size_t cap_before = cap;
    assert_false(array_reserve(&array, &cap, SIZE_MAX, 8));
    assert_false(array_reserve(&array, &cap, SIZE_MAX / 4, 8));
    assert_ptr_equal(array, before);
    assert_int_equal(cap, cap_before);
    free(array);
}

static void counts_are_decimal_digits(void **state)
{
    (void)state;
    static const size_t numbers[] = {0, 1, 9, 10, 99, 100, 4294967296u, SIZE_MAX};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char expected[32];
        struct strbuf b = {0};
        snprintf(expected, sizeof expected, "n=%zu", numbers[i]);
        strbuf_add(&b, STR("n="));
        strbuf_count(&b, numbers[i]);
        assert_string_equal(b.ptr, expected);
        strbuf_free(&b);
    }
}

static void bytes_as_numbers(void **state)
{
    (void)state;
    char text[] = "AbZ[`{@z9";
    assert_true(eight_bytes(text) == few_bytes(text, 7) + ((uint64_t)(unsigned char)text[7] << 56));
    for (size_t n = 0; n < 8; n++) {
        uint64_t sum = 0;
        for (size_t i = 0; i < n; i++) sum |= (uint64_t)(unsigned char)text[i] << i * 8;
        assert_true(few_bytes(text, n) == sum);
        assert_true(str_eight((stance_str){text, n}, 0) == sum);
    }
    assert_int_equal(first_byte(bytes_that_are(eight_bytes(text), '{')), 5);
    for (unsigned c = 0; c < 256; c++)
        for (size_t at = 0; at < 8; at++) {
            char eight[8] = {0};
            eight[at] = (char)c;
            uint64_t bits = bytes_that_are_letters(eight_bytes(eight));
            bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            assert_true(letter ? bits == UINT64_C(0x80) << at * 8 && first_byte(bits) == at : bits == 0);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_as_numbers), cmocka_unit_test(counts_are_decimal_digits),
        cmocka_unit_test(compares_bytes),           cmocka_unit_test(starts_and_ends),            cmocka_unit_test(trims_ascii_blanks),
        cmocka_unit_test(finds_the_first),          cmocka_unit_test(splits_with_empty_fields),   cmocka_unit_test(whole_numbers_are_strict),
        cmocka_unit_test(decimal_numbers_are_strict), cmocka_unit_test(hashes_by_content_and_seed), cmocka_unit_test(buffers_grow_and_end_with_nul),
        cmocka_unit_test(a_failed_buffer_stays_failed_until_cleared), cmocka_unit_test(arrays_grow_or_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
