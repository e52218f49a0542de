/* SPDX-License-Identifier: MIT
 * folds: keeping apart what is trained on and what is tested.
 * Method: MinHash over the set of words (8 bands of 3) finds candidates, the Jaccard index of the sets decides (0.7), union-find joins; clusters,
 * largest first, go where their labels are rarest. Limits: paraphrases are not found; in a band a row is compared with two others only. */
#include "folds.h"

#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/radix.h"
#include "../base/str.h"
#include "../base/vocab.h"
#include "../text/token.h"

enum { BANDS = 8, BAND_ROWS = 3 };
static const double NEARLY_SAME = 0.7;

static uint64_t mix(uint64_t x) /* splitmix64's finaliser */
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

struct cluster_work {
    const stance_rows *rows;
    uint32_t *parent;        /* union-find, [rows] */
    uint64_t *words;         /* sorted word hashes of all rows */
    size_t words_n, words_cap;
    size_t *start;           /* [rows + 1] into words */
    struct keyed *bands;     /* [2 * rows * BANDS] rows by hash, and room to sort them */
    struct arena arena;
};

static uint32_t root(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
}

/* The lower number stays the root, so that numbers do not depend on the order of joins. */
static void join(uint32_t *parent, uint32_t a, uint32_t b)
{
    a = root(parent, a);
    b = root(parent, b);
    if (a < b) parent[b] = a;
    else parent[a] = b;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static void sort_words(uint64_t *v, size_t n)
{
    enum { FEW = 48 }; /* a sentence's words are sorted soonest by moving each down to its place */
    if (n > FEW) {
        qsort(v, n, sizeof *v, by_value);
        return;
    }
    for (size_t i = 1; i < n; i++) {
        uint64_t moved = v[i];
        size_t k = i;
        for (; k > 0 && v[k - 1] > moved; k--) v[k] = v[k - 1];
        v[k] = moved;
    }
}

static size_t unique(uint64_t *v, size_t n)
{
    size_t kept = 0;
    sort_words(v, n);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || v[i] != v[kept - 1]) v[kept++] = v[i];
    return kept;
}

static bool collect_words(struct cluster_work *w, size_t row, stance_error *err)
{
    struct tokens tokens;
    arena_reset(&w->arena);
    if (!token_split(w->rows->rows[row].in.text, &w->arena, &tokens, err)) return false;
    size_t first = w->words_n;
    void *words = w->words;
    if (!array_reserve(&words, &w->words_cap, first + tokens.n + 1, sizeof *w->words)) return error_nomem(err, "looking for duplicates");
    w->words = words;
    for (size_t i = 0; i < tokens.n; i++) {
        uint8_t kind = tokens.items[i].kind;
        if (kind == TOKEN_WORD || kind == TOKEN_NUMBER || kind == TOKEN_HASHTAG) w->words[w->words_n++] = str_hash(token_fold(&tokens.items[i]), 0);
    }
    w->words_n = first + unique(w->words + first, w->words_n - first);
    w->start[row + 1] = w->words_n;
    return true;
}

static uint64_t nth_hash(uint64_t word, uint64_t seed)
{
    uint64_t value = (word ^ seed) * UINT64_C(0x9e3779b97f4a7c15);
    return value ^ (value >> 29);
}

