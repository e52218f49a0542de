/* SPDX-License-Identifier: MIT
 * partial: what a report needs of its views, as JSON lines: a head with the options, views and articles, and an end that closes the part.
 * Method: no sum is exact once copies and the bootstrap are asked for, so views are carried, without what no number depends on; whole when
 * they are to be shown. Limits: some 350 bytes a view before packing, 900 when whole. */
#include "partial.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../io/extra.h"
#include "../io/json.h"
#include "../io/view_record.h"
#include "measured.h"
#include "record_json.h"

struct stance_partial {
    struct counts counts;   /* its options and filters; nothing is counted in it */
    struct strbuf out;
    bool whole;             /* views with all their fields */
    bool taken;             /* out was handed over */
    size_t views;
    uint64_t print;         /* of all lines, in their order */
};

/* ---- the head ---- */

#define AT(member) offsetof(stance_report_options, member)
static const struct part_field fields[] = {
    {"by", PART_TEXT, AT(by), false},           {"title", PART_TEXT, AT(title), true},       {"since", PART_TEXT, AT(since), false},
    {"until", PART_TEXT, AT(until), false},     {"speaker", PART_TEXT, AT(speaker), false},  {"outlet", PART_TEXT, AT(outlet), false},
    {"target", PART_TEXT, AT(target), false},   {"kind", PART_TEXT, AT(kind), false},        {"sort", PART_TEXT, AT(sort), true},
    {"dedup", PART_TEXT, AT(dedup), false},     {"adjust", PART_TEXT, AT(adjust), false},    {"measured", PART_TEXT, AT(measured), false},
    {"measured_by", PART_TEXT, AT(measured_by), false}, {"recall", PART_TEXT, AT(recall), false}, {"recall_by", PART_TEXT, AT(recall_by), false},
    {"accuracy", PART_TEXT, AT(accuracy), true}, {"min_n", PART_COUNT, AT(min_n), true},      {"top", PART_COUNT, AT(top), true},
    {"examples", PART_COUNT, AT(examples), true}, {"draws", PART_COUNT, AT(draws), true},     {"seed", PART_COUNT, AT(seed), true},
    {"level", PART_NUMBER, AT(level), true},
};
#undef AT

_Static_assert(sizeof(size_t) == sizeof(uint64_t), "numbers of options are of one size");

const struct part_field *part_field(size_t i)
{
    return i < sizeof fields / sizeof *fields ? &fields[i] : NULL;
}

void part_key(size_t i, char out[PART_KEY_SIZE])
{
    snprintf(out, PART_KEY_SIZE, "key.%zu", i);
}

static void put_option(struct strbuf *out, const struct part_field *f, const stance_report_options *o)
{
    const char *at = (const char *)o + f->offset;
    const char *text = f->type == PART_TEXT ? *(const char *const *)(const void *)at : NULL;
    if (f->type == PART_TEXT && !text) return;
    json_put_key(out, f->name);
    if (f->type == PART_TEXT) json_put_string(out, str_of(text));
    if (f->type == PART_COUNT) strbuf_print(out, "%zu", *(const size_t *)(const void *)at);
    if (f->type == PART_NUMBER) json_put_number(out, *(const double *)(const void *)at);
}

/* A confusion from a file goes into the head as measured, since the file will not be there. */
static void put_head(stance_partial *p, const stance_report_options *options)
{
    stance_report_options own = *options;
    struct strbuf measured = {0};
    const struct part_field *f;
    own.by = p->counts.options.by;
    if (own.confusion && p->counts.adjust != ADJUST_NONE) measured_of_confusion(&p->counts.confusion, &measured);
    if (measured.ptr) own.measured = measured.ptr;
    strbuf_add(&p->out, STR("{\"schema\":\"stance.part/1\""));
    for (size_t i = 0; (f = part_field(i)); i++) put_option(&p->out, f, &own);
    strbuf_print(&p->out, ",\"whole\":%s}\n", p->whole ? "true" : "false");
    p->out.failed = p->out.failed || measured.failed;
    strbuf_free(&measured);
}

stance_partial *stance_partial_new(const stance_report_options *options, stance_error *err)
{
    static const stance_report_options none = {0};
    stance_partial *p = calloc(1, sizeof *p);
    if (!options) options = &none;
    if (!p) error_nomem(err, "starting a part of a report");
    if (p && counts_init(&p->counts, options, err)) {
        p->whole = options->examples || options->page || p->counts.claim != COUNTS_NO_CLAIM;
        put_head(p, options);
        if (!p->out.failed) return p;
        error_nomem(err, "starting a part of a report");
    }
    stance_partial_free(p);
    return NULL;
}

