/* SPDX-License-Identifier: MIT
 * date: dates as people and machines write them, to yyyy-mm-dd. */
#ifndef IO_DATE_H
#define IO_DATE_H
#include "../base/str.h"

/* Writes yyyy-mm-dd and NUL. False, out untouched, when the text is in no known form, is no day of the calendar, or could be read in two
 * ways (3/4/2025): a date is never guessed. Times behind the date are ignored, time zones too. */
bool date_normalise(stance_str in, char out[11]);
#endif
