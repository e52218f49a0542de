/* SPDX-License-Identifier: MIT
 * view_table: one block per article, one line per view.
 * Method: columns of fixed display width, long cells cut with an ellipsis, control characters shown as blanks. Limits: for reading, not for parsing. */
#include "view_table.h"

#include <string.h>

#include "../text/unicode.h"

enum { SPEAKER = 24, STANCE = 14, TARGET = 16, LEAST_TEXT = 20 };

/* Appends s in exactly `width` columns (0: as long as it is); control and direction characters become blanks. */
static void cell(struct strbuf *out, stance_str s, size_t width)
{
    size_t used = 0, full = unicode_width(s);
    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        uint32_t c = unicode_next(s, &at);
        enum unicode_class class = unicode_classify(c);
        stance_str one = str_slice(s, from, at);
        bool blank = class == UNICODE_NEWLINE || class == UNICODE_FORMAT || class == UNICODE_BLANK;
        if (blank) one = STR(" ");
        size_t w = unicode_width(one);
        if (width && used + w > width - (full > width)) break;
        strbuf_add(out, one);
        used += w;
    }
    if (width && full > width) strbuf_add(out, STR("…")), used++;
    for (; width && used < width; used++) strbuf_char(out, ' ');
}

static const char *color_of(const char *label)
{
    if (strcmp(label, "bullish") == 0) return "\033[32m";
    return strcmp(label, "skeptical") == 0 ? "\033[31m" : "\033[33m";
}

static void stance_cell(struct strbuf *out, const stance_view *v, const char *const *labels, size_t labels_n, bool color)
{
    if (!v->scored || v->prediction.label >= labels_n) return;
    struct strbuf text = {0};
    const char *label = labels[v->prediction.label];
    strbuf_print(&text, "%s %.0f%%%s", label, 100 * v->prediction.p[v->prediction.label], v->prediction.abstained ? "?" : "");
    if (color) strbuf_add(out, str_of(color_of(label)));
    cell(out, strbuf_str(&text), STANCE);
    if (color) strbuf_add(out, STR("\033[0m"));
    strbuf_add(out, STR("  "));
    if (text.failed) out->failed = true;
    strbuf_free(&text);
}

void view_table_put(struct strbuf *out, const stance_document *document, const stance_result *views, const char *const *labels, size_t labels_n,
                    size_t width, bool color)
{
    size_t left = SPEAKER + 2 + (labels_n ? STANCE + 2 : 0) + TARGET + 2;
    size_t rest = width == 0 ? 0 : width > left + LEAST_TEXT ? width - left : LEAST_TEXT;
    cell(out, document->article, 0);
    if (document->outlet.ptr) strbuf_add(out, STR(" · ")), cell(out, document->outlet, 0);
    if (document->date.ptr) strbuf_add(out, STR(" · ")), cell(out, document->date, 0);
    strbuf_print(out, " · %zu view%s\n", views->n, views->n == 1 ? "" : "s");
    for (size_t i = 0; i < views->n; i++) {
        const stance_view *v = &views->views[i];
        cell(out, v->speaker, SPEAKER);
        strbuf_add(out, STR("  "));
        stance_cell(out, v, labels, labels_n, color);
        cell(out, v->target.ptr ? v->target : STR("-"), TARGET);
        strbuf_add(out, STR("  "));
        cell(out, v->text, rest);
        strbuf_char(out, '\n');
    }
    strbuf_char(out, '\n');
}
