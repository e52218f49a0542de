/* SPDX-License-Identifier: MIT
 * Tests of view_record and record_reader: what is written is the contract's, and reads back the same. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include <math.h>

#include "io/view_record.h"

static const char *const labels[] = {"bullish", "skeptical", "neutral"};
static const stance_document document = {.article = {"a/1", 3}, .outlet = {"The \"X\"", 7}, .date = {"2025-01-27", 10}, .text = {"Full.", 5},
                                         .file = {"f\xFF.csv", 6}, .line = 9};

static const struct record_columns no_columns = {NULL, 0};

static stance_view example(void)
{
    stance_view v = {.number = 2, .kind = STANCE_DIRECT, .content = {10, 20}, .content_chars = {9, 18}, .mention_chars = {0, 4},
                     .cue_chars = {STANCE_NONE, STANCE_NONE}, .text = STR("no, \"never\"\n</p>"), .speaker = STR("Ada Obi"), .mention_text = STR("Obi"),
                     .target = STR("tax"), .scored = true};
    v.prediction = (stance_prediction){.label = 1, .p = {0.25, 0.6666666666, 0.0833333334}, .margin = 0.4166666666, .known = 0.5};
    return v;
}

static void json_has_the_fields_in_order(void **state)
{
    (void)state;
    struct strbuf out = {0};
    stance_view v = example();
    struct record_source s = {&document, labels, 3, "0123456789abcdef", NULL};
    record_put_json(&out, &s, &v);
    struct strbuf expected = {0};
    strbuf_print(&expected,
                 "{\"schema\":\"stance.view/1\",\"id\":\"a/1:2\",\"article\":\"a/1\",\"outlet\":\"The \\\"X\\\"\",\"date\":\"2025-01-27\",\"url\":null,"
                 "\"title\":null,\"speaker\":\"Ada Obi\",\"speaker_kind\":\"%s\",\"speaker_mention\":\"Obi\",\"speaker_start\":0,\"speaker_end\":4,"
                 "\"resolved_by\":\"%s\",\"via\":null,\"cue\":null,\"cue_start\":null,\"cue_end\":null,\"kind\":\"direct\","
                 "\"text\":\"no, \\\"never\\\"\\n<\\/p>\",\"start\":9,\"end\":18,\"byte_start\":10,\"byte_end\":20,\"target\":\"tax\","
                 "\"stance\":\"skeptical\",\"p_bullish\":0.25,\"p_skeptical\":0.666667,\"p_neutral\":0.083333,\"margin\":0.416667,"
                 "\"abstained\":null,\"known\":0.5,\"duplicate_of\":null,\"model\":\"0123456789abcdef\",\"views_model\":null}\n",
                 stance_speaker_kind_name(STANCE_PERSON), stance_resolution_name(STANCE_BY_NAME));
    assert_str(strbuf_str(&out), expected.ptr);
    strbuf_free(&expected);
    strbuf_free(&out);
}

static void csv_has_the_same_names(void **state)
{
    (void)state;
    struct strbuf csv = {0}, json = {0}, names = {0};
    stance_view v = example();
    struct record_source s = {&document, labels, 3, NULL, NULL};
    struct json_object o = {0};
    record_put_json(&json, &s, &v);
    assert_true(json_parse(&o, strbuf_str(&json), NULL));
    for (size_t i = 0; i < o.n; i++) cell_put(&names, (struct cell_style){',', false}, i == 0, o.pairs[i].key);
    cell_end_row(&names);
    record_put_header(&csv, (struct cell_style){',', false}, labels, 3, &no_columns);
    assert_str(strbuf_str(&csv), names.ptr);
    json_free(&o);
    strbuf_free(&csv);
    strbuf_free(&json);
    strbuf_free(&names);
}

/* Records of views are written in place, records that were read field by field: both write the same. */
static void odd_views_are_written_as_they_are_read(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "x", "seven b", "eight by", "nine byte", "sixteen bytes 16", "\"", "a</b", "1234567</8", "<", "12345678</", "\\\n\t\x01",
                                        "\u2028 and \u2029", "\u201cquoted\u201d \u2014 and more of it", "\x7f", ",a", " blank", "blank ", "=1+1", "-5", "\ttab"};
    static const double shares[] = {0, 1, 0.5, 1e-4, 9.9e-5, 4e-7, 6e-7, 0.1234565, 0.9999996, 0.99989999, 0.000123, NAN, 0.3, 1e-5};
    enum { TEXTS = sizeof texts / sizeof *texts, SHARES = sizeof shares / sizeof *shares };
    stance_document d = document;
    struct record_source s = {&d, labels, 3, "0123456789abcdef", "m\"2"};
    struct cell_style styles[] = {{',', false}, {'\t', true}};
    struct strbuf json = {0}, again = {0}, cells = {0}, cells_again = {0};
    for (size_t i = 0; i < TEXTS * SHARES; i++) {
        stance_view v = example();
        v.speaker = str_of(texts[i % TEXTS]), v.text = str_of(texts[(i + 1) % TEXTS]), v.target = str_of(texts[(i + 2) % TEXTS]);
        v.prediction.p[0] = shares[i % SHARES], v.prediction.p[1] = shares[(i + 1) % SHARES], v.prediction.known = shares[(i + 3) % SHARES];
        v.number = i * i * 37, v.content_chars = (stance_span){i, i == 7 ? SIZE_MAX - 1 : i * 1000003};
        v.scored = i % 5 != 0;
        d.article = str_of(texts[(i + 3) % TEXTS]);
        strbuf_clear(&json), strbuf_clear(&again), strbuf_clear(&cells), strbuf_clear(&cells_again);
        record_put_json(&json, &s, &v);
        record_put_cells(&cells, styles[i % 2], &s, &v, &no_columns);
        stance_record_reader *r = stance_record_reader_open(put_text("odd.jsonl", json.ptr), NULL, NULL);
        stance_record got;
        assert_int_equal(stance_record_reader_next(r, &got, NULL), 1);
        assert_str(got.text, texts[(i + 1) % TEXTS]);
        record_put_json_again(&again, &got);
        record_put_cells_again(&cells_again, styles[i % 2], &got, &no_columns);
        assert_string_equal(json.ptr, again.ptr);
        assert_string_equal(cells.ptr, cells_again.ptr);
        stance_record_reader_free(r);
    }
    strbuf_free(&json), strbuf_free(&again), strbuf_free(&cells), strbuf_free(&cells_again);
}

