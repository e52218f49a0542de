/* SPDX-License-Identifier: MIT
 * comparison: each two outlets side by side.
 * Method: the report by outlet, speaker and target, copies once per outlet. Net with the interval of the report; differences by Newcombe's
 * method; tests by permutation of articles; Benjamini and Hochberg over all pairs. For the speakers both quote the difference is taken
 * speaker by speaker, so that it shows how they lean and not whom they quote. A speaker's part is lean in a / n of a - lean in b / n of b.
 * Limits: all pairs of outlets with min_n views are tested, n (n - 1) / 2 of them. */
#include "comparison.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measured.h"
#include "permutation.h"
#include "recount.h"

enum { MOST_DRAWS = 99999, MOST_SAME_DRAWS = 9999 };

/* A view that counts. */
struct point {
    uint32_t outlet, article, speaker, target; /* outlet: in names, then in out->outlets */
    int32_t lean;
    bool plus, minus;
};

struct builder {
    struct counts *counts;
    struct comparison *out;
    struct vocab outlets, speakers, targets;
    struct point *points;      /* [points_n] by outlet and article */
    size_t points_n;
    size_t *start;             /* [outlets + 1] first point of each */
    struct comparison_outlet *sides;
    struct comparison_pair *pairs;
    uint32_t plus, minus;      /* label ids */
    struct leaning *items;     /* of a pair */
    uint32_t *local;           /* [speakers or targets] */
    struct part *parts;        /* [speakers or targets] */
    double z;
};

/* ---- views to points ---- */

static bool find_label(const struct counts *c, const char *name, uint32_t *id)
{
    return (*id = vocab_find(&c->labels, str_of(name))) != VOCAB_NONE;
}

/* The labels that net is made of, as in the report: bullish and skeptical, else the first two in order that are not neutral. */
static bool choose_labels(struct builder *b)
{
    const struct vocab *v = &b->counts->labels;
    uint32_t found[2] = {VOCAB_NONE, VOCAB_NONE};
    bool ours = find_label(b->counts, "bullish", &found[0]) && find_label(b->counts, "skeptical", &found[1]);
    for (uint32_t i = 0; !ours && i < v->n; i++) {
        if (str_equal(v->items[i], STR("neutral"))) continue;
        uint32_t first = found[0], second = found[1];
        if (first == VOCAB_NONE || str_compare(v->items[i], v->items[first]) < 0) found[0] = i, found[1] = first;
        else if (second == VOCAB_NONE || str_compare(v->items[i], v->items[second]) < 0) found[1] = i;
    }
    b->plus = found[0], b->minus = found[1];
    return b->plus != VOCAB_NONE && b->minus != VOCAB_NONE;
}

static bool read_point(struct builder *b, uint32_t view, struct point *p)
{
    const struct counted *v = &b->counts->views[view];
    stance_str packed = vocab_text(&b->counts->groups, v->group);
    p->outlet = vocab_add(&b->outlets, counts_unpack(&packed));
    p->speaker = vocab_add(&b->speakers, counts_unpack(&packed));
    p->target = vocab_add(&b->targets, counts_unpack(&packed));
    p->article = v->article;
    p->plus = v->what == b->plus;
    p->minus = v->what == b->minus;
    p->lean = p->plus - p->minus;
    return p->outlet != VOCAB_NONE && p->speaker != VOCAB_NONE && p->target != VOCAB_NONE;
}

/* In the order that does not depend on the input's, by which articles, speakers and targets get their numbers; of copies the first in
 * each outlet. */
static bool read_points(struct builder *b)
{
    const struct duplicates *d = &b->counts->duplicates;
    struct seen seen = {0};
    uint32_t *number = calloc(b->counts->articles.n + 1, sizeof *number), articles = 0;
    bool ok = number && (b->points = calloc(d->n + 1, sizeof *b->points)) != NULL;
    for (size_t i = 0; ok && i < d->n; i++) {
        struct point p;
        bool fresh = true;
        uint32_t view = d->order[i];
        ok = read_point(b, view, &p);
        uint32_t *known = &number[p.article];
        if (!*known) *known = ++articles;
        p.article = *known;
        uint64_t key = ((uint64_t)p.outlet << 32 | d->first[view]) * UINT64_C(0x9E3779B97F4A7C15);
        ok = ok && (b->counts->dedup == DEDUP_NONE || seen_add(&seen, key ^ (key >> 31), &fresh));
        if (ok && fresh && b->counts->views[view].what < STANCE_MAX_LABELS) b->points[b->points_n++] = p;
    }
    seen_free(&seen);
    free(number);
    return ok;
}

