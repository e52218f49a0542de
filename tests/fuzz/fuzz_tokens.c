/* SPDX-License-Identifier: MIT
 * fuzz_tokens: characters, cleaning and tokens, without the rest of the pipeline, so that many inputs a second are tried.
 * Holds: repaired text is UTF-8 and repairing it again changes nothing; folding keeps UTF-8; cleaned text leads back into the raw text, in
 * order; tokens rise, do not overlap and leave out nothing visible; they are the same, and so are the sentences, when their chunks are known. */
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

/* Split with what is known of the inputs before, and of this one. */
static void check_known(const struct tokens *tokens, const struct sentences *sentences, struct arena *arena, const struct abbreviations *abbreviations)
{
    static struct known known;
    struct tokens again;
    struct sentences split;
    struct token_notes notes;
    stance_str text = tokens->text;
    if (known.words.n > 1 << 14) known_free(&known);
    CHECK(known.buckets || known_init(&known));
    char *padded = arena_array(arena, text.len + TOKEN_PAD, 1);
    CHECK(padded);
    if (text.len) memcpy(padded, text.ptr, text.len);
    for (int i = 0; i < 2; i++) {
        CHECK(token_split_known((stance_str){padded, text.len}, &known, arena, &again, &notes, NULL) && again.n == tokens->n);
        for (size_t k = 0; k < again.n; k++) {
            const struct token *x = &tokens->items[k], *y = &again.items[k];
            CHECK(x->start == y->start && x->end == y->end && x->kind == y->kind && x->flags == y->flags && str_equal(token_fold(x), token_fold(y)));
        }
        CHECK(sentence_split(&again, &notes, abbreviations, arena, &split, NULL) && split.n == sentences->n);
        CHECK(split.n == 0 || memcmp(split.items, sentences->items, split.n * sizeof *split.items) == 0);
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
    check_known(&tokens, &sentences, arena, known);
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
