/* SPDX-License-Identifier: MIT
 * Tests of file and lines: bytes from anywhere, cut into lines and objects. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include <pthread.h>
#include <fcntl.h>

#include "io/file.h"
#include "io/lines.h"

static size_t read_all(const char *path, struct strbuf *out, stance_error *err)
{
    char chunk[777];
    size_t got = 1;
    struct file *f = file_open(path, 0, err);
    if (!f) return SIZE_MAX;
    bool ok = true;
    while (ok && got) {
        ok = file_read(f, chunk, sizeof chunk, &got, err);
        if (ok) strbuf_add(out, (stance_str){chunk, got});
    }
    file_close(f);
    return ok ? out->len : SIZE_MAX;
}

static void plain_empty_and_one_byte(void **state)
{
    (void)state;
    struct strbuf out = {0};
    stance_error err = {0};
    assert_int_equal(read_all(put_text("plain", "hello\r\n"), &out, &err), 7);
    strbuf_clear(&out);
    assert_int_equal(read_all(put_text("empty", ""), &out, &err), 0);
    assert_int_equal(read_all(put_text("one", "x"), &out, &err), 1);
    assert_str(strbuf_str(&out), "x");
    strbuf_clear(&out);
    assert_int_equal(read_all(put_bytes("one1f", "\x1f", 1), &out, &err), 1);
    strbuf_free(&out);
}

/* Packed bytes are counted, for they are what lies on disk. */
static void bytes_as_on_disk(void **state)
{
    (void)state;
    static char text[50000];
    struct strbuf out = {0};
    struct stat st;
    memset(text, 'x', sizeof text);
    const char *path = put_gzip("packed.gz", text, sizeof text, "wb9");
    struct file *f = file_open(path, 0, NULL);
    assert_true(file_read_all(f, SIZE_MAX, &out, NULL) && stat(path, &st) == 0);
    assert_int_equal(out.len, sizeof text);
    assert_int_equal(file_bytes(f), st.st_size);
    file_close(f);
    strbuf_free(&out);
}

static void errors_say_what_to_do(void **state)
{
    (void)state;
    stance_error err = {0};
    assert_null(file_open(path_of("missing"), 0, &err));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_has(err.text, "missing: there is no such file; check the path");
    assert_null(file_open(help_folder, 0, &err));
    assert_has(err.text, "is a folder");
    assert_null(file_open(put_text("fake.gz", "not gzip"), 0, &err));
    assert_has(err.text, "holds no gzip data");
    const char *locked = put_text("locked", "x");
    chmod(locked, 0);
    if (geteuid() != 0) {
        assert_null(file_open(locked, 0, &err));
        assert_has(err.text, "no permission");
    }
}

static void gzip_members_truncation_damage(void **state)
{
    (void)state;
    struct strbuf out = {0};
    stance_error err = {0};
    put_gzip("two.gz", "first ", 6, "wb");
    const char *path = put_gzip("two.gz", "second", 6, "ab");
    assert_int_equal(read_all(path, &out, &err), 12);
    assert_str(strbuf_str(&out), "first second");

    char noise[30000], packed[40000];
    unsigned seed = 7;
    for (size_t i = 0; i < sizeof noise; i++) noise[i] = (char)("abcdefghij\n"[(seed = seed * 1103515245u + 12345u) >> 16 & 7]);
    path = put_gzip("cut.gz", noise, sizeof noise, "wb");
    FILE *f = fopen(path, "rb");
    size_t n = fread(packed, 1, sizeof packed, f);
    fclose(f);
    put_bytes("cut.gz", packed, n / 2);
    strbuf_clear(&out);
    assert_int_equal(read_all(path_of("cut.gz"), &out, &err), SIZE_MAX);
    assert_has(err.text, "cut off");
    memset(packed + n / 2, 'x', 60);
    put_bytes("bad.gz", packed, n);
    assert_int_equal(read_all(path_of("bad.gz"), &out, &err), SIZE_MAX);
    assert_has(err.text, "bad.gz: the gzip data is damaged");
    strbuf_free(&out);
}

static void a_zip_bomb_is_refused(void **state)
{
    (void)state;
    stance_error err = {0};
    char zeros[65536] = {0};
    size_t got, total = 0;
    gzFile z = gzopen(path_of("bomb.gz"), "wb9");
    for (int i = 0; i < 3200; i++) gzwrite(z, zeros, sizeof zeros);
    gzclose(z);
    struct file *f = file_open(path_of("bomb.gz"), 0, &err);
    while (file_read(f, zeros, sizeof zeros, &got, &err) && got) total += got;
    assert_has(err.text, "zip bomb");
    assert_true(total < (size_t)100 << 20);
    file_close(f);
    f = file_open(path_of("bomb.gz"), 1000000, &err);
    while (file_read(f, zeros, sizeof zeros, &got, &err) && got) {}
    assert_has(err.text, "more than 1000000 bytes");
    file_close(f);
}

static void *drip(void *to)
{
    const char text[] = "\x1f\n\"quoted\"";
    for (size_t i = 0; i + 1 < sizeof text; i++) {
        assert_int_equal(write(*(int *)to, text + i, 1), 1);
        usleep(1000);
    }
    close(*(int *)to);
    return NULL;
}

