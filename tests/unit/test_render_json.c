/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"
#include "io/json.h"

static void golden(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.by = "speaker", .seed = 1, .examples = 1, .top = 1}, 12);
    assert_rendered(r, "json", &(stance_render_options){.width = 0, .color = false, .excel = false},
        "{\"schema\":\"stance.report/1\",\"title\":\"Stance by speaker\",\"by\":\"speaker\",\"method\":{\"models\":[\"00000000000"
        "000aa\"],\"views_models\":[],\"dedup\":\"exact\",\"interval\":\"wilson\",\"level\":0.95,\"net\":{\"plus\":\"bullish"
        "\",\"minus\":\"skeptical\",\"interval\":\"bootstrap by article\",\"draws\":1000,\"seed\":1},\"min_n\":5,\"sort\":\"views"
        "\",\"filters\":{\"since\":null,\"until\":null,\"speaker\":null,\"outlet\":null,\"target\":null,\"kind\":null},\"left_out"
        "\":0,\"undated\":0,\"extraction\":null,\"accuracy\":null},\"total\":{\"articles\":5,\"articles_without_view\":null,\"views\":12,\"distinct"
        "\":11,\"abstained\":1,\"unlabelled\":0,\"stances\":{\"bullish\":{\"n\":4,\"share\":0.4,\"lo\":0.16818,\"hi\":0.687326},"
        "\"skeptical\":{\"n\":3,\"share\":0.3,\"lo\":0.107791,\"hi\":0.603222},\"neutral\":{\"n\":3,\"share\":0.3,\"lo\":0.107791"
        ",\"hi\":0.603222}},\"net\":0.1,\"net_lo\":-0.404384,\"net_hi\":0.571051,\"small\":false},\"hidden\":1,\"groups\":[\n"
        "{\"key\":\"Nic Carter\",\"articles\":3,\"articles_without_view\":null,\"views\":7,\"distinct\":6,\"abstained\":1,\"unlab"
        "elled\":0,\"stances\":{\"bullish\":{\"n\":3,\"share\":0.6,\"lo\":0.230724,\"hi\":0.882379},\"skeptical\":{\"n\":1,\"shar"
        "e\":0.2,\"lo\":0.036224,\"hi\":0.624465},\"neutral\":{\"n\":1,\"share\":0.2,\"lo\":0.036224,\"hi\":0.624465}},\"net\":0."
        "4,\"net_lo\":-0.366654,\"net_hi\":1,\"small\":false,\"examples\":[{\"schema\":\"stance.view/1\",\"id\":\"a2\",\"article"
        "\":\"a2\",\"outlet\":\"Wired\",\"date\":\"2025-01-27\",\"url\":\"https://example.org/a2?x=1&y=(2)\",\"title\":null,\"spe"
        "aker\":\"Nic Carter\",\"speaker_kind\":null,\"speaker_mention\":null,\"speaker_start\":null,\"speaker_end\":null,\"resol"
        "ved_by\":null,\"via\":null,\"cue\":null,\"cue_start\":null,\"cue_end\":null,\"kind\":\"direct\",\"text\":\"four\",\"star"
        "t\":0,\"end\":5,\"byte_start\":0,\"byte_end\":5,\"target\":\"DeepSeek\",\"stance\":\"bullish\",\"p_bullish\":0.5,\"p_ske"
        "ptical\":0.3,\"p_neutral\":0.2,\"margin\":0.9,\"abstained\":null,\"known\":1,\"duplicate_of\":null,\"model\":\"000000000"
        "00000aa\",\"views_model\":null}]},\n"
        "{\"key\":\"unknown\",\"articles\":1,\"articles_without_view\":null,\"views\":2,\"distinct\":2,\"abstained\":0,\"unlabell"
        "ed\":0,\"stances\":{\"bullish\":{\"n\":1,\"share\":0.5,\"lo\":0.094531,\"hi\":0.905469},\"skeptical\":{\"n\":0,\"share"
        "\":0,\"lo\":0,\"hi\":0.65762},\"neutral\":{\"n\":1,\"share\":0.5,\"lo\":0.094531,\"hi\":0.905469}},\"net\":0.5,\"net_lo"
        "\":-0.562558,\"net_hi\":1,\"small\":true,\"examples\":[{\"schema\":\"stance.view/1\",\"id\":\"a5\",\"article"
        "\":\"a5\",\"outlet\":null,\"date\":\"2025-01-27\",\"url\":null,\"title\":null,\"speaker\":null,\"speaker_kind\":null,"
        "\"speaker_mention\":null,\"speaker_start\":null,\"speaker_end\":null,\"resolved_by\":null,\"via\":null,\"cue\":null,"
        "\"cue_start\":null,\"cue_end\":null,\"kind\":\"direct\",\"text\":\"eleven\",\"start\":0,\"end\":5,\"byte_start\":0,\"byt"
        "e_end\":5,\"target\":\"DeepSeek\",\"stance\":\"bullish\",\"p_bullish\":0.5,\"p_skeptical\":0.3,\"p_neutral\":0.2,\"margi"
        "n\":0.2,\"abstained\":null,\"known\":1,\"duplicate_of\":null,\"model\":\"00000000000000aa\",\"views_model\":null}]}]}\n");
    stance_report_free(r);
}

