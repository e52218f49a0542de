/* SPDX-License-Identifier: MIT
 * terms: from tokens to the sequence that all feature templates read.
 * Method: one pass to make terms and clauses, one to mark the target, one that matches the lexicon longest-first and carries negation,
 * strength and contrast along the clause. Limits: negation reaches five words; a target named otherwise than given is found by one of its words only. */
#include "terms.h"

#include <string.h>

#include "../base/error.h"
#include "../text/unicode.h"

enum { NEGATION_REACH = 5, STRENGTH_REACH = 3, COPULA_REACH = 3 };
static const double NEGATED_BY = -0.7, BOOSTED_BY = 1.5, HEDGED_BY = 0.5;

struct builder {
    const struct lexicon *lexicon;
    struct arena *arena;
    struct terms *out;
    size_t cap;
    uint32_t clause;
    bool failed;
};

static void push(struct builder *b, stance_str text, size_t token, uint8_t flags)
{
    struct terms *t = b->out;
    if (t->n == b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 64;
        struct term *grown = arena_grow(b->arena, t->items, t->n, cap, sizeof *grown);
        if (!grown) {
            b->failed = true;
            return;
        }
        t->items = grown;
        b->cap = cap;
    }
    uint8_t kind = t->tokens.items[token].kind;
    t->items[t->n++] = (struct term){piece_of(text), (uint32_t)token, b->clause, 0, flags, kind, PART_OTHER};
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_year(stance_str s)
{
    return s.len == 4 && digit(s.ptr[1]) && digit(s.ptr[2]) && digit(s.ptr[3]) && (str_starts(s, STR("19")) || str_starts(s, STR("20")));
}

/* The + or - glued to the front of a number, 0 when there is none; the statement begins at byte `from`. */
static char sign_before(const struct tokens *all, size_t i, size_t from)
{
    size_t at = all->items[i].start;
    char c = at > from ? all->text.ptr[at - 1] : 0;
    bool free_before = at < from + 2 || all->text.ptr[at - 2] == ' ' || all->text.ptr[at - 2] == '(';
    return (c == '+' || c == '-') && free_before ? c : 0;
}

/* "1,234.5" N, "12%" N%, "-3" -N, "30-minute" N-minute, "2016" Y. */
static stance_str number_shape(struct builder *b, stance_str s, char sign)
{
    if (!sign && is_year(s)) return STR("Y");
    char *shape = arena_array(b->arena, s.len + 2, 1);
    if (!shape) {
        b->failed = true;
        return s;
    }
    size_t n = 0;
    if (sign) shape[n++] = sign;
    for (size_t i = 0; i < s.len; i++) {
        bool inner = digit(s.ptr[i]) || ((s.ptr[i] == ',' || s.ptr[i] == '.') && i + 1 < s.len && digit(s.ptr[i + 1]));
        if (!inner) shape[n++] = s.ptr[i];
        else if (n == 0 || shape[n - 1] != 'N') shape[n++] = 'N';
    }
    return (stance_str){shape, n};
}

static stance_str fold_part(struct builder *b, stance_str part)
{
    struct strbuf folded = {0};
    stance_str own = part;
    unicode_fold(part, &folded);
    if (folded.failed || !arena_copy(b->arena, strbuf_str(&folded), &own)) b->failed = true;
    strbuf_free(&folded);
    return own;
}

static int shape_of(stance_str s, size_t at)
{
    switch (unicode_classify(unicode_next(s, &at))) {
    case UNICODE_UPPER: return 'A';
    case UNICODE_DIGIT: return '9';
    default: return 'a';
    }
}

/* #HandOverTheServer: hand over the server. Cuts before an upper-case letter that follows or precedes a lower-case one, and around digits. */
static void push_hashtag(struct builder *b, size_t token)
{
    stance_str tag = token_text(&b->out->tokens, token);
    size_t start = 0;
    while (start < tag.len && (tag.ptr[start] == '#' || tag.ptr[start] == '_')) start++;
    for (size_t at = start; at < tag.len;) {
        size_t next = at;
        int here = shape_of(tag, at);
        unicode_next(tag, &next);
        bool end = next >= tag.len || tag.ptr[next] == '_';
        int after = end ? 0 : shape_of(tag, next);
        size_t beyond = next;
        if (!end) unicode_next(tag, &beyond);
        bool cut = end || (here == 'a' && after == 'A') || ((here == '9') != (after == '9')) ||
                   (here == 'A' && after == 'A' && beyond < tag.len && shape_of(tag, beyond) == 'a');
        at = next;
        if (!cut) continue;
        stance_str part = str_slice(tag, start, next);
        push(b, here == '9' ? number_shape(b, part, 0) : fold_part(b, part), token, here == '9' ? 0 : TERM_WORD);
        while (at < tag.len && tag.ptr[at] == '_') at++;
        start = at;
    }
}

static void push_mark(struct builder *b, size_t token)
{
    stance_str mark = token_text(&b->out->tokens, token);
    if (mark.ptr[0] == '!') b->out->exclamations += mark.len;
    if (mark.ptr[0] == '?') b->out->questions += mark.len;
    if (terms_end_clause(mark)) b->clause++;
}

static void push_token(struct builder *b, size_t i)
{
    const struct token *t = &b->out->tokens.items[i];
    b->out->kinds |= 1u << t->kind;
    b->out->token_flags |= t->flags;
    switch ((enum token_kind)t->kind) {
    case TOKEN_WORD: case TOKEN_HANDLE: case TOKEN_TICKER: push(b, token_fold(t), i, TERM_WORD); break;
    case TOKEN_NUMBER: push(b, number_shape(b, token_fold(t), sign_before(&b->out->tokens, i, b->out->base)), i, 0); break;
    case TOKEN_HASHTAG: push_hashtag(b, i); break;
    case TOKEN_URL: push(b, STR("URL"), i, 0); break;
    case TOKEN_EMOJI: push(b, token_fold(t), i, 0); break;
    case TOKEN_PUNCT: push_mark(b, i); break;
    case TOKEN_BREAK: b->clause++; break;
    case TOKEN_SYMBOL: push(b, token_fold(t), i, 0); break;
    case TOKEN_CLITIC: case TOKEN_OPEN: case TOKEN_CLOSE: break;
    }
}

/* ---- target ---- */

/* *at: the first term that ends behind where the span before began. */
static void mark_span(struct terms *t, stance_span bytes, size_t *at)
{
    while (*at < t->n && t->tokens.items[t->items[*at].token].end <= bytes.start) ++*at;
    for (size_t i = *at; i < t->n && t->tokens.items[t->items[i].token].start < bytes.end; i++) {
        t->items[i].flags |= TERM_TARGET;
        if (t->target.start == STANCE_NONE) t->target = (stance_span){i, i + 1};
        else if (t->target.end == i) t->target.end = i + 1;
    }
}

/* Marks each place where the words stand in a row. */
static void mark_words(struct terms *t, const struct tokens *name)
{
    size_t at = 0;
    for (size_t i = 0; name->n && i + name->n <= t->tokens.n; i++) {
        size_t same = 0;
        while (same < name->n && str_equal(token_fold(&name->items[same]), token_fold(&t->tokens.items[i + same]))) same++;
        if (same == name->n) mark_span(t, (stance_span){t->tokens.items[i].start, t->tokens.items[i + same - 1].end}, &at);
    }
}

static bool mark_target(struct builder *b, const stance_statement *in, stance_error *err)
{
    struct terms *t = b->out;
    size_t first = 0;
    if (in->target_span.start != STANCE_NONE && in->target_span.start < in->target_span.end)
        mark_span(t, (stance_span){t->base + in->target_span.start, t->base + in->target_span.end}, &first);
    struct tokens name;
    if (t->target.start != STANCE_NONE || !in->target.ptr || in->target.len == 0) return true;
    if (!token_split(in->target, b->arena, &name, err)) return false;
    mark_words(t, &name);
    if (t->target.start != STANCE_NONE) return true;
    for (size_t i = name.n; i-- > 0 && t->target.start == STANCE_NONE;) /* the last word first: the surname */
        if (name.items[i].kind == TOKEN_WORD && name.items[i].fold_len >= 4) mark_words(t, &(struct tokens){name.text, &name.items[i], 1});
    return true;
}

/* ---- polarity ---- */

struct carry {
    double strength;
    size_t negated_until, strong_until; /* terms */
    uint32_t clause;
};

static bool negates(stance_str word)
{
    return (word.len > 3 && str_ends(word, STR("n't"))) || str_equal(word, STR("not")) || str_equal(word, STR("never")) ||
           str_equal(word, STR("no")) || str_equal(word, STR("cannot"));
}

static bool one_of(stance_str word, const stance_str *list, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(word, list[i])) return true;
    return false;
}

