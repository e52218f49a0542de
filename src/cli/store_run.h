/* SPDX-License-Identifier: MIT
 * store_run: classify into a store. */
#ifndef CLI_STORE_RUN_H
#define CLI_STORE_RUN_H
#include "article_run.h"

/* Classifies the inputs into o->db; with -o or -f all views of the store are written out behind. The exit status. */
int store_run(const struct options *o, const stance_model *model, const stance_views_model *views);
#endif
