/* SPDX-License-Identifier: MIT
 * report: from counts to numbers with intervals, in order.
 * Method: one pass over the sorted cells, group by group and article by article.
 * Limits: labels stand in the order bullish, skeptical, neutral, then bytewise, which is the order of our models. Net is bullish minus
 * skeptical when both occur, else the first label minus the second, neutral not counted: for other label sets name it as what it is. */
#include "report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "adjusting.h"
#include "intervals.h"
#include "measured.h"
#include "recount.h"

/* What building needs besides the result. */
struct build {
    const struct counts *counts;
    const struct recount *recount;
    struct report *out;
    uint32_t place[STANCE_MAX_LABELS]; /* label id to its place in out->labels */
    struct cluster *clusters;          /* room for the articles of one group */
    double z;
    enum counts_sort sort;
    double least;                      /* groups that rank below are cut off, so their intervals are not needed */
};

/* ---- labels ---- */

static const char *const first_labels[] = {"bullish", "skeptical", "neutral"};

static size_t rank(stance_str label)
{
    size_t i = 0;
    while (i < 3 && !str_equal(label, str_of(first_labels[i]))) i++;
    return i;
}

static int by_label(const void *a, const void *b)
{
    const stance_str *x = a, *y = b;
    size_t i = rank(*x), j = rank(*y);
    return i != j ? (i > j) - (i < j) : str_compare(*x, *y);
}

static bool order_labels(struct build *b)
{
    const struct vocab *v = &b->counts->labels;
    stance_str *labels = arena_array(&b->out->arena, v->n, sizeof *labels);
    if (!labels) return false;
    b->out->labels = labels;
    b->out->labels_n = v->n;
    if (v->n == 0) return true;
    memcpy(labels, v->items, v->n * sizeof *labels);
    qsort(labels, v->n, sizeof *labels, by_label);
    for (size_t i = 0; i < v->n; i++) b->place[vocab_find(v, labels[i])] = (uint32_t)i;
    return true;
}

/* bullish and skeptical come first when both are there, so the first two that are not neutral serve every label set. */
static void choose_net(struct report *r)
{
    size_t found[2] = {REPORT_NO_LABEL, REPORT_NO_LABEL}, n = 0;
    for (size_t i = 0; i < r->labels_n && n < 2; i++)
        if (rank(r->labels[i]) != 2) found[n++] = i;
    r->plus = n == 2 ? found[0] : REPORT_NO_LABEL;
    r->minus = n == 2 ? found[1] : REPORT_NO_LABEL;
}

/* ---- one group ---- */

/* Adds the cells of one article to the group; what the net needs goes to *cluster. */
static void add_article(struct build *b, const struct cell *cells, size_t n, struct report_group *g, struct report_share *shares,
                        struct cluster *cluster)
{
    bool viewed = false;
    for (size_t i = 0; i < n; i++) {
        uint32_t what = cells[i].what, times = cells[i].n;
        if (what == COUNT_ARTICLE) continue;
        viewed = true;
        g->views += times;
        if (what == COUNT_ABSTAINED) g->abstained += times;
        if (what == COUNT_UNLABELLED) g->unlabelled += times;
        if (what >= STANCE_MAX_LABELS) continue;
        uint32_t place = b->place[what];
        shares[place].n += times;
        g->n += times;
        cluster->n += times;
        if (place == b->out->plus) cluster->plus += times;
        if (place == b->out->minus) cluster->minus += times;
    }
    g->articles++;
    g->without_view += !viewed;
}

static void fill_shares(const struct build *b, struct report_group *g, struct report_share *shares)
{
    for (size_t i = 0; i < b->out->labels_n; i++) {
        struct interval ci = interval_wilson(shares[i].n, g->n, b->z);
        shares[i].share = g->n ? (double)shares[i].n / (double)g->n : NAN;
        shares[i].lo = g->n ? ci.lo : NAN;
        shares[i].hi = g->n ? ci.hi : NAN;
    }
    g->shares = shares;
}

static double value_of(const struct report_group *g, enum counts_sort sort)
{
    switch (sort) {
    case SORT_VIEWS: return (double)g->views;
    case SORT_ARTICLES: return (double)g->articles;
    case SORT_NET: return isnan(g->net) ? -2 : g->net;
    case SORT_NAME: break;
    }
    return 0;
}