/* ---- which outlets ---- */

static bool named(const char *names, stance_str name)
{
    for (stance_str rest = str_of(names); rest.ptr;)
        if (str_equal_nocase(str_trim(str_split(&rest, ',')), name)) return true;
    return false;
}

static bool check_names(const struct builder *b, const char *names, stance_error *err)
{
    for (stance_str rest = str_of(names); rest.ptr;) {
        stance_str name = str_trim(str_split(&rest, ','));
        bool found = false;
        for (size_t i = 0; i < b->outlets.n && !found; i++) found = str_equal_nocase(b->outlets.items[i], name);
        if (!found) return error_set(err, STANCE_USAGE, 0, "--outlets: no view of %.*s is left to compare", name.len < 80 ? (int)name.len : 80, name.ptr);
    }
    return true;
}

struct candidate {
    stance_str name;
    uint32_t id;
    size_t n;
    double net;
};

static int by_net(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->net > y->net || x->net < y->net) return x->net > y->net ? -1 : 1;
    return str_compare(x->name, y->name);
}

/* place: [outlets] id to its place in out->outlets, or VOCAB_NONE. */
static bool choose_outlets(struct builder *b, const char *names, uint32_t *place)
{
    size_t kept = 0, min_n = b->out->options->min_n;
    struct candidate *all = calloc(b->outlets.n + 1, sizeof *all);
    if (!all) return false;
    for (uint32_t i = 0; i < b->outlets.n; i++) all[i] = (struct candidate){b->outlets.items[i], i, 0, 0}, place[i] = VOCAB_NONE;
    for (size_t i = 0; i < b->points_n; i++) all[b->points[i].outlet].n++, all[b->points[i].outlet].net += b->points[i].lean;
    for (size_t i = 0; i < b->outlets.n; i++) {
        bool wanted = names ? named(names, all[i].name) : !str_equal(all[i].name, STR("unknown"));
        bool small = all[i].n < min_n || all[i].n == 0;
        b->out->too_small += wanted && small;
        if (!wanted || small) continue;
        all[i].net /= (double)all[i].n;
        all[kept++] = all[i];
    }
    qsort(all, kept, sizeof *all, by_net);
    b->sides = arena_array(&b->out->arena, kept, sizeof *b->sides);
    bool ok = b->sides != NULL;
    for (uint32_t i = 0; ok && i < kept; i++) place[all[i].id] = i, ok = arena_copy(&b->out->arena, all[i].name, &b->sides[i].name);
    b->out->outlets_n = kept;
    free(all);
    return ok;
}

static int by_outlet(const void *a, const void *b)
{
    const struct point *x = a, *y = b;
    if (x->outlet != y->outlet) return x->outlet < y->outlet ? -1 : 1;
    if (x->article != y->article) return x->article < y->article ? -1 : 1;
    if (x->speaker != y->speaker) return x->speaker < y->speaker ? -1 : 1;
    return (x->target > y->target) - (x->target < y->target);
}

static bool keep_outlets(struct builder *b, const char *names, stance_error *err)
{
    uint32_t *place = calloc(b->outlets.n + 1, sizeof *place);
    size_t kept = 0;
    bool ok = place && choose_outlets(b, names, place);
    for (size_t i = 0; ok && i < b->points_n; i++) {
        b->points[kept] = b->points[i];
        b->points[kept].outlet = place[b->points[i].outlet];
        kept += b->points[kept].outlet != VOCAB_NONE;
    }
    free(place);
    b->points_n = kept;
    b->start = calloc(b->out->outlets_n + 2, sizeof *b->start);
    if (!ok || !b->start) return error_nomem(err, "comparing outlets");
    qsort(b->points, kept, sizeof *b->points, by_outlet);
    for (size_t i = 0; i < kept; i++) b->start[b->points[i].outlet + 1]++;
    for (size_t i = 0; i < b->out->outlets_n; i++) b->start[i + 1] += b->start[i];
    return true;
}

