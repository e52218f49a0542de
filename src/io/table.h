/* SPDX-License-Identifier: MIT
 * table: rows with named fields out of CSV, TSV, JSON lines, JSON, plain lines or a marked-up article; valid UTF-8 from here on. */
#ifndef IO_TABLE_H
#define IO_TABLE_H
#include "file.h"

/* TABLE_JSON: an array of objects, or objects one after the other, over any number of lines. TABLE_LINES: one column, "text".
 * TABLE_MARKED: a row per marked content, with the columns id, text, label, target, cue, speaker, group, kind; max_row holds for the article. */
enum table_format { TABLE_CSV, TABLE_TSV, TABLE_JSONL, TABLE_JSON, TABLE_LINES, TABLE_MARKED };

struct table_options {
    bool cp1252;        /* CSV, TSV and lines are Windows-1252 */
    bool empty_is_fine; /* an input without a byte is an end, not a failure */
    bool no_raw;        /* table_raw is not asked for */
    size_t max_row;     /* longest row, bytes; 0: 64 MiB */
    stance_limits limits;
};

struct table;

/* The file is borrowed and must outlive the table. */
struct table *table_open(struct file *file, enum table_format format, const struct table_options *options, stance_error *err);
void table_free(struct table *t);
/* 1: the next row is there. 0: no more. -1: this row failed; call again to go on, unless table_broken. */
int table_next(struct table *t, stance_error *err);
bool table_broken(const struct table *t);
/* Reads the header of CSV and TSV before the first row, so that columns can be looked up; nothing to do for the others. */
bool table_header(struct table *t, stance_error *err);

/* Columns of the table (CSV, TSV) or of the present row (JSON). Names and fields are valid until the next call. */
size_t table_columns(const struct table *t);
const stance_str *table_names(const struct table *t);  /* [table_columns] */
const stance_str *table_fields(const struct table *t); /* [table_columns]; ptr NULL: null */
stance_str table_raw(const struct table *t);           /* JSON: the object as given, repaired; else ptr NULL */
size_t table_line(const struct table *t);              /* of the present or failed row, from 1 */
size_t table_repaired(const struct table *t);          /* invalid byte sequences replaced so far */
const char *table_file(const struct table *t);

/* Column number of the first name that is there, each tried as written and then in any case; STANCE_NONE when none is.
 * names: [..] ended by NULL, the field's own name first, then its aliases in their order. */
size_t table_find(const struct table *t, const char *const *names);
/* Field by the same rule; ptr NULL when there is no such column or it is null. */
stance_str table_get(const struct table *t, const char *const *names);
/* Appends the columns' names as "a, b, c", at most some 200 bytes of them, for messages. */
void table_list(const struct table *t, struct strbuf *out);
#endif