static void foreign_columns_come_last(void **state)
{
    (void)state;
    struct strbuf csv = {0}, json = {0}, whole = {0};
    const stance_extra extra[] = {{STR("section"), STR("a \"b\"")}, {STR("p\"q"), {NULL, 0}}, {STR("author"), STR("Ada")}};
    const stance_str names[] = {STR("author"), STR("absent"), STR("section")};
    const struct record_columns columns = {names, 3};
    stance_document d = document;
    d.extra = extra;
    d.extra_n = 3;
    stance_view v = example();
    struct record_source s = {&d, labels, 3, NULL, NULL};
    record_put_json(&json, &s, &v);
    assert_true(str_ends(strbuf_str(&json), STR(",\"views_model\":null,\"section\":\"a \\\"b\\\"\",\"p\\\"q\":null,\"author\":\"Ada\"}\n")));
    record_put_header(&csv, (struct cell_style){',', false}, labels, 3, &columns);
    assert_true(str_ends(strbuf_str(&csv), STR(",views_model,author,absent,section\r\n")) || str_ends(strbuf_str(&csv), STR(",views_model,author,absent,section\n")));
    record_put_cells(&csv, (struct cell_style){',', false}, &s, &v, &columns);
    assert_true(str_find(strbuf_str(&csv), STR(",Ada,,\"a \"\"b\"\"\"")) != STANCE_NONE);
    record_put_document(&whole, &s, &(stance_result){&v, 1}, NULL);
    assert_true(str_find(strbuf_str(&whole), STR("\"target\":null,\"text\":null,\"section\":\"a \\\"b\\\"\",\"p\\\"q\":null,\"views\":[")) != STANCE_NONE);
    stance_record_reader *r = stance_record_reader_open(put_text("e.jsonl", json.ptr), NULL, NULL);
    stance_record got;
    assert_int_equal(stance_record_reader_next(r, &got, NULL), 1);
    assert_int_equal(got.extra_n, 3);
    assert_str(got.extra[0].name, "section");
    assert_str(got.extra[0].value, "a \"b\"");
    assert_str(got.extra[1].name, "p\"q");
    assert_null(got.extra[1].value.ptr);
    stance_record_reader_free(r);
    strbuf_free(&csv);
    strbuf_free(&json);
    strbuf_free(&whole);
}

