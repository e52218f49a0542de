/* SPDX-License-Identifier: MIT
 * cmd_mine: articles in, a table of words and phrases with polarity out, for train --lexicon.
 * Method: views are extracted as ever; the library counts what stands in them. Limits: the contents of all views are held in memory, 4 bytes a word. */
#include <string.h>

#include "../base/error.h"
#include "../base/str.h"
#include "article_run.h"

struct run {
    stance_miner *miner;
};

static bool put(void *ctx, const struct article_result *result, stance_str rendered, stance_error *err)
{
    (void)rendered;
    struct run *r = ctx;
    return !result->views || stance_miner_add(r->miner, result->document, result->views, err);
}

/* The last part of a path: the table is not to tell where somebody keeps files. */
static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static void put_provenance(struct strbuf *out, const struct options *o, const stance_views_model *views, const stance_mine_summary *s)
{
    strbuf_print(out, "# stance %s mine, min-count %zu, views model %s, from", STANCE_VERSION, o->min_count ? o->min_count : 20,
                 views ? stance_views_model_id(views) : "none");
    for (size_t i = 0; i < o->inputs.n; i++) strbuf_print(out, "%s %s", i ? "," : "", base_name(o->inputs.items[i]));
    strbuf_print(out, "\n# %zu articles, %zu contents: %zu of cues that praise, %zu of cues that doubt, %zu others given a side by the first round\n", s->articles,
                 s->contents, s->bullish, s->skeptical, s->inferred);
    strbuf_add(out, STR("# score: log-odds with a Dirichlet prior, halved, at most 1; counts are contents. Terms of the shipped lexicon are left out.\n"
                        "# Use: stance train --lexicon, and measure before and after: what goes with praise is often a topic.\n"));
}

static bool write_table(const struct options *o, stance_miner *miner, const stance_views_model *views, struct writer **w, stance_error *err)
{
    stance_str tsv;
    stance_mine_summary s;
    struct strbuf head = {0};
    if (!stance_miner_write(miner, &tsv, &s, err)) return false;
    put_provenance(&head, o, views, &s);
    bool ok = !head.failed || error_nomem(err, "writing what was mined");
    ok = ok && (*w = writer_open(o->output, err)) != NULL && writer_write(*w, strbuf_str(&head), err) && writer_write(*w, tsv, err);
    strbuf_free(&head);
    if (ok) say(o, "%zu terms from %zu contents (%zu of cues that praise, %zu of cues that doubt)", s.terms, s.contents, s.bullish, s.skeptical);
    return ok;
}

int cmd_mine(const struct options *o)
{
    stance_error err = {0};
    stance_views_model *views = NULL;
    struct article_counts counts = {0};
    struct writer *w = NULL;
    const stance_mine_options mo = {.min_count = o->min_count};
    struct run r = {.miner = stance_miner_new(&mo, &err)};
    const struct article_sink sink = {.ctx = &r, .put = put, .keep = true};
    bool ok = r.miner && open_views_model(o, &views, &err) && article_run(o, NULL, views, &sink, &counts, &err);
    ok = ok && (o->dry_run || write_table(o, r.miner, views, &w, &err));
    int status = close_output(w, ok, ok ? mishaps_status(&counts.mishaps, o) : STANCE_OK, &err);
    stance_miner_free(r.miner);
    stance_views_model_free(views);
    return status;
}
