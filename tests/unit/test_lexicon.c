/* SPDX-License-Identifier: MIT
 * lexicon: reading, replacing, phrases, writing back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "learn/lexicon.h"

static void reads_classes_and_phrases(void **state)
{
    (void)state;
    struct lexicon l = {0};
    assert_true(lexicon_add_text(
        &l, STR("#term\tscore\tclass\nterm\tscore\tclass\nGood\t1\tadj\nno\t0\tneg\nno doubt about\t2\tphrase\nbut\t\tcontrast\r\n"), "t", NULL));
    const struct lexicon_entry *good = lexicon_find(&l, STR("good")), *no = lexicon_find(&l, STR("no"));
    assert_non_null(good);
    assert_true(good->score == 1 && good->kind == LEXICON_SCORE && good->part == PART_JUDGEMENT);
    assert_int_equal(no->kind, LEXICON_NEG);
    assert_int_equal(no->longest, 3);
    assert_int_equal(lexicon_find(&l, STR("no doubt about"))->kind, LEXICON_SCORE);
    assert_int_equal(lexicon_find(&l, STR("no doubt about"))->part, PART_PHRASE);
    assert_int_equal(lexicon_find(&l, STR("but"))->kind, LEXICON_CONTRAST);
    assert_null(lexicon_find(&l, STR("no doubt")));
    lexicon_free(&l);
}

/* What is folded already is taken as it is; the rest is made the same. */
static void spelling_does_not_matter(void **state)
{
    (void)state;
    static const char *const given[] = {"no  doubt", "No Doubt", " no doubt ", "no doubt", "no \v doubt", "don\xE2\x80\x99t", "caf\xC3\x89"};
    static const char *const kept[] = {"no doubt", "no doubt", "no doubt", "no doubt", "no doubt", "don't", "caf\xC3\xA9"};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        struct lexicon l = {0};
        struct strbuf text = {0};
        strbuf_print(&text, "%s\t1\tADJ\n", given[i]);
        assert_true(lexicon_add_text(&l, strbuf_str(&text), "t", NULL));
        assert_non_null(lexicon_find(&l, str_of(kept[i])));
        assert_int_equal(lexicon_find(&l, str_of(kept[i]))->part, PART_JUDGEMENT);
        assert_int_equal(l.terms.n, strchr(kept[i], ' ') ? 2 : 1);
        strbuf_free(&text);
        lexicon_free(&l);
    }
}

static void later_rows_win(void **state)
{
    (void)state;
    struct lexicon l = {0};
    assert_true(lexicon_add_text(&l, STR("sick\t-1\tadj\n"), "a", NULL));
    assert_true(lexicon_add_text(&l, STR("sick\t2\tslang\n"), "b", NULL));
    assert_true(lexicon_find(&l, STR("sick"))->score == 2);
    lexicon_free(&l);
}

static void bad_number_names_file_and_line(void **state)
{
    (void)state;
    struct lexicon l = {0};
    stance_error err;
    assert_false(lexicon_add_text(&l, STR("good\t1\tadj\nbad\tx\tadj\n"), "mine.tsv", &err));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_non_null(strstr(err.text, "mine.tsv: line 2"));
    lexicon_free(&l);
}

static void missing_file_is_an_error(void **state)
{
    (void)state;
    struct lexicon l = {0};
    stance_error err;
    assert_false(lexicon_add_file(&l, "/nowhere/lexicon.tsv", &err));
    assert_int_equal(err.code, STANCE_INPUT);
    lexicon_free(&l);
}

static void written_text_reads_back(void **state)
{
    (void)state;
    struct lexicon l = {0}, again = {0};
    struct strbuf text = {0}, twice = {0};
    assert_true(lexicon_add_builtin(&l, NULL));
    lexicon_write(&l, &text);
    assert_true(lexicon_add_text(&again, strbuf_str(&text), "written", NULL));
    lexicon_write(&again, &twice);
    assert_int_equal(text.len, twice.len);
    assert_memory_equal(text.ptr, twice.ptr, text.len);
    strbuf_free(&text);
    strbuf_free(&twice);
    lexicon_free(&l);
    lexicon_free(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(spelling_does_not_matter),
                                       
        cmocka_unit_test(reads_classes_and_phrases),     cmocka_unit_test(later_rows_win),          cmocka_unit_test(bad_number_names_file_and_line),
        cmocka_unit_test(missing_file_is_an_error),      cmocka_unit_test(written_text_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
