/* SPDX-License-Identifier: MIT
 * cmd_explain: why a text got its label.
 * Method: the library takes the score apart; here the parts are summed by template and by word. What counts is how much a part favours the best
 * label over the others. Limits: a view of a file is read without its article, so its target is found by name only. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../io/file.h"
#include "../io/json.h"
#include "../text/unicode.h"
#include "common.h"
#include "why.h"

enum { SHOWN = 15, MANY_WORDS = 200, MOST_BYTES = 1 << 20 };

struct subject {
    stance_statement in;
    struct strbuf text, target, cue; /* what in points into */
    const char *id;
};

/* ---- what to explain ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool keep(struct strbuf *to, stance_str from, stance_str *out)
{
    strbuf_add(to, from);
    *out = from.ptr ? strbuf_str(to) : (stance_str){NULL, 0};
    return !to->failed;
}

static bool read_stdin(struct strbuf *raw, stance_error *err)
{
    char chunk[8192];
    size_t got = 1;
    struct file *in = file_open("-", 0, err);
    bool ok = in != NULL;
    while (ok && got && raw->len <= MOST_BYTES) {
        ok = file_read(in, chunk, sizeof chunk, &got, err);
        strbuf_add(raw, (stance_str){chunk, ok ? got : 0});
    }
    if (ok && raw->len > MOST_BYTES)
        ok = error_set(err, STANCE_INPUT, 0, "stdin: over %d bytes; explain takes a statement: run classify on an article, then explain --id ID VIEWS", (int)MOST_BYTES);
    file_close(in);
    return ok;
}

static bool join_words(const struct options *o, struct strbuf *raw, stance_error *err)
{
    if (o->inputs.n == 1 && strcmp(o->inputs.items[0], "-") == 0) return read_stdin(raw, err);
    for (size_t i = 0; i < o->inputs.n; i++) {
        if (i) strbuf_char(raw, ' ');
        strbuf_add(raw, str_of(o->inputs.items[i]));
    }
    return true;
}

static size_t count_words(stance_str text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) n += !is_blank(text.ptr[i]) && (i == 0 || is_blank(text.ptr[i - 1]));
    return n;
}

/* The text as other commands would read it: valid UTF-8, without blanks around it. */
static bool from_words(const struct options *o, struct subject *s, stance_error *err)
{
    struct strbuf raw = {0};
    size_t repaired = 0;
    bool ok = join_words(o, &raw, err);
    if (ok) unicode_repair(str_trim(strbuf_str(&raw)), &s->text, &repaired);
    if (ok && (raw.failed || s->text.failed)) ok = error_nomem(err, "reading the text");
    strbuf_free(&raw);
    s->in.text = strbuf_str(&s->text);
    if (ok && s->in.text.len == 0) ok = error_set(err, STANCE_INPUT, 0, "the text is empty; give a statement, or - and the statement on stdin");
    if (o->target) s->in.target = str_of(o->target);
    if (o->cue) s->in.cue = str_of(o->cue);
    if (repaired) say(o, "%zu invalid byte sequence%s read as U+FFFD", repaired, plural(repaired));
    if (ok && count_words(s->in.text) > MANY_WORDS)
        say(o, "%zu words are taken as one statement; for the views of an article run classify, then explain --id ID VIEWS", count_words(s->in.text));
    return ok;
}

static bool take_record(struct subject *s, const stance_record *r, stance_error *err)
{
    bool ok = keep(&s->text, r->text, &s->in.text) && keep(&s->target, r->target, &s->in.target) && keep(&s->cue, r->cue, &s->in.cue);
    return ok || error_nomem(err, "reading the view");
}

/* 1: found, 0: not in this file, -1: failed. */
static int find_record(const char *path, const struct options *o, struct subject *s, stance_error *err)
{
    stance_record record;
    stance_record_reader *in = stance_record_reader_open(path, o->input_format, err);
    int found = in ? 0 : -1;
    while (found == 0) {
        int got = stance_record_reader_next(in, &record, err);
        if (got == 0) break;
        if (got < 0 && (err->code == STANCE_NOMEM || stance_record_reader_fatal(in))) found = -1;
        if (got > 0 && str_equal(record.id, str_of(o->id))) found = take_record(s, &record, err) ? 1 : -1;
    }
    stance_record_reader_free(in);
    return found;
}

/* As find_record. */
static int find_stored(const char *path, const struct options *o, struct subject *s, stance_error *err)
{
    stance_document document;
    stance_record record;
    stance_store *store = stance_store_open(path, false, err);
    int got, found = store && stance_store_rewind(store, true, err) ? 0 : -1;
    while (found == 0 && (got = stance_store_next(store, &document, &record, err)) != 0) {
        if (got < 0) found = -1;
        if (got == 1 && str_equal(record.id, str_of(o->id))) found = take_record(s, &record, err) ? 1 : -1;
    }
    stance_store_free(store);
    return found;
}

