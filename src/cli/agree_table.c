/* SPDX-License-Identifier: MIT
 * agree_table: what two or more coders agree on.
 * Method: one function per format; csv and tsv list the units on which labels differ, with an empty column for the label they are settled on.
 * Limits: four decimals. */
#include "agree_table.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../io/json.h"
#include "../io/writer.h"

struct view_of {
    const struct options *o;
    const stance_ratings *r;
    const stance_agreement *a;
    struct cell_style style;
};

static void put_figure(struct strbuf *out, const char *name, stance_figure f, const char *why_not)
{
    if (isnan(f.value)) strbuf_print(out, "%-22s -  (%s)\n", name, why_not);
    else if (isnan(f.lo)) strbuf_print(out, "%-22s %.4f\n", name, f.value);
    else strbuf_print(out, "%-22s %.4f  [%.4f, %.4f]\n", name, f.value, f.lo, f.hi);
}

static void put_order(struct strbuf *out, const stance_ratings *r)
{
    if (!r->ordered) return;
    strbuf_add(out, STR("order of labels        "));
    for (size_t l = 0; l < r->labels_n; l++) strbuf_print(out, "%s%s", l ? " < " : "", r->labels[l]);
    strbuf_char(out, '\n');
}

static void put_pairs(struct strbuf *out, const stance_ratings *r, const stance_agreement *a)
{
    strbuf_print(out, "\nfirst \\ second  ");
    for (size_t k = 0; k < a->labels; k++) strbuf_print(out, " %12s", r->labels[k]);
    for (size_t i = 0; i < a->labels; i++) {
        strbuf_print(out, "\n%-16s", r->labels[i]);
        for (size_t k = 0; k < a->labels; k++) strbuf_print(out, " %12zu", a->pairs[i][k]);
    }
    strbuf_char(out, '\n');
}

static void put_table(struct strbuf *out, const struct view_of *v)
{
    const stance_agreement *a = v->a;
    const char *one_label = "all labels are one";
    strbuf_print(out, "%zu files; %zu rows labelled by two or more, matched by %s; the same label on %zu (%.1f %%)\n\n", v->r->coders, a->units, v->r->key,
                 a->same, 100 * (double)a->same / (double)a->units);
    put_figure(out, "Cohen's kappa", a->kappa, v->r->coders > 2 ? "of two files only" : one_label);
    put_figure(out, "alpha, nominal", a->alpha_nominal, one_label);
    put_figure(out, "alpha, ordinal", a->alpha_ordinal, v->r->ordered ? one_label : "give the order with --order");
    put_order(out, v->r);
    strbuf_print(out, "\n%-16s %12s %12s\n", "label", "agreement", "times given");
    for (size_t l = 0; l < a->labels; l++) {
        if (isnan(a->label[l].agreement)) strbuf_print(out, "%-16s %12s %12zu\n", v->r->labels[l], "-", a->label[l].values);
        else strbuf_print(out, "%-16s %12.4f %12zu\n", v->r->labels[l], a->label[l].agreement, a->label[l].values);
    }
    if (v->r->coders == 2) put_pairs(out, v->r, a);
}

/* ---- what they disagree on ---- */

static bool differ(const stance_ratings *r, size_t u)
{
    const uint32_t *label = r->label + u * r->coders;
    uint32_t first = STANCE_MISSING;
    for (size_t c = 0; c < r->coders; c++) {
        if (label[c] == STANCE_MISSING) continue;
        if (first == STANCE_MISSING) first = label[c];
        if (label[c] != first) return true;
    }
    return false;
}

static void put_disagreements(struct strbuf *out, const struct view_of *v)
{
    if (v->o->excel) strbuf_add(out, STR(CELL_EXCEL_BOM));
    const char *const heads[] = {"id", "text", "target"};
    for (size_t i = 0; i < 3; i++) cell_put(out, v->style, i == 0, str_of(heads[i]));
    for (size_t c = 0; c < v->r->coders; c++) strbuf_print(out, "%clabel_%zu", v->style.delimiter, c + 1);
    cell_put(out, v->style, false, STR("label"));
    cell_end_row(out);
    for (size_t u = 0; u < v->r->units; u++) {
        if (!differ(v->r, u)) continue;
        cell_put(out, v->style, true, v->r->unit[u].id);
        cell_put(out, v->style, false, v->r->unit[u].text);
        cell_put(out, v->style, false, v->r->unit[u].target);
        for (size_t c = 0; c < v->r->coders; c++) {
            uint32_t l = v->r->label[u * v->r->coders + c];
            cell_put(out, v->style, false, l == STANCE_MISSING ? STR("") : str_of(v->r->labels[l]));
        }
        cell_put(out, v->style, false, STR(""));
        cell_end_row(out);
    }
}

/* ---- json ---- */

static void json_number(struct strbuf *out, const char *name, double value)
{
    if (isnan(value)) strbuf_print(out, "\"%s\":null", name);
    else strbuf_print(out, "\"%s\":%.4f", name, value);
}

static void json_figure(struct strbuf *out, const char *name, stance_figure f)
{
    strbuf_print(out, ",\"%s\":{", name);
    json_number(out, "value", f.value);
    strbuf_char(out, ',');
    json_number(out, "lo", f.lo);
    strbuf_char(out, ',');
    json_number(out, "hi", f.hi);
    strbuf_char(out, '}');
}

static void put_json(struct strbuf *out, const struct view_of *v)
{
    const stance_agreement *a = v->a;
    strbuf_print(out, "{\"schema\":\"stance.agreement/1\",\"files\":%zu,\"units\":%zu,\"values\":%zu,\"same\":%zu,\"ordered\":%s", v->r->coders, a->units,
                 a->values, a->same, v->r->ordered ? "true" : "false");
    json_figure(out, "kappa", a->kappa);
    json_figure(out, "alpha_nominal", a->alpha_nominal);
    json_figure(out, "alpha_ordinal", a->alpha_ordinal);
    strbuf_add(out, STR(",\"labels\":["));
    for (size_t l = 0; l < a->labels; l++) {
        strbuf_add(out, l ? STR(",{\"label\":") : STR("{\"label\":"));
        json_put_string(out, str_of(v->r->labels[l]));
        strbuf_print(out, ",\"values\":%zu,", a->label[l].values);
        json_number(out, "agreement", a->label[l].agreement);
        strbuf_char(out, '}');
    }
    strbuf_add(out, STR("]}\n"));
}

bool agree_table_put(struct strbuf *out, const struct options *o, const stance_ratings *ratings, const stance_agreement *a, stance_error *err)
{
    const char *format = options_format(o, "table");
    bool tabs = strcmp(format, "tsv") == 0;
    struct view_of v = {o, ratings, a, {tabs ? '\t' : ',', o->excel}};
    if (strcmp(format, "table") == 0) put_table(out, &v);
    else if (strcmp(format, "json") == 0) put_json(out, &v);
    else if (tabs || strcmp(format, "csv") == 0) put_disagreements(out, &v);
    else return error_set(err, STANCE_USAGE, 0, "-f %s: agree writes table or json, and the disagreements as csv or tsv", format);
    return !out->failed || error_nomem(err, "writing agreement");
}
