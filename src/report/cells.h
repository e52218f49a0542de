/* SPDX-License-Identifier: MIT
 * cells: how often a group, an article and a thing counted came together; and which hashes were seen. */
#ifndef REPORT_CELLS_H
#define REPORT_CELLS_H
#include "../base/str.h"

struct cell {
    uint32_t group, article, what, n;
};

/* All zero is empty. */
struct cells {
    struct cell *slots; /* [size], n = 0: empty */
    size_t used, size;
};

/* Adds one; false when memory is out. */
bool cells_add(struct cells *c, uint32_t group, uint32_t article, uint32_t what);
/* A copy of all cells in the order group, article, what: c->used of them. The caller frees. NULL when memory is out. */
struct cell *cells_sorted(const struct cells *c);
void cells_free(struct cells *c);

/* All zero is empty. */
struct seen {
    uint64_t *slots; /* [size], 0: empty */
    size_t used, size;
};

/* Notes a hash; *fresh tells whether it is new. False when memory is out. */
bool seen_add(struct seen *s, uint64_t hash, bool *fresh);
bool seen_has(const struct seen *s, uint64_t hash);
void seen_free(struct seen *s);
#endif
