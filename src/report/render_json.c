/* SPDX-License-Identifier: MIT
 * render_json: the report for programs.
 * Method: appended piece by piece; one group a line, so that it can be read and compared by eye too.
 * Limits: key is a string for one key and an array in the order of `by` for several. Fields beyond the contract's are only added. */
#include "render_json.h"

#include <math.h>

#include "../io/json.h"
#include "../io/view_record.h"
#include "record_json.h"
#include "render.h"

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

static void put_count(struct strbuf *out, const char *key, size_t n)
{
    json_put_key(out, key);
    if (n == STANCE_NONE) strbuf_add(out, STR("null"));
    else strbuf_print(out, "%zu", n);
}

static void put_bool(struct strbuf *out, const char *key, bool value)
{
    json_put_key(out, key);
    strbuf_add(out, value ? STR("true") : STR("false"));
}

static void put_array(struct strbuf *out, const char *key, const stance_str *items, size_t n)
{
    json_put_key(out, key);
    strbuf_char(out, '[');
    for (size_t i = 0; i < n; i++) {
        if (i) strbuf_char(out, ',');
        json_put_string(out, items[i]);
    }
    strbuf_char(out, ']');
}

/* ---- examples: view records ---- */

static void put_example(struct strbuf *out, const stance_record *x)
{
    const struct record_field *f;
    strbuf_char(out, '{');
    put_text(out, "schema", STR("stance.view/1"));
    for (size_t i = 0; (f = record_field(i)); i++) record_json_put(out, f, x);
    for (size_t i = 0; i < x->extra_n; i++) record_put_extra(out, &x->extra[i]);
    strbuf_char(out, '}');
}

static void put_examples(struct strbuf *out, const struct report_group *g)
{
    json_put_key(out, "examples");
    strbuf_char(out, '[');
    for (size_t i = 0; i < g->examples_n; i++) {
        if (i) strbuf_char(out, ',');
        put_example(out, g->examples[i]);
    }
    strbuf_char(out, ']');
}

/* ---- groups ---- */

static void put_stances(struct strbuf *out, const struct report *r, const struct report_group *g)
{
    json_put_key(out, "stances");
    strbuf_char(out, '{');
    for (size_t i = 0; i < r->labels_n; i++) {
        if (i) strbuf_char(out, ',');
        json_put_string(out, r->labels[i]);
        strbuf_add(out, STR(":{"));
        put_count(out, "n", g->shares[i].n);
        put_number(out, "share", g->shares[i].share);
        put_number(out, "lo", g->shares[i].lo);
        put_number(out, "hi", g->shares[i].hi);
        strbuf_char(out, '}');
    }
    strbuf_char(out, '}');
}

static void put_numbers(struct strbuf *out, const struct report *r, const struct report_group *g)
{
    put_count(out, "articles", g->articles);
    put_count(out, "articles_without_view", g->without_view);
    put_count(out, "views", g->views);
    put_count(out, "distinct", g->distinct);
    put_count(out, "abstained", g->abstained);
    put_count(out, "unlabelled", g->unlabelled);
    put_stances(out, r, g);
    put_number(out, "net", g->net);
    put_number(out, "net_lo", g->net_lo);
    put_number(out, "net_hi", g->net_hi);
    put_bool(out, "small", g->small);
}

/* Who carried a claim, in the order of time, each outlet once. */
static void put_outlets(struct strbuf *out, const struct report_group *g)
{
    json_put_key(out, "outlets");
    strbuf_char(out, '[');
    for (size_t i = 0; i < g->examples_n; i++) {
        const stance_record *x = g->examples[i];
        bool before = false;
        for (size_t k = 0; k < i && !before; k++) before = str_equal(g->examples[k]->outlet, x->outlet);
        if (before) continue;
        if (i) strbuf_char(out, ',');
        strbuf_char(out, '{');
        put_text(out, "outlet", x->outlet.ptr ? x->outlet : STR("unknown"));
        put_text(out, "date", x->date);
        put_text(out, "id", x->id);
        strbuf_char(out, '}');
    }
    strbuf_char(out, ']');
}

