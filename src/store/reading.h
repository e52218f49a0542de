/* SPDX-License-Identifier: MIT
 * reading: documents and views out of a store. */
#ifndef STORE_READING_H
#define STORE_READING_H
#include "store.h"

struct reading;
void reading_free(struct reading *r);
/* The number in the file of the view read last, and that of its earliest copy as it is noted (0: none). */
int64_t reading_view(const struct reading *r);
int64_t reading_first(const struct reading *r);
#endif
