/* SPDX-License-Identifier: MIT
 * table: one face for all tabular inputs.
 * Method: a row of function pointers per format would hide little; a switch over four sources fills the same two arrays.
 * Limits: JSON columns are those of each row, so that no row pays for the keys of others. */
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "../base/arena.h"
#include "../text/unicode.h"
#include "csv_reader.h"
#include "json.h"
#include "lines.h"
#include "markup.h"

struct table {
    struct file *file;
    enum table_format format;
    struct table_options options;
    struct csv_reader *csv;
    struct lines lines;
    struct json_object object;
    struct strbuf article;       /* TABLE_MARKED: the file, which the marks' heads point into */
    stance_str article_id;
    struct markup markup;
    size_t next_mark;
    struct arena header, row;    /* header's names; repaired fields of the present row */
    struct strbuf scratch;
    stance_str *names, *fields;  /* [n] */
    size_t names_cap, fields_cap, n;
    stance_str raw;
    size_t line, repaired;
    bool begun, broken, parsed;
};

struct table *table_open(struct file *file, enum table_format format, const struct table_options *options, stance_error *err)
{
    struct table *t = calloc(1, sizeof *t);
    if (!t) {
        error_nomem(err, "opening a table");
        return NULL;
    }
    t->file = file;
    t->format = format;
    if (options) t->options = *options;
    if (!t->options.max_row) t->options.max_row = (size_t)64 << 20;
    struct csv_options csv = {.delimiter = format == TABLE_TSV ? '\t' : '\0', .max_record = t->options.max_row, .max_lines = t->options.limits.csv_lines};
    t->object.max_depth = t->options.limits.json_depth;
    t->object.max_values = t->options.limits.json_values;
    lines_init(&t->lines, file, t->options.max_row);
    if (format > TABLE_TSV || (t->csv = csv_reader_new(file, &csv, err))) return t;
    table_free(t);
    return NULL;
}

void table_free(struct table *t)
{
    if (!t) return;
    csv_reader_free(t->csv);
    lines_free(&t->lines);
    json_free(&t->object);
    strbuf_free(&t->article);
    markup_free(&t->markup);
    arena_free(&t->header);
    arena_free(&t->row);
    strbuf_free(&t->scratch);
    free(t->names);
    free(t->fields);
    free(t);
}

static bool fail(struct table *t)
{
    t->broken = true;
    return false;
}

static bool nomem(struct table *t, stance_error *err)
{
    error_nomem(err, "reading a row");
    return fail(t);
}

static int stop(struct table *t, stance_error *err)
{
    nomem(t, err);
    return -1;
}

/* Valid UTF-8 in the arena, or the text itself when it is that already. */
static bool door(struct table *t, stance_str in, struct arena *arena, stance_str *out)
{
    bool convert = t->options.cp1252 && t->format != TABLE_JSON && t->format != TABLE_JSONL;
    *out = in;
    if (!in.ptr || in.len == 0 || (!convert && unicode_valid(in))) return true;
    strbuf_clear(&t->scratch);
    if (convert) unicode_from_cp1252(in, &t->scratch);
    else unicode_repair(in, &t->scratch, &t->repaired);
    return !t->scratch.failed && arena_copy(arena, strbuf_str(&t->scratch), out);
}

static bool room(struct table *t, size_t n)
{
    void *names = t->names, *fields = t->fields;
    bool ok = array_reserve(&names, &t->names_cap, n, sizeof *t->names);
    t->names = names;
    ok = ok && array_reserve(&fields, &t->fields_cap, n, sizeof *t->fields);
    t->fields = fields;
    return ok;
}

/* ---- the beginning ---- */

static bool refuse_utf16(struct table *t, stance_error *err)
{
    stance_str first;
    if (!file_peek(t->file, 2, &first, err)) return fail(t);
    bool utf16 = first.len >= 2 && (memcmp(first.ptr, "\xFF\xFE", 2) == 0 || memcmp(first.ptr, "\xFE\xFF", 2) == 0);
    if (!utf16) return true;
    error_set(err, STANCE_INPUT, 0, "%s: is UTF-16; convert it: iconv -f UTF-16 -t UTF-8", file_name(t->file));
    return fail(t);
}

static bool empty(struct table *t, stance_error *err)
{
    t->broken = true;
    error_set(err, STANCE_INPUT, 0, "%s: is empty; %s", file_name(t->file),
              t->csv ? "a header line with the column names is needed" : "at least one line is needed");
    return false;
}

