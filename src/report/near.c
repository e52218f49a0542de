/* SPDX-License-Identifier: MIT
 * near: nearly the same words, found in linear time.
 * Method: pairs of neighbouring words, MinHash (Broder 1997) in BANDS bands of ROWS hashes; views that meet in a band are compared with the
 * last few that met there: two texts with half of their pairs in common meet with probability 0.8, with two thirds 0.99.
 * Limits: texts of fewer than LEAST words have only exact copies. */
#include "near.h"

#include <stdlib.h>
#include <string.h>

enum { BANDS = 12, ROWS = 3, LEAST = 5, LOOK_BACK = 4 };

static uint64_t pair(uint32_t a, uint32_t b)
{
    uint64_t x = ((uint64_t)(a & ~(uint32_t)GIST_FLAGS) << 32 | (b & ~(uint32_t)GIST_FLAGS)) * UINT64_C(0x9FB21C651E98DF25);
    return x ^ (x >> 29);
}

/* ---- comparing two ---- */

static int by_number(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static size_t pairs_of(const uint32_t *words, size_t n, uint64_t *out)
{
    size_t kept = 0;
    for (size_t i = 0; i + 1 < n; i++) out[i] = pair(words[i], words[i + 1]);
    if (n < 2) return 0;
    qsort(out, n - 1, sizeof *out, by_number);
    for (size_t i = 0; i + 1 < n; i++)
        if (!kept || out[kept - 1] != out[i]) out[kept++] = out[i];
    return kept;
}

static size_t common(const uint64_t *a, size_t a_n, const uint64_t *b, size_t b_n)
{
    size_t n = 0;
    for (size_t i = 0, j = 0; i < a_n && j < b_n;) {
        if (a[i] == b[j]) n++, i++, j++;
        else if (a[i] < b[j]) i++;
        else j++;
    }
    return n;
}

static bool has(const uint32_t *words, size_t n, uint32_t word)
{
    for (size_t i = 0; i < n; i++)
        if ((words[i] ^ word) < GIST_HARD * 2) return true;
    return false;
}

static bool has_hard_of_its_own(const uint32_t *a, size_t a_n, const uint32_t *b, size_t b_n)
{
    for (size_t i = 0; i < a_n; i++)
        if ((a[i] & GIST_HARD) && !has(b, b_n, a[i])) return true;
    return false;
}

static size_t negations(const uint32_t *words, size_t n)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++) found += (words[i] & GIST_NOT) != 0;
    return found;
}

bool near_same(const uint32_t *a, size_t a_n, const uint32_t *b, size_t b_n)
{
    uint64_t x[GIST_MOST], y[GIST_MOST];
    if (a_n < LEAST || b_n < LEAST || negations(a, a_n) != negations(b, b_n)) return false;
    size_t x_n = pairs_of(a, a_n, x), y_n = pairs_of(b, b_n, y), shared = common(x, x_n, y, y_n);
    if (3 * shared < x_n + y_n) return false; /* shared / (x + y - shared) < 1/2 */
    return !(has_hard_of_its_own(a, a_n, b, b_n) && has_hard_of_its_own(b, b_n, a, a_n));
}

/* ---- finding candidates ---- */

static const uint64_t odd[BANDS * ROWS] = {
    0x8E9B5C1FD3A60B17, 0xB2D94A7C6F013E85, 0x6C3F8E21A95D7B49, 0xD1758FA3042C6EBB, 0x497E2DB68F1C350D, 0xF3A1067CD48B92E7,
    0x25C8B94E7130DFA1, 0x9D64F1832BA75C6F, 0x5B0E73DC9648A1F3, 0xE7429C05BD81F639, 0x31FA6B8D0E57C295, 0xA8D5037F94C26EB1,
    0x7261CE4AB3F9085D, 0xC49D18F65E2A7B83, 0x0FB37A92D86C41E5, 0x93E850DB27F4A16D, 0x68174CAF0D9EB253, 0xDEA2931B75C06F47,
    0x1C5FD68E4AB30979, 0xB90A7E43F6812DC5, 0x4D83F2B01CE7956B, 0xF61B495D8A720EC3, 0x3A97C06E52DFB81D, 0x85EC1DF7A3469B21,
    0x60D2B83941FC7EA5, 0xCB4F960A8D713E2B, 0x177AE5D4C092BF6F, 0x9E3186BC5FA4D719, 0x52C90D7FB16E83A3, 0xE8B65412AF3DC907,
    0x2D04FB9C73E8A651, 0xA1736EC85D9204FB, 0x78BD21A4069FE3CD, 0xD95A8C3FE1470B65, 0x43E6F70B9C58D2A9, 0xBCF8312DA605971B,
};

static uint64_t band_key(const uint32_t *words, size_t n, size_t band)
{
    uint64_t least[ROWS] = {UINT64_MAX, UINT64_MAX, UINT64_MAX};
    for (size_t i = 0; i + 1 < n; i++) {
        uint64_t p = pair(words[i], words[i + 1]);
        for (size_t r = 0; r < ROWS; r++) {
            uint64_t h = p * odd[band * ROWS + r];
            if (h < least[r]) least[r] = h;
        }
    }
    return (least[0] ^ (least[1] * 3) ^ (least[2] * 5)) * UINT64_C(0xFF51AFD7ED558CCD);
}

struct band {
    uint32_t *slots;    /* [size] the last unit + 1 that came here */
    uint32_t *before;   /* [units_n] the one + 1 that came there before */
    size_t size;
};

static bool meet(struct search *s, uint32_t a, uint32_t b)
{
    const struct said *x = search_said(s, a), *y = search_said(s, b);
    if (x->article == y->article || !search_same_speaker(x, y) || search_joined(s, a, b)) return true;
    return !near_same(search_words(s, x), x->words_n, search_words(s, y), y->words_n) || search_join(s, a, b);
}

static bool run_band(struct search *s, struct band *b, size_t band)
{
    memset(b->slots, 0, b->size * sizeof *b->slots);
    for (uint32_t u = 0; u < s->units_n; u++) {
        const struct said *x = search_said(s, s->units[u]);
        if (x->words_n < LEAST) continue;
        uint32_t *slot = &b->slots[(band_key(search_words(s, x), x->words_n, band) >> 20) & (b->size - 1)];
        uint32_t other = *slot;
        for (int i = 0; other && i < LOOK_BACK; i++, other = b->before[other - 1])
            if (!meet(s, s->units[u], s->units[other - 1])) return false;
        b->before[u] = *slot;
        *slot = u + 1;
    }
    return true;
}

bool near_join(struct search *s)
{
    struct band b = {.size = 1024};
    while (b.size < 2 * s->units_n) b.size *= 2;
    b.slots = calloc(b.size, sizeof *b.slots);
    b.before = calloc(s->units_n + 1, sizeof *b.before);
    bool ok = b.slots && b.before;
    for (size_t band = 0; ok && band < BANDS; band++) ok = run_band(s, &b, band);
    free(b.slots);
    free(b.before);
    return ok;
}
