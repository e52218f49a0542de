/* SPDX-License-Identifier: MIT
 * chunks: texts as runs of bytes between blanks.
 * Method: no token reaches over a blank (U+0020) and none is read otherwise for what stands beyond one, so a text's terms are those of its chunks
 * one after the other; a table knows the chunks met lately by all their bytes, and any other one goes the way of every statement.
 * What is random in memory is asked for many chunks at a time, so that the waiting is shared.
 * Limits: chunks of 16 bytes and more, or of three terms and more, are split each time. */
#include "chunks.h"

#include <stdlib.h>
#include <string.h>

#include "../base/error.h"

enum { BUCKET_BITS = 16, WAYS = 2, TERMS = 2 };

struct chunk {
    uint64_t bytes[2];   /* padded with NUL, in the last byte the length; all zero: empty */
    uint64_t hash;       /* of the first term, and so on */
    uint32_t id;
    uint8_t len;         /* of the term's text */
    uint8_t n, words, function_words;
};

/* Two chunks a line of the cache; the older one gives way. */
struct bucket {
    struct chunk way[WAYS];
};

/* A second term, which few chunks have, is kept apart. */
struct second {
    uint64_t hash;
    uint32_t id;
    uint8_t len;
};

static inline size_t place_of(const struct chunk_at *p)
{
    return (size_t)(p->hash >> (64 - BUCKET_BITS));
}

static struct piece head_of(const char *name)
{
    struct piece head = piece_of(str_of(name)), equals = piece_of(STR("="));
    head.hash = hash_join(head.hash, equals.hash, equals.power);
    head.power *= equals.power;
    return head;
}

static uint64_t template_bits(const char *name)
{
    uint64_t set = 0;
    stance_str bad;
    return feature_select(str_of(name), &set, &bad) ? set : 0;
}

bool chunks_serve(const struct stance_model *model)
{
    for (size_t i = 0; i < model->features; i++)
        if (model->block[i] != BLOCK_WORD) return false;
    return (model->recipe.templates & ~template_bits("w1,w2")) == 0 && model->recipe.copies != COPIES_ON && model->recipe.hash_bits == 0;
}

bool chunks_init(struct chunks *c, const struct stance_model *model)
{
    *c = (struct chunks){.model = model, .single = head_of("w1"), .pair = head_of("w2")};
    c->singles = (model->recipe.templates & template_bits("w1")) != 0;
    c->pairs = (model->recipe.templates & template_bits("w2")) != 0;
    c->power[0] = 1;
    for (size_t i = 1; i < CHUNK_TEXT; i++) c->power[i] = c->power[i - 1] * HASH_BASE;
    c->table = calloc(((size_t)1 << BUCKET_BITS) + 1, sizeof *c->table); /* one more, to begin where a line begins */
    c->seconds = calloc(((size_t)1 << BUCKET_BITS) * WAYS, sizeof *c->seconds);
    if (!c->table || !c->seconds) return false;
    c->buckets = (struct bucket *)(void *)((char *)c->table + (64 - (uintptr_t)c->table % 64) % 64);
    return true;
}

void chunks_free(struct chunks *c)
{
    free(c->table);
    free(c->seconds);
    free(c->words);
    free(c->pending);
    arena_free(&c->arena);
}

/* ---- chunks not met lately ---- */

static bool room(struct chunks *c, size_t need)
{
    void *words = c->words, *pending = c->pending;
    size_t cap = c->cap;
    if (need <= c->cap) return true;
    bool ok = array_reserve(&words, &cap, need, sizeof *c->words);
    c->words = words;
    if (!ok) return false;
    void *grown = realloc(pending, cap * sizeof *c->pending);
    if (!grown) return false;
    c->pending = grown;
    c->cap = cap;
    return true;
}

static bool read_terms(struct chunks *c, stance_str text, struct terms *terms, stance_error *err)
{
    stance_statement in = {.text = text, .target_span = {STANCE_NONE, STANCE_NONE}};
    arena_reset(&c->arena);
    return terms_build(NULL, &in, &c->arena, terms, err) && (room(c, c->n + terms->n + CHUNKS_AT_ONCE * TERMS) || error_nomem(err, "reading a statement"));
}

static uint32_t single_id(const struct chunks *c, const struct piece *p)
{
    uint64_t spread = hash_spread(hash_join(c->single.hash, p->hash, p->power));
    return c->singles && model_may_have(c->model, spread) ? model_find_spread(c->model, spread) : NO_ID;
}

static bool add_terms(struct chunks *c, stance_str text, struct terms *terms, stance_error *err)
{
    if (!read_terms(c, text, terms, err)) return false;
    for (size_t i = 0; i < terms->n; i++) {
        const struct piece *p = &terms->items[i].word;
        c->words[c->n++] = (struct chunk_word){p->hash, p->power, single_id(c, p)};
    }
    struct feature_facts facts = features_facts(terms);
    c->facts.words += facts.words;
    c->facts.function_words += facts.function_words;
    return true;
}

