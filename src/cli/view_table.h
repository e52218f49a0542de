/* SPDX-License-Identifier: MIT
 * view_table: views for reading on a terminal. */
#ifndef CLI_VIEW_TABLE_H
#define CLI_VIEW_TABLE_H
#include "../base/str.h"

/* Appends the views of one article: a heading, then a line per view with speaker, stance and the words. width 0: no limit. */
void view_table_put(struct strbuf *out, const stance_document *document, const stance_result *views, const char *const *labels, size_t labels_n,
                    size_t width, bool color);
#endif
