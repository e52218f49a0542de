/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/gist.h"

static void words_have_kinds(void **state)
{
    (void)state;
    struct gist g = {0};
    uint64_t exact;
    assert_true(gist_add(&g, STR("Rates will not reach 5 in Berlin"), &exact));
    static const uint32_t kinds[] = {0, GIST_STOP, GIST_STOP | GIST_NOT, 0, GIST_HARD, GIST_STOP, GIST_HARD};
    assert_int_equal(g.n, 7);
    for (size_t i = 0; i < 7; i++) assert_int_equal(g.words[i] & GIST_FLAGS, kinds[i]);
    gist_free(&g);
}

static uint64_t exact_of(const char *text, uint32_t *first)
{
    struct gist g = {0};
    uint64_t exact;
    assert_true(gist_add(&g, str_of(text), &exact));
    *first = g.n ? g.words[0] : 0;
    gist_free(&g);
    return exact;
}

static void case_marks_and_endings(void **state)
{
    (void)state;
    uint32_t a, b;
    assert_true(exact_of("“Dispelled, notions!”", &a) == exact_of("dispelled notions", &b));
    assert_true(exact_of("dispels", &a) != exact_of("dispelled", &b));
    assert_int_equal(a >> 3 == b >> 3, 0); /* doubled letters are left alone */
    exact_of("challenges", &a), exact_of("challenged", &b);
    assert_int_equal(a, b);
    exact_of("Ümlaut", &a), exact_of("ümlaut", &b);
    assert_int_equal(a, b);
    assert_true(exact_of("...", &a) != 0);
    assert_true(exact_of("\xFF", &a) != 0);
    assert_int_equal(exact_of(NULL, &a), 0);
}

static void long_texts_are_cut(void **state)
{
    (void)state;
    struct gist g = {0};
    struct strbuf text = {0};
    uint64_t exact, longer;
    for (int i = 0; i < 400; i++) strbuf_print(&text, "word%d ", i);
    assert_true(gist_add(&g, strbuf_str(&text), &exact));
    assert_int_equal(g.n, GIST_MOST);
    strbuf_add(&text, STR("more"));
    assert_true(gist_add(&g, strbuf_str(&text), &longer));
    assert_true(exact != longer);
    gist_free(&g);
    strbuf_free(&text);
}

static void names(void **state)
{
    (void)state;
    struct gist g = {0};
    uint32_t whole, last, other, same;
    assert_true(gist_name(&g, STR("Nic Carter"), &whole, &last));
    assert_true(gist_name(&g, STR("CARTER"), &other, &same));
    assert_true(whole != other && last == same);
    assert_true(gist_name(&g, (stance_str){NULL, 0}, &whole, &last) && whole == 0 && last == 0);
    gist_free(&g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_have_kinds),
        cmocka_unit_test(case_marks_and_endings),
        cmocka_unit_test(long_texts_are_cut),
        cmocka_unit_test(names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
