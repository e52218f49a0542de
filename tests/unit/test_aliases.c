/* SPDX-License-Identifier: MIT */
#include "test_store_help.h"

#include "store/aliases.h"

static void spellings_merge(void **state)
{
    (void)state;
    stance_error err = {0};
    stance_document d;
    stance_record r;
    const char *rows = put_text("rows.tsv", "#alias\tcanonical\tkind\tnote\nZelenskiy\tVolodymyr Zelensky\tperson\tm\nWHO\tWorld Health Organization\torganisation\t\n");
    stance_store *s = open_store(path_of("a.db"));
    begin_with(s, "m");
    put_tunnel(s, "a", "Volodymyr Zelensky");
    put_tunnel(s, "b", "ZELENSKIY");
    put_tunnel(s, "c", "Who");
    put_tunnel(s, "d", "WHO");
    assert_true(stance_store_settle(s, NULL));
    assert_true(stance_store_add_speakers(s, rows, &err));
    assert_true(stance_store_settle(s, NULL));
    assert_string_equal(dump(s, false), "a Volodymyr Zelensky skeptical\na Volodymyr Zelensky bullish\n"
                                        "b Volodymyr Zelensky skeptical copy\nb Volodymyr Zelensky bullish copy\nc Who skeptical\nc Who bullish\n"
                                        "d World Health Organization skeptical\nd World Health Organization bullish\n");
    assert_true(stance_store_override(s, "c:1", "speaker", STR("zelenskiy"), NULL)); /* corrections too are read through the rows */
    assert_true(stance_store_rewind(s, true, NULL));
    for (int i = 0; i < 8; i++) assert_true(stance_store_next(s, &d, &r, NULL) > 0);
    assert_str(r.speaker, "Volodymyr Zelensky");
    stance_store_free(s);
}

static void same_rows_change_nothing(void **state)
{
    (void)state;
    const char *rows = put_text("same.tsv", "Zelenskiy\tVolodymyr Zelensky\tperson\t\n");
    stance_document d;
    stance_record r;
    stance_store *s = open_store(path_of("same.db"));
    begin_with(s, "m");
    put_tunnel(s, "a", "Ada");
    for (int i = 0; i < 2; i++) {
        assert_true(stance_store_add_speakers(s, rows, NULL));
        assert_true(stance_store_rewind(s, false, NULL));
        assert_true(stance_store_next(s, &d, &r, NULL) == 2 && stance_store_next(s, &d, &r, NULL) == 1);
        assert_int_equal(r.first != 0, i); /* the second time the copies hold */
        assert_true(stance_store_settle(s, NULL));
    }
    put_text("same.tsv", "Zelenskiy\tZelensky\tperson\t\n");
    assert_true(stance_store_add_speakers(s, rows, NULL));
    assert_true(stance_store_rewind(s, false, NULL));
    assert_true(stance_store_next(s, &d, &r, NULL) == 2 && stance_store_next(s, &d, &r, NULL) == 1 && r.first == 0);
    stance_store_free(s);
}

static void bad_file(void **state)
{
    (void)state;
    stance_error err = {0};
    stance_store *s = open_store(path_of("bad.db"));
    assert_false(stance_store_add_speakers(s, path_of("nowhere"), &err));
    assert_false(stance_store_add_speakers(s, put_text("bad.tsv", "only one column\n"), &err));
    assert_has(err.text, "bad.tsv:1");
    stance_store_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(spellings_merge), cmocka_unit_test(same_rows_change_nothing), cmocka_unit_test(bad_file)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
