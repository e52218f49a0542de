/* SPDX-License-Identifier: MIT
 * dataset: labelled rows in memory.
 * Method: rows streamed by rows.c, strings kept in one arena, labels interned; groups are joined by pair, article and equal text with
 * union-find. Limits: 64 labels; near-duplicates are found elsewhere. */
#include <stdlib.h>
#include <string.h>

#include "../base/arena.h"
#include "../base/vocab.h"
#include "labels.h"
#include "rows.h"

struct stance_dataset {
    struct arena text;
    struct vocab labels, groups, contents, files;
    stance_row *rows;
    stance_row_note *notes;
    uint32_t *parents;        /* [groups.n + n]: union-find over group keys and rows */
    uint32_t *first_label;    /* [contents.n] */
    size_t n, rows_cap, notes_cap, first_cap, parents_n, parents_cap;
    uint32_t *node_of_group;  /* [groups.n] */
    size_t node_cap;
    const char **names;       /* [labels.n] in the order of the result */
    stance_rows result;
    stance_rows_counts counts;
};

/* ---- groups ---- */

static uint32_t root_of(struct stance_dataset *d, uint32_t node)
{
    while (d->parents[node] != node) node = d->parents[node] = d->parents[d->parents[node]];
    return node;
}

static void join(struct stance_dataset *d, uint32_t a, uint32_t b)
{
    a = root_of(d, a);
    b = root_of(d, b);
    if (a < b) d->parents[b] = a;
    else d->parents[a] = b;
}

static bool add_node(struct stance_dataset *d, uint32_t *node)
{
    void *parents = d->parents;
    bool ok = d->parents_n < UINT32_MAX && array_reserve(&parents, &d->parents_cap, d->parents_n + 1, sizeof *d->parents);
    d->parents = parents;
    if (!ok) return false;
    *node = (uint32_t)d->parents_n++;
    d->parents[*node] = *node;
    return true;
}

/* Puts the row's node into the group named by kind and key; no key, no group. */
static bool join_key(struct stance_dataset *d, uint32_t node, const char *kind, stance_str key)
{
    struct strbuf name = {0};
    size_t known = d->groups.n;
    if (!key.len) return true;
    strbuf_add(&name, str_of(kind));
    strbuf_add(&name, key);
    uint32_t id = name.failed ? VOCAB_NONE : vocab_add(&d->groups, strbuf_str(&name));
    strbuf_free(&name);
    void *nodes = d->node_of_group;
    bool ok = id != VOCAB_NONE && array_reserve(&nodes, &d->node_cap, d->groups.n, sizeof *d->node_of_group);
    d->node_of_group = nodes;
    if (!ok) return false;
    if (d->groups.n > known) d->node_of_group[id] = node;
    else join(d, d->node_of_group[id], node);
    return true;
}

static bool join_row(struct stance_dataset *d, const struct table *t, stance_row *row)
{
    static const char *const article[] = {"article", "article_id", "doc_id", NULL};
    stance_str group = column_value(t, COLUMN_GROUP);
    return add_node(d, &row->group) && join_key(d, row->group, "group ", group.ptr ? group : str_trim(table_get(t, article)))
           && join_key(d, row->group, "pair ", column_value(t, COLUMN_PAIR)) && join_key(d, row->group, "text ", str_trim(row->in.text));
}

/* Nodes become dense numbers in order of first appearance. */
static bool number_groups(struct stance_dataset *d)
{
    uint32_t *number = calloc(d->parents_n + 1, sizeof *number), next = 0;
    if (!number) return false;
    for (size_t i = 0; i < d->n; i++) {
        uint32_t root = root_of(d, d->rows[i].group);
        if (!number[root]) number[root] = ++next;
        d->rows[i].group = number[root] - 1;
    }
    free(number);
    return true;
}

/* ---- rows ---- */

static bool count_repeats(struct stance_dataset *d, const stance_row *row)
{
    struct strbuf key = {0};
    size_t known = d->contents.n;
    strbuf_add(&key, str_trim(row->in.text));
    strbuf_char(&key, '\x1f');
    strbuf_add(&key, row->in.target);
    uint32_t id = key.failed ? VOCAB_NONE : vocab_add(&d->contents, strbuf_str(&key));
    strbuf_free(&key);
    void *first = d->first_label;
    bool ok = id != VOCAB_NONE && array_reserve(&first, &d->first_cap, d->contents.n, sizeof *d->first_label);
    d->first_label = first;
    if (!ok) return false;
    if (d->contents.n > known) d->first_label[id] = row->label;
    else if (d->first_label[id] == row->label) d->counts.duplicates++;
    else d->counts.contradictions++;
    return true;
}

