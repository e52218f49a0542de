/* SPDX-License-Identifier: MIT
 * store: what the parts of stance_store share. */
#ifndef STORE_STORE_H
#define STORE_STORE_H
#include <time.h>

#include "../base/vocab.h"
#include "schema.h"

enum store_sql {
    SQL_FIND_NAME, SQL_ADD_NAME, SQL_FIND_METHOD, SQL_ADD_METHOD, SQL_FIND_DOCUMENT, SQL_PUT_DOCUMENT, SQL_PUT_CONTENT, SQL_CLEAR_VIEWS, SQL_CLEAR_DETAIL,
    SQL_PUT_VIEW, SQL_PUT_DETAIL, SQL_UNSETTLE, SQL_CORRECTIONS_OF, SQL_PLACE_CORRECTION, SQL_COUNT, SQL_SETTLED, SQL_SETTLE,
    SQL_SET_FIRST, SQL_PUT_DIGEST, SQL_ADD_ALIAS, SQLS
};

struct reading;

struct stance_store {
    struct database *database;
    struct statement *statements[SQLS]; /* NULL until needed */
    bool write, broken;                 /* broken: a put failed, and its batch was taken back */
    int64_t method;                     /* of the puts; 0: not begun */
    struct arena memory;
    stance_str labels[STANCE_MAX_LABELS]; /* [labels_n] of the method */
    size_t labels_n;
    struct vocab names;                 /* those whose number is known, */
    int64_t *name_ids;                  /* [names.n] which is this */
    size_t name_cap;
    size_t batch, replaced;
    struct timespec began;              /* the batch */
    struct strbuf scratch;
    struct reading *reading;
};

/* The statement, made ready; NULL on failure. Belongs to the store. */
struct statement *store_statement(stance_store *s, enum store_sql which, stance_error *err);
/* The number of a name, given when new; ptr NULL has 0, which is no name's. */
bool store_name(stance_store *s, stance_str name, int64_t *id, stance_error *err);
/* Begins a batch, if none is open, and notes that copies have to be found anew when `unsettle`. */
bool store_change(stance_store *s, bool unsettle, stance_error *err);
/* Takes the batch back; nothing more can be put. Returns false. */
bool store_give_up(stance_store *s);
#endif
