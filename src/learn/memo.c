/* SPDX-License-Identifier: MIT
 * memo: a table of words, and the sums of their n-grams of characters instead of lookups per n-gram.
 * Method: what a word adds to the sums of its n-grams of characters depends on it alone, and it counts once (vectors.h, features.c): sums per word, made
 * when it is met first, and a stamp per word that tells it stood in this statement before.
 * Limits: forgets everything between two statements when it holds 65,536 words or 16 MB of their text. */
#include "memo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MEMO_TEXT = 16 << 20 };

static void note_rare(struct memo *m)
{
    const stance_str head = STR("tw=");
    for (uint32_t id = 0; id < m->model->features; id++) {
        if (m->model->block[id] != BLOCK_TARGET || !str_starts(model_key(m->model, id), head)) continue;
        uint64_t bit = hash_spread(piece_of(model_key(m->model, id)).hash) % MEMO_RARE;
        m->rare[bit >> 6] |= UINT64_C(1) << (bit & 63);
    }
}

/* All but those of the block of characters, which has its own sums. */
static void fill_cells(struct memo *m)
{
    const struct stance_model *model = m->model;
    size_t labels = model->labels;
    for (size_t id = 0; id < model->features; id++) {
        if (model->block[id] == BLOCK_CHAR) continue;
        double scale = model->scale[id];
        const double *w = model->weights + id * labels;
        union memo_cell *to = m->cells + id * m->stride;
        to[1].number = scale;
        for (size_t l = 1; l < labels; l++) to[1 + l].number = scale * (w[l] - w[0]);
    }
}

/* What is not touched takes no memory. */
static bool make_cells(struct memo *m)
{
    enum { LINE = 64 };
    size_t n = m->model->features + 1 + MEMO_WORDS;
    m->stride = (uint32_t)(1 + m->model->labels);
    if (n > NOT_ASKED / m->stride) return false;
    m->none = (uint32_t)m->model->features * m->stride;
    m->made = calloc(n * m->stride + LINE / sizeof *m->cells, sizeof *m->cells);
    if (!m->made || !pairs_init(&m->pairs, m->model)) return false;
    m->cells = (union memo_cell *)(void *)((char *)m->made + (LINE - (uintptr_t)m->made % LINE) % LINE);
    for (size_t b = 0; b < BLOCK_REAL; b++) {
        if (b == BLOCK_CHAR) continue;
        m->occurring[b] = malloc((n + 1) * sizeof *m->occurring[b]);
        if (!m->occurring[b]) return false;
    }
    fill_cells(m);
    note_rare(m);
    return true;
}

bool memo_init(struct memo *m, const struct stance_model *model)
{
    *m = (struct memo){.model = model};
    for (size_t i = 0; i < FEATURE_FIXED; i++) m->fixed[i] = NOT_ASKED;
    for (size_t i = 0; i < feature_templates_n; i++) m->heads[i] = feature_head(i);
    m->polarity = features_want_lexicon(model->recipe.templates);
    m->joint = features_joint(model->recipe.templates, &m->as_word, &m->as_token);
    m->active_n = features_active(model->recipe.templates, m->active);
    m->spellers_n = features_spellers(model->recipe.templates, m->spellers);
    return make_cells(m);
}

static void forget(struct memo *m)
{
    dictionary_free(&m->index);
    arena_free(&m->text);
    m->text_bytes = 0;
    m->forgotten++;
}

void memo_free(struct memo *m)
{
    forget(m);
    free(m->words);
    free(m->sums);
    free(m->met);
    free(m->made);
    free(m->negated);
    for (size_t b = 0; b < BLOCKS; b++) free(m->occurring[b]);
    pairs_free(&m->pairs);
}

/* Forgets what occurred in a statement that was not scored. */
static void drop(struct memo *m)
{
    for (size_t b = 0; b < BLOCKS; b++) {
        for (size_t i = 0; i < m->occurring_n[b]; i++) m->cells[m->occurring[b][i]].times = 0;
        m->occurring_n[b] = 0;
    }
}

