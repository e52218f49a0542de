/* SPDX-License-Identifier: MIT
 * reader: one document at a time, whatever the size of the input.
 * Method: inputs in the order named, folders walked; a file is one document (txt, html) or a table that stays open between calls.
 * Limits: of ids only hashes are remembered; the meta file is held in memory. */
#include "reader.h"

#include <errno.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../text/html.h"
#include "../text/unicode.h"
#include "columns.h"
#include "date.h"
#include "format.h"
#include "ids.h"
#include "meta.h"
#include "walk.h"

enum { CHUNK = 65536 };
static const size_t DEFAULT_DOCUMENT = (size_t)256 << 20;

struct stance_reader {
    struct arena own;            /* copies of the options */
    stance_reader_options options;
    enum format forced;
    bool cp1252, has_outlet_regex;
    regex_t outlet_regex;
    struct meta *meta;

    size_t next_input;
    struct walk *walk;
    struct strbuf path;          /* of the present file, NUL-ended */
    size_t inside;               /* where in path its name for ids begins */
    bool named;                  /* named by the user, not found in a folder */
    struct file *file;
    size_t file_counted;         /* bytes of it in the counts */
    struct table *table;
    enum table_format table_format;
    size_t row;                  /* of the table, from 1 */
    size_t table_repaired;       /* already counted */
    bool table_checked;

    struct arena memory;         /* of the present document */
    struct strbuf raw, text, id, columns;
    struct ids ids;
    stance_reader_counts counts;
    bool fatal;
};

/* ---- opening ---- */

static bool copy_options(stance_reader *r, const stance_reader_options *o)
{
    const char *const given[] = {o->input_format, o->encoding, o->meta_path, o->outlet_from_path, o->text_column};
    const char **const kept[] = {&r->options.input_format, &r->options.encoding, &r->options.meta_path, &r->options.outlet_from_path,
                                 &r->options.text_column};
    stance_str copy;
    r->options = *o;
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        if (!arena_copy(&r->own, str_of(given[i]), &copy)) return false;
        *kept[i] = copy.ptr;
    }
    const char **inputs = arena_array(&r->own, o->inputs_n, sizeof *inputs);
    for (size_t i = 0; inputs && i < o->inputs_n; i++) {
        if (!arena_copy(&r->own, str_of(o->inputs[i]), &copy)) return false;
        inputs[i] = copy.ptr;
    }
    r->options.inputs = inputs;
    if (!r->options.max_document) r->options.max_document = DEFAULT_DOCUMENT;
    return inputs != NULL;
}

static bool check_encoding(stance_reader *r, stance_error *err)
{
    static const char *const western[] = {"cp1252", "windows-1252", "latin1", "latin-1", "iso-8859-1"};
    stance_str name = str_of(r->options.encoding);
    for (size_t i = 0; i < sizeof western / sizeof *western; i++) r->cp1252 = r->cp1252 || str_equal_nocase(name, str_of(western[i]));
    if (!name.ptr || r->cp1252 || str_equal_nocase(name, STR("utf-8")) || str_equal_nocase(name, STR("utf8"))) return true;
    return error_set(err, STANCE_USAGE, 0, "unknown encoding %s; use utf-8, cp1252 or latin1, or convert the input with iconv", name.ptr);
}

/* What may make an expression slow or big: its length, references back, and repetitions inside each other, whose product is bounded. Behind
 * these bounds the time for one path (PATH_MAX bytes) is milliseconds. */
static bool regex_is_tame(const char *re)
{
    enum { LONGEST = 500, REPEATS = 1000 };
    size_t product = 1;
    if (strlen(re) > LONGEST) return false;
    for (const char *at = re; *at; at++) {
        if (*at == '\\' && at[1] >= '1' && at[1] <= '9') return false;
        if (*at == '\\' && at[1]) at++;
        else if (*at == '{') {
            const char *last = strchr(at, ',') && strchr(at, ',') < at + strcspn(at, "}") ? strchr(at, ',') + 1 : at + 1;
            size_t n = strtoul(last, NULL, 10), least = strtoul(at + 1, NULL, 10);
            n = n > least ? n : least;
            if (n > REPEATS || (product *= n ? n : 1) > REPEATS) return false;
        }
    }
    return true;
}

