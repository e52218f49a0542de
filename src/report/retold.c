/* SPDX-License-Identifier: MIT
 * retold: the same view of one speaker, told by each outlet in words of its own.
 * Method: content words weighted by how few articles have them (idf). Two views are one when the words they share carry a good part of the
 * shorter view, and when so many of this speaker's views could not share them by chance: the more a speaker is quoted, the more is asked for,
 * and most where dates are unknown. Best pairs are joined first. Candidates share a word and stand near one another in time, so that the
 * work grows with the number of views alone.
 * Limits: same words, not same meaning; a name of a group ("analysts") needs more in common; more than LOOK views that share a word within
 * a week are not all compared. The thresholds were set by eye on pairs from 1,500 news articles, and are one table below. */
#include "retold.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LOOK = 8, SCAN = 64, MANY_EDGES = 8, FEW_ARTICLES = 8, WINDOW = 7, RARE_WORDS = 6 };

/* What two views must share. */
static const struct {
    double contained;   /* of the weight of the shorter */
    double jaccard;
    size_t words;
} enough[] = {{0.34, 0.10, 4}, {0.45, 0.12, 3}};
static const double sure = 0.60, undated_contained = 0.50, same_words = 0.75;

/* ---- how many articles have a word ---- */

struct word_count {
    uint32_t word, articles, last; /* last: the article counted last, + 1 */
};

struct word_counts {
    struct word_count *slots;      /* [size] word 0: empty */
    size_t used, size;
};

static struct word_count *slot_of(struct word_count *slots, size_t size, uint32_t word)
{
    size_t at = (word * UINT32_C(2654435769)) & (size - 1);
    while (slots[at].word && slots[at].word != word) at = (at + 1) & (size - 1);
    return &slots[at];
}

static bool grow(struct word_counts *c)
{
    size_t size = c->size ? c->size * 2 : 4096;
    struct word_count *slots = calloc(size, sizeof *slots);
    if (!slots) return false;
    for (size_t i = 0; i < c->size; i++)
        if (c->slots[i].word) *slot_of(slots, size, c->slots[i].word) = c->slots[i];
    free(c->slots);
    c->slots = slots;
    c->size = size;
    return true;
}

static uint32_t content_word(uint32_t word)
{
    return word & GIST_STOP ? 0 : (word & ~(uint32_t)GIST_FLAGS) | GIST_FLAGS;
}

static bool count_word(struct word_counts *c, uint32_t word, uint32_t article)
{
    if ((c->used + 1) * 2 > c->size && !grow(c)) return false;
    struct word_count *w = slot_of(c->slots, c->size, word);
    if (!w->word) c->used++;
    w->word = word;
    if (w->last != article + 1) w->articles++;
    w->last = article + 1;
    return true;
}

/* ---- one speaker ---- */

/* A content word of a view. */
struct mention {
    uint32_t word, unit;  /* unit: index in speaker.units */
    uint32_t at;          /* its place in speaker.sorted */
    bool rare;            /* among the RARE_WORDS heaviest of its view */
    float idf, surprise;  /* of all articles; of those that quote the speaker */
};

struct edge {
    uint32_t a, b;        /* positions */
    float score;
};

struct finder {
    struct search *s;
    struct word_counts words;
    double articles;      /* of all views */
    struct mention *mentions;   /* of one speaker, view by view, by word */
    size_t mentions_n, mentions_cap;
    uint32_t *sorted;     /* [mentions_n] by word, then view */
    size_t sorted_cap;
    uint32_t *spare;      /* [mentions_n] */
    size_t spare_cap;
    uint32_t *units;      /* [units_n] the speaker's, ascending positions */
    size_t units_n;
    size_t *from;         /* [units_n + 1] first mention of each */
    uint32_t *compared;   /* [units_n] the unit + 1 it was compared with last */
    size_t quoted;        /* articles that quote the speaker */
    struct edge *edges;
    size_t edges_n, edges_cap;
};

static int by_word(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;
    return (x->word > y->word) - (x->word < y->word);
}

/* By insertion: a view has a dozen content words. */
static void sort_words(struct mention *m, size_t n)
{
    if (n > 32) {
        qsort(m, n, sizeof *m, by_word);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        struct mention moved = m[i];
        size_t at = i;
        for (; at > 0 && m[at - 1].word > moved.word; at--) m[at] = m[at - 1];
        m[at] = moved;
    }
}

