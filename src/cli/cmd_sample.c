/* SPDX-License-Identifier: MIT
 * cmd_sample: predictions or views, also those of a store, in; what to label next out.
 * Method: rows are read as predict wrote them (their margin, or the p_ columns), the library picks; what the model answered is left out, so that it does
 * not sway who labels. Limits: all rows in memory. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/arena.h"
#include "../io/extra.h"
#include "../io/json.h"
#include "../report/fields.h"
#include "rows_run.h"

enum { FIELDS = 7, DEFAULT_ROWS = 100 };
/* text, target and cue are those of the statement; the rest by these names. */
static const char *const heads[FIELDS] = {"id", "text", "target", "cue", "speaker", "outlet", "article"};

struct entry {
    stance_str field[FIELDS];
};

struct run {
    const struct options *o;
    stance_row_reader *reader;
    struct arena text;
    struct entry *entries;
    stance_candidate *candidates; /* [n] */
    size_t n, entries_cap, candidates_cap, labelled, known;
    struct mishaps mishaps;
    const char *format;
    stance_pick *picks;
    ptrdiff_t picked;
};

static stance_str field(const stance_row_record *row, const char *name)
{
    for (size_t i = 0; i < row->n; i++)
        if (str_equal(row->names[i], str_of(name))) return row->fields[i];
    return (stance_str){NULL, 0};
}

/* The column `margin`, else the two greatest of p_*; NaN when there is neither. */
static double margin_of(const stance_row_record *row)
{
    double margin, best = -1, second = -1, p;
    if (str_to_double(str_trim(field(row, "margin")), &margin)) return margin;
    for (size_t i = 0; i < row->n; i++) {
        if (!str_starts(row->names[i], STR("p_")) || !str_to_double(str_trim(row->fields[i]), &p)) continue;
        if (p > best) second = best, best = p;
        else if (p > second) second = p;
    }
    return second >= 0 ? best - second : NAN;
}

/* given: [FIELDS]; margin NaN: not known. */
static bool keep(struct run *r, const stance_str *given, double margin, stance_error *err)
{
    void *entries = r->entries, *candidates = r->candidates;
    bool ok = array_reserve(&entries, &r->entries_cap, r->n + 1, sizeof *r->entries);
    r->entries = entries;
    ok = ok && array_reserve(&candidates, &r->candidates_cap, r->n + 1, sizeof *r->candidates);
    r->candidates = candidates;
    if (!ok) return error_nomem(err, "reading rows");
    struct entry *e = &r->entries[r->n];
    for (size_t i = 0; i < FIELDS; i++)
        if (!arena_copy(&r->text, given[i], &e->field[i])) return error_nomem(err, "reading rows");
    r->candidates[r->n] = (stance_candidate){e->field[1], margin};
    if (!isnan(r->candidates[r->n].margin)) r->known++;
    r->n++;
    return true;
}

static bool keep_row(struct run *r, const stance_row_record *row, stance_error *err)
{
    const stance_str given[FIELDS] = {row->id, row->in.text, row->in.target, row->in.cue, field(row, "speaker"), field(row, "outlet"), field(row, "article")};
    return keep(r, given, margin_of(row), err);
}

static bool read_rows(struct run *r, stance_error *err)
{
    stance_row_record row;
    for (;;) {
        stance_error error = {0};
        if (interrupted()) return error_set(err, STANCE_INTERRUPTED, 0, "interrupted");
        int got = stance_row_reader_next(r->reader, &row, &error);
        if (got == 0) return true;
        if (got < 0 && !mishap(&r->mishaps, r->o, &error, stance_row_reader_fatal(r->reader), err)) return false;
        if (got <= 0 || !row.wanted || str_trim(row.in.text).len == 0) continue;
        if (!r->format) r->format = stance_row_reader_format(r->reader);
        if (str_trim(field(&row, "label")).len) r->labelled++;
        else if (!keep_row(r, &row, err)) return false;
    }
}

static bool read_file(struct run *r, const char *path, stance_error *err)
{
    stance_rows_options ro = rows_options(r->o);
    ro.inputs = &path;
    ro.inputs_n = 1;
    r->reader = stance_row_reader_open(&ro, err);
    bool ok = r->reader && read_rows(r, err);
    stance_row_reader_free(r->reader);
    r->reader = NULL;
    return ok;
}

/* ---- a store ---- */

/* The text in a column of a view; false: there is no such column. */
static bool text_in(const stance_record *v, stance_str name, stance_str *value)
{
    const struct record_field *f;
    for (size_t i = 0; (f = record_field(i)); i++) {
        if (f->type != FIELD_TEXT || !str_equal(name, str_of(f->name))) continue;
        *value = *(const stance_str *)record_at(v, f);
        return true;
    }
    const stance_extra *extra = extra_find(v->extra, v->extra_n, name);
    if (extra) *value = extra->value;
    return extra != NULL;
}

/* A view without the column is none of those wanted: other articles may have it. columns: of --where, how many of the first some view had. */
static bool wanted(const struct run *r, const stance_record *v, size_t *columns)
{
    for (size_t i = 0; i < r->o->where.n; i++) {
        stance_str value = str_of(r->o->where.items[i]), name = str_split(&value, '='), found;
        if (!text_in(v, name, &found)) return false;
        if (*columns == i) *columns = i + 1;
        if (!str_equal(str_trim(found), str_trim(value))) return false;
    }
    return true;
}