static bool from_views(const struct options *o, struct subject *s, stance_error *err)
{
    for (size_t i = 0; i < o->inputs.n; i++) {
        const char *path = o->inputs.items[i];
        int found = stance_store_is(path) ? find_stored(path, o, s, err) : find_record(path, o, s, err);
        if (found) return found > 0;
    }
    return error_set(err, STANCE_INPUT, 0, "no view has the id %s; ids look like ARTICLE:3 and stand in the column id", o->id);
}

static void subject_free(struct subject *s)
{
    strbuf_free(&s->text);
    strbuf_free(&s->target);
    strbuf_free(&s->cue);
}

/* ---- sums ---- */

static double template_sum(const stance_explained *e, const char *name, double *label_sum, size_t *features)
{
    double sum = 0;
    *features = 0;
    memset(label_sum, 0, e->labels * sizeof *label_sum);
    for (size_t i = 0; i < e->n; i++) {
        if (strcmp(e->items[i].template_name, name) != 0) continue;
        ++*features;
        sum += e->items[i].decisive;
        for (size_t l = 0; l < e->labels; l++) label_sum[l] += e->items[i].part[l];
    }
    return sum;
}

/* ---- the page ---- */

struct page {
    struct strbuf *out;
    const stance_model *model;
    const stance_explained *e;
    const struct subject *s;
    const double *bytes;
    bool color;
};

static size_t word_end(stance_str text, size_t i)
{
    while (i < text.len && !is_blank(text.ptr[i])) i++;
    return i;
}

static double word_sum(const double *bytes, size_t from, size_t to)
{
    double sum = 0;
    for (size_t i = from; i < to; i++) sum += bytes[i];
    return sum;
}

static double strongest_word(const struct page *p)
{
    stance_str text = p->s->in.text;
    double most = 0;
    for (size_t i = 0, end; i < text.len; i = end + 1) {
        end = word_end(text, i);
        most = fmax(most, fabs(word_sum(p->bytes, i, end)));
    }
    return most;
}

/* On a terminal words that speak for the label are green, against it red, strong ones bold; elsewhere strong ones carry their figure. */
static void put_word(struct page *p, stance_str word, double sum, double most)
{
    bool strong = most > 0 && fabs(sum) > 0.35 * most, some = most > 0 && fabs(sum) > 0.12 * most;
    if (p->color && some) {
        strbuf_print(p->out, "\033[%s%dm", strong ? "1;" : "", sum > 0 ? 32 : 31);
        strbuf_add(p->out, word);
        strbuf_print(p->out, "\033[0m");
        return;
    }
    strbuf_add(p->out, word);
    if (!p->color && strong) strbuf_print(p->out, "(%+.2f)", sum);
}

static void put_text(struct page *p)
{
    stance_str text = p->s->in.text;
    double most = strongest_word(p);
    for (size_t i = 0, end; i < text.len; i = end) {
        end = word_end(text, i);
        if (end > i) put_word(p, str_slice(text, i, end), word_sum(p->bytes, i, end), most);
        else strbuf_char(p->out, text.ptr[end++]);
    }
    strbuf_add(p->out, STR("\n\n"));
}

static void put_row(struct page *p, const char *name, const double *parts, double decisive)
{
    strbuf_print(p->out, "%-12s", name);
    for (size_t l = 0; l < p->e->labels; l++) strbuf_print(p->out, " %12.6f", parts[l]);
    strbuf_print(p->out, " %12.6f\n", decisive);
}

static void put_templates(struct page *p)
{
    double sums[STANCE_MAX_LABELS];
    const char *best = stance_model_label(p->model, p->e->prediction.label);
    size_t features;
    strbuf_print(p->out, "%-12s", "template");
    for (size_t l = 0; l < p->e->labels; l++) strbuf_print(p->out, " %12s", stance_model_label(p->model, l));
    strbuf_print(p->out, " %12s\n", "decides");
    for (size_t i = 0; stance_template_name(i); i++) {
        double decisive = template_sum(p->e, stance_template_name(i), sums, &features);
        if (features) put_row(p, stance_template_name(i), sums, decisive);
    }
    double bias = 0;
    for (size_t l = 0; l < p->e->labels; l++) bias += l == p->e->prediction.label ? 0 : p->e->bias[l] / (double)(p->e->labels - 1);
    put_row(p, "(bias)", p->e->bias, p->e->bias[p->e->prediction.label] - bias);
    put_row(p, "score", p->e->score, 0);
    strbuf_print(p->out, "\ndecides: how much it favours %s over the other labels\n\n", best);
}

static void put_features(struct page *p)
{
    strbuf_print(p->out, "%12s  %s\n", "decides", "feature");
    for (size_t i = 0; i < p->e->n && i < SHOWN; i++) {
        strbuf_print(p->out, "%12.6f  ", p->e->items[i].decisive);
        strbuf_add(p->out, p->e->items[i].key);
        strbuf_char(p->out, '\n');
    }
    if (p->e->n > SHOWN) strbuf_print(p->out, "%12s  and %zu more (-f json shows all)\n", "", p->e->n - SHOWN);
}

