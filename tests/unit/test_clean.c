/* SPDX-License-Identifier: MIT
 * test_clean: the way back to the raw text, for every byte; what is dropped is shown in tests/corpus/clean.txt. */
#include "test_text_help.h"

#include "text/clean.h"

static bool covers(const struct cleaned *c, size_t i, size_t *end)
{
    *end = i + 1 < c->pieces_n ? c->pieces[i + 1].start : c->text.len;
    return *end > c->pieces[i].start;
}

/* Pieces rise in both texts, and a copied one is the same bytes at both ends of the map. */
static void check_pieces(stance_str raw, const struct cleaned *c, const char *name)
{
    size_t behind = 0;
    for (size_t i = 0; i < c->pieces_n; i++) {
        const struct clean_piece *p = &c->pieces[i];
        size_t end;
        if (p->raw < behind) fail_msg("%s: piece %zu goes back to raw byte %u", name, i, p->raw);
        behind = (size_t)p->raw + p->raw_len;
        assert_true(behind <= raw.len);
        if (!covers(c, i, &end)) continue;
        stance_str mine = str_slice(c->text, p->start, end), theirs = str_slice(raw, p->raw, behind);
        if (str_equal(mine, theirs))
            for (size_t at = p->start; at < end; at++) {
                assert_int_equal(raw.ptr[clean_raw_start(c, at)], c->text.ptr[at]);
                assert_int_equal(clean_raw_start(c, at) + 1, clean_raw_end(c, at + 1));
            }
        else assert_true(mine.len <= 4); /* a blank, a line end, a character undone */
    }
}

static void check_positions(stance_str raw, const struct cleaned *c)
{
    size_t last = 0;
    for (size_t at = 0; at < c->text.len; at++) {
        size_t start = clean_raw_start(c, at), end = clean_raw_end(c, at + 1);
        assert_true(start >= last && start <= raw.len && end <= raw.len);
        if (c->text.ptr[at] != '\n') assert_true(end > start);
        last = start;
    }
}

static void check_paragraphs(const struct cleaned *c)
{
    size_t at = 0;
    for (size_t i = 0; i < c->n; i++) {
        const struct paragraph *p = &c->paragraphs[i];
        assert_true(p->start >= at && p->end > p->start && p->end < c->text.len);
        assert_int_equal(c->text.ptr[p->end], '\n');
        stance_str text = str_slice(c->text, p->start, p->end);
        assert_null(memchr(text.ptr, '\n', text.len));
        assert_null(memchr(text.ptr, '\t', text.len));
        assert_null(memchr(text.ptr, '\r', text.len));
        at = p->end + 1u;
    }
}

static void check(stance_str raw, const char *name)
{
    struct arena arena = ARENA_EMPTY;
    struct cleaned c;
    assert_true(clean_text(raw, &arena, &c, NULL));
    assert_true(unicode_valid(c.text));
    check_pieces(raw, &c, name);
    check_positions(raw, &c);
    check_paragraphs(&c);
    arena_free(&arena);
}

static void maps_every_byte_of_the_articles(void **state)
{
    (void)state;
    assert_true(help_each_article(check) >= 14);
}

static void maps_every_byte_of_noise(void **state)
{
    (void)state;
    uint64_t seed = 31;
    for (int i = 0; i < 400; i++) {
        struct strbuf text = {0};
        help_noise(&seed, help_below(&seed, 100), &text);
        check(strbuf_str(&text), "noise");
        strbuf_free(&text);
    }
}

static uint64_t mutation_seed = 77;
static void check_mutated(stance_str raw, const char *name)
{
    for (int i = 0; i < 8; i++) {
        struct strbuf text = {0};
        help_mutate(&mutation_seed, raw, 60, &text);
        check(strbuf_str(&text), name);
        strbuf_free(&text);
    }
}

static void maps_every_byte_of_mutated_articles(void **state)
{
    (void)state;
    help_each_article(check_mutated);
}

