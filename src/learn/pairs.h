/* SPDX-License-Identifier: MIT
 * pairs: the features that a model has of two words in a row, of all templates at once: one look-up tells them all. */
#ifndef LEARN_PAIRS_H
#define LEARN_PAIRS_H
#include "model.h"

/* The templates of pairs: w2, side2 before and behind the target, clause. */
enum pair_kind { PAIR_ROW, PAIR_LEFT, PAIR_RIGHT, PAIR_CLAUSE, PAIR_KINDS };

struct pair {
    uint32_t tag;             /* of the spread hash; the slot says more of it. 0: an empty slot */
    uint32_t id[PAIR_KINDS];  /* features + 1; 0: none */
};

struct pairs {
    struct pair *slots;       /* [size + 1], one is always empty */
    size_t size;
    uint64_t *filter;         /* bits by the spread hash, six a key, so that it stays near: most pairs of a text are not there */
    unsigned shift;
};

/* Those of a model without copies whose keys are text; false when memory is out. */
bool pairs_init(struct pairs *p, const struct stance_model *model);
void pairs_free(struct pairs *p);

/* spread: hash_pair of the words. */
static inline const struct pair *pair_slot(const struct pairs *p, uint64_t spread)
{
    return &p->slots[((spread >> 32) * p->size) >> 32];
}
/* False: no template has it. */
static inline bool pair_may_be(const struct pairs *p, uint64_t spread)
{
    uint64_t bit = spread >> p->shift;
    return p->filter[bit >> 6] >> (bit & 63) & 1;
}
static inline uint32_t pair_tag(uint64_t spread) { return (uint32_t)spread | 1; }
/* NULL: no template has it. */
static inline const struct pair *pair_find(const struct pairs *p, uint64_t spread)
{
    uint32_t tag = pair_tag(spread);
    const struct pair *at = pair_slot(p, spread);
    while (at->tag && at->tag != tag) at = at == p->slots + p->size ? p->slots : at + 1;
    return at->tag ? at : NULL;
}
#endif
