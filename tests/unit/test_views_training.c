/* SPDX-License-Identifier: MIT
 * Tests of views_training: what stance_train_views learns from the marked-up articles under training/articles, and what it refuses. */
#include "test_gold_help.h"

static stance_gold *some, *all;
static stance_views_summary learned;
static char all_path[80]; /* a model of all articles, for the tests that need a good one */

static int start(void **state)
{
    help_name(state);
    some = help_gold(6);
    all = help_gold(0);
    snprintf(all_path, sizeof all_path, "%s-all", help_path);
    help_train(all, all_path, &learned);
    return 0;
}

static int stop(void **state)
{
    stance_gold_free(some);
    stance_gold_free(all);
    unlink(all_path);
    return help_remove(state);
}

static void train(const stance_gold *gold, double c, struct strbuf *bytes)
{
    stance_error err = {0};
    if (!stance_train_views(gold, &(stance_views_options){.c = c}, help_path, NULL, &err)) fail_msg("%s", err.text);
    strbuf_clear(bytes);
    assert_true(help_read_file(help_path, bytes));
}

static void the_same_articles_give_the_same_bytes(void **state)
{
    (void)state;
    struct strbuf first = {0}, again = {0};
    stance_views_summary summary = {0};
    assert_true(help_read_file(all_path, &first));
    help_train(all, help_path, &summary);
    assert_true(help_read_file(help_path, &again));
    assert_true(str_equal(strbuf_str(&first), strbuf_str(&again)));
    assert_memory_equal(&summary, &learned, sizeof summary);
    strbuf_free(&first);
    strbuf_free(&again);
}

static void the_cost_counts_and_has_a_default(void **state)
{
    (void)state;
    struct strbuf zero = {0}, tenth = {0}, other = {0};
    train(some, 0, &zero);
    train(some, 0.1, &tenth);
    train(some, 0.01, &other);
    assert_true(str_equal(strbuf_str(&zero), strbuf_str(&tenth)));
    assert_false(str_equal(strbuf_str(&zero), strbuf_str(&other)));
    strbuf_free(&zero);
    strbuf_free(&tenth);
    strbuf_free(&other);
}

static void readiness_is_chosen_unless_given(void **state)
{
    (void)state;
    stance_views_summary given = {0};
    assert_true(learned.overlap_f1 > 0.5 && learned.overlap_f1 < 1 && learned.recall >= -0.8 && learned.recall <= 0.8);
    assert_true(stance_train_views(all, &(stance_views_options){.recall = learned.recall, .recall_given = true}, help_path, &given, NULL));
    assert_true(given.recall == learned.recall && given.overlap_f1 < 0);
    struct strbuf chosen = {0}, same = {0};
    assert_true(help_read_file(all_path, &chosen) && help_read_file(help_path, &same));
    assert_true(str_equal(strbuf_str(&chosen), strbuf_str(&same)));
    assert_true(stance_train_views(some, NULL, help_path, &given, NULL));
    assert_true(given.recall == 0 && given.overlap_f1 < 0); /* too few articles to hold any out */
    strbuf_free(&chosen);
    strbuf_free(&same);
}

static void the_summary_counts(void **state)
{
    (void)state;
    size_t contents = 0, bytes = 0;
    for (size_t i = 0; i < stance_gold_count(all); i++) {
        contents += stance_gold_get(all, i)->n;
        bytes += stance_gold_get(all, i)->text.len;
    }
    assert_true(stance_gold_count(all) > 30);
    assert_int_equal(learned.articles, stance_gold_count(all));
    assert_int_equal(learned.contents, contents);
    assert_true(learned.tokens > contents && learned.tokens < bytes);
    assert_true(learned.features > 1000);
}

/* Bytes of gold contents found, bytes found in vain, bytes missed; over all articles. */
struct overlap {
    size_t hit, wrong, missed;
};

static struct overlap measure(const stance_views_model *model)
{
    struct overlap sum = {0, 0, 0};
    const stance_analyzer_options options = {.views_model = model};
    stance_analyzer *an = stance_analyzer_new(&options, NULL);
    for (size_t i = 0; i < stance_gold_count(all); i++) {
        const stance_gold_article *g = stance_gold_get(all, i);
        const stance_document d = {.article = g->article, .text = g->text};
        const stance_result *r = stance_analyze(an, &d, NULL);
        assert_non_null(r);
        char *marked = calloc(g->text.len + 1, 1);
        for (size_t k = 0; k < g->n; k++) memset(marked + g->contents[k].start, 1, g->contents[k].end - g->contents[k].start);
        for (size_t k = 0; k < r->n; k++)
            for (size_t b = r->views[k].content.start; b < r->views[k].content.end; b++) marked[b] |= 2;
        for (size_t b = 0; b < g->text.len; b++) {
            sum.hit += marked[b] == 3;
            sum.wrong += marked[b] == 2;
            sum.missed += marked[b] == 1;
        }
        free(marked);
    }
    stance_analyzer_free(an);
    return sum;
}

