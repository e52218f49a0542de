/* SPDX-License-Identifier: MIT
 * database: SQLite behind a small door.
 * Method: the header's bytes are looked at before SQLite is let near the file, so that what is not ours is not touched; write-ahead log, so that
 * readers do not wait; migrations by user_version, each in a transaction of its own.
 * Limits: `synchronous` is NORMAL: a crash of the program loses nothing that was committed, a loss of power may lose the last commits. */
#include "database.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../text/unicode.h"

/* Files up to this size are checked in full when they are opened; the whole header and the length of any. */
static const size_t CHECKED_IN_FULL = (size_t)16 << 20;

struct database {
    sqlite3 *handle;
    char *path;
    const struct database_kind *kind;
    bool write;
};

struct statement {
    struct database *database;
    sqlite3_stmt *handle;
    int failed;    /* of binding; told by the next step */
    bool garbled;  /* a text was no UTF-8; as well */
};

/* ---- errors ---- */

static bool refuse(const struct database *d, stance_error *err, const char *why)
{
    return error_set(err, d->write ? STANCE_OUTPUT : STANCE_INPUT, 0, "%s: %s", d->path, why);
}

static bool damaged(const struct database *d, stance_error *err, const char *how)
{
    return error_set(err, d->write ? STANCE_OUTPUT : STANCE_INPUT, 0,
                     "%s: the %s is damaged (%s) and was left as it is; take a copy from before, or save what can be read with: sqlite3 FILE .recover", d->path,
                     d->kind->what, how);
}

static bool not_ours(const struct database *d, stance_error *err)
{
    return error_set(err, d->write ? STANCE_OUTPUT : STANCE_INPUT, 0, "%s: is no %s and was left as it is; name another file", d->path, d->kind->what);
}

static bool failed(const struct database *d, int code, stance_error *err)
{
    switch (code & 0xFF) {
    case SQLITE_NOMEM: return error_nomem(err, "using a database");
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return refuse(d, err, "is locked: another program is writing to it; try again when it is done");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: return damaged(d, err, d->handle ? sqlite3_errmsg(d->handle) : sqlite3_errstr(code));
    case SQLITE_FULL: return refuse(d, err, "the disk is full; what was committed is kept");
    case SQLITE_READONLY:
    case SQLITE_PERM: return refuse(d, err, "cannot be written to; look at the permissions of the file and its folder");
    case SQLITE_CANTOPEN: return refuse(d, err, "cannot be opened; look at the path, and at the permissions of the file and its folder");
    default: return refuse(d, err, d->handle ? sqlite3_errmsg(d->handle) : sqlite3_errstr(code));
    }
}

/* ---- the file as it lies there ---- */

enum { HEADER = 100 };

struct header {
    unsigned char bytes[HEADER];
    size_t n, size;   /* read; of the file */
    bool there;
};

static uint32_t big_endian(const unsigned char *b)
{
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

static bool read_header(const char *path, struct header *h)
{
    struct stat st;
    memset(h, 0, sizeof *h);
    if (stat(path, &st) != 0) return errno == ENOENT;
    h->there = true;
    h->size = (size_t)st.st_size;
    if (!S_ISREG(st.st_mode)) return true;
    FILE *f = fopen(path, "rb");
    if (!f) return false;
    h->n = fread(h->bytes, 1, HEADER, f);
    bool ok = !ferror(f);
    fclose(f);
    return ok;
}

static bool is_sqlite(const struct header *h)
{
    return h->n >= 16 && memcmp(h->bytes, "SQLite format 3", 16) == 0;
}

bool database_is(const char *path)
{
    struct header h;
    return strcmp(path, "-") != 0 && read_header(path, &h) && is_sqlite(&h);
}

/* A log or journal beside the file may hold pages that are not in the file yet, or no longer. */
static bool has_log(const char *path)
{
    static const char *const ends[] = {"wal", "journal"};
    char log[PATH_MAX + 16];
    struct stat st;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        int n = snprintf(log, sizeof log, "%s-%s", path, ends[i]);
        if (n > 0 && (size_t)n < sizeof log && stat(log, &st) == 0 && st.st_size > 0) return true;
    }
    return false;
}

