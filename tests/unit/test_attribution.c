/* SPDX-License-Identifier: MIT
 * test_attribution: what holds for every attribution of every text, and the fields the corpus does not show. */
#include <time.h>

#include "test_view_help.h"

static void check(stance_str text, const char *name)
{
    struct reading r;
    help_views(&r, text);
    size_t n = r.a.tokens.n, last = 0;
    for (size_t i = 0; i < r.found.n; i++) {
        const struct attribution *x = &r.found.items[i];
        if (x->first >= x->end || x->end > n) fail_msg("%s: content %zu is empty or runs out", name, i);
        if (x->first < last) fail_msg("%s: content %zu is out of order", name, i);
        last = x->first;
        for (size_t k = 0; k < i; k++) {
            const struct attribution *y = &r.found.items[k];
            bool apart = y->end <= x->first || x->relayed || y->relayed;
            if (!apart && y->first < x->first && y->end < x->end) fail_msg("%s: contents %zu and %zu cross", name, k, i);
        }
        assert_true((x->cue_first == NO_TOKEN) == (x->cue_end == NO_TOKEN));
        if (x->cue_first != NO_TOKEN && (x->cue_first >= x->cue_end || x->cue_end > n)) fail_msg("%s: cue %zu", name, i);
        if (phrase_found(x->source)) assert_true(x->source.end <= n && x->source.head >= x->source.first && x->source.head < x->source.end);
        if (x->via != NO_TOKEN) assert_true(x->via < r.found.n && x->via != i && r.found.items[x->via].relayed);
        if (x->same_as != NO_TOKEN) assert_true(x->same_as < r.found.n && x->same_as != i);
        assert_true(x->kind == STANCE_DIRECT || x->kind == STANCE_MIXED || x->kind == STANCE_INDIRECT);
        assert_true(x->speaker.len > 0);
        assert_true(x->entity == NO_ENTITY || x->entity < r.a.entities_n);
        if (x->kind == STANCE_INDIRECT)
            for (size_t k = x->first; k < x->end; k++)
                if (article_quoted(&r.a, k)) fail_msg("%s: content %zu is indirect but quotes", name, i);
    }
    help_close(&r);
}

static void holds_for_the_articles(void **state)
{
    (void)state;
    help_each_article(check);
}

static void holds_for_noise(void **state)
{
    (void)state;
    uint64_t seed = 81;
    for (int i = 0; i < 300; i++) {
        struct strbuf text = {0};
        help_noise(&seed, help_below(&seed, 150), &text);
        check(strbuf_str(&text), "noise");
        strbuf_free(&text);
    }
}

/* Sentences put together from what news is made of, in any order. */
static void holds_for_shuffled_news(void **state)
{
    (void)state;
    static const char *const parts[] = {
        "\xE2\x80\x9CThe harbour is finished,\xE2\x80\x9D", "\xE2\x80\x9C", "\xE2\x80\x9D", "said", "Mary Cole", "she", ",", ".", "that",
        "the tool works", "according to", "Nordbank", "the company", "noting that", "and", "but", "told reporters", "who runs it", "warned",
        "hopeful that", "is", "praised", "the plan as", "\n\n", ":", ";", "in a statement", "on Monday", "claim that", "'s", "reports",
        "was described by", "(", ")", "to", "which", "as"};
    uint64_t seed = 82;
    for (int i = 0; i < 1500; i++) {
        struct strbuf text = {0};
        for (size_t n = help_below(&seed, 30); n > 0; n--) strbuf_print(&text, "%s ", parts[help_below(&seed, sizeof parts / sizeof *parts)]);
        check(strbuf_str(&text), text.ptr ? text.ptr : "");
        strbuf_free(&text);
    }
}

static void a_relayed_frame_is_kept_as_via(void **state)
{
    (void)state;
    struct reading r;
    help_views(&r, STR("The Harbour Journal reported that Neal Rowan told officials that the tool was not ready."));
    assert_int_equal(r.found.n, 2);
    const struct attribution *outer = &r.found.items[0], *inner = &r.found.items[1];
    assert_true(outer->relayed);
    assert_false(inner->relayed);
    assert_int_equal(inner->via, 0);
    assert_text(inner->cue->lemma, "tell");
    assert_text(inner->speaker, "Neal Rowan");
    help_close(&r);
}

static void a_quotation_without_cue_points_to_its_speaker(void **state)
{
    (void)state;
    struct reading r;
    help_views(&r, STR("\"It is late,\" said Mary Cole. \"Nobody came to the hall tonight.\""));
    assert_int_equal(r.found.n, 2);
    assert_int_equal(r.found.items[1].same_as, 0);
    assert_int_equal(r.found.items[1].cue_first, NO_TOKEN);
    assert_null(r.found.items[1].cue);
    assert_text(r.found.items[1].speaker, "Mary Cole");
    help_close(&r);
}

static void headings_and_replies_are_left_alone(void **state)
{
    (void)state;
    struct reading r;
    help_views(&r, STR("Cole says harbour is finished\n\n> Cole said that the harbour was finished."));
    assert_int_equal(r.found.n, 0);
    help_close(&r);
}

static void thousands_of_views(void **state)
{
    (void)state;
    struct strbuf text = {0};
    struct reading r;
    for (int i = 0; i < 3000; i++) strbuf_print(&text, "Mary Cole said that harbour %d was finished. \"We tried it all,\" she said.\n", i);
    help_views(&r, strbuf_str(&text));
    assert_int_equal(r.found.n, 6000);
    help_close(&r);
    strbuf_free(&text);
}

/* Processor time of reading `n` loose quotations in one paragraph: the least of three. */
static double seconds_of(int n)
{
    struct strbuf text = {0};
    double least = 1e9;
    for (int i = 0; i < n; i++) strbuf_print(&text, "He stuck: \"It is a plan that works.\" ");
    for (int run = 0; run < 3; run++) {
        struct reading r;
        clock_t start = clock();
        help_views(&r, strbuf_str(&text));
        double took = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (took < least) least = took;
        help_close(&r);
    }
    strbuf_free(&text);
    return least;
}

static void a_long_paragraph_takes_its_length(void **state)
{
    (void)state;
    double few = seconds_of(4000), many = seconds_of(32000);
    if (many > 24 * few) fail_msg("8 times the quotations take %.0f times as long", many / few); /* 64 when each looks through the paragraph */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_for_the_articles), cmocka_unit_test(holds_for_noise), cmocka_unit_test(holds_for_shuffled_news),
        cmocka_unit_test(a_relayed_frame_is_kept_as_via), cmocka_unit_test(a_quotation_without_cue_points_to_its_speaker),
        cmocka_unit_test(headings_and_replies_are_left_alone), cmocka_unit_test(thousands_of_views),
        cmocka_unit_test(a_long_paragraph_takes_its_length),
    };
    return cmocka_run_group_tests(tests, help_load, help_unload);
}
