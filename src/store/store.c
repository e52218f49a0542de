/* SPDX-License-Identifier: MIT
 * store: documents and their views into a database.
 * Method: names are numbers; a document goes in with all its views in one transaction, with others, so that a kill leaves whole documents only.
 * What was done is known by the hash of text and metadata and by how views were made.
 * Limits: one writer at a time: others wait for the end of its batch. Documents are told apart by their id alone. */
#include "store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../io/json.h"
#include "corrections.h"
#include "reading.h"

enum { BATCH = 200, BATCH_SECONDS = 1 };

static const char *const sqls[SQLS] = {
    [SQL_FIND_NAME] = "SELECT id FROM name WHERE text = ?1",
    [SQL_ADD_NAME] = "INSERT INTO name(text) VALUES(?1)",
    [SQL_FIND_METHOD] = "SELECT id FROM method WHERE model = ?1 AND views_model = ?2 AND labels = ?3 AND settings = ?4",
    [SQL_ADD_METHOD] = "INSERT INTO method(model, views_model, labels, settings) VALUES(?1, ?2, ?3, ?4)",
    [SQL_FIND_DOCUMENT] = "SELECT id, hash, method FROM document WHERE article = ?1",
    [SQL_PUT_DOCUMENT] = "INSERT OR REPLACE INTO document(id, article, outlet, date, url, title, author, target, extracted, hash, method, extra)"
                         " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
    [SQL_PUT_CONTENT] = "INSERT OR REPLACE INTO content(document, text) VALUES(?1, ?2)",
    [SQL_CLEAR_VIEWS] = "DELETE FROM view WHERE id BETWEEN ?1 AND ?2",
    [SQL_CLEAR_DETAIL] = "DELETE FROM detail WHERE view BETWEEN ?1 AND ?2",
    [SQL_PUT_VIEW] = "INSERT INTO view(id, speaker, speaker_kind, kind, \"start\", \"end\", target, stance, abstained) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [SQL_PUT_DETAIL] = "INSERT INTO detail(view, text, byte_start, byte_end, mention, mention_start, mention_end, resolved_by, via, cue, cue_start, cue_end,"
                       " p, margin, known) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    [SQL_UNSETTLE] = "UPDATE note SET value = 0 WHERE key = 'settled' AND value <> 0",
    [SQL_CORRECTIONS_OF] = "SELECT \"start\", \"end\", nth, text, view FROM correction WHERE article = ?1",
    [SQL_PLACE_CORRECTION] = "UPDATE correction SET view = ?5 WHERE article = ?1 AND \"start\" = ?2 AND \"end\" = ?3 AND nth = ?4",
    [SQL_COUNT] = "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM view), (SELECT count(*) FROM correction),"
                  " (SELECT count(*) FROM correction WHERE view IS NULL)",
    [SQL_SETTLED] = "SELECT value FROM note WHERE key = 'settled'",
    [SQL_SETTLE] = "UPDATE note SET value = 1 WHERE key = 'settled'",
    [SQL_SET_FIRST] = "UPDATE view SET first = ?2 WHERE id = ?1",
    [SQL_PUT_DIGEST] = "INSERT INTO digest(document, views) VALUES(?1, ?2) ON CONFLICT(document) DO UPDATE SET views = excluded.views"
                       " WHERE views <> excluded.views",
    [SQL_ADD_ALIAS] = "INSERT INTO alias(alias, canonical, kind, capitals) VALUES(?1, ?2, ?3, ?4) ON CONFLICT(alias) DO UPDATE SET"
                      " canonical = excluded.canonical, kind = excluded.kind, capitals = excluded.capitals"
                      " WHERE canonical <> excluded.canonical OR kind <> excluded.kind OR capitals <> excluded.capitals",
};

struct statement *store_statement(stance_store *s, enum store_sql which, stance_error *err)
{
    if (!s->statements[which]) s->statements[which] = statement_new(s->database, sqls[which], err);
    return s->statements[which];
}

/* ---- open and close ---- */

stance_store *stance_store_open(const char *path, bool write, stance_error *err)
{
    stance_store *s = calloc(1, sizeof *s);
    if (!s) {
        error_nomem(err, "opening a store");
        return NULL;
    }
    s->write = write;
    s->database = database_open(path, &schema_kind, write, DATABASE_BUSY_MS, err);
    if (s->database) return s;
    free(s);
    return NULL;
}

void stance_store_free(stance_store *s)
{
    if (!s) return;
    if (!s->broken) stance_store_commit(s, NULL);
    reading_free(s->reading);
    for (size_t i = 0; i < SQLS; i++) statement_free(s->statements[i]);
    database_close(s->database);
    vocab_free(&s->names);
    arena_free(&s->memory);
    free(s->name_ids);
    strbuf_free(&s->scratch);
    free(s);
}

bool stance_store_is(const char *path)
{
    return database_is(path);
}

/* ---- batches ---- */

bool store_give_up(stance_store *s)
{
    database_run(s->database, "ROLLBACK", NULL);
    s->broken = true;
    s->batch = 0;
    return false;
}

bool store_change(stance_store *s, bool unsettle, stance_error *err)
{
    if (s->broken) return error_set(err, STANCE_OUTPUT, 0, "%s: nothing more can be written after a failure; open it again", database_path(s->database));
    if (!database_busy(s->database)) {
        clock_gettime(CLOCK_MONOTONIC, &s->began);
        if (!database_run(s->database, "BEGIN IMMEDIATE", err)) return false;
    }
    if (!unsettle || s->batch++ > 0) return true;
    struct statement *q = store_statement(s, SQL_UNSETTLE, err);
    return q && statement_run(q, err);
}

bool stance_store_commit(stance_store *s, stance_error *err)
{
    s->batch = 0;
    return !s->write || !database_busy(s->database) || database_run(s->database, "COMMIT", err) || store_give_up(s);
}

static bool is_full(const stance_store *s)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return s->batch >= BATCH || now.tv_sec - s->began.tv_sec > BATCH_SECONDS;
}