static void a_slow_pipe_on_stdin(void **state)
{
    (void)state;
    int pipes[2], old = dup(STDIN_FILENO);
    pthread_t thread;
    struct strbuf out = {0};
    stance_error err = {0};
    assert_int_equal(pipe(pipes), 0);
    dup2(pipes[0], STDIN_FILENO);
    close(pipes[0]);
    pthread_create(&thread, NULL, drip, &pipes[1]);
    assert_int_equal(read_all("-", &out, &err), 10);
    pthread_join(thread, NULL);
    dup2(old, STDIN_FILENO);
    close(old);
    strbuf_free(&out);
}

static void peek_takes_nothing(void **state)
{
    (void)state;
    stance_error err = {0};
    stance_str head;
    char chunk[64];
    size_t got;
    struct file *f = file_open(put_text("peek", "abcdef"), 0, &err);
    assert_true(file_peek(f, 2, &head, &err));
    assert_true(head.len >= 2 && head.ptr[0] == 'a');
    assert_true(file_read(f, chunk, 3, &got, &err));
    assert_int_equal(got, 3);
    assert_true(file_peek(f, FILE_PEEK, &head, &err));
    assert_str(head, "def");
    assert_true(file_read(f, chunk, sizeof chunk, &got, &err));
    assert_int_equal(got, 3);
    file_close(f);
}

static void lines_of_all_kinds(void **state)
{
    (void)state;
    stance_error err = {0};
    stance_str line;
    struct lines l;
    struct file *f = file_open(put_text("lines", "\xEF\xBB\xBFone\r\n\ntoo long for it\nlast"), 0, &err);
    lines_init(&l, f, 8);
    assert_int_equal(lines_next(&l, &line, &err), 1);
    assert_str(line, "one");
    assert_int_equal(lines_next(&l, &line, &err), 1);
    assert_int_equal(line.len, 0);
    assert_int_equal(lines_next(&l, &line, &err), -1);
    assert_has(err.text, "line 3: longer than 8 bytes");
    assert_false(l.broken);
    assert_int_equal(lines_next(&l, &line, &err), 1);
    assert_str(line, "last");
    assert_int_equal(l.line, 4);
    assert_int_equal(lines_next(&l, &line, &err), 0);
    assert_int_equal(lines_next(&l, &line, &err), 0);
    lines_free(&l);
    file_close(f);
}

static void a_line_over_many_chunks(void **state)
{
    (void)state;
    enum { BIG = 3000000 };
    stance_error err = {0};
    stance_str line;
    struct lines l;
    char *big = malloc(BIG);
    memset(big, 'x', BIG);
    big[BIG - 3] = '\n';
    struct file *f = file_open(put_bytes("big", big, BIG), 0, &err);
    lines_init(&l, f, BIG);
    assert_int_equal(lines_next(&l, &line, &err), 1);
    assert_int_equal(line.len, BIG - 3);
    assert_int_equal(lines_next(&l, &line, &err), 1);
    assert_int_equal(line.len, 2);
    lines_free(&l);
    file_close(f);
    f = file_open(path_of("big"), 0, &err);
    lines_init(&l, f, 1000);
    assert_int_equal(lines_next(&l, &line, &err), -1);
    assert_int_equal(lines_next(&l, &line, &err), 1);
    assert_int_equal(l.line, 2);
    assert_true(l.cap < 400000);
    lines_free(&l);
    file_close(f);
    free(big);
}

static void objects_over_lines(void **state)
{
    (void)state;
    stance_error err = {0};
    stance_str object;
    struct lines l;
    struct file *f = file_open(put_text("objects", "[\n {\"a\": \"}\\\"{\"},\n {\n\"b\": {}}\n]\n{\"c\":1} x"), 0, &err);
    lines_init(&l, f, 1000);
    assert_int_equal(lines_next_object(&l, &object, &err), 1);
    assert_str(object, "{\"a\": \"}\\\"{\"}");
    assert_int_equal(l.line, 2);
    assert_int_equal(lines_next_object(&l, &object, &err), 1);
    assert_str(object, "{\n\"b\": {}}");
    assert_int_equal(l.line, 3);
    assert_int_equal(lines_next_object(&l, &object, &err), 1);
    assert_int_equal(l.line, 6);
    assert_int_equal(lines_next_object(&l, &object, &err), -1);
    assert_has(err.text, "line 6: here begins something other");
    assert_int_equal(lines_next_object(&l, &object, &err), 0);
    lines_free(&l);
    file_close(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_empty_and_one_byte), cmocka_unit_test(bytes_as_on_disk), cmocka_unit_test(errors_say_what_to_do),
        cmocka_unit_test(gzip_members_truncation_damage), cmocka_unit_test(a_zip_bomb_is_refused),
        cmocka_unit_test(a_slow_pipe_on_stdin), cmocka_unit_test(peek_takes_nothing), cmocka_unit_test(lines_of_all_kinds),
        cmocka_unit_test(a_line_over_many_chunks), cmocka_unit_test(objects_over_lines),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
