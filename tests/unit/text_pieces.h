/* SPDX-License-Identifier: MIT
 * text_pieces: texts by chance for tests of what reads texts between blanks. */
#ifndef TEST_TEXT_PIECES_H
#define TEST_TEXT_PIECES_H
#include "learn_rows.h"
#include "text/unicode.h"

/* Pieces of every kind of token, glued and apart, with bytes that are no UTF-8, which are repaired as at the door. */
static void make_text(struct dice *dice, struct strbuf *out)
{
    static const char *const pieces[] = {
        "the", "The", "BANK", "will", "surely", "win", "cannot", "be", "trusted", "Friday", "holidays", "number", "7", "1,234.5", "12%", "-3", "+4", "2016",
        "30-minute", "it's", "Cole\xE2\x80\x99s", "don't", "U.S.", "AT&T", "and/or", "a.b", "(bank)", "\"bank\"", "''", "'''", "``",
        "'bank", "``'", "-5%", "'''bank", "--", "...", "!!", "@ada",
        "#HandOver2", "#a_b_c_d", "$NVDA", "$5", "http://x.org/a?b", "www.x.org,", "\xF0\x9F\x98\x80", "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD\xE2\x80\x8D\xF0\x9F\x92\xBB",
        "\xC8\xBA\xC8\xBA\xC8\xBA", "\xC3\x89t\xC3\xA9", "\342\200\234bank\342\200\235", "soooo", "\t", "\n", "\r\n", "\xC2\xA0", "\xE2\x80\xA8", "\xFF",
        "\xE2\x82", "\xCC\x81", "abcdefgh", "abcdefghi", "abcdefghijklmno", "abcdefghijklmnop", "abcdefg", "\x01", "_", "a_b", "\xE4\xBA\xBA", "\xEF\xBF\xBD"};
    struct strbuf raw = {0};
    size_t n = dice_below(dice, 60);
    for (size_t i = 0; i < n; i++) {
        size_t kind = dice_below(dice, 40);
        if (kind == 0) for (size_t k = dice_below(dice, 300); k > 0; k--) strbuf_char(&raw, (char)('a' + dice_below(dice, 26)));
        else if (kind == 1) strbuf_char(&raw, (char)dice_below(dice, 256));
        else if (kind < 5) strbuf_print(&raw, "w%u", (unsigned)dice_below(dice, 1u << 20));
        else strbuf_add(&raw, str_of(pieces[dice_below(dice, sizeof pieces / sizeof *pieces)]));
        if (dice_below(dice, 3)) strbuf_char(&raw, ' ');
        if (dice_below(dice, 8) == 0) strbuf_add(&raw, STR("  "));
    }
    strbuf_clear(out);
    unicode_repair(strbuf_str(&raw), out, NULL);
    strbuf_free(&raw);
}
#endif
