/* SPDX-License-Identifier: MIT
 * record_reader: view records read back, from JSON lines, CSV, or the views inside document records.
 * Method: table.c gives flat rows; a view is a window of the row whose names share a prefix ("" or "views.3."). The place where a field was
 * found is tried first in the next record. Limits: one document record holds at most some 1,700 views. */
#include "record_reader.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "extra.h"
#include "format.h"
#include "table.h"

enum field_kind { TEXT, START, END, SHARE };

static const struct field {
    const char *name;
    enum field_kind kind;
    size_t offset;      /* in stance_record */
} fields[] = {
#define AT(member) offsetof(stance_record, member)
    {"id", TEXT, AT(id)}, {"article", TEXT, AT(article)}, {"outlet", TEXT, AT(outlet)}, {"date", TEXT, AT(date)}, {"url", TEXT, AT(url)},
    {"title", TEXT, AT(title)}, {"speaker", TEXT, AT(speaker)}, {"speaker_kind", TEXT, AT(speaker_kind)},
    {"speaker_mention", TEXT, AT(speaker_mention)}, {"speaker_start", START, AT(speaker_span)}, {"speaker_end", END, AT(speaker_span)},
    {"resolved_by", TEXT, AT(resolved_by)}, {"via", TEXT, AT(via)}, {"cue", TEXT, AT(cue)}, {"cue_start", START, AT(cue_span)},
    {"cue_end", END, AT(cue_span)}, {"kind", TEXT, AT(kind)}, {"text", TEXT, AT(text)}, {"start", START, AT(span)}, {"end", END, AT(span)},
    {"byte_start", START, AT(bytes)}, {"byte_end", END, AT(bytes)}, {"target", TEXT, AT(target)}, {"stance", TEXT, AT(stance)},
    {"margin", SHARE, AT(margin)}, {"abstained", TEXT, AT(abstained)}, {"known", SHARE, AT(known)},
    {"duplicate_of", TEXT, AT(duplicate_of)}, {"model", TEXT, AT(model)}, {"views_model", TEXT, AT(views_model)},
#undef AT
};
enum { FIELDS = sizeof fields / sizeof *fields };

struct stance_record_reader {
    struct file *file;
    struct table *table;
    size_t guess[FIELDS];        /* where the field stood last, from the window's start */
    stance_str labels[STANCE_MAX_LABELS];
    size_t start, end;           /* window of the present row */
    char prefix[40];             /* of the window's names */
    size_t next_view;            /* of a document record; 0: none is open */
    bool csv, fatal;
    size_t errors;
    bool (*on_article)(void *ctx, const stance_document *document, stance_error *err);
    void *article_ctx;
    bool (*on_part)(void *ctx, stance_record_reader *reader, bool end, stance_error *err);
    void *part_ctx;
    bool *ours;                  /* [end - start] whether a field was taken, of the present record */
    size_t ours_cap;
    struct extras extras, of_article;
    struct arena memory;         /* of the article's */
};

bool record_field_known(stance_str name)
{
    for (size_t i = 0; i < FIELDS; i++)
        if (str_equal(name, str_of(fields[i].name))) return true;
    return false;
}

void stance_record_reader_free(stance_record_reader *r)
{
    if (!r) return;
    table_free(r->table);
    file_close(r->file);
    arena_free(&r->memory);
    free(r->ours);
    free(r);
}

static bool tell_format(stance_record_reader *r, const char *path, const char *given, enum table_format *format, stance_error *err)
{
    stance_str stem, head;
    enum format f = given ? format_by_name(given) : format_by_path(str_of(path), &stem);
    if (!f) {
        if (!file_peek(r->file, FILE_PEEK, &head, err)) return false;
        f = format_by_content(head);
    }
    if (format_is_table(f, format)) return true;
    return error_set(err, STANCE_INPUT, 0, "%s: holds no view records; give what classify or extract wrote as jsonl, csv or tsv", file_name(r->file));
}

