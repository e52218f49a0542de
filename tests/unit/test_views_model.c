/* SPDX-License-Identifier: MIT
 * Tests of views_model: what is saved is found again, and no damaged, foreign or contradictory file is opened. */
#include "test_gold_help.h"

#include <math.h>

#include "learn/container.h"
#include "views/views_model.h"

enum { KEYS = 100 };

static struct views_model_parts sample(uint64_t *keys, float *weights)
{
    struct views_model_parts p = {keys, weights, KEYS, 5, {0.5, -1, 2}, {1, 2, 3, 4, 5, 6, 7, 8, 9}, {NULL, 0}};
    for (size_t i = 0; i < KEYS; i++) {
        keys[i] = (0x9E3779B97F4A7C15u * (i + 1) & ~(uint64_t)0xF00F) | (i % 2 ? TAG_ALONE : 0); /* many meet in one slot */
        for (size_t k = 0; k < TAGS; k++) weights[i * TAGS + k] = (float)i + (float)k / 4;
    }
    return p;
}

static void save_sample(struct strbuf *bytes)
{
    uint64_t keys[KEYS];
    float weights[KEYS * TAGS];
    const struct views_model_parts p = sample(keys, weights);
    assert_true(views_model_save(help_path, &p, NULL));
    strbuf_clear(bytes);
    assert_true(help_read_file(help_path, bytes));
}

static void reads_back(void **state)
{
    (void)state;
    uint64_t keys[KEYS];
    float weights[KEYS * TAGS];
    const struct views_model_parts p = sample(keys, weights);
    assert_true(views_model_save(help_path, &p, NULL));
    stance_views_model *m = help_open_model(help_path);
    const struct tag_weights *w = views_model_weights(m);
    for (size_t i = 0; i < KEYS; i++)
        for (enum tag k = TAG_OUT; k < TAGS; k++) {
            double found = tag_unpack(tag_find(&w->table, keys[i]), k) * w->table.scale;
            assert_true(fabs(found - (double)weights[i * TAGS + k]) <= TAG_LEAST * w->table.scale);
        }
    assert_int_equal(tag_unpack(tag_find(&w->table, 12345), TAG_IN), 0);
    assert_memory_equal(w->bias, p.bias, sizeof p.bias);
    assert_memory_equal(w->transitions, p.transitions, sizeof p.transitions);
    assert_int_equal(strlen(stance_views_model_id(m)), 16);
    assert_int_equal(strspn(stance_views_model_id(m), "0123456789abcdef"), 16);
    stance_views_model_free(m);
    stance_views_model_free(NULL);
}

static void the_same_parts_give_the_same_bytes(void **state)
{
    (void)state;
    struct strbuf first = {0}, second = {0};
    save_sample(&first);
    save_sample(&second);
    assert_true(str_equal(strbuf_str(&first), strbuf_str(&second)));
    strbuf_free(&first);
    strbuf_free(&second);
}

static void a_model_without_features_is_one(void **state)
{
    (void)state;
    const struct views_model_parts none = {.n = 0};
    assert_true(views_model_save(help_path, &none, NULL));
    stance_views_model *m = help_open_model(help_path);
    assert_int_equal(tag_unpack(tag_find(&views_model_weights(m)->table, 1), TAG_IN), 0);
    stance_views_model_free(m);
}

static void what_was_measured_is_text(void **state)
{
    (void)state;
    struct views_model_parts p = {.measured = STR("a recall of \xC3\xA9")};
    assert_true(views_model_save(help_path, &p, NULL));
    stance_views_model *m = help_open_model(help_path);
    assert_true(str_equal(stance_views_model_measured(m), p.measured));
    stance_views_model_free(m);
    p.measured = STR("\xFF\xFE");
    assert_true(views_model_save(help_path, &p, NULL));
    help_expect_refused(help_path, NULL);
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    struct strbuf bytes = {0};
    save_sample(&bytes);
    for (size_t n = bytes.len; n-- > 0;) {
        assert_int_equal(truncate(help_path, (off_t)n), 0);
        help_expect_refused(help_path, NULL);
    }
    strbuf_add(&bytes, STR("x")); /* and so is what is too long */
    help_write(help_path, strbuf_str(&bytes));
    help_expect_refused(help_path, NULL);
    strbuf_free(&bytes);
}

