/* SPDX-License-Identifier: MIT
 * corrections: stance, speaker, target and span as a human has them.
 * Method: kept by article, span and words of the view as it was found. When the article is done again, a correction goes to the view with the same
 * span and words; else to the only one with the same words; else to none, and waits. Of views with one span (one per target) the nth is meant.
 * Limits: a view whose bounds another model draws otherwise is another view. */
#include "corrections.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../text/unicode.h"

/* ---- finding their views again ---- */

struct waiting {
    int64_t start, end, nth, view;
    stance_str text;
};

/* The view's number in the document; 0: none. */
static size_t find_view(const struct waiting *w, const stance_result *views)
{
    size_t same_words = 0, number = 0;
    int64_t nth = 0;
    for (size_t i = 0; i < views->n; i++) {
        const stance_view *v = &views->views[i];
        if (!str_equal(v->text, w->text)) continue;
        if ((int64_t)v->content_chars.start == w->start && (int64_t)v->content_chars.end == w->end && nth++ == w->nth) return v->number;
        same_words++;
        number = v->number;
    }
    return same_words == 1 ? number : 0;
}

static bool read_waiting(stance_store *s, stance_str article, struct arena *memory, struct waiting **all, size_t *n, stance_error *err)
{
    struct statement *q = store_statement(s, SQL_CORRECTIONS_OF, err);
    void *items = NULL;
    size_t cap = 0;
    int got = -1;
    bool ok = q != NULL;
    if (ok) bind_text(q, 1, article);
    while (ok && (got = statement_step(q, err)) > 0) {
        struct waiting w = {column_number(q, 0), column_number(q, 1), column_number(q, 2), column_number(q, 4), {NULL, 0}};
        ok = arena_copy(memory, column_text(q, 3), &w.text) && array_reserve(&items, &cap, *n + 1, sizeof w);
        *all = items;
        if (ok) (*all)[(*n)++] = w;
        else error_nomem(err, "reading corrections"), statement_reset(q);
    }
    return ok && got == 0;
}

static bool place(stance_store *s, stance_str article, const struct waiting *w, int64_t view, stance_error *err)
{
    struct statement *q = store_statement(s, SQL_PLACE_CORRECTION, err);
    if (!q) return false;
    bind_text(q, 1, article);
    bind_number(q, 2, w->start);
    bind_number(q, 3, w->end);
    bind_number(q, 4, w->nth);
    bind_position(q, 5, view ? (size_t)view : STANCE_NONE);
    return statement_run(q, err);
}

bool corrections_place(stance_store *s, stance_str article, int64_t document, const stance_result *views, stance_error *err)
{
    struct arena memory = ARENA_EMPTY;
    struct waiting *all = NULL;
    size_t n = 0;
    bool ok = read_waiting(s, article, &memory, &all, &n, err);
    for (size_t i = 0; ok && i < n; i++) {
        size_t number = find_view(&all[i], views);
        int64_t view = number ? schema_view(document, number) : 0;
        if (view != all[i].view) ok = place(s, article, &all[i], view, err);
    }
    free(all);
    arena_free(&memory);
    return ok;
}

/* ---- correcting ---- */

static const char *const fields[] = {"stance", "speaker", "target", "span"};
enum { STANCE_FIELD, SPEAKER_FIELD, TARGET_FIELD, SPAN_FIELD, FIELDS };

/* The view meant, as it stands in the file. */
struct corrected {
    int64_t view;
    struct arena memory;
    stance_str article, text, labels, content;
    int64_t start, end, nth;  /* the correction's key */
};

static bool no_such_view(const stance_store *s, const char *id, stance_error *err)
{
    return error_set(err, STANCE_INPUT, 0, "%s: has no view %.80s; ids are ARTICLE:N, as classify and report --examples write them", database_path(s->database), id);
}