/* Adds the terms of a chunk that the table does not know, and puts it there. */
static bool learn(struct chunks *c, stance_str text, const struct chunk_at *p, stance_error *err)
{
    struct terms terms;
    struct feature_facts facts;
    size_t before = c->n;
    if (!add_terms(c, text, &terms, err)) return false;
    const struct chunk_word *w = c->words + before;
    if (terms.n > TERMS) return true;
    for (size_t i = 0; i < terms.n; i++)
        if (terms.items[i].word.text.len >= CHUNK_TEXT) return true;
    facts = features_facts(&terms);
    struct bucket *b = &c->buckets[place_of(p)];
    struct second *seconds = &c->seconds[place_of(p) * WAYS];
    b->way[1] = b->way[0];
    seconds[1] = seconds[0];
    b->way[0] = (struct chunk){{p->bytes[0], p->bytes[1]}, 0, NO_ID, 0, (uint8_t)terms.n, (uint8_t)facts.words, (uint8_t)facts.function_words};
    if (terms.n > 0) b->way[0].hash = w[0].hash, b->way[0].id = w[0].id, b->way[0].len = (uint8_t)terms.items[0].word.text.len;
    if (terms.n > 1) seconds[0] = (struct second){w[1].hash, w[1].id, (uint8_t)terms.items[1].word.text.len};
    return true;
}

/* ---- reading ---- */

/* Eight bytes, the first in the lowest bits. */
static inline uint64_t eight(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* The chunk at `at`, of which 16 bytes can be read. Lengths come as they please, so nothing is asked that the processor would have to guess. */
static inline size_t take_bytes(const char *at, uint64_t bytes[2])
{
    static const uint64_t mask[9] = {0, 0xFF, 0xFFFF, 0xFFFFFF, 0xFFFFFFFF, 0xFFFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFFFF, UINT64_MAX};
    uint64_t first = eight(at), second = eight(at + 8), one = bytes_that_are(first, ' '), two = bytes_that_are(second, ' ');
    if (!(one | two)) return CHUNK_LONGEST + 1;
    uint64_t found = one ? one : two;
    size_t len = ((size_t)__builtin_ctzll(found) >> 3) + (one ? 0 : 8);
    bytes[0] = first & mask[len < 8 ? len : 8];
    bytes[1] = (second & mask[len < 8 ? 0 : len - 8]) | (uint64_t)len << 56;
    return len;
}

size_t chunks_split(stance_str text, size_t *from, struct chunk_at out[CHUNKS_AT_ONCE])
{
    size_t n = 0, at = *from;
    char tail[CHUNK_LONGEST + 1];
    for (size_t len; at < text.len && n < CHUNKS_AT_ONCE; at += len + 1) {
        const char *bytes = text.ptr + at;
        if (text.len - at < sizeof tail) {
            memset(tail, ' ', sizeof tail);
            bytes = memcpy(tail, bytes, text.len - at);
        }
        len = take_bytes(bytes, out[n].bytes);
        if (len == 0) continue;
        if (len > CHUNK_LONGEST) {
            const char *end = memchr(bytes, ' ', text.len - at);
            len = end ? (size_t)(end - bytes) : text.len - at;
        }
        out[n].hash = (out[n].bytes[0] ^ out[n].bytes[1] * UINT64_C(0xd6e8feb86659fd93)) * HASH_BASE;
        out[n].at = at;
        out[n++].len = len;
    }
    *from = at;
    return n;
}

/* As the table knows it; false when it does not. */
static inline bool recall(struct chunks *c, const struct chunk_at *p)
{
    const struct bucket *b = &c->buckets[place_of(p)];
    size_t way = b->way[0].bytes[0] != p->bytes[0] || b->way[0].bytes[1] != p->bytes[1];
    const struct chunk *k = &b->way[way];
    if (k->bytes[0] != p->bytes[0] || k->bytes[1] != p->bytes[1]) return false;
    c->words[c->n] = (struct chunk_word){k->hash, c->power[k->len], k->id};
    if (k->n == TERMS) {
        const struct second *s = &c->seconds[place_of(p) * WAYS + way];
        c->words[c->n + 1] = (struct chunk_word){s->hash, c->power[s->len], s->id};
    }
    c->n += k->n;
    c->facts.words += k->words;
    c->facts.function_words += k->function_words;
    return true;
}

bool chunks_read(struct chunks *c, stance_str text, stance_error *err)
{
    struct chunk_at pieces[CHUNKS_AT_ONCE];
    struct terms terms;
    c->n = 0;
    c->facts = (struct feature_facts){0, 0};
    for (size_t at = 0; at < text.len;) {
        size_t n = chunks_split(text, &at, pieces);
        for (size_t i = 0; i < n; i++) __builtin_prefetch(&c->buckets[place_of(&pieces[i])]);
        if (!room(c, c->n + CHUNKS_AT_ONCE * TERMS)) return error_nomem(err, "reading a statement");
        for (size_t i = 0; i < n; i++) {
            const struct chunk_at *p = &pieces[i];
            bool is_long = p->len > CHUNK_LONGEST;
            if (!is_long && recall(c, p)) continue;
            stance_str chunk = str_slice(text, p->at, p->at + p->len);
            if (!(is_long ? add_terms(c, chunk, &terms, err) : learn(c, chunk, p, err))) return false;
        }
    }
    return true;
}

size_t chunks_pairs(struct chunks *c)
{
    const struct piece blank = piece_of(STR(" "));
    size_t n = 0;
    for (size_t i = 0; c->pairs && i + 1 < c->n; i++) {
        const struct chunk_word *a = &c->words[i], *b = a + 1;
        uint64_t hash = hash_join(hash_join(hash_join(c->pair.hash, a->hash, a->power), blank.hash, blank.power), b->hash, b->power);
        c->pending[n] = hash_spread(hash);
        n += model_may_have(c->model, c->pending[n]);
    }
    for (size_t i = 0; i < n; i++) model_prefetch(c->model, c->pending[i]);
    return n;
}