void memo_begin(struct memo *m)
{
    memset(m->total, 0, (1 + m->model->labels) * sizeof *m->total);
    m->met_n = 0;
    m->grams = m->grams_known = 0;
    memset(m->real, 0, m->model->labels * sizeof *m->real);
    drop(m);
    if (m->index.n >= MEMO_WORDS || m->text_bytes >= MEMO_TEXT || m->failed || m->stamp + 1 == NOT_ASKED) {
        forget(m);
        m->stamp = 0;
    }
    m->stamp++;
    m->failed = false;
}

/* ---- words ---- */

/* Doubles words, each in a line of the cache, and their sums. */
static bool make_room(struct memo *m)
{
    if (m->index.n <= m->words_cap) return true;
    size_t cap = m->words_cap ? m->words_cap * 2 : 256;
    struct known_word *words = aligned_alloc(sizeof *words, cap * sizeof *words);
    double *sums = words ? realloc(m->sums, cap * (1 + m->model->labels) * sizeof *sums) : NULL;
    if (!sums) {
        free(words);
        return false;
    }
    if (m->words_cap) memcpy(words, m->words, m->words_cap * sizeof *words);
    free(m->words);
    m->sums = sums;
    m->words = words;
    void *negated = realloc(m->negated, cap * sizeof *m->negated);
    if (!negated) return false;
    m->negated = negated;
    m->words_cap = cap;
    return true;
}

uint32_t memo_word(struct memo *m, const struct piece *word)
{
    bool fresh = false;
    uint32_t at = dictionary_add(&m->index, word->hash, &fresh);
    if (at != NO_ID && !fresh) return at;
    stance_str text;
    stance_str given = {word->text.len ? word->text.ptr : "", word->text.len};
    if (at == NO_ID || given.len >= UINT32_MAX || !make_room(m) || !arena_copy(&m->text, given, &text)) {
        m->failed = true;
        return NO_ID;
    }
    m->text_bytes += text.len;
    struct known_word *w = &m->words[at];
    uint32_t entry = m->polarity ? lexicon_place(&m->model->lexicon, word->hash) : NO_ID;
    *w = (struct known_word){text.ptr, word->hash, word->power, (uint32_t)text.len, 0, 0, NOT_ASKED, {0}};
    w->entry = (entry == NO_ID ? NO_ENTRY : entry) & NO_ENTRY;
    w->flags = features_word_flags(text) & 63u;
    if (entry != NO_ID && m->model->lexicon.entries[entry].kind == LEXICON_PREFIX) w->flags |= KNOWN_OPENING;
    for (size_t i = 0; i < WORD_SLOTS; i++) w->ids[i] = NOT_ASKED;
    for (size_t i = 0; i < NEGATED_SLOTS; i++) m->negated[at][i] = NOT_ASKED;
    return at;
}

/* ---- characters ---- */

/* Keys of the word's n-grams, spread; most of them are features. Returns how many. */
static size_t ask(const struct memo *m, const struct known_word *w, uint64_t keys[FEATURE_SPELLED])
{
    size_t n = features_spell(m->spellers, m->spellers_n, (stance_str){w->text, w->len}, keys);
    for (size_t i = 0; i < n; i++) {
        keys[i] = hash_spread(keys[i]);
        model_prefetch(m->model, keys[i]);
    }
    return n;
}

/* Ids of those that are there. */
static size_t find(const struct memo *m, const uint64_t *keys, size_t n, uint32_t *ids)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t id = model_find_spread(m->model, keys[i]);
        if (id == NO_ID || m->model->block[id] != BLOCK_CHAR) continue; /* none, or one of another block that has this key: no model of ours */
        model_prefetch_feature(m->model, id);
        ids[found++] = id;
    }
    return found;
}

/* The usual numbers of labels are known to the compiler. */
static inline void sum_up(const struct stance_model *model, const uint32_t *ids, size_t n, double *sums, size_t labels)
{
    double total[1 + STANCE_MAX_LABELS] = {0};
    for (size_t i = 0; i < n; i++) {
        double scale = model->scale[ids[i]];
        const double *w = model->weights + ids[i] * labels;
        total[0] += scale * scale;
        for (size_t l = 0; l < labels; l++) total[1 + l] += scale * w[l];
    }
    for (size_t l = 0; l <= labels; l++) sums[l] = total[l];
}

