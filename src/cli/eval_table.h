/* SPDX-License-Identifier: MIT
 * eval_table: metrics as text. */
#ifndef CLI_EVAL_TABLE_H
#define CLI_EVAL_TABLE_H
#include "../base/str.h"

/* Appends the metrics in a format: table, csv or json. */
bool eval_table_put(struct strbuf *out, const char *format, const stance_rows *rows, const stance_metrics *m, stance_error *err);
#endif