static bool keep_header(struct table *t, stance_error *err)
{
    size_t n = csv_reader_fields(t->csv);
    if (!room(t, n)) return nomem(t, err);
    for (size_t i = 0; i < n; i++) {
        stance_str name;
        if (!door(t, csv_reader_field(t->csv, i), &t->row, &name)) return nomem(t, err);
        if (!arena_copy(&t->header, str_trim(name), &t->names[i])) return nomem(t, err);
    }
    t->n = n;
    return true;
}

bool table_header(struct table *t, stance_error *err)
{
    if (t->begun) return !t->broken;
    t->begun = true;
    if (!refuse_utf16(t, err)) return false;
    if (!t->csv) return true;
    int got = csv_reader_next(t->csv, err);
    t->line = csv_reader_line(t->csv);
    if (got == 0 && t->options.empty_is_fine) return true;
    if (got == 0) return empty(t, err);
    return got > 0 ? keep_header(t, err) : fail(t);
}

/* ---- rows ---- */

static int next_csv(struct table *t, stance_error *err)
{
    if (t->n == 0) return 0;
    int got = csv_reader_next(t->csv, err);
    t->line = csv_reader_line(t->csv);
    if (got < 0 && csv_reader_broken(t->csv)) fail(t);
    if (got <= 0) return got;
    for (size_t i = 0; i < t->n; i++)
        if (!door(t, csv_reader_field(t->csv, i), &t->row, &t->fields[i])) return stop(t, err);
    return 1;
}

static bool blank_line(stance_str line)
{
    return str_trim(line).len == 0;
}

/* The next unit that is not blank. */
static int next_unit(struct table *t, stance_str *unit, stance_error *err)
{
    int got;
    bool first = t->lines.line == 0;
    do got = t->format == TABLE_JSON ? lines_next_object(&t->lines, unit, err) : lines_next(&t->lines, unit, err);
    while (got > 0 && blank_line(*unit));
    t->line = t->lines.line;
    if (got < 0 && t->lines.broken) fail(t);
    if (got == 0 && first && !t->options.empty_is_fine && !t->broken) {
        empty(t, err);
        return -1;
    }
    return got;
}

static int bad_object(struct table *t, const stance_error *why, stance_error *err)
{
    if (why->code == STANCE_NOMEM) return stop(t, err);
    error_set(err, STANCE_INPUT, t->line, "%s, line %zu, %s", file_name(t->file), t->line, why->text);
    return -1;
}

static int next_object(struct table *t, stance_error *err)
{
    stance_error why;
    int got = next_unit(t, &t->raw, err);
    if (got <= 0) return got;
    if (!json_parse(&t->object, t->raw, &why)) return bad_object(t, &why, err);
    if (!room(t, t->object.n)) return stop(t, err);
    for (size_t i = 0; i < t->object.n; i++)
        if (!door(t, t->object.pairs[i].key, &t->row, &t->names[i]) || !door(t, t->object.pairs[i].value, &t->row, &t->fields[i]))
            return stop(t, err);
    t->n = t->object.n;
    if (t->options.no_raw) return t->raw = (stance_str){NULL, 0}, 1;
    size_t counted = t->repaired;
    if (!door(t, t->raw, &t->row, &t->raw)) return stop(t, err);
    t->repaired = counted;
    return 1;
}

static int next_line(struct table *t, stance_error *err)
{
    stance_str line;
    int got = next_unit(t, &line, err);
    if (got <= 0) return got;
    if (!room(t, 1) || !door(t, line, &t->row, &t->fields[0])) return stop(t, err);
    t->names[0] = STR("text");
    t->n = 1;
    return 1;
}

/* ---- marked-up articles ---- */

/* The whole article, at the first row. When it fails there are no rows, but the source is not broken: the next article may be good. */
static bool parse_article(struct table *t, stance_error *err)
{
    stance_str raw;
    stance_error why = {0};
    t->parsed = true;
    bool ok = file_read_all(t->file, t->options.max_row, &t->article, &why);
    if (ok && (!door(t, strbuf_str(&t->article), &t->header, &raw) || !door(t, markup_article(file_name(t->file)), &t->header, &t->article_id)))
        return nomem(t, err);
    ok = ok && markup_parse(file_name(t->file), raw, &t->markup, &why);
    t->line = t->markup.line;
    if (ok) return true;
    t->markup.n = 0;
    if (why.code == STANCE_NOMEM) t->broken = true;
    if (err) *err = why;
    return false;
}

