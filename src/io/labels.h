/* SPDX-License-Identifier: MIT
 * labels: label values as people write them, to the names the contract uses. */
#ifndef IO_LABELS_H
#define IO_LABELS_H
#include "../base/error.h"
#include "../base/str.h"

/* False (USAGE) when one of maps[n] is not "a=b". */
bool labels_check_maps(const char *const *maps, size_t n, stance_error *err);
/* The label's name: maps first (case does not count), then the words for bullish, skeptical and neutral; any other word as it is. len 0
 * when a map drops it. "a=a" keeps a as it is. The result points into raw, maps or static memory. */
stance_str labels_normalise(stance_str raw, const char *const *maps, size_t n);
/* True for what is a number: its meaning has to be told with a map. */
bool labels_is_number(stance_str label);
/* Order in models: bullish, skeptical, neutral, then bytewise. */
int labels_compare(stance_str a, stance_str b);
#endif
