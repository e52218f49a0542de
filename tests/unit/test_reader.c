/* SPDX-License-Identifier: MIT
 * Tests of reader, walk, ids and meta: documents out of everything. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "io/ids.h"
#include "io/meta.h"
#include "io/reader.h"
#include "io/walk.h"

static stance_reader *open_with(stance_reader_options options, const char *input)
{
    stance_error err = {0};
    options.inputs = &input;
    options.inputs_n = 1;
    stance_reader *r = stance_reader_open(&options, &err);
    if (!r) print_error("%s\n", err.text);
    assert_non_null(r);
    return r;
}

static stance_reader *open_one(const char *input)
{
    return open_with((stance_reader_options){0}, input);
}

/* "article=text;" for each document, "article!" for each failure. */
static void check(stance_reader *r, const char *expected)
{
    struct strbuf out = {0};
    stance_document doc;
    stance_error err;
    int got;
    while ((got = stance_reader_next(r, &doc, &err)) != 0) {
        strbuf_add(&out, doc.article);
        strbuf_char(&out, got > 0 ? '=' : '!');
        if (got > 0) strbuf_add(&out, doc.text);
        strbuf_char(&out, ';');
    }
    assert_int_equal(stance_reader_next(r, &doc, &err), 0);
    assert_str(strbuf_str(&out), expected);
    strbuf_free(&out);
    stance_reader_free(r);
}

static void fill_folder(void)
{
    mkdir(path_of("news"), 0755);
    mkdir(path_of("news/b"), 0755);
    mkdir(path_of("news/.git"), 0755);
    put_text("news/a.txt", "Text a.");
    put_text("news/b/x.html", "<title>X</title><p>Text x.</p>");
    put_text("news/b.txt", "Text b.");
    put_text("news/c.jsonl", "{\"id\":\"j1\",\"text\":\"Json one.\"}\n{\"body\":\"Json two.\"}\n");
    put_gzip("news/d.csv.gz", "id;text\n7;\"Csv, one.\"\n;Csv two.\n", 32, "wb");
    put_text("news/e.pdf", "%PDF");
    put_text("news/.hidden.txt", "hidden");
    put_text("news/.git/x.txt", "hidden");
    assert_int_equal(symlink("..", path_of("news/b/loop")), 0);
    assert_int_equal(symlink("nowhere", path_of("news/dangling.txt")), 0);
}

static void a_folder_sorted_by_path(void **state)
{
    (void)state;
    fill_folder();
    stance_reader *r = open_one(path_of("news"));
    stance_document doc;
    assert_int_equal(stance_reader_next(r, &doc, NULL), 1);
    assert_int_equal(stance_reader_counted(r)->documents, 1);
    stance_reader_free(r);
    check(open_one(path_of("news")), "a=Text a.;b=Text b.;b/x=Text x.;j1=Json one.;c.jsonl#2=Json two.;7=Csv, one.;d.csv.gz#2=Csv two.;");
    check(open_one(path_of("news/")), "a=Text a.;b=Text b.;b/x=Text x.;j1=Json one.;c.jsonl#2=Json two.;7=Csv, one.;d.csv.gz#2=Csv two.;");
    check(open_one(path_of("news/b/x.html")), "x=Text x.;");
    check(open_one(path_of("news/d.csv.gz")), "7=Csv, one.;d.csv.gz#2=Csv two.;");
}

static void counts_and_columns(void **state)
{
    (void)state;
    stance_reader *r = open_one(path_of("news"));
    stance_document doc;
    size_t documents = 0;
    bool seen = false;
    while (stance_reader_next(r, &doc, NULL) > 0) {
        documents++;
        seen = seen || strcmp(stance_reader_columns(r), "text = body") == 0;
        assert_int_equal(doc.extracted, str_equal(doc.article, STR("b/x")));
    }
    assert_int_equal(documents, 7);
    assert_int_equal(stance_reader_counted(r)->skipped_files, 1);
    assert_int_equal(stance_reader_counted(r)->failed, 0);
    stance_reader_free(r);
    r = open_one(put_text("alias.csv", "doc_id,quote,publisher\n1,x,P\n"));
    assert_int_equal(stance_reader_next(r, &doc, NULL), 1);
    assert_string_equal(stance_reader_columns(r), "id = doc_id, text = quote, outlet = publisher");
    assert_str(doc.outlet, "P");
    assert_int_equal(doc.line, 2);
    assert_int_equal(stance_reader_next(r, &doc, NULL), 0);
    assert_int_equal(stance_reader_counted(r)->bytes, 29); /* all of the file, once */
    stance_reader_free(r);
}

