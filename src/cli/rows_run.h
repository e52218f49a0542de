/* SPDX-License-Identifier: MIT
 * rows_run: labelled rows and settings of training, as train and eval need them. */
#ifndef CLI_ROWS_RUN_H
#define CLI_ROWS_RUN_H
#include "common.h"

stance_rows_options rows_options(const struct options *o);
/* Reads the inputs and tells what was chosen and left out; NULL on failure. */
stance_dataset *read_dataset(const struct options *o, stance_error *err);
/* Where the rows of a model are kept: MODEL.rows.csv.gz. */
bool kept_rows(const char *model, char *path, size_t size, stance_error *err);
/* The part of each row: values of --hold-out are parts of their own, or, with --cv K, in K parts of about equal size. To be freed; NULL on failure. */
uint32_t *held_parts(const struct options *o, const stance_dataset *data, stance_error *err);
/* Settings from the options; *recipe gets the text of the recipe file, to be freed, or NULL. */
bool train_options(const struct options *o, stance_train_options *out, char **recipe, stance_error *err);
#endif
