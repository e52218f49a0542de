/* SPDX-License-Identifier: MIT
 * reading: documents and their views, as records.
 * Method: names, ways of making and corrections are held in memory; documents come in the order of their ids, which does not depend on when they were
 * put, and each has its views behind it. One transaction, so that it is the file of one moment.
 * Limits: 50 bytes a name and 200 a correction in memory. */
#include "reading.h"

#include <math.h>
#include <stdlib.h>

#include "../io/extra.h"
#include "../io/json.h"
#include "../text/unicode.h"
#include "aliases.h"

struct way {
    stance_str model, views_model, labels[STANCE_MAX_LABELS];
    size_t labels_n;
};

struct correction {
    int64_t view;
    stance_str stance, speaker, target;
    stance_span span;
};

/* A name, and whose it is as a speaker's. */
struct name {
    stance_str text, speaker;
    int kind;               /* of the speaker; -1: as the view says */
    bool looked_up;
};

struct reading {
    struct database *database;
    struct arena memory;
    struct name *names;     /* [names_n] by number */
    size_t names_n;
    struct way *ways;       /* [ways_n] by number */
    size_t ways_n;
    struct correction *corrections; /* [corrections_n] by view */
    size_t corrections_n, at;
    struct aliases aliases;
    struct statement *documents, *views, *content, *article;
    bool texts, settled, began, inside, failed;
    bool strange;           /* what was read is nothing that we write */
    int64_t document;       /* in work, when inside */
    struct view_row row;    /* the view in work */
    stance_str packed;      /* what is left of the document's digest, unless texts */
    const struct way *way;
    stance_record shared;   /* by its views */
    struct strbuf id, first_id;
    struct json_object extra; /* of the document */
    struct extras extras;
};

static const char documents_sql[] = "SELECT id, article, outlet, date, url, title, author, target, method, extracted, extra FROM document ORDER BY article";
static const char digests_sql[] = "SELECT d.id, article, outlet, date, url, title, author, target, method, extracted, extra, g.views FROM document d"
                                  " LEFT JOIN digest g ON g.document = d.id ORDER BY article";
static const char texts_sql[] =
    "SELECT v.id, v.speaker, v.speaker_kind, v.kind, v.\"start\", v.\"end\", v.target, v.stance, v.abstained, v.first, x.text, x.byte_start, x.byte_end,"
    " x.mention, x.mention_start, x.mention_end, x.resolved_by, x.via, x.cue, x.cue_start, x.cue_end, x.p, x.margin, x.known"
    " FROM view v JOIN detail x ON x.view = v.id WHERE v.id BETWEEN ?1 AND ?2 ORDER BY v.id";
enum { EXTRA = 10, PACKED };
enum { VIEW_ID, SPEAKER, SPEAKER_KIND, KIND, START, END, TARGET, LABEL, ABSTAINED, FIRST, TEXT, BYTE_START, BYTE_END, MENTION, MENTION_START, MENTION_END,
       RESOLVED_BY, VIA, CUE, CUE_START, CUE_END, SHARES, MARGIN, KNOWN };

void reading_free(struct reading *r)
{
    if (!r) return;
    statement_free(r->documents);
    statement_free(r->views);
    statement_free(r->content);
    statement_free(r->article);
    if (r->began) database_run(r->database, "COMMIT", NULL);
    free(r->names);
    free(r->ways);
    free(r->corrections);
    aliases_free(&r->aliases);
    strbuf_free(&r->id);
    strbuf_free(&r->first_id);
    json_free(&r->extra);
    arena_free(&r->memory);
    free(r);
}

/* ---- what is held in memory ---- */

/* Rows with their number first, into an array by number. */
static bool load(struct reading *r, const char *sql, bool (*take)(struct reading *r, struct statement *q), stance_error *err)
{
    struct statement *q = statement_new(r->database, sql, err);
    int got = -1;
    bool ok = q != NULL;
    while (ok && (got = statement_step(q, err)) > 0)
        ok = take(r, q) || (r->strange ? database_damaged(r->database, "a number is out of range", err) : error_nomem(err, "reading a store"));
    statement_free(q);
    return ok && got == 0;
}

