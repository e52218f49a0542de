/* SPDX-License-Identifier: MIT
 * rows_run: from options to rows and training settings.
 * Method: the library reads, this tells. Limits: a recipe file is 64 KiB at most. */
#include "rows_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../base/error.h"
#include "../base/vocab.h"

stance_rows_options rows_options(const struct options *o)
{
    return (stance_rows_options){.inputs = (const char *const *)o->inputs.items,
                                 .inputs_n = o->inputs.n,
                                 .input_format = o->input_format,
                                 .text_column = o->text_col,
                                 .label_column = o->label_col,
                                 .maps = (const char *const *)o->maps.items,
                                 .maps_n = o->maps.n,
                                 .where = (const char *const *)o->where.items,
                                 .where_n = o->where.n,
                                 .value_column = o->hold_out,
                                 .max_row = o->max_document,
                                 .limits = o->limits};
}

bool kept_rows(const char *model, char *path, size_t size, stance_error *err)
{
    int n = snprintf(path, size, "%s.rows.csv.gz", model);
    return (n > 0 && (size_t)n < size) || error_set(err, STANCE_USAGE, 0, "the model's name is too long");
}

/* The inputs, with the rows kept beside the model of --append before them. */
static stance_dataset *read_all(const struct options *o, stance_error *err)
{
    char old[4096];
    stance_rows_options ro = rows_options(o);
    if (!o->append) return stance_dataset_read(&ro, err);
    const char **inputs = calloc(o->inputs.n + 1, sizeof *inputs);
    if (!inputs) return error_nomem(err, "reading rows"), NULL;
    stance_dataset *data = NULL;
    if (kept_rows(o->append, old, sizeof old, err) &&
        (access(old, R_OK) == 0 || error_set(err, STANCE_INPUT, 0, "%s: the rows of that model are not there (train --no-rows?); train on all rows anew", old))) {
        inputs[0] = old;
        for (size_t i = 0; i < o->inputs.n; i++) inputs[i + 1] = o->inputs.items[i];
        ro.inputs = inputs;
        ro.inputs_n = o->inputs.n + 1;
        data = stance_dataset_read(&ro, err);
    }
    free(inputs);
    return data;
}

stance_dataset *read_dataset(const struct options *o, stance_error *err)
{
    stance_dataset *data = read_all(o, err);
    if (!data) return NULL;
    const stance_rows_counts *c = stance_dataset_counted(data);
    if (c->columns && *c->columns) say(o, "columns: %s", c->columns);
    char text[sizeof c->first_failure.text + 64];
    snprintf(text, sizeof text, "%zu rows skipped; the first: %s", c->failed, c->first_failure.text);
    if (c->failed) talk(text);
    if (c->unlabelled || c->no_text || c->filtered)
        say(o, "left out: %zu without label, %zu without text, %zu by --where", c->unlabelled, c->no_text, c->filtered);
    if (c->duplicates || c->contradictions)
        say(o, "%zu rows repeat an earlier one, %zu contradict one (same text and target, another label)", c->duplicates, c->contradictions);
    if (c->odd_targets) say(o, "%zu target positions lie outside their text and were not used", c->odd_targets);
    return data;
}

/* ---- parts held out ---- */

struct held_value {
    size_t rows;
    uint32_t value;
};

static int larger_first(const void *a, const void *b)
{
    const struct held_value *x = a, *y = b;
    if (x->rows != y->rows) return x->rows > y->rows ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

/* Each value, the largest first, goes to the part with the fewest rows. */
static bool bundle(uint32_t *held, size_t n, size_t values, size_t parts)
{
    struct held_value *v = calloc(values + 1, sizeof *v);
    size_t *rows = calloc(parts + 1, sizeof *rows);
    uint32_t *part = calloc(values + 1, sizeof *part);
    bool ok = v && rows && part;
    for (uint32_t i = 0; ok && i < values; i++) v[i].value = i;
    for (size_t i = 0; ok && i < n; i++) v[held[i]].rows++;
    if (ok) qsort(v, values, sizeof *v, larger_first);
    for (size_t i = 0; ok && i < values; i++) {
        size_t least = 0;
        for (size_t k = 1; k < parts; k++)
            if (rows[k] < rows[least]) least = k;
        rows[least] += v[i].rows;
        part[v[i].value] = (uint32_t)least;
    }
    for (size_t i = 0; ok && i < n; i++) held[i] = part[held[i]];
    free(v);
    free(rows);
    free(part);
    return ok;
}

uint32_t *held_parts(const struct options *o, const stance_dataset *data, stance_error *err)
{
    const stance_rows *rows = stance_dataset_rows(data);
    const stance_row_note *notes = stance_dataset_notes(data);
    struct vocab values = {0};
    uint32_t *held = calloc(rows->n + 1, sizeof *held);
    bool ok = held;
    for (size_t i = 0; ok && i < rows->n; i++) ok = (held[i] = vocab_add(&values, notes[i].value.ptr ? notes[i].value : STR(""))) != VOCAB_NONE;
    ok = ok && (!o->cv || o->cv >= values.n || bundle(held, rows->n, values.n, o->cv));
    if (!ok) error_nomem(err, "splitting rows");
    else if (values.n < 2 || o->cv == 1)
        ok = error_set(err, STANCE_INPUT, 0, "column %s has one value only, or one part is asked for; --hold-out needs two or more", o->hold_out);
    vocab_free(&values);
    if (!ok) free(held);
    return ok ? held : NULL;
}

static char *read_small(const char *path, stance_error *err)
{
    enum { MOST = 65536 };
    FILE *in = fopen(path, "r");
    char *text = in ? calloc(1, MOST + 1) : NULL;
    size_t n = text ? fread(text, 1, MOST, in) : 0;
    if (!in)
        error_set(err, STANCE_INPUT, 0, "%s: the recipe cannot be opened", path);
    else if (!text)
        error_nomem(err, "reading a recipe");
    if (in) fclose(in);
    if (text) text[n] = '\0';
    return text;
}

bool train_options(const struct options *o, stance_train_options *out, char **recipe, stance_error *err)
{
    *recipe = o->recipe ? read_small(o->recipe, err) : NULL;
    if (o->recipe && !*recipe) return false;
    *out = (stance_train_options){.recipe = *recipe,
                                  .class_weight = o->class_weight,
                                  .templates = o->templates,
                                  .lexicons = (const char *const *)o->lexicons.items,
                                  .lexicons_n = o->lexicons.n,
                                  .budget_seconds = o->budget > 0 ? o->budget : 60,
                                  .max_bytes = o->size,
                                  .hash_bits = o->hash_bits > 64 ? 64 : (unsigned)o->hash_bits,
                                  .max_memory = o->max_memory,
                                  .c = o->cost,
                                  .seed = o->seed,
                                  .threads = thread_count(o)};
    return true;
}
