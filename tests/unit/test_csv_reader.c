/* SPDX-License-Identifier: MIT
 * Tests of csv_reader: good CSV, bad CSV, and what comes behind bad CSV. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "io/csv_reader.h"

static struct file *file;

static struct csv_reader *reader_over(const char *bytes, size_t n, const struct csv_options *options)
{
    file = file_open(put_bytes("t.csv", bytes, n), 0, NULL);
    assert_non_null(file);
    return csv_reader_new(file, options, NULL);
}

static void done(struct csv_reader *r)
{
    csv_reader_free(r);
    file_close(file);
}

/* All records as "line:field|field;" and failures as "line!" */
static void check(const char *csv, const char *expected)
{
    struct csv_reader *r = reader_over(csv, strlen(csv), NULL);
    struct strbuf out = {0};
    stance_error err;
    int got;
    while ((got = csv_reader_next(r, &err)) != 0) {
        if (got < 0) strbuf_print(&out, "%zu!", err.offset);
        else strbuf_print(&out, "%zu:", csv_reader_line(r));
        for (size_t i = 0; i < csv_reader_fields(r); i++) {
            if (i) strbuf_char(&out, '|');
            strbuf_add(&out, csv_reader_field(r, i));
        }
        strbuf_char(&out, ';');
    }
    assert_str(strbuf_str(&out), expected);
    strbuf_free(&out);
    done(r);
}

static void good_csv(void **state)
{
    (void)state;
    check("a,b\n1,2\n", "1:a|b;2:1|2;");
    check("\xEF\xBB\xBF\"a\",b\r\n1,2\r\n\r\n3,4", "1:a|b;2:1|2;4:3|4;");
    check("a;b\n1,5;2\n", "1:a|b;2:1,5|2;");
    check("a\tb\nx y\t\"z\"\n", "1:a|b;2:x y|z;");
    check("\n\na,b\n,\n", "3:a|b;4:|;");
    check("a\n\"\"\nx\n", "1:a;2:;3:x;");
    check("sep=;\na;b\n1;2\n", "2:a|b;3:1|2;");
    check("a,b\r1,2\r3,4\r", "1:a|b;2:1|2;3:3|4;");
    check("", "");
    check("\xEF\xBB\xBF", "");
    check("\n\r\n", "");
}

static void quotes(void **state)
{
    (void)state;
    check("a,b\n\"x, \"\"y\"\"\",z\n", "1:a|b;2:x, \"y\"|z;");
    check("a,b\n\"one\ntwo\r\nthree\",z\nnext,1\n", "1:a|b;2:one\ntwo\r\nthree|z;5:next|1;");
    check("a,b\nhe said \"hi\",z\n", "1:a|b;2:he said \"hi\"|z;");
    check("a,b\n\"he said \"hi\" to me\",z\n", "1:a|b;2:he said \"hi\" to me|z;");
    check("a,b\n 5\" disk ,  z \n", "1:a|b;2: 5\" disk |  z ;");
    check("a,b\n \"x, y\" ,z\n", "1:a|b;2:x, y|z;");
    check("a,b\n\" x \",\"\"\n", "1:a|b;2: x |;");
    check("a,b\n\"x\",\"y\"", "1:a|b;2:x|y;");
}

static void ragged_rows_fail_alone(void **state)
{
    (void)state;
    check("a,b\n1\n1,2,3\n3,4\n", "1:a|b;2!;3!;4:3|4;");
}

static void an_unclosed_quote_loses_one_line(void **state)
{
    (void)state;
    check("a,b\n\"open,1\nx,2\ny,3\n", "1:a|b;2!;3:x|2;4:y|3;");
    check("a,b\n\"open,1\n\"x\",2\ny,3\n", "1:a|b;2!;3:x|2;4:y|3;");
    check("a,b\n\"Good\" is what he said,1\n\"x\",2\n", "1:a|b;2!;3:x|2;");
    check("a,b\r\n\"open,1\r\nx,2\r\n", "1:a|b;2!;3:x|2;");
    check("a,b\n1,\"open", "1:a|b;2!;");
    check("a,b\n\"fine\n\nfield\",\"open\nx,2\n", "1:a|b;4!;5:x|2;");
}

static void limits(void **state)
{
    (void)state;
    struct csv_options options = {.max_record = 20, .max_lines = 3};
    const char text[] = "a,b\nvery very very very long,1\nx,2\n\"1\n2\n3\n4\n5\",y\nz,3\n";
    struct csv_reader *r = reader_over(text, sizeof text - 1, &options);
    stance_error err = {0};
    assert_int_equal(csv_reader_next(r, &err), 1);
    assert_int_equal(csv_reader_next(r, &err), -1);
    assert_has(err.text, "line 2: the record is longer than 20 bytes");
    assert_int_equal(csv_reader_next(r, &err), 1);
    assert_int_equal(csv_reader_line(r), 3);
    assert_int_equal(csv_reader_next(r, &err), -1);
    assert_has(err.text, "line 4: the quotation mark");
    size_t rows = 0, failures = 0;
    for (int got; (got = csv_reader_next(r, &err)) != 0;) got > 0 ? rows++ : failures++;
    assert_int_equal(rows, 2); /* 5",y has two fields: what is left of a field that was given up may look like a row */
    assert_int_equal(failures, 3);
    done(r);
}

