/* SPDX-License-Identifier: MIT
 * card: what a model's card says of its quality.
 * Method: the library cross-validates the model's own recipe; groups of rows (length, values of the held-out column) are counted here. Limits: the
 * figures are of the settings, each fold's model being a little smaller than the one described; lexicons besides the shipped one are not read. */
#include "card.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "rows_run.h"

enum { FOLDS = 5, LEAST_ROWS = 20, WORST = 8, NOTE_SIZE = 65536 };

struct measured {
    const stance_rows *rows;
    const stance_row_note *notes;
    stance_prediction *p; /* [rows->n] */
    stance_metrics m;
};

static bool right(const struct measured *x, size_t i)
{
    return x->p[i].label == x->rows->rows[i].label;
}

/* ---- figures ---- */

static void put_figures(struct strbuf *out, const char *how, const struct measured *x)
{
    const stance_metrics *m = &x->m;
    strbuf_print(out, "| %s | %.3f [%.3f–%.3f] | %.3f | ", how, m->macro_f1.value, m->macro_f1.lo, m->macro_f1.hi, m->accuracy.value);
    for (size_t l = 0; l < m->labels; l++) strbuf_print(out, "%s%s %.3f", l ? ", " : "", x->rows->labels[l], m->label[l].f1.value);
    strbuf_print(out, " | %.3f | %.3f |\n", m->ece, m->brier);
}

static void put_coverage(struct strbuf *out, const stance_model *model, const stance_metrics *m)
{
    strbuf_print(out, "\n## What a margin buys\n\nRows whose best label leads by less than `--min-margin` are marked as abstained. "
                        "Unless it is given it is %.4f with this model: the\n"
                        "closest calls, at most 15 in 100 of the rows left out in training, if fewer than three in five of them were right. With a margin chosen so\n"
                        "from the other parts, %.1f %% of the rows above are answered, and %.1f %% of these right (%.1f %% of all).\n\n"
                        "| margin | share answered | accuracy of these |\n|---|---|---|\n", stance_model_min_margin(model),
                 100 * (double)(m->n - m->abstained) / (double)m->n, 100 * m->answered_accuracy, 100 * m->accuracy.value);
    for (size_t i = 0; i < 6; i++)
        strbuf_print(out, "| %.1f | %.0f %% | %.1f %% |\n", m->coverage[i].margin, 100 * m->coverage[i].coverage, 100 * m->coverage[i].accuracy);
}

/* ---- where it fails ---- */

static void put_confusion(struct strbuf *out, const struct measured *x)
{
    const stance_metrics *m = &x->m;
    strbuf_add(out, STR("\n## Where it fails\n\n| labelled by people | answered |"));
    for (size_t k = 1; k < m->labels; k++) strbuf_add(out, STR(" |"));
    strbuf_add(out, STR("\n|---|"));
    for (size_t k = 0; k < m->labels; k++) strbuf_add(out, STR("---|"));
    for (size_t g = 0; g < m->labels; g++) {
        strbuf_print(out, "\n| %s (%zu) |", x->rows->labels[g], m->label[g].gold);
        for (size_t k = 0; k < m->labels; k++)
            strbuf_print(out, " %s %.0f %% |", x->rows->labels[k], m->label[g].gold ? 100.0 * (double)m->confusion[g][k] / (double)m->label[g].gold : 0.0);
    }
    strbuf_char(out, '\n');
}

static size_t words_of(stance_str text)
{
    size_t n = 0;
    for (stance_str rest = str_trim(text); rest.len; rest = str_trim(rest)) str_split(&rest, ' '), n++;
    return n;
}

static void put_lengths(struct strbuf *out, const struct measured *x)
{
    static const size_t limits[] = {10, 20, 30, 0};
    static const char *const names[] = {"under 10", "10 to 19", "20 to 29", "30 and more"};
    size_t n[4] = {0}, hits[4] = {0};
    for (size_t i = 0; i < x->rows->n; i++) {
        size_t words = words_of(x->rows->rows[i].in.text), at = 0;
        while (limits[at] && words >= limits[at]) at++;
        n[at]++;
        hits[at] += right(x, i);
    }
    strbuf_add(out, STR("\n| words of the text | rows | accuracy |\n|---|---|---|\n"));
    for (size_t k = 0; k < 4; k++)
        if (n[k]) strbuf_print(out, "| %s | %zu | %.0f %% |\n", names[k], n[k], 100.0 * (double)hits[k] / (double)n[k]);
}

struct value {
    stance_str name;
    size_t n, hits;
};

static int by_accuracy(const void *a, const void *b)
{
    const struct value *x = a, *y = b;
    double p = (double)x->hits / (double)x->n, q = (double)y->hits / (double)y->n;
    if (p != q) return p < q ? -1 : 1;
    return str_compare(x->name, y->name);
}

static int by_name(const void *a, const void *b)
{
    return str_compare(((const struct value *)a)->name, ((const struct value *)b)->name);
}

