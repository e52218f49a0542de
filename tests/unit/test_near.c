/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/near.h"

static bool same(const char *a, const char *b)
{
    struct gist g = {0};
    uint64_t exact;
    assert_true(gist_add(&g, str_of(a), &exact));
    size_t n = g.n;
    assert_true(gist_add(&g, str_of(b), &exact));
    bool found = near_same(g.words, n, g.words + n, g.n - n);
    assert_int_equal(near_same(g.words + n, g.n - n, g.words, n), found);
    gist_free(&g);
    return found;
}

static void few_words_differ(void **state)
{
    (void)state;
    assert_true(same("the market will recover before the end of the year", "the market will recover before the end of this year"));
    assert_true(same("we will not raise prices again this year, he hopes", "we will not raise prices again this year"));
    assert_false(same("too short to tell", "too short to tell"));
    assert_false(same("the market will recover before the end of the year", "a new plant is to be built in the north"));
}

/* What changes the meaning. */
static void names_numbers_negations(void **state)
{
    (void)state;
    assert_false(same("sales will grow by 5 percent in the coming year", "sales will grow by 6 percent in the coming year"));
    assert_false(same("he would vote for Smith in the election next week", "he would vote for Jones in the election next week"));
    assert_false(same("the plan will work for all of the towns in the region", "the plan will not work for all of the towns in the region"));
}

/* Through the whole search: one word changed in each of many texts. */
static void found_among_many(void **state)
{
    (void)state;
    enum { PAIRS = 200 };
    struct duplicates d = {0};
    static uint32_t rank[2 * PAIRS];
    char text[400], article[20];
    for (unsigned i = 0; i < 2 * PAIRS; i++) {
        unsigned pair = i / 2;
        rank[i] = i;
        size_t at = 0;
        for (unsigned w = 0; w < 20; w++) at += (size_t)snprintf(text + at, sizeof text - at, "w%cx%u ", (char)('a' + w), i % 2 && w == 7 ? 9999 : pair * 31 + w);
        snprintf(article, sizeof article, "a%u", i);
        stance_record r = view_of(article, "X", "Ada", "bullish", text);
        assert_true(duplicates_add(&d, &r, i, NULL, 0, true));
    }
    assert_true(duplicates_find(&d, DEDUP_NEAR, rank));
    for (unsigned i = 0; i < 2 * PAIRS; i++) assert_int_equal(d.first[i], i & ~1u);
    duplicates_free(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_words_differ),
        cmocka_unit_test(names_numbers_negations),
        cmocka_unit_test(found_among_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
