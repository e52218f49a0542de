/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/filter.h"

static bool takes(const stance_report_options *options, const stance_record *r)
{
    struct arena arena = ARENA_EMPTY;
    struct filter f = {0};
    assert_true(filter_init(&f, options, &arena, NULL));
    bool taken = filter_view(&f, r);
    filter_free(&f);
    arena_free(&arena);
    return taken;
}

static void case_does_not_count(void **state)
{
    (void)state;
    stance_record r = view_of("a", "Wired", "ÉLAN Musk", "bullish", "x"), nobody = view_of("a", NULL, NULL, "bullish", "x");
    assert_true(takes(&(stance_report_options){0}, &r));
    assert_true(takes(&(stance_report_options){.speaker = "élan musk"}, &r));
    assert_false(takes(&(stance_report_options){.speaker = "Elan Musk"}, &r));
    assert_false(takes(&(stance_report_options){.speaker = "élan"}, &r));
    assert_true(takes(&(stance_report_options){.outlet = "WIRED", .kind = "direct", .target = "deepseek"}, &r));
    assert_false(takes(&(stance_report_options){.outlet = "WIRED", .kind = "indirect"}, &r));
    assert_true(takes(&(stance_report_options){.outlet = "unknown", .speaker = "Unknown"}, &nobody));
}

static void time_bounds(void **state)
{
    (void)state;
    struct arena arena = ARENA_EMPTY;
    struct filter f = {0};
    assert_true(filter_init(&f, &(stance_report_options){.since = "2025-01", .until = "2025-02-03"}, &arena, NULL));
    assert_true(filter_time(&f, "2025-01-01") && filter_time(&f, "2025-02-03"));
    assert_false(filter_time(&f, "2024-12-31") || filter_time(&f, "2025-02-04") || filter_time(&f, NULL));
    assert_false(filter_chooses_views(&f));
    filter_free(&f);
    arena_free(&arena);
}

static void refuses(void **state)
{
    (void)state;
    struct arena arena = ARENA_EMPTY;
    struct filter f = {0};
    stance_error err = {0};
    assert_false(filter_init(&f, &(stance_report_options){.since = "yesterday"}, &arena, &err));
    assert_int_equal(err.code, STANCE_USAGE);
    assert_string_equal(err.text, "--since yesterday: not a date; write 2025, 2025-01 or 2025-01-31");
    assert_false(filter_init(&f, &(stance_report_options){.outlet = "\xFF"}, &arena, &err));
    filter_free(&f);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(case_does_not_count), cmocka_unit_test(time_bounds), cmocka_unit_test(refuses)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
