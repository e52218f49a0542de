/* SPDX-License-Identifier: MIT
 * compare_text: a comparison for people: terminal and Markdown; and what all formats say about method. */
#ifndef REPORT_COMPARE_TEXT_H
#define REPORT_COMPARE_TEXT_H
#include "comparison.h"

void compare_table(const struct comparison *c, const stance_render_options *options, struct strbuf *out);
void compare_markdown(const struct comparison *c, const stance_render_options *options, struct strbuf *out);
/* How many pairs are shown: options.top, else 20. */
size_t compare_shown(const struct comparison *c);
/* Appends "+12 [+3, +20]"; "–" for NaN. */
void compare_estimate(struct strbuf *out, struct estimate e);
/* Appends "0.013", "< 0.001"; "–" for NaN. */
void compare_p(struct strbuf *out, double p);
void compare_method(struct strbuf *out, const struct comparison *c);
/* Appends "Donald Trump +12, FBI -3". */
void compare_parts(struct strbuf *out, const struct part *parts, size_t n);
#endif
