/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/intervals.h"

#define WITHIN(a, b, off) assert_true(fabs((a) - (b)) <= (off))
#define NEAR(a, b) WITHIN(a, b, 1e-6)

static const struct net_settings usual = {0.95, 1000, 1, 0};

static void z_of_level(void **state)
{
    (void)state;
    NEAR(interval_z(0.95), 1.959963984540054);
    NEAR(interval_z(0.99), 2.5758293035489);
    NEAR(interval_z(0.5), 0.6744897501960817);
}

/* From the formula, computed apart in Python; 81 of 263 is Newcombe's (1998) example: 0.2553 to 0.3662. */
static void wilson_known_values(void **state)
{
    (void)state;
    static const struct {
        size_t k, n;
        double lo, hi;
    } known[] = {{0, 10, 0, 0.277533}, {1, 10, 0.017876, 0.404150}, {5, 10, 0.236593, 0.763407}, {10, 10, 0.722467, 1},
                 {1, 1, 0.206549, 1},  {81, 263, 0.255289, 0.366210}, {0, 0, 0, 1}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct interval ci = interval_wilson(known[i].k, known[i].n, interval_z(0.95));
        NEAR(ci.lo, known[i].lo);
        NEAR(ci.hi, known[i].hi);
    }
}

/* One view, bullish: p = 2/3, q = 1/3, half = z * sqrt((1 - 1/9) / 3) = 1.066869. */
static void one_article_is_normal(void **state)
{
    (void)state;
    struct cluster one = {1, 0, 1}, ten = {6, 2, 10};
    struct interval ci;
    assert_true(interval_net(&one, 1, usual, &ci, NULL));
    NEAR(ci.lo, 1.0 / 3 - 1.066869);
    NEAR(ci.hi, 1);
    assert_true(interval_net(&ten, 1, usual, &ci, NULL)); /* p = 7/12, q = 3/12 */
    double half = 1.959963984540054 * sqrt((10.0 / 12 - 16.0 / 144) / 12);
    NEAR(ci.lo, 4.0 / 12 - half);
    NEAR(ci.hi, 4.0 / 12 + half);
}

static void no_views_no_interval(void **state)
{
    (void)state;
    struct cluster none[2] = {{0, 0, 0}, {0, 0, 0}};
    struct interval ci;
    assert_true(interval_net(none, 2, usual, &ci, NULL));
    assert_true(isnan(ci.lo) && isnan(ci.hi));
    assert_true(interval_net(NULL, 0, usual, &ci, NULL));
    assert_true(isnan(ci.lo));
}

static struct interval net_of(struct cluster *c, size_t n, uint64_t seed)
{
    struct interval ci;
    assert_true(interval_net(c, n, (struct net_settings){0.95, 1000, seed, 0}, &ci, NULL));
    return ci;
}

static void order_does_not_matter_but_seed_does(void **state)
{
    (void)state;
    struct cluster a[] = {{3, 0, 4}, {0, 2, 3}, {1, 1, 2}, {5, 0, 5}, {0, 1, 6}, {2, 2, 7}}, b[6];
    for (size_t i = 0; i < 6; i++) b[i] = a[5 - i];
    struct interval x = net_of(a, 6, 1), y = net_of(b, 6, 1), z = net_of(a, 6, 2);
    assert_true(x.lo == y.lo && x.hi == y.hi);
    assert_true(x.lo != z.lo || x.hi != z.hi);
    assert_true(x.lo < 5.0 / 27 && x.hi > 5.0 / 27);
}

/* Views of one article move together, which makes the interval wider than for as many independent views. */
static void clusters_widen(void **state)
{
    (void)state;
    struct cluster together[20], apart[200];
    for (size_t i = 0; i < 20; i++) together[i] = i % 2 ? (struct cluster){10, 0, 10} : (struct cluster){0, 10, 10};
    for (size_t i = 0; i < 200; i++) apart[i] = i % 2 ? (struct cluster){1, 0, 1} : (struct cluster){0, 1, 1};
    struct interval x = net_of(together, 20, 1), y = net_of(apart, 200, 1);
    assert_true(x.hi - x.lo > 2.5 * (y.hi - y.lo));
    NEAR(round(10 * (y.hi - y.lo)) / 10, 0.3); /* 2 * 1.96 / sqrt(200) = 0.277 */
}

