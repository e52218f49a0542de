/* SPDX-License-Identifier: MIT
 * database: a file of SQLite and its statements. The one home of sqlite3. */
#ifndef STORE_DATABASE_H
#define STORE_DATABASE_H
#include "../base/error.h"
#include "../base/str.h"

/* Each step brings a file from version i to i + 1: SQL, or a function. */
struct database;
struct migration {
    const char *sql;
};

/* What makes a file ours. */
struct database_kind {
    uint32_t application;                 /* of the header */
    const char *what;                     /* "store of stance", for messages */
    const struct migration *migrations;   /* [version] */
    int version;
};

enum { DATABASE_BUSY_MS = 5000 };

/* Opens and brings up to date; write: creates the file when it is not there or empty. A file that is damaged, of somebody else, too new or locked is
 * refused and left as it was. Failures are INPUT, or OUTPUT when write. busy_ms: how long to wait for others who write. Owner closes. */
struct database *database_open(const char *path, const struct database_kind *kind, bool write, unsigned busy_ms, stance_error *err);
void database_close(struct database *d);
const char *database_path(const struct database *d);
/* Runs SQL without results. */
bool database_run(struct database *d, const char *sql, stance_error *err);
/* What the file looks like from outside: true when it begins as SQLite files do. */
bool database_is(const char *path);
/* Fills err: the file holds what no program of ours writes. Returns false. */
bool database_damaged(const struct database *d, const char *how, stance_error *err);
/* Row id of the last insert. */
int64_t database_last(const struct database *d);
/* Rows changed since it was opened. */
int64_t database_changes(const struct database *d);
/* True within a transaction. */
bool database_busy(const struct database *d);

struct statement;

/* sql is static. NULL on failure. Belongs to the caller, before the database is closed. */
struct statement *statement_new(struct database *d, const char *sql, stance_error *err);
void statement_free(struct statement *s);
/* Parameters from 1; text must live until the statement is stepped to its end or reset. ptr NULL, NaN and STANCE_NONE bind NULL. */
void bind_text(struct statement *s, int at, stance_str text);
void bind_bytes(struct statement *s, int at, stance_str bytes);
void bind_number(struct statement *s, int at, int64_t number);
void bind_position(struct statement *s, int at, size_t position);
void bind_real(struct statement *s, int at, double number);
/* 1: a row. 0: no more, -1: failure; both make it ready for new parameters. */
int statement_step(struct statement *s, stance_error *err);
/* Steps to the end, passing over rows. */
bool statement_run(struct statement *s, stance_error *err);
void statement_reset(struct statement *s);
/* Columns from 0, valid until the next step. NULL is read as ptr NULL, 0, STANCE_NONE and NaN. A text that is not UTF-8 is read as NULL, and the next
 * step fails. */
stance_str column_text(struct statement *s, int at);
stance_str column_bytes(struct statement *s, int at);
int64_t column_number(struct statement *s, int at);
size_t column_position(struct statement *s, int at);
double column_real(struct statement *s, int at);
#endif
