/* SPDX-License-Identifier: MIT
 * confusion: a square table of numbers with names.
 * Method: table.c. Limits: at most STANCE_MAX_LABELS labels; a label without a row, or a row without its column, is refused. */
#include "confusion.h"

#include <stdlib.h>

#include "../base/error.h"
#include "../base/str.h"
#include "../io/table.h"

static bool read_labels(struct confusion *c, const struct table *t, stance_error *err)
{
    size_t n = table_columns(t);
    if (n < 3 || n > STANCE_MAX_LABELS + 1 || !str_equal(table_names(t)[0], STR("gold")))
        return error_set(err, STANCE_INPUT, 1, "%s: a confusion has the header gold,LABEL,LABEL... and a row for each label", table_file(t));
    for (size_t i = 1; i < n; i++)
        if (vocab_add(&c->labels, table_names(t)[i]) == VOCAB_NONE) return error_nomem(err, "reading a confusion");
    if (c->labels.n + 1 != n) return error_set(err, STANCE_INPUT, 1, "%s: a label stands twice in the header", table_file(t));
    c->rows = calloc(c->labels.n * c->labels.n, sizeof *c->rows);
    return c->rows || error_nomem(err, "reading a confusion");
}

static bool read_row(struct confusion *c, const struct table *t, stance_error *err)
{
    const stance_str *fields = table_fields(t);
    uint32_t gold = fields[0].ptr ? vocab_find(&c->labels, fields[0]) : VOCAB_NONE;
    if (gold == VOCAB_NONE) return error_set(err, STANCE_INPUT, table_line(t), "%s, line %zu: the gold label has no column", table_file(t), table_line(t));
    for (size_t i = 0; i < c->labels.n; i++) {
        double *to = &c->rows[gold * c->labels.n + i];
        if (!fields[i + 1].ptr || !str_to_double(fields[i + 1], to) || *to < 0 || *to > 1e15)
            return error_set(err, STANCE_INPUT, table_line(t), "%s, line %zu: column %zu holds no number from 0 up", table_file(t), table_line(t), i + 2);
    }
    return true;
}

static bool check(const struct confusion *c, const struct table *t, stance_error *err)
{
    for (size_t i = 0; i < c->labels.n; i++) {
        double sum = 0;
        for (size_t k = 0; k < c->labels.n; k++) sum += c->rows[i * c->labels.n + k];
        if (!(sum > 0)) return error_set(err, STANCE_INPUT, 0, "%s: no row for the label %.*s", table_file(t), (int)c->labels.items[i].len, c->labels.items[i].ptr);
    }
    return true;
}

bool confusion_read(struct confusion *c, const char *path, stance_error *err)
{
    static const struct table_options options = {0};
    struct file *file = file_open(path, 0, err);
    struct table *t = file ? table_open(file, TABLE_CSV, &options, err) : NULL;
    bool ok = t && table_header(t, err) && read_labels(c, t, err);
    for (int got; ok && (got = table_next(t, err)) != 0;) ok = got > 0 && read_row(c, t, err);
    ok = ok && check(c, t, err);
    table_free(t);
    file_close(file);
    return ok;
}

void confusion_free(struct confusion *c)
{
    vocab_free(&c->labels);
    free(c->rows);
    *c = (struct confusion){0};
}
