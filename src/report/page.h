/* SPDX-License-Identifier: MIT
 * page: what every HTML page of ours is made of. Nothing from articles is ever live: all text goes through page_text. */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H
#include "../base/str.h"

void page_open(struct strbuf *out, stance_str title);
void page_close(struct strbuf *out);
/* Appends text for content and quoted attributes, with what could hide or turn text made visible. */
void page_text(struct strbuf *out, stance_str s);
/* Appends ` href="…"`-ready text of a web address: only what a URL may hold. */
void page_url(struct strbuf *out, stance_str url);
/* A box to filter the rows of the table with this id; small: with a choice to hide rows that are too small. */
void page_filter(struct strbuf *out, const char *table, const char *what, bool small);
/* A sortable head: text must be ours or escaped before. css NULL: none. */
void page_head(struct strbuf *out, stance_str text, bool number, const char *css);
#endif
