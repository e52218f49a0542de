/* SPDX-License-Identifier: MIT
 * cmd_predict: statements in, the same rows with stance and probabilities out.
 * Method: rows are read in batches, scored on all threads, written in order. Limits: a JSONL row comes back as it was, with fields added at its end.
 */
#include <stdio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/arena.h"
#include "../base/pool.h"
#include "../io/json.h"
#include "../learn/predict.h"
#include "rows_run.h"

enum { BATCH = 128 };

struct row {
    stance_statement in;
    stance_str raw;     /* JSONL: the row's object; else NULL */
    stance_str *fields; /* [n] */
    stance_str *names;  /* [n], for JSONL out of tables; else NULL */
    size_t n;
};

struct batch {
    struct arena memory;
    struct row rows[BATCH];
    size_t n;
    struct strbuf out;
    stance_seen seen;
    bool failed;
    stance_error error;
};

struct run {
    const struct options *o;
    const stance_model *model;
    stance_row_reader *reader;
    stance_scorer **scorers; /* [threads] */
    struct batch *batches;
    struct writer *writer;
    struct mishaps mishaps;
    stance_error *err;
    const char *format; /* csv, tsv or jsonl */
    struct cell_style style;
    size_t labels;
    struct strbuf label[STANCE_MAX_LABELS]; /* [labels] their cells */
    bool header, ended, jsonl;
    size_t written;
    stance_seen seen;
};

/* ---- reading ---- */

/* A part of a field is that part of the field's copy; what stands in no field is copied itself. */
static bool copy_part(struct arena *a, const stance_row_record *record, const struct row *r, stance_str *part)
{
    for (size_t i = 0; part->ptr && i < record->n; i++) {
        stance_str field = record->fields[i];
        if (!field.ptr || part->ptr < field.ptr || part->ptr + part->len > field.ptr + field.len) continue;
        *part = (stance_str){r->fields[i].ptr + (part->ptr - field.ptr), part->len};
        return true;
    }
    return arena_copy(a, *part, part);
}

static bool copy_row(struct batch *b, const stance_row_record *record, bool named)
{
    struct row *r = &b->rows[b->n];
    *r = (struct row){.in = record->in, .n = record->n};
    if (!arena_copy(&b->memory, record->raw, &r->raw)) return false;
    r->fields = arena_array(&b->memory, record->n + 1, sizeof *r->fields);
    r->names = named ? arena_array(&b->memory, record->n + 1, sizeof *r->names) : NULL;
    if (!r->fields || (named && !r->names)) return false;
    for (size_t i = 0; i < record->n; i++)
        if (!arena_copy(&b->memory, record->fields[i], &r->fields[i]) || (named && !arena_copy(&b->memory, record->names[i], &r->names[i]))) return false;
    b->n++;
    return copy_part(&b->memory, record, r, &r->in.text) && copy_part(&b->memory, record, r, &r->in.target) &&
           copy_part(&b->memory, record, r, &r->in.cue);
}

static void put_header(struct run *r, struct strbuf *out, const stance_row_record *record)
{
    r->header = true;
    if (r->jsonl) return;
    if (r->o->excel) strbuf_add(out, STR(CELL_EXCEL_BOM));
    for (size_t i = 0; i < record->n; i++) cell_put(out, r->style, i == 0, record->names[i]);
    cell_put(out, r->style, record->n == 0, STR("stance"));
    for (size_t i = 0; i < stance_model_labels(r->model); i++) {
        char name[128];
        snprintf(name, sizeof name, "p_%s", stance_model_label(r->model, i));
        cell_put(out, r->style, false, str_of(name));
    }
    cell_put(out, r->style, false, STR("margin"));
    cell_put(out, r->style, false, STR("abstained"));
    cell_put(out, r->style, false, STR("known"));
    cell_end_row(out);
}

/* The format of the answer is known when the input's is. */
static void choose_format(struct run *r)
{
    if (r->format) return;
    const char *input = stance_row_reader_format(r->reader);
    r->format = options_format(r->o, strcmp(input, "json") == 0 ? "jsonl" : strcmp(input, "txt") == 0 ? "csv" : input);
    r->style = (struct cell_style){strcmp(r->format, "tsv") == 0 ? '\t' : ',', r->o->excel};
    r->jsonl = strcmp(r->format, "jsonl") == 0;
    r->labels = stance_model_labels(r->model);
    for (size_t i = 0; i < r->labels; i++) cell_put(&r->label[i], r->style, true, str_of(stance_model_label(r->model, i)));
}

