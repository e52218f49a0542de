/* SPDX-License-Identifier: MIT
 * learn_rows: labelled rows made up for tests of training. */
#ifndef TESTS_LEARN_ROWS_H
#define TESTS_LEARN_ROWS_H
#include <stdio.h>

#include "learn/metrics.h"
#include "stance.h"

enum { MADE_ROWS = 120 };

struct made_rows {
    char text[MADE_ROWS][160];
    stance_row row[MADE_ROWS];
    stance_rows rows;
};

static const char *const made_labels[] = {"bullish", "skeptical", "neutral"};

/* Learnable, with some noise, each row another sentence. */
static inline void make_rows(struct made_rows *m)
{
    static const char *const say[3][4] = {{"will surely win", "is a great buy", "looks strong", "can be trusted"},
                                          {"will surely fail", "is a bad buy", "looks weak", "cannot be trusted"},
                                          {"reports on", "has a meeting on", "published figures on", "moves its office on"}};
    static const char *const who[] = {"the bank", "the lab", "our mayor", "this plan", "the fund", "that team", "the bill"};
    static const char *const when[] = {"Monday", "Tuesday", "Friday", "Sunday", "holidays"};
    struct dice dice = {7};
    for (size_t i = 0; i < MADE_ROWS; i++) {
        uint32_t label = (uint32_t)(i % 3);
        size_t kind = dice_below(&dice, 10) == 0 ? dice_below(&dice, 3) : label;
        int n = snprintf(m->text[i], sizeof m->text[i], "%s %s %s number %zu", who[dice_below(&dice, 7)], say[kind][dice_below(&dice, 4)],
                         when[dice_below(&dice, 5)], dice_below(&dice, 1000));
        m->row[i] = (stance_row){.in = {.text = {m->text[i], (size_t)n}, .target_span = {STANCE_NONE, STANCE_NONE}},
                                 .label = label, .group = (uint32_t)i, .weight = 1, .line = i + 2};
    }
    m->rows = (stance_rows){m->row, MADE_ROWS, made_labels, 3};
}

/* A model of these rows by this recipe, kept in the file at `path`. */
static inline stance_model *made_model(const struct made_rows *m, const char *recipe, const char *path)
{
    assert_true(stance_train(&m->rows, &(stance_train_options){.recipe = recipe}, path, NULL, NULL));
    stance_model *model = stance_model_open(path, NULL);
    assert_non_null(model);
    return model;
}
#endif
