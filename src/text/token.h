/* SPDX-License-Identifier: MIT
 * token: words, numbers, punctuation and quotation marks of a cleaned text. */
#ifndef TEXT_TOKEN_H
#define TEXT_TOKEN_H
#include "../base/arena.h"
#include "known.h"

enum token_kind {
    TOKEN_WORD,        /* letters with inner apostrophes, hyphens and the dots of U.S.; "don't" is one */
    TOKEN_CLITIC,      /* possessive 's or ' after a word */
    TOKEN_NUMBER,      /* 1,234.5 2nd 30-minute stays one when it begins with a digit */
    TOKEN_PUNCT,       /* one mark; runs of the same mark ("...", "!!") are one token */
    TOKEN_OPEN,        /* quotation mark that opens: “ « „ ‘ or a straight one, by its place */
    TOKEN_CLOSE,       /* quotation mark that closes */
    TOKEN_HANDLE,      /* @name */
    TOKEN_HASHTAG,     /* #Name */
    TOKEN_TICKER,      /* $NVDA */
    TOKEN_URL,
    TOKEN_EMOJI,       /* one pictograph with its modifiers */
    TOKEN_SYMBOL,      /* everything else that is visible */
    TOKEN_BREAK        /* end of paragraph; covers the newline */
};

enum token_flag {
    TOKEN_CAPITAL = 1,     /* begins with an upper-case letter */
    TOKEN_UPPER = 2,       /* two letters or more, all upper case */
    TOKEN_SPACED = 4,      /* blank or start of text before it */
    TOKEN_SINGLE = 8,      /* single quotation mark */
    TOKEN_STRAIGHT = 16,   /* straight quotation mark: ASCII " or ' */
    TOKEN_ELONGATED = 32   /* a letter three times or more in a row ("soooo") */
};

struct token {
    uint32_t start, end;   /* bytes in the text */
    const char *fold;      /* case-folded form, curly apostrophes straight; lives in the arena; eight bytes can be read there */
    uint32_t fold_len;
    uint8_t kind, flags;
};

struct tokens {
    stance_str text;
    struct token *items;   /* [n] */
    size_t n;
};

static inline stance_str token_fold(const struct token *t) { return (stance_str){t->fold, t->fold_len}; }
static inline stance_str token_text(const struct tokens *all, size_t i)
{
    return (stance_str){all->text.ptr + all->items[i].start, all->items[i].end - all->items[i].start};
}

/* Splits valid UTF-8 of less than 4 GiB. Newlines become TOKEN_BREAK, so join hard-wrapped lines before. Offsets of tokens rise and do
 * not overlap; every byte that is neither blank nor a format character is in one token. Memory is the arena's. */
bool token_split(stance_str text, struct arena *arena, struct tokens *out, stance_error *err);

/* What is noted of tokens on the way. */
struct token_notes {
    uint32_t *words;       /* [n] of a TOKEN_WORD its id in the vocabulary of what is known, VOCAB_NONE of all others */
    uint32_t *marks;       /* [marks_n] the tokens at which a sentence may end, the quotation marks and the breaks */
    size_t marks_n;
};

/* token_split of a text behind which TOKEN_PAD bytes of 0 stand, with what is known of chunks from texts before, which is added to. */
enum { TOKEN_PAD = 16 };
bool token_split_known(stance_str text, struct known *known, struct arena *arena, struct tokens *out, struct token_notes *notes, stance_error *err);
/* Is token i neither a possible end of a sentence nor a quotation mark nor a break? */
static inline bool token_plain(const struct tokens *all, size_t i)
{
    const struct token *t = &all->items[i];
    if (t->kind == TOKEN_WORD) return all->text.ptr[t->end - 1] != '.';
    if (t->kind == TOKEN_PUNCT) return all->text.ptr[t->start] == ',' && t->end - t->start == 1;
    return t->kind != TOKEN_BREAK && t->kind != TOKEN_OPEN && t->kind != TOKEN_CLOSE;
}
#endif
