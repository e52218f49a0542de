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

/* Without room the columns named go first, in their order, and the table is as wide as it says; then the last ones. */
static void columns_go_in_order(void **state)
{
    (void)state;
    static const char *const cells[] = {"name:", "one", "two", "three", "a", "111", "222", "33333"};
    static const struct {
        size_t width;
        const char *out;
    } known[] = {{24, "name  one  two  three\n─────────────────────\na     111  222  33333\n"},
                 {20, "name  one  three\n────────────────\na     111  33333\n"},
                 {15, "name  three\n───────────\na     33333\n"},
                 {5, "name\n────\na\n"}};
    struct grid g = {.columns = 4, .going = "21"};
    for (size_t i = 0; i < 8; i++) grid_put(&g, str_of(cells[i]));
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct strbuf out = {0};
        grid_table(&g, known[i].width, &out);
        assert_string_equal(out.ptr, known[i].out);
        strbuf_free(&out);
    }
    grid_free(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_forms),
        cmocka_unit_test(columns_go_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
