/* SPDX-License-Identifier: MIT
 * reading: documents and views out of a store. */
#ifndef STORE_READING_H
#define STORE_READING_H
#include "digest.h"
#include "store.h"

struct reading;
void reading_free(struct reading *r);
/* The view read last, as the file has it: not corrected. */
const struct view_row *reading_row(const struct reading *r);
/* The number of the document read last. */
int64_t reading_document(const struct reading *r);
/* Names of all foreign columns in the order of their coming, at most EXTRA_MOST; into the arena. */
bool reading_columns(stance_store *s, struct arena *arena, const stance_str **names, size_t *n, stance_error *err);
#endif
