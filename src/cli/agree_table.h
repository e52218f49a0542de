/* SPDX-License-Identifier: MIT
 * agree_table: agreement for reading (table) and for programs (json), and the disagreements (csv, tsv). */
#ifndef CLI_AGREE_TABLE_H
#define CLI_AGREE_TABLE_H
#include "../base/str.h"
#include "options.h"

/* USAGE at an unknown format. */
bool agree_table_put(struct strbuf *out, const struct options *o, const stance_ratings *ratings, const stance_agreement *a, stance_error *err);
#endif
