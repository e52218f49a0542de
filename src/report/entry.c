/* SPDX-License-Identifier: MIT
 * entry: stance_report_* and stance_outlets_* of stance.h.
 * Method: counts while views come; the model is built at the first rendering and kept until more is added.
 * Limits: none of its own. */
#include "entry.h"

#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "compare_data.h"
#include "compare_html.h"
#include "compare_text.h"
#include "render.h"

/* What the page shows beside the report asked for. */
enum { MAIN, OVER_TIME, BY_CELL, REPORTS };
static const char *const page_keys[REPORTS] = {[OVER_TIME] = "month", [BY_CELL] = "outlet,target"};
enum { CHART_EXAMPLES = 5 };

struct stance_report {
    struct counts counts[REPORTS];
    struct report model[REPORTS];
    size_t n;          /* MAIN + 1 or REPORTS */
    bool built;        /* model holds what was counted so far */
    struct strbuf out;
};

static bool open_reports(stance_report *r, const stance_report_options *options, stance_error *err)
{
    r->n = options && options->page ? REPORTS : MAIN + 1;
    if (!counts_init(&r->counts[MAIN], options, err)) return false;
    for (size_t i = MAIN + 1; i < r->n; i++) {
        stance_report_options own = *options;
        own.by = page_keys[i];
        own.sort = own.title = NULL;
        own.top = 0;
        if (own.examples > CHART_EXAMPLES) own.examples = CHART_EXAMPLES;
        if (!counts_init(&r->counts[i], &own, err)) return false;
    }
    return true;
}

stance_report *stance_report_new(const stance_report_options *options, stance_error *err)
{
    stance_report *r = calloc(1, sizeof *r);
    if (!r) error_nomem(err, "starting a report");
    else if (open_reports(r, options, err)) return r;
    stance_report_free(r);
    return NULL;
}

void stance_report_free(stance_report *report)
{
    if (!report) return;
    for (size_t i = 0; i < report->n; i++) {
        report_free(&report->model[i]);
        counts_free(&report->counts[i]);
    }
    strbuf_free(&report->out);
    free(report);
}

bool stance_report_add(stance_report *report, const stance_record *record, stance_error *err)
{
    report->built = false;
    for (size_t i = 0; i < report->n; i++)
        if (!counts_add(&report->counts[i], record, err)) return false;
    return true;
}

bool stance_report_add_article(stance_report *report, const stance_document *document, stance_error *err)
{
    report->built = false;
    for (size_t i = 0; i < report->n; i++)
        if (!counts_add_article(&report->counts[i], document, err)) return false;
    return true;
}

size_t report_key(const stance_report *report, const char *name)
{
    const struct counts *c = &report->counts[MAIN];
    size_t i = 0;
    while (i < c->keys && strcmp(c->key[i], name) != 0) i++;
    return i;
}

void report_left_out(stance_report *report, size_t views, size_t undated, bool articles_given)
{
    for (size_t i = 0; i < report->n; i++) {
        counts_left_out(&report->counts[i], views, undated);
        report->counts[i].articles_given = report->counts[i].articles_given || articles_given;
    }
}

const char *stance_report_format(size_t i)
{
    const struct renderer *r = renderer_at(i);
    return r ? r->name : NULL;
}

static bool build_once(stance_report *report, stance_error *err)
{
    bool ok = true;
    if (report->built) return true;
    for (size_t i = 0; ok && i < report->n; i++) {
        report_free(&report->model[i]);
        ok = report_build(&report->counts[i], &report->model[i], err);
    }
    if (report->n == REPORTS) report->model[MAIN].over_time = &report->model[OVER_TIME], report->model[MAIN].by_cell = &report->model[BY_CELL];
    report->built = ok;
    return ok;
}

bool stance_report_render(stance_report *report, const char *format, const stance_render_options *options, stance_str *out, stance_error *err)
{
    const struct renderer *renderer = renderer_find(format);
    if (!renderer) return error_set(err, STANCE_USAGE, 0, "-f %.40s: a report is written as table, csv, tsv, json, md or html", format);
    if (!build_once(report, err)) return false;
    strbuf_clear(&report->out);
    renderer->render(&report->model[MAIN], options ? options : &(stance_render_options){0, false, false}, &report->out);
    if (report->out.failed) return error_nomem(err, "writing the report");
    *out = strbuf_str(&report->out);
    return true;
}

/* ---- compare ---- */

struct stance_outlets {
    struct counts counts;
    char *outlets;
    struct comparison model;
    bool built;
    struct strbuf out;
};

static const struct {
    const char *name;
    void (*render)(const struct comparison *c, const stance_render_options *options, struct strbuf *out);
} compare_formats[] = {
    {"table", compare_table}, {"csv", compare_csv}, {"tsv", compare_tsv}, {"json", compare_json}, {"md", compare_markdown}, {"html", compare_html},
};

static bool open_comparison(stance_outlets *c, const stance_report_options *options, const char *outlets, stance_error *err)
{
    stance_report_options own = options ? *options : (stance_report_options){0};
    own.by = "outlet,speaker,target";
    own.examples = 0;
    if (outlets) {
        size_t size = strlen(outlets) + 1;
        if (!(c->outlets = malloc(size))) return error_nomem(err, "starting a comparison");
        memcpy(c->outlets, outlets, size);
    }
    return counts_init(&c->counts, &own, err);
}

stance_outlets *stance_outlets_new(const stance_report_options *options, const char *outlets, stance_error *err)
{
    stance_outlets *c = calloc(1, sizeof *c);
    if (!c) error_nomem(err, "starting a comparison");
    else if (open_comparison(c, options, outlets, err)) return c;
    stance_outlets_free(c);
    return NULL;
}

void stance_outlets_free(stance_outlets *c)
{
    if (!c) return;
    comparison_free(&c->model);
    counts_free(&c->counts);
    strbuf_free(&c->out);
    free(c->outlets);
    free(c);
}

bool stance_outlets_add(stance_outlets *c, const stance_record *record, stance_error *err)
{
    c->built = false;
    return counts_add(&c->counts, record, err);
}

static bool compare_once(stance_outlets *c, stance_error *err)
{
    if (c->built) return true;
    comparison_free(&c->model);
    c->built = comparison_build(&c->counts, c->outlets, &c->model, err);
    return c->built;
}

bool stance_outlets_render(stance_outlets *c, const char *format, const stance_render_options *options, stance_str *out, stance_error *err)
{
    static const stance_render_options plain = {0, false, false};
    size_t i = 0, n = sizeof compare_formats / sizeof *compare_formats;
    while (i < n && strcmp(format, compare_formats[i].name) != 0) i++;
    if (i == n) return error_set(err, STANCE_USAGE, 0, "-f %.40s: a comparison is written as table, csv, tsv, json, md or html", format);
    if (!compare_once(c, err)) return false;
    strbuf_clear(&c->out);
    compare_formats[i].render(&c->model, options ? options : &plain, &c->out);
    if (c->out.failed) return error_nomem(err, "writing the comparison");
    *out = strbuf_str(&c->out);
    return true;
}
