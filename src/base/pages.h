/* SPDX-License-Identifier: MIT
 * pages: large tables that are read all over. */
#ifndef BASE_PAGES_H
#define BASE_PAGES_H
#include <stddef.h>

/* Zeroed memory that begins at a line of the cache; on pages of 2 MiB where the system has them, so that reading here and there need not look up
 * as many small ones. NULL when memory is out. */
void *pages_take(size_t size);
/* NULL is fine. */
void pages_give(void *memory);
#endif
