/* SPDX-License-Identifier: MIT
 * rows: one statement at a time.
 * Method: a table per input, its fields bound by name for every row (JSON rows may differ); of a folder the texts, as marked-up articles.
 * Limits: a fastText line has one label; marks are looked for in a text's first 64 KiB. */
#include "rows.h"

#include <stdlib.h>
#include <string.h>

#include "../base/arena.h"
#include "../text/unicode.h"
#include "format.h"
#include "labels.h"
#include "markup.h"
#include "walk.h"

/* Where the columns of a statement stand; STANCE_NONE: nowhere. */
struct places {
    size_t text, label, cue, target, start, end, id;
};

struct stance_row_reader {
    struct arena own;              /* copies of the options */
    stance_rows_options options;
    enum format forced, format;
    size_t next_input;
    struct walk *walk;             /* through the folder in work; NULL outside of folders */
    size_t before_folder;          /* rows seen before it */
    struct file *file;
    struct table *table;
    const char *path;
    bool need_labels, checked, fatal;
    bool placed;                   /* places hold for all rows of the table */
    struct places places;
    size_t repaired;               /* by tables already closed */
    stance_str raw_label, text;    /* of the present row */
    struct strbuf columns;
    stance_rows_counts counts;
};

static const enum column statement_columns[] = {COLUMN_TEXT, COLUMN_LABEL, COLUMN_TARGET, COLUMN_TARGET_START, COLUMN_TARGET_END, COLUMN_CUE,
                                                COLUMN_OUTLET, COLUMN_GROUP, COLUMN_ID};
enum { STATEMENT_COLUMNS = sizeof statement_columns / sizeof *statement_columns };

/* ---- opening ---- */

static const char *const *copy_list(struct arena *arena, const char *const *list, size_t n)
{
    const char **copy = arena_array(arena, n, sizeof *copy);
    for (size_t i = 0; copy && i < n; i++) {
        stance_str text;
        if (!arena_copy(arena, str_of(list[i]), &text)) return NULL;
        copy[i] = text.ptr;
    }
    return copy;
}

static bool copy_text(struct arena *arena, const char **text)
{
    stance_str copy;
    bool ok = arena_copy(arena, str_of(*text), &copy);
    *text = copy.ptr;
    return ok;
}

static bool copy_options(stance_row_reader *r, const stance_rows_options *o)
{
    r->options = *o;
    r->options.inputs = copy_list(&r->own, o->inputs, o->inputs_n);
    r->options.maps = copy_list(&r->own, o->maps, o->maps_n);
    r->options.where = copy_list(&r->own, o->where, o->where_n);
    return r->options.inputs && r->options.maps && r->options.where && copy_text(&r->own, &r->options.input_format)
           && copy_text(&r->own, &r->options.text_column) && copy_text(&r->own, &r->options.label_column)
           && copy_text(&r->own, &r->options.value_column);
}

static bool check_options(stance_row_reader *r, stance_error *err)
{
    const stance_rows_options *o = &r->options;
    if (o->inputs_n == 0) return error_set(err, STANCE_USAGE, 0, "no input; name a file with rows, or - for stdin");
    if (o->input_format) r->forced = format_by_name(o->input_format);
    if (o->input_format && (!r->forced || r->forced == FORMAT_HTML))
        return error_set(err, STANCE_USAGE, 0, "unknown format of rows %s; use csv, tsv, jsonl, json or txt", o->input_format);
    for (size_t i = 0; i < o->where_n; i++)
        if (!strchr(o->where[i], '=') || o->where[i][0] == '=')
            return error_set(err, STANCE_USAGE, 0, "--where %s: write it as --where COLUMN=VALUE", o->where[i]);
    return labels_check_maps(o->maps, o->maps_n, err);
}

stance_row_reader *stance_row_reader_open(const stance_rows_options *options, stance_error *err)
{
    stance_row_reader *r = calloc(1, sizeof *r);
    if (!r || !copy_options(r, options)) error_nomem(err, "opening rows");
    else if (check_options(r, err)) return r;
    stance_row_reader_free(r);
    return NULL;
}

static void close_table(stance_row_reader *r)
{
    if (r->table) r->repaired += table_repaired(r->table);
    table_free(r->table);
    file_close(r->file);
    r->table = NULL;
    r->file = NULL;
}

void stance_row_reader_free(stance_row_reader *r)
{
    if (!r) return;
    close_table(r);
    walk_free(r->walk);
    strbuf_free(&r->columns);
    arena_free(&r->own);
    free(r);
}

bool stance_row_reader_fatal(const stance_row_reader *r)
{
    return r->fatal;
}

const char *stance_row_reader_format(const stance_row_reader *r)
{
    return format_name(r->format);
}

