/* SPDX-License-Identifier: MIT
 * error: filling the caller's stance_error. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H
#include "../stance.h"

/* Fills err (which may be NULL) and returns false, so that a failing function can end with `return error_set(...)`. */
__attribute__((format(printf, 4, 5))) bool error_set(stance_error *err, stance_code code, size_t offset, const char *format, ...);
/* Out of memory while doing `what`. */
bool error_nomem(stance_error *err, const char *what);
#endif
