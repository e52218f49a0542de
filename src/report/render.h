/* SPDX-License-Identifier: MIT
 * render: the table of formats, and what they share. Renderers only append; memory running out shows in out->failed. */
#ifndef REPORT_RENDER_H
#define REPORT_RENDER_H
#include "report.h"

struct renderer {
    const char *name, *summary;
    void (*render)(const struct report *r, const stance_render_options *options, struct strbuf *out);
};

const struct renderer *renderer_at(size_t i);             /* NULL past the last */
const struct renderer *renderer_find(const char *name);   /* NULL when there is none */

/* Appends s with every character that could move, hide or turn text made visible, as \u{202E}. */
void render_visible(struct strbuf *out, stance_str s);
/* Appends what fits in `width` columns, with … for the rest. */
void render_cut(struct strbuf *out, stance_str s, size_t width);
/* Appends the words of s in lines of `width` columns (0: one line) and a line end. The first goes on where out stands, `used` columns in;
 * the others begin with `indent` blanks. */
void render_wrapped(struct strbuf *out, stance_str s, size_t width, size_t used, size_t indent);
/* Appends "62 %", or "–" for NaN. */
void render_percent(struct strbuf *out, double share);
/* Appends "[41–79]"; nothing for NaN. */
void render_range(struct strbuf *out, double lo, double hi);
/* Appends "+42", in percentage points, or "–" for NaN. */
void render_net(struct strbuf *out, double net);
/* Appends "[-5, +70]"; nothing for NaN. */
void render_net_range(struct strbuf *out, double lo, double hi);
/* Appends a number with at most six decimals; false, nothing appended, for NaN. */
bool render_number(struct strbuf *out, double value);
/* Appends the sentences on how the numbers came to be, without a line end. */
void render_method(struct strbuf *out, const struct report *r);
/* Whether a column or note is worth its room. */
bool render_has_no_view(const struct report *r);
bool render_has_copies(const struct report *r);
bool render_has_small(const struct report *r);
#endif
