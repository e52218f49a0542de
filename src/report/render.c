/* SPDX-License-Identifier: MIT
 * render: numbers, names and the method as text.
 * Method: percentages are rounded for reading here and nowhere else; machines get six decimals.
 * Limits: joiners (U+200C, U+200D) stay as they are, since names in Persian and Hindi and emoji need them. */
#include "render.h"

#include <math.h>
#include <string.h>

#include "../io/json.h"
#include "../text/unicode.h"
#include "render_csv.h"
#include "render_html.h"
#include "render_json.h"
#include "render_markdown.h"
#include "render_table.h"

static const struct renderer renderers[] = {
    {"table", "for the terminal", render_table},
    {"csv", "one row per group and label", render_csv},
    {"tsv", "the same with tabs", render_tsv},
    {"json", "stance.report/1", render_json},
    {"md", "a Markdown table", render_markdown},
    {"html", "one page with charts and the views behind every number", render_html},
};

const struct renderer *renderer_at(size_t i)
{
    return i < sizeof renderers / sizeof *renderers ? &renderers[i] : NULL;
}

const struct renderer *renderer_find(const char *name)
{
    for (size_t i = 0; name && renderer_at(i); i++)
        if (strcmp(name, renderers[i].name) == 0) return &renderers[i];
    return NULL;
}

/* ---- names ---- */

/* Controls, line and paragraph ends, bidi marks, zero-width blanks, invisible operators, tags. */
static const struct {
    uint32_t first, last;
} unseen[] = {
    {0x00, 0x1F}, {0x7F, 0x9F}, {0xAD, 0xAD}, {0x061C, 0x061C}, {0x115F, 0x1160}, {0x180E, 0x180E},
    {0x200B, 0x200B}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0x3164, 0x3164}, {0xFEFF, 0xFEFF},
    {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F},
};

static bool is_unseen(uint32_t c)
{
    for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++)
        if (c >= unseen[i].first && c <= unseen[i].last) return true;
    return false;
}

void render_visible(struct strbuf *out, stance_str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.len;) {
        size_t at = i;
        uint32_t c = unicode_next(s, &i);
        if (!is_unseen(c)) continue;
        strbuf_add(out, str_slice(s, from, at));
        strbuf_print(out, "\\u{%04X}", (unsigned)c);
        from = i;
    }
    strbuf_add(out, str_slice(s, from, s.len));
}

void render_cut(struct strbuf *out, stance_str s, size_t width)
{
    size_t used = 0, fits = 0;
    if (unicode_width(s) <= width) {
        strbuf_add(out, s);
        return;
    }
    for (size_t i = 0; i < s.len;) {
        size_t at = i;
        unicode_next(s, &i);
        used += unicode_width(str_slice(s, at, i));
        if (used + 1 > width) break;
        fits = i;
    }
    strbuf_add(out, str_trim(str_slice(s, 0, fits)));
    strbuf_add(out, STR("…"));
}

void render_wrapped(struct strbuf *out, stance_str s, size_t width, size_t used, size_t indent)
{
    bool first = true;
    while (s.ptr) {
        stance_str word = str_split(&s, ' ');
        size_t wide = unicode_width(word);
        if (!first && width && used + 1 + wide > width) {
            strbuf_print(out, "\n%*s", (int)indent, "");
            used = indent;
        } else if (!first) {
            strbuf_char(out, ' ');
            used++;
        }
        strbuf_add(out, word);
        used += wide;
        first = false;
    }
    strbuf_char(out, '\n');
}

/* ---- numbers ---- */

static double percent(double share)
{
    return floor(share * 100 + 0.5);
}

void render_percent(struct strbuf *out, double share)
{
    if (isnan(share)) strbuf_add(out, STR("–"));
    else strbuf_print(out, "%.0f %%", percent(share));
}

void render_range(struct strbuf *out, double lo, double hi)
{
    if (!isnan(lo) && !isnan(hi)) strbuf_print(out, "[%.0f–%.0f]", percent(lo), percent(hi));
}

/* Zero has no sign. */
static void points(struct strbuf *out, double net)
{
    double value = percent(fabs(net));
    if (value > 0) strbuf_char(out, net > 0 ? '+' : '-');
    strbuf_print(out, "%.0f", value);
}

void render_net(struct strbuf *out, double net)
{
    if (isnan(net)) strbuf_add(out, STR("–"));
    else points(out, net);
}

void render_net_range(struct strbuf *out, double lo, double hi)
{
    if (isnan(lo) || isnan(hi)) return;
    strbuf_char(out, '[');
    points(out, lo);
    strbuf_add(out, STR(", "));
    points(out, hi);
    strbuf_char(out, ']');
}

