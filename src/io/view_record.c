/* SPDX-License-Identifier: MIT
 * view_record: records of the contract, written.
 * Method: one function lists the fields of a view in the contract's order; JSON and CSV both walk that list. Limits: numbers are rounded to
 * six decimals. */
#include "view_record.h"

#include <math.h>
#include <string.h>

#include "../text/unicode.h"
#include "extra.h"

enum field_kind { TEXT, COUNT, SHARE };

struct field {
    stance_str key;              /* `,"name":` */
    stance_str label;            /* behind the "p_" of the name, when the key holds no more than that; else ptr NULL */
    enum field_kind kind;
    stance_str text;
    size_t count;                /* STANCE_NONE: null */
    double share;                /* NaN: null */
};

enum { FIXED_FIELDS = 32 };
/* Bytes of a buffer. */
struct record_part {
    size_t at, len;
};
#define KEY(name) STR(",\"" name "\":")
#define LABEL_KEY STR(",\"p_")

struct record {
    struct field fields[FIXED_FIELDS + STANCE_MAX_LABELS];
    size_t n;
    const stance_extra *extra;
    size_t extra_n;
};

static void add_text(struct record *r, stance_str key, stance_str text)
{
    r->fields[r->n++] = (struct field){key, {NULL, 0}, TEXT, text, 0, 0};
}

static void add_count(struct record *r, stance_str key, size_t count)
{
    r->fields[r->n++] = (struct field){key, {NULL, 0}, COUNT, {NULL, 0}, count, 0};
}

static void add_share(struct record *r, stance_str key, stance_str label, double share)
{
    r->fields[r->n++] = (struct field){key, label, SHARE, {NULL, 0}, 0, share};
}

static void add_document(struct record *r, const stance_document *d)
{
    add_text(r, KEY("article"), d->article);
    add_text(r, KEY("outlet"), d->outlet);
    add_text(r, KEY("date"), d->date);
    add_text(r, KEY("url"), d->url);
    add_text(r, KEY("title"), d->title);
}

static void add_span(struct record *r, stance_str start, stance_str end, stance_span span)
{
    add_count(r, start, span.start);
    add_count(r, end, span.end);
}

static void add_who(struct record *r, const stance_view *v)
{
    add_text(r, KEY("speaker"), v->speaker);
    add_text(r, KEY("speaker_kind"), str_of(stance_speaker_kind_name(v->speaker_kind)));
    add_text(r, KEY("speaker_mention"), v->mention_text);
    add_span(r, KEY("speaker_start"), KEY("speaker_end"), v->mention_chars);
    add_text(r, KEY("resolved_by"), str_of(stance_resolution_name(v->resolved_by)));
    add_text(r, KEY("via"), v->via);
}

static void add_what(struct record *r, const stance_view *v)
{
    add_text(r, KEY("cue"), v->cue_text);
    add_span(r, KEY("cue_start"), KEY("cue_end"), v->cue_chars);
    add_text(r, KEY("kind"), str_of(stance_kind_name(v->kind)));
    add_text(r, KEY("text"), v->text);
    add_span(r, KEY("start"), KEY("end"), v->content_chars);
    add_span(r, KEY("byte_start"), KEY("byte_end"), v->content);
    add_text(r, KEY("target"), v->target);
}

static void add_stance(struct record *r, const struct record_source *s, const stance_view *v)
{
    const stance_prediction *p = &v->prediction;
    bool scored = v->scored && p->label < s->labels_n;
    add_text(r, KEY("stance"), str_of(scored ? s->labels[p->label] : NULL));
    for (size_t i = 0; i < s->labels_n && i < STANCE_MAX_LABELS; i++) add_share(r, LABEL_KEY, str_of(s->labels[i]), scored ? p->p[i] : NAN);
    add_share(r, KEY("margin"), (stance_str){NULL, 0}, scored ? p->margin : NAN);
    add_text(r, KEY("abstained"), str_of(scored ? stance_abstention_name(p->abstained) : NULL));
    add_share(r, KEY("known"), (stance_str){NULL, 0}, scored ? p->known : NAN);
}

/* The contract's fields in the contract's order, but schema and id, which are made up of others. */
static void list_fields(struct record *r, const struct record_source *s, const stance_view *v)
{
    r->n = 0;
    add_document(r, s->document);
    add_who(r, v);
    add_what(r, v);
    add_stance(r, s, v);
    add_text(r, KEY("duplicate_of"), (stance_str){NULL, 0});
    add_text(r, KEY("model"), str_of(s->model_id));
    add_text(r, KEY("views_model"), str_of(s->views_model_id));
    r->extra = s->document->extra;
    r->extra_n = s->document->extra_n;
}