static void check_read_back(const char *path, const char *format)
{
    stance_error err = {0};
    stance_record_reader *r = stance_record_reader_open(path, format, &err);
    if (!r) print_error("%s\n", err.text);
    assert_non_null(r);
    stance_record got;
    for (int i = 0; i < 2; i++) {
        if (stance_record_reader_next(r, &got, &err) != 1) fail_msg("%s", err.text);
        assert_str(got.id, "a/1:2");
        assert_str(got.article, "a/1");
        assert_str(got.outlet, "The \"X\"");
        assert_null(got.url.ptr);
        assert_str(got.text, "no, \"never\"\n</p>");
        assert_str(got.stance, "skeptical");
        assert_int_equal(got.span.start, 9);
        assert_int_equal(got.bytes.end, 20);
        assert_true(got.cue_span.start == STANCE_NONE);
        assert_int_equal(got.labels_n, 3);
        assert_str(got.labels[1], "skeptical");
        assert_true(fabs(got.p[1] - 0.666667) < 1e-9);
        assert_true(got.known == 0.5);
        assert_null(got.abstained.ptr);
        assert_str(stance_record_reader_field(r, "speaker_mention"), "Obi");
        assert_true(stance_record_reader_has(r, "via"));
        assert_false(stance_record_reader_has(r, "vial"));
    }
    assert_int_equal(stance_record_reader_next(r, &got, &err), 0);
    stance_record_reader_free(r);
}

static void all_formats_read_back(void **state)
{
    (void)state;
    struct strbuf jsonl = {0}, csv = {0}, tsv = {0}, documents = {0};
    const struct cell_style comma = {',', false}, tab = {'\t', false};
    stance_view v[2] = {example(), example()};
    const stance_result result = {v, 2}, none = {NULL, 0};
    const stance_error error = {STANCE_INPUT, 0, "broken"};
    struct record_source s = {&document, labels, 3, NULL, NULL};
    record_put_header(&csv, comma, labels, 3, &no_columns);
    record_put_header(&tsv, tab, labels, 3, &no_columns);
    for (int i = 0; i < 2; i++) {
        record_put_json(&jsonl, &s, &v[i]);
        record_put_error(&jsonl, &document, &error);
        record_put_cells(&csv, comma, &s, &v[i], &no_columns);
        record_put_cells(&tsv, tab, &s, &v[i], &no_columns);
    }
    record_put_document(&documents, &s, &none, &error);
    record_put_document(&documents, &s, &result, NULL);
    record_put_document(&documents, &s, NULL, NULL);
    check_read_back(put_text("v.jsonl", jsonl.ptr), NULL);
    check_read_back(put_text("v.csv", csv.ptr), NULL);
    check_read_back(put_text("v.out", tsv.ptr), "tsv");
    check_read_back(put_text("docs.jsonl", documents.ptr), NULL);
    check_read_back(put_gzip("v.jsonl.gz", jsonl.ptr, jsonl.len, "wb"), NULL);
    strbuf_free(&jsonl);
    strbuf_free(&csv);
    strbuf_free(&tsv);
    strbuf_free(&documents);
}

