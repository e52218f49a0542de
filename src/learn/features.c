/* SPDX-License-Identifier: MIT
 * features: n-grams and what n-grams miss: negation, polarity, target.
 * Method: a table of templates, each a walk over the terms of the statement that writes keys "name=text" into a sink; copies per target
 * repeat a key behind "target|" (Daume 2007, "Frustratingly easy domain adaptation"). Limits: words over 40 characters are cut for character n-grams. */
#include "features.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../base/error.h"
#include "../text/unicode.h"
#include "cue_lemma.h"
#include "memo.h"

struct extraction {
    const struct feature_settings *settings;
    const struct terms *t;
    const stance_statement *in;
    const struct feature_sink *sink;
    struct piece head;             /* "name=" of the template at work */
    struct piece target;           /* "target|" of copies, or empty */
    uint64_t hash, power;          /* of the key so far */
    stance_str pieces[MOST_PIECES];
    uint8_t pieces_n;
    stance_span at;                /* of the occurrence being made */
    struct strbuf scratch;         /* text of pieces that stand in no term */
    struct memo *memo;             /* the sink's */
    bool stopped;
};

/* ---- keys, as hashes ---- */

void occurrence_key(const struct occurrence *o, struct strbuf *out)
{
    if (o->target.len) strbuf_add(out, o->target), strbuf_char(out, '|');
    strbuf_add(out, str_of(feature_templates[o->template_id].name));
    strbuf_char(out, '=');
    for (size_t i = 0; i < o->pieces_n; i++) strbuf_add(out, o->pieces[i]);
}

static void restart(struct extraction *x)
{
    x->hash = x->head.hash;
    x->power = x->head.power;
    x->pieces_n = 0;
}

static void append(struct extraction *x, const struct piece *p)
{
    x->hash = hash_join(x->hash, p->hash, p->power);
    x->power *= p->power;
    x->pieces[x->pieces_n++] = p->text;
}

static void append_text(struct extraction *x, stance_str s)
{
    struct piece p = piece_of(s);
    append(x, &p);
}

static void blank(struct extraction *x)
{
    static const struct piece one_blank = {{" ", 1}, ' ' + 1, HASH_BASE};
    append(x, &one_blank);
}

static void emit(struct extraction *x, const struct occurrence *o)
{
    if (!x->stopped && !x->sink->add(x->sink->ctx, o)) x->stopped = true;
}

/* Features of a block share a fixed number of places; the place is the key. */
static void emit_hashed(struct extraction *x, struct occurrence o)
{
    char number[48];
    uint64_t place = hash_spread(o.hash) >> (64 - x->settings->hash_bits);
    stance_str text = {number, (size_t)snprintf(number, sizeof number, "#%u.%llu", (unsigned)o.block, (unsigned long long)place)};
    o.pieces = &text;
    o.pieces_n = 1;
    o.target.len = 0;
    o.hash = piece_of(text).hash;
    emit(x, &o);
}

/* Hands over the key and goes back to its beginning behind the template's name. */
static void commit(struct extraction *x, const struct feature_template *self, double value)
{
    if (x->memo) {
        memo_add(x->memo, self->block, memo_ask(x->memo, x->hash), (float)value, self->known);
        restart(x);
        return;
    }
    struct occurrence o = {(uint8_t)(self - feature_templates), self->block, x->pieces_n, (float)value, x->hash, {NULL, 0}, x->pieces, x->at};
    bool hashed = x->settings->hash_bits && (self->block == BLOCK_WORD || self->block == BLOCK_CHAR || self->block == BLOCK_TARGET);
    bool copied = x->target.text.len && (self->block == BLOCK_WORD || self->block == BLOCK_CHAR || self->block == BLOCK_REAL);
    if (hashed) emit_hashed(x, o);
    else emit(x, &o);
    if (copied) {
        o.block = (uint8_t)(o.block + BLOCKS);
        o.hash = hash_join(x->target.hash, o.hash, x->power);
        o.target = str_slice(x->target.text, 0, x->target.text.len - 1);
        if (hashed) emit_hashed(x, o);
        else emit(x, &o);
    }
    restart(x);
}

static void put(struct extraction *x, const struct feature_template *self, const struct piece *p)
{
    append(x, p);
    commit(x, self, 1);
}

static void put_text(struct extraction *x, const struct feature_template *self, stance_str s)
{
    struct piece p = piece_of(s);
    put(x, self, &p);
}

/* The place of the key so far, kept where memory has it for next time; and back to the key's beginning. */
static uint32_t ask(struct extraction *x, uint32_t *kept)
{
    *kept = memo_ask(x->memo, x->hash);
    restart(x);
    return *kept;
}

/* Numbers of the keys that hold no word of the text. */
enum { PLACES = 3 };
enum fixed {
    FIXED_SUMS, FIXED_DISTANCE = 64, FIXED_PART, FIXED_FORM = FIXED_PART + 2 * (LEXICON_PARTS - PART_JUDGEMENT), FIXED_SHOUT = FIXED_FORM + 13,
    FIXED_PLACE = FIXED_SHOUT + 2, FIXED_CUE = FIXED_PLACE + PLACES + 1, FIXED_ORDER = FIXED_CUE + 3, FIXED_END = FIXED_ORDER + 25 + 125
};
_Static_assert((int)FIXED_END <= (int)FEATURE_FIXED, "each has a place");

/* Keys that hold no word of the text, in two pieces; `number` is the key's own among all of them. */
static void put_unknown(struct extraction *x, const struct feature_template *self, size_t number, const char *first, const char *second, double value)
{
    append_text(x, str_of(first));
    append_text(x, str_of(second));
    if (x->memo) memo_add(x->memo, self->block, ask(x, &x->memo->fixed[number]), (float)value, self->known);
    else commit(x, self, value);
}

static inline void put_fixed(struct extraction *x, const struct feature_template *self, size_t number, const char *first, const char *second, double value)
{
    if (value == 0) return;
    if (!x->memo || x->memo->fixed[number] == NOT_ASKED) put_unknown(x, self, number, first, second, value);
    else memo_add(x->memo, self->block, x->memo->fixed[number], (float)value, self->known);
}

/* Keys of one word that stands behind a piece of the template's, if any: which of a word's slots is theirs. */
enum slot { SLOT_W1, SLOT_RAW1, SLOT_NEAR, SLOT_SIDE = SLOT_NEAR + 2, SLOT_CLAUSE = SLOT_SIDE + 2 };
_Static_assert((int)SLOT_CLAUSE < (int)WORD_SLOTS, "a word has a place for each slot");
/* The same of a word behind a negator. */
enum negated_slot { NEGATED_NOT, NEGATED_NEAR, NEGATED_SIDE = NEGATED_NEAR + 2 };
_Static_assert((int)NEGATED_SIDE + 2 == (int)NEGATED_SLOTS, "a word has a place for each slot");

