/* SPDX-License-Identifier: MIT
 * meta: what a --meta CSV says about articles. */
#ifndef IO_META_H
#define IO_META_H
#include "extra.h"

struct meta;

struct meta_row {
    stance_str outlet, date, title, url, author, target; /* ptr NULL: not given */
    const stance_extra *extra; /* [extra_n] its other columns */
    size_t extra_n;
};

/* Reads the whole file. INPUT when it cannot be read, has neither id nor file, or a row is damaged. */
struct meta *meta_open(const char *path, stance_error *err);
void meta_free(struct meta *m);
/* The first of keys[n] that has a row; NULL when none has. Blank and NULL keys are passed over. Marks the row as used. */
const struct meta_row *meta_find(struct meta *m, const stance_str *keys, size_t n);
/* Adds the names of all its other columns, without values, so that articles without a row have them, too. False when memory is out. */
bool meta_name_extras(const struct meta *m, struct extras *e, struct arena *arena);
size_t meta_unused(const struct meta *m);
/* True when path is the meta file itself, under whatever name. */
bool meta_is(const struct meta *m, const char *path);
#endif
