/* SPDX-License-Identifier: MIT
 * adjusting: the shares of each group, corrected. */
#ifndef REPORT_ADJUSTING_H
#define REPORT_ADJUSTING_H
#include "recount.h"
#include "report.h"

/* Puts corrected shares, net and intervals in place of those counted. INPUT when a label that occurs is not in the confusion. */
bool adjusting_apply(const struct counts *c, const struct recount *t, const struct report *r, uint32_t id, struct report_group *g,
                     struct report_share *shares, stance_error *err);
#endif
