/* SPDX-License-Identifier: MIT
 * csv_reader: pull reader over libcsv.
 * Method: a scan with libcsv's own lax rules finds where each field and record ends, libcsv then takes the quotes off field by field;
 * so a record can be refused and reading can go on from any line. libcsv trims blanks, so unquoted fields are parsed without its blanks.
 * Of a field that is not quoted, or quoted with nothing but doubled marks inside, libcsv makes what everybody does, a byte at a time;
 * these are taken without it (options.only_libcsv: not even these; a test holds both equal).
 * Limits: a quoted field over several lines must double its quotes, which is how an unclosed quote is noticed. */
#include "csv_reader.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "../base/sixteen.h"

enum { CHUNK = 65536 };

struct field {
    size_t start, end;   /* in the buffer, relative to the record; once parsed, in the buffer or in cells */
    bool quoted, copied; /* copied: in cells */
};

enum scan_state { FIELD_START, PLAIN, QUOTED, AFTER_QUOTE };

struct scan {
    enum scan_state state;
    size_t i;            /* next byte, relative to the record */
    size_t line;         /* of byte i */
    size_t quote_line;   /* where the present quoted field opened */
    size_t after_quote_line; /* offset of the line after that one; 0 while still on it */
    size_t field_start;
    size_t blanks;       /* behind a quote that may have closed the field */
    bool stray, cr;      /* an undoubled quote stood inside the field; the last byte was CR */
};

struct csv_reader {
    struct file *file;
    struct csv_options options;
    struct csv_parser parser;
    char *buf;           /* buf[at, n) is not used yet */
    size_t at, n, cap;
    bool end, broken, begun;
    size_t line, next_line;
    size_t width;        /* fields of the first record, 0 before */
    struct field *fields;
    size_t fields_n, fields_cap;
    struct strbuf cells;
    struct scan scan;
};

static int no_blank(unsigned char c)
{
    (void)c;
    return 0;
}

struct csv_reader *csv_reader_new(struct file *file, const struct csv_options *options, stance_error *err)
{
    struct csv_reader *r = calloc(1, sizeof *r);
    if (!r || csv_init(&r->parser, 0) != 0) {
        free(r);
        error_nomem(err, "opening a table");
        return NULL;
    }
    if (options) r->options = *options;
    if (!r->options.max_record) r->options.max_record = (size_t)64 << 20;
    if (!r->options.max_lines) r->options.max_lines = 100000;
    r->file = file;
    r->next_line = 1;
    return r;
}

void csv_reader_free(struct csv_reader *r)
{
    if (!r) return;
    csv_free(&r->parser);
    strbuf_free(&r->cells);
    free(r->fields);
    free(r->buf);
    free(r);
}

size_t csv_reader_fields(const struct csv_reader *r)
{
    return r->fields_n;
}

stance_str csv_reader_field(const struct csv_reader *r, size_t i)
{
    const struct field *f = &r->fields[i];
    return str_slice(f->copied ? strbuf_str(&r->cells) : (stance_str){r->buf, r->n}, f->start, f->end);
}

size_t csv_reader_line(const struct csv_reader *r)
{
    return r->line;
}

bool csv_reader_broken(const struct csv_reader *r)
{
    return r->broken;
}

static bool give_up(struct csv_reader *r)
{
    r->broken = true;
    return false;
}

static bool fill(struct csv_reader *r, stance_error *err)
{
    void *buf = r->buf;
    size_t got;
    if (r->at > 0) memmove(r->buf, r->buf + r->at, r->n - r->at);
    r->n -= r->at;
    r->at = 0;
    bool room = array_reserve(&buf, &r->cap, r->n + CHUNK, 1);
    r->buf = buf;
    if (!room) error_nomem(err, "reading a table");
    if (!room || !file_read(r->file, r->buf + r->n, CHUNK, &got, err)) return give_up(r);
    r->n += got;
    r->end = got == 0;
    return true;
}

/* ---- the beginning of the file ---- */

static char most_frequent(const size_t count[3])
{
    if (count[0] >= count[1] && count[0] >= count[2]) return ',';
    return count[1] >= count[2] ? ';' : '\t';
}

/* Counts delimiters outside quotation marks up to the end of the first line; false when the line does not end in head. */
static bool count_delimiters(stance_str head, size_t count[3])
{
    bool quoted = false, begun = false;
    count[0] = count[1] = count[2] = 0;
    for (size_t i = 0; i < head.len; i++) {
        char c = head.ptr[i];
        bool line_end = c == '\n' || c == '\r';
        if (c == '"') quoted = !quoted;
        if (begun && line_end && !quoted) return true;
        begun = begun || !line_end;
        if (quoted) continue;
        count[0] += c == ',';
        count[1] += c == ';';
        count[2] += c == '\t';
    }
    return false;
}