static bool is_whole(const struct header *h)
{
    size_t page = (size_t)h->bytes[16] << 8 | h->bytes[17];
    if (page == 1) page = 65536;
    return h->n == HEADER && page >= 512 && (page & (page - 1)) == 0 && h->size >= page * (size_t)big_endian(h->bytes + 28);
}

static bool too_new(const struct database *d, int version, stance_error *err)
{
    return error_set(err, d->write ? STANCE_OUTPUT : STANCE_INPUT, 0,
                     "%s: a newer stance wrote this %s (version %d, known here up to %d); it was left as it is; use the newer stance, or name another file", d->path,
                     d->kind->what, version, d->kind->version);
}

static bool look_at_file(const struct database *d, bool *empty, stance_error *err)
{
    struct header h;
    if (!read_header(d->path, &h)) return refuse(d, err, strerror(errno));
    *empty = h.size == 0;
    if (!h.there) return d->write || refuse(d, err, "no such file");
    if (*empty && d->write) return true;
    if (!is_sqlite(&h)) return not_ours(d, err);
    if (h.n < HEADER) return damaged(d, err, "it ends within its header");
    if (big_endian(h.bytes + 68) != d->kind->application) return not_ours(d, err);
    if (!has_log(d->path) && !is_whole(&h)) return damaged(d, err, "it is shorter than its header says");
    uint32_t version = big_endian(h.bytes + 60);
    if (version > INT_MAX) return damaged(d, err, "its version is negative");
    return (int)version <= d->kind->version || too_new(d, (int)version, err);
}

/* ---- opening ---- */

static bool read_version(struct database *d, int *version, stance_error *err)
{
    struct statement *s = statement_new(d, "PRAGMA user_version", err);
    bool ok = s && statement_step(s, err) > 0;
    *version = ok ? (int)column_number(s, 0) : 0;
    statement_free(s);
    return ok;
}

/* A step, whole or not at all. The first one says whose file it is: were that said before, a kill between would leave a file that looks like ours and, once SQLite has
 * taken the unfinished writing back, is nobody's. There is no log yet, so the file itself always tells. */
static bool migrate_step(struct database *d, int from, stance_error *err)
{
    char number[64], ours[64];
    int now;
    snprintf(number, sizeof number, "PRAGMA user_version = %d", from + 1);
    snprintf(ours, sizeof ours, "PRAGMA application_id = %lu", (unsigned long)d->kind->application);
    if (!database_run(d, "BEGIN IMMEDIATE", err)) return false;
    bool ok = read_version(d, &now, err);
    if (ok && now == from) ok = database_run(d, d->kind->migrations[from].sql, err) && database_run(d, number, err); /* else another was faster */
    if (ok && now == 0) ok = database_run(d, ours, err);
    if (ok && database_run(d, "COMMIT", err)) return true;
    database_run(d, "ROLLBACK", NULL);
    return false;
}

static bool migrate(struct database *d, int version, stance_error *err)
{
    if (version > d->kind->version) return too_new(d, version, err);
    for (; version < d->kind->version; version++)
        if (!migrate_step(d, version, err)) return false;
    return true;
}

static bool check_in_full(struct database *d, stance_error *err)
{
    struct header h;
    char found[160];
    if (!read_header(d->path, &h) || h.size > CHECKED_IN_FULL) return true;
    struct statement *s = statement_new(d, "PRAGMA quick_check(1)", err);
    bool ok = s && statement_step(s, err) > 0;
    if (ok) {
        stance_str said = column_text(s, 0);
        ok = str_equal(said, STR("ok"));
        snprintf(found, sizeof found, "%.*s", said.len < 120 ? (int)said.len : 120, said.ptr ? said.ptr : "");
        for (char *c = found; *c; c++)
            if (*c == '\n') *c = ' ';
        if (!ok) damaged(d, err, found);
    }
    statement_free(s);
    return ok;
}

