/* SPDX-License-Identifier: MIT
 * report_run: report options from the command line, reading views, and rendering to a writer: what report, compare and summary share. */
#ifndef CLI_REPORT_RUN_H
#define CLI_REPORT_RUN_H
#include "common.h"

stance_report_options report_options(const struct options *o);
/* Puts what is measured of the model of -m, or of the shipped one if there is one, into the options; the model must be freed once the report is
 * begun. False when a model was named and cannot be opened. */
bool report_measured(const struct options *o, stance_report_options *to, stance_model **model, stance_error *err);
stance_render_options report_rendering(const struct options *o);
bool report_write(stance_report *report, const struct options *o, const char *format, struct writer *w, stance_error *err);

/* Where view records go. */
struct view_sink {
    void *ctx;
    bool (*add)(void *ctx, const stance_record *record, stance_error *err);
    bool (*add_article)(void *ctx, const stance_document *document, stance_error *err); /* NULL: not asked for */
    stance_record_reader *in;    /* the present input, */
    const stance_record *stored; /* or the present view of a store */
};
/* Reads all inputs into the sink; bad records are counted in *bad. */
bool views_run(const struct options *o, struct view_sink *sink, struct mishaps *bad, stance_error *err);
/* The value of a column of the present view. */
stance_str views_column(const struct view_sink *sink, const char *name);
#endif