/* ---- one outlet ---- */

static struct estimate share(size_t k, size_t n, double z)
{
    struct interval ci = interval_wilson(k, n, z);
    return (struct estimate){(double)k / (double)n, ci.lo, ci.hi};
}

static bool fill_outlet(struct builder *b, size_t at, stance_error *err)
{
    struct comparison_outlet *o = &b->sides[at];
    const struct point *p = b->points + b->start[at];
    size_t n = b->start[at + 1] - b->start[at], plus = 0, minus = 0;
    struct cluster *articles = calloc(n + 1, sizeof *articles);
    struct interval ci;
    if (!articles) return error_nomem(err, "comparing outlets");
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || p[i].article != p[i - 1].article) o->articles++;
        struct cluster *c = &articles[o->articles - 1];
        c->n++, c->plus += p[i].plus, c->minus += p[i].minus;
        plus += p[i].plus, minus += p[i].minus;
    }
    const stance_report_options *how = b->out->options;
    o->n = n;
    bool ok = interval_net(articles, o->articles, (struct net_settings){how->level, how->draws, str_hash(o->name, how->seed), 0}, &ci, err);
    o->plus = share(plus, n, b->z);
    o->minus = share(minus, n, b->z);
    o->net = (struct estimate){o->plus.value - o->minus.value, ci.lo, ci.hi};
    free(articles);
    return ok;
}

/* ---- two outlets ---- */

static struct estimate difference(struct estimate a, struct estimate b)
{
    struct interval ci = interval_difference(a.value, (struct interval){a.lo, a.hi}, b.value, (struct interval){b.lo, b.hi});
    return (struct estimate){a.value - b.value, fmax(ci.lo, -2), fmin(ci.hi, 2)};
}

static size_t add_items(const struct builder *b, size_t outlet, struct leaning *items, uint32_t *articles)
{
    const struct point *p = b->points;
    for (size_t i = b->start[outlet]; i < b->start[outlet + 1]; i++) {
        *articles += i > b->start[outlet] && p[i].article != p[i - 1].article;
        items[i - b->start[outlet]] = (struct leaning){*articles, p[i].speaker, p[i].lean, 1};
    }
    *articles += 1;
    return b->start[outlet + 1] - b->start[outlet];
}

/* Speakers get numbers of the pair: first those both quote. Items of others go when by_speaker. */
static size_t number_speakers(struct builder *b, struct comparison_pair *pair, struct leaning *items, size_t n, size_t a_n)
{
    enum { IN_A = 1, IN_B = 2, BOTH = 3 };
    uint32_t next = 0;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) b->local[items[i].speaker] = 0;
    for (size_t i = 0; i < n; i++) b->local[items[i].speaker] |= i < a_n ? IN_A : IN_B;
    for (size_t i = 0; i < n; i++) {
        uint32_t *at = &b->local[items[i].speaker];
        bool unknown = str_equal(b->speakers.items[items[i].speaker], STR("unknown"));
        if (*at == BOTH && !unknown) *at = 4 + next++;
        if (*at < 4) continue;
        if (i < a_n) pair->common_a++;
        else pair->common_b++;
        items[kept] = items[i];
        items[kept++].speaker = *at - 4;
    }
    pair->common = next;
    return kept;
}

static bool test_same(struct builder *b, struct comparison_pair *pair, struct two_outlets *t, size_t a_n, uint64_t seed, stance_error *err)
{
    const stance_report_options *how = b->out->options;
    struct interval ci;
    t->n = number_speakers(b, pair, b->items, t->n, a_n);
    t->speakers = pair->common;
    t->by_speaker = true;
    if (!pair->common) return true;
    bool ok = permutation_difference(t, &pair->same.net.value, err) && permutation_test(t, seed + 1, MOST_SAME_DRAWS, &pair->same.p, err) &&
              permutation_bootstrap(t, (struct net_settings){how->level, how->draws, seed + 2, 0}, &ci, err);
    if (ok) pair->same.net.lo = fmin(ci.lo, pair->same.net.value), pair->same.net.hi = fmax(ci.hi, pair->same.net.value);
    return ok;
}

