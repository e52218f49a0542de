/* SPDX-License-Identifier: MIT
 * resample: articles of a group drawn anew, as many as there are, each with the same chance every time. */
#ifndef REPORT_RESAMPLE_H
#define REPORT_RESAMPLE_H
#include "../base/error.h"

/* One article: its views, and how many of them have the stances that net adds and takes away. */
struct cluster {
    uint32_t plus, minus, n;
};

/* The next of a series of numbers without pattern (splitmix64: Steele, Lea & Flood 2014), from a state that it moves on. */
static inline uint64_t resample_random(uint64_t *state)
{
    uint64_t x = *state += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

/* Sums and their chances. A sum is lean * 2^32 + views: lean is plus less minus. */
struct chance;
struct chances {
    struct chance *items; /* [n] */
    size_t n;
};

struct resample {
    size_t rows, len, rest;   /* articles are drawn `rows` times `len` in a row, and `rest` one by one */
    struct chances row, single;
};

/* c: [n], n at least 1, sorted by n, then by lean; no views or more than INT32_MAX in n draws of the largest are the caller's fault. draws: how often
 * resample_net will be asked, about. False when memory is out. To be freed either way. */
bool resample_open(struct resample *r, const struct cluster *c, size_t n, size_t draws);
/* Lean by views of one draw of all articles. */
double resample_net(const struct resample *r, uint64_t *state);
void resample_free(struct resample *r);
#endif
