/* SPDX-License-Identifier: MIT
 * examples: the few views of a group that show best what its numbers mean. */
#ifndef REPORT_EXAMPLES_H
#define REPORT_EXAMPLES_H
#include "../base/error.h"

/* All zero is empty. */
struct examples {
    struct example **items; /* [n] highest rank first */
    size_t n, cap;
};

/* Keeps a copy of the record when its rank is among the `limit` highest; of equals the one with the lesser id, then the earlier one.
 * view: the caller's number for it. */
bool examples_offer(struct examples *e, size_t limit, double rank, size_t view, const stance_record *record, stance_error *err);
/* Belongs to e; strings in it may be pointed elsewhere. */
stance_record *examples_record(const struct examples *e, size_t i);
size_t examples_view(const struct examples *e, size_t i);
void examples_free(struct examples *e);
#endif
