/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include <stdlib.h>

static void refuses(void **state)
{
    (void)state;
    stance_error err = {0};
    stance_str out;
    assert_null(stance_report_new(&(stance_report_options){.by = "nothing"}, &err));
    assert_int_equal(err.code, STANCE_USAGE);
    stance_report *r = stance_report_new(NULL, &err);
    assert_false(stance_report_render(r, "pdf", NULL, &out, &err));
    assert_string_equal(err.text, "-f pdf: a report is written as table, csv, tsv, json, md or html");
    stance_report_free(r);
    stance_report_free(NULL);
}

static void formats_are_listed(void **state)
{
    (void)state;
    size_t n = 0;
    stance_report *r = sample_report(NULL, 12);
    stance_str out;
    for (; stance_report_format(n); n++) {
        assert_true(stance_report_render(r, stance_report_format(n), NULL, &out, NULL));
        assert_true(out.len > 100 && out.ptr[out.len - 1] == '\n');
    }
    assert_int_equal(n, 6);
    stance_report_free(r);
}

/* Rendering between adds changes nothing. */
static void more_may_be_added(void **state)
{
    (void)state;
    stance_report_options o = {.by = "outlet,month", .examples = 2};
    stance_report *once = sample_report(&o, 12), *twice = sample_report(&o, 6);
    stance_record v[12];
    stance_str a, b;
    assert_true(stance_report_render(twice, "json", NULL, &b, NULL));
    for (size_t i = sample_views(v) - 6; i < 12; i++) assert_true(stance_report_add(twice, &v[i], NULL));
    assert_true(stance_report_render(once, "json", NULL, &a, NULL));
    assert_true(stance_report_render(twice, "json", NULL, &b, NULL));
    assert_true(str_equal(a, b));
    stance_report_free(once);
    stance_report_free(twice);
}

/* The numbers of a group do not depend on the order of its views, nor on other groups. */
static void order_does_not_matter(void **state)
{
    (void)state;
    stance_report_options o = {.dedup = "none"};
    stance_report *forward = sample_report(&o, 12), *backward = stance_report_new(&o, NULL);
    stance_record v[12];
    stance_str a, b;
    for (size_t i = sample_views(v); i-- > 0;) assert_true(stance_report_add(backward, &v[i], NULL));
    assert_true(stance_report_render(forward, "csv", NULL, &a, NULL));
    assert_true(stance_report_render(backward, "csv", NULL, &b, NULL));
    assert_true(str_equal(a, b));
    stance_report_free(forward);
    stance_report_free(backward);
}

enum { MANY = 600 };

/* Views that repeat one another in many articles, nearly or by the same speaker, some of them twice in one place. */
static stance_record many_view(size_t i, char text[200], char names[5][24])
{
    static const char *const stances[] = {"bullish", "skeptical", "neutral"}, *const days[] = {"2025-01-27", "2025-01-28", "2025-02-03", "soon"};
    static const char *const ends[] = {"of the whole city", "of this old city", "of the city", "for good"};
    size_t claim = i % 41;
    snprintf(text, 200, "the harbour tunnel number %zu would drain all of the reserves %s", claim, ends[i % 4]);
    snprintf(names[0], 24, "article %zu", i % 197);
    snprintf(names[1], 24, "outlet %zu", i % 197 % 7);
    snprintf(names[2], 24, "speaker %zu", claim % 5);
    snprintf(names[3], 24, "model %zu", i % 3);
    snprintf(names[4], 24, "id %zu", i % 301);
    stance_record r = view_of(names[0], names[1], names[2], stances[i % 3], text);
    r.id = str_of(names[4]);
    r.model = str_of(names[3]);
    r.date = str_of(days[i % 197 % 4]);
    r.span.start = i % 2;
    return r;
}

/* order: 0 forward, 1 backward, else in steps. */
static char *render_many(const stance_report_options *o, size_t order)
{
    stance_report *r = stance_report_new(o, NULL);
    stance_str out;
    char text[200], names[5][24];
    for (size_t i = 0; i < MANY; i++) {
        stance_record v = many_view(order == 1 ? MANY - 1 - i : order ? i * order % MANY : i, text, names);
        assert_true(stance_report_add(r, &v, NULL));
    }
    assert_true(stance_report_render(r, "json", NULL, &out, NULL));
    char *copy = malloc(out.len + 1);
    assert_non_null(copy);
    memcpy(copy, out.ptr, out.len + 1);
    stance_report_free(r);
    return copy;
}

static void order_of_many_does_not_matter(void **state)
{
    (void)state;
    static const stance_report_options all[] = {{.by = "outlet", .examples = 3}, {.by = "claim"}, {.by = "speaker,month", .dedup = "exact", .examples = 2}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        char *forward = render_many(&all[i], 0), *backward = render_many(&all[i], 1), *steps = render_many(&all[i], 7);
        assert_string_equal(forward, backward);
        assert_string_equal(forward, steps);
        free(forward);
        free(backward);
        free(steps);
    }
}

static void invalid_bytes_are_repaired(void **state)
{
    (void)state;
    stance_report *r = stance_report_new(&(stance_report_options){.examples = 1}, NULL);
    stance_record v = view_of("\xFF", "\xC3", "A\xE2\x82 B", "bull\xFFish", "\xF0\x9F");
    v.model = str_of("\x80");
    assert_true(stance_report_add(r, &v, NULL));
    for (size_t i = 0; stance_report_format(i); i++) assert_true(rendered_has(r, stance_report_format(i), "A\xEF\xBF\xBD B"));
    stance_report_free(r);
}

static void change_since_the_period_before(void **state)
{
    (void)state;
    stance_report *r = stance_report_new(&(stance_report_options){.by = "month"}, NULL);
    static const char *const days[] = {"2025-01-05", "2025-03-05", "soon"};
    char text[16], article[16];
    for (size_t i = 0; i < 30; i++) {
        snprintf(text, sizeof text, "text %zu", i);
        snprintf(article, sizeof article, "a%zu", i);
        stance_record v = view_of(article, "X", "Ada", i % 3 == 1 ? "bullish" : "skeptical", text);
        v.date = str_of(days[i % 3]);
        assert_true(stance_report_add(r, &v, NULL));
    }
    assert_true(rendered_has(r, "json", "\"change\":2,\"change_lo\":"));
    assert_true(rendered_has(r, "json", "\"change_from\":\"2025-01\""));
    assert_true(rendered_has(r, "csv", "small,change,change_lo,change_hi,change_from"));
    assert_true(rendered_has(r, "table", "+200 ["));
    assert_true(rendered_has(r, "md", "| net | change |"));
    assert_true(rendered_has(r, "html", "change</button>"));
    stance_report_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(change_since_the_period_before),
        cmocka_unit_test(refuses),
        cmocka_unit_test(formats_are_listed),
        cmocka_unit_test(more_may_be_added),
        cmocka_unit_test(order_does_not_matter),
        cmocka_unit_test(order_of_many_does_not_matter),
        cmocka_unit_test(invalid_bytes_are_repaired),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
