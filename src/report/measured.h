/* SPDX-License-Identifier: MIT
 * measured: what is known of a model's errors, as stance_model_measured gives it. */
#ifndef REPORT_MEASURED_H
#define REPORT_MEASURED_H
#include "../base/str.h"
#include "confusion.h"

/* The confusion of all kinds together, without rows of no known kind when there are enough others, since statements are easier than views:
 * labels given, or (probable) sums of their probabilities. c all zero; free in any case. INPUT when the
 * text is none of ours. */
bool measured_confusion(const char *text, bool probable, struct confusion *c, stance_error *err);
/* Appends "direct 71 % of 812, indirect 64 % of 1020, statements 70 % of 500". False: INPUT, NOMEM. */
bool measured_accuracy(const char *text, struct strbuf *out, stance_error *err);
/* Whether what is measured is of the one model that labelled all views. */
bool measured_fits(const stance_report_options *o, const struct vocab *models);
/* Appends what a line of method says about accuracy; nothing when nothing is measured. False: INPUT, NOMEM. */
bool measured_say(const stance_report_options *o, const struct vocab *models, struct strbuf *out, stance_error *err);
/* Appends "finds, in articles held out of training, 88 % of 812 direct, ... views", how many of the views of each kind are found; nothing when it is not known of the one
 * model that found all views. False: INPUT, NOMEM. */
bool measured_say_recall(const stance_report_options *o, const struct vocab *views_models, struct strbuf *out, stance_error *err);
/* Appends the text of a confusion of which no kinds are known. */
void measured_of_confusion(const struct confusion *c, struct strbuf *out);
#endif
