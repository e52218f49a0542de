/* SPDX-License-Identifier: MIT
 * training: same bytes from equal runs, good predictions, bad input refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <math.h>

#include "base/str.h"
#include "learn/calibration.h"
#include "learn/recipe.h"
#include "learn_rows.h"

static char path[64];
static struct made_rows made;

static void read_file(struct strbuf *out)
{
    char chunk[4096];
    size_t n;
    FILE *in = fopen(path, "rb");
    assert_non_null(in);
    strbuf_clear(out);
    while ((n = fread(chunk, 1, sizeof chunk, in)) > 0) strbuf_add(out, (stance_str){chunk, n});
    fclose(in);
}

static void train_into(struct strbuf *out, const stance_train_options *o, stance_train_summary *s)
{
    stance_error err = {.code = STANCE_OK};
    if (!stance_train(&made.rows, o, path, s, &err)) fail_msg("%s", err.text);
    read_file(out);
}

static void same_bytes_twice_and_with_two_threads(void **state)
{
    (void)state;
    struct strbuf first = {0}, second = {0};
    stance_train_options o = {.seed = 3, .threads = 1};
    train_into(&first, &o, NULL);
    train_into(&second, &o, NULL);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.ptr, second.ptr, first.len);
    o.threads = 3;
    train_into(&second, &o, NULL);
    assert_int_equal(first.len, second.len);
    assert_memory_equal(first.ptr, second.ptr, first.len);
    strbuf_free(&first);
    strbuf_free(&second);
}

static void what_it_makes_of_rows_not_seen(void **state)
{
    (void)state;
    struct strbuf bytes = {0};
    train_into(&bytes, &(stance_train_options){.threads = 1}, NULL);
    stance_model *m = stance_model_open(path, NULL);
    assert_true(str_starts(stance_model_measured(m), STR("{\"labels\":[\"")));
    assert_true(str_find(stance_model_measured(m), STR("\"kind\":null,\"given\":[")) != STANCE_NONE);
    stance_model_free(m);
    strbuf_free(&bytes);
}

static void its_recipe_is_accepted_and_repeats_itself(void **state)
{
    (void)state;
    struct strbuf first = {0}, second = {0};
    stance_train_summary found, again;
    stance_train_options o = {.seed = 3};
    train_into(&first, &o, &found);
    o.recipe = found.recipe;
    train_into(&first, &o, &again);
    assert_string_equal(found.recipe, again.recipe);
    assert_true(again.macro_f1 < 0 && found.macro_f1 > 0.5);
    train_into(&second, &o, &again);
    assert_memory_equal(first.ptr, second.ptr, first.len);
    strbuf_free(&first);
    strbuf_free(&second);
}

static void a_size_limit_is_kept(void **state)
{
    (void)state;
    struct strbuf all = {0}, small = {0};
    stance_train_summary whole, cut;
    stance_train_options o = {.recipe = "min_rows = 1\ntemperature = 1\n"};
    train_into(&all, &o, &whole);
    o.max_bytes = all.len - 20000;
    train_into(&small, &o, &cut);
    assert_true(small.len <= o.max_bytes && cut.features < whole.features && cut.features > 10);
    strbuf_free(&all);
    strbuf_free(&small);
}

static void a_default_margin_is_kept_and_used(void **state)
{
    (void)state;
    struct strbuf bytes = {0};
    size_t marked = 0;
    train_into(&bytes, &(stance_train_options){.recipe = "temperature = 1\nmin_margin = 0.5\n"}, NULL);
    stance_model *m = stance_model_open(path, NULL);
    stance_scorer *scorer = stance_scorer_new(m, NULL);
    assert_true(stance_model_min_margin(m) == 0.5);
    for (size_t i = 0; i < made.rows.n; i++) {
        stance_prediction own, given, none;
        assert_true(stance_score(scorer, &made.row[i].in, -1, &own, NULL) && stance_score(scorer, &made.row[i].in, 0.5, &given, NULL));
        assert_true(stance_score(scorer, &made.row[i].in, 0, &none, NULL));
        assert_int_equal(own.abstained, given.abstained);
        assert_int_not_equal(none.abstained, STANCE_LOW_MARGIN);
        assert_int_equal(own.label, none.label);
        marked += own.abstained == STANCE_LOW_MARGIN;
    }
    assert_true(marked > 0);
    stance_scorer_free(scorer);
    stance_model_free(m);
    strbuf_free(&bytes);
}

/* The marks of a fold follow from answers to the rows of all other folds. */
static void check_marks(const stance_rows *rows, const stance_prediction *p, const uint32_t *fold, uint32_t held)
{
    static struct answer_seen others[8 * MADE_ROWS];
    size_t n = 0;
    for (size_t i = 0; i < rows->n; i++)
        if (fold[i] != held) others[n++] = (struct answer_seen){p[i].margin, p[i].label == rows->rows[i].label};
    double margin = margin_choose(others, n);
    assert_true(margin > 0);
    for (size_t i = 0; i < rows->n; i++) {
        if (fold[i] != held || p[i].abstained == STANCE_FEW_KNOWN || p[i].abstained == STANCE_NOT_ENGLISH) continue;
        assert_int_equal(p[i].abstained, p[i].margin < margin ? STANCE_LOW_MARGIN : STANCE_CERTAIN);
    }
}

