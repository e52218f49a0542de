/* SPDX-License-Identifier: MIT */
#include "test_io_help.h"

#include "store/database.h"

static const struct migration steps[] = {
    {"CREATE TABLE one(id INTEGER PRIMARY KEY, text TEXT); INSERT INTO one VALUES(1, 'first')"},
    {"CREATE TABLE two(id INTEGER PRIMARY KEY); INSERT INTO two SELECT id FROM one"},
    {"INSERT INTO two VALUES(7); CREATE TABLE one(id)"}, /* fails: the table is there */
};
static const struct database_kind first = {42, "file of tests", steps, 1}, second = {42, "file of tests", steps, 2}, failing = {42, "file of tests", steps, 3},
                                  other = {43, "file of others", steps, 2};

static size_t file_bytes_of(const char *path, char *to, size_t cap)
{
    FILE *f = fopen(path, "rb");
    size_t n = f ? fread(to, 1, cap, f) : 0;
    if (f) fclose(f);
    return n;
}

static struct database *opened(const char *path, const struct database_kind *kind, bool write)
{
    stance_error err = {0};
    struct database *d = database_open(path, kind, write, 100, &err);
    if (!d) print_error("%s\n", err.text);
    assert_non_null(d);
    return d;
}

static int64_t number_of(struct database *d, const char *sql)
{
    struct statement *s = statement_new(d, sql, NULL);
    assert_non_null(s);
    assert_int_equal(statement_step(s, NULL), 1);
    int64_t n = column_number(s, 0);
    statement_free(s);
    return n;
}

/* Refused with these words, and not a byte of it changed. */
static void refused(const char *path, const struct database_kind *kind, bool write, const char *words)
{
    static char before[1 << 20], after[1 << 20];
    stance_error err = {0};
    size_t n = file_bytes_of(path, before, sizeof before);
    assert_null(database_open(path, kind, write, 50, &err));
    assert_has(err.text, words);
    assert_has(err.text, path);
    assert_int_equal(err.code, write ? STANCE_OUTPUT : STANCE_INPUT);
    assert_int_equal(file_bytes_of(path, after, sizeof after), n);
    assert_memory_equal(before, after, n);
}

static void made_and_migrated(void **state)
{
    (void)state;
    const char *path = path_of("m.db");
    database_close(opened(path, &first, true));
    struct database *d = opened(path, &first, false);
    assert_int_equal(number_of(d, "PRAGMA user_version"), 1);
    database_close(d);
    d = opened(path, &second, false); /* a reader brings it up to date too */
    assert_int_equal(number_of(d, "PRAGMA user_version"), 2);
    assert_int_equal(number_of(d, "SELECT count(*) FROM two"), 1);
    database_close(d);
    assert_true(database_is(path));
}

static void failed_migration_is_taken_back(void **state)
{
    (void)state;
    const char *path = path_of("f.db");
    stance_error err = {0};
    database_close(opened(path, &second, true));
    assert_null(database_open(path, &failing, true, 50, &err));
    struct database *d = opened(path, &second, true);
    assert_int_equal(number_of(d, "PRAGMA user_version"), 2);
    assert_int_equal(number_of(d, "SELECT count(*) FROM two"), 1);
    database_close(d);
}

static void not_ours(void **state)
{
    (void)state;
    refused(put_text("news.csv", "id,text\n1,hello\n"), &first, true, "is no file of tests");
    refused(path_of("news.csv"), &first, false, "is no file of tests");
    refused(put_text("empty", ""), &first, false, "is no file of tests");
    database_close(opened(path_of("theirs.db"), &other, true));
    refused(path_of("theirs.db"), &first, true, "is no file of tests");
    refused(path_of("theirs.db"), &first, false, "is no file of tests");
    assert_false(database_is(path_of("news.csv")) || database_is(path_of("nowhere")) || database_is("-"));
    stance_error err = {0};
    assert_null(database_open(path_of("nowhere"), &first, false, 50, &err));
    assert_has(err.text, "no such file");
    assert_int_equal(access(path_of("nowhere"), F_OK), -1);
    assert_null(database_open(path_of("no/such/folder.db"), &first, true, 50, &err));
    assert_int_equal(err.code, STANCE_OUTPUT);
    database_close(opened(put_text("void", ""), &first, true)); /* an empty file is as good as none */
}

static void too_new(void **state)
{
    (void)state;
    database_close(opened(path_of("new.db"), &second, true));
    refused(path_of("new.db"), &first, true, "newer stance");
    refused(path_of("new.db"), &first, false, "newer stance");
}

