/* SPDX-License-Identifier: MIT
 * cmd_train: labelled rows in, a model out.
 * Method: reads all rows, trains, prints what was found and chosen. Limits: rows are held in memory. */
#include <stdio.h>
#include <stdlib.h>

#include "rows_run.h"

static void print_summary(const struct options *o, const stance_rows *rows, const stance_train_summary *s)
{
    if (o->quiet) return;
    printf("rows        %zu", s->rows);
    for (size_t i = 0; i < rows->labels_n; i++) printf("%s%s %zu", i ? ", " : "  (", rows->labels[i], s->rows_of[i]);
    printf(")\nduplicates  %zu, contradictions %zu\nfeatures    %zu\n", s->duplicates, s->contradictions, s->features);
    if (s->macro_f1 >= 0)
        printf("cross-validated  macro-F1 %.3f, accuracy %.3f, over %zu settings (slightly flattering: the best of them)\n", s->macro_f1, s->accuracy,
               s->tried);
    printf("model       %s\nrecipe\n%s", o->output, s->recipe);
}

static bool progress(void *ctx, const char *step, double share)
{
    const struct options *const *o = ctx;
    if ((*o)->progress) fprintf(stderr, "\rstance: %-30s %3.0f %%", step, 100 * share);
    return !interrupted();
}

static int train_views(const struct options *o)
{
    stance_error err = {0};
    stance_views_summary summary = {0};
    stance_gold_options go = {(const char *const *)o->inputs.items, o->inputs.n, o->articles};
    stance_gold *gold = stance_gold_read(&go, &err);
    bool ok = gold && (o->dry_run || stance_train_views(gold, o->cost, o->output, &summary, &err));
    if (ok && !o->quiet)
        printf("articles  %zu\ncontents  %zu\ntokens    %zu\nfeatures  %zu\nmodel     %s\n", summary.articles, summary.contents, summary.tokens,
               summary.features, o->output);
    stance_gold_free(gold);
    return ok ? STANCE_OK : fail(&err);
}

int cmd_train(const struct options *o)
{
    stance_error err = {0};
    stance_train_options to;
    stance_train_summary summary;
    char *recipe = NULL;
    if (!o->output) {
        error_set(&err, STANCE_USAGE, 0, "train needs -o MODEL, the file to write");
        return fail(&err);
    }
    if (o->views) return train_views(o);
    stance_dataset *data = read_dataset(o, &err);
    bool ok = data && train_options(o, &to, &recipe, &err);
    int status = STANCE_OK;
    if (ok && !o->dry_run) {
        to.progress = progress;
        to.progress_ctx = &o;
        ok = stance_train(stance_dataset_rows(data), &to, o->output, &summary, &err);
        if (o->progress) fputc('\n', stderr);
        if (ok) print_summary(o, stance_dataset_rows(data), &summary);
    }
    if (!ok)
        status = fail(&err);
    else if (stance_dataset_counted(data)->failed)
        status = STANCE_PARTIAL;
    stance_dataset_free(data);
    free(recipe);
    return status;
}
