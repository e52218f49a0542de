/* SPDX-License-Identifier: MIT
 * targets: what a view is about. */
#ifndef VIEWS_TARGETS_H
#define VIEWS_TARGETS_H
#include "attribution.h"

struct target {
    stance_str name;        /* ptr NULL: none found */
    uint32_t first, end;    /* tokens of its mention in the content; first == end when it is not named there */
};

/* The targets of a content, the likeliest first; at most `max`, returns how many (0 when there is none). `asked`: the one target the user asked
 * about, or NULL; then it is the only one. `before`: the target of the same speaker's view right before, for "it"; ptr NULL: none. */
size_t targets_find(const struct article *a, const struct attribution *x, const char *asked, stance_str before, struct target *out, size_t max);
#endif