static double rounded(double x)
{
    return round(x * 1e6) / 1e6;
}

static void put_id(struct strbuf *out, const struct record_source *s, const stance_view *v)
{
    strbuf_clear(out);
    strbuf_add(out, s->document->article);
    strbuf_char(out, ':');
    strbuf_count(out, v->number);
}

/* ---- JSON ---- */

static void put_key(struct strbuf *out, const struct field *f)
{
    strbuf_add(out, f->key);
    if (f->label.ptr) json_put_name(out, f->label);
}

static void put_json_value(struct strbuf *out, const struct field *f)
{
    if (f->kind == TEXT) json_put_string(out, f->text);
    else if (f->kind == SHARE) json_put_number(out, rounded(f->share));
    else if (f->count == STANCE_NONE) strbuf_add(out, STR("null"));
    else strbuf_count(out, f->count);
}

void record_put_extra(struct strbuf *out, const stance_extra *extra)
{
    strbuf_char(out, ',');
    json_put_string(out, extra->name);
    strbuf_char(out, ':');
    json_put_string(out, extra->value);
}

static void put_fields(struct strbuf *out, const struct record *r, stance_str id)
{
    strbuf_add(out, STR("{\"schema\":\"stance.view/1\",\"id\":"));
    json_put_string(out, id);
    for (size_t i = 0; i < r->n; i++) {
        put_key(out, &r->fields[i]);
        put_json_value(out, &r->fields[i]);
    }
    for (size_t i = 0; i < r->extra_n; i++) record_put_extra(out, &r->extra[i]);
    strbuf_char(out, '}');
}

/* ---- JSON of a document's views: the same fields as list_fields, into room made beforehand; what all views share is made once ---- */

enum { VIEW_BYTES = 1024 + 32 * STANCE_MAX_LABELS, LONG_TEXT = 16384 }; /* VIEW_BYTES: more than the keys, numbers and names of a view come to */

struct shared {
    struct strbuf text;
    struct record_part before_number, before_view, behind_view;
    struct record_part label[STANCE_MAX_LABELS], p[STANCE_MAX_LABELS]; /* `"bullish"`, `,"p_bullish":` */
};

static struct record_part part_from(const struct shared *s, size_t at)
{
    return (struct record_part){at, s->text.len - at};
}

static void share(struct shared *s, const struct record_source *source)
{
    struct strbuf *t = &s->text;
    struct record r = {.n = 0};
    strbuf_add(t, STR("{\"schema\":\"stance.view/1\",\"id\":"));
    json_put_string(t, source->document->article.ptr ? source->document->article : STR(""));
    s->before_number = (struct record_part){0, t->len ? t->len - 1 : 0};
    size_t at = t->len;
    strbuf_char(t, '"');
    add_document(&r, source->document);
    for (size_t i = 0; i < r.n; i++) put_key(t, &r.fields[i]), put_json_value(t, &r.fields[i]);
    strbuf_add(t, KEY("speaker"));
    s->before_view = part_from(s, at);
    at = t->len;
    strbuf_add(t, STR(",\"duplicate_of\":null,\"model\":"));
    json_put_string(t, str_of(source->model_id));
    strbuf_add(t, KEY("views_model"));
    json_put_string(t, str_of(source->views_model_id));
    for (size_t i = 0; i < source->document->extra_n; i++) record_put_extra(t, &source->document->extra[i]);
    strbuf_char(t, '}');
    s->behind_view = part_from(s, at);
    for (size_t i = 0; i < source->labels_n && i < STANCE_MAX_LABELS; i++) {
        at = t->len;
        json_put_string(t, str_of(source->labels[i]));
        s->label[i] = part_from(s, at);
        at = t->len;
        strbuf_add(t, LABEL_KEY);
        json_put_name(t, str_of(source->labels[i]));
        s->p[i] = part_from(s, at);
    }
}

/* Each writes at `at` and returns where that ends. */

static inline char *pen_put(char *at, stance_str s)
{
    memcpy(at, s.ptr, s.len);
    return at + s.len;
}

static char *pen_part(char *at, const struct shared *s, struct record_part part)
{
    return pen_put(at, (stance_str){s->text.ptr + part.at, part.len});
}

