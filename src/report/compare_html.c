/* SPDX-License-Identifier: MIT
 * compare_html: outlets with their intervals, all pairs, and what makes each difference.
 * Method: page.c; two sortable tables. Limits: pairs beyond MOST_PAIRS are left to CSV and JSON. */
#include "compare_html.h"

#include <math.h>

#include "compare_text.h"
#include "page.h"
#include "render.h"

enum { MOST_PAIRS = 1000 };

static void put_cell(struct strbuf *out, double value, const char *css)
{
    strbuf_print(out, "<td%s data-v=\"", css);
    render_number(out, value);
    strbuf_add(out, STR("\">"));
}

static void put_number(struct strbuf *out, double value)
{
    put_cell(out, value, "");
}

static void put_estimate(struct strbuf *out, struct estimate e)
{
    put_number(out, e.value);
    render_net(out, e.value);
    strbuf_add(out, STR(" <span class=\"ci\">"));
    render_net_range(out, e.lo, e.hi);
    strbuf_add(out, STR("</span></td>"));
}

/* Left out where it is narrow, as its heading is. */
static void put_share(struct strbuf *out, struct estimate e)
{
    put_cell(out, e.value, " class=\"opt\"");
    render_percent(out, e.value);
    strbuf_add(out, STR(" <span class=\"ci\">"));
    render_range(out, e.lo, e.hi);
    strbuf_add(out, STR("</span></td>"));
}

static void put_p(struct strbuf *out, double p)
{
    struct strbuf text = {0};
    compare_p(&text, p);
    out->failed = out->failed || text.failed;
    put_number(out, p);
    page_text(out, strbuf_str(&text));
    strbuf_add(out, STR("</td>"));
    strbuf_free(&text);
}

static void put_count(struct strbuf *out, size_t n, const char *css)
{
    strbuf_print(out, "<td class=\"%s\" data-v=\"%zu\">%zu</td>", css, n, n);
}

/* Net from -100 to +100 with its interval. */
static void put_interval(struct strbuf *out, struct estimate e)
{
    strbuf_add(out, STR("<td class=\"t\"><svg class=\"bar\" viewBox=\"0 0 200 24\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"net "));
    compare_estimate(out, e);
    strbuf_print(out, "\"><line class=\"axis\" x1=\"0\" x2=\"200\" y1=\"12\" y2=\"12\"/><line class=\"zero\" x1=\"100\" x2=\"100\" y1=\"0\" y2=\"24\"/>"
                 "<line class=\"tick\" x1=\"%.1f\" x2=\"%.1f\" y1=\"12\" y2=\"12\"/><rect class=\"f-%s\" x=\"%.1f\" y=\"6\" width=\"6\" height=\"12\"/></svg></td>",
                 100 + e.lo * 100, 100 + e.hi * 100, e.value >= 0 ? "plus" : "minus", 97 + e.value * 100);
}

static void put_text(struct strbuf *out, stance_str text, const char *open, const char *close)
{
    strbuf_add(out, str_of(open));
    page_text(out, text);
    strbuf_add(out, str_of(close));
}

static void put_label_head(struct strbuf *out, stance_str label)
{
    struct strbuf text = {0};
    page_text(&text, label);
    page_head(out, strbuf_str(&text), true, "opt");
    out->failed = out->failed || text.failed;
    strbuf_free(&text);
}

static void put_outlets(struct strbuf *out, const struct comparison *c)
{
    strbuf_add(out, STR("<h2>Outlets</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Outlets\"><table id=\"outlets\"><thead><tr>"));
    page_head(out, STR("outlet"), false, NULL);
    page_head(out, STR("articles"), true, "opt");
    page_head(out, STR("views"), true, NULL);
    put_label_head(out, c->labels[0]);
    put_label_head(out, c->labels[1]);
    page_head(out, STR("net"), true, NULL);
    strbuf_add(out, STR("<th scope=\"col\" class=\"t\">net, -100 to +100</th></tr></thead><tbody>\n"));
    for (size_t i = 0; i < c->outlets_n; i++) {
        const struct comparison_outlet *o = &c->outlets[i];
        put_text(out, o->name, "<tr><th scope=\"row\" class=\"t\">", "</th>");
        put_count(out, o->articles, "opt");
        put_count(out, o->n, "");
        put_share(out, o->plus);
        put_share(out, o->minus);
        put_estimate(out, o->net);
        put_interval(out, o->net);
        strbuf_add(out, STR("</tr>\n"));
    }
    strbuf_add(out, STR("</tbody></table></div>\n"));
}

static void put_parts(struct strbuf *out, const struct part *parts, size_t n)
{
    struct strbuf text = {0};
    compare_parts(&text, parts, n);
    out->failed = out->failed || text.failed;
    put_text(out, strbuf_str(&text), "<td class=\"t long\">", "</td>");
    strbuf_free(&text);
}

static void put_pair(struct strbuf *out, const struct comparison *c, const struct comparison_pair *x)
{
    put_text(out, c->outlets[x->a].name, "<tr><th scope=\"row\" class=\"t\">", "</th>");
    put_text(out, c->outlets[x->b].name, "<td class=\"t\">", "</td>");
    put_estimate(out, x->all.net);
    put_p(out, x->all.p);
    put_p(out, x->all.q);
    put_count(out, x->common, "");
    put_estimate(out, x->same.net);
    put_p(out, x->same.p);
    put_p(out, x->same.q);
    put_parts(out, x->speakers, x->speakers_n);
    put_parts(out, x->targets, x->targets_n);
    strbuf_add(out, STR("</tr>\n"));
}

static void put_pairs(struct strbuf *out, const struct comparison *c)
{
    static const char *const heads[] = {"net of the difference", "p", "q", "speakers both quote", "difference for these", "p", "q"};
    strbuf_add(out, STR("<h2>Differences</h2>\n<p class=\"note\">The first outlet’s net minus the second’s, in points. “For these”: speaker by speaker, for the speakers "
                        "both quote; it shows how they lean, not whom they quote. Below q = 0.05, one in twenty of the pairs listed is expected to be chance.</p>\n"));
    page_filter(out, "pairs", "pairs", false);
    strbuf_add(out, STR("<div class=\"scroll tall\" tabindex=\"0\" role=\"region\" aria-label=\"Differences\"><table id=\"pairs\"><thead><tr>"));
    page_head(out, STR("outlet"), false, NULL);
    page_head(out, STR("minus outlet"), false, NULL);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) page_head(out, str_of(heads[i]), true, NULL);
    page_head(out, STR("speakers that make it"), false, NULL);
    page_head(out, STR("targets that make it"), false, NULL);
    strbuf_add(out, STR("</tr></thead><tbody>\n"));
    for (size_t i = 0; i < c->pairs_n && i < MOST_PAIRS; i++) put_pair(out, c, &c->pairs[i]);
    strbuf_add(out, STR("</tbody></table></div>\n"));
    if (c->pairs_n > MOST_PAIRS) strbuf_print(out, "<p class=\"note\">%zu more pairs are in csv and json.</p>\n", c->pairs_n - MOST_PAIRS);
}

void compare_html(const struct comparison *c, const stance_render_options *options, struct strbuf *out)
{
    struct strbuf method = {0};
    (void)options;
    page_open(out, STR("Outlets compared"));
    compare_method(&method, c);
    out->failed = out->failed || method.failed;
    put_outlets(out, c);
    put_pairs(out, c);
    put_text(out, strbuf_str(&method), "<p class=\"note\">", ".</p>\n");
    strbuf_free(&method);
    page_close(out);
}