static void shards_are_a_partition(void **state)
{
    (void)state;
    size_t all = 0;
    for (size_t i = 0; i < 3; i++) {
        stance_reader *r = open_with((stance_reader_options){.shard = i, .shards = 3}, path_of("news"));
        stance_document doc;
        while (stance_reader_next(r, &doc, NULL) > 0) assert_int_equal(ids_shard(doc.article, 3), i);
        all += stance_reader_counted(r)->documents;
        assert_int_equal(stance_reader_counted(r)->documents + stance_reader_counted(r)->other_shards, 7);
        stance_reader_free(r);
    }
    assert_int_equal(all, 7);
    assert_int_equal(ids_shard(STR(""), 1000000), 0xef46db3751d8e999u % 1000000); /* published value of XXH64("") */
}

static void metadata_by_file_and_id(void **state)
{
    (void)state;
    stance_document doc;
    const char *meta = put_text(
        "news/meta.csv", "file,outlet,published,Title\na.txt,Alpha,27 January 2025,Title a\nb/x.html,Beta,soon,\nj1,Gamma,,\nother,O,,\nb,Delta,,\n");
    stance_reader *r = open_with((stance_reader_options){.meta_path = meta}, path_of("news"));
    assert_int_equal(stance_reader_next(r, &doc, NULL), 1);
    assert_str(doc.outlet, "Alpha");
    assert_str(doc.date, "2025-01-27");
    assert_str(doc.title, "Title a");
    assert_int_equal(stance_reader_next(r, &doc, NULL), 1);
    assert_str(doc.outlet, "Delta");
    assert_int_equal(stance_reader_next(r, &doc, NULL), 1);
    assert_str(doc.outlet, "Beta");
    assert_str(doc.date, "soon");
    assert_str(doc.title, "X");
    assert_int_equal(stance_reader_next(r, &doc, NULL), 1);
    assert_str(doc.outlet, "Gamma");
    while (stance_reader_next(r, &doc, NULL) > 0) assert_null(doc.outlet.ptr);
    assert_int_equal(stance_reader_counted(r)->meta_unused, 1);
    assert_int_equal(stance_reader_counted(r)->odd_dates, 1);
    assert_int_equal(stance_reader_counted(r)->failed, 0);
    stance_reader_free(r);
    unlink(meta);
    stance_error err;
    const char *input = path_of("news");
    stance_reader_options options = {.inputs = &input, .inputs_n = 1, .meta_path = put_text("m.csv", "name,outlet\nx,y\n")};
    assert_null(stance_reader_open(&options, &err));
    assert_has(err.text, "no column id or file");
    assert_has(err.text, "name, outlet");
}

static void outlets_from_paths(void **state)
{
    (void)state;
    stance_document doc;
    stance_reader *r = open_with((stance_reader_options){.outlet_from_path = "news/([^/]+)/[^/]*$"}, path_of("news"));
    while (stance_reader_next(r, &doc, NULL) > 0)
        if (str_equal(doc.article, STR("b/x"))) assert_str(doc.outlet, "b");
        else assert_null(doc.outlet.ptr);
    stance_reader_free(r);
}

static void bad_options(void **state)
{
    (void)state;
    stance_error err;
    const char *input = path_of("news"), *gone = path_of("gone.txt");
    const struct { stance_reader_options options; const char *message; stance_code code; } cases[] = {
        {{.inputs = &input, .inputs_n = 0}, "no input", STANCE_USAGE},
        {{.inputs = &gone, .inputs_n = 1}, "gone.txt: there is no such file", STANCE_INPUT},
        {{.inputs = &input, .inputs_n = 1, .encoding = "klingon"}, "unknown encoding", STANCE_USAGE},
        {{.inputs = &input, .inputs_n = 1, .input_format = "doc"}, "unknown input format", STANCE_USAGE},
        {{.inputs = &input, .inputs_n = 1, .outlet_from_path = "(("}, "--outlet-from-path", STANCE_USAGE},
        {{.inputs = &input, .inputs_n = 1, .outlet_from_path = "x"}, "has no group", STANCE_USAGE},
        {{.inputs = &input, .inputs_n = 1, .outlet_from_path = "(a*)\\1"}, "may take too long", STANCE_USAGE},
        {{.inputs = &input, .inputs_n = 1, .outlet_from_path = "((a{40}){40})"}, "may take too long", STANCE_USAGE},
        {{.inputs = &input, .inputs_n = 1, .outlet_from_path = "(a{2,5000})"}, "may take too long", STANCE_USAGE},
        {{.inputs = &input, .inputs_n = 1, .shard = 3, .shards = 3}, "from 0 to 2", STANCE_USAGE},
        {{.inputs = &input, .inputs_n = 1, .meta_path = "/no/such"}, "/no/such", STANCE_INPUT}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_null(stance_reader_open(&cases[i].options, &err));
        assert_has(err.text, cases[i].message);
        assert_int_equal(err.code, cases[i].code);
    }
}