static uint32_t ask_word(struct extraction *x, uint32_t *kept, const char *lead, uint32_t word)
{
    struct piece piece = known_piece(&x->memo->words[word]);
    append_text(x, str_of(lead));
    append(x, &piece);
    return ask(x, kept);
}

static inline uint32_t place_of(struct extraction *x, size_t slot, const char *lead, uint32_t word)
{
    uint32_t *kept = &x->memo->words[word].ids[slot], place = *kept;
    return place == NOT_ASKED ? ask_word(x, kept, lead, word) : place;
}

static inline uint32_t negated_place_of(struct extraction *x, size_t slot, const char *lead, uint32_t word)
{
    uint32_t *kept = &x->memo->negated[word][slot], place = *kept;
    return place == NOT_ASKED ? ask_word(x, kept, lead, word) : place;
}

/* So many words as they stand; returns how many the model has. */
static size_t put_known(struct extraction *x, const struct feature_template *self, size_t slot, const uint32_t *words, size_t n)
{
    const struct memo *m = x->memo;
    uint32_t *to = memo_counting(m, self->block);
    size_t known = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t place = place_of(x, slot, "", words[i]);
        to = memo_count(m->cells, place, to);
        known += place != m->none;
    }
    memo_counted(x->memo, self->block, to);
    return known;
}

/* The occurrences made from now on come from terms first to last. */
static void stand_at(struct extraction *x, size_t first, size_t last)
{
    if (x->memo) return;
    const struct tokens *all = &x->t->tokens;
    x->at = (stance_span){all->items[x->t->items[first].token].start, all->items[x->t->items[last].token].end};
}

static void stand_nowhere(struct extraction *x)
{
    x->at = (stance_span){STANCE_NONE, STANCE_NONE};
}

/* ---- words ---- */

static bool in_target(const struct terms *t, size_t i)
{
    return t->items[i].flags & TERM_TARGET;
}

static void put_word(struct extraction *x, const struct feature_template *self, size_t i)
{
    stand_at(x, i, i);
    put(x, self, &x->t->items[i].word);
}

static void append_terms(struct extraction *x, size_t first, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        if (k) blank(x);
        append(x, &x->t->items[first + k].word);
    }
}

/* Terms i and i + 1, behind what the key has already. */
static void put_pair(struct extraction *x, const struct feature_template *self, size_t i)
{
    stand_at(x, i, i + 1);
    append_terms(x, i, 2);
    commit(x, self, 1);
}

/* Makes the cell of both features of the word; the template at work is that of words. */
static void join_word(struct extraction *x, uint32_t word)
{
    struct memo *m = x->memo;
    struct piece head = x->head;
    uint32_t a = place_of(x, SLOT_W1, "", word);
    x->head = m->heads[m->as_token];
    restart(x);
    uint32_t b = place_of(x, SLOT_RAW1, "", word);
    x->head = head;
    restart(x);
    const union memo_cell *one = m->cells + a, *other = m->cells + b;
    union memo_cell *to = m->cells + memo_joint(m, word);
    to[1].number = sqrt(one[1].number * one[1].number + other[1].number * other[1].number);
    for (uint32_t l = 2; l < m->stride; l++) to[l].number = one[l].number + other[l].number;
    m->words[word].flags |= KNOWN_JOINT;
}

/* Part of a hashtag is a word, but no token: then the two do not go together. */
static inline bool joint(const struct extraction *x)
{
    return x->memo->joint && !(x->t->kinds >> TOKEN_HASHTAG & 1);
}

static inline bool is_joint(unsigned kind, uint32_t word)
{
    return kind == TOKEN_WORD && word < MEMO_WORDS;
}

/* put_known of all terms, of those that are words as tokens as well. */
static size_t put_joint(struct extraction *x, const struct feature_template *self)
{
    const struct memo *m = x->memo;
    uint32_t *to = memo_counting(m, self->block);
    size_t known = 0;
    for (size_t i = 0; i < x->t->n; i++) {
        uint32_t word = x->t->known[i], place;
        if (is_joint(x->t->items[i].kind, word)) {
            if (!(m->words[word].flags & KNOWN_JOINT)) join_word(x, word);
            place = memo_joint(m, word);
        } else {
            place = place_of(x, SLOT_W1, "", word);
        }
        to = memo_count(m->cells, place, to);
        known += m->words[word].ids[SLOT_W1] != m->none;
    }
    memo_counted(x->memo, self->block, to);
    return known;
}

/* Tokens that are no words. */
static void put_others(struct extraction *x, const struct feature_template *self)
{
    const struct memo *m = x->memo;
    const struct tokens *all = &x->t->tokens;
    uint32_t *to = memo_counting(m, self->block);
    for (size_t i = 0; i < all->n; i++) {
        uint32_t word = x->t->token_known[i];
        if (!is_joint(all->items[i].kind, word)) to = memo_count(m->cells, place_of(x, SLOT_RAW1, "", word), to);
    }
    memo_counted(x->memo, self->block, to);
}

static inline uint32_t pair_place(const struct memo *m, const struct met_pair *met, enum pair_kind kind)
{
    return memo_place(m, met->pair->id[kind] - 1);
}

static size_t put_met(struct extraction *x, const struct feature_template *self)
{
    const struct memo *m = x->memo;
    uint32_t *to = memo_counting(m, self->block);
    size_t known = 0;
    for (size_t i = 0; i < m->met_n; i++) {
        uint32_t place = pair_place(m, &m->met[i], PAIR_ROW);
        to = memo_count(m->cells, place, to);
        known += place != m->none;
    }
    memo_counted(x->memo, self->block, to);
    return known;
}

/* Single words, or pairs. */
static void word_grams(struct extraction *x, const struct feature_template *self)
{
    size_t n = x->t->n + 1 > self->from ? x->t->n + 1 - self->from : 0;
    if (x->memo) {
        x->memo->grams += n;
        if (self->from == 2) x->memo->grams_known += put_met(x, self);
        else x->memo->grams_known += joint(x) ? put_joint(x, self) : put_known(x, self, SLOT_W1, x->t->known, n);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        if (self->from == 1) put_word(x, self, i);
        else put_pair(x, self, i);
    }
}

