/* SPDX-License-Identifier: MIT
 * examples: deep copies of records, kept in order of rank.
 * Method: insertion sort; one block of memory per record. Limits: linear in `limit` per offer that is taken. */
#include "examples.h"

#include <stdlib.h>
#include <string.h>

#include "../text/unicode.h"
#include "fields.h"

struct example {
    double rank;
    stance_record record;
    struct strbuf text;   /* what the record's strings point into */
    stance_str *labels;
};

/* Strings are appended first and pointed to once the buffer no longer moves. */
static void put(struct strbuf *text, stance_str s)
{
    if (!s.ptr) return;
    if (unicode_valid(s)) strbuf_add(text, s);
    else unicode_repair(s, text, NULL);
}

static void copy_text(struct example *x, const stance_record *r)
{
    const struct record_field *f;
    for (size_t i = 0; (f = record_field(i)); i++)
        if (f->type == FIELD_TEXT) put(&x->text, *(const stance_str *)record_at(r, f));
    for (size_t i = 0; i < r->labels_n; i++) put(&x->text, r->labels[i]);
}

/* The length s has after repair, cut off the front of *rest. */
static stance_str take(stance_str s, stance_str *rest, struct strbuf *scratch)
{
    if (!s.ptr) return s;
    strbuf_clear(scratch);
    put(scratch, s);
    stance_str own = str_slice(*rest, 0, scratch->len);
    *rest = str_slice(*rest, scratch->len, rest->len);
    return own;
}

static void point(struct example *x, const stance_record *r, struct strbuf *scratch)
{
    stance_str rest = strbuf_str(&x->text);
    const struct record_field *f;
    for (size_t i = 0; (f = record_field(i)); i++) {
        if (f->type != FIELD_TEXT) continue;
        stance_str own = take(*(const stance_str *)record_at(r, f), &rest, scratch);
        memcpy((char *)&x->record + f->offset, &own, sizeof own);
    }
    for (size_t i = 0; i < r->labels_n; i++) x->labels[i] = take(r->labels[i], &rest, scratch);
    x->record.labels = x->labels;
}

static void example_free(struct example *x)
{
    if (!x) return;
    strbuf_free(&x->text);
    free(x->labels);
    free(x);
}

static struct example *example_new(double rank, const stance_record *r)
{
    struct strbuf scratch = {0};
    struct example *x = calloc(1, sizeof *x);
    if (!x) return NULL;
    x->rank = rank;
    x->record = *r;
    x->labels = calloc(r->labels_n + 1, sizeof *x->labels);
    copy_text(x, r);
    bool ok = x->labels && !x->text.failed;
    if (ok) point(x, r, &scratch);
    ok = ok && !scratch.failed;
    strbuf_free(&scratch);
    if (ok) return x;
    example_free(x);
    return NULL;
}

bool examples_offer(struct examples *e, size_t limit, double rank, const stance_record *record, stance_error *err)
{
    void *items = e->items;
    if (limit == 0 || (e->n == limit && e->items[e->n - 1]->rank >= rank)) return true;
    if (!array_reserve(&items, &e->cap, e->n + 1, sizeof *e->items)) return error_nomem(err, "keeping examples");
    e->items = items;
    struct example *x = example_new(rank, record);
    if (!x) return error_nomem(err, "keeping examples");
    if (e->n == limit) example_free(e->items[--e->n]);
    size_t at = e->n++;
    for (; at > 0 && e->items[at - 1]->rank < rank; at--) e->items[at] = e->items[at - 1];
    e->items[at] = x;
    return true;
}

const stance_record *examples_record(const struct examples *e, size_t i)
{
    return &e->items[i]->record;
}

void examples_free(struct examples *e)
{
    for (size_t i = 0; i < e->n; i++) example_free(e->items[i]);
    free(e->items);
    *e = (struct examples){0};
}