static bool check_regex(stance_reader *r, stance_error *err)
{
    char why[128];
    if (!r->options.outlet_from_path) return true;
    if (!regex_is_tame(r->options.outlet_from_path))
        return error_set(err, STANCE_USAGE, 0, "--outlet-from-path: the expression may take too long; use at most 500 bytes, no \\1, and repeat at most 1000 times "
                         "in all");
    int status = regcomp(&r->outlet_regex, r->options.outlet_from_path, REG_EXTENDED);
    if (status != 0) {
        regerror(status, &r->outlet_regex, why, sizeof why);
        return error_set(err, STANCE_USAGE, 0, "--outlet-from-path %s: %s", r->options.outlet_from_path, why);
    }
    r->has_outlet_regex = true;
    if (r->outlet_regex.re_nsub > 0) return true;
    return error_set(err, STANCE_USAGE, 0, "--outlet-from-path %s: has no group; put the outlet's part in parentheses, e.g. '([^/]+)/[^/]*$'",
                     r->options.outlet_from_path);
}

static bool check_inputs(const stance_reader *r, stance_error *err)
{
    struct stat st;
    if (r->options.inputs_n == 0) return error_set(err, STANCE_USAGE, 0, "no input; name files or folders, or - for stdin");
    for (size_t i = 0; i < r->options.inputs_n; i++) {
        const char *path = r->options.inputs[i];
        if (strcmp(path, "-") != 0 && stat(path, &st) != 0) return file_error(path, errno, err);
    }
    return true;
}

static bool check_options(stance_reader *r, stance_error *err)
{
    const stance_reader_options *o = &r->options;
    if (o->input_format) r->forced = format_by_name(o->input_format);
    if (o->input_format && !r->forced)
        return error_set(err, STANCE_USAGE, 0, "unknown input format %s; use txt, html, csv, tsv or jsonl", o->input_format);
    if (o->shards && o->shard >= o->shards)
        return error_set(err, STANCE_USAGE, 0, "shard %zu of %zu: the first number must be from 0 to %zu", o->shard, o->shards, o->shards - 1);
    return check_encoding(r, err) && check_regex(r, err) && check_inputs(r, err);
}

stance_reader *stance_reader_open(const stance_reader_options *options, stance_error *err)
{
    stance_reader *r = calloc(1, sizeof *r);
    if (!r || !copy_options(r, options)) error_nomem(err, "opening the input");
    else if (check_options(r, err) && (!options->meta_path || (r->meta = meta_open(r->options.meta_path, err)))) return r;
    stance_reader_free(r);
    return NULL;
}

static void count_bytes(stance_reader *r)
{
    if (!r->file) return;
    r->counts.bytes += file_bytes(r->file) - r->file_counted;
    r->file_counted = file_bytes(r->file);
}

static void close_file(stance_reader *r)
{
    table_free(r->table);
    count_bytes(r);
    r->file_counted = 0;
    file_close(r->file);
    r->table = NULL;
    r->file = NULL;
}

void stance_reader_free(stance_reader *r)
{
    if (!r) return;
    close_file(r);
    walk_free(r->walk);
    meta_free(r->meta);
    if (r->has_outlet_regex) regfree(&r->outlet_regex);
    ids_free(&r->ids);
    strbuf_free(&r->path);
    strbuf_free(&r->raw);
    strbuf_free(&r->text);
    strbuf_free(&r->id);
    strbuf_free(&r->columns);
    arena_free(&r->memory);
    arena_free(&r->own);
    free(r);
}

bool stance_reader_fatal(const stance_reader *r)
{
    return r->fatal;
}

const stance_reader_counts *stance_reader_counted(const stance_reader *r)
{
    return &r->counts;
}

const char *stance_reader_columns(const stance_reader *r)
{
    return r->columns.ptr ? r->columns.ptr : "";
}

/* ---- failing ---- */

static int nomem(stance_reader *r, stance_error *err)
{
    r->fatal = true;
    error_nomem(err, "reading a document");
    return -1;
}

/* Counts a failure and says where it was; out of memory ends all. */
static int failed(stance_reader *r, stance_document *doc, const stance_error *why, stance_error *err)
{
    doc->file = r->file || r->path.len ? strbuf_str(&r->path) : STR("-");
    doc->line = r->table ? table_line(r->table) : 0;
    doc->text = (stance_str){NULL, 0};
    if (why->code == STANCE_NOMEM) r->fatal = true;
    r->counts.failed++;
    if (err) *err = *why;
    return -1;
}

/* ---- the next file ---- */

