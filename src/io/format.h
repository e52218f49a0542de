/* SPDX-License-Identifier: MIT
 * format: what an input holds, told by name, path or first bytes. */
#ifndef IO_FORMAT_H
#define IO_FORMAT_H
#include "table.h"

/* FORMAT_MARKED, a text with marks, is never told by name or path: whoever reads rows looks into the text. */
enum format { FORMAT_UNKNOWN, FORMAT_TXT, FORMAT_HTML, FORMAT_CSV, FORMAT_TSV, FORMAT_JSONL, FORMAT_JSON, FORMAT_MARKED };

/* txt html csv tsv jsonl json; FORMAT_UNKNOWN for anything else. */
enum format format_by_name(const char *name);
/* By extension, .gz looked through. *stem is the path without the extensions that were understood. */
enum format format_by_path(stance_str path, stance_str *stem);
/* By the first bytes: a JSON object, an HTML page, a table whose header names a text column, else text. */
enum format format_by_content(stance_str head);
/* True for CSV, TSV, JSONL, JSON and marked-up articles. */
bool format_is_table(enum format f, enum table_format *table);
const char *format_name(enum format f); /* "txt" for a marked-up article */
/* False, with a message about `name`, when the bytes are no text: PDF, zip, UTF-16, many control characters. */
bool format_check_text(stance_str head, const char *name, stance_error *err);
#endif
