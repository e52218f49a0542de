/* SPDX-License-Identifier: MIT
 * test_stance: the promises of stance_analyze, over articles, mutated articles and noise. */
#include "test_span_help.h"

static stance_analyzer *shared;

static int start(void **state)
{
    (void)state;
    shared = stance_analyzer_new(NULL, NULL);
    return shared ? 0 : -1;
}

static int stop(void **state)
{
    (void)state;
    stance_analyzer_free(shared);
    return 0;
}

static const stance_result *analyze(stance_analyzer *an, stance_str text)
{
    stance_error err = {0};
    stance_document d = {.article = STR("test"), .text = text};
    const stance_result *r = stance_analyze(an, &d, &err);
    if (!r) fail_msg("%s", err.text);
    return r;
}

static void check(stance_str text, const char *name)
{
    help_check_views(text, analyze(shared, text), name);
}

static void spans_of_the_articles(void **state)
{
    (void)state;
    assert_true(help_each_article(check) >= 14);
}

static uint64_t seed = 91;
static void check_mutated(stance_str text, const char *name)
{
    for (int i = 0; i < 12; i++) {
        struct strbuf other = {0};
        help_mutate(&seed, text, 1 + help_below(&seed, 120), &other);
        check(strbuf_str(&other), name);
        strbuf_free(&other);
    }
}

static void spans_of_mutated_articles(void **state)
{
    (void)state;
    help_each_article(check_mutated);
}

static void spans_of_noise(void **state)
{
    (void)state;
    for (int i = 0; i < 300; i++) {
        struct strbuf text = {0};
        help_noise(&seed, help_below(&seed, 200), &text);
        check(strbuf_str(&text), "noise");
        strbuf_free(&text);
    }
}

/* Every article cut off at many places, as a broken download would leave it. */
static void check_cut(stance_str text, const char *name)
{
    for (size_t n = 0; n < text.len; n += 97) {
        struct strbuf cut = {0};
        unicode_repair(str_slice(text, 0, n), &cut, NULL);
        check(strbuf_str(&cut), name);
        strbuf_free(&cut);
    }
}

static void spans_of_truncated_articles(void **state)
{
    (void)state;
    help_each_article(check_cut);
}

/* What a result says, as text; strings are copied, so that it outlives the analyzer's next call. */
static void describe(const stance_result *r, struct strbuf *out)
{
    for (size_t i = 0; i < r->n; i++) {
        const stance_view *v = &r->views[i];
        strbuf_print(out, "%zu %d %zu-%zu %zu-%zu %zu-%zu %d %d [", v->number, (int)v->kind, v->content.start, v->content.end, v->mention.start,
                     v->mention.end, v->cue.start, v->cue.end, (int)v->speaker_kind, (int)v->resolved_by);
        strbuf_add(out, v->speaker);
        strbuf_add(out, STR("|"));
        strbuf_add(out, v->via);
        strbuf_add(out, STR("|"));
        strbuf_add(out, v->target);
        strbuf_add(out, STR("]\n"));
    }
}

static void expect_same(struct strbuf *first, const stance_result *r, const char *name)
{
    struct strbuf again = {0};
    describe(r, &again);
    if (!str_equal(strbuf_str(first), strbuf_str(&again))) fail_msg("%s: results differ\n%s---\n%s", name, first->ptr ? first->ptr : "", again.ptr ? again.ptr : "");
    strbuf_free(&again);
}

static void check_repeated(stance_str text, const char *name)
{
    struct strbuf first = {0}, noise = {0};
    describe(analyze(shared, text), &first);
    expect_same(&first, analyze(shared, text), name);
    help_noise(&seed, 3000, &noise);
    analyze(shared, strbuf_str(&noise)); /* an unrelated document leaves nothing behind */
    expect_same(&first, analyze(shared, text), name);
    strbuf_free(&first);
    strbuf_free(&noise);
}

static void the_same_document_gives_the_same_result(void **state)
{
    (void)state;
    help_each_article(check_repeated);
}

static void two_analyzers_agree(void **state)
{
    (void)state;
    struct strbuf text = {0}, first = {0};
    assert_true(help_read_file(ARTICLES "02-stargate-doubts.txt", &text));
    describe(analyze(shared, strbuf_str(&text)), &first);
    stance_analyzer *other = stance_analyzer_new(NULL, NULL);
    assert_non_null(other);
    expect_same(&first, analyze(other, strbuf_str(&text)), "other analyzer");
    stance_analyzer_free(other);
    strbuf_free(&text);
    strbuf_free(&first);
}

