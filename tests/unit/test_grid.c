/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/grid.h"

static void fill(struct grid *g)
{
    static const char *const cells[] = {"name:", "n", "a long left cell", "7", "b|c", "123"};
    g->columns = 2;
    for (size_t i = 0; i < 6; i++) grid_put(g, str_of(cells[i]));
}

static void both_forms(void **state)
{
    (void)state;
    struct grid g = {0};
    struct strbuf out = {0};
    fill(&g);
    grid_table(&g, 0, &out);
    assert_string_equal(out.ptr, "name                n\n─────────────────────\na long left cell    7\nb|c               123\n");
    strbuf_clear(&out);
    grid_table(&g, 18, &out);
    assert_string_equal(out.ptr, "name             n\n──────────────────\na long left…     7\nb|c            123\n");
    strbuf_clear(&out);
    grid_markdown(&g, &out);
    assert_string_equal(out.ptr, "| name | n |\n|:--|--:|\n| a long left cell | 7 |\n| b\\|c | 123 |\n");
    strbuf_free(&out);
    grid_free(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_forms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
