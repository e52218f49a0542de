/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include <stdlib.h>
#include <time.h>

static void refused(stance_report_options options, const char *text)
{
    struct counts c = {0};
    stance_error err = {0};
    assert_false(counts_init(&c, &options, &err));
    assert_int_equal(err.code, STANCE_USAGE);
    assert_string_equal(err.text, text);
    counts_free(&c);
}

static void bad_options(void **state)
{
    (void)state;
    refused((stance_report_options){.by = "speaker,colour"},
            "--by colour: no such key; take speaker, outlet, target, kind, month, week, claim, or several with a comma between");
    refused((stance_report_options){.by = ""}, "--by : no such key; take speaker, outlet, target, kind, month, week, claim, or several with a comma between");
    refused((stance_report_options){.by = "outlet,outlet"}, "--by: outlet stands there twice");
    refused((stance_report_options){.sort = "size"}, "--sort size: take views, net, name or articles");
    refused((stance_report_options){.dedup = "all"}, "--dedup all: take none, exact or near");
    refused((stance_report_options){.level = 95}, "the level of intervals lies between 0 and 1");
    refused((stance_report_options){.title = "\xFF"}, "the options of a report must be valid UTF-8");
}

static size_t groups_of(const char *by, size_t n)
{
    struct counts c = {0};
    stance_record v[12];
    sample_views(v);
    assert_true(counts_init(&c, &(stance_report_options){.by = by}, NULL));
    for (size_t i = 0; i < n; i++) assert_true(counts_add(&c, &v[i], NULL));
    size_t groups = c.groups.n - 1;
    counts_free(&c);
    return groups;
}

static void keys_make_groups(void **state)
{
    (void)state;
    assert_int_equal(groups_of("speaker", 0), 0);
    assert_int_equal(groups_of("speaker", 12), 3);
    assert_int_equal(groups_of("outlet", 12), 3);
    assert_int_equal(groups_of("month", 12), 2); /* 2025-01, unknown */
    assert_int_equal(groups_of(" speaker , outlet ", 12), 5);
    assert_int_equal(groups_of("speaker,outlet,target,kind,month,week", 12), 6);
}

static stance_str section(void *ctx, const char *name)
{
    assert_string_equal(name, "section");
    return str_of(*(const char **)ctx);
}

static void columns_of_the_input(void **state)
{
    (void)state;
    const char *now = "business";
    struct counts c = {0};
    stance_record v[12];
    sample_views(v);
    assert_true(counts_init(&c, &(stance_report_options){.by = "section", .column = section, .column_ctx = &now}, NULL));
    assert_true(counts_add(&c, &v[0], NULL));
    now = NULL;
    assert_true(counts_add(&c, &v[1], NULL));
    assert_int_equal(c.groups.n, 3);
    stance_str packed = vocab_text(&c.groups, 2);
    assert_true(str_equal(counts_unpack(&packed), STR("unknown")));
    counts_free(&c);
}

static bool copy(const char *speaker, const char *target, const char *text)
{
    struct counts c = {0};
    static const uint32_t rank[] = {0, 1};
    stance_record a = view_of("a", "X", "Ada", "bullish", "It “works”, she said: 5 % more."), b = view_of("b", "Y", speaker, "bullish", text);
    b.target = str_of(target);
    assert_true(counts_init(&c, &(stance_report_options){.dedup = "exact"}, NULL) && counts_add(&c, &a, NULL) && counts_add(&c, &b, NULL));
    assert_true(duplicates_find(&c.duplicates, c.dedup, rank));
    bool found = c.duplicates.first[1] == 0;
    counts_free(&c);
    return found;
}

static void what_a_copy_is(void **state)
{
    (void)state;
    assert_true(copy("Ada", "DeepSeek", "it \"WORKS\" she said 5 % more"));
    assert_false(copy("Bob", "DeepSeek", "It “works”, she said: 5 % more."));
    assert_false(copy("Ada", "OpenAI", "It “works”, she said: 5 % more."));
    assert_false(copy("Ada", "DeepSeek", "It “works”, she said: 6 % more."));
    assert_false(copy("Ada", "DeepSeek", NULL));
    assert_false(copy("Ada", "DeepSeek", "..."));
}

static void too_many_labels(void **state)
{
    (void)state;
    struct counts c = {0};
    stance_error err = {0};
    char name[32];
    bool ok = true;
    assert_true(counts_init(&c, NULL, NULL));
    for (int i = 0; i < 100 && ok; i++) {
        snprintf(name, sizeof name, "label%d", i);
        stance_record r = view_of("a", "o", "s", name, "text");
        ok = counts_add(&c, &r, &err);
    }
    assert_false(ok);
    assert_int_equal(err.code, STANCE_INPUT);
    counts_free(&c);
}

static double add_many(size_t n)
{
    struct counts c = {0};
    char article[32], text[64], speaker[32];
    clock_t start = clock();
    assert_true(counts_init(&c, &(stance_report_options){.by = "speaker,outlet", .examples = 3}, NULL));
    for (size_t i = 0; i < n; i++) {
        snprintf(article, sizeof article, "a%zu", i / 5);
        snprintf(text, sizeof text, "the outlook for company %zu is good", i);
        snprintf(speaker, sizeof speaker, "speaker %zu", i % 997);
        stance_record r = view_of(article, i % 2 ? "A" : "B", speaker, i % 3 ? "bullish" : "skeptical", text);
        assert_true(counts_add(&c, &r, NULL));
    }
    assert_int_equal(c.articles.n, n / 5 + n / 5);
    counts_free(&c);
    return (double)(clock() - start) / CLOCKS_PER_SEC;
}

/* Generous, since the machine may be busy: a quadratic step would take a hundred times as long, not ten. */
static void linear(void **state)
{
    (void)state;
    double small = add_many(10000), large = add_many(100000);
    assert_true(large < 40 * (small + 0.01));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bad_options),    cmocka_unit_test(keys_make_groups), cmocka_unit_test(columns_of_the_input),
        cmocka_unit_test(what_a_copy_is), cmocka_unit_test(too_many_labels),  cmocka_unit_test(linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
