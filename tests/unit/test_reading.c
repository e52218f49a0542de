/* SPDX-License-Identifier: MIT */
#include "test_store_help.h"

#include "io/view_record.h"
#include "store/reading.h"

/* What comes out is what classify would have written. */
static void records_are_those_put(void **state)
{
    (void)state;
    struct strbuf written = {0}, read = {0};
    stance_store *s = open_store(path_of("same.db"));
    begin_with(s, "m");
    stance_document got, d = {.article = STR("a"), .outlet = STR("Post"), .date = STR("odd date"), .title = STR(""), .url = STR("http://x"),
                              .text = STR("“Ünïcode is fun”")};
    stance_view v[2] = {view_in(&d, 1, "Ada", "is fun", 1), view_in(&d, 2, "unknown", "fun", 2)};
    v[0].mention_text = STR("she"), v[0].mention_chars = (stance_span){3, 6}, v[0].resolved_by = STANCE_BY_PRONOUN, v[0].via = STR("Reuters");
    v[0].prediction.p[0] = 1.0 / 3, v[0].prediction.abstained = STANCE_FEW_KNOWN;
    v[1].target = (stance_str){NULL, 0}, v[1].speaker_kind = STANCE_UNKNOWN, v[1].kind = STANCE_INDIRECT;
    assert_true(stance_store_put(s, &d, &(stance_result){v, 2}, NULL));
    const struct record_source source = {&d, help_labels, 3, "m", "v"};
    stance_record r;
    assert_true(stance_store_rewind(s, true, NULL));
    assert_int_equal(stance_store_next(s, &got, &r, NULL), 2);
    assert_str(got.article, "a");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(stance_store_next(s, &got, &r, NULL), 1);
        record_put_json(&written, &source, &v[i]);
        record_put_json_again(&read, &r);
    }
    assert_string_equal(read.ptr, written.ptr);
    strbuf_free(&written);
    strbuf_free(&read);
    stance_store_free(s);
}

static void by_article_whatever_came_first(void **state)
{
    (void)state;
    stance_store *s = open_store(path_of("order.db"));
    begin_with(s, "m");
    put_tunnel(s, "b", "Bo");
    put_tunnel(s, "a10", "Ada");
    put_tunnel(s, "a", "Ada");
    stance_document none = document_of("a1", "Nothing.");
    assert_true(stance_store_put(s, &none, &(stance_result){NULL, 0}, NULL));
    assert_string_equal(dump(s, false), "a Ada skeptical\na Ada bullish\na10 Ada skeptical\na10 Ada bullish\nb Bo skeptical\nb Bo bullish\n");
    assert_int_equal(count(s).documents, 4);
    stance_store_free(s);
}

/* A reader goes on with the file of the moment when it began. */
static void one_moment(void **state)
{
    (void)state;
    stance_document d;
    stance_record r;
    stance_store *s = open_store(path_of("moment.db"));
    begin_with(s, "m");
    put_tunnel(s, "a", "Ada");
    assert_true(stance_store_commit(s, NULL));
    stance_store *reader = stance_store_open(path_of("moment.db"), false, NULL);
    assert_true(stance_store_rewind(reader, false, NULL));
    assert_int_equal(stance_store_next(reader, &d, &r, NULL), 2);
    put_tunnel(s, "b", "Bo");
    put_tunnel(s, "a", "Cy");
    assert_true(stance_store_commit(s, NULL));
    assert_int_equal(stance_store_next(reader, &d, &r, NULL), 1);
    assert_str(r.speaker, "Ada");
    assert_int_equal(stance_store_next(reader, &d, &r, NULL), 1);
    assert_int_equal(stance_store_next(reader, &d, &r, NULL), 0);
    assert_int_equal(stance_store_next(reader, &d, &r, NULL), 0);
    assert_string_equal(dump(reader, false), "a Cy skeptical\na Cy bullish\nb Bo skeptical\nb Bo bullish\n");
    stance_store_free(reader);
    stance_store_free(s);
}

/* Numbers from a hand outside are bounded before they are used. */
static void odd_numbers(void **state)
{
    (void)state;
    stance_store *s = open_store(path_of("odd.db"));
    begin_with(s, "m");
    put_tunnel(s, "a", "Ada");
    assert_true(stance_store_commit(s, NULL));
    assert_true(database_run(s->database, "UPDATE view SET speaker = 99, kind = -3, speaker_kind = 77, target = -1, stance = 1 << 40, abstained = 9, first = 5;"
                                          "UPDATE document SET method = 12, outlet = 1000; UPDATE detail SET resolved_by = 88, p = 'x,,y'", NULL));
    assert_string_equal(dump(s, true), "a  \na  \n");
    stance_store_free(s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(records_are_those_put), cmocka_unit_test(by_article_whatever_came_first), cmocka_unit_test(one_moment),
                                       cmocka_unit_test(odd_numbers)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
