/* SPDX-License-Identifier: MIT
 * agreement: the figures of published examples. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stance.h"

static const char *const names[] = {"1", "2", "3", "4", "5"};
enum { MOST = 256 };

/* Codes are characters, one string per coder, '.' where one gave none; labels are '1' upward. */
static stance_agreement agree(const char *const *codes, size_t coders, bool ordered)
{
    static uint32_t label[MOST * STANCE_MAX_CODERS];
    size_t units = strlen(codes[0]);
    for (size_t u = 0; u < units; u++)
        for (size_t c = 0; c < coders; c++) label[u * coders + c] = codes[c][u] == '.' ? STANCE_MISSING : (uint32_t)(codes[c][u] - '1');
    stance_ratings r = {.labels = names, .labels_n = 5, .ordered = ordered, .units = units, .coders = coders, .label = label};
    stance_agreement a;
    stance_error err = {0};
    assert_true(stance_agree(&r, 7, &a, &err));
    return a;
}

static void near_to(double got, double wanted, double by)
{
    if (!(fabs(got - wanted) <= by)) fail_msg("%.5f is not %.5f", got, wanted);
}

/* K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): examples A, B and C, with the figures printed there. */
static void alpha_of_two_coders(void **state)
{
    (void)state;
    const char *const binary[] = {"1211111121", "2221121111"};
    near_to(agree(binary, 2, false).alpha_nominal.value, 0.095, 0.0005);
    const char *const nominal[] = {"112243335441", "212223335444"};
    near_to(agree(nominal, 2, false).alpha_nominal.value, 0.692, 0.0005);
}

static void alpha_of_four_coders_with_gaps(void **state)
{
    (void)state;
    const char *const codes[] = {"123321412...", "1233224125.3", ".3332342251.", "12332441251."};
    stance_agreement a = agree(codes, 4, true);
    near_to(a.alpha_nominal.value, 0.743, 0.0005);
    near_to(a.alpha_ordinal.value, 0.815, 0.0005);
    assert_int_equal(a.units, 11);
    assert_int_equal(a.values, 40);
    assert_true(isnan(a.kappa.value));
    assert_true(a.alpha_nominal.lo < 0.743 && a.alpha_nominal.hi > 0.743);
}

/* J. Cohen, A Coefficient of Agreement for Nominal Scales (1960), table 1: 200 cases, kappa .492. */
static void kappa_of_the_first_paper(void **state)
{
    (void)state;
    static const int cases[3][3] = {{88, 14, 18}, {10, 40, 10}, {2, 6, 12}};
    char first[MOST] = "", second[MOST] = "";
    const char *const codes[] = {first, second};
    for (int a = 0, n = 0; a < 3; a++)
        for (int b = 0; b < 3; b++)
            for (int i = 0; i < cases[a][b]; i++, n++) first[n] = (char)('1' + a), second[n] = (char)('1' + b);
    stance_agreement a = agree(codes, 2, false);
    near_to(a.kappa.value, 0.492, 0.0005);
    assert_int_equal(a.same, 140);
    assert_int_equal(a.pairs[0][2], 18);
    near_to(a.label[0].agreement, 2 * 88.0 / (120 + 100), 1e-12);
    assert_true(a.kappa.lo < 0.45 && a.kappa.lo > 0.3 && a.kappa.hi > 0.53 && a.kappa.hi < 0.7);
    assert_true(isnan(a.alpha_ordinal.value));
}

static void order_matters_to_the_ordinal_one_alone(void **state)
{
    (void)state;
    const char *const near[] = {"1122331122", "1222331122"}, *const far[] = {"1122331122", "1322331122"};
    assert_true(agree(near, 2, true).alpha_ordinal.value > agree(far, 2, true).alpha_ordinal.value + 0.05);
}

static void what_has_no_figure(void **state)
{
    (void)state;
    const char *const all_one[] = {"1111", "1111"};
    stance_agreement a = agree(all_one, 2, true);
    assert_true(isnan(a.kappa.value) && isnan(a.alpha_nominal.value) && isnan(a.alpha_ordinal.value));
    assert_int_equal(a.same, 4);
    assert_true(isnan(a.label[1].agreement));
    uint32_t label[] = {0, STANCE_MISSING, STANCE_MISSING, 1};
    stance_ratings apart = {.labels = names, .labels_n = 2, .units = 2, .coders = 2, .label = label, .key = "id"};
    stance_error err = {0};
    assert_false(stance_agree(&apart, 0, &a, &err));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_non_null(strstr(err.text, "share id"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alpha_of_two_coders), cmocka_unit_test(alpha_of_four_coders_with_gaps), cmocka_unit_test(kappa_of_the_first_paper),
        cmocka_unit_test(order_matters_to_the_ordinal_one_alone), cmocka_unit_test(what_has_no_figure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
