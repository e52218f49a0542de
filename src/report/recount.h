/* SPDX-License-Identifier: MIT
 * recount: from views to counts per group and article, once all views are there: copies are found, claims get their groups. */
#ifndef REPORT_RECOUNT_H
#define REPORT_RECOUNT_H
#include "counts.h"

struct recount_examples {
    const stance_record **items; /* [n] they belong to counts; duplicate_of is filled in */
    size_t n;
};

/* All zero is empty. */
struct recount {
    struct cell *cells;          /* [cells_n] by group, article, what; group 0 holds all views */
    size_t cells_n;
    struct vocab own;            /* groups, when they are claims */
    const struct vocab *groups;  /* packed keys: those of counts, or own */
    size_t *copies;              /* [groups->n] views that repeat another of the group */
    struct recount_examples *examples; /* [groups->n] */
    uint32_t *views;             /* of each group the views that count with a label, by time and article */
    size_t *start;               /* [groups->n + 1] in views */
    struct arena arena;
};

/* False when memory is out; free in any case. */
bool recount_build(struct recount *t, struct counts *c);
void recount_free(struct recount *t);
#endif
