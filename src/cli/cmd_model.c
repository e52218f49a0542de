/* SPDX-License-Identifier: MIT
 * cmd_model: a look into a model file.
 * Method: a table of actions, each a function from model to text. Limits: everything is written at once. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../io/json.h"
#include "card.h"
#include "common.h"

enum { TOP = 25 };

struct look {
    const struct options *o;
    const stance_model *model;
    const char *path;
    struct strbuf *out;
};

/* ---- info ---- */

static void put_labels(struct look *k, const char *between)
{
    for (size_t i = 0; i < stance_model_labels(k->model); i++) strbuf_print(k->out, "%s%s", i ? between : "", stance_model_label(k->model, i));
}

static void info_json(struct look *k)
{
    strbuf_add(k->out, STR("{\"schema\":\"stance.model/1\""));
    json_put_key(k->out, "id");
    json_put_string(k->out, str_of(stance_model_id(k->model)));
    json_put_key(k->out, "bytes");
    strbuf_print(k->out, "%zu", stance_model_size(k->model));
    json_put_key(k->out, "features");
    strbuf_print(k->out, "%zu", stance_model_features(k->model));
    json_put_key(k->out, "min_margin");
    strbuf_print(k->out, "%.4f", stance_model_min_margin(k->model));
    json_put_key(k->out, "labels");
    for (size_t i = 0; i < stance_model_labels(k->model); i++) {
        strbuf_char(k->out, i ? ',' : '[');
        json_put_string(k->out, str_of(stance_model_label(k->model, i)));
    }
    strbuf_char(k->out, ']');
    json_put_key(k->out, "summary");
    json_put_string(k->out, stance_model_summary(k->model));
    json_put_key(k->out, "recipe");
    json_put_string(k->out, stance_model_recipe(k->model));
    strbuf_add(k->out, STR("}\n"));
}

static bool info(struct look *k, stance_error *err)
{
    (void)err;
    if (strcmp(options_format(k->o, "table"), "json") == 0) {
        info_json(k);
        return true;
    }
    strbuf_print(k->out, "id = %s\nbytes = %zu\nlabels = ", stance_model_id(k->model), stance_model_size(k->model));
    put_labels(k, ", ");
    strbuf_print(k->out, "\ndefault margin = %.4f\n", stance_model_min_margin(k->model));
    strbuf_add(k->out, stance_model_summary(k->model));
    strbuf_add(k->out, STR("\n# recipe\n"));
    strbuf_add(k->out, stance_model_recipe(k->model));
    return true;
}

/* ---- top ---- */

struct strength {
    double of;
    size_t feature;
};

static int by_strength(const void *a, const void *b)
{
    const struct strength *x = a, *y = b;
    if (x->of != y->of) return x->of > y->of ? -1 : 1;
    return (x->feature > y->feature) - (x->feature < y->feature);
}

/* Weight times idf, beyond the mean of the other labels: how much one rare sight of it favours the label. */
static double strength_for(const stance_feature *f, size_t label, size_t labels)
{
    double others = 0;
    for (size_t l = 0; l < labels; l++) others += l == label ? 0 : f->weight[l];
    return f->scale * (f->weight[label] - others / (double)(labels - 1));
}

static bool top(struct look *k, stance_error *err)
{
    size_t n = stance_model_features(k->model), labels = stance_model_labels(k->model), shown = k->o->top ? k->o->top : TOP;
    struct strength *all = calloc(n + 1, sizeof *all);
    if (!all) return error_nomem(err, "sorting features");
    for (size_t l = 0; l < labels; l++) {
        for (size_t i = 0; i < n; i++) {
            stance_feature f = stance_model_feature(k->model, i);
            all[i] = (struct strength){strength_for(&f, l, labels), i};
        }
        if (n) qsort(all, n, sizeof *all, by_strength);
        strbuf_print(k->out, "%s%s\n", l ? "\n" : "", stance_model_label(k->model, l));
        for (size_t i = 0; i < n && i < shown; i++) {
            strbuf_print(k->out, "%12.6f  ", all[i].of);
            strbuf_add(k->out, stance_model_feature(k->model, all[i].feature).key);
            strbuf_char(k->out, '\n');
        }
    }
    free(all);
    return true;
}

/* ---- verify ---- */

static bool verify(struct look *k, stance_error *err)
{
    if (!stance_model_verify(k->model, err)) return false;
    strbuf_print(k->out, "%s: sound; id %s, %zu features, %zu labels\n", k->path, stance_model_id(k->model), stance_model_features(k->model),
                 stance_model_labels(k->model));
    return true;
}

/* ---- card ---- */

