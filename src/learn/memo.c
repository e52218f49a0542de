/* SPDX-License-Identifier: MIT
 * memo: sums per word instead of lookups per n-gram.
 * Method: a value is (1 + ln count) * idf, so as long as an n-gram comes once its part of the sums is fixed, and sums of words add up; a bit per feature
 * finds those that come again, whose parts are corrected at the end. Limits: forgets everything when it holds 65,536 words. */
#include "memo.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MEMO_WORDS = 1 << 16 };

bool memo_init(struct memo *m, const struct stance_model *model)
{
    *m = (struct memo){.model = model};
    while (m->first < model->features && model->block[m->first] < BLOCK_CHAR) m->first++;
    for (m->end = m->first; m->end < model->features && model->block[m->end] == BLOCK_CHAR;) m->end++;
    m->seen = calloc((m->end - m->first) / 64 + 1, sizeof *m->seen);
    return m->seen;
}

static void forget(struct memo *m)
{
    dictionary_free(&m->words);
    m->ids_n = 0;
    m->open = false;
}

void memo_free(struct memo *m)
{
    forget(m);
    free(m->start);
    free(m->sums);
    free(m->ids);
    free(m->seen);
    tally_free(&m->again);
}

void memo_begin(struct memo *m)
{
    memset(m->seen, 0, ((m->end - m->first) / 64 + 1) * sizeof *m->seen);
    memset(m->total, 0, sizeof m->total);
    tally_clear(&m->again);
    if (m->open || m->words.n >= MEMO_WORDS) forget(m); /* open: the last extraction failed in mid-word */
}

static bool add_word(struct memo *m, size_t word)
{
    const double *sums = m->sums + word * (1 + m->model->labels);
    for (size_t l = 0; l <= m->model->labels; l++) m->total[l] += sums[l];
    for (size_t i = m->start[word]; i < m->start[word + 1]; i++) {
        uint32_t place = m->ids[i] - m->first;
        uint64_t bit = UINT64_C(1) << (place & 63);
        if ((m->seen[place >> 6] & bit) && !tally_add(&m->again, m->ids[i], 1)) return false;
        m->seen[place >> 6] |= bit;
    }
    return true;
}

bool memo_word(struct memo *m, uint64_t hash, bool *known)
{
    bool fresh;
    void *start = m->start, *sums = m->sums;
    size_t width = 1 + m->model->labels;
    uint32_t id = dictionary_add(&m->words, hash, &fresh);
    if (id == NO_ID) return false;
    *known = !fresh;
    if (!fresh) return add_word(m, id);
    m->open = true;
    bool ok = array_reserve(&start, &m->start_cap, m->words.n + 1, sizeof *m->start);
    m->start = start;
    ok = ok && array_reserve(&sums, &m->sums_cap, m->words.n * width, sizeof *m->sums);
    m->sums = sums;
    if (!ok) return false;
    m->start[id] = m->start[id + 1] = m->ids_n;
    memset(m->sums + id * width, 0, width * sizeof *m->sums);
    return true;
}

bool memo_note(struct memo *m, uint32_t id)
{
    void *ids = m->ids;
    if (id < m->first || id >= m->end) return true; /* a feature of another block that has the key of a character n-gram: no model of ours */
    if (!array_reserve(&ids, &m->ids_cap, m->ids_n + 1, sizeof *m->ids)) return false;
    m->ids = ids;
    m->ids[m->ids_n++] = id;
    double *sums = m->sums + (m->words.n - 1) * (1 + m->model->labels), scale = m->model->scale[id];
    const double *w = m->model->weights + (size_t)id * m->model->labels;
    sums[0] += scale * scale;
    for (size_t l = 0; l < m->model->labels; l++) sums[1 + l] += scale * w[l];
    return true;
}

bool memo_close(struct memo *m)
{
    m->start[m->words.n] = m->ids_n;
    m->open = false;
    return add_word(m, m->words.n - 1);
}

/* An n-gram that came n times was summed n times, where its value is 1 + ln n. */
static void correct(struct memo *m)
{
    size_t labels = m->model->labels;
    for (size_t i = 0; i < m->again.n; i++) {
        double n = 1 + (double)m->again.cells[i].count, damped = 1 + log(n), scale = m->model->scale[m->again.cells[i].id];
        const double *w = m->model->weights + (size_t)m->again.cells[i].id * labels;
        m->total[0] += (damped * damped - n) * scale * scale;
        for (size_t l = 0; l < labels; l++) m->total[1 + l] += (damped - n) * scale * w[l];
    }
}

void memo_score(struct memo *m, double length, double *scores)
{
    correct(m);
    if (m->total[0] <= 0) return;
    for (size_t l = 0; l < m->model->labels; l++) scores[l] += length / sqrt(m->total[0]) * m->total[1 + l];
}
