/* SPDX-License-Identifier: MIT
 * render_html: what goes to the editor.
 * Method: everything is in the page before the script runs: the table, and below it the views of each row; numbers are links that open them.
 * Limits: of each row the examples kept are there, not all views; the page says how many. */
#include "render_html.h"

#include <math.h>
#include <stdlib.h>

#include "charts.h"
#include "decided.h"
#include "page.h"
#include "render.h"
#include "render_markdown.h"
#include "wording.h"

const char *html_class(const struct report *r, size_t label)
{
    return label == r->plus ? "plus" : label == r->minus ? "minus" : "rest";
}

static const char *class_of(const struct report *r, stance_str stance)
{
    for (size_t i = 0; i < r->labels_n; i++)
        if (str_equal(r->labels[i], stance)) return html_class(r, i);
    return "rest";
}

void html_open_views(struct strbuf *out, char list, size_t i, const stance_str *only)
{
    strbuf_print(out, "<a href=\"#%c%zu\" data-open=\"%c%zu\"", list, i, list, i);
    if (only) {
        strbuf_add(out, STR(" data-only=\""));
        page_text(out, *only);
        strbuf_char(out, '"');
    }
    strbuf_char(out, '>');
}

/* ---- views ---- */

static void put_piece(void *ctx, stance_str piece, bool fresh)
{
    struct strbuf *out = ctx;
    if (fresh) strbuf_add(out, STR("<b>"));
    page_text(out, piece);
    if (fresh) strbuf_add(out, STR("</b>"));
}

static void put_named(struct strbuf *out, const char *before, stance_str value)
{
    if (!value.ptr || !value.len) return;
    strbuf_add(out, str_of(before));
    page_text(out, value);
}

static void put_source(struct strbuf *out, const stance_record *x)
{
    bool link = render_web(x->url);
    strbuf_add(out, STR("<p class=\"src\"><strong>"));
    page_text(out, x->speaker.ptr && x->speaker.len ? x->speaker : STR("unknown"));
    strbuf_add(out, STR("</strong>"));
    put_named(out, ", “", x->cue);
    if (x->cue.ptr && x->cue.len) strbuf_add(out, STR("”"));
    put_named(out, ", about ", x->target);
    put_named(out, " · ", x->outlet);
    put_named(out, " · ", x->date);
    strbuf_add(out, STR(" · "));
    if (link) strbuf_add(out, STR("<a rel=\"noopener noreferrer nofollow\" href=\"")), page_url(out, x->url), strbuf_add(out, STR("\">"));
    page_text(out, x->title.ptr && x->title.len ? x->title : x->article);
    if (link) strbuf_add(out, STR("</a>"));
    put_named(out, " · copy of ", x->duplicate_of);
    strbuf_add(out, STR("</p>"));
}

static void put_tag(struct strbuf *out, const struct report *r, const stance_record *x)
{
    strbuf_print(out, "<span class=\"tag %s\">", class_of(r, x->stance));
    page_text(out, x->stance.ptr && x->stance.len ? x->stance : STR("no stance"));
    strbuf_add(out, STR("</span> "));
    if (isfinite(x->margin)) strbuf_print(out, "<span class=\"ci\">margin %.0f %%</span> ", floor(x->margin * 100 + 0.5));
    if (x->abstained.ptr && x->abstained.len) strbuf_add(out, STR("<span class=\"ci\">abstained</span> "));
}

/* With what decided its label, when that is known; a claim told again shows its other words instead. */
static void put_said(struct strbuf *out, const struct report *r, const stance_record *x, stance_str base)
{
    const stance_report_options *o = r->options;
    double *sums = o->why && !base.ptr ? calloc(x->text.len + 1, sizeof *sums) : NULL;
    int known = sums ? o->why(o->why_ctx, x, sums) : o->why && !base.ptr ? -1 : 0;
    out->failed = out->failed || known < 0;
    strbuf_add(out, STR("<q>"));
    if (known > 0) {
        decided_put(out, x->text, sums, class_of(r, x->stance));
    } else {
        strbuf_print(out, "<mark class=\"%s\">", class_of(r, x->stance));
        if (!wording_compare(base, x->text, put_piece, out)) out->failed = true;
        strbuf_add(out, STR("</mark>"));
    }
    strbuf_add(out, STR("</q>"));
    free(sums);
}