static void nothing_in_nothing_out(void **state)
{
    (void)state;
    struct arena arena = ARENA_EMPTY;
    struct cleaned c;
    static const char *const blank[] = {"", " ", "\n", "\r\n\r\n", " \t\n  \n"};
    for (size_t i = 0; i < sizeof blank / sizeof *blank; i++) {
        assert_true(clean_text(str_of(blank[i]), &arena, &c, NULL));
        assert_int_equal(c.n, 0);
        assert_int_equal(c.text.len, 0);
        assert_int_equal(clean_raw_start(&c, 0), 0);
        assert_int_equal(clean_raw_end(&c, 0), 0);
    }
    assert_true(clean_text((stance_str){NULL, 0}, &arena, &c, NULL));
    assert_true(clean_text(STR("\0\0\0"), &arena, &c, NULL));
    assert_int_equal(c.n, 0);
    arena_free(&arena);
}

static void nul_bytes_vanish_and_the_rest_keeps_its_place(void **state)
{
    (void)state;
    struct arena arena = ARENA_EMPTY;
    struct cleaned c;
    assert_true(clean_text(STR("It \0rained\0 here."), &arena, &c, NULL));
    assert_text(c.text, "It rained here.\n");
    assert_int_equal(clean_raw_start(&c, 3), 4);
    assert_int_equal(clean_raw_end(&c, 9), 10);
    arena_free(&arena);
}

static void a_character_undone_maps_to_all_its_raw_bytes(void **state)
{
    (void)state;
    struct arena arena = ARENA_EMPTY;
    struct cleaned c;
    assert_true(clean_text(STR("a&rsquo;b \xC3\xA2\xE2\x82\xAC\xC5\x93" "c"), &arena, &c, NULL));
    assert_text(c.text, "a\xE2\x80\x99" "b \xE2\x80\x9C" "c\n");
    assert_int_equal(clean_raw_start(&c, 1), 1);
    assert_int_equal(clean_raw_end(&c, 4), 8);
    assert_int_equal(clean_raw_start(&c, 6), 10);
    assert_int_equal(clean_raw_end(&c, 9), 17);
    assert_int_equal(clean_raw_start(&c, 9), 17);
    arena_free(&arena);
}

static void counts_what_it_drops(void **state)
{
    (void)state;
    struct arena arena = ARENA_EMPTY;
    struct cleaned c;
    assert_true(clean_text(STR("The vote is due in May, says the mayor.\nRelated: more\nA quay. Source: Agency\nChina, Japan, Peru\n"
                               "The vote is due in May, says the mayor.\nIt rained."), &arena, &c, NULL));
    assert_int_equal(c.dropped[LINE_KEPT], 2);
    assert_int_equal(c.dropped[LINE_BOILERPLATE], 1);
    assert_int_equal(c.dropped[LINE_CAPTION], 1);
    assert_int_equal(c.dropped[LINE_TAGS], 1);
    assert_int_equal(c.dropped[LINE_REPEATED], 1);
    arena_free(&arena);
}

static void judges_single_lines(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        enum line_drop drop;
    } rows[] = {{"", LINE_KEPT},
                {"Disclaimer: not advice", LINE_BOILERPLATE},
                {"SIGN UP", LINE_BOILERPLATE},
                {"Sign up your friends, he told the crowd.", LINE_KEPT},
                {"Table of Contents", LINE_BOILERPLATE},
                {"Paris, Rome, Oslo", LINE_TAGS},
                {"Paris, Rome", LINE_KEPT},
                {"Paris, Rome, and Oslo", LINE_KEPT},
                {"A boat. Photo: Jan Brandt", LINE_CAPTION},
                {"The photo shows a boat.", LINE_KEPT}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (clean_judge(str_of(rows[i].line), false) != rows[i].drop) fail_msg("%s: %d", rows[i].line, (int)clean_judge(str_of(rows[i].line), false));
    assert_int_equal(clean_judge(STR("A line long enough to count"), true), LINE_REPEATED);
    assert_int_equal(clean_judge(STR("Yes."), true), LINE_KEPT);
}

