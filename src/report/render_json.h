/* SPDX-License-Identifier: MIT
 * render_json: schema stance.report/1, one object and a line end. */
#ifndef REPORT_RENDER_JSON_H
#define REPORT_RENDER_JSON_H
#include "report.h"

void render_json(const struct report *r, const stance_render_options *options, struct strbuf *out);
#endif