/* Numbers are given in order and never taken back: none is beyond what the file has room for. */
static bool take_count(struct reading *r, struct statement *q)
{
    int64_t names = column_number(q, 0), ways = column_number(q, 1), room = column_number(q, 3);
    r->strange = names < 0 || ways < 0 || names > room || ways > room;
    if (r->strange) return false;
    r->names_n = (size_t)names + 1;
    r->ways_n = (size_t)ways + 1;
    r->settled = column_number(q, 2) != 0;
    r->names = calloc(r->names_n, sizeof *r->names);
    r->ways = calloc(r->ways_n, sizeof *r->ways);
    return r->names && r->ways;
}

static bool take_name(struct reading *r, struct statement *q)
{
    size_t at = (size_t)column_number(q, 0);
    return at >= r->names_n || arena_copy(&r->memory, column_text(q, 1), &r->names[at].text);
}

static bool copy_filled(struct reading *r, stance_str text, stance_str *to)
{
    return arena_copy(&r->memory, text.len ? text : (stance_str){NULL, 0}, to);
}

static bool take_way(struct reading *r, struct statement *q)
{
    size_t at = (size_t)column_number(q, 0);
    if (at >= r->ways_n) return true;
    struct way *w = &r->ways[at];
    stance_str labels;
    if (!copy_filled(r, column_text(q, 1), &w->model) || !copy_filled(r, column_text(q, 2), &w->views_model) || !copy_filled(r, column_text(q, 3), &labels))
        return false;
    while (labels.ptr && w->labels_n < STANCE_MAX_LABELS) w->labels[w->labels_n++] = str_split(&labels, '\n');
    return true;
}

static bool take_correction(struct reading *r, struct statement *q)
{
    void *items = r->corrections;
    if (!array_reserve(&items, &r->at, r->corrections_n + 1, sizeof *r->corrections)) return false;
    r->corrections = items;
    struct correction *c = &r->corrections[r->corrections_n++];
    *c = (struct correction){.view = column_number(q, 0), .span = {column_position(q, 4), column_position(q, 5)}};
    return arena_copy(&r->memory, column_text(q, 1), &c->stance) && arena_copy(&r->memory, column_text(q, 2), &c->speaker) &&
           arena_copy(&r->memory, column_text(q, 3), &c->target);
}

static bool load_all(struct reading *r, stance_error *err)
{
    bool ok = load(r, "SELECT (SELECT max(id) FROM name), (SELECT max(id) FROM method), (SELECT value FROM note WHERE key = 'settled'),"
                 " (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)", take_count, err) &&
              load(r, "SELECT id, text FROM name", take_name, err) && load(r, "SELECT id, model, views_model, labels FROM method", take_way, err) &&
              load(r, "SELECT view, stance, speaker, target, new_start, new_end FROM correction WHERE view IS NOT NULL ORDER BY view", take_correction, err) &&
              aliases_load(&r->aliases, r->database, err);
    return ok;
}

static bool prepare(struct reading *r, stance_error *err)
{
    return (r->documents = statement_new(r->database, r->texts ? documents_sql : digests_sql, err)) && (r->views = statement_new(r->database, texts_sql, err)) &&
           (r->content = statement_new(r->database, "SELECT text FROM content WHERE document = ?1", err)) &&
           (r->article = statement_new(r->database, "SELECT article FROM document WHERE id = ?1", err));
}

bool stance_store_rewind(stance_store *s, bool texts, stance_error *err)
{
    reading_free(s->reading);
    struct reading *r = s->reading = calloc(1, sizeof *r);
    if (!r) return error_nomem(err, "reading a store");
    r->database = s->database;
    bool ok = true;
    if (!database_busy(r->database)) ok = r->began = database_run(r->database, "BEGIN", err);
    ok = ok && load_all(r, err);
    r->texts = texts || !r->settled;
    if (ok && prepare(r, err)) return true;
    reading_free(r);
    s->reading = NULL;
    return false;
}

