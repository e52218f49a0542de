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

static void real(struct extraction *x, const struct feature_template *self, const char *name, double value)
{
    if (value == 0) {
        restart(x);
        return;
    }
    append_text(x, str_of(name));
    commit(x, self, value);
}

/* The occurrences made from now on come from terms first to last. */
static void stand_at(struct extraction *x, size_t first, size_t last)
{
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

static void append_terms(struct extraction *x, size_t first, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        if (k) blank(x);
        append(x, &x->t->items[first + k].word);
    }
}

static void word_grams(struct extraction *x, const struct feature_template *self)
{
    for (size_t i = 0; i + self->from <= x->t->n; i++) {
        stand_at(x, i, i + self->from - 1);
        append_terms(x, i, self->from);
        commit(x, self, 1);
    }
}

static void negated_words(struct extraction *x, const struct feature_template *self)
{
    for (size_t i = 0; i < x->t->n; i++) {
        if (!(x->t->items[i].flags & TERM_NEGATED)) continue;
        stand_at(x, i, i);
        put(x, self, &x->t->items[i].word);
    }
}

/* As written: with punctuation, numbers and 's. */
static void token_grams(struct extraction *x, const struct feature_template *self)
{
    const struct tokens *all = &x->t->tokens;
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

static void add_letter(struct letters *l, const char *bytes, size_t len)
{
    uint64_t sum = l->sum[l->n], power = l->power[l->n];
    for (size_t i = 0; i < len; i++) {
        sum = sum * HASH_BASE + (unsigned char)bytes[i] + 1;
        power *= HASH_BASE;
    }
    memcpy(l->text + l->at[l->n], bytes, len);
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
        unicode_next(word, &i);
        add_letter(l, word.ptr + start, i - start);
    }
    add_letter(l, "_", 1);
}

static void char_grams_of(struct extraction *x, const struct feature_template *self, stance_str word)
{
    struct letters l;
    spell(&l, word);
    for (size_t size = self->from; size <= self->to && size <= l.n; size++)
        for (size_t i = 0; i + size <= l.n; i++) {
            size_t len = (size_t)(l.at[i + size] - l.at[i]);
            uint64_t power = l.power[size]; /* right when every letter is one byte */
            if (len != size || l.at[size] != size) power = piece_of((stance_str){l.text + l.at[i], len}).power;
            put(x, self, &(struct piece){{l.text + l.at[i], len}, l.sum[i + size] - l.sum[i] * power, power});
        }
}

static void char_grams(struct extraction *x, const struct feature_template *self)
{
    for (size_t i = 0; i < x->t->n; i++) {
        if (x->t->items[i].kind == TOKEN_URL) continue;
        stand_at(x, i, i);
        char_grams_of(x, self, x->t->items[i].word.text);
    }
}

static void begin(struct extraction *x, const struct feature_template *self)
{
    struct piece equals = piece_of(STR("="));
    x->head = piece_of(str_of(self->name));
    x->head.hash = hash_join(x->head.hash, equals.hash, equals.power);
    x->head.power *= equals.power;
    stand_nowhere(x);
    restart(x);
}

static bool wanted(const struct extraction *x, size_t template_id)
{
    return x->settings->templates >> template_id & 1;
}

/* What all templates of characters make of a word, for a sink that remembers words. */
static void remember(struct extraction *x, const struct piece *word)
{
    bool known = false;
    if (!x->sink->replay(x->sink->ctx, word, &known)) x->stopped = true;
    if (known || x->stopped) return;
    for (size_t k = 0; k < feature_templates_n; k++) {
        if (!wanted(x, k) || feature_templates[k].extract != char_grams) continue;
        begin(x, &feature_templates[k]);
        char_grams_of(x, &feature_templates[k], word->text);
    }
    if (!x->stopped && !x->sink->close(x->sink->ctx)) x->stopped = true;
}

static void remember_words(struct extraction *x)
{
    for (size_t i = 0; i < x->t->n && !x->stopped; i++)
        if (x->t->items[i].kind != TOKEN_URL) remember(x, &x->t->items[i].word);
}

static void kinds(struct extraction *x, const struct feature_template *self)
{
    const struct tokens *all = &x->t->tokens;
    for (size_t i = 0; i < all->n; i++) {
        if (all->items[i].kind != self->from) continue;
        x->at = (stance_span){all->items[i].start, all->items[i].end};
        put_text(x, self, token_fold(&all->items[i]));
    }
}

