/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/report.h"

#define NEAR(a, b) assert_true(fabs((a) - (b)) < 1e-6)

struct built {
    struct counts counts;
    struct report report;
};

static void begin(struct built *b, stance_report_options options)
{
    *b = (struct built){0};
    assert_true(counts_init(&b->counts, &options, NULL));
}

static void add(struct built *b, stance_record r)
{
    assert_true(counts_add(&b->counts, &r, NULL));
}

static void add_article(struct built *b, const char *article, const char *outlet)
{
    stance_document d = {.article = str_of(article), .outlet = str_of(outlet), .date = STR("2025-01-27")};
    assert_true(counts_add_article(&b->counts, &d, NULL));
}

static const struct report *end(struct built *b)
{
    assert_true(report_build(&b->counts, &b->report, NULL));
    return &b->report;
}

static void finish(struct built *b)
{
    report_free(&b->report);
    counts_free(&b->counts);
}

static const struct report *of_sample(struct built *b, stance_report_options options)
{
    stance_record v[12];
    begin(b, options);
    for (size_t i = 0, n = sample_views(v); i < n; i++) add(b, v[i]);
    return end(b);
}

static void empty(void **state)
{
    (void)state;
    struct built b;
    begin(&b, (stance_report_options){0});
    const struct report *r = end(&b);
    assert_int_equal(r->groups_n + r->labels_n + r->total.views, 0);
    assert_true(isnan(r->total.net));
    assert_int_equal(r->plus, REPORT_NO_LABEL);
    finish(&b);
}

/* Views = distinct + copies; distinct = abstained + n. */
static void numbers_add_up(void **state)
{
    (void)state;
    struct built b;
    const struct report *r = of_sample(&b, (stance_report_options){.examples = 2});
    const struct report_group *carter = &r->groups[0];
    assert_int_equal(r->groups_n, 3);
    assert_true(str_equal(carter->key[0], STR("Nic Carter")));
    assert_int_equal(carter->views, 7);
    assert_int_equal(carter->distinct, 6);
    assert_int_equal(carter->abstained, 1);
    assert_int_equal(carter->n, 5);
    assert_int_equal(carter->articles, 3);
    assert_int_equal(carter->without_view, STANCE_NONE);
    assert_false(carter->small);
    assert_int_equal(carter->shares[0].n, 3);
    NEAR(carter->shares[0].share, 0.6);
    NEAR(carter->shares[0].lo, 0.230724);
    NEAR(carter->shares[0].hi, 0.882379);
    NEAR(carter->net, 0.4);
    assert_true(carter->net_lo < 0.4 && carter->net_hi > 0.4);
    assert_int_equal(r->total.views, 12);
    assert_int_equal(r->total.n, 10);
    assert_int_equal(r->total.articles, 5);
    finish(&b);
}

static void unknown_is_last_and_stays(void **state)
{
    (void)state;
    struct built b;
    const struct report *r = of_sample(&b, (stance_report_options){.top = 1});
    assert_int_equal(r->groups_n, 2);
    assert_true(r->groups[1].unknown && str_equal(r->groups[1].key[0], STR("unknown")));
    assert_true(r->groups[1].small);
    assert_int_equal(r->hidden, 1);
    assert_int_equal(r->total.views, 12);
    finish(&b);
}

static void best_example_first(void **state)
{
    (void)state;
    struct built b;
    const struct report *r = of_sample(&b, (stance_report_options){.examples = 2});
    assert_int_equal(r->groups[0].examples_n, 2);
    assert_true(str_equal(r->groups[0].examples[0]->text, STR("four")));
    assert_true(str_equal(r->groups[0].examples[1]->text, STR("one")));
    finish(&b);
}

static void copies_may_count(void **state)
{
    (void)state;
    struct built b;
    const struct report *r = of_sample(&b, (stance_report_options){.dedup = "none"});
    assert_int_equal(r->groups[0].n, 6);
    assert_int_equal(r->groups[0].distinct, 6);
    assert_int_equal(r->groups[0].views, 7);
    finish(&b);
}

static void sorts(void **state)
{
    (void)state;
    static const struct {
        const char *sort, *first, *second;
    } all[] = {{"views", "b", "A"}, {"name", "A", "b"}, {"net", "A", "c"}, {"articles", "c", "A"}, {NULL, "b", "A"}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        struct built b;
        begin(&b, (stance_report_options){.sort = all[i].sort, .min_n = 2});
        for (int k = 0; k < 4; k++) add(&b, view_of("1", "o", "b", "skeptical", (const char *[]){"p", "q", "r", "s"}[k]));
        for (int k = 0; k < 3; k++) add(&b, view_of("1", "o", "A", "bullish", (const char *[]){"p", "q", "r"}[k]));
        for (int k = 0; k < 3; k++) add(&b, view_of(k ? "2" : "1", "o", "c", k ? "bullish" : "neutral", (const char *[]){"p", "q", "r"}[k]));
        add(&b, view_of("1", "o", "tiny", "bullish", "p"));
        const struct report *r = end(&b);
        assert_true(str_equal(r->groups[0].key[0], str_of(all[i].first)));
        assert_true(str_equal(r->groups[1].key[0], str_of(all[i].second)));
        assert_true(str_equal(r->groups[3].key[0], STR("tiny"))); /* too small to rank, whatever its net */
        finish(&b);
    }
}

