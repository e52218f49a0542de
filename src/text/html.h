/* SPDX-License-Identifier: MIT
 * html: a web page to readable text. The one home of libxml2. */
#ifndef TEXT_HTML_H
#define TEXT_HTML_H
#include "../base/arena.h"

struct html_page {
    stance_str text;   /* valid UTF-8; paragraphs end with an empty line, <br> with a line end */
    stance_str title, date, author, url, site; /* from meta tags; ptr NULL when not given; date as it stands there */
    size_t repaired;   /* invalid byte sequences replaced by U+FFFD */
};

/* Extracts the article: without scripts, navigation, captions, forms, hidden and related-link blocks. The charset is told by BOM, `encoding`
 * (may be NULL), the meta tag, or else is UTF-8 when that fits and Windows-1252 when not. All results live in the arena. False with INPUT
 * for more than 64 MiB or nesting over 2,000, NOMEM. No network, no entities but HTML's own. */
bool html_extract(stance_str bytes, const char *encoding, const stance_limits *limits, struct arena *arena, struct html_page *out, stance_error *err);
#endif