/* A name of ours, which needs no escape, or NULL. */
static char *pen_name(char *at, const char *name)
{
    if (!name) return pen_put(at, STR("null"));
    *at = '"';
    at = pen_put(at + 1, str_of(name));
    *at = '"';
    return at + 1;
}

static char *pen_count(char *to, size_t n)
{
    return n == STANCE_NONE ? pen_put(to, STR("null")) : strbuf_digits(to, n);
}

static inline char *pen_span(char *at, stance_str start, stance_str end, stance_span span)
{
    at = pen_count(pen_put(at, start), span.start);
    return pen_count(pen_put(at, end), span.end);
}

static char *pen_stance(char *at, const struct shared *s, const struct record_source *source, const stance_view *v)
{
    const stance_prediction *p = &v->prediction;
    bool scored = v->scored && p->label < source->labels_n;
    size_t labels = source->labels_n < STANCE_MAX_LABELS ? source->labels_n : STANCE_MAX_LABELS;
    at = pen_put(at, KEY("stance"));
    at = scored && p->label < labels ? pen_part(at, s, s->label[p->label]) : pen_put(at, STR("null"));
    for (size_t i = 0; i < labels; i++) at = json_write_share(pen_part(at, s, s->p[i]), scored ? p->p[i] : NAN);
    at = json_write_share(pen_put(at, KEY("margin")), scored ? p->margin : NAN);
    at = pen_name(pen_put(at, KEY("abstained")), scored ? stance_abstention_name(p->abstained) : NULL);
    return json_write_share(pen_put(at, KEY("known")), scored ? p->known : NAN);
}

static char *pen_view(char *at, const struct shared *s, const struct record_source *source, const stance_view *v)
{
    at = pen_part(at, s, s->before_number);
    *at++ = ':';
    at = pen_part(pen_count(at, v->number), s, s->before_view);
    at = json_write_string(at, v->speaker);
    at = pen_name(pen_put(at, KEY("speaker_kind")), stance_speaker_kind_name(v->speaker_kind));
    at = json_write_string(pen_put(at, KEY("speaker_mention")), v->mention_text);
    at = pen_span(at, KEY("speaker_start"), KEY("speaker_end"), v->mention_chars);
    at = pen_name(pen_put(at, KEY("resolved_by")), stance_resolution_name(v->resolved_by));
    at = json_write_string(pen_put(at, KEY("via")), v->via);
    at = json_write_string(pen_put(at, KEY("cue")), v->cue_text);
    at = pen_span(at, KEY("cue_start"), KEY("cue_end"), v->cue_chars);
    at = pen_name(pen_put(at, KEY("kind")), stance_kind_name(v->kind));
    at = json_write_string(pen_put(at, KEY("text")), v->text);
    at = pen_span(at, KEY("start"), KEY("end"), v->content_chars);
    at = pen_span(at, KEY("byte_start"), KEY("byte_end"), v->content);
    at = json_write_string(pen_put(at, KEY("target")), v->target);
    return pen_part(pen_stance(at, s, source, v), s, s->behind_view);
}

/* most: bytes that one of a text can become. */
static size_t room_of(const struct shared *s, const stance_view *v, size_t most)
{
    size_t texts = v->speaker.len + v->mention_text.len + v->via.len + v->cue_text.len + v->text.len + v->target.len;
    return s->text.len + VIEW_BYTES + most * texts;
}

static void put_view(struct strbuf *out, const struct shared *s, const struct record_source *source, const stance_view *v)
{
    size_t room = room_of(s, v, JSON_MOST);
    if (room < LONG_TEXT + s->text.len) {
        if (!strbuf_reserve(out, room)) return;
        out->len = (size_t)(pen_view(out->ptr + out->len, s, source, v) - out->ptr);
        return;
    }
    struct record r; /* room for escapes that are not there would be too much */
    struct strbuf id = {0};
    list_fields(&r, source, v);
    put_id(&id, source, v);
    put_fields(out, &r, strbuf_str(&id));
    out->failed = out->failed || id.failed;
    strbuf_free(&id);
}

/* Each view as an object, with `between` behind all but the last and `behind` behind that. */
static void put_objects(struct strbuf *out, const struct record_source *source, const stance_result *views, stance_str between, stance_str behind)
{
    struct shared s = {.text = {0}};
    share(&s, source);
    out->failed = out->failed || s.text.failed;
    for (size_t i = 0; i < views->n && !out->failed; i++) {
        put_view(out, &s, source, &views->views[i]);
        strbuf_add(out, i + 1 < views->n ? between : behind);
    }
    strbuf_free(&s.text);
}

