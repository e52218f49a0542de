/* SPDX-License-Identifier: MIT
 * render_csv: one row per group and label, RFC 4180, with the names of the JSON. */
#ifndef REPORT_RENDER_CSV_H
#define REPORT_RENDER_CSV_H
#include "report.h"

void render_csv(const struct report *r, const stance_render_options *options, struct strbuf *out);
void render_tsv(const struct report *r, const stance_render_options *options, struct strbuf *out);
#endif
