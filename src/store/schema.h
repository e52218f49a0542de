/* SPDX-License-Identifier: MIT
 * schema: the tables of a store, version by version. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H
#include "database.h"

extern const struct database_kind schema_kind;

/* A view's number in the file: its document's, and its place there. */
enum { SCHEMA_VIEW_BITS = 20 };
static inline int64_t schema_view(int64_t document, size_t number) { return (int64_t)(((uint64_t)document << SCHEMA_VIEW_BITS) + number); }
static inline int64_t schema_document(int64_t view) { return view >> SCHEMA_VIEW_BITS; }
static inline size_t schema_number(int64_t view) { return (size_t)(view & (((int64_t)1 << SCHEMA_VIEW_BITS) - 1)); }
#endif
