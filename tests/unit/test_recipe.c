/* SPDX-License-Identifier: MIT
 * recipe: what is written reads back to the last bit; nonsense is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "learn/recipe.h"

static void written_reads_back(void **state)
{
    (void)state;
    struct recipe r = recipe_default(), again = recipe_default();
    struct strbuf text = {0}, twice = {0};
    r.c = 0.1 + 0.2;
    r.temperature = 1.0 / 3;
    r.solver = SOLVER_LR;
    r.templates = 5;
    recipe_write(&r, &text);
    assert_true(recipe_read(&again, strbuf_str(&text), NULL));
    recipe_write(&again, &twice);
    assert_string_equal(text.ptr, twice.ptr);
    assert_true(again.c == r.c && again.temperature == r.temperature && again.templates == 5);
    strbuf_free(&text);
    strbuf_free(&twice);
}

static void refuse(const char *text, size_t line)
{
    struct recipe r = recipe_default();
    stance_error err = {.code = STANCE_OK};
    assert_false(recipe_read(&r, str_of(text), &err));
    assert_int_equal(err.code, STANCE_USAGE);
    assert_int_equal(err.offset, line);
}

static void nonsense_is_refused_with_its_line(void **state)
{
    (void)state;
    refuse("# fine\n\nc = much\n", 3);
    refuse("c\n", 1);
    refuse("c = \n", 1);
    refuse("cost = 1\n", 1);
    refuse("solver = svm\n", 1);
    refuse("templates = w1,w99\n", 1);
    refuse("c = 1e99\n", 1);
    refuse("c = nan\n", 1);
    refuse("odds = neutral\n", 1);
    refuse("odds = neutral 0\n", 1);
    refuse("odds = 1.5\n", 1);
    refuse("odds = neutral 1.5, bullish much\n", 1);
}

static void odds_are_of_labels_by_name(void **state)
{
    (void)state;
    struct recipe r = recipe_default(), again = recipe_default();
    struct strbuf text = {0};
    recipe_write(&r, &text);
    assert_null(strstr(text.ptr, "odds"));
    assert_true(recipe_read(&r, STR("temperature = 0.5\nodds = no opinion 2, bad 0.5\n"), NULL));
    strbuf_clear(&text);
    recipe_write(&r, &text);
    assert_true(recipe_read(&again, strbuf_str(&text), NULL));
    double more = recipe_score_shift(&again, "no opinion"), less = recipe_score_shift(&again, "bad");
    assert_true(more > 0.3465 && more < 0.3466); /* 0.5 ln 2: the softmax over scores / 0.5 doubles the odds */
    assert_true(less + more < 1e-12 && less + more > -1e-12);
    assert_true(recipe_score_shift(&again, "good") == 0);
    strbuf_free(&text);
}

static void class_weights_have_names(void **state)
{
    (void)state;
    enum class_weight w;
    assert_true(recipe_class_weight("balanced", &w));
    assert_int_equal(w, CLASS_WEIGHT_BALANCED);
    assert_false(recipe_class_weight("", &w));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(written_reads_back), cmocka_unit_test(nonsense_is_refused_with_its_line), cmocka_unit_test(class_weights_have_names),
        cmocka_unit_test(odds_are_of_labels_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
