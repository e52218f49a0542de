/* SPDX-License-Identifier: MIT
 * vectors: sparse rows.
 * Method: a table from id to place sums occurrences without sorting; tf-idf with sublinear counts and one length per block, so that
 * thousands of character n-grams do not drown words (each block is what scikit-learn's FeatureUnion would normalise). N-grams of characters are not
 * damped, and their length is that of as many features that all differ: what a word adds to either then depends on that word alone (memo.h).
 * Limits: the training matrix lives in memory, 8 bytes a cell. */
#include "vectors.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"

bool tally_room(struct tally *t, size_t ids, size_t more)
{
    if (!t->place && ids) { /* zero as it comes, so that only what is used is touched */
        t->place = calloc(ids, sizeof *t->place);
        t->ids = t->place ? ids : 0;
    }
    void *place = t->place, *cells = t->cells;
    size_t cap = t->ids;
    bool ok = array_reserve(&cells, &t->cap, t->n + more, sizeof *t->cells);
    t->cells = cells;
    if (!ok || !array_reserve(&place, &cap, ids, sizeof *t->place)) return false;
    t->place = place;
    memset(t->place + t->ids, 0, (cap - t->ids) * sizeof *t->place);
    t->ids = cap;
    return true;
}

bool tally_add(struct tally *t, uint32_t id, float count)
{
    if ((id >= t->ids || t->n == t->cap) && !tally_room(t, (size_t)id + 1, 1)) return false;
    if (t->place[id]) {
        t->cells[t->place[id] - 1].count += count;
        return true;
    }
    t->cells[t->n++] = (struct cell){id, count};
    t->place[id] = (uint32_t)t->n;
    return true;
}

void tally_clear(struct tally *t)
{
    for (size_t i = 0; i < t->n; i++) t->place[t->cells[i].id] = 0;
    t->n = 0;
}

void tally_free(struct tally *t)
{
    free(t->cells);
    free(t->place);
    *t = (struct tally){0};
}

static bool is_real(uint8_t block)
{
    return block == BLOCK_REAL || block == BLOCK_REAL + BLOCKS;
}

/* 1 + ln n. */
static const double damped[] = {
    0, 1, 1.6931471805599454, 2.09861228866811,
    2.3862943611198908, 2.6094379124341005, 2.791759469228055, 2.9459101490553135,
    3.0794415416798357, 3.1972245773362196, 3.3025850929940459, 3.3978952727983707,
    3.4849066497880004, 3.5649493574615367, 3.6390573296152584, 3.7080502011022101,
    3.7725887222397811, 3.8332133440562162, 3.8903717578961645, 3.9444389791664403,
    3.9957322735539909, 4.0445224377234226, 4.0910424533583161, 4.1354942159291497,
    4.1780538303479453, 4.218875824868201, 4.2580965380214817, 4.2958368660043291,
    4.3322045101752042, 4.3672958299864746, 4.4011973816621559, 4.4339872044851463,
    4.465735902799727,
};

double damp_many(double count)
{
    if (count < sizeof damped / sizeof *damped && count == (double)(unsigned)count) return damped[(unsigned)count];
    return 1 + log(count);
}

static bool is_char(uint8_t block)
{
    return block == BLOCK_CHAR || block == BLOCK_CHAR + BLOCKS;
}

size_t weigh(const struct weighting *w, const struct cell *cells, size_t n, struct value *out)
{
    double length[BLOCKS_WITH_COPIES] = {0};
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        double scale = w->scale[cells[i].id], count = (double)cells[i].count;
        if (scale == 0) continue;
        uint8_t block = w->block[cells[i].id];
        double x = count * scale, square = x * x;
        if (count > 1 && !is_real(block)) {
            if (!is_char(block)) x = damp_many(count) * scale;
            square = x * (is_char(block) ? scale : x);
        }
        length[block] += square;
        out[kept++] = (struct value){cells[i].id, x};
    }
    for (size_t b = 0; b < BLOCKS_WITH_COPIES; b++)
        length[b] = is_real((uint8_t)b) || length[b] == 0 ? w->weight[b] : w->weight[b] / sqrt(length[b]);
    for (size_t i = 0; i < kept; i++) out[i].x *= length[w->block[out[i].id]];
    return kept;
}

