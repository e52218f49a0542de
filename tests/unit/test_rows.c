/* SPDX-License-Identifier: MIT
 * Tests of rows, labels and dataset: labelled statements from every tool's export. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "io/labels.h"

static stance_dataset *read_with(stance_rows_options options, const char *path, stance_error *err)
{
    options.inputs = &path;
    options.inputs_n = 1;
    return stance_dataset_read(&options, err);
}

static stance_dataset *read_file(const char *name, const char *text)
{
    stance_error err = {0};
    stance_dataset *d = read_with((stance_rows_options){0}, put_text(name, text), &err);
    if (!d) print_error("%s\n", err.text);
    assert_non_null(d);
    return d;
}

static void check_failure(stance_rows_options options, const char *name, const char *text, const char *message)
{
    stance_error err = {0};
    assert_null(read_with(options, put_text(name, text), &err));
    assert_has(err.text, message);
}

/* "text:label;" */
static void check(const char *name, const char *text, const char *expected)
{
    struct strbuf out = {0};
    stance_dataset *d = read_file(name, text);
    const stance_rows *rows = stance_dataset_rows(d);
    for (size_t i = 0; i < rows->n; i++) {
        strbuf_add(&out, rows->rows[i].in.text);
        strbuf_print(&out, ":%s;", rows->labels[rows->rows[i].label]);
    }
    assert_str(strbuf_str(&out), expected);
    strbuf_free(&out);
    stance_dataset_free(d);
}

static void exports_of_labelling_tools(void **state)
{
    (void)state;
    const char *same = "good:bullish;bad:skeptical;";
    check("r.csv", "text,label\ngood,Positive\nbad,negative\n", same);
    check("r.tsv", "sentiment\tquote\nfavor\tgood\nAGAINST\tbad\n", same);
    check("fasttext.txt", "__label__bullish good\n__label__bearish bad\n", same);
    check("doccano.jsonl", "{\"id\":1,\"text\":\"good\",\"label\":[\"positive\"]}\n{\"id\":2,\"text\":\"bad\",\"labels\":[\"negative\"]}\n"
          "{\"id\":3,\"text\":\"none\",\"label\":[]}\n", same);
    check("prodigy.jsonl", "{\"text\":\"good\",\"label\":\"FAVOR\",\"answer\":\"accept\"}\n{\"text\":\"no\",\"label\":\"FAVOR\",\"answer\":\"reject\"}\n"
          "{\"text\":\"bad\",\"accept\":[\"oppose\"],\"answer\":\"accept\"}\n", same);
    check("studio.json", "[{\"id\":1,\"data\":{\"text\":\"good\"},\"annotations\":[{\"result\":[{\"value\":{\"choices\":[\"Positive\"]}}]}]},\n"
          "{\"data\":{\"text\":\"bad\"},\"annotations\":[{\"result\":[{\"value\":{\"choices\":[\"Negative\"]}}]}]},\n"
          "{\"data\":{\"text\":\"skipped\"},\"annotations\":[{\"was_cancelled\":true,\"result\":[]}]}]", same);
    check("studio-min.json", "[{\"text\":\"good\",\"sentiment\":\"Positive\"},{\"text\":\"bad\",\"sentiment\":\"Negative\"}]", same);
}

static void labels_in_order(void **state)
{
    (void)state;
    stance_dataset *d = read_file("order.csv", "text,label\na,zebra\nb,neutral\nc,Apple\nd,against\ne,for\nf,none\n");
    const stance_rows *rows = stance_dataset_rows(d);
    const char *const expected[] = {"bullish", "skeptical", "neutral", "Apple", "zebra"};
    assert_int_equal(rows->labels_n, 5);
    for (size_t i = 0; i < 5; i++) assert_string_equal(rows->labels[i], expected[i]);
    assert_int_equal(rows->rows[0].label, 4);
    assert_int_equal(rows->rows[5].label, 2);
    assert_int_equal(rows->rows[5].line, 7);
    stance_dataset_free(d);
}

