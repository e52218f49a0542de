/* SPDX-License-Identifier: MIT
 * charts: bars, a timeline, a heat map.
 * Method: coordinates in pixels; text stays readable since wide charts scroll instead of shrinking, but on paper. Each chart says in words what it shows, and
 * the timeline and the heat map are followed by the same numbers as a table. Limits: the heat map shows the MOST_ROWS outlets and
 * MOST_COLUMNS targets with the most views. */
#include "charts.h"

#include <math.h>
#include <stdlib.h>

#include "page.h"
#include "render.h"
#include "render_html.h"

/* ---- bars: against on the left, for on the right, as below zero and above it in comparisons ---- */

static void put_segment(struct strbuf *out, const char *css, double from, double share)
{
    if (share > 0) strbuf_print(out, "<rect class=\"f-%s\" x=\"%.1f\" y=\"2\" width=\"%.1f\" height=\"11\"/>", css, from * 200, share * 200);
}

static void put_label(struct strbuf *out, const struct report *r, const struct report_group *g)
{
    for (size_t i = 0; i < r->labels_n; i++) {
        page_text(out, r->labels[i]);
        strbuf_char(out, ' ');
        render_percent(out, g->shares[i].share);
        strbuf_add(out, STR(", "));
    }
    strbuf_add(out, STR("net "));
    render_net(out, g->net);
    strbuf_char(out, ' ');
    render_net_range(out, g->net_lo, g->net_hi);
}

void chart_bar(struct strbuf *out, const struct report *r, const struct report_group *g)
{
    if (!g->n || r->plus == REPORT_NO_LABEL) return;
    double plus = g->shares[r->plus].share, minus = g->shares[r->minus].share;
    strbuf_add(out, STR("<svg class=\"bar\" viewBox=\"0 0 200 24\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\""));
    put_label(out, r, g);
    strbuf_add(out, STR("\">"));
    put_segment(out, "minus", 0, minus);
    put_segment(out, "rest", minus, fmax(0, 1 - plus - minus));
    put_segment(out, "plus", 1 - plus, plus);
    strbuf_print(out, "<line class=\"axis\" x1=\"100\" x2=\"100\" y1=\"14\" y2=\"24\"/><line class=\"tick\" x1=\"%.1f\" x2=\"%.1f\" y1=\"19\" y2=\"19\"/>"
                 "<rect class=\"f-%s\" x=\"%.1f\" y=\"15\" width=\"6\" height=\"8\"/></svg>",
                 100 + g->net_lo * 100, 100 + g->net_hi * 100, g->net >= 0 ? "plus" : "minus", 97 + g->net * 100);
}

/* ---- timeline ---- */

enum { WIDE = 1120, HIGH = 240, LEFT = 52, TOP = 14, BOTTOM = 28 };

static int month_number(stance_str key)
{
    return key.len == 7 ? ((key.ptr[0] - '0') * 1000 + (key.ptr[1] - '0') * 100 + (key.ptr[2] - '0') * 10 + (key.ptr[3] - '0')) * 12 +
                              (key.ptr[5] - '0') * 10 + (key.ptr[6] - '0') : 0;
}

static bool on_line(const struct report_group *g)
{
    return !g->unknown && !isnan(g->net);
}

struct axes {
    const struct report *r;
    int first, last;
    size_t points;
};

static struct axes axes_of(const struct report *r)
{
    struct axes a = {r, 0, 0, 0};
    for (size_t i = 0; i < r->groups_n; i++) {
        if (!on_line(&r->groups[i])) continue;
        int month = month_number(r->groups[i].key[0]);
        if (!a.points++) a.first = month;
        a.last = month;
    }
    return a;
}

static double x_of(const struct axes *a, const struct report_group *g)
{
    int span = a->last > a->first ? a->last - a->first : 1;
    return LEFT + 14 + (double)(month_number(g->key[0]) - a->first) / span * (WIDE - LEFT - 40);
}

static double y_of(double net)
{
    return TOP + (1 - net) / 2 * (HIGH - TOP - BOTTOM);
}

