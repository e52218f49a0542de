/* SPDX-License-Identifier: MIT
 * known: a text split with what is known of chunks has the tokens, and its sentences, of a text split by itself, whatever was read before. */
#include "test_text_help.h"

#include "text/sentence.h"
#include "text_pieces.h"

static struct known known;
static struct abbreviations abbreviations;

static void same_sentences(const struct tokens *t, const struct token_notes *notes, struct arena *arena, const char *name)
{
    struct sentences plain, noted;
    assert_true(sentence_split(t, NULL, &abbreviations, arena, &plain, NULL) && sentence_split(t, notes, &abbreviations, arena, &noted, NULL));
    bool same = plain.n == noted.n && (plain.n == 0 || memcmp(plain.items, noted.items, plain.n * sizeof *plain.items) == 0);
    if (!same) fail_msg("%s: other sentences", name);
}

static void same_tokens(stance_str text, const char *name)
{
    struct arena arena = ARENA_EMPTY;
    struct tokens a, b;
    struct token_notes notes;
    char *padded = calloc(text.len + TOKEN_PAD, 1);
    if (text.len) memcpy(padded, text.ptr, text.len);
    assert_true(token_split(text, &arena, &a, NULL) && token_split_known((stance_str){padded, text.len}, &known, &arena, &b, &notes, NULL));
    if (a.n != b.n) fail_msg("%s: %zu tokens, not %zu", name, b.n, a.n);
    size_t marks = 0;
    for (size_t i = 0; i < a.n; i++) {
        const struct token *x = &a.items[i], *y = &b.items[i];
        bool same = x->start == y->start && x->end == y->end && x->kind == y->kind && x->flags == y->flags && str_equal(token_fold(x), token_fold(y));
        if (!same) fail_msg("%s: another token %zu at byte %u", name, i, x->start);
        if (x->kind == TOKEN_WORD) assert_true(str_equal(vocab_text(&known.words, notes.words[i]), token_fold(x)));
        else assert_int_equal(notes.words[i], VOCAB_NONE);
        assert_true(eight_bytes(y->fold) == eight_bytes(y->fold)); /* can be read, says the sanitizer */
        if (!token_plain(&a, i)) assert_true(marks < notes.marks_n && notes.marks[marks++] == i);
    }
    assert_int_equal(marks, notes.marks_n);
    same_sentences(&b, &notes, &arena, name);
    arena_free(&arena);
    free(padded);
}

static void holds_for_the_articles(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) assert_true(help_each_article(same_tokens) >= 14);
}

static void holds_for_pieces(void **state)
{
    (void)state;
    struct dice dice = {77};
    struct strbuf text = {0};
    for (int i = 0; i < 4000; i++) {
        make_text(&dice, &text);
        same_tokens(strbuf_str(&text), "pieces");
    }
    strbuf_free(&text);
}

static void without_a_table(void **state)
{
    struct known with = known;
    known = (struct known){.buckets = NULL};
    holds_for_pieces(state);
    known_free(&known);
    known = with;
}

/* Each read twice, so that the second time its chunks are known where they can be. */
static void what_stands_beside_a_chunk(void **state)
{
    (void)state;
    static const char *const chunks[] = {"'''a", "\"", "\"a", "a\"", "''", "a'", "'", "``a''", "(\"a\")", "a\xE2\x80\x99s", "Don\xE2\x80\x99t", "a\xC2\xA0", "\xC2\xAD",
                                         "e.g.", "U.S.", "U.S.\"", "a...", "\xE2\x80\xA6", "abcdefghijklmno", "abcdefghijklmnop",
                                         "and/or", "a/b/c", "--a--b", "\xC3\x89t\xC3\xA9,",
                                         "http://x", "www.", "$", "@", "@a", "#a", "\xF0\x9F\x98\x80", "a\xE2\x80\x8D", "1,2", "-5%",
                                         "AT&T", "A&", "``", "'s", "\xE2\x80\x99s"};
    static const char *const before[] = {"", " ", "\n", "x ", "x\n", "x  ", "\t", "x\t", "x\xC2\xA0", "\"", "\x01 ", "\n\n", " \n "};
    static const char *const behind[] = {"", " ", "\n", " x", "\nx", "\t", "\tx", "\x01", "\xC2\xA0x", "\x7F", " \n", "\n\n"};
    struct strbuf text = {0};
    for (size_t c = 0; c < sizeof chunks / sizeof *chunks; c++)
        for (size_t b = 0; b < sizeof before / sizeof *before; b++)
            for (size_t e = 0; e < sizeof behind / sizeof *behind; e++)
                for (int twice = 0; twice < 2; twice++) {
                    strbuf_clear(&text);
                    strbuf_print(&text, "%s%s%s", before[b], chunks[c], behind[e]);
                    same_tokens(strbuf_str(&text), text.ptr);
                }
    strbuf_free(&text);
}

/* More than the table holds: what is found is still the chunk's. */
static void more_chunks_than_places(void **state)
{
    (void)state;
    enum { MANY = 3 << KNOWN_BITS };
    struct strbuf text = {0};
    for (unsigned i = 0; i < MANY; i++) strbuf_print(&text, i % 3 ? "w%x " : "\"w%x,\" ", i * 2654435761u);
    for (int i = 0; i < 2; i++) same_tokens(strbuf_str(&text), "many chunks");
    strbuf_free(&text);
}

/* Words are forgotten, others get new ids: what is left still tells the same. */
static void some_words_are_kept(void **state)
{
    for (uint32_t step = 2; step < 5; step++) {
        uint32_t n = 0, *new_ids = calloc(known.words.n, sizeof *new_ids);
        stance_str *texts = calloc(known.words.n, sizeof *texts);
        struct arena own = ARENA_EMPTY;
        for (uint32_t id = 0; id < known.words.n; id++) {
            new_ids[id] = id % step ? n : VOCAB_NONE;
            if (id % step) assert_true(arena_copy(&own, vocab_text(&known.words, id), &texts[n++]));
        }
        assert_true(known_keep(&known, new_ids));
        assert_int_equal(known.words.n, n);
        for (uint32_t id = 0; id < n; id++) assert_true(str_equal(vocab_text(&known.words, id), texts[id]));
        free(new_ids);
        free(texts);
        arena_free(&own);
        holds_for_the_articles(state);
        what_stands_beside_a_chunk(state);
    }
}

static void empty_texts(void **state)
{
    (void)state;
    same_tokens(STR(""), "empty");
    same_tokens(STR(" \n "), "blank");
    struct known none = {.buckets = NULL};
    known_free(&none);
}

static int load(void **state)
{
    (void)state;
    return known_init(&known) && abbreviations_load(&abbreviations, NULL) ? 0 : -1;
}

static int unload(void **state)
{
    (void)state;
    known_free(&known);
    abbreviations_free(&abbreviations);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_for_the_articles), cmocka_unit_test(holds_for_pieces), cmocka_unit_test(without_a_table),
        cmocka_unit_test(what_stands_beside_a_chunk), cmocka_unit_test(more_chunks_than_places), cmocka_unit_test(some_words_are_kept),
        cmocka_unit_test(empty_texts),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