static void put_view(struct strbuf *out, const struct report *r, const stance_record *x, stance_str base)
{
    strbuf_add(out, STR("<li data-s=\""));
    page_text(out, x->abstained.ptr && x->abstained.len ? STR("abstained") : x->stance);
    strbuf_add(out, STR("\"><p class=\"said\">"));
    put_tag(out, r, x);
    put_said(out, r, x, base);
    strbuf_add(out, STR("</p>"));
    put_source(out, x);
    strbuf_add(out, STR("</li>\n"));
}

static void put_keys(struct strbuf *out, const struct report *r, const struct report_group *g)
{
    for (size_t i = 0; i < r->keys; i++) {
        if (i) strbuf_add(out, STR(", "));
        page_text(out, g->key[i]);
    }
}

void html_views(struct strbuf *out, const struct report *r, char list, size_t i)
{
    const struct report_group *g = &r->groups[i];
    bool claims = r->claim != COUNTS_NO_CLAIM;
    if (!g->examples_n) return;
    strbuf_print(out, "<details id=\"%c%zu\"><summary>", list, i);
    put_keys(out, r, g);
    strbuf_print(out, " <small>%zu of %zu view%s</small></summary><p class=\"filtered\" hidden><span></span>"
                 "<button type=\"button\" class=\"plain\">show all</button></p><ol>\n",
                 g->examples_n, g->views, g->views == 1 ? "" : "s");
    for (size_t k = 0; k < g->examples_n; k++) put_view(out, r, g->examples[k], claims && k ? g->examples[0]->text : (stance_str){NULL, 0});
    strbuf_add(out, STR("</ol></details>\n"));
}

static void all_views(struct strbuf *out, const struct report *r)
{
    for (size_t i = 0; i < r->groups_n; i++) html_views(out, r, 'g', i);
}

/* ---- table ---- */

static void put_head(struct strbuf *out, const struct report *r)
{
    struct strbuf label = {0};
    strbuf_add(out, STR("<thead><tr>"));
    for (size_t i = 0; i < r->keys; i++) strbuf_empty(&label), page_text(&label, str_of(r->key[i])), page_head(out, strbuf_str(&label), false, NULL);
    page_head(out, STR("articles"), true, "opt");
    if (render_has_no_view(r)) page_head(out, STR("no view"), true, "opt");
    page_head(out, STR("views"), true, render_has_copies(r) ? "opt" : NULL);
    if (render_has_copies(r)) page_head(out, STR("distinct"), true, NULL);
    if (r->total.abstained) page_head(out, STR("abstained"), true, "opt");
    if (r->plus != REPORT_NO_LABEL && r->period < r->keys) page_head(out, STR("change"), true, NULL);
    if (r->plus != REPORT_NO_LABEL) page_head(out, STR("net"), true, NULL), strbuf_add(out, STR("<th scope=\"col\" class=\"t\">shares, net</th>"));
    for (size_t i = 0; i < r->labels_n; i++) strbuf_empty(&label), page_text(&label, r->labels[i]), page_head(out, strbuf_str(&label), true, NULL);
    strbuf_add(out, STR("</tr></thead>\n"));
    out->failed = out->failed || label.failed;
    strbuf_free(&label);
}

struct row {
    const struct report *r;
    const struct report_group *g;
    size_t i;           /* which group; STANCE_NONE: the total */
};

/* Opens the views of one label or all when there are some; n: how many there should be. */
static bool open_link(struct strbuf *out, const struct row *row, const stance_str *only, size_t n)
{
    bool link = row->i != STANCE_NONE && row->g->examples_n && n && n != STANCE_NONE;
    if (link) html_open_views(out, 'g', row->i, only);
    return link;
}

