/* SPDX-License-Identifier: MIT
 * tag_table: the weights of a token tagger by feature, laid out for the cache. */
#ifndef VIEWS_TAG_TABLE_H
#define VIEWS_TAG_TABLE_H
#include "../stance.h"

#include <stdint.h>
#include <string.h>

enum tag { TAG_OUT, TAG_BEGIN, TAG_IN, TAGS };

/* A feature is a 64-bit key. Its low four bits are a member number: templates that look at the same context ("this word", here, one to the left, …)
 * share the bits above and stand in one row, so that one search finds them all. TAG_ALONE marks contexts of one template. */
enum { TAG_MEMBERS = 8, TAG_ALONE = 15 };

/* A sum of so many features stays within its 16 bits. Weights below TAG_LEAST units are left out: they decide nothing and fill the cache. */
enum { TAG_FEATURES = 96, TAG_UNITS = INT16_MAX / TAG_FEATURES, TAG_LEAST = 3 };

struct tag_row {
    uint32_t check; /* high half of the context */
    uint32_t first; /* in values, + 1; 0: empty */
};

/* The weights of one feature for all tags, or a sum of such: 16 bits a tag, so that one addition adds them all. What stands above is of no meaning. */
typedef uint64_t tag_packed;

/* Both tables: open addressing, slots a power of two, at most two thirds full. */
struct tag_table {
    const tag_packed *alone;    /* [alone_n] the upper 16 bits tell the feature; 0: empty */
    const struct tag_row *rows; /* [rows_n] */
    const tag_packed *values;   /* [values_n] each row: how many members, then their weights */
    size_t alone_n, rows_n, values_n;
    double scale;               /* of one unit of weight */
    uint64_t id;                /* tells the weights from others: by tag_table_identify; 0: not known */
};

static inline uint64_t tag_mix(uint64_t a, uint64_t b)
{
    uint64_t h = (a ^ b * 0x9E3779B97F4A7C15u) * 0xFF51AFD7ED558CCDu;
    return h ^ h >> 32;
}

/* Context of a template; never 0. */
static inline uint64_t tag_context(uint64_t template_id, uint64_t value)
{
    uint64_t h = (value ^ template_id * 0x632BE59BD9B4E019u) * 0xFF51AFD7ED558CCDu;
    return ((h ^ h >> 32) & ~(uint64_t)15) | 16;
}

static inline uint64_t tag_mark(uint64_t key)
{
    return key >> 48 | 1;
}

/* Gets what will be looked up into the cache. */
static inline void tag_fetch(const struct tag_table *t, uint64_t key)
{
    __builtin_prefetch(&t->alone[(size_t)(key >> 8) & (t->alone_n - 1)]);
}
static inline void tag_fetch_row(const struct tag_table *t, uint64_t context)
{
    __builtin_prefetch(&t->rows[(size_t)(context >> 8) & (t->rows_n - 1)]);
}

/* Weights of a feature that is alone in its context. */
static inline tag_packed tag_alone(const struct tag_table *t, uint64_t key)
{
    size_t last = t->alone_n - 1, at = (size_t)(key >> 8) & last;
    uint64_t mark = tag_mark(key);
    tag_packed slot = t->alone[at];
    while (!((slot == 0) | (slot >> 48 == mark))) slot = t->alone[at = (at + 1) & last]; /* one question: which of both it is cannot be foreseen */
    return slot;
}

/* The row of a context; one without members when none has weights. */
static inline const tag_packed *tag_find_row(const struct tag_table *t, uint64_t context)
{
    size_t last = t->rows_n - 1, at = (size_t)(context >> 8) & last;
    uint32_t check = (uint32_t)(context >> 32);
    static const tag_packed none[2] = {0};
    while (!((t->rows[at].first == 0) | (t->rows[at].check == check))) at = (at + 1) & last;
    return t->rows[at].first ? t->values + t->rows[at].first - 1 : none;
}

static inline tag_packed tag_member(const tag_packed *row, unsigned member)
{
    uint64_t in = member < row[0];
    return row[1 + member * in] & -in;
}

/* Weights of any feature, and one tag's number in them. */
tag_packed tag_find(const struct tag_table *t, uint64_t key);
int tag_unpack(tag_packed sum, enum tag tag);

/* Does every row lie within the values, and has each table an empty slot? For tables from files. */
bool tag_table_sound(const struct tag_table *t);

/* Sets its id, by all weights. */
void tag_table_identify(struct tag_table *t);

/* A table made from features and their weights; the same ones in any order give the same bytes. All zero is empty. */
struct tag_table_parts {
    struct tag_table view; /* of what follows; free with tag_table_free */
    tag_packed *alone;
    struct tag_row *rows;
    tag_packed *values;
};
bool tag_table_build(struct tag_table_parts *out, const uint64_t *keys, const float *weights, size_t n, stance_error *err);
void tag_table_free(struct tag_table_parts *p);
#endif
