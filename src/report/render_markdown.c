/* SPDX-License-Identifier: MIT
 * render_markdown: for a page, an issue or a mail.
 * Method: GitHub's tables; every character that Markdown, HTML or autolinking could act on is escaped; links only to http and https.
 * Limits: rendered as meant by CommonMark with GitHub's extensions; other dialects may show a backslash. */
#include "render_markdown.h"

#include <math.h>
#include <string.h>

#include "render.h"
#include "wording.h"

static bool www(stance_str s, size_t dot)
{
    return dot >= 3 && str_equal_nocase(str_slice(s, dot - 3, dot), STR("www"));
}

static void put_escaped_char(struct strbuf *out, stance_str s, size_t i)
{
    char c = s.ptr[i];
    bool link = (c == ':' && i + 1 < s.len && s.ptr[i + 1] == '/') || (c == '.' && www(s, i));
    if (c == '&') strbuf_add(out, STR("&amp;"));
    else if (c == '<') strbuf_add(out, STR("&lt;"));
    else if (c == '>') strbuf_add(out, STR("&gt;"));
    else if (link || (c && strchr("\\`*_[]|~$@", c))) strbuf_print(out, "\\%c", c);
    else strbuf_char(out, c);
}

void render_markdown_text(struct strbuf *out, stance_str s)
{
    struct strbuf seen = {0};
    render_visible(&seen, s);
    stance_str text = strbuf_str(&seen);
    for (size_t i = 0; i < text.len; i++) put_escaped_char(out, text, i);
    out->failed = out->failed || seen.failed;
    strbuf_free(&seen);
}

static void put_text(struct strbuf *out, stance_str s)
{
    render_markdown_text(out, s);
}

/* ---- table ---- */

static void put_head(struct strbuf *out, const struct report *r, bool copies)
{
    strbuf_char(out, '|');
    for (size_t i = 0; i < r->keys; i++) {
        strbuf_char(out, ' ');
        put_text(out, str_of(r->key[i]));
        strbuf_add(out, STR(" |"));
    }
    strbuf_add(out, STR(" articles |"));
    if (render_has_no_view(r)) strbuf_add(out, STR(" no view |"));
    strbuf_add(out, copies ? STR(" views | distinct | abstained |") : STR(" views | abstained |"));
    for (size_t i = 0; i < r->labels_n; i++) {
        strbuf_char(out, ' ');
        put_text(out, r->labels[i]);
        strbuf_add(out, STR(" |"));
    }
    if (r->plus != REPORT_NO_LABEL) strbuf_add(out, r->period < r->keys ? STR(" net | change |") : STR(" net |"));
    strbuf_add(out, STR("\n|"));
    for (size_t i = 0; i < r->keys; i++) strbuf_add(out, STR(":--|"));
    size_t numbers = 3 + r->labels_n;
    if (copies) numbers++;
    if (render_has_no_view(r)) numbers++;
    if (r->plus != REPORT_NO_LABEL) numbers += r->period < r->keys ? 2 : 1;
    while (numbers--) strbuf_add(out, STR("--:|"));
    strbuf_char(out, '\n');
}

static void put_count(struct strbuf *out, size_t n)
{
    if (n == STANCE_NONE) strbuf_add(out, STR(" – |"));
    else strbuf_print(out, " %zu |", n);
}

static void put_counts(struct strbuf *out, const struct report *r, const struct report_group *g, bool copies)
{
    put_count(out, g->articles);
    if (render_has_no_view(r)) put_count(out, g->without_view);
    put_count(out, g->views);
    if (copies) put_count(out, g->distinct);
    put_count(out, g->abstained);
}

static void put_shares(struct strbuf *out, const struct report *r, const struct report_group *g)
{
    for (size_t i = 0; i < r->labels_n; i++) {
        strbuf_char(out, ' ');
        render_percent(out, g->shares[i].share);
        if (g->n) strbuf_add(out, STR(" \\"));
        render_range(out, g->shares[i].lo, g->shares[i].hi);
        strbuf_add(out, STR(" |"));
    }
    if (r->plus == REPORT_NO_LABEL) return;
    strbuf_char(out, ' ');
    render_net(out, g->net);
    if (g->n) strbuf_add(out, STR(" \\"));
    render_net_range(out, g->net_lo, g->net_hi);
    strbuf_add(out, STR(" |"));
    if (r->period >= r->keys) return;
    if (!isnan(g->change)) strbuf_char(out, ' '), render_net(out, g->change), strbuf_add(out, STR(" \\"));
    render_net_range(out, g->change_lo, g->change_hi);
    strbuf_add(out, STR(" |"));
}