/* ---- names and methods ---- */

static bool remember(stance_store *s, stance_str name, int64_t id, stance_error *err)
{
    void *ids = s->name_ids;
    uint32_t at = vocab_add(&s->names, name);
    if (at == VOCAB_NONE || !array_reserve(&ids, &s->name_cap, s->names.n, sizeof *s->name_ids)) return error_nomem(err, "storing views");
    s->name_ids = ids;
    s->name_ids[at] = id;
    return true;
}

bool store_name(stance_store *s, stance_str name, int64_t *id, stance_error *err)
{
    *id = 0;
    if (!name.ptr) return true;
    uint32_t known = vocab_find(&s->names, name);
    if (known != VOCAB_NONE) return *id = s->name_ids[known], true;
    struct statement *find = store_statement(s, SQL_FIND_NAME, err), *add = store_statement(s, SQL_ADD_NAME, err);
    if (!find || !add) return false;
    bind_text(find, 1, name);
    int got = statement_step(find, err);
    if (got > 0) *id = column_number(find, 0);
    statement_reset(find);
    if (got < 0) return false;
    if (got == 0) {
        bind_text(add, 1, name);
        if (!statement_run(add, err)) return false;
        *id = database_last(s->database);
    }
    return remember(s, name, *id, err);
}

static void bind_method(struct statement *q, const stance_store_method *m, stance_str labels)
{
    bind_text(q, 1, str_of(m->model ? m->model : ""));
    bind_text(q, 2, str_of(m->views_model ? m->views_model : ""));
    bind_text(q, 3, labels);
    bind_text(q, 4, str_of(m->settings ? m->settings : ""));
}

static bool find_method(stance_store *s, const stance_store_method *m, stance_str labels, stance_error *err)
{
    struct statement *find = store_statement(s, SQL_FIND_METHOD, err), *add = store_statement(s, SQL_ADD_METHOD, err);
    if (!find || !add) return false;
    bind_method(find, m, labels);
    int got = statement_step(find, err);
    if (got > 0) s->method = column_number(find, 0);
    statement_reset(find);
    if (got != 0) return got > 0;
    bind_method(add, m, labels);
    if (!store_change(s, false, err) || !statement_run(add, err)) return store_give_up(s);
    s->method = database_last(s->database);
    return stance_store_commit(s, err);
}

bool stance_store_begin(stance_store *s, const stance_store_method *method, stance_error *err)
{
    struct strbuf labels = {0};
    arena_reset(&s->memory);
    s->labels_n = method->labels_n < STANCE_MAX_LABELS ? method->labels_n : STANCE_MAX_LABELS;
    for (size_t i = 0; i < s->labels_n; i++) {
        if (i) strbuf_char(&labels, '\n');
        strbuf_add(&labels, str_of(method->labels[i]));
        if (!arena_copy(&s->memory, str_of(method->labels[i]), &s->labels[i])) labels.failed = true;
    }
    bool ok = labels.failed ? error_nomem(err, "opening a store") : find_method(s, method, strbuf_str(&labels), err);
    strbuf_free(&labels);
    return ok;
}