/* ---- names ---- */

static stance_str name_of(const struct reading *r, int64_t number)
{
    return number > 0 && (size_t)number < r->names_n ? r->names[number].text : (stance_str){NULL, 0};
}

static void look_up(struct reading *r, struct name *n)
{
    const struct alias *alias = aliases_find(&r->aliases, n->text, &r->failed);
    n->looked_up = true;
    n->speaker = alias ? alias->canonical : n->text;
    n->kind = alias && alias->kind != STANCE_UNKNOWN ? (int)alias->kind : -1;
}

static void set_speaker(struct reading *r, struct name *n, stance_record *to)
{
    if (!n->looked_up) look_up(r, n);
    to->speaker = n->speaker;
    if (n->kind >= 0) to->speaker_kind = str_of(stance_speaker_kind_name((stance_speaker_kind)n->kind));
}

/* ---- corrections ---- */

static const struct correction *correction_of(const struct reading *r, int64_t view)
{
    size_t lo = 0, hi = r->corrections_n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (r->corrections[mid].view < view) lo = mid + 1;
        else hi = mid;
    }
    return lo < r->corrections_n && r->corrections[lo].view == view ? &r->corrections[lo] : NULL;
}

static size_t byte_of(stance_str text, size_t chars)
{
    size_t at = 0;
    while (chars-- > 0 && at < text.len) unicode_next(text, &at);
    return at;
}

/* The words of a corrected span are in the article alone. They stay until the statement is used again. */
static bool set_span(struct reading *r, stance_span span, stance_record *to, stance_error *err)
{
    to->span = span;
    if (!r->texts) return true;
    statement_reset(r->content);
    bind_number(r->content, 1, r->document);
    int got = statement_step(r->content, err);
    if (got <= 0) return got == 0;
    stance_str all = column_text(r->content, 0);
    if (!all.ptr || span.start > span.end || span.end > all.len) return database_damaged(r->database, "a correction lies outside its text", err);
    to->bytes = (stance_span){byte_of(all, span.start), byte_of(all, span.end)};
    to->text = str_slice(all, to->bytes.start, to->bytes.end);
    return true;
}

/* What a human said leaves no doubt. */
static bool apply(struct reading *r, const struct correction *c, stance_record *to, stance_error *err)
{
    if (c->stance.ptr) to->stance = c->stance, to->abstained = (stance_str){NULL, 0};
    if (c->target.ptr) to->target = c->target;
    if (c->speaker.ptr) {
        struct name given = {.text = c->speaker};
        set_speaker(r, &given, to);
    }
    return c->span.start == STANCE_NONE || set_span(r, c->span, to, err);
}

/* ---- one view ---- */

static stance_str abstention(int64_t why)
{
    return str_of(why > 0 && why <= STANCE_NOT_ENGLISH ? stance_abstention_name((stance_abstention)why) : NULL);
}

static void take_shares(stance_str shares, stance_record *to)
{
    for (size_t i = 0; i < to->labels_n; i++) {
        to->p[i] = NAN;
        if (shares.ptr) str_to_double(str_split(&shares, ','), &to->p[i]);
    }
}

/* The id of the view that this one is a copy of. */
static bool set_first(struct reading *r, int64_t first, stance_record *to, stance_error *err)
{
    statement_reset(r->article);
    bind_number(r->article, 1, schema_document(first));
    int got = statement_step(r->article, err);
    if (got <= 0) return got == 0;
    strbuf_clear(&r->first_id);
    strbuf_add(&r->first_id, column_text(r->article, 0));
    strbuf_print(&r->first_id, ":%zu", schema_number(first));
    to->duplicate_of = strbuf_str(&r->first_id);
    return true;
}