const stance_rows_counts *stance_row_reader_counted(const stance_row_reader *r)
{
    return &r->counts;
}

const struct table *rows_table(const stance_row_reader *r)
{
    return r->table;
}

const char *rows_file(const stance_row_reader *r)
{
    return r->path;
}

stance_str rows_raw_label(const stance_row_reader *r)
{
    return r->raw_label;
}

void rows_need_labels(stance_row_reader *r)
{
    r->need_labels = true;
}

/* ---- the next table ---- */

/* What a text holds: marked-up articles in folders, and wherever a content is marked; else statements line by line. */
static enum format text_format(const stance_row_reader *r, stance_str head)
{
    return r->walk || (!r->forced && markup_present(head)) ? FORMAT_MARKED : FORMAT_TXT;
}

static bool tell_format(stance_row_reader *r, enum table_format *format, stance_error *err)
{
    stance_str stem, head;
    r->format = r->forced && !r->walk ? r->forced : format_by_path(str_of(r->path), &stem);
    if (r->format == FORMAT_HTML) r->format = FORMAT_TXT;
    if (!r->format || r->format == FORMAT_TXT) {
        if (!file_peek(r->file, FILE_PEEK, &head, err)) return false;
        if (!r->format) r->format = format_by_content(head);
        if (r->format == FORMAT_HTML) r->format = FORMAT_TXT;
        if (r->format == FORMAT_TXT && !format_check_text(head, file_name(r->file), err)) return false;
        if (r->format == FORMAT_TXT) r->format = text_format(r, head);
    }
    if (!format_is_table(r->format, format)) *format = TABLE_LINES;
    return true;
}

static bool open_table(stance_row_reader *r, stance_error *err)
{
    enum table_format format = TABLE_CSV;
    struct table_options options = {.max_row = r->options.max_row, .limits = r->options.limits, .empty_is_fine = strcmp(r->path, "-") == 0 && !r->need_labels};
    r->file = file_open(r->path, 0, err);
    if (r->file) file_limit(r->file, r->options.limits.gzip_ratio);
    if (!r->file || !tell_format(r, &format, err)) return false;
    r->table = table_open(r->file, format, &options, err);
    r->checked = r->placed = false;
    return r->table && table_header(r->table, err);
}

static size_t find(const stance_row_reader *r, const char *chosen, enum column c)
{
    const char *const own[] = {chosen, NULL};
    return table_find(r->table, chosen ? own : column_names(c));
}

/* --text-col and --label-col name columns of tables; the marks beside them have names of their own. */
static size_t find_chosen(const stance_row_reader *r, const char *chosen, enum column c)
{
    return find(r, r->format == FORMAT_MARKED ? NULL : chosen, c);
}

static bool no_column(const stance_row_reader *r, const char *what, const char *todo, stance_error *err)
{
    struct strbuf found = {0};
    table_list(r->table, &found);
    error_set(err, STANCE_INPUT, table_line(r->table), "%s, line %zu: no column %s; columns found: %s; %s", table_file(r->table),
              table_line(r->table), what, found.ptr ? found.ptr : "none", todo);
    strbuf_free(&found);
    return false;
}

static bool check_other_columns(const stance_row_reader *r, stance_error *err)
{
    char name[128];
    for (size_t i = 0; i < r->options.where_n; i++) {
        size_t n = strcspn(r->options.where[i], "=");
        if (n >= sizeof name) n = sizeof name - 1;
        memcpy(name, r->options.where[i], n);
        name[n] = '\0';
        if (find(r, name, COLUMN_ID) == STANCE_NONE) return no_column(r, name, "choose one of them for --where", err);
    }
    const char *value = r->options.value_column;
    return !value || find(r, value, COLUMN_ID) != STANCE_NONE || no_column(r, value, "choose one of them", err);
}

/* Columns of the header, or of the first JSON row: what is missing there stops the run. JSON rows may lack a label ("label":[]). */
static bool check_columns(stance_row_reader *r, stance_error *err)
{
    const stance_rows_options *o = &r->options;
    bool csv = r->format == FORMAT_CSV || r->format == FORMAT_TSV;
    if (r->checked || table_columns(r->table) == 0) return true;
    r->checked = true;
    column_report(r->table, statement_columns, STATEMENT_COLUMNS, &r->columns);
    r->counts.columns = r->columns.ptr;
    if (find_chosen(r, o->text_column, COLUMN_TEXT) == STANCE_NONE)
        return no_column(r, o->text_column ? o->text_column : "text", "name the one with the statements with --text-col", err);
    if (r->need_labels && csv && find_chosen(r, o->label_column, COLUMN_LABEL) == STANCE_NONE)
        return no_column(r, o->label_column ? o->label_column : "label", "name the one with the labels with --label-col", err);
    return !csv || check_other_columns(r, err);
}

