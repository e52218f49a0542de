/* SPDX-License-Identifier: MIT
 * near: nearly the same words, found in linear time.
 * Method: pairs of neighbouring words, MinHash (Broder 1997) by one permutation (Li, Owen & Zhang 2012; Shrivastava
 * 2017) in BANDS bands of ROWS; views that meet in a band are compared with the
 * last few that met there: two texts with half of their pairs in common meet with probability 0.66, with two thirds 0.94,
 * with four fifths 0.998; retold.c finds most of what is missed.
 * Limits: texts of fewer than LEAST words have only exact copies. */
#include "near.h"

#include <stdlib.h>
#include <string.h>

enum { BANDS = 8, ROWS = 3, LEAST = 5, LOOK_BACK = 4 };

static uint64_t pair(uint32_t a, uint32_t b)
{
    uint64_t x = ((uint64_t)(a & ~(uint32_t)GIST_FLAGS) << 32 | (b & ~(uint32_t)GIST_FLAGS)) * UINT64_C(0x9FB21C651E98DF25);
    return x ^ (x >> 29);
}

/* ---- comparing two ---- */

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static size_t pairs_of(const uint32_t *words, size_t n, uint64_t *out)
{
    size_t kept = 0;
    for (size_t i = 0; i + 1 < n; i++) out[i] = pair(words[i], words[i + 1]);
    if (n < 2) return 0;
    qsort(out, n - 1, sizeof *out, by_number);
    for (size_t i = 0; i + 1 < n; i++)
        if (!kept || out[kept - 1] != out[i]) out[kept++] = out[i];
    return kept;
}

static size_t common(const uint64_t *a, size_t a_n, const uint64_t *b, size_t b_n)
{
    size_t n = 0;
    for (size_t i = 0, j = 0; i < a_n && j < b_n;) {
        if (a[i] == b[j]) n++, i++, j++;
        else if (a[i] < b[j]) i++;
        else j++;
    }
    return n;
}

static bool has(const uint32_t *words, size_t n, uint32_t word)
{
    for (size_t i = 0; i < n; i++)
        if ((words[i] ^ word) < GIST_HARD * 2) return true;
    return false;
}

static bool has_hard_of_its_own(const uint32_t *a, size_t a_n, const uint32_t *b, size_t b_n)
{
    for (size_t i = 0; i < a_n; i++)
        if ((a[i] & GIST_HARD) && !has(b, b_n, a[i])) return true;
    return false;
}

static size_t negations(const uint32_t *words, size_t n)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++) found += (words[i] & GIST_NOT) != 0;
    return found;
}

bool near_same(const uint32_t *a, size_t a_n, const uint32_t *b, size_t b_n)
{
    uint64_t x[GIST_MOST], y[GIST_MOST];
    if (a_n < LEAST || b_n < LEAST || negations(a, a_n) != negations(b, b_n)) return false;
    if (has_hard_of_its_own(a, a_n, b, b_n) && has_hard_of_its_own(b, b_n, a, a_n)) return false;
    size_t x_n = pairs_of(a, a_n, x), y_n = pairs_of(b, b_n, y), shared = common(x, x_n, y, y_n);
    return 3 * shared >= x_n + y_n; /* shared / (x + y - shared) >= 1/2 */
}

/* ---- finding candidates ---- */

enum { BINS = BANDS * ROWS };

static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 32)) * UINT64_C(0xD6E8FEB86659FD93);
    return x ^ (x >> 32);
}

/* One hash per pair: its bin, and its value there. An empty bin borrows from another that is chosen by its number alone. */
static void sketch(const uint32_t *words, size_t n, uint64_t bins[BINS])
{
    for (size_t i = 0; i < BINS; i++) bins[i] = UINT64_MAX;
    for (size_t i = 0; i + 1 < n; i++) {
        uint64_t h = mix(pair(words[i], words[i + 1]));
        uint64_t *bin = &bins[((h & UINT32_MAX) * BINS) >> 32];
        if (h < *bin) *bin = h;
    }
    uint64_t full[BINS];
    memcpy(full, bins, sizeof full);
    for (uint64_t i = 0; i < BINS; i++)
        for (uint64_t try = 1; bins[i] == UINT64_MAX; try++) bins[i] = full[((mix(i * 1024 + try) & UINT32_MAX) * BINS) >> 32];
}

struct bands {
    uint32_t *keys;     /* [units_n][BANDS] */
    uint32_t *slots;    /* [size] the last unit + 1 that came here */
    uint32_t *before;   /* [units_n] the one + 1 that came there before */
    uint32_t *tried;    /* [units_n][LOOK_BACK] those + 1 it was compared with last */
    size_t size;
};

/* Keys are not 0 but for texts that are too short. */
static void fill_keys(const struct search *s, struct bands *b)
{
    uint64_t bins[BINS];
    for (size_t u = 0; u < s->units_n; u++) {
        const struct said *x = search_said(s, s->units[u]);
        if (x->words_n < LEAST) continue;
        sketch(search_words(s, x), x->words_n, bins);
        for (size_t i = 0; i < BANDS; i++) {
            const uint64_t *row = bins + i * ROWS;
            b->keys[u * BANDS + i] = (uint32_t)(mix(row[0] ^ (row[1] * 3) ^ (row[2] * 5)) >> 32) | 1;
        }
    }
}

static bool meet(struct search *s, uint32_t a, uint32_t b)
{
    const struct said *x = search_said(s, a), *y = search_said(s, b);
    if (x->article == y->article || !search_same_speaker(x, y) || search_joined(s, a, b)) return true;
    return !near_same(search_words(s, x), x->words_n, search_words(s, y), y->words_n) || search_join(s, a, b);
}

/* False when the two were compared in a band before: texts of one mould meet in nearly all. */
static bool try_once(struct bands *b, uint32_t u, size_t place, uint32_t other)
{
    uint32_t *tried = b->tried + (size_t)u * LOOK_BACK;
    for (size_t i = 0; i < LOOK_BACK; i++)
        if (tried[i] == other) return false;
    tried[place] = other;
    return true;
}

static bool run_band(struct search *s, struct bands *b, size_t band)
{
    memset(b->slots, 0, b->size * sizeof *b->slots);
    for (uint32_t u = 0; u < s->units_n; u++) {
        uint32_t key = b->keys[(size_t)u * BANDS + band];
        if (!key) continue;
        uint32_t *slot = &b->slots[(key >> 1) & (b->size - 1)], other = *slot;
        for (size_t i = 0; other && i < LOOK_BACK; i++, other = b->before[other - 1]) {
            if (b->keys[(size_t)(other - 1) * BANDS + band] != key || !try_once(b, u, i, other)) continue;
            if (!meet(s, s->units[u], s->units[other - 1])) return false;
        }
        b->before[u] = *slot;
        *slot = u + 1;
    }
    return true;
}

bool near_join(struct search *s)
{
    struct bands b = {.size = 1024};
    while (b.size < 2 * s->units_n) b.size *= 2;
    b.keys = calloc(s->units_n + 1, BANDS * sizeof *b.keys);
    b.slots = calloc(b.size, sizeof *b.slots);
    b.before = calloc(s->units_n + 1, sizeof *b.before);
    b.tried = calloc(s->units_n + 1, LOOK_BACK * sizeof *b.tried);
    bool ok = b.keys && b.slots && b.before && b.tried;
    if (ok) fill_keys(s, &b);
    for (size_t band = 0; ok && band < BANDS; band++) ok = run_band(s, &b, band);
    free(b.keys);
    free(b.slots);
    free(b.before);
    free(b.tried);
    return ok;
}
