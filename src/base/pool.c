/* SPDX-License-Identifier: MIT
 * pool: a ring of slots between one producer and many workers.
 * Method: the caller's thread fills the ring and finishes its oldest slot; workers take filled slots under one lock. Limits: one slow item holds back
 * the ring once it is full; slots bound the memory. */
#include "pool.h"

#include <pthread.h>
#include <stdlib.h>

#include "error.h"

enum state { FREE, FILLED, DONE };

struct ring {
    const struct pool_jobs *jobs;
    pthread_mutex_t lock;
    pthread_cond_t filled, done;
    unsigned char *state;       /* [slots] */
    size_t produced, taken, finished;
    bool closed;                /* no more will be produced */
    unsigned workers;           /* started so far; gives each its number */
};

static void *worker(void *arg)
{
    struct ring *r = arg;
    pthread_mutex_lock(&r->lock);
    unsigned number = r->workers++;
    for (;;) {
        while (r->taken == r->produced && !r->closed) pthread_cond_wait(&r->filled, &r->lock);
        if (r->taken == r->produced) break;
        size_t slot = r->taken++ % r->jobs->slots;
        pthread_mutex_unlock(&r->lock);
        r->jobs->work(r->jobs->ctx, slot, number);
        pthread_mutex_lock(&r->lock);
        r->state[slot] = DONE;
        pthread_cond_signal(&r->done);
    }
    pthread_mutex_unlock(&r->lock);
    return NULL;
}

/* Waits for the oldest slot, then finishes it. Called without the lock. */
static bool finish_oldest(struct ring *r)
{
    size_t slot = r->finished % r->jobs->slots;
    pthread_mutex_lock(&r->lock);
    while (r->state[slot] != DONE) pthread_cond_wait(&r->done, &r->lock);
    r->state[slot] = FREE;
    r->finished++;
    pthread_mutex_unlock(&r->lock);
    return r->jobs->finish(r->jobs->ctx, slot);
}

static bool feed(struct ring *r)
{
    bool ok = true;
    while (ok) {
        if (r->produced - r->finished == r->jobs->slots) ok = finish_oldest(r);
        if (!ok) break;
        size_t slot = r->produced % r->jobs->slots;
        int got = r->jobs->produce(r->jobs->ctx, slot);
        if (got <= 0) return got == 0;
        pthread_mutex_lock(&r->lock);
        r->state[slot] = FILLED;
        r->produced++;
        pthread_cond_signal(&r->filled);
        pthread_mutex_unlock(&r->lock);
    }
    return ok;
}

static void close_ring(struct ring *r)
{
    pthread_mutex_lock(&r->lock);
    r->closed = true;
    pthread_cond_broadcast(&r->filled);
    pthread_mutex_unlock(&r->lock);
}

static bool run_alone(const struct pool_jobs *jobs)
{
    int got;
    while ((got = jobs->produce(jobs->ctx, 0)) > 0) {
        jobs->work(jobs->ctx, 0, 0);
        if (!jobs->finish(jobs->ctx, 0)) return false;
    }
    return got == 0;
}

bool pool_run(const struct pool_jobs *jobs, unsigned threads, stance_error *err)
{
    if (threads <= 1) return run_alone(jobs);
    struct ring r = {.jobs = jobs, .lock = PTHREAD_MUTEX_INITIALIZER, .filled = PTHREAD_COND_INITIALIZER, .done = PTHREAD_COND_INITIALIZER};
    pthread_t *thread = calloc(threads, sizeof *thread);
    r.state = calloc(jobs->slots, 1);
    unsigned started = 0;
    while (thread && r.state && started < threads && pthread_create(&thread[started], NULL, worker, &r) == 0) started++;
    bool ok = started > 0 ? feed(&r) : error_nomem(err, "starting threads");
    while (ok && r.finished < r.produced) ok = finish_oldest(&r);
    close_ring(&r);
    for (unsigned i = 0; i < started; i++) pthread_join(thread[i], NULL);
    free(thread);
    free(r.state);
    return ok;
}