static bool set_path(stance_reader *r, const char *path, size_t inside)
{
    strbuf_clear(&r->path);
    strbuf_add(&r->path, str_of(path));
    r->inside = inside;
    return !r->path.failed;
}

static size_t base_name(stance_str path)
{
    size_t at = path.len;
    while (at > 0 && path.ptr[at - 1] != '/') at--;
    return at;
}

static bool wanted_in_folder(stance_reader *r, const char *path)
{
    stance_str stem, whole = str_of(path);
    if (r->meta && meta_is(r->meta, path)) return false;
    enum format format = format_by_path(whole, &stem);
    bool known = format && format != FORMAT_JSON, part = r->forced && whole.ptr[base_name(whole)] != '_';
    if (!known && !part) r->counts.skipped_files++;
    return known || part;
}

/* 1: the next wanted file of the folder is in r->path. 0: the folder is done. */
static int next_in_folder(stance_reader *r, stance_error *err)
{
    const char *path = "";
    size_t inside = 0;
    int got;
    do got = walk_next(r->walk, &path, &inside, err);
    while (got > 0 && !wanted_in_folder(r, path));
    if (got != 0 && !set_path(r, path, inside)) return nomem(r, err);
    if (got == 0) {
        walk_free(r->walk);
        r->walk = NULL;
    }
    return got;
}

/* 1: r->path names a file (or is "-"). 0: no more. -1: failure. */
static int next_file(stance_reader *r, stance_error *err)
{
    struct stat st;
    for (;;) {
        int got = r->walk ? next_in_folder(r, err) : 0;
        if (got) return got;
        if (r->next_input == r->options.inputs_n) return 0;
        const char *input = r->options.inputs[r->next_input++];
        bool folder = strcmp(input, "-") != 0 && stat(input, &st) == 0 && S_ISDIR(st.st_mode);
        r->named = !folder;
        if (!folder && r->meta && meta_is(r->meta, input)) continue;
        if (!folder) return set_path(r, input, base_name(str_of(input))) ? 1 : nomem(r, err);
        r->walk = walk_open(input, err);
        if (!r->walk) return nomem(r, err);
    }
}

static bool is_stdin(const stance_reader *r)
{
    return str_equal(strbuf_str(&r->path), STR("-"));
}

/* Spark starts its filters on empty partitions, too. */
static bool empty_stdin(stance_reader *r)
{
    stance_str head;
    return is_stdin(r) && file_peek(r->file, 1, &head, NULL) && head.len == 0;
}

static bool file_format(stance_reader *r, enum format *format, stance_error *err)
{
    stance_str stem, head;
    *format = r->forced ? r->forced : format_by_path(strbuf_str(&r->path), &stem);
    if (*format && *format != FORMAT_TXT) return true;
    if (!file_peek(r->file, FILE_PEEK, &head, err)) return false;
    if (!*format && is_stdin(r)) *format = format_by_content(head);
    if (!*format) *format = FORMAT_TXT;
    return *format != FORMAT_TXT || format_check_text(head, file_name(r->file), err);
}

/* ---- from fields to a document ---- */

static stance_str inside_name(const stance_reader *r)
{
    return str_slice(strbuf_str(&r->path), r->inside, r->path.len);
}

static stance_str file_stem(const stance_reader *r)
{
    stance_str stem;
    format_by_path(inside_name(r), &stem);
    return stem;
}

/* Puts the id into r->id: the row's own, else FILE#row or stdin#row, else the file's. */
static bool begin_id(stance_reader *r, stance_str own)
{
    strbuf_clear(&r->id);
    if (own.ptr) strbuf_add(&r->id, own);
    else if (is_stdin(r)) strbuf_print(&r->id, "stdin#%zu", r->row);
    else unicode_repair(r->table ? inside_name(r) : file_stem(r), &r->id, NULL); /* names of files may hold any bytes */
    if (!own.ptr && r->table && !is_stdin(r)) strbuf_print(&r->id, "#%zu", r->row);
    return !r->id.failed;
}

static const enum column article_columns[] = {COLUMN_ID, COLUMN_TEXT, COLUMN_HTML, COLUMN_OUTLET, COLUMN_URL, COLUMN_DATE, COLUMN_TITLE,
                                              COLUMN_AUTHOR, COLUMN_TARGET};
enum { ARTICLE_COLUMNS = sizeof article_columns / sizeof *article_columns };