/* The seed depends on the key, so that a group's interval does not depend on which other groups there are. */
static bool fill_net(const struct build *b, uint32_t id, size_t articles, struct report_group *g, stance_error *err)
{
    const struct report *r = b->out;
    g->net = g->net_lo = g->net_hi = NAN;
    if (r->plus == REPORT_NO_LABEL || g->n == 0 || (id && !g->unknown && value_of(g, b->sort) < b->least)) return true;
    const stance_report_options *o = r->options;
    struct net_settings how = {o->level, o->draws, str_hash(vocab_text(b->recount->groups, id), o->seed), b->z};
    struct interval ci;
    if (!interval_net(b->clusters, articles, how, &ci, err)) return false;
    g->net = ((double)g->shares[r->plus].n - (double)g->shares[r->minus].n) / (double)g->n;
    g->net_lo = fmin(ci.lo, g->net);
    g->net_hi = fmax(ci.hi, g->net);
    return true;
}

static bool fill_key(const struct build *b, uint32_t id, struct report_group *g)
{
    if (id == 0) return true;
    stance_str packed = vocab_text(b->recount->groups, id);
    stance_str *key = arena_array(&b->out->arena, b->out->keys, sizeof *key);
    if (!key) return false;
    for (size_t i = 0; i < b->out->keys; i++)
        if (!arena_copy(&b->out->arena, counts_unpack(&packed), &key[i])) return false;
    g->key = key;
    g->unknown = str_equal(key[0], STR("unknown"));
    return true;
}

static bool fill_examples(const struct build *b, uint32_t id, struct report_group *g)
{
    const struct recount_examples *from = &b->recount->examples[id];
    const stance_record **to = arena_array(&b->out->arena, from->n, sizeof *to);
    if (!to) return false;
    for (size_t i = 0; i < from->n; i++) to[i] = from->items[i];
    g->examples = to;
    g->examples_n = from->n;
    return true;
}

static size_t run(const struct cell *cells, size_t n)
{
    size_t i = 0;
    while (i < n && cells[i].article == cells[0].article) i++;
    return i;
}

static bool build_group(struct build *b, const struct cell *cells, size_t n, uint32_t id, struct report_group *g, stance_error *err)
{
    struct report_share *shares = arena_array(&b->out->arena, b->out->labels_n, sizeof *shares);
    g->change = g->change_lo = g->change_hi = NAN;
    size_t articles = 0;
    if (!shares || !fill_key(b, id, g) || !fill_examples(b, id, g)) return error_nomem(err, "computing the report");
    for (size_t i = 0, step; i < n; i += step, articles++) {
        step = run(cells + i, n - i);
        b->clusters[articles] = (struct cluster){0, 0, 0};
        add_article(b, cells + i, step, g, shares, &b->clusters[articles]);
    }
    bool known = b->counts->articles_given && !filter_chooses_views(&b->counts->filter) && (id == 0 || b->counts->of_articles);
    if (!known) g->without_view = STANCE_NONE;
    g->distinct = g->views - b->recount->copies[id];
    g->small = g->n < b->out->options->min_n;
    fill_shares(b, g, shares);
    if (!fill_net(b, id, articles, g, err)) return false;
    return b->counts->adjust == ADJUST_NONE || adjusting_apply(b->counts, b->recount, b->out, id, g, shares, err);
}

/* ---- all groups ---- */

static int descending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

/* Such groups are never cut off. */
static bool is_unknown(const struct build *b, uint32_t id)
{
    stance_str packed = vocab_text(b->recount->groups, id);
    return str_equal(counts_unpack(&packed), STR("unknown"));
}

/* Sets b->least when --top cuts by what the cells tell alone, and no group is compared with the one before it. */
static bool find_least(struct build *b)
{
    const struct cell *cells = b->recount->cells;
    size_t n = b->recount->cells_n, top = b->out->options->top, groups = 0;
    b->least = -INFINITY;
    if (!top || top >= b->recount->groups->n || b->out->period < b->out->keys || (b->sort != SORT_VIEWS && b->sort != SORT_ARTICLES)) return true;
    double *values = calloc(b->recount->groups->n + 1, sizeof *values);
    if (!values) return false;
    for (size_t i = 0; i < n; i++) {
        if (cells[i].group == 0 || is_unknown(b, cells[i].group)) continue;
        bool fresh = i == 0 || cells[i].group != cells[i - 1].group;
        groups += fresh;
        if (b->sort == SORT_VIEWS) values[groups - 1] += cells[i].what == COUNT_ARTICLE ? 0 : cells[i].n;
        else values[groups - 1] += fresh || cells[i].article != cells[i - 1].article;
    }
    qsort(values, groups, sizeof *values, descending);
    if (groups > top) b->least = values[top - 1];
    free(values);
    return true;
}

