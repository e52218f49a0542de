/* SPDX-License-Identifier: MIT
 * cmd_eval: how good a model, or the settings, are on labelled rows.
 * Method: predictions of a model, or of cross-validation (folds by group, or one value of a column held out at a time); the library measures.
 * Limits: rows and predictions are held in memory. */
#include <stdlib.h>
#include <string.h>

#include "../base/str.h"
#include "../base/vocab.h"
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

static bool predict_all(const struct options *o, const stance_rows *rows, stance_prediction *out, stance_error *err)
{
    uint32_t place[STANCE_MAX_LABELS];
    stance_model *model = open_model(o, err);
    stance_scorer *scorer = model ? stance_scorer_new(model, err) : NULL;
    bool ok = scorer != NULL, foreign = false;
    if (ok) label_places(model, rows, place);
    for (size_t i = 0; ok && i < rows->n; i++) {
        stance_prediction p;
        ok = !interrupted() && stance_score(scorer, &rows->rows[i].in, o->min_margin, &p, err);
        out[i] = p;
        memset(out[i].p, 0, sizeof out[i].p);
        for (size_t k = 0; ok && k < stance_model_labels(model); k++)
            if (place[k] < rows->labels_n) out[i].p[place[k]] = p.p[k];
        out[i].label = place[p.label];
        foreign = foreign || place[p.label] >= rows->labels_n;
    }
    if (ok && foreign) say(o, "the model has labels that no row has; such answers count as wrong");
    if (interrupted()) error_set(err, STANCE_INTERRUPTED, 0, "interrupted");
    stance_scorer_free(scorer);
    stance_model_free(model);
    return ok;
}

/* Numbers the values of the --hold-out column. */
static uint32_t *held_values(const stance_dataset *data, struct vocab *values, stance_error *err)
{
    const stance_rows *rows = stance_dataset_rows(data);
    const stance_row_note *notes = stance_dataset_notes(data);
    uint32_t *held = calloc(rows->n, sizeof *held);
    for (size_t i = 0; held && i < rows->n; i++)
        if ((held[i] = vocab_add(values, notes[i].value.ptr ? notes[i].value : STR(""))) == VOCAB_NONE) {
            free(held);
            held = NULL;
        }
    if (!held) error_nomem(err, "splitting rows");
    return held;
}

static bool cross_validate(const struct options *o, const stance_dataset *data, stance_prediction *out, stance_error *err)
{
    stance_train_options to;
    struct vocab values = {0};
    char *recipe = NULL;
    uint32_t *held = o->hold_out ? held_values(data, &values, err) : NULL;
    bool ok = (!o->hold_out || held) && train_options(o, &to, &recipe, err);
    if (ok && o->hold_out && values.n < 2) ok = error_set(err, STANCE_INPUT, 0, "column %s has one value only; --hold-out needs two or more", o->hold_out);
    if (ok) ok = stance_cross_validate(stance_dataset_rows(data), &to, o->cv ? o->cv : 5, held, out, err);
    vocab_free(&values);
    free(held);
    free(recipe);
    return ok;
}

int cmd_eval(const struct options *o)
{
    stance_error err = {0};
    stance_dataset *data = read_dataset(o, &err);
    if (!data) return fail(&err);
    const stance_rows *rows = stance_dataset_rows(data);
    stance_prediction *predictions = calloc(rows->n, sizeof *predictions);
    stance_metrics *metrics = calloc(1, sizeof *metrics);
    bool ok = predictions && metrics;
    if (!ok) error_nomem(&err, "measuring");
    if (ok) ok = o->cv || o->hold_out ? cross_validate(o, data, predictions, &err) : predict_all(o, rows, predictions, &err);
    ok = ok && stance_measure(rows, predictions, o->seed, metrics, &err);
    struct strbuf text = {0};
    ok = ok && eval_table_put(&text, options_format(o, "table"), rows, metrics, &err);
    struct writer *w = NULL;
    ok = ok && (o->dry_run || ((w = writer_open(o->output, &err)) != NULL && writer_write(w, strbuf_str(&text), &err)));
    int status = close_output(w, ok, stance_dataset_counted(data)->failed ? STANCE_PARTIAL : STANCE_OK, &err);
    strbuf_free(&text);
    free(predictions);
    free(metrics);
    stance_dataset_free(data);
    return status;
}
