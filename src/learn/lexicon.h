/* SPDX-License-Identifier: MIT
 * lexicon: words and phrases with their polarity, and the words that turn, strengthen, weaken or cut it off. */
#ifndef LEARN_LEXICON_H
#define LEARN_LEXICON_H
#include "../base/str.h"
#include "dictionary.h"

enum lexicon_class {
    LEXICON_PREFIX,   /* only the first word of longer phrases */
    LEXICON_SCORE,    /* has a polarity */
    LEXICON_NEG,      /* turns what follows */
    LEXICON_BOOST,    /* strengthens what follows */
    LEXICON_HEDGE,    /* weakens what follows */
    LEXICON_CONTRAST  /* what follows counts for more: but, however */
};

/* What a word with a polarity is: an adjective judges, a noun may only name what happened. */
enum lexicon_part { PART_OTHER, PART_JUDGEMENT, PART_NOUN, PART_VERB, PART_PHRASE, LEXICON_PARTS };

struct lexicon_entry {
    double score;
    uint8_t kind;    /* enum lexicon_class */
    uint8_t part;    /* enum lexicon_part */
    uint8_t longest; /* words of the longest phrase that begins with this word; set on single words only */
};

enum { LEXICON_FILTER = 1 << 17 };

struct lexicon {
    struct dictionary terms;       /* folded words, joined by one blank */
    struct lexicon_entry *entries; /* [terms.n] */
    size_t cap;
    uint64_t openings[LEXICON_FILTER / 64]; /* bits by hash_pair: of the first two words of longer phrases */
    uint64_t filter[LEXICON_FILTER / 64]; /* bits by hash: most phrases asked for are not there */
};

enum { LEXICON_LONGEST = 8 }; /* words in a phrase; longer ones are refused */

/* All zero is an empty lexicon. Later rows replace earlier ones with the same term. */
bool lexicon_add_builtin(struct lexicon *l, stance_error *err);
/* TSV: term, score, class; '#' begins a comment, a header line is skipped. `name` is for messages. */
bool lexicon_add_text(struct lexicon *l, stance_str tsv, const char *name, stance_error *err);
/* The same of a text that outlives l, and whose last byte is a line's end or followed by NUL: it is not copied. */
bool lexicon_add_lasting(struct lexicon *l, stance_str tsv, const char *name, stance_error *err);
bool lexicon_add_file(struct lexicon *l, const char *path, stance_error *err);
/* NULL when the term (folded, words joined by one blank) is not there. */
const struct lexicon_entry *lexicon_find(const struct lexicon *l, stance_str term);
/* Writes what lexicon_add_text reads, in the order of first appearance. */
void lexicon_write(const struct lexicon *l, struct strbuf *out);
/* The same by the hash of the term; its place in entries, NO_ID: none. */
uint32_t lexicon_place(const struct lexicon *l, uint64_t hash);
/* False: no phrase begins with these two words, whose hash_pair this is. */
static inline bool lexicon_opens(const struct lexicon *l, uint64_t pair)
{
    return l->openings[pair >> 53] >> (pair >> 47 & 63) & 1;
}
const struct lexicon_entry *lexicon_find_hash(const struct lexicon *l, uint64_t hash);
void lexicon_free(struct lexicon *l);
#endif
