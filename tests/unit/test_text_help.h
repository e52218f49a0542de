/* SPDX-License-Identifier: MIT
 * test_text_help: what the tests of text, views and the corpus share: files, seeded noise, and an article read up to a stage. */
#ifndef TEST_TEXT_HELP_H
#define TEST_TEXT_HELP_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "text/unicode.h"

#define ARTICLES "data/articles/"

static inline bool help_read_file(const char *path, struct strbuf *out)
{
    FILE *in = fopen(path, "rb");
    char block[8192];
    if (!in) return false;
    for (size_t n; (n = fread(block, 1, sizeof block, in)) > 0;) strbuf_add(out, (stance_str){block, n});
    fclose(in);
    return !out->failed;
}

/* Calls `check` with the text of every article listed in data/articles.csv; returns how many there were. */
static inline size_t help_each_article(void (*check)(stance_str text, const char *path))
{
    struct strbuf list = {0}, text = {0}, path = {0};
    size_t n = 0;
    if (!help_read_file("data/articles.csv", &list)) fail_msg("run the tests from the top folder: data/articles.csv is missing");
    stance_str rest = strbuf_str(&list);
    for (str_split(&rest, '\n'); rest.ptr;) {
        stance_str line = str_split(&rest, '\n'), file = str_split(&line, ',');
        if (!str_ends(file, STR(".txt"))) continue;
        strbuf_clear(&path);
        strbuf_clear(&text);
        strbuf_print(&path, ARTICLES "%.*s", (int)file.len, file.ptr);
        if (!help_read_file(path.ptr, &text)) fail_msg("%s cannot be read", path.ptr);
        check(strbuf_str(&text), path.ptr);
        n++;
    }
    strbuf_free(&list);
    strbuf_free(&text);
    strbuf_free(&path);
    return n;
}

/* xorshift64*: the same numbers everywhere. */
static inline uint64_t help_random(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * 0x2545F4914F6CDD1DULL;
}

static inline size_t help_below(uint64_t *state, size_t limit)
{
    return limit ? (size_t)(help_random(state) % limit) : 0;
}

/* Valid UTF-8 made of what breaks text tools: marks, blanks of all kinds, entities, double encoding, odd scripts, words. */
static inline void help_noise(uint64_t *state, size_t parts, struct strbuf *out)
{
    static const char *const stock[] = {
        " ", " ", " ", "\n", "\n\n", "\r\n", "\r", "\t", ".", ",", "!", "?", "...", "\xE2\x80\xA6", "\"", "'", "\xE2\x80\x9C", "\xE2\x80\x9D",
        "\xE2\x80\x98", "\xE2\x80\x99", "\xC2\xAB", "\xC2\xBB", "``", "''", "(", ")", "[", "]", "-", "--", "\xE2\x80\x94", "\xE2\x80\x93", ":",
        ";", ">", "> ", "* ", "\xE2\x80\xA2 ", "said", "says", "told", "according to", "that", "he", "she", "they", "Mr.", "Dr.", "U.S.", "J.",
        "Inc.", "Obi", "Ada Obi", "Nordbank", "the company", "claimed", "praised", "as", "noting that", "who", "By @kestrel - 3 days",
        "@kestrel", "#AI", "$NVDA", "https://example.org/a?b=c", "&amp;", "&quot;", "&#8217;", "&nbsp;", "&bogus;", "&",
        "\xC3\xA2\xE2\x82\xAC\xC5\x93", "\xC3\x83\xC2\xA9", "\xC3\xA9", "\xC3\xB1", "\xC2\xA0", "\xE2\x80\x8B", "\xEF\xBB\xBF", "\xC2\xAD",
        "\xE2\x80\xA8", "\xC2\x85", "\xF0\x9F\x9A\x80", "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80", "\xE4\xBD\xA0\xE5\xA5\xBD",
        "\xD9\x85\xD8\xB1", "e\xCC\x81", "\xCC\x81", "1,234.5", "2nd", "50%", "\xE2\x82\xAC 5", "\x01", "\x7F", "soooo", "don't", "Khosla's",
        "Related: more", "Source: Agency", "Advertisement", "\xEF\xBF\xBD", "\xF0\x9D\x94\x98"};
    for (size_t i = 0; i < parts; i++) {
        size_t k = help_below(state, sizeof stock / sizeof *stock + 4);
        if (k < sizeof stock / sizeof *stock) strbuf_add(out, str_of(stock[k]));
        else if (k % 4 == 0) strbuf_char(out, '\0');
        else for (size_t n = help_below(state, 9); n-- > 0;) strbuf_char(out, (char)('a' + help_below(state, 26)));
        if (help_below(state, 3) == 0) strbuf_char(out, ' ');
    }
}

/* Deletes, doubles, swaps and overwrites bytes, then repairs the text to valid UTF-8. */
static inline void help_mutate(uint64_t *state, stance_str text, size_t times, struct strbuf *out)
{
    struct strbuf raw = {0};
    strbuf_add(&raw, text);
    for (; times > 0 && raw.len > 8; times--) {
        size_t at = help_below(state, raw.len - 1), run = 1 + help_below(state, 7);
        if (run > raw.len - at) run = raw.len - at;
        switch (help_below(state, 4)) {
        case 0:
            memmove(raw.ptr + at, raw.ptr + at + run, raw.len - at - run);
            raw.len -= run;
            break;
        case 1: {
            char copy[8];
            memcpy(copy, raw.ptr + at, run);
            strbuf_add(&raw, (stance_str){copy, run});
            memmove(raw.ptr + at + run, raw.ptr + at, raw.len - at - run);
            memcpy(raw.ptr + at, copy, run);
            break;
        }
        case 2: {
            char c = raw.ptr[at];
            raw.ptr[at] = raw.ptr[at + 1];
            raw.ptr[at + 1] = c;
            break;
        }
        default: raw.ptr[at] = (char)help_below(state, 256);
        }
    }
    unicode_repair(strbuf_str(&raw), out, NULL);
    strbuf_free(&raw);
}

#define assert_text(actual, literal) help_assert_text(actual, STR(literal), __FILE__, __LINE__)
static inline void help_assert_text(stance_str actual, stance_str expected, const char *file, int line)
{
    if (str_equal(actual, expected)) return;
    print_error("%s:%d: expected [%.*s]\n    but got [%.*s]\n", file, line, (int)expected.len, expected.ptr, (int)actual.len, actual.ptr ? actual.ptr : "");
    fail();
}
#endif
