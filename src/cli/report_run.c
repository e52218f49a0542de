/* SPDX-License-Identifier: MIT
 * report_run: the bridge between options and reports.
 * Method: copies fields; one loop over view records. Limits: none. */
#include "report_run.h"

#include <string.h>

/* The page opens views from its numbers, so it holds some of each group unless told otherwise. */
enum { PAGE_EXAMPLES = 25 };

static bool is_page(const struct options *o)
{
    return strcmp(options_format(o, "table"), "html") == 0;
}

stance_report_options report_options(const struct options *o)
{
    size_t examples = o->examples || !is_page(o) ? o->examples : PAGE_EXAMPLES;
    return (stance_report_options){.by = o->by, .since = o->since, .until = o->until, .speaker = o->speaker, .outlet = o->outlet,
                                   .target = o->target_is, .kind = o->kind, .min_n = o->min_n, .top = o->top, .sort = o->sort,
                                   .examples = examples, .dedup = o->dedup, .seed = o->seed, .page = is_page(o), .adjust = o->adjust,
                                   .confusion = o->confusion};
}

stance_render_options report_rendering(const struct options *o)
{
    return (stance_render_options){.width = o->output ? 0 : terminal_width(), .color = use_color(o), .excel = o->excel};
}

bool report_write(stance_report *report, const struct options *o, const char *format, struct writer *w, stance_error *err)
{
    stance_str text;
    stance_render_options render = report_rendering(o);
    return stance_report_render(report, format, &render, &text, err) && writer_write(w, text, err);
}

static bool read_views(struct view_sink *sink, const struct options *o, struct mishaps *bad, stance_error *err)
{
    stance_record record;
    int got;
    stance_error error = {0};
    while ((got = stance_record_reader_next(sink->in, &record, &error)) != 0) {
        if (interrupted()) return error_set(err, STANCE_INTERRUPTED, 0, "interrupted");
        if (got > 0 && !sink->add(sink->ctx, &record, err)) return false;
        if (got < 0 && !mishap(bad, o, &error, stance_record_reader_fatal(sink->in), err)) return false;
    }
    return true;
}

bool views_run(const struct options *o, struct view_sink *sink, struct mishaps *bad, stance_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < o->inputs.n; i++) {
        sink->in = stance_record_reader_open(o->inputs.items[i], o->input_format, err);
        ok = sink->in && read_views(sink, o, bad, err);
        stance_record_reader_free(sink->in);
        sink->in = NULL;
    }
    return ok;
}
