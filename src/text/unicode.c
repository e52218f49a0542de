/* SPDX-License-Identifier: MIT
 * unicode: validation, repair, classes, folding. The one home of utf8proc.
 * Method: utf8proc for everything beyond ASCII, tables of our own for quotation marks. Limits: simple case folding, one code point at a time,
 * so that offsets can be followed; German sharp s stays as it is. */
#include "unicode.h"

#include <string.h>
#include <utf8proc.h>

#include "../base/sixteen.h"

/* Length of the well-formed sequence at s[0..n), or 0; *bad gets the length of the maximal invalid part (at least 1). */
static size_t sequence(const unsigned char *s, size_t n, size_t *bad)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t need = s[0] < 0x80 ? 1 : s[0] < 0xC2 ? 0 : s[0] < 0xE0 ? 2 : s[0] < 0xF0 ? 3 : s[0] < 0xF5 ? 4 : 0;
    if (s[0] == 0xE0) low = 0xA0;
    if (s[0] == 0xED) high = 0x9F;
    if (s[0] == 0xF0) low = 0x90;
    if (s[0] == 0xF4) high = 0x8F;
    *bad = 1;
    for (size_t i = 1; i < need; i++, low = 0x80, high = 0xBF) {
        if (i >= n || s[i] < low || s[i] > high) return 0;
        *bad = i + 1;
    }
    return need;
}

static size_t ascii_run(const char *s, size_t n)
{
    size_t i = 0;
    for (; i + 64 <= n; i += 64) {
        sixteen all = sixteen_at(s + i) | sixteen_at(s + i + 16) | sixteen_at(s + i + 32) | sixteen_at(s + i + 48);
        if (sixteen_bits((sixteen_signed)all)) break;
    }
    for (; i + 16 <= n; i += 16) {
        unsigned beyond = sixteen_bits((sixteen_signed)sixteen_at(s + i));
        if (beyond) return i + (size_t)__builtin_ctz(beyond);
    }
    while (i < n && !((unsigned char)s[i] & 0x80)) i++;
    return i;
}

bool unicode_valid(stance_str s)
{
    size_t bad;
    for (size_t i = ascii_run(s.ptr, s.len); i < s.len; i += ascii_run(s.ptr + i, s.len - i)) {
        size_t n = sequence((const unsigned char *)s.ptr + i, s.len - i, &bad);
        if (n == 0) return false;
        i += n;
    }
    return true;
}

void unicode_repair(stance_str s, struct strbuf *out, size_t *repaired)
{
    size_t from = 0, bad;
    for (size_t i = ascii_run(s.ptr, s.len); i < s.len; i += ascii_run(s.ptr + i, s.len - i)) {
        size_t n = sequence((const unsigned char *)s.ptr + i, s.len - i, &bad);
        if (n == 0) {
            strbuf_add(out, str_slice(s, from, i));
            strbuf_add(out, STR("\xEF\xBF\xBD"));
            if (repaired) ++*repaired;
            from = i + bad;
            n = bad;
        }
        i += n;
    }
    strbuf_add(out, str_slice(s, from, s.len));
}

