/* SPDX-License-Identifier: MIT
 * view_record: views, documents and errors as records of the contract. Reading them back is in record_reader.c. */
#ifndef IO_VIEW_RECORD_H
#define IO_VIEW_RECORD_H
#include "json.h"
#include "writer.h"

/* What all views of a document share. */
struct record_source {
    const stance_document *document;
    const char *const *labels;   /* [labels_n] of the model; labels_n 0: extract, no p_ fields */
    size_t labels_n;
    const char *model_id, *views_model_id; /* or NULL */
};

/* Foreign columns of a CSV, behind ours: those of the first article. */
struct record_columns {
    const stance_str *names; /* [n] */
    size_t n;
};

/* Each appends to out; records of lines end with a line end. Look at out->failed once at the end. */
void record_put_json(struct strbuf *out, const struct record_source *source, const stance_view *view);
/* All views of the document. */
void record_put_views(struct strbuf *out, const struct record_source *source, const stance_result *views);
void record_put_header(struct strbuf *out, struct cell_style style, const char *const *labels, size_t labels_n, const struct record_columns *columns);
void record_put_cells(struct strbuf *out, struct cell_style style, const struct record_source *source, const stance_view *view,
                      const struct record_columns *columns);
/* All views of the document. */
void record_put_rows(struct strbuf *out, struct cell_style style, const struct record_source *source, const stance_result *views,
                     const struct record_columns *columns);
/* The same of a record that was read. */
void record_put_json_again(struct strbuf *out, const stance_record *record);
void record_put_header_again(struct strbuf *out, struct cell_style style, const stance_record *record, const struct record_columns *columns);
void record_put_cells_again(struct strbuf *out, struct cell_style style, const stance_record *record, const struct record_columns *columns);
/* Appends `,"name":"value"`. */
void record_put_extra(struct strbuf *out, const stance_extra *extra);
/* stance.document/1; views may be NULL; error NULL: none. */
void record_put_document(struct strbuf *out, const struct record_source *source, const stance_result *views, const stance_error *error);
/* stance.error/1: file, line and article of the document, byte from the error. */
void record_put_error(struct strbuf *out, const stance_document *document, const stance_error *error);
#endif