/* Rows that look "strong" or "weak" have their labels by chance; all rows come eight times, in one group. */
static void a_default_margin_is_chosen(void **state)
{
    (void)state;
    static stance_row many[8 * MADE_ROWS];
    static stance_prediction p[8 * MADE_ROWS];
    const stance_rows rows = {many, 8 * MADE_ROWS, made_labels, 3};
    stance_train_options o = {.recipe = "temperature = 0.5\n"};
    stance_metrics metrics;
    for (size_t i = 0; i < rows.n; i++) {
        many[i] = made.row[i % MADE_ROWS];
        if (str_find(many[i].in.text, STR(" looks ")) != STANCE_NONE) many[i].label = (uint32_t)(i / MADE_ROWS % 3);
    }
    assert_true(stance_train(&rows, &o, path, NULL, NULL));
    stance_model *m = stance_model_open(path, NULL);
    assert_true(stance_model_min_margin(m) > 0.001 && stance_model_min_margin(m) < 0.9);
    stance_model_free(m);
    assert_true(stance_cross_validate(&rows, &o, 3, NULL, p, NULL) && stance_measure(&rows, p, 0, &metrics, NULL));
    assert_true(metrics.abstained > 0 && metrics.abstained < rows.n / 3);
    static uint32_t fold[8 * MADE_ROWS];
    assert_true(stance_folds(&rows, 3, 0, fold, NULL));
    for (uint32_t f = 0; f < 3; f++) check_marks(&rows, p, fold, f);
    assert_true(metrics.answered_accuracy > metrics.accuracy.value + 0.01);
}

static void refuse(const stance_rows *rows, const stance_train_options *o, stance_code code, const char *says)
{
    stance_error err = {.code = STANCE_OK};
    assert_false(stance_train(rows, o, path, NULL, &err));
    assert_int_equal(err.code, code);
    if (!strstr(err.text, says)) fail_msg("'%s' does not say '%s'", err.text, says);
}

static void bad_input_is_refused(void **state)
{
    (void)state;
    stance_row same[8];
    stance_rows rows = made.rows;
    rows.n = 0;
    refuse(&rows, NULL, STANCE_INPUT, "0 labelled rows");
    for (size_t i = 0; i < 8; i++) same[i] = made.row[i], same[i].label = 1;
    rows = (stance_rows){same, 8, made_labels, 3};
    refuse(&rows, NULL, STANCE_INPUT, "same label");
    refuse(&made.rows, &(stance_train_options){.recipe = "nonsense = 1\n"}, STANCE_USAGE, "nonsense");
    refuse(&made.rows, &(stance_train_options){.recipe = "c = -1\n"}, STANCE_USAGE, "no value for c");
    refuse(&made.rows, &(stance_train_options){.class_weight = "heavy"}, STANCE_USAGE, "heavy");
    refuse(&made.rows, &(stance_train_options){.recipe = "temperature = 1\n", .max_bytes = 100}, STANCE_USAGE, "no room");
    refuse(&made.rows, &(stance_train_options){.templates = "w9"}, STANCE_USAGE, "w9");
    refuse(&made.rows, &(stance_train_options){.lexicons = (const char *const[]){"/nowhere.tsv"}, .lexicons_n = 1}, STANCE_INPUT, "/nowhere.tsv");
}