static bool add_mentions(struct finder *f, uint32_t unit)
{
    const struct said *x = search_said(f->s, f->units[unit]);
    const uint32_t *words = search_words(f->s, x);
    size_t start = f->mentions_n;
    void *grown = f->mentions;
    if (x->words_n == 0) return true; /* there may be no array yet */
    if (!array_reserve(&grown, &f->mentions_cap, start + x->words_n, sizeof *f->mentions)) return false;
    f->mentions = grown;
    for (size_t i = 0; i < x->words_n; i++) {
        uint32_t word = content_word(words[i]);
        if (word) f->mentions[f->mentions_n++] = (struct mention){.word = word, .unit = unit};
    }
    size_t n = start;
    sort_words(f->mentions + start, f->mentions_n - start);
    for (size_t i = start; i < f->mentions_n; i++)
        if (n == start || f->mentions[n - 1].word != f->mentions[i].word) f->mentions[n++] = f->mentions[i];
    f->mentions_n = n;
    return true;
}

/* By word, in four stable passes over its bytes; from: [n] mentions in order of number, which stays for equal words. */
static void sort_by_word(const struct mention *m, uint32_t *from, uint32_t *to, size_t n)
{
    for (unsigned shift = 0; shift < 32; shift += 8) {
        size_t start[257] = {0};
        for (size_t i = 0; i < n; i++) start[((m[i].word >> shift) & 255) + 1]++;
        for (size_t b = 0; b < 256; b++) start[b + 1] += start[b];
        for (size_t i = 0; i < n; i++) to[start[(m[from[i]].word >> shift) & 255]++] = from[i];
        uint32_t *other = from;
        from = to;
        to = other;
    }
}

static bool sort_mentions(struct finder *f)
{
    void *sorted = f->sorted, *spare = f->spare;
    bool ok = array_reserve(&sorted, &f->sorted_cap, f->mentions_n, sizeof *f->sorted);
    f->sorted = sorted;
    ok = ok && array_reserve(&spare, &f->spare_cap, f->mentions_n, sizeof *f->spare);
    f->spare = spare;
    if (!ok) return false;
    for (uint32_t i = 0; i < f->mentions_n; i++) f->sorted[i] = i;
    sort_by_word(f->mentions, f->sorted, f->spare, f->mentions_n);
    for (size_t i = 0; i < f->mentions_n; i++) f->mentions[f->sorted[i]].at = (uint32_t)i;
    return true;
}

static uint32_t article_of(const struct finder *f, uint32_t unit)
{
    return search_said(f->s, f->units[unit])->article;
}

/* Units of one article stand together, so that articles are counted where they change. */
static void weigh_run(struct finder *f, size_t from, size_t to)
{
    uint32_t word = f->mentions[f->sorted[from]].word;
    size_t articles = 1;
    for (size_t i = from + 1; i < to; i++)
        articles += article_of(f, f->mentions[f->sorted[i]].unit) != article_of(f, f->mentions[f->sorted[i - 1]].unit);
    double everywhere = slot_of(f->words.slots, f->words.size, word)->articles;
    for (size_t i = from; i < to; i++) {
        struct mention *m = &f->mentions[f->sorted[i]];
        m->idf = (float)log((f->articles + 2) / everywhere);
        m->surprise = (float)log(((double)f->quoted + 1) / (double)articles);
    }
}

static void weigh(struct finder *f)
{
    for (size_t from = 0, to; from < f->mentions_n; from = to) {
        uint32_t word = f->mentions[f->sorted[from]].word;
        for (to = from + 1; to < f->mentions_n && f->mentions[f->sorted[to]].word == word;) to++;
        weigh_run(f, from, to);
    }
}

static void mark_rare(struct finder *f, uint32_t unit)
{
    for (size_t taken = 0; taken < RARE_WORDS; taken++) {
        struct mention *best = NULL;
        for (size_t i = f->from[unit]; i < f->from[unit + 1]; i++) {
            struct mention *m = &f->mentions[i];
            if (!m->rare && (!best || m->idf + m->surprise > best->idf + best->surprise)) best = m;
        }
        if (!best) return;
        best->rare = true;
    }
}