/* Two articles, (1,0,1) and (0,1,1): nets of the draws are -1, 0, 0, 1 with equal chance, whatever way they are drawn; so the 25 % tails lie at -1 and 1 and
 * those of 80 % at level 0.4 at 0. Three of them: 27 rows in one look-up. */
static void rows_are_drawn_evenly(void **state)
{
    (void)state;
    struct cluster two[] = {{1, 0, 1}, {0, 1, 1}}, three[] = {{1, 0, 1}, {0, 0, 1}, {0, 0, 1}};
    struct interval ci;
    assert_true(interval_net(two, 2, (struct net_settings){0.6, 20000, 5, 0}, &ci, NULL));
    NEAR(ci.lo, -1);
    NEAR(ci.hi, 1);
    assert_true(interval_net(three, 3, (struct net_settings){0.999, 100000, 5, 0}, &ci, NULL)); /* all three the first: 1 in 27; none: 8 in 27 */
    NEAR(ci.hi, 1);
    for (size_t n = 2; n <= 130; n += 1 + n / 9) { /* long rows, short ones, and single articles; the means agree with those of the normal limit */
        struct cluster c[130];
        for (size_t i = 0; i < n; i++) c[i] = (struct cluster){i % 3 == 0, i % 3 == 1, 1};
        assert_true(interval_net(c, n, (struct net_settings){0.95, 20000, n, 0}, &ci, NULL));
        assert_true(ci.lo < 0.5 && ci.hi > -0.5 && ci.lo >= -1 && ci.hi <= 1);
        if (n < 60) continue;
        double half = 1.96 * sqrt(2.0 / 3 / (double)n);
        WITHIN(ci.hi - ci.lo, 2 * half, 0.06);
    }
}

/* The bootstrap and its limit agree where one takes over from the other. */
static void many_articles(void **state)
{
    (void)state;
    static struct cluster c[5000];
    for (size_t i = 0; i < 5000; i++) c[i] = (struct cluster){i % 3 == 0, i % 4 == 1, 1 + i % 2};
    struct interval some = net_of(c, 4096, 3), many;
    for (size_t i = 0; i < 5000; i++) c[i] = (struct cluster){i % 3 == 0, i % 4 == 1, 1 + i % 2};
    many = net_of(c, 4097, 3);
    WITHIN(some.lo, many.lo, 0.003);
    WITHIN(some.hi, many.hi, 0.003);
}

static double uniform(uint64_t *x)
{
    *x = *x * 6364136223846793005u + 1442695040888963407u;
    return (double)(*x >> 11) / 9007199254740992.0;
}

/* 40 articles of 1 to 6 views that lean together: the truth is inside 95 % of the time. */
static void coverage(void **state)
{
    (void)state;
    uint64_t x = 42;
    size_t inside = 0, times = 1000;
    for (size_t t = 0; t < times; t++) {
        struct cluster c[40] = {{0, 0, 0}};
        for (size_t i = 0; i < 40; i++) {
            double lean = uniform(&x) < 0.5 ? 0.2 : -0.2;
            c[i].n = 1 + (uint32_t)(uniform(&x) * 6);
            for (uint32_t v = 0; v < c[i].n; v++) {
                double u = uniform(&x);
                if (u < 0.4 + lean) c[i].plus++;
                else if (u < 0.7) c[i].minus++;
            }
        }
        struct interval ci = net_of(c, 40, t);
        inside += ci.lo <= 0.1 && ci.hi >= 0.1;
    }
    assert_in_range(inside, 930, 970);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(z_of_level),           cmocka_unit_test(wilson_known_values), cmocka_unit_test(one_article_is_normal),
        cmocka_unit_test(no_views_no_interval), cmocka_unit_test(order_does_not_matter_but_seed_does), cmocka_unit_test(clusters_widen),
        cmocka_unit_test(many_articles), cmocka_unit_test(rows_are_drawn_evenly),        cmocka_unit_test(coverage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