/* Excel writes "sep=;" as a line before the header. */
static void take_separator_line(struct csv_reader *r, stance_str head)
{
    if (head.len < 6 || !str_equal_nocase(str_slice(head, 0, 4), STR("sep=")) || (head.ptr[5] != '\n' && head.ptr[5] != '\r')) return;
    if (!r->options.delimiter) r->options.delimiter = head.ptr[4];
    r->at += 5;
}

/* Reads on until the first line is whole: what is found must not depend on how the bytes come in. */
static bool begin(struct csv_reader *r, stance_error *err)
{
    size_t count[3];
    stance_str head;
    r->begun = true;
    do {
        if (!fill(r, err)) return false;
        head = (stance_str){r->buf, r->n < CHUNK ? r->n : CHUNK};
    } while (!count_delimiters(head, count) && !r->end && r->n < CHUNK);
    if (str_starts(head, STR("\xEF\xBB\xBF"))) r->at = 3;
    take_separator_line(r, str_slice(head, r->at, head.len));
    if (!r->options.delimiter) r->options.delimiter = most_frequent(count);
    csv_set_delim(&r->parser, (unsigned char)r->options.delimiter);
    return true;
}

/* ---- where the record ends ---- */

static bool count_line(struct scan *s, char c)
{
    bool first = c == '\r' || (c == '\n' && !s->cr);
    s->cr = c == '\r';
    if (first) s->line++;
    return first;
}

static bool blank(char c, char delimiter)
{
    return (c == ' ' || c == '\t') && c != delimiter;
}

static bool add_field(struct csv_reader *r, size_t end, bool quoted)
{
    void *fields = r->fields;
    bool room = array_reserve(&fields, &r->fields_cap, r->fields_n + 1, sizeof *r->fields);
    r->fields = fields;
    if (room) r->fields[r->fields_n++] = (struct field){r->scan.field_start, end, quoted, false};
    r->scan.field_start = end + 1;
    r->scan.state = FIELD_START;
    return room;
}

enum verdict { MORE, RECORD, BAD_QUOTE, BAD_SIZE, BAD_MEMORY };

static bool unclosed(const struct csv_reader *r, const struct scan *s)
{
    bool several = s->line > s->quote_line;
    return several && (s->stray || s->line - s->quote_line > r->options.max_lines);
}

/* One byte inside a quoted field or right behind the quote that may end it. */
static enum verdict scan_quoted(struct csv_reader *r, char c)
{
    struct scan *s = &r->scan;
    bool after = s->state == AFTER_QUOTE, ends = c == r->options.delimiter || c == '\n' || c == '\r';
    if (after && ends) {
        if (!add_field(r, s->i, true)) return BAD_MEMORY;
        return c == r->options.delimiter ? MORE : RECORD;
    }
    if (c == '"') {
        s->stray = s->stray || (after && s->blanks);
        s->state = after && !s->blanks ? QUOTED : AFTER_QUOTE;
        s->blanks = 0;
        s->cr = false;
    } else if (after && blank(c, r->options.delimiter)) {
        s->blanks++;
    } else {
        s->stray = s->stray || after;
        s->state = QUOTED;
        if (count_line(s, c) && !s->after_quote_line) s->after_quote_line = s->i + 1;
        else if (c == '\n' && s->after_quote_line == s->i) s->after_quote_line++;
    }
    return unclosed(r, s) ? BAD_QUOTE : MORE;
}

static enum verdict scan_plain(struct csv_reader *r, char c)
{
    struct scan *s = &r->scan;
    bool ends = c == '\n' || c == '\r';
    if (ends || c == r->options.delimiter) {
        if (!add_field(r, s->i, false)) return BAD_MEMORY;
        return ends ? RECORD : MORE;
    }
    if (s->state == FIELD_START && c == '"') {
        s->state = QUOTED;
        s->quote_line = s->line;
        s->after_quote_line = s->blanks = 0;
        s->stray = false;
    } else if (!blank(c, r->options.delimiter)) {
        s->state = PLAIN;
    }
    return MORE;
}

static enum verdict scan_end(struct csv_reader *r)
{
    struct scan *s = &r->scan;
    if (s->state == QUOTED) return BAD_QUOTE;
    return add_field(r, s->i, s->state == AFTER_QUOTE) ? RECORD : BAD_MEMORY;
}