static uint64_t lesser(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* The least of each band's hashes over all words; a band's three stay in registers. */
static void sign(struct cluster_work *w, uint32_t row)
{
    for (size_t b = 0; b < BANDS; b++) {
        uint64_t seed[BAND_ROWS], least[BAND_ROWS] = {UINT64_MAX, UINT64_MAX, UINT64_MAX}, key = b;
        for (size_t h = 0; h < BAND_ROWS; h++) seed[h] = mix(b * BAND_ROWS + h);
        for (size_t i = w->start[row]; i < w->start[row + 1]; i++)
            for (size_t h = 0; h < BAND_ROWS; h++) least[h] = lesser(least[h], nth_hash(w->words[i], seed[h]));
        for (size_t h = 0; h < BAND_ROWS; h++) key = mix(key ^ least[h]);
        w->bands[row * BANDS + b] = (struct keyed){key, row};
    }
}

static bool nearly_same(const struct cluster_work *w, uint32_t a, uint32_t b)
{
    size_t i = w->start[a], j = w->start[b], common = 0;
    size_t all = w->start[a + 1] - i + w->start[b + 1] - j;
    while (i < w->start[a + 1] && j < w->start[b + 1]) {
        if (w->words[i] == w->words[j]) i++, j++, common++;
        else if (w->words[i] < w->words[j]) i++;
        else j++;
    }
    if (all == 0) return str_equal(w->rows->rows[a].in.text, w->rows->rows[b].in.text);
    return (double)common >= NEARLY_SAME * (double)(all - common);
}

static void join_similar(struct cluster_work *w)
{
    size_t n = w->rows->n * BANDS;
    radix_sort(w->bands, w->bands + n, n);
    for (size_t i = 0, first = 0; i < n; i++) {
        if (w->bands[i].key != w->bands[first].key) first = i;
        uint32_t a = w->bands[first].value, b = w->bands[i].value, c = i > first ? w->bands[i - 1].value : b;
        if (a != b && root(w->parent, a) != root(w->parent, b) && nearly_same(w, a, b)) join(w->parent, a, b);
        if (c != b && root(w->parent, c) != root(w->parent, b) && nearly_same(w, c, b)) join(w->parent, c, b);
    }
}

/* ---- counts for the summary ---- */

static void row_key(const stance_row *row, struct strbuf *key)
{
    strbuf_clear(key);
    strbuf_add(key, row->in.target);
    strbuf_char(key, '\n');
    strbuf_add(key, (stance_str){(const char *)&row->in.target_span.start, sizeof row->in.target_span.start});
    strbuf_add(key, str_trim(row->in.text));
}

static bool count_contradictions(const stance_rows *rows, stance_train_summary *summary)
{
    struct vocab seen = {0};
    struct strbuf key = {0};
    uint32_t *label = calloc(rows->n + 1, sizeof *label);
    bool ok = label;
    for (size_t i = 0; ok && i < rows->n; i++) {
        row_key(&rows->rows[i], &key);
        size_t before = seen.n;
        uint32_t id = key.failed ? VOCAB_NONE : vocab_add(&seen, strbuf_str(&key));
        ok = id != VOCAB_NONE;
        if (ok && seen.n > before) label[id] = rows->rows[i].label;
        else if (ok) summary->contradictions += label[id] != rows->rows[i].label;
    }
    vocab_free(&seen);
    strbuf_free(&key);
    free(label);
    return ok;
}

static void count_duplicates(const struct cluster_work *w, stance_train_summary *summary)
{
    const stance_row *rows = w->rows->rows;
    for (uint32_t i = 0; i < w->rows->n; i++) {
        uint32_t first = root(w->parent, i);
        summary->duplicates += first != i && rows[i].label == rows[first].label && str_equal(rows[i].in.target, rows[first].in.target);
    }
}

/* ---- clusters ---- */

static bool join_groups(struct cluster_work *w)
{
    size_t n = w->rows->n;
    struct keyed *rows = calloc(2 * n + 1, sizeof *rows);
    if (!rows) return false;
    for (uint32_t i = 0; i < n; i++) rows[i] = (struct keyed){w->rows->rows[i].group, i};
    radix_sort(rows, rows + n, n);
    for (size_t i = 1; i < n; i++)
        if (rows[i].key == rows[i - 1].key) join(w->parent, rows[i - 1].value, rows[i].value);
    free(rows);
    return true;
}

bool folds_cluster(const stance_rows *rows, uint32_t *cluster, stance_train_summary *summary, stance_error *err)
{
    struct cluster_work w = {.rows = rows, .parent = cluster, .arena = ARENA_EMPTY};
    w.start = calloc(rows->n + 1, sizeof *w.start);
    w.bands = calloc(2 * rows->n * BANDS + 1, sizeof *w.bands);
    bool ok = (w.start && w.bands) || error_nomem(err, "looking for duplicates");
    for (uint32_t i = 0; ok && i < rows->n; i++) {
        cluster[i] = i;
        ok = collect_words(&w, i, err);
        if (ok) sign(&w, i);
    }
    if (ok) join_similar(&w);
    if (ok && summary) count_duplicates(&w, summary);
    if (ok && !(join_groups(&w) && (!summary || count_contradictions(rows, summary)))) ok = error_nomem(err, "looking for duplicates");
    for (uint32_t i = 0; ok && i < rows->n; i++) cluster[i] = root(cluster, i);
    free(w.words);
    free(w.start);
    free(w.bands);
    arena_free(&w.arena);
    return ok;
}

/* ---- folds ---- */

struct bundle {
    uint64_t order;   /* random, by seed */
    uint32_t cluster, size;
    uint32_t first;   /* into members */
};

struct split {
    const stance_rows *rows;
    const uint32_t *chosen;
    struct keyed *members;  /* [2 * n] place in chosen by cluster, sorted, and room to sort them */
    struct bundle *bundles;
    double *count;          /* [k][labels] rows */
    double *total;          /* [labels] */
    size_t k;
};

static int by_size(const void *a, const void *b)
{
    const struct bundle *x = a, *y = b;
    if (x->size != y->size) return x->size > y->size ? -1 : 1;
    if (x->order != y->order) return x->order < y->order ? -1 : 1;
    return (x->cluster > y->cluster) - (x->cluster < y->cluster);
}

static size_t make_bundles(struct split *s, size_t n, uint64_t seed)
{
    size_t made = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (i == 0 || s->members[i].key != s->members[i - 1].key) {
            uint32_t id = (uint32_t)s->members[i].key;
            s->bundles[made++] = (struct bundle){mix(mix(seed) ^ id), id, 0, i};
        }
        s->bundles[made - 1].size++;
    }
    qsort(s->bundles, made, sizeof *s->bundles, by_size);
    return made;
}

