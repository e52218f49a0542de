/* SPDX-License-Identifier: MIT
 * schema: the tables of a store, version by version.
 * Method: what a report counts stands in `view`, narrow, with names as numbers; what people read in `detail` and `content`. `correction` has no
 * key into `view`, so that it outlives it. The SQL view `views` is for people with the sqlite3 shell.
 * Limits: 2^20 - 1 views in a document. A version that has been released is never changed: what changes is a new one behind it. */
#include "schema.h"

static const char version_1[] =
    "CREATE TABLE note(key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;"
    "INSERT INTO note VALUES('settled', 1);" /* 1: view.first is true of all views */
    "CREATE TABLE name(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);"
    "CREATE TABLE method(id INTEGER PRIMARY KEY, model TEXT NOT NULL, views_model TEXT NOT NULL, labels TEXT NOT NULL, settings TEXT NOT NULL,"
    " UNIQUE(model, views_model, labels, settings));" /* '' for none; labels: a line each */
    "CREATE TABLE document(id INTEGER PRIMARY KEY, article TEXT NOT NULL UNIQUE, outlet INTEGER REFERENCES name, date TEXT, url TEXT, title TEXT,"
    " author TEXT, target TEXT, extracted INTEGER NOT NULL, hash INTEGER NOT NULL, method INTEGER NOT NULL REFERENCES method);"
    "CREATE TABLE content(document INTEGER PRIMARY KEY REFERENCES document, text TEXT NOT NULL);"
    /* id: document * 2^20 + number in it; first: the earliest copy, NULL when it is that itself */
    "CREATE TABLE view(id INTEGER PRIMARY KEY, speaker INTEGER NOT NULL REFERENCES name, speaker_kind INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " \"start\" INTEGER, \"end\" INTEGER, target INTEGER REFERENCES name, stance INTEGER REFERENCES name, abstained INTEGER NOT NULL, first INTEGER);"
    "CREATE TABLE detail(view INTEGER PRIMARY KEY REFERENCES view, text TEXT NOT NULL, byte_start INTEGER, byte_end INTEGER, mention TEXT,"
    " mention_start INTEGER, mention_end INTEGER, resolved_by INTEGER NOT NULL, via TEXT, cue TEXT, cue_start INTEGER, cue_end INTEGER,"
    " p TEXT, margin REAL, known REAL);" /* p: in the order of method.labels, a comma between */
    "CREATE TABLE correction(article TEXT NOT NULL, \"start\" INTEGER NOT NULL, \"end\" INTEGER NOT NULL, nth INTEGER NOT NULL, text TEXT NOT NULL,"
    " stance TEXT, speaker TEXT, target TEXT, new_start INTEGER, new_end INTEGER, view INTEGER, PRIMARY KEY(article, \"start\", \"end\", nth)) WITHOUT ROWID;"
    "CREATE INDEX correction_view ON correction(view);"
    "CREATE VIEW views AS SELECT d.article || ':' || (v.id & 1048575) AS id, d.article, o.text AS outlet, d.date, coalesce(c.speaker, s.text) AS speaker,"
    " coalesce(c.target, t.text) AS target, coalesce(c.stance, l.text) AS stance, CASE WHEN c.new_start IS NULL THEN x.text ELSE substr((SELECT text FROM content"
    " WHERE document = d.id), c.new_start + 1, c.new_end - c.new_start) END AS text, x.cue, x.margin, v.first FROM view v JOIN document d ON d.id = v.id >> 20"
    " JOIN detail x ON x.view = v.id JOIN name s ON s.id = v.speaker LEFT JOIN name o ON o.id = d.outlet LEFT JOIN name t ON t.id = v.target"
    " LEFT JOIN name l ON l.id = v.stance LEFT JOIN correction c ON c.view = v.id;";

/* Other names of speakers; alias: folded; capitals: it counts in capitals only. And what a report counts of `view`, packed by document (digest.c), true
 * as long as note.settled is. */
static const char version_2[] =
    "CREATE TABLE alias(alias TEXT PRIMARY KEY, canonical TEXT NOT NULL, kind INTEGER NOT NULL, capitals INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE digest(document INTEGER PRIMARY KEY REFERENCES document, views BLOB NOT NULL);"
    "UPDATE note SET value = 0 WHERE key = 'settled'";

/* Columns of the input that are none of ours: a flat JSON object of strings and nulls, or NULL. */
static const char version_3[] = "ALTER TABLE document ADD COLUMN extra TEXT";

static const struct migration migrations[] = {{version_1}, {version_2}, {version_3}};

const struct database_kind schema_kind = {
    .application = 0x53746E63, /* "Stnc" */
    .what = "store of stance",
    .migrations = migrations,
    .version = sizeof migrations / sizeof *migrations,
};
