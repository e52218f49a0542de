/* SPDX-License-Identifier: MIT
 * shrink: the strongest features stay, and what that costs is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "learn_rows.h"

static char path[64];
static struct made_rows made;

static void the_loss_is_measured(void **state)
{
    (void)state;
    stance_train_summary whole, cut;
    stance_train_options o = {.recipe = "min_rows = 1\n"};
    assert_true(stance_train(&made.rows, &o, path, &whole, NULL));
    assert_true(whole.macro_f1 > 0.5 && whole.pruned_macro_f1 < 0);
    stance_model *m = stance_model_open(path, NULL);
    o.max_bytes = stance_model_size(m) - 20000;
    stance_model_free(m);
    assert_true(stance_train(&made.rows, &o, path, &cut, NULL));
    assert_true(cut.features < whole.features && cut.pruned_macro_f1 > 0.4 && cut.pruned_macro_f1 <= 1);
    m = stance_model_open(path, NULL);
    assert_true(stance_model_size(m) <= o.max_bytes);
    stance_model_free(m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_loss_is_measured)};
    make_rows(&made);
    snprintf(path, sizeof path, "/tmp/stance-test-shrink-%ld", (long)getpid());
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
