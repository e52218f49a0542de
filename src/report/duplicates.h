/* SPDX-License-Identifier: MIT
 * duplicates: which views are copies of one another: word for word, nearly so, or the same view of the same speaker in other words. */
#ifndef REPORT_DUPLICATES_H
#define REPORT_DUPLICATES_H
#include "cells.h"
#include "gist.h"

enum dedup { DEDUP_NONE, DEDUP_EXACT, DEDUP_NEAR };
enum { DAY_NONE = INT32_MAX };

/* A view as it is compared: 56 bytes and 4 for each word. */
struct said {
    uint64_t exact;            /* of speaker, target and text; 0: the view has no text */
    uint64_t tie;              /* of what else there is, for the order alone */
    uint32_t speaker, surname; /* 0: unknown */
    uint32_t article, start;   /* start: where in the article, for the order alone */
    int32_t day;               /* from any origin; DAY_NONE */
    uint32_t words_n;
    size_t words;              /* its first in gist.words */
    bool many;                 /* the speaker is a group such as "analysts", which need not be the same people elsewhere */
};

/* A view whose copies were found before: its number, and that of the earliest of its group. */
struct given {
    uint64_t number, first;
    uint32_t view;
};

/* All zero is empty. */
struct duplicates {
    struct gist gist;
    struct said *said;         /* [n] */
    size_t n, cap;
    struct given *given;       /* [given_n] by number: views whose group a store knows */
    size_t given_n, given_cap;
    uint32_t *order;           /* [n] positions to views: by day, article and place; after duplicates_find */
    uint32_t *first;           /* [n] view to the earliest view of its group, itself when it is that; after duplicates_find */
};

/* Adds a view. words false: only exact copies will be asked for. day: yyyy-mm-dd or NULL. tie: a hash of what is not compared, which orders
 * views of one place. A record with `first` keeps the group it was given and is compared with none. False when memory is out. */
bool duplicates_add(struct duplicates *d, const stance_record *r, uint32_t article, const char *day, uint64_t tie, bool words);
/* Finds the groups of all views added so far. rank: [articles] the place of each article in an order that does not depend on the input's.
 * DEDUP_NONE is as DEDUP_EXACT. False when memory is out. */
bool duplicates_find(struct duplicates *d, enum dedup how, const uint32_t *rank);
void duplicates_free(struct duplicates *d);

/* ---- for the two ways of finding copies: views are meant by their position in order ---- */

struct groups; /* union-find over positions */
struct search {
    const struct duplicates *d;
    struct groups *groups;
    uint32_t *units;           /* [units_n] positions, ascending: one for each exact copy */
    size_t units_n;
};
static inline const struct said *search_said(const struct search *s, uint32_t position) { return &s->d->said[s->d->order[position]]; }
static inline const uint32_t *search_words(const struct search *s, const struct said *x) { return s->d->gist.words + x->words; }
bool search_joined(const struct search *s, uint32_t a, uint32_t b);
/* Makes one group of the two, unless an article then had two different views in it: these are never one claim. False when memory is out. */
bool search_join(struct search *s, uint32_t a, uint32_t b);
/* True when the two can be the same speaker: the same last word of the name, or one unknown. */
bool search_same_speaker(const struct said *x, const struct said *y);
#endif