/* ---- two views of the speaker ---- */

struct overlap {
    double a, b, shared, surprise;
    size_t words;
};

static struct overlap overlap(const struct finder *f, uint32_t a, uint32_t b)
{
    struct overlap o = {0, 0, 0, 0, 0};
    const struct mention *m = f->mentions;
    size_t i = f->from[a], j = f->from[b];
    while (i < f->from[a + 1] || j < f->from[b + 1]) {
        bool left = j == f->from[b + 1] || (i < f->from[a + 1] && m[i].word <= m[j].word);
        bool right = i == f->from[a + 1] || (j < f->from[b + 1] && m[j].word <= m[i].word);
        if (left && right) o.shared += m[i].idf, o.surprise += m[i].surprise, o.words++;
        if (left) o.a += m[i++].idf;
        if (right) o.b += m[j++].idf;
    }
    return o;
}

static size_t negations(const struct search *s, const struct said *x)
{
    size_t n = 0;
    for (size_t i = 0; i < x->words_n; i++) n += (search_words(s, x)[i] & GIST_NOT) != 0;
    return n;
}

/* How much of the shorter is in the longer; 0 when it is not enough to call them one view. */
static double likeness(const struct finder *f, uint32_t a, uint32_t b)
{
    const struct said *x = search_said(f->s, f->units[a]), *y = search_said(f->s, f->units[b]);
    bool dated = x->day != DAY_NONE && y->day != DAY_NONE, takes = false;
    struct overlap o = overlap(f, a, b);
    double contained = o.shared / fmin(o.a, o.b), jaccard = o.shared / (o.a + o.b - o.shared);
    for (size_t i = 0; i < sizeof enough / sizeof *enough; i++)
        takes = takes || (contained >= enough[i].contained && jaccard >= enough[i].jaccard && o.words >= enough[i].words);
    if (!takes || (x->many && contained < sure)) return 0;
    if (!dated && f->quoted >= FEW_ARTICLES && contained < undated_contained) return 0;
    if (o.surprise < (dated ? 1.2 : 2.0) * log(fmax(1, (double)f->quoted / 4))) return 0;
    if (contained >= same_words && negations(f->s, x) != negations(f->s, y)) return 0;
    return contained;
}

static bool add_edge(struct finder *f, uint32_t a, uint32_t b, double score)
{
    void *edges = f->edges;
    if (!array_reserve(&edges, &f->edges_cap, f->edges_n + 1, sizeof *f->edges)) return false;
    f->edges = edges;
    f->edges[f->edges_n++] = (struct edge){f->units[a], f->units[b], (float)score};
    return true;
}

static bool near_in_time(const struct said *x, const struct said *y)
{
    return x->day == DAY_NONE || y->day == DAY_NONE || y->day - x->day <= WINDOW;
}

/* Compares the view of a mention with those that share its word from place `at` on. */
static bool look(struct finder *f, const struct mention *m, size_t at, size_t *found)
{
    const struct said *x = search_said(f->s, f->units[m->unit]);
    size_t end = at + SCAN < f->mentions_n ? at + SCAN : f->mentions_n;
    for (size_t looked = 0; at < end && looked < LOOK && *found < MANY_EDGES; at++) {
        const struct mention *other = &f->mentions[f->sorted[at]];
        if (other->word != m->word) break;
        const struct said *y = search_said(f->s, f->units[other->unit]);
        if (!near_in_time(x, y)) break;
        if (x->article == y->article || !(m->rare || other->rare)) continue;
        looked++;
        if (f->compared[other->unit] == m->unit + 1) continue;
        f->compared[other->unit] = m->unit + 1;
        double score = likeness(f, m->unit, other->unit);
        if (score > 0 && ++*found && !add_edge(f, m->unit, other->unit, score)) return false;
    }
    return true;
}