static stance_str name_at(const stance_record_reader *r, size_t at)
{
    stance_str name = table_names(r->table)[at];
    return str_slice(name, strlen(r->prefix), name.len);
}

static size_t find(const stance_record_reader *r, stance_str name, size_t guess)
{
    if (guess < r->end - r->start && str_equal(name_at(r, r->start + guess), name)) return r->start + guess;
    for (size_t i = r->start; i < r->end; i++)
        if (str_equal(name_at(r, i), name)) return i;
    return STANCE_NONE;
}

static bool check_names(stance_record_reader *r, stance_error *err)
{
    struct strbuf found = {0};
    if (r->end == 0 || find(r, STR("stance"), 0) != STANCE_NONE || find(r, STR("speaker"), 0) != STANCE_NONE) return true;
    table_list(r->table, &found);
    error_set(err, STANCE_INPUT, table_line(r->table), "%s, line %zu: no view record (columns found: %s); give what classify or extract wrote",
              table_file(r->table), table_line(r->table), found.ptr ? found.ptr : "none");
    strbuf_free(&found);
    return false;
}

static void whole_row(stance_record_reader *r)
{
    r->prefix[0] = '\0';
    r->start = 0;
    r->end = table_columns(r->table);
}

static bool open_table(stance_record_reader *r, const char *path, const char *given, stance_error *err)
{
    enum table_format format = TABLE_JSONL;
    const struct table_options options = {.max_row = (size_t)1 << 30, .empty_is_fine = true, .no_raw = true};
    r->file = file_open(path, 0, err);
    if (!r->file || !tell_format(r, path, given, &format, err)) return false;
    r->table = table_open(r->file, format, &options, err);
    r->csv = format == TABLE_CSV || format == TABLE_TSV;
    if (!r->table || !table_header(r->table, err)) return false;
    whole_row(r);
    return check_names(r, err);
}

stance_record_reader *stance_record_reader_open(const char *path, const char *format, stance_error *err)
{
    stance_record_reader *r = calloc(1, sizeof *r);
    if (!r) error_set(err, STANCE_NOMEM, 0, "out of memory while opening view records");
    else if (open_table(r, path, format, err)) return r;
    stance_record_reader_free(r);
    return NULL;
}

/* ---- one record ---- */

static stance_str value_at(const stance_record_reader *r, size_t at)
{
    stance_str value = at == STANCE_NONE ? (stance_str){NULL, 0} : table_fields(r->table)[at];
    return r->csv && value.len == 0 ? (stance_str){NULL, 0} : value;
}

static bool bad_number(const stance_record_reader *r, const char *name, stance_str value, stance_error *err)
{
    return error_set(err, STANCE_INPUT, table_line(r->table), "%s, line %zu: %s is no number: %.*s; write the file again", table_file(r->table),
                     table_line(r->table), name, value.len > 40 ? 40 : (int)value.len, value.ptr);
}

static bool take_share(const stance_record_reader *r, const char *name, stance_str value, double *to, stance_error *err)
{
    *to = NAN;
    return !value.ptr || str_to_double(value, to) || bad_number(r, name, value, err);
}

static bool take_field(stance_record_reader *r, size_t i, stance_record *record, stance_error *err)
{
    const struct field *f = &fields[i];
    char *to = (char *)record + f->offset;
    size_t at = find(r, str_of(f->name), r->guess[i]), place = STANCE_NONE;
    stance_str value = value_at(r, at);
    if (at != STANCE_NONE) r->guess[i] = at - r->start, r->ours[at - r->start] = true;
    if (f->kind == TEXT) *(stance_str *)(void *)to = value;
    if (f->kind == SHARE) return take_share(r, f->name, value, (double *)(void *)to, err);
    if (f->kind == TEXT) return true;
    stance_span *span = (stance_span *)(void *)to;
    if (value.ptr && !str_to_size(value, &place)) return bad_number(r, f->name, value, err);
    *(f->kind == START ? &span->start : &span->end) = place;
    return true;
}

