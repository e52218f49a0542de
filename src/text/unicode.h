/* SPDX-License-Identifier: MIT
 * unicode: everything about characters beyond ASCII. The one home of utf8proc. */
#ifndef TEXT_UNICODE_H
#define TEXT_UNICODE_H
#include "../base/str.h"

enum unicode_class {
    UNICODE_UPPER, UNICODE_LOWER, UNICODE_LETTER, UNICODE_MARK, UNICODE_DIGIT, UNICODE_BLANK, UNICODE_NEWLINE, UNICODE_FORMAT,
    UNICODE_OPEN_QUOTE, UNICODE_CLOSE_QUOTE, UNICODE_OPEN_SINGLE, UNICODE_CLOSE_SINGLE, UNICODE_DASH, UNICODE_PUNCT,
    UNICODE_EMOJI, UNICODE_SYMBOL
};

/* True when s is valid UTF-8 (no surrogates, no overlong forms). */
bool unicode_valid(stance_str s);
/* Appends s with every maximal invalid sequence replaced by one U+FFFD (the practice of the Unicode Standard, 3.9); counts them. */
void unicode_repair(stance_str s, struct strbuf *out, size_t *repaired);
uint32_t unicode_next_beyond(stance_str s, size_t *at);
/* Decodes the code point at *at of valid UTF-8 and moves *at behind it. Inline for ASCII, which is most of all news. */
static inline uint32_t unicode_next(stance_str s, size_t *at)
{
    unsigned char c = (unsigned char)s.ptr[*at];
    if (c >= 0x80) return unicode_next_beyond(s, at);
    ++*at;
    return c;
}
/* Number of code points in valid UTF-8. */
size_t unicode_count(stance_str s);
extern const uint8_t unicode_ascii[128]; /* class of each ASCII character */
enum unicode_class unicode_classify_beyond(uint32_t c);
static inline enum unicode_class unicode_classify(uint32_t c)
{
    return c < 0x80 ? (enum unicode_class)unicode_ascii[c] : unicode_classify_beyond(c);
}
/* Appends c in UTF-8. */
void unicode_put(struct strbuf *out, uint32_t c);
/* Appends s with case folded, curly apostrophes straight and accents kept. */
void unicode_fold(stance_str s, struct strbuf *out);
/* Like unicode_fold, and accents taken away: for comparing names. */
void unicode_fold_plain(stance_str s, struct strbuf *out);
/* Columns that s takes on a terminal. */
size_t unicode_width(stance_str s);
/* Converts Windows-1252 or Latin-1 bytes to UTF-8. */
void unicode_from_cp1252(stance_str s, struct strbuf *out);
#endif
