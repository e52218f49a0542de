/* SPDX-License-Identifier: MIT
 * grid: text in columns.
 * Method: widths are those of the widest cell. Limits: as render_table.c; cells are cut only in left columns, to LEAST. */
#include "grid.h"

#include <stdlib.h>

#include "../text/unicode.h"
#include "render.h"
#include "render_markdown.h"

enum { MOST_COLUMNS = 16, GAP = 2, LEAST = 12, MOST = 36 };

struct strbuf *grid_begin(struct grid *g)
{
    g->start = g->text.len;
    return &g->text;
}

void grid_end(struct grid *g)
{
    void *cells = g->cells;
    if (!array_reserve(&cells, &g->cap, g->n + 1, sizeof *g->cells)) {
        g->failed = true;
        return;
    }
    g->cells = cells;
    g->cells[g->n++] = (stance_span){g->start, g->text.len};
}

void grid_put(struct grid *g, stance_str text)
{
    render_visible(grid_begin(g), text);
    grid_end(g);
}

void grid_free(struct grid *g)
{
    strbuf_free(&g->text);
    free(g->cells);
    *g = (struct grid){0};
}

static bool is_left(const struct grid *g, size_t column)
{
    return str_ends(str_slice(strbuf_str(&g->text), g->cells[column].start, g->cells[column].end), STR(":"));
}

static stance_str cell(const struct grid *g, size_t i)
{
    size_t end = g->cells[i].end - (i < g->columns && is_left(g, i));
    return str_slice(strbuf_str(&g->text), g->cells[i].start, end);
}

static size_t measure(const struct grid *g, size_t width[MOST_COLUMNS])
{
    size_t all = 0;
    for (size_t i = 0; i < g->n; i++) {
        size_t c = i % g->columns, w = unicode_width(cell(g, i));
        if (i < g->columns) width[c] = 0;
        if (w > MOST && is_left(g, c)) w = MOST;
        if (w > width[c]) width[c] = w;
    }
    for (size_t c = 0; c < g->columns; c++) all += width[c] + (c ? GAP : 0);
    return all;
}

/* Which columns are shown, after the left ones have given way. The width of all. */
static size_t fit(const struct grid *g, size_t limit, size_t width[MOST_COLUMNS], bool shown[MOST_COLUMNS])
{
    size_t all = measure(g, width);
    for (size_t c = 0; c < g->columns; c++) shown[c] = true;
    for (bool cut = true; limit && all > limit && cut;) {
        cut = false;
        for (size_t c = 0; c < g->columns && all > limit; c++)
            if (is_left(g, c) && width[c] > LEAST) width[c]--, all--, cut = true;
    }
    for (const char *go = g->going; go && *go && limit && all > limit; go++) {
        size_t c = (size_t)(*go - '0');
        shown[c] = false;
        all -= width[c] + GAP;
    }
    for (size_t c = g->columns; c-- > 2 && limit && all > limit;) {
        if (shown[c]) all -= width[c] + GAP;
        shown[c] = false;
    }
    return all;
}

static void put_times(struct strbuf *out, const char *piece, size_t n)
{
    while (n--) strbuf_add(out, str_of(piece));
}

static void put_cell(const struct grid *g, size_t i, size_t width, bool last, struct strbuf *out)
{
    stance_str s = cell(g, i);
    size_t used = unicode_width(s);
    bool left = is_left(g, i % g->columns);
    if (!left) put_times(out, " ", width > used ? width - used : 0);
    size_t before = out->len;
    render_cut(out, s, width);
    if (out->failed || !left || last) return;
    used = unicode_width(str_slice(strbuf_str(out), before, out->len));
    put_times(out, " ", width > used ? width - used : 0);
}

void grid_table(struct grid *g, size_t limit, struct strbuf *out)
{
    size_t width[MOST_COLUMNS], last = 0;
    bool shown[MOST_COLUMNS];
    out->failed = out->failed || g->failed || g->text.failed || g->columns > MOST_COLUMNS;
    if (out->failed || !g->n) return;
    size_t all = fit(g, limit, width, shown);
    for (size_t c = 0; c < g->columns; c++)
        if (shown[c]) last = c;
    for (size_t i = 0; i < g->n; i++) {
        size_t c = i % g->columns;
        if (!shown[c]) continue;
        if (c) put_times(out, " ", GAP);
        put_cell(g, i, width[c], c == last, out);
        if (c < last) continue;
        strbuf_char(out, '\n');
        if (i < g->columns) put_times(out, "─", all), strbuf_char(out, '\n');
    }
}

void grid_markdown(struct grid *g, struct strbuf *out)
{
    out->failed = out->failed || g->failed || g->text.failed;
    if (out->failed) return;
    for (size_t i = 0; i < g->n; i++) {
        if (i % g->columns == 0) strbuf_char(out, '|');
        strbuf_char(out, ' ');
        render_markdown_text(out, cell(g, i));
        strbuf_add(out, STR(" |"));
        if ((i + 1) % g->columns) continue;
        strbuf_char(out, '\n');
        if (i >= g->columns) continue;
        strbuf_char(out, '|');
        for (size_t c = 0; c < g->columns; c++) strbuf_add(out, is_left(g, c) ? STR(":--|") : STR("--:|"));
        strbuf_char(out, '\n');
    }
}
