/* SPDX-License-Identifier: MIT
 * Tests of extra: which columns are foreign, what they are called, and what is left out. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "io/extra.h"

static const enum column known[] = {COLUMN_ID, COLUMN_TEXT, COLUMN_OUTLET};

static void read_first(struct extras *e, struct arena *arena, const char *name, enum table_format format, const char *text)
{
    stance_error err = {0};
    struct file *f = file_open(put_text(name, text), 0, &err);
    struct table *t = table_open(f, format, NULL, &err);
    if (!t || !table_header(t, &err) || table_next(t, &err) != 1) fail_msg("%s", err.text);
    assert_true(extras_add(e, arena, t, format, known, 3));
    table_free(t);
    file_close(f);
}

static void foreign_columns_of_a_row(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct extras e = {.n = 0};
    read_first(&e, &arena, "a.csv", TABLE_CSV, "id,body,text,publisher,section,speaker,p_x,,a.b,empty\n1,the body,the text,Post,\" tech \",Ada,3,nameless,dot,\n");
    assert_int_equal(e.n, 6);
    const char *const names[] = {"body", "section", "meta_speaker", "meta_p_x", "a.b", "empty"};
    const char *const values[] = {"the body", "tech", "Ada", "3", "dot", NULL};
    for (size_t i = 0; i < 6; i++) {
        assert_str(e.items[i].name, names[i]);
        if (values[i]) assert_str(e.items[i].value, values[i]);
        else assert_null(e.items[i].value.ptr);
    }
    assert_ptr_equal(extra_find(e.items, e.n, STR("section")), &e.items[1]);
    assert_null(extra_find(e.items, e.n, STR("Section")));
    arena_free(&arena);
}

static void nested_json_is_left_out(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct extras e = {.n = 0};
    read_first(&e, &arena, "a.jsonl", TABLE_JSONL, "{\"text\":\"t\",\"section\":\"s\",\"tags\":[\"x\",\"y\"],\"more\":{\"a\":1},\"rank\":7,\"none\":null}\n");
    assert_int_equal(e.n, 3);
    assert_str(e.items[1].name, "rank");
    assert_str(e.items[1].value, "7");
    assert_null(e.items[2].value.ptr);
    arena_free(&arena);
}

static void what_is_there_stays(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct extras e = {.n = 0};
    assert_true(extras_put(&e, &arena, STR("a"), (stance_str){NULL, 0}) && extras_put(&e, &arena, STR("a"), STR("first")));
    assert_true(extras_put(&e, &arena, STR("a"), STR("second")) && extras_put(&e, &arena, (stance_str){"", 0}, STR("x")));
    assert_int_equal(e.n, 1);
    assert_str(e.items[0].value, "first");
    arena_free(&arena);
}

static void sizes_are_bounded(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct extras e = {.n = 0};
    static char longest[EXTRA_VALUE + 1];
    char name[16];
    memset(longest, 'x', sizeof longest);
    assert_true(extras_put(&e, &arena, STR("fits"), (stance_str){longest, EXTRA_VALUE}) && extras_put(&e, &arena, STR("not"), (stance_str){longest, EXTRA_VALUE + 1}));
    assert_true(extras_put(&e, &arena, (stance_str){longest, EXTRA_NAME + 1}, STR("x")));
    assert_int_equal(e.n, 2);
    assert_int_equal(e.items[0].value.len, EXTRA_VALUE);
    assert_null(e.items[1].value.ptr);
    for (int i = 0; i < 2 * EXTRA_MOST; i++) {
        snprintf(name, sizeof name, "n%d", i);
        assert_true(extras_put(&e, &arena, str_of(name), STR("x")));
    }
    assert_int_equal(e.n, EXTRA_MOST);
    const stance_extra *kept;
    assert_true(extras_keep(&arena, e.items, e.n, &kept) && kept != e.items);
    assert_str(kept[EXTRA_MOST - 1].name, "n61");
    assert_true(extras_keep(&arena, e.items, 0, &kept) && !kept);
    arena_free(&arena);
}

static void own_fields(void **state)
{
    (void)state;
    const char *const ours[] = {"schema", "id", "article", "speaker", "text", "start", "p_bullish", "views", "views.0.id", "error.code", "key.0", "views_model"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) assert_true(extra_is_ours(str_of(ours[i])));
    assert_false(extra_is_ours(STR("section")) || extra_is_ours(STR("author")) || extra_is_ours(STR("month")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(foreign_columns_of_a_row), cmocka_unit_test(nested_json_is_left_out), cmocka_unit_test(what_is_there_stays),
                                       cmocka_unit_test(sizes_are_bounded), cmocka_unit_test(own_fields)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