static bool stop(void *ctx, const char *step, double share)
{
    (void)ctx;
    (void)step;
    return share < 0.5;
}

static void progress_can_stop_it(void **state)
{
    (void)state;
    refuse(&made.rows, &(stance_train_options){.progress = stop}, STANCE_INTERRUPTED, "interrupted");
}

static void cross_validation_is_fair_and_repeats_itself(void **state)
{
    (void)state;
    static stance_prediction a[MADE_ROWS], b[MADE_ROWS];
    static stance_metrics metrics;
    stance_train_options o = {.recipe = "min_rows = 1\n"};
    assert_true(stance_cross_validate(&made.rows, &o, 4, NULL, a, NULL));
    o.threads = 2;
    assert_true(stance_cross_validate(&made.rows, &o, 4, NULL, b, NULL));
    for (size_t i = 0; i < MADE_ROWS; i++) {
        assert_int_equal(a[i].label, b[i].label);
        assert_memory_equal(a[i].p, b[i].p, sizeof a[i].p);
        assert_true(a[i].margin == b[i].margin && a[i].known == b[i].known && a[i].abstained == b[i].abstained);
    }
    assert_true(stance_measure(&made.rows, a, 1, &metrics, NULL));
    assert_true(metrics.macro_f1.value > 0.6 && metrics.macro_f1.lo < metrics.macro_f1.value && metrics.macro_f1.hi > metrics.macro_f1.value);
}

static void held_out_parts_are_predicted_from_the_others(void **state)
{
    (void)state;
    static stance_prediction out[MADE_ROWS];
    static uint32_t part[MADE_ROWS];
    stance_error err;
    stance_train_options o = {.recipe = "temperature = 1\n"};
    for (size_t i = 0; i < MADE_ROWS; i++) part[i] = i < 40 ? 700 : 3;
    assert_true(stance_cross_validate(&made.rows, &o, 0, part, out, NULL));
    memset(part, 0, sizeof part);
    assert_false(stance_cross_validate(&made.rows, &o, 0, part, out, &err));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_false(stance_cross_validate(&made.rows, &o, 1, NULL, out, &err));
    assert_int_equal(err.code, STANCE_USAGE);
}

/* Many parts share a few choices of settings, and still nothing of a part decides on its own rows. */
static void many_parts_do_not_see_their_own_labels(void **state)
{
    (void)state;
    enum { PARTS = 30, PART = 7 };
    static stance_prediction first[MADE_ROWS], second[MADE_ROWS];
    static uint32_t part[MADE_ROWS];
    static stance_row changed[MADE_ROWS];
    const stance_rows rows = {changed, MADE_ROWS, made_labels, 3};
    stance_train_options o = {.recipe = "min_rows = 1\n"};
    size_t others = 0;
    for (size_t i = 0; i < MADE_ROWS; i++) part[i] = (uint32_t)i % PARTS, changed[i] = made.row[i];
    assert_true(stance_cross_validate(&rows, &o, 0, part, first, NULL));
    for (size_t i = PART; i < MADE_ROWS; i += PARTS) changed[i].label = (changed[i].label + 1) % 3;
    assert_true(stance_cross_validate(&rows, &o, 0, part, second, NULL));
    for (size_t i = 0; i < MADE_ROWS; i++) {
        bool same = memcmp(first[i].p, second[i].p, sizeof first[i].p) == 0;
        if (part[i] == PART) assert_true(same);
        else others += !same;
    }
    assert_true(others > 0);
}

