/* SPDX-License-Identifier: MIT
 * gazetteer: aliases to canonical names, from data/speakers.tsv as compiled in and from the user's own file.
 * Method: folded aliases in a vocabulary; later rows replace earlier ones, so the user's file wins. Limits: one reading per alias. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "../base/error.h"
#include "../base/str.h"
#include "../text/unicode.h"
#include "article.h"
#include "namebook.h"
#define ROWS_SPEAKERS
#define ROWS_PLACES
#include "tables.h"

static stance_speaker_kind kind_of(stance_str name)
{
    if (str_equal_nocase(name, STR("person"))) return STANCE_PERSON;
    if (str_equal_nocase(name, STR("organisation")) || str_equal_nocase(name, STR("organization"))) return STANCE_ORGANISATION;
    return str_equal_nocase(name, STR("group")) ? STANCE_GROUP : STANCE_UNKNOWN;
}

/* "m, US president" */
static char gender_of(stance_str note)
{
    bool marked = note.len >= 1 && (note.ptr[0] == 'm' || note.ptr[0] == 'f') && (note.len == 1 || note.ptr[1] == ',');
    return marked ? note.ptr[0] : (char)0;
}

/* "WHO", "ICE": nothing but capitals, so that "Who" and "Ice" are not meant. */
static bool capitals(stance_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= 'a' && s.ptr[i] <= 'z') return false;
    return s.len > 0;
}

void gazetteer_fold(stance_str name, struct strbuf *folded)
{
    strbuf_clear(folded);
    unicode_fold_plain(name, folded);
}

/* folded: scratch, kept from row to row. The row gets canonical and note as they are. */
static bool add_row(struct gazetteer *g, struct strbuf *folded, stance_str alias, stance_str canonical, stance_str kind, stance_str note)
{
    gazetteer_fold(alias, folded);
    uint32_t id = folded->failed ? VOCAB_NONE : vocab_add(&g->aliases, strbuf_str(folded));
    void *rows = g->rows;
    if (id == VOCAB_NONE || (id >= g->cap && !array_reserve(&rows, &g->cap, id + 1, sizeof *g->rows))) return false;
    g->rows = rows;
    uint64_t hash = name_hash(strbuf_str(folded));
    g->maybe[hash >> 54] |= UINT64_C(1) << (hash >> 48 & 63);
    g->rows[id] =
        (struct gazetteer_row){.kind = kind_of(kind), .gender = gender_of(note), .capitals = capitals(alias), .place = str_equal(kind, STR("place"))};
    g->rows[id].note = note;
    g->rows[id].canonical = canonical.len ? canonical : alias;
    return true;
}

static bool add_copied(struct gazetteer *g, struct strbuf *folded, stance_str alias, stance_str canonical, stance_str kind, stance_str note)
{
    stance_str own, own_note;
    return arena_copy(&g->memory, canonical.len ? canonical : alias, &own) && arena_copy(&g->memory, note, &own_note) &&
           add_row(g, folded, alias, own, kind, own_note);
}

static bool add_line(struct gazetteer *g, struct strbuf *folded, stance_str line, const char *path, size_t number, stance_error *err)
{
    if (str_trim(line).len == 0 || line.ptr[0] == '#') return true;
    if (!unicode_valid(line)) return error_set(err, STANCE_INPUT, number, "%s:%zu: not valid UTF-8; save the file as UTF-8", path, number);
    stance_str rest = line, alias = str_trim(str_split(&rest, '\t'));
    stance_str canonical = rest.ptr ? str_trim(str_split(&rest, '\t')) : (stance_str){NULL, 0};
    stance_str kind = rest.ptr ? str_trim(str_split(&rest, '\t')) : (stance_str){NULL, 0};
    if (alias.len == 0 || !canonical.ptr)
        return error_set(err, STANCE_INPUT, number, "%s:%zu: a row needs alias, canonical, kind and note with a tab between each", path, number);
    if (number == 1 && str_equal_nocase(alias, STR("alias"))) return true;
    return add_copied(g, folded, alias, canonical, kind.ptr ? kind : STR(""), rest.ptr ? str_trim(rest) : STR("")) || error_nomem(err, "reading speakers");
}

static bool add_file(struct gazetteer *g, struct strbuf *folded, FILE *in, const char *path, stance_error *err)
{
    char *line = NULL;
    size_t cap = 0, number = 0;
    bool ok = true;
    for (ssize_t n; ok && (n = getline(&line, &cap, in)) >= 0;) {
        while (n > 0 && (line[n - 1] == '\n' || line[n - 1] == '\r')) n--;
        ok = add_line(g, folded, (stance_str){line, (size_t)n}, path, ++number, err);
    }
    if (ok && ferror(in)) ok = error_set(err, STANCE_INPUT, 0, "%s: cannot be read to its end", path);
    free(line);
    return ok;
}

/* Speakers after places: "Georgia" may be both, and then it is who the table of speakers says. */
static bool add_table(struct gazetteer *g, struct strbuf *folded)
{
    enum { ABOUT = 4000 }; /* aliases, so that nothing has to grow */
    void *rows = g->rows;
    bool ok = vocab_reserve(&g->aliases, ABOUT) && array_reserve(&rows, &g->cap, ABOUT, sizeof *g->rows);
    g->rows = rows;
    struct table_cells r;
    for (const char *at = rows_places; ok && table_next(&at, &r);) ok = add_row(g, folded, r.column[0], r.column[1], r.column[2], STR(""));
    for (const char *at = rows_speakers; ok && table_next(&at, &r);)
        ok = add_row(g, folded, r.column[0], r.column[1], r.column[2], r.column[3].ptr ? r.column[3] : STR(""));
    return ok;
}

bool gazetteer_read(struct gazetteer *g, const char *path, stance_error *err)
{
    struct strbuf folded = {0};
    if (!path) {
        bool loaded = add_table(g, &folded) || error_nomem(err, "loading the table of speakers");
        strbuf_free(&folded);
        return loaded;
    }
    FILE *in = fopen(path, "r");
    if (!in) return error_set(err, STANCE_INPUT, 0, "%s: cannot be opened; --speakers needs a TSV file: alias, canonical, kind, note", path);
    bool ok = add_file(g, &folded, in, path, err);
    fclose(in);
    strbuf_free(&folded);
    return ok;
}

const struct gazetteer_row *gazetteer_find_folded(const struct gazetteer *g, stance_str name, stance_str folded)
{
    uint32_t id = vocab_find(&g->aliases, folded);
    return id == VOCAB_NONE || (g->rows[id].capitals && !capitals(name)) ? NULL : &g->rows[id];
}

const struct gazetteer_row *gazetteer_find(const struct gazetteer *g, stance_str name)
{
    struct strbuf folded = {0};
    gazetteer_fold(name, &folded);
    const struct gazetteer_row *row = folded.failed ? NULL : gazetteer_find_folded(g, name, strbuf_str(&folded));
    strbuf_free(&folded);
    return row;
}
