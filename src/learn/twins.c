/* SPDX-License-Identifier: MIT
 * twins: a smaller problem with the same answer.
 * Method: two features of one block with equal counts in every row have equal values there, so the regulariser gives them equal weights w; a single
 * feature of sqrt(k) times the value, for k of them, has the same optimum with the weight sqrt(k) w. Most word pairs are seen once: all those of a row
 * become one. Equal rows are told by a sum of 64-bit hashes. Limits: two of a million features meet by chance once in ten million trainings. */
#include "twins.h"

#include <stdlib.h>
#include <string.h>

static uint64_t mix(uint64_t x) /* splitmix64's finaliser */
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static uint64_t counted(uint64_t row, float count)
{
    uint32_t bits;
    memcpy(&bits, &count, sizeof bits);
    return mix(row ^ bits);
}

void twins_see(const struct matrix *m, const uint32_t *chosen, size_t n, struct seen *seen)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t row = mix(i), once = counted(row, 1);
        for (size_t c = m->start[chosen[i]]; c < m->start[chosen[i] + 1]; c++) {
            const struct cell *cell = &m->cells[c];
            seen[cell->id].sign += cell->count == 1 ? once : counted(row, cell->count);
            seen[cell->id].rows++;
        }
    }
}

/* ---- features with the same sign and block, by an open table ---- */

static size_t table_size(size_t used)
{
    size_t size = 16;
    while (size < 2 * used) size *= 2;
    return size;
}

static bool same(const struct matrix *m, const struct seen *seen, uint32_t a, uint32_t b)
{
    return seen[a].sign == seen[b].sign && seen[a].rows == seen[b].rows && m->block[a] == m->block[b];
}

/* The column of each feature, numbered by first appearance. */
static void join(struct twins *c, const struct matrix *m, const struct seen *seen, const double *scale, uint32_t *table, size_t size)
{
    for (uint32_t id = 0; id < m->keys.n; id++) {
        c->of[id] = NO_ID;
        if (scale[id] == 0) continue;
        size_t at = (seen[id].sign ^ m->block[id]) & (size - 1);
        while (table[at] && !same(m, seen, c->first[table[at] - 1], id)) at = (at + 1) & (size - 1);
        if (!table[at]) {
            c->first[c->n++] = id;
            table[at] = (uint32_t)c->n;
        }
        c->of[id] = table[at] - 1;
        c->members[c->of[id]]++;
    }
}

/* ---- the order ---- */

static size_t rows_class(const struct seen *seen, uint32_t id)
{
    enum { MOST = 63 };
    return seen[id].rows < MOST ? MOST - seen[id].rows : 0;
}

/* Columns of many rows first, else as before: counted into classes. place: [n] the new number of each. */
static void renumber(struct twins *c, const struct seen *seen, uint32_t *place, uint32_t *scratch)
{
    uint32_t start[65] = {0};
    for (size_t i = 0; i < c->n; i++) start[rows_class(seen, c->first[i]) + 1]++;
    for (size_t k = 1; k < 65; k++) start[k] += start[k - 1];
    for (size_t i = 0; i < c->n; i++) place[i] = start[rows_class(seen, c->first[i])]++;
    memcpy(scratch, c->first, c->n * sizeof *scratch);
    for (size_t i = 0; i < c->n; i++) c->first[place[i]] = scratch[i];
    memcpy(scratch, c->members, c->n * sizeof *scratch);
    for (size_t i = 0; i < c->n; i++) c->members[place[i]] = scratch[i];
}

bool twins_make(struct twins *c, const struct matrix *m, const struct seen *seen, const double *scale)
{
    size_t features = m->keys.n, used = 0;
    for (size_t id = 0; id < features; id++) used += scale[id] != 0;
    size_t size = table_size(used);
    uint32_t *table = calloc(size, sizeof *table), *place = malloc((2 * used + 1) * sizeof *place);
    *c = (struct twins){malloc((features + 1) * sizeof *c->of), calloc(used + 1, sizeof *c->members), malloc((used + 1) * sizeof *c->first), 0};
    bool ok = table && place && c->of && c->members && c->first;
    if (ok) join(c, m, seen, scale, table, size);
    if (ok) renumber(c, seen, place, place + used);
    for (size_t id = 0; ok && id < features; id++)
        if (c->of[id] != NO_ID) c->of[id] = place[c->of[id]];
    free(table);
    free(place);
    return ok;
}

void twins_free(struct twins *c)
{
    free(c->of);
    free(c->members);
    free(c->first);
    *c = (struct twins){0};
}
