/* SPDX-License-Identifier: MIT
 * parallel: threads that take the next task from a counter.
 * Method: the caller works too, so a thread that cannot be started costs speed, not the result. Limits: once a task has failed no new one begins,
 * so which later tasks ran depends on timing; the error reported does only when several fail. */
#include "parallel.h"

#include <pthread.h>

enum { MOST_THREADS = 64 };

struct crew {
    pthread_mutex_t lock;
    size_t next, n, failed; /* failed: lowest task that failed, n when none */
    bool (*task)(void *ctx, size_t i, stance_error *err);
    void *ctx;
    stance_error err;
};

static bool take(struct crew *c, size_t *i)
{
    pthread_mutex_lock(&c->lock);
    bool more = c->next < c->n && c->failed == c->n;
    if (more) *i = c->next++;
    pthread_mutex_unlock(&c->lock);
    return more;
}

static void note(struct crew *c, size_t i, const stance_error *err)
{
    pthread_mutex_lock(&c->lock);
    if (i < c->failed) {
        c->failed = i;
        c->err = *err;
    }
    pthread_mutex_unlock(&c->lock);
}

static void *work(void *arg)
{
    struct crew *c = arg;
    size_t i;
    while (take(c, &i)) {
        stance_error err = {.code = STANCE_OK};
        if (!c->task(c->ctx, i, &err)) note(c, i, &err);
    }
    return NULL;
}

bool parallel_run(size_t n, unsigned threads, bool (*task)(void *ctx, size_t i, stance_error *err), void *ctx, stance_error *err)
{
    struct crew crew = {.n = n, .failed = n, .task = task, .ctx = ctx};
    pthread_t helpers[MOST_THREADS];
    size_t started = 0;
    pthread_mutex_init(&crew.lock, NULL);
    while (started + 1 < threads && started + 1 < n && started < MOST_THREADS && pthread_create(&helpers[started], NULL, work, &crew) == 0) started++;
    work(&crew);
    while (started > 0) pthread_join(helpers[--started], NULL);
    pthread_mutex_destroy(&crew.lock);
    if (crew.failed < n && err) *err = crew.err;
    return crew.failed == n;
}