/* ---- documents ---- */

/* Of all that views can depend on. What is missing differs from what is empty. */
static int64_t hash_of(const stance_document *d)
{
    const stance_str fields[] = {d->outlet, d->url, d->date, d->title, d->author, d->target};
    uint64_t hash = str_hash64(d->text, 1);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        hash = fields[i].ptr ? str_hash64(fields[i], hash) : str_hash64(STR("\1"), ~hash);
    for (size_t i = 0; i < d->extra_n; i++) {
        hash = str_hash64(d->extra[i].name, hash);
        hash = d->extra[i].value.ptr ? str_hash64(d->extra[i].value, hash) : str_hash64(STR("\1"), ~hash);
    }
    return (int64_t)hash;
}

struct found {
    int64_t id, hash, method; /* id 0: not there */
};

static bool find_document(stance_store *s, stance_str article, struct found *f, stance_error *err)
{
    struct statement *q = store_statement(s, SQL_FIND_DOCUMENT, err);
    *f = (struct found){0, 0, 0};
    if (!q) return false;
    bind_text(q, 1, article);
    int got = statement_step(q, err);
    if (got > 0) *f = (struct found){column_number(q, 0), column_number(q, 1), column_number(q, 2)};
    statement_reset(q);
    return got >= 0;
}

int stance_store_done(stance_store *s, const stance_document *d, stance_error *err)
{
    struct found f;
    if (!find_document(s, d->article, &f, err)) return -1;
    return f.id && f.method == s->method && f.hash == hash_of(d);
}

static bool clear(stance_store *s, enum store_sql which, int64_t document, stance_error *err)
{
    struct statement *q = store_statement(s, which, err);
    if (!q) return false;
    bind_number(q, 1, schema_view(document, 0));
    bind_number(q, 2, schema_view(document, ((size_t)1 << SCHEMA_VIEW_BITS) - 1));
    return statement_run(q, err);
}

static bool bind_extra(stance_store *s, struct statement *q, int at, const stance_document *d, stance_error *err)
{
    strbuf_clear(&s->scratch);
    strbuf_char(&s->scratch, '{');
    for (size_t i = 0; i < d->extra_n; i++) {
        if (i) strbuf_char(&s->scratch, ',');
        json_put_string(&s->scratch, d->extra[i].name);
        strbuf_char(&s->scratch, ':');
        json_put_string(&s->scratch, d->extra[i].value);
    }
    strbuf_char(&s->scratch, '}');
    if (s->scratch.failed) return error_nomem(err, "storing views");
    bind_text(q, at, d->extra_n ? strbuf_str(&s->scratch) : (stance_str){NULL, 0});
    return true;
}

static bool put_document(stance_store *s, const stance_document *d, int64_t *id, stance_error *err)
{
    struct found f;
    int64_t outlet;
    struct statement *q = store_statement(s, SQL_PUT_DOCUMENT, err), *content = store_statement(s, SQL_PUT_CONTENT, err);
    if (!q || !content || !find_document(s, d->article, &f, err) || !store_name(s, d->outlet, &outlet, err)) return false;
    if (f.id && !(clear(s, SQL_CLEAR_VIEWS, f.id, err) && clear(s, SQL_CLEAR_DETAIL, f.id, err))) return false;
    s->replaced += f.id && f.hash != hash_of(d);
    bind_position(q, 1, f.id ? (size_t)f.id : STANCE_NONE);
    bind_text(q, 2, d->article);
    bind_position(q, 3, outlet ? (size_t)outlet : STANCE_NONE);
    const stance_str texts[] = {d->date, d->url, d->title, d->author, d->target};
    for (int i = 0; i < 5; i++) bind_text(q, 4 + i, texts[i]);
    bind_number(q, 9, d->extracted);
    bind_number(q, 10, hash_of(d));
    bind_number(q, 11, s->method);
    if (!bind_extra(s, q, 12, d, err) || !statement_run(q, err)) return false;
    *id = f.id ? f.id : database_last(s->database);
    bind_number(content, 1, *id);
    bind_text(content, 2, d->text.ptr ? d->text : STR(""));
    return statement_run(content, err);
}

