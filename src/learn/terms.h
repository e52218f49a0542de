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

#define NOT_ASKED (NO_ID - 1) /* an id not looked up yet */
enum { WORD_SLOTS = 7, NO_ENTRY = (1 << 26) - 1 };
enum known_flag { KNOWN_NEGATOR = 1, KNOWN_FUNCTION = 2, KNOWN_OWNER = 4, KNOWN_COPULA = 8,
                  KNOWN_OPENING = 16, /* in the lexicon as the first word of phrases only */
                  KNOWN_JOINT = 32    /* the memo has its features as a word and as a token in one */ };

/* What holds of a word in any text: of those who read many (memo.h). A line of the cache. */
struct known_word {
    const char *text;
    uint64_t hash, power;             /* as in struct piece */
    uint32_t len;                     /* of text */
    unsigned int entry : 26, flags : 6; /* its place in the lexicon, or NO_ENTRY; enum known_flag */
    uint32_t spelled;                 /* stamp of the statement that had its n-grams of characters last; NOT_ASKED: not summed yet */
    uint32_t ids[WORD_SLOTS];         /* places in the memo of features of this word alone; NOT_ASKED */
};

static inline struct piece known_piece(const struct known_word *w)
{
    return (struct piece){{w->text, w->len}, w->hash, w->power};
}

struct terms {
    struct tokens tokens;
    struct term *items; /* [n] */
    size_t n;
    const struct known_word *words; /* NULL, or a memory of words, and in it */
    uint32_t *known, *token_known;  /* [n], [tokens.n] */
    const uint64_t *pairs; /* [n - 1] hash_pair of each term and the next, or NULL */
    size_t base;        /* byte of tokens.text at which the statement's begins */
    stance_span target; /* terms of the first mention of the target; start == STANCE_NONE when there is none */
    size_t exclamations, questions;
    size_t clauses;     /* how often a clause ends */
    uint32_t kinds;     /* bits of enum token_kind of all tokens */
    uint8_t token_flags; /* of all tokens */
    bool negated;       /* a term is */
    uint32_t function_words; /* common English ones; counted where words are known */
    size_t contrasted;  /* the first term behind the last word of contrast; n and more: none is */
    uint32_t *polar;    /* [polar_n] terms that the lexicon gives a polarity, in order */
    size_t polar_n;
};

/* enum known_flag of a folded word, but for KNOWN_FUNCTION and what the memo sets. */
uint8_t word_role(stance_str word);
/* Whether a mark of punctuation, which is not empty, ends a clause. */
static inline bool terms_end_clause(stance_str mark)
{
    char c = mark.ptr[0];
    if (mark.len == 1) return c == ',' || c == ';' || c == ':' || c == '.' || c == '!' || c == '?' || c == '(' || c == ')';
    return c == '!' || c == '?' || c == '.' || str_equal(mark, STR("\xE2\x80\x94")) || str_equal(mark, STR("\xE2\x80\x93")) ||
           str_equal(mark, STR("\xE2\x80\xA6")) || str_equal(mark, STR("--"));
}
/* Sets *out, but for its tokens, to what token i says alone, as one of a statement that begins at byte `from`; `token` of its terms is i. */
bool terms_of_token(const struct tokens *all, size_t i, size_t from, struct arena *arena, struct terms *out);
/* The two halves of terms_build: text into tokens and terms; what target and lexicon make of them. */
bool terms_read(stance_str text, struct arena *arena, struct terms *out, stance_error *err);
bool terms_mark(const struct lexicon *lexicon, const stance_statement *in, struct arena *arena, struct terms *t, stance_error *err);
/* Memory is the arena's. Without a lexicon (NULL) nothing is said of negation, polarity and contrast. */
bool terms_build(const struct lexicon *lexicon, const stance_statement *in, struct arena *arena, struct terms *out, stance_error *err);
#endif
