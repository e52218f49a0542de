/* SPDX-License-Identifier: MIT
 * article_run: one reader, many analyzers, one ordered sink.
 * Method: the pool's ring of slots; each slot owns a copy of its document and the rendered output, each worker an analyzer. Limits: memory is slots
 * times the largest document. */
#include "article_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/arena.h"
#include "../base/pool.h"
#include "../io/reader.h"
#include "progress.h"

struct slot {
    struct arena memory; /* the document's copy */
    stance_document document;
    stance_error error;
    bool failed, fatal;
    stance_result views; /* copied when the sink keeps them; else only the count */
    stance_seen seen;
    struct strbuf out;
};

struct run {
    const struct options *o;
    const struct article_sink *sink;
    struct article_counts *counts;
    stance_reader *reader;
    stance_analyzer_options analyzer;
    stance_analyzer **analyzers; /* [threads] each made with its thread's first article, since few articles need but one */
    struct slot *slots;
    size_t slots_n;
    unsigned threads;
    struct progress progress;
    stance_error *err;
    bool record_errors;
};

enum { STORE_FAILED = -2 };

static void show(struct run *r)
{
    progress_step(&r->progress, r->counts->articles + r->counts->done, r->counts->views, stance_reader_counted(r->reader)->bytes);
}

/* The next document that is not done yet. */
static int next_open(struct run *r, stance_document *d, stance_error *err)
{
    for (;;) {
        int got = stance_reader_next(r->reader, d, err);
        if (got <= 0 || !r->sink->done || interrupted()) return got;
        int done = r->sink->done(r->sink->ctx, d, err);
        if (done <= 0) return done < 0 ? STORE_FAILED : got;
        r->counts->done++;
        show(r);
    }
}

static int produce(void *ctx, size_t i)
{
    struct run *r = ctx;
    struct slot *s = &r->slots[i];
    stance_document d;
    if (interrupted()) return error_set(r->err, STANCE_INTERRUPTED, 0, "interrupted"), -1;
    memset(&d, 0, sizeof d);
    s->error = (stance_error){0};
    int got = next_open(r, &d, &s->error);
    if (got == 0) return 0;
    if (interrupted()) return error_set(r->err, STANCE_INTERRUPTED, 0, "interrupted"), -1;
    if (got == STORE_FAILED) return *r->err = s->error, -1;
    s->failed = got < 0;
    s->fatal = s->failed && stance_reader_fatal(r->reader);
    arena_reset(&s->memory);
    if (!reader_copy_document(&s->memory, &d, &s->document)) return error_nomem(r->err, "copying a document"), -1;
    return 1;
}

/* Views outlive the analyzer's next document: their strings move to the slot. */
static bool keep_views(struct slot *s, const stance_result *views)
{
    stance_view *copy = arena_array(&s->memory, views->n, sizeof *copy);
    if (!copy) return false;
    for (size_t i = 0; i < views->n; i++) {
        copy[i] = views->views[i];
        if (!arena_copy(&s->memory, views->views[i].speaker, &copy[i].speaker) || !arena_copy(&s->memory, views->views[i].via, &copy[i].via) ||
            !arena_copy(&s->memory, views->views[i].target, &copy[i].target))
            return false;
    }
    s->views.views = copy;
    return true;
}

static void work(void *ctx, size_t i, unsigned worker)
{
    struct run *r = ctx;
    struct slot *s = &r->slots[i];
    struct article_result result = {&s->document, NULL, NULL};
    strbuf_clear(&s->out);
    s->views = (stance_result){NULL, 0};
    s->seen = (stance_seen){0};
    if (r->o->dry_run) return;
    stance_analyzer **analyzer = &r->analyzers[worker];
    if (!s->failed && !*analyzer) *analyzer = stance_analyzer_new(&r->analyzer, &s->error);
    if (!s->failed && *analyzer) result.views = stance_analyze(*analyzer, &s->document, &s->error);
    s->failed = !result.views;
    if (result.views)
        s->views.n = result.views->n;
    else
        result.error = &s->error;
    for (size_t k = 0; result.views && k < result.views->n; k++)
        if (result.views->views[k].scored) stance_seen_add(&s->seen, result.views->views[k].prediction.label, result.views->views[k].prediction.known);
    if (r->sink->render && (!s->failed || r->record_errors)) r->sink->render(r->sink->ctx, &result, &s->out);
    if (s->out.failed || (r->sink->keep && result.views && !keep_views(s, result.views))) {
        s->failed = true;
        error_nomem(&s->error, "writing views");
    }
}

static bool finish(void *ctx, size_t i)
{
    struct run *r = ctx;
    struct slot *s = &r->slots[i];
    if (s->failed && !mishap(&r->counts->mishaps, r->o, &s->error, s->fatal, r->err)) return false;
    r->counts->articles += !s->failed;
    r->counts->views += s->views.n;
    stance_seen_join(&r->counts->seen, &s->seen);
    show(r);
    if (r->o->dry_run || (s->out.len == 0 && !r->sink->keep)) return true;
    struct article_result result = {&s->document, r->sink->keep && !s->failed ? &s->views : NULL, s->failed ? &s->error : NULL};
    return r->sink->put(r->sink->ctx, &result, strbuf_str(&s->out), r->err);
}

