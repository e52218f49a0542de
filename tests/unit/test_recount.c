/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/recount.h"

static void fill(struct counts *c, const stance_report_options *o, bool backward)
{
    stance_record v[12];
    size_t n = sample_views(v);
    char id[12][8];
    assert_true(counts_init(c, o, NULL));
    for (size_t i = 0; i < n; i++) {
        size_t at = backward ? n - 1 - i : i;
        snprintf(id[at], sizeof id[at], "v%zu", at);
        v[at].id = str_of(id[at]);
        v[at].span.start = at;
        assert_true(counts_add(c, &v[at], NULL));
    }
}

static void copies_count_once(void **state)
{
    (void)state;
    static const char *const rules[] = {"none", "exact", "near"};
    for (size_t i = 0; i < 3; i++) {
        struct counts c = {0};
        struct recount t = {0};
        size_t copies = 0;
        fill(&c, &(stance_report_options){.dedup = rules[i]}, false);
        assert_true(recount_build(&t, &c));
        for (size_t k = 0; k < t.cells_n; k++)
            if (t.cells[k].what == COUNT_COPY) copies += t.cells[k].n;
        assert_int_equal(copies, i ? 2 : 0); /* in its group and in the whole */
        assert_int_equal(t.copies[0], 1);
        recount_free(&t);
        counts_free(&c);
    }
}

static void copies_are_named(void **state)
{
    (void)state;
    struct counts c = {0};
    struct recount t = {0};
    size_t copies = 0;
    fill(&c, &(stance_report_options){.by = "claim"}, true);
    assert_true(recount_build(&t, &c));
    for (size_t g = 0; g < t.groups->n; g++)
        for (size_t i = 0; i < t.examples[g].n; i++) {
            if (!t.examples[g].items[i]->duplicate_of.ptr) continue;
            copies++;
            assert_true(str_equal(t.examples[g].items[i]->id, STR("v5")) && str_equal(t.examples[g].items[i]->duplicate_of, STR("v0")));
        }
    assert_int_equal(copies, 1);
    assert_int_equal(t.groups->n, 12); /* 11 claims and the whole */
    recount_free(&t);
    counts_free(&c);
}

static void order_of_the_input(void **state)
{
    (void)state;
    struct counts c[2];
    struct recount t[2];
    memset(c, 0, sizeof c);
    memset(t, 0, sizeof t);
    for (size_t i = 0; i < 2; i++) {
        fill(&c[i], &(stance_report_options){.by = "speaker", .examples = 3}, i);
        assert_true(recount_build(&t[i], &c[i]));
    }
    assert_int_equal(t[0].cells_n, t[1].cells_n);
    for (uint32_t g = 1; g < t[0].groups->n; g++) {
        uint32_t other = vocab_find(t[1].groups, vocab_text(t[0].groups, g));
        assert_int_equal(t[0].examples[g].n, t[1].examples[other].n);
        for (size_t i = 0; i < t[0].examples[g].n; i++) assert_true(str_equal(t[0].examples[g].items[i]->id, t[1].examples[other].items[i]->id));
    }
    for (size_t i = 0; i < 2; i++) recount_free(&t[i]), counts_free(&c[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_count_once),
        cmocka_unit_test(copies_are_named),
        cmocka_unit_test(order_of_the_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
