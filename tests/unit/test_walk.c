/* SPDX-License-Identifier: MIT
 * Tests of walk: every regular file once, in the order of the full paths, whatever links and folders do. */
#define _XOPEN_SOURCE 700
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "io/walk.h"

static void make_dir(const char *name)
{
    assert_int_equal(mkdir(path_of(name), 0755), 0);
}

static void clear(void)
{
    remove_folder(NULL);
    assert_int_equal(mkdir(help_folder, 0755), 0);
}

/* The paths inside the folder, each with a blank behind it; failures as "!". */
static void list(const char *folder, struct strbuf *out)
{
    stance_error err;
    struct walk *w = walk_open(folder, &err);
    const char *path;
    size_t inside;
    assert_non_null(w);
    for (int got; (got = walk_next(w, &path, &inside, &err)) != 0;) {
        assert_non_null(path);
        strbuf_print(out, "%s%s ", got < 0 ? "!" : "", path + inside);
    }
    assert_int_equal(walk_next(w, &path, &inside, &err), 0);
    walk_free(w);
}

static void check(const char *expected)
{
    struct strbuf out = {0};
    list(help_folder, &out);
    assert_str(strbuf_str(&out), expected);
    strbuf_free(&out);
}

static void in_the_order_of_full_paths(void **state)
{
    (void)state;
    clear();
    check("");
    make_dir("b");
    make_dir("b/c");
    put_text("b/z", "");
    put_text("b/c/y", "");
    put_text("b.txt", ""); /* '.' sorts before '/' */
    put_text("b0", "");
    put_text("a", "");
    make_dir("empty");
    check("a b.txt b/c/y b/z b0 ");
}

static void with_and_without_the_last_slash(void **state)
{
    (void)state;
    struct strbuf plain = {0}, slash = {0};
    char path[96];
    clear();
    make_dir("d");
    put_text("d/x", "");
    snprintf(path, sizeof path, "%s/", help_folder);
    list(help_folder, &plain);
    list(path, &slash);
    assert_str(strbuf_str(&plain), "d/x ");
    assert_true(str_equal(strbuf_str(&plain), strbuf_str(&slash)));
    strbuf_free(&plain);
    strbuf_free(&slash);
}

static void hidden_names_and_odd_things_are_passed_over(void **state)
{
    (void)state;
    clear();
    put_text(".hidden", "");
    make_dir(".git");
    put_text(".git/x", "");
    assert_int_equal(mkfifo(path_of("pipe"), 0600), 0);
    assert_int_equal(symlink("nowhere", path_of("dangling")), 0);
    put_text("odd name \xFF\n", "");
    put_text("x", "");
    check("odd name \xFF\n x ");
}

static void links_are_followed_but_not_in_circles(void **state)
{
    (void)state;
    clear();
    make_dir("a");
    put_text("a/x", "");
    assert_int_equal(symlink("..", path_of("a/up")), 0);
    assert_int_equal(symlink(".", path_of("a/self")), 0);
    assert_int_equal(symlink("a", path_of("again")), 0);
    assert_int_equal(symlink("a/x", path_of("file")), 0);
    check("a/x file ");
}

/* Outside the tree, a folder is entered through its link, once. */
static void a_link_leads_out(void **state)
{
    (void)state;
    clear();
    make_dir("in");
    make_dir("out");
    put_text("out/x", "");
    assert_int_equal(symlink("../out", path_of("in/a")), 0);
    assert_int_equal(symlink("../out", path_of("in/b")), 0);
    struct strbuf out = {0};
    list(path_of("in"), &out);
    assert_str(strbuf_str(&out), "a/x ");
    strbuf_free(&out);
}

static void an_unreadable_folder_is_told_and_left(void **state)
{
    (void)state;
    if (geteuid() == 0) skip(); /* root reads everything */
    stance_error err = {0};
    const char *path;
    size_t inside;
    clear();
    make_dir("locked");
    put_text("z", "");
    chmod(path_of("locked"), 0);
    struct walk *w = walk_open(help_folder, &err);
    assert_int_equal(walk_next(w, &path, &inside, &err), -1);
    assert_string_equal(path + inside, "locked/");
    assert_has(err.text, "no permission to read this folder");
    assert_int_equal(walk_next(w, &path, &inside, &err), 1);
    assert_string_equal(path + inside, "z");
    walk_free(w);
}

static void a_folder_that_goes_away_is_told(void **state)
{
    (void)state;
    stance_error err = {0};
    const char *path;
    size_t inside;
    clear();
    make_dir("gone");
    put_text("a", "");
    put_text("z", "");
    struct walk *w = walk_open(help_folder, &err);
    assert_int_equal(walk_next(w, &path, &inside, &err), 1);
    assert_int_equal(rmdir(path_of("gone")), 0);
    assert_int_equal(walk_next(w, &path, &inside, &err), -1);
    assert_int_equal(err.code, STANCE_INPUT);
    assert_has(err.text, "gone");
    assert_int_equal(walk_next(w, &path, &inside, &err), 1);
    assert_string_equal(path + inside, "z");
    walk_free(w);
    w = walk_open(path_of("never there"), &err);
    assert_non_null(w);
    assert_int_equal(walk_next(w, &path, &inside, &err), -1);
    assert_int_equal(walk_next(w, &path, &inside, &err), 0);
    walk_free(w);
    walk_free(NULL);
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    struct strbuf path = {0}, out = {0};
    clear();
    strbuf_add(&path, str_of(help_folder));
    for (int i = 0; i < 270; i++) {
        strbuf_add(&path, STR("/d"));
        assert_int_equal(mkdir(path.ptr, 0755), 0);
    }
    put_text("z", "");
    list(help_folder, &out);
    assert_non_null(strchr(out.ptr, '!'));
    assert_true(str_ends(strbuf_str(&out), STR(" z "))); /* the walk goes on behind it */
    strbuf_free(&path);
    strbuf_free(&out);
}

static void folders_are_told(void **state)
{
    (void)state;
    clear();
    make_dir("d");
    put_text("f", "");
    assert_int_equal(symlink("d", path_of("l")), 0);
    assert_true(walk_is_folder(path_of("d")));
    assert_true(walk_is_folder(path_of("l")));
    assert_false(walk_is_folder(path_of("f")));
    assert_false(walk_is_folder(path_of("missing")));
    assert_false(walk_is_folder(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(in_the_order_of_full_paths), cmocka_unit_test(with_and_without_the_last_slash),
        cmocka_unit_test(hidden_names_and_odd_things_are_passed_over), cmocka_unit_test(links_are_followed_but_not_in_circles),
        cmocka_unit_test(a_link_leads_out), cmocka_unit_test(an_unreadable_folder_is_told_and_left),
        cmocka_unit_test(a_folder_that_goes_away_is_told), cmocka_unit_test(nesting_has_a_limit), cmocka_unit_test(folders_are_told),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
