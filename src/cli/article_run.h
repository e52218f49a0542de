/* SPDX-License-Identifier: MIT
 * article_run: articles in, views out, in parallel and in order: what extract, classify and summary share. */
#ifndef CLI_ARTICLE_RUN_H
#define CLI_ARTICLE_RUN_H
#include "common.h"

struct article_result {
    const stance_document *document;
    const stance_result *views; /* NULL when the document failed */
    const stance_error *error;  /* why */
};

/* How results leave: render (may be NULL) runs on any thread and appends to out; put runs in order on the caller's. Views are there in put only when
 * `keep`. */
struct article_sink {
    void *ctx;
    void (*render)(void *ctx, const struct article_result *result, struct strbuf *out);
    bool (*put)(void *ctx, const struct article_result *result, stance_str rendered, stance_error *err);
    bool keep, data; /* data: results leave while articles are read */
    int (*done)(void *ctx, const stance_document *document, stance_error *err); /* may be NULL; 1: the document needs no work, -1: failure */
};

struct article_counts {
    size_t articles, views, done; /* done: passed over */
    stance_seen seen;
    struct mishaps mishaps;
};

/* Runs all inputs of the options through analyzers; model NULL: extract only; views_model NULL: rules alone. False: stopped, *err says why
 * (STANCE_INTERRUPTED included). */
bool article_run(const struct options *o, const stance_model *model, const stance_views_model *views_model, const struct article_sink *sink,
                 struct article_counts *counts, stance_error *err);
#endif
