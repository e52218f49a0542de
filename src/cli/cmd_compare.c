/* SPDX-License-Identifier: MIT
 * cmd_compare: view records in, outlets side by side out.
 * Method: as cmd_report, with the library's comparison. Limits: one stance column at a time. */
#include "report_run.h"

static bool add(void *ctx, const stance_record *record, stance_error *err)
{
    return stance_outlets_add(ctx, record, err);
}

static bool write_comparison(stance_outlets *outlets, const struct options *o, struct writer *w, stance_error *err)
{
    stance_str text;
    stance_render_options render = report_rendering(o);
    return stance_outlets_render(outlets, options_format(o, "table"), &render, &text, err) && writer_write(w, text, err);
}

int cmd_compare(const struct options *o)
{
    stance_error err = {0};
    struct mishaps bad = {0};
    stance_report_options ro = report_options(o);
    struct view_sink sink = {.add = add};
    struct report_model model = {0};
    stance_outlets *outlets = report_model_open(o, &model, &ro, &err) ? stance_outlets_new(&ro, o->outlets, &err) : NULL;
    report_model_close(&model);
    sink.ctx = outlets;
    bool ok = outlets && views_run(o, &sink, &bad, &err);
    struct writer *w = NULL;
    ok = ok && (o->dry_run || ((w = writer_open(o->output, &err)) != NULL && write_comparison(outlets, o, w, &err)));
    int status = close_output(w, ok, ok ? mishaps_status(&bad, o) : STANCE_OK, &err);
    stance_outlets_free(outlets);
    return status;
}