static void one_bad_file_of_many(void **state)
{
    (void)state;
    mkdir(path_of("mixed"), 0755);
    put_text("mixed/a.txt", "Fine.");
    put_text("mixed/b.txt", "");
    put_bytes("mixed/c.txt", "\0\1\2\3", 4);
    put_text("mixed/d.csv", "name,outlet\nx,y\n");
    put_text("mixed/e.csv", "id,text\n1,one\n2\n3,\n\"4,four\n5,five\n");
    put_text("mixed/f.jsonl", "{\"text\":\"six\"}\n{bad\n{\"x\":1}\n{\"text\":\"\xFFnine\"}\n");
    put_text("mixed/g.txt.gz", "no gzip");
    put_text("mixed/h.html", "<script>x</script>");
    put_bytes("mixed/i.txt", "\xEF\xBB\xBF" "a\r\nb\0c", 9);
    stance_reader *r = open_one(path_of("mixed"));
    stance_error err;
    stance_document doc;
    size_t seen = 0;
    while (stance_reader_next(r, &doc, &err)) seen++;
    assert_int_equal(seen, 16);
    assert_int_equal(stance_reader_counted(r)->failed, 10);
    assert_int_equal(stance_reader_counted(r)->repaired, 1);
    stance_reader_free(r);
    r = open_one(path_of("mixed"));
    assert_int_equal(stance_reader_next(r, &doc, &err), 1);
    assert_int_equal(stance_reader_next(r, &doc, &err), -1);
    assert_has(err.text, "mixed/b.txt: is empty");
    assert_str(doc.article, "b");
    assert_int_equal(stance_reader_next(r, &doc, &err), -1);
    assert_has(err.text, "c.txt: is binary");
    assert_int_equal(stance_reader_next(r, &doc, &err), -1);
    assert_has(err.text, "d.csv, line 1: no text or html column; columns found: name, outlet; rename");
    assert_has(err.text, "--meta");
    assert_false(stance_reader_fatal(r));
    assert_int_equal(stance_reader_next(r, &doc, &err), 1);
    assert_int_equal(stance_reader_next(r, &doc, &err), -1);
    assert_int_equal(doc.line, 3);
    assert_has(err.text, "line 3: 1 fields where the header has 2");
    assert_int_equal(stance_reader_next(r, &doc, &err), -1);
    assert_has(err.text, "line 4: the row has no text");
    assert_str(doc.article, "3");
    stance_reader_free(r);
}

static void text_is_kept_as_given(void **state)
{
    (void)state;
    stance_document doc;
    stance_reader *r = open_one(path_of("mixed/i.txt"));
    assert_int_equal(stance_reader_next(r, &doc, NULL), 1);
    assert_int_equal(doc.text.len, 9);
    assert_memory_equal(doc.text.ptr, "\xEF\xBB\xBF" "a\r\nb\0c", 9);
    stance_reader_free(r);
    r = open_with((stance_reader_options){.encoding = "cp1252"}, put_text("w.txt", "\x93hi\x94"));
    assert_int_equal(stance_reader_next(r, &doc, NULL), 1);
    assert_str(doc.text, "\xE2\x80\x9Chi\xE2\x80\x9D");
    stance_reader_free(r);
    r = open_one(put_text("odd.2025", "named, so read"));
    assert_int_equal(stance_reader_next(r, &doc, NULL), 1);
    assert_str(doc.article, "odd.2025");
    stance_reader_free(r);
}

static void a_named_table_without_text_is_fatal(void **state)
{
    (void)state;
    stance_error err;
    stance_document doc;
    const char *inputs[] = {path_of("mixed/d.csv"), path_of("mixed/a.txt")};
    stance_reader *r = stance_reader_open(&(stance_reader_options){.inputs = inputs, .inputs_n = 2}, &err);
    assert_int_equal(stance_reader_next(r, &doc, &err), -1);
    assert_int_equal(err.code, STANCE_INPUT);
    assert_true(stance_reader_fatal(r));
    assert_int_equal(stance_reader_next(r, &doc, &err), 0);
    stance_reader_free(r);
}

