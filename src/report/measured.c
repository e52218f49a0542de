/* SPDX-License-Identifier: MIT
 * measured: a JSON object {"labels":[...],"kinds":[{"kind":...,"given":[...],"probable":[...]},...]}; the two are [labels][labels] numbers
 * row by row, gold by label given.
 * Method: json.c makes a flat list of it. Limits: STANCE_MAX_LABELS labels. */
#include "measured.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../io/json.h"

enum { KEY = 64, ENOUGH = 200 };

static bool refuse(stance_error *err)
{
    return error_set(err, STANCE_INPUT, 0, "what is measured of a model cannot be read; was it written by another version? train the model anew");
}

static const stance_str *at(const struct json_object *o, const char *format, size_t i, const char *name, size_t k)
{
    char key[KEY];
    snprintf(key, sizeof key, format, i, name, k);
    return json_get(o, str_of(key));
}

static bool read_labels(const struct json_object *o, struct confusion *c, stance_error *err)
{
    const stance_str *label;
    while ((label = at(o, "labels.%zu", c->labels.n, "", 0))) {
        size_t before = c->labels.n;
        if (!label->ptr || before == STANCE_MAX_LABELS) return refuse(err);
        uint32_t id = vocab_add(&c->labels, *label);
        if (id == VOCAB_NONE) return error_nomem(err, "reading what is measured of a model");
        if (id != before) return refuse(err);
    }
    if (c->labels.n < 2) return refuse(err);
    c->rows = calloc(c->labels.n * c->labels.n, sizeof *c->rows);
    return c->rows || error_nomem(err, "reading what is measured of a model");
}

/* Adds the numbers of kind i; *all and *right get their sums. */
static bool add_kind(const struct json_object *o, size_t i, const char *what, struct confusion *c, double *all, double *right, stance_error *err)
{
    size_t n = c->labels.n;
    *all = *right = 0;
    for (size_t k = 0; k < n * n; k++) {
        double value;
        const stance_str *text = at(o, "kinds.%zu.%s.%zu", i, what, k);
        if (!text || !text->ptr || !str_to_double(*text, &value) || !(value >= 0) || value > 1e15) return refuse(err);
        c->rows[k] += value;
        *all += value;
        if (k % (n + 1) == 0) *right += value;
    }
    return true;
}

static const stance_str *kind_at(const struct json_object *o, size_t i)
{
    return at(o, "kinds.%zu.%s", i, "kind", 0);
}

static bool parse(const char *text, struct json_object *o, struct confusion *c, stance_error *err)
{
    stance_error why = {0};
    if (json_parse(o, str_of(text), &why)) return read_labels(o, c, err);
    return why.code == STANCE_NOMEM ? error_nomem(err, "reading what is measured of a model") : refuse(err);
}

/* Adds the kinds that are known, or the rows of none. */
static bool add_kinds(const struct json_object *o, bool known, const char *what, struct confusion *c, double *sum, stance_error *err)
{
    const stance_str *kind;
    double all, right;
    bool ok = true;
    for (size_t i = 0; ok && (kind = kind_at(o, i)); i++) {
        if ((kind->ptr != NULL) != known) continue;
        ok = add_kind(o, i, what, c, &all, &right, err);
        *sum += all;
    }
    return ok;
}

bool measured_confusion(const char *text, bool probable, struct confusion *c, stance_error *err)
{
    struct json_object o = {0};
    double sum = 0;
    const char *what = probable ? "probable" : "given";
    bool ok = parse(text, &o, c, err) && add_kinds(&o, true, what, c, &sum, err);
    ok = ok && (sum >= ENOUGH || add_kinds(&o, false, what, c, &sum, err));
    json_free(&o);
    return ok;
}