static void weights_count_as_repetitions(void **state)
{
    (void)state;
    static stance_row twice[MADE_ROWS + MADE_ROWS / 2], weighted[MADE_ROWS];
    struct strbuf a = {0}, b = {0};
    stance_error err = {.code = STANCE_OK};
    stance_train_options o = {.recipe = "templates = one\ncopies = on\nscale = idf\ntemperature = 1\nmin_rows = 1\nclass_weight = none\n"};
    size_t n = 0;
    for (size_t i = 0; i < MADE_ROWS; i++) { /* only the bias and one weight per target: both trainings have the same solution */
        weighted[i] = made.row[i];
        weighted[i].in.target = str_of(i % 2 ? "a" : "b");
        twice[n++] = weighted[i];
        if (i % 2) twice[n++] = weighted[i];
        weighted[i].weight = i % 2 ? 2 : 1;
    }
    stance_rows rows = {weighted, MADE_ROWS, made_labels, 3};
    if (!stance_train(&rows, &o, path, NULL, &err)) fail_msg("%s", err.text);
    stance_model *first = stance_model_open(path, NULL);
    rows = (stance_rows){twice, n, made_labels, 3};
    o.c = recipe_default().c * (double)MADE_ROWS / (double)n; /* a weight says how rows stand to each other, not how many there are */
    if (!stance_train(&rows, &o, path, NULL, &err)) fail_msg("%s", err.text);
    stance_model *second = stance_model_open(path, NULL);
    assert_int_equal(stance_model_features(first), stance_model_features(second));
    for (size_t i = 0; i <= stance_model_features(first); i++)
        for (size_t l = 0; l < 3; l++) assert_true(fabs(stance_model_feature(first, i).weight[l] - stance_model_feature(second, i).weight[l]) < 1e-3);
    stance_model_free(first);
    stance_model_free(second);
    strbuf_free(&a);
    strbuf_free(&b);
}

static void starts_from_another_model(void **state)
{
    (void)state;
    stance_train_summary alone, more;
    stance_train_options o = {.recipe = "min_rows = 1\nc = 0.3\nform = 0.11\n"};
    stance_rows half = {made.row, MADE_ROWS / 2, made_labels, 3};
    assert_true(stance_train(&half, &o, path, &alone, NULL));
    stance_model *start = stance_model_open(path, NULL);
    assert_true(stance_train(&made.rows, &(stance_train_options){.start = start}, path, &more, NULL));
    assert_int_equal(more.tried, 1); /* nothing is searched, but figures and calibration are new */
    assert_true(more.rows == MADE_ROWS && more.macro_f1 > 0 && strstr(more.recipe, "c = 0.29999") && strstr(more.recipe, "form = 0.11"));
    stance_model_free(start);
}

static void folds_are_those_of_cross_validation(void **state)
{
    (void)state;
    static uint32_t a[MADE_ROWS], b[MADE_ROWS];
    size_t in[4] = {0};
    assert_true(stance_folds(&made.rows, 4, 5, a, NULL) && stance_folds(&made.rows, 4, 5, b, NULL));
    assert_memory_equal(a, b, sizeof a);
    for (size_t i = 0; i < MADE_ROWS; i++) in[a[i]]++;
    for (size_t k = 0; k < 4; k++) assert_true(in[k] > MADE_ROWS / 8);
    assert_false(stance_folds(&made.rows, 1, 5, a, NULL));
}

static void a_budget_is_kept(void **state)
{
    (void)state;
    stance_train_summary s;
    struct strbuf first = {0}, second = {0};
    train_into(&first, &(stance_train_options){.budget_seconds = 1e-6}, &s);
    assert_int_equal(s.tried, 1);
    assert_true(s.macro_f1 > 0.3 && strstr(s.recipe, "stop = 0.05"));
    train_into(&second, &(stance_train_options){.recipe = s.recipe}, NULL); /* the haste is in the recipe */
    train_into(&first, &(stance_train_options){.recipe = s.recipe}, NULL);
    assert_true(first.len == second.len && memcmp(first.ptr, second.ptr, first.len) == 0);
    train_into(&second, &(stance_train_options){.budget_seconds = 3600}, &s);
    assert_true(s.tried > 1 && strstr(s.recipe, "stop = 0.01"));
    strbuf_free(&first);
    strbuf_free(&second);
}

