/* SPDX-License-Identifier: MIT
 * model: save, open, look up; damaged files are refused, also when their checksums are right. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "learn/model.h"

static char path[64];
static const char *const labels[] = {"yes", "no"};
static const uint8_t blocks[] = {0, 1, 2};
static const double scales[] = {1, 2, 3}, weights[] = {1, -1, 2, -2, 3, -3, 0.5, -0.5};

static bool save_small(void)
{
    struct recipe recipe = recipe_default();
    struct lexicon lexicon = {0};
    const stance_str keys[] = {STR("w1=a"), STR("c=_b"), STR("tw=TARGET is")};
    recipe.temperature = 1.25;
    recipe.copies = COPIES_OFF;
    assert_true(lexicon_add_text(&lexicon, STR("fine\t1\tadj\n"), "t", NULL));
    struct model_parts parts = {&recipe, &lexicon, labels, 2, 3, keys, blocks, scales, weights, STR("rows = 3\n"), STR("{}")};
    bool ok = model_save(path, &parts, NULL);
    lexicon_free(&lexicon);
    return ok;
}

static void keeps_everything(void **state)
{
    (void)state;
    assert_true(save_small());
    stance_model *m = stance_model_open(path, NULL);
    assert_non_null(m);
    assert_int_equal(stance_model_labels(m), 2);
    assert_string_equal(stance_model_label(m, 1), "no");
    assert_null(stance_model_label(m, 2));
    assert_int_equal(model_find(m, piece_of(STR("c=_b")).hash), 1);
    assert_int_equal(model_find(m, piece_of(STR("c=_c")).hash), NO_ID);
    assert_true(str_equal(model_key(m, 2), STR("tw=TARGET is")));
    assert_true(m->recipe.temperature == 1.25 && m->weights[6] == 0.5 && m->scale[2] == 3);
    assert_non_null(lexicon_find(&m->lexicon, STR("fine")));
    assert_int_equal(stance_model_features(m), 3);
    assert_string_equal(stance_model_feature(m, 2).template_name, "tw");
    assert_true(stance_model_feature(m, 1).scale == 2 && stance_model_feature(m, 1).weight[1] == -2 && stance_model_feature(m, 3).weight[0] == 0.5);
    assert_true(str_equal(stance_model_measured(m), STR("{}")));
    assert_true(str_equal(stance_model_summary(m), STR("rows = 3\n")) && stance_model_recipe(m).len > 20 && stance_model_size(m) > 100);
    assert_true(stance_model_verify(m, NULL));
    stance_model_free(m);
}

static void read_file(struct strbuf *out)
{
    char chunk[4096];
    size_t n;
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    while ((n = fread(chunk, 1, sizeof chunk, in)) > 0) strbuf_add(out, (stance_str){chunk, n});
    fclose(in);
}

static void write_file(const char *bytes, size_t n)
{
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    if (n) assert_int_equal(fwrite(bytes, 1, n, out), n);
    fclose(out);
}

static void refuses_truncated_and_flipped(void **state)
{
    (void)state;
    struct strbuf bytes = {0};
    stance_error err;
    assert_true(save_small());
    read_file(&bytes);
    for (size_t n = 0; n < bytes.len; n++) {
        write_file(bytes.ptr, n);
        assert_null(stance_model_open(path, &err));
        assert_int_equal(err.code, STANCE_MODEL);
        write_file(bytes.ptr, bytes.len);
    }
    for (size_t at = 0; at < bytes.len; at++) {
        bytes.ptr[at] = (char)(bytes.ptr[at] ^ (1 << at % 8));
        write_file(bytes.ptr, bytes.len);
        assert_null(stance_model_open(path, &err));
        bytes.ptr[at] = (char)(bytes.ptr[at] ^ (1 << at % 8));
    }
    strbuf_free(&bytes);
}

/* A hostile file has right checksums: every section in turn is filled with each of some bytes, emptied, cut, or left out. */
static void survives_hostile_sections(void **state)
{
    (void)state;
    static const char *const names[] = {"settings", "labels", "summary", "lexicon", "keys", "key ends", "key table", "blocks", "scales", "weights"};
    enum { SECTIONS = sizeof names / sizeof *names };
    static char filled[1 << 16];
    static char copy[SECTIONS][1 << 14];
    struct container_section sections[SECTIONS];
    assert_true(save_small());
    struct container *c = container_open(path, "stance", NULL);
    for (size_t i = 0; i < SECTIONS; i++) {
        sections[i] = container_find(c, names[i]);
        assert_true(sections[i].data && sections[i].size <= sizeof copy[i]);
        memcpy(copy[i], sections[i].data, sections[i].size);
        sections[i] = (struct container_section){names[i], copy[i], sections[i].size};
    }
    container_free(c);
    for (size_t i = 0; i < SECTIONS; i++)
        for (int value = 0; value < 256; value += 51)
            for (size_t cut = 0; cut < 3; cut++) {
                struct container_section kept = sections[i];
                memset(filled, value, sizeof filled);
                sections[i].data = filled;
                sections[i].size = cut == 0 ? kept.size : cut == 1 ? kept.size / 2 : kept.size * 2;
                assert_true(container_write(path, "stance", sections, SECTIONS, NULL));
                stance_model *m = stance_model_open(path, NULL);
                if (m) model_find(m, piece_of(STR("w1=a")).hash);
                stance_model_free(m);
                sections[i] = kept;
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_everything), cmocka_unit_test(refuses_truncated_and_flipped), cmocka_unit_test(survives_hostile_sections),
    };
    snprintf(path, sizeof path, "/tmp/stance-test-model-%ld", (long)getpid());
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
