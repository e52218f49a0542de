/* SPDX-License-Identifier: MIT
 * parallel: independent tasks on several threads. */
#ifndef LEARN_PARALLEL_H
#define LEARN_PARALLEL_H
#include "../stance.h"

/* Runs task(ctx, 0..n-1). False when one failed; err is then that of the failed task with the lowest number. */
bool parallel_run(size_t n, unsigned threads, bool (*task)(void *ctx, size_t i, stance_error *err), void *ctx, stance_error *err);
#endif
