/* SPDX-License-Identifier: MIT
 * radix: least byte first.
 * Method: all bytes are counted in one pass; a byte that is the same in all keys costs nothing more. Limits: below a few hundred items qsort is as fast. */
#include "radix.h"

#include <string.h>

enum { BYTES = 8, VALUES = 256 };

static unsigned byte_of(uint64_t key, unsigned byte)
{
    return (unsigned)(key >> (8 * byte)) & (VALUES - 1);
}

static void distribute(const struct keyed *from, struct keyed *to, size_t n, unsigned byte, const size_t *count)
{
    size_t start[VALUES], sum = 0;
    for (size_t v = 0; v < VALUES; v++) {
        start[v] = sum;
        sum += count[v];
    }
    for (size_t i = 0; i < n; i++) to[start[byte_of(from[i].key, byte)]++] = from[i];
}

void radix_sort(struct keyed *items, struct keyed *scratch, size_t n)
{
    size_t count[BYTES][VALUES] = {{0}};
    struct keyed *from = items, *to = scratch;
    for (size_t i = 0; i < n; i++)
        for (unsigned b = 0; b < BYTES; b++) count[b][byte_of(items[i].key, b)]++;
    for (unsigned b = 0; b < BYTES && n; b++) {
        if (count[b][byte_of(items[0].key, b)] == n) continue;
        distribute(from, to, n, b, count[b]);
        struct keyed *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != items) memcpy(items, from, n * sizeof *items);
}