uint32_t unicode_next_beyond(stance_str s, size_t *at)
{
    const unsigned char *p = (const unsigned char *)s.ptr + *at;
    size_t left = s.len - *at;
    if (p[0] < 0x80 || left < 2) return ++*at, p[0];
    if (p[0] < 0xE0 || left < 3) return *at += 2, (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    if (p[0] < 0xF0 || left < 4) return *at += 3, (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    *at += 4;
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 | (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
}

/* Sixteen bytes at a time: those that continue a character (10xxxxxx) are counted place by place as long as no count can overflow its byte. */
size_t unicode_count(stance_str s)
{
    size_t n = s.len, i = 0;
    while (s.len - i >= 16) {
        size_t end = s.len - i > 255 * 16 ? i + 255 * 16 : i + (s.len - i) / 16 * 16;
        sixteen counts = sixteen_of(0);
        for (; i < end; i += 16) counts -= (sixteen)((sixteen_signed)sixteen_at(s.ptr + i) < (sixteen_signed)sixteen_of(0xC0));
        n -= sixteen_sum(counts);
    }
    for (; i < s.len; i++) n -= ((unsigned char)s.ptr[i] & 0xC0) == 0x80;
    return n;
}

/* Classes that are ours, and those of the marks that texts have most; -1 of all others. */
static int own_class(uint32_t c)
{
    switch (c) {
    case 0x2018: case 0x201A: case 0x201B: case 0x2039: return UNICODE_OPEN_SINGLE;
    case 0x2019: case 0x203A: return UNICODE_CLOSE_SINGLE;
    case 0x201C: case 0x201E: case 0x201F: case 0x00AB: case 0x300C: case 0xFF02: return UNICODE_OPEN_QUOTE;
    case 0x201D: case 0x00BB: case 0x300D: return UNICODE_CLOSE_QUOTE;
    case 0x2028: case 0x2029: case 0x0085: return UNICODE_NEWLINE;
    case 0x2013: case 0x2014: return UNICODE_DASH;
    case 0x2026: return UNICODE_PUNCT;
    case 0xFFFD: return UNICODE_SYMBOL;
    case 0x00AD: return UNICODE_FORMAT;
    default: return -1;
    }
}

enum {
    U = UNICODE_UPPER, L = UNICODE_LOWER, D = UNICODE_DIGIT, B = UNICODE_BLANK, N = UNICODE_NEWLINE, F = UNICODE_FORMAT,
    H = UNICODE_DASH, P = UNICODE_PUNCT, S = UNICODE_SYMBOL
};
const uint8_t unicode_ascii[128] = {
    F, F, F, F, F, F, F, F, F, B, N, N, N, N, F, F,
    F, F, F, F, F, F, F, F, F, F, F, F, F, F, F, F,
    B, P, P, P, S, P, P, P, P, P, P, S, P, H, P, P,
    D, D, D, D, D, D, D, D, D, D, P, P, S, S, S, P,
    P, U, U, U, U, U, U, U, U, U, U, U, U, U, U, U,
    U, U, U, U, U, U, U, U, U, U, U, P, P, P, S, P,
    S, L, L, L, L, L, L, L, L, L, L, L, L, L, L, L,
    L, L, L, L, L, L, L, L, L, L, L, P, S, P, S, F,
};

static bool pictograph(uint32_t c)
{
    return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) || (c >= 0x2B00 && c <= 0x2BFF);
}

enum unicode_class unicode_classify_beyond(uint32_t c)
{
    int own = own_class(c);
    if (own >= 0) return (enum unicode_class)own;
    switch (utf8proc_category((utf8proc_int32_t)c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT: return UNICODE_UPPER;
    case UTF8PROC_CATEGORY_LL: return UNICODE_LOWER;
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO: return UNICODE_LETTER;
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME: return UNICODE_MARK;
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return UNICODE_DIGIT;
    case UTF8PROC_CATEGORY_ZS: return UNICODE_BLANK;
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return UNICODE_NEWLINE;
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF: return UNICODE_FORMAT;
    case UTF8PROC_CATEGORY_PD: return UNICODE_DASH;
    case UTF8PROC_CATEGORY_PC:
    case UTF8PROC_CATEGORY_PS:
    case UTF8PROC_CATEGORY_PE:
    case UTF8PROC_CATEGORY_PI:
    case UTF8PROC_CATEGORY_PF:
    case UTF8PROC_CATEGORY_PO: return UNICODE_PUNCT;
    default: return pictograph(c) ? UNICODE_EMOJI : UNICODE_SYMBOL;
    }
}

void unicode_put(struct strbuf *out, uint32_t c)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)c, bytes);
    strbuf_add(out, (stance_str){(const char *)bytes, (size_t)n});
}

static uint32_t fold_one(uint32_t c)
{
    if (c < 0x80) return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0x201B) return '\'';
    if (c == 0x2010 || c == 0x2011) return '-';
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

/* Folds the ASCII from `at` on; returns where it ends. */
static size_t fold_ascii(stance_str s, size_t at, struct strbuf *out)
{
    size_t run = ascii_run(s.ptr + at, s.len - at), i = 0;
    if (!run || !strbuf_reserve(out, run)) return at + run;
    const char *from = s.ptr + at;
    char *to = out->ptr + out->len;
    for (uint64_t eight; i + 8 <= run; i += 8) {
        memcpy(&eight, from + i, 8);
        eight |= bytes_that_are_letters(eight) >> 2;
        memcpy(to + i, &eight, 8);
    }
    for (; i < run; i++) to[i] = (char)fold_one((unsigned char)from[i]);
    to[run] = '\0';
    out->len += run;
    return at + run;
}

void unicode_fold(stance_str s, struct strbuf *out)
{
    for (size_t i = fold_ascii(s, 0, out); i < s.len; i = fold_ascii(s, i, out)) {
        uint32_t c = fold_one(unicode_next(s, &i));
        if (c < 0x80) strbuf_char(out, (char)c);
        else unicode_put(out, c);
    }
}

void unicode_fold_plain(stance_str s, struct strbuf *out)
{
    utf8proc_int32_t parts[8];
    int boundary = 0;
    for (size_t i = fold_ascii(s, 0, out); i < s.len; i = fold_ascii(s, i, out)) {
        uint32_t c = fold_one(unicode_next(s, &i));
        utf8proc_ssize_t n = c < 0x80 ? 0 : utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK,
                                                                    &boundary);
        if (c < 0x80) {
            strbuf_char(out, (char)c);
            continue;
        }
        if (n <= 0 || n > 8) {
            if (n != 0) unicode_put(out, c);
            continue;
        }
        for (utf8proc_ssize_t k = 0; k < n; k++) unicode_put(out, (uint32_t)parts[k]);
    }
}

size_t unicode_width(stance_str s)
{
    size_t width = 0;
    for (size_t i = 0; i < s.len;) {
        int w = utf8proc_charwidth((utf8proc_int32_t)unicode_next(s, &i));
        if (w > 0) width += (size_t)w;
    }
    return width;
}

/* 0x80 to 0x9F of Windows-1252; 0 where it has no character. */
static const uint16_t cp1252[32] = {0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
                                    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178};

void unicode_from_cp1252(stance_str s, struct strbuf *out)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        uint32_t code = c >= 0x80 && c < 0xA0 ? cp1252[c - 0x80] : c;
        unicode_put(out, code ? code : c == 0 ? 0 : 0xFFFD);
    }
}
