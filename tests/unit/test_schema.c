/* SPDX-License-Identifier: MIT */
#include "test_store_help.h"

/* Makes a file as an older version left it. */
static const char *file_of_version(int version)
{
    static char sql[16384], name[32];
    char path[256];
    snprintf(path, sizeof path, "tests/fixtures/store_%d.sql", version);
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    sql[fread(sql, 1, sizeof sql - 1, f)] = '\0';
    fclose(f);
    struct migration steps[8] = {{"SELECT 1"}, {"SELECT 1"}, {"SELECT 1"}, {"SELECT 1"}, {"SELECT 1"}, {"SELECT 1"}, {"SELECT 1"}, {"SELECT 1"}};
    assert_true(version <= 8);
    steps[version - 1].sql = sql;
    const struct database_kind kind = {schema_kind.application, "old store", steps, version};
    snprintf(name, sizeof name, "v%d.db", version);
    const char *made = path_of(name);
    stance_error err = {0};
    struct database *d = database_open(made, &kind, true, 100, &err);
    if (!d) print_error("%s\n", err.text);
    assert_non_null(d);
    database_close(d);
    return made;
}

static void every_version_is_read(void **state)
{
    (void)state;
    for (int version = 1; version <= schema_kind.version; version++) {
        char path[64];
        snprintf(path, sizeof path, "tests/fixtures/store_%d.sql", version);
        if (version == schema_kind.version && access(path, R_OK) != 0) continue; /* the present one is what all tests write */
        for (int write = 0; write < 2; write++) {
            stance_error err = {0};
            stance_store *s = stance_store_open(file_of_version(version), write, &err);
            if (!s) print_error("version %d: %s\n", version, err.text);
            assert_non_null(s);
            assert_string_equal(dump(s, true), "a Ada Obi neutral\na Ada Obi bullish\n");
            assert_string_equal(dump(s, false), "a Ada Obi neutral\na Ada Obi bullish\n");
            assert_int_equal(count(s).overrides, 1);
            stance_store_free(s);
            unlink(path_of(version == 1 ? "v1.db" : "v2.db"));
        }
    }
}

static void old_store_goes_on(void **state)
{
    (void)state;
    stance_store *s = open_store(file_of_version(1));
    begin_with(s, "m");
    put_tunnel(s, "b", "Ada Obi");
    assert_true(stance_store_settle(s, NULL));
    assert_int_equal(count(s).views, 4);
    assert_string_equal(dump(s, false), "a Ada Obi neutral\na Ada Obi bullish\nb Ada Obi skeptical\nb Ada Obi bullish copy\n");
    stance_store_free(s);
}

static void numbers_of_views(void **state)
{
    (void)state;
    int64_t view = schema_view(12345678901, 678);
    assert_true(schema_document(view) == 12345678901 && schema_number(view) == 678);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_version_is_read), cmocka_unit_test(old_store_goes_on), cmocka_unit_test(numbers_of_views)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