static int failed(stance_row_reader *r, const stance_error *why, stance_error *err)
{
    r->fatal = r->fatal || why->code == STANCE_NOMEM;
    r->counts.failed++;
    if (!r->counts.first_failure.code) r->counts.first_failure = *why;
    if (err) *err = *why;
    return -1;
}

/* At the end of a folder: one without a marked view was named by mistake. */
static int leave_folder(stance_row_reader *r, stance_error *err)
{
    walk_free(r->walk);
    r->walk = NULL;
    if (r->counts.read + r->counts.failed > r->before_folder) return 0;
    r->fatal = true;
    error_set(err, STANCE_INPUT, 0, "%s: no .txt file in this folder holds a marked view as ⟦v1|speaker|target|stance:...⟧; "
              "name a file with rows, or a folder of marked-up articles", r->options.inputs[r->next_input - 1]);
    return -1;
}

/* 1: r->path is the folder's next text. 0: the folder is done. -1: failure. */
static int next_in_folder(stance_row_reader *r, stance_error *err)
{
    stance_error why = {0};
    stance_str stem;
    size_t inside;
    int got;
    do got = walk_next(r->walk, &r->path, &inside, &why);
    while (got > 0 && format_by_path(str_of(r->path), &stem) != FORMAT_TXT);
    if (got < 0) return failed(r, &why, err);
    return got > 0 ? 1 : leave_folder(r, err);
}

/* 1: r->path is the next file. 0: no more inputs. -1: failure. */
static int next_path(stance_row_reader *r, stance_error *err)
{
    for (;;) {
        int got = r->walk ? next_in_folder(r, err) : 0;
        if (got) return got;
        if (r->next_input == r->options.inputs_n) return 0;
        r->path = r->options.inputs[r->next_input++];
        if (!walk_is_folder(r->path)) return 1;
        r->before_folder = r->counts.read + r->counts.failed;
        r->walk = walk_open(r->path, err);
        r->fatal = r->walk == NULL;
        if (r->fatal) return -1;
    }
}

/* 1: a table is open. 0: no more inputs. -1: failure: fatal for a file that was named, one of many inside a folder. */
static int next_table(stance_row_reader *r, stance_error *err)
{
    stance_error why = {0};
    int got = r->table ? 1 : next_path(r, err);
    if (got <= 0 || r->table) return got;
    if (open_table(r, &why) && check_columns(r, &why)) return 1;
    if (r->walk) {
        close_table(r);
        return failed(r, &why, err);
    }
    r->fatal = true;
    if (err) *err = why;
    return -1;
}

/* ---- from fields to a statement ---- */

static bool value_is(const struct table *t, const char *where)
{
    stance_str value = str_of(where), name = str_split(&value, '=');
    for (size_t i = 0; i < table_columns(t); i++)
        if (str_equal_nocase(table_names(t)[i], name)) return str_equal(str_trim(table_fields(t)[i]), str_trim(value));
    return false;
}

static bool wanted(const stance_row_reader *r)
{
    for (size_t i = 0; i < r->options.where_n; i++)
        if (!value_is(r->table, r->options.where[i])) return false;
    return true;
}

bool rows_rejected(const stance_row_reader *r)
{
    stance_str answer = column_value(r->table, COLUMN_ANSWER);
    bool json = r->format == FORMAT_JSONL || r->format == FORMAT_JSON;
    return json && (str_equal(answer, STR("reject")) || str_equal(answer, STR("ignore")));
}

/* Takes "__label__x " off the front of the text; false when there are two. */
static bool take_fasttext(stance_row_reader *r)
{
    const stance_str mark = STR("__label__");
    size_t n = 0;
    for (r->text = str_trim(r->text); str_starts(r->text, mark); n++) {
        size_t end = 0;
        while (end < r->text.len && r->text.ptr[end] != ' ' && r->text.ptr[end] != '\t') end++;
        r->raw_label = str_slice(r->text, mark.len, end);
        r->text = str_trim(str_slice(r->text, end, r->text.len));
    }
    return n < 2;
}

static bool second_label(const struct table *t)
{
    static const char *const seconds[] = {"label.1", "labels.1", "accept.1", "label.0.1"};
    for (size_t i = 0; i < sizeof seconds / sizeof *seconds; i++) {
        const char *const names[] = {seconds[i], NULL};
        if (table_find(t, names) != STANCE_NONE) return true;
    }
    return false;
}

