/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

static void golden(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.by = "speaker", .seed = 1}, 12);
    assert_rendered(r, "csv", &(stance_render_options){.width = 0, .color = false, .excel = false},
        "speaker,articles,articles_without_view,views,distinct,abstained,unlabelled,label,n,share,lo,hi,net,net_lo,net_hi,small\n"
        "Nic Carter,3,,7,6,1,0,bullish,3,0.6,0.230724,0.882379,0.4,-0.366654,1,false\n"
        "Nic Carter,3,,7,6,1,0,skeptical,1,0.2,0.036224,0.624465,0.4,-0.366654,1,false\n"
        "Nic Carter,3,,7,6,1,0,neutral,1,0.2,0.036224,0.624465,0.4,-0.366654,1,false\n"
        "\"E\342\200\256vil|<b>*x*\n"
        "\",2,,3,3,0,0,bullish,0,0,0,0.561497,-0.666667,-1,0.301218,true\n"
        "\"E\342\200\256vil|<b>*x*\n"
        "\",2,,3,3,0,0,skeptical,2,0.666667,0.20766,0.938508,-0.666667,-1,0.301218,true\n"
        "\"E\342\200\256vil|<b>*x*\n"
        "\",2,,3,3,0,0,neutral,1,0.333333,0.061492,0.79234,-0.666667,-1,0.301218,true\n"
        "unknown,1,,2,2,0,0,bullish,1,0.5,0.094531,0.905469,0.5,-0.562558,1,true\n"
        "unknown,1,,2,2,0,0,skeptical,0,0,0,0.65762,0.5,-0.562558,1,true\n"
        "unknown,1,,2,2,0,0,neutral,1,0.5,0.094531,0.905469,0.5,-0.562558,1,true\n");
    stance_report_free(r);
}

static void golden_tsv(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.by = "speaker,kind", .seed = 1}, 1);
    assert_rendered(r, "tsv", &(stance_render_options){.width = 0, .color = false, .excel = false},
        "speaker\tkind\tarticles\tarticles_without_view\tviews\tdistinct\tabstained\tunlabelled\tlabel\tn\tshare\tlo\thi\tnet"
        "\tnet_lo\tnet_hi\tsmall\n"
        "Nic Carter\tdirect\t1\t\t1\t1\t0\t0\tbullish\t1\t1\t0.206549\t1\t1\t-0.733536\t1\ttrue\n"
        "Nic Carter\tdirect\t1\t\t1\t1\t0\t0\tskeptical\t0\t0\t0\t0.793451\t1\t-0.733536\t1\ttrue\n"
        "Nic Carter\tdirect\t1\t\t1\t1\t0\t0\tneutral\t0\t0\t0\t0.793451\t1\t-0.733536\t1\ttrue\n");
    stance_report_free(r);
}

static void empty(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.by = "speaker", .seed = 1}, 0);
    assert_rendered(r, "csv", &(stance_render_options){.width = 0, .color = false, .excel = false},
        "speaker,articles,articles_without_view,views,distinct,abstained,unlabelled,label,n,share,lo,hi,net,net_lo,net_hi,small\n");
    stance_report_free(r);
}

static void cells_are_quoted_and_guarded(void **state)
{
    (void)state;
    stance_report *r = stance_report_new(&(stance_report_options){.dedup = "exact"}, NULL);
    stance_record v = view_of("a", "o", "=1+1,\"x\"", "bullish", "x");
    stance_str out;
    assert_true(stance_report_add(r, &v, NULL));
    assert_true(rendered_has(r, "csv", "\n\"=1+1,\"\"x\"\"\",1,,1,1,0,0,bullish,1,1,"));
    assert_true(stance_report_render(r, "csv", &(stance_render_options){.excel = true}, &out, NULL));
    assert_true(str_starts(out, STR("\xEF\xBB\xBFspeaker,")));
    assert_true(str_find(out, STR("\n\"'=1+1,")) != STANCE_NONE);
    stance_report_free(r);
}

static void views_without_stance_have_a_row(void **state)
{
    (void)state;
    stance_report *r = stance_report_new(&(stance_report_options){.dedup = "exact"}, NULL);
    stance_record v = view_of("a", "o", "Ada", NULL, "x");
    v.labels_n = 0;
    assert_true(stance_report_add(r, &v, NULL));
    assert_true(rendered_has(r, "csv", "\nAda,1,,1,1,0,1,,,,,,,,,true\n"));
    stance_report_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden),
        cmocka_unit_test(golden_tsv),
        cmocka_unit_test(empty),
        cmocka_unit_test(cells_are_quoted_and_guarded),
        cmocka_unit_test(views_without_stance_have_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
