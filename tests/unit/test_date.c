/* SPDX-License-Identifier: MIT
 * Tests of date: what is read, and what is left alone. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "io/date.h"

static void read_forms(void **state)
{
    (void)state;
    const char *const same[] = {"2025-01-27", "2025-01-27T23:59:59Z", "2025-01-27 10:00", "2025/1/27", "20250127", "20250127103000", "27.1.2025",
                                "27.01.2025", "1/27/2025", "27/1/2025", "27 January 2025", "27 Jan 2025", "January 27, 2025", "Jan. 27, 2025",
                                "Mon, 27 Jan 2025 10:00:00 GMT", "Monday, January 27th, 2025 at 9", "the 27th of January 2025", "2025 Jan 27",
                                " 2025-01-27 ", "2025-01-27T08:00:00+01:00"};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        char out[11] = "";
        if (!date_normalise(str_of(same[i]), out) || strcmp(out, "2025-01-27") != 0) print_error("%s\n", same[i]);
        assert_string_equal(out, "2025-01-27");
    }
    char out[11];
    assert_true(date_normalise(STR("Sept 3 2024"), out));
    assert_string_equal(out, "2024-09-03");
    assert_true(date_normalise(STR("May 5, 2024"), out));
    assert_true(date_normalise(STR("5/5/2024"), out));
    assert_true(date_normalise(STR("29.2.2024"), out));
}

static void left_alone(void **state)
{
    (void)state;
    const char *const odd[] = {"", "yesterday", "3/4/2025", "2025-13-01", "2025-02-29", "2025-00-10", "31 April 2025", "27/1/25", "January 2025",
                               "2025", "1737936000", "Jan Feb 2025", "99999999999999999999", "2025-01", "27 Smarch 2025", "0.5.2"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        char out[11] = "untouched";
        if (date_normalise(str_of(odd[i]), out)) print_error("%s -> %s\n", odd[i], out);
        assert_string_equal(out, "untouched");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(read_forms), cmocka_unit_test(left_alone)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
