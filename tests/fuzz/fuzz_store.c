/* SPDX-License-Identifier: MIT
 * fuzz_store: a database from a stranger. First byte: RAW: the rest is the file. CELLS: the rest is a list of values put into the tables of a good
 * store by SQLite itself (column, row, kind, value), the schema's among them, as a hand would that knows what it does. Else a list of changes to the
 * bytes of the file: place (2 bytes), length, bytes; length 0 cuts it there. WRITES: the store is written to as well.
 * Holds: a refusal has its sentence and leaves the file as it was; what opens gives UTF-8, spans in their texts, the same twice, and a report that is JSON. */
#include "fuzz.h"

#include "sqlite_memory.h"
#include "store/store.h"
#include "text/unicode.h"

enum { RAW = 1, CELLS = 2, WRITES = 4, DIGESTS = 8, MOST = 1 << 16 };

static const char *const labels[] = {"bullish", "skeptical", "neutral"};

/* ---- a good store ---- */

static void put_article(stance_store *s, stance_analyzer *an, const char *id, const char *text)
{
    const stance_document d = {.article = str_of(id), .outlet = STR("Post"), .date = STR("2025-01-02"), .title = STR("T"), .text = str_of(text)};
    const stance_result *r = stance_analyze(an, &d, NULL);
    CHECK(r && stance_store_put(s, &d, r, NULL));
}

static void fill(stance_store *s)
{
    const stance_store_method method = {.model = "m", .views_model = "v", .labels = labels, .labels_n = 3, .settings = "plain"};
    stance_analyzer *an = stance_analyzer_new(&(stance_analyzer_options){.model = fuzz_model()}, NULL);
    CHECK(an && stance_store_begin(s, &method, NULL));
    put_article(s, an, "a", "\"We should never have begun the bridge,\" Ada Obi said. The tram is late, according to Acme.");
    put_article(s, an, "b", "\"We should never have begun the bridge,\" Ada Obi said. \xC3\x89mile Roux doubts that the line will ever pay for itself.");
    static const char rows[] = "alias\tcanonical\tkind\tnote\nAda Obi\tAda M. Obi\tperson\t\n";
    const char *speakers = fuzz_file(1, rows, sizeof rows - 1);
    CHECK(stance_store_commit(s, NULL) && stance_store_add_speakers(s, speakers, NULL));
    CHECK(stance_store_override(s, "a:1", "stance", STR("neutral"), NULL) && stance_store_override(s, "b:1", "span", STR("1-10"), NULL));
    CHECK(stance_store_settle(s, NULL));
    /* Small pages, so that an input's few changes fall on more of them; and no log, which would be a file of its own. */
    CHECK(database_run(s->database, "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM", NULL));
    stance_analyzer_free(an);
}

static stance_str good_store(void)
{
    static char bytes[MOST];
    static size_t n;
    if (n) return (stance_str){bytes, n};
    fuzz_model(); /* trained in the same place as the file */
    const char *path = fuzz_file(0, "", 0);
    stance_store *s = stance_store_open(path, true, NULL);
    CHECK(s);
    fill(s);
    stance_store_free(s);
    n = fuzz_slurp(path, bytes, MOST);
    CHECK(n > 0 && n < MOST);
    return (stance_str){bytes, n};
}

/* ---- changed ---- */

static void change_bytes(const uint8_t *data, size_t size, struct strbuf *file)
{
    while (size >= 3) {
        size_t low = fuzz_byte(&data, &size), at = (low + 256u * fuzz_byte(&data, &size)) % (file->len + 1), n = fuzz_byte(&data, &size);
        if (n == 0) file->len = at;
        if (n > size) n = size;
        if (n > file->len - at) n = file->len - at;
        if (n) memcpy(file->ptr + at, data, n);
        data += n;
        size -= n;
    }
}

