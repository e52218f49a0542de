/* SPDX-License-Identifier: MIT
 * tag_table: builds and checks the tables of a token tagger's weights.
 * Method: weights are whole numbers of one scale, which sum without rounding, so that sums may be taken apart and kept; small ones are
 * left out; features that are alone in their context stand in the table itself, the others in rows. Limits: a feature is told by 16 (rows: 32) bits
 * of its hash beside its place; of two that agree in these one is lost. */
#include "tag_table.h"

#include <math.h>
#include <stdlib.h>

#include "../base/error.h"
#include "../base/str.h"

tag_packed tag_find(const struct tag_table *t, uint64_t key)
{
    return (key & 15) == TAG_ALONE ? tag_alone(t, key) : tag_member(tag_find_row(t, key & ~(uint64_t)15), (unsigned)(key & 15));
}

/* What a lower tag's number borrowed from the one above is given back. */
int tag_unpack(tag_packed sum, enum tag tag)
{
    for (int k = TAG_OUT; k < (int)tag; k++) sum = (sum - (uint64_t)(int64_t)(int16_t)sum) >> 16;
    return (int16_t)sum;
}

static bool row_sound(const struct tag_table *t, const struct tag_row *row)
{
    size_t at = row->first - 1u;
    if (at >= t->values_n) return false;
    return t->values[at] > 0 && t->values[at] <= TAG_MEMBERS && t->values[at] < t->values_n - at;
}

bool tag_table_sound(const struct tag_table *t)
{
    bool empty_slot = false, empty_row = false;
    if (!t->alone_n || (t->alone_n & (t->alone_n - 1)) || !t->rows_n || (t->rows_n & (t->rows_n - 1)) || !(isfinite(t->scale))) return false;
    for (size_t i = 0; i < t->alone_n && !empty_slot; i++) empty_slot = t->alone[i] == 0;
    for (size_t i = 0; i < t->rows_n; i++) {
        if (!t->rows[i].first) empty_row = true;
        else if (!row_sound(t, &t->rows[i])) return false;
    }
    return empty_slot && empty_row;
}

void tag_table_identify(struct tag_table *t)
{
    uint64_t of[] = {str_hash((stance_str){(const char *)t->alone, t->alone_n * sizeof *t->alone}, 1),
                     str_hash((stance_str){(const char *)t->rows, t->rows_n * sizeof *t->rows}, 2),
                     str_hash((stance_str){(const char *)t->values, t->values_n * sizeof *t->values}, 3)};
    t->id = str_hash((stance_str){(const char *)of, sizeof of}, 4) | 1;
}

/* ---- building ---- */

struct feature {
    uint64_t key;
    const float *weights;
};

static int by_key(const void *x, const void *y)
{
    const struct feature *a = x, *b = y;
    return (a->key > b->key) - (a->key < b->key);
}

static tag_packed pack(const float *weights, double scale)
{
    tag_packed sum = 0;
    for (size_t k = 0; k < TAGS; k++) sum += (uint64_t)lrint(scale > 0 ? (double)weights[k] / scale : 0) << 16 * k;
    return sum & 0xFFFFFFFFFFFFu;
}

static bool counts(const float *weights, double scale)
{
    double most = 0;
    for (size_t k = 0; k < TAGS; k++) most = fmax(most, fabs((double)weights[k]));
    return most >= TAG_LEAST * scale && scale > 0;
}

static void put_alone(struct tag_table_parts *p, const struct feature *f)
{
    size_t last = p->view.alone_n - 1, at = (size_t)(f->key >> 8) & last;
    tag_packed slot = tag_mark(f->key) << 48 | pack(f->weights, p->view.scale);
    while (p->alone[at] && p->alone[at] >> 48 != slot >> 48) at = (at + 1) & last;
    if (!p->alone[at]) p->alone[at] = slot;
}

/* Features [0, n) of one context. */
static void put_row(struct tag_table_parts *p, const struct feature *f, size_t n)
{
    uint64_t context = f->key & ~(uint64_t)15, members = (f[n - 1].key & 15) + 1;
    size_t last = p->view.rows_n - 1, at = (size_t)(context >> 8) & last;
    uint32_t check = (uint32_t)(context >> 32);
    while (p->rows[at].first && p->rows[at].check != check) at = (at + 1) & last;
    if (p->rows[at].first || members > TAG_MEMBERS) return;
    p->rows[at] = (struct tag_row){check, (uint32_t)p->view.values_n + 1u};
    tag_packed *row = p->values + p->view.values_n;
    row[0] = members;
    for (size_t i = 0; i < n; i++) row[1 + (f[i].key & 15)] = pack(f[i].weights, p->view.scale);
    p->view.values_n += 1 + members;
}

static size_t context_end(const struct feature *all, size_t i, size_t n)
{
    size_t end = i + 1;
    while (end < n && all[end].key >> 4 == all[i].key >> 4) end++;
    return end;
}

static size_t slots_for(size_t n)
{
    size_t slots = 64;
    while (slots < n + n / 2) slots *= 2;
    return slots;
}

static bool reserve(struct tag_table_parts *p, const struct feature *all, size_t n)
{
    size_t alone = 0, rows = 0, values = 1;
    for (size_t i = 0, end; i < n; i = end) {
        end = (all[i].key & 15) == TAG_ALONE ? i + 1 : context_end(all, i, n);
        if ((all[i].key & 15) == TAG_ALONE) alone++;
        else rows++, values += 1 + TAG_MEMBERS;
    }
    p->view.alone_n = slots_for(alone);
    p->view.rows_n = slots_for(rows);
    p->alone = calloc(p->view.alone_n, sizeof *p->alone);
    p->rows = calloc(p->view.rows_n, sizeof *p->rows);
    p->values = calloc(values, sizeof *p->values);
    return values < UINT32_MAX && p->alone && p->rows && p->values;
}

static double scale_of(const float *weights, size_t n)
{
    double most = 0;
    for (size_t i = 0; i < n * TAGS; i++) most = fmax(most, fabs((double)weights[i]));
    return most / TAG_UNITS;
}

/* Those that count, sorted; returns how many. */
static size_t choose(struct feature *all, const uint64_t *keys, const float *weights, size_t n, double scale)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (counts(weights + i * TAGS, scale)) all[kept++] = (struct feature){keys[i], weights + i * TAGS};
    qsort(all, kept, sizeof *all, by_key);
    return kept;
}

bool tag_table_build(struct tag_table_parts *out, const uint64_t *keys, const float *weights, size_t n, stance_error *err)
{
    *out = (struct tag_table_parts){.view.scale = scale_of(weights, n)};
    struct feature *all = calloc(n + 1, sizeof *all);
    size_t kept = all ? choose(all, keys, weights, n, out->view.scale) : 0;
    bool ok = all && reserve(out, all, kept);
    for (size_t i = 0, end; ok && i < kept; i = end) {
        bool alone = (all[i].key & 15) == TAG_ALONE;
        end = alone ? i + 1 : context_end(all, i, kept);
        if (alone) put_alone(out, &all[i]);
        else put_row(out, &all[i], end - i);
    }
    free(all);
    out->view.alone = out->alone;
    out->view.rows = out->rows;
    out->view.values = out->values;
    if (ok) return tag_table_identify(&out->view), true;
    tag_table_free(out);
    return error_nomem(err, "writing a model");
}

void tag_table_free(struct tag_table_parts *p)
{
    free(p->alone);
    free(p->rows);
    free(p->values);
    *p = (struct tag_table_parts){.alone = NULL};
}