static void prefer(stance_str *field, stance_str better)
{
    if (better.len) *field = better;
}

static const struct meta_row *add_meta(stance_reader *r, stance_document *doc)
{
    stance_str path = strbuf_str(&r->path), name = str_slice(path, base_name(path), path.len), stem;
    format_by_path(name, &stem);
    const stance_str row_keys[] = {strbuf_str(&r->id)};
    const stance_str file_keys[] = {path, inside_name(r), strbuf_str(&r->id), name, stem};
    const struct meta_row *m = r->table ? meta_find(r->meta, row_keys, 1) : meta_find(r->meta, file_keys, 5);
    if (!m) return NULL;
    prefer(&doc->outlet, m->outlet);
    prefer(&doc->date, m->date);
    prefer(&doc->title, m->title);
    prefer(&doc->url, m->url);
    prefer(&doc->author, m->author);
    prefer(&doc->target, m->target);
    return m;
}

/* --meta, then the table's own columns, then the author, who has no field of a view. */
static bool add_extras(stance_reader *r, stance_document *doc, const struct meta_row *m)
{
    struct extras e = {.n = 0};
    bool ok = true;
    for (size_t i = 0; m && ok && i < m->extra_n; i++) ok = extras_put(&e, &r->memory, m->extra[i].name, m->extra[i].value);
    ok = ok && (!r->meta || meta_name_extras(r->meta, &e, &r->memory));
    if (ok && r->table) ok = extras_add(&e, &r->memory, r->table, r->table_format, article_columns, ARTICLE_COLUMNS);
    if (ok && (doc->author.ptr || (r->table && table_find(r->table, column_names(COLUMN_AUTHOR)) != STANCE_NONE)))
        ok = extras_put(&e, &r->memory, STR("author"), doc->author);
    doc->extra_n = e.n;
    return ok && extras_keep(&r->memory, e.items, e.n, &doc->extra);
}

static bool add_outlet_from_path(stance_reader *r, stance_document *doc)
{
    regmatch_t groups[2];
    stance_str whole = {r->path.ptr, r->path.len};
    if (!r->has_outlet_regex || doc->outlet.ptr || regexec(&r->outlet_regex, r->path.ptr, 2, groups, 0) != 0) return true;
    if (groups[1].rm_so < 0 || groups[1].rm_so == groups[1].rm_eo) return true;
    stance_str part = str_slice(whole, (size_t)groups[1].rm_so, (size_t)groups[1].rm_eo);
    struct strbuf valid = {0};
    unicode_repair(part, &valid, NULL);
    bool ok = !valid.failed && arena_copy(&r->memory, strbuf_str(&valid), &doc->outlet);
    strbuf_free(&valid);
    return ok;
}

static bool settle_date(stance_reader *r, stance_document *doc)
{
    char iso[11];
    if (!doc->date.ptr) return true;
    if (date_normalise(doc->date, iso)) return arena_copy(&r->memory, str_of(iso), &doc->date);
    r->counts.odd_dates++;
    return true;
}

/* What all documents share once text, id and own fields are there. 1: given out. 0: another shard's. -1: failure. */
static int complete(stance_reader *r, stance_document *doc, stance_str page_site, stance_error *err)
{
    bool repeated;
    size_t raw_id = r->id.len;
    const struct meta_row *m = r->meta ? add_meta(r, doc) : NULL;
    if (!add_extras(r, doc, m)) return nomem(r, err);
    if (!add_outlet_from_path(r, doc)) return nomem(r, err);
    if (!doc->outlet.ptr) doc->outlet = page_site;
    if (!ids_make_unique(&r->ids, &r->id, &repeated)) return nomem(r, err);
    r->counts.repeated_ids += repeated;
    if (r->options.shards && ids_shard(str_slice(strbuf_str(&r->id), 0, raw_id), r->options.shards) != r->options.shard) {
        r->counts.other_shards++;
        return 0;
    }
    doc->article = strbuf_str(&r->id);
    doc->file = strbuf_str(&r->path);
    if (!settle_date(r, doc)) return nomem(r, err);
    r->counts.documents++;
    return 1;
}

static bool no_text(stance_str text)
{
    return str_trim(text).len == 0;
}