static void negated_words(struct extraction *x, const struct feature_template *self)
{
    if (!x->t->negated) return;
    for (size_t i = 0; i < x->t->n; i++) {
        if (!(x->t->items[i].flags & TERM_NEGATED)) continue;
        if (x->memo) memo_add(x->memo, self->block, negated_place_of(x, NEGATED_NOT, "", x->t->known[i]), 1, false);
        else put_word(x, self, i);
    }
}

/* As written: with punctuation, numbers and 's. */
static void token_grams(struct extraction *x, const struct feature_template *self)
{
    const struct tokens *all = &x->t->tokens;
    if (x->memo && self->from == 1) {
        if (joint(x)) put_others(x, self);
        else put_known(x, self, SLOT_RAW1, x->t->token_known, all->n);
        return;
    }
    for (size_t i = 0; i + self->from <= all->n; i++) {
        x->at = (stance_span){all->items[i].start, all->items[i + self->from - 1].end};
        for (size_t k = 0; k < self->from; k++) {
            if (k) blank(x);
            append_text(x, token_fold(&all->items[i + k]));
        }
        commit(x, self, 1);
    }
}

enum { WORD_CUT = 40 };

/* A word between marks of its ends, cut into code points: "_word_". */
struct letters {
    char text[4 * WORD_CUT + 8];
    uint16_t at[WORD_CUT + 4]; /* [n + 1] where code points begin */
    uint64_t sum[WORD_CUT + 4], power[WORD_CUT + 4]; /* [n + 1] hash and power of the text before */
    size_t n;
};

static inline void add_letter(struct letters *l, const char *bytes, size_t len)
{
    uint64_t sum = l->sum[l->n], power = l->power[l->n];
    char *text = l->text + l->at[l->n];
    for (size_t i = 0; i < len; i++) {
        sum = sum * HASH_BASE + (unsigned char)bytes[i] + 1;
        power *= HASH_BASE;
        text[i] = bytes[i];
    }
    l->at[l->n + 1] = (uint16_t)(l->at[l->n] + len);
    l->n++;
    l->sum[l->n] = sum;
    l->power[l->n] = power;
}

static void spell(struct letters *l, stance_str word)
{
    l->n = 0;
    l->at[0] = 0;
    l->sum[0] = 0;
    l->power[0] = 1;
    add_letter(l, "_", 1);
    for (size_t i = 0; i < word.len && l->n <= WORD_CUT;) {
        size_t start = i;
        if ((unsigned char)word.ptr[i] < 0x80) i++;
        else unicode_next(word, &i);
        add_letter(l, word.ptr + start, i - start);
    }
    add_letter(l, "_", 1);
}

/* The piece of the letters from one on, so many. */
static inline struct piece letters_from(const struct letters *l, size_t i, size_t size)
{
    size_t len = (size_t)(l->at[i + size] - l->at[i]);
    uint64_t power = l->power[size]; /* right when every letter is one byte */
    if (len != size || l->at[size] != size) power = piece_of((stance_str){l->text + l->at[i], len}).power;
    return (struct piece){{l->text + l->at[i], len}, l->sum[i + size] - l->sum[i] * power, power};
}

static void char_grams_of(struct extraction *x, const struct feature_template *self, stance_str word, double value)
{
    struct letters l;
    spell(&l, word);
    for (size_t size = self->from; size <= self->to && size <= l.n; size++)
        for (size_t i = 0; i + size <= l.n; i++) {
            struct piece gram = letters_from(&l, i, size);
            append(x, &gram);
            commit(x, self, value);
        }
}

/* A word counts once, so that scores are sums over words; where it stands again is said with the value 0. */
static void char_grams(struct extraction *x, const struct feature_template *self)
{
    struct dictionary words = {0};
    for (size_t i = 0; i < x->t->n && !x->stopped; i++) {
        bool fresh = false;
        if (x->t->items[i].kind == TOKEN_URL) continue;
        if (dictionary_add(&words, x->t->items[i].word.hash, &fresh) == NO_ID) x->stopped = true;
        stand_at(x, i, i);
        char_grams_of(x, self, x->t->items[i].word.text, fresh ? 1 : 0);
    }
    dictionary_free(&words);
}

struct piece feature_head(size_t template_id)
{
    struct piece head = piece_of(str_of(feature_templates[template_id].name)), equals = piece_of(STR("="));
    head.hash = hash_join(head.hash, equals.hash, equals.power);
    head.power *= equals.power;
    return head;
}

static void begin(struct extraction *x, size_t template_id)
{
    x->head = feature_head(template_id);
    stand_nowhere(x);
    restart(x);
}

static bool wanted(const struct extraction *x, size_t template_id)
{
    return x->settings->templates >> template_id & 1;
}

bool features_joint(uint64_t templates, uint8_t *words, uint8_t *tokens)
{
    unsigned found = 0;
    for (size_t k = 0; k < feature_templates_n; k++) {
        const struct feature_template *t = &feature_templates[k];
        if (!(templates >> k & 1) || t->from != 1) continue;
        if (t->extract == word_grams) *words = (uint8_t)k, found |= 1;
        if (t->extract == token_grams) *tokens = (uint8_t)k, found |= 2;
    }
    return found == 3;
}

size_t features_active(uint64_t templates, uint8_t out[64])
{
    size_t n = 0;
    for (size_t k = 0; k < feature_templates_n; k++)
        if ((templates >> k & 1) && feature_templates[k].extract != char_grams) out[n++] = (uint8_t)k;
    return n;
}

size_t features_spellers(uint64_t templates, struct speller out[FEATURE_SPELLERS])
{
    size_t n = 0;
    for (size_t k = 0; k < feature_templates_n && n < FEATURE_SPELLERS; k++) {
        const struct feature_template *t = &feature_templates[k];
        if ((templates >> k & 1) && t->extract == char_grams) out[n++] = (struct speller){feature_head(k).hash, t->from, t->to};
    }
    return n;
}

size_t features_spell(const struct speller *spellers, size_t n, stance_str word, uint64_t keys[FEATURE_SPELLED])
{
    struct letters l;
    size_t made = 0;
    spell(&l, word);
    bool plain = l.at[l.n] == l.n; /* every letter is one byte */
    for (size_t k = 0; k < n; k++)
        for (size_t size = spellers[k].from; size <= spellers[k].to && size <= l.n; size++) {
            uint64_t power = l.power[size], head = spellers[k].head * power;
            for (size_t i = 0; plain && i + size <= l.n && made < FEATURE_SPELLED; i++) keys[made++] = head + l.sum[i + size] - l.sum[i] * power;
            for (size_t i = 0; !plain && i + size <= l.n && made < FEATURE_SPELLED; i++) {
                struct piece gram = letters_from(&l, i, size);
                keys[made++] = hash_join(spellers[k].head, gram.hash, gram.power);
            }
        }
    return made;
}

