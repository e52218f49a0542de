/* SPDX-License-Identifier: MIT
 * lines: a byte source cut into lines, or into the top-level objects of a JSON text. */
#ifndef IO_LINES_H
#define IO_LINES_H
#include "file.h"

struct lines {
    struct file *file;       /* borrowed */
    size_t max;              /* longest unit, bytes */
    char *buf;               /* buf[at, n) is not given out yet */
    size_t at, n, cap;
    size_t line;             /* of the unit last given, from 1 */
    size_t next_line;
    bool end, broken;
};

void lines_init(struct lines *l, struct file *file, size_t max);
void lines_free(struct lines *l);
/* 1: *out is the next line without its LF or CRLF, valid until the next call. 0: end. -1: longer than max (skipped, go on) or the
 * source failed (l->broken). A BOM before the first line is dropped. */
int lines_next(struct lines *l, stance_str *out, stance_error *err);
/* The same for objects: {...} at the top level or inside one top-level array; line is where it begins. Text that is none of these
 * breaks the source. */
int lines_next_object(struct lines *l, stance_str *out, stance_error *err);
#endif