static bool keep_flat(struct table *t, const struct mark *m, stance_str *out)
{
    strbuf_clear(&t->scratch);
    if (m) markup_flatten(markup_words(&t->markup, m), &t->scratch);
    return !t->scratch.failed && arena_copy(&t->row, strbuf_str(&t->scratch), out);
}

static bool keep_id(struct table *t, size_t number, stance_str *out)
{
    strbuf_clear(&t->scratch);
    strbuf_add(&t->scratch, t->article_id);
    strbuf_print(&t->scratch, ":%zu", number);
    return !t->scratch.failed && arena_copy(&t->row, strbuf_str(&t->scratch), out);
}

static int next_content(struct table *t, stance_error *err)
{
    enum { ID, TEXT, LABEL, TARGET, CUE, SPEAKER, GROUP, KIND, COLUMNS };
    static const char *const columns[COLUMNS] = {"id", "text", "label", "target", "cue", "speaker", "group", "kind"};
    if (!t->parsed && !parse_article(t, err)) return -1;
    while (t->next_mark < t->markup.n && t->markup.marks[t->next_mark].kind != 'v') t->next_mark++;
    if (t->next_mark == t->markup.n) return 0;
    const struct mark *m = &t->markup.marks[t->next_mark++];
    bool ok = room(t, COLUMNS) && keep_id(t, m->number, &t->fields[ID]) && keep_flat(t, m, &t->fields[TEXT]) &&
              keep_flat(t, markup_find(&t->markup, 'c', m->number), &t->fields[CUE]);
    if (!ok) return stop(t, err);
    for (size_t i = 0; i < COLUMNS; i++) t->names[i] = str_of(columns[i]);
    t->fields[LABEL] = m->stance;
    t->fields[TARGET] = m->target;
    t->fields[SPEAKER] = m->speaker;
    t->fields[GROUP] = t->article_id;
    t->fields[KIND] = str_of(markup_kind(&t->markup, m));
    t->n = COLUMNS;
    t->line = m->line;
    return 1;
}

int table_next(struct table *t, stance_error *err)
{
    if (t->broken) return 0;
    if (!table_header(t, err)) return -1;
    arena_reset(&t->row);
    t->raw = (stance_str){NULL, 0};
    if (t->csv) return next_csv(t, err);
    t->n = 0;
    if (t->format == TABLE_MARKED) return next_content(t, err);
    return t->format == TABLE_LINES ? next_line(t, err) : next_object(t, err);
}

bool table_broken(const struct table *t)
{
    return t->broken;
}

size_t table_columns(const struct table *t)
{
    return t->n;
}

const stance_str *table_names(const struct table *t)
{
    return t->names;
}

const stance_str *table_fields(const struct table *t)
{
    return t->fields;
}

stance_str table_raw(const struct table *t)
{
    return t->raw;
}

size_t table_line(const struct table *t)
{
    return t->line;
}

size_t table_repaired(const struct table *t)
{
    return t->repaired;
}

const char *table_file(const struct table *t)
{
    return file_name(t->file);
}

/* ---- columns by name ---- */

static size_t find_one(const struct table *t, stance_str name)
{
    for (size_t i = 0; i < t->n; i++)
        if (str_equal(t->names[i], name)) return i;
    for (size_t i = 0; i < t->n; i++)
        if (str_equal_nocase(t->names[i], name)) return i;
    return STANCE_NONE;
}

size_t table_find(const struct table *t, const char *const *names)
{
    size_t at = STANCE_NONE;
    for (; *names && at == STANCE_NONE; names++) at = find_one(t, str_of(*names));
    return at;
}

stance_str table_get(const struct table *t, const char *const *names)
{
    size_t at = table_find(t, names);
    return at == STANCE_NONE ? (stance_str){NULL, 0} : t->fields[at];
}

void table_list(const struct table *t, struct strbuf *out)
{
    size_t start = out->len;
    for (size_t i = 0; i < t->n; i++) {
        if (out->len - start + t->names[i].len > 200) {
            strbuf_add(out, STR(", ..."));
            return;
        }
        if (i) strbuf_add(out, STR(", "));
        strbuf_add(out, t->names[i]);
    }
}