static void remember_characters(struct extraction *x)
{
    enum { AHEAD = 6 };
    const struct terms *t = x->t;
    for (size_t i = 0; i < AHEAD && i < t->n; i++) memo_prefetch(x->memo, t->known[i]);
    for (size_t i = 0; i < t->n; i++) {
        if (i + AHEAD < t->n) memo_prefetch(x->memo, t->known[i + AHEAD]);
        if (t->items[i].kind != TOKEN_URL) memo_characters(x->memo, t->known[i]);
    }
}

static void kinds(struct extraction *x, const struct feature_template *self)
{
    const struct tokens *all = &x->t->tokens;
    if (!(x->t->kinds >> self->from & 1)) return;
    for (size_t i = 0; i < all->n; i++) {
        if (all->items[i].kind != self->from) continue;
        x->at = (stance_span){all->items[i].start, all->items[i].end};
        put_text(x, self, token_fold(&all->items[i]));
    }
}

static void elongated(struct extraction *x, const struct feature_template *self)
{
    const struct tokens *all = &x->t->tokens;
    if (!(x->t->token_flags & TOKEN_ELONGATED)) return;
    for (size_t i = 0; i < all->n; i++) {
        const struct token *t = &all->items[i];
        if (!(t->flags & TOKEN_ELONGATED)) continue;
        strbuf_empty(&x->scratch);
        for (uint32_t k = 0; k < t->fold_len; k++) /* "soooo" is kept as so */
            if (k == 0 || t->fold[k] != t->fold[k - 1]) strbuf_char(&x->scratch, t->fold[k]);
        x->at = (stance_span){t->start, t->end};
        put_text(x, self, strbuf_str(&x->scratch));
    }
}

static void shouted(struct extraction *x, const struct feature_template *self)
{
    const struct tokens *all = &x->t->tokens;
    size_t n = 0;
    if (!(x->t->token_flags & TOKEN_UPPER)) return;
    for (size_t i = 0; i < all->n; i++) n += all->items[i].kind == TOKEN_WORD && (all->items[i].flags & TOKEN_UPPER);
    if (n) put_fixed(x, self, FIXED_SHOUT + (n > 3), n > 3 ? "many" : "some", "", 1);
}

/* The beginning of a word stands for its stem. */
static struct piece stem_of(const struct term *t, size_t letters)
{
    size_t end = 0;
    for (size_t n = 0; n < letters && end < t->word.text.len; n++) unicode_next(t->word.text, &end);
    return end == t->word.text.len ? t->word : piece_of(str_slice(t->word.text, 0, end));
}

enum { STEM = 5 };

static void stem_pairs(struct extraction *x, const struct feature_template *self)
{
    for (size_t i = 0; i + 1 < x->t->n; i++) {
        struct piece a = stem_of(&x->t->items[i], STEM), b = stem_of(&x->t->items[i + 1], STEM);
        stand_at(x, i, i + 1);
        append(x, &a);
        blank(x);
        put(x, self, &b);
    }
}

/* Two words up to `to` apart, in order, however many stand between. */
static void window_pairs(struct extraction *x, const struct feature_template *self)
{
    for (size_t i = 0; i < x->t->n; i++)
        for (size_t k = i + 2; k < x->t->n && k <= i + self->to; k++) {
            stand_at(x, i, k);
            append(x, &x->t->items[i].word);
            append_text(x, STR(" .. "));
            put(x, self, &x->t->items[k].word);
        }
}

/* Words of the lexicon give way to what they say after negation. */
static void append_abstract(struct extraction *x, size_t i)
{
    float p = x->t->items[i].polarity;
    if (p == 0) append(x, &x->t->items[i].word);
    else append_text(x, p > 0 ? STR("[+]") : STR("[-]"));
}

static void abstract_pairs(struct extraction *x, const struct feature_template *self)
{
    for (size_t i = 0; i + 1 < x->t->n; i++) {
        if (x->t->items[i].polarity == 0 && x->t->items[i + 1].polarity == 0) continue;
        stand_at(x, i, i + 1);
        append_abstract(x, i);
        blank(x);
        append_abstract(x, i + 1);
        commit(x, self, 1);
    }
}

/* ---- size and form ---- */

enum { BUCKETS = 6, FORM_MARKS = 6 };
static const char *const buckets[BUCKETS + 1] = {"5", "10", "15", "23", "35", "59", "more"};

static size_t bucket(size_t n)
{
    static const size_t below[BUCKETS] = {6, 11, 16, 24, 36, 60};
    size_t i = 0;
    while (i < BUCKETS && n >= below[i]) i++;
    return i;
}

static void size_and_form(struct extraction *x, const struct feature_template *self)
{
    size_t numbers = 0;
    bool any = x->t->kinds >> TOKEN_NUMBER & 1;
    for (size_t i = 0; any && i < x->t->n; i++) numbers += x->t->items[i].kind == TOKEN_NUMBER;
    static const char *const marks[FORM_MARKS] = {"!", "!!", "?", "??", "number", "numbers"};
    const struct { size_t n, few; } found[FORM_MARKS / 2] = {{x->t->exclamations, 1}, {x->t->questions, 1}, {numbers, 2}};
    size_t words = bucket(x->t->n);
    put_fixed(x, self, FIXED_FORM + FORM_MARKS + words, "words ", buckets[words], 1);
    for (size_t i = 0; i < FORM_MARKS / 2; i++) {
        size_t mark = 2 * i + (found[i].n > found[i].few);
        if (found[i].n) put_fixed(x, self, FIXED_FORM + mark, marks[mark], "", 1);
    }
}

/* ---- polarity ---- */

struct sums {
    double positive, negative;
};

static struct sums polarity_of(const struct terms *t, size_t from, size_t to)
{
    struct sums s = {0, 0};
    for (size_t k = 0; k < t->polar_n; k++) {
        size_t i = t->polar[k];
        double p = (double)t->items[i].polarity;
        if (i < from || i >= to) continue;
        if (p > 0) s.positive += p;
        else s.negative -= p;
    }
    return s;
}

enum { FIGURES = 3, SIGNS = 5 };
static const char *const sum_names[FIGURES + SIGNS] = {" positive", " negative", " net", " ++", " +", " --", " -", " 0"};

static size_t sign_of(double v)
{
    return v > 1.5 ? 0 : v > 0 ? 1 : v < -1.5 ? 2 : v < 0 ? 3 : 4;
}