static double f1(struct overlap o)
{
    return 2 * (double)o.hit / (double)(2 * o.hit + o.wrong + o.missed);
}

/* On the articles it was trained on, a model must do better than the rules, and well. */
static void a_model_finds_what_it_was_shown(void **state)
{
    (void)state;
    stance_views_model *m = help_open_model(all_path);
    double rules = f1(measure(NULL)), model = f1(measure(m));
    if (!(model > rules && model > 0.9)) fail_msg("F1 of contents' bytes: %.3f by rules, %.3f by the model", rules, model);
    stance_views_model_free(m);
}

static void truncated_models_are_refused(void **state)
{
    (void)state;
    struct strbuf bytes = {0};
    assert_true(help_read_file(all_path, &bytes));
    help_write(help_path, strbuf_str(&bytes));
    for (size_t n = (bytes.len - 1) / 97 * 97;; n -= 97) {
        assert_int_equal(truncate(help_path, (off_t)n), 0);
        help_expect_refused(help_path, NULL);
        if (n == 0) break;
    }
    strbuf_free(&bytes);
}

static void a_flipped_bit_is_refused(void **state)
{
    (void)state;
    enum { FLIPS = 200 };
    struct strbuf bytes = {0};
    uint64_t seed = 17;
    assert_true(help_read_file(all_path, &bytes));
    help_write(help_path, strbuf_str(&bytes));
    FILE *f = fopen(help_path, "r+b");
    for (int i = 0; i < FLIPS; i++) {
        size_t at = help_below(&seed, bytes.len);
        for (int flipped = 1; flipped >= 0; flipped--) {
            assert_int_equal(fseek(f, (long)at, SEEK_SET), 0);
            assert_int_not_equal(fputc((unsigned char)(bytes.ptr[at] ^ (flipped << i % 8)), f), EOF);
            assert_int_equal(fflush(f), 0);
            if (flipped) help_expect_refused(help_path, NULL);
        }
    }
    fclose(f);
    stance_views_model_free(help_open_model(help_path));
    strbuf_free(&bytes);
}

static void nothing_marked_is_a_clear_error(void **state)
{
    (void)state;
    char plain[80];
    stance_error err = {0};
    snprintf(plain, sizeof plain, "%s.txt", help_path);
    help_write(plain, STR("Mary Cole said that the harbour was finished. \xE2\x80\x9CIt is done,\xE2\x80\x9D she added.\n"));
    const char *const path = plain;
    stance_gold *none = help_gold_of(&path, 1);
    assert_int_equal(stance_gold_get(none, 0)->n, 0);
    unlink(help_path);
    assert_false(stance_train_views(none, NULL, help_path, NULL, &err));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_non_null(strstr(err.text, "no content is marked"));
    assert_int_equal(access(help_path, F_OK), -1); /* nothing was written */
    assert_false(stance_train_views(none, NULL, help_path, NULL, NULL));
    stance_gold_free(none);
    unlink(plain);
}

static void an_unwritable_place_is_an_error(void **state)
{
    (void)state;
    stance_error err = {0};
    assert_false(stance_train_views(some, 0, "/nowhere/at/all.stance", NULL, &err));
    assert_int_equal(err.code, STANCE_OUTPUT);
    assert_false(stance_train_views(some, 0, "/nowhere/at/all.stance", NULL, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_articles_give_the_same_bytes), cmocka_unit_test(the_cost_counts_and_has_a_default),
        cmocka_unit_test(readiness_is_chosen_unless_given),
        cmocka_unit_test(the_summary_counts), cmocka_unit_test(a_model_finds_what_it_was_shown), cmocka_unit_test(truncated_models_are_refused),
        cmocka_unit_test(a_flipped_bit_is_refused), cmocka_unit_test(nothing_marked_is_a_clear_error),
        cmocka_unit_test(an_unwritable_place_is_an_error),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
