/* SPDX-License-Identifier: MIT
 * memory: what a training will need, told before it begins. */
#ifndef LEARN_MEMORY_H
#define LEARN_MEMORY_H
#include "features.h"

/* Bytes that training on the rows takes at its peak, some of it once per thread. Within a factor of two. */
bool memory_estimate(const stance_rows *rows, const struct feature_settings *settings, unsigned threads, double *bytes, stance_error *err);
/* Bytes that the system and the process's limits leave; 0 when not known. */
double memory_available(void);
#endif
