/* SPDX-License-Identifier: MIT
 * recall: texts read as runs of bytes between blanks.
 * Method: no token reaches over a blank (U+0020), and but for two marks of quotation that begin a text none is read otherwise for what stands beyond
 * one; so a text's tokens are those of its chunks one after the other. A table has the chunks met lately by all their bytes, one a line of the cache;
 * any other one is split like a text. Limits: chunks of 16 bytes and more, or of more than five tokens and terms together, are split each time. */
#include "recall.h"

#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "chunks.h"

enum { BUCKET_BITS = 16, WAYS = 2, ITEMS = 5 };

/* A token or a term of a chunk. */
struct item {
    uint32_t word;
    uint8_t start, end;    /* token: bytes of the chunk; term: its token, its clause */
    uint8_t kind, flags;
};

struct remembered {
    uint64_t bytes[2];     /* as in struct chunk_at; all zero: empty */
    uint8_t tokens, terms, clauses, exclamations, questions;
    uint8_t token_flags;   /* of all tokens */
    uint16_t kinds;
    struct item item[ITEMS]; /* tokens, then terms */
};
_Static_assert(sizeof(struct remembered) == 64, "a chunk takes a line of the cache");

/* The older one gives way. */
struct recall_bucket {
    struct remembered way[WAYS];
};

bool recall_init(struct recall *r, struct memo *memo)
{
    *r = (struct recall){.memo = memo, .forgotten = memo->forgotten};
    memset(r->marks, 0xFF, sizeof r->marks);
    r->table = calloc(((size_t)1 << BUCKET_BITS) + 1, sizeof *r->table); /* one more, to begin where a line begins */
    r->buckets = r->table ? (struct recall_bucket *)(void *)((char *)r->table + (64 - (uintptr_t)r->table % 64) % 64) : NULL;
    return r->table;
}

void recall_free(struct recall *r)
{
    free(r->table);
    free(r->word_of_number);
    free(r->pairs);
    free(r->tokens);
    free(r->token_known);
    free(r->terms);
    free(r->known);
    arena_free(&r->arena);
}

static bool reserve(void **array, void **with, size_t *cap, size_t need, size_t size)
{
    size_t grown = *cap;
    if (need <= *cap) return true;
    if (!array_reserve(array, &grown, need, size)) return false;
    void *words = realloc(*with, grown * sizeof(uint32_t));
    if (!words) return false; /* *cap is what both have */
    *with = words;
    *cap = grown;
    return true;
}

/* Room for so many more. */
static bool room(struct recall *r, size_t tokens, size_t terms)
{
    void *t = r->tokens, *tk = r->token_known, *w = r->terms, *k = r->known;
    bool ok = reserve(&t, &tk, &r->tokens_cap, r->tokens_n + tokens, sizeof *r->tokens) &&
              reserve(&w, &k, &r->terms_cap, r->terms_n + terms, sizeof *r->terms);
    r->tokens = t;
    r->token_known = tk;
    r->terms = w;
    r->known = k;
    return ok;
}

static inline struct token token_of(const struct known_word *w, size_t start, size_t end, uint8_t kind, uint8_t flags)
{
    return (struct token){(uint32_t)start, (uint32_t)end, w->text, w->len, kind, flags};
}

static inline struct term term_of(const struct known_word *w, size_t token, size_t clause, uint8_t kind, uint8_t flags)
{
    return (struct term){known_piece(w), (uint32_t)token, (uint32_t)clause, 0, flags, kind, PART_OTHER};
}

/* ---- chunks not met lately ---- */

/* Those whose tokens are the same wherever they stand: but for ''' at the very beginning of a text. */
static bool worth(const struct chunk_at *p, stance_str text, const struct terms *t)
{
    char a = text.ptr[p->at], b = p->len > 1 ? text.ptr[p->at + 1] : '\0';
    return p->len <= CHUNK_LONGEST && t->tokens.n + t->n <= ITEMS && !(a == b && (a == '\'' || a == '`'));
}

static struct remembered *replace(struct recall *r, const struct chunk_at *p)
{
    struct recall_bucket *b = &r->buckets[p->hash >> (64 - BUCKET_BITS)];
    b->way[1] = b->way[0];
    return &b->way[0];
}

/* Place of a term's word, which is that of its token but for numbers, parts of hashtags and addresses. */
static uint32_t word_of(struct recall *r, const struct term *t, uint32_t token_word)
{
    return r->memo->words[token_word].hash == t->word.hash ? token_word : memo_word(r->memo, &t->word);
}