static bool read_store(struct run *r, const char *path, stance_error *err)
{
    stance_document document;
    stance_record v;
    int got = -1;
    size_t views = 0, columns = 0;
    stance_store *store = stance_store_open(path, false, err);
    bool ok = store && stance_store_rewind(store, true, err);
    while (ok && (got = stance_store_next(store, &document, &v, err)) > 0) {
        const stance_str given[FIELDS] = {v.id, v.text, v.target, v.cue, v.speaker, v.outlet, v.article};
        if (interrupted()) ok = error_set(err, STANCE_INTERRUPTED, 0, "interrupted");
        else if (got == 1 && ++views && wanted(r, &v, &columns)) ok = keep(r, given, v.margin, err);
    }
    stance_store_free(store);
    if (!ok || got != 0) return false;
    return !views || r->n || columns == r->o->where.n || error_set(err, STANCE_INPUT, 0, "%s: --where %s: no view has such a column", path, r->o->where.items[columns]);
}

static bool read_all(struct run *r, stance_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < r->o->inputs.n; i++) {
        const char *path = r->o->inputs.items[i];
        ok = stance_store_is(path) ? read_store(r, path, err) : read_file(r, path, err);
    }
    return ok;
}

static bool check(const struct run *r, stance_error *err)
{
    const char *file = r->o->inputs.items[0];
    if (r->n == 0) return error_set(err, STANCE_INPUT, 0, "%s: no row is left to label (%zu have a label)", file, r->labelled);
    return r->known || error_set(err, STANCE_INPUT, 0, "%s: no row has a margin or probabilities; run stance predict or classify first", file);
}

static bool pick(struct run *r, stance_error *err)
{
    size_t most = r->o->number ? r->o->number : DEFAULT_ROWS;
    if (most > r->n) most = r->n;
    r->picks = calloc(most + 1, sizeof *r->picks);
    if (!r->picks) return error_nomem(err, "sampling");
    r->picked = stance_sample(r->candidates, r->n, most, r->o->seed, r->picks, err);
    return r->picked >= 0;
}

/* ---- writing ---- */

static void put_table(struct strbuf *out, const struct run *r, struct cell_style style)
{
    if (r->o->excel) strbuf_add(out, STR(CELL_EXCEL_BOM));
    for (size_t i = 0; i < FIELDS; i++) cell_put(out, style, i == 0, str_of(heads[i]));
    cell_put(out, style, false, STR("why"));
    cell_put(out, style, false, STR("label"));
    cell_end_row(out);
    for (ptrdiff_t p = 0; p < r->picked; p++) {
        for (size_t i = 0; i < FIELDS; i++) cell_put(out, style, i == 0, r->entries[r->picks[p].row].field[i]);
        cell_put(out, style, false, r->picks[p].random ? STR("random") : STR("uncertain"));
        cell_put(out, style, false, STR(""));
        cell_end_row(out);
    }
}

static void put_json(struct strbuf *out, const struct run *r)
{
    for (ptrdiff_t p = 0; p < r->picked; p++) {
        for (size_t i = 0; i < FIELDS; i++) {
            stance_str value = r->entries[r->picks[p].row].field[i];
            strbuf_print(out, "%s\"%s\":", i ? "," : "{", heads[i]);
            if (value.ptr) json_put_string(out, value);
            else strbuf_add(out, STR("null"));
        }
        strbuf_print(out, ",\"why\":\"%s\",\"label\":null}\n", r->picks[p].random ? "random" : "uncertain");
    }
}

static bool put_all(struct strbuf *out, const struct run *r, stance_error *err)
{
    const char *input = r->format && strncmp(r->format, "json", 4) == 0 ? "jsonl" : r->format && strcmp(r->format, "tsv") == 0 ? "tsv" : "csv";
    const char *format = options_format(r->o, input);
    if (strcmp(format, "jsonl") == 0) put_json(out, r);
    else if (strcmp(format, "csv") == 0) put_table(out, r, (struct cell_style){',', r->o->excel});
    else if (strcmp(format, "tsv") == 0) put_table(out, r, (struct cell_style){'\t', r->o->excel});
    else return error_set(err, STANCE_USAGE, 0, "-f %s: sample writes csv, tsv or jsonl", format);
    return !out->failed || error_nomem(err, "writing the sample");
}

int cmd_sample(const struct options *o)
{
    stance_error err = {0};
    struct run r = {.o = o};
    struct strbuf text = {0};
    struct writer *w = NULL;
    bool ok = read_all(&r, &err) && check(&r, &err) && pick(&r, &err) && put_all(&text, &r, &err);
    ok = ok && (o->dry_run || ((w = writer_open(o->output, &err)) != NULL && writer_write(w, strbuf_str(&text), &err)));
    if (ok && r.labelled) say(o, "left out: %zu row%s with a label", r.labelled, plural(r.labelled));
    if (ok) say(o, "%zu of %zu rows; label them, then: stance train --append MODEL, or stance agree", (size_t)r.picked, r.n);
    int status = close_output(w, ok, ok ? mishaps_status(&r.mishaps, o) : STANCE_OK, &err);
    strbuf_free(&text);
    arena_free(&r.text);
    free(r.entries);
    free(r.candidates);
    free(r.picks);
    return status;
}
