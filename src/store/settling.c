/* SPDX-License-Identifier: MIT
 * settling: which views are copies of one another, noted in the file.
 * Method: all views are read and grouped as a report would, in an order that does not depend on when they were put; what has changed is written.
 * So a report of the whole store reads the groups instead of comparing texts. Limits: all views every time, some 10 µs and 300 bytes each. */
#include <stdlib.h>

#include "../io/date.h"
#include "../report/duplicates.h"
#include "reading.h"

struct copies {
    struct duplicates found;
    struct noted {
        int64_t view, first; /* first: as the file has it, 0 for none */
        size_t packed_end;   /* of its digest, but for the first */
    } *noted;           /* [found.n] */
    size_t cap;
    struct strbuf packed;
    struct holder {
        int64_t document;
        size_t views_end;
    } *holders;         /* [documents] in order */
    uint32_t *rank;     /* [documents]: 0, 1, 2, ... */
    size_t documents, holder_cap, rank_cap;
};

static bool is_settled(stance_store *s, bool *settled, stance_error *err)
{
    struct statement *q = store_statement(s, SQL_SETTLED, err);
    int got = q ? statement_step(q, err) : -1;
    *settled = got > 0 && column_number(q, 0) != 0;
    if (got > 0) statement_reset(q);
    return got >= 0;
}

static bool add_document(struct copies *c, int64_t document)
{
    void *rank = c->rank, *holders = c->holders;
    bool ok = array_reserve(&rank, &c->rank_cap, c->documents + 1, sizeof *c->rank);
    c->rank = rank;
    ok = ok && array_reserve(&holders, &c->holder_cap, c->documents + 1, sizeof *c->holders);
    c->holders = holders;
    if (!ok) return false;
    c->rank[c->documents] = (uint32_t)c->documents;
    c->holders[c->documents++] = (struct holder){document, c->found.n};
    return true;
}

/* The record is as a report gets it, corrected; a digest is of the row as it is. */
static bool add_view(struct copies *c, const stance_record *r, const char *day, const struct view_row *row)
{
    void *items = c->noted;
    struct holder *holder = &c->holders[c->documents - 1];
    bool begins = holder->views_end == c->found.n && (c->documents == 1 ? c->found.n == 0 : c->holders[c->documents - 2].views_end == c->found.n);
    if (!array_reserve(&items, &c->cap, c->found.n + 1, sizeof *c->noted)) return false;
    c->noted = items;
    digest_put(&c->packed, row, begins ? schema_view(holder->document, 0) : c->noted[c->found.n - 1].view);
    c->noted[c->found.n] = (struct noted){row->id, row->first, c->packed.len};
    holder->views_end = c->found.n + 1;
    return !c->packed.failed && duplicates_add(&c->found, r, (uint32_t)(c->documents - 1), day, str_hash(r->id, 0), true);
}

static bool read_all(stance_store *s, struct copies *c, stance_error *err)
{
    stance_document d;
    stance_record r;
    char date[11];
    bool dated = false;
    int got;
    if (!stance_store_rewind(s, true, err)) return false;
    while ((got = stance_store_next(s, &d, &r, err)) > 0) {
        bool ok = got == 2 ? add_document(c, reading_document(s->reading)) : add_view(c, &r, dated ? date : NULL, reading_row(s->reading));
        if (got == 2) dated = d.date.ptr && date_normalise(d.date, date);
        if (!ok) return error_nomem(err, "finding copies");
    }
    return got == 0;
}

static int64_t first_of(const struct copies *c, size_t view)
{
    uint32_t at = c->found.first[view];
    return at == view ? 0 : c->noted[at].view;
}

static bool write_firsts(stance_store *s, const struct copies *c, stance_error *err)
{
    struct statement *q = store_statement(s, SQL_SET_FIRST, err);
    bool ok = q != NULL;
    for (size_t i = 0; ok && i < c->found.n; i++) {
        int64_t first = first_of(c, i);
        if (first == c->noted[i].first) continue;
        bind_number(q, 1, c->noted[i].view);
        bind_position(q, 2, first ? (size_t)first : STANCE_NONE);
        ok = statement_run(q, err);
    }
    return ok;
}

static bool write_digests(stance_store *s, const struct copies *c, stance_error *err)
{
    struct statement *q = store_statement(s, SQL_PUT_DIGEST, err);
    bool ok = q != NULL;
    size_t at = 0, view = 0;
    for (size_t i = 0; ok && i < c->documents; i++) {
        strbuf_clear(&s->scratch);
        for (; view < c->holders[i].views_end; at = c->noted[view++].packed_end) {
            strbuf_add(&s->scratch, str_slice(strbuf_str(&c->packed), at, c->noted[view].packed_end));
            digest_put_first(&s->scratch, first_of(c, view));
        }
        bind_number(q, 1, c->holders[i].document);
        bind_bytes(q, 2, strbuf_str(&s->scratch));
        ok = s->scratch.failed ? error_nomem(err, "finding copies") : statement_run(q, err);
    }
    return ok;
}

static bool write_all(stance_store *s, const struct copies *c, stance_error *err)
{
    struct statement *done = store_statement(s, SQL_SETTLE, err);
    return done && write_firsts(s, c, err) && write_digests(s, c, err) && statement_run(done, err);
}

bool stance_store_settle(stance_store *s, stance_error *err)
{
    bool settled;
    struct copies c = {0};
    if (!is_settled(s, &settled, err)) return false;
    if (settled) return stance_store_commit(s, err);
    bool ok = store_change(s, false, err) && read_all(s, &c, err);
    ok = ok && (duplicates_find(&c.found, DEDUP_NEAR, c.rank) || error_nomem(err, "finding copies")) && write_all(s, &c, err);
    duplicates_free(&c.found);
    free(c.noted);
    free(c.holders);
    free(c.rank);
    strbuf_free(&c.packed);
    return ok ? stance_store_commit(s, err) : store_give_up(s);
}
