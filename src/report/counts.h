/* SPDX-License-Identifier: MIT
 * counts: views in; what the report is made of out: some 150 bytes a view, so that copies can be told when all are there. */
#ifndef REPORT_COUNTS_H
#define REPORT_COUNTS_H
#include "../base/vocab.h"
#include "confusion.h"
#include "duplicates.h"
#include "examples.h"
#include "filter.h"

enum { COUNTS_MAX_KEYS = 8, COUNTS_NO_CLAIM = COUNTS_MAX_KEYS };

/* What a cell counts: a label (its id in labels), or one of these. */
enum {
    COUNT_ABSTAINED = STANCE_MAX_LABELS,
    COUNT_UNLABELLED, /* a view without stance, as extract writes it */
    COUNT_COPY,       /* of another view of the group */
    COUNT_ARTICLE     /* the article itself, with views or not */
};

enum counts_adjust { ADJUST_NONE, ADJUST_COUNT, ADJUST_PROBABILITY };
enum counts_sort { SORT_VIEWS, SORT_NET, SORT_NAME, SORT_ARTICLES };

struct dimension;
/* A view counted. */
struct counted {
    uint32_t group, article; /* group: without the claim, which is known only at the end */
    uint8_t what;
};

struct counts {
    struct arena arena;
    stance_report_options options; /* defaults filled in; `by` and the other strings in the arena */
    const char *key[COUNTS_MAX_KEYS];
    const struct dimension *dimension[COUNTS_MAX_KEYS]; /* NULL: a column of the input */
    size_t keys;
    bool of_articles;              /* every key is known of an article without views */
    enum dedup dedup;
    size_t claim;                  /* which key is the claim; COUNTS_NO_CLAIM */
    enum counts_sort sort;
    struct filter filter;
    struct vocab articles, groups; /* packed: see counts_unpack */
    struct vocab labels, models, views_models;
    enum counts_adjust adjust;
    struct confusion confusion;
    float *probabilities;          /* [duplicates.n][confusion.labels.n] with ADJUST_PROBABILITY */
    size_t probabilities_cap;
    struct cells article_cells;    /* articles given, per group */
    struct duplicates duplicates;
    struct counted *views;         /* [duplicates.n] */
    size_t views_cap;
    struct strbuf ids;             /* when examples are kept: the views' ids, */
    size_t *id_end;                /* [duplicates.n] and where each ends */
    size_t id_cap;
    struct examples *examples;     /* [groups.n] of each group; with a claim all views stand in the first, in the order of their coming */
    size_t examples_cap;
    size_t left_out, undated;      /* views not asked for; of these, for want of a readable date */
    bool articles_given;
    struct strbuf scratch, packed;
};

/* c all zero. options may be NULL. False: USAGE, NOMEM. Free in any case. */
bool counts_init(struct counts *c, const stance_report_options *options, stance_error *err);
void counts_free(struct counts *c);
/* Whether the filters let a view (an article) pass; counts it as left out when not. False when memory is out. */
bool counts_wants(struct counts *c, const stance_record *record, bool *wants, stance_error *err);
bool counts_wants_article(struct counts *c, const stance_document *document, bool *wants, stance_error *err);
/* Views that another run left out. */
void counts_left_out(struct counts *c, size_t views, size_t undated);
bool counts_add(struct counts *c, const stance_record *record, stance_error *err);
bool counts_add_article(struct counts *c, const stance_document *document, stance_error *err);
/* Which key is a month or week; COUNTS_MAX_KEYS when none is. */
size_t counts_period(const struct counts *c);
/* The word that --sort takes; static. */
const char *counts_sort_name(enum counts_sort sort);
/* The word that --dedup takes; static. */
const char *counts_dedup_name(enum dedup dedup);
/* The id of a view; NULL when no examples are kept. */
stance_str counts_id(const struct counts *c, size_t view);
/* The value of key i, which is a column, for a view; of_article: for an article, of which a column that is not in the record is not known. */
stance_str counts_column(const struct counts *c, size_t i, const stance_record *record, bool of_article);
/* Appends a string to a packed key. */
void counts_pack(struct strbuf *out, stance_str s);
/* Cuts the first string off a packed key. */
stance_str counts_unpack(stance_str *packed);
#endif
