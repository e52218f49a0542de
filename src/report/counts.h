/* SPDX-License-Identifier: MIT
 * counts: views in, counts per group and article out; in memory that grows with groups and articles. */
#ifndef REPORT_COUNTS_H
#define REPORT_COUNTS_H
#include "../base/vocab.h"
#include "cells.h"
#include "examples.h"
#include "filter.h"

enum { COUNTS_MAX_KEYS = 8 };

/* What a cell counts: a label (its id in labels), or one of these. */
enum {
    COUNT_ABSTAINED = STANCE_MAX_LABELS,
    COUNT_UNLABELLED, /* a view without stance, as extract writes it */
    COUNT_COPY,       /* of a view counted before in the group */
    COUNT_ARTICLE     /* the article itself, with views or not */
};

enum counts_sort { SORT_VIEWS, SORT_NET, SORT_NAME, SORT_ARTICLES };

struct dimension;
struct counts_group {
    size_t copies;
    struct examples examples;
};

struct counts {
    struct arena arena;
    stance_report_options options; /* defaults filled in; `by` and the other strings in the arena */
    const char *key[COUNTS_MAX_KEYS];
    const struct dimension *dimension[COUNTS_MAX_KEYS]; /* NULL: a column of the input */
    size_t keys;
    bool of_articles;              /* every key is known of an article without views */
    bool exact;                    /* copies count once */
    enum counts_sort sort;
    struct filter filter;
    struct vocab articles, groups; /* packed: see counts_unpack */
    struct vocab labels, models, views_models;
    struct cells cells;
    struct seen seen;
    struct counts_group *group;    /* [groups.n]; 0 is everything together */
    size_t group_cap;
    size_t left_out, undated;      /* views not asked for; of these, for want of a readable date */
    bool articles_given;
    struct strbuf scratch, packed;
};

/* c all zero. options may be NULL. False: USAGE, NOMEM. Free in any case. */
bool counts_init(struct counts *c, const stance_report_options *options, stance_error *err);
void counts_free(struct counts *c);
bool counts_add(struct counts *c, const stance_record *record, stance_error *err);
bool counts_add_article(struct counts *c, const stance_document *document, stance_error *err);
/* The word that --sort takes; static. */
const char *counts_sort_name(enum counts_sort sort);
/* Cuts the first string off a packed key. */
stance_str counts_unpack(stance_str *packed);
#endif
