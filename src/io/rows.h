/* SPDX-License-Identifier: MIT
 * rows: statements out of tables and lines, streaming. The interface is in stance.h; here is what dataset.c needs besides. */
#ifndef IO_ROWS_H
#define IO_ROWS_H
#include "columns.h"

/* The table of the present row; NULL between files. */
const struct table *rows_table(const stance_row_reader *r);
/* The name of the file that the present row came from. */
const char *rows_file(const stance_row_reader *r);
/* The label as it stands in the input, before maps; ptr NULL when there is none. */
stance_str rows_raw_label(const stance_row_reader *r);
/* True when the present row was rejected by an annotator (Prodigy's answer). */
bool rows_rejected(const stance_row_reader *r);
/* Asks for a label column in every table from now on. */
void rows_need_labels(stance_row_reader *r);
#endif