void record_put_views(struct strbuf *out, const struct record_source *source, const stance_result *views)
{
    put_objects(out, source, views, STR("\n"), STR("\n"));
}

void record_put_json(struct strbuf *out, const struct record_source *source, const stance_view *view)
{
    record_put_views(out, source, &(stance_result){view, 1});
}

/* ---- CSV ---- */

static void put_header(struct strbuf *out, struct cell_style style, const struct record *r, const struct record_columns *columns)
{
    struct strbuf name = {0};
    cell_put(out, style, true, STR("schema"));
    cell_put(out, style, false, STR("id"));
    for (size_t i = 0; i < r->n; i++) {
        strbuf_empty(&name);
        const struct field *f = &r->fields[i];
        strbuf_add(&name, f->label.ptr ? STR("p_") : str_slice(f->key, 2, f->key.len - 2));
        if (f->label.ptr) strbuf_add(&name, f->label);
        cell_put(out, style, false, strbuf_str(&name));
    }
    for (size_t i = 0; i < columns->n; i++) cell_put(out, style, false, columns->names[i]);
    cell_end_row(out);
    out->failed = out->failed || name.failed;
    strbuf_free(&name);
}

void record_put_header(struct strbuf *out, struct cell_style style, const char *const *labels, size_t labels_n, const struct record_columns *columns)
{
    static const stance_document no_document;
    static const stance_view no_view;
    const struct record_source source = {&no_document, labels, labels_n, NULL, NULL};
    struct record r;
    list_fields(&r, &source, &no_view);
    put_header(out, style, &r, columns);
}

static void put_cell(struct strbuf *out, struct cell_style style, const struct field *f)
{
    if (f->kind == TEXT) {
        cell_put(out, style, false, f->text);
        return;
    }
    strbuf_char(out, style.delimiter);
    if (f->kind == COUNT && f->count != STANCE_NONE) strbuf_count(out, f->count);
    if (f->kind == SHARE && isfinite(f->share)) json_put_number(out, rounded(f->share));
}

static void put_extra_cells(struct strbuf *out, struct cell_style style, const struct record *r, const struct record_columns *columns)
{
    for (size_t i = 0; i < columns->n; i++) {
        bool there = i < r->extra_n && str_equal(r->extra[i].name, columns->names[i]); /* mostly all have the same */
        const stance_extra *x = there ? &r->extra[i] : extra_find(r->extra, r->extra_n, columns->names[i]);
        cell_put(out, style, false, x ? x->value : (stance_str){NULL, 0});
    }
    cell_end_row(out);
}

static void put_cells(struct strbuf *out, struct cell_style style, const struct record *r, stance_str id, const struct record_columns *columns)
{
    cell_put(out, style, true, STR("stance.view/1"));
    cell_put(out, style, false, id);
    for (size_t i = 0; i < r->n; i++) put_cell(out, style, &r->fields[i]);
    put_extra_cells(out, style, r, columns);
}

/* As share(), in cells; before_view begins with what stands behind the number. */
static void share_cells(struct shared *s, struct cell_style style, const struct record_source *source, const struct record_columns *columns)
{
    struct strbuf *t = &s->text, id = {0};
    struct record r = {.n = 0};
    strbuf_add(&id, source->document->article);
    strbuf_add(&id, STR(":0"));
    cell_put(t, style, true, STR("stance.view/1"));
    cell_put(t, style, false, strbuf_str(&id));
    bool quoted = t->len && t->ptr[t->len - 1] == '"';
    size_t at = t->len;
    s->before_number = (struct record_part){0, at >= 2 ? at - 1 - quoted : 0};
    if (quoted) strbuf_char(t, '"');
    add_document(&r, source->document);
    for (size_t i = 0; i < r.n; i++) put_cell(t, style, &r.fields[i]);
    s->before_view = part_from(s, at);
    at = t->len;
    cell_put(t, style, false, (stance_str){NULL, 0});
    cell_put(t, style, false, str_of(source->model_id));
    cell_put(t, style, false, str_of(source->views_model_id));
    r.extra = source->document->extra, r.extra_n = source->document->extra_n;
    put_extra_cells(t, style, &r, columns);
    s->behind_view = part_from(s, at);
    for (size_t i = 0; i < source->labels_n && i < STANCE_MAX_LABELS; i++) {
        at = t->len;
        cell_put(t, style, false, str_of(source->labels[i]));
        s->label[i] = part_from(s, at);
    }
    t->failed = t->failed || id.failed;
    strbuf_free(&id);
}