static void months_run_in_time(void **state)
{
    (void)state;
    struct built b;
    static const char *const dates[] = {"2025-02-01", "2025-03-01", "2025-03-02", "27 January 2025", "sometime", NULL};
    begin(&b, (stance_report_options){.by = "month"});
    for (size_t i = 0; i < 6; i++) {
        stance_record v = view_of("a", "o", "s", "bullish", "text");
        v.date = str_of(dates[i]);
        add(&b, v);
    }
    const struct report *r = end(&b);
    static const char *const expected[] = {"2025-01", "2025-02", "2025-03", "unknown"};
    assert_int_equal(r->groups_n, 4);
    for (size_t i = 0; i < 4; i++) assert_true(str_equal(r->groups[i].key[0], str_of(expected[i])));
    assert_int_equal(r->groups[3].views, 2);
    finish(&b);
}

static void articles_without_a_view(void **state)
{
    (void)state;
    struct built b;
    begin(&b, (stance_report_options){.by = "outlet"});
    add_article(&b, "a1", "Wired");
    add_article(&b, "a2", "Wired");
    add_article(&b, "a3", "CNN");
    add(&b, view_of("a1", "Wired", "s", "bullish", "text"));
    add(&b, view_of("a1", "Wired", "s", "bullish", "other"));
    add_article(&b, "a1", "Wired"); /* twice is once */
    const struct report *r = end(&b);
    assert_int_equal(r->groups[0].articles, 2);
    assert_int_equal(r->groups[0].without_view, 1);
    assert_true(str_equal(r->groups[1].key[0], STR("CNN")));
    assert_int_equal(r->groups[1].without_view, 1);
    assert_int_equal(r->groups[1].views, 0);
    assert_true(isnan(r->groups[1].net) && isnan(r->groups[1].shares[0].share));
    assert_int_equal(r->total.without_view, 2);
    finish(&b);
    begin(&b, (stance_report_options){.by = "outlet", .speaker = "x"});
    add_article(&b, "a1", "Wired");
    assert_int_equal(end(&b)->total.without_view, STANCE_NONE);
    finish(&b);
}

static void filters(void **state)
{
    (void)state;
    struct built b;
    const struct report *r = of_sample(&b, (stance_report_options){.until = "2025", .outlet = "unknown"});
    assert_int_equal(r->total.views, 1);
    assert_int_equal(r->left_out, 11);
    assert_int_equal(r->undated, 1);
    finish(&b);
}

static void net_labels(const stance_str *labels, size_t n, const char *plus, const char *minus)
{
    struct built b;
    begin(&b, (stance_report_options){0});
    stance_record v = view_of("a", "o", "s", NULL, "text");
    v.labels = labels;
    v.labels_n = n;
    v.stance = labels[0];
    add(&b, v);
    const struct report *r = end(&b);
    if (plus) assert_true(str_equal(r->labels[r->plus], str_of(plus)) && str_equal(r->labels[r->minus], str_of(minus)));
    else assert_int_equal(r->plus, REPORT_NO_LABEL);
    finish(&b);
}

static void other_labels(void **state)
{
    (void)state;
    net_labels((stance_str[]){STR("skeptical"), STR("aaa"), STR("bullish")}, 3, "bullish", "skeptical");
    net_labels((stance_str[]){STR("query"), STR("support"), STR("deny"), STR("comment")}, 4, "comment", "deny");
    net_labels((stance_str[]){STR("neutral"), STR("support"), STR("deny")}, 3, "deny", "support");
    net_labels((stance_str[]){STR("neutral"), STR("bullish")}, 2, NULL, NULL);
}

static void views_without_stance(void **state)
{
    (void)state;
    struct built b;
    begin(&b, (stance_report_options){0});
    stance_record v = view_of("a", "o", "s", NULL, "text");
    v.labels_n = 0;
    v.margin = NAN;
    add(&b, v);
    const struct report *r = end(&b);
    assert_int_equal(r->labels_n, 0);
    assert_int_equal(r->groups[0].unlabelled, 1);
    assert_int_equal(r->groups[0].views, 1);
    finish(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(empty),          cmocka_unit_test(numbers_add_up),     cmocka_unit_test(unknown_is_last_and_stays),
        cmocka_unit_test(best_example_first), cmocka_unit_test(copies_may_count), cmocka_unit_test(sorts),
        cmocka_unit_test(months_run_in_time), cmocka_unit_test(articles_without_a_view), cmocka_unit_test(filters),
        cmocka_unit_test(other_labels),   cmocka_unit_test(views_without_stance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