static int take_html(stance_reader *r, stance_document *doc, stance_str bytes, const char *encoding, stance_str *site, stance_error *err)
{
    struct html_page page;
    if (!html_extract(bytes, encoding, &r->options.limits, &r->memory, &page, err)) return -1;
    r->counts.repaired += page.repaired;
    doc->text = page.text;
    doc->extracted = true;
    *site = page.site;
    if (!doc->title.ptr) doc->title = page.title;
    if (!doc->date.ptr) doc->date = page.date;
    if (!doc->author.ptr) doc->author = page.author;
    if (!doc->url.ptr) doc->url = page.url;
    if (!no_text(page.text)) return 1;
    error_set(err, STANCE_INPUT, 0, "the HTML holds no readable text; save the article itself");
    return -1;
}

/* ---- whole files ---- */

static bool slurp(stance_reader *r, stance_error *err)
{
    char chunk[CHUNK];
    size_t got = 1;
    strbuf_clear(&r->raw);
    while (got) {
        if (!file_read(r->file, chunk, sizeof chunk, &got, err)) return false;
        strbuf_add(&r->raw, (stance_str){chunk, got});
        if (r->raw.failed) return error_nomem(err, "reading a document");
        if (r->raw.len > r->options.max_document)
            return error_set(err, STANCE_INPUT, 0, "%s: longer than %zu bytes; split it", file_name(r->file), r->options.max_document);
    }
    return true;
}

static bool take_text(stance_reader *r, stance_document *doc, stance_error *err)
{
    stance_str raw = strbuf_str(&r->raw);
    strbuf_clear(&r->text);
    doc->text = raw;
    if (!r->cp1252 && unicode_valid(raw)) return true;
    if (r->cp1252) unicode_from_cp1252(raw, &r->text);
    else unicode_repair(raw, &r->text, &r->counts.repaired);
    doc->text = strbuf_str(&r->text);
    return !r->text.failed || error_nomem(err, "reading a document");
}

static bool take_file(stance_reader *r, enum format format, stance_document *doc, stance_str *site, stance_error *err)
{
    stance_error why = {0};
    if (!slurp(r, err)) return false;
    if (no_text(strbuf_str(&r->raw)))
        return error_set(err, STANCE_INPUT, 0, "%s: is empty; leave it out or fetch it again", file_name(r->file));
    if (format != FORMAT_HTML) return take_text(r, doc, err);
    if (take_html(r, doc, strbuf_str(&r->raw), r->cp1252 ? r->options.encoding : NULL, site, &why) > 0) return true;
    if (why.code == STANCE_NOMEM) return error_nomem(err, "reading HTML");
    return error_set(err, STANCE_INPUT, 0, "%s: %s", file_name(r->file), why.text);
}

static int read_file(stance_reader *r, enum format format, stance_document *doc, stance_error *err)
{
    stance_str site = {NULL, 0};
    stance_error why = {0};
    r->row = 1;
    if (!begin_id(r, (stance_str){NULL, 0})) return nomem(r, err);
    bool ok = take_file(r, format, doc, &site, &why);
    close_file(r);
    if (ok) return complete(r, doc, site, err);
    doc->article = strbuf_str(&r->id);
    return failed(r, doc, &why, err);
}

/* ---- tables ---- */

static size_t find_text(const stance_reader *r)
{
    const char *const chosen[] = {r->options.text_column, NULL};
    return table_find(r->table, r->options.text_column ? chosen : column_names(COLUMN_TEXT));
}

static bool lacks_text(const stance_reader *r, stance_error *err)
{
    struct strbuf found = {0};
    bool html = !r->options.text_column && table_find(r->table, column_names(COLUMN_HTML)) != STANCE_NONE;
    if (html || find_text(r) != STANCE_NONE) return false;
    table_list(r->table, &found);
    error_set(err, STANCE_INPUT, table_line(r->table), "%s, line %zu: no %s column; columns found: %s; rename the one with the articles to text%s",
              table_file(r->table), table_line(r->table), r->options.text_column ? r->options.text_column : "text or html",
              found.ptr ? found.ptr : "none", r->named ? "" : ", or pass the file with --meta if it describes the others");
    strbuf_free(&found);
    return true;
}