void stance_partial_free(stance_partial *p)
{
    if (!p) return;
    counts_free(&p->counts);
    strbuf_free(&p->out);
    free(p);
}

/* ---- views and articles ---- */

/* What numbers depend on; the shares of all labels besides. */
static bool is_needed(const struct record_field *f)
{
    static const char *const needed[] = {"id", "article", "outlet", "date", "speaker", "speaker_kind", "kind", "text", "start", "target", "stance", "abstained",
                                         "model", "views_model"};
    for (size_t i = 0; f->name && i < sizeof needed / sizeof *needed; i++)
        if (strcmp(f->name, needed[i]) == 0) return true;
    return !f->name;
}

static bool is_null(const struct record_field *f, const stance_record *r)
{
    const void *at = record_at(r, f);
    return (f->type == FIELD_TEXT && !((const stance_str *)at)->ptr) || (f->type == FIELD_POSITION && *(const size_t *)at == STANCE_NONE) ||
           (f->type == FIELD_NUMBER && isnan(*(const double *)at));
}

/* Those of the input by their own names, others by their number. */
static void put_columns(stance_partial *p, const stance_record *record)
{
    const struct counts *c = &p->counts;
    char key[PART_KEY_SIZE];
    for (size_t i = 0; i < c->keys; i++) {
        if (c->dimension[i] || extra_find(record->extra, record->extra_n, str_of(c->key[i]))) continue;
        part_key(i, key);
        json_put_key(&p->out, key);
        json_put_string(&p->out, counts_column(c, i, record, false));
    }
}

static void put_extras(stance_partial *p, const stance_extra *extra, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        bool needed = p->whole;
        for (size_t k = 0; !needed && k < p->counts.keys; k++) needed = !p->counts.dimension[k] && str_equal(extra[i].name, str_of(p->counts.key[k]));
        if (needed) record_put_extra(&p->out, &extra[i]);
    }
}

/* Empties what was handed over. */
static void begin_line(stance_partial *p)
{
    if (p->taken) strbuf_clear(&p->out);
    p->taken = false;
}

static bool end_line(stance_partial *p, size_t start, stance_error *err)
{
    strbuf_add(&p->out, STR("}\n"));
    if (p->out.failed) return error_nomem(err, "writing a part of a report");
    p->print = str_hash64(str_slice(strbuf_str(&p->out), start, p->out.len), p->print);
    return true;
}

bool stance_partial_add(stance_partial *p, const stance_record *record, stance_error *err)
{
    const struct record_field *f;
    bool wants;
    if (!counts_wants(&p->counts, record, &wants, err)) return false;
    if (!wants) return true;
    begin_line(p);
    size_t start = p->out.len;
    strbuf_char(&p->out, '{');
    for (size_t i = 0; (f = record_field(i)); i++)
        if ((p->whole || is_needed(f)) && !is_null(f, record)) record_json_put(&p->out, f, record);
    put_columns(p, record);
    put_extras(p, record->extra, record->extra_n);
    p->views++;
    return end_line(p, start, err);
}

bool stance_partial_add_article(stance_partial *p, const stance_document *document, stance_error *err)
{
    bool wants;
    if (!counts_wants_article(&p->counts, document, &wants, err)) return false;
    if (!wants) return true;
    begin_line(p);
    size_t start = p->out.len;
    strbuf_add(&p->out, STR("{\"schema\":\"stance.document/1\""));
    const struct {
        const char *name;
        stance_str text;
    } all[] = {{"article", document->article}, {"outlet", document->outlet}, {"date", document->date}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        json_put_key(&p->out, all[i].name);
        json_put_string(&p->out, all[i].text);
    }
    put_extras(p, document->extra, document->extra_n);
    return end_line(p, start, err);
}

/* ---- handing over ---- */

static void put_end(stance_partial *p)
{
    strbuf_print(&p->out, "{\"schema\":\"stance.part.end/1\",\"views\":%zu,\"left_out\":%zu,\"undated\":%zu,\"articles_given\":%s,\"print\":\"%016llx\"}\n",
                 p->views, p->counts.left_out, p->counts.undated, p->counts.articles_given ? "true" : "false", (unsigned long long)p->print);
}

bool stance_partial_take(stance_partial *p, bool last, stance_str *out, stance_error *err)
{
    begin_line(p);
    if (last) put_end(p);
    if (p->out.failed) return error_nomem(err, "writing a part of a report");
    *out = strbuf_str(&p->out);
    p->taken = true;
    return true;
}
