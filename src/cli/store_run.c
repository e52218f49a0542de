/* SPDX-License-Identifier: MIT
 * store_run: classify into a store.
 * Method: the run of classify with the store as its sink; what the store has is passed over before any work. Whatever ends the run, what was put
 * stays; copies are found at the end. Limits: with --db the views leave by -o or -f alone, all of the store, once the run is over. */
#include "store_run.h"

#include <string.h>

#include "../io/file.h"
#include "../io/view_record.h"
#include "../store/reading.h"

struct store_sink {
    stance_store *store;
};

static int done(void *ctx, const stance_document *document, stance_error *err)
{
    return stance_store_done(((struct store_sink *)ctx)->store, document, err);
}

static bool put(void *ctx, const struct article_result *result, stance_str rendered, stance_error *err)
{
    (void)rendered;
    return !result->views || stance_store_put(((struct store_sink *)ctx)->store, result->document, result->views, err);
}

/* ---- how views are made ---- */

static bool hash_file(const char *path, uint64_t *hash, stance_error *err)
{
    struct strbuf all = {0};
    struct file *f = file_open(path, 0, err);
    bool ok = f && file_read_all(f, (size_t)1 << 30, &all, err);
    *hash = str_hash64(strbuf_str(&all), 0);
    file_close(f);
    strbuf_free(&all);
    return ok;
}

/* All that the views of an article depend on besides it and the models. */
static bool put_settings(struct strbuf *out, const struct options *o, stance_error *err)
{
    uint64_t hash = 0;
    if (o->speakers && !hash_file(o->speakers, &hash, err)) return false;
    strbuf_print(out, "version=%s", STANCE_VERSION);
    if (o->min_margin >= 0) strbuf_print(out, " min_margin=%g", o->min_margin);
    if (o->speakers) strbuf_print(out, " speakers=%016llx", (unsigned long long)hash);
    if (o->all_targets) strbuf_add(out, STR(" all_targets"));
    if (o->target) strbuf_print(out, " target=%s", o->target);
    return !out->failed || error_nomem(err, "starting");
}

static bool begin(stance_store *store, const struct options *o, const stance_model *model, const stance_views_model *views, stance_error *err)
{
    const char *labels[STANCE_MAX_LABELS];
    struct strbuf settings = {0};
    size_t n = stance_model_labels(model);
    for (size_t i = 0; i < n; i++) labels[i] = stance_model_label(model, i);
    bool ok = put_settings(&settings, o, err);
    stance_store_method method = {.model = stance_model_id(model), .views_model = views ? stance_views_model_id(views) : NULL, .labels = labels, .labels_n = n,
                                  .settings = settings.ptr};
    ok = ok && (!o->speakers || stance_store_add_speakers(store, o->speakers, err)) && stance_store_begin(store, &method, err);
    strbuf_free(&settings);
    return ok;
}

/* ---- views out ---- */

struct export {
    struct writer *writer;
    struct cell_style style;
    struct record_columns columns;
    bool json, header;
};

static bool write_record(struct export *e, const stance_record *record, struct strbuf *line, stance_error *err)
{
    strbuf_clear(line);
    if (e->json) {
        record_put_json_again(line, record);
    } else {
        if (!e->header) record_put_header_again(line, e->style, record, &e->columns);
        record_put_cells_again(line, e->style, record, &e->columns);
        e->header = true;
    }
    return line->failed ? error_nomem(err, "writing views") : writer_write(e->writer, strbuf_str(line), err);
}

static bool write_all(stance_store *store, struct export *e, stance_error *err)
{
    stance_document document;
    stance_record record;
    struct strbuf line = {0};
    struct arena memory = {0};
    int got = -1;
    bool ok = (e->json || reading_columns(store, &memory, &e->columns.names, &e->columns.n, err)) && stance_store_rewind(store, true, err);
    while (ok && (got = stance_store_next(store, &document, &record, err)) > 0) {
        if (interrupted()) ok = error_set(err, STANCE_INTERRUPTED, 0, "interrupted");
        else if (got == 1) ok = write_record(e, &record, &line, err);
    }
    strbuf_free(&line);
    arena_free(&memory);
    return ok && got == 0;
}

static bool known_format(const struct options *o, stance_error *err)
{
    const char *format = options_format(o, "jsonl");
    if (strcmp(format, "jsonl") == 0 || strcmp(format, "json") == 0 || strcmp(format, "csv") == 0 || strcmp(format, "tsv") == 0) return true;
    return error_set(err, STANCE_USAGE, 0, "-f %s: with --db the views are written as jsonl, csv or tsv", format);
}

static int export_views(stance_store *store, const struct options *o, int status, stance_error *err)
{
    const char *format = options_format(o, "jsonl");
    struct export e = {.json = format[0] == 'j', .style = {strcmp(format, "tsv") == 0 ? '\t' : ',', o->excel}};
    e.writer = writer_open(o->output, err);
    return close_output(e.writer, e.writer && write_all(store, &e, err), status, err);
}

/* ---- the run ---- */

static void tell(stance_store *store, const struct options *o)
{
    stance_store_counts c;
    if (!stance_store_counted(store, &c, NULL)) return;
    if (c.replaced) say(o, "%s: %zu article%s replaced: another text or other metadata under the same id", o->db, c.replaced, plural(c.replaced));
    say(o, "%s: %zu article%s, %zu view%s", o->db, c.documents, plural(c.documents), c.views, plural(c.views));
    if (c.lost)
        say(o, "%s: %zu of %zu correction%s wait%s: their view is not there any more; see stance override %s", o->db, c.lost, c.overrides, plural(c.overrides),
            c.lost == 1 ? "s" : "", o->db);
}

/* What was put is kept, however the run ended. */
static int end(stance_store *store, const struct options *o, bool ok, struct mishaps *mishaps, stance_error *err)
{
    stance_store_counts c;
    stance_error late = {0};
    if (interrupted()) {
        if (stance_store_commit(store, &late) && stance_store_counted(store, &c, &late))
            say(o, "interrupted; %s has %zu article%s; run the same command again to go on", o->db, c.documents, plural(c.documents));
        return STANCE_INTERRUPTED;
    }
    if (!ok) stance_store_commit(store, NULL);
    if (!ok || !stance_store_settle(store, err)) return fail(err);
    tell(store, o);
    int status = mishaps_status(mishaps, o);
    return o->output || o->format ? export_views(store, o, status, err) : status;
}

int store_run(const struct options *o, const stance_model *model, const stance_views_model *views)
{
    stance_error err = {0};
    struct article_counts counts = {0};
    if (!known_format(o, &err)) return fail(&err);
    struct store_sink own = {stance_store_open(o->db, true, &err)};
    if (!own.store) return fail(&err);
    struct article_sink sink = {.ctx = &own, .put = put, .keep = true, .done = done};
    bool ok = begin(own.store, o, model, views, &err) && (o->inputs.n == 0 || article_run(o, model, views, &sink, &counts, &err));
    int status = end(own.store, o, ok, &counts.mishaps, &err);
    stance_store_free(own.store);
    return status;
}
