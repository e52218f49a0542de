/* SPDX-License-Identifier: MIT
 * recount: counting views once copies are known.
 * Method: views are gone through in the order that does not depend on the input's; the first of its copies in a group is counted with its
 * label, the others as copies. By claim all count, since how labels and words differ between copies is what is asked for.
 * Limits: of copies the earliest one's label counts. */
#include "recount.h"

#include <stdlib.h>
#include <string.h>

#include "../base/error.h"

/* ---- an order of articles ---- */

struct named {
    stance_str packed;
    uint32_t id;
};

static int by_name(const void *a, const void *b)
{
    stance_str x = ((const struct named *)a)->packed, y = ((const struct named *)b)->packed;
    int order = str_compare(counts_unpack(&x), counts_unpack(&y));
    return order ? order : str_compare(x, y);
}

static uint32_t *rank_articles(const struct vocab *v)
{
    struct named *all = calloc(v->n + 1, sizeof *all);
    uint32_t *rank = calloc(v->n + 1, sizeof *rank);
    for (uint32_t i = 0; all && i < v->n; i++) all[i] = (struct named){v->items[i], i};
    if (all) qsort(all, v->n, sizeof *all, by_name);
    for (uint32_t i = 0; all && rank && i < v->n; i++) rank[all[i].id] = i;
    if (!all) free(rank), rank = NULL;
    free(all);
    return rank;
}

/* ---- groups of claims ---- */

/* "Nic Carter: DeepSeek’s success dispels …": who and, in the earliest wording, what. */
static void name_claim(struct strbuf *out, const stance_record *r)
{
    strbuf_add(out, r->speaker.ptr && r->speaker.len ? r->speaker : STR("unknown"));
    strbuf_add(out, STR(": "));
    strbuf_add(out, r->text);
}

/* The keys of a view, with the claim's name where it belongs, and the place of its first view behind: two claims can have one name. */
static bool claim_key(struct counts *c, size_t view, uint32_t place, struct strbuf *out)
{
    stance_str packed = vocab_text(&c->groups, c->views[view].group);
    uint32_t first = c->duplicates.first[view];
    struct strbuf name = {0};
    strbuf_clear(out);
    name_claim(&name, examples_record(&c->examples[0], first));
    for (size_t i = 0; i < c->keys; i++) {
        stance_str part = counts_unpack(&packed);
        counts_pack(out, i == c->claim ? strbuf_str(&name) : part);
    }
    strbuf_print(out, "%u", (unsigned)place);
    bool ok = !name.failed && !out->failed;
    strbuf_free(&name);
    return ok;
}

/* *group: [views] the group of each. */
static bool name_groups(struct recount *t, struct counts *c, uint32_t *group)
{
    struct strbuf key = {0};
    uint32_t *place = calloc(c->duplicates.n + 1, sizeof *place); /* of a view in the order */
    bool ok = place && vocab_add(&t->own, (stance_str){"", 0}) == 0;
    for (uint32_t i = 0; ok && i < c->duplicates.n; i++) place[c->duplicates.order[i]] = i;
    for (size_t i = 0; ok && i < c->duplicates.n; i++) {
        uint32_t view = c->duplicates.order[i];
        ok = claim_key(c, view, place[c->duplicates.first[view]], &key) && (group[view] = vocab_add(&t->own, strbuf_str(&key))) != VOCAB_NONE;
    }
    strbuf_free(&key);
    free(place);
    t->groups = &t->own;
    return ok;
}

static bool find_groups(struct recount *t, struct counts *c, uint32_t **group)
{
    *group = calloc(c->duplicates.n + 1, sizeof **group);
    t->groups = &c->groups;
    if (!*group) return false;
    if (c->claim != COUNTS_NO_CLAIM) return name_groups(t, c, *group);
    for (size_t i = 0; i < c->duplicates.n; i++) (*group)[i] = c->views[i].group;
    return true;
}

/* ---- counting ---- */

struct tally {
    struct cells cells;
    struct seen seen;  /* groups and first views of those that have copies */
    bool *copied;      /* [views] of first views: they have copies. Of the others nothing has to be kept in mind. */
};

