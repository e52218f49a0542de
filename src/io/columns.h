/* SPDX-License-Identifier: MIT
 * columns: the names under which the contract's fields are found in tables. */
#ifndef IO_COLUMNS_H
#define IO_COLUMNS_H
#include "table.h"

enum column {
    COLUMN_ID, COLUMN_FILE, COLUMN_TEXT, COLUMN_HTML, COLUMN_LABEL, COLUMN_OUTLET, COLUMN_URL, COLUMN_DATE, COLUMN_TITLE, COLUMN_AUTHOR,
    COLUMN_TARGET, COLUMN_TARGET_START, COLUMN_TARGET_END, COLUMN_CUE, COLUMN_KIND, COLUMN_SPEAKER, COLUMN_GROUP, COLUMN_WEIGHT, COLUMN_SPLIT,
    COLUMN_PAIR, COLUMN_ANSWER, COLUMNS
};

/* The field's own name, then its aliases in their order, ended by NULL; for table_find and table_get. */
const char *const *column_names(enum column c);
/* The field in the present row, blanks trimmed; ptr NULL when it is not there, null or blank. */
stance_str column_value(const struct table *t, enum column c);
/* Appends "text = body, id = doc_id" for those of wanted[n] that are found under another name than their own. */
void column_report(const struct table *t, const enum column *wanted, size_t n, struct strbuf *out);
#endif