static int by_points(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    double v = fabs(x->points), w = fabs(y->points);
    if (v > w || v < w) return v > w ? -1 : 1;
    return str_compare(x->name, y->name);
}

static void add_parts(struct builder *b, const struct vocab *names, size_t outlet, bool speakers, double weight)
{
    for (size_t i = b->start[outlet]; i < b->start[outlet + 1]; i++) {
        uint32_t id = speakers ? b->points[i].speaker : b->points[i].target;
        struct part *p = &b->parts[id];
        p->name = names->items[id];
        p->points += weight * b->points[i].lean;
        if (weight > 0) p->a++;
        else p->b++;
    }
}

/* The largest parts; names are copied to the arena. */
static bool largest_parts(struct builder *b, const struct comparison_pair *pair, bool speakers, struct part *out, size_t *n)
{
    const struct vocab *names = speakers ? &b->speakers : &b->targets;
    const struct comparison_outlet *x = &b->sides[pair->a], *y = &b->sides[pair->b];
    memset(b->parts, 0, names->n * sizeof *b->parts);
    add_parts(b, names, pair->a, speakers, 1 / (double)x->n);
    add_parts(b, names, pair->b, speakers, -1 / (double)y->n);
    size_t found = 0;
    for (size_t i = 0; i < names->n; i++)
        if (b->parts[i].points > 1e-9 || b->parts[i].points < -1e-9) b->parts[found++] = b->parts[i];
    qsort(b->parts, found, sizeof *b->parts, by_points);
    for (*n = 0; *n < found && *n < COMPARISON_PARTS; ++*n) {
        out[*n] = b->parts[*n];
        if (!arena_copy(&b->out->arena, out[*n].name, &out[*n].name)) return false;
    }
    return true;
}

static bool fill_pair(struct builder *b, struct comparison_pair *pair, stance_error *err)
{
    const struct comparison_outlet *x = &b->sides[pair->a], *y = &b->sides[pair->b];
    uint64_t seed = str_hash(x->name, str_hash(y->name, b->out->options->seed));
    uint32_t articles = 0;
    size_t a_n = add_items(b, pair->a, b->items, &articles);
    struct two_outlets t = {.items = b->items, .a = articles};
    t.n = a_n + add_items(b, pair->b, b->items + a_n, &articles);
    t.articles = articles;
    pair->all.net = difference(x->net, y->net);
    pair->plus = difference(x->plus, y->plus);
    pair->minus = difference(x->minus, y->minus);
    pair->all.q = pair->same.p = pair->same.q = pair->same.net.value = pair->same.net.lo = pair->same.net.hi = NAN;
    if (!permutation_test(&t, seed, MOST_DRAWS, &pair->all.p, err) || !test_same(b, pair, &t, a_n, seed, err)) return false;
    return (largest_parts(b, pair, true, pair->speakers, &pair->speakers_n) && largest_parts(b, pair, false, pair->targets, &pair->targets_n)) ||
           error_nomem(err, "comparing outlets");
}

static int by_p(const void *a, const void *b)
{
    const struct comparison_pair *x = a, *y = b;
    if (x->all.p > y->all.p || x->all.p < y->all.p) return x->all.p < y->all.p ? -1 : 1;
    double v = fabs(x->all.net.value), w = fabs(y->all.net.value);
    if (v > w || v < w) return v > w ? -1 : 1;
    return x->a != y->a ? (x->a > y->a) - (x->a < y->a) : (x->b > y->b) - (x->b < y->b);
}

static bool correct(struct builder *b, size_t n, stance_error *err)
{
    double *p = calloc(4 * n + 1, sizeof *p), *q = p ? p + 2 * n : NULL;
    if (!p) return error_nomem(err, "comparing outlets");
    for (size_t i = 0; i < n; i++) p[i] = b->pairs[i].all.p, p[n + i] = b->pairs[i].same.p;
    bool ok = benjamini_hochberg(p, n, q, err) && benjamini_hochberg(p + n, n, q + n, err);
    for (size_t i = 0; ok && i < n; i++) b->pairs[i].all.q = q[i], b->pairs[i].same.q = q[n + i];
    free(p);
    return ok;
}

