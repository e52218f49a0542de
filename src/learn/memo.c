/* SPDX-License-Identifier: MIT
 * memo: a table of words, and the sums of their n-grams of characters instead of lookups per n-gram.
 * Method: a value is (1 + ln count) * idf, so as long as an n-gram comes once its part of the sums is fixed, and sums of words add up; a stamp per
 * feature finds those that come again, whose parts are corrected at the end.
 * Limits: forgets everything between two statements when it holds 65,536 words or 16 MB of their text. */
#include "memo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MEMO_WORDS = 1 << 16, MEMO_TEXT = 16 << 20 };

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
        if (id == m->first) id = m->end;
        if (id == model->features) break;
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
    size_t n = m->model->features + 1;
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
    while (m->first < model->features && model->block[m->first] < BLOCK_CHAR) m->first++;
    for (m->end = m->first; m->end < model->features && model->block[m->end] == BLOCK_CHAR;) m->end++;
    m->seen = calloc(m->end - m->first + 1, sizeof *m->seen);
    m->counts = calloc(m->end - m->first + 1, sizeof *m->counts);
    for (size_t i = 0; i < FEATURE_FIXED; i++) m->fixed[i] = NOT_ASKED;
    for (size_t i = 0; i < feature_templates_n; i++) m->heads[i] = feature_head(i);
    m->polarity = features_want_lexicon(model->recipe.templates);
    m->active_n = features_active(model->recipe.templates, m->active);
    m->spellers_n = features_spellers(model->recipe.templates, m->spellers);
    return m->seen && m->counts && make_cells(m);
}

static void forget(struct memo *m)
{
    dictionary_free(&m->index);
    arena_free(&m->text);
    m->spelled_n = m->text_bytes = 0;
    m->forgotten++;
}

void memo_free(struct memo *m)
{
    forget(m);
    free(m->words);
    free(m->spelled);
    free(m->seen);
    free(m->counts);
    free(m->again);
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
    if (++m->stamp == 0) {
        memset(m->seen, 0, m->end - m->first + 1);
        m->stamp = 1;
    }
    memset(m->total, 0, (1 + m->model->labels) * sizeof *m->total);
    m->again_n = m->met_n = 0;
    m->grams = m->grams_known = 0;
    memset(m->real, 0, m->model->labels * sizeof *m->real);
    drop(m);
    if (m->index.n >= MEMO_WORDS || m->text_bytes >= MEMO_TEXT || m->failed) forget(m);
    m->failed = false;
}

/* ---- words ---- */

/* Doubles words, each in a line of the cache. */
static bool make_room(struct memo *m)
{
    if (m->index.n <= m->words_cap) return true;
    size_t cap = m->words_cap ? m->words_cap * 2 : 256;
    struct known_word *words = aligned_alloc(sizeof *words, cap * sizeof *words);
    if (!words) return false;
    if (m->words_cap) memcpy(words, m->words, m->words_cap * sizeof *words);
    free(m->words);
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

/* Places of those that are there. */
static uint32_t find(const struct memo *m, const uint64_t *keys, size_t n, uint32_t *places)
{
    uint32_t found = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t id = model_find_spread(m->model, keys[i]);
        if (id < m->first || id >= m->end) continue; /* none, or one of another block that has the key of a character n-gram: no model of ours */
        model_prefetch_feature(m->model, id);
        places[found++] = id - m->first;
    }
    return found;
}

/* Their part of the sums. The usual numbers of labels are known to the compiler, here and below. */
static inline void sum_up(const struct memo *m, const uint32_t *places, size_t n, double *sums, size_t labels)
{
    const double *scales = m->model->scale + m->first, *weights = m->model->weights + (size_t)m->first * labels;
    double total[1 + STANCE_MAX_LABELS] = {0};
    for (size_t i = 0; i < n; i++) {
        double scale = scales[places[i]];
        const double *w = weights + (size_t)places[i] * labels;
        total[0] += scale * scale;
        for (size_t l = 0; l < labels; l++) total[1 + l] += scale * w[l];
    }
    for (size_t l = 0; l <= labels; l++) sums[l] = total[l];
}