static bool prepare(struct database *d, bool empty, stance_error *err)
{
    int version;
    if (!read_version(d, &version, err)) return false;
    if (version > d->kind->version) return too_new(d, version, err);
    if (!empty && !check_in_full(d, err)) return false;
    if (!d->write) return version == d->kind->version || refuse(d, err, "an older stance wrote it; make the file writable, so that it can be brought up to date");
    return migrate(d, version, err) && database_run(d, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = OFF", err);
}

/* A reader may write too as far as SQLite is concerned: else the last one to close could not clear away the log. */
static bool open_handle(struct database *d, unsigned busy_ms, stance_error *err)
{
    int flags = SQLITE_OPEN_READWRITE | (d->write ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX;
    int code = sqlite3_open_v2(d->path, &d->handle, flags, NULL);
    if (code != SQLITE_OK) return failed(d, code, err);
    sqlite3_busy_timeout(d->handle, (int)busy_ms);
    /* What a stranger put beside our tables is not run: no trigger, no view in the place of a table, no function in the schema. */
    static const int off[] = {SQLITE_DBCONFIG_ENABLE_TRIGGER, SQLITE_DBCONFIG_ENABLE_VIEW, SQLITE_DBCONFIG_TRUSTED_SCHEMA};
    for (size_t i = 0; i < sizeof off / sizeof *off; i++) sqlite3_db_config(d->handle, off[i], 0, NULL);
    sqlite3_db_config(d->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    return d->write || database_run(d, "PRAGMA query_only = 1", err);
}

static struct database *open_as(const char *path, const struct database_kind *kind, bool write, unsigned busy_ms, stance_error *err)
{
    struct database *d = calloc(1, sizeof *d);
    size_t size = strlen(path) + 1;
    bool empty = false;
    if (d) d->path = malloc(size);
    if (!d || !d->path) {
        error_nomem(err, "opening a database");
        database_close(d);
        return NULL;
    }
    memcpy(d->path, path, size);
    d->kind = kind;
    d->write = write;
    if (look_at_file(d, &empty, err) && open_handle(d, busy_ms, err) && prepare(d, empty, err)) return d;
    database_close(d);
    return NULL;
}

/* A file of an older version is brought up to date by its readers too, when they may. */
static bool is_old(const char *path, const struct database_kind *kind)
{
    struct header h;
    return read_header(path, &h) && is_sqlite(&h) && h.n == HEADER && big_endian(h.bytes + 68) == kind->application &&
           (int)big_endian(h.bytes + 60) < kind->version && !has_log(path);
}

struct database *database_open(const char *path, const struct database_kind *kind, bool write, unsigned busy_ms, stance_error *err)
{
    if (!write && is_old(path, kind)) database_close(open_as(path, kind, true, busy_ms, NULL));
    return open_as(path, kind, write, busy_ms, err);
}

void database_close(struct database *d)
{
    if (!d) return;
    sqlite3_close(d->handle);
    free(d->path);
    free(d);
}

bool database_damaged(const struct database *d, const char *how, stance_error *err)
{
    return damaged(d, err, how);
}

const char *database_path(const struct database *d)
{
    return d->path;
}

bool database_run(struct database *d, const char *sql, stance_error *err)
{
    int code = sqlite3_exec(d->handle, sql, NULL, NULL, NULL);
    return code == SQLITE_OK || failed(d, code, err);
}

int64_t database_last(const struct database *d)
{
    return sqlite3_last_insert_rowid(d->handle);
}

int64_t database_changes(const struct database *d)
{
    return sqlite3_total_changes(d->handle);
}

bool database_busy(const struct database *d)
{
    return !sqlite3_get_autocommit(d->handle);
}

/* ---- statements ---- */

struct statement *statement_new(struct database *d, const char *sql, stance_error *err)
{
    struct statement *s = calloc(1, sizeof *s);
    if (!s) {
        error_nomem(err, "using a database");
        return NULL;
    }
    s->database = d;
    int code = sqlite3_prepare_v3(d->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &s->handle, NULL);
    if (code == SQLITE_OK) return s;
    failed(d, code, err);
    statement_free(s);
    return NULL;
}

void statement_free(struct statement *s)
{
    if (!s) return;
    sqlite3_finalize(s->handle);
    free(s);
}

static void note(struct statement *s, int code)
{
    if (code != SQLITE_OK && !s->failed) s->failed = code;
}

void bind_text(struct statement *s, int at, stance_str text)
{
    if (!text.ptr) note(s, sqlite3_bind_null(s->handle, at));
    else note(s, sqlite3_bind_text64(s->handle, at, text.ptr, text.len, SQLITE_STATIC, SQLITE_UTF8));
}

void bind_bytes(struct statement *s, int at, stance_str bytes)
{
    note(s, sqlite3_bind_blob64(s->handle, at, bytes.ptr ? bytes.ptr : "", bytes.len, SQLITE_STATIC));
}

void bind_number(struct statement *s, int at, int64_t number)
{
    note(s, sqlite3_bind_int64(s->handle, at, number));
}

void bind_position(struct statement *s, int at, size_t position)
{
    if (position == STANCE_NONE) note(s, sqlite3_bind_null(s->handle, at));
    else bind_number(s, at, (int64_t)position);
}

void bind_real(struct statement *s, int at, double number)
{
    note(s, sqlite3_bind_double(s->handle, at, number)); /* NaN is bound as NULL */
}

int statement_step(struct statement *s, stance_error *err)
{
    if (s->garbled) {
        statement_reset(s);
        return damaged(s->database, err, "a text is not UTF-8") - 1;
    }
    int code = s->failed ? s->failed : sqlite3_step(s->handle);
    if (code == SQLITE_ROW) return 1;
    s->failed = 0;
    if (code != SQLITE_DONE) failed(s->database, code, err);
    sqlite3_reset(s->handle);
    return code == SQLITE_DONE ? 0 : -1;
}

bool statement_run(struct statement *s, stance_error *err)
{
    int got;
    while ((got = statement_step(s, err)) > 0) {}
    return got == 0;
}

void statement_reset(struct statement *s)
{
    sqlite3_reset(s->handle);
    s->failed = 0;
    s->garbled = false;
}

stance_str column_text(struct statement *s, int at)
{
    const char *ptr = (const char *)sqlite3_column_text(s->handle, at);
    stance_str text = {ptr, ptr ? (size_t)sqlite3_column_bytes(s->handle, at) : 0};
    if (!ptr || unicode_valid(text)) return text;
    s->garbled = true;
    return (stance_str){NULL, 0};
}

stance_str column_bytes(struct statement *s, int at)
{
    if (sqlite3_column_type(s->handle, at) == SQLITE_NULL) return (stance_str){NULL, 0};
    const char *bytes = sqlite3_column_blob(s->handle, at);
    return (stance_str){bytes ? bytes : "", (size_t)sqlite3_column_bytes(s->handle, at)};
}

int64_t column_number(struct statement *s, int at)
{
    return sqlite3_column_int64(s->handle, at);
}

size_t column_position(struct statement *s, int at)
{
    return sqlite3_column_type(s->handle, at) == SQLITE_NULL ? STANCE_NONE : (size_t)sqlite3_column_int64(s->handle, at);
}

double column_real(struct statement *s, int at)
{
    return sqlite3_column_type(s->handle, at) == SQLITE_NULL ? NAN : sqlite3_column_double(s->handle, at);
}
