/* SPDX-License-Identifier: MIT
 * why: decisive parts laid on the text, as explain and the page show them. Method: sums. Limits: what comes from the whole text has no place. */
#include "why.h"

void why_weigh(const stance_explained *e, stance_str text, double *sums)
{
    for (size_t i = 0; i < e->n; i++)
        for (size_t k = 0; k < e->items[i].at_n; k++) {
            stance_span at = e->items[i].at[k];
            for (size_t b = at.start; b < at.end && b < text.len; b++) sums[b] += e->items[i].decisive / (double)e->items[i].at_n / (double)(at.end - at.start);
        }
}
