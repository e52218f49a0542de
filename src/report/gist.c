/* SPDX-License-Identifier: MIT
 * gist: text to numbers.
 * Method: words are cut where a character is no letter, digit or symbol, folded, stripped of the commonest endings and hashed (XXH3).
 * A word is hard when it is a number or a capitalised word inside the text: two views that differ in such words say different things.
 * Limits: English endings and stop words; a 32-bit hash, of which 29 bits count. */
#include "gist.h"

#include <stdlib.h>
#include <string.h>

#include "../text/unicode.h"

/* Sorted bytewise. */
static const struct small_word {
    const char *text;
    uint32_t flags;
} small_words[] = {
    {"a", GIST_STOP}, {"about", GIST_STOP}, {"after", GIST_STOP}, {"all", GIST_STOP}, {"also", GIST_STOP}, {"am", GIST_STOP}, {"an", GIST_STOP},
    {"and", GIST_STOP}, {"any", GIST_STOP}, {"are", GIST_STOP}, {"as", GIST_STOP}, {"at", GIST_STOP}, {"be", GIST_STOP}, {"been", GIST_STOP},
    {"before", GIST_STOP}, {"being", GIST_STOP}, {"but", GIST_STOP}, {"by", GIST_STOP}, {"can", GIST_STOP}, {"cannot", GIST_STOP | GIST_NOT},
    {"could", GIST_STOP}, {"d", GIST_STOP}, {"did", GIST_STOP}, {"do", GIST_STOP}, {"does", GIST_STOP}, {"doing", GIST_STOP}, {"don", GIST_STOP},
    {"done", GIST_STOP}, {"down", GIST_STOP}, {"for", GIST_STOP}, {"from", GIST_STOP}, {"had", GIST_STOP}, {"has", GIST_STOP}, {"have", GIST_STOP},
    {"having", GIST_STOP}, {"he", GIST_STOP}, {"her", GIST_STOP}, {"here", GIST_STOP}, {"him", GIST_STOP}, {"his", GIST_STOP}, {"how", GIST_STOP},
    {"i", GIST_STOP}, {"if", GIST_STOP}, {"in", GIST_STOP}, {"into", GIST_STOP}, {"is", GIST_STOP}, {"it", GIST_STOP}, {"its", GIST_STOP},
    {"just", GIST_STOP}, {"ll", GIST_STOP}, {"m", GIST_STOP}, {"may", GIST_STOP}, {"me", GIST_STOP}, {"might", GIST_STOP}, {"more", GIST_STOP},
    {"most", GIST_STOP}, {"must", GIST_STOP}, {"my", GIST_STOP}, {"neither", GIST_STOP | GIST_NOT}, {"never", GIST_STOP | GIST_NOT},
    {"no", GIST_STOP | GIST_NOT}, {"none", GIST_STOP | GIST_NOT}, {"nor", GIST_STOP | GIST_NOT}, {"not", GIST_STOP | GIST_NOT}, {"of", GIST_STOP},
    {"off", GIST_STOP}, {"on", GIST_STOP}, {"only", GIST_STOP}, {"or", GIST_STOP}, {"other", GIST_STOP}, {"our", GIST_STOP}, {"out", GIST_STOP},
    {"over", GIST_STOP}, {"own", GIST_STOP}, {"re", GIST_STOP}, {"s", GIST_STOP}, {"said", GIST_STOP}, {"same", GIST_STOP}, {"say", GIST_STOP},
    {"says", GIST_STOP}, {"shall", GIST_STOP}, {"she", GIST_STOP}, {"should", GIST_STOP}, {"so", GIST_STOP}, {"some", GIST_STOP}, {"such", GIST_STOP},
    {"t", GIST_STOP | GIST_NOT}, {"than", GIST_STOP}, {"that", GIST_STOP}, {"the", GIST_STOP}, {"their", GIST_STOP}, {"them", GIST_STOP},
    {"then", GIST_STOP}, {"there", GIST_STOP}, {"these", GIST_STOP}, {"they", GIST_STOP}, {"this", GIST_STOP}, {"those", GIST_STOP},
    {"through", GIST_STOP}, {"to", GIST_STOP}, {"too", GIST_STOP}, {"up", GIST_STOP}, {"us", GIST_STOP}, {"ve", GIST_STOP}, {"very", GIST_STOP},
    {"was", GIST_STOP}, {"we", GIST_STOP}, {"were", GIST_STOP}, {"what", GIST_STOP}, {"when", GIST_STOP}, {"where", GIST_STOP}, {"which", GIST_STOP},
    {"who", GIST_STOP}, {"why", GIST_STOP}, {"will", GIST_STOP}, {"with", GIST_STOP}, {"without", GIST_STOP | GIST_NOT}, {"would", GIST_STOP},
    {"you", GIST_STOP}, {"your", GIST_STOP},
};

/* Longest first: the first that fits goes, when four letters stay. */
static const struct {
    const char *text;
    char last;
} endings[] = {{"ations", 's'}, {"ation", 'n'}, {"ments", 's'}, {"edly", 'y'}, {"ings", 's'}, {"ment", 't'}, {"ing", 'g'}, {"ers", 's'},
               {"al", 'l'},     {"ed", 'd'},    {"er", 'r'},    {"es", 's'},   {"ly", 'y'},   {"e", 'e'},    {"s", 's'}};