static void take_texts(struct reading *r, stance_record *to)
{
    struct statement *q = r->views;
    to->text = column_text(q, TEXT);
    to->bytes = (stance_span){column_position(q, BYTE_START), column_position(q, BYTE_END)};
    to->speaker_mention = column_text(q, MENTION);
    to->speaker_span = (stance_span){column_position(q, MENTION_START), column_position(q, MENTION_END)};
    int64_t how = column_number(q, RESOLVED_BY);
    to->resolved_by = str_of(stance_resolution_name(how >= 0 && how <= STANCE_BY_NONE ? (stance_resolution)how : STANCE_BY_NONE));
    to->via = column_text(q, VIA);
    to->cue = column_text(q, CUE);
    to->cue_span = (stance_span){column_position(q, CUE_START), column_position(q, CUE_END)};
    take_shares(column_text(q, SHARES), to);
    to->margin = column_real(q, MARGIN);
    to->known = column_real(q, KNOWN);
}

static void take_row(struct statement *q, struct view_row *to)
{
    *to = (struct view_row){.id = column_number(q, VIEW_ID),
                            .speaker = column_number(q, SPEAKER),
                            .target = column_number(q, TARGET),
                            .label = column_number(q, LABEL),
                            .first = column_number(q, FIRST),
                            .speaker_kind = column_number(q, SPEAKER_KIND),
                            .kind = column_number(q, KIND),
                            .abstained = column_number(q, ABSTAINED),
                            .start = column_position(q, START),
                            .end = column_position(q, END)};
}

/* What all views of a document share is in *to already. */
static bool take_view(struct reading *r, stance_record *to, stance_error *err)
{
    const struct view_row *x = &r->row;
    int64_t id = x->id, speaker = x->speaker, who = x->speaker_kind, kind = x->kind, first = x->first;
    const struct correction *c = r->corrections_n ? correction_of(r, id) : NULL;
    to->speaker_kind = str_of(stance_speaker_kind_name(who >= 0 && who <= STANCE_UNKNOWN ? (stance_speaker_kind)who : STANCE_UNKNOWN));
    if (speaker > 0 && (size_t)speaker < r->names_n) set_speaker(r, &r->names[speaker], to);
    to->kind = str_of(stance_kind_name(kind >= 0 && kind <= STANCE_INDIRECT ? (stance_kind)kind : STANCE_INDIRECT));
    to->span = (stance_span){x->start, x->end};
    to->target = name_of(r, x->target);
    to->stance = name_of(r, x->label);
    to->abstained = abstention(x->abstained);
    to->number = r->settled ? (uint64_t)id : 0;
    to->first = r->settled ? (uint64_t)(first ? first : id) : 0;
    if (r->texts) {
        take_texts(r, to);
        strbuf_clear(&r->id);
        strbuf_add(&r->id, to->article);
        strbuf_print(&r->id, ":%zu", schema_number(id));
        to->id = strbuf_str(&r->id);
        if (r->settled && first && !set_first(r, first, to, err)) return false;
    }
    if (c && !apply(r, c, to, err)) return false;
    return !(r->failed || r->id.failed || r->first_id.failed) || error_nomem(err, "reading a store");
}

const struct view_row *reading_row(const struct reading *r)
{
    return &r->row;
}

int64_t reading_document(const struct reading *r)
{
    return r->document;
}

/* ---- the stream ---- */

static void take_document(struct reading *r, stance_document *to)
{
    struct statement *q = r->documents;
    int64_t way = column_number(q, 8);
    r->document = column_number(q, 0);
    r->way = &r->ways[way > 0 && (size_t)way < r->ways_n ? way : 0];
    *to = (stance_document){.article = column_text(q, 1), .outlet = name_of(r, column_number(q, 2)), .date = column_text(q, 3), .url = column_text(q, 4),
                            .title = column_text(q, 5), .author = column_text(q, 6), .target = column_text(q, 7), .extracted = column_number(q, 9) != 0};
    to->file = str_of(database_path(r->database));
}