uint8_t word_role(stance_str word)
{
    static const stance_str owners[] = {STR_INIT("its"), STR_INIT("their"), STR_INIT("his"), STR_INIT("her")};
    static const stance_str copulas[] = {STR_INIT("is"), STR_INIT("are"), STR_INIT("was"), STR_INIT("were"), STR_INIT("be"), STR_INIT("been")};
    return (uint8_t)((negates(word) ? KNOWN_NEGATOR : 0) | (one_of(word, owners, sizeof owners / sizeof *owners) ? KNOWN_OWNER : 0) |
                     (one_of(word, copulas, sizeof copulas / sizeof *copulas) ? KNOWN_COPULA : 0));
}

static bool has_role(const struct terms *t, size_t i, enum known_flag role)
{
    return (t->known ? t->words[t->known[i]].flags : word_role(t->items[i].word.text)) & role;
}

static const struct lexicon_entry *entry_of(const struct builder *b, size_t i)
{
    const struct terms *t = b->out;
    if (!t->known) return lexicon_find_hash(b->lexicon, t->items[i].word.hash);
    uint32_t entry = t->words[t->known[i]].entry;
    return entry == NO_ENTRY ? NULL : &b->lexicon->entries[entry];
}

static inline bool may_open(const struct builder *b, size_t i)
{
    const struct terms *t = b->out;
    if (i + 1 == t->n || t->items[i + 1].clause != t->items[i].clause) return false;
    return lexicon_opens(b->lexicon, t->pairs ? t->pairs[i] : hash_pair(&t->items[i].word, &t->items[i + 1].word));
}