static void elongated(struct extraction *x, const struct feature_template *self)
{
    const struct tokens *all = &x->t->tokens;
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
    for (size_t i = 0; i < all->n; i++) n += all->items[i].kind == TOKEN_WORD && (all->items[i].flags & TOKEN_UPPER);
    if (n) put_text(x, self, n > 3 ? STR("many") : STR("some"));
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

static const char *bucket(size_t n)
{
    static const struct { size_t below; const char *name; } steps[] = {{6, "5"}, {11, "10"}, {16, "15"}, {24, "23"}, {36, "35"}, {60, "59"}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (n < steps[i].below) return steps[i].name;
    return "more";
}

static void size_and_form(struct extraction *x, const struct feature_template *self)
{
    size_t numbers = 0;
    for (size_t i = 0; i < x->t->n; i++) numbers += x->t->items[i].kind == TOKEN_NUMBER;
    append_text(x, STR("words "));
    put_text(x, self, str_of(bucket(x->t->n)));
    if (x->t->exclamations) put_text(x, self, x->t->exclamations > 1 ? STR("!!") : STR("!"));
    if (x->t->questions) put_text(x, self, x->t->questions > 1 ? STR("??") : STR("?"));
    if (numbers) put_text(x, self, numbers > 2 ? STR("numbers") : STR("number"));
}

/* ---- polarity ---- */

struct sums {
    double positive, negative;
};

static struct sums polarity_of(const struct terms *t, size_t from, size_t to)
{
    struct sums s = {0, 0};
    for (size_t i = from; i < to; i++) {
        if (t->items[i].polarity > 0) s.positive += (double)t->items[i].polarity;
        else s.negative -= (double)t->items[i].polarity;
    }
    return s;
}

static const char *sign_name(double v)
{
    return v > 1.5 ? " ++" : v > 0 ? " +" : v < -1.5 ? " --" : v < 0 ? " -" : " 0";
}

static double squash(double v)
{
    return v < 0 ? -log1p(-v) : log1p(v);
}

static void polarity_sums(struct extraction *x, const struct feature_template *self, const char *where, size_t from, size_t to)
{
    struct sums s = polarity_of(x->t, from, to);
    const struct { const char *name; double value; } figures[] = {
        {" positive", squash(s.positive)}, {" negative", squash(s.negative)}, {" net", squash(s.positive - s.negative)},
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        append_text(x, str_of(where));
        real(x, self, figures[i].name, figures[i].value);
    }
    append_text(x, str_of(where));
    put_text(x, self, str_of(sign_name(s.positive - s.negative)));
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
    polarity_sums(x, self, "all", 0, t->n);
    polarity_sums(x, self, "first", 0, clause_end(t, 0));
    polarity_sums(x, self, "last", clause_start(t, t->n - 1), t->n);
    size_t contrast = t->n;
    while (contrast > 0 && (t->items[contrast - 1].flags & TERM_CONTRASTED)) contrast--;
    if (contrast > 0 && contrast < t->n) polarity_sums(x, self, "contrast", contrast, t->n);
}

/* Adjectives and adverbs judge; a noun or a verb with a polarity may only tell what happened. */
static void polarity_by_part(struct extraction *x, const struct feature_template *self)
{
    static const char *const names[LEXICON_PARTS][2] = {[PART_JUDGEMENT] = {"judged +", "judged -"}, [PART_NOUN] = {"noun +", "noun -"},
                                                [PART_VERB] = {"verb +", "verb -"}, [PART_PHRASE] = {"phrase +", "phrase -"}};
    double sum[LEXICON_PARTS][2] = {{0}};
    for (size_t i = 0; i < x->t->n; i++) sum[x->t->items[i].part][x->t->items[i].polarity < 0] += fabs((double)x->t->items[i].polarity);
    for (size_t p = PART_JUDGEMENT; p < LEXICON_PARTS; p++)
        for (size_t sign = 0; sign < 2; sign++) real(x, self, names[p][sign], squash(sum[p][sign]));
}

/* The order of polarities without their words: "- but +". */
static void polarity_order(struct extraction *x, const struct feature_template *self)
{
    const struct terms *t = x->t;
    char last[2] = {'^', '^'};
    for (size_t i = 0; i <= t->n; i++) {
        bool turn = i < t->n && i > 0 && (t->items[i].flags & TERM_CONTRASTED) && !(t->items[i - 1].flags & TERM_CONTRASTED);
        float p = i < t->n ? t->items[i].polarity : 0;
        char now = i == t->n ? '$' : turn ? 'b' : p > 0 ? '+' : p < 0 ? '-' : 0;
        if (!now) continue;
        put_text(x, self, (stance_str){(char[]){last[1], now}, 2});
        put_text(x, self, (stance_str){(char[]){last[0], last[1], now}, 3});
        last[0] = last[1];
        last[1] = now;
    }
}

static void cue(struct extraction *x, const struct feature_template *self)
{
    if (!x->in->cue.ptr || x->in->cue.len == 0) return;
    strbuf_empty(&x->scratch);
    unicode_fold(x->in->cue, &x->scratch);
    struct cue_lemma known = cue_lemma_of(strbuf_str(&x->scratch));
    struct piece word = piece_of(strbuf_str(&x->scratch));
    const struct lexicon_entry *entry = lexicon_find_hash(x->settings->lexicon, word.hash);
    put(x, self, &word);
    real(x, self, "(polarity)", entry && entry->kind == LEXICON_SCORE ? entry->score : 0);
    if (known.polarity != 0) put_text(x, self, known.polarity > 0 ? STR("(praise)") : STR("(doubt)"));
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
    commit(x, self, 1);
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

/* Words up to `to` away with their side (0: however far). */
static void target_sides(struct extraction *x, const struct feature_template *self)
{
    const struct terms *t = x->t;
    if (t->target.start == STANCE_NONE) return;
    for (size_t i = 0; i < t->n; i++) {
        size_t away = i < t->target.start ? t->target.start - i : i + 1 - t->target.end;
        if (in_target(t, i) || (self->to && away > self->to)) continue;
        append_side(x, i);
        if (t->items[i].flags & TERM_NEGATED) append_text(x, STR("NOT_"));
        stand_at(x, i, i);
        put(x, self, &t->items[i].word);
    }
}

static void target_side_pairs(struct extraction *x, const struct feature_template *self)
{
    const struct terms *t = x->t;
    if (t->target.start == STANCE_NONE) return;
    for (size_t i = 0; i + 1 < t->n; i++) {
        if (in_target(t, i) || in_target(t, i + 1)) continue;
        append_side(x, i);
        append_terms(x, i, 2);
        stand_at(x, i, i + 1);
        commit(x, self, 1);
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

static void target_clause(struct extraction *x, const struct feature_template *self)
{
    const struct terms *t = x->t;
    if (t->target.start == STANCE_NONE) return;
    size_t end = clause_end(t, t->target.start);
    for (size_t i = clause_start(t, t->target.start); i < end; i++) {
        if (in_target(t, i)) continue;
        stand_at(x, i, i);
        put(x, self, &t->items[i].word);
        if (i + 1 == end || in_target(t, i + 1)) continue;
        stand_at(x, i, i + 1);
        append_terms(x, i, 2);
        commit(x, self, 1);
    }
}

static void target_scores(struct extraction *x, const struct feature_template *self)
{
    const struct terms *t = x->t;
    if (t->target.start == STANCE_NONE) return;
    size_t a = t->target.start, b = t->target.end, from = clause_start(t, a), to = clause_end(t, a);
    polarity_sums(x, self, "clause", from, to);
    polarity_sums(x, self, "left", 0, a);
    polarity_sums(x, self, "right", b, t->n);
    polarity_sums(x, self, "near", a > 4 ? a - 4 : 0, b + 4 < t->n ? b + 4 : t->n);
    double near = 0;
    for (size_t i = 0; i < t->n; i++) {
        double away = i < a ? (double)(a - i) : i >= b ? (double)(i - b + 1) : 1;
        near += (double)t->items[i].polarity / (1 + away / 3) * (i < from || i >= to ? 0.5 : 1);
    }
    real(x, self, "weighted by distance", near);
}

static void target_place(struct extraction *x, const struct feature_template *self)
{
    const struct terms *t = x->t;
    if (t->target.start == STANCE_NONE) {
        if (x->in->target.ptr && x->in->target.len) put_text(x, self, STR("not mentioned"));
        return;
    }
    put_text(x, self, t->target.start == 0 ? STR("first") : t->target.end == t->n ? STR("last") : STR("inside"));
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

static bool wants_characters(const struct extraction *x)
{
    for (size_t i = 0; i < feature_templates_n; i++)
        if (wanted(x, i) && feature_templates[i].extract == char_grams) return true;
    return false;
}

struct feature_facts features_facts(const struct terms *t)
{
    struct feature_facts facts = {0, 0};
    for (size_t i = 0; i < t->n; i++) {
        if (t->items[i].kind != TOKEN_WORD) continue;
        facts.words++;
        facts.function_words += is_function_word(t->items[i].word.text);
    }
    return facts;
}

/* Whether a template asks for negation, polarity or contrast, which cost a look into the lexicon for each word. */
static bool wants_lexicon(uint64_t templates)
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

bool features_extract(const struct feature_settings *settings, const stance_statement *in, struct arena *arena,
                      const struct feature_sink *sink, struct feature_facts *facts, stance_error *err)
{
    struct terms terms;
    if (!terms_build(wants_lexicon(settings->templates) ? settings->lexicon : NULL, in, arena, &terms, err)) return false;
    struct extraction x = {.settings = settings, .t = &terms, .in = in, .sink = sink};
    struct strbuf target = {0};
    if (settings->copies && in->target.ptr && in->target.len) {
        unicode_fold(in->target, &target);
        strbuf_char(&target, '|');
        x.target = piece_of(strbuf_str(&target));
    }
    for (size_t i = 0; i < feature_templates_n && !x.stopped; i++) {
        if (!wanted(&x, i) || (sink->replay && feature_templates[i].extract == char_grams)) continue;
        begin(&x, &feature_templates[i]);
        feature_templates[i].extract(&x, &feature_templates[i]);
    }
    if (sink->replay && wants_characters(&x)) remember_words(&x);
    bool ok = !x.stopped && !x.scratch.failed && !target.failed;
    strbuf_free(&x.scratch);
    strbuf_free(&target);
    *facts = features_facts(&terms);
    return ok || error_nomem(err, "extracting features");
}
