/* SPDX-License-Identifier: MIT
 * arena: memory freed all at once; one per document, reset between documents. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include "../stance.h"

struct arena_block;
struct arena {
    struct arena_block *head; /* block being filled; older ones behind it */
    size_t used, size;        /* bytes in head */
};
#define ARENA_EMPTY {NULL, 0, 0}

/* Zeroed memory for count objects of `size` bytes, aligned for any type, valid until reset or free; NULL when memory is out. */
void *arena_array(struct arena *a, size_t count, size_t size);
/* Grows an array that was the caller's: copies old_count objects into a new place, what follows them is not set. NULL when memory is out. */
void *arena_grow(struct arena *a, const void *old, size_t old_count, size_t new_count, size_t size);
/* Copies text and ends it with NUL (not counted). ptr NULL gives ptr NULL; returns false when memory is out. */
bool arena_copy(struct arena *a, stance_str text, stance_str *out);
/* Forgets all, keeps the largest block for the next document. */
void arena_reset(struct arena *a);
void arena_free(struct arena *a);
#endif