static bool find_copied(struct tally *y, const struct duplicates *d)
{
    bool *met = calloc(d->n + 1, sizeof *met);
    y->copied = calloc(d->n + 1, sizeof *y->copied);
    for (size_t i = 0; met && y->copied && i < d->n; i++) {
        if (met[d->first[i]]) y->copied[d->first[i]] = true;
        met[d->first[i]] = true;
    }
    free(met);
    return met && y->copied;
}

static bool count_in(struct recount *t, struct tally *y, const struct counts *c, uint32_t group, size_t view)
{
    bool fresh = true, counted_once = c->dedup != DEDUP_NONE && (group == 0 || c->claim == COUNTS_NO_CLAIM);
    uint64_t key = ((uint64_t)group << 32 | c->duplicates.first[view]) * UINT64_C(0x9E3779B97F4A7C15);
    if (y->copied[c->duplicates.first[view]] && !seen_add(&y->seen, key ^ (key >> 31), &fresh)) return false;
    t->copies[group] += !fresh;
    return cells_add(&y->cells, group, c->views[view].article, !fresh && counted_once ? COUNT_COPY : c->views[view].what);
}

static bool add_articles(const struct counts *c, struct cells *cells)
{
    for (size_t i = 0; i < c->article_cells.n; i++) {
        const struct cell *x = &c->article_cells.items[i];
        if (!cells_add(cells, x->group, x->article, x->what)) return false;
    }
    return true;
}

static bool count_views(struct recount *t, const struct counts *c, const uint32_t *group)
{
    struct tally y = {0};
    t->copies = arena_array(&t->arena, t->groups->n, sizeof *t->copies);
    bool ok = t->copies && find_copied(&y, &c->duplicates) && add_articles(c, &y.cells);
    for (size_t i = 0; ok && i < c->duplicates.n; i++) {
        uint32_t view = c->duplicates.order[i];
        ok = count_in(t, &y, c, 0, view) && count_in(t, &y, c, group[view], view);
    }
    ok = ok && cells_sort(&y.cells);
    if (ok) t->cells = y.cells.items, t->cells_n = y.cells.n;
    else cells_free(&y.cells);
    seen_free(&y.seen);
    free(y.copied);
    return ok;
}

/* ---- the views of each group, for those who need more than counts ---- */

/* Of every view the group if it counts there, and whether it counts in the whole. */
static bool counts_in(const struct counts *c, struct seen *seen, uint32_t group, size_t view, bool *counts)
{
    uint64_t key = ((uint64_t)group << 32 | c->duplicates.first[view]) * UINT64_C(0x9E3779B97F4A7C15);
    *counts = true;
    if (c->dedup != DEDUP_NONE && (group == 0 || c->claim == COUNTS_NO_CLAIM) && !seen_add(seen, key ^ (key >> 31), counts)) return false;
    *counts = *counts && c->views[view].what < STANCE_MAX_LABELS;
    return true;
}

/* Places the views (fill) or counts them in start[group + 1]. */
static bool list_views(struct recount *t, const struct counts *c, const uint32_t *group, size_t *next, bool fill)
{
    struct seen seen = {0};
    bool ok = true, here;
    for (size_t i = 0; ok && i < 2 * c->duplicates.n; i++) {
        uint32_t view = c->duplicates.order[i / 2], to = i % 2 ? group[view] : 0;
        ok = counts_in(c, &seen, to, view, &here);
        if (!ok || !here) continue;
        if (fill) t->views[next[to]++] = view;
        else t->start[to + 1]++;
    }
    seen_free(&seen);
    return ok;
}