/* Each begins with the delimiter. */

static inline char *pen_cell(char *at, struct cell_style style, stance_str text)
{
    *at = style.delimiter;
    return cell_write(at + 1, style, text);
}

static char *pen_span_cells(char *at, struct cell_style style, stance_span span)
{
    *at++ = style.delimiter;
    if (span.start != STANCE_NONE) at = strbuf_digits(at, span.start);
    *at++ = style.delimiter;
    return span.end != STANCE_NONE ? strbuf_digits(at, span.end) : at;
}

static char *pen_share_cell(char *at, struct cell_style style, bool scored, double share)
{
    *at++ = style.delimiter;
    return scored && isfinite(share) ? json_write_share(at, share) : at;
}

static char *pen_cells(char *at, const struct shared *s, struct cell_style style, const struct record_source *source, const stance_view *v)
{
    const stance_prediction *p = &v->prediction;
    size_t labels = source->labels_n < STANCE_MAX_LABELS ? source->labels_n : STANCE_MAX_LABELS;
    bool scored = v->scored && p->label < labels;
    at = strbuf_digits(pen_part(at, s, s->before_number), v->number);
    at = pen_cell(pen_part(at, s, s->before_view), style, v->speaker);
    at = pen_cell(at, style, str_of(stance_speaker_kind_name(v->speaker_kind)));
    at = pen_cell(at, style, v->mention_text);
    at = pen_span_cells(at, style, v->mention_chars);
    at = pen_cell(at, style, str_of(stance_resolution_name(v->resolved_by)));
    at = pen_cell(at, style, v->via);
    at = pen_cell(at, style, v->cue_text);
    at = pen_span_cells(at, style, v->cue_chars);
    at = pen_cell(at, style, str_of(stance_kind_name(v->kind)));
    at = pen_cell(at, style, v->text);
    at = pen_span_cells(at, style, v->content_chars);
    at = pen_span_cells(at, style, v->content);
    at = pen_cell(at, style, v->target);
    at = scored ? pen_part(at, s, s->label[p->label]) : pen_cell(at, style, (stance_str){NULL, 0});
    for (size_t i = 0; i < labels; i++) at = pen_share_cell(at, style, scored, p->p[i]);
    at = pen_share_cell(at, style, scored, p->margin);
    at = pen_cell(at, style, str_of(scored ? stance_abstention_name(p->abstained) : NULL));
    return pen_part(pen_share_cell(at, style, scored, p->known), s, s->behind_view);
}

void record_put_rows(struct strbuf *out, struct cell_style style, const struct record_source *source, const stance_result *views,
                     const struct record_columns *columns)
{
    struct shared s = {.text = {0}};
    share_cells(&s, style, source, columns);
    out->failed = out->failed || s.text.failed;
    for (size_t i = 0; i < views->n; i++) {
        const stance_view *v = &views->views[i];
        if (!strbuf_reserve(out, room_of(&s, v, CELL_MOST))) break;
        out->len = (size_t)(pen_cells(out->ptr + out->len, &s, style, source, v) - out->ptr);
        out->ptr[out->len] = '\0';
    }
    strbuf_free(&s.text);
}

void record_put_cells(struct strbuf *out, struct cell_style style, const struct record_source *source, const stance_view *view,
                      const struct record_columns *columns)
{
    record_put_rows(out, style, source, &(stance_result){view, 1}, columns);
}

/* ---- records that were read ---- */

/* As list_fields. */
static void list_again(struct record *r, const stance_record *v)
{
    const struct {
        stance_str key, text;
    } first[] = {{KEY("article"), v->article}, {KEY("outlet"), v->outlet},   {KEY("date"), v->date},
                 {KEY("url"), v->url},         {KEY("title"), v->title},     {KEY("speaker"), v->speaker},
                 {KEY("speaker_kind"), v->speaker_kind}, {KEY("speaker_mention"), v->speaker_mention}};
    r->n = 0;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) add_text(r, first[i].key, first[i].text);
    add_span(r, KEY("speaker_start"), KEY("speaker_end"), v->speaker_span);
    add_text(r, KEY("resolved_by"), v->resolved_by);
    add_text(r, KEY("via"), v->via);
    add_text(r, KEY("cue"), v->cue);
    add_span(r, KEY("cue_start"), KEY("cue_end"), v->cue_span);
    add_text(r, KEY("kind"), v->kind);
    add_text(r, KEY("text"), v->text);
    add_span(r, KEY("start"), KEY("end"), v->span);
    add_span(r, KEY("byte_start"), KEY("byte_end"), v->bytes);
    add_text(r, KEY("target"), v->target);
    add_text(r, KEY("stance"), v->stance);
    for (size_t i = 0; i < v->labels_n; i++) add_share(r, LABEL_KEY, v->labels[i], v->p[i]);
    add_share(r, KEY("margin"), (stance_str){NULL, 0}, v->margin);
    add_text(r, KEY("abstained"), v->abstained);
    add_share(r, KEY("known"), (stance_str){NULL, 0}, v->known);
    add_text(r, KEY("duplicate_of"), v->duplicate_of);
    add_text(r, KEY("model"), v->model);
    add_text(r, KEY("views_model"), v->views_model);
    r->extra = v->extra;
    r->extra_n = v->extra_n;
}