static void put_axes(struct strbuf *out, const struct axes *a)
{
    static const double marks[] = {1, 0.5, 0, -0.5, -1};
    for (size_t i = 0; i < 5; i++) {
        strbuf_print(out, "<line class=\"%s\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/><text class=\"dim\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">",
                     marks[i] > 0 || marks[i] < 0 ? "axis" : "zero", LEFT, WIDE, y_of(marks[i]), y_of(marks[i]), LEFT - 8, y_of(marks[i]) + 4);
        render_net(out, marks[i]);
        strbuf_add(out, STR("</text>"));
    }
    double last = -1000;
    for (size_t i = 0; i < a->r->groups_n; i++) {
        const struct report_group *g = &a->r->groups[i];
        if (!on_line(g) || x_of(a, g) - last < 62) continue;
        last = x_of(a, g);
        strbuf_print(out, "<text class=\"dim\" text-anchor=\"middle\" x=\"%.1f\" y=\"%d\">", last, HIGH - 8);
        page_text(out, g->key[0]);
        strbuf_add(out, STR("</text>"));
    }
}

static void put_path(struct strbuf *out, const struct axes *a)
{
    strbuf_add(out, STR("<polygon class=\"f-band\" points=\""));
    for (size_t i = 0; i < a->r->groups_n; i++)
        if (on_line(&a->r->groups[i])) strbuf_print(out, "%.1f,%.1f ", x_of(a, &a->r->groups[i]), y_of(a->r->groups[i].net_hi));
    for (size_t i = a->r->groups_n; i-- > 0;)
        if (on_line(&a->r->groups[i])) strbuf_print(out, "%.1f,%.1f ", x_of(a, &a->r->groups[i]), y_of(a->r->groups[i].net_lo));
    strbuf_add(out, STR("\"/><polyline class=\"line\" points=\""));
    for (size_t i = 0; i < a->r->groups_n; i++)
        if (on_line(&a->r->groups[i])) strbuf_print(out, "%.1f,%.1f ", x_of(a, &a->r->groups[i]), y_of(a->r->groups[i].net));
    strbuf_add(out, STR("\"/>"));
}

static void put_net(struct strbuf *out, const struct report_group *g)
{
    render_net(out, g->net);
    strbuf_char(out, ' ');
    render_net_range(out, g->net_lo, g->net_hi);
}

static void put_points(struct strbuf *out, const struct axes *a)
{
    for (size_t i = 0; i < a->r->groups_n; i++) {
        const struct report_group *g = &a->r->groups[i];
        if (!on_line(g)) continue;
        html_open_views(out, 't', i, NULL);
        strbuf_print(out, "<circle class=\"f-%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"><title>", g->small ? "rest" : "plus", x_of(a, g),
                     y_of(g->net), g->small ? "3" : "4.5");
        page_text(out, g->key[0]);
        strbuf_add(out, STR(": net "));
        put_net(out, g);
        strbuf_print(out, ", %zu views</title></circle></a>", g->views);
    }
}

static void put_time_table(struct strbuf *out, const struct report *r)
{
    strbuf_add(out, STR("<details><summary>The timeline as a table</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Timeline as a table\">"
                        "<table><thead><tr><th scope=\"col\" class=\"t\">month</th><th scope=\"col\">views</th><th scope=\"col\">net</th></tr></thead><tbody>"));
    for (size_t i = 0; i < r->groups_n; i++) {
        const struct report_group *g = &r->groups[i];
        strbuf_add(out, STR("<tr><th scope=\"row\">"));
        page_text(out, g->key[0]);
        strbuf_add(out, STR("</th><td>"));
        html_open_views(out, 't', i, NULL);
        strbuf_print(out, "%zu</a></td><td>", g->views);
        put_net(out, g);
        strbuf_add(out, STR("</td></tr>"));
    }
    strbuf_add(out, STR("</tbody></table></div></details>\n"));
}

void chart_timeline(struct strbuf *out, const struct report *r)
{
    struct axes a = axes_of(r);
    if (a.points < 2) return;
    strbuf_print(out, "<h2>Over time</h2>\n<p class=\"note\">Net by month with its interval; small grey points have too few views to rank.</p>\n"
                 "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Timeline\"><svg width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" role=\"group\" "
                 "aria-label=\"Net by month, %zu months; the table below has the numbers\">", WIDE, HIGH, WIDE, HIGH, a.points);
    put_axes(out, &a);
    put_path(out, &a);
    put_points(out, &a);
    strbuf_add(out, STR("</svg></div>\n"));
    put_time_table(out, r);
    if (!r->groups[0].examples_n) return;
    strbuf_add(out, STR("<details><summary>Views of each month</summary><div class=\"inner\">\n"));
    for (size_t i = 0; i < r->groups_n; i++) html_views(out, r, 't', i);
    strbuf_add(out, STR("</div></details>\n"));
}

