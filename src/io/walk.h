/* SPDX-License-Identifier: MIT
 * walk: the files in a folder and below, sorted by path. */
#ifndef IO_WALK_H
#define IO_WALK_H
#include "../base/error.h"
#include "../base/str.h"

struct walk;

/* True for a folder, and for a link to one. */
bool walk_is_folder(const char *path);

/* The folder is opened at the first call of walk_next. */
struct walk *walk_open(const char *folder, stance_error *err);
void walk_free(struct walk *w);
/* 1: *path is the next regular file, NUL-ended, valid until the next call; path + *inside is its path inside the folder. 0: end. -1: a
 * folder could not be read (*path names it), or memory is out (STANCE_NOMEM); call again to go on. Names that begin with a dot are passed
 * over; a link to a folder already entered is not followed. */
int walk_next(struct walk *w, const char **path, size_t *inside, stance_error *err);
#endif
