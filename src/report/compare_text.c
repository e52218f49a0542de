/* SPDX-License-Identifier: MIT
 * compare_text: outlets, then pairs, then who and what makes the difference.
 * Method: grid.c. Limits: shows the first pairs by p; CSV and JSON have all. */
#include "compare_text.h"

#include <math.h>

#include "grid.h"
#include "render.h"
#include "render_markdown.h"

enum { PAIRS_SHOWN = 20 };

size_t compare_shown(const struct comparison *c)
{
    size_t top = c->options->top ? c->options->top : PAIRS_SHOWN;
    return top < c->pairs_n ? top : c->pairs_n;
}

void compare_estimate(struct strbuf *out, struct estimate e)
{
    render_net(out, e.value);
    if (isnan(e.lo)) return;
    strbuf_char(out, ' ');
    render_net_range(out, e.lo, e.hi);
}

void compare_p(struct strbuf *out, double p)
{
    if (isnan(p)) strbuf_add(out, STR("–"));
    else if (p < 0.001) strbuf_add(out, STR("< 0.001"));
    else strbuf_print(out, "%.3f", p);
}

void compare_parts(struct strbuf *out, const struct part *parts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i) strbuf_add(out, STR(", "));
        render_visible(out, parts[i].name);
        strbuf_char(out, ' ');
        render_net(out, parts[i].points);
    }
    if (!n) strbuf_add(out, STR("–"));
}

/* ---- grids ---- */

static void put_estimate(struct grid *g, struct estimate e)
{
    compare_estimate(grid_begin(g), e);
    grid_end(g);
}

static void put_count(struct grid *g, size_t n)
{
    strbuf_print(grid_begin(g), "%zu", n);
    grid_end(g);
}

static void put_p(struct grid *g, double p)
{
    compare_p(grid_begin(g), p);
    grid_end(g);
}

static void put_share(struct grid *g, struct estimate e)
{
    struct strbuf *out = grid_begin(g);
    render_percent(out, e.value);
    strbuf_char(out, ' ');
    render_range(out, e.lo, e.hi);
    grid_end(g);
}

static void fill_outlets(const struct comparison *c, struct grid *g)
{
    g->columns = 6;
    g->going = "143"; /* net is what is compared */
    grid_put(g, STR("outlet:"));
    grid_put(g, STR("articles"));
    grid_put(g, STR("views"));
    grid_put(g, c->labels[0]);
    grid_put(g, c->labels[1]);
    grid_put(g, STR("net"));
    for (size_t i = 0; i < c->outlets_n; i++) {
        const struct comparison_outlet *o = &c->outlets[i];
        grid_put(g, o->name);
        put_count(g, o->articles);
        put_count(g, o->n);
        put_share(g, o->plus);
        put_share(g, o->minus);
        put_estimate(g, o->net);
    }
}

static void fill_pairs(const struct comparison *c, struct grid *g)
{
    static const char *const heads[] = {"outlet:", "minus outlet:", "net", "p", "q", "both quote", "same speakers", "p", "q"};
    g->columns = sizeof heads / sizeof *heads;
    for (size_t i = 0; i < g->columns; i++) grid_put(g, str_of(heads[i]));
    for (size_t i = 0; i < compare_shown(c); i++) {
        const struct comparison_pair *x = &c->pairs[i];
        grid_put(g, c->outlets[x->a].name);
        grid_put(g, c->outlets[x->b].name);
        put_estimate(g, x->all.net);
        put_p(g, x->all.p);
        put_p(g, x->all.q);
        put_count(g, x->common);
        put_estimate(g, x->same.net);
        put_p(g, x->same.p);
        put_p(g, x->same.q);
    }
}

