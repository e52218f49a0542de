/* SPDX-License-Identifier: MIT */
#include "test_store_help.h"

#include "store/corrections.h"

static const char *correct(stance_store *s, const char *id, const char *field, const char *value)
{
    static stance_error err;
    err = (stance_error){0};
    return stance_store_override(s, id, field, str_of(value), &err) ? "done" : err.text;
}

static stance_store *store_of_one(const char *name)
{
    stance_store *s = open_store(path_of(name));
    begin_with(s, "m");
    put_tunnel(s, "a", "Ada");
    return s;
}

static void corrects_each_field(void **state)
{
    (void)state;
    stance_store *s = store_of_one("fields.db");
    stance_document d;
    stance_record r;
    assert_string_equal(correct(s, "a:1", "stance", "neutral"), "done");
    assert_string_equal(correct(s, "a:1", "speaker", "Bo Lund"), "done");
    assert_string_equal(correct(s, "a:1", "target", "reserves"), "done");
    assert_string_equal(correct(s, "a:2", "span", "74-86"), "done");
    assert_string_equal(dump(s, false), "a Bo Lund neutral\na Ada bullish\n");
    assert_true(stance_store_rewind(s, true, NULL));
    assert_int_equal(stance_store_next(s, &d, &r, NULL), 2);
    assert_int_equal(stance_store_next(s, &d, &r, NULL), 1);
    assert_str(r.target, "reserves");
    assert_int_equal(stance_store_next(s, &d, &r, NULL), 1);
    assert_str(r.text, "Schools need");
    assert_true(r.span.start == 74 && r.bytes.end == 86);
    assert_int_equal(stance_store_next(s, &d, &r, NULL), 0);
    assert_string_equal(correct(s, "a:1", "stance", ""), "done");
    assert_string_equal(dump(s, true), "a Bo Lund skeptical\na Ada bullish\n");
    assert_string_equal(correct(s, "a:1", "speaker", ""), "done");
    assert_string_equal(correct(s, "a:1", "target", ""), "done");
    assert_int_equal(count(s).overrides, 1); /* nothing left of the first */
    stance_store_free(s);
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    stance_store *s = store_of_one("wrong.db");
    assert_true(stance_store_commit(s, NULL));
    assert_has(correct(s, "a:3", "stance", "neutral"), "has no view a:3");
    assert_has(correct(s, "a", "stance", "neutral"), "has no view a;");
    assert_has(correct(s, "a:x", "stance", "neutral"), "has no view");
    assert_has(correct(s, "a:99999999", "stance", "neutral"), "has no view");
    assert_has(correct(s, "a:1", "stance", "angry"), "knows bullish skeptical neutral");
    assert_has(correct(s, "a:1", "mood", "angry"), "stance, speaker, target and span");
    assert_has(correct(s, "a:1", "span", "9-5"), "START-END");
    assert_has(correct(s, "a:1", "span", "0-1000"), "which has 101");
    assert_has(correct(s, "a:1", "speaker", "\xff"), "UTF-8");
    assert_int_equal(count(s).overrides, 0);
    stance_store_free(s);
}

/* One bad field takes back those before it that are not committed. */
static void all_or_none(void **state)
{
    (void)state;
    stance_store *s = store_of_one("none.db");
    assert_true(stance_store_commit(s, NULL));
    assert_string_equal(correct(s, "a:1", "stance", "neutral"), "done");
    assert_has(correct(s, "a:1", "span", "x"), "START-END");
    stance_store_free(s);
    s = open_store(path_of("none.db"));
    assert_int_equal(count(s).overrides, 0);
    stance_store_free(s);
}

static void put_words(stance_store *s, const char *text, const char *words, const char *more)
{
    stance_document d = document_of("a", text);
    stance_view views[] = {view_in(&d, 1, "Cy", words, 0), view_in(&d, 2, "Cy", more ? more : words, 0)};
    assert_true(stance_store_put(s, &d, &(stance_result){views, more ? 2 : 1}, NULL));
}

static void survives_reruns(void **state)
{
    (void)state;
    stance_store *s = store_of_one("reruns.db");
    assert_string_equal(correct(s, "a:2", "stance", "neutral"), "done");
    begin_with(s, "another model");
    put_words(s, tunnel, "Schools need more teachers", NULL); /* the same span, now the first view */
    assert_string_equal(dump(s, false), "a Cy neutral\n");
    put_words(s, "First things. Schools need more teachers.", "Schools need more teachers", NULL); /* moved by an edit */
    assert_string_equal(dump(s, false), "a Cy neutral\n");
    put_words(s, tunnel, "The harbour tunnel", NULL); /* not found: it waits */
    assert_string_equal(dump(s, false), "a Cy bullish\n");
    assert_int_equal(count(s).lost, 1);
    put_words(s, "x teachers. x teachers.", "x teachers", "teachers. x");
    assert_int_equal(count(s).lost, 1);
    put_words(s, tunnel, "The harbour tunnel", "Schools need more teachers");
    assert_string_equal(dump(s, false), "a Cy bullish\na Cy neutral\n");
    assert_int_equal(count(s).lost, 0);
    assert_string_equal(correct(s, "a:2", "stance", "skeptical"), "done"); /* the one correction there is */
    assert_int_equal(count(s).overrides, 1);
    stance_store_free(s);
}

/* Views of one span, one per target: the second is corrected, and stays so. */
static void same_span_twice(void **state)
{
    (void)state;
    stance_store *s = open_store(path_of("targets.db"));
    begin_with(s, "m");
    put_words(s, tunnel, "Schools need more teachers", "Schools need more teachers");
    assert_string_equal(correct(s, "a:2", "stance", "neutral"), "done");
    begin_with(s, "n");
    put_words(s, tunnel, "Schools need more teachers", "Schools need more teachers");
    assert_string_equal(dump(s, true), "a Cy bullish\na Cy neutral\n");
    stance_store_free(s);
}

static bool list(void *ctx, const stance_correction *c)
{
    struct strbuf *out = ctx;
    strbuf_print(out, "%.*s %zu-%zu %.*s %.*s;", (int)c->article.len, c->article.ptr, c->span.start, c->span.end, (int)c->view.len, c->view.ptr ? c->view.ptr : "",
                 (int)c->stance.len, c->stance.ptr ? c->stance.ptr : "");
    return true;
}

static void lists(void **state)
{
    (void)state;
    struct strbuf out = {0};
    stance_store *s = store_of_one("list.db");
    assert_string_equal(correct(s, "a:2", "stance", "neutral"), "done");
    assert_true(stance_store_overrides(s, list, &out, NULL));
    put_words(s, "Nothing of it.", "Nothing", NULL);
    assert_true(stance_store_overrides(s, list, &out, NULL));
    assert_string_equal(out.ptr, "a 74-100 a:2 neutral;a 74-100  neutral;");
    strbuf_free(&out);
    stance_store_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(corrects_each_field), cmocka_unit_test(says_what_is_wrong), cmocka_unit_test(all_or_none),
        cmocka_unit_test(survives_reruns),     cmocka_unit_test(same_span_twice),    cmocka_unit_test(lists),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
