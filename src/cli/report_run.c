/* SPDX-License-Identifier: MIT
 * report_run: the bridge between options and reports.
 * Method: copies fields; one loop over view records. Limits: none. */
#include "report_run.h"

#include <string.h>

#include "../base/error.h"
#include "../io/extra.h"
#include "../report/fields.h"
#include "why.h"

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

/* Only of labels that the model gave, and would give again without the words around the view. */
static int why(void *ctx, const stance_record *view, double *sums)
{
    const struct report_model *m = ctx;
    const stance_statement in = {.text = view->text, .target = view->target, .cue = view->cue, .target_span = {STANCE_NONE, STANCE_NONE}};
    stance_error err = {0};
    if (!str_equal(view->model, str_of(stance_model_id(m->model)))) return 0;
    stance_explanation *e = stance_explain(m->scorer, m->model, &in, 0, &err);
    if (!e) return err.code == STANCE_NOMEM ? -1 : 0;
    const stance_explained *x = stance_explanation_of(e);
    bool same = str_equal(view->stance, str_of(stance_model_label(m->model, x->prediction.label)));
    if (same) why_weigh(x, view->text, sums);
    stance_explanation_free(e);
    return same;
}

bool report_model_why(const struct options *o, struct report_model *m, stance_report_options *to, stance_error *err)
{
    if (!is_page(o) || !m->model) return true;
    if (!(m->scorer = stance_scorer_new(m->model, err))) return false;
    to->why = why;
    to->why_ctx = m;
    return true;
}

void report_recall(const stance_views_model *views_model, stance_report_options *to)
{
    stance_str recall = views_model ? stance_views_model_measured(views_model) : (stance_str){NULL, 0};
    if (recall.len) to->recall = recall.ptr, to->recall_by = stance_views_model_id(views_model);
}

bool report_model_open(const struct options *o, struct report_model *m, stance_report_options *to, stance_error *err)
{
    stance_error unread = {0}; /* only a line of method is lost without it */
    if (!o->merge && open_views_model(o, &m->views_model, &unread)) report_recall(m->views_model, to);
    if (!model_at_hand(o)) return true;
    if (!(m->model = open_model(o, err))) return false;
    stance_str measured = stance_model_measured(m->model);
    if (measured.len && !o->merge) to->measured = measured.ptr, to->measured_by = stance_model_id(m->model);
    return report_model_why(o, m, to, err);
}