/* Where the first line end or `other` stands; sixteen or eight bytes at a time. */
static const char *ordinary_end(const char *at, const char *end, char other)
{
    const sixteen mark = sixteen_of((unsigned char)other), lf = sixteen_of('\n'), cr = sixteen_of('\r');
    for (; end - at >= 16; at += 16) {
        sixteen all = sixteen_at(at);
        unsigned found = sixteen_bits((all == mark) | (all == lf) | (all == cr));
        if (found) return at + __builtin_ctz(found);
    }
    for (; end - at >= 8; at += 8) {
        uint64_t word = eight_bytes(at), found = bytes_that_are(word, other) | bytes_that_are(word, '\n') | bytes_that_are(word, '\r');
        if (found) return at + first_byte(found);
    }
    while (at < end && *at != other && *at != '\n' && *at != '\r') at++;
    return at;
}

/* Moves over bytes that cannot change the state: most of them. */
static void skip_ordinary(struct csv_reader *r)
{
    struct scan *s = &r->scan;
    const char *begin = r->buf + r->at + s->i;
    if (s->state != PLAIN && s->state != QUOTED) return;
    const char *at = ordinary_end(begin, r->buf + r->n, s->state == QUOTED ? '"' : r->options.delimiter);
    if (at > begin) s->cr = false;
    s->i += (size_t)(at - begin);
}

/* A record that is too long for its one line is just that; what runs over lines may be a mark that is not closed, and the rows behind it are read. */
static enum verdict too_long(const struct scan *s)
{
    bool inside = s->state == QUOTED || s->state == AFTER_QUOTE;
    return inside && s->line > s->quote_line ? BAD_QUOTE : BAD_SIZE;
}

/* Scans from scan.i until the record's end, which is the byte scan.i then stands on. False when reading failed. */
static bool scan_record(struct csv_reader *r, enum verdict *verdict, stance_error *err)
{
    struct scan *s = &r->scan;
    for (*verdict = MORE;; s->i++) {
        skip_ordinary(r);
        bool fits = s->i <= r->options.max_record; /* asked before more is read, so that the answer is the same for a pipe's small pieces */
        if (fits && r->at + s->i == r->n && !r->end && !fill(r, err)) return false;
        if (!fits) *verdict = too_long(s);
        else if (r->at + s->i == r->n) *verdict = scan_end(r);
        else if (s->state < QUOTED) *verdict = scan_plain(r, r->buf[r->at + s->i]);
        else *verdict = scan_quoted(r, r->buf[r->at + s->i]);
        if (*verdict != MORE) return true;
    }
}

/* ---- the fields of the record ---- */

static void cell_done(void *text, size_t len, void *context)
{
    struct csv_reader *r = context;
    strbuf_add(&r->cells, (stance_str){text, len});
}

/* Text whose marks are all doubled, into cells with single ones; false, and nothing done, for any other. */
static bool put_undoubled(struct strbuf *cells, stance_str text)
{
    size_t start = cells->len;
    for (;;) {
        strbuf_add(cells, str_split(&text, '"'));
        if (!text.ptr) return true;
        if (text.len == 0 || text.ptr[0] != '"') break;
        strbuf_char(cells, '"');
        text = str_slice(text, 1, text.len);
    }
    cells->len = start;
    return false;
}

/* The field as libcsv would give it, when it is one of the usual ones: where it stands, or in cells. */
static bool take_usual(struct csv_reader *r, struct field *f)
{
    size_t start = r->at + f->start, end = r->at + f->end, copy = r->cells.len;
    stance_str text = str_slice((stance_str){r->buf, r->n}, start, end);
    if (!f->quoted) return *f = (struct field){start, end, false, false}, true;
    if (text.len < 2 || text.ptr[0] != '"' || text.ptr[text.len - 1] != '"') return false;
    text = str_slice(text, 1, text.len - 1);
    if (!memchr(text.ptr, '"', text.len)) return *f = (struct field){start + 1, end - 1, true, false}, true;
    if (!put_undoubled(&r->cells, text)) return false;
    return *f = (struct field){copy, r->cells.len, true, true}, true;
}