static void put_count(struct strbuf *out, const struct row *row, size_t n, const char *css, const stance_str *only)
{
    strbuf_print(out, "<td class=\"%s\" data-v=\"", css);
    if (n != STANCE_NONE) strbuf_print(out, "%zu", n);
    strbuf_add(out, STR("\">"));
    bool link = open_link(out, row, only, n);
    if (n != STANCE_NONE) strbuf_print(out, "%zu", n);
    else strbuf_add(out, STR("–"));
    strbuf_add(out, link ? STR("</a></td>") : STR("</td>"));
}

static void put_share(struct strbuf *out, const struct row *row, size_t label)
{
    const struct report_share *s = &row->g->shares[label];
    strbuf_add(out, STR("<td data-v=\""));
    render_number(out, s->share);
    strbuf_add(out, STR("\">"));
    bool link = open_link(out, row, &row->r->labels[label], s->n);
    render_percent(out, s->share);
    strbuf_add(out, link ? STR("</a> <span class=\"ci\">") : STR(" <span class=\"ci\">"));
    render_range(out, s->lo, s->hi);
    strbuf_add(out, STR("</span></td>"));
}

static void put_net(struct strbuf *out, const struct row *row)
{
    strbuf_add(out, STR("<td data-v=\""));
    render_number(out, row->g->net);
    strbuf_add(out, STR("\">"));
    bool link = open_link(out, row, NULL, row->g->n);
    render_net(out, row->g->net);
    strbuf_add(out, link ? STR("</a> <span class=\"ci\">") : STR(" <span class=\"ci\">"));
    render_net_range(out, row->g->net_lo, row->g->net_hi);
    strbuf_add(out, STR("</span></td>"));
}

static void put_change(struct strbuf *out, const struct report_group *g)
{
    strbuf_add(out, STR("<td data-v=\""));
    render_number(out, g->change);
    strbuf_add(out, STR("\">"));
    if (!isnan(g->change)) render_net(out, g->change);
    strbuf_add(out, STR(" <span class=\"ci\">"));
    render_net_range(out, g->change_lo, g->change_hi);
    strbuf_add(out, STR("</span></td>"));
}

static void put_name(struct strbuf *out, const struct row *row)
{
    for (size_t i = 0; i < row->r->keys; i++) {
        strbuf_add(out, i ? STR("<td class=\"t\">") : STR("<th scope=\"row\" class=\"t\">"));
        if (row->g->key) page_text(out, row->g->key[i]);
        else if (i == 0) strbuf_add(out, STR("all"));
        if (row->g->key && row->g->small && i + 1 == row->r->keys) strbuf_add(out, STR(" <abbr title=\"too few views to rank\">*</abbr>"));
        strbuf_add(out, i ? STR("</td>") : STR("</th>"));
    }
}

static void put_row(struct strbuf *out, const struct row *row)
{
    static const stance_str abstained = {"abstained", 9};
    const struct report *r = row->r;
    const struct report_group *g = row->g;
    strbuf_add(out, g->key && g->small ? STR("<tr class=\"small\" data-small>") : STR("<tr>"));
    put_name(out, row);
    put_count(out, row, g->articles, "opt", NULL);
    if (render_has_no_view(r)) put_count(out, row, g->without_view, "opt", NULL);
    put_count(out, row, g->views, render_has_copies(r) ? "opt" : "", NULL);
    if (render_has_copies(r)) put_count(out, row, g->distinct, "", NULL);
    if (r->total.abstained) put_count(out, row, g->abstained, "opt", &abstained);
    if (r->plus != REPORT_NO_LABEL) {
        if (r->period < r->keys) put_change(out, g);
        put_net(out, row);
        strbuf_add(out, STR("<td class=\"t\">"));
        chart_bar(out, r, g);
        strbuf_add(out, STR("</td>"));
    }
    for (size_t i = 0; i < r->labels_n; i++) put_share(out, row, i);
    strbuf_add(out, STR("</tr>\n"));
}