/* Looked up for each row of JSON, whose columns are its own; once for other tables. */
static void place_columns(stance_row_reader *r)
{
    const struct table *t = r->table;
    if (r->placed) return;
    r->placed = r->format != FORMAT_JSONL && r->format != FORMAT_JSON;
    r->places = (struct places){find_chosen(r, r->options.text_column, COLUMN_TEXT), find_chosen(r, r->options.label_column, COLUMN_LABEL),
                                table_find(t, column_names(COLUMN_CUE)), table_find(t, column_names(COLUMN_TARGET)),
                                table_find(t, column_names(COLUMN_TARGET_START)), table_find(t, column_names(COLUMN_TARGET_END)),
                                table_find(t, column_names(COLUMN_ID))};
}

/* As column_value. */
static stance_str value_at(const stance_row_reader *r, size_t at)
{
    stance_str value = at == STANCE_NONE ? (stance_str){NULL, 0} : str_trim(table_fields(r->table)[at]);
    return value.len ? value : (stance_str){NULL, 0};
}

static bool take_text_and_label(stance_row_reader *r, stance_error *err)
{
    size_t line = table_line(r->table), at = r->places.text;
    r->raw_label = (stance_str){NULL, 0};
    if (at == STANCE_NONE) return no_column(r, r->options.text_column ? r->options.text_column : "text", "the row is left out", err);
    r->text = table_fields(r->table)[at];
    if (!r->text.ptr) r->text = STR("");
    bool two = r->format == FORMAT_TXT && !take_fasttext(r);
    at = r->places.label;
    if (at != STANCE_NONE) r->raw_label = str_trim(table_fields(r->table)[at]);
    bool json = r->format == FORMAT_JSONL || r->format == FORMAT_JSON;
    if (!two && !(json && !r->options.label_column && second_label(r->table))) return true;
    return error_set(err, STANCE_INPUT, line, "%s, line %zu: more than one label; keep one label per text", table_file(r->table), line);
}

/* Code points to bytes; false outside the text. */
static bool byte_of(stance_str text, stance_str chars, size_t *byte)
{
    size_t n;
    if (!str_to_size(chars, &n) || n > text.len) return false;
    for (*byte = 0; n > 0 && *byte < text.len; n--) unicode_next(text, byte);
    return n == 0;
}

static void take_target(stance_row_reader *r, stance_statement *in)
{
    stance_str start = value_at(r, r->places.start), end = value_at(r, r->places.end);
    stance_span span;
    in->target = value_at(r, r->places.target);
    in->target_span = (stance_span){STANCE_NONE, STANCE_NONE};
    if (!start.ptr || !end.ptr) return;
    if (!byte_of(in->text, start, &span.start) || !byte_of(in->text, end, &span.end) || span.start >= span.end) {
        r->counts.odd_targets++;
        return;
    }
    in->target_span = span;
    if (!in->target.ptr) in->target = str_slice(in->text, span.start, span.end);
}

static bool take_row(stance_row_reader *r, stance_row_record *row, stance_error *err)
{
    row->names = table_names(r->table);
    row->fields = table_fields(r->table);
    row->n = table_columns(r->table);
    row->raw = table_raw(r->table);
    row->wanted = wanted(r);
    place_columns(r);
    row->id = value_at(r, r->places.id);
    if (!take_text_and_label(r, err)) return false;
    row->in.text = r->text;
    row->in.cue = value_at(r, r->places.cue);
    take_target(r, &row->in);
    if (r->raw_label.len) row->label = labels_normalise(r->raw_label, r->options.maps, r->options.maps_n);
    if (!row->label.len) row->label = (stance_str){NULL, 0};
    return true;
}

/* 1: a row. 0: the table is done. -1: failure. */
static int read_row(stance_row_reader *r, stance_row_record *row, stance_error *err)
{
    stance_error why = {0};
    int got = table_next(r->table, &why);
    row->line = table_line(r->table);
    r->counts.repaired = r->repaired + table_repaired(r->table);
    if (got > 0 && !check_columns(r, &why)) {
        r->fatal = true;
        return failed(r, &why, err);
    }
    if (got < 0 && table_broken(r->table)) r->fatal = true;
    if (got != 0) r->counts.read++;
    if (got == 0) close_table(r);
    if (got < 0 || (got > 0 && !take_row(r, row, &why))) return failed(r, &why, err);
    return got;
}

int stance_row_reader_next(stance_row_reader *r, stance_row_record *row, stance_error *err)
{
    while (!r->fatal) {
        *row = (stance_row_record){.in.target_span = {STANCE_NONE, STANCE_NONE}};
        int got = next_table(r, err);
        if (got > 0) got = read_row(r, row, err);
        else return got;
        if (got) return got;
    }
    return 0;
}
