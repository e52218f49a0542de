/* SPDX-License-Identifier: MIT
 * writer: where results go, and how cells are quoted. */
#ifndef IO_WRITER_H
#define IO_WRITER_H
#include "../base/error.h"
#include "../base/str.h"

struct writer;

/* path NULL or "-" is stdout; .gz at the end packs. A regular file is written beside its place and moved there by writer_finish, so it is
 * whole or not there; devices and pipes are written to directly. NULL with STANCE_OUTPUT. Free with writer_free. */
struct writer *writer_open(const char *path, stance_error *err);
/* False with STANCE_OUTPUT (full, closed pipe); it stays false from then on. */
bool writer_write(struct writer *w, stance_str text, stance_error *err);
/* Hands everything written so far to the system: for streams that somebody watches. */
bool writer_flush(struct writer *w, stance_error *err);
/* Writes out the rest and puts the file in its place. Call once, at success. */
bool writer_finish(struct writer *w, stance_error *err);
/* True when the reader of the pipe went away: to be treated as quiet success. */
bool writer_closed(const struct writer *w);
/* Frees; an unfinished regular file is removed and what stood in its place before stays. */
void writer_free(struct writer *w);

/* ---- cells ---- */

struct cell_style {
    char delimiter;  /* ',' or '\t' */
    bool excel;      /* cells beginning with = + - @ get an apostrophe before them, unless they are numbers */
};

/* Appends one cell as RFC 4180 has it: quoted when it holds the delimiter, a quotation mark, a line end, or blanks at an end. ptr NULL gives
 * an empty cell. `first` tells whether a delimiter stands before it. */
void cell_put(struct strbuf *out, struct cell_style style, bool first, stance_str text);
enum { CELL_MOST = 2, CELL_MORE = 16 };
/* The same, without a delimiter, to a place with room for CELL_MOST * text.len + CELL_MORE bytes; returns where it ends. */
char *cell_write(char *to, struct cell_style style, stance_str text);
void cell_end_row(struct strbuf *out);
/* What begins a file in --excel mode. */
#define CELL_EXCEL_BOM "\xEF\xBB\xBF"
#endif