static void fill_parts(const struct comparison *c, struct grid *g)
{
    static const char *const heads[] = {"outlet:", "minus outlet:", "net", "speakers that make it:", "targets that make it:"};
    g->columns = sizeof heads / sizeof *heads;
    for (size_t i = 0; i < g->columns; i++) grid_put(g, str_of(heads[i]));
    for (size_t i = 0; i < compare_shown(c); i++) {
        const struct comparison_pair *x = &c->pairs[i];
        grid_put(g, c->outlets[x->a].name);
        grid_put(g, c->outlets[x->b].name);
        render_net(grid_begin(g), x->all.net.value);
        grid_end(g);
        compare_parts(grid_begin(g), x->speakers, x->speakers_n);
        grid_end(g);
        compare_parts(grid_begin(g), x->targets, x->targets_n);
        grid_end(g);
    }
}

static const struct {
    const char *title;
    void (*fill)(const struct comparison *c, struct grid *g);
} sections[] = {
    {"Outlets", fill_outlets},
    {"Differences, smallest p first", fill_pairs},
    {"Who and what makes the difference, in points of net", fill_parts},
};

/* ---- method ---- */

static void put_filters(struct strbuf *out, const struct comparison *c)
{
    if (c->left_out) strbuf_print(out, "; %zu views left out by the filters", c->left_out);
    if (c->undated) strbuf_print(out, ", %zu of them for want of a readable date", c->undated);
    if (c->too_small) strbuf_print(out, "; %zu outlet%s with fewer than %zu views left out", c->too_small, c->too_small == 1 ? "" : "s", c->options->min_n);
}

void compare_method(struct strbuf *out, const struct comparison *c)
{
    const stance_report_options *o = c->options;
    strbuf_print(out, "method: %zu views in %zu articles", c->views, c->articles);
    put_filters(out, c);
    strbuf_print(out, "; copies: %s, once per outlet; net = ", counts_dedup_name(c->dedup));
    render_visible(out, c->labels[0]);
    strbuf_add(out, STR(" - "));
    render_visible(out, c->labels[1]);
    strbuf_print(out, " in percentage points, %.4g %% intervals, bootstrap over articles (%zu draws, seed %llu); differences by Newcombe's method; "
                 "p by permutation of articles; q after Benjamini and Hochberg over %zu pairs; same speakers: for speakers both quote, speaker by speaker",
                 o->level * 100, o->draws, (unsigned long long)o->seed, c->pairs_n);
    for (size_t i = 0; i < c->models_n && i < 3; i++) {
        strbuf_add(out, i ? STR(", ") : STR("; model "));
        render_visible(out, c->models[i]);
    }
    if (c->recall.len) strbuf_add(out, STR("; extraction: "));
    render_visible(out, c->recall);
    if (c->accuracy.len) strbuf_add(out, STR("; accuracy: "));
    if (c->accuracy.len) render_visible(out, c->accuracy);
}

static void put_hidden(struct strbuf *out, const struct comparison *c)
{
    if (compare_shown(c) < c->pairs_n) strbuf_print(out, "%zu more pairs not shown; --top N shows more, csv and json have all\n\n", c->pairs_n - compare_shown(c));
}

void compare_table(const struct comparison *c, const stance_render_options *options, struct strbuf *out)
{
    struct strbuf method = {0};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        struct grid g = {0};
        sections[i].fill(c, &g);
        strbuf_print(out, "%s\n\n", sections[i].title);
        grid_table(&g, options->width, out);
        strbuf_char(out, '\n');
        grid_free(&g);
    }
    put_hidden(out, c);
    compare_method(&method, c);
    out->failed = out->failed || method.failed;
    render_wrapped(out, strbuf_str(&method), options->width, 0, 2);
    strbuf_free(&method);
}

void compare_markdown(const struct comparison *c, const stance_render_options *options, struct strbuf *out)
{
    struct strbuf method = {0};
    (void)options;
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        struct grid g = {0};
        sections[i].fill(c, &g);
        strbuf_print(out, "**%s**\n\n", sections[i].title);
        grid_markdown(&g, out);
        strbuf_char(out, '\n');
        grid_free(&g);
    }
    put_hidden(out, c);
    compare_method(&method, c);
    out->failed = out->failed || method.failed;
    render_markdown_text(out, strbuf_str(&method));
    strbuf_char(out, '\n');
    strbuf_free(&method);
}
