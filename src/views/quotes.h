/* SPDX-License-Identifier: MIT
 * quotes: which quotation marks belong together. */
#ifndef VIEWS_QUOTES_H
#define VIEWS_QUOTES_H
#include "../text/token.h"

#define QUOTE_NONE UINT32_MAX

struct quote {
    uint32_t open, close;   /* tokens: the opening mark, and the closing mark or, when it is missing, the token behind the last one quoted */
    uint32_t paragraph;
    bool closed;
    bool continued;         /* the next quote goes on with this one in the following paragraph */
    bool single;
};

struct quotes {
    struct quote *items;    /* [n], in text order; nested quotations are not listed */
    size_t n;
    uint32_t *at;           /* [tokens] index of the quote a token is inside of (marks included), or QUOTE_NONE */
};

/* Pairs the marks of each paragraph by type; a quotation left open at a paragraph's end is continued when the next paragraph opens with the
 * same mark, else it ends there. Apostrophes are not marks. Never fails on any text but for memory, which is the arena's. */
bool quotes_pair(const struct tokens *tokens, const struct token_notes *notes, struct arena *arena, struct quotes *out, stance_error *err);
#endif