static void repeated_ids(void **state)
{
    (void)state;
    const char *path = put_text("same.csv", "id,text\na,1\na,2\na~2,3\na,4\n");
    stance_reader *r = open_one(path);
    stance_document doc;
    while (stance_reader_next(r, &doc, NULL) > 0) {}
    assert_int_equal(stance_reader_counted(r)->repeated_ids, 3);
    stance_reader_free(r);
    check(open_one(path), "a=1;a~2=2;a~2~2=3;a~3=4;");
    const char *inputs[] = {path_of("news/a.txt"), path_of("news/a.txt")};
    check(stance_reader_open(&(stance_reader_options){.inputs = inputs, .inputs_n = 2}, NULL), "a=Text a.;a~2=Text a.;");
}

static void limits(void **state)
{
    (void)state;
    stance_error err;
    stance_document doc;
    stance_reader *r = open_with((stance_reader_options){.max_document = 5}, path_of("news/a.txt"));
    assert_int_equal(stance_reader_next(r, &doc, &err), -1);
    assert_has(err.text, "longer than 5 bytes");
    stance_reader_free(r);
}

static void feed_stdin(const char *text)
{
    FILE *f = freopen(put_text("stdin", text), "rb", stdin);
    assert_non_null(f);
}

static void stdin_of_all_kinds(void **state)
{
    (void)state;
    feed_stdin("Just text.");
    check(open_one("-"), "stdin#1=Just text.;");
    feed_stdin("{\"text\":\"a\"}\n{\"text\":\"b\",\"id\":3}\n{\"text\":\"c\"}");
    check(open_one("-"), "stdin#1=a;3=b;stdin#3=c;");
    feed_stdin("text,url\nx,y\n");
    check(open_one("-"), "stdin#1=x;");
    feed_stdin("<html><p>page</p>");
    check(open_one("-"), "stdin#1=page;");
    feed_stdin("");
    check(open_one("-"), "");
    feed_stdin("");
    check(open_with((stance_reader_options){.input_format = "jsonl"}, "-"), "");
}

static void an_unreadable_folder_is_one_failure(void **state)
{
    (void)state;
    if (geteuid() == 0) skip();
    mkdir(path_of("closed"), 0755);
    mkdir(path_of("closed/a"), 0);
    put_text("closed/b.txt", "B");
    check(open_one(path_of("closed")), "!;b=B;");
}

static void walking(void **state)
{
    (void)state;
    stance_error err;
    const char *path;
    size_t inside, n = 0;
    struct walk *w = walk_open(path_of("nothing"), &err);
    assert_int_equal(walk_next(w, &path, &inside, &err), -1);
    assert_int_equal(walk_next(w, &path, &inside, &err), 0);
    walk_free(w);
    char deep[160];
    snprintf(deep, sizeof deep, "%s", path_of("deep"));
    for (int i = 0; i < 40; i++) {
        mkdir(deep, 0755);
        strcat(deep, "/d");
    }
    put_text("deep/z.txt", "z");
    w = walk_open(path_of("deep"), &err);
    while (walk_next(w, &path, &inside, &err) > 0) n++;
    assert_int_equal(n, 1);
    walk_free(w);
}

static void copies_outlive_the_reader(void **state)
{
    (void)state;
    struct arena arena = ARENA_EMPTY;
    stance_document doc, copy;
    stance_reader *r = open_one(path_of("news/a.txt"));
    assert_int_equal(stance_reader_next(r, &doc, NULL), 1);
    assert_true(reader_copy_document(&arena, &doc, &copy));
    stance_reader_free(r);
    assert_str(copy.text, "Text a.");
    assert_null(copy.outlet.ptr);
    arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_sorted_by_path), cmocka_unit_test(counts_and_columns), cmocka_unit_test(shards_are_a_partition),
        cmocka_unit_test(metadata_by_file_and_id), cmocka_unit_test(outlets_from_paths), cmocka_unit_test(bad_options),
        cmocka_unit_test(one_bad_file_of_many), cmocka_unit_test(text_is_kept_as_given), cmocka_unit_test(a_named_table_without_text_is_fatal),
        cmocka_unit_test(repeated_ids), cmocka_unit_test(limits), cmocka_unit_test(stdin_of_all_kinds),
        cmocka_unit_test(an_unreadable_folder_is_one_failure), cmocka_unit_test(walking), cmocka_unit_test(copies_outlive_the_reader),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
