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
    struct cell *items; /* [n] */
    size_t n, cap;
};

/* Adds one; false when memory is out. */
bool cells_add(struct cells *c, uint32_t group, uint32_t article, uint32_t what);
/* Sorts by group, article, what, and makes one of equal cells. False when memory is out, and nothing was done. */
bool cells_sort(struct cells *c);
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
