/* SPDX-License-Identifier: MIT
 * test_hostile_models: 5,000 damaged models. 2,500 by accident (bytes changed, cut, moved): all are refused by their checksums. 2,500 by a
 * hand that made the checksums right again: each is refused, or opens and does no harm. */
#include "test_io_help.h"

#include "learn/container.h"

enum { ROUNDS = 2500, SECTIONS = 10 };

static const char *const names[SECTIONS] = {"settings", "labels", "summary", "lexicon", "keys", "key ends", "key table", "blocks", "scales", "weights"};
static uint64_t seed = 20;

static size_t below(size_t n)
{
    return help_below(&seed, n);
}

static const char *train(void)
{
    static const char rows[] = "text,label\nthe tram is a triumph,bullish\nwe are delighted,bullish\nthe best plan,bullish\nit will pay,bullish\n"
                               "a waste of money,skeptical\nit will never pay,skeptical\nno trust in it,skeptical\nnot the plan,skeptical\n";
    const char *input = put_text("rows.csv", rows), *path = path_of("good.stance");
    stance_dataset *d = stance_dataset_read(&(stance_rows_options){.inputs = &input, .inputs_n = 1}, NULL);
    assert_non_null(d);
    stance_error err = {0};
    const stance_train_options how = {.recipe = "c = 0.5\ntemperature = 0.3\nmin_rows = 1\n"};
    if (!stance_train(stance_dataset_rows(d), &how, path, NULL, &err)) fail_msg("%s", err.text);
    stance_dataset_free(d);
    return path;
}

/* The same model with three words of lexicon instead of thousands, so that damage falls on the rest as well. */
static const char *small_model(void)
{
    static const char lexicon[] = "good\t1\tscore\nbad\t-1\tscore\nnot\t0\tneg\n";
    struct container_section list[SECTIONS];
    struct strbuf file = {0};
    struct container *whole = container_open(train(), "stance", NULL);
    assert_non_null(whole);
    for (size_t k = 0; k < SECTIONS; k++) list[k] = container_find(whole, names[k]);
    list[3] = (struct container_section){"lexicon", lexicon, sizeof lexicon - 1};
    assert_true(container_pack("stance", list, SECTIONS, &file, NULL));
    const char *path = put_bytes("small.stance", file.ptr, file.len);
    strbuf_free(&file);
    container_free(whole);
    return path;
}

/* True when it was refused; what opens is used. */
static bool refused(const char *path)
{
    stance_error err = {0};
    stance_prediction p;
    stance_model *m = stance_model_open(path, &err);
    if (!m) {
        assert_true(err.code == STANCE_MODEL && err.text[0]);
        return true;
    }
    stance_scorer *s = stance_scorer_new(m, NULL);
    const stance_statement in = {.text = STR("the plan will never pay for itself, and we are not delighted"), .target_span = {STANCE_NONE, STANCE_NONE}};
    assert_non_null(s);
    if (stance_score(s, &in, 0, &p, NULL)) assert_true(p.label < stance_model_labels(m) && p.margin >= 0 && p.margin <= 1);
    stance_explanation_free(stance_explain(s, m, &in, 0, NULL));
    stance_model_verify(m, NULL);
    for (size_t i = 0; i <= stance_model_features(m); i += 7) stance_model_feature(m, i);
    stance_scorer_free(s);
    stance_model_free(m);
    return false;
}

static void damage_is_refused(void **state)
{
    (void)state;
    size_t n, opened = 0;
    char *good = get_bytes(small_model(), &n), *bad = malloc(n);
    assert_non_null(bad);
    for (int i = 0; i < ROUNDS; i++) {
        size_t left = n, at = below(n), many = 1 + below(8);
        memcpy(bad, good, n);
        switch (i % 4) {
        case 0: bad[at] = (char)(bad[at] ^ (1 << below(8))); break;
        case 1: left = at; break;
        case 2: for (size_t k = 0; k < many; k++) bad[below(n)] ^= (char)(1 + below(255)); break;
        default: memmove(bad + at, bad + at + 1, n - at - 1), left = n - 1;
        }
        opened += !refused(put_bytes("bad.stance", bad, left));
    }
    assert_int_equal(opened, 0);
    free(good);
    free(bad);
}

static void malice_does_no_harm(void **state)
{
    (void)state;
    size_t opened = 0;
    struct container *good = container_open(small_model(), "stance", NULL);
    assert_non_null(good);
    for (int i = 0; i < ROUNDS; i++) {
        struct container_section list[SECTIONS];
        struct strbuf changed = {0}, file = {0};
        for (size_t k = 0; k < SECTIONS; k++) list[k] = container_find(good, names[k]);
        struct container_section *one = &list[below(SECTIONS)];
        strbuf_add(&changed, (stance_str){one->data, one->size});
        for (size_t k = 1 + below(6); k > 0 && changed.len; k--) changed.ptr[below(changed.len)] = (char)(below(3) ? below(256) : 0xFF);
        if (i % 5 == 0) changed.len = below(changed.len);
        *one = (struct container_section){one->name, changed.ptr ? changed.ptr : "", changed.len};
        assert_true(container_pack("stance", list, SECTIONS, &file, NULL));
        opened += !refused(put_bytes("bad.stance", file.ptr, file.len));
        strbuf_free(&changed);
        strbuf_free(&file);
    }
    print_message("%zu of %d changed models were still models\n", opened, ROUNDS);
    container_free(good);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(damage_is_refused), cmocka_unit_test(malice_does_no_harm)};
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