/* Adds what was read from byte `from` of the text on. */
static bool add(struct recall *r, const struct terms *t, size_t from, struct terms *out)
{
    size_t before = r->tokens_n;
    if (!room(r, t->tokens.n + CHUNKS_AT_ONCE * ITEMS, t->n + CHUNKS_AT_ONCE * ITEMS)) return false; /* and for the chunks behind */
    for (size_t i = 0; i < t->tokens.n; i++) {
        const struct token *k = &t->tokens.items[i];
        struct piece fold = piece_of(token_fold(k));
        uint32_t word = memo_word(r->memo, &fold);
        if (word == NO_ID) return false;
        r->token_known[r->tokens_n] = word;
        r->tokens[r->tokens_n++] = token_of(&r->memo->words[word], from + k->start, from + k->end, k->kind, k->flags);
    }
    for (size_t i = 0; i < t->n; i++) {
        const struct term *k = &t->items[i];
        uint32_t word = word_of(r, k, r->token_known[before + k->token]);
        if (word == NO_ID) return false;
        r->known[r->terms_n] = word;
        out->function_words += k->kind == TOKEN_WORD && (r->memo->words[word].flags & KNOWN_FUNCTION);
        r->terms[r->terms_n++] = term_of(&r->memo->words[word], before + k->token, out->clauses + k->clause, k->kind, k->flags);
    }
    out->clauses += t->clauses;
    out->exclamations += t->exclamations;
    out->questions += t->questions;
    out->kinds |= t->kinds;
    out->token_flags |= t->token_flags;
    return true;
}

static void remember(struct recall *r, const struct chunk_at *p, const struct terms *t, size_t from)
{
    struct remembered *m = replace(r, p);
    *m = (struct remembered){{p->bytes[0], p->bytes[1]}, (uint8_t)t->tokens.n, (uint8_t)t->n, (uint8_t)t->clauses, (uint8_t)t->exclamations,
                             (uint8_t)t->questions, t->token_flags, (uint16_t)t->kinds, {{0}}};
    struct item *at = m->item;
    const uint32_t *token_word = r->token_known + r->tokens_n - t->tokens.n, *word = r->known + r->terms_n - t->n;
    size_t before = p->at - from; /* the blank */
    for (size_t i = 0; i < t->tokens.n; i++) {
        const struct token *k = &t->tokens.items[i];
        *at++ = (struct item){token_word[i], (uint8_t)(k->start - before), (uint8_t)(k->end - before), k->kind, k->flags};
    }
    for (size_t i = 0; i < t->n; i++) {
        const struct term *k = &t->items[i];
        *at++ = (struct item){word[i], (uint8_t)k->token, (uint8_t)k->clause, k->kind, k->flags};
    }
}

/* With the blank before it, if there is one: signs of numbers and marks of quotation look back. */
static bool learn(struct recall *r, stance_str text, const struct chunk_at *p, struct terms *out, stance_error *err)
{
    struct terms terms;
    size_t from = p->at ? p->at - 1 : 0;
    arena_reset(&r->arena);
    if (!terms_read(str_slice(text, from, p->at + p->len), &r->arena, &terms, err)) return false;
    if (!add(r, &terms, from, out)) return error_nomem(err, "reading a statement");
    if (worth(p, text, &terms)) remember(r, p, &terms, from);
    return true;
}

/* ---- reading ---- */

/* What the memo has forgotten. */
static void forget(struct recall *r)
{
    if (r->forgotten == r->memo->forgotten) return;
    memset(r->buckets, 0, sizeof *r->buckets << BUCKET_BITS);
    if (r->numbers_cap) memset(r->word_of_number, 0xFF, r->numbers_cap * sizeof *r->word_of_number);
    memset(r->marks, 0xFF, sizeof r->marks);
    r->forgotten = r->memo->forgotten;
}

/* The chunk as the table has it; NULL when it has not. */
static inline const struct remembered *find(const struct recall *r, const struct chunk_at *p)
{
    const struct recall_bucket *b = &r->buckets[p->hash >> (64 - BUCKET_BITS)];
    const struct remembered *m = &b->way[b->way[0].bytes[0] != p->bytes[0] || b->way[0].bytes[1] != p->bytes[1]];
    return p->len <= CHUNK_LONGEST && m->bytes[0] == p->bytes[0] && m->bytes[1] == p->bytes[1] ? m : NULL;
}