static bool take_labels(stance_record_reader *r, stance_record *record, stance_error *err)
{
    for (size_t i = r->start; i < r->end; i++) {
        stance_str name = name_at(r, i);
        if (!str_starts(name, STR("p_"))) continue;
        if (record->labels_n == STANCE_MAX_LABELS)
            return error_set(err, STANCE_INPUT, table_line(r->table), "%s, line %zu: more than %d labels", table_file(r->table),
                             table_line(r->table), STANCE_MAX_LABELS);
        r->labels[record->labels_n] = str_slice(name, 2, name.len);
        r->ours[i - r->start] = true;
        if (!take_share(r, "a p_ field", value_at(r, i), &record->p[record->labels_n++], err)) return false;
    }
    record->labels = r->labels;
    return true;
}

/* What was not taken; the strings stay where they are. */
static void take_extras(stance_record_reader *r, stance_record *record)
{
    r->extras.n = 0;
    for (size_t i = r->start; i < r->end && r->extras.n < EXTRA_MOST; i++) {
        if (r->ours[i - r->start]) continue;
        stance_str name = name_at(r, i);
        if (name.len && !extra_is_ours(name)) r->extras.items[r->extras.n++] = (stance_extra){name, value_at(r, i)};
    }
    record->extra = r->extras.items;
    record->extra_n = r->extras.n;
}

static bool room(stance_record_reader *r, stance_error *err)
{
    void *ours = r->ours;
    bool ok = array_reserve(&ours, &r->ours_cap, r->end - r->start, sizeof *r->ours);
    r->ours = ours;
    if (!ok) return error_nomem(err, "reading view records");
    memset(r->ours, 0, (r->end - r->start) * sizeof *r->ours);
    return true;
}

static bool take_record(stance_record_reader *r, stance_record *record, stance_error *err)
{
    record->line = table_line(r->table);
    if (!check_names(r, err) || !room(r, err)) return false;
    for (size_t i = 0; i < FIELDS; i++)
        if (!take_field(r, i, record, err)) return false;
    if (!take_labels(r, record, err)) return false;
    take_extras(r, record);
    return true;
}

/* ---- the stream ---- */

/* Moves the window to the next view of the present document record; false when there is none. */
static bool next_view(stance_record_reader *r)
{
    const stance_str *names = table_names(r->table);
    size_t n = table_columns(r->table), view = r->next_view - 1;
    int len = snprintf(r->prefix, sizeof r->prefix, "views.%zu.", view);
    stance_str prefix = {r->prefix, (size_t)len};
    for (r->start = r->end; r->start < n && !str_starts(names[r->start], prefix); r->start++) {}
    for (r->end = r->start; r->end < n && str_starts(names[r->end], prefix); r->end++) {}
    r->next_view = r->end > r->start ? r->next_view + 1 : 0;
    if (!r->next_view) whole_row(r);
    return r->next_view != 0;
}

enum row_kind { VIEW, DOCUMENT, ERROR, PART, PART_END, TOO_NEW };

static enum row_kind kind_of(const stance_record_reader *r)
{
    stance_str schema = value_at(r, find(r, STR("schema"), 0));
    if (!schema.ptr || str_equal(schema, STR("stance.view/1"))) return VIEW;
    if (str_equal(schema, STR("stance.document/1"))) return DOCUMENT;
    if (str_equal(schema, STR("stance.part/1"))) return PART;
    if (str_equal(schema, STR("stance.part.end/1"))) return PART_END;
    return str_equal(schema, STR("stance.error/1")) ? ERROR : TOO_NEW;
}

