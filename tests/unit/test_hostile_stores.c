/* SPDX-License-Identifier: MIT
 * test_hostile_stores: 5,000 damaged databases. 2,500 by accident (bytes changed, cut, moved); 2,500 by a hand that knows SQLite: values of any type
 * and size in any column, the schema's among them. Each is refused with a sentence and left as it was, or opens and gives UTF-8; half are written to. */
#include "test_store_help.h"

#include <sqlite3.h>

#include "text/unicode.h"

enum { ROUNDS = 2500 };
static uint64_t seed = 9;

static size_t below(size_t n)
{
    return help_below(&seed, n);
}

/* Small pages, so that damage falls on all of them; no log, which would be a file of its own. */
static const char *good_store(void)
{
    const char *path = path_of("good.db"), *speakers = put_text("speakers.tsv", "alias\tcanonical\tkind\tnote\nAda\tAda Obi\tperson\t\n");
    stance_store *s = open_store(path);
    begin_with(s, "m");
    put_tunnel(s, "a", "Ada");
    put_tunnel(s, "b", "Ben Roux");
    assert_true(stance_store_add_speakers(s, speakers, NULL));
    assert_true(stance_store_override(s, "a:1", "stance", STR("neutral"), NULL) && stance_store_override(s, "b:1", "span", STR("0-10"), NULL));
    assert_true(stance_store_settle(s, NULL));
    assert_true(database_run(s->database, "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM", NULL));
    stance_store_free(s);
    return path;
}

/* What is given out until the end or a failure, which has its sentence. */
static void read_to_the_end(stance_store *s, bool texts)
{
    stance_document d;
    stance_record r;
    stance_error err = {0};
    int got = stance_store_rewind(s, texts, &err) ? 1 : -1;
    while (got > 0 && (got = stance_store_next(s, &d, &r, &err)) > 0) {
        const stance_str texts_of[] = {r.speaker, r.text, r.target, r.stance, r.article, r.outlet, r.id, r.cue};
        for (size_t i = 0; got == 1 && i < sizeof texts_of / sizeof *texts_of; i++) assert_true(!texts_of[i].ptr || unicode_valid(texts_of[i]));
    }
    assert_true(got == 0 || err.text[0]);
}

/* True when it was refused. */
static bool refused(const char *path, bool write)
{
    stance_error err = {0};
    size_t n, after_n;
    char *before = get_bytes(path, &n);
    stance_store *s = stance_store_open(path, write, &err);
    if (s) {
        if (write) stance_store_override(s, "a:2", "stance", STR("neutral"), NULL);
        if (write) stance_store_settle(s, NULL);
        read_to_the_end(s, true);
        read_to_the_end(s, false);
        stance_store_free(s);
    } else {
        char *after = get_bytes(path, &after_n);
        assert_true(err.code == (write ? STANCE_OUTPUT : STANCE_INPUT) && err.text[0]);
        assert_true(n == after_n && memcmp(before, after, n) == 0);
        free(after);
    }
    free(before);
    return !s;
}

static void damage_does_no_harm(void **state)
{
    (void)state;
    size_t n, opened = 0;
    char *good = get_bytes(good_store(), &n), *bad = malloc(n);
    assert_non_null(bad);
    for (size_t i = 0; i < ROUNDS; i++) {
        size_t left = n, at = below(n), many = 1 + below(8);
        memcpy(bad, good, n);
        switch (i % 4) {
        case 0: bad[at] = (char)(bad[at] ^ (1 << below(8))); break;
        case 1: left = at; break;
        case 2: for (size_t k = 0; k < many; k++) bad[below(i % 8 == 2 ? 100 : n)] ^= (char)(1 + below(255)); break;
        default: memmove(bad + at, bad + at + 1, n - at - 1);
        }
        opened += !refused(put_bytes("bad.db", bad, left), i % 16 > 7);
    }
    print_message("%zu of %d damaged stores could be read\n", opened, ROUNDS);
    assert_true(opened < ROUNDS / 2);
    free(good);
    free(bad);
}