static void empty(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.by = "speaker", .seed = 1}, 0);
    assert_rendered(r, "json", &(stance_render_options){.width = 0, .color = false, .excel = false},
        "{\"schema\":\"stance.report/1\",\"title\":\"Stance by speaker\",\"by\":\"speaker\",\"method\":{\"models\":[],\"views_mod"
        "els\":[],\"dedup\":\"exact\",\"interval\":\"wilson\",\"level\":0.95,\"net\":null,\"min_n\":5,\"sort\":\"views\",\"filter"
        "s\":{\"since\":null,\"until\":null,\"speaker\":null,\"outlet\":null,\"target\":null,\"kind\":null},\"left_out\":0,\"unda"
        "ted\":0,\"extraction\":null,\"accuracy\":null},\"total\":{\"articles\":0,\"articles_without_view\":null,\"views\":0,\"distinct\":0,\"abstain"
        "ed\":0,\"unlabelled\":0,\"stances\":{},\"net\":null,\"net_lo\":null,\"net_hi\":null,\"small\":true},\"hidden\":0,\"group"
        "s\":[]}\n");
    stance_report_free(r);
}

static void keys_of_several_are_an_array(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.by = "outlet,kind"}, 1);
    assert_true(rendered_has(r, "json", "\"by\":\"outlet,kind\""));
    assert_true(rendered_has(r, "json", "\"key\":[\"Wired\",\"direct\"]"));
    stance_report_free(r);
}

/* Our own parser reads it back. */
static void is_json(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.examples = 3}, 12);
    struct json_object o = {0};
    stance_str out;
    assert_true(stance_report_render(r, "json", NULL, &out, NULL));
    assert_true(json_parse(&o, out, NULL));
    assert_true(str_equal(*json_get(&o, STR("schema")), STR("stance.report/1")));
    assert_true(str_equal(*json_get(&o, STR("groups.0.stances.bullish.n")), STR("3")));
    assert_true(str_equal(*json_get(&o, STR("groups.1.key")), STR("E\xE2\x80\xAEvil|<b>*x*\n")));
    assert_true(str_equal(*json_get(&o, STR("groups.1.examples.0.url")), STR("javascript:alert(1)")));
    json_free(&o);
    stance_report_free(r);
}

static void labels_cannot_break_out(void **state)
{
    (void)state;
    stance_report *r = stance_report_new(&(stance_report_options){.examples = 1, .dedup = "exact"}, NULL);
    stance_str label = STR("a\":{},\"b");
    stance_record v = view_of("a", "o", "Ada", label.ptr, "x");
    v.labels = &label;
    v.labels_n = 1;
    assert_true(stance_report_add(r, &v, NULL));
    assert_true(rendered_has(r, "json", "\"p_a\\\":{},\\\"b\":0.5"));
    assert_true(rendered_has(r, "json", "\"stances\":{\"a\\\":{},\\\"b\":{"));
    stance_report_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden),
        cmocka_unit_test(empty),
        cmocka_unit_test(keys_of_several_are_an_array),
        cmocka_unit_test(is_json),
        cmocka_unit_test(labels_cannot_break_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
