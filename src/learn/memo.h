/* SPDX-License-Identifier: MIT
 * memo: what the character n-grams of words met before add to scores. Words repeat, and each has dozens of n-grams to look up. */
#ifndef LEARN_MEMO_H
#define LEARN_MEMO_H
#include "model.h"

struct memo {
    const struct stance_model *model;
    uint32_t first, end;        /* ids of the block of characters */
    struct dictionary words;
    size_t *start;              /* [words.n + 1] into ids */
    double *sums;               /* [words.n][1 + labels]: of squared values and of values times weights, each n-gram counted once */
    uint32_t *ids;
    size_t start_cap, sums_cap, ids_n, ids_cap;
    uint64_t *seen;             /* bits: n-grams of this statement */
    struct tally again;         /* those seen before, and how often */
    double total[1 + STANCE_MAX_LABELS];
    bool open;                  /* n-grams are being added to the last word */
};

/* False when memory is out. */
bool memo_init(struct memo *m, const struct stance_model *model);
void memo_free(struct memo *m);
/* Begins a statement. */
void memo_begin(struct memo *m);
/* Adds a word that is known; if it is not, *known is false, and its n-grams follow by memo_note up to memo_close. False when memory is out. */
bool memo_word(struct memo *m, uint64_t hash, bool *known);
bool memo_note(struct memo *m, uint32_t id);
bool memo_close(struct memo *m);
/* Adds what all words so far add to the scores. */
void memo_score(struct memo *m, double length, double *scores);
#endif