static void blanks_around_the_text_only_shift_it(void **state)
{
    (void)state;
    struct strbuf text = {0}, moved = {0};
    assert_true(help_read_file(ARTICLES "02-stargate-doubts.txt", &text));
    const stance_result *r = analyze(shared, strbuf_str(&text));
    size_t n = r->n, start_byte = n ? r->views[0].content.start : 0;
    strbuf_add(&moved, STR("\xEF\xBB\xBF\n\n"));
    strbuf_add(&moved, strbuf_str(&text));
    strbuf_add(&moved, STR("\n\n"));
    r = analyze(shared, strbuf_str(&moved));
    assert_true(n > 0);
    assert_int_equal(r->n, n);
    assert_int_equal(r->views[0].content.start, start_byte + 5);
    help_check_views(strbuf_str(&moved), r, "moved");
    strbuf_free(&text);
    strbuf_free(&moved);
}

static void nothing_to_analyze(void **state)
{
    (void)state;
    assert_int_equal(analyze(shared, STR(""))->n, 0);
    assert_int_equal(analyze(shared, (stance_str){NULL, 0})->n, 0);
    assert_int_equal(analyze(shared, STR("\0\0\0"))->n, 0);
    assert_int_equal(analyze(shared, STR("\n\n\n"))->n, 0);
}

static void nul_bytes_inside(void **state)
{
    (void)state;
    stance_str text = STR("Mary Cole said that the har\0bour was finished.\0");
    const stance_result *r = analyze(shared, text);
    help_check_views(text, r, "nul");
    assert_int_equal(r->n, 1);
    assert_text(r->views[0].text, "the har\0bour was finished");
}

static void bad_text_is_refused(void **state)
{
    (void)state;
    stance_error err = {0};
    stance_document d = {.article = STR("a7"), .text = STR("It rained \xFF here.")};
    assert_null(stance_analyze(shared, &d, &err));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_non_null(strstr(err.text, "a7"));
    assert_null(stance_analyze(shared, &d, NULL));
    assert_int_equal(analyze(shared, STR("Mary Cole said that it rained."))->n, 1); /* goes on */
}

static void long_text_is_refused(void **state)
{
    (void)state;
    stance_error err = {0};
    stance_analyzer_options options = {.max_text = 20};
    stance_analyzer *an = stance_analyzer_new(&options, NULL);
    stance_document d = {.article = STR("a8"), .text = STR("Twenty-one characters")};
    assert_null(stance_analyze(an, &d, &err));
    assert_int_equal(err.code, STANCE_INPUT);
    d.text.len = 20;
    assert_non_null(stance_analyze(an, &d, &err));
    stance_analyzer_free(an);
}

static void one_view_per_target(void **state)
{
    (void)state;
    stance_analyzer_options options = {.all_targets = true};
    stance_analyzer *an = stance_analyzer_new(&options, NULL);
    stance_str text = STR("Mary Cole said that Nordbank had cheated Goldfinch.");
    const stance_result *r = analyze(an, text);
    help_check_views(text, r, "all targets");
    assert_int_equal(r->n, 2);
    assert_int_equal(r->views[0].content.start, r->views[1].content.start);
    assert_false(str_equal(r->views[0].target, r->views[1].target));
    assert_int_equal(analyze(shared, text)->n, 1);
    stance_analyzer_free(an);
}

static void the_documents_target_stands_in(void **state)
{
    (void)state;
    stance_document d = {.article = STR("a"), .text = STR("Mary Cole said that rain had come."), .target = STR("weather")};
    const stance_result *r = stance_analyze(shared, &d, NULL);
    assert_int_equal(r->n, 1);
    assert_text(r->views[0].target, "weather");
}

static void a_missing_file_of_speakers(void **state)
{
    (void)state;
    stance_error err = {0};
    stance_analyzer_options options = {.speakers_path = "/nowhere/speakers.tsv"};
    assert_null(stance_analyzer_new(&options, &err));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_null(stance_analyzer_new(&options, NULL));
    stance_analyzer_free(NULL);
}

static void names_of_the_contract(void **state)
{
    (void)state;
    assert_string_equal(stance_kind_name(STANCE_MIXED), "mixed");
    assert_string_equal(stance_speaker_kind_name(STANCE_ORGANISATION), "organisation");
    assert_string_equal(stance_resolution_name(STANCE_BY_DESCRIPTION), "description");
    assert_string_equal(stance_abstention_name(STANCE_FEW_KNOWN), "few_known_ngrams");
    assert_null(stance_abstention_name(STANCE_CERTAIN));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_of_the_articles), cmocka_unit_test(spans_of_mutated_articles), cmocka_unit_test(spans_of_noise),
        cmocka_unit_test(spans_of_truncated_articles), cmocka_unit_test(the_same_document_gives_the_same_result), cmocka_unit_test(two_analyzers_agree),
        cmocka_unit_test(blanks_around_the_text_only_shift_it), cmocka_unit_test(nothing_to_analyze), cmocka_unit_test(nul_bytes_inside),
        cmocka_unit_test(bad_text_is_refused), cmocka_unit_test(long_text_is_refused), cmocka_unit_test(one_view_per_target),
        cmocka_unit_test(the_documents_target_stands_in), cmocka_unit_test(a_missing_file_of_speakers), cmocka_unit_test(names_of_the_contract),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