static uint32_t label_of(const struct split *s, const struct bundle *b, uint32_t i)
{
    return s->rows->rows[s->chosen[s->members[b->first + i].value]].label;
}

/* The fold in which the bundle's labels, and rows at all, are rarest. */
static size_t best_fold(const struct split *s, const struct bundle *b)
{
    size_t best = 0;
    double least = 0;
    for (size_t f = 0; f < s->k; f++) {
        const double *count = s->count + f * s->rows->labels_n;
        double cost = 0;
        for (size_t l = 0; l < s->rows->labels_n; l++) cost += 0.1 * count[l] / (double)s->rows->n;
        for (uint32_t i = 0; i < b->size; i++) cost += count[label_of(s, b, i)] / s->total[label_of(s, b, i)];
        if (f == 0 || cost < least) best = f, least = cost;
    }
    return best;
}

bool folds_split(const stance_rows *rows, const uint32_t *cluster, const uint32_t *chosen, size_t n, size_t k, uint64_t seed, uint32_t *fold,
                 stance_error *err)
{
    struct split s = {.rows = rows, .chosen = chosen, .k = k};
    s.members = calloc(2 * n + 1, sizeof *s.members);
    s.bundles = calloc(n + 1, sizeof *s.bundles);
    s.count = calloc(k * rows->labels_n + 1, sizeof *s.count);
    s.total = calloc(rows->labels_n + 1, sizeof *s.total);
    bool ok = (s.members && s.bundles && s.count && s.total) || error_nomem(err, "dividing rows into folds");
    for (uint32_t i = 0; ok && i < n; i++) {
        s.members[i] = (struct keyed){cluster[chosen[i]], i};
        s.total[rows->rows[chosen[i]].label]++;
    }
    if (ok) radix_sort(s.members, s.members + n, n);
    size_t bundles = ok ? make_bundles(&s, n, seed) : 0;
    for (size_t b = 0; b < bundles; b++) {
        size_t f = best_fold(&s, &s.bundles[b]);
        for (uint32_t i = 0; i < s.bundles[b].size; i++) {
            fold[s.members[s.bundles[b].first + i].value] = (uint32_t)f;
            s.count[f * rows->labels_n + label_of(&s, &s.bundles[b], i)]++;
        }
    }
    free(s.members);
    free(s.bundles);
    free(s.count);
    free(s.total);
    return ok;
}
