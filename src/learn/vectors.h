/* SPDX-License-Identifier: MIT
 * vectors: occurrences summed per feature, and their weighting. One weighting for training and scoring. */
#ifndef LEARN_VECTORS_H
#define LEARN_VECTORS_H
#include "features.h"

struct cell {
    uint32_t id;
    float count; /* occurrences, or the value of a real feature */
};

struct value {
    uint32_t id;
    double x;
};

/* Sums occurrences by id, in order of first appearance. All zero is empty. */
struct tally {
    struct cell *cells; /* [n] */
    size_t n, cap;
    uint32_t *place;    /* [ids] place in cells + 1, 0: none */
    size_t ids;
};
bool tally_add(struct tally *t, uint32_t id, float count);
/* Makes room for `more` occurrences of ids below `ids`; false when memory is out. Then the following takes them. */
bool tally_room(struct tally *t, size_t ids, size_t more);
static inline void tally_value(struct tally *t, uint32_t id, float count)
{
    if (t->place[id]) {
        t->cells[t->place[id] - 1].count += count;
    } else {
        t->cells[t->n++] = (struct cell){id, count};
        t->place[id] = (uint32_t)t->n;
    }
}
static inline void tally_count(struct tally *t, uint32_t id) { tally_value(t, id, 1); }
void tally_clear(struct tally *t);
void tally_free(struct tally *t);

/* What so many occurrences count for: 1 + ln count, a count of 1 and less as it is. */
double damp_many(double count);
static inline double damp_count(double count) { return count <= 1 ? count : damp_many(count); }

/* How counts become values: (1 + ln count) * scale, each block brought to the length weight[block]; n-grams of characters are count * scale * weight /
 * sqrt(sum of count * scale^2); real features are count * scale * weight. */
struct weighting {
    const double *scale;   /* [features] idf; 0: not in the model */
    const uint8_t *block;  /* [features] */
    double weight[BLOCKS_WITH_COPIES];
};
/* Writes at most n values to out; returns how many. */
size_t weigh(const struct weighting *w, const struct cell *cells, size_t n, struct value *out);
/* The same where all features are counts of one block of this weight. */
size_t weigh_counts(const double *scale, double weight, const struct cell *cells, size_t n, struct value *out);

/* The rows of a training set, features extracted once. */
struct matrix {
    struct dictionary keys;
    uint8_t *block;              /* [keys.n] */
    uint8_t *template_of;        /* [keys.n] */
    size_t cap_block, cap_template;
    size_t rows;
    size_t *start;               /* [rows + 1] into cells */
    struct cell *cells;
    size_t cap_cells;
    struct feature_facts *facts; /* [rows] */
};
bool matrix_build(struct matrix *m, const struct feature_settings *settings, const stance_rows *rows, stance_error *err);
void matrix_free(struct matrix *m);
/* Share of the row's word n-grams whose scale is not 0. */
double known_share(const struct matrix *m, const double *scale, size_t row);
#endif
