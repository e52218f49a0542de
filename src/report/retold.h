/* SPDX-License-Identifier: MIT
 * retold: the same view of the same speaker in other words. */
#ifndef REPORT_RETOLD_H
#define REPORT_RETOLD_H
#include "duplicates.h"

/* Joins them; false when memory is out. */
bool retold_join(struct search *s);
#endif
