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
#include "../base/pages.h"
#include "../base/sixteen.h"

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
    const size_t places = (size_t)1 << BUCKET_BITS;
    c->buckets = pages_take(places * (sizeof *c->buckets + WAYS * sizeof *c->seconds));
    c->seconds = c->buckets ? (struct second *)(void *)(c->buckets + places) : NULL;
    return c->buckets;
}

void chunks_free(struct chunks *c)
{
    pages_give(c->buckets);
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

static struct feature_facts add_terms(struct chunks *c, const struct terms *terms)
{
    struct feature_facts facts = features_facts(terms);
    for (size_t i = 0; i < terms->n; i++) {
        const struct piece *p = &terms->items[i].word;
        c->words[c->n++] = (struct chunk_word){p->hash, p->power, single_id(c, p)};
    }
    c->facts.words += facts.words;
    c->facts.function_words += facts.function_words;
    return facts;
}

/* What is left of the text when it begins with a straight quotation mark or the curly one of this last byte. */
static stance_str behind_quote(stance_str text, char last)
{
    if (text.len && text.ptr[0] == '"') return str_slice(text, 1, text.len);
    bool curly = text.len >= 3 && text.ptr[0] == '\xE2' && text.ptr[1] == '\x80' && text.ptr[2] == last;
    return curly ? str_slice(text, 3, text.len) : text;
}

static stance_str behind_mark(stance_str text)
{
    return text.len && text.ptr[0] && strchr(",.;:?!)", text.ptr[0]) ? str_slice(text, 1, text.len) : text;
}

/* Most new chunks are a word of ASCII letters, perhaps behind a bracket or a quotation mark and before a mark, a quotation mark and a mark: of them
 * terms_read would say just the word. False: it is to be asked. */
static bool one_word(stance_str chunk, char fold[CHUNK_LONGEST], struct term *word)
{
    stance_str text = chunk.len && chunk.ptr[0] == '(' ? str_slice(chunk, 1, chunk.len) : behind_quote(chunk, '\x9C');
    size_t n = 0;
    for (; n < text.len && (unsigned char)((text.ptr[n] | 0x20) - 'a') < 26; n++) fold[n] = (char)(text.ptr[n] | 0x20);
    stance_str rest = behind_mark(str_slice(text, n, text.len)), unquoted = behind_quote(rest, '\x9D');
    if (unquoted.len < rest.len) rest = behind_mark(unquoted);
    if (!n || rest.len || str_starts(text, STR("www."))) return false; /* an address */
    *word = (struct term){.word = piece_of((stance_str){fold, n}), .flags = TERM_WORD, .kind = TOKEN_WORD};
    return true;
}

/* Adds the terms of a chunk that the table does not know, and puts it there unless it is too long for that. */
static bool learn(struct chunks *c, stance_str text, const struct chunk_at *p, stance_error *err)
{
    char fold[CHUNK_LONGEST];
    struct term word;
    struct terms terms = {.items = &word, .n = 1};
    size_t before = c->n;
    bool is_long = p->len > CHUNK_LONGEST;
    if ((is_long || !one_word(text, fold, &word)) && !read_terms(c, text, &terms, err)) return false;
    struct feature_facts facts = add_terms(c, &terms);
    if (is_long) return true;
    const struct chunk_word *w = c->words + before;
    if (terms.n > TERMS) return true;
    for (size_t i = 0; i < terms.n; i++)
        if (terms.items[i].word.text.len >= CHUNK_TEXT) return true;
    struct bucket *b = &c->buckets[place_of(p)];
    struct second *seconds = &c->seconds[place_of(p) * WAYS];
    if (b->way[0].n == TERMS) seconds[1] = seconds[0]; /* few have one, and the line is not in the cache */
    b->way[1] = b->way[0];
    b->way[0] = (struct chunk){{p->bytes[0], p->bytes[1]}, 0, NO_ID, 0, (uint8_t)terms.n, (uint8_t)facts.words, (uint8_t)facts.function_words};
    if (terms.n > 0) b->way[0].hash = w[0].hash, b->way[0].id = w[0].id, b->way[0].len = (uint8_t)terms.items[0].word.text.len;
    if (terms.n > 1) seconds[0] = (struct second){w[1].hash, w[1].id, (uint8_t)terms.items[1].word.text.len};
    return true;
}

/* ---- reading ---- */

/* The chunk at `at`, of which 16 bytes can be read. Lengths come as they please, so nothing is asked that the processor would have to guess. */
static inline size_t take_bytes(const char *at, uint64_t bytes[2])
{
    sixteen all = sixteen_at(at);
    unsigned blanks = sixteen_equal(all, ' ');
    if (!blanks) return CHUNK_LONGEST + 1;
    unsigned len = (unsigned)__builtin_ctz(blanks);
    all = sixteen_first(all, len);
    bytes[0] = sixteen_low(all);
    bytes[1] = sixteen_high(all) | (uint64_t)len << 56;
    return len;
}

enum { WIDE = CHUNK_LONGEST + 1 };

/* The text's last bytes with blanks behind them, so that 16 can be read at each; returns where in the text they begin. */
static inline size_t make_tail(stance_str text, char tail[2 * WIDE])
{
    memset(tail + WIDE, ' ', WIDE);
    if (text.len >= WIDE) return memcpy(tail, text.ptr + text.len - WIDE, WIDE), text.len - WIDE;
    memset(tail, ' ', WIDE);
    memcpy(tail, text.ptr, text.len);
    return 0;
}

size_t chunks_split(stance_str text, size_t *from, struct chunk_at out[CHUNKS_AT_ONCE])
{
    size_t n = 0, at = *from;
    char tail[2 * WIDE];
    if (at >= text.len) return 0;
    size_t tail_at = make_tail(text, tail);
    for (size_t len; at < text.len && n < CHUNKS_AT_ONCE; at += len + 1) {
        struct chunk_at *p = &out[n];
        len = take_bytes(at < tail_at ? text.ptr + at : tail + (at - tail_at), p->bytes);
        if (len > CHUNK_LONGEST) {
            const char *end = memchr(text.ptr + at, ' ', text.len - at);
            len = end ? (size_t)(end - text.ptr) - at : text.len - at;
        }
        p->hash = (p->bytes[0] ^ p->bytes[1] * UINT64_C(0xd6e8feb86659fd93)) * HASH_BASE;
        p->at = at;
        p->len = len;
        n += len > 0;
    }
    *from = at;
    return n;
}

/* The chunk as the table has it; NULL when it has not. */
static inline const struct chunk *find(const struct bucket *b, const struct chunk_at *p)
{
    const struct chunk *k = &b->way[((b->way[0].bytes[0] ^ p->bytes[0]) | (b->way[0].bytes[1] ^ p->bytes[1])) != 0];
    return ((k->bytes[0] ^ p->bytes[0]) | (k->bytes[1] ^ p->bytes[1])) == 0 ? k : NULL;
}

/* Adds the terms of those chunks at the beginning that the table knows; returns how many these are. */
static size_t recall(struct chunks *c, const struct chunk_at *pieces, size_t n)
{
    struct chunk_word *to = c->words + c->n;
    uint32_t words = 0, function_words = 0;
    size_t i = 0;
    for (const struct chunk *k; i < n; i++) {
        const struct bucket *b = &c->buckets[place_of(&pieces[i])];
        if (pieces[i].len > CHUNK_LONGEST || !(k = find(b, &pieces[i]))) break;
        *to = (struct chunk_word){k->hash, c->power[k->len], k->id};
        if (k->n == TERMS) {
            const struct second *s = &c->seconds[place_of(&pieces[i]) * WAYS + (size_t)(k - b->way)];
            to[1] = (struct chunk_word){s->hash, c->power[s->len], s->id};
        }
        to += k->n;
        words += k->words;
        function_words += k->function_words;
    }
    c->n = (size_t)(to - c->words);
    c->facts.words += words;
    c->facts.function_words += function_words;
    return i;
}

void chunks_begin(struct chunks *c)
{
    c->n = c->pending_n = 0;
}

static void cut(const struct chunks *c, struct chunk_text *t)
{
    t->pieces_n = chunks_split(t->text, &t->at, t->pieces);
    for (size_t i = 0; i < t->pieces_n; i++) __builtin_prefetch(&c->buckets[place_of(&t->pieces[i])]);
}

void chunks_cut(const struct chunks *c, stance_str text, struct chunk_text *t)
{
    t->text = text;
    t->at = 0;
    cut(c, t);
}

bool chunks_read(struct chunks *c, struct chunk_text *t, stance_error *err)
{
    c->facts = (struct feature_facts){0, 0};
    t->words = c->n;
    for (; t->pieces_n; cut(c, t)) {
        if (!room(c, c->n + CHUNKS_AT_ONCE * TERMS)) return error_nomem(err, "reading a statement");
        for (size_t i = 0; (i += recall(c, t->pieces + i, t->pieces_n - i)) < t->pieces_n; i++) {
            const struct chunk_at *p = &t->pieces[i];
            if (!learn(c, str_slice(t->text, p->at, p->at + p->len), p, err)) return false;
        }
    }
    t->words_n = c->n - t->words;
    t->facts = c->facts;
    return true;
}

void chunks_pairs(struct chunks *c, struct chunk_text *t)
{
    const struct piece blank = piece_of(STR(" "));
    const struct chunk_word *words = c->words + t->words, *last = words + (t->words_n && c->pairs ? t->words_n - 1 : 0);
    const struct stance_model *m = c->model;
    const uint64_t head = c->pair.hash;
    uint64_t *pending = c->pending + c->pending_n, *to = pending;
    for (const struct chunk_word *a = words; a < last; a++) {
        uint64_t first = hash_join(hash_join(head, a->hash, a->power), blank.hash, blank.power);
        *to = hash_spread(hash_join(first, a[1].hash, a[1].power));
        to += model_may_have(m, *to);
    }
    for (const uint64_t *at = pending; at < to; at++) model_prefetch(m, *at);
    t->pending = c->pending_n;
    t->pending_n = (size_t)(to - pending);
    c->pending_n += t->pending_n;
}