static double squash(struct extraction *x, double v)
{
    if (v == 0) return 0;
    double size = x->memo ? memo_log1p(x->memo, fabs(v)) : log1p(fabs(v));
    return v < 0 ? -size : size;
}

enum part_of_text { PART_ALL, PART_FIRST, PART_LAST, PART_CONTRAST, PART_CLAUSE, PART_LEFT, PART_RIGHT, PART_NEAR, TEXT_PARTS };
static const char *const text_parts[TEXT_PARTS] = {"all", "first", "last", "contrast", "clause", "left", "right", "near"};
_Static_assert((int)TEXT_PARTS * ((int)FIGURES + (int)SIGNS) == (int)FIXED_DISTANCE, "each sum of each part has its number");

static void put_sums(struct extraction *x, const struct feature_template *self, enum part_of_text where, struct sums s)
{
    double net = s.positive - s.negative;
    size_t number = FIXED_SUMS + where * (FIGURES + SIGNS), sign = FIGURES + sign_of(net);
    put_fixed(x, self, number, text_parts[where], sum_names[0], squash(x, s.positive));
    put_fixed(x, self, number + 1, text_parts[where], sum_names[1], squash(x, s.negative));
    put_fixed(x, self, number + 2, text_parts[where], sum_names[2], squash(x, net));
    put_fixed(x, self, number + sign, text_parts[where], sum_names[sign], 1);
}

/* The same sums add the same. */
static void remember_sums(struct extraction *x, const struct feature_template *self, enum part_of_text where, struct sums s)
{
    struct memo *m = x->memo;
    struct known_sums *known = memo_sums(m, (uint32_t)where, s.positive, s.negative);
    double *real = m->real + 1, before[2] = {real[0], real[1]};
    if (known->part != (uint32_t)where + 1 || known->positive != s.positive || known->negative != s.negative) {
        real[0] = real[1] = 0;
        put_sums(x, self, where, s);
        *known = (struct known_sums){s.positive, s.negative, {real[0], real[1]}, (uint32_t)where + 1};
    }
    for (size_t l = 0; l < 2; l++) real[l] = before[l] + known->adds[l];
}

static void polarity_sums(struct extraction *x, const struct feature_template *self, enum part_of_text where, size_t from, size_t to)
{
    struct sums s = polarity_of(x->t, from, to);
    if (x->memo && x->memo->model->labels <= 3) remember_sums(x, self, where, s);
    else put_sums(x, self, where, s);
}

static size_t clause_start(const struct terms *t, size_t i)
{
    while (i > 0 && t->items[i - 1].clause == t->items[i].clause) i--;
    return i;
}

static size_t clause_end(const struct terms *t, size_t i)
{
    uint32_t clause = t->items[i].clause;
    while (i < t->n && t->items[i].clause == clause) i++;
    return i;
}

static void lexicon_scores(struct extraction *x, const struct feature_template *self)
{
    const struct terms *t = x->t;
    if (t->n == 0) return;
    polarity_sums(x, self, PART_ALL, 0, t->n);
    polarity_sums(x, self, PART_FIRST, 0, clause_end(t, 0));
    polarity_sums(x, self, PART_LAST, clause_start(t, t->n - 1), t->n);
    if (t->contrasted > 0 && t->contrasted < t->n) polarity_sums(x, self, PART_CONTRAST, t->contrasted, t->n);
}

/* Adjectives and adverbs judge; a noun or a verb with a polarity may only tell what happened. */
static void polarity_by_part(struct extraction *x, const struct feature_template *self)
{
    static const char *const names[LEXICON_PARTS][2] = {[PART_JUDGEMENT] = {"judged +", "judged -"}, [PART_NOUN] = {"noun +", "noun -"},
                                                [PART_VERB] = {"verb +", "verb -"}, [PART_PHRASE] = {"phrase +", "phrase -"}};
    double sum[LEXICON_PARTS][2] = {{0}};
    for (size_t k = 0; k < x->t->polar_n; k++) {
        const struct term *t = &x->t->items[x->t->polar[k]];
        sum[t->part][t->polarity < 0] += fabs((double)t->polarity);
    }
    for (size_t p = PART_JUDGEMENT; p < LEXICON_PARTS; p++)
        for (size_t sign = 0; sign < 2; sign++)
            put_fixed(x, self, FIXED_PART + 2 * (p - PART_JUDGEMENT) + sign, names[p][sign], "", squash(x, sum[p][sign]));
}

enum { ORDER_MARKS = 5 };

static size_t order_mark(char c)
{
    return c == '^' ? 0 : c == '+' ? 1 : c == '-' ? 2 : c == 'b' ? 3 : 4;
}

static void next_mark(struct extraction *x, const struct feature_template *self, char last[2], char now)
{
    size_t two = order_mark(last[1]) * ORDER_MARKS + order_mark(now), three = order_mark(last[0]) * ORDER_MARKS * ORDER_MARKS + two;
    put_fixed(x, self, FIXED_ORDER + two, (char[]){last[1], now, '\0'}, "", 1);
    put_fixed(x, self, FIXED_ORDER + ORDER_MARKS * ORDER_MARKS + three, (char[]){last[0], last[1], now, '\0'}, "", 1);
    last[0] = last[1];
    last[1] = now;
}

/* The order of polarities without their words: "- but +". */
static void polarity_order(struct extraction *x, const struct feature_template *self)
{
    const struct terms *t = x->t;
    char last[2] = {'^', '^'};
    bool turns = t->contrasted > 0 && t->contrasted < t->n;
    for (size_t k = 0; k < t->polar_n; k++) {
        size_t i = t->polar[k];
        float p = t->items[i].polarity;
        if (turns && i >= t->contrasted) {
            next_mark(x, self, last, 'b');
            turns = false;
            if (i == t->contrasted) continue; /* the turn stands for it */
        }
        if (p != 0) next_mark(x, self, last, p > 0 ? '+' : '-');
    }
    if (turns) next_mark(x, self, last, 'b');
    next_mark(x, self, last, '$');
}

/* What it says, and whether of praise or doubt. */
static struct known_cue cue_of(struct extraction *x, struct piece *folded)
{
    strbuf_empty(&x->scratch);
    unicode_fold(x->in->cue, &x->scratch);
    *folded = piece_of(strbuf_str(&x->scratch));
    const struct lexicon_entry *entry = lexicon_find_hash(x->settings->lexicon, folded->hash);
    return (struct known_cue){.polarity = entry && entry->kind == LEXICON_SCORE ? (float)entry->score : 0,
                              .sign = (int8_t)cue_lemma_of(folded->text).polarity};
}

