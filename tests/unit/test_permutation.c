/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/permutation.h"

static void without_and_within_speakers(void **state)
{
    (void)state;
    /* One speaker says plus in both, another minus in both; the first outlet quotes the first more. */
    static const struct leaning items[] = {{0, 0, 3, 3}, {0, 1, -1, 1}, {1, 0, 1, 1}, {2, 0, 1, 1}, {2, 1, -3, 3}};
    struct two_outlets t = {.items = items, .n = 5, .a = 2, .articles = 3, .speakers = 2};
    double d;
    assert_true(permutation_difference(&t, &d, NULL));
    assert_true(fabs(d - (3.0 / 5 + 0.5)) < 1e-12);
    t.by_speaker = true;
    assert_true(permutation_difference(&t, &d, NULL));
    assert_true(fabs(d) < 1e-12);
    struct interval ci;
    assert_true(permutation_bootstrap(&t, (struct net_settings){0.95, 200, 1, 0}, &ci, NULL));
    assert_true(ci.lo <= d && ci.hi >= d);
}

enum { ARTICLES = 24 };

static double p_of(uint64_t *state, double shift)
{
    struct leaning items[ARTICLES];
    double p;
    for (uint32_t i = 0; i < ARTICLES; i++) {
        bool plus = (double)interval_draw(state, 1000) / 1000 < (i < ARTICLES / 2 ? 0.5 + shift : 0.5);
        items[i] = (struct leaning){i, 0, plus ? 1 : -1, 1};
    }
    struct two_outlets t = {.items = items, .n = ARTICLES, .a = ARTICLES / 2, .articles = ARTICLES, .speakers = 1};
    assert_true(permutation_test(&t, interval_draw(state, 1000000), 999, &p, NULL));
    return p;
}

/* Under the null p below x comes with probability at most x; under a real difference nearly always. */
static void honest_and_able(void **state)
{
    (void)state;
    uint64_t seed = 7;
    size_t below = 0, found = 0;
    for (int i = 0; i < 1000; i++) below += p_of(&seed, 0) <= 0.05;
    for (int i = 0; i < 100; i++) found += p_of(&seed, 0.5) <= 0.05;
    assert_true(below <= 70);
    assert_true(found >= 60);
}

static void no_difference_no_test(void **state)
{
    (void)state;
    static const struct leaning items[] = {{0, 0, 1, 1}, {1, 0, 1, 1}};
    double p;
    assert_true(permutation_test(&(struct two_outlets){items, 2, 1, 2, 1, false}, 1, 99, &p, NULL));
    assert_true(p >= 1);
    assert_true(permutation_test(&(struct two_outlets){items, 0, 0, 0, 0, false}, 1, 99, &p, NULL));
    assert_true(p >= 1);
}

/* Values of statsmodels' multipletests(method="fdr_bh"). */
static void many_tests(void **state)
{
    (void)state;
    static const double p[] = {0.01, 0.04, NAN, 0.03, 0.005, 0.9}, expected[] = {0.025, 0.05, NAN, 0.05, 0.025, 0.9};
    double q[6];
    assert_true(benjamini_hochberg(p, 6, q, NULL));
    for (size_t i = 0; i < 6; i++) assert_true(isnan(expected[i]) ? isnan(q[i]) : fabs(q[i] - expected[i]) < 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_and_within_speakers),
        cmocka_unit_test(honest_and_able),
        cmocka_unit_test(no_difference_no_test),
        cmocka_unit_test(many_tests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
