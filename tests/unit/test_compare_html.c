/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "test_compare_help.h"

static void escaped(void **state)
{
    (void)state;
    stance_outlets *o = sample(NULL, 1);
    assert_true(says(o, "html", "T&lt;i&gt;ny"));
    assert_true(says(o, "html", "Left &amp; Co"));
    stance_str out;
    assert_true(stance_outlets_render(o, "html", NULL, &out, NULL));
    assert_int_equal(str_find(out, STR("<i>ny")), STANCE_NONE);
    stance_outlets_free(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