/* ---- heat map ---- */

enum { MOST_ROWS = 12, MOST_COLUMNS = 10, CELL_WIDE = 80, CELL_HIGH = 40, NAMES = 190, HEADS = 104 };

struct heat {
    const struct report *r;
    stance_str row[MOST_ROWS], column[MOST_COLUMNS];
    size_t rows, columns;
};

struct total {
    stance_str name;
    size_t views;
};

static int by_views(const void *a, const void *b)
{
    const struct total *x = a, *y = b;
    if (x->views != y->views) return x->views > y->views ? -1 : 1;
    return str_compare(x->name, y->name);
}

static int by_name(const void *a, const void *b)
{
    return str_compare(((const struct total *)a)->name, ((const struct total *)b)->name);
}

/* The names of one key with the most views, unknown left out. */
static size_t most_viewed(const struct report *r, size_t key, stance_str *out, size_t most)
{
    struct total *all = calloc(r->groups_n + 1, sizeof *all);
    size_t n = 0, kept = 0;
    for (size_t i = 0; all && i < r->groups_n; i++) all[i] = (struct total){r->groups[i].key[key], r->groups[i].n};
    if (all) qsort(all, r->groups_n, sizeof *all, by_name);
    for (size_t i = 0; all && i < r->groups_n; i++) {
        if (n && str_equal(all[n - 1].name, all[i].name)) all[n - 1].views += all[i].views;
        else all[n++] = all[i];
    }
    if (all) qsort(all, n, sizeof *all, by_views);
    for (size_t i = 0; i < n && kept < most; i++)
        if (!str_equal(all[i].name, STR("unknown"))) out[kept++] = all[i].name;
    free(all);
    return kept;
}

static size_t find_cell(const struct heat *h, size_t row, size_t column)
{
    for (size_t i = 0; i < h->r->groups_n; i++)
        if (str_equal(h->r->groups[i].key[0], h->row[row]) && str_equal(h->r->groups[i].key[1], h->column[column])) return i;
    return STANCE_NONE;
}

static void put_cell(struct strbuf *out, const struct heat *h, size_t row, size_t column)
{
    size_t at = find_cell(h, row, column), x = NAMES + column * CELL_WIDE, y = HEADS + row * CELL_HIGH;
    const struct report_group *g = at == STANCE_NONE ? NULL : &h->r->groups[at];
    if (!g || isnan(g->net)) {
        strbuf_print(out, "<rect class=\"cell c-none\" x=\"%zu\" y=\"%zu\" width=\"%d\" height=\"%d\"/>", x, y, CELL_WIDE, CELL_HIGH);
        return;
    }
    html_open_views(out, 'c', at, NULL);
    strbuf_print(out, "<rect class=\"cell c-none\" x=\"%zu\" y=\"%zu\" width=\"%d\" height=\"%d\"/>", x, y, CELL_WIDE, CELL_HIGH);
    strbuf_print(out, "<rect class=\"cell f-%s\" style=\"opacity:1\" fill-opacity=\"%.2f\" x=\"%zu\" y=\"%zu\" width=\"%d\" height=\"%d\"><title>",
                 g->net >= 0 ? "plus" : "minus", 0.08 + 0.37 * fabs(g->net), x, y, CELL_WIDE, CELL_HIGH);
    page_text(out, h->row[row]);
    strbuf_add(out, STR(" on "));
    page_text(out, h->column[column]);
    strbuf_add(out, STR(": net "));
    put_net(out, g);
    strbuf_print(out, ", %zu views</title></rect><text text-anchor=\"middle\" x=\"%zu\" y=\"%zu\">", g->n, x + CELL_WIDE / 2, y + 18);
    render_net(out, g->net);
    strbuf_print(out, "%s</text><text class=\"dim\" text-anchor=\"middle\" style=\"font-size:11px\" x=\"%zu\" y=\"%zu\">n %zu</text></a>", g->small ? " *" : "",
                 x + CELL_WIDE / 2, y + 33, g->n);
}

