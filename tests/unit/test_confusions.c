/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "learn/confusions.h"

static void by_kind(void **state)
{
    (void)state;
    static const char *const labels[] = {"yes", "\"no\""};
    const stance_row rows[] = {{.label = 0, .kind = STR("direct")}, {.label = 1, .kind = STR("direct")}, {.label = 1}, {.label = 1, .kind = STR("headline")}};
    stance_prediction p[4] = {{.label = 0}, {.label = 0}, {.label = 1}, {.label = 0}};
    for (size_t i = 0; i < 4; i++) p[i].p[p[i].label] = 0.75, p[i].p[1 - p[i].label] = 0.25;
    struct strbuf out = {0};
    confusions_write(&(stance_rows){rows, 4, labels, 2}, p, &out);
    assert_string_equal(out.ptr, "{\"labels\":[\"yes\",\"\\\"no\\\"\"],\"kinds\":["
                                 "{\"kind\":\"direct\",\"given\":[1.000000,0.000000,1.000000,0.000000],\"probable\":[0.750000,0.250000,0.750000,0.250000]},"
                                 "{\"kind\":null,\"given\":[0.000000,0.000000,1.000000,1.000000],\"probable\":[0.000000,0.000000,1.000000,1.000000]}]}");
    strbuf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_kind)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