static void put_row(struct strbuf *out, const struct report *r, const struct report_group *g, bool copies)
{
    strbuf_char(out, '|');
    for (size_t i = 0; i < r->keys; i++) {
        strbuf_char(out, ' ');
        if (g->key) put_text(out, g->key[i]);
        else if (i == 0) strbuf_add(out, STR("**all**"));
        if (g->key && g->small && i + 1 == r->keys) strbuf_add(out, STR(" \\*"));
        strbuf_add(out, STR(" |"));
    }
    put_counts(out, r, g, copies);
    put_shares(out, r, g);
    strbuf_char(out, '\n');
}

/* ---- below the table ---- */

static void put_notes(struct strbuf *out, const struct report *r)
{
    struct strbuf method = {0};
    if (r->hidden) strbuf_print(out, "%zu more row%s not shown; “all” counts them\n\n", r->hidden, r->hidden == 1 ? "" : "s");
    if (render_has_small(r)) strbuf_print(out, "\\* fewer than %zu views with a stance: too small to rank\n\n", r->options->min_n);
    strbuf_add(&method, STR("method: "));
    render_method(&method, r);
    out->failed = out->failed || method.failed;
    put_text(out, strbuf_str(&method));
    strbuf_char(out, '\n');
    strbuf_free(&method);
}

/* Characters that could end the link's target, or that are no part of a URL. */
static void put_url(struct strbuf *out, stance_str url)
{
    for (size_t i = 0; i < url.len; i++) {
        unsigned char c = (unsigned char)url.ptr[i];
        if (c <= 0x20 || c >= 0x7F || strchr("\"'()<>[]\\^`{|}*_", c)) strbuf_print(out, "%%%02X", c);
        else if (c == '&') strbuf_add(out, STR("&amp;"));
        else strbuf_char(out, (char)c);
    }
}

bool render_web(stance_str url)
{
    return (url.len > 8 && str_equal_nocase(str_slice(url, 0, 8), STR("https://"))) ||
           (url.len > 7 && str_equal_nocase(str_slice(url, 0, 7), STR("http://")));
}

static void put_source(struct strbuf *out, const stance_record *x)
{
    bool outlet = x->outlet.ptr && x->outlet.len, date = x->date.ptr && x->date.len, link = render_web(x->url);
    if (outlet || date || link) strbuf_add(out, STR(" — "));
    if (link) strbuf_char(out, '[');
    if (outlet) put_text(out, x->outlet);
    if (outlet && date) strbuf_add(out, STR(", "));
    if (date) put_text(out, x->date);
    if (link && !outlet && !date) strbuf_add(out, STR("article"));
    if (!link) return;
    strbuf_add(out, STR("]("));
    put_url(out, x->url);
    strbuf_char(out, ')');
}

static void put_piece(void *ctx, stance_str piece, bool fresh)
{
    struct strbuf *out = ctx;
    if (fresh) strbuf_add(out, STR("**"));
    put_text(out, piece);
    if (fresh) strbuf_add(out, STR("**"));
}

/* Of a claim, the words that its first telling does not have are bold; told once, it is in the table already. */
static void put_examples(struct strbuf *out, const struct report *r, const struct report_group *g)
{
    bool claims = r->claim != COUNTS_NO_CLAIM;
    if (g->examples_n <= claims) return;
    strbuf_add(out, STR("\n**"));
    for (size_t i = 0; i < r->keys; i++) {
        if (i) strbuf_add(out, STR(", "));
        put_text(out, g->key[i]);
    }
    strbuf_add(out, STR("**\n\n"));
    for (size_t i = 0; i < g->examples_n; i++) {
        const stance_record *x = g->examples[i];
        strbuf_add(out, STR("- "));
        put_text(out, x->stance.ptr ? x->stance : STR("no stance"));
        strbuf_add(out, STR(": “"));
        if (!wording_compare(claims && i ? g->examples[0]->text : (stance_str){NULL, 0}, x->text, put_piece, out)) out->failed = true;
        strbuf_add(out, STR("”"));
        put_source(out, x);
        strbuf_char(out, '\n');
    }
}

void render_markdown(const struct report *r, const stance_render_options *options, struct strbuf *out)
{
    bool copies = render_has_copies(r);
    (void)options;
    strbuf_add(out, STR("**"));
    put_text(out, r->title);
    strbuf_add(out, STR("**\n\n"));
    put_head(out, r, copies);
    for (size_t i = 0; i < r->groups_n; i++) put_row(out, r, &r->groups[i], copies);
    if (r->groups_n) put_row(out, r, &r->total, copies);
    strbuf_char(out, '\n');
    put_notes(out, r);
    for (size_t i = 0; i < r->groups_n; i++) put_examples(out, r, &r->groups[i]);
}