static void extract_has_no_shares(void **state)
{
    (void)state;
    struct strbuf out = {0};
    stance_view v = example();
    v.scored = false;
    struct record_source s = {&document, NULL, 0, NULL, "fedc"};
    record_put_json(&out, &s, &v);
    assert_has(out.ptr, "\"stance\":null,\"margin\":null,\"abstained\":null,\"known\":null,\"duplicate_of\":null,\"model\":null,\"views_model\":\"fedc\"}");
    stance_record got;
    stance_record_reader *r = stance_record_reader_open(put_text("x.jsonl", out.ptr), NULL, NULL);
    assert_int_equal(stance_record_reader_next(r, &got, NULL), 1);
    assert_int_equal(got.labels_n, 0);
    assert_true(isnan(got.margin));
    stance_record_reader_free(r);
    strbuf_free(&out);
}

static void documents_and_errors(void **state)
{
    (void)state;
    struct strbuf out = {0};
    const stance_error error = {STANCE_INPUT, 9, "f.csv, line 9: bad"};
    stance_document page = document;
    struct record_source s = {&page, labels, 3, NULL, NULL};
    record_put_error(&out, &document, &error);
    assert_str(strbuf_str(&out), "{\"schema\":\"stance.error/1\",\"file\":\"f\xEF\xBF\xBD.csv\",\"line\":9,\"byte\":null,\"article\":\"a/1\",\"code\":\"INPUT\","
               "\"message\":\"f.csv, line 9: bad\"}\n");
    strbuf_clear(&out);
    record_put_document(&out, &s, NULL, NULL);
    assert_has(out.ptr, "\"text\":null,\"views\":[],\"error\":null}\n");
    strbuf_clear(&out);
    page.extracted = true;
    record_put_document(&out, &s, NULL, &error);
    assert_has(out.ptr, "\"text\":\"Full.\",\"views\":[],\"error\":{\"schema\":\"stance.error/1\"");
    strbuf_free(&out);
}

static void bad_records(void **state)
{
    (void)state;
    stance_error err;
    stance_record got;
    assert_null(stance_record_reader_open(put_text("b.csv", "a,b\n1,2\n"), NULL, &err));
    assert_has(err.text, "no view record (columns found: a, b)");
    assert_null(stance_record_reader_open(put_text("b.txt", "some text"), NULL, &err));
    assert_has(err.text, "holds no view records");
    stance_record_reader *r = stance_record_reader_open(
        put_text("b.jsonl", "{\"schema\":\"stance.view/2\"}\n{\"speaker\":\"x\",\"start\":\"one\"}\n{\"speaker\":\"x\",\"margin\":\"?\"}\n"
                            "{\"a\":1}\n{\"speaker\":\"ok\"}\n"),
        NULL, &err);
    const char *const messages[] = {"line 1: records of kind stance.view/2", "line 2: start is no number: one", "line 3: margin is no number", "line 4: no view record"};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(stance_record_reader_next(r, &got, &err), -1);
        assert_has(err.text, messages[i]);
    }
    assert_int_equal(stance_record_reader_next(r, &got, &err), 1);
    assert_str(got.speaker, "ok");
    assert_true(got.span.start == STANCE_NONE);
    assert_int_equal(stance_record_reader_next(r, &got, &err), 0);
    stance_record_reader_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_has_the_fields_in_order), cmocka_unit_test(csv_has_the_same_names),
        cmocka_unit_test(odd_views_are_written_as_they_are_read), cmocka_unit_test(foreign_columns_come_last),
        cmocka_unit_test(all_formats_read_back),
        cmocka_unit_test(extract_has_no_shares), cmocka_unit_test(documents_and_errors), cmocka_unit_test(bad_records),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