static bool spell(struct memo *m, uint32_t word)
{
    uint64_t keys[FEATURE_SPELLED];
    uint32_t places[FEATURE_SPELLED + 2];
    struct known_word *w = &m->words[word];
    size_t n = ask(m, w, keys), head = 1 + m->model->labels;
    void *spelled = m->spelled;
    bool ok = m->spelled_n < NOT_ASKED - head - n && array_reserve(&spelled, &m->spelled_cap, m->spelled_n + head + 1 + n / 2, sizeof *m->spelled);
    m->spelled = spelled;
    if (!ok) return false;
    double *at = m->spelled + m->spelled_n;
    places[0] = find(m, keys, n, places + 1);
    if (m->model->labels == 3) sum_up(m, places + 1, places[0], at, 3);
    else if (m->model->labels == 2) sum_up(m, places + 1, places[0], at, 2);
    else sum_up(m, places + 1, places[0], at, m->model->labels);
    memcpy(at + head, places, (1 + places[0]) * sizeof *places);
    w->spelled = (uint32_t)m->spelled_n;
    m->spelled_n += head + 1 + places[0] / 2;
    return true;
}

static inline void add_up(double *total, const double *sums, size_t n)
{
    for (size_t i = 0; i < n; i++) total[i] += sums[i];
}

void memo_characters(struct memo *m, uint32_t word)
{
    void *again = m->again;
    size_t labels = m->model->labels;
    bool ok = !m->failed && (m->words[word].spelled != NOT_ASKED || spell(m, word)) &&
              array_reserve(&again, &m->again_cap, m->again_n + FEATURE_SPELLED, sizeof *m->again);
    m->again = again;
    if (!ok) {
        m->failed = true;
        return;
    }
    const double *sums = m->spelled + m->words[word].spelled;
    if (labels == 3) add_up(m->total, sums, 4);
    else add_up(m->total, sums, labels + 1);
    uint8_t *seen = m->seen, stamp = m->stamp;
    const uint32_t *places = (const uint32_t *)(const void *)(sums + labels + 1), *end = places + 1 + places[0];
    uint32_t *to = m->again + m->again_n;
    for (const uint32_t *at = places + 1; at < end; at++) { /* nothing that the processor would have to guess */
        uint32_t place = *at;
        *to = place;
        to += seen[place] == stamp;
        seen[place] = stamp;
    }
    m->again_n = (size_t)(to - m->again);
}

/* Keeps each place once, and counts how often it was there. */
static size_t count_again(struct memo *m)
{
    size_t kept = 0;
    for (size_t i = 0; i < m->again_n; i++) {
        uint32_t place = m->again[i];
        m->again[kept] = place;
        kept += m->counts[place]++ == 0;
        __builtin_prefetch(m->model->scale + m->first + place);
        __builtin_prefetch(m->model->weights + (m->first + (size_t)place) * m->model->labels);
    }
    return kept;
}

/* An n-gram that came n times was summed n times, where its value is 1 + ln n. */
static inline void correct(struct memo *m, size_t n, size_t labels)
{
    const double *scales = m->model->scale + m->first, *weights = m->model->weights + (size_t)m->first * labels;
    double total[1 + STANCE_MAX_LABELS];
    for (size_t l = 0; l <= labels; l++) total[l] = m->total[l];
    for (size_t i = 0; i < n; i++) {
        uint32_t place = m->again[i];
        double count = 1 + (double)m->counts[place], damped = damp_count(count), scale = scales[place];
        const double *w = weights + (size_t)place * labels;
        m->counts[place] = 0;
        total[0] += (damped * damped - count) * scale * scale;
        for (size_t l = 0; l < labels; l++) total[1 + l] += (damped - count) * scale * w[l];
    }
    for (size_t l = 0; l <= labels; l++) m->total[l] = total[l];
}

void memo_score(struct memo *m, double length, double *scores)
{
    size_t n = count_again(m), labels = m->model->labels;
    if (labels == 3) correct(m, n, 3);
    else if (labels == 2) correct(m, n, 2);
    else correct(m, n, labels);
    m->again_n = 0;
    if (m->total[0] <= 0) return;
    for (size_t l = 0; l < labels; l++) scores[l] += length / sqrt(m->total[0]) * m->total[1 + l];
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
            if (found) m->met[m->met_n++] = (struct met_pair){at[k], found};
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
    return &m->sums[((a * HASH_BASE + b + part) * HASH_BASE) >> 55];
}
