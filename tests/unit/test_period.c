/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/period.h"

/* Weeks as Python's date.isocalendar gives them. */
static void weeks(void **state)
{
    (void)state;
    static const char *const known[][2] = {{"2025-01-27", "2025-W05"}, {"2024-12-30", "2025-W01"}, {"2024-12-29", "2024-W52"}, {"2021-01-03", "2020-W53"},
                                           {"2021-01-04", "2021-W01"}, {"2016-02-29", "2016-W09"}, {"2000-01-01", "1999-W52"}, {"1900-03-01", "1900-W09"},
                                           {"9999-12-31", "9999-W52"}, {"2026-12-31", "2026-W53"}};
    char out[PERIOD_SIZE];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        period_week(known[i][0], out);
        assert_string_equal(out, known[i][1]);
    }
}

static void months(void **state)
{
    (void)state;
    char out[PERIOD_SIZE];
    period_month("2025-01-27", out);
    assert_string_equal(out, "2025-01");
}

static void bounds(void **state)
{
    (void)state;
    assert_true(period_bound(str_of("2025")) && period_bound(str_of("2025-01")) && period_bound(str_of("2025-01-31")));
    static const char *const bad[] = {"", "25", "2025-1", "2025-01-3x", "2025/01/31", "2025-01-", "yesterday!"};
    assert_true(period_bound(str_of("2024-02-29")) && period_bound(str_of("2025-12-31")) && period_bound(str_of("2025-12")));
    static const char *const none[] = {"2025-02-29", "2025-13", "2025-00", "2025-04-31", "2025-01-00", "2025-99-99", "1900-02-29"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) assert_false(period_bound(str_of(none[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(period_bound(str_of(bad[i])));
    assert_int_equal(period_compare("2025-01-31", str_of("2025-01")), 0);
    assert_true(period_compare("2025-02-01", str_of("2025-01")) > 0);
    assert_true(period_compare("2024-12-31", str_of("2025")) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(weeks), cmocka_unit_test(months), cmocka_unit_test(bounds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
