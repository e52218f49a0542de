/* SPDX-License-Identifier: MIT
 * examples: deep copies of records, kept in order of rank.
 * Method: insertion sort; one block of memory per record. Limits: linear in `limit` per offer that is taken. */
#include "examples.h"

#include <stdlib.h>

#include "../text/unicode.h"
#include "fields.h"

struct example {
    double rank;
    size_t view;
    stance_record record;
    struct strbuf text;   /* what the record's strings point into */
    stance_str *labels;
    stance_extra *extra;
};

/* Appends a copy of s; the result has its length, but still the old pointer, since the buffer can move. */
static stance_str put(struct strbuf *text, stance_str s)
{
    size_t before = text->len;
    if (!s.ptr) return s;
    if (unicode_valid(s)) strbuf_add(text, s);
    else unicode_repair(s, text, NULL);
    return (stance_str){s.ptr, text->len - before};
}

/* The same string at its place in the buffer. */
static stance_str point(const struct strbuf *text, size_t *at, stance_str s)
{
    if (!s.ptr) return s;
    *at += s.len;
    return str_slice(strbuf_str(text), *at - s.len, *at);
}

static stance_str *text_at(stance_record *r, const struct record_field *f)
{
    return (stance_str *)(void *)((char *)r + f->offset);
}

static void copy_strings(struct example *x, const stance_record *r)
{
    const struct record_field *f;
    size_t at = 0;
    for (size_t i = 0; (f = record_field(i)); i++)
        if (f->type == FIELD_TEXT) *text_at(&x->record, f) = put(&x->text, *text_at(&x->record, f));
    for (size_t i = 0; i < r->labels_n; i++) x->labels[i] = put(&x->text, r->labels[i]);
    for (size_t i = 0; i < r->extra_n; i++) x->extra[i] = (stance_extra){put(&x->text, r->extra[i].name), put(&x->text, r->extra[i].value)};
    for (size_t i = 0; (f = record_field(i)); i++)
        if (f->type == FIELD_TEXT) *text_at(&x->record, f) = point(&x->text, &at, *text_at(&x->record, f));
    for (size_t i = 0; i < r->labels_n; i++) x->labels[i] = point(&x->text, &at, x->labels[i]);
    for (size_t i = 0; i < r->extra_n; i++) {
        x->extra[i].name = point(&x->text, &at, x->extra[i].name);
        x->extra[i].value = point(&x->text, &at, x->extra[i].value);
    }
    x->record.labels = x->labels;
    x->record.extra = x->extra;
}

static void example_free(struct example *x)
{
    if (!x) return;
    strbuf_free(&x->text);
    free(x->labels);
    free(x->extra);
    free(x);
}

static struct example *example_new(double rank, const stance_record *r)
{
    struct example *x = calloc(1, sizeof *x);
    if (!x) return NULL;
    x->rank = rank;
    x->record = *r;
    x->labels = calloc(r->labels_n + 1, sizeof *x->labels);
    x->extra = calloc(r->extra_n + 1, sizeof *x->extra);
    if (x->labels && x->extra) copy_strings(x, r);
    if (x->labels && x->extra && !x->text.failed) return x;
    example_free(x);
    return NULL;
}

/* Whether a stands before x: never by the order of their coming, unless they have all texts in common. */
static bool before(double rank, const stance_record *r, const struct example *x)
{
    const struct record_field *f;
    int order = 0;
    if (rank > x->rank || rank < x->rank) return rank > x->rank;
    for (size_t i = 0; order == 0 && (f = record_field(i)); i++)
        if (f->type == FIELD_TEXT) order = str_compare(*(const stance_str *)record_at(r, f), *(const stance_str *)record_at(&x->record, f));
    return order < 0;
}

bool examples_offer(struct examples *e, size_t limit, double rank, size_t view, const stance_record *record, stance_error *err)
{
    void *items = e->items;
    if (limit == 0 || (e->n == limit && !before(rank, record, e->items[e->n - 1]))) return true;
    if (!array_reserve(&items, &e->cap, e->n + 1, sizeof *e->items)) return error_nomem(err, "keeping examples");
    e->items = items;
    struct example *x = example_new(rank, record);
    if (!x) return error_nomem(err, "keeping examples");
    x->view = view;
    if (e->n == limit) example_free(e->items[--e->n]);
    size_t at = e->n++;
    for (; at > 0 && before(rank, &x->record, e->items[at - 1]); at--) e->items[at] = e->items[at - 1];
    e->items[at] = x;
    return true;
}

stance_record *examples_record(const struct examples *e, size_t i)
{
    return &e->items[i]->record;
}

size_t examples_view(const struct examples *e, size_t i)
{
    return e->items[i]->view;
}

void examples_free(struct examples *e)
{
    for (size_t i = 0; i < e->n; i++) example_free(e->items[i]);
    free(e->items);
    *e = (struct examples){0};
}