bool render_number(struct strbuf *out, double value)
{
    if (isnan(value)) return false;
    double rounded = floor(fabs(value) * 1e6 + 0.5) / 1e6;
    json_put_number(out, value < 0 && rounded > 0 ? -rounded : rounded);
    return true;
}

/* ---- method ---- */

bool render_has_copies(const struct report *r)
{
    for (size_t i = 0; i < r->groups_n; i++)
        if (r->groups[i].distinct < r->groups[i].views) return true;
    return r->total.distinct < r->total.views;
}

/* Articles without a view are known of all rows or, when keys belong to views, of none. */
bool render_has_no_view(const struct report *r)
{
    return r->groups_n && r->groups[0].without_view != STANCE_NONE;
}

bool render_has_small(const struct report *r)
{
    for (size_t i = 0; i < r->groups_n; i++)
        if (r->groups[i].small) return true;
    return false;
}

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static void counted(struct strbuf *out, const struct report *r)
{
    const struct report_group *t = &r->total;
    strbuf_print(out, "%zu view%s in %zu article%s", t->views, plural(t->views), t->articles, plural(t->articles));
    if (t->without_view != STANCE_NONE) strbuf_print(out, ", %zu without a view", t->without_view);
    if (t->abstained) strbuf_print(out, "; %zu abstained, not in the shares", t->abstained);
    if (t->unlabelled) strbuf_print(out, "; %zu without stance, not in the shares", t->unlabelled);
    if (r->left_out) strbuf_print(out, "; %zu left out by the filters", r->left_out);
    if (r->undated) strbuf_print(out, ", %zu of them for want of a readable date", r->undated);
}

static void copies(struct strbuf *out, const struct report *r)
{
    static const char *const rules[] = {
        [DEDUP_NONE] = "; copies count each time",
        [DEDUP_EXACT] = "; copies (same speaker, target and text) count once per row",
        [DEDUP_NEAR] = "; copies (same text but for a few words, or the same speaker's view in other words) count once per row",
    };
    strbuf_add(out, r->claim == COUNTS_NO_CLAIM ? str_of(rules[r->dedup]) : STR("; a claim is one view of a speaker in all wordings; each wording counts"));
}

static void statistics(struct strbuf *out, const struct report *r)
{
    const stance_report_options *o = r->options;
    if (r->labels_n == 0) return;
    if (o->adjust && strcmp(o->adjust, "none") != 0)
        strbuf_print(out, "; shares adjusted by the model's confusion (%s), %.4g %% bootstrap intervals", o->adjust, o->level * 100);
    else
        strbuf_print(out, "; shares with %.4g %% Wilson intervals", o->level * 100);
    if (r->plus == REPORT_NO_LABEL) return;
    strbuf_add(out, STR("; net = "));
    render_visible(out, r->labels[r->plus]);
    strbuf_add(out, STR(" - "));
    render_visible(out, r->labels[r->minus]);
    strbuf_print(out, " in percentage points, bootstrap over articles (%zu draws, seed %llu)", o->draws, (unsigned long long)o->seed);
}

static void names(struct strbuf *out, const char *what, const stance_str *name, size_t n)
{
    enum { SHOWN = 3 };
    if (n == 0) return;
    strbuf_print(out, "; %s%s ", what, plural(n));
    for (size_t i = 0; i < n && i < SHOWN; i++) {
        if (i) strbuf_add(out, STR(", "));
        render_visible(out, name[i]);
    }
    if (n > SHOWN) strbuf_print(out, " and %zu more", n - SHOWN);
}

static void filtered(struct strbuf *out, const struct report *r)
{
    const stance_report_options *o = r->options;
    const struct {
        const char *name, *value;
    } all[] = {{"since", o->since}, {"until", o->until}, {"speaker", o->speaker}, {"outlet", o->outlet}, {"target", o->target}, {"kind", o->kind}};
    const char *before = "; only ";
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!all[i].value) continue;
        strbuf_print(out, "%s%s ", before, all[i].name);
        render_visible(out, str_of(all[i].value));
        before = ", ";
    }
}

void render_method(struct strbuf *out, const struct report *r)
{
    counted(out, r);
    filtered(out, r);
    copies(out, r);
    statistics(out, r);
    names(out, "model", r->models, r->models_n);
    names(out, "views model", r->views_models, r->views_models_n);
    if (r->recall.len) strbuf_add(out, STR("; extraction: "));
    render_visible(out, r->recall);
    if (r->accuracy.len) strbuf_add(out, STR("; accuracy: "));
    render_visible(out, r->accuracy);
}
