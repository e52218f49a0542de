/* SPDX-License-Identifier: MIT
 * compare_html: a comparison as one page. */
#ifndef REPORT_COMPARE_HTML_H
#define REPORT_COMPARE_HTML_H
#include "comparison.h"

void compare_html(const struct comparison *c, const stance_render_options *options, struct strbuf *out);
#endif
