/* SPDX-License-Identifier: MIT
 * cmd_eval: how good a model, or the settings, are on labelled rows.
 * Method: predictions of a model, or of cross-validation (folds by group, or one value of a column held out at a time); the library measures.
 * Limits: rows and predictions are held in memory. */
#include <stdlib.h>
#include <string.h>

#include "../base/str.h"
#include "eval_table.h"
#include "rows_run.h"

/* Index of the model's label among those of the rows, or one that no gold label has. */
static void label_places(const stance_model *model, const stance_rows *rows, uint32_t *place)
{
    for (size_t i = 0; i < stance_model_labels(model); i++) {
        place[i] = (uint32_t)rows->labels_n;
        for (size_t k = 0; k < rows->labels_n; k++)
            if (strcmp(stance_model_label(model, i), rows->labels[k]) == 0) place[i] = (uint32_t)k;
    }
}

/* Labels of rows that the model cannot answer. */
static void tell_unknown(const struct options *o, const stance_model *model, const stance_rows *rows)
{
    for (size_t l = 0; l < rows->labels_n; l++) {
        bool known = false;
        size_t n = 0;
        for (size_t i = 0; i < stance_model_labels(model); i++) known = known || strcmp(stance_model_label(model, i), rows->labels[l]) == 0;
        for (size_t i = 0; i < rows->n; i++) n += rows->rows[i].label == l;
        if (!known && n)
            say(o, "%s: the model does not know the label %s (%zu row%s); such rows count as wrong", o->inputs.items[0], rows->labels[l], n, n == 1 ? "" : "s");
    }
}

/* drift may be NULL; *drifted: it is set. */
static bool predict_all(const struct options *o, const char *path, const stance_rows *rows, stance_prediction *out, stance_drift *drift, bool *drifted,
                        stance_error *err)
{
    stance_seen seen = {0};
    uint32_t place[STANCE_MAX_LABELS];
    stance_model *model = path ? stance_model_open(path, err) : open_model(o, err);
    stance_scorer *scorer = model ? stance_scorer_new(model, err) : NULL;
    bool ok = scorer != NULL, foreign = false;
    if (ok) label_places(model, rows, place);
    if (ok) tell_unknown(o, model, rows);
    for (size_t i = 0; ok && i < rows->n; i++) {
        stance_prediction p = {0};
        ok = !interrupted() && stance_score(scorer, &rows->rows[i].in, o->min_margin, &p, err);
        stance_seen_add(&seen, p.label, p.known);
        out[i] = p;
        memset(out[i].p, 0, sizeof out[i].p);
        for (size_t k = 0; ok && k < stance_model_labels(model); k++)
            if (place[k] < rows->labels_n) out[i].p[place[k]] = p.p[k];
        out[i].label = place[p.label];
        foreign = foreign || place[p.label] >= rows->labels_n;
    }
    if (ok && foreign) say(o, "the model has labels that no row has; such answers count as wrong");
    if (ok && drift) {
        *drifted = stance_drift_of(model, &seen, drift);
        warn_of_drift(o, model, &seen);
    }
    if (interrupted()) error_set(err, STANCE_INTERRUPTED, 0, "interrupted");
    stance_scorer_free(scorer);
    stance_model_free(model);
    return ok;
}

/* What the user's margin marks, in place of each fold's own. */
static void mark_below(double margin, stance_prediction *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i].abstained == STANCE_CERTAIN || p[i].abstained == STANCE_LOW_MARGIN) p[i].abstained = p[i].margin < margin ? STANCE_LOW_MARGIN : STANCE_CERTAIN;
}

static bool cross_validate(const struct options *o, const stance_dataset *data, stance_prediction *out, stance_error *err)
{
    stance_train_options to;
    char *recipe = NULL;
    uint32_t *held = o->hold_out ? held_parts(o, data, err) : NULL;
    bool ok = (!o->hold_out || held) && train_options(o, &to, &recipe, err);
    if (ok) ok = stance_cross_validate(stance_dataset_rows(data), &to, o->cv ? o->cv : 5, held, out, err);
    if (ok && o->min_margin >= 0) mark_below(o->min_margin, out, stance_dataset_rows(data)->n);
    free(held);
    free(recipe);
    return ok;
}

/* What words alone would do, on the same folds: the least that settings must beat. */
static bool words_alone(const struct options *o, const stance_rows *rows, stance_metrics *metrics, double *macro_f1, stance_error *err)
{
    stance_train_options to = {.recipe = "templates = w1\nscale = idf\nc = 1\ncopies = off\ntemperature = 1\n", .seed = o->seed, .threads = thread_count(o)};
    stance_prediction *p = calloc(rows->n + 1, sizeof *p);
    bool ok = p || error_nomem(err, "measuring");
    ok = ok && stance_cross_validate(rows, &to, o->cv, NULL, p, err) && stance_measure(rows, p, o->seed, metrics, err);
    *macro_f1 = metrics->macro_f1.value;
    free(p);
    return ok;
}

/* ---- each row's answer ---- */