/* A document that failed is no article without a view. */
static bool tell_article(stance_record_reader *r, stance_error *err)
{
    if (!r->on_article || value_at(r, find(r, STR("error.code"), 0)).ptr) return true;
    stance_str author = stance_record_reader_field(r, "author");
    arena_reset(&r->memory);
    r->of_article.n = 0;
    bool ok = !author.ptr || extras_put(&r->of_article, &r->memory, STR("author"), author);
    for (size_t i = 0; ok && i < r->end && !str_starts(table_names(r->table)[i], STR("views.")); i++) {
        stance_str name = table_names(r->table)[i];
        if (!extra_is_ours(name) && !str_equal(name, STR("author"))) ok = extras_put(&r->of_article, &r->memory, name, value_at(r, i));
    }
    if (!ok) return error_nomem(err, "reading view records");
    const stance_document d = {.extra = r->of_article.items, .extra_n = r->of_article.n,
                               .article = stance_record_reader_field(r, "article"), .outlet = stance_record_reader_field(r, "outlet"),
                               .date = stance_record_reader_field(r, "date"), .url = stance_record_reader_field(r, "url"),
                               .title = stance_record_reader_field(r, "title")};
    return r->on_article(r->article_ctx, &d, err);
}

static bool tell_part(stance_record_reader *r, bool end, stance_error *err)
{
    if (r->on_part) return r->on_part(r->part_ctx, r, end, err);
    return error_set(err, STANCE_INPUT, table_line(r->table), "%s, line %zu: this is a part of a report; give it to stance report --merge",
                     table_file(r->table), table_line(r->table));
}

static int too_new(const stance_record_reader *r, stance_error *err)
{
    stance_str schema = value_at(r, find(r, STR("schema"), 0));
    error_set(err, STANCE_INPUT, table_line(r->table), "%s, line %zu: records of kind %.*s are not known; a newer stance wrote them",
                     table_file(r->table), table_line(r->table), schema.len > 60 ? 60 : (int)schema.len, schema.ptr);
    return -1;
}

/* 1: a view's window is set. 0: the end. -1: failure. */
static int next_window(stance_record_reader *r, stance_error *err)
{
    while (!r->next_view || !next_view(r)) {
        int got = table_next(r->table, err);
        if (got < 0 && table_broken(r->table)) r->fatal = true;
        if (got <= 0) return got;
        whole_row(r);
        enum row_kind kind = kind_of(r);
        if (kind == VIEW) return 1;
        if (kind == TOO_NEW) return too_new(r, err);
        bool ok = kind == DOCUMENT ? tell_article(r, err) : (kind != PART && kind != PART_END) || tell_part(r, kind == PART_END, err);
        if (!ok) return r->fatal = true, -1;
        r->errors += kind == ERROR || value_at(r, find(r, STR("error.code"), 0)).ptr;
        if (kind == DOCUMENT) r->next_view = 1, r->end = 0;
    }
    return 1;
}

int stance_record_reader_next(stance_record_reader *r, stance_record *record, stance_error *err)
{
    *record = (stance_record){.line = table_line(r->table)};
    if (r->fatal) return 0;
    stance_error own = {0};
    int got = next_window(r, err ? err : &own);
    record->line = table_line(r->table);
    if (got > 0 && !take_record(r, record, err ? err : &own)) got = -1;
    if (got < 0 && (err ? err : &own)->code == STANCE_NOMEM) r->fatal = true; /* that is no fault of the record */
    return got;
}

bool stance_record_reader_fatal(const stance_record_reader *r)
{
    return r->fatal;
}

void stance_record_reader_on_article(stance_record_reader *r, bool (*fn)(void *ctx, const stance_document *document, stance_error *err), void *ctx)
{
    r->on_article = fn;
    r->article_ctx = ctx;
}

void record_reader_on_part(stance_record_reader *r, bool (*fn)(void *ctx, stance_record_reader *reader, bool end, stance_error *err), void *ctx)
{
    r->on_part = fn;
    r->part_ctx = ctx;
}

stance_str stance_record_reader_field(const stance_record_reader *r, const char *name)
{
    return value_at(r, find(r, str_of(name), 0));
}

bool stance_record_reader_has(const stance_record_reader *r, const char *name)
{
    return find(r, str_of(name), 0) != STANCE_NONE;
}

size_t stance_record_reader_errors(const stance_record_reader *r)
{
    return r->errors;
}