static bool parse_field(struct csv_reader *r, struct field *f)
{
    size_t start = r->cells.len, len = f->end - f->start;
    char end = r->options.delimiter;
    if (!r->options.only_libcsv && take_usual(r, f)) return !r->cells.failed;
    csv_set_blk_size(&r->parser, len < CHUNK ? CHUNK : len); /* it grows by so much at a time, by default 128 bytes */
    csv_set_space_func(&r->parser, f->quoted ? NULL : no_blank);
    bool ok = csv_parse(&r->parser, r->buf + r->at + f->start, len, cell_done, NULL, r) == len
              && csv_parse(&r->parser, &end, 1, cell_done, NULL, r) == 1 && !r->cells.failed;
    *f = (struct field){start, r->cells.len, f->quoted, true};
    return ok;
}

static bool parse_fields(struct csv_reader *r)
{
    strbuf_clear(&r->cells);
    for (size_t i = 0; i < r->fields_n; i++)
        if (!parse_field(r, &r->fields[i])) return false;
    csv_fini(&r->parser, NULL, NULL, NULL);
    return true;
}

/* ---- records ---- */

/* Passes over line ends; what is left begins a record. 1 there, 0 end, -1 failure. */
static int seek_record(struct csv_reader *r, stance_error *err)
{
    r->scan = (struct scan){.line = r->next_line, .cr = r->scan.cr};
    for (;; r->at++) {
        if (r->at == r->n && !r->end && !fill(r, err)) return -1;
        if (r->at == r->n) return 0;
        if (r->buf[r->at] != '\n' && r->buf[r->at] != '\r') break;
        count_line(&r->scan, r->buf[r->at]);
    }
    r->scan.cr = false;
    r->line = r->next_line = r->scan.line;
    r->fields_n = 0;
    return 1;
}

/* Moves behind byte `from` of the record and on to the end of its line. */
static bool drop_line(struct csv_reader *r, size_t from, stance_error *err)
{
    for (r->at += from;; r->at++) {
        if (r->at == r->n && !r->end && !fill(r, err)) return false;
        if (r->at == r->n || r->buf[r->at] == '\n' || r->buf[r->at] == '\r') return true;
    }
}

/* Goes on from the line after the quotation mark, so that nothing behind it is lost. */
static int bad_quote(struct csv_reader *r, stance_error *err)
{
    size_t line = r->scan.quote_line, next = r->scan.after_quote_line;
    bool endless = r->scan.line - line > r->options.max_lines, long_one = r->scan.i > r->options.max_record;
    r->fields_n = 0;
    r->next_line = next ? line + 1 : line;
    if (next) r->at += next;
    else if (!drop_line(r, r->scan.i, err)) return -1;
    r->scan.cr = false;
    error_set(err, STANCE_INPUT, line,
              "%s, line %zu: the quotation mark that opens a field on this line is not closed%s; close it, and double the marks inside the field",
              file_name(r->file), line,
              endless ? ", or has more lines than --limit csv-lines allows" : long_one ? ", or the record is longer than is allowed" : "");
    return -1;
}

static int bad_size(struct csv_reader *r, stance_error *err)
{
    r->fields_n = 0;
    if (!drop_line(r, r->scan.i, err)) return -1;
    r->next_line = r->scan.line;
    error_set(err, STANCE_INPUT, r->line, "%s, line %zu: the record is longer than %zu bytes; split it or raise the limit",
              file_name(r->file), r->line, r->options.max_record);
    return -1;
}

static int no_memory(struct csv_reader *r, stance_error *err)
{
    r->broken = true;
    error_nomem(err, "reading a table");
    return -1;
}

static int check_width(struct csv_reader *r, stance_error *err)
{
    if (!r->width) r->width = r->fields_n;
    if (r->fields_n == r->width) return 1;
    size_t n = r->fields_n;
    r->fields_n = 0;
    error_set(err, STANCE_INPUT, r->line, "%s, line %zu: %zu fields where the header has %zu; %s", file_name(r->file), r->line, n, r->width,
              n > r->width ? "put fields that hold the delimiter in quotation marks" : "add the missing fields or their delimiters");
    return -1;
}

int csv_reader_next(struct csv_reader *r, stance_error *err)
{
    enum verdict verdict;
    if (r->broken) return 0;
    if (!r->begun && !begin(r, err)) return -1;
    int there = seek_record(r, err);
    if (there <= 0) return there;
    if (!scan_record(r, &verdict, err)) return -1;
    if (verdict == BAD_MEMORY) return no_memory(r, err);
    if (verdict == BAD_QUOTE) return bad_quote(r, err);
    if (verdict == BAD_SIZE) return bad_size(r, err);
    if (!parse_fields(r)) return no_memory(r, err);
    r->at += r->scan.i;
    r->next_line = r->scan.line;
    r->scan.cr = false;
    return check_width(r, err);
}
