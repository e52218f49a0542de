/* SPDX-License-Identifier: MIT
 * period: the month and the ISO week of a date. */
#ifndef REPORT_PERIOD_H
#define REPORT_PERIOD_H
#include "../base/str.h"

enum { PERIOD_SIZE = 12 };

/* day: yyyy-mm-dd, as date_normalise writes it. Writes "2025-01" and NUL. */
void period_month(const char *day, char out[PERIOD_SIZE]);
/* Writes the ISO 8601 week, "2025-W05"; its year can differ from the day's. */
void period_week(const char *day, char out[PERIOD_SIZE]);
/* Days from a fixed one; day as above. */
int32_t period_day(const char *day);
/* True for yyyy, yyyy-mm and yyyy-mm-dd: what --since and --until take. */
bool period_bound(stance_str s);
/* Compares a day with a bound as far as the bound goes: 2025-01-31 is equal to 2025-01. */
int period_compare(const char *day, stance_str bound);
#endif