static int produce(void *ctx, size_t slot)
{
    struct run *r = ctx;
    struct batch *b = &r->batches[slot];
    stance_row_record record;
    arena_reset(&b->memory);
    strbuf_clear(&b->out);
    b->n = 0;
    b->seen = (stance_seen){0};
    b->failed = false;
    while (b->n < BATCH && !r->ended) {
        stance_error error = {0};
        if (interrupted()) return error_set(r->err, STANCE_INTERRUPTED, 0, "interrupted"), -1;
        int got = stance_row_reader_next(r->reader, &record, &error);
        r->ended = got == 0;
        if (got < 0 && !mishap(&r->mishaps, r->o, &error, stance_row_reader_fatal(r->reader), r->err)) return -1;
        if (got <= 0 || !record.wanted) continue;
        choose_format(r);
        if (!r->header) put_header(r, &b->out, &record);
        if (!copy_row(b, &record, r->jsonl && !record.raw.ptr)) return error_nomem(r->err, "reading rows"), -1;
    }
    return b->n > 0;
}

/* ---- scoring and writing ---- */

enum { NUMBER_BYTES = 32 };

/* `lead` and the number, a share or none, as "%.4f" would; by hand where the rounding is beyond doubt. At `at`, where there is room for NUMBER_BYTES bytes;
 * returns where it ends. */
static char *write_number(char *at, char lead, double value)
{
    bool share = value >= 0 && value <= 1;
    unsigned n = share ? (unsigned)(value * 1e4) : 0;
    double rest = value * 1e4 - n;
    if (!share || fabs(rest - 0.5) < 1e-6) {
        int len = snprintf(at, NUMBER_BYTES, "%c%.4f", lead, value);
        return at + (len < NUMBER_BYTES ? len : NUMBER_BYTES - 1);
    }
    n += rest > 0.5;
    at[0] = lead;
    at[1] = (char)('0' + n / 10000);
    at[2] = '.';
    strbuf_two_digits(at + 3, n / 100 % 100);
    strbuf_two_digits(at + 5, n % 100);
    return at + 7;
}

static void put_number(struct strbuf *out, char lead, double value)
{
    char text[NUMBER_BYTES];
    strbuf_add(out, (stance_str){text, (size_t)(write_number(text, lead, value) - text)});
}

static inline char *write_text(char *at, stance_str text)
{
    memcpy(at, text.ptr, text.len);
    return at + text.len;
}

static void put_cells(struct run *r, struct strbuf *out, const struct row *row, const stance_prediction *p)
{
    stance_str label = strbuf_str(&r->label[p->label]), why = str_of(stance_abstention_name(p->abstained)); /* that needs no quotation marks */
    size_t room = label.len + why.len + (r->labels + 3) * NUMBER_BYTES;
    for (size_t i = 0; i < row->n; i++) room += CELL_MOST * row->fields[i].len + CELL_MORE;
    if (!strbuf_reserve(out, room)) return;
    char *at = out->ptr + out->len, delimiter = r->style.delimiter;
    for (size_t i = 0; i < row->n; i++) {
        at = cell_write(at, r->style, row->fields[i]);
        *at++ = delimiter;
    }
    at = write_text(at, label);
    for (size_t i = 0; i < r->labels; i++) at = write_number(at, delimiter, p->p[i]);
    at = write_number(at, delimiter, p->margin);
    *at++ = delimiter;
    if (why.len) at = write_text(at, why);
    at = write_number(at, delimiter, p->known);
    *at++ = '\n';
    out->len = (size_t)(at - out->ptr);
    *at = '\0';
}

/* The row as an object, its closing brace left open. */
static void open_object(struct strbuf *out, const struct row *row)
{
    stance_str raw = str_trim(row->raw);
    bool object = raw.len >= 2 && raw.ptr[raw.len - 1] == '}';
    strbuf_add(out, object ? str_trim(str_slice(raw, 0, raw.len - 1)) : STR("{"));
    for (size_t i = 0; !object && i < row->n; i++) {
        if (i) strbuf_char(out, ',');
        json_put_string(out, row->names[i]);
        strbuf_char(out, ':');
        if (row->fields[i].ptr) json_put_string(out, row->fields[i]);
        else strbuf_add(out, STR("null"));
    }
    if (out->len && out->ptr[out->len - 1] != '{') strbuf_char(out, ',');
}

