/* SPDX-License-Identifier: MIT
 * cmd_agree: how far those who labelled the same rows agree, and where they do not.
 * Method: the library matches the rows and measures. Limits: one label per row. */
#include "../base/str.h"
#include "agree_table.h"
#include "rows_run.h"

static void tell(const struct options *o, const stance_ratings *r, const stance_agreement *a)
{
    const char *format = options_format(o, "table");
    if (r->unlabelled) say(o, "left out: %zu row%s without label", r->unlabelled, plural(r->unlabelled));
    if (r->repeated) say(o, "left out: %zu row%s whose %s the same file had before", r->repeated, plural(r->repeated), r->key);
    if (r->other_text) say(o, "%zu row%s of one id have another text in another file; is it the same id?", r->other_text, plural(r->other_text));
    if (r->units > a->units) say(o, "%zu of %zu rows are labelled in one file only; they do not count", r->units - a->units, r->units);
    if (format[0] == 'c' || (format[0] == 't' && format[1] == 's'))
        say(o, "%zu of %zu rows differ; settle them in the column label", a->units - a->same, a->units);
}

int cmd_agree(const struct options *o)
{
    stance_error err = {0};
    stance_agreement agreement;
    stance_rows_options ro = rows_options(o);
    stance_ratings_file *file = stance_ratings_read(&ro, o->order, &err);
    if (!file) return fail(&err);
    const stance_ratings *ratings = stance_ratings_of(file);
    struct strbuf text = {0};
    struct writer *w = NULL;
    if (ratings->rows.failed) fail(&ratings->rows.first_failure);
    bool ok = stance_agree(ratings, o->seed, &agreement, &err) && agree_table_put(&text, o, ratings, &agreement, &err);
    if (ok) tell(o, ratings, &agreement);
    ok = ok && (o->dry_run || ((w = writer_open(o->output, &err)) != NULL && writer_write(w, strbuf_str(&text), &err)));
    int status = close_output(w, ok, ratings->rows.failed ? STANCE_PARTIAL : STANCE_OK, &err);
    strbuf_free(&text);
    stance_ratings_free(file);
    return status;
}
