/* SPDX-License-Identifier: MIT
 * radix: sorts many numbers by 64-bit keys in time that grows with their number alone. */
#ifndef BASE_RADIX_H
#define BASE_RADIX_H
#include <stddef.h>
#include <stdint.h>

struct keyed {
    uint64_t key;
    uint32_t value;
};
/* Ascending; equal keys stay in their order. scratch: [n]. */
void radix_sort(struct keyed *items, struct keyed *scratch, size_t n);
#endif