static void maps_and_numbers(void **state)
{
    (void)state;
    const char *const maps[] = {"0=negative", "2=bullish", "1="}, *const keep[] = {"support=support"};
    const char *text = "text,label\na,0\nb,2\nc,1\n";
    stance_error err = {0};
    check_failure((stance_rows_options){0}, "n.csv", text, "n.csv, line 2: the label is the number 0; say what numbers mean, e.g. --map 0=skeptical");
    stance_dataset *d = read_with((stance_rows_options){.maps = maps, .maps_n = 3}, path_of("n.csv"), &err);
    assert_int_equal(stance_dataset_rows(d)->n, 2);
    assert_string_equal(stance_dataset_rows(d)->labels[1], "skeptical");
    assert_int_equal(stance_dataset_counted(d)->unlabelled, 1);
    stance_dataset_free(d);
    assert_str(labels_normalise(STR(" Support "), keep, 1), "support");
    assert_str(labels_normalise(STR("Support"), NULL, 0), "bullish");
    assert_str(labels_normalise(STR("Deny"), NULL, 0), "Deny");
    assert_true(labels_is_number(STR(" -1.0 ")));
    assert_false(labels_is_number(STR("1st")));
    const char *const bad[] = {"x"};
    check_failure((stance_rows_options){.maps = bad, .maps_n = 1}, "n.csv", text, "--map x: write it as");
}

static void clear_errors(void **state)
{
    (void)state;
    const stance_rows_options none = {0};
    stance_error err;
    check_failure(none, "e.csv", "", "e.csv: is empty");
    check_failure(none, "e.csv", "text,label\n", "holds no rows");
    check_failure(none, "e.csv", "text,label\na,x\nb,x\n", "all 2 rows are labelled x; at least two labels");
    check_failure(none, "e.csv", "text,mood\na,x\n", "e.csv, line 1: no column label; columns found: text, mood; name the one with the labels with --label-col");
    check_failure(none, "e.csv", "words,label\na,x\n", "no column text");
    check_failure((stance_rows_options){.label_column = "mood"}, "e.csv", "text,label\na,x\n", "no column mood");
    const char *const where[] = {"split=train"}, *const bad[] = {"split"};
    check_failure((stance_rows_options){.where = where, .where_n = 1}, "e.csv", "text,label\na,x\n", "no column split");
    check_failure((stance_rows_options){.where = bad, .where_n = 1}, "e.csv", "text,label\na,x\n", "--where split: write it as");
    check_failure(none, "e.csv", "text,label\na,\nb,\n", "none of 2 rows can be used (2 without a label");
    check_failure(none, "e.csv", "text,label\na\nb\n", "2 damaged, first: ");
    assert_null(read_with(none, path_of("not-there"), &err));
    assert_int_equal(err.code, STANCE_INPUT);
    struct strbuf many = {0};
    strbuf_add(&many, STR("text,label\n"));
    for (int i = 0; i < 70; i++) strbuf_print(&many, "t%d,label%d\n", i, i);
    check_failure(none, "e.csv", many.ptr, "line 66: more than 64 different labels");
    strbuf_free(&many);
}

static void counts(void **state)
{
    (void)state;
    stance_dataset *d = read_file("c.csv", "text,label,target,weight\na,for,T,\na,for,T,2\na,against,T,\na,against,U,\n,for,,\nb,,,\nc,for,T,heavy\nd,for\n");
    const stance_rows_counts *c = stance_dataset_counted(d);
    assert_int_equal(stance_dataset_rows(d)->n, 4);
    assert_int_equal(c->read, 8);
    assert_int_equal(c->duplicates, 1);
    assert_int_equal(c->contradictions, 1);
    assert_int_equal(c->no_text, 1);
    assert_int_equal(c->unlabelled, 1);
    assert_int_equal(c->failed, 2);
    assert_true(stance_dataset_rows(d)->rows[1].weight == 2);
    assert_string_equal(c->columns, "");
    stance_dataset_free(d);
}