/* The same from memory: cues are few. */
static struct known_cue *remembered_cue(struct extraction *x)
{
    uint64_t hash = hash_spread(piece_of(x->in->cue).hash);
    struct known_cue *known = &x->memo->cues[hash % MEMO_CUES];
    if (known->full && known->hash == hash) return known;
    struct piece folded;
    *known = cue_of(x, &folded);
    append(x, &folded);
    ask(x, &known->place);
    known->hash = hash;
    known->full = true;
    return known;
}

static void cue(struct extraction *x, const struct feature_template *self)
{
    if (!x->in->cue.ptr || x->in->cue.len == 0) return;
    struct known_cue known;
    if (x->memo) {
        known = *remembered_cue(x);
        memo_add(x->memo, self->block, known.place, 1, self->known);
    } else {
        struct piece folded;
        known = cue_of(x, &folded);
        put(x, self, &folded);
    }
    put_fixed(x, self, FIXED_CUE, "(polarity)", "", (double)known.polarity);
    if (known.sign != 0) put_fixed(x, self, FIXED_CUE + 1 + (known.sign > 0), known.sign > 0 ? "(praise)" : "(doubt)", "", 1);
}

/* ---- target ---- */

/* n-grams over the text with the mention of the target replaced by one word TARGET; only those that hold it. */
static void target_gram(struct extraction *x, const struct feature_template *self, size_t before, size_t after)
{
    size_t a = x->t->target.start, b = x->t->target.end;
    append_terms(x, a - before, before);
    if (before) blank(x);
    append_text(x, STR("TARGET"));
    if (after) blank(x);
    append_terms(x, b, after);
    stand_at(x, a - before, b + after - 1);
    if (x->memo && !memo_may_have(x->memo, x->hash)) restart(x);
    else commit(x, self, 1);
}

static void target_grams(struct extraction *x, const struct feature_template *self)
{
    const struct terms *t = x->t;
    if (t->target.start == STANCE_NONE) return;
    for (size_t size = self->from; size <= self->to; size++)
        for (size_t before = 0; before < size; before++)
            if (before <= t->target.start && t->target.end + size - 1 - before <= t->n) target_gram(x, self, before, size - 1 - before);
}

static void append_side(struct extraction *x, size_t i)
{
    append_text(x, i < x->t->target.start ? STR("< ") : STR("> "));
}

/* Terms from one to another, which stand on one side of the target, but for other mentions of it. */
static void put_side(struct extraction *x, const struct feature_template *self, size_t from, size_t end, bool right)
{
    const struct memo *m = x->memo;
    const struct terms *t = x->t;
    size_t slot = (size_t)(self->to ? SLOT_NEAR : SLOT_SIDE) + right, negated = (size_t)(self->to ? NEGATED_NEAR : NEGATED_SIDE) + right;
    uint32_t *to = memo_counting(m, self->block);
    for (size_t i = from; i < end; i++) {
        unsigned flags = t->items[i].flags;
        if (flags & TERM_TARGET) continue;
        uint32_t place = flags & TERM_NEGATED ? negated_place_of(x, negated, right ? "> NOT_" : "< NOT_", t->known[i])
                                              : place_of(x, slot, right ? "> " : "< ", t->known[i]);
        to = memo_count(m->cells, place, to);
    }
    memo_counted(x->memo, self->block, to);
}

/* Words up to `to` away with their side (0: however far). */
static void target_sides(struct extraction *x, const struct feature_template *self)
{
    const struct terms *t = x->t;
    size_t a = t->target.start, b = t->target.end, reach = self->to ? self->to : t->n;
    if (a == STANCE_NONE) return;
    size_t from = a > reach ? a - reach : 0, end = t->n - b > reach ? b + reach : t->n;
    if (x->memo) {
        put_side(x, self, from, a, false);
        put_side(x, self, b, end, true);
        return;
    }
    for (size_t i = from; i < end; i++) {
        if (in_target(t, i)) continue;
        append_side(x, i);
        if (t->items[i].flags & TERM_NEGATED) append_text(x, STR("NOT_"));
        put_word(x, self, i);
    }
}

/* Pairs of words that the model has, from one term to before another, without the target. */
static void put_met_between(struct extraction *x, const struct feature_template *self, size_t from, size_t end, enum pair_kind kind)
{
    const struct memo *m = x->memo;
    uint32_t *to = memo_counting(m, self->block);
    for (size_t k = 0; k < m->met_n; k++) {
        size_t i = m->met[k].at;
        if (i < from || i + 1 >= end || in_target(x->t, i) || in_target(x->t, i + 1)) continue;
        to = memo_count(m->cells, pair_place(m, &m->met[k], kind), to);
    }
    memo_counted(x->memo, self->block, to);
}

static void target_side_pairs(struct extraction *x, const struct feature_template *self)
{
    const struct terms *t = x->t;
    if (t->target.start == STANCE_NONE) return;
    if (x->memo) {
        put_met_between(x, self, 0, t->target.start, PAIR_LEFT);
        put_met_between(x, self, t->target.end, t->n, PAIR_RIGHT);
        return;
    }
    for (size_t i = 0; i + 1 < t->n; i++) {
        if (in_target(t, i) || in_target(t, i + 1)) continue;
        append_side(x, i);
        put_pair(x, self, i);
    }
}

/* A word and the target with one to three words between, whichever; polarity instead of words of the lexicon. */
static void target_gaps(struct extraction *x, const struct feature_template *self)
{
    const struct terms *t = x->t;
    if (t->target.start == STANCE_NONE) return;
    for (size_t i = 0; i < t->n; i++) {
        size_t away = i < t->target.start ? t->target.start - i : i + 1 - t->target.end;
        if (in_target(t, i) || away > self->to) continue;
        append_text(x, i < t->target.start ? STR("< ") : STR("> "));
        append_text(x, away == 1 ? STR("1 ") : away == 2 ? STR("2 ") : STR("3 "));
        stand_at(x, i, i);
        append_abstract(x, i);
        commit(x, self, 1);
    }
}

static void put_clause(struct extraction *x, const struct feature_template *self, size_t start, size_t end)
{
    const struct memo *m = x->memo;
    uint32_t *to = memo_counting(m, self->block);
    for (size_t i = start; i < end; i++)
        if (!in_target(x->t, i)) to = memo_count(m->cells, place_of(x, SLOT_CLAUSE, "", x->t->known[i]), to);
    memo_counted(x->memo, self->block, to);
    put_met_between(x, self, start, end, PAIR_CLAUSE);
}

