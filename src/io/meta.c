/* SPDX-License-Identifier: MIT
 * meta: a table in memory, found by id or file name.
 * Method: keys interned, a key's id is the number of its first row. Limits: the first row of a key counts. */
#include "meta.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "../base/arena.h"
#include "../base/vocab.h"

struct meta {
    struct arena text;
    struct vocab keys;
    uint32_t *row_of;       /* [keys.n] */
    size_t row_of_cap;
    struct meta_row *rows;  /* [n] */
    bool *used;             /* [n] */
    size_t n, rows_cap, used_cap;
    struct extras names;    /* of all rows */
    size_t unused;
    dev_t device;
    ino_t inode;
};

static bool add_key(struct meta *m, stance_str key)
{
    if (!key.ptr) return true;
    size_t before = m->keys.n;
    if (vocab_add(&m->keys, key) == VOCAB_NONE) return false;
    void *row_of = m->row_of;
    bool ok = array_reserve(&row_of, &m->row_of_cap, m->keys.n, sizeof *m->row_of);
    m->row_of = row_of;
    if (ok && m->keys.n > before) m->row_of[before] = (uint32_t)m->n;
    return ok;
}

static bool room(struct meta *m)
{
    void *rows = m->rows, *used = m->used;
    bool ok = array_reserve(&rows, &m->rows_cap, m->n + 1, sizeof *m->rows);
    m->rows = rows;
    ok = ok && array_reserve(&used, &m->used_cap, m->n + 1, sizeof *m->used);
    m->used = used;
    return ok;
}

static bool add_extras(struct meta *m, const struct table *t, enum table_format format, struct meta_row *row)
{
    static const enum column known[] = {COLUMN_ID, COLUMN_FILE, COLUMN_OUTLET, COLUMN_DATE, COLUMN_TITLE, COLUMN_URL, COLUMN_AUTHOR, COLUMN_TARGET};
    struct extras e = {.n = 0};
    bool ok = extras_add(&e, &m->text, t, format, known, sizeof known / sizeof *known);
    if (table_find(t, column_names(COLUMN_AUTHOR)) != STANCE_NONE) ok = ok && extras_put(&e, &m->text, STR("author"), row->author); /* no field of a view */
    if (!ok || !extras_keep(&m->text, e.items, e.n, &row->extra)) return false;
    row->extra_n = e.n;
    for (size_t i = 0; i < e.n; i++)
        if (!extra_find(m->names.items, m->names.n, e.items[i].name) && !extras_put(&m->names, &m->text, e.items[i].name, (stance_str){NULL, 0})) return false;
    return true;
}

static bool add_row(struct meta *m, const struct table *t, enum table_format format)
{
    static const enum column columns[] = {COLUMN_OUTLET, COLUMN_DATE, COLUMN_TITLE, COLUMN_URL, COLUMN_AUTHOR, COLUMN_TARGET};
    size_t keys = m->keys.n;
    if (!room(m)) return false;
    struct meta_row *row = &m->rows[m->n];
    stance_str *const fields[] = {&row->outlet, &row->date, &row->title, &row->url, &row->author, &row->target};
    for (size_t i = 0; i < 6; i++)
        if (!arena_copy(&m->text, column_value(t, columns[i]), fields[i])) return false;
    if (!add_extras(m, t, format, row)) return false;
    if (!add_key(m, column_value(t, COLUMN_FILE)) || !add_key(m, column_value(t, COLUMN_ID))) return false;
    m->used[m->n++] = false;
    if (m->keys.n > keys) m->unused++;
    else m->used[m->n - 1] = true; /* an earlier row has its keys: nobody can ask for it */
    return true;
}

static bool has_key_column(const struct table *t, stance_error *err)
{
    struct strbuf found = {0};
    size_t by_file = table_find(t, column_names(COLUMN_FILE)), by_id = table_find(t, column_names(COLUMN_ID));
    if (table_columns(t) == 0 || by_file != STANCE_NONE || by_id != STANCE_NONE) return true;
    table_list(t, &found);
    error_set(err, STANCE_INPUT, 1, "%s: no column id or file, so its rows belong to no article; columns found: %s; rename the one that names the article",
              table_file(t), found.ptr ? found.ptr : "none");
    strbuf_free(&found);
    return false;
}

static bool read_rows(struct meta *m, struct table *t, enum table_format format, stance_error *err)
{
    int got;
    if (!table_header(t, err) || !has_key_column(t, err)) return false;
    while ((got = table_next(t, err)) > 0)
        if (!has_key_column(t, err)) return false;
        else if (!add_row(m, t, format)) return error_nomem(err, "reading the meta file");
    return got == 0;
}

static enum table_format format_of(const char *path)
{
    stance_str name = str_of(path);
    if (str_ends(name, STR(".gz"))) name.len -= 3;
    return str_ends(name, STR(".tsv")) ? TABLE_TSV : str_ends(name, STR(".jsonl")) ? TABLE_JSONL : TABLE_CSV;
}

static bool read_file(struct meta *m, const char *path, stance_error *err)
{
    struct stat st;
    struct file *file = file_open(path, 0, err);
    struct table *table = file ? table_open(file, format_of(path), NULL, err) : NULL;
    bool ok = table && read_rows(m, table, format_of(path), err);
    if (ok && stat(path, &st) == 0) m->device = st.st_dev, m->inode = st.st_ino;
    table_free(table);
    file_close(file);
    return ok;
}

struct meta *meta_open(const char *path, stance_error *err)
{
    struct meta *m = calloc(1, sizeof *m);
    if (!m) {
        error_nomem(err, "reading the meta file");
        return NULL;
    }
    if (read_file(m, path, err)) return m;
    meta_free(m);
    return NULL;
}

void meta_free(struct meta *m)
{
    if (!m) return;
    arena_free(&m->text);
    vocab_free(&m->keys);
    free(m->row_of);
    free(m->rows);
    free(m->used);
    free(m);
}

const struct meta_row *meta_find(struct meta *m, const stance_str *keys, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t key = keys[i].len ? vocab_find(&m->keys, keys[i]) : VOCAB_NONE;
        if (key == VOCAB_NONE) continue;
        uint32_t row = m->row_of[key];
        if (!m->used[row]) m->unused--;
        m->used[row] = true;
        return &m->rows[row];
    }
    return NULL;
}

bool meta_name_extras(const struct meta *m, struct extras *e, struct arena *arena)
{
    for (size_t i = 0; i < m->names.n; i++)
        if (!extras_put(e, arena, m->names.items[i].name, (stance_str){NULL, 0})) return false;
    return true;
}

size_t meta_unused(const struct meta *m)
{
    return m->unused;
}

bool meta_is(const struct meta *m, const char *path)
{
    struct stat st;
    return m->inode && stat(path, &st) == 0 && st.st_dev == m->device && st.st_ino == m->inode;
}