static void put_table(struct look *k)
{
    strbuf_add(k->out, STR("| | |\n|---|---|\n"));
    strbuf_print(k->out, "| id | `%s` |\n| size | %zu bytes |\n| labels | ", stance_model_id(k->model), stance_model_size(k->model));
    put_labels(k, ", ");
    strbuf_add(k->out, STR(" |\n"));
    for (stance_str rest = stance_model_summary(k->model); rest.ptr;) {
        stance_str value = str_split(&rest, '\n'), name = str_trim(str_split(&value, '='));
        if (!value.ptr) continue;
        strbuf_add(k->out, STR("| "));
        strbuf_add(k->out, name);
        strbuf_add(k->out, STR(" | "));
        strbuf_add(k->out, str_trim(value));
        strbuf_add(k->out, STR(" |\n"));
    }
}

/* With rows behind the model, its settings are measured on them. */
static bool card(struct look *k, stance_error *err)
{
    struct options o = *k->o;
    o.inputs.items += 2;
    o.inputs.n -= 2;
    strbuf_add(k->out, STR("# Model card\n\nLabels a statement or an attributed view with a stance: n-grams of words and characters, a polarity lexicon,\n"
                           "negation and the target's surroundings, weighed by a linear model (liblinear, primal, one against the rest). Made by\n"
                           "`stance train`; the same rows and recipe make the same file. Written by `stance model card`.\n\n"));
    put_table(k);
    if (o.inputs.n && !card_measure(k->out, &o, k->model, err)) return false;
    strbuf_add(k->out, STR("\n## Limits\n\nFigures named cross-validated above are of the settings that did best on these very rows, so slightly flattering; rows of\n"
                           "one group and near-duplicates were kept in one fold. A model does not carry over to other kinds of text: measure it with\n"
                           "`stance eval -m MODEL ROWS` on rows of yours. English only. Irony is not seen, and what needs the article around it is not known.\n"
                           "A label says what the words lean to, not whether they are true, and nothing of the person who said them.\n"));
    if (!card_note(k->out, &o, err)) return false;
    strbuf_add(k->out, STR("\n## Recipe\n\n```\n"));
    strbuf_add(k->out, stance_model_recipe(k->model));
    strbuf_add(k->out, STR("```\n"));
    return true;
}

/* ---- export ---- */

/* liblinear's text format. Its binary models hold one column, for the first label. */
static bool export_liblinear(struct look *k, stance_error *err)
{
    size_t n = stance_model_features(k->model), labels = stance_model_labels(k->model), columns = labels == 2 ? 1 : labels;
    if (!k->o->liblinear) return error_set(err, STANCE_USAGE, 0, "model export needs --liblinear, the one format there is");
    strbuf_print(k->out, "solver_type L2R_L2LOSS_SVC\nnr_class %zu\nlabel", labels);
    for (size_t l = 0; l < labels; l++) strbuf_print(k->out, " %zu", l);
    strbuf_print(k->out, "\nnr_feature %zu\nbias 1\nw\n", n);
    for (size_t i = 0; i <= n; i++) {
        stance_feature f = stance_model_feature(k->model, i);
        for (size_t l = 0; l < columns; l++) strbuf_print(k->out, "%.17g ", f.weight[l]);
        strbuf_char(k->out, '\n');
    }
    return true;
}

/* ---- the command ---- */

static const struct action {
    const char *name;
    bool (*run)(struct look *k, stance_error *err);
} actions[] = {{"info", info}, {"top", top}, {"verify", verify}, {"card", card}, {"export", export_liblinear}};

static const struct action *find_action(const char *name)
{
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
        if (strcmp(actions[i].name, name) == 0) return &actions[i];
    return NULL;
}

int cmd_model(const struct options *o)
{
    stance_error err = {0};
    struct strbuf text = {0};
    const struct action *action = find_action(o->inputs.items[0]);
    if (!action || o->inputs.n < 2 || (o->inputs.n > 2 && action->run != card)) {
        error_set(&err, STANCE_USAGE, 0, "model needs an action and a file: model info|top|verify|card|export FILE; card takes files of rows behind it");
        return fail(&err);
    }
    stance_model *model = stance_model_open(o->inputs.items[1], &err);
    struct look look = {o, model, o->inputs.items[1], &text};
    struct writer *w = NULL;
    bool ok = model && action->run(&look, &err) && (!text.failed || error_nomem(&err, "writing about the model"));
    ok = ok && (w = writer_open(o->output, &err)) != NULL && writer_write(w, strbuf_str(&text), &err);
    int status = close_output(w, ok, STANCE_OK, &err);
    strbuf_free(&text);
    stance_model_free(model);
    return status;
}
