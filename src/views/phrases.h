/* SPDX-License-Identifier: MIT
 * phrases: noun phrases beside a cue, and where clauses end, without a parser. */
#ifndef VIEWS_PHRASES_H
#define VIEWS_PHRASES_H
#include "article.h"

struct phrase {
    uint32_t first, end;    /* tokens; first == end: none */
    uint32_t head;          /* token that decides who it is: pronoun, name or noun */
};

static inline bool phrase_found(struct phrase p) { return p.first < p.end; }

/* Those that an article was asked for last, by token: kept while names and classes of words stay as they are. */
struct phrase_memo {
    struct phrase_known {
        uint64_t key;
        struct phrase phrase;
    } subject[64], at[64];
    struct {
        uint64_t key;
        size_t end;
    } adverbials[64];
};

/* The subject that ends before token `verb` (auxiliaries and adverbs between them skipped, "Liang, who founded it, said" included), looked for down to
 * token `floor`. *left gets the token at which subject and what belongs to it begin. */
struct phrase phrase_subject(const struct article *a, size_t floor, size_t verb);
/* The noun phrase that begins at `at`, up to token `end`. */
struct phrase phrase_at(const struct article *a, size_t at, size_t end);
/* Can the phrase hold a view: a person, group, organisation, document or pronoun? */
bool phrase_holder(const struct article *a, struct phrase p);
/* Is there a finite verb in tokens [first, end) outside quotations? */
bool phrase_has_verb(const struct article *a, size_t first, size_t end);
/* Is the word at token i one, by itself? */
static inline bool phrase_verb_at(const struct article *a, size_t i)
{
    return i < a->tokens.n && ((a->flags[i] & WORD_FINITE) || (a->look[i].ends & ENDS_VERB)) && a->look[i].kind == TOKEN_WORD && a->mention_at[i] == NO_ENTITY;
}
/* Token behind adverbs, dates, "in a statement", "on Monday", "this week" and the like from `at`. */
size_t phrase_skip_adverbials(const struct article *a, size_t at, size_t end);
#endif