static bool group_views(struct recount *t, const struct counts *c, const uint32_t *group)
{
    size_t n = t->groups->n;
    if (c->adjust == ADJUST_NONE) return true;
    size_t *next = arena_array(&t->arena, n + 1, sizeof *next);
    t->start = arena_array(&t->arena, n + 1, sizeof *t->start);
    t->views = arena_array(&t->arena, 2 * c->duplicates.n, sizeof *t->views);
    if (!next || !t->start || !t->views || !list_views(t, c, group, NULL, false)) return false;
    for (size_t i = 0; i < n; i++) t->start[i + 1] += t->start[i];
    memcpy(next, t->start, (n + 1) * sizeof *next);
    return list_views(t, c, group, next, true);
}

/* ---- examples ---- */

static const stance_record *example(struct counts *c, const struct examples *from, size_t i)
{
    size_t view = examples_view(from, i);
    stance_record *r = examples_record(from, i);
    uint32_t first = c->duplicates.first[view];
    if (first != view) r->duplicate_of = counts_id(c, first);
    else r->duplicate_of = (stance_str){NULL, 0};
    return r;
}

/* Every view in the order of time. */
static bool examples_of_claims(struct recount *t, struct counts *c, const uint32_t *group)
{
    for (size_t i = 0; i < c->duplicates.n; i++) t->examples[group[i]].n++;
    for (size_t g = 0; g < t->groups->n; g++) {
        t->examples[g].items = arena_array(&t->arena, t->examples[g].n, sizeof *t->examples[g].items);
        if (!t->examples[g].items) return false;
        t->examples[g].n = 0;
    }
    for (size_t i = 0; i < c->duplicates.n; i++) {
        uint32_t view = c->duplicates.order[i];
        struct recount_examples *to = &t->examples[group[view]];
        to->items[to->n++] = example(c, &c->examples[0], view);
    }
    return true;
}

static bool claim_taken(const struct counts *c, const struct examples *from, const size_t *chosen, size_t n, size_t i)
{
    uint32_t first = c->duplicates.first[examples_view(from, i)];
    for (size_t k = 0; k < n; k++)
        if (c->duplicates.first[examples_view(from, chosen[k])] == first) return true;
    return false;
}

/* Different claims first, then copies; within both the highest rank first. */
static bool examples_of_group(struct recount *t, struct counts *c, size_t g)
{
    const struct examples *from = &c->examples[g];
    size_t most = from->n < c->options.examples ? from->n : c->options.examples, n = 0;
    size_t *chosen = arena_array(&t->arena, from->n, sizeof *chosen);
    bool *taken = arena_array(&t->arena, from->n, sizeof *taken);
    t->examples[g].items = arena_array(&t->arena, from->n, sizeof *t->examples[g].items);
    if (!chosen || !taken || !t->examples[g].items) return false;
    for (size_t i = 0; i < from->n && n < most; i++)
        if (!claim_taken(c, from, chosen, n, i)) chosen[n++] = i, taken[i] = true;
    for (size_t i = 0; i < from->n && n < most; i++)
        if (!taken[i]) chosen[n++] = i;
    for (size_t i = 0; i < n; i++) t->examples[g].items[i] = example(c, from, chosen[i]);
    t->examples[g].n = n;
    return true;
}

static bool choose_examples(struct recount *t, struct counts *c, const uint32_t *group)
{
    t->examples = arena_array(&t->arena, t->groups->n, sizeof *t->examples);
    if (!t->examples) return false;
    if (c->claim != COUNTS_NO_CLAIM) return examples_of_claims(t, c, group);
    for (size_t g = 0; g < t->groups->n; g++)
        if (!examples_of_group(t, c, g)) return false;
    return true;
}

bool recount_build(struct recount *t, struct counts *c)
{
    uint32_t *group = NULL, *rank = rank_articles(&c->articles);
    enum dedup how = c->claim != COUNTS_NO_CLAIM ? DEDUP_NEAR : c->dedup;
    bool ok = rank && duplicates_find(&c->duplicates, how, rank) && find_groups(t, c, &group) && count_views(t, c, group) &&
              choose_examples(t, c, group) && group_views(t, c, group);
    free(rank);
    free(group);
    return ok;
}

void recount_free(struct recount *t)
{
    free(t->cells);
    vocab_free(&t->own);
    arena_free(&t->arena);
    *t = (struct recount){0};
}