void memo_spell(struct memo *m, uint32_t word)
{
    uint64_t keys[FEATURE_SPELLED];
    uint32_t ids[FEATURE_SPELLED];
    size_t labels = m->model->labels, n = find(m, keys, ask(m, &m->words[word], keys), ids);
    double *sums = m->sums + word * (1 + labels);
    if (labels == 3) sum_up(m->model, ids, n, sums, 3);
    else if (labels == 2) sum_up(m->model, ids, n, sums, 2);
    else sum_up(m->model, ids, n, sums, labels);
}

void memo_score(const struct memo *m, double length, double *scores)
{
    if (m->total[0] <= 0) return;
    for (size_t l = 0; l < m->model->labels; l++) scores[l] += length / sqrt(m->total[0]) * m->total[1 + l];
}

/* ---- occurrences ---- */

/* What the occurrences of a block add to the distances of scores from the first. */
static inline void settle(struct memo *m, size_t block, double length, double *scores, size_t labels)
{
    const uint32_t *at = m->occurring[block], *end = at + m->occurring_n[block];
    double total[STANCE_MAX_LABELS] = {0};
    for (; at < end; at++) {
        union memo_cell *cell = m->cells + *at;
        uint64_t times = cell->times;
        cell->times = 0;
        double damped = times == 1 ? 1 : damp_many((double)times), x = damped * cell[1].number;
        total[0] += x * x;
        for (size_t l = 1; l < labels; l++) total[l] += damped * cell[1 + l].number;
    }
    m->occurring_n[block] = 0;
    if (total[0] <= 0) return;
    double factor = length / sqrt(total[0]);
    for (size_t l = 1; l < labels; l++) scores[l] += factor * total[l];
}

void memo_settle(struct memo *m, const double *length, double *scores)
{
    size_t labels = m->model->labels;
    for (size_t b = 0; b < BLOCK_REAL; b++) {
        if (b == BLOCK_CHAR) continue;
        if (labels == 3) settle(m, b, length[b], scores, 3);
        else if (labels == 2) settle(m, b, length[b], scores, 2);
        else settle(m, b, length[b], scores, labels);
    }
    for (size_t l = 1; l < labels; l++) scores[l] += length[BLOCK_REAL] * m->real[l];
}

bool memo_pairs(struct memo *m, const struct terms *t)
{
    const struct pairs *p = &m->pairs;
    void *met = m->met;
    bool ok = array_reserve(&met, &m->met_cap, t->n + 1, sizeof *m->met);
    m->met = met;
    m->met_n = 0;
    if (!ok) return false;
    enum { AT_ONCE = 64 };
    for (size_t from = 0; from + 1 < t->n; from += AT_ONCE) {
        uint64_t spread[AT_ONCE];
        uint32_t at[AT_ONCE];
        size_t n = 0, end = t->n - 1 - from > AT_ONCE ? from + AT_ONCE : t->n - 1;
        for (size_t i = from; i < end; i++) {
            spread[n] = t->pairs[i];
            at[n] = (uint32_t)i;
            n += pair_may_be(p, spread[n]); /* nothing that the processor would have to guess */
        }
        for (size_t k = 0; k < n; k++) __builtin_prefetch(pair_slot(p, spread[k]));
        for (size_t k = 0; k < n; k++) {
            const struct pair *found = pair_find(p, spread[k]);
            if (!found) continue;
            __builtin_prefetch(&m->cells[memo_place(m, found->id[PAIR_ROW] - 1)]);
            m->met[m->met_n++] = (struct met_pair){at[k], found};
        }
    }
    return true;
}

double memo_log1p(struct memo *m, double v)
{
    uint64_t bits;
    memcpy(&bits, &v, sizeof bits);
    struct known_log *log = &m->logs[(bits * HASH_BASE) >> 56];
    if (log->of != v) *log = (struct known_log){v, log1p(v)}; /* log1p(0) is 0, as an empty one says */
    return log->is;
}

struct known_sums *memo_sums(struct memo *m, uint32_t part, double positive, double negative)
{
    uint64_t a, b;
    memcpy(&a, &positive, sizeof a);
    memcpy(&b, &negative, sizeof b);
    return &m->parts[((a * HASH_BASE + b + part) * HASH_BASE) >> 55];
}
