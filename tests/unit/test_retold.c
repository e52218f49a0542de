/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/duplicates.h"

struct said_by {
    const char *speaker, *day, *text;
};

/* How many groups there are; first: of each view. */
static size_t groups(const struct said_by *v, size_t n, uint32_t *first)
{
    struct duplicates d = {0};
    uint32_t rank[16] = {0};
    size_t found = 0;
    for (uint32_t i = 0; i < n; i++) {
        rank[i] = i;
        stance_record r = view_of("a", "X", v[i].speaker, "bullish", v[i].text);
        assert_true(duplicates_add(&d, &r, i, v[i].day, 0, true));
    }
    assert_true(duplicates_find(&d, DEDUP_NEAR, rank));
    for (uint32_t i = 0; i < n; i++) first[i] = d.first[i], found += d.first[i] == i;
    duplicates_free(&d);
    return found;
}

static void same_view_in_other_words(void **state)
{
    (void)state;
    uint32_t first[8];
    static const struct said_by v[] = {
        {"Mary Cole", "2025-03-01", "the tunnel under the harbour would drain the city’s reserves and ought to be abandoned"},
        {"Mary Cole", "2025-03-03", "abandoning the harbour tunnel is the only way to keep the city's reserves"},
        {"Mary Cole", "2025-03-02", "schools need more teachers and smaller classes"},
        {"John Reed", "2025-03-02", "abandoning the harbour tunnel is the only way to keep our city's reserves safe"},
        {"Ann Li", "2025-03-02", "bus fares are too high for students"},
    };
    assert_int_equal(groups(v, 5, first), 4);
    assert_int_equal(first[1], 0);
}

static void not_weeks_later(void **state)
{
    (void)state;
    uint32_t first[8];
    static const struct said_by v[] = {
        {"Mary Cole", "2025-03-01", "the tunnel under the harbour would drain the city’s reserves and ought to be abandoned"},
        {"Mary Cole", "2025-06-03", "abandoning the harbour tunnel is the only way to keep the city's reserves"},
        {"Ann Li", "2025-03-02", "bus fares are too high for students"},
    };
    assert_int_equal(groups(v, 3, first), 3);
}

static void unknown_is_nobody(void **state)
{
    (void)state;
    uint32_t first[8];
    static const struct said_by v[] = {
        {"unknown", NULL, "the tunnel under the harbour would drain the city’s reserves and ought to be abandoned"},
        {"unknown", NULL, "abandoning the harbour tunnel is the only way to keep the city's reserves"},
        {"Ann Li", NULL, "bus fares are too high for students"},
    };
    assert_int_equal(groups(v, 3, first), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_view_in_other_words),
        cmocka_unit_test(not_weeks_later),
        cmocka_unit_test(unknown_is_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