static void put_change(struct strbuf *out, const struct report_group *g)
{
    put_number(out, "change", g->change);
    put_number(out, "change_lo", g->change_lo);
    put_number(out, "change_hi", g->change_hi);
    put_text(out, "change_from", g->before);
}

static void put_group(struct strbuf *out, const struct report *r, const struct report_group *g)
{
    strbuf_char(out, '{');
    if (r->keys == 1) put_text(out, "key", g->key[0]);
    else put_array(out, "key", g->key, r->keys);
    put_numbers(out, r, g);
    if (r->period < r->keys) put_change(out, g);
    if (r->claim != COUNTS_NO_CLAIM) put_outlets(out, g);
    put_examples(out, g);
    strbuf_char(out, '}');
}

/* ---- the frame ---- */

static void put_net(struct strbuf *out, const struct report *r)
{
    json_put_key(out, "net");
    if (r->plus == REPORT_NO_LABEL) {
        strbuf_add(out, STR("null"));
        return;
    }
    strbuf_char(out, '{');
    put_text(out, "plus", r->labels[r->plus]);
    put_text(out, "minus", r->labels[r->minus]);
    put_text(out, "interval", STR("bootstrap by article"));
    put_count(out, "draws", r->options->draws);
    json_put_key(out, "seed");
    strbuf_print(out, "%llu", (unsigned long long)r->options->seed);
    strbuf_char(out, '}');
}

static void put_filters(struct strbuf *out, const stance_report_options *o)
{
    json_put_key(out, "filters");
    strbuf_char(out, '{');
    put_text(out, "since", str_of(o->since));
    put_text(out, "until", str_of(o->until));
    put_text(out, "speaker", str_of(o->speaker));
    put_text(out, "outlet", str_of(o->outlet));
    put_text(out, "target", str_of(o->target));
    put_text(out, "kind", str_of(o->kind));
    strbuf_char(out, '}');
}

static void put_method(struct strbuf *out, const struct report *r)
{
    const stance_report_options *o = r->options;
    json_put_key(out, "method");
    strbuf_char(out, '{');
    put_array(out, "models", r->models, r->models_n);
    put_array(out, "views_models", r->views_models, r->views_models_n);
    put_text(out, "dedup", str_of(counts_dedup_name(r->dedup)));
    if (o->adjust) put_text(out, "adjust", str_of(o->adjust));
    put_text(out, "interval", o->adjust && !str_equal(str_of(o->adjust), STR("none")) ? STR("bootstrap") : STR("wilson"));
    put_number(out, "level", o->level);
    put_net(out, r);
    put_count(out, "min_n", o->min_n);
    put_text(out, "sort", str_of(r->sort));
    put_filters(out, o);
    put_count(out, "left_out", r->left_out);
    put_count(out, "undated", r->undated);
    put_text(out, "extraction", r->recall.len ? r->recall : (stance_str){NULL, 0});
    put_text(out, "accuracy", r->accuracy.len ? r->accuracy : (stance_str){NULL, 0});
    strbuf_char(out, '}');
}

void render_json(const struct report *r, const stance_render_options *options, struct strbuf *out)
{
    (void)options;
    strbuf_char(out, '{');
    put_text(out, "schema", STR("stance.report/1"));
    put_text(out, "title", r->title);
    put_text(out, "by", r->by);
    put_method(out, r);
    json_put_key(out, "total");
    strbuf_char(out, '{');
    put_numbers(out, r, &r->total);
    strbuf_char(out, '}');
    put_count(out, "hidden", r->hidden);
    json_put_key(out, "groups");
    strbuf_char(out, '[');
    for (size_t i = 0; i < r->groups_n; i++) {
        strbuf_add(out, i ? STR(",\n") : STR("\n"));
        put_group(out, r, &r->groups[i]);
    }
    strbuf_add(out, STR("]}\n"));
}