static void put_row(struct strbuf *out, const stance_dataset *data, size_t i, const uint32_t *fold, const stance_prediction *p)
{
    const struct cell_style style = {',', false};
    const stance_rows *rows = stance_dataset_rows(data);
    strbuf_print(out, "%zu,", i + 1);
    cell_put(out, style, true, stance_dataset_notes(data)[i].id);
    if (fold) strbuf_print(out, ",%u,", fold[i]);
    else strbuf_add(out, STR(",,"));
    cell_put(out, style, true, str_of(rows->labels[rows->rows[i].label]));
    strbuf_print(out, ",%s,%.4f", p->label < rows->labels_n ? rows->labels[p->label] : "other", p->margin);
    for (size_t l = 0; l < rows->labels_n; l++) strbuf_print(out, ",%.4f", p->p[l]);
    strbuf_char(out, '\n');
}

static bool write_predictions(const struct options *o, const stance_dataset *data, const stance_prediction *p, stance_error *err)
{
    const stance_rows *rows = stance_dataset_rows(data);
    struct strbuf text = {0};
    uint32_t *fold = o->cv && !o->hold_out ? calloc(rows->n + 1, sizeof *fold) : NULL;
    bool ok = !o->cv || o->hold_out || ((fold || error_nomem(err, "writing predictions")) && stance_folds(rows, o->cv, o->seed, fold, err));
    strbuf_add(&text, STR("row,id,fold,gold,stance,margin"));
    for (size_t l = 0; l < rows->labels_n; l++) strbuf_print(&text, ",p_%s", rows->labels[l]);
    strbuf_char(&text, '\n');
    for (size_t i = 0; ok && i < rows->n; i++) put_row(&text, data, i, fold, &p[i]);
    if (ok && text.failed) ok = error_nomem(err, "writing predictions");
    struct writer *w = ok ? writer_open(o->predictions, err) : NULL;
    ok = w && writer_write(w, strbuf_str(&text), err) && writer_finish(w, err);
    writer_free(w);
    strbuf_free(&text);
    free(fold);
    return ok;
}

/* ---- the command ---- */

struct evaluation {
    const struct options *o;
    stance_dataset *data;
    stance_prediction *first, *second; /* [rows] */
    stance_metrics *metrics, *baseline;
    stance_comparison comparison;
    stance_drift drift;
    struct eval_extra extra;
};

static bool prepare(struct evaluation *e, stance_error *err)
{
    size_t n = stance_dataset_rows(e->data)->n;
    e->first = calloc(n, sizeof *e->first);
    e->second = calloc(n, sizeof *e->second);
    e->metrics = calloc(1, sizeof *e->metrics);
    e->baseline = calloc(1, sizeof *e->baseline);
    return (e->first && e->second && e->metrics && e->baseline) || error_nomem(err, "measuring");
}

static bool evaluate(struct evaluation *e, stance_error *err)
{
    const struct options *o = e->o;
    const stance_rows *rows = stance_dataset_rows(e->data);
    bool folds = o->cv || o->hold_out, drifted = false;
    if (!(folds ? cross_validate(o, e->data, e->first, err) : predict_all(o, NULL, rows, e->first, &e->drift, &drifted, err))) return false;
    for (size_t i = 0; i < rows->n; i++) e->extra.known += e->first[i].known / (double)rows->n;
    e->extra.drift = drifted ? &e->drift : NULL;
    if (!stance_measure(rows, e->first, o->seed, e->metrics, err)) return false;
    if (o->predictions && !o->dry_run && !write_predictions(o, e->data, e->first, err)) return false;
    e->extra.words_macro_f1 = -1;
    if (o->cv && !o->hold_out && !words_alone(o, rows, e->baseline, &e->extra.words_macro_f1, err)) return false;
    if (!o->against) return true;
    e->extra.comparison = &e->comparison;
    e->extra.against = o->against;
    return predict_all(o, o->against, rows, e->second, NULL, NULL, err) && stance_compare(rows, e->first, e->second, o->seed, &e->comparison, err);
}

static void evaluation_free(struct evaluation *e)
{
    free(e->first);
    free(e->second);
    free(e->metrics);
    free(e->baseline);
    stance_dataset_free(e->data);
}

int cmd_eval(const struct options *o)
{
    stance_error err = {0};
    if (o->model && (o->cv || o->hold_out)) {
        error_set(&err, STANCE_USAGE, 0, "--model and %s: either a model is measured, or models are trained for it; take one of the two", o->cv ? "--cv" : "--hold-out");
        return fail(&err);
    }
    struct evaluation e = {.o = o, .data = read_dataset(o, &err)};
    if (!e.data) return fail(&err);
    struct strbuf text = {0};
    struct writer *w = NULL;
    bool ok = prepare(&e, &err) && evaluate(&e, &err);
    ok = ok && eval_table_put(&text, options_format(o, "table"), stance_dataset_rows(e.data), e.metrics, &e.extra, &err);
    ok = ok && (o->dry_run || ((w = writer_open(o->output, &err)) != NULL && writer_write(w, strbuf_str(&text), &err)));
    int status = close_output(w, ok, stance_dataset_counted(e.data)->failed ? STANCE_PARTIAL : STANCE_OK, &err);
    strbuf_free(&text);
    evaluation_free(&e);
    return status;
}