static void a_long_line_with_boilerplate_words_is_prose(void **state)
{
    (void)state;
    struct strbuf line = {0};
    for (int i = 0; i < 30; i++) strbuf_add(&line, STR("The committee met again on Monday. "));
    strbuf_add(&line, STR("All rights reserved for members."));
    assert_int_equal(clean_judge(strbuf_str(&line), false), LINE_KEPT);
    strbuf_free(&line);
}

static void a_megabyte_on_one_line(void **state)
{
    (void)state;
    struct arena arena = ARENA_EMPTY;
    struct cleaned c;
    struct strbuf text = {0};
    while (text.len < 1000000) strbuf_add(&text, STR("The ferry was late &amp; nobody\xC2\xA0minded.  "));
    assert_true(clean_text(strbuf_str(&text), &arena, &c, NULL));
    assert_int_equal(c.n, 1);
    assert_true(c.text.len > 800000);
    strbuf_free(&text);
    arena_free(&arena);
}

/* Text is gone over eight bytes at a time: what is not copied as it is stands at every place. */
static void every_trigger_at_every_place(void **state)
{
    (void)state;
    const struct {
        const char *raw, *clean;
    } cases[] = {{"  ", " "}, {" \t ", " "}, {"\x01", ""}, {"\x7F", ""}, {"&amp;", "&"}, {"&c", "&c"}, {" !", " !"}, {"\xC2\xA0", " "},
                 {"\xE2\x80\x9C", "\xE2\x80\x9C"}, {" & ", " & "}};
    for (size_t before = 1; before < 20; before++)
        for (size_t behind = 1; behind < 10; behind++)
            for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
                struct arena arena = ARENA_EMPTY;
                struct strbuf raw = {0}, expected = {0};
                struct cleaned c;
                strbuf_print(&raw, "%.*s%s%.*s", (int)before, "The ferry came late.", cases[i].raw, (int)behind, "Nobodyis.");
                strbuf_print(&expected, "%.*s%s%.*s\n", (int)before, "The ferry came late.", cases[i].clean, (int)behind, "Nobodyis.");
                bool doubled = raw.ptr[before - 1] == ' '; /* then blanks meet */
                assert_true(clean_text(strbuf_str(&raw), &arena, &c, NULL));
                if (!doubled && !str_equal(c.text, strbuf_str(&expected))) fail_msg("%s: %.*s", raw.ptr, (int)c.text.len, c.text.ptr);
                assert_int_equal(clean_raw_end(&c, c.text.len - 1), raw.len);
                strbuf_free(&raw);
                strbuf_free(&expected);
                arena_free(&arena);
            }
}

/* Boilerplate is found wherever it stands in a line, in whatever case. */
static void boilerplate_at_every_place(void **state)
{
    (void)state;
    for (size_t before = 0; before < 20; before++)
        for (size_t behind = 0; behind < 10; behind++) {
            struct strbuf line = {0};
            strbuf_print(&line, "%.*s All Rights RESERVED %.*s", (int)before, "xxxxxxxxxxxxxxxxxxxx", (int)behind, "yyyyyyyyyy");
            assert_int_equal(clean_judge(str_trim(strbuf_str(&line)), false), LINE_BOILERPLATE);
            line.ptr[before + 3] = 'I';
            assert_int_equal(clean_judge(str_trim(strbuf_str(&line)), false), LINE_KEPT);
            strbuf_free(&line);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_trigger_at_every_place), cmocka_unit_test(boilerplate_at_every_place),
        cmocka_unit_test(maps_every_byte_of_the_articles), cmocka_unit_test(maps_every_byte_of_noise),
        cmocka_unit_test(maps_every_byte_of_mutated_articles),
        cmocka_unit_test(nothing_in_nothing_out), cmocka_unit_test(nul_bytes_vanish_and_the_rest_keeps_its_place),
        cmocka_unit_test(a_character_undone_maps_to_all_its_raw_bytes), cmocka_unit_test(counts_what_it_drops), cmocka_unit_test(judges_single_lines),
        cmocka_unit_test(a_long_line_with_boilerplate_words_is_prose), cmocka_unit_test(a_megabyte_on_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