/* Where the views without a date begin among those that share the word: they stand last. */
static size_t first_undated(const struct finder *f, const struct mention *m)
{
    size_t lo = m->at, hi = f->mentions_n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        const struct mention *other = &f->mentions[f->sorted[mid]];
        bool before = other->word == m->word && search_said(f->s, f->units[other->unit])->day != DAY_NONE;
        if (before) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

static bool compare_unit(struct finder *f, uint32_t unit)
{
    bool dated = search_said(f->s, f->units[unit])->day != DAY_NONE;
    size_t found = 0;
    for (size_t i = f->from[unit]; i < f->from[unit + 1]; i++) {
        const struct mention *m = &f->mentions[i];
        if (!look(f, m, (size_t)m->at + 1, &found)) return false;
        if (dated && !look(f, m, first_undated(f, m), &found)) return false;
    }
    return true;
}

static bool one_speaker(struct finder *f)
{
    f->mentions_n = 0;
    f->quoted = 1;
    for (uint32_t i = 1; i < f->units_n; i++) f->quoted += article_of(f, i) != article_of(f, i - 1);
    if (f->quoted < 2) return true;
    for (uint32_t i = 0; i < f->units_n; i++) {
        f->from[i] = f->mentions_n;
        f->compared[i] = 0;
        if (!add_mentions(f, i)) return false;
    }
    f->from[f->units_n] = f->mentions_n;
    if (!sort_mentions(f)) return false;
    weigh(f);
    for (uint32_t i = 0; i < f->units_n; i++) mark_rare(f, i);
    for (uint32_t i = 0; i < f->units_n; i++)
        if (!compare_unit(f, i)) return false;
    return true;
}

/* ---- all speakers ---- */

struct by_speaker {
    uint32_t speaker, position;
};

static int in_order(const void *a, const void *b)
{
    const struct by_speaker *x = a, *y = b;
    if (x->speaker != y->speaker) return x->speaker < y->speaker ? -1 : 1;
    return (x->position > y->position) - (x->position < y->position);
}

static bool count_words(struct finder *f)
{
    uint32_t last = 0;
    for (size_t u = 0; u < f->s->units_n; u++) {
        const struct said *x = search_said(f->s, f->s->units[u]);
        f->articles += x->article + 1 != last;
        last = x->article + 1;
        for (size_t i = 0; i < x->words_n; i++) {
            uint32_t word = content_word(search_words(f->s, x)[i]);
            if (word && !count_word(&f->words, word, x->article)) return false;
        }
    }
    return true;
}

static bool each_speaker(struct finder *f, const struct by_speaker *all, size_t n)
{
    bool ok = true;
    for (size_t at = 0, end; ok && at < n; at = end) {
        f->units_n = 0;
        for (end = at; end < n && all[end].speaker == all[at].speaker; end++) f->units[f->units_n++] = all[end].position;
        ok = one_speaker(f);
    }
    return ok;
}

static int by_score(const void *a, const void *b)
{
    const struct edge *x = a, *y = b;
    if (x->score > y->score || x->score < y->score) return x->score > y->score ? -1 : 1;
    if (x->a != y->a) return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

static bool join_edges(struct finder *f)
{
    if (f->edges_n) qsort(f->edges, f->edges_n, sizeof *f->edges, by_score);
    for (size_t i = 0; i < f->edges_n; i++)
        if (!search_join(f->s, f->edges[i].a, f->edges[i].b)) return false;
    return true;
}

bool retold_join(struct search *s)
{
    struct finder f = {.s = s};
    size_t n = 0;
    struct by_speaker *all = calloc(s->units_n + 1, sizeof *all);
    f.units = calloc(s->units_n + 1, sizeof *f.units);
    f.compared = calloc(s->units_n + 1, sizeof *f.compared);
    f.from = calloc(s->units_n + 2, sizeof *f.from);
    bool ok = all && f.units && f.compared && f.from && count_words(&f);
    for (size_t u = 0; ok && u < s->units_n; u++) {
        uint32_t speaker = search_said(s, s->units[u])->speaker;
        if (speaker) all[n++] = (struct by_speaker){speaker, s->units[u]};
    }
    if (n) qsort(all, n, sizeof *all, in_order);
    ok = ok && each_speaker(&f, all, n) && join_edges(&f);
    free(all);
    free(f.units);
    free(f.compared);
    free(f.from);
    free(f.mentions);
    free(f.sorted);
    free(f.spare);
    free(f.words.slots);
    free(f.edges);
    return ok;
}