void report_model_close(struct report_model *m)
{
    stance_views_model_free(m->views_model);
    stance_scorer_free(m->scorer);
    stance_model_free(m->model);
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

/* ---- columns of --by ---- */

enum { MOST_KEYS = 8 };

static bool is_column(stance_str key)
{
    static const char *const keys[] = {"speaker", "outlet", "target", "kind", "month", "week", "claim"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (str_equal(key, str_of(keys[i]))) return false;
    return key.len > 0;
}

static bool has_column(const struct view_sink *sink, stance_str key, const stance_record *record)
{
    const struct record_field *f;
    char name[EXTRA_NAME + 8];
    if (extra_find(record->extra, record->extra_n, key)) return true;
    for (size_t i = 0; (f = record_field(i)); i++)
        if (f->name && str_equal(key, str_of(f->name))) return true;
    if (!sink->in || key.len >= sizeof name) return false;
    memcpy(name, key.ptr, key.len);
    name[key.len] = '\0';
    return stance_record_reader_has(sink->in, name);
}

void views_look(struct view_sink *sink, const struct options *o, const stance_record *record)
{
    stance_str rest = str_of(o->by);
    sink->views++;
    for (unsigned i = 0; rest.ptr && i < MOST_KEYS; i++) {
        stance_str key = str_trim(str_split(&rest, ','));
        if (!(sink->found & 1u << i) && (!is_column(key) || has_column(sink, key, record))) sink->found |= 1u << i;
    }
}

bool views_check(const struct view_sink *sink, const struct options *o, stance_error *err)
{
    stance_str rest = str_of(o->by);
    for (unsigned i = 0; sink->views && rest.ptr && i < MOST_KEYS; i++) {
        stance_str key = str_trim(str_split(&rest, ','));
        if (!(sink->found & 1u << i))
            return error_set(err, STANCE_INPUT, 0, "--by %.*s: no view has such a column; classify with --meta or tables that have it, or take speaker, outlet, target, "
                             "kind, month, week or claim", key.len < 80 ? (int)key.len : 80, key.ptr);
    }
    return true;
}

static bool read_views(struct view_sink *sink, const struct options *o, struct mishaps *bad, stance_error *err)
{
    stance_record record;
    int got;
    stance_error error = {0};
    while ((got = stance_record_reader_next(sink->in, &record, &error)) != 0) {
        if (interrupted()) return error_set(err, STANCE_INTERRUPTED, 0, "interrupted");
        if (got > 0) views_look(sink, o, &record);
        if (got > 0 && !sink->add(sink->ctx, &record, err)) return false;
        if (got < 0 && !mishap(bad, o, &error, stance_record_reader_fatal(sink->in), err)) return false;
    }
    return true;
}

/* ---- a store ---- */

/* Copies as the store has found them hold for all of its views together, and for near copies. */
static bool takes_all(const struct options *o)
{
    bool chosen = o->since || o->until || o->speaker || o->outlet || o->target_is || o->kind;
    return o->inputs.n == 1 && !chosen && (!o->dedup || strcmp(o->dedup, "near") == 0);
}

/* Columns of the metadata belong to the article; other fields of a view may be among its texts. */
static bool known_keys(const char *by)
{
    static const char *const keys[] = {"speaker", "outlet", "target", "kind"};
    stance_str rest = str_of(by);
    while (rest.ptr) {
        stance_str key = str_trim(str_split(&rest, ','));
        size_t i = 0;
        while (i < sizeof keys / sizeof *keys && !str_equal(key, str_of(keys[i]))) i++;
        if (i == sizeof keys / sizeof *keys && (str_equal(key, STR("claim")) || extra_is_ours(key))) return false;
    }
    return true;
}

static bool wants_texts(const struct options *o)
{
    return !takes_all(o) || is_page(o) || o->examples || !known_keys(o->by) || (o->adjust && strcmp(o->adjust, "probability") == 0);
}

static bool take_stored(struct view_sink *sink, bool grouped, stance_record *record, stance_error *err)
{
    if (!grouped) record->first = 0;
    record->duplicate_of = (stance_str){NULL, 0}; /* the report says it itself, of those it counts */
    sink->stored = record;
    bool ok = sink->add(sink->ctx, record, err);
    sink->stored = NULL;
    return ok;
}

static bool read_store(const char *path, struct view_sink *sink, const struct options *o, stance_error *err)
{
    stance_document document;
    stance_record record;
    int got = -1;
    stance_store *store = stance_store_open(path, false, err);
    bool grouped = takes_all(o), ok = store && stance_store_rewind(store, !grouped || wants_texts(o), err);
    while (ok && (got = stance_store_next(store, &document, &record, err)) > 0) {
        if (interrupted()) ok = error_set(err, STANCE_INTERRUPTED, 0, "interrupted");
        else if (got == 1) views_look(sink, o, &record), ok = take_stored(sink, grouped, &record, err);
        else ok = !sink->add_article || sink->add_article(sink->ctx, &document, err);
    }
    stance_store_free(store);
    return ok && got == 0;
}

stance_str views_column(const struct view_sink *sink, const char *name)
{
    const struct record_field *f;
    if (sink->in) return stance_record_reader_field(sink->in, name);
    for (size_t i = 0; sink->stored && (f = record_field(i)); i++)
        if (f->type == FIELD_TEXT && strcmp(f->name, name) == 0) return *(const stance_str *)record_at(sink->stored, f);
    return (stance_str){NULL, 0};
}

bool views_run(const struct options *o, struct view_sink *sink, struct mishaps *bad, stance_error *err)
{
    bool ok = true;
    for (size_t i = 0; ok && i < o->inputs.n; i++) {
        if (stance_store_is(o->inputs.items[i])) {
            ok = read_store(o->inputs.items[i], sink, o, err);
            continue;
        }
        sink->in = stance_record_reader_open(o->inputs.items[i], o->input_format, err);
        if (sink->in && sink->add_article) stance_record_reader_on_article(sink->in, sink->add_article, sink->ctx);
        ok = sink->in && read_views(sink, o, bad, err);
        stance_record_reader_free(sink->in);
        sink->in = NULL;
    }
    return ok && views_check(sink, o, err);
}