/* At every place of a small file: cut off, or a byte of a page overwritten. What opens must be as it was. */
static void damaged(void **state)
{
    (void)state;
    static char bytes[1 << 20];
    const char *whole = path_of("whole.db"), *path = path_of("hurt.db");
    struct database *d = opened(whole, &first, true);
    for (int i = 0; i < 200; i++) assert_true(database_run(d, "INSERT INTO one(text) VALUES('some words to fill a page or two of the file')", NULL));
    assert_true(database_run(d, "PRAGMA wal_checkpoint(TRUNCATE)", NULL));
    database_close(d);
    size_t n = file_bytes_of(whole, bytes, sizeof bytes);
    assert_true(n > 8192);
    const size_t cuts[] = {20, 99, 100, 4096, n - 4096, n - 1};
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        put_bytes("hurt.db", bytes, cuts[i]);
        refused(path, &first, true, "damaged");
        refused(path, &first, false, "damaged");
    }
    memset(bytes + n - 4096, 0xA5, 512);
    put_bytes("hurt.db", bytes, n);
    refused(path, &first, false, "damaged");
    refused(path, &first, true, "damaged");
}

static void locked(void **state)
{
    (void)state;
    const char *path = path_of("locked.db");
    struct database *writer = opened(path, &first, true), *second_writer = opened(path, &first, true), *reader = opened(path, &first, false);
    stance_error err = {0};
    assert_true(database_run(writer, "BEGIN IMMEDIATE; INSERT INTO one VALUES(2, 'second')", NULL));
    assert_true(database_busy(writer));
    assert_false(database_run(second_writer, "BEGIN IMMEDIATE", &err));
    assert_has(err.text, "locked");
    assert_int_equal(number_of(reader, "SELECT count(*) FROM one"), 1); /* readers do not wait */
    assert_true(database_run(writer, "COMMIT", NULL));
    assert_int_equal(number_of(reader, "SELECT count(*) FROM one"), 2);
    database_close(reader);
    database_close(second_writer);
    database_close(writer);
}

static void values_come_back(void **state)
{
    (void)state;
    struct database *d = opened(path_of("v.db"), &first, true);
    struct statement *s = statement_new(d, "SELECT ?1, ?2, ?3, ?4, ?5, ?6", NULL);
    bind_text(s, 1, (stance_str){"a\0b", 3});
    bind_text(s, 2, (stance_str){NULL, 0});
    bind_number(s, 3, INT64_MIN);
    bind_position(s, 4, STANCE_NONE);
    bind_real(s, 5, 0.25);
    bind_text(s, 6, STR(""));
    assert_int_equal(statement_step(s, NULL), 1);
    assert_int_equal(column_text(s, 0).len, 3);
    assert_null(column_text(s, 1).ptr);
    assert_true(column_number(s, 2) == INT64_MIN);
    assert_true(column_position(s, 3) == STANCE_NONE && column_real(s, 3) != column_real(s, 3));
    assert_true(column_real(s, 4) == 0.25);
    assert_true(column_text(s, 5).ptr && column_text(s, 5).len == 0);
    assert_int_equal(statement_step(s, NULL), 0);
    bind_number(s, 9, 1); /* no such parameter: told by the next step */
    assert_false(statement_run(s, NULL));
    statement_free(s);
    assert_null(statement_new(d, "SELECT nonsense", NULL));
    database_close(d);
}

/* Killed while the file was made: SQLite takes back what the journal says was not finished, and the file is begun anew, as ours. */
static void making_that_was_cut_short(void **state)
{
    (void)state;
    const char *path = path_of("cut.db");
    static char bytes[1 << 16];
    database_close(opened(path, &second, true));
    size_t n = file_bytes_of(path, bytes, sizeof bytes);
    unsigned char journal[512] = {0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7}; /* no page saved, none there at the beginning */
    journal[22] = 2;                                                              /* sectors of 512 bytes */
    journal[26] = 0x10;                                                           /* pages of 4096 */
    put_bytes("cut.db-journal", journal, sizeof journal);
    bytes[18] = bytes[19] = 1; /* not in the mode that has a log */
    put_bytes("cut.db", bytes, n);
    database_close(opened(path, &second, true));
    struct database *d = opened(path, &second, false);
    assert_int_equal(number_of(d, "SELECT count(*) FROM two"), 1);
    assert_int_equal(number_of(d, "PRAGMA application_id"), 42);
    database_close(d);
    assert_int_equal(access(path_of("cut.db-journal"), F_OK), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(made_and_migrated), cmocka_unit_test(failed_migration_is_taken_back), cmocka_unit_test(not_ours), cmocka_unit_test(too_new),
        cmocka_unit_test(damaged),           cmocka_unit_test(locked),                         cmocka_unit_test(values_come_back),
        cmocka_unit_test(making_that_was_cut_short),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