void record_put_json_again(struct strbuf *out, const stance_record *record)
{
    struct record r;
    list_again(&r, record);
    put_fields(out, &r, record->id);
    strbuf_char(out, '\n');
}

void record_put_header_again(struct strbuf *out, struct cell_style style, const stance_record *record, const struct record_columns *columns)
{
    struct record r;
    list_again(&r, record);
    put_header(out, style, &r, columns);
}

void record_put_cells_again(struct strbuf *out, struct cell_style style, const stance_record *record, const struct record_columns *columns)
{
    struct record r;
    list_again(&r, record);
    put_cells(out, style, &r, record->id, columns);
}

/* ---- documents and errors ---- */

static const char *code_name(stance_code code)
{
    switch (code) {
#define NAME_CASE(name, status, message)                                                                                       \
    case STANCE_##name: return #name;
        STANCE_CODES(NAME_CASE)
#undef NAME_CASE
    }
    return "UNKNOWN";
}

static void put_count_or_null(struct strbuf *out, const char *key, size_t value)
{
    json_put_key(out, key);
    if (value) strbuf_print(out, "%zu", value);
    else strbuf_add(out, STR("null"));
}

static void put_text(struct strbuf *out, const char *key, stance_str value)
{
    json_put_key(out, key);
    json_put_string(out, value);
}

/* Paths and messages may hold any bytes. */
static void put_any_text(struct strbuf *out, const char *key, stance_str value)
{
    struct strbuf valid = {0};
    if (value.ptr) unicode_repair(value, &valid, NULL);
    put_text(out, key, value.ptr ? strbuf_str(&valid) : value);
    out->failed = out->failed || valid.failed;
    strbuf_free(&valid);
}

static void put_error(struct strbuf *out, const stance_document *d, const stance_error *e)
{
    strbuf_add(out, STR("{\"schema\":\"stance.error/1\""));
    put_any_text(out, "file", d->file);
    put_count_or_null(out, "line", d->line);
    put_count_or_null(out, "byte", d->line ? 0 : e->offset); /* with a line, offset counts lines */
    put_text(out, "article", d->article);
    put_text(out, "code", str_of(code_name(e->code)));
    put_any_text(out, "message", str_of(e->text));
    strbuf_char(out, '}');
}

void record_put_error(struct strbuf *out, const stance_document *document, const stance_error *error)
{
    put_error(out, document, error);
    strbuf_char(out, '\n');
}

static void put_document_fields(struct strbuf *out, const stance_document *d)
{
    put_text(out, "article", d->article);
    put_text(out, "outlet", d->outlet);
    put_text(out, "date", d->date);
    put_text(out, "url", d->url);
    put_text(out, "title", d->title);
    put_text(out, "author", d->author);
    put_text(out, "target", d->target);
    put_text(out, "text", d->extracted ? d->text : (stance_str){NULL, 0});
    for (size_t i = 0; i < d->extra_n; i++) /* the author stands there already */
        if (!str_equal(d->extra[i].name, STR("author"))) record_put_extra(out, &d->extra[i]);
}

void record_put_document(struct strbuf *out, const struct record_source *source, const stance_result *views, const stance_error *error)
{
    strbuf_add(out, STR("{\"schema\":\"stance.document/1\""));
    put_document_fields(out, source->document);
    json_put_key(out, "views");
    strbuf_char(out, '[');
    if (views) put_objects(out, source, views, STR(","), STR(""));
    strbuf_char(out, ']');
    json_put_key(out, "error");
    if (error) put_error(out, source->document, error);
    else strbuf_add(out, STR("null"));
    strbuf_add(out, STR("}\n"));
}
