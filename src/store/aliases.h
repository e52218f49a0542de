/* SPDX-License-Identifier: MIT
 * aliases: other names of speakers, kept in the store. */
#ifndef STORE_ALIASES_H
#define STORE_ALIASES_H
#include "store.h"

struct alias {
    stance_str canonical;
    stance_speaker_kind kind;
    bool capitals;          /* counts for names in capitals only */
};

/* All zero is empty. */
struct aliases {
    struct vocab folded;
    struct alias *items;    /* [folded.n] */
    size_t cap;
    struct arena memory;
    struct strbuf scratch;
};

bool aliases_load(struct aliases *a, struct database *d, stance_error *err);
/* NULL when the name is nobody's alias, or memory is out (*failed). */
const struct alias *aliases_find(struct aliases *a, stance_str name, bool *failed);
void aliases_free(struct aliases *a);
#endif
