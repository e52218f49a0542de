/* SPDX-License-Identifier: MIT
 * report_run: report options from the command line, reading views, and rendering to a writer: what report, compare and summary share. */
#ifndef CLI_REPORT_RUN_H
#define CLI_REPORT_RUN_H
#include "common.h"

stance_report_options report_options(const struct options *o);
/* The model of -m, or the shipped one if there is one: what is known of its errors, and why it gave its labels. All zero is none. */
struct report_model {
    stance_model *model;
    stance_scorer *scorer;
    stance_views_model *views_model;
};
/* Puts both into the options, which then need it until all is rendered. False when a model is at hand and cannot be opened. */
bool report_model_open(const struct options *o, struct report_model *m, stance_report_options *to, stance_error *err);
/* What is known of extraction, as long as the model. */
void report_recall(const stance_views_model *views_model, stance_report_options *to);
/* Marks on the page what decided labels; m->model may be NULL or the caller's own. */
bool report_model_why(const struct options *o, struct report_model *m, stance_report_options *to, stance_error *err);
void report_model_close(struct report_model *m);
stance_render_options report_rendering(const struct options *o);
bool report_write(stance_report *report, const struct options *o, const char *format, struct writer *w, stance_error *err);

/* Where view records go. */
struct view_sink {
    void *ctx;
    bool (*add)(void *ctx, const stance_record *record, stance_error *err);
    bool (*add_article)(void *ctx, const stance_document *document, stance_error *err); /* NULL: not asked for */
    stance_record_reader *in;    /* the present input, */
    const stance_record *stored; /* or the present view of a store */
    size_t views;                /* so far; of them some had key i of --by, if it is a column, when bit i of found is set */
    unsigned found;
};
/* Reads all inputs into the sink; bad records are counted in *bad. */
bool views_run(const struct options *o, struct view_sink *sink, struct mishaps *bad, stance_error *err);
/* For views that come from elsewhere, sink->stored being the present one: counts it and its columns of --by; then, at the end, whether each was
 * found. A name that is misspelt must not pass for a column that is empty everywhere. */
void views_look(struct view_sink *sink, const struct options *o, const stance_record *record);
bool views_check(const struct view_sink *sink, const struct options *o, stance_error *err);
/* The value of a column of the present view. */
stance_str views_column(const struct view_sink *sink, const char *name);
#endif