static const char find_sql[] =
    "SELECT v.id, v.\"start\", v.\"end\", x.text, m.labels, t.text,"
    " (SELECT count(*) FROM view w WHERE w.id BETWEEN d.id << 20 AND v.id - 1 AND w.\"start\" IS v.\"start\" AND w.\"end\" IS v.\"end\")"
    " FROM document d JOIN view v ON v.id = (d.id << 20) + ?2 JOIN detail x ON x.view = v.id JOIN method m ON m.id = d.method"
    " JOIN content t ON t.document = d.id WHERE d.article = ?1";
static const char key_sql[] = "SELECT \"start\", \"end\", nth FROM correction WHERE view = ?1";

static bool find_corrected(stance_store *s, const char *id, struct corrected *c, stance_error *err)
{
    stance_str all = str_of(id), number;
    size_t colon = all.len, n = 0;
    while (colon > 0 && all.ptr[colon - 1] != ':') colon--;
    number = str_slice(all, colon, all.len);
    if (colon == 0 || !str_to_size(number, &n) || n >> SCHEMA_VIEW_BITS) return no_such_view(s, id, err);
    struct statement *q = statement_new(s->database, find_sql, err);
    if (!q) return false;
    bind_text(q, 1, str_slice(all, 0, colon - 1));
    bind_number(q, 2, (int64_t)n);
    int got = statement_step(q, err);
    bool ok = got > 0;
    if (ok) {
        c->view = column_number(q, 0), c->start = column_number(q, 1), c->end = column_number(q, 2), c->nth = column_number(q, 6);
        ok = (arena_copy(&c->memory, column_text(q, 3), &c->text) && arena_copy(&c->memory, column_text(q, 4), &c->labels) &&
              arena_copy(&c->memory, column_text(q, 5), &c->content) && arena_copy(&c->memory, str_slice(all, 0, colon - 1), &c->article)) ||
             error_nomem(err, "correcting");
    }
    statement_free(q);
    return got ? ok : no_such_view(s, id, err);
}

/* A view that was found again at another place has its correction under the old key. */
static bool take_key(stance_store *s, struct corrected *c, stance_error *err)
{
    struct statement *q = statement_new(s->database, key_sql, err);
    if (!q) return false;
    bind_number(q, 1, c->view);
    int got = statement_step(q, err);
    if (got > 0) c->start = column_number(q, 0), c->end = column_number(q, 1), c->nth = column_number(q, 2);
    statement_free(q);
    return got >= 0;
}

static bool check_stance(const struct corrected *c, stance_str value, stance_error *err)
{
    char shown[160];
    for (stance_str rest = c->labels; rest.ptr;)
        if (str_equal(str_split(&rest, '\n'), value)) return true;
    snprintf(shown, sizeof shown, "%.*s", c->labels.len < 150 ? (int)c->labels.len : 150, c->labels.ptr);
    for (char *at = shown; *at; at++)
        if (*at == '\n') *at = ' ';
    return error_set(err, STANCE_INPUT, 0, "stance=%.*s: the model of this view knows %s", value.len < 40 ? (int)value.len : 40, value.ptr, shown);
}

static bool read_span(const struct corrected *c, stance_str value, stance_span *span, stance_error *err)
{
    stance_str rest = value, start = str_split(&rest, '-');
    size_t length = unicode_count(c->content);
    if (str_to_size(start, &span->start) && rest.ptr && str_to_size(rest, &span->end) && span->start < span->end && span->end <= length) return true;
    return error_set(err, STANCE_INPUT, 0, "span=%.*s: give START-END in characters of the article, which has %zu", value.len < 40 ? (int)value.len : 40, value.ptr,
                     length);
}

static bool run_keyed(stance_store *s, const char *sql, const struct corrected *c, stance_str text, stance_span span, stance_error *err)
{
    struct statement *q = statement_new(s->database, sql, err);
    if (!q) return false;
    bind_text(q, 1, c->article);
    bind_number(q, 2, c->start);
    bind_number(q, 3, c->end);
    bind_number(q, 4, c->nth);
    if (strstr(sql, "?5")) bind_text(q, 5, text);
    if (strstr(sql, "?6")) bind_position(q, 6, span.start);
    if (strstr(sql, "?7")) bind_position(q, 7, span.end);
    bool ok = statement_run(q, err);
    statement_free(q);
    return ok;
}