/* The longest phrase of the lexicon that begins at term i, and its length in *words. */
static const struct lexicon_entry *match(const struct builder *b, size_t i, size_t *words)
{
    const struct terms *t = b->out;
    const struct lexicon_entry *first = entry_of(b, i), *best = NULL;
    uint64_t joined = t->items[i].word.hash;
    *words = 1;
    if (!first) return NULL;
    if (first->kind != LEXICON_PREFIX) best = first;
    if (first->longest < 2 || !may_open(b, i)) return best;
    for (size_t k = 1; k < first->longest && i + k < t->n; k++) {
        const struct term *next = &t->items[i + k];
        if (next->clause != t->items[i].clause) break;
        joined = hash_join(joined * HASH_BASE + ' ' + 1, next->word.hash, next->word.power);
        const struct lexicon_entry *longer = lexicon_find_hash(b->lexicon, joined);
        if (!longer || longer->kind == LEXICON_PREFIX) continue;
        best = longer;
        *words = k + 1;
    }
    return best;
}

static void apply(struct terms *t, size_t i, size_t words, const struct lexicon_entry *entry, struct carry *c)
{
    uint8_t kind = entry ? entry->kind : (uint8_t)LEXICON_PREFIX;
    if (kind == LEXICON_NEG || (!entry && has_role(t, i, KNOWN_NEGATOR))) c->negated_until = i + words + NEGATION_REACH;
    if (kind == LEXICON_BOOST || kind == LEXICON_HEDGE) {
        c->strength = kind == LEXICON_BOOST ? BOOSTED_BY : HEDGED_BY;
        c->strong_until = i + words + STRENGTH_REACH;
    }
    if (kind == LEXICON_CONTRAST) {
        t->contrasted = i + words;
        c->negated_until = c->strong_until = 0;
    }
    if (kind == LEXICON_SCORE) {
        double score = entry->score * (i < c->strong_until ? c->strength : 1);
        t->polar[t->polar_n++] = (uint32_t)i;
        t->items[i].part = entry->part;
        t->items[i].polarity = (float)(t->items[i].flags & TERM_NEGATED ? score * NEGATED_BY : score);
    }
}