static inline void replay(struct recall *r, const struct remembered *m, size_t at, struct terms *out)
{
    const struct known_word *words = r->memo->words;
    const struct item *item = m->item, *terms = item + m->tokens, *end = terms + m->terms;
    size_t token = r->tokens_n, term = r->terms_n, before = token, clause = out->clauses;
    for (; item < terms; item++, token++) {
        r->token_known[token] = item->word;
        r->tokens[token] = token_of(&words[item->word], at + item->start, at + item->end, item->kind, item->flags);
    }
    for (; item < end; item++, term++) {
        const struct known_word *w = &words[item->word];
        if (w->entry != NO_ENTRY) __builtin_prefetch(&r->memo->model->lexicon.entries[w->entry]);
        r->known[term] = item->word;
        out->function_words += item->kind == TOKEN_WORD && (w->flags & KNOWN_FUNCTION);
        r->terms[term] = term_of(w, before + item->start, clause + item->end, item->kind, item->flags);
    }
    r->tokens_n = token;
    r->terms_n = term;
    out->clauses = clause + m->clauses;
    out->exclamations += m->exclamations;
    out->questions += m->questions;
    out->kinds |= m->kinds;
    out->token_flags |= m->token_flags;
}

static bool hand_over(struct recall *r, struct tokens tokens, struct terms *out)
{
    void *pairs = r->pairs;
    bool ok = array_reserve(&pairs, &r->pairs_cap, r->terms_n + 1, sizeof *r->pairs);
    r->pairs = pairs;
    for (size_t i = 0; ok && i + 1 < r->terms_n; i++) r->pairs[i] = hash_pair(&r->terms[i].word, &r->terms[i + 1].word);
    out->tokens = tokens;
    out->items = r->terms;
    out->n = r->terms_n;
    out->words = r->memo->words;
    out->known = r->known;
    out->token_known = r->token_known;
    out->pairs = r->pairs;
    return ok;
}

bool recall_read(struct recall *r, stance_str text, struct terms *out, stance_error *err)
{
    struct chunk_at chunks[CHUNKS_AT_ONCE];
    *out = (struct terms){.target = {STANCE_NONE, STANCE_NONE}};
    r->tokens_n = r->terms_n = 0;
    forget(r);
    for (size_t at = 0; at < text.len;) {
        size_t n = chunks_split(text, &at, chunks);
        for (size_t i = 0; i < n; i++) __builtin_prefetch(&r->buckets[chunks[i].hash >> (64 - BUCKET_BITS)]);
        if (!room(r, CHUNKS_AT_ONCE * ITEMS, CHUNKS_AT_ONCE * ITEMS)) return error_nomem(err, "reading a statement");
        for (size_t i = 0; i < n; i++) {
            const struct remembered *m = find(r, &chunks[i]);
            if (m) __builtin_prefetch(&r->memo->words[m->item[0].word]);
        }
        for (size_t i = 0; i < n; i++) {
            const struct remembered *m = find(r, &chunks[i]);
            if (m) replay(r, m, chunks[i].at, out);
            else if (!learn(r, text, &chunks[i], out, err)) return false;
        }
    }
    return hand_over(r, (struct tokens){text, r->tokens, r->tokens_n}, out) || error_nomem(err, "reading a statement");
}

/* ---- tokens of a text that is read already ---- */

static bool quotes(const struct tokens *all, size_t i)
{
    char c = all->text.ptr[all->items[i].start];
    return c == '\'' || c == '`' || all->items[i].kind == TOKEN_CLITIC;
}

/* Whether the text of the run alone has the same tokens: all but some that begin or end with marks of quotation do. */
static bool same_alone(const struct token_run *run)
{
    return run->first == run->end || !(quotes(run->all, run->first) || quotes(run->all, run->end - 1));
}

static bool numbers_room(struct recall *r, const struct token_run *run)
{
    void *words = r->word_of_number;
    size_t cap = r->numbers_cap;
    bool ok = array_reserve(&words, &r->numbers_cap, run->words, sizeof *r->word_of_number);
    r->word_of_number = words;
    if (!ok) return false;
    if (r->since != run->since) cap = 0;
    r->since = run->since;
    if (cap < r->numbers_cap) memset(r->word_of_number + cap, 0xFF, (r->numbers_cap - cap) * sizeof *r->word_of_number);
    return true;
}

static uint32_t fold_word(struct recall *r, const struct token *t)
{
    struct piece fold = piece_of(token_fold(t));
    return memo_word(r->memo, &fold);
}

/* Where a token's word is kept, if it is; else NULL. */
static inline uint32_t *kept(struct recall *r, const struct token_run *run, size_t i)
{
    const struct token *t = &run->all->items[i];
    if (t->kind == TOKEN_WORD) return &r->word_of_number[run->numbers[i]];
    unsigned char c = (unsigned char)t->fold[0];
    return t->kind == TOKEN_PUNCT && t->fold_len == 1 && c < 128 ? &r->marks[c] : NULL;
}