#define KEYED " WHERE article = ?1 AND \"start\" = ?2 AND \"end\" = ?3 AND nth = ?4"
static const char add_sql[] = "INSERT INTO correction(article, \"start\", \"end\", nth, text, view) VALUES(?1, ?2, ?3, ?4, ?5, ?6)"
                              " ON CONFLICT DO UPDATE SET text = excluded.text, view = excluded.view";
static const char *const set_sql[FIELDS] = {
    [STANCE_FIELD] = "UPDATE correction SET stance = ?5" KEYED,
    [SPEAKER_FIELD] = "UPDATE correction SET speaker = ?5" KEYED,
    [TARGET_FIELD] = "UPDATE correction SET target = ?5" KEYED,
    [SPAN_FIELD] = "UPDATE correction SET new_start = ?6, new_end = ?7" KEYED,
};
static const char drop_sql[] = "DELETE FROM correction" KEYED " AND stance IS NULL AND speaker IS NULL AND target IS NULL AND new_start IS NULL";

static bool correct(stance_store *s, struct corrected *c, size_t field, stance_str value, stance_error *err)
{
    stance_span span = {STANCE_NONE, STANCE_NONE}, view = {(size_t)c->view, STANCE_NONE};
    if (value.len && !unicode_valid(value)) return error_set(err, STANCE_INPUT, 0, "%s: the value is not valid UTF-8", fields[field]);
    if (value.len && field == STANCE_FIELD && !check_stance(c, value, err)) return false;
    if (value.len && field == SPAN_FIELD && !read_span(c, value, &span, err)) return false;
    if (!take_key(s, c, err) || !store_change(s, field != STANCE_FIELD, err)) return false;
    if (run_keyed(s, add_sql, c, c->text, view, err) && run_keyed(s, set_sql[field], c, value.len ? value : (stance_str){NULL, 0}, span, err) &&
        run_keyed(s, drop_sql, c, (stance_str){NULL, 0}, span, err))
        return true;
    return store_give_up(s);
}

bool stance_store_override(stance_store *s, const char *id, const char *field, stance_str value, stance_error *err)
{
    size_t i = 0;
    while (i < FIELDS && strcmp(field, fields[i]) != 0) i++;
    if (i == FIELDS) return error_set(err, STANCE_USAGE, 0, "%.40s: cannot be corrected; stance, speaker, target and span can", field);
    struct corrected c = {.memory = ARENA_EMPTY};
    bool ok = find_corrected(s, id, &c, err) && correct(s, &c, i, value, err);
    arena_free(&c.memory);
    return ok || (database_busy(s->database) && store_give_up(s));
}

/* ---- listing ---- */

static const char list_sql[] =
    "SELECT c.article, c.text, c.\"start\", c.\"end\", CASE WHEN c.view IS NULL THEN NULL ELSE c.article || ':' || (c.view & 1048575) END, c.stance, c.speaker,"
    " c.target, c.new_start, c.new_end FROM correction c ORDER BY c.article, c.\"start\", c.\"end\", c.nth";

bool stance_store_overrides(stance_store *s, bool (*each)(void *ctx, const stance_correction *correction), void *ctx, stance_error *err)
{
    struct statement *q = statement_new(s->database, list_sql, err);
    int got = q ? 1 : -1;
    bool go_on = true;
    while (go_on && got > 0 && (got = statement_step(q, err)) > 0) {
        stance_correction c = {.article = column_text(q, 0), .text = column_text(q, 1), .view = column_text(q, 4), .stance = column_text(q, 5),
                               .speaker = column_text(q, 6), .target = column_text(q, 7)};
        c.span = (stance_span){column_position(q, 2), column_position(q, 3)};
        c.new_span = (stance_span){column_position(q, 8), column_position(q, 9)};
        go_on = each(ctx, &c);
    }
    statement_free(q);
    return got >= 0;
}
