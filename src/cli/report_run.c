/* SPDX-License-Identifier: MIT
 * report_run: the bridge between options and reports.
 * Method: copies fields. Limits: none. */
#include "report_run.h"

stance_report_options report_options(const struct options *o)
{
    return (stance_report_options){.by = o->by, .since = o->since, .until = o->until, .speaker = o->speaker, .outlet = o->outlet, .target = o->target_is, .kind = o->kind,
                                   .min_n = o->min_n, .top = o->top, .sort = o->sort, .examples = o->examples, .dedup = o->dedup, .seed = o->seed};
}

bool report_write(stance_report *report, const struct options *o, const char *format, struct writer *w, stance_error *err)
{
    stance_str text;
    stance_render_options render = {.width = o->output ? 0 : terminal_width(), .color = use_color(o), .excel = o->excel};
    return stance_report_render(report, format, &render, &text, err) && writer_write(w, text, err);
}
