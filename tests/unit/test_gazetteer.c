/* SPDX-License-Identifier: MIT
 * test_gazetteer: the built-in table, the user's file over it, and files that are wrong. */
#include "test_view_help.h"

#include <unistd.h>

static char path[64];

/* Writes a file and reads it into a language of its own. */
static bool read_text(stance_str text, struct gazetteer *g, stance_error *err)
{
    strcpy(path, "/tmp/stance-gazetteer-XXXXXX");
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text.ptr, text.len), (ssize_t)text.len);
    close(file);
    *g = (struct gazetteer){0};
    bool ok = gazetteer_read(g, path, err);
    unlink(path);
    return ok;
}

static void drop(struct gazetteer *g)
{
    arena_free(&g->memory);
    vocab_free(&g->aliases);
    free(g->rows);
}

static void built_in_names(void **state)
{
    (void)state;
    const struct gazetteer_row *row = gazetteer_find(&help_language.gazetteer, STR("Zelenskyy"));
    assert_non_null(row);
    assert_text(row->canonical, "Volodymyr Zelensky");
    assert_int_equal(row->kind, STANCE_PERSON);
    assert_int_equal(row->gender, 'm');
    assert_null(gazetteer_find(&help_language.gazetteer, STR("Qzxv Nobody")));
    assert_null(gazetteer_find(&help_language.gazetteer, STR("")));
    assert_null(gazetteer_find(&help_language.gazetteer, STR("Zelenskyy\0")));
}

static void case_and_accents_do_not_count(void **state)
{
    (void)state;
    struct gazetteer g;
    assert_true(read_text(STR("\xC3\x89lodie Brandt\t\xC3\x89lodie Brandt\tperson\tf, pilot\n"), &g, NULL));
    static const char *const spellings[] = {"\xC3\x89lodie Brandt", "Elodie Brandt", "ELODIE BRANDT", "\xC3\xA9lodie brandt"};
    for (size_t i = 0; i < 4; i++) {
        const struct gazetteer_row *row = gazetteer_find(&g, str_of(spellings[i]));
        assert_non_null(row);
        assert_int_equal(row->gender, 'f');
    }
    drop(&g);
}

static void headers_comments_and_windows_line_ends(void **state)
{
    (void)state;
    struct gazetteer g;
    assert_true(read_text(STR("alias\tcanonical\tkind\tnote\r\n# a comment\r\n\r\nNordbank\tNordbank AG\torganization\t\r\n"
                              "the pilots\tPilots' Union\tgroup\nOdd\tOdd One\tthing\tmale"),
                          &g, NULL));
    assert_null(gazetteer_find(&g, STR("alias")));
    assert_int_equal(g.aliases.n, 3);
    assert_text(gazetteer_find(&g, STR("nordbank"))->canonical, "Nordbank AG");
    assert_int_equal(gazetteer_find(&g, STR("nordbank"))->kind, STANCE_ORGANISATION);
    assert_int_equal(gazetteer_find(&g, STR("the pilots"))->kind, STANCE_GROUP);
    assert_int_equal(gazetteer_find(&g, STR("Odd"))->kind, STANCE_UNKNOWN);
    assert_int_equal(gazetteer_find(&g, STR("Odd"))->gender, 0); /* "male" is no mark of gender */
    drop(&g);
}

static void later_rows_win(void **state)
{
    (void)state;
    struct gazetteer g;
    assert_true(read_text(STR("Cole\tMary Cole\tperson\tf\ncole\tArthur Cole\tperson\tm\n"), &g, NULL));
    assert_text(gazetteer_find(&g, STR("Cole"))->canonical, "Arthur Cole");
    assert_int_equal(gazetteer_find(&g, STR("Cole"))->gender, 'm');
    drop(&g);
}

static void an_empty_canonical_name_is_the_alias(void **state)
{
    (void)state;
    struct gazetteer g;
    assert_true(read_text(STR("Nordbank\t\torganisation\t\n"), &g, NULL));
    assert_text(gazetteer_find(&g, STR("nordbank"))->canonical, "Nordbank");
    drop(&g);
    assert_true(read_text(STR(""), &g, NULL));
    assert_int_equal(g.aliases.n, 0);
    drop(&g);
}

static void wrong_files_are_refused_with_their_line(void **state)
{
    (void)state;
    static const char *const wrong[] = {"A\tB\tperson\t\njust one column\n", "A\tB\tperson\t\n\tB\tperson\n", "A\tB\tperson\t\nC\xFF\tB\n"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct gazetteer g;
        stance_error err = {0};
        assert_false(read_text(str_of(wrong[i]), &g, &err));
        assert_int_equal(err.code, STANCE_INPUT);
        assert_int_equal(err.offset, 2);
        assert_non_null(strstr(err.text, ":2:"));
        drop(&g);
    }
}

static void a_missing_file_is_named(void **state)
{
    (void)state;
    struct language l;
    stance_error err = {0};
    assert_false(language_load(&l, "/nowhere/speakers.tsv", &err));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_non_null(strstr(err.text, "/nowhere/speakers.tsv"));
    language_free(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(built_in_names), cmocka_unit_test(case_and_accents_do_not_count), cmocka_unit_test(headers_comments_and_windows_line_ends),
        cmocka_unit_test(later_rows_win), cmocka_unit_test(an_empty_canonical_name_is_the_alias), cmocka_unit_test(wrong_files_are_refused_with_their_line),
        cmocka_unit_test(a_missing_file_is_named),
    };
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
