/* SPDX-License-Identifier: MIT
 * ratings: the labels that several people gave to the same rows, side by side.
 * Method: each file is read as labelled rows are; rows with one id are one unit, or with one text and target where ids are missing or shared by
 * nobody. Limits: all rows in memory; the second label of a unit in one file is left out. */
#include <stdlib.h>
#include <string.h>

#include "../base/arena.h"
#include "../base/vocab.h"
#include "labels.h"
#include "rows.h"

struct entry {
    stance_str id, text, target;
    uint32_t label, coder;
};

struct stance_ratings_file {
    struct arena text;
    struct vocab labels, keys;
    struct entry *rows;
    size_t n, cap;
    uint32_t *label;        /* [units][coders] */
    struct stance_unit *unit;
    const char **names;     /* [labels.n] in the order of the result */
    stance_ratings result;
};

/* ---- reading ---- */

static bool keep(struct stance_ratings_file *f, const stance_row_record *row, uint32_t coder, stance_error *err)
{
    void *rows = f->rows;
    bool ok = array_reserve(&rows, &f->cap, f->n + 1, sizeof *f->rows);
    f->rows = rows;
    struct entry *e = ok ? &f->rows[f->n] : NULL;
    ok = ok && arena_copy(&f->text, row->id, &e->id) && arena_copy(&f->text, str_trim(row->in.text), &e->text)
         && arena_copy(&f->text, row->in.target, &e->target);
    if (ok) e->coder = coder, e->label = vocab_add(&f->labels, row->label);
    if (!ok || e->label == VOCAB_NONE) return error_nomem(err, "reading labels");
    f->n++;
    return f->labels.n <= STANCE_MAX_LABELS
           || error_set(err, STANCE_INPUT, row->line, "more than %d different labels; is this the right column? name it with --label-col", STANCE_MAX_LABELS);
}

static void add_counts(stance_rows_counts *to, const stance_rows_counts *from)
{
    to->read += from->read;
    to->failed += from->failed;
    if (!to->first_failure.code) to->first_failure = from->first_failure;
}

static bool read_file(struct stance_ratings_file *f, const stance_rows_options *options, size_t coder, stance_error *err)
{
    stance_rows_options one = *options;
    stance_row_record row;
    stance_error why = {0};
    size_t before = f->n;
    int got;
    one.inputs = &options->inputs[coder];
    one.inputs_n = 1;
    stance_row_reader *r = stance_row_reader_open(&one, err);
    if (!r) return false;
    rows_need_labels(r);
    bool ok = true;
    while (ok && (got = stance_row_reader_next(r, &row, &why)) != 0) {
        if (got < 0) ok = !stance_row_reader_fatal(r) || (err && (*err = why, false));
        else if (!row.wanted) f->result.rows.filtered++;
        else if (!row.label.ptr || rows_rejected(r)) f->result.unlabelled++;
        else ok = keep(f, &row, (uint32_t)coder, err);
    }
    add_counts(&f->result.rows, stance_row_reader_counted(r));
    stance_row_reader_free(r);
    return ok && (f->n > before || error_set(err, STANCE_INPUT, 0, "%s: no row has a label; name the column with --label-col", options->inputs[coder]));
}

/* ---- which rows are one unit ---- */

static uint32_t key_of(struct stance_ratings_file *f, const struct entry *e, bool by_id)
{
    struct strbuf key = {0};
    strbuf_add(&key, by_id ? e->id : e->text);
    if (!by_id) strbuf_char(&key, '\x1f'), strbuf_add(&key, e->target);
    uint32_t id = key.failed ? VOCAB_NONE : vocab_add(&f->keys, strbuf_str(&key));
    strbuf_free(&key);
    return id;
}

static void take_label(struct stance_ratings_file *f, uint32_t unit, const struct entry *e)
{
    uint32_t *place = &f->label[unit * f->result.coders + e->coder];
    if (*place != STANCE_MISSING) f->result.repeated++;
    else *place = e->label;
    if (!f->unit[unit].text.ptr) f->unit[unit] = (struct stance_unit){e->id, e->text, e->target};
    else if (!str_equal(f->unit[unit].text, e->text)) f->result.other_text++;
}

/* *shared: whether some unit is labelled by two. */
static bool place_rows(struct stance_ratings_file *f, bool by_id, bool *shared)
{
    size_t cells = (f->n + 1) * f->result.coders;
    vocab_free(&f->keys);
    f->keys = (struct vocab){0};
    f->result.repeated = f->result.other_text = 0;
    memset(f->label, 0xff, cells * sizeof *f->label);
    memset(f->unit, 0, (f->n + 1) * sizeof *f->unit);
    for (size_t i = 0; i < f->n; i++) {
        uint32_t unit = key_of(f, &f->rows[i], by_id);
        if (unit == VOCAB_NONE) return false;
        take_label(f, unit, &f->rows[i]);
    }
    f->result.units = f->keys.n;
    f->result.key = by_id ? "id" : "text and target";
    *shared = f->n > f->keys.n + f->result.repeated;
    return true;
}

