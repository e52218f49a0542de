/* SPDX-License-Identifier: MIT
 * recall: the tokens and terms of a text from memory, by what stands between blanks; its words are those of a memo. */
#ifndef LEARN_RECALL_H
#define LEARN_RECALL_H
#include "memo.h"

/* Tokens first to end of a text whose words have numbers already, and lasting text. */
struct token_run {
    const struct tokens *all;
    size_t first, end;
    const uint32_t *numbers;       /* [all->n] of words; any number at other tokens */
    size_t words;                  /* they are below this */
    uint32_t since;                /* changes whenever they are given anew */
};

static inline stance_str token_run_text(const struct token_run *run)
{
    if (run->first == run->end) return (stance_str){"", 0};
    const struct token *items = run->all->items;
    return str_slice(run->all->text, items[run->first].start, items[run->end - 1].end);
}

struct recall_bucket;
struct recall {
    struct memo *memo;
    uint32_t *word_of_number;      /* [numbers_cap] places in the memo; NO_ID: not known */
    size_t numbers_cap;
    uint32_t since;
    uint32_t marks[128];           /* the same of tokens that are one mark of punctuation */
    unsigned forgotten;            /* the memo's, when the table was empty */
    struct recall_bucket *table, *buckets; /* the memory, and the first of them in it */
    struct token *tokens;          /* [tokens_n] of the text */
    uint32_t *token_known;         /* [tokens_n] */
    struct term *terms;            /* [terms_n] */
    uint32_t *known;               /* [terms_n] */
    uint64_t *pairs;               /* [terms_n - 1] */
    size_t pairs_cap;
    size_t tokens_n, terms_n, tokens_cap, terms_cap;
    struct arena arena;
};

/* False when memory is out. */
bool recall_init(struct recall *r, struct memo *memo);
void recall_free(struct recall *r);
/* What terms_read says of the text, and the words; all of it is valid until the next statement of the memo. */
bool recall_read(struct recall *r, stance_str text, struct terms *out, stance_error *err);
/* The same from the tokens of a run, which are its own: `token` counts from the first one, and base is where it starts. Where some would be others in a
 * text of their own, they are read anew, and base is 0. */
bool recall_run(struct recall *r, const struct token_run *run, struct terms *out, stance_error *err);
#endif