bool measured_accuracy(const char *text, struct strbuf *out, stance_error *err)
{
    struct json_object o = {0};
    struct confusion c = {0};
    const stance_str *kind;
    double all, right;
    size_t start = out->len;
    bool ok = parse(text, &o, &c, err);
    for (size_t i = 0; ok && (kind = kind_at(&o, i)); i++) {
        ok = add_kind(&o, i, "given", &c, &all, &right, err);
        if (!ok || !(all > 0)) continue;
        if (out->len > start) strbuf_add(out, STR(", "));
        strbuf_add(out, kind->ptr ? *kind : STR("statements"));
        strbuf_print(out, " %.0f %% of %.0f", floor(right / all * 100 + 0.5), all);
    }
    confusion_free(&c);
    json_free(&o);
    return ok && (!out->failed || error_nomem(err, "reading what is measured of a model"));
}

bool measured_fits(const stance_report_options *o, const struct vocab *models)
{
    return o->measured && models->n == 1 && str_equal(vocab_text(models, 0), str_of(o->measured_by));
}

bool measured_say(const stance_report_options *o, const struct vocab *models, struct strbuf *out, stance_error *err)
{
    if (o->accuracy) return strbuf_add(out, str_of(o->accuracy)), true;
    if (!o->measured || models->n == 0) return true;
    if (!measured_fits(o, models)) return strbuf_add(out, STR("not known; name the model that labelled the views with -m")), true;
    strbuf_add(out, STR("right on rows held out of training: "));
    return measured_accuracy(o->measured, out, err);
}

/* ---- what is found at all ---- */

static bool take_number(const stance_str *text, double *to, stance_error *err)
{
    return (text && text->ptr && str_to_double(*text, to) && *to >= 0) || refuse(err);
}

static bool recall_of_kinds(const struct json_object *o, struct strbuf *out, stance_error *err)
{
    const stance_str *kind;
    const char *before = "finds, in articles held out of training, ";
    double marked, found;
    for (size_t i = 0; (kind = kind_at(o, i)); i++) {
        if (!take_number(at(o, "kinds.%zu.%s", i, "marked", 0), &marked, err) || !take_number(at(o, "kinds.%zu.%s", i, "found", 0), &found, err)) return false;
        if (!(marked > 0)) continue;
        strbuf_add(out, str_of(before));
        strbuf_print(out, "%.0f %% of %.0f ", floor(found / marked * 100 + 0.5), marked);
        strbuf_add(out, *kind);
        before = ", ";
    }
    return true;
}

bool measured_say_recall(const stance_report_options *o, const struct vocab *views_models, struct strbuf *out, stance_error *err)
{
    struct json_object parsed = {0};
    double proposed, right;
    if (!o->recall || views_models->n != 1 || !str_equal(vocab_text(views_models, 0), str_of(o->recall_by))) return true;
    stance_error why = {0};
    bool ok = json_parse(&parsed, str_of(o->recall), &why) || (why.code == STANCE_NOMEM ? error_nomem(err, "reading what is measured of a model") : refuse(err));
    ok = ok && recall_of_kinds(&parsed, out, err) && take_number(json_get(&parsed, STR("proposed")), &proposed, err) &&
         take_number(json_get(&parsed, STR("right")), &right, err);
    if (ok && out->len && proposed > 0)
        strbuf_print(out, " views (what is missed differs by kind, and can pass for lean), %.0f %% of what it finds is right", floor(right / proposed * 100 + 0.5));
    json_free(&parsed);
    return ok && (!out->failed || error_nomem(err, "reading what is measured of a model"));
}

static void put_rows(struct strbuf *out, const char *name, const struct confusion *c)
{
    json_put_key(out, name);
    strbuf_char(out, '[');
    for (size_t i = 0; i < c->labels.n * c->labels.n; i++) {
        if (i) strbuf_char(out, ',');
        json_put_number(out, c->rows[i]);
    }
    strbuf_char(out, ']');
}

void measured_of_confusion(const struct confusion *c, struct strbuf *out)
{
    strbuf_add(out, STR("{\"labels\":["));
    for (size_t i = 0; i < c->labels.n; i++) {
        if (i) strbuf_char(out, ',');
        json_put_string(out, c->labels.items[i]);
    }
    strbuf_add(out, STR("],\"kinds\":[{\"kind\":null"));
    put_rows(out, "given", c);
    put_rows(out, "probable", c);
    strbuf_add(out, STR("}]}"));
}
