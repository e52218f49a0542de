/* SPDX-License-Identifier: MIT
 * Tests of record_reader: records of any column order, views inside documents, error records, and what is refused. That records come back
 * as they were written is tested in test_view_record.c. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include <math.h>

#include "base/error.h"

static stance_record_reader *open_text(const char *name, const char *text)
{
    stance_error err = {0};
    stance_record_reader *r = stance_record_reader_open(put_text(name, text), NULL, &err);
    if (!r) fail_msg("%s", err.text);
    return r;
}

static void refused(const char *name, const char *text, const char *format, const char *message)
{
    stance_error err = {0};
    assert_null(stance_record_reader_open(put_text(name, text), format, &err));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_has(err.text, message);
}

static void columns_in_any_order(void **state)
{
    (void)state;
    stance_record got;
    stance_record_reader *r = open_text("a.csv", "p_no,margin,speaker,own,end,start,p_yes,stance\n0.25,0.5,Ada,mine,9,2,0.75,yes\n,,,,,,,\n");
    assert_int_equal(stance_record_reader_next(r, &got, NULL), 1);
    assert_str(got.speaker, "Ada");
    assert_str(got.stance, "yes");
    assert_int_equal(got.span.start, 2);
    assert_int_equal(got.span.end, 9);
    assert_true(got.bytes.start == STANCE_NONE && got.bytes.end == STANCE_NONE);
    assert_int_equal(got.labels_n, 2);
    assert_str(got.labels[0], "no"); /* as they stand */
    assert_str(got.labels[1], "yes");
    assert_true(got.p[0] == 0.25 && got.p[1] == 0.75 && got.margin == 0.5 && isnan(got.known));
    assert_int_equal(got.line, 2);
    assert_str(stance_record_reader_field(r, "own"), "mine");
    assert_true(stance_record_reader_has(r, "own"));
    assert_false(stance_record_reader_has(r, "Own"));
    assert_null(stance_record_reader_field(r, "other").ptr);
    assert_int_equal(stance_record_reader_next(r, &got, NULL), 1); /* empty cells are null */
    assert_null(got.speaker.ptr);
    assert_null(got.stance.ptr);
    assert_true(got.span.start == STANCE_NONE && isnan(got.margin) && isnan(got.p[0]));
    assert_null(stance_record_reader_field(r, "own").ptr);
    assert_int_equal(stance_record_reader_next(r, &got, NULL), 0);
    assert_int_equal(stance_record_reader_next(r, &got, NULL), 0);
    stance_record_reader_free(r);
}

/* Every JSON line has columns of its own; where a field stood last time is only a guess. */
static void json_lines_change_their_order(void **state)
{
    (void)state;
    static const char *const speakers[] = {"a", "b", "c", NULL, "e"};
    stance_record got;
    stance_record_reader *r = open_text("b.jsonl", "{\"speaker\":\"a\",\"stance\":\"x\"}\n{\"stance\":\"x\",\"speaker\":\"b\"}\n"
                                                   "{\"z\":{\"speaker\":\"no\"},\"stance\":\"x\",\"speaker\":\"c\"}\n{\"stance\":\"x\"}\n"
                                                   "{\"speaker\":\"e\",\"stance\":null}\n");
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(stance_record_reader_next(r, &got, NULL), 1);
        assert_int_equal(got.line, i + 1);
        if (speakers[i]) assert_str(got.speaker, speakers[i]);
        else assert_null(got.speaker.ptr);
    }
    assert_null(got.stance.ptr);
    assert_int_equal(stance_record_reader_next(r, &got, NULL), 0);
    stance_record_reader_free(r);
}

static bool note_article(void *ctx, const stance_document *d, stance_error *err)
{
    struct strbuf *out = ctx;
    strbuf_add(out, d->article);
    strbuf_char(out, d->outlet.ptr ? '+' : '-');
    return str_equal(d->article, STR("stop")) ? error_set(err, STANCE_INPUT, 0, "stopped") : true;
}