static bool build_groups(struct build *b, struct report_group *groups, stance_error *err)
{
    const struct cell *cells = b->recount->cells;
    size_t n = b->recount->cells_n;
    for (size_t at = 0, end = 0; at < n; at = end) {
        uint32_t id = cells[at].group;
        while (end < n && cells[end].group == id) end++;
        struct report_group *g = id ? &groups[b->out->groups_n++] : &b->out->total;
        if (!build_group(b, cells + at, end - at, id, g, err)) return false;
    }
    return true;
}

static unsigned lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

static int compare_names(stance_str a, stance_str b)
{
    for (size_t i = 0; i < a.len && i < b.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i])) return lower(a.ptr[i]) < lower(b.ptr[i]) ? -1 : 1;
    return a.len != b.len ? (a.len > b.len) - (a.len < b.len) : str_compare(a, b);
}

/* A group as it is sorted: how it ranks, and its names. */
struct ranked {
    struct report_group group;
    int tier;       /* 0 first */
    double value;   /* highest first */
    size_t keys;
};

static int in_rank(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->tier != y->tier) return x->tier < y->tier ? -1 : 1;
    if (x->value > y->value || x->value < y->value) return x->value > y->value ? -1 : 1;
    for (size_t i = 0; i < x->keys; i++) {
        int order = compare_names(x->group.key[i], y->group.key[i]);
        if (order) return order;
    }
    return 0;
}

static bool sort_groups(const struct build *b, struct report_group *groups, size_t n)
{
    struct ranked *all = calloc(n + 1, sizeof *all);
    if (!all) return false;
    for (size_t i = 0; i < n; i++) {
        bool too_small = b->sort == SORT_NET && groups[i].small;
        all[i] = (struct ranked){groups[i], groups[i].unknown ? 2 : too_small, value_of(&groups[i], b->sort), b->out->keys};
    }
    qsort(all, n, sizeof *all, in_rank);
    for (size_t i = 0; i < n; i++) groups[i] = all[i].group;
    free(all);
    return true;
}

/* ---- change since the period before ---- */

/* By all keys but the period, then by the period. */
static int in_time(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    for (size_t i = 0; i < x->keys; i++) {
        int order = i == (size_t)x->tier ? 0 : str_compare(x->group.key[i], y->group.key[i]);
        if (order) return order;
    }
    return str_compare(x->group.key[x->tier], y->group.key[x->tier]);
}

static bool follows(const struct ranked *x, const struct ranked *before)
{
    for (size_t i = 0; i < x->keys; i++)
        if (i != (size_t)x->tier && !str_equal(x->group.key[i], before->group.key[i])) return false;
    return !str_equal(x->group.key[x->tier], STR("unknown")) && !isnan(x->group.net) && !isnan(before->group.net);
}

static void fill_change(struct report_group *g, const struct report_group *before, size_t period)
{
    struct interval ci = interval_difference(g->net, (struct interval){g->net_lo, g->net_hi}, before->net,
                                             (struct interval){before->net_lo, before->net_hi});
    g->change = g->net - before->net;
    g->change_lo = fmax(-2, ci.lo);
    g->change_hi = fmin(2, ci.hi);
    g->before = before->key[period];
}

/* The period before is the last one that has views. */
static bool fill_changes(const struct report *r, struct report_group *groups, size_t n)
{
    for (size_t i = 0; i < n; i++) groups[i].change = groups[i].change_lo = groups[i].change_hi = NAN;
    if (r->period >= r->keys) return true;
    struct ranked *all = calloc(n + 1, sizeof *all);
    if (!all) return false;
    for (size_t i = 0; i < n; i++) all[i] = (struct ranked){groups[i], (int)r->period, 0, r->keys};
    qsort(all, n, sizeof *all, in_time);
    for (size_t i = 1; i < n; i++)
        if (follows(&all[i], &all[i - 1])) fill_change(&all[i].group, &all[i - 1].group, r->period);
    for (size_t i = 0; i < n; i++) groups[i] = all[i].group;
    free(all);
    return true;
}