static void target_clause(struct extraction *x, const struct feature_template *self)
{
    const struct terms *t = x->t;
    if (t->target.start == STANCE_NONE) return;
    size_t start = clause_start(t, t->target.start), end = clause_end(t, t->target.start);
    if (x->memo) {
        put_clause(x, self, start, end);
        return;
    }
    for (size_t i = start; i < end; i++) {
        if (in_target(t, i)) continue;
        put_word(x, self, i);
        if (i + 1 < end && !in_target(t, i + 1)) put_pair(x, self, i);
    }
}

static void target_scores(struct extraction *x, const struct feature_template *self)
{
    const struct terms *t = x->t;
    if (t->target.start == STANCE_NONE) return;
    size_t a = t->target.start, b = t->target.end, from = clause_start(t, a), to = clause_end(t, a);
    polarity_sums(x, self, PART_CLAUSE, from, to);
    polarity_sums(x, self, PART_LEFT, 0, a);
    polarity_sums(x, self, PART_RIGHT, b, t->n);
    polarity_sums(x, self, PART_NEAR, a > 4 ? a - 4 : 0, b + 4 < t->n ? b + 4 : t->n);
    double near = 0;
    for (size_t k = 0; k < t->polar_n; k++) {
        size_t i = t->polar[k];
        double away = i < a ? (double)(a - i) : i >= b ? (double)(i - b + 1) : 1;
        near += (double)t->items[i].polarity / (1 + away / 3) * (i < from || i >= to ? 0.5 : 1);
    }
    put_fixed(x, self, FIXED_DISTANCE, "weighted by distance", "", near);
}

static const char *const places[PLACES] = {"first", "last", "inside"};

static void target_place(struct extraction *x, const struct feature_template *self)
{
    const struct terms *t = x->t;
    if (t->target.start == STANCE_NONE) {
        if (x->in->target.ptr && x->in->target.len) put_fixed(x, self, FIXED_PLACE + PLACES, "not mentioned", "", 1);
        return;
    }
    size_t place = t->target.start == 0 ? 0 : t->target.end == t->n ? 1 : 2;
    put_fixed(x, self, FIXED_PLACE + place, places[place], "", 1);
}

static void target_name(struct extraction *x, const struct feature_template *self)
{
    if (!x->in->target.ptr || x->in->target.len == 0) return;
    strbuf_empty(&x->scratch);
    unicode_fold(x->in->target, &x->scratch);
    put_text(x, self, strbuf_str(&x->scratch));
}

static void bias_copy(struct extraction *x, const struct feature_template *self)
{
    if (x->target.text.len) put_text(x, self, STR("1"));
}

/* ---- the table ---- */

const struct feature_template feature_templates[] = {
    {"w1", word_grams, BLOCK_WORD, 1, 1, true, false, "single words"},
    {"w2", word_grams, BLOCK_WORD, 2, 2, true, false, "two words in a row"},
    {"not", negated_words, BLOCK_WORD, 0, 0, false, false, "words behind a negator, up to five and not past punctuation"},
    {"raw1", token_grams, BLOCK_WORD, 1, 1, false, false, "tokens as written, with punctuation and numbers"},
    {"raw2", token_grams, BLOCK_WORD, 2, 2, false, true, "two tokens as written"},
    {"raw3", token_grams, BLOCK_WORD, 3, 3, false, true, "three tokens as written"},
    {"c6", char_grams, BLOCK_CHAR, 6, 6, false, false, "6 characters inside a word"},
    {"c", char_grams, BLOCK_CHAR, 2, 5, false, false, "2 to 5 characters inside a word, _ at its ends: endings, misspellings"},
    {"tag", kinds, BLOCK_MISC, TOKEN_HASHTAG, 0, false, false, "whole hashtags; their words are among the words"},
    {"emoji", kinds, BLOCK_MISC, TOKEN_EMOJI, 0, false, false, "pictographs"},
    {"long", elongated, BLOCK_MISC, 0, 0, false, false, "words drawn out: soooo"},
    {"shout", shouted, BLOCK_MISC, 0, 0, false, false, "words in capitals"},
    {"form", size_and_form, BLOCK_MISC, 0, 0, false, false, "length, numbers, question and exclamation marks"},
    {"lex", lexicon_scores, BLOCK_REAL, 0, 0, false, false, "lexicon scores of all, first, last and contrasted clause, after negation and strength"},
    {"part", polarity_by_part, BLOCK_REAL, 0, 0, false, false, "lexicon scores of adjectives, nouns, verbs and phrases"},
    {"order", polarity_order, BLOCK_MISC, 0, 0, false, false, "order of positive, negative and contrast: -b+"},
    {"cue", cue, BLOCK_REAL, 0, 0, false, false, "the word that introduces the view, and its polarity"},
    {"tw", target_grams, BLOCK_TARGET, 2, 3, false, false, "two and three words in a row that hold the target"},
    {"near", target_sides, BLOCK_TARGET, 0, 4, false, false, "words up to four from the target, with their side"},
    {"side", target_sides, BLOCK_TARGET, 0, 0, false, false, "all words before and behind the target"},
    {"side2", target_side_pairs, BLOCK_TARGET, 0, 0, false, false, "pairs of words before and behind the target"},
    {"clause", target_clause, BLOCK_TARGET, 0, 0, false, false, "words and pairs of the target's clause"},
    {"tlex", target_scores, BLOCK_REAL, 0, 0, false, false, "lexicon scores near, left and right of the target and in its clause"},
    {"place", target_place, BLOCK_MISC, 0, 0, false, false, "where the target stands"},
    {"name", target_name, BLOCK_MISC, 0, 0, false, true, "the target's name"},
    {"s2", stem_pairs, BLOCK_WORD, 0, 0, false, false, "two words in a row, five letters of each"},
    {"far", window_pairs, BLOCK_WORD, 0, 4, false, true, "two words with one to three between"},
    {"pol2", abstract_pairs, BLOCK_WORD, 0, 0, false, true, "two words in a row, those of the lexicon as [+] or [-] after negation"},
    {"gap", target_gaps, BLOCK_TARGET, 0, 3, false, false, "words up to three from the target with their distance, those of the lexicon as [+] or [-]"},
    {"one", bias_copy, BLOCK_REAL, 0, 0, false, false, "a constant per target, when copies are made"},
};
const size_t feature_templates_n = sizeof feature_templates / sizeof *feature_templates;

uint64_t feature_defaults(void)
{
    uint64_t set = 0;
    for (size_t i = 0; i < feature_templates_n; i++)
        if (!feature_templates[i].off) set |= UINT64_C(1) << i;
    return set;
}