static void put_json(struct run *r, struct strbuf *out, const struct row *row, const stance_prediction *p)
{
    open_object(out, row);
    strbuf_add(out, STR("\"stance\":"));
    json_put_string(out, str_of(stance_model_label(r->model, p->label)));
    for (size_t i = 0; i < stance_model_labels(r->model); i++) {
        strbuf_print(out, ",\"p_%s\"", stance_model_label(r->model, i));
        put_number(out, ':', p->p[i]);
    }
    strbuf_add(out, STR(",\"margin\""));
    put_number(out, ':', p->margin);
    strbuf_add(out, STR(",\"abstained\":"));
    json_put_string(out, str_of(stance_abstention_name(p->abstained)));
    strbuf_add(out, STR(",\"known\""));
    put_number(out, ':', p->known);
    strbuf_add(out, STR("}\n"));
}

static void work(void *ctx, size_t slot, unsigned worker)
{
    struct run *r = ctx;
    struct batch *b = &r->batches[slot];
    stance_prediction p[SCORED_AT_ONCE];
    const stance_statement *in[SCORED_AT_ONCE];
    for (size_t at = 0, n; at < b->n && !b->failed; at += n) {
        for (n = 0; n < SCORED_AT_ONCE && at + n < b->n; n++) in[n] = &b->rows[at + n].in;
        b->failed = !scorer_answer(r->scorers[worker], in, n, r->o->min_margin, p, &b->error);
        for (size_t i = 0; i < n && !b->failed; i++) {
            stance_seen_add(&b->seen, p[i].label, p[i].known);
            (r->jsonl ? put_json : put_cells)(r, &b->out, &b->rows[at + i], &p[i]);
        }
    }
    for (size_t i = 0; i < r->labels; i++) b->out.failed = b->out.failed || r->label[i].failed;
    if (b->out.failed) b->failed = true, error_nomem(&b->error, "writing rows");
}

static bool finish(void *ctx, size_t slot)
{
    struct run *r = ctx;
    struct batch *b = &r->batches[slot];
    if (b->failed) return *r->err = b->error, false;
    r->written += b->n;
    stance_seen_join(&r->seen, &b->seen);
    return r->o->dry_run || writer_write(r->writer, strbuf_str(&b->out), r->err);
}

static bool open_all(struct run *r, unsigned threads, size_t slots)
{
    stance_rows_options ro = rows_options(r->o);
    r->batches = calloc(slots, sizeof *r->batches);
    r->scorers = calloc(threads, sizeof *r->scorers);
    if (!r->batches || !r->scorers) return error_nomem(r->err, "starting");
    for (unsigned i = 0; i < threads; i++)
        if (!(r->scorers[i] = stance_scorer_new(r->model, r->err))) return false;
    if (!(r->reader = stance_row_reader_open(&ro, r->err))) return false;
    return r->o->dry_run || (r->writer = writer_open(r->o->output, r->err)) != NULL;
}

static void close_all(struct run *r, unsigned threads, size_t slots)
{
    for (size_t i = 0; r->batches && i < slots; i++) arena_free(&r->batches[i].memory), strbuf_free(&r->batches[i].out);
    for (unsigned i = 0; r->scorers && i < threads; i++) stance_scorer_free(r->scorers[i]);
    for (size_t i = 0; i < STANCE_MAX_LABELS; i++) strbuf_free(&r->label[i]);
    free(r->batches);
    free(r->scorers);
    stance_row_reader_free(r->reader);
}

static bool check_format(const struct options *o, stance_error *err)
{
    const char *f = options_format(o, "csv");
    if (strcmp(f, "csv") == 0 || strcmp(f, "tsv") == 0 || strcmp(f, "jsonl") == 0) return true;
    return error_set(err, STANCE_USAGE, 0, "-f %s: predict writes csv, tsv or jsonl", f);
}

int cmd_predict(const struct options *o)
{
    stance_error err = {0};
    unsigned threads = thread_count(o);
    size_t slots = threads * 4u;
    struct run r = {.o = o, .err = &err};
    if (!check_format(o, &err)) return fail(&err);
    stance_model *model = open_model(o, &err);
    if (!model) return fail(&err);
    r.model = model;
    struct pool_jobs jobs = {&r, slots, produce, work, finish};
    bool ok = open_all(&r, threads, slots) && pool_run(&jobs, threads, &err);
    if (ok) {
        const stance_rows_counts *c = stance_row_reader_counted(r.reader);
        if (c->columns && *c->columns) say(o, "columns: %s", c->columns);
        say(o, "%zu row%s", r.written, plural(r.written));
        warn_of_drift(o, model, &r.seen);
    }
    int status = close_output(r.writer, ok, ok ? mishaps_status(&r.mishaps, o) : STANCE_OK, &err);
    close_all(&r, threads, slots);
    stance_model_free(model);
    return status;
}
