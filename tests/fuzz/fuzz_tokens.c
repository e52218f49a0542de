/* SPDX-License-Identifier: MIT
 * fuzz_tokens: characters, cleaning and tokens, without the rest of the pipeline, so that many inputs a second are tried.
 * Holds: repaired text is UTF-8 and repairing it again changes nothing; folding keeps UTF-8; cleaned text leads back into the raw text, in
 * order; tokens rise, do not overlap and leave out nothing visible; sentences cover tokens in order. */
#include "fuzz.h"

#include "text/clean.h"
#include "text/sentence.h"
#include "text/token.h"
#include "text/unicode.h"

static void check_characters(stance_str text)
{
    static struct strbuf out;
    size_t repaired = 0;
    CHECK(unicode_valid(text));
    strbuf_clear(&out);
    unicode_repair(text, &out, &repaired);
    CHECK(repaired == 0 && str_equal(strbuf_str(&out), text));
    strbuf_clear(&out);
    unicode_fold(text, &out);
    CHECK(fuzz_utf8(strbuf_str(&out)));
    strbuf_clear(&out);
    unicode_fold_plain(text, &out);
    CHECK(fuzz_utf8(strbuf_str(&out)));
    CHECK(unicode_count(text) <= text.len);
    unicode_width(text);
}

/* Nothing but blanks and marks of format stands in text[from, to). */
static void check_nothing_left_out(stance_str text, size_t from, size_t to)
{
    while (from < to) {
        enum unicode_class c = unicode_classify(unicode_next(text, &from));
        CHECK(c == UNICODE_BLANK || c == UNICODE_FORMAT || c == UNICODE_NEWLINE);
    }
}

static void check_tokens(stance_str text, struct arena *arena, const struct abbreviations *known)
{
    struct tokens tokens;
    struct sentences sentences;
    CHECK(token_split(text, arena, &tokens, NULL));
    size_t at = 0;
    for (size_t i = 0; i < tokens.n; i++) {
        const struct token *t = &tokens.items[i];
        CHECK(t->start >= at && t->end >= t->start && t->end <= text.len);
        CHECK(fuzz_utf8(token_text(&tokens, i)) && fuzz_utf8(token_fold(t)));
        check_nothing_left_out(text, at, t->start);
        at = t->end;
    }
    check_nothing_left_out(text, at, text.len);
    CHECK(sentence_split(&tokens, NULL, known, arena, &sentences, NULL));
}

static void check_cleaning(stance_str raw, struct arena *arena, const struct abbreviations *known)
{
    struct cleaned c;
    CHECK(clean_text(raw, arena, &c, NULL));
    CHECK(fuzz_utf8(c.text));
    size_t before = 0;
    for (size_t i = 0; i < c.n; i++) {
        CHECK(c.paragraphs[i].start >= before && c.paragraphs[i].start <= c.paragraphs[i].end && c.paragraphs[i].end < c.text.len);
        before = c.paragraphs[i].end;
    }
    size_t raw_before = 0;
    for (size_t at = 0; at < c.text.len; at++) {
        size_t start = clean_raw_start(&c, at);
        CHECK(start >= raw_before && start <= raw.len && clean_raw_end(&c, at + 1) <= raw.len);
        raw_before = start;
    }
    check_tokens(c.text, arena, known);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena arena;
    static struct abbreviations known;
    static bool loaded;
    struct strbuf text = {0};
    if (!loaded) loaded = abbreviations_load(&known, NULL);
    CHECK(loaded);
    bool western = fuzz_byte(&data, &size) & 1;
    stance_str raw = {(const char *)data, size};
    if (western) unicode_from_cp1252(raw, &text);
    else unicode_repair(raw, &text, NULL);
    check_characters(strbuf_str(&text));
    check_tokens(strbuf_str(&text), &arena, &known);
    check_cleaning(strbuf_str(&text), &arena, &known);
    arena_reset(&arena);
    strbuf_free(&text);
    return 0;
}
