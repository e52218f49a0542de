/* SPDX-License-Identifier: MIT
 * Tests of writer: whole or not at all, full disks, closed pipes, cells. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>

#include "io/file.h"
#include "io/writer.h"

static void assert_content(const char *path, const char *expected)
{
    char text[256] = "";
    size_t got;
    struct file *f = file_open(path, 0, NULL);
    assert_non_null(f);
    assert_true(file_read(f, text, sizeof text - 1, &got, NULL));
    text[got] = '\0';
    assert_string_equal(text, expected);
    file_close(f);
}

static size_t names_in_folder(void)
{
    size_t n = 0;
    DIR *d = opendir(help_folder);
    for (const struct dirent *e; (e = readdir(d));) n += e->d_name[0] != '.';
    closedir(d);
    return n;
}

static void whole_or_not_at_all(void **state)
{
    (void)state;
    const char *path = put_text("out", "old");
    chmod(path, 0640);
    struct writer *w = writer_open(path, NULL);
    assert_true(writer_write(w, STR("new"), NULL));
    assert_true(writer_flush(w, NULL));
    assert_content(path, "old");
    writer_free(w);
    assert_content(path, "old");
    assert_int_equal(names_in_folder(), 1);
    w = writer_open(path, NULL);
    assert_true(writer_write(w, STR("new"), NULL));
    assert_true(writer_finish(w, NULL));
    writer_free(w);
    assert_content(path, "new");
    assert_int_equal(names_in_folder(), 1);
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0640);
}

static void a_link_stays_a_link(void **state)
{
    (void)state;
    const char *target = put_text("target", "old"), *link = path_of("link");
    struct stat st;
    assert_int_equal(symlink(target, link), 0);
    struct writer *w = writer_open(link, NULL);
    assert_true(writer_write(w, STR("new"), NULL) && writer_finish(w, NULL));
    writer_free(w);
    assert_int_equal(lstat(link, &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_content(target, "new");
}

static void packed(void **state)
{
    (void)state;
    const char *path = path_of("out.gz");
    struct writer *w = writer_open(path, NULL);
    char *big = malloc(200001);
    memset(big, 'y', 200000);
    big[200000] = 'z';
    assert_true(writer_write(w, (stance_str){big, 200001}, NULL) && writer_finish(w, NULL));
    writer_free(w);
    struct file *f = file_open(path, 0, NULL);
    size_t got = 1, all = 0;
    char chunk[5000] = "", last = 0;
    for (; file_read(f, chunk, sizeof chunk, &got, NULL) && got; all += got) last = chunk[got - 1];
    assert_int_equal(all, 200001);
    assert_int_equal(last, 'z');
    file_close(f);
    free(big);
}

static void no_room(void **state)
{
    (void)state;
    stance_error err = {0};
    struct writer *w = writer_open("/dev/full", &err);
    assert_non_null(w);
    assert_true(writer_write(w, STR("x"), &err));
    assert_false(writer_finish(w, &err));
    assert_int_equal(err.code, STANCE_OUTPUT);
    assert_has(err.text, "/dev/full: cannot be written: No space left on device; make room");
    assert_false(writer_write(w, STR("x"), &err));
    assert_false(writer_closed(w));
    writer_free(w);
}

static void bad_places(void **state)
{
    (void)state;
    stance_error err = {0};
    assert_null(writer_open(path_of("no/such/folder/out"), &err));
    assert_has(err.text, "make the folder first");
    assert_null(writer_open(help_folder, &err));
    assert_has(err.text, "name a file in it");
    assert_int_equal(err.code, STANCE_OUTPUT);
}

static void a_closed_pipe_is_known(void **state)
{
    (void)state;
    int pipes[2], old = dup(STDOUT_FILENO);
    stance_error err = {0};
    signal(SIGPIPE, SIG_IGN);
    fflush(stdout);
    assert_int_equal(pipe(pipes), 0);
    dup2(pipes[1], STDOUT_FILENO);
    close(pipes[1]);
    struct writer *w = writer_open("-", NULL);
    close(pipes[0]);
    assert_true(writer_write(w, STR("x"), &err));
    bool ok = writer_flush(w, &err);
    dup2(old, STDOUT_FILENO);
    close(old);
    assert_false(ok);
    assert_true(writer_closed(w));
    writer_free(w);
}

static void check_cell(struct cell_style style, stance_str text, const char *expected)
{
    struct strbuf out = {0};
    cell_put(&out, style, true, text);
    assert_str(strbuf_str(&out), expected);
    strbuf_free(&out);
}

static void cells(void **state)
{
    (void)state;
    const struct cell_style csv = {',', false}, tsv = {'\t', false}, excel = {',', true};
    check_cell(csv, (stance_str){NULL, 0}, "");
    check_cell(csv, STR(""), "");
    check_cell(csv, STR("a\tb"), "a\tb");
    check_cell(tsv, STR("a\tb"), "\"a\tb\"");
    check_cell(csv, STR("a,\"b\"\n"), "\"a,\"\"b\"\"\n\"");
    check_cell(csv, STR("\""), "\"\"\"\"");
    check_cell(csv, STR(" x"), "\" x\"");
    check_cell(csv, STR("=1+1"), "=1+1");
    check_cell(excel, STR("=1+1"), "'=1+1");
    check_cell(excel, STR("@x,y"), "\"'@x,y\"");
    check_cell(excel, STR("-5.3"), "-5.3");
    check_cell(excel, STR("-"), "'-");
    check_cell(excel, STR("+1 555"), "'+1 555");
    struct strbuf out = {0};
    cell_put(&out, csv, true, STR("a"));
    cell_put(&out, csv, false, STR("b"));
    cell_end_row(&out);
    assert_str(strbuf_str(&out), "a,b\n");
    strbuf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_or_not_at_all), cmocka_unit_test(a_link_stays_a_link), cmocka_unit_test(packed), cmocka_unit_test(no_room),
        cmocka_unit_test(bad_places), cmocka_unit_test(a_closed_pipe_is_known), cmocka_unit_test(cells),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
