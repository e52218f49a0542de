/* SPDX-License-Identifier: MIT
 * cmd_train: labelled rows in, a model out.
 * Method: reads all rows, trains, prints what was found and chosen. Limits: rows are held in memory. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "../base/error.h"
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
    if (s->pruned_macro_f1 >= 0)
        printf("at this size     macro-F1 %.3f, %.3f less than the whole model\n", s->pruned_macro_f1, s->macro_f1 - s->pruned_macro_f1);
    printf("model       %s\nrecipe\n%s", o->output, s->recipe);
}

static bool progress(void *ctx, const char *step, double share)
{
    const struct options *const *o = ctx;
    if ((*o)->progress) fprintf(stderr, "\rstance: %-30s %3.0f %%", step, 100 * share);
    return !interrupted();
}

/* Sorts of sentences by their bits in stance_views_options.scope. */
static const struct {
    const char *name, *what;
} sorts[] = {{"quotations", "quotations without a speaker"}, {"indirect", "indirect views"}, {"mixed", "mixed views"}, {"direct", "direct views"},
             {"cues", "cues without a view"},                {"weak-cues", "weak cues"}};
enum { SORTS = sizeof sorts / sizeof *sorts };

static bool parse_scope(const char *list, unsigned *scope, stance_error *err)
{
    *scope = 0;
    for (stance_str rest = str_of(list); rest.ptr;) {
        stance_str name = str_split(&rest, ',');
        unsigned bits = str_equal(name, STR("all")) ? (1u << SORTS) - 1 : 0;
        for (unsigned i = 0; i < SORTS; i++)
            if (str_equal(name, str_of(sorts[i].name))) bits = 1u << i;
        if (!bits && !str_equal(name, STR("none")))
            return error_set(err, STANCE_USAGE, 0, "--scope %s: choose from quotations, indirect, mixed, direct, cues, weak-cues, all, none", list);
        *scope |= bits;
    }
    return true;
}

static void print_scope(unsigned scope)
{
    const char *separator = " ";
    for (size_t i = 0; i < SORTS; i++) {
        if (!(scope >> i & 1)) continue;
        printf("%s%s", separator, sorts[i].what);
        separator = ", ";
    }
    if (!scope) printf(" nothing: the rules decide alone");
}

static void print_views_summary(const struct options *o, const stance_views_summary *s)
{
    printf("articles  %zu\ncontents  %zu\ntokens    %zu\nfeatures  %zu\nrecall    %+.2f", s->articles, s->contents, s->tokens, s->features, s->recall);
    if (s->overlap_f1 >= 0) printf(" (chosen: overlap F1 %.3f on articles held out)", s->overlap_f1);
    printf("\nlooks at ");
    print_scope(s->scope);
    printf("\nmodel     %s\n", o->output);
}

static int train_views(const struct options *o)
{
    stance_error err = {0};
    stance_views_summary summary = {0};
    stance_gold_options go = {(const char *const *)o->inputs.items, o->inputs.n, o->articles};
    stance_views_options vo = {.c = o->cost, .recall = o->recall, .recall_given = o->recall_given, .scope_given = o->scope != NULL, .measure = true};
    bool ok = !o->scope || parse_scope(o->scope, &vo.scope, &err);
    stance_gold *gold = ok ? stance_gold_read(&go, &err) : NULL;
    ok = gold && (o->dry_run || stance_train_views(gold, &vo, o->output, &summary, &err));
    if (ok && !o->quiet)
        print_views_summary(o, &summary);
    stance_gold_free(gold);
    return ok ? STANCE_OK : fail(&err);
}

/* ---- the rows beside the model ---- */

static size_t characters(stance_str text, size_t bytes)
{
    size_t n = 0;
    for (size_t i = 0; i < bytes && i < text.len; i++) n += ((unsigned char)text.ptr[i] & 0xc0) != 0x80;
    return n;
}

static void put_row(struct strbuf *out, const stance_rows *rows, const stance_row *row)
{
    const struct cell_style style = {',', false};
    cell_put(out, style, true, row->in.text);
    cell_put(out, style, false, str_of(rows->labels[row->label]));
    cell_put(out, style, false, row->in.target);
    if (row->in.target_span.start == STANCE_NONE) strbuf_add(out, STR(",,"));
    else strbuf_print(out, ",%zu,%zu", characters(row->in.text, row->in.target_span.start), characters(row->in.text, row->in.target_span.end));
    cell_put(out, style, false, row->in.cue);
    strbuf_print(out, ",kept %u,%.17g", row->group, row->weight);
    cell_end_row(out);
}

/* Rows are kept in a table of their own, so that a model can be given away without them and they can be read, corrected and deleted. */
static bool keep_rows(const struct options *o, const stance_rows *rows, stance_error *err)
{
    char path[4096];
    struct strbuf text = {0};
    if (!kept_rows(o->output, path, sizeof path, err)) return false;
    strbuf_add(&text, STR("text,label,target,target_start,target_end,cue,group,weight\n"));
    for (size_t i = 0; i < rows->n; i++) put_row(&text, rows, &rows->rows[i]);
    bool ok = !text.failed || error_nomem(err, "keeping the rows");
    struct writer *w = ok ? writer_open(path, err) : NULL;
    ok = w && writer_write(w, strbuf_str(&text), err) && writer_finish(w, err);
    writer_free(w);
    strbuf_free(&text);
    return ok;
}

static bool is_regular(const char *path)
{
    struct stat s;
    return stat(path, &s) == 0 && S_ISREG(s.st_mode);
}

static bool train(const struct options *o, const stance_rows *rows, stance_train_options *to, stance_error *err)
{
    stance_train_summary summary;
    stance_model *start = o->append ? stance_model_open(o->append, err) : NULL;
    if (o->append && !start) return false;
    to->start = start;
    to->progress = progress;
    to->progress_ctx = &o;
    bool ok = stance_train(rows, to, o->output, &summary, err);
    if (o->progress) fputc('\n', stderr);
    if (ok && !o->no_rows && is_regular(o->output)) ok = keep_rows(o, rows, err);
    if (ok) print_summary(o, rows, &summary);
    stance_model_free(start);
    return ok;
}

/* Of the budget, what reading the rows has left. */
static double still_left(double budget, const struct timespec *begun)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double left = budget - (double)(now.tv_sec - begun->tv_sec) - 1e-9 * (double)(now.tv_nsec - begun->tv_nsec);
    return left > 0.001 ? left : 0.001; /* 0 would be no limit */
}

int cmd_train(const struct options *o)
{
    stance_error err = {0};
    struct timespec begun;
    stance_train_options to;
    char *recipe = NULL;
    if (!o->output) {
        error_set(&err, STANCE_USAGE, 0, "train needs -o MODEL, the file to write");
        return fail(&err);
    }
    if (o->views) return train_views(o);
    clock_gettime(CLOCK_MONOTONIC, &begun);
    stance_dataset *data = read_dataset(o, &err);
    bool ok = data && train_options(o, &to, &recipe, &err);
    int status = STANCE_OK;
    if (ok) to.budget_seconds = still_left(to.budget_seconds, &begun);
    if (ok && !o->dry_run) ok = train(o, stance_dataset_rows(data), &to, &err);
    if (!ok) status = fail(&err);
    else if (stance_dataset_counted(data)->failed) status = STANCE_PARTIAL;
    stance_dataset_free(data);
    free(recipe);
    return status;
}