static void targets_count_characters(void **state)
{
    (void)state;
    stance_dataset *d = read_file("t.csv", "text,label,from,to\n\xC3\xA9\xC3\xA9 Acme,for,3,7\nAcme,against,0,9\nx,for,,\n");
    const stance_row *rows = stance_dataset_rows(d)->rows;
    assert_int_equal(rows[0].in.target_span.start, 5);
    assert_int_equal(rows[0].in.target_span.end, 9);
    assert_str(rows[0].in.target, "Acme");
    assert_true(rows[1].in.target_span.start == STANCE_NONE);
    assert_null(rows[2].in.target.ptr);
    assert_int_equal(stance_dataset_counted(d)->odd_targets, 1);
    assert_string_equal(stance_dataset_counted(d)->columns, "target_start = from, target_end = to");
    stance_dataset_free(d);
}

static void groups_hang_together(void **state)
{
    (void)state;
    stance_dataset *d = read_file("g.csv", "text,label,article_id,pair,split,cue,speaker\na,for,1,,train,say,Ada\nb,against,1,p,,,\n"
                                           "c,for,2,p,,,\nd,for,,,,,\ne,for,,,,,\nd,against,3,,,,\n");
    const stance_row *rows = stance_dataset_rows(d)->rows;
    assert_int_equal(rows[0].group, rows[1].group);
    assert_int_equal(rows[1].group, rows[2].group);
    assert_int_not_equal(rows[3].group, rows[2].group);
    assert_int_not_equal(rows[3].group, rows[4].group);
    assert_int_equal(rows[3].group, rows[5].group);
    assert_str(stance_dataset_notes(d)[0].split, "train");
    assert_str(stance_dataset_notes(d)[0].speaker, "Ada");
    assert_str(rows[0].in.cue, "say");
    stance_dataset_free(d);
}

static void where_and_value(void **state)
{
    (void)state;
    const char *const where[] = {"Split=train", "topic=a b"};
    stance_error err = {0};
    stance_rows_options options = {.where = where, .where_n = 2, .value_column = "topic"};
    const char *path = put_text("w.csv", "text,label,split,topic\n1,for,train,a b\n2,for,test,a b\n3,against,train,a b\n4,for,train,c\n");
    stance_dataset *d = read_with(options, path, &err);
    assert_non_null(d);
    assert_int_equal(stance_dataset_rows(d)->n, 2);
    assert_int_equal(stance_dataset_counted(d)->filtered, 2);
    assert_str(stance_dataset_notes(d)[1].value, "a b");
    stance_dataset_free(d);
}

static void streaming_keeps_rows_whole(void **state)
{
    (void)state;
    const char *path = put_text("p.csv", "n,quote,note\n1,good,\"a,\nb\"\n2\n3,bad, x \n");
    stance_rows_options options = {.inputs = &path, .inputs_n = 1};
    stance_row_reader *r = stance_row_reader_open(&options, NULL);
    stance_row_record row;
    stance_error err;
    assert_int_equal(stance_row_reader_next(r, &row, &err), 1);
    assert_int_equal(row.n, 3);
    assert_str(row.names[1], "quote");
    assert_str(row.fields[2], "a,\nb");
    assert_str(row.in.text, "good");
    assert_null(row.raw.ptr);
    assert_null(row.label.ptr);
    assert_true(row.wanted);
    assert_string_equal(stance_row_reader_format(r), "csv");
    assert_int_equal(stance_row_reader_next(r, &row, &err), -1);
    assert_int_equal(row.line, 4);
    assert_false(stance_row_reader_fatal(r));
    assert_int_equal(stance_row_reader_next(r, &row, &err), 1);
    assert_str(row.fields[2], " x ");
    assert_int_equal(stance_row_reader_next(r, &row, &err), 0);
    assert_string_equal(stance_row_reader_counted(r)->columns, "text = quote");
    stance_row_reader_free(r);
}