static bool room(struct stance_dataset *d)
{
    void *rows = d->rows, *notes = d->notes;
    bool ok = array_reserve(&rows, &d->rows_cap, d->n + 1, sizeof *d->rows);
    d->rows = rows;
    ok = ok && array_reserve(&notes, &d->notes_cap, d->n + 1, sizeof *d->notes);
    d->notes = notes;
    return ok;
}

static bool copy_strings(struct stance_dataset *d, const stance_row_reader *r, const stance_row_record *from, stance_row *row,
                         stance_row_note *note, const char *value_column)
{
    const char *const value[] = {value_column, NULL};
    const struct table *t = rows_table(r);
    uint32_t file = vocab_add(&d->files, str_of(rows_file(r)));
    if (file == VOCAB_NONE) return false;
    note->file = vocab_text(&d->files, file);
    row->in.target_span = from->in.target_span;
    return arena_copy(&d->text, from->in.text, &row->in.text) && arena_copy(&d->text, from->in.target, &row->in.target)
           && arena_copy(&d->text, from->in.cue, &row->in.cue) && arena_copy(&d->text, from->id, &note->id)
           && arena_copy(&d->text, column_value(t, COLUMN_KIND), &row->kind) && arena_copy(&d->text, column_value(t, COLUMN_SPLIT), &note->split)
           && arena_copy(&d->text, column_value(t, COLUMN_SPEAKER), &note->speaker)
           && arena_copy(&d->text, column_value(t, COLUMN_OUTLET), &note->outlet)
           && (!value_column || arena_copy(&d->text, str_trim(table_get(t, value)), &note->value));
}

static bool read_weight(const struct table *t, double *weight)
{
    stance_str given = column_value(t, COLUMN_WEIGHT);
    *weight = 1;
    return !given.ptr || (str_to_double(given, weight) && *weight > 0);
}

enum verdict { KEPT, LEFT_OUT, REFUSED, STOPPED };

static enum verdict bad_weight(const stance_row_record *from, const stance_row_reader *r, stance_error *err)
{
    error_set(err, STANCE_INPUT, from->line, "%s, line %zu: the weight is not a number above 0; mend it or leave it empty", rows_file(r), from->line);
    return REFUSED;
}

static enum verdict stop_nomem(stance_error *err)
{
    error_nomem(err, "reading labelled rows");
    return STOPPED;
}

/* Left out for reasons that are counted, not failures. */
static bool leave_out(struct stance_dataset *d, const stance_row_reader *r, const stance_row_record *from)
{
    if (!from->wanted) d->counts.filtered++;
    else if (str_trim(from->in.text).len == 0) d->counts.no_text++;
    else if (!from->label.ptr || rows_rejected(r)) d->counts.unlabelled++;
    else return false;
    return true;
}

static enum verdict check_label(struct stance_dataset *d, const stance_row_reader *r, const stance_row_record *from, uint32_t *label,
                                stance_error *err)
{
    stance_str raw = rows_raw_label(r);
    if (labels_is_number(from->label) && str_equal(raw, from->label)) {
        error_set(err, STANCE_INPUT, from->line, "%s, line %zu: the label is the number %.*s; say what numbers mean, e.g. --map %.*s=skeptical",
                  rows_file(r), from->line, (int)raw.len, raw.ptr, (int)raw.len, raw.ptr);
        return STOPPED;
    }
    if (memchr(from->label.ptr, '\0', from->label.len)) {
        error_set(err, STANCE_INPUT, from->line, "%s, line %zu: the label holds a NUL byte; mend the file", rows_file(r), from->line);
        return REFUSED;
    }
    *label = vocab_add(&d->labels, from->label);
    if (*label == VOCAB_NONE) return stop_nomem(err);
    if (d->labels.n <= STANCE_MAX_LABELS) return KEPT;
    error_set(err, STANCE_INPUT, from->line, "%s, line %zu: more than %d different labels; is this the right column? name it with --label-col",
              rows_file(r), from->line, STANCE_MAX_LABELS);
    return STOPPED;
}

static enum verdict add_row(struct stance_dataset *d, const stance_row_reader *r, const stance_row_record *from, const char *value_column,
                            stance_error *err)
{
    if (leave_out(d, r, from)) return LEFT_OUT;
    if (!room(d)) return stop_nomem(err);
    stance_row *row = &d->rows[d->n];
    stance_row_note *note = &d->notes[d->n];
    *row = (stance_row){.line = from->line};
    *note = (stance_row_note){0};
    if (!read_weight(rows_table(r), &row->weight)) return bad_weight(from, r, err);
    enum verdict verdict = check_label(d, r, from, &row->label, err);
    if (verdict != KEPT) return verdict;
    bool ok = copy_strings(d, r, from, row, note, value_column) && join_row(d, rows_table(r), row) && count_repeats(d, row);
    if (!ok) return stop_nomem(err);
    d->n++;
    return KEPT;
}