static void a_quote_that_swallows_a_long_line(void **state)
{
    (void)state;
    struct csv_options options = {.max_record = 100000};
    enum { LONG = 300000 };
    char *text = malloc(LONG + 32);
    memcpy(text, "a,b\n\"", 5);
    memset(text + 5, 'x', LONG);
    memcpy(text + 5 + LONG, ",1\ny,2\n", 7);
    struct csv_reader *r = reader_over(text, LONG + 12, &options);
    assert_int_equal(csv_reader_next(r, NULL), 1);
    assert_int_equal(csv_reader_next(r, NULL), -1);
    assert_int_equal(csv_reader_next(r, NULL), 1);
    assert_str(csv_reader_field(r, 0), "y");
    assert_int_equal(csv_reader_line(r), 3);
    done(r);
    free(text);
}

static void nul_bytes_are_legal(void **state)
{
    (void)state;
    struct csv_reader *r = reader_over("a,b\nx\0y,\"\0\"\n", 13, NULL);
    assert_int_equal(csv_reader_next(r, NULL), 1);
    assert_int_equal(csv_reader_next(r, NULL), 1);
    assert_int_equal(csv_reader_field(r, 0).len, 3);
    assert_memory_equal(csv_reader_field(r, 0).ptr, "x\0y", 3);
    assert_int_equal(csv_reader_field(r, 1).len, 1);
    done(r);
}

static void a_line_of_twenty_megabytes(void **state)
{
    (void)state;
    enum { BIG = 20 << 20 };
    char *text = malloc(BIG + 16);
    memcpy(text, "a,b\n\"", 5);
    for (size_t i = 5; i < BIG; i++) text[i] = i % 100 ? 'x' : '\n';
    memcpy(text + BIG, "\",1\nz,2\n", 8);
    struct csv_reader *r = reader_over(text, BIG + 8, NULL);
    assert_int_equal(csv_reader_next(r, NULL), 1);
    stance_error err = {0};
    assert_int_equal(csv_reader_next(r, &err), -1); /* 200,000 lines inside one field */
    done(r);
    struct csv_options options = {.max_lines = 1000000};
    r = reader_over(text, BIG + 8, &options);
    assert_int_equal(csv_reader_next(r, NULL), 1);
    assert_int_equal(csv_reader_next(r, NULL), 1);
    assert_int_equal(csv_reader_field(r, 0).len, BIG - 5);
    assert_int_equal(csv_reader_next(r, NULL), 1);
    assert_int_equal(csv_reader_next(r, NULL), 0);
    done(r);
    free(text);
}

static void any_cut_is_survived(void **state)
{
    (void)state;
    const char text[] = "\xEF\xBB\xBF" "a,\"b\"\r\n\"x\r\n\"\"y\"\" \",  z\r\n\"open,\n1,2\n\"\"\"\",\"\n";
    for (size_t n = 0; n < sizeof text; n++) {
        struct csv_reader *r = reader_over(text, n, NULL);
        size_t calls = 0;
        while (csv_reader_next(r, NULL) != 0) assert_true(++calls < 20);
        done(r);
    }
}

/* All that a reader says of a table, into out. */
static void tell(const char *csv, size_t n, bool only_libcsv, struct strbuf *out)
{
    struct csv_options options = {.only_libcsv = only_libcsv, .max_record = 60};
    struct csv_reader *r = reader_over(csv, n, &options);
    stance_error err;
    int got;
    while ((got = csv_reader_next(r, &err)) != 0) {
        strbuf_print(out, "%d %zu %s", got, csv_reader_line(r), got < 0 ? err.text : "");
        for (size_t i = 0; i < csv_reader_fields(r); i++) {
            strbuf_print(out, "|%zu:", csv_reader_field(r, i).len);
            strbuf_add(out, csv_reader_field(r, i));
        }
        strbuf_char(out, '\n');
    }
    done(r);
}

static void usual_fields_are_as_libcsv_gives_them(void **state)
{
    (void)state;
    static const char signs[] = "\"\"\"\"\",,,;\t \r\n\nabcdefgh\xC3\xA9\0";
    struct strbuf quick = {0}, slow = {0};
    uint32_t dice = 1;
    for (size_t round = 0; round < 300; round++) {
        char csv[3000] = "a,b\n";
        size_t n = 4;
        for (size_t more = round * 9; n < 4 + more; n++) {
            dice = dice * 1664525u + 1013904223u;
            csv[n] = signs[(dice >> 16) % (sizeof signs - 1)];
        }
        strbuf_clear(&quick);
        strbuf_clear(&slow);
        tell(csv, n, false, &quick);
        tell(csv, n, true, &slow);
        assert_int_equal(quick.len, slow.len);
        assert_memory_equal(quick.ptr, slow.ptr, quick.len);
    }
    strbuf_free(&quick);
    strbuf_free(&slow);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(good_csv), cmocka_unit_test(quotes), cmocka_unit_test(ragged_rows_fail_alone),
        cmocka_unit_test(an_unclosed_quote_loses_one_line), cmocka_unit_test(limits), cmocka_unit_test(a_quote_that_swallows_a_long_line),
        cmocka_unit_test(nul_bytes_are_legal), cmocka_unit_test(a_line_of_twenty_megabytes), cmocka_unit_test(any_cut_is_survived),
        cmocka_unit_test(usual_fields_are_as_libcsv_gives_them),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