/* The words of all tokens. */
static bool run_words(struct recall *r, const struct token_run *run)
{
    for (size_t i = run->first; i < run->end; i++)
        if (run->all->items[i].kind == TOKEN_WORD) __builtin_prefetch(&r->word_of_number[run->numbers[i]]);
    for (size_t i = run->first; i < run->end; i++) {
        uint32_t *place = kept(r, run, i), word = place ? *place : NO_ID;
        if (word == NO_ID) {
            word = fold_word(r, &run->all->items[i]);
            if (word == NO_ID) return false;
            if (place) *place = word;
        }
        __builtin_prefetch(&r->memo->words[word]);
        memo_prefetch_joint(r->memo, word);
        r->token_known[i - run->first] = word;
    }
    return true;
}

/* Terms of a token that is no word. */
static bool add_other(struct recall *r, const struct token_run *run, size_t i, struct terms *out)
{
    struct terms t;
    arena_reset(&r->arena);
    if (!terms_of_token(run->all, i, out->base, &r->arena, &t) || !room(r, 0, t.n + (run->end - i))) return false;
    for (size_t k = 0; k < t.n; k++) {
        uint32_t word = word_of(r, &t.items[k], r->token_known[i - run->first]);
        if (word == NO_ID) return false;
        r->known[r->terms_n] = word;
        r->terms[r->terms_n++] = term_of(&r->memo->words[word], i - run->first, out->clauses + t.items[k].clause, t.items[k].kind, t.items[k].flags);
    }
    out->clauses += t.clauses;
    out->exclamations += t.exclamations;
    out->questions += t.questions;
    return true;
}

/* A mark of one byte. */
static inline void add_mark(char c, struct terms *out)
{
    out->exclamations += c == '!';
    out->questions += c == '?';
    out->clauses += terms_end_clause((stance_str){&c, 1});
}

/* Terms of the run, whose words are known. */
static bool run_terms(struct recall *r, const struct token_run *run, struct terms *out)
{
    const struct token *tokens = run->all->items + run->first;
    const struct lexicon_entry *entries = r->memo->model->lexicon.entries;
    size_t n = run->end - run->first;
    uint32_t kinds = 0, function_words = 0;
    unsigned flags = 0;
    for (size_t k = 0; k < n; k++) {
        const struct token *t = &tokens[k];
        kinds |= 1u << t->kind;
        flags |= t->flags;
        if (t->kind == TOKEN_WORD) {
            uint32_t word = r->token_known[k];
            const struct known_word *w = &r->memo->words[word];
            struct term *to = &r->terms[r->terms_n];
            if (w->entry != NO_ENTRY && !(w->flags & KNOWN_OPENING)) __builtin_prefetch(&entries[w->entry]);
            r->known[r->terms_n++] = word;
            to->word = known_piece(w);
            to->token = (uint32_t)k;
            to->clause = (uint32_t)out->clauses;
            to->polarity = 0;
            to->flags = TERM_WORD;
            to->kind = TOKEN_WORD;
            to->part = PART_OTHER;
            function_words += (w->flags & KNOWN_FUNCTION) != 0;
        } else if (t->kind == TOKEN_PUNCT && t->fold_len == 1) {
            add_mark(t->fold[0], out);
        } else if (t->kind != TOKEN_CLITIC && t->kind != TOKEN_OPEN && t->kind != TOKEN_CLOSE && !add_other(r, run, run->first + k, out)) {
            return false;
        }
    }
    out->kinds = kinds;
    out->function_words = function_words;
    out->token_flags = (uint8_t)flags;
    return true;
}

/* Without the table: those who read runs do not need its memory for the few texts that are none. */
static bool read_whole(struct recall *r, stance_str text, struct terms *out, stance_error *err)
{
    struct terms terms;
    *out = (struct terms){.target = {STANCE_NONE, STANCE_NONE}};
    arena_reset(&r->arena);
    if (!terms_read(text, &r->arena, &terms, err)) return false;
    bool ok = add(r, &terms, 0, out) && hand_over(r, (struct tokens){text, r->tokens, r->tokens_n}, out);
    return ok || error_nomem(err, "reading a statement");
}

bool recall_run(struct recall *r, const struct token_run *run, struct terms *out, stance_error *err)
{
    size_t n = run->end - run->first;
    r->tokens_n = r->terms_n = 0;
    forget(r);
    if (!same_alone(run)) return read_whole(r, token_run_text(run), out, err);
    *out = (struct terms){.target = {STANCE_NONE, STANCE_NONE}, .base = n ? run->all->items[run->first].start : 0};
    bool ok = numbers_room(r, run) && room(r, n + 1, n + 1) && run_words(r, run) && run_terms(r, run, out) &&
              hand_over(r, (struct tokens){run->all->text, run->all->items + run->first, n}, out);
    return ok || error_nomem(err, "reading a statement");
}