static void put_key(struct strbuf *out, const struct report *r)
{
    if (r->plus == REPORT_NO_LABEL) return;
    strbuf_add(out, STR("<ul class=\"key\">"));
    for (size_t i = 0; i < r->labels_n; i++) {
        strbuf_print(out, "<li><i class=\"%s\"></i>", html_class(r, i));
        page_text(out, r->labels[i]);
        strbuf_add(out, STR("</li>"));
    }
    strbuf_add(out, STR("<li>below each bar: net with its interval, towards "));
    page_text(out, r->labels[r->minus]);
    strbuf_add(out, STR(" to the left, towards "));
    page_text(out, r->labels[r->plus]);
    strbuf_add(out, STR(" to the right</li></ul>\n"));
}

static void put_table(struct strbuf *out, const struct report *r)
{
    page_filter(out, "rows", "rows", render_has_small(r));
    put_key(out, r);
    strbuf_add(out, STR("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Summary table\"><table id=\"rows\">\n"));
    put_head(out, r);
    strbuf_add(out, STR("<tbody>\n"));
    for (size_t i = 0; i < r->groups_n; i++) put_row(out, &(struct row){r, &r->groups[i], i});
    strbuf_add(out, STR("</tbody>\n<tfoot>"));
    put_row(out, &(struct row){r, &r->total, STANCE_NONE});
    strbuf_add(out, STR("</tfoot></table></div>\n"));
}

static void put_notes(struct strbuf *out, const struct report *r)
{
    struct strbuf method = {0};
    render_method(&method, r);
    out->failed = out->failed || method.failed;
    if (r->hidden) strbuf_print(out, "<p class=\"note\">%zu more row%s not shown; “all” counts them.</p>\n", r->hidden, r->hidden == 1 ? "" : "s");
    if (render_has_small(r)) strbuf_print(out, "<p class=\"note\">* fewer than %zu views with a stance: too small to rank.</p>\n", r->options->min_n);
    strbuf_add(out, STR("<p class=\"note\">Method: "));
    page_text(out, strbuf_str(&method));
    strbuf_add(out, STR(".</p>\n"));
    strbuf_free(&method);
}

static void put_lead(struct strbuf *out, const struct report *r)
{
    const struct report_group *t = &r->total;
    strbuf_print(out, "<p class=\"lead\">%zu view%s in %zu article%s", t->views, t->views == 1 ? "" : "s", t->articles, t->articles == 1 ? "" : "s");
    if (t->distinct < t->views) strbuf_print(out, ", %zu of them distinct", t->distinct);
    if (!isnan(t->net)) {
        strbuf_add(out, STR("; net "));
        render_net(out, t->net);
        strbuf_char(out, ' ');
        render_net_range(out, t->net_lo, t->net_hi);
    }
    strbuf_add(out, STR(". Every number opens the views behind it.</p>\n"));
}

static void put_views_head(struct strbuf *out, const struct report *r)
{
    strbuf_add(out, STR("<h2>Views</h2>\n"));
    if (r->options->why && r->claim == COUNTS_NO_CLAIM)
        strbuf_add(out, STR("<p class=\"note\">Marked words decided the label, bold ones most; words with a dotted line spoke against it.</p>\n"));
}

void render_html(const struct report *r, const stance_render_options *options, struct strbuf *out)
{
    (void)options;
    page_open(out, r->title);
    put_lead(out, r);
    if (r->groups_n) put_table(out, r);
    else strbuf_add(out, STR("<p>No views.</p>\n"));
    put_notes(out, r);
    if (r->over_time) chart_timeline(out, r->over_time);
    if (r->by_cell) chart_heat(out, r->by_cell);
    if (r->groups_n && r->groups[0].examples_n) put_views_head(out, r);
    all_views(out, r);
    page_close(out);
}
