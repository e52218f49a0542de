/* SPDX-License-Identifier: MIT
 * entry: stance_report_* of stance.h.
 * Method: counts while views come; the model is built at the first rendering and kept until more is added.
 * Limits: none of its own. */
#include <stdlib.h>

#include "../base/error.h"
#include "render.h"

struct stance_report {
    struct counts counts;
    struct report model;
    bool built;        /* model holds what was counted so far */
    struct strbuf out;
};

stance_report *stance_report_new(const stance_report_options *options, stance_error *err)
{
    stance_report *r = calloc(1, sizeof *r);
    if (!r) {
        error_nomem(err, "starting a report");
        return NULL;
    }
    if (counts_init(&r->counts, options, err)) return r;
    stance_report_free(r);
    return NULL;
}

void stance_report_free(stance_report *report)
{
    if (!report) return;
    report_free(&report->model);
    counts_free(&report->counts);
    strbuf_free(&report->out);
    free(report);
}

bool stance_report_add(stance_report *report, const stance_record *record, stance_error *err)
{
    report->built = false;
    return counts_add(&report->counts, record, err);
}

bool stance_report_add_article(stance_report *report, const stance_document *document, stance_error *err)
{
    report->built = false;
    return counts_add_article(&report->counts, document, err);
}

const char *stance_report_format(size_t i)
{
    const struct renderer *r = renderer_at(i);
    return r ? r->name : NULL;
}

static bool build_once(stance_report *report, stance_error *err)
{
    if (report->built) return true;
    report_free(&report->model);
    report->built = report_build(&report->counts, &report->model, err);
    return report->built;
}

bool stance_report_render(stance_report *report, const char *format, const stance_render_options *options, stance_str *out, stance_error *err)
{
    const struct renderer *renderer = renderer_find(format);
    if (!renderer) return error_set(err, STANCE_USAGE, 0, "-f %.40s: a report is written as table, csv, tsv, json or md", format);
    if (!build_once(report, err)) return false;
    strbuf_clear(&report->out);
    renderer->render(&report->model, options ? options : &(stance_render_options){0, false, false}, &report->out);
    if (report->out.failed) return error_nomem(err, "writing the report");
    *out = strbuf_str(&report->out);
    return true;
}