/* Most words say nothing of polarity. */
static inline bool plain(const struct builder *b, size_t i)
{
    const struct terms *t = b->out;
    if (!t->known) return false;
    const struct known_word *w = &t->words[t->known[i]];
    if (w->flags & KNOWN_NEGATOR) return false;
    return w->entry == NO_ENTRY || ((w->flags & KNOWN_OPENING) && !may_open(b, i));
}

static inline void negate(struct terms *t, size_t i)
{
    t->items[i].flags |= TERM_NEGATED;
    t->negated = true;
}

static bool weigh_polarity(struct builder *b)
{
    struct terms *t = b->out;
    t->polar = arena_grow(b->arena, NULL, 0, t->n + 1, sizeof *t->polar);
    if (!t->polar) return false;
    struct carry c = {1, 0, 0, 0};
    for (size_t i = 0, words; i < t->n; i += words) {
        if (t->items[i].clause != c.clause) c = (struct carry){1, 0, 0, t->items[i].clause};
        if (plain(b, i)) {
            if (i < c.negated_until) negate(t, i);
            words = 1;
            continue;
        }
        const struct lexicon_entry *entry = match(b, i, &words);
        for (size_t k = i; k < i + words; k++)
            if (k < c.negated_until) negate(t, k);
        apply(t, i, words, entry, &c);
    }
    for (size_t i = t->contrasted; i < t->n; i++) t->items[i].flags |= TERM_CONTRASTED;
    return true;
}

/* Is term i owned by somebody: "the firm's success", "their failure"? */
static bool possessed(const struct terms *t, size_t i)
{
    uint32_t token = t->items[i].token;
    if (token > 0 && t->tokens.items[token - 1].kind == TOKEN_CLITIC) return true;
    return i > 0 && has_role(t, i - 1, KNOWN_OWNER);
}

/* "The firm's success could be a fluke": what is owned is taken for granted, and the predicate behind the copula says what is thought of it. */
static void discount_presupposed(struct terms *t)
{
    for (size_t p = 0; p < t->polar_n; p++) {
        size_t i = t->polar[p];
        if (!possessed(t, i)) continue;
        for (size_t k = i + 1; k < t->n && k <= i + COPULA_REACH; k++)
            if (has_role(t, k, KNOWN_COPULA)) t->items[i].polarity = 0;
    }
}

bool terms_of_token(const struct tokens *all, size_t i, size_t from, struct arena *arena, struct terms *out)
{
    *out = (struct terms){.tokens = *all, .base = from};
    struct builder b = {NULL, arena, out, 0, 0, false};
    push_token(&b, i);
    out->clauses = b.clause;
    return !b.failed;
}

bool terms_read(stance_str text, struct arena *arena, struct terms *out, stance_error *err)
{
    *out = (struct terms){.target = {STANCE_NONE, STANCE_NONE}};
    struct builder b = {NULL, arena, out, 0, 0, false};
    if (!token_split(text, arena, &out->tokens, err)) return false;
    for (size_t i = 0; i < out->tokens.n; i++) push_token(&b, i);
    out->clauses = b.clause;
    return !b.failed || error_nomem(err, "reading a statement");
}

bool terms_mark(const struct lexicon *lexicon, const stance_statement *in, struct arena *arena, struct terms *t, stance_error *err)
{
    struct builder b = {lexicon, arena, t, 0, 0, false};
    t->contrasted = t->n;
    if (!mark_target(&b, in, err)) return false;
    if (!lexicon) return true;
    if (!weigh_polarity(&b)) return error_nomem(err, "reading a statement");
    discount_presupposed(t);
    return true;
}

bool terms_build(const struct lexicon *lexicon, const stance_statement *in, struct arena *arena, struct terms *out, stance_error *err)
{
    return terms_read(in->text, arena, out, err) && terms_mark(lexicon, in, arena, out, err);
}
