/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include <stdlib.h>

#include "report/resample.h"

enum { DRAWS = 200000 };

struct moments {
    double mean, variance;
};

static struct moments drawn(const struct cluster *c, size_t n)
{
    struct resample r;
    struct moments m = {0, 0};
    uint64_t seed = 7;
    assert_true(resample_open(&r, c, n, 1000));
    for (size_t i = 0; i < DRAWS; i++) {
        double net = resample_net(&r, &seed);
        m.mean += net / DRAWS;
        m.variance += net * net / DRAWS;
    }
    resample_free(&r);
    m.variance -= m.mean * m.mean;
    return m;
}

/* Articles of one view each: the net is a mean of n, so its moments are known, however long the rows are. */
static void moments_of_a_mean(void **state)
{
    (void)state;
    static struct cluster c[3000];
    for (size_t n = 2; n <= 3000; n += 1 + n * 2 / 3) {
        double mean = 0, squares = 0;
        for (size_t i = 0; i < n; i++) { /* by lean: a third of each */
            c[i] = (struct cluster){i >= n - n / 3, i < n / 3, 1};
            double lean = (double)c[i].plus - c[i].minus;
            mean += lean / (double)n;
            squares += lean * lean / (double)n;
        }
        double variance = (squares - mean * mean) / (double)n;
        struct moments m = drawn(c, n);
        assert_true(fabs(m.mean - mean) < 5 * sqrt(variance / DRAWS) + 1e-12);
        assert_true(fabs(m.variance - variance) <= 0.02 * variance + 1e-12);
    }
}

/* Both against drawing one by one: leans and numbers of views go together. */
static void as_one_by_one(void **state)
{
    (void)state;
    static const struct cluster c[] = {{0, 1, 1}, {0, 0, 1}, {0, 0, 1}, {1, 0, 1}, {0, 2, 2}, {2, 0, 2}, {0, 1, 3}, {5, 0, 5}, {3, 9, 40}};
    enum { N = sizeof c / sizeof *c };
    struct moments one = {0, 0}, m = drawn(c, N);
    uint64_t seed = 3;
    for (size_t i = 0; i < DRAWS; i++) {
        double lean = 0, views = 0;
        for (size_t k = 0; k < N; k++) {
            const struct cluster *x = &c[resample_random(&seed) % N];
            lean += (double)x->plus - x->minus;
            views += x->n;
        }
        one.mean += lean / views / DRAWS;
        one.variance += lean / views * (lean / views) / DRAWS;
    }
    one.variance -= one.mean * one.mean;
    assert_true(fabs(m.mean - one.mean) < 6 * sqrt(2 * one.variance / DRAWS));
    assert_true(fabs(m.variance - one.variance) < 0.03 * one.variance);
}

/* Two articles, drawn twice: each of the four pairs has the same chance, and nothing else ever comes. */
static void every_outcome_has_its_chance(void **state)
{
    (void)state;
    static const struct cluster two[] = {{0, 1, 1}, {3, 0, 3}};
    struct resample r;
    uint64_t seed = 1;
    size_t low = 0, mid = 0, high = 0;
    assert_true(resample_open(&r, two, 2, 1000));
    for (size_t i = 0; i < DRAWS; i++) {
        double net = resample_net(&r, &seed);
        low += net == -1;
        mid += net == 0.5;
        high += net == 1;
    }
    assert_int_equal(low + mid + high, DRAWS);
    assert_true(fabs((double)low / DRAWS - 0.25) < 0.005);
    assert_true(fabs((double)mid / DRAWS - 0.5) < 0.006);
    resample_free(&r);
}

/* Articles with very many views have no grid: they are drawn one by one. */
static void large_articles(void **state)
{
    (void)state;
    static const struct cluster c[] = {{0, 1, 1}, {500000, 0, 500000}, {0, 700000, 1000000}};
    struct moments m = drawn(c, 3);
    assert_true(m.mean > -1 && m.mean < 1 && m.variance > 0.01);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(moments_of_a_mean), cmocka_unit_test(as_one_by_one), cmocka_unit_test(every_outcome_has_its_chance),
                                       cmocka_unit_test(large_articles)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
