/* SPDX-License-Identifier: MIT
 * features: what each template makes of a statement. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "learn/features.h"

struct keys {
    struct strbuf text;
    stance_str statement;
};

/* Also that the hash is that of the written key, and that places lie in the text. What counts nothing stands in round brackets. */
static bool collect(void *ctx, const struct occurrence *o)
{
    struct keys *k = ctx;
    struct strbuf key = {0};
    occurrence_key(o, &key);
    if (key.ptr[0] && !strstr(key.ptr, "=#")) assert_true(piece_of(strbuf_str(&key)).hash == o->hash);
    if (o->at.start != STANCE_NONE) assert_true(o->at.start < o->at.end && o->at.end <= k->statement.len);
    strbuf_char(&k->text, o->value == 0 ? '(' : '[');
    strbuf_add(&k->text, strbuf_str(&key));
    strbuf_char(&k->text, o->value == 0 ? ')' : ']');
    strbuf_free(&key);
    return true;
}

static void expect(const char *templates, const stance_statement *in, bool copies, const char *expected)
{
    struct lexicon lexicon = {0};
    struct arena arena = ARENA_EMPTY;
    struct keys out = {{0}, in->text};
    struct feature_facts facts;
    uint64_t set = feature_defaults();
    stance_str bad;
    assert_true(lexicon_add_text(&lexicon, STR("good\t2\tadj\n"), "test", NULL));
    assert_true(feature_select(str_of(templates), &set, &bad));
    struct feature_settings settings = {&lexicon, set, copies, 0};
    struct feature_sink sink = {collect, &out, NULL};
    assert_true(features_extract(&settings, in, &arena, &sink, &facts, NULL));
    assert_string_equal(out.text.ptr ? out.text.ptr : "", expected);
    strbuf_free(&out.text);
    arena_free(&arena);
    lexicon_free(&lexicon);
}

static stance_statement text(const char *s)
{
    return (stance_statement){.text = str_of(s), .target_span = {STANCE_NONE, STANCE_NONE}};
}

static void makes_grams(void **state)
{
    (void)state;
    stance_statement in = text("Not so Bad");
    expect("w1", &in, false, "[w1=not][w1=so][w1=bad]");
    expect("w2", &in, false, "[w2=not so][w2=so bad]");
    expect("not", &in, false, "[not=so][not=bad]");
    expect("far", &in, false, "[far=not .. bad]");
    in = text("Terribly disappointing");
    expect("s2", &in, false, "[s2=terri disap]");
    in = text("good good news");
    expect("pol2", &in, false, "[pol2=[+] [+]][pol2=[+] news]");
    in = text("ñu");
    expect("c", &in, false, "[c=_ñ][c=ñu][c=u_][c=_ñu][c=ñu_][c=_ñu_]");
    in = text("on");
    expect("c", &in, false, "[c=_o][c=on][c=n_][c=_on][c=on_][c=_on_]");
    in = text("I on i");
    expect("c", &in, false, "[c=_i][c=i_][c=_i_][c=_o][c=on][c=n_][c=_on][c=on_][c=_on_](c=_i)(c=i_)(c=_i_)");
    in = text("");
    expect("w1,w2,raw3,far,c,lex,order", &in, false, "[order=^$][order=^^$]");
}

static void tells_judgements_and_cues(void **state)
{
    (void)state;
    stance_statement in = text("not one good word");
    expect("part", &in, false, "[part=judged -]");
    in = text("one good word");
    expect("part", &in, false, "[part=judged +]");
    in = text("the plan");
    expect("part", &in, false, "");
    in.cue = STR("objected to");
    expect("cue", &in, false, "[cue=objected to][cue=(doubt)]");
    in.cue = STR("Welcomed");
    expect("cue", &in, false, "[cue=welcomed][cue=(praise)]");
    in.cue = STR("said");
    expect("cue", &in, false, "[cue=said]");
}

static void knows_the_target(void **state)
{
    (void)state;
    stance_statement in = text("We trust the Fed fully");
    in.target = STR("Fed");
    expect("tw", &in, false, "[tw=TARGET fully][tw=the TARGET][tw=the TARGET fully][tw=trust the TARGET]");
    expect("near", &in, false, "[near=< we][near=< trust][near=< the][near=> fully]");
    expect("gap", &in, false, "[gap=< 3 we][gap=< 2 trust][gap=< 1 the][gap=> 1 fully]");
    expect("place", &in, false, "[place=inside]");
    in.target = STR("Congress");
    expect("tw,place", &in, false, "[place=not mentioned]");
}

static void copies_stand_behind_the_target(void **state)
{
    (void)state;
    stance_statement in = text("yes");
    in.target = STR("Fed");
    expect("w1,one", &in, true, "[w1=yes][fed|w1=yes][one=1][fed|one=1]");
}

static void hashed_keys_are_places(void **state)
{
    (void)state;
    struct lexicon lexicon = {0};
    struct arena arena = ARENA_EMPTY;
    struct feature_facts facts;
    stance_statement in = text("a b c d e f g h");
    struct keys out = {{0}, in.text};
    struct feature_settings settings = {&lexicon, 1, false, 2};
    struct feature_sink sink = {collect, &out, NULL};
    assert_true(features_extract(&settings, &in, &arena, &sink, &facts, NULL));
    for (const char *at = out.text.ptr; (at = strchr(at, '#')); at++) assert_true(at[1] == '0' && at[2] == '.' && at[3] >= '0' && at[3] <= '3');
    strbuf_free(&out.text);
    arena_free(&arena);
}

static void refuses_unknown_templates(void **state)
{
    (void)state;
    uint64_t set = 0;
    stance_str bad;
    assert_true(feature_select(STR("w1, w2"), &set, &bad));
    assert_int_equal(set, 3);
    assert_true(feature_select(STR("-w1"), &set, &bad));
    assert_int_equal(set, 2);
    assert_false(feature_select(STR("+nonsense"), &set, &bad));
    assert_true(str_equal(bad, STR("+nonsense")));
}

static void table_fits_its_bits(void **state)
{
    (void)state;
    assert_true(feature_templates_n <= 64);
    for (size_t i = 0; i < feature_templates_n; i++) {
        assert_string_equal(stance_template_name(i), feature_templates[i].name);
        assert_true(strlen(stance_template_comment(i)) > 0);
    }
    assert_null(stance_template_name(feature_templates_n));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_grams), cmocka_unit_test(knows_the_target), cmocka_unit_test(tells_judgements_and_cues), cmocka_unit_test(copies_stand_behind_the_target),
        cmocka_unit_test(hashed_keys_are_places), cmocka_unit_test(refuses_unknown_templates), cmocka_unit_test(table_fits_its_bits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