/* Keeps the first `top`, and every unknown one behind them. */
static void cut(struct report *r, struct report_group *groups, size_t top)
{
    size_t kept = 0, known = 0, n = r->groups_n;
    for (size_t i = 0; i < n; i++) {
        if (!groups[i].unknown && top && known++ >= top) continue;
        groups[kept++] = groups[i];
    }
    r->groups_n = kept;
    r->hidden = n - kept;
}

/* ---- the frame ---- */

static bool join_keys(const struct counts *c, struct report *r)
{
    struct strbuf by = {0}, title = {0};
    strbuf_add(&title, c->options.title ? str_of(c->options.title) : STR("Stance by "));
    for (size_t i = 0; i < c->keys; i++) {
        if (i) strbuf_char(&by, ',');
        strbuf_add(&by, str_of(c->key[i]));
        if (c->options.title) continue;
        if (i) strbuf_add(&title, STR(" and "));
        strbuf_add(&title, str_of(c->key[i]));
    }
    bool ok = !by.failed && !title.failed;
    ok = ok && arena_copy(&r->arena, strbuf_str(&by), &r->by) && arena_copy(&r->arena, strbuf_str(&title), &r->title);
    strbuf_free(&by);
    strbuf_free(&title);
    return ok;
}

/* What is known of errors must be of the model that made these. */
static bool check_measured(const struct build *b, stance_error *err)
{
    const struct counts *c = b->counts;
    struct strbuf text = {0};
    bool ok = c->adjust == ADJUST_NONE || c->options.confusion || measured_fits(&c->options, &c->models) || c->duplicates.n == 0 ||
              error_set(err, STANCE_INPUT, 0, "--adjust: what is measured is not of the model that labelled these views; name theirs with -m, or --confusion FILE");
    ok = ok && measured_say(&c->options, &c->models, &text, err);
    if (ok && (text.failed || !arena_copy(&b->out->arena, strbuf_str(&text), &b->out->accuracy))) ok = error_nomem(err, "computing the report");
    strbuf_clear(&text);
    ok = ok && measured_say_recall(&c->options, &c->views_models, &text, err);
    if (ok && !arena_copy(&b->out->arena, strbuf_str(&text), &b->out->recall)) ok = error_nomem(err, "computing the report");
    strbuf_free(&text);
    return ok;
}

static bool frame(struct build *b)
{
    const struct counts *c = b->counts;
    struct report *r = b->out;
    r->options = &c->options;
    r->key = (const char *const *)c->key;
    r->keys = c->keys;
    r->period = counts_period(c);
    r->dedup = c->dedup;
    r->claim = c->claim;
    r->sort = counts_sort_name(c->sort);
    r->left_out = c->left_out;
    r->undated = c->undated;
    r->models_n = c->models.n;
    r->views_models_n = c->views_models.n;
    if (!vocab_sorted(&c->models, &r->arena, &r->models) || !vocab_sorted(&c->views_models, &r->arena, &r->views_models)) return false;
    if (!order_labels(b) || !join_keys(c, r)) return false;
    choose_net(r);
    return true;
}

/* A report of nothing: its total has shares too, without numbers. */
static bool empty_total(struct build *b, stance_error *err)
{
    return b->recount->cells_n > 0 || build_group(b, NULL, 0, 0, &b->out->total, err);
}

bool report_build(struct counts *counts, struct report *out, stance_error *err)
{
    struct recount recount = {0};
    struct build b = {.counts = counts, .recount = &recount, .out = out, .z = interval_z(counts->options.level), .sort = counts->sort};
    struct report_group *groups = NULL;
    bool ok = recount_build(&recount, counts);
    if (ok) groups = arena_array(&out->arena, recount.groups->n, sizeof *groups);
    b.clusters = calloc(counts->articles.n + 1, sizeof *b.clusters);
    ok = ok && groups && b.clusters && frame(&b) && find_least(&b);
    if (!ok) error_nomem(err, "computing the report");
    ok = ok && check_measured(&b, err) && empty_total(&b, err) && build_groups(&b, groups, err);
    if (ok && !fill_changes(out, groups, out->groups_n)) ok = error_nomem(err, "computing the report");
    if (ok && !sort_groups(&b, groups, out->groups_n)) ok = error_nomem(err, "computing the report");
    if (ok) cut(out, groups, counts->options.top);
    out->groups = groups;
    free(b.clusters);
    recount_free(&recount);
    return ok;
}

void report_free(struct report *r)
{
    arena_free(&r->arena);
    *r = (struct report){0};
}