static void two_labels_and_a_label_without_rows_work(void **state)
{
    (void)state;
    static stance_row rows[MADE_ROWS];
    static stance_prediction out[MADE_ROWS];
    size_t n = 0;
    for (size_t i = 0; i < MADE_ROWS; i++)
        if (made.row[i].label < 2) rows[n++] = made.row[i];
    stance_train_options o = {.recipe = "temperature = 1\n"};
    stance_rows two = {rows, n, made_labels, 2}, three = {rows, n, made_labels, 3};
    assert_true(stance_cross_validate(&two, &o, 3, NULL, out, NULL));
    assert_true(stance_cross_validate(&three, &o, 3, NULL, out, NULL));
    for (size_t i = 0; i < n; i++) assert_true(out[i].label < 2);
    assert_true(stance_train(&two, &o, path, NULL, NULL));
    assert_true(stance_train(&three, &o, path, NULL, NULL));
}

/* How many answers the model was measured on. */
static double answers_measured(void)
{
    stance_error err = {.code = STANCE_OK};
    stance_model *m = stance_model_open(path, &err);
    double sum = 0;
    if (!m) fail_msg("%s", err.text);
    stance_str measured = stance_model_measured(m);
    size_t at = str_find(measured, STR("\"given\":["));
    assert_true(at != STANCE_NONE);
    stance_str numbers = str_slice(measured, at + 9, measured.len);
    numbers.len = str_find(numbers, STR("]"));
    while (numbers.len) {
        double x;
        assert_true(str_to_double(str_split(&numbers, ','), &x));
        sum += x;
    }
    stance_model_free(m);
    return sum;
}

static void many_rows_are_measured_in_part(void **state)
{
    (void)state;
    enum { MANY = 12000, FEW = 9000 };
    static char text[MANY][48];
    static stance_row row[MANY];
    stance_rows rows = {row, MANY, made_labels, 3};
    stance_train_options o = {.seed = 1, .threads = 2, .recipe = "templates = w1\ntemperature = 1\nmin_margin = 0\nmin_rows = 1\n"};
    for (size_t i = 0; i < MANY; i++) {
        int n = snprintf(text[i], sizeof text[i], "%s a%zu b%zu c%zu", made_labels[i % 3], i, i, i);
        row[i] = (stance_row){.in = {.text = {text[i], (size_t)n}, .target_span = {STANCE_NONE, STANCE_NONE}}, .label = (uint32_t)(i % 3),
                              .group = (uint32_t)i, .weight = 1};
    }
    assert_true(stance_train(&rows, &o, path, NULL, NULL));
    double some = answers_measured();
    assert_true(some >= 5000 && some < 8000);
    rows.n = FEW;
    assert_true(stance_train(&rows, &o, path, NULL, NULL));
    assert_true(answers_measured() == FEW);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_it_makes_of_rows_not_seen), cmocka_unit_test(many_rows_are_measured_in_part),
        cmocka_unit_test(same_bytes_twice_and_with_two_threads), cmocka_unit_test(its_recipe_is_accepted_and_repeats_itself),
        cmocka_unit_test(a_default_margin_is_kept_and_used), cmocka_unit_test(a_default_margin_is_chosen),
        cmocka_unit_test(a_size_limit_is_kept),
        cmocka_unit_test(bad_input_is_refused), cmocka_unit_test(progress_can_stop_it), cmocka_unit_test(cross_validation_is_fair_and_repeats_itself),
        cmocka_unit_test(held_out_parts_are_predicted_from_the_others), cmocka_unit_test(many_parts_do_not_see_their_own_labels),
        cmocka_unit_test(weights_count_as_repetitions), cmocka_unit_test(starts_from_another_model),
        cmocka_unit_test(folds_are_those_of_cross_validation), cmocka_unit_test(a_budget_is_kept), cmocka_unit_test(two_labels_and_a_label_without_rows_work),
    };
    make_rows(&made);
    snprintf(path, sizeof path, "/tmp/stance-test-training-%ld", (long)getpid());
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
