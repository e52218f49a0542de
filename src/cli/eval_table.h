/* SPDX-License-Identifier: MIT
 * eval_table: metrics as text. */
#ifndef CLI_EVAL_TABLE_H
#define CLI_EVAL_TABLE_H
#include "../base/str.h"

/* What stands beside the metrics. */
struct eval_extra {
    double words_macro_f1;                /* of single words alone on the same folds; below 0: not measured */
    const stance_comparison *comparison;  /* with another model, or NULL */
    const char *against;                  /* its name */
    double known;                         /* mean over rows */
    const stance_drift *drift;            /* from the training of the model, or NULL */
};

/* Appends the metrics in a format: table, csv or json. */
bool eval_table_put(struct strbuf *out, const char *format, const stance_rows *rows, const stance_metrics *m, const struct eval_extra *extra,
                    stance_error *err);
#endif
