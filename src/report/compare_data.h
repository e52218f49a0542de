/* SPDX-License-Identifier: MIT
 * compare_data: a comparison for programs: CSV, one row per pair; JSON, schema stance.compare/1. */
#ifndef REPORT_COMPARE_DATA_H
#define REPORT_COMPARE_DATA_H
#include "comparison.h"

void compare_csv(const struct comparison *c, const stance_render_options *options, struct strbuf *out);
void compare_tsv(const struct comparison *c, const stance_render_options *options, struct strbuf *out);
void compare_json(const struct comparison *c, const stance_render_options *options, struct strbuf *out);
#endif