static bool template_bit(stance_str name, uint64_t *bit)
{
    for (size_t i = 0; i < feature_templates_n; i++) {
        *bit = UINT64_C(1) << i;
        if (str_equal(name, str_of(feature_templates[i].name))) return true;
    }
    return false;
}

bool feature_select(stance_str list, uint64_t *set, stance_str *bad)
{
    bool fresh = false;
    while (list.ptr) {
        stance_str name = str_trim(str_split(&list, ','));
        if (name.len == 0) continue;
        char sign = name.ptr[0];
        uint64_t bit;
        *bad = name;
        if (!template_bit(sign == '+' || sign == '-' ? str_slice(name, 1, name.len) : name, &bit)) return false;
        if (sign != '+' && sign != '-' && !fresh) {
            *set = 0;
            fresh = true;
        }
        *set = sign == '-' ? *set & ~bit : *set | bit;
    }
    return true;
}

const char *stance_template_name(size_t i)
{
    return i < feature_templates_n ? feature_templates[i].name : NULL;
}

const char *stance_template_comment(size_t i)
{
    return i < feature_templates_n ? feature_templates[i].comment : NULL;
}

/* ---- the path ---- */

/* Enough to tell English prose from other languages; by first letter. */
#define W(word) {word, sizeof word - 1}
static const stance_str function_words[26][10] = {
    ['a' - 'a'] = {W("and"), W("a"), W("as"), W("at"), W("are"), W("an"), W("about")},
    ['b' - 'a'] = {W("by"), W("be"), W("but"), W("been")},
    ['c' - 'a'] = {W("can")},
    ['d' - 'a'] = {W("don't")},
    ['f' - 'a'] = {W("for"), W("from")},
    ['h' - 'a'] = {W("have"), W("has"), W("he"), W("his"), W("had"), W("her"), W("how")},
    ['i' - 'a'] = {W("in"), W("is"), W("it"), W("i"), W("its"), W("if"), W("it's")},
    ['j' - 'a'] = {W("just")},
    ['m' - 'a'] = {W("more"), W("my")},
    ['n' - 'a'] = {W("not")},
    ['o' - 'a'] = {W("of"), W("on"), W("or"), W("our")},
    ['s' - 'a'] = {W("so"), W("she")},
    ['t' - 'a'] = {W("the"), W("to"), W("that"), W("this"), W("they"), W("their"), W("there"), W("than")},
    ['w' - 'a'] = {W("with"), W("was"), W("will"), W("we"), W("would"), W("which"), W("who"), W("what"), W("were")},
    ['y' - 'a'] = {W("you"), W("your")},
};
#undef W

static bool is_function_word(stance_str s)
{
    if (s.len == 0 || s.len > 5 || s.ptr[0] < 'a' || s.ptr[0] > 'z') return false;
    for (const stance_str *w = function_words[s.ptr[0] - 'a']; w->len; w++)
        if (str_equal(s, *w)) return true;
    return false;
}

uint8_t features_word_flags(stance_str word)
{
    return (uint8_t)(word_role(word) | (is_function_word(word) ? KNOWN_FUNCTION : 0));
}

struct feature_facts features_facts(const struct terms *t)
{
    struct feature_facts facts = {0, 0};
    for (size_t i = 0; i < t->n; i++) {
        if (t->items[i].kind != TOKEN_WORD) continue;
        facts.words++;
        if (!t->known) facts.function_words += is_function_word(t->items[i].word.text);
    }
    if (t->known) facts.function_words = t->function_words;
    return facts;
}

bool features_want_lexicon(uint64_t templates)
{
    void (*const without[])(struct extraction *x, const struct feature_template *self) = {
        word_grams, token_grams, char_grams, kinds, elongated, shouted, stem_pairs, window_pairs, target_grams, target_side_pairs, target_name};
    for (size_t i = 0; i < feature_templates_n; i++) {
        size_t k = 0;
        while (k < sizeof without / sizeof *without && feature_templates[i].extract != without[k]) k++;
        if ((templates >> i & 1) && k == sizeof without / sizeof *without) return true;
    }
    return false;
}

/* What the templates of the target will read of words. */
static void fetch_sides(const struct memo *m, const struct terms *t)
{
    for (size_t i = 0; i < t->n; i++) {
        const uint32_t *kept = m->words[t->known[i]].ids;
        uint32_t side = kept[SLOT_SIDE + (i >= t->target.start)], clause = kept[SLOT_CLAUSE];
        if (side != NOT_ASKED) __builtin_prefetch(&m->cells[side]);
        if (clause != NOT_ASKED) __builtin_prefetch(&m->cells[clause]);
    }
}

static void extract_known(struct extraction *x)
{
    const struct memo *m = x->memo;
    if (!memo_pairs(x->memo, x->t)) x->stopped = true;
    if (x->t->target.start != STANCE_NONE) fetch_sides(m, x->t);
    for (size_t i = 0; i < m->active_n && !x->stopped; i++) {
        const struct feature_template *t = &feature_templates[m->active[i]];
        x->head = m->heads[m->active[i]];
        restart(x);
        t->extract(x, t);
    }
    if (m->spellers_n) remember_characters(x);
}

bool features_of(const struct feature_settings *settings, const stance_statement *in, const struct terms *terms, const struct feature_sink *sink,
                 stance_error *err)
{
    struct extraction x = {.settings = settings, .t = terms, .in = in, .sink = sink, .memo = sink->memo};
    struct strbuf target = {0};
    if (settings->copies && in->target.ptr && in->target.len) {
        unicode_fold(in->target, &target);
        strbuf_char(&target, '|');
        x.target = piece_of(strbuf_str(&target));
    }
    for (size_t i = 0; !x.memo && i < feature_templates_n && !x.stopped; i++) {
        if (!wanted(&x, i)) continue;
        begin(&x, i);
        feature_templates[i].extract(&x, &feature_templates[i]);
    }
    if (x.memo) extract_known(&x);
    bool ok = !x.stopped && !x.scratch.failed && !target.failed && !(x.memo && x.memo->failed);
    strbuf_free(&x.scratch);
    strbuf_free(&target);
    return ok || error_nomem(err, "extracting features");
}

bool features_extract(const struct feature_settings *settings, const stance_statement *in, struct arena *arena,
                      const struct feature_sink *sink, struct feature_facts *facts, stance_error *err)
{
    struct terms terms;
    if (!terms_build(features_want_lexicon(settings->templates) ? settings->lexicon : NULL, in, arena, &terms, err)) return false;
    if (!features_of(settings, in, &terms, sink, err)) return false;
    *facts = features_facts(&terms);
    return true;
}
