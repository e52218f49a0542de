/* SPDX-License-Identifier: MIT
 * entry: what merging needs of a report besides stance.h. */
#ifndef REPORT_ENTRY_H
#define REPORT_ENTRY_H
#include "../stance.h"

/* Which key has this name. */
size_t report_key(const stance_report *report, const char *name);
/* Views that another run left out, and whether it was told of all articles. */
void report_left_out(stance_report *report, size_t views, size_t undated, bool articles_given);
#endif
