/* SPDX-License-Identifier: MIT
 * duplicates: groups of copies.
 * Method: views are put in an order of their own, so that the result does not depend on the input's; exact copies by a hash; near ones by
 * near.c, retold ones by retold.c; union-find, with the rule that one article has one view in a group (but for exact repetitions).
 * Limits: 2^32 views; hashes that meet (64 bits) make copies of what is none. */
#include "duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "near.h"
#include "period.h"
#include "retold.h"

struct groups {
    uint32_t *parent, *least, *next; /* [n] by position; least and size of roots; next: a ring of the members */
    uint32_t *size;
    struct seen articles;            /* of every group, hashed with its root */
};

/* ---- adding ---- */

static bool reserve(struct duplicates *d)
{
    void *said = d->said;
    bool ok = d->n < UINT32_MAX - 1 && array_reserve(&said, &d->cap, d->n + 1, sizeof *d->said);
    d->said = said;
    return ok;
}

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t x = (a ^ (b + UINT64_C(0x9E3779B97F4A7C15) + (a << 6))) * UINT64_C(0xBF58476D1CE4E5B9);
    return x ^ (x >> 31);
}

static bool add_given(struct duplicates *d, const stance_record *r)
{
    void *given = d->given;
    if (!array_reserve(&given, &d->given_cap, d->given_n + 1, sizeof *d->given)) return false;
    d->given = given;
    d->given[d->given_n++] = (struct given){r->number, r->first, (uint32_t)d->n};
    return true;
}

bool duplicates_add(struct duplicates *d, const stance_record *r, uint32_t article, const char *day, uint64_t tie, bool words)
{
    struct said x = {.article = article, .start = (uint32_t)r->span.start, .day = day ? period_day(day) : DAY_NONE, .tie = tie};
    uint64_t text;
    uint32_t target, unused;
    if (!reserve(d)) return false;
    if (r->first) {
        if (!add_given(d, r)) return false;
        d->said[d->n++] = x;
        return true;
    }
    x.words = d->gist.n;
    if (!gist_add(&d->gist, r->text, &text) || !gist_name(&d->gist, r->speaker, &x.speaker, &x.surname) ||
        !gist_name(&d->gist, r->target, &target, &unused))
        return false;
    if (!words) d->gist.n = x.words;
    x.words_n = (uint32_t)(d->gist.n - x.words);
    if (r->text.ptr) x.exact = mix(mix(text, x.speaker), target) | 1;
    if (str_equal_nocase(r->speaker, STR("unknown"))) x.speaker = x.surname = 0;
    x.many = str_equal(r->speaker_kind, STR("group"));
    d->said[d->n++] = x;
    return true;
}

void duplicates_free(struct duplicates *d)
{
    gist_free(&d->gist);
    free(d->said);
    free(d->order);
    free(d->first);
    free(d->given);
    *d = (struct duplicates){0};
}

/* ---- groups ---- */

static uint32_t root(const struct groups *g, uint32_t at)
{
    while (g->parent[at] != at) {
        g->parent[at] = g->parent[g->parent[at]];
        at = g->parent[at];
    }
    return at;
}

/* One to one, so that no group seems to hold an article for the sake of another's number; never 0. */
static uint64_t key(uint32_t a, uint32_t article)
{
    uint64_t x = (((uint64_t)a + 1) << 32 | article) * UINT64_C(0x9E3779B97F4A7C15);
    return x ^ (x >> 32);
}

/* into and from: different roots, the group of from not the larger. */
static void link_groups(struct groups *g, uint32_t into, uint32_t from)
{
    uint32_t behind = g->next[into];
    g->parent[from] = into;
    g->size[into] += g->size[from];
    if (g->least[from] < g->least[into]) g->least[into] = g->least[from];
    g->next[into] = g->next[from];
    g->next[from] = behind;
}

static bool note_articles(const struct search *s, uint32_t into, uint32_t from)
{
    bool fresh;
    uint32_t at = from;
    do {
        if (!seen_add(&s->groups->articles, key(into, search_said(s, at)->article), &fresh)) return false;
        at = s->groups->next[at];
    } while (at != from);
    return true;
}

static bool share_article(const struct search *s, uint32_t into, uint32_t from)
{
    uint32_t at = from;
    do {
        if (seen_has(&s->groups->articles, key(into, search_said(s, at)->article))) return true;
        at = s->groups->next[at];
    } while (at != from);
    return false;
}