static bool take_extra(struct reading *r, stance_document *to, stance_error *err)
{
    stance_error why = {0};
    stance_str text = column_text(r->documents, EXTRA);
    r->extras.n = 0;
    if (!text.ptr) return true;
    if (!json_parse(&r->extra, text, &why))
        return why.code == STANCE_NOMEM ? error_nomem(err, "reading a store") : database_damaged(r->database, "the columns of an article cannot be read", err);
    for (size_t i = 0; i < r->extra.n && i < EXTRA_MOST; i++)
        if (!extra_is_ours(r->extra.pairs[i].key)) r->extras.items[r->extras.n++] = (stance_extra){r->extra.pairs[i].key, r->extra.pairs[i].value};
    to->extra = r->extras.items;
    to->extra_n = r->extras.n;
    return true;
}

/* The document's columns stay where they are while its views are gone through. */
static void share(struct reading *r, const stance_document *d)
{
    stance_record *to = &r->shared;
    *to = (stance_record){.article = d->article, .outlet = d->outlet, .date = d->date, .url = d->url, .title = d->title, .model = r->way->model,
                          .views_model = r->way->views_model, .labels = r->way->labels, .labels_n = r->way->labels_n, .margin = NAN, .known = NAN,
                          .extra = d->extra, .extra_n = d->extra_n};
    to->speaker_span = to->cue_span = to->bytes = (stance_span){STANCE_NONE, STANCE_NONE};
    take_shares((stance_str){NULL, 0}, to);
}

static int next_row(struct reading *r, stance_error *err)
{
    if (r->texts) {
        int got = statement_step(r->views, err);
        if (got > 0) take_row(r->views, &r->row);
        return got;
    }
    if (r->packed.len == 0) return 0;
    return digest_take(&r->packed, r->row.id, &r->row) ? 1 : database_damaged(r->database, "a digest cannot be read", err) - 1;
}

static int next_view(struct reading *r, stance_record *to, stance_error *err)
{
    int got = next_row(r, err);
    if (got <= 0) return r->inside = false, got;
    *to = r->shared;
    return take_view(r, to, err) ? 1 : -1;
}

static int next(struct reading *r, stance_document *document, stance_record *record, stance_error *err)
{
    int got = r->inside ? next_view(r, record, err) : 0;
    if (got != 0) return got;
    got = statement_step(r->documents, err);
    if (got <= 0) return got;
    take_document(r, document);
    if (!take_extra(r, document, err)) return -1;
    share(r, document);
    r->inside = true;
    r->row = (struct view_row){.id = schema_view(r->document, 0)};
    if (!r->texts) {
        r->packed = column_bytes(r->documents, PACKED);
        return r->packed.ptr ? 2 : database_damaged(r->database, "a digest is missing", err) - 1;
    }
    bind_number(r->views, 1, schema_view(r->document, 0));
    bind_number(r->views, 2, schema_view(r->document, ((size_t)1 << SCHEMA_VIEW_BITS) - 1));
    return 2;
}

int stance_store_next(stance_store *s, stance_document *document, stance_record *record, stance_error *err)
{
    int got = s->reading ? next(s->reading, document, record, err) : 0;
    if (got > 0) return got;
    reading_free(s->reading);
    s->reading = NULL;
    return got;
}

bool reading_columns(stance_store *s, struct arena *arena, const stance_str **names, size_t *n, stance_error *err)
{
    struct statement *q = statement_new(s->database, "SELECT key FROM document d, json_each(d.extra) j GROUP BY key ORDER BY min(d.id), min(j.id)", err);
    stance_str *all = arena_array(arena, EXTRA_MOST, sizeof *all);
    int got = -1;
    bool ok = q && (all || error_nomem(err, "reading a store"));
    for (*n = 0; ok && (got = statement_step(q, err)) > 0 && *n < EXTRA_MOST; ++*n)
        ok = arena_copy(arena, column_text(q, 0), &all[*n]) || error_nomem(err, "reading a store");
    statement_free(q);
    *names = all;
    return ok && got >= 0;
}