static void put_page(struct page *p)
{
    const stance_prediction *y = &p->e->prediction;
    put_text(p);
    strbuf_print(p->out, "stance %s", stance_model_label(p->model, y->label));
    for (size_t l = 0; l < p->e->labels; l++) strbuf_print(p->out, "%s%s %.4f", l ? ", " : "  (", stance_model_label(p->model, l), y->p[l]);
    strbuf_print(p->out, "), margin %.4f, known %.4f", y->margin, y->known);
    if (y->abstained) strbuf_print(p->out, ", abstained: %s", stance_abstention_name(y->abstained));
    strbuf_add(p->out, STR("\n\n"));
    put_templates(p);
    put_features(p);
}

/* ---- JSON ---- */

static void json_figures(struct strbuf *out, const stance_model *m, const char *key, const double *v)
{
    json_put_key(out, key);
    strbuf_char(out, '{');
    for (size_t l = 0; l < stance_model_labels(m); l++) {
        json_put_key(out, stance_model_label(m, l));
        json_put_number(out, v[l]);
    }
    strbuf_char(out, '}');
}

static void json_item(struct page *p, const stance_contribution *c)
{
    strbuf_char(p->out, '{');
    json_put_key(p->out, "feature");
    json_put_string(p->out, c->key);
    json_put_key(p->out, "template");
    json_put_string(p->out, str_of(c->template_name));
    json_put_key(p->out, "value");
    json_put_number(p->out, c->value);
    json_put_key(p->out, "decides");
    json_put_number(p->out, c->decisive);
    json_figures(p->out, p->model, "parts", c->part);
    json_put_key(p->out, "bytes");
    strbuf_char(p->out, '[');
    for (size_t k = 0; k < c->at_n; k++) strbuf_print(p->out, "%s[%zu,%zu]", k ? "," : "", c->at[k].start, c->at[k].end);
    strbuf_add(p->out, STR("]}"));
}

static void put_json(struct page *p)
{
    const stance_prediction *y = &p->e->prediction;
    strbuf_add(p->out, STR("{\"schema\":\"stance.explanation/1\""));
    json_put_key(p->out, "text");
    json_put_string(p->out, p->s->in.text);
    json_put_key(p->out, "target");
    json_put_string(p->out, p->s->in.target);
    json_put_key(p->out, "cue");
    json_put_string(p->out, p->s->in.cue);
    json_put_key(p->out, "stance");
    json_put_string(p->out, str_of(stance_model_label(p->model, y->label)));
    json_figures(p->out, p->model, "p", y->p);
    json_put_key(p->out, "margin");
    json_put_number(p->out, y->margin);
    json_put_key(p->out, "abstained");
    json_put_string(p->out, str_of(stance_abstention_name(y->abstained)));
    json_put_key(p->out, "known");
    json_put_number(p->out, y->known);
    json_figures(p->out, p->model, "score", p->e->score);
    json_figures(p->out, p->model, "bias", p->e->bias);
    json_put_key(p->out, "features");
    strbuf_char(p->out, '[');
    for (size_t i = 0; i < p->e->n; i++) {
        if (i) strbuf_char(p->out, ',');
        json_item(p, &p->e->items[i]);
    }
    strbuf_add(p->out, STR("]}\n"));
}

/* ---- the command ---- */

static bool write_page(const struct options *o, const stance_model *model, const stance_explained *e, const struct subject *s, struct strbuf *out,
                       stance_error *err)
{
    const char *format = options_format(o, "table");
    double *bytes = calloc(s->in.text.len + 1, sizeof *bytes);
    if (bytes) why_weigh(e, s->in.text, bytes);
    struct page page = {out, model, e, s, bytes, use_color(o)};
    bool json = strcmp(format, "json") == 0 || strcmp(format, "jsonl") == 0;
    bool ok = json || strcmp(format, "table") == 0 || error_set(err, STANCE_USAGE, 0, "-f %s: explain writes table or json", format);
    if (ok && !bytes) ok = error_nomem(err, "explaining");
    if (ok && json) put_json(&page);
    else if (ok) put_page(&page);
    free(bytes);
    return ok && (!out->failed || error_nomem(err, "explaining"));
}

int cmd_explain(const struct options *o)
{
    stance_error err = {0};
    struct subject s = {.in = {.target_span = {STANCE_NONE, STANCE_NONE}}};
    struct strbuf text = {0};
    struct writer *w = NULL;
    stance_model *model = open_model(o, &err);
    stance_scorer *scorer = model ? stance_scorer_new(model, &err) : NULL;
    bool ok = scorer && (o->id ? from_views(o, &s, &err) : from_words(o, &s, &err));
    stance_explanation *e = ok ? stance_explain(scorer, model, &s.in, o->min_margin, &err) : NULL;
    ok = e && write_page(o, model, stance_explanation_of(e), &s, &text, &err);
    ok = ok && (w = writer_open(o->output, &err)) != NULL && writer_write(w, strbuf_str(&text), &err);
    int status = close_output(w, ok, STANCE_OK, &err);
    stance_explanation_free(e);
    stance_scorer_free(scorer);
    stance_model_free(model);
    strbuf_free(&text);
    subject_free(&s);
    return status;
}
