/* SPDX-License-Identifier: MIT
 * why: what each byte of a text did for its label. */
#ifndef CLI_WHY_H
#define CLI_WHY_H
#include "../stance.h"

/* Adds to sums, [text.len]: each part is shared out evenly over the places it was made from, and there over bytes. */
void why_weigh(const stance_explained *e, stance_str text, double *sums);
#endif