static void put_names(struct strbuf *out, const struct heat *h)
{
    for (size_t i = 0; i < h->rows; i++) {
        struct strbuf cut = {0};
        render_cut(&cut, h->row[i], 25);
        strbuf_print(out, "<text text-anchor=\"end\" x=\"%d\" y=\"%zu\">", NAMES - 10, HEADS + i * CELL_HIGH + 24);
        out->failed = out->failed || cut.failed;
        page_text(out, strbuf_str(&cut));
        strbuf_add(out, STR("</text>"));
        strbuf_free(&cut);
    }
    for (size_t i = 0; i < h->columns; i++) {
        struct strbuf cut = {0};
        size_t x = NAMES + i * CELL_WIDE + CELL_WIDE / 2;
        render_cut(&cut, h->column[i], 20);
        strbuf_print(out, "<text transform=\"translate(%zu %d) rotate(-38)\">", x, HEADS - 8);
        out->failed = out->failed || cut.failed;
        page_text(out, strbuf_str(&cut));
        strbuf_add(out, STR("</text>"));
        strbuf_free(&cut);
    }
}

static void put_heat_number(struct strbuf *out, const struct heat *h, size_t at)
{
    strbuf_add(out, STR("<td>"));
    if (at != STANCE_NONE) {
        html_open_views(out, 'c', at, NULL);
        put_net(out, &h->r->groups[at]);
        strbuf_print(out, "</a> <span class=\"ci\">n %zu</span>", h->r->groups[at].n);
    }
    strbuf_add(out, STR("</td>"));
}

static void put_heat_table(struct strbuf *out, const struct heat *h)
{
    strbuf_add(out, STR("<details><summary>The heat map as a table</summary><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Heat map as a table\">"
                        "<table><thead><tr><th scope=\"col\" class=\"t\">outlet</th>"));
    for (size_t c = 0; c < h->columns; c++) {
        strbuf_add(out, STR("<th scope=\"col\">"));
        page_text(out, h->column[c]);
        strbuf_add(out, STR("</th>"));
    }
    strbuf_add(out, STR("</tr></thead><tbody>"));
    for (size_t i = 0; i < h->rows; i++) {
        strbuf_add(out, STR("<tr><th scope=\"row\">"));
        page_text(out, h->row[i]);
        strbuf_add(out, STR("</th>"));
        for (size_t c = 0; c < h->columns; c++) {
            size_t at = find_cell(h, i, c);
            put_heat_number(out, h, at);
        }
        strbuf_add(out, STR("</tr>"));
    }
    strbuf_add(out, STR("</tbody></table></div></details>\n"));
}

void chart_heat(struct strbuf *out, const struct report *r)
{
    struct heat h = {.r = r};
    h.rows = most_viewed(r, 0, h.row, MOST_ROWS);
    h.columns = most_viewed(r, 1, h.column, MOST_COLUMNS);
    if (!h.rows || !h.columns || r->plus == REPORT_NO_LABEL) return;
    size_t wide = NAMES + h.columns * CELL_WIDE + 90, high = HEADS + h.rows * CELL_HIGH + 6;
    strbuf_print(out, "<h2>Outlets and targets</h2>\n<p class=\"note\">Net of each outlet on each target, for the outlets and targets with the most views. "
                 "The stronger the colour, the clearer the lean; * too few views to rank.</p>\n"
                 "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Heat map\"><svg width=\"%zu\" height=\"%zu\" viewBox=\"0 0 %zu %zu\" role=\"group\" "
                 "aria-label=\"Net by outlet and target; the table below has the numbers\">", wide, high, wide, high);
    put_names(out, &h);
    for (size_t i = 0; i < h.rows; i++)
        for (size_t c = 0; c < h.columns; c++) put_cell(out, &h, i, c);
    strbuf_add(out, STR("</svg></div>\n"));
    put_heat_table(out, &h);
    if (!r->groups[0].examples_n) return;
    strbuf_add(out, STR("<details><summary>Views of each cell</summary><div class=\"inner\">\n"));
    for (size_t i = 0; i < h.rows * h.columns; i++) {
        size_t at = find_cell(&h, i / h.columns, i % h.columns);
        if (at != STANCE_NONE) html_views(out, r, 'c', at);
    }
    strbuf_add(out, STR("</div></details>\n"));
}
