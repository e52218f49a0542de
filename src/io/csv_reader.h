/* SPDX-License-Identifier: MIT
 * csv_reader: rows of a CSV or TSV file, one at a time. The one home of libcsv. */
#ifndef IO_CSV_READER_H
#define IO_CSV_READER_H
#include "file.h"

struct csv_reader;

struct csv_options {
    char delimiter;     /* 0: , ; or tab, whichever the first line has most of */
    size_t max_record;  /* longest record, bytes; 0: 64 MiB */
    size_t max_lines;   /* longest quoted field, lines; 0: 100,000 */
    bool only_libcsv;   /* each field goes through libcsv, for comparing */
};

/* The file is borrowed and must outlive the reader. NULL when memory is out. */
struct csv_reader *csv_reader_new(struct file *file, const struct csv_options *options, stance_error *err);
void csv_reader_free(struct csv_reader *r);
/* 1: the next record is there. 0: no more. -1: this record failed (too many or too few fields, a quote that is not closed, too long);
 * call again to go on behind it, unless csv_reader_broken. The first record sets how many fields the others must have. Empty lines
 * are passed over. */
int csv_reader_next(struct csv_reader *r, stance_error *err);
/* Fields of the present record as given (any bytes), valid until the next call. */
size_t csv_reader_fields(const struct csv_reader *r);
stance_str csv_reader_field(const struct csv_reader *r, size_t i);
/* Line on which the present (or failed) record begins, from 1. */
size_t csv_reader_line(const struct csv_reader *r);
bool csv_reader_broken(const struct csv_reader *r);
#endif