/* Also those without a view; not those that failed. */
static void articles_are_told(void **state)
{
    (void)state;
    stance_record got;
    stance_error err = {0};
    struct strbuf out = {0};
    stance_record_reader *r = open_text("t.jsonl", "{\"schema\":\"stance.document/1\",\"article\":\"a\",\"outlet\":\"o\",\"views\":[{\"speaker\":\"x\"}]}\n"
                                                   "{\"schema\":\"stance.document/1\",\"article\":\"b\",\"outlet\":null,\"views\":[]}\n"
                                                   "{\"schema\":\"stance.document/1\",\"article\":\"c\",\"views\":[],\"error\":{\"code\":\"INPUT\"}}\n"
                                                   "{\"schema\":\"stance.document/1\",\"article\":\"stop\",\"views\":[{\"speaker\":\"y\"}]}\n");
    stance_record_reader_on_article(r, note_article, &out);
    assert_int_equal(stance_record_reader_next(r, &got, &err), 1);
    assert_int_equal(stance_record_reader_next(r, &got, &err), -1);
    assert_true(stance_record_reader_fatal(r));
    assert_string_equal(err.text, "stopped");
    assert_string_equal(out.ptr, "a+b-stop-");
    assert_int_equal(stance_record_reader_next(r, &got, &err), 0);
    strbuf_free(&out);
    stance_record_reader_free(r);
}

static void views_inside_documents(void **state)
{
    (void)state;
    struct strbuf text = {0};
    stance_record got;
    strbuf_add(&text, STR("{\"schema\":\"stance.document/1\",\"article\":\"d0\",\"views\":[]}\n"));
    strbuf_add(&text, STR("{\"schema\":\"stance.document/1\",\"article\":\"d1\",\"views\":["));
    for (int i = 0; i < 12; i++) strbuf_print(&text, "%s{\"article\":\"d1\",\"speaker\":\"s%d\",\"start\":%d,\"p_x\":0.%d}", i ? "," : "", i, i, i + 1);
    strbuf_add(&text, STR("],\"error\":null}\n{\"schema\":\"stance.view/1\",\"speaker\":\"alone\"}\n"));
    strbuf_add(&text, STR("{\"schema\":\"stance.document/1\",\"views\":[{\"speaker\":\"last\"}],\"error\":{\"code\":\"INPUT\"}}\n"));
    stance_record_reader *r = open_text("docs.jsonl", text.ptr);
    for (int i = 0; i < 12; i++) { /* views.1 is not taken for views.10 */
        char speaker[16];
        snprintf(speaker, sizeof speaker, "s%d", i);
        assert_int_equal(stance_record_reader_next(r, &got, NULL), 1);
        assert_str(got.speaker, speaker);
        assert_int_equal(got.span.start, i);
        assert_int_equal(got.labels_n, 1);
        assert_str(got.article, "d1");
        assert_str(stance_record_reader_field(r, "speaker"), speaker);
        assert_false(stance_record_reader_has(r, "schema")); /* the document's, not the view's */
    }
    assert_int_equal(stance_record_reader_next(r, &got, NULL), 1);
    assert_str(got.speaker, "alone");
    assert_int_equal(stance_record_reader_next(r, &got, NULL), 1);
    assert_str(got.speaker, "last");
    assert_int_equal(stance_record_reader_next(r, &got, NULL), 0);
    assert_int_equal(stance_record_reader_errors(r), 1);
    stance_record_reader_free(r);
    strbuf_free(&text);
}

static void error_records_are_passed_over_and_counted(void **state)
{
    (void)state;
    stance_record got;
    stance_record_reader *r = open_text("e.jsonl", "{\"schema\":\"stance.error/1\",\"code\":\"INPUT\",\"stance\":null}\n{\"speaker\":\"a\"}\n"
                                                   "{\"schema\":\"stance.error/1\",\"code\":\"INPUT\"}\n");
    assert_int_equal(stance_record_reader_next(r, &got, NULL), 1);
    assert_str(got.speaker, "a");
    assert_int_equal(stance_record_reader_next(r, &got, NULL), 0);
    assert_int_equal(stance_record_reader_errors(r), 2);
    assert_false(stance_record_reader_fatal(r));
    stance_record_reader_free(r);
}