/* ---- the result ---- */

static int by_label(const void *a, const void *b)
{
    return labels_compare(str_of(*(const char *const *)a), str_of(*(const char *const *)b));
}

static bool order_labels(struct stance_dataset *d)
{
    uint32_t place[STANCE_MAX_LABELS];
    d->names = arena_array(&d->text, d->labels.n, sizeof *d->names);
    if (!d->names) return false;
    for (size_t i = 0; i < d->labels.n; i++) d->names[i] = d->labels.items[i].ptr;
    qsort(d->names, d->labels.n, sizeof *d->names, by_label);
    for (size_t i = 0; i < d->labels.n; i++) place[vocab_find(&d->labels, str_of(d->names[i]))] = (uint32_t)i;
    for (size_t i = 0; i < d->n; i++) d->rows[i].label = place[d->rows[i].label];
    return true;
}

static bool check_enough(const struct stance_dataset *d, const char *file, stance_error *err)
{
    const stance_rows_counts *c = &d->counts;
    if (c->read == 0 && c->failed == 0) return error_set(err, STANCE_INPUT, 0, "%s: holds no rows; below the header at least two labelled ones are needed", file);
    if (d->n == 0)
        return error_set(err, STANCE_INPUT, 0, "%s: none of %zu rows can be used (%zu without a label, %zu without a text, %zu left out by --where, "
                         "%zu damaged%s%s); check the columns", file, c->read, c->unlabelled, c->no_text, c->filtered, c->failed,
                         c->failed ? ", first: " : "", c->failed ? c->first_failure.text : "");
    if (d->labels.n >= 2) return true;
    return error_set(err, STANCE_INPUT, 0, "%s: all %zu rows are labelled %s; at least two labels are needed", file, d->n, d->labels.items[0].ptr);
}

static bool finish(struct stance_dataset *d, const stance_row_reader *r, const char *file, stance_error *err)
{
    const stance_rows_counts *seen = stance_row_reader_counted(r);
    stance_str columns;
    d->counts.read = seen->read;
    d->counts.failed += seen->failed;
    d->counts.repaired = seen->repaired;
    d->counts.odd_targets = seen->odd_targets;
    if (seen->first_failure.code) d->counts.first_failure = seen->first_failure;
    if (!check_enough(d, file, err)) return false;
    if (!arena_copy(&d->text, seen->columns ? str_of(seen->columns) : STR(""), &columns) || !order_labels(d) || !number_groups(d))
        return error_nomem(err, "reading labelled rows");
    d->counts.columns = columns.ptr;
    d->result = (stance_rows){d->rows, d->n, d->names, d->labels.n};
    return true;
}

static void note_failure(struct stance_dataset *d, const stance_error *why)
{
    d->counts.failed++;
    if (!d->counts.first_failure.code) d->counts.first_failure = *why;
}

static bool read_all(struct stance_dataset *d, stance_row_reader *r, const char *value_column, stance_error *err)
{
    stance_row_record from;
    stance_error why = {0};
    int got;
    while ((got = stance_row_reader_next(r, &from, &why)) != 0) {
        enum verdict verdict = got > 0 ? add_row(d, r, &from, value_column, &why) : KEPT;
        if (verdict == REFUSED) note_failure(d, &why);
        if (verdict != STOPPED && !stance_row_reader_fatal(r)) continue;
        if (err) *err = why;
        return false;
    }
    return true;
}

stance_dataset *stance_dataset_read(const stance_rows_options *options, stance_error *err)
{
    stance_dataset *d = calloc(1, sizeof *d);
    stance_row_reader *r = d ? stance_row_reader_open(options, err) : NULL;
    if (!d) error_nomem(err, "reading labelled rows");
    if (r) rows_need_labels(r);
    bool ok = r && read_all(d, r, options->value_column, err) && finish(d, r, options->inputs[0], err);
    stance_row_reader_free(r);
    if (ok) return d;
    stance_dataset_free(d);
    return NULL;
}

void stance_dataset_free(stance_dataset *d)
{
    if (!d) return;
    vocab_free(&d->labels);
    vocab_free(&d->groups);
    vocab_free(&d->contents);
    vocab_free(&d->files);
    free(d->rows);
    free(d->notes);
    free(d->parents);
    free(d->first_label);
    free(d->node_of_group);
    arena_free(&d->text);
    free(d);
}

const stance_rows *stance_dataset_rows(const stance_dataset *d)
{
    return &d->result;
}

const stance_row_note *stance_dataset_notes(const stance_dataset *d)
{
    return d->notes;
}

const stance_rows_counts *stance_dataset_counted(const stance_dataset *d)
{
    return &d->counts;
}
