/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/examples.h"

static void best_first_earlier_wins(void **state)
{
    (void)state;
    struct examples e = {0};
    static const double ranks[] = {0.1, 0.5, 0.3, 0.5, -1, 0.9, 0.5};
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f", "g"};
    for (size_t i = 0; i < 7; i++) {
        stance_record r = view_of(ids[i], "o", "s", "bullish", "text");
        assert_true(examples_offer(&e, 3, ranks[i], 0, &r, NULL));
    }
    assert_int_equal(e.n, 3);
    assert_true(str_equal(examples_record(&e, 0)->article, STR("f")));
    assert_true(str_equal(examples_record(&e, 1)->article, STR("b")));
    assert_true(str_equal(examples_record(&e, 2)->article, STR("d")));
    examples_free(&e);
}

static void copies_are_deep_and_valid(void **state)
{
    (void)state;
    struct examples e = {0};
    char text[] = "bad \xFF byte", label[] = "bullish";
    stance_str labels[] = {{label, 7}};
    stance_record r = view_of("a", NULL, "", "bullish", text);
    r.labels = labels;
    r.labels_n = 1;
    assert_true(examples_offer(&e, 2, 0, 0, &r, NULL));
    memset(text, 'x', sizeof text - 1);
    memset(label, 'x', sizeof label - 1);
    const stance_record *kept = examples_record(&e, 0);
    assert_true(str_equal(kept->text, STR("bad \xEF\xBF\xBD byte")));
    assert_true(str_equal(kept->labels[0], STR("bullish")));
    assert_null(kept->outlet.ptr);
    assert_true(kept->speaker.ptr && kept->speaker.len == 0);
    examples_free(&e);
    assert_true(examples_offer(&e, 0, 1, 0, &r, NULL));
    assert_int_equal(e.n, 0);
    examples_free(&e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(best_first_earlier_wins), cmocka_unit_test(copies_are_deep_and_valid)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
