/* SPDX-License-Identifier: MIT
 * terms: the words of a statement as features see them: hashtags split, numbers as shapes, with clause, negation, polarity and target. */
#ifndef LEARN_TERMS_H
#define LEARN_TERMS_H
#include "../text/token.h"
#include "hash.h"
#include "lexicon.h"

enum term_flag {
    TERM_WORD = 1,      /* letters: word, handle, ticker, part of a hashtag */
    TERM_NEGATED = 2,   /* in the scope of a negator */
    TERM_TARGET = 4,    /* inside a mention of the target */
    TERM_CONTRASTED = 8 /* after the last word of contrast */
};

struct term {
    struct piece word; /* folded; numbers as their shape (N, N%, Y for a year), a URL as "URL" */
    uint32_t token;   /* index into tokens */
    uint32_t clause;  /* counts up at punctuation */
    float polarity;   /* of the lexicon phrase that begins here, after negation and strength; 0 when none */
    uint8_t flags, kind; /* kind: enum token_kind */
    uint8_t part;     /* enum lexicon_part, with a polarity */
};

struct terms {
    struct tokens tokens;
    struct term *items; /* [n] */
    size_t n;
    stance_span target; /* terms of the first mention of the target; start == STANCE_NONE when there is none */
    size_t exclamations, questions;
};

/* Memory is the arena's. Without a lexicon (NULL) nothing is said of negation, polarity and contrast. */
bool terms_build(const struct lexicon *lexicon, const stance_statement *in, struct arena *arena, struct terms *out, stance_error *err);
#endif