static void streaming_json_lines_and_text(void **state)
{
    (void)state;
    const char *paths[] = {put_text("p.jsonl", "{\"text\":\"a\",\"m\":{\"k\":1}}\n{\"text\":null}\n{\"x\":1}\n"), put_text("p.txt", "one\n\ntwo\n")};
    stance_rows_options options = {.inputs = paths, .inputs_n = 2};
    stance_row_reader *r = stance_row_reader_open(&options, NULL);
    stance_row_record row;
    assert_int_equal(stance_row_reader_next(r, &row, NULL), 1);
    assert_str(row.raw, "{\"text\":\"a\",\"m\":{\"k\":1}}");
    assert_int_equal(stance_row_reader_next(r, &row, NULL), 1);
    assert_int_equal(row.in.text.len, 0);
    assert_non_null(row.in.text.ptr);
    assert_int_equal(stance_row_reader_next(r, &row, NULL), -1);
    assert_int_equal(stance_row_reader_next(r, &row, NULL), 1);
    assert_str(row.in.text, "one");
    assert_string_equal(stance_row_reader_format(r), "txt");
    assert_int_equal(stance_row_reader_next(r, &row, NULL), 1);
    assert_int_equal(row.line, 3);
    assert_int_equal(stance_row_reader_next(r, &row, NULL), 0);
    assert_int_equal(stance_row_reader_counted(r)->read, 5);
    stance_row_reader_free(r);
}

static void streaming_without_text_is_fatal(void **state)
{
    (void)state;
    const char *path = put_text("q.csv", "a,b\n1,2\n");
    stance_rows_options options = {.inputs = &path, .inputs_n = 1};
    stance_row_reader *r = stance_row_reader_open(&options, NULL);
    stance_row_record row;
    stance_error err;
    assert_int_equal(stance_row_reader_next(r, &row, &err), -1);
    assert_has(err.text, "no column text; columns found: a, b; name the one with the statements with --text-col");
    assert_true(stance_row_reader_fatal(r));
    assert_int_equal(stance_row_reader_next(r, &row, &err), 0);
    stance_row_reader_free(r);
}

static stance_dataset *read_both(const char *first, const char *second, stance_rows_options options, stance_error *err)
{
    const char *const inputs[] = {first, second};
    options.inputs = inputs;
    options.inputs_n = second ? 2 : 1;
    return stance_dataset_read(&options, err);
}

static void marked_articles_beside_tables(void **state)
{
    (void)state;
    stance_error err = {0};
    assert_int_equal(mkdir(path_of("marked"), 0700), 0);
    assert_int_equal(mkdir(path_of("marked/more"), 0700), 0);
    put_text("marked/more/c.txt", "⟦v1|Ada|rail|against:rail⟧");
    put_text("marked/b.txt", "⟦v2|Obi|tram|Positive:the\ntram ⟦c2:said⟧⟧ ⟦v3:no label⟧ ⟦v4|Obi|x|for: ⟧");
    put_text("marked/a.txt", "__label__for an article without a view");
    put_text("marked/rows.csv", "not,read\n");
    const char *rows = put_text("m.csv", "body,mood\ngood,for\n");
    stance_dataset *d = read_both(rows, path_of("marked"), (stance_rows_options){.text_column = "body", .label_column = "mood"}, &err);
    if (!d) print_error("%s\n", err.text);
    assert_non_null(d);
    const stance_row *row = stance_dataset_rows(d)->rows;
    const stance_row_note *note = stance_dataset_notes(d);
    assert_int_equal(stance_dataset_rows(d)->n, 3);
    assert_int_equal(stance_dataset_counted(d)->unlabelled, 1);
    assert_int_equal(stance_dataset_counted(d)->no_text, 1);
    assert_str(row[1].in.text, "the tram said");
    assert_str(row[1].in.cue, "said");
    assert_str(row[1].in.target, "tram");
    assert_string_equal(stance_dataset_rows(d)->labels[row[1].label], "bullish");
    assert_int_equal(row[1].line, 1);
    assert_str(note[1].id, "b:2");
    assert_str(note[1].speaker, "Obi");
    assert_has(note[2].file.ptr, "marked/more/c.txt");
    assert_str(note[2].id, "c:1");
    stance_dataset_free(d);
}

