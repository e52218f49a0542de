/* SPDX-License-Identifier: MIT
 * container: what is written reads back; anything else is refused with a sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "learn/container.h"

static char path[64];

static void write_bytes(const void *bytes, size_t n)
{
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    if (n) assert_int_equal(fwrite(bytes, 1, n, out), n);
    assert_int_equal(fclose(out), 0);
}

static void sample(struct strbuf *out)
{
    const struct container_section sections[] = {{"one", "abc", 3}, {"empty", NULL, 0}, {"two", "0123456789abcdef", 16}};
    assert_true(container_pack("stance", sections, 3, out, NULL));
}

static void expect_refused(const char *why)
{
    stance_error err;
    struct container *c = container_open(path, "stance", &err);
    assert_null(c);
    assert_int_equal(err.code, STANCE_MODEL);
    if (why && !strstr(err.text, why)) fail_msg("'%s' does not say '%s'", err.text, why);
}

static void reads_back(void **state)
{
    (void)state;
    struct strbuf bytes = {0};
    size_t n;
    sample(&bytes);
    write_bytes(bytes.ptr, bytes.len);
    struct container *c = container_open(path, "stance", NULL);
    assert_non_null(c);
    assert_int_equal(container_find(c, "one").size, 3);
    assert_memory_equal(container_find(c, "two").data, "0123456789abcdef", 16);
    assert_int_equal(container_find(c, "empty").size, 0);
    assert_null(container_find(c, "three").data);
    assert_non_null(container_array(c, "two", 8, &n, NULL));
    assert_int_equal(n, 2);
    assert_null(container_array(c, "one", 8, &n, NULL));
    assert_int_equal(strlen(container_id(c)), 16);
    container_free(c);
    strbuf_free(&bytes);
}

static void refuses_every_truncation(void **state)
{
    (void)state;
    struct strbuf bytes = {0};
    sample(&bytes);
    for (size_t n = 0; n < bytes.len; n++) {
        write_bytes(bytes.ptr, n);
        expect_refused(n < 8 ? "not a stance model" : "truncated");
    }
    strbuf_free(&bytes);
}

static void refuses_every_flipped_bit(void **state)
{
    (void)state;
    struct strbuf bytes = {0};
    sample(&bytes);
    for (size_t bit = 0; bit < bytes.len * 8; bit++) {
        bytes.ptr[bit / 8] = (char)(bytes.ptr[bit / 8] ^ (1 << bit % 8));
        write_bytes(bytes.ptr, bytes.len);
        expect_refused(NULL);
        bytes.ptr[bit / 8] = (char)(bytes.ptr[bit / 8] ^ (1 << bit % 8));
    }
    strbuf_free(&bytes);
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    struct strbuf bytes = {0};
    sample(&bytes);
    write_bytes("hello, world", 12);
    expect_refused("not a stance model");
    bytes.ptr[8] = 9;
    write_bytes(bytes.ptr, bytes.len);
    expect_refused("too new (version 9, this program reads 2)");
    bytes.ptr[8] = 1;
    write_bytes(bytes.ptr, bytes.len);
    expect_refused("too old (version 1, this program reads 2)");
    bytes.ptr[8] = CONTAINER_VERSION;
    bytes.ptr[bytes.len - 1] ^= 1;
    write_bytes(bytes.ptr, bytes.len);
    expect_refused("damaged model (two)");
    bytes.ptr[bytes.len - 1] ^= 1;
    write_bytes(bytes.ptr, bytes.len);
    stance_error err;
    assert_null(container_open(path, "views", &err));
    assert_non_null(strstr(err.text, "another kind"));
    unlink(path);
    expect_refused("cannot be opened");
    strbuf_free(&bytes);
}

static void unwritable_place_is_an_error(void **state)
{
    (void)state;
    stance_error err;
    const struct container_section section = {"one", "abc", 3};
    assert_false(container_write("/nowhere/at/all.stance", "stance", &section, 1, &err));
    assert_int_equal(err.code, STANCE_OUTPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_back), cmocka_unit_test(refuses_every_truncation), cmocka_unit_test(refuses_every_flipped_bit),
        cmocka_unit_test(says_what_is_wrong), cmocka_unit_test(unwritable_place_is_an_error),
    };
    snprintf(path, sizeof path, "/tmp/stance-test-container-%ld", (long)getpid());
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
