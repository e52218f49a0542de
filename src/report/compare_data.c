/* SPDX-License-Identifier: MIT
 * compare_data: every number of a comparison.
 * Method: one list of a pair's numbers serves CSV and JSON. Limits: parts of speakers and targets are in JSON alone. */
#include "compare_data.h"

#include <math.h>

#include "../io/json.h"
#include "../io/writer.h"
#include "compare_text.h"
#include "render.h"

struct named_number {
    const char *name;
    double value;
};

enum { NUMBERS = 21 };

static void list_numbers(const struct comparison *c, const struct comparison_pair *x, struct named_number out[NUMBERS])
{
    const struct named_number all[NUMBERS] = {
        {"n_a", (double)c->outlets[x->a].n}, {"n_b", (double)c->outlets[x->b].n}, {"net", x->all.net.value}, {"net_lo", x->all.net.lo},
        {"net_hi", x->all.net.hi}, {"p", x->all.p}, {"q", x->all.q}, {"plus", x->plus.value}, {"plus_lo", x->plus.lo}, {"plus_hi", x->plus.hi},
        {"minus", x->minus.value}, {"minus_lo", x->minus.lo}, {"minus_hi", x->minus.hi}, {"speakers_both", (double)x->common},
        {"same_n_a", (double)x->common_a}, {"same_n_b", (double)x->common_b}, {"same_net", x->same.net.value}, {"same_net_lo", x->same.net.lo},
        {"same_net_hi", x->same.net.hi}, {"same_p", x->same.p}, {"same_q", x->same.q},
    };
    for (size_t i = 0; i < NUMBERS; i++) out[i] = all[i];
}

/* ---- CSV ---- */

static void csv(const struct comparison *c, struct cell_style style, struct strbuf *out)
{
    struct named_number numbers[NUMBERS];
    struct strbuf cell = {0};
    if (style.excel) strbuf_add(out, STR(CELL_EXCEL_BOM));
    if (c->pairs_n) list_numbers(c, &c->pairs[0], numbers);
    cell_put(out, style, true, STR("outlet_a"));
    cell_put(out, style, false, STR("outlet_b"));
    for (size_t i = 0; c->pairs_n && i < NUMBERS; i++) cell_put(out, style, false, str_of(numbers[i].name));
    cell_end_row(out);
    for (size_t k = 0; k < c->pairs_n; k++) {
        list_numbers(c, &c->pairs[k], numbers);
        cell_put(out, style, true, c->outlets[c->pairs[k].a].name);
        cell_put(out, style, false, c->outlets[c->pairs[k].b].name);
        for (size_t i = 0; i < NUMBERS; i++) {
            strbuf_empty(&cell);
            render_number(&cell, numbers[i].value);
            cell_put(out, style, false, strbuf_str(&cell));
        }
        cell_end_row(out);
    }
    out->failed = out->failed || cell.failed;
    strbuf_free(&cell);
}

void compare_csv(const struct comparison *c, const stance_render_options *options, struct strbuf *out)
{
    csv(c, (struct cell_style){',', options->excel}, out);
}

void compare_tsv(const struct comparison *c, const stance_render_options *options, struct strbuf *out)
{
    csv(c, (struct cell_style){'\t', options->excel}, out);
}

/* ---- JSON ---- */

static void put_text(struct strbuf *out, const char *key, stance_str text)
{
    json_put_key(out, key);
    json_put_string(out, text);
}

static void put_number(struct strbuf *out, const char *key, double value)
{
    json_put_key(out, key);
    if (!render_number(out, value)) strbuf_add(out, STR("null"));
}

static void put_estimate(struct strbuf *out, const char *key, const char *value, struct estimate e)
{
    json_put_key(out, key);
    strbuf_char(out, '{');
    put_number(out, value, e.value);
    put_number(out, "lo", e.lo);
    put_number(out, "hi", e.hi);
    strbuf_char(out, '}');
}

static void put_parts(struct strbuf *out, const char *key, const struct part *parts, size_t n)
{
    json_put_key(out, key);
    strbuf_char(out, '[');
    for (size_t i = 0; i < n; i++) {
        strbuf_add(out, i ? STR(",{") : STR("{"));
        put_text(out, "name", parts[i].name);
        put_number(out, "net", parts[i].points);
        put_number(out, "n_a", (double)parts[i].a);
        put_number(out, "n_b", (double)parts[i].b);
        strbuf_char(out, '}');
    }
    strbuf_char(out, ']');
}

static void put_outlet(struct strbuf *out, const struct comparison *c, const struct comparison_outlet *o)
{
    strbuf_char(out, '{');
    put_text(out, "outlet", o->name);
    put_number(out, "articles", (double)o->articles);
    put_number(out, "n", (double)o->n);
    json_put_key(out, "stances");
    strbuf_char(out, '{');
    for (size_t i = 0; i < 2; i++) {
        if (i) strbuf_char(out, ',');
        const struct estimate *e = i ? &o->minus : &o->plus;
        json_put_string(out, c->labels[i]);
        strbuf_char(out, ':');
        strbuf_char(out, '{');
        put_number(out, "share", e->value);
        put_number(out, "lo", e->lo);
        put_number(out, "hi", e->hi);
        strbuf_char(out, '}');
    }
    strbuf_char(out, '}');
    put_estimate(out, "net", "value", o->net);
    strbuf_char(out, '}');
}

static void put_pair(struct strbuf *out, const struct comparison *c, const struct comparison_pair *x)
{
    struct named_number numbers[NUMBERS];
    list_numbers(c, x, numbers);
    strbuf_char(out, '{');
    put_text(out, "a", c->outlets[x->a].name);
    put_text(out, "b", c->outlets[x->b].name);
    for (size_t i = 0; i < NUMBERS; i++) put_number(out, numbers[i].name, numbers[i].value);
    put_parts(out, "speakers", x->speakers, x->speakers_n);
    put_parts(out, "targets", x->targets, x->targets_n);
    strbuf_char(out, '}');
}

static void put_method(struct strbuf *out, const struct comparison *c)
{
    struct strbuf text = {0};
    compare_method(&text, c);
    json_put_key(out, "method");
    strbuf_char(out, '{');
    put_text(out, "text", strbuf_str(&text));
    put_text(out, "dedup", str_of(counts_dedup_name(c->dedup)));
    put_number(out, "level", c->options->level);
    put_number(out, "min_n", (double)c->options->min_n);
    put_text(out, "plus", c->labels[0]);
    put_text(out, "minus", c->labels[1]);
    put_number(out, "left_out", (double)c->left_out);
    put_number(out, "too_small", (double)c->too_small);
    strbuf_char(out, '}');
    out->failed = out->failed || text.failed;
    strbuf_free(&text);
}

void compare_json(const struct comparison *c, const stance_render_options *options, struct strbuf *out)
{
    (void)options;
    strbuf_char(out, '{');
    put_text(out, "schema", STR("stance.compare/1"));
    put_method(out, c);
    json_put_key(out, "outlets");
    strbuf_char(out, '[');
    for (size_t i = 0; i < c->outlets_n; i++) {
        strbuf_add(out, i ? STR(",\n") : STR("\n"));
        put_outlet(out, c, &c->outlets[i]);
    }
    strbuf_char(out, ']');
    json_put_key(out, "pairs");
    strbuf_char(out, '[');
    for (size_t i = 0; i < c->pairs_n; i++) {
        strbuf_add(out, i ? STR(",\n") : STR("\n"));
        put_pair(out, c, &c->pairs[i]);
    }
    strbuf_add(out, STR("]}\n"));
}
