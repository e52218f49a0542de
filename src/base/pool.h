/* SPDX-License-Identifier: MIT
 * pool: work on many items in parallel, results in the order of the items. */
#ifndef BASE_POOL_H
#define BASE_POOL_H
#include "../stance.h"

/* What the pool calls; each gets ctx. produce and finish run on the caller's thread, work on any. */
struct pool_jobs {
    void *ctx;
    size_t slots;                                     /* items in flight at most, at least 1 */
    int (*produce)(void *ctx, size_t slot);           /* fills a slot: 1 filled, 0 no more, -1 stop */
    void (*work)(void *ctx, size_t slot, unsigned worker); /* worker: 0 to threads - 1 */
    bool (*finish)(void *ctx, size_t slot);           /* in the order of production; false: stop */
};

/* Runs until produce says no more and all is finished, or one of them says stop (then false). With one thread everything runs on the caller's.
 * NOMEM when no thread can be started. */
bool pool_run(const struct pool_jobs *jobs, unsigned threads, stance_error *err);
#endif