/* Values of the held-out column with rows enough, the worst first. */
static bool put_values(struct strbuf *out, const char *column, const struct measured *x, stance_error *err)
{
    struct value *v = calloc(x->rows->n + 1, sizeof *v);
    size_t n = 0, kept = 0;
    if (!v) return error_nomem(err, "measuring");
    for (size_t i = 0; i < x->rows->n; i++) v[i] = (struct value){x->notes[i].value, 1, right(x, i)};
    qsort(v, x->rows->n, sizeof *v, by_name);
    for (size_t i = 0; i < x->rows->n; i++) {
        if (n && str_equal(v[n - 1].name, v[i].name)) v[n - 1].n++, v[n - 1].hits += v[i].hits;
        else v[n++] = v[i];
    }
    for (size_t i = 0; i < n; i++)
        if (v[i].n >= LEAST_ROWS) v[kept++] = v[i];
    if (kept) qsort(v, kept, sizeof *v, by_accuracy);
    strbuf_print(out, "\nWorst and best values of `%s` (of %zu with %d rows or more):\n\n| %s | rows | accuracy |\n|---|---|---|\n", column, kept, LEAST_ROWS, column);
    for (size_t i = 0; i < kept; i++) {
        if (i >= WORST && i + 2 < kept) continue;
        strbuf_print(out, "| %.*s | %zu | %.0f %% |\n", (int)v[i].name.len, v[i].name.ptr, v[i].n, 100.0 * (double)v[i].hits / (double)v[i].n);
    }
    free(v);
    return true;
}

/* ---- all together ---- */

static bool validate(struct measured *x, const struct options *o, const stance_model *model, const uint32_t *held, stance_error *err)
{
    struct strbuf recipe = {0};
    strbuf_add(&recipe, stance_model_recipe(model));
    strbuf_add(&recipe, STR("min_margin = -1\n")); /* chosen anew inside each part */
    stance_train_options to = {.recipe = recipe.ptr, .seed = o->seed, .threads = thread_count(o)};
    bool ok = !recipe.failed || error_nomem(err, "measuring");
    ok = ok && stance_cross_validate(x->rows, &to, FOLDS, held, x->p, err) && stance_measure(x->rows, x->p, o->seed, &x->m, err);
    strbuf_free(&recipe);
    return ok;
}

static bool put_all(struct strbuf *out, const struct options *o, const stance_model *model, struct measured *x, const uint32_t *held, stance_error *err)
{
    char how[160];
    strbuf_print(out, "\n## Scores\n\nOf these settings, by models that have not seen the row, on %zu rows; 95 %% bootstrap intervals.\n\n"
                      "| how | macro-F1 | accuracy | F1 | ECE | Brier |\n|---|---|---|---|---|---|\n", x->rows->n);
    if (!validate(x, o, model, NULL, err)) return false;
    snprintf(how, sizeof how, "%d folds, groups and near-duplicates together", FOLDS);
    put_figures(out, how, x);
    if (held && !validate(x, o, model, held, err)) return false;
    snprintf(how, sizeof how, "values of `%.64s` held out", o->hold_out ? o->hold_out : "");
    if (held) put_figures(out, how, x);
    strbuf_print(out, "| always the most frequent label | %.3f | %.3f | | | |\n", x->m.majority_macro_f1, x->m.majority_accuracy);
    strbuf_print(out, "\nECE is the mean distance of probability from accuracy: probabilities are calibrated on rows like these, and too sure elsewhere.%s\n",
                 held ? " What follows is of values held out." : "");
    put_coverage(out, model, &x->m);
    put_confusion(out, x);
    put_lengths(out, x);
    return !held || put_values(out, o->hold_out, x, err);
}

bool card_measure(struct strbuf *out, const struct options *o, const stance_model *model, stance_error *err)
{
    stance_dataset *data = read_dataset(o, err);
    if (!data) return false;
    struct measured *x = calloc(1, sizeof *x);
    uint32_t *held = NULL;
    bool ok = x || error_nomem(err, "measuring");
    if (ok) {
        x->rows = stance_dataset_rows(data);
        x->notes = stance_dataset_notes(data);
        x->p = calloc(x->rows->n + 1, sizeof *x->p);
        ok = (x->p || error_nomem(err, "measuring")) && (!o->hold_out || (held = held_parts(o, data, err)) != NULL) && put_all(out, o, model, x, held, err);
        free(x->p);
    }
    free(held);
    free(x);
    stance_dataset_free(data);
    return ok;
}

bool card_note(struct strbuf *out, const struct options *o, stance_error *err)
{
    char buffer[4096];
    size_t n, all = 0;
    if (!o->note) return true;
    FILE *in = fopen(o->note, "r");
    if (!in) return error_set(err, STANCE_INPUT, 0, "%s: the note cannot be opened", o->note);
    strbuf_char(out, '\n');
    while (all < NOTE_SIZE && (n = fread(buffer, 1, sizeof buffer, in)) > 0) strbuf_add(out, (stance_str){buffer, n}), all += n;
    fclose(in);
    return true;
}
