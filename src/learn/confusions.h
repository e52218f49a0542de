/* SPDX-License-Identifier: MIT
 * confusions: what a model makes of rows whose labels are known, by kind of view: what a report needs to speak of its errors. */
#ifndef LEARN_CONFUSIONS_H
#define LEARN_CONFUSIONS_H
#include "../base/str.h"

/* Appends {"labels":[...],"kinds":[{"kind":"direct","given":[...],"probable":[...]},...]}: [labels][labels] numbers row by row, gold by label given:
 * rows, and sums of their probabilities. Rows marked for their margin are left out, as reports do. Rows of unknown kind come last, as null; kinds
 * without rows are left out. predictions: [rows->n] */
void confusions_write(const stance_rows *rows, const stance_prediction *predictions, struct strbuf *out);
#endif