static const char *const columns[][2] = {
    {"note", "value"}, {"name", "id"}, {"name", "text"}, {"method", "id"}, {"method", "labels"}, {"method", "model"}, {"document", "id"}, {"document", "article"},
    {"document", "outlet"}, {"document", "date"}, {"document", "title"}, {"document", "extracted"}, {"document", "hash"}, {"document", "method"},
    {"content", "document"}, {"content", "text"}, {"view", "id"}, {"view", "speaker"}, {"view", "speaker_kind"}, {"view", "kind"}, {"view", "\"start\""},
    {"view", "\"end\""}, {"view", "target"}, {"view", "stance"}, {"view", "abstained"}, {"view", "first"}, {"detail", "view"}, {"detail", "text"},
    {"detail", "byte_start"}, {"detail", "byte_end"}, {"detail", "mention"}, {"detail", "mention_start"}, {"detail", "mention_end"}, {"detail", "resolved_by"},
    {"detail", "via"}, {"detail", "cue"}, {"detail", "cue_start"}, {"detail", "p"}, {"detail", "margin"}, {"detail", "known"}, {"correction", "\"start\""},
    {"correction", "\"end\""}, {"correction", "nth"}, {"correction", "text"}, {"correction", "stance"}, {"correction", "speaker"}, {"correction", "target"},
    {"correction", "new_start"}, {"correction", "new_end"}, {"correction", "view"}, {"alias", "alias"}, {"alias", "canonical"}, {"alias", "kind"},
    {"alias", "capitals"}, {"digest", "document"}, {"digest", "views"}, {"sqlite_schema", "type"}, {"sqlite_schema", "name"}, {"sqlite_schema", "rootpage"},
    {"sqlite_schema", "sql"}};

static void bind(sqlite3_stmt *q, unsigned kind, const uint8_t *data, size_t n)
{
    int64_t number = 0;
    double real = 0;
    memcpy(&number, data, n < sizeof number ? n : sizeof number);
    memcpy(&real, data, n < sizeof real ? n : sizeof real);
    switch (kind % 6) {
    case 0: sqlite3_bind_null(q, 1); break;
    case 1: sqlite3_bind_int64(q, 1, n == 1 ? (sqlite3_int64)(int8_t)*data : (sqlite3_int64)number); break;
    case 2: sqlite3_bind_text(q, 1, (const char *)data, (int)n, SQLITE_TRANSIENT); break;
    case 3: sqlite3_bind_blob(q, 1, n ? (const void *)data : "", (int)n, SQLITE_TRANSIENT); break;
    case 4: sqlite3_bind_double(q, 1, real); break;
    default: sqlite3_bind_int64(q, 1, n ? (sqlite3_int64)1 << *data % 63 : 0);
    }
}

/* ---- cells, by SQLite ---- */

enum { COLUMNS = sizeof columns / sizeof *columns, ALL_ROWS = 7 };

/* The good store in memory, where changes are rolled back: its schema is read once. */
static sqlite3 *good_cells(void)
{
    static sqlite3 *db;
    sqlite3 *from = NULL;
    if (db) return db;
    stance_str good = good_store();
    CHECK(sqlite3_open(fuzz_file(0, good.ptr, good.len), &from) == SQLITE_OK && sqlite3_open(":memory:", &db) == SQLITE_OK);
    CHECK(sqlite3_exec(db, "PRAGMA page_size = 512", NULL, NULL, NULL) == SQLITE_OK);
    sqlite3_backup *copy = sqlite3_backup_init(db, "main", from, "main");
    CHECK(copy && sqlite3_backup_step(copy, -1) == SQLITE_DONE && sqlite3_backup_finish(copy) == SQLITE_OK && sqlite3_close(from) == SQLITE_OK);
    CHECK(sqlite3_exec(db, "PRAGMA writable_schema = ON", NULL, NULL, NULL) == SQLITE_OK);
    return db;
}

/* Changes a column's value in one row or in all; kept for the next input. NULL where SQLite does not let it be changed. */
static sqlite3_stmt *changing(size_t column, bool all)
{
    static sqlite3_stmt *made[COLUMNS][2];
    static bool tried[COLUMNS][2];
    char sql[256];
    const char *table = columns[column][0], *name = columns[column][1];
    if (tried[column][all]) return made[column][all];
    tried[column][all] = true;
    int end = snprintf(sql, sizeof sql, "UPDATE OR IGNORE %s SET %s = ?1", table, name);
    if (!all) snprintf(sql + end, sizeof sql - (size_t)end, " WHERE %s IS (SELECT %s FROM %s LIMIT 1 OFFSET ?2)", name, name, table);
    sqlite3_prepare_v2(good_cells(), sql, -1, &made[column][all], NULL);
    return made[column][all];
}

/* column, row (7: all), kind, length of the value, value */
static void change_cells(const uint8_t *data, size_t size, struct strbuf *file)
{
    sqlite3 *db = good_cells();
    sqlite3_int64 n = 0;
    CHECK(sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) == SQLITE_OK);
    for (int most = 20; size >= 4 && most > 0; most--) {
        size_t column = fuzz_byte(&data, &size) % COLUMNS, row = fuzz_byte(&data, &size) % 8, kind = fuzz_byte(&data, &size), length = fuzz_byte(&data, &size);
        sqlite3_stmt *q = changing(column, row == ALL_ROWS);
        if (length > size) length = size;
        if (q) {
            bind(q, (unsigned)kind, data, length);
            if (row != ALL_ROWS) sqlite3_bind_int64(q, 2, (sqlite3_int64)row);
            sqlite3_step(q);
            sqlite3_reset(q);
        }
        data += length;
        size -= length;
    }
    unsigned char *bytes = sqlite3_serialize(db, "main", &n, 0);
    CHECK(bytes && n > 0 && n < MOST);
    strbuf_clear(file);
    strbuf_add(file, (stance_str){(const char *)bytes, (size_t)n});
    sqlite3_free(bytes);
    CHECK(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL) == SQLITE_OK);
}