static void articles_are_groups(void **state)
{
    (void)state;
    stance_error err;
    const char *a = put_text("ga.txt", "⟦v1|A|x|for:one⟧ ⟦v2|B|y|against:two⟧"), *b = put_text("gb.txt", "⟦v1|A|x|for:three⟧");
    stance_dataset *d = read_both(a, b, (stance_rows_options){.value_column = "speaker"}, &err);
    assert_non_null(d);
    const stance_row *row = stance_dataset_rows(d)->rows;
    assert_int_equal(row[0].group, row[1].group);
    assert_int_not_equal(row[1].group, row[2].group);
    assert_str(stance_dataset_notes(d)[1].value, "B");
    stance_dataset_free(d);
    const char *const where[] = {"group=ga"};
    d = read_both(a, b, (stance_rows_options){.where = where, .where_n = 1}, &err);
    assert_int_equal(stance_dataset_rows(d)->n, 2);
    assert_int_equal(stance_dataset_counted(d)->filtered, 1);
    stance_dataset_free(d);
}

static void bad_articles_are_skipped(void **state)
{
    (void)state;
    stance_error err;
    assert_int_equal(mkdir(path_of("bad"), 0700), 0);
    put_text("bad/a.txt", "⟦v1|A|x|for:one⟧ ⟦v2|B|y|against:two⟧");
    put_text("bad/b.txt", "fine\n⟦v1|A|x:one⟧");
    put_text("bad/c.txt", "%PDF-1.7");
    put_text("bad/d.txt.gz", "no gzip");
    put_text("bad/e.txt", "⟦v1|A|x|none:three⟧");
    stance_dataset *d = read_both(path_of("bad"), NULL, (stance_rows_options){0}, &err);
    assert_non_null(d);
    assert_int_equal(stance_dataset_rows(d)->n, 3);
    assert_int_equal(stance_dataset_counted(d)->failed, 3);
    assert_has(stance_dataset_counted(d)->first_failure.text, "bad/b.txt, line 2: a mark begins as");
    stance_dataset_free(d);
    check_failure((stance_rows_options){0}, "bad.txt", "⟦v1|A|x|for:one⟧ ⟦v1", "bad.txt: none of 1 rows can be used");
    assert_int_equal(mkdir(path_of("none"), 0700), 0);
    put_text("none/a.txt", "an article");
    assert_null(read_both(path_of("none"), NULL, (stance_rows_options){0}, &err));
    assert_has(err.text, "none: no .txt file in this folder holds a marked view as ⟦v1|speaker|target|stance:...⟧; name");
    check("lines.txt", "__label__for good ⟦s1:x⟧\n__label__against bad\n", "good ⟦s1:x⟧:bullish;bad:skeptical;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(exports_of_labelling_tools), cmocka_unit_test(labels_in_order), cmocka_unit_test(maps_and_numbers),
        cmocka_unit_test(clear_errors), cmocka_unit_test(counts), cmocka_unit_test(targets_count_characters),
        cmocka_unit_test(groups_hang_together), cmocka_unit_test(where_and_value), cmocka_unit_test(streaming_keeps_rows_whole),
        cmocka_unit_test(streaming_json_lines_and_text), cmocka_unit_test(streaming_without_text_is_fatal),
        cmocka_unit_test(marked_articles_beside_tables), cmocka_unit_test(articles_are_groups), cmocka_unit_test(bad_articles_are_skipped),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
