/* SPDX-License-Identifier: MIT
 * settling: which views are copies of one another, noted in the file.
 * Method: all views are read and grouped as a report would, in an order that does not depend on when they were put; what has changed is written.
 * So a report of the whole store reads the groups instead of comparing texts. Limits: all views every time, some 3 µs and 250 bytes each. */
#include <stdlib.h>

#include "../io/date.h"
#include "../report/duplicates.h"
#include "reading.h"

struct copies {
    struct duplicates found;
    struct noted {
        int64_t view, first; /* first: as the file has it, 0 for none */
    } *noted;           /* [found.n] */
    size_t cap;
    uint32_t *rank;     /* [documents]: they come in order */
    size_t documents, rank_cap;
};

static bool is_settled(stance_store *s, bool *settled, stance_error *err)
{
    struct statement *q = store_statement(s, SQL_SETTLED, err);
    int got = q ? statement_step(q, err) : -1;
    *settled = got > 0 && column_number(q, 0) != 0;
    if (got > 0) statement_reset(q);
    return got >= 0;
}

static bool add_document(struct copies *c)
{
    void *rank = c->rank;
    if (!array_reserve(&rank, &c->rank_cap, c->documents + 1, sizeof *c->rank)) return false;
    c->rank = rank;
    c->rank[c->documents] = (uint32_t)c->documents;
    c->documents++;
    return true;
}

static bool add_view(struct copies *c, const stance_record *r, const char *day, struct noted noted)
{
    void *items = c->noted;
    if (!array_reserve(&items, &c->cap, c->found.n + 1, sizeof *c->noted)) return false;
    c->noted = items;
    c->noted[c->found.n] = noted;
    return duplicates_add(&c->found, r, (uint32_t)(c->documents - 1), day, true);
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
        struct noted noted = {reading_view(s->reading), reading_first(s->reading)};
        bool ok = got == 2 ? add_document(c) : add_view(c, &r, dated ? date : NULL, noted);
        if (got == 2) dated = d.date.ptr && date_normalise(d.date, date);
        if (!ok) return error_nomem(err, "finding copies");
    }
    return got == 0;
}

static bool write_all(stance_store *s, const struct copies *c, stance_error *err)
{
    struct statement *q = store_statement(s, SQL_SET_FIRST, err), *done = store_statement(s, SQL_SETTLE, err);
    bool ok = q && done;
    for (size_t i = 0; ok && i < c->found.n; i++) {
        uint32_t at = c->found.first[i];
        int64_t first = at == i ? 0 : c->noted[at].view;
        if (first == c->noted[i].first) continue;
        bind_number(q, 1, c->noted[i].view);
        bind_position(q, 2, first ? (size_t)first : STANCE_NONE);
        ok = statement_run(q, err);
    }
    return ok && statement_run(done, err);
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
    free(c.rank);
    return ok ? stance_store_commit(s, err) : store_give_up(s);
}