static bool parse_shard(const char *text, stance_reader_options *ro, stance_error *err)
{
    stance_str rest = str_of(text), index = str_split(&rest, '/');
    if (str_to_size(index, &ro->shard) && rest.ptr && str_to_size(rest, &ro->shards) && ro->shard < ro->shards) return true;
    return error_set(err, STANCE_USAGE, 0, "--shard %s: give I/N with I from 0 to N-1", text);
}

static bool open_all(struct run *r, const stance_model *model, const stance_views_model *views_model, stance_error *err)
{
    const struct options *o = r->o;
    stance_reader_options ro = {.inputs = (const char *const *)o->inputs.items,
                                .inputs_n = o->inputs.n,
                                .input_format = o->input_format,
                                .encoding = o->encoding,
                                .meta_path = o->meta,
                                .outlet_from_path = o->outlet_from_path,
                                .max_document = o->max_document,
                                .limits = o->limits};
    r->analyzer = (stance_analyzer_options){.model = model,
                                            .views_model = views_model,
                                            .speakers_path = o->speakers,
                                            .target = o->target,
                                            .all_targets = o->all_targets,
                                            .min_margin = o->min_margin,
                                            .max_text = o->max_document};
    if (o->shard && !parse_shard(o->shard, &ro, err)) return false;
    r->slots = calloc(r->slots_n, sizeof *r->slots);
    r->analyzers = calloc(r->threads, sizeof *r->analyzers);
    if (!r->slots || !r->analyzers) return error_nomem(err, "starting");
    if (!(r->analyzers[0] = stance_analyzer_new(&r->analyzer, err))) return false; /* a table of speakers that cannot be read is told before any article */
    return (r->reader = stance_reader_open(&ro, err)) != NULL;
}

static void close_all(struct run *r)
{
    for (size_t i = 0; r->slots && i < r->slots_n; i++) {
        arena_free(&r->slots[i].memory);
        strbuf_free(&r->slots[i].out);
    }
    for (unsigned i = 0; r->analyzers && i < r->threads; i++) stance_analyzer_free(r->analyzers[i]);
    stance_reader_free(r->reader);
    free(r->slots);
    free(r->analyzers);
}

static void tell(const struct run *r)
{
    const stance_reader_counts *c = stance_reader_counted(r->reader);
    const char *columns = stance_reader_columns(r->reader);
    if (columns && *columns) say(r->o, "columns: %s", columns);
    if (c->repaired) say(r->o, "%zu invalid byte sequences were read as U+FFFD; if the input is not UTF-8, give --encoding", c->repaired);
    if (c->repeated_ids) say(r->o, "%zu repeated id%s got ~2, ~3, ...", c->repeated_ids, plural(c->repeated_ids));
    if (c->odd_dates) say(r->o, "%zu date%s could not be read and stay as text", c->odd_dates, plural(c->odd_dates));
    if (c->meta_unused) say(r->o, "%zu row%s of --meta without an article", c->meta_unused, plural(c->meta_unused));
    if (c->skipped_files) say(r->o, "%zu file%s with other extensions passed over", c->skipped_files, plural(c->skipped_files));
    size_t articles = r->counts->articles, views = r->counts->views;
    if (r->o->dry_run) say(r->o, "%zu article%s; nothing written (--dry-run)", articles, plural(articles));
    else say(r->o, "%zu article%s, %zu view%s", articles, plural(articles), views, plural(views));
    if (r->counts->done) say(r->o, "%zu article%s done before", r->counts->done, plural(r->counts->done));
}

bool article_run(const struct options *o, const stance_model *model, const stance_views_model *views_model, const struct article_sink *sink,
                 struct article_counts *counts, stance_error *err)
{
    unsigned threads = thread_count(o);
    struct run r = {.o = o,
                    .sink = sink,
                    .counts = counts,
                    .threads = threads,
                    .slots_n = threads * 4u,
                    .err = err,
                    .record_errors = o->on_error && strcmp(o->on_error, "record") == 0};
    *counts = (struct article_counts){0};
    bool ok = open_all(&r, model, views_model, err);
    if (ok) {
        struct pool_jobs jobs = {&r, r.slots_n, produce, work, finish};
        progress_begin(&r.progress, o, sink->data);
        ok = pool_run(&jobs, threads, err);
        progress_end(&r.progress);
        bool nothing = ok && counts->articles + counts->done == 0 && counts->mishaps.n > 0; /* what the user named could not be read at all */
        if (nothing && !r.record_errors) ok = error_set(err, STANCE_INPUT, 0, "%s", counts->mishaps.first.text);
        if (ok) tell(&r);
        if (ok) warn_of_drift(o, model, &counts->seen);
    }
    close_all(&r);
    return ok;
}