static void bind_anything(sqlite3_stmt *q)
{
    static const char *const texts[] = {"", "\xFF\xFE", "nan,,1e999", "a\nb", "CREATE VIEW document AS SELECT 1", "999999999999", "view", "\xED\xA0\x80"};
    static const sqlite3_int64 numbers[] = {0, -1, 1, 3, 128, 1 << 20, (sqlite3_int64)1 << 43, INT64_MAX, INT64_MIN};
    switch (below(5)) {
    case 0: sqlite3_bind_null(q, 1); break;
    case 1: sqlite3_bind_text(q, 1, texts[below(8)], -1, SQLITE_STATIC); break;
    case 2: sqlite3_bind_blob(q, 1, "\x81\xFF\x00\x7F\x80", 1 + (int)below(5), SQLITE_STATIC); break;
    case 3: sqlite3_bind_double(q, 1, below(2) ? 1e300 : -0.5); break;
    default: sqlite3_bind_int64(q, 1, numbers[below(9)]);
    }
}

/* One to three columns of any tables, in one row or in all. */
static void change_cells(const char *path)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *q = NULL;
    char sql[512];
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA writable_schema = ON; BEGIN", NULL, NULL, NULL);
    for (size_t k = 1 + below(3); k > 0; k--) {
        const char *all = "SELECT t.name, c.name FROM (SELECT name FROM sqlite_schema WHERE type = 'table' UNION SELECT 'sqlite_schema') t, pragma_table_info(t.name) c";
        size_t at = below(80);
        sql[0] = '\0';
        if (sqlite3_prepare_v2(db, all, -1, &q, NULL) != SQLITE_OK) break;
        for (size_t i = 0; sqlite3_step(q) == SQLITE_ROW && i <= at; i++)
            snprintf(sql, sizeof sql, "UPDATE OR IGNORE \"%s\" SET \"%s\" = ?1%s", sqlite3_column_text(q, 0), sqlite3_column_text(q, 1),
                     at % 3 ? " WHERE rowid = 1" : "");
        sqlite3_finalize(q);
        if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK) bind_anything(q), sqlite3_step(q);
        sqlite3_finalize(q);
    }
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    sqlite3_close(db);
}

static void malice_does_no_harm(void **state)
{
    (void)state;
    size_t n, opened = 0;
    char *good = get_bytes(good_store(), &n);
    for (size_t i = 0; i < ROUNDS; i++) {
        const char *path = put_bytes("bad.db", good, n);
        change_cells(path);
        opened += !refused(path, i % 2);
    }
    print_message("%zu of %d changed stores could be opened\n", opened, ROUNDS);
    free(good);
}

/* What else is in the file is not run: neither a trigger, nor a view that stands in the place of a table and never ends. */
static void nothing_foreign_runs(void **state)
{
    (void)state;
    static const char *const added[] = {
        "CREATE TRIGGER t AFTER UPDATE ON view BEGIN DELETE FROM document; END; CREATE TRIGGER u AFTER INSERT ON correction BEGIN DELETE FROM document; END",
        "DROP TABLE name; CREATE VIEW name AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id, 'x' AS text FROM n",
    };
    for (size_t i = 0; i < 2; i++) {
        const char *path = good_store();
        sqlite3 *db = NULL;
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, added[i], NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        stance_store *s = open_store(path);
        stance_error err = {0};
        if (i == 0) assert_true(stance_store_override(s, "a:2", "stance", STR("neutral"), NULL) && stance_store_settle(s, NULL));
        if (i == 0) assert_int_equal(count(s).documents, 2);
        if (i == 1) assert_true(!stance_store_rewind(s, true, &err) && err.text[0]);
        stance_store_free(s);
    }
}

/* In memory where it can be: a disk that syncs 5,000 times takes minutes. */
static int make_quick_folder(void **state)
{
    snprintf(help_folder, sizeof help_folder, "/dev/shm/stance-io-XXXXXX");
    return mkdtemp(help_folder) ? 0 : make_folder(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(damage_does_no_harm), cmocka_unit_test(malice_does_no_harm), cmocka_unit_test(nothing_foreign_runs)};
    return cmocka_run_group_tests(tests, make_quick_folder, remove_folder);
}