/* ---- what must hold ---- */

static uint64_t read_all(stance_store *s, bool texts, stance_report *report)
{
    stance_document document;
    stance_record record;
    stance_error err = {0};
    uint64_t d = 1;
    int got;
    CHECK(stance_store_rewind(s, texts, &err) || (err.code != STANCE_OK && err.text[0]));
    while ((got = stance_store_next(s, &document, &record, &err)) > 0) {
        if (got == 2) CHECK(fuzz_utf8(document.article) && fuzz_utf8(document.title) && fuzz_utf8(document.author) && fuzz_utf8(document.target));
        if (got == 1) d = d * 3 + fuzz_record(&record);
        if (got == 1 && report) stance_report_add(report, &record, NULL);
    }
    CHECK(got == 0 || err.text[0]);
    return fuzz_mix(d, str_of(err.text));
}

static bool is_utf8(void *ctx, const stance_correction *c)
{
    (void)ctx;
    CHECK(fuzz_utf8(c->article) && fuzz_utf8(c->text) && fuzz_utf8(c->view) && fuzz_utf8(c->stance) && fuzz_utf8(c->speaker) && fuzz_utf8(c->target));
    return true;
}

static void check_reading(stance_store *s, bool texts)
{
    const stance_report_options options = {.by = "speaker", .draws = 2, .examples = 1, .min_n = 1};
    stance_report *report = stance_report_new(&options, NULL);
    stance_store_counts counts;
    stance_str out;
    CHECK(report);
    uint64_t once = read_all(s, texts, report);
    CHECK(read_all(s, texts, NULL) == once);
    if (stance_report_render(report, "json", &(stance_render_options){.width = 80}, &out, NULL)) fuzz_check_json(out);
    stance_report_free(report);
    stance_store_overrides(s, is_utf8, NULL, NULL);
    stance_store_counted(s, &counts, NULL);
}

static void check_writing(stance_store *s)
{
    stance_error err = {0};
    const stance_store_method method = {.model = "m", .views_model = "v", .labels = labels, .labels_n = 3, .settings = "plain"};
    const stance_document d = {.article = STR("a"), .text = STR("Nothing is said.")};
    CHECK(stance_store_override(s, "b:1", "stance", STR("bullish"), &err) || err.text[0]);
    CHECK(stance_store_override(s, "b:2", "span", STR("0-3"), &err) || err.text[0]);
    bool ok = stance_store_begin(s, &method, &err) && stance_store_done(s, &d, &err) >= 0 && stance_store_put(s, &d, &(stance_result){0}, &err) &&
              stance_store_settle(s, &err);
    CHECK(ok || err.text[0]);
}

static void check_file(const char *path, stance_str bytes, unsigned settings)
{
    static char after[MOST];
    stance_error err = {0};
    bool write = settings & WRITES;
    stance_store *s = stance_store_open(path, write, &err);
    if (!s) {
        CHECK((err.code == (write ? STANCE_OUTPUT : STANCE_INPUT) || err.code == STANCE_NOMEM) && err.text[0]);
        CHECK(fuzz_slurp(path, after, MOST) == bytes.len && memcmp(after, bytes.ptr, bytes.len) == 0);
        return;
    }
    if (write) check_writing(s);
    check_reading(s, !(settings & DIGESTS));
    stance_store_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct strbuf file;
    static bool taken;
    unsigned settings = fuzz_byte(&data, &size);
    if (!taken) sqlite_memory_take();
    taken = true;
    stance_str good = good_store();
    strbuf_clear(&file);
    strbuf_add(&file, settings & RAW ? (stance_str){(const char *)data, size} : good);
    if ((settings & (RAW | CELLS)) == CELLS) change_cells(data, size, &file);
    else if (!(settings & RAW)) change_bytes(data, size, &file);
    const char *path = fuzz_file(0, file.ptr, file.len);
    size_t blocks = memory_blocks;
    check_file(path, strbuf_str(&file), settings);
    CHECK(memory_blocks == blocks);
    return 0;
}