/* Compares a word, which has no NUL at its end, with a listed one. */
static int by_text(const void *key, const void *item)
{
    const stance_str *s = key;
    const char *text = ((const struct small_word *)item)->text;
    for (size_t i = 0; i < s->len; i++)
        if (s->ptr[i] != text[i]) return (unsigned char)s->ptr[i] < (unsigned char)text[i] ? -1 : 1;
    return text[s->len] ? -1 : 0;
}

static uint32_t listed(stance_str word)
{
    if (word.len > 7) return 0;
    const struct small_word *found = bsearch(&word, small_words, sizeof small_words / sizeof *small_words, sizeof *small_words, by_text);
    return found ? found->flags : 0;
}

static stance_str stem(stance_str word)
{
    for (size_t i = 0; word.len > 4 && i < sizeof endings / sizeof *endings; i++) {
        if (endings[i].last != word.ptr[word.len - 1]) continue;
        stance_str end = str_of(endings[i].text);
        if (word.len >= end.len + 4 && str_ends(word, end)) return str_slice(word, 0, word.len - end.len);
    }
    return word;
}

static bool in_ascii_word(unsigned char c)
{
    return (c | 32u) - 'a' < 26 || c - (unsigned)'0' < 10 || (c && strchr("$+<=>^`|~%&#", c));
}

bool gist_in_word(uint32_t c)
{
    if (c < 0x80) return in_ascii_word((unsigned char)c);
    enum unicode_class class = unicode_classify(c);
    return class <= UNICODE_DIGIT || class >= UNICODE_EMOJI;
}

/* The next word behind *at, or one without length. */
static stance_str next_word(stance_str text, size_t *at)
{
    size_t start = *at, end = *at;
    for (bool inside = false; *at < text.len;) {
        size_t before = *at;
        unsigned char byte = (unsigned char)text.ptr[*at];
        bool in = byte < 0x80 ? (++*at, in_ascii_word(byte)) : gist_in_word(unicode_next(text, at));
        if (inside && !in) break;
        if (in && !inside) start = before;
        inside = inside || in;
        if (in) end = *at;
    }
    return end > start ? str_slice(text, start, end) : (stance_str){text.ptr, 0};
}

enum { ASCII_WORD = 64 };

/* Case folded; short words of ASCII, which nearly all are, without allocating. */
static stance_str fold(struct gist *g, stance_str word, char room[ASCII_WORD])
{
    size_t i = 0;
    for (; i < word.len && i < ASCII_WORD && (unsigned char)word.ptr[i] < 0x80; i++) {
        char c = word.ptr[i];
        room[i] = c >= 'A' && c <= 'Z' ? (char)(c | 32) : c;
    }
    if (i == word.len) return (stance_str){room, i};
    strbuf_empty(&g->scratch);
    unicode_fold(word, &g->scratch);
    return strbuf_str(&g->scratch);
}

static uint32_t flags_of(stance_str word, stance_str folded, bool first)
{
    char c = word.ptr[0];
    uint32_t small = listed(folded);
    if (small) return small;
    if (c >= '0' && c <= '9') return GIST_HARD;
    return !first && c >= 'A' && c <= 'Z' ? GIST_HARD : 0;
}

static uint32_t number(stance_str folded, uint64_t hash, uint32_t flags)
{
    stance_str s = flags & GIST_STOP ? folded : stem(folded);
    if (s.len != folded.len) hash = str_hash(s, 1);
    return ((uint32_t)hash & ~(uint32_t)GIST_FLAGS) | flags;
}

static uint64_t chain(uint64_t hash, uint64_t word)
{
    return (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15) + (hash >> 29);
}

bool gist_add(struct gist *g, stance_str text, uint64_t *exact)
{
    *exact = 0;
    if (!text.ptr) return true;
    char room[ASCII_WORD];
    void *words = g->words;
    size_t kept = 0;
    if (!array_reserve(&words, &g->cap, g->n + GIST_MOST, sizeof *g->words)) return false;
    g->words = words;
    if (!unicode_valid(text)) return *exact = str_hash(text, 2), true;
    for (size_t at = 0; at < text.len;) {
        stance_str word = next_word(text, &at);
        if (!word.len) break;
        stance_str folded = fold(g, word, room);
        uint64_t hash = str_hash(folded, 1);
        *exact = chain(*exact, hash);
        if (kept < GIST_MOST) g->words[g->n + kept] = number(folded, hash, flags_of(word, folded, kept == 0)), kept++;
    }
    g->n += kept;
    if (!*exact) *exact = str_hash(text, 2);
    return !g->scratch.failed;
}

bool gist_name(struct gist *g, stance_str name, uint32_t *whole, uint32_t *last)
{
    uint64_t all = 0;
    char room[ASCII_WORD];
    *whole = *last = 0;
    if (!name.ptr || !unicode_valid(name)) return true;
    for (size_t at = 0; at < name.len;) {
        stance_str word = next_word(name, &at);
        if (!word.len) break;
        uint64_t hash = str_hash(fold(g, word, room), 1);
        all = chain(all, hash);
        *last = (uint32_t)hash | 1;
    }
    *whole = all ? (uint32_t)(all >> 32) | 1 : 0;
    return !g->scratch.failed;
}

void gist_free(struct gist *g)
{
    free(g->words);
    strbuf_free(&g->scratch);
    *g = (struct gist){0};
}