static int open_table(stance_reader *r, enum table_format format, stance_document *doc, stance_error *err)
{
    struct table_options options = {.cp1252 = r->cp1252, .empty_is_fine = is_stdin(r), .max_row = r->options.max_document, .limits = r->options.limits};
    stance_error why = {0};
    r->table = table_open(r->file, format, &options, &why);
    r->table_format = format;
    if (!r->table) return nomem(r, err);
    r->row = r->table_repaired = 0;
    r->table_checked = false;
    strbuf_clear(&r->columns);
    bool begun = table_header(r->table, &why);
    if (begun && table_columns(r->table)) {
        r->table_checked = true;
        column_report(r->table, article_columns, ARTICLE_COLUMNS, &r->columns);
        r->fatal = lacks_text(r, &why) && r->named;
        begun = !why.code;
    }
    if (begun) return 1;
    failed(r, doc, &why, err);
    close_file(r);
    return -1;
}

static int take_row(stance_reader *r, stance_document *doc, stance_str *site, stance_error *err)
{
    stance_str *const fields[] = {&doc->outlet, &doc->url, &doc->date, &doc->title, &doc->author, &doc->target};
    for (size_t i = 0; i < 6; i++) *fields[i] = column_value(r->table, article_columns[i + 3]);
    doc->line = table_line(r->table);
    if (lacks_text(r, err)) return -1;
    size_t at = find_text(r);
    if (at != STANCE_NONE) doc->text = table_fields(r->table)[at];
    if (!no_text(doc->text)) return 1;
    stance_str html = column_value(r->table, COLUMN_HTML);
    if (html.ptr && !r->options.text_column) return take_html(r, doc, html, "utf-8", site, err);
    error_set(err, STANCE_INPUT, doc->line, "%s, line %zu: the row has no text; fill it in or leave the row out", table_file(r->table), doc->line);
    return -1;
}

static void count_repairs(stance_reader *r)
{
    r->counts.repaired += table_repaired(r->table) - r->table_repaired;
    r->table_repaired = table_repaired(r->table);
}

/* 1: a document. 0: the table is done, or the row was another shard's (then it is still open). -1: failure. */
static int read_row(stance_reader *r, stance_document *doc, stance_error *err)
{
    stance_str site = {NULL, 0};
    stance_error why = {0};
    int got = table_next(r->table, &why);
    if (got != 0) r->row++;
    count_repairs(r);
    if (got <= 0) {
        if (got < 0) failed(r, doc, &why, err);
        if (got == 0 || table_broken(r->table)) close_file(r);
        return got;
    }
    if (!begin_id(r, column_value(r->table, COLUMN_ID))) return nomem(r, err);
    if (!r->table_checked) column_report(r->table, article_columns, ARTICLE_COLUMNS, &r->columns);
    r->table_checked = true;
    if (take_row(r, doc, &site, &why) > 0) return complete(r, doc, site, err);
    doc->article = strbuf_str(&r->id);
    return failed(r, doc, &why, err);
}

/* ---- all together ---- */

/* 1: a document. 0: go on. -1: failure. *end: nothing is left. */
static int step(stance_reader *r, stance_document *doc, bool *end, stance_error *err)
{
    stance_error why = {0};
    enum format format;
    enum table_format table;
    if (r->table) return read_row(r, doc, err);
    strbuf_clear(&r->columns);
    int got = next_file(r, &why);
    *end = got == 0;
    if (got <= 0) return got < 0 ? failed(r, doc, &why, err) : 0;
    r->file = file_open(r->path.ptr, 0, &why);
    if (r->file) file_limit(r->file, r->options.limits.gzip_ratio);
    if (r->file && empty_stdin(r)) {
        close_file(r);
        return 0;
    }
    if (!r->file || !file_format(r, &format, &why)) {
        failed(r, doc, &why, err);
        close_file(r);
        return -1;
    }
    if (!format_is_table(format, &table)) return read_file(r, format, doc, err);
    return open_table(r, table, doc, err) < 0 ? -1 : 0;
}

int stance_reader_next(stance_reader *r, stance_document *doc, stance_error *err)
{
    bool end = false;
    int got = 0;
    while (got == 0 && !end && !r->fatal) {
        *doc = (stance_document){0};
        arena_reset(&r->memory);
        got = step(r, doc, &end, err);
    }
    count_bytes(r);
    if (r->meta) r->counts.meta_unused = meta_unused(r->meta);
    return got;
}

bool reader_copy_document(struct arena *arena, const stance_document *from, stance_document *to)
{
    *to = *from;
    stance_str *const fields[] = {&to->article, &to->outlet, &to->url, &to->date, &to->title, &to->author, &to->target, &to->text, &to->file};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!arena_copy(arena, *fields[i], fields[i])) return false;
    return extras_keep(arena, from->extra, from->extra_n, &to->extra);
}
