/* SPDX-License-Identifier: MIT
 * near: views with nearly the same words. */
#ifndef REPORT_NEAR_H
#define REPORT_NEAR_H
#include "duplicates.h"

/* Joins them; false when memory is out. */
bool near_join(struct search *s);
/* Whether two texts are nearly the same: half of all pairs of neighbouring words are common to both, and what differs is no name, number
 * or negation. */
bool near_same(const uint32_t *a, size_t a_n, const uint32_t *b, size_t b_n);
#endif