static bool fill_pairs(struct builder *b, stance_error *err)
{
    size_t n = b->out->outlets_n, most = b->speakers.n > b->targets.n ? b->speakers.n : b->targets.n, at = 0;
    b->pairs = arena_array(&b->out->arena, n * (n - 1) / 2, sizeof *b->pairs);
    b->items = calloc(b->points_n + 1, sizeof *b->items);
    b->local = calloc(most + 1, sizeof *b->local);
    b->parts = calloc(most + 1, sizeof *b->parts);
    if (!b->pairs || !b->items || !b->local || !b->parts) return error_nomem(err, "comparing outlets");
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++, at++) {
            b->pairs[at].a = i, b->pairs[at].b = k;
            if (!fill_pair(b, &b->pairs[at], err)) return false;
        }
    if (!correct(b, at, err)) return false;
    qsort(b->pairs, at, sizeof *b->pairs, by_p);
    b->out->pairs_n = at;
    return true;
}

/* ---- the whole ---- */

static bool frame(struct builder *b, stance_error *err)
{
    struct comparison *out = b->out;
    const struct counts *c = b->counts;
    out->options = &c->options;
    out->dedup = c->dedup;
    out->models_n = c->models.n;
    out->left_out = c->left_out;
    out->undated = c->undated;
    out->views = c->duplicates.n;
    out->articles = c->articles.n;
    b->z = interval_z(c->options.level);
    if (!vocab_sorted(&c->models, &out->arena, &out->models)) return error_nomem(err, "comparing outlets");
    return choose_labels(b) || error_set(err, STANCE_INPUT, 0, "nothing to compare: the views left have no two stances; were they made by classify, and do "
                                         "the filters leave some?");
}

static bool find_copies(struct counts *c, stance_error *err)
{
    struct recount recount = {0};
    bool ok = recount_build(&recount, c);
    recount_free(&recount);
    return ok || error_nomem(err, "comparing outlets");
}

static bool say_accuracy(const struct builder *b, stance_error *err)
{
    struct strbuf text = {0};
    bool ok = measured_say(&b->counts->options, &b->counts->models, &text, err);
    if (ok && (text.failed || !arena_copy(&b->out->arena, strbuf_str(&text), &b->out->accuracy))) ok = error_nomem(err, "comparing outlets");
    strbuf_clear(&text);
    ok = ok && measured_say_recall(&b->counts->options, &b->counts->views_models, &text, err);
    if (ok && !arena_copy(&b->out->arena, strbuf_str(&text), &b->out->recall)) ok = error_nomem(err, "comparing outlets");
    strbuf_free(&text);
    return ok;
}

static bool build(struct builder *b, const char *names, stance_error *err)
{
    struct comparison *out = b->out;
    if (!find_copies(b->counts, err)) return false;
    if (!frame(b, err)) return false;
    if (!read_points(b)) return error_nomem(err, "comparing outlets");
    if (names && !check_names(b, names, err)) return false;
    if (!keep_outlets(b, names, err)) return false;
    if (out->outlets_n < 2)
        return error_set(err, STANCE_INPUT, 0, "nothing to compare: %zu outlet%s with at least %zu views with a stance; lower --min-n or name outlets in the "
                         "articles (--meta)", out->outlets_n, out->outlets_n == 1 ? "" : "s", out->options->min_n);
    for (size_t i = 0; i < out->outlets_n; i++)
        if (!fill_outlet(b, i, err)) return false;
    for (size_t i = 0; i < 2; i++)
        if (!arena_copy(&out->arena, vocab_text(&b->counts->labels, i ? b->minus : b->plus), &out->labels[i])) return error_nomem(err, "comparing outlets");
    return say_accuracy(b, err) && fill_pairs(b, err);
}

bool comparison_build(struct counts *counts, const char *names, struct comparison *out, stance_error *err)
{
    struct builder b = {.counts = counts, .out = out};
    bool ok = build(&b, names, err);
    out->outlets = b.sides;
    out->pairs = b.pairs;
    vocab_free(&b.outlets);
    vocab_free(&b.speakers);
    vocab_free(&b.targets);
    free(b.points);
    free(b.start);
    free(b.items);
    free(b.local);
    free(b.parts);
    return ok;
}

void comparison_free(struct comparison *c)
{
    arena_free(&c->arena);
    *c = (struct comparison){0};
}
