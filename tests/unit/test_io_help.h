/* SPDX-License-Identifier: MIT
 * test_io_help: temporary files for the tests of src/io. */
#ifndef TEST_IO_HELP_H
#define TEST_IO_HELP_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cmocka.h>

#include "base/str.h"

/* Calls itself once per test program; the folder is removed at the end by remove_folder. */
static char help_folder[64];

static inline int make_folder(void **state)
{
    (void)state;
    snprintf(help_folder, sizeof help_folder, "/tmp/stance-io-XXXXXX");
    return mkdtemp(help_folder) ? 0 : -1;
}

static inline int remove_folder(void **state)
{
    char command[256];
    (void)state;
    snprintf(command, sizeof command, "chmod -R u+rwx %s; rm -rf %s", help_folder, help_folder);
    return system(command);
}

static inline const char *path_of(const char *name)
{
    static char paths[8][160];
    static unsigned next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", help_folder, name);
    return path;
}

static inline const char *put_bytes(const char *name, const void *bytes, size_t n)
{
    const char *path = path_of(name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    assert_int_equal(fclose(f), 0);
    return path;
}

static inline const char *put_text(const char *name, const char *text)
{
    return put_bytes(name, text, strlen(text));
}

static inline const char *put_gzip(const char *name, const void *bytes, size_t n, const char *mode)
{
    const char *path = path_of(name);
    gzFile f = gzopen(path, mode);
    assert_non_null(f);
    if (n) assert_int_equal(gzwrite(f, bytes, (unsigned)n), n);
    assert_int_equal(gzclose(f), Z_OK);
    return path;
}

/* The whole file, to be freed. */
static inline char *get_bytes(const char *path, size_t *n)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    *n = (size_t)st.st_size;
    char *bytes = malloc(*n + 1);
    FILE *f = fopen(path, "rb");
    assert_true(bytes && f && fread(bytes, 1, *n, f) == *n);
    fclose(f);
    return bytes;
}

/* A number below n (0 when n is 0), from a linear congruential generator (Knuth, MMIX). */
static inline size_t help_below(uint64_t *seed, size_t n)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return n ? (size_t)(*seed >> 33) % n : 0;
}

static inline void assert_str(stance_str s, const char *expected)
{
    if (!str_equal(s, str_of(expected))) {
        print_error("got      \"%.*s\"\nexpected \"%s\"\n", (int)s.len, s.ptr ? s.ptr : "(null)", expected);
        fail();
    }
}

static inline void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part)) {
        print_error("\"%s\" lacks \"%s\"\n", text, part);
        fail();
    }
}
#endif
