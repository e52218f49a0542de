/* SPDX-License-Identifier: MIT
 * render_markdown: a table to paste into a page; nothing in it can become markup. */
#ifndef REPORT_RENDER_MARKDOWN_H
#define REPORT_RENDER_MARKDOWN_H
#include "report.h"

void render_markdown(const struct report *r, const stance_render_options *options, struct strbuf *out);

/* Appends text from articles: visible, and nothing but text. */
void render_markdown_text(struct strbuf *out, stance_str s);
/* True for http and https. */
bool render_web(stance_str url);
#endif