static bool find_units(struct stance_ratings_file *f, stance_error *err)
{
    bool by_id = true, shared = false;
    f->label = calloc((f->n + 1) * f->result.coders, sizeof *f->label);
    f->unit = calloc(f->n + 1, sizeof *f->unit);
    for (size_t i = 0; i < f->n; i++) by_id = by_id && f->rows[i].id.ptr;
    bool ok = f->label && f->unit && (!by_id || place_rows(f, true, &shared)) && (shared || place_rows(f, false, &shared));
    f->result.label = f->label;
    f->result.unit = f->unit;
    return ok || error_nomem(err, "comparing labels");
}

/* ---- the order of labels ---- */

static int by_name(const void *a, const void *b)
{
    return labels_compare(str_of(*(const char *const *)a), str_of(*(const char *const *)b));
}

static int by_number(const void *a, const void *b)
{
    double x = 0, y = 0;
    str_to_double(str_of(*(const char *const *)a), &x);
    str_to_double(str_of(*(const char *const *)b), &y);
    return (x > y) - (x < y);
}

static bool all_numbers(const struct stance_ratings_file *f)
{
    bool all = true;
    for (size_t i = 0; i < f->labels.n; i++) all = all && labels_is_number(vocab_text(&f->labels, (uint32_t)i));
    return all;
}

/* Puts the labels that occur in the order given; false when one is not in it. */
static bool follow(struct stance_ratings_file *f, const char *order)
{
    size_t n = 0;
    for (stance_str rest = str_of(order); rest.ptr;) {
        stance_str label = labels_normalise(str_trim(str_split(&rest, ',')), NULL, 0);
        uint32_t id = vocab_find(&f->labels, label);
        bool twice = false;
        for (size_t i = 0; id != VOCAB_NONE && i < n; i++) twice = twice || str_equal(str_of(f->names[i]), label);
        if (id != VOCAB_NONE && !twice && n < f->labels.n) f->names[n++] = vocab_text(&f->labels, id).ptr;
    }
    return n == f->labels.n;
}

static bool order_labels(struct stance_ratings_file *f, const char *order, stance_error *err)
{
    uint32_t place[STANCE_MAX_LABELS];
    f->names = calloc(f->labels.n + 1, sizeof *f->names);
    if (!f->names) return error_nomem(err, "comparing labels");
    f->result.ordered = follow(f, order ? order : "skeptical,neutral,bullish");
    if (order && !f->result.ordered) return error_set(err, STANCE_USAGE, 0, "--order %s: does not have all labels of the files; list them from low to high", order);
    if (!f->result.ordered) {
        for (size_t i = 0; i < f->labels.n; i++) f->names[i] = vocab_text(&f->labels, (uint32_t)i).ptr;
        f->result.ordered = all_numbers(f);
        qsort(f->names, f->labels.n, sizeof *f->names, f->result.ordered ? by_number : by_name);
    }
    for (size_t i = 0; i < f->labels.n; i++) place[vocab_find(&f->labels, str_of(f->names[i]))] = (uint32_t)i;
    for (size_t i = 0; i < f->n; i++) f->rows[i].label = place[f->rows[i].label];
    f->result.labels = f->names;
    f->result.labels_n = f->labels.n;
    return true;
}

stance_ratings_file *stance_ratings_read(const stance_rows_options *options, const char *order, stance_error *err)
{
    if (options->inputs_n < 2 || options->inputs_n > STANCE_MAX_CODERS)
        return error_set(err, STANCE_USAGE, 0, "%zu files; agreement is between 2 to %d, one per coder", options->inputs_n, STANCE_MAX_CODERS), NULL;
    struct stance_ratings_file *f = calloc(1, sizeof *f);
    if (!f) return error_nomem(err, "reading labels"), NULL;
    f->result.coders = options->inputs_n;
    bool ok = true;
    for (size_t c = 0; ok && c < options->inputs_n; c++) ok = read_file(f, options, c, err);
    if (ok && order_labels(f, order, err) && find_units(f, err)) return f;
    stance_ratings_free(f);
    return NULL;
}

void stance_ratings_free(stance_ratings_file *f)
{
    if (!f) return;
    vocab_free(&f->labels);
    vocab_free(&f->keys);
    free(f->rows);
    free(f->label);
    free(f->unit);
    free(f->names);
    arena_free(&f->text);
    free(f);
}

const stance_ratings *stance_ratings_of(const stance_ratings_file *f)
{
    return &f->result;
}
