/* SPDX-License-Identifier: MIT
 * render_html: the report as one page: table with bars, timeline, heat map, and the views behind every number. */
#ifndef REPORT_RENDER_HTML_H
#define REPORT_RENDER_HTML_H
#include "report.h"

void render_html(const struct report *r, const stance_render_options *options, struct strbuf *out);
/* "plus", "minus" or "rest": the class of a label, by which it is coloured. */
const char *html_class(const struct report *r, size_t label);
/* A link that opens the views of group i of the list `list` (a letter); only: of this label alone, or NULL. Closed by </a>. */
void html_open_views(struct strbuf *out, char list, size_t i, const stance_str *only);
/* The views of a group; closed until a number opens them. Nothing without examples. */
void html_views(struct strbuf *out, const struct report *r, char list, size_t i);
#endif