static void every_flipped_bit_is_refused(void **state)
{
    (void)state;
    struct strbuf bytes = {0};
    save_sample(&bytes);
    FILE *f = fopen(help_path, "r+b");
    assert_non_null(f);
    for (size_t bit = 0; bit < bytes.len * 8; bit++) {
        for (int back = 0; back < 2; back++) {
            bytes.ptr[bit / 8] = (char)(bytes.ptr[bit / 8] ^ (1 << bit % 8));
            assert_int_equal(fseek(f, (long)(bit / 8), SEEK_SET), 0);
            assert_int_not_equal(fputc((unsigned char)bytes.ptr[bit / 8], f), EOF);
            assert_int_equal(fflush(f), 0);
            if (!back) help_expect_refused(help_path, NULL);
        }
    }
    fclose(f);
    stance_views_model_free(help_open_model(help_path)); /* all bits are back */
    strbuf_free(&bytes);
}

/* Files with good checksums whose sections do not fit each other. */
struct forged {
    tag_packed alone[64], values[64];
    struct tag_row rows[64];
    double scale[2], bias[TAGS], transitions[TAGS * TAGS];
    uint32_t scope[2];
};

struct sizes {
    size_t alone, rows, values, scale, bias, transitions, scope;
};

static const struct sizes right = {64, 64, 64, 1, TAGS, TAGS * TAGS, 1};

static void forge(const struct forged *f, struct sizes n, const char *message)
{
    const struct container_section sections[] = {{"alone", f->alone, n.alone * 8},         {"rows", f->rows, n.rows * sizeof *f->rows},
                                                 {"values", f->values, n.values * 8},      {"scale", f->scale, n.scale * 8},
                                                 {"bias", f->bias, n.bias * 8},            {"transitions", f->transitions, n.transitions * 8},
                                                 {"scope", f->scope, n.scope * 4}};
    assert_true(container_write(help_path, "views", sections, 7, NULL));
    if (message) help_expect_refused(help_path, message);
    else stance_views_model_free(help_open_model(help_path));
}

static void sections_must_fit(void **state)
{
    (void)state;
    struct forged f = {.values = {2, 1, 1}, .scale = {1}};
    struct sizes n = right;
    f.rows[3].first = 1;
    forge(&f, n, NULL);
    n.alone = 48; /* slots are a power of two */
    forge(&f, n, "damaged");
    n = right, n.rows = 48;
    forge(&f, n, "damaged");
    n = right, n.rows = 0;
    forge(&f, n, "damaged");
    n = right, n.values = 2; /* a row that goes beyond the end */
    forge(&f, n, "damaged");
    n = right, n.scale = 2;
    forge(&f, n, "damaged");
    n = right, n.bias = TAGS - 1;
    forge(&f, n, "damaged");
    n = right, n.transitions = TAGS * TAGS - 1;
    forge(&f, n, "damaged");
    n = right, n.scope = 2;
    forge(&f, n, "damaged");
    f.scope[0] = 64; /* no such sort of sentence */
    forge(&f, right, "damaged");
    f.scope[0] = 63;
    f.bias[1] = NAN;
    forge(&f, right, "damaged");
    f.bias[1] = 0, f.transitions[4] = NAN;
    forge(&f, right, "damaged");
    f.transitions[4] = 0, f.scale[0] = INFINITY;
    forge(&f, right, "damaged");
    f.scale[0] = 1;
    for (size_t i = 0; i < 64; i++) f.alone[i] = i + 1; /* a search would never end */
    forge(&f, right, "damaged");
    f.alone[63] = 0;
    forge(&f, right, NULL);
}

static void other_files_are_refused(void **state)
{
    (void)state;
    const double bias[TAGS] = {0};
    const struct container_section section = {"bias", bias, sizeof bias};
    assert_true(container_write(help_path, "stance", &section, 1, NULL));
    help_expect_refused(help_path, "another kind");
    assert_true(container_write(help_path, "views", &section, 1, NULL)); /* sections are missing */
    help_expect_refused(help_path, NULL);
    help_write(help_path, STR("hello, world"));
    help_expect_refused(help_path, "not a stance model");
    unlink(help_path);
    help_expect_refused(help_path, "cannot be opened");
    assert_null(stance_views_model_open(help_path, NULL));
}

static void an_unwritable_place_is_an_error(void **state)
{
    (void)state;
    stance_error err = {0};
    const struct views_model_parts none = {.n = 0};
    assert_false(views_model_save("/nowhere/at/all.stance", &none, &err));
    assert_int_equal(err.code, STANCE_OUTPUT);
    assert_false(views_model_save("/nowhere/at/all.stance", &none, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_back), cmocka_unit_test(the_same_parts_give_the_same_bytes), cmocka_unit_test(a_model_without_features_is_one),
        cmocka_unit_test(what_was_measured_is_text),
        cmocka_unit_test(every_truncation_is_refused), cmocka_unit_test(every_flipped_bit_is_refused), cmocka_unit_test(sections_must_fit),
        cmocka_unit_test(other_files_are_refused), cmocka_unit_test(an_unwritable_place_is_an_error),
    };
    return cmocka_run_group_tests(tests, help_name, help_remove);
}