static bool join(const struct search *s, uint32_t a, uint32_t b, bool exact)
{
    struct groups *g = s->groups;
    a = root(g, a), b = root(g, b);
    if (a == b) return true;
    uint32_t into = g->size[a] >= g->size[b] ? a : b, from = into == a ? b : a;
    if (!exact && share_article(s, into, from)) return true;
    if (!note_articles(s, into, from)) return false;
    link_groups(g, into, from);
    return true;
}

bool search_join(struct search *s, uint32_t a, uint32_t b)
{
    return join(s, a, b, false);
}

bool search_joined(const struct search *s, uint32_t a, uint32_t b)
{
    return root(s->groups, a) == root(s->groups, b);
}

bool search_same_speaker(const struct said *x, const struct said *y)
{
    return x->speaker == y->speaker || x->surname == y->surname || !x->speaker || !y->speaker;
}

static bool groups_open(struct groups *g, size_t n)
{
    g->parent = calloc(n + 1, sizeof *g->parent);
    g->least = calloc(n + 1, sizeof *g->least);
    g->next = calloc(n + 1, sizeof *g->next);
    g->size = calloc(n + 1, sizeof *g->size);
    if (!g->parent || !g->least || !g->next || !g->size) return false;
    for (uint32_t i = 0; i < n; i++) {
        g->parent[i] = g->least[i] = g->next[i] = i;
        g->size[i] = 1;
    }
    return true;
}

static void groups_free(struct groups *g)
{
    free(g->parent);
    free(g->least);
    free(g->next);
    free(g->size);
    seen_free(&g->articles);
}

/* ---- order ---- */

enum { DIGIT = 11, BUCKETS = 1 << DIGIT };

/* Stable, by one digit of the keys of what is sorted. False when all have the same, and nothing was done. */
static bool sort_by_digit(const uint32_t *key, unsigned shift, const uint32_t *from, uint32_t *to, size_t n)
{
    size_t start[BUCKETS + 1] = {0};
    for (size_t i = 0; i < n; i++) start[((key[i] >> shift) & (BUCKETS - 1)) + 1]++;
    for (size_t b = 1; b <= BUCKETS; b++) {
        if (start[b] == n) return false;
        start[b] += start[b - 1];
    }
    for (size_t i = 0; i < n; i++) to[start[(key[from[i]] >> shift) & (BUCKETS - 1)]++] = from[i];
    return true;
}

/* order: [n] is sorted by key, [n] by view; what has equal keys stays as it was. */
static void sort_by_key(const uint32_t *key, uint32_t **order, uint32_t **spare, size_t n)
{
    for (unsigned shift = 0; n > 1 && shift < 32; shift += DIGIT) {
        if (!sort_by_digit(key, shift, *order, *spare, n)) continue;
        uint32_t *sorted = *spare;
        *spare = *order;
        *order = sorted;
    }
}

struct rival {
    uint64_t exact, tie;
    uint32_t view;
};

static int by_hash(const void *a, const void *b)
{
    const struct rival *x = a, *y = b;
    if (x->exact != y->exact) return x->exact < y->exact ? -1 : 1;
    return (x->tie > y->tie) - (x->tie < y->tie);
}

static bool same_place(const struct said *x, const struct said *y)
{
    return x->article == y->article && x->start == y->start && x->day == y->day;
}

/* Views of one place, as of one span with several targets, by hash and tie. */
static bool order_equals(const struct duplicates *d, uint32_t *order)
{
    struct rival *rivals = NULL;
    size_t cap = 0;
    bool ok = true;
    for (size_t i = 0, end; ok && i < d->n; i = end) {
        for (end = i + 1; end < d->n && same_place(&d->said[order[i]], &d->said[order[end]]);) end++;
        if (end - i < 2) continue;
        void *grown = rivals;
        ok = array_reserve(&grown, &cap, end - i, sizeof *rivals);
        rivals = grown;
        for (size_t k = i; ok && k < end; k++) rivals[k - i] = (struct rival){d->said[order[k]].exact, d->said[order[k]].tie, order[k]};
        if (ok) qsort(rivals, end - i, sizeof *rivals, by_hash);
        for (size_t k = i; ok && k < end; k++) order[k] = rivals[k - i].view;
    }
    free(rivals);
    return ok;
}