/* ---- views ---- */

/* As records have it. */
static double rounded(double x)
{
    return round(x * 1e6) / 1e6;
}

static bool put_view(stance_store *s, int64_t id, const stance_view *v, stance_error *err)
{
    struct statement *q = store_statement(s, SQL_PUT_VIEW, err);
    int64_t speaker, target, stance;
    stance_str label = v->scored && v->prediction.label < s->labels_n ? s->labels[v->prediction.label] : (stance_str){NULL, 0};
    if (!q || !store_name(s, v->speaker, &speaker, err) || !store_name(s, v->target, &target, err) || !store_name(s, label, &stance, err)) return false;
    bind_number(q, 1, id);
    bind_number(q, 2, speaker);
    bind_number(q, 3, v->speaker_kind);
    bind_number(q, 4, v->kind);
    bind_position(q, 5, v->content_chars.start);
    bind_position(q, 6, v->content_chars.end);
    bind_position(q, 7, target ? (size_t)target : STANCE_NONE);
    bind_position(q, 8, stance ? (size_t)stance : STANCE_NONE);
    bind_number(q, 9, v->scored ? v->prediction.abstained : STANCE_CERTAIN);
    return statement_run(q, err);
}

static bool put_detail(stance_store *s, int64_t id, const stance_view *v, stance_error *err)
{
    struct statement *q = store_statement(s, SQL_PUT_DETAIL, err);
    if (!q) return false;
    strbuf_clear(&s->scratch);
    for (size_t i = 0; v->scored && i < s->labels_n; i++) {
        if (i) strbuf_char(&s->scratch, ',');
        json_put_number(&s->scratch, rounded(v->prediction.p[i]));
    }
    if (s->scratch.failed) return error_nomem(err, "storing views");
    bind_number(q, 1, id);
    bind_text(q, 2, v->text.ptr ? v->text : STR(""));
    bind_position(q, 3, v->content.start);
    bind_position(q, 4, v->content.end);
    bind_text(q, 5, v->mention_text);
    bind_position(q, 6, v->mention_chars.start);
    bind_position(q, 7, v->mention_chars.end);
    bind_number(q, 8, v->resolved_by);
    bind_text(q, 9, v->via);
    bind_text(q, 10, v->cue_text);
    bind_position(q, 11, v->cue_chars.start);
    bind_position(q, 12, v->cue_chars.end);
    bind_text(q, 13, v->scored ? strbuf_str(&s->scratch) : (stance_str){NULL, 0});
    bind_real(q, 14, v->scored ? rounded(v->prediction.margin) : NAN);
    bind_real(q, 15, v->scored ? rounded(v->prediction.known) : NAN);
    return statement_run(q, err);
}

static bool put_views(stance_store *s, int64_t document, const stance_result *views, stance_error *err)
{
    for (size_t i = 0; i < views->n; i++) {
        int64_t id = schema_view(document, views->views[i].number);
        if (!put_view(s, id, &views->views[i], err) || !put_detail(s, id, &views->views[i], err)) return false;
    }
    return true;
}

bool stance_store_put(stance_store *s, const stance_document *d, const stance_result *views, stance_error *err)
{
    int64_t id;
    if (!s->method) return error_set(err, STANCE_USAGE, 0, "stance_store_begin comes before stance_store_put");
    if (views->n && views->views[views->n - 1].number >> SCHEMA_VIEW_BITS)
        return error_set(err, STANCE_INPUT, 0, "%.*s: more than a million views in one article", d->article.len < 80 ? (int)d->article.len : 80, d->article.ptr);
    if (!store_change(s, true, err)) return false;
    if (!put_document(s, d, &id, err) || !put_views(s, id, views, err) || !corrections_place(s, d->article, id, views, err)) return store_give_up(s);
    return !is_full(s) || stance_store_commit(s, err);
}

bool stance_store_counted(stance_store *s, stance_store_counts *out, stance_error *err)
{
    struct statement *q = store_statement(s, SQL_COUNT, err);
    if (!q || statement_step(q, err) <= 0) return false;
    *out = (stance_store_counts){.documents = (size_t)column_number(q, 0),
                                 .views = (size_t)column_number(q, 1),
                                 .replaced = s->replaced,
                                 .overrides = (size_t)column_number(q, 2),
                                 .lost = (size_t)column_number(q, 3)};
    statement_reset(q);
    return true;
}
