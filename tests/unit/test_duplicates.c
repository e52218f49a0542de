/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/duplicates.h"

static void add(struct duplicates *d, uint32_t article, size_t start, const char *day, const char *speaker, const char *text)
{
    stance_record r = view_of("a", "X", speaker, "bullish", text);
    r.span.start = start;
    assert_true(duplicates_add(d, &r, article, day, 0, true));
}

static const uint32_t rank[] = {0, 1, 2, 3, 4, 5, 6, 7};

static void earliest_is_first(void **state)
{
    (void)state;
    struct duplicates d = {0};
    add(&d, 0, 0, NULL, "Ada", "one thing");
    add(&d, 1, 9, "2025-01-03", "Ada", "One thing.");
    add(&d, 1, 2, "2025-01-03", "Ada", "one  thing");
    add(&d, 2, 0, "2025-01-02", "Bob", "one thing");
    assert_true(duplicates_find(&d, DEDUP_EXACT, rank));
    static const uint32_t order[] = {3, 2, 1, 0}, first[] = {2, 2, 2, 3};
    assert_memory_equal(d.order, order, sizeof order);
    assert_memory_equal(d.first, first, sizeof first);
    duplicates_free(&d);
}

/* The same words twice in one article are one view; two views of one article never become one through a third. */
static void one_article_one_view(void **state)
{
    (void)state;
    struct duplicates d = {0};
    add(&d, 0, 0, NULL, "Ada", "the harbour tunnel would drain all of the reserves of the city");
    add(&d, 0, 50, NULL, "Ada", "the harbour tunnel would drain all of the reserves of this old city");
    add(&d, 1, 0, NULL, "Ada", "the harbour tunnel would drain all of the reserves of this city");
    assert_true(duplicates_find(&d, DEDUP_NEAR, rank));
    assert_true(d.first[0] != d.first[1]);
    assert_true(d.first[2] == d.first[0] || d.first[2] == d.first[1]);
    duplicates_free(&d);
}

static void no_text_no_copy(void **state)
{
    (void)state;
    struct duplicates d = {0};
    add(&d, 0, 0, NULL, "Ada", NULL);
    add(&d, 1, 0, NULL, "Ada", NULL);
    assert_true(duplicates_find(&d, DEDUP_NEAR, rank));
    assert_true(d.first[0] == 0 && d.first[1] == 1);
    duplicates_free(&d);
}

static void nothing(void **state)
{
    (void)state;
    struct duplicates d = {0};
    assert_true(duplicates_find(&d, DEDUP_NEAR, rank));
    duplicates_free(&d);
}

static void add_given(struct duplicates *d, uint32_t article, const char *day, uint64_t number, uint64_t first)
{
    stance_record r = view_of("a", "X", "Ada", "bullish", NULL);
    r.number = number;
    r.first = first;
    assert_true(duplicates_add(d, &r, article, day, 0, true));
}

/* What a store has found is taken as it is, also when the first comes last; other views are compared among themselves. */
static void groups_that_are_given(void **state)
{
    (void)state;
    struct duplicates d = {0};
    add_given(&d, 0, "2025-01-03", 70, 90);
    add_given(&d, 1, "2025-01-02", 80, 80);
    add_given(&d, 2, "2025-01-01", 90, 90);
    add_given(&d, 2, "2025-01-05", 95, 77); /* of a view that is not here */
    add(&d, 3, 0, "2025-01-04", "Ada", "one thing");
    add(&d, 4, 0, "2025-01-06", "Ada", "one thing");
    assert_true(duplicates_find(&d, DEDUP_NEAR, rank));
    static const uint32_t first[] = {2, 1, 2, 3, 4, 4};
    assert_memory_equal(d.first, first, sizeof first);
    duplicates_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(earliest_is_first),
        cmocka_unit_test(one_article_one_view),
        cmocka_unit_test(no_text_no_copy),
        cmocka_unit_test(nothing),
        cmocka_unit_test(groups_that_are_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
