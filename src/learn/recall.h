/* SPDX-License-Identifier: MIT
 * recall: the tokens and terms of a text from memory, by what stands between blanks; its words are those of a memo. */
#ifndef LEARN_RECALL_H
#define LEARN_RECALL_H
#include "memo.h"

struct recall_bucket;
struct recall {
    struct memo *memo;
    unsigned forgotten;            /* the memo's, when the table was empty */
    struct recall_bucket *table, *buckets; /* the memory, and the first of them in it */
    struct token *tokens;          /* [tokens_n] of the text */
    uint32_t *token_known;         /* [tokens_n] */
    struct term *terms;            /* [terms_n] */
    uint32_t *known;               /* [terms_n] */
    size_t tokens_n, terms_n, tokens_cap, terms_cap;
    struct arena arena;
};

/* False when memory is out. */
bool recall_init(struct recall *r, struct memo *memo);
void recall_free(struct recall *r);
/* What terms_read says of the text, and the words; all of it is valid until the next statement of the memo. */
bool recall_read(struct recall *r, stance_str text, struct terms *out, stance_error *err);
#endif
