/* SPDX-License-Identifier: MIT
 * test_pool: order kept whatever the work takes, every item once, and stopping. */
#include "test_text_help.h"

#include <pthread.h>
#include <time.h>

#include "base/pool.h"

enum { ITEMS = 120, SLOTS = 8 };

struct run {
    size_t items, produced, finished, slots;
    size_t stop_produce, stop_finish;   /* item at which that step says stop; SIZE_MAX: never */
    size_t item[SLOTS], result[SLOTS];
    unsigned threads;
    int worked[ITEMS];                  /* times */
    bool wrong_worker, wrong_order, wrong_thread, too_many;
    pthread_t caller;
    pthread_mutex_t lock;
};

static int produce(void *ctx, size_t slot)
{
    struct run *r = ctx;
    if (!pthread_equal(r->caller, pthread_self())) r->wrong_thread = true;
    if (r->produced == r->stop_produce) return -1;
    if (r->produced == r->items) return 0;
    if (r->produced - r->finished >= r->slots) r->too_many = true;
    r->item[slot] = r->produced++;
    return 1;
}

static void work(void *ctx, size_t slot, unsigned worker)
{
    struct run *r = ctx;
    size_t item = r->item[slot];
    uint64_t seed = item + 1;
    struct timespec nap = {0, (long)help_below(&seed, 300) * 1000};
    if (item % 3 == 0) nanosleep(&nap, NULL);
    pthread_mutex_lock(&r->lock);
    r->worked[item]++;
    if (worker >= (r->threads ? r->threads : 1)) r->wrong_worker = true;
    pthread_mutex_unlock(&r->lock);
    r->result[slot] = item * item;
}

static bool finish(void *ctx, size_t slot)
{
    struct run *r = ctx;
    if (!pthread_equal(r->caller, pthread_self())) r->wrong_thread = true;
    if (r->item[slot] != r->finished || r->result[slot] != r->finished * r->finished) r->wrong_order = true;
    return r->finished++ != r->stop_finish;
}

static bool go(struct run *r, unsigned threads, size_t slots)
{
    struct pool_jobs jobs = {r, slots, produce, work, finish};
    r->threads = threads;
    r->slots = slots;
    r->caller = pthread_self();
    pthread_mutex_init(&r->lock, NULL);
    bool ok = pool_run(&jobs, threads, NULL);
    pthread_mutex_destroy(&r->lock);
    assert_false(r->wrong_worker || r->wrong_order || r->wrong_thread || r->too_many);
    return ok;
}

static void keeps_order_with_any_number_of_threads(void **state)
{
    (void)state;
    for (unsigned threads = 0; threads <= 8; threads++)
        for (size_t slots = 1; slots <= SLOTS; slots += 3) {
            struct run r = {.items = ITEMS, .stop_produce = SIZE_MAX, .stop_finish = SIZE_MAX};
            assert_true(go(&r, threads, slots));
            assert_int_equal(r.finished, ITEMS);
            for (size_t i = 0; i < ITEMS; i++) assert_int_equal(r.worked[i], 1);
        }
}

static void nothing_to_do(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 8; threads += 7) {
        struct run r = {.stop_produce = SIZE_MAX, .stop_finish = SIZE_MAX};
        assert_true(go(&r, threads, 4));
        assert_int_equal(r.finished, 0);
    }
}

static void stops_when_finish_says_so(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 8; threads++)
        for (size_t at = 0; at < 40; at += 13) {
            struct run r = {.items = ITEMS, .stop_produce = SIZE_MAX, .stop_finish = at};
            assert_false(go(&r, threads, 4));
            assert_int_equal(r.finished, at + 1);
            assert_true(r.produced <= at + 1 + 4);
        }
}

static void stops_when_finish_says_so_at_the_last_item(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 4; threads++) {
        struct run r = {.items = 10, .stop_produce = SIZE_MAX, .stop_finish = 9};
        assert_false(go(&r, threads, 4));
        assert_int_equal(r.finished, 10);
    }
}

static void stops_when_produce_says_so(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 8; threads++) {
        struct run r = {.items = ITEMS, .stop_produce = 30, .stop_finish = SIZE_MAX};
        assert_false(go(&r, threads, 4));
        assert_int_equal(r.produced, 30);
        assert_true(r.finished <= 30);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_order_with_any_number_of_threads), cmocka_unit_test(nothing_to_do), cmocka_unit_test(stops_when_finish_says_so),
        cmocka_unit_test(stops_when_finish_says_so_at_the_last_item), cmocka_unit_test(stops_when_produce_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
