/* SPDX-License-Identifier: MIT
 * aliases: two spellings of one speaker become one.
 * Method: rows of the user's gazetteer, kept beside the views and looked up when views are read, so that nothing has to be classified again.
 * Limits: whole names; which person a surname means within an article is settled when the article is classified. */
#include "aliases.h"

#include <stdlib.h>

#include "../text/unicode.h"
#include "../views/article.h"

static bool add_alias(stance_store *s, stance_str folded, const struct gazetteer_row *row, stance_error *err)
{
    struct statement *q = store_statement(s, SQL_ADD_ALIAS, err);
    if (!q) return false;
    bind_text(q, 1, folded);
    bind_text(q, 2, row->canonical);
    bind_number(q, 3, row->kind);
    bind_number(q, 4, row->capitals);
    return statement_run(q, err);
}

static bool add_all(stance_store *s, const struct gazetteer *g, stance_error *err)
{
    for (uint32_t i = 0; i < g->aliases.n; i++)
        if (!g->rows[i].place && !add_alias(s, vocab_text(&g->aliases, i), &g->rows[i], err)) return false;
    return true;
}

/* Copies are found anew only when a row is new: reruns with the same file change nothing. */
static bool add_changes(stance_store *s, const struct gazetteer *g, stance_error *err)
{
    int64_t before = database_changes(s->database);
    if (!store_change(s, false, err)) return false;
    if (!add_all(s, g, err)) return store_give_up(s);
    if (database_changes(s->database) != before && !store_change(s, true, err)) return store_give_up(s);
    return stance_store_commit(s, err);
}

bool stance_store_add_speakers(stance_store *s, const char *path, stance_error *err)
{
    struct gazetteer g = {.memory = ARENA_EMPTY};
    bool ok = gazetteer_read(&g, path, err) && add_changes(s, &g, err);
    arena_free(&g.memory);
    vocab_free(&g.aliases);
    free(g.rows);
    return ok;
}

static bool add_row(struct aliases *a, struct statement *q)
{
    void *items = a->items;
    uint32_t id = vocab_add(&a->folded, column_text(q, 0));
    if (id == VOCAB_NONE || !array_reserve(&items, &a->cap, a->folded.n, sizeof *a->items)) return false;
    a->items = items;
    a->items[id] = (struct alias){.kind = (stance_speaker_kind)(column_number(q, 2) & 3), .capitals = column_number(q, 3) != 0};
    return arena_copy(&a->memory, column_text(q, 1), &a->items[id].canonical);
}

bool aliases_load(struct aliases *a, struct database *d, stance_error *err)
{
    struct statement *q = statement_new(d, "SELECT alias, canonical, kind, capitals FROM alias", err);
    int got = -1;
    bool ok = q != NULL;
    while (ok && (got = statement_step(q, err)) > 0) ok = add_row(a, q) || error_nomem(err, "reading a store");
    statement_free(q);
    return ok && got == 0;
}

static bool in_capitals(stance_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z') return false;
    return true;
}

const struct alias *aliases_find(struct aliases *a, stance_str name, bool *failed)
{
    if (!a->folded.n || !name.ptr || !unicode_valid(name)) return NULL;
    strbuf_clear(&a->scratch);
    unicode_fold_plain(name, &a->scratch);
    if (a->scratch.failed) return *failed = true, NULL;
    uint32_t id = vocab_find(&a->folded, strbuf_str(&a->scratch));
    return id == VOCAB_NONE || (a->items[id].capitals && !in_capitals(name)) ? NULL : &a->items[id];
}

void aliases_free(struct aliases *a)
{
    vocab_free(&a->folded);
    free(a->items);
    arena_free(&a->memory);
    strbuf_free(&a->scratch);
    *a = (struct aliases){0};
}
