/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "test_compare_help.h"

static void csv(void **state)
{
    (void)state;
    stance_outlets *o = sample(NULL, 5);
    assert_true(says(o, "csv", "outlet_a,outlet_b,n_a,n_b,net,net_lo,net_hi,p,q,"));
    assert_true(says(o, "csv", "\nLeft & Co,Right|,20,20,1.2,"));
    assert_true(says(o, "tsv", "outlet_a\toutlet_b"));
    assert_true(says(o, "json", "{\"schema\":\"stance.compare/1\",\"method\":{\"text\":\"method: 41 views"));
    stance_outlets_free(o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