static void a_damaged_line_does_not_end_the_file(void **state)
{
    (void)state;
    stance_error err = {0};
    stance_record got;
    stance_record_reader *r = open_text("f.jsonl", "{\"speaker\":\"a\"}\n{\"speaker\":\n{\"speaker\":\"b\",\"byte_start\":-1}\n{\"speaker\":\"c\"}\n");
    assert_int_equal(stance_record_reader_next(r, &got, &err), 1);
    assert_int_equal(stance_record_reader_next(r, &got, &err), -1);
    assert_has(err.text, "f.jsonl, line 2");
    assert_int_equal(stance_record_reader_next(r, &got, &err), -1);
    assert_int_equal(got.line, 3);
    assert_has(err.text, "f.jsonl, line 3: byte_start is no number: -1; write the file again");
    assert_false(stance_record_reader_fatal(r));
    assert_int_equal(stance_record_reader_next(r, &got, &err), 1);
    assert_str(got.speaker, "c");
    stance_record_reader_free(r);
}

static void too_many_labels(void **state)
{
    (void)state;
    struct strbuf text = {0};
    stance_error err = {0};
    stance_record got;
    for (int n = STANCE_MAX_LABELS; n <= STANCE_MAX_LABELS + 1; n++) {
        strbuf_clear(&text);
        strbuf_add(&text, STR("{\"speaker\":\"a\""));
        for (int i = 0; i < n; i++) strbuf_print(&text, ",\"p_%d\":0", i);
        strbuf_add(&text, STR("}\n"));
        stance_record_reader *r = open_text("many.jsonl", text.ptr);
        int status = stance_record_reader_next(r, &got, &err);
        assert_int_equal(status, n > STANCE_MAX_LABELS ? -1 : 1);
        if (status > 0) assert_int_equal(got.labels_n, STANCE_MAX_LABELS);
        else assert_has(err.text, "more than 64 labels");
        stance_record_reader_free(r);
    }
    strbuf_free(&text);
}

static void what_is_refused(void **state)
{
    (void)state;
    stance_error err = {0};
    refused("x.csv", "id,text\n1,a\n", NULL, "no view record (columns found: id, text)");
    refused("x.txt", "{\"speaker\":\"a\"}\n", NULL, "holds no view records"); /* the name says text */
    refused("x.jsonl", "speaker\n", "html", "holds no view records");
    assert_null(stance_record_reader_open(path_of("missing.csv"), NULL, &err));
    assert_has(err.text, "there is no such file");
    stance_record_reader_free(NULL);
}

static void without_a_name_the_content_tells(void **state)
{
    (void)state;
    stance_record got;
    stance_record_reader *r = open_text("no-extension", "{\"speaker\":\"a\"}\n");
    assert_int_equal(stance_record_reader_next(r, &got, NULL), 1);
    assert_str(got.speaker, "a");
    stance_record_reader_free(r);
    r = open_text("empty.jsonl", ""); /* a run that found nothing */
    assert_int_equal(stance_record_reader_next(r, &got, NULL), 0);
    stance_record_reader_free(r);
    r = open_text("header.csv", "id,speaker,stance\n");
    assert_int_equal(stance_record_reader_next(r, &got, NULL), 0);
    stance_record_reader_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_in_any_order), cmocka_unit_test(json_lines_change_their_order), cmocka_unit_test(views_inside_documents),
        cmocka_unit_test(articles_are_told),
        cmocka_unit_test(error_records_are_passed_over_and_counted), cmocka_unit_test(a_damaged_line_does_not_end_the_file),
        cmocka_unit_test(too_many_labels), cmocka_unit_test(what_is_refused), cmocka_unit_test(without_a_name_the_content_tells),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
