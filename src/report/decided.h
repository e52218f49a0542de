/* SPDX-License-Identifier: MIT
 * decided: the words that decided a label, marked on the page. */
#ifndef REPORT_DECIDED_H
#define REPORT_DECIDED_H
#include "../base/str.h"

/* Appends text as HTML. sums: [text.len] what each byte did for the label (above 0) or against it. Words that did much are marked: with css
 * when for it, bold the strongest; with a dotted line when against it. */
void decided_put(struct strbuf *out, stance_str text, const double *sums, const char *css);
#endif
