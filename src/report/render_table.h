/* SPDX-License-Identifier: MIT
 * render_table: the table for the terminal, as wide as it is asked to be. */
#ifndef REPORT_RENDER_TABLE_H
#define REPORT_RENDER_TABLE_H
#include "report.h"

void render_table(const struct report *r, const stance_render_options *options, struct strbuf *out);
#endif
