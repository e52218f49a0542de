/* SPDX-License-Identifier: MIT
 * render_csv: for spreadsheets and scripts.
 * Method: the group's own numbers repeat in each of its rows, so that every row stands alone.
 * Limits: a column of the input that has one of our names comes out twice under that name. Examples are left to JSON. */
#include "render_csv.h"

#include "../io/writer.h"
#include "render.h"

struct csv {
    struct strbuf *out;
    struct cell_style style;
    bool first;         /* of its row */
    struct strbuf cell;
};

static void put(struct csv *csv, stance_str text)
{
    cell_put(csv->out, csv->style, csv->first, text);
    csv->first = false;
}

static void put_number(struct csv *csv, double value)
{
    strbuf_clear(&csv->cell);
    render_number(&csv->cell, value);
    csv->out->failed = csv->out->failed || csv->cell.failed;
    put(csv, strbuf_str(&csv->cell));
}

static void put_count(struct csv *csv, size_t n)
{
    strbuf_clear(&csv->cell);
    if (n != STANCE_NONE) strbuf_print(&csv->cell, "%zu", n);
    csv->out->failed = csv->out->failed || csv->cell.failed;
    put(csv, strbuf_str(&csv->cell));
}

static void end_row(struct csv *csv)
{
    cell_end_row(csv->out);
    csv->first = true;
}

static void put_head(struct csv *csv, const struct report *r)
{
    static const char *const names[] = {"articles", "articles_without_view", "views", "distinct", "abstained", "unlabelled", "label", "n",
                                        "share",    "lo",                    "hi",    "net",      "net_lo",    "net_hi",     "small"};
    for (size_t i = 0; i < r->keys; i++) put(csv, str_of(r->key[i]));
    static const char *const changes[] = {"change", "change_lo", "change_hi", "change_from"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) put(csv, str_of(names[i]));
    for (size_t i = 0; r->period < r->keys && i < 4; i++) put(csv, str_of(changes[i]));
    end_row(csv);
}

static void put_share(struct csv *csv, stance_str label, const struct report_share *s)
{
    put(csv, label);
    put_count(csv, s->n);
    put_number(csv, s->share);
    put_number(csv, s->lo);
    put_number(csv, s->hi);
}

static void put_row(struct csv *csv, const struct report *r, const struct report_group *g, size_t label)
{
    for (size_t i = 0; i < r->keys; i++) put(csv, g->key[i]);
    const size_t counts[] = {g->articles, g->without_view, g->views, g->distinct, g->abstained, g->unlabelled};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) put_count(csv, counts[i]);
    if (label < r->labels_n) put_share(csv, r->labels[label], &g->shares[label]);
    for (size_t i = 0; label >= r->labels_n && i < 5; i++) put(csv, STR(""));
    put_number(csv, g->net);
    put_number(csv, g->net_lo);
    put_number(csv, g->net_hi);
    put(csv, g->small ? STR("true") : STR("false"));
    if (r->period < r->keys) {
        put_number(csv, g->change);
        put_number(csv, g->change_lo);
        put_number(csv, g->change_hi);
        put(csv, g->before);
    }
    end_row(csv);
}

static void render(const struct report *r, const stance_render_options *options, char delimiter, struct strbuf *out)
{
    struct csv csv = {out, {delimiter, options->excel}, true, {0}};
    if (options->excel) strbuf_add(out, STR(CELL_EXCEL_BOM));
    put_head(&csv, r);
    for (size_t i = 0; i < r->groups_n; i++)
        for (size_t label = 0; label == 0 || label < r->labels_n; label++) put_row(&csv, r, &r->groups[i], label);
    strbuf_free(&csv.cell);
}

void render_csv(const struct report *r, const stance_render_options *options, struct strbuf *out)
{
    render(r, options, ',', out);
}

void render_tsv(const struct report *r, const stance_render_options *options, struct strbuf *out)
{
    render(r, options, '\t', out);
}
