/* SPDX-License-Identifier: MIT
 * extra: columns that are none of ours, on their way from articles and --meta into records. */
#ifndef IO_EXTRA_H
#define IO_EXTRA_H
#include "../base/arena.h"
#include "columns.h"

/* So that a table with a text in every other column does not swell every view of it. */
enum { EXTRA_MOST = 64, EXTRA_NAME = 100, EXTRA_VALUE = 1000 };

struct extras {
    stance_extra items[EXTRA_MOST];
    size_t n;
};

/* Whether a record has a field of this name itself. */
bool extra_is_ours(stance_str name);
/* Adds those columns of the present row that known[n] do not stand for: name and value into the arena, blanks trimmed; a value that is blank or longer than
 * EXTRA_VALUE is NULL. A name that is a record's own gets "meta_" before it; one that is there already keeps its value unless that is NULL.
 * Passed over: empty names, and in JSON what is nested. False when memory is out. */
bool extras_add(struct extras *e, struct arena *arena, const struct table *t, enum table_format format, const enum column *known, size_t n);
/* Adds one. */
bool extras_put(struct extras *e, struct arena *arena, stance_str name, stance_str value);
/* The same in the arena, as documents have them. */
bool extras_keep(struct arena *arena, const stance_extra *from, size_t n, const stance_extra **to);
/* By name; NULL: there is none. */
const stance_extra *extra_find(const stance_extra *all, size_t n, stance_str name);
#endif
