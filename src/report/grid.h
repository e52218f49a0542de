/* SPDX-License-Identifier: MIT
 * grid: a plain table of text, for the terminal and for Markdown. */
#ifndef REPORT_GRID_H
#define REPORT_GRID_H
#include "../base/str.h"

/* All zero is empty. Cells come row by row, the head first; text is appended to `text` between grid_begin and grid_end. */
struct grid {
    size_t columns;
    struct strbuf text;
    stance_span *cells; /* [n] in text */
    size_t n, cap;
    size_t start;
    bool failed;
    const char *going; /* columns that go first when there is no room, as digits, in this order; NULL: the last ones */
};

struct strbuf *grid_begin(struct grid *g);
void grid_end(struct grid *g);
void grid_put(struct grid *g, stance_str text); /* a whole cell */
/* Renders; columns whose head ends in ':' stand left, without the colon. width 0: no limit, else the first column gives way, then columns
 * of `going`, then the last ones. */
void grid_table(struct grid *g, size_t width, struct strbuf *out);
void grid_markdown(struct grid *g, struct strbuf *out);
void grid_free(struct grid *g);
#endif