size_t weigh_counts(const double *scale, double weight, const struct cell *cells, size_t n, struct value *out)
{
    double length = 0;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        double x = damp_count((double)cells[i].count) * scale[cells[i].id];
        length += x * x;
        out[kept] = (struct value){cells[i].id, x};
        kept += scale[cells[i].id] != 0;
    }
    length = length == 0 ? weight : weight / sqrt(length);
    for (size_t i = 0; i < kept; i++) out[i].x *= length;
    return kept;
}

/* ---- the training matrix ---- */

struct filling {
    struct matrix *m;
    struct strbuf key;
    struct tally tally;
};

static bool add_kind(uint8_t **array, size_t *cap, uint32_t id, size_t value)
{
    void *grown = *array;
    if (!array_reserve(&grown, cap, (size_t)id + 1, 1)) return false;
    *array = grown;
    (*array)[id] = (uint8_t)value;
    return true;
}

static bool take(void *ctx, const struct occurrence *o)
{
    struct filling *f = ctx;
    struct matrix *m = f->m;
    bool fresh;
    uint32_t id = dictionary_add(&m->keys, o->hash, &fresh);
    if (id == NO_ID) return false;
    if (fresh) {
        strbuf_clear(&f->key);
        occurrence_key(o, &f->key);
        if (f->key.failed || !dictionary_name(&m->keys, id, strbuf_str(&f->key)) || !add_kind(&m->block, &m->cap_block, id, o->block) ||
            !add_kind(&m->template_of, &m->cap_template, id, o->template_id))
            return false;
    }
    return tally_add(&f->tally, id, o->value);
}

static int by_id(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

/* Cells come as runs of rising ids, for the most part; few of them are sorted soonest by moving each down to its place. */
static void sort_cells(struct cell *cells, size_t n)
{
    enum { FEW = 96 };
    if (n > FEW) {
        qsort(cells, n, sizeof *cells, by_id);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        struct cell moved = cells[i];
        size_t k = i;
        for (; k > 0 && cells[k - 1].id > moved.id; k--) cells[k] = cells[k - 1];
        cells[k] = moved;
    }
}

static bool close_row(struct filling *f)
{
    struct matrix *m = f->m;
    size_t used = m->start[m->rows];
    void *cells = m->cells;
    if (!array_reserve(&cells, &m->cap_cells, used + f->tally.n + 1, sizeof *m->cells)) return false;
    m->cells = cells;
    if (f->tally.n) {
        memcpy(m->cells + used, f->tally.cells, f->tally.n * sizeof *m->cells);
        sort_cells(m->cells + used, f->tally.n);
    }
    m->start[++m->rows] = used + f->tally.n;
    tally_clear(&f->tally);
    return true;
}

bool matrix_build(struct matrix *m, const struct feature_settings *settings, const stance_rows *rows, stance_error *err)
{
    struct filling filling = {m, {0}, {0}};
    struct feature_sink sink = {take, &filling, NULL};
    struct arena arena = ARENA_EMPTY;
    *m = (struct matrix){0};
    m->start = calloc(rows->n + 1, sizeof *m->start);
    m->facts = calloc(rows->n + 1, sizeof *m->facts);
    bool ok = (m->start && m->facts) || error_nomem(err, "building the training matrix");
    for (size_t i = 0; ok && i < rows->n; i++) {
        arena_reset(&arena);
        ok = features_extract(settings, &rows->rows[i].in, &arena, &sink, &m->facts[i], err) &&
             (close_row(&filling) || error_nomem(err, "building the training matrix"));
    }
    tally_free(&filling.tally);
    strbuf_free(&filling.key);
    arena_free(&arena);
    return ok;
}

void matrix_free(struct matrix *m)
{
    dictionary_free(&m->keys);
    free(m->block);
    free(m->template_of);
    free(m->start);
    free(m->cells);
    free(m->facts);
    *m = (struct matrix){0};
}

double known_share(const struct matrix *m, const double *scale, size_t row)
{
    double all = 0, known = 0;
    for (size_t i = m->start[row]; i < m->start[row + 1]; i++) {
        uint32_t id = m->cells[i].id;
        if (!feature_templates[m->template_of[id]].known || m->block[id] >= BLOCKS) continue;
        all += (double)m->cells[i].count;
        if (scale[id] != 0) known += (double)m->cells[i].count;
    }
    return all > 0 ? known / all : 0;
}