/* By day, article, place, hash and tie. */
static bool put_in_order(struct duplicates *d, const uint32_t *rank)
{
    size_t n = d->n;
    uint32_t *key = calloc(n + 1, sizeof *key), *order = malloc((n + 1) * sizeof *order), *spare = malloc((n + 1) * sizeof *spare);
    bool ok = key && order && spare;
    for (uint32_t i = 0; ok && i < n; i++) order[i] = i, key[i] = d->said[i].start;
    if (ok) sort_by_key(key, &order, &spare, n);
    for (size_t i = 0; ok && i < n; i++) key[i] = rank[d->said[i].article];
    if (ok) sort_by_key(key, &order, &spare, n);
    for (size_t i = 0; ok && i < n; i++) key[i] = (uint32_t)d->said[i].day ^ UINT32_C(0x80000000);
    if (ok) sort_by_key(key, &order, &spare, n);
    ok = ok && order_equals(d, order);
    if (ok) memcpy(d->order, order, n * sizeof *order);
    free(key);
    free(order);
    free(spare);
    return ok;
}

/* ---- exact copies ---- */

/* Joins what has the same hash, and lists the first of each. Views without text are copies of nothing. */
static bool join_exact(struct search *s)
{
    size_t size = 64, n = s->d->n;
    bool ok = true;
    while (size < 2 * n) size *= 2;
    uint32_t *slots = calloc(size, sizeof *slots); /* position + 1 */
    if (!slots) return false;
    for (uint32_t i = 0; ok && i < n; i++) {
        uint64_t exact = search_said(s, i)->exact;
        if (!exact) continue;
        size_t at = (size_t)(exact >> 8) & (size - 1);
        while (slots[at] && search_said(s, slots[at] - 1)->exact != exact) at = (at + 1) & (size - 1);
        if (slots[at]) ok = join(s, slots[at] - 1, i, true);
        else slots[at] = i + 1, s->units[s->units_n++] = i, ok = note_articles(s, i, i);
    }
    free(slots);
    return ok;
}

/* ---- groups that are known ---- */

static int by_view_number(const void *a, const void *b)
{
    const struct given *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

/* Joins each copy with the first of its group. place: [n] of each view in order. */
static bool join_each(struct search *s, const uint32_t *place)
{
    const struct duplicates *d = s->d;
    for (size_t i = 0; i < d->given_n; i++) {
        if (d->given[i].first == d->given[i].number) continue;
        struct given key = {.number = d->given[i].first};
        const struct given *first = bsearch(&key, d->given, d->given_n, sizeof key, by_view_number);
        if (first && !join(s, place[first->view], place[d->given[i].view], true)) return false;
    }
    return true;
}

static bool join_given(struct duplicates *d, struct search *s)
{
    if (!d->given_n) return true;
    uint32_t *place = malloc(d->n * sizeof *place);
    if (!place) return false;
    qsort(d->given, d->given_n, sizeof *d->given, by_view_number);
    for (uint32_t i = 0; i < d->n; i++) place[d->order[i]] = i;
    bool ok = join_each(s, place);
    free(place);
    return ok;
}

/* ---- the whole ---- */

static bool grow_results(struct duplicates *d)
{
    uint32_t *order = realloc(d->order, (d->n + 1) * sizeof *order);
    if (order) d->order = order;
    uint32_t *first = realloc(d->first, (d->n + 1) * sizeof *first);
    if (first) d->first = first;
    return order && first;
}

bool duplicates_find(struct duplicates *d, enum dedup how, const uint32_t *rank)
{
    struct groups groups = {0};
    struct search s = {.d = d, .groups = &groups, .units = calloc(d->n + 1, sizeof *s.units)};
    bool ok = s.units && grow_results(d) && groups_open(&groups, d->n) && put_in_order(d, rank) && join_given(d, &s) && join_exact(&s);
    if (how == DEDUP_NEAR) ok = ok && near_join(&s) && retold_join(&s);
    for (uint32_t i = 0; ok && i < d->n; i++) d->first[d->order[i]] = d->order[groups.least[root(&groups, i)]];
    groups_free(&groups);
    free(s.units);
    return ok;
}
