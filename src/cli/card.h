/* SPDX-License-Identifier: MIT
 * card: the measured part of a model's card. */
#ifndef CLI_CARD_H
#define CLI_CARD_H
#include "../base/str.h"
#include "options.h"

/* Appends figures of the model's settings on the rows of the options (their inputs are files of rows): cross-validated and, with --hold-out, on values of
 * that column held out; calibration, what margins buy, what is taken for what, and where it fails. */
bool card_measure(struct strbuf *out, const struct options *o, const stance_model *model, stance_error *err);
/* Appends the text of --note FILE, if there is one. */
bool card_note(struct strbuf *out, const struct options *o, stance_error *err);
#endif
