/* SPDX-License-Identifier: MIT
 * filter: which views the user asked for. */
#ifndef REPORT_FILTER_H
#define REPORT_FILTER_H
#include "../base/arena.h"
#include "../base/str.h"

enum { FILTER_FIELDS = 4 };

struct filter {
    stance_str since, until;             /* ptr NULL: no bound */
    stance_str wanted[FILTER_FIELDS];    /* case folded; ptr NULL: any */
    struct strbuf scratch;
};

/* Reads the filters out of the options; strings go to the arena. False with USAGE or NOMEM. */
bool filter_init(struct filter *f, const stance_report_options *options, struct arena *arena, stance_error *err);
void filter_free(struct filter *f);
/* day: yyyy-mm-dd, or NULL when the view has no readable date. */
bool filter_time(const struct filter *f, const char *day);
bool filter_view(struct filter *f, const stance_record *r);
bool filter_outlet(struct filter *f, stance_str outlet);
/* True when memory ran out in one of the above: its answer means nothing. */
bool filter_failed(const struct filter *f);
/* True when single views are chosen, so that an article without a view cannot be told from one without a chosen view. */
bool filter_chooses_views(const struct filter *f);
#endif
