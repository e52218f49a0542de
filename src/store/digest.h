/* SPDX-License-Identifier: MIT
 * digest: what a report counts of the views of a document, in some 15 bytes each. */
#ifndef STORE_DIGEST_H
#define STORE_DIGEST_H
#include "../base/str.h"

/* A row of the table view. */
struct view_row {
    int64_t id, speaker, target, label, first; /* numbers; 0: none */
    int64_t speaker_kind, kind, abstained;
    size_t start, end;                         /* a digest has no end */
};

/* Appends all but `first`, which is known later. before: the id of the view before; for the first view that of view 0. */
void digest_put(struct strbuf *out, const struct view_row *row, int64_t before);
void digest_put_first(struct strbuf *out, int64_t first);
/* Takes a row off *rest. False when these are no bytes of a digest. */
bool digest_take(stance_str *rest, int64_t before, struct view_row *row);
#endif
