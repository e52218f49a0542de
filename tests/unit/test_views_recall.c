/* SPDX-License-Identifier: MIT
 * Tests of views_recall: what counts as found, by kind; and that a model says what it found in articles it had not learned from. */
#include "test_gold_help.h"

#include "views/views_model.h"
#include "views/views_recall.h"

static const char text[] = "Ada Obi said that the harbour tunnel would drain the reserves of the city. \xE2\x80\x9C" "Schools need many more teachers now,\xE2\x80\x9D "
                           "Ms Obi said. She called the plan \xE2\x80\x9C" "a gift to builders\xE2\x80\x9D and a loss for everybody else. Nobody spoke of rain.";

static stance_span span_of(const char *words)
{
    const char *at = strstr(text, words);
    assert_non_null(at);
    return (stance_span){(size_t)(at - text), (size_t)(at - text) + strlen(words)};
}

static void count_by_kind(const stance_span *contents, size_t n, struct views_recall *to)
{
    stance_error err = {0};
    struct language language = {0};
    struct arena arena = {0};
    stance_views_model *model = stance_views_model_open("models/views.stance", &err);
    if (!model) fail_msg("%s", err.text);
    const stance_gold_article gold = {.text = {text, sizeof text - 1}, .contents = contents, .n = n};
    assert_true(language_load(&language, NULL, &err));
    assert_true(views_recall_count(&language, &arena, &gold, views_model_weights(model), to, &err));
    language_free(&language);
    arena_free(&arena);
    stance_views_model_free(model);
}

static void kinds_and_hits(void **state)
{
    (void)state;
    struct views_recall r = {.articles = 0};
    const stance_span contents[] = {span_of("the harbour tunnel would drain the reserves of the city"), span_of("Schools need many more teachers now,"),
                                    span_of("\xE2\x80\x9C" "a gift to builders\xE2\x80\x9D and a loss for everybody else"), span_of("Nobody spoke of rain")};
    count_by_kind(contents, 4, &r);
    assert_int_equal(r.articles, 1);
    assert_int_equal(r.marked[STANCE_DIRECT], 1);
    assert_int_equal(r.marked[STANCE_MIXED], 1);
    assert_int_equal(r.marked[STANCE_INDIRECT], 2);
    assert_int_equal(r.found[STANCE_DIRECT], 1);
    assert_int_equal(r.found[STANCE_INDIRECT], 1); /* nobody said anything of rain */
    assert_true(r.proposed >= 2 && r.right >= 2 && r.right <= r.proposed);
}

static void half_is_enough_and_less_is_not(void **state)
{
    (void)state;
    struct views_recall most = {.articles = 0}, least = {.articles = 0};
    const stance_span longer = span_of("tunnel would drain the reserves of the city"), shorter = span_of("of the city");
    count_by_kind(&longer, 1, &most);
    count_by_kind(&shorter, 1, &least);
    assert_int_equal(most.found[STANCE_INDIRECT], 1);
    assert_int_equal(least.found[STANCE_INDIRECT], 0);
    assert_int_equal(least.right, 0);
}

static void as_text(void **state)
{
    (void)state;
    struct strbuf out = {0};
    const struct views_recall r = {.articles = 3, .marked = {10, 0, 4}, .found = {9, 0, 1}, .proposed = 12, .right = 10};
    views_recall_write(&r, &out);
    assert_string_equal(out.ptr, "{\"articles\":3,\"proposed\":12,\"right\":10,\"kinds\":[{\"kind\":\"direct\",\"marked\":10,\"found\":9},"
                                 "{\"kind\":\"mixed\",\"marked\":0,\"found\":0},{\"kind\":\"indirect\",\"marked\":4,\"found\":1}]}");
    strbuf_free(&out);
}

static void a_model_tells_what_it_found(void **state)
{
    (void)state;
    stance_gold *few = help_gold(6), *more = help_gold(24);
    const stance_views_options plain = {0}, measure = {.measure = true};
    assert_true(stance_train_views(few, &measure, help_path, NULL, NULL));
    stance_views_model *m = stance_views_model_open(help_path, NULL);
    assert_non_null(m);
    assert_int_equal(stance_views_model_measured(m).len, 0); /* too few to leave some out */
    stance_views_model_free(m);
    assert_true(stance_train_views(more, &plain, help_path, NULL, NULL));
    assert_non_null(m = stance_views_model_open(help_path, NULL));
    assert_int_equal(stance_views_model_measured(m).len, 0);
    stance_views_model_free(m);
    assert_true(stance_train_views(more, &measure, help_path, NULL, NULL));
    assert_non_null(m = stance_views_model_open(help_path, NULL));
    stance_str measured = stance_views_model_measured(m);
    assert_true(str_starts(measured, STR("{\"articles\":24,\"proposed\":")));
    assert_int_equal(measured.ptr[measured.len], '\0');
    stance_views_model_free(m);
    stance_gold_free(few);
    stance_gold_free(more);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(kinds_and_hits), cmocka_unit_test(half_is_enough_and_less_is_not), cmocka_unit_test(as_text),
                                       cmocka_unit_test_setup_teardown(a_model_tells_what_it_found, help_name, help_remove)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
