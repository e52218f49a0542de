/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/fields.h"

/* The contract's list, without schema. */
static void contract_order(void **state)
{
    (void)state;
    stance_str rest = STR("id article outlet date url title speaker speaker_kind speaker_mention speaker_start speaker_end resolved_by via cue "
                          "cue_start cue_end kind text start end byte_start byte_end target stance p_ margin abstained known duplicate_of "
                          "model views_model");
    const struct record_field *f;
    for (size_t i = 0; (f = record_field(i)); i++) {
        stance_str name = str_split(&rest, ' ');
        assert_true(str_equal(name, f->name ? str_of(f->name) : STR("p_")));
    }
    assert_null(rest.ptr);
}

static void offsets(void **state)
{
    (void)state;
    stance_record r = {.speaker = STR("Ada"), .margin = 0.25, .bytes = {3, 9}};
    const struct record_field *f;
    for (size_t i = 0; (f = record_field(i)); i++) {
        if (!f->name) continue;
        if (strcmp(f->name, "speaker") == 0) assert_true(str_equal(*(const stance_str *)record_at(&r, f), STR("Ada")));
        if (strcmp(f->name, "margin") == 0) assert_true(*(const double *)record_at(&r, f) == 0.25);
        if (strcmp(f->name, "byte_end") == 0) assert_int_equal(*(const size_t *)record_at(&r, f), 9);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(contract_order), cmocka_unit_test(offsets)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
