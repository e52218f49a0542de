/* SPDX-License-Identifier: MIT
 * tag_scene: prepares the tokens of an article for the tagger.
 * Method: sentences are sorted by what the rules left of them, and only the paragraphs with one in the model's scope are prepared; each
 * sentence is walked forth and back for the nearest cues and verbs.
 * Limits: the nearest cue is not always the one that governs. */
#include "tag_scene.h"

#include <string.h>

#include "../base/error.h"
#include "../base/str.h"
#include "tag_memory.h"

enum holder { HOLDER_NONE, HOLDER_PRONOUN, HOLDER_NAME, HOLDER_NOUN, HOLDER_OTHER };
enum { OUTSIDE_WORD = 3, NUMBER_WORD = 7 }; /* in place of a hash */

static const struct token_scene outside = {
    .word = OUTSIDE_WORD, .left = NO_TOKEN, .right = NO_TOKEN, .verb = NO_TOKEN, .next_verb = NO_TOKEN, .rule = NO_TOKEN};

/* ---- words ---- */

static uint32_t suffix_of(stance_str f)
{
    uint32_t h = 0;
    for (size_t k = f.len > 3 ? f.len - 3 : 0; k < f.len; k++) h = h << 8 | (unsigned char)f.ptr[k];
    return h;
}

/* A word with a form may be a verb, any other token may not: "-ed" of a handle is no ending. */
static void set_word(const struct article *a, size_t i, struct token_scene *out)
{
    if (a->form_of[i] == VOCAB_NONE) {
        stance_str f = article_fold(a, i);
        out->word = a->look[i].kind == TOKEN_NUMBER ? NUMBER_WORD : str_hash(f, 1);
        out->suffix = suffix_of(f);
    } else {
        struct form_hash *hash = &a->forms->hashes[a->form_of[i]];
        if (!hash->word) hash->word = str_hash(article_fold(a, i), 1), hash->suffix = suffix_of(article_fold(a, i));
        bool ending = (a->look[i].ends & LONGER_THAN_4) && (a->look[i].ends & (ENDS_ED | ENDS_ING));
        out->word = hash->word;
        out->suffix = (uint32_t)hash->suffix;
        out->acts = ending || (a->flags[i] & (WORD_PAST | WORD_THIRD | WORD_BASE | WORD_ING));
    }
    out->place = (uint16_t)tag_word_place(out->word, out->suffix);
}

bool tag_verb_like(const struct tag_scene *s, size_t i)
{
    return s->tokens[i].acts && s->a->mention_at[i] == NO_ENTITY && !article_quoted(s->a, i);
}

/* ---- tokens ---- */

/* 0 outside; 1 opening mark, 2 closing, 3 near the start, 4 near the end, 5 between; +6 when the quotation is short. */
static uint8_t quote_state(const struct article *a, size_t i)
{
    if (!article_quoted(a, i)) return 0;
    const struct quote *q = &a->quotes.items[a->quotes.at[i]];
    uint8_t at = i == q->open ? 1 : i == q->close ? 2 : i < q->open + 3u ? 3 : i + 3 > q->close ? 4 : 5;
    return (uint8_t)(at + (q->close - q->open < 7 ? 6 : 0) + (q->closed ? 0 : 12));
}

static uint8_t shape_of(const struct look *t)
{
    return (uint8_t)(t->kind * 4 + ((t->flags & TOKEN_UPPER) ? 2 : (t->flags & TOKEN_CAPITAL) ? 1 : 0));
}

static enum holder holder_of(const struct article *a, struct phrase p)
{
    if (!phrase_found(p)) return HOLDER_NONE;
    if (a->mention_at[p.head] != NO_ENTITY) return HOLDER_NAME;
    if (a->flags[p.head] & WORD_SUBJECT) return HOLDER_PRONOUN;
    return phrase_holder(a, p) ? HOLDER_NOUN : HOLDER_OTHER;
}

static bool set_cue(struct tag_scene *s, size_t i, size_t begin, size_t end)
{
    const struct article *a = s->a;
    const struct cue_place *c = article_cue(a, i);
    s->cues[i] = (struct cue_scene){0};
    if (!c || article_quoted(a, i)) return false;
    const struct cue_match found = cue_at(c, 0), *m = &found;
    struct phrase subject = m->cue->pos == CUE_PREP ? phrase_at(a, m->end, end) : phrase_subject(a, begin, i);
    s->cues[i] = (struct cue_scene){
        str_hash(m->cue->lemma, m->cue->pos), m->cue->pos,     m->cue->reliability, (uint8_t)m->inflection, (uint8_t)holder_of(a, subject),
        article_word(a, m->end, "that"),      (uint32_t)m->end};
    return true;
}

static void prepare_sentence(struct tag_scene *s, size_t k)
{
    const struct article *a = s->a;
    size_t begin = a->sentences.items[k].first, end = a->sentences.items[k].end;
    uint32_t left = NO_TOKEN, right = NO_TOKEN, verb = NO_TOKEN;
    uint8_t commas = 0;
    for (size_t i = begin; i < end; i++) {
        struct token_scene *t = &s->tokens[i];
        t->left = left;
        t->verb = verb;
        if (tag_verb_like(s, i)) verb = (uint32_t)i;
        t->commas = commas;
        if (article_mark(a, i, ",;:\xE2\x80\x94-") && commas < 200) commas++;
        if (set_cue(s, i, begin, end)) left = (uint32_t)i;
    }
    verb = NO_TOKEN;
    for (size_t i = end; i-- > begin;) {
        s->tokens[i].right = right;
        s->tokens[i].next_verb = verb;
        if (s->cues[i].lemma) right = (uint32_t)i;
        if (tag_verb_like(s, i)) verb = (uint32_t)i;
    }
}

/* Sentences of whose tokens some are looked at: those of the ranges, and as many beside them as the margin can hold. */
static bool find_near(const struct tag_scene *s, uint8_t **near)
{
    size_t n = s->a->sentences.n;
    if (!(*near = arena_array(s->a->arena, n + 1, 1))) return false;
    for (size_t r = 0; r < s->ranges_n; r++) {
        size_t first = s->ranges[r].first_sentence, end = s->ranges[r].end_sentence + (size_t)SCENE_MARGIN;
        first = first > SCENE_MARGIN ? first - SCENE_MARGIN : 0;
        memset(*near + first, 1, (end < n ? end : n) - first);
    }
    return true;
}

static bool any_near(const struct tag_scene *s, const uint8_t *near, size_t first, size_t end)
{
    if (first >= end) return false;
    size_t from = s->a->sentence_of[first], to = s->a->sentence_of[end - 1];
    return to < from || memchr(near + from, 1, to - from + 1); /* a break is in no sentence */
}

static bool mark_rules(struct tag_scene *s)
{
    uint8_t *near;
    if (!find_near(s, &near)) return false;
    for (size_t k = 0; k < s->rules->n; k++) {
        const struct attribution *x = &s->rules->items[k];
        bool cue = x->cue_first != NO_TOKEN && any_near(s, near, x->cue_first, x->cue_end);
        if (!cue && !any_near(s, near, x->first, x->end) && !any_near(s, near, x->source.first, x->source.end)) continue;
        for (size_t i = x->source.first; i < x->source.end; i++) s->tokens[i].role = ROLE_SOURCE;
        for (size_t i = x->cue_first; x->cue_first != NO_TOKEN && i < x->cue_end; i++) s->tokens[i].role = ROLE_CUE;
        if (x->relayed) continue;
        for (size_t i = x->first; i < x->end; i++) {
            s->tokens[i].rule = (uint32_t)k;
            s->tokens[i].proposal = i == x->first ? STARTS : INSIDE;
        }
    }
    return true;
}

/* ---- which sentences ---- */

enum { HAS_UNCLAIMED = 1, HAS_CUE = 16, HAS_WEAK_CUE = 32 }; /* 2 << kind: a content of the rules */

static enum tag_sort sort_of(unsigned has)
{
    if (has & HAS_UNCLAIMED) return SORT_UNCLAIMED;
    if (has & (2u << STANCE_INDIRECT)) return SORT_INDIRECT;
    if (has & (2u << STANCE_MIXED)) return SORT_MIXED;
    if (has & (2u << STANCE_DIRECT)) return SORT_DIRECT;
    return has & HAS_CUE ? SORT_CUE : has & HAS_WEAK_CUE ? SORT_WEAK_CUE : SORT_NONE;
}

/* c: the first cue at or behind the sentence's begin. */
static unsigned cues_in(const struct article *a, const struct sentence *k, const struct cue_place *c)
{
    unsigned has = 0;
    for (; c->token < k->end && !(has & HAS_CUE); c++)
        if (!article_quoted(a, c->token)) has |= c->readings[0].cue->reliability >= 2 ? HAS_CUE : HAS_WEAK_CUE;
    return has;
}

/* Sentences with quoted words that no attribution of the rules claims; claimed: [tokens]. */
static void mark_unclaimed(struct tag_scene *s, const uint8_t *claimed, uint8_t *has)
{
    for (size_t q = 0; q < s->a->quotes.n; q++) {
        const struct quote *x = &s->a->quotes.items[q];
        for (size_t i = x->open + 1u; i < x->close && i < s->a->tokens.n; i++)
            if (!claimed[i] && s->a->look[i].kind != TOKEN_BREAK) has[s->a->sentence_of[i]] |= HAS_UNCLAIMED;
    }
}

static bool find_sorts(struct tag_scene *s)
{
    const struct article *a = s->a;
    uint8_t *claimed = arena_array(a->arena, a->tokens.n + 1, 1), *has = arena_array(a->arena, a->sentences.n + 1, 1);
    if (!claimed || !has) return false;
    for (size_t k = 0; k < s->rules->n; k++) {
        const struct attribution *x = &s->rules->items[k];
        if (x->relayed) continue;
        memset(claimed + x->first, 1, x->end - x->first);
        for (size_t n = a->sentence_of[x->first]; n <= a->sentence_of[x->end - 1u]; n++) has[n] |= (uint8_t)(2u << x->kind);
    }
    mark_unclaimed(s, claimed, has);
    bool cues = s->scope & (1u << SORT_CUE | 1u << SORT_WEAK_CUE);
    const struct cue_place *c = a->cues;
    for (size_t k = 0; k < a->sentences.n; k++) {
        while (c->token < a->sentences.items[k].first) c++;
        s->sort[k] = (uint8_t)sort_of(has[k] || !cues ? has[k] : cues_in(a, &a->sentences.items[k], c));
    }
    return true;
}

/* The paragraphs with a sentence in scope, in order. */
static bool find_ranges(struct tag_scene *s)
{
    const struct article *a = s->a;
    for (size_t k = 0, end; k < a->sentences.n; k = end) {
        bool active = false;
        for (end = k; end < a->sentences.n && a->sentences.items[end].paragraph == a->sentences.items[k].paragraph; end++) active |= tag_active(s, end);
        if (!active) continue;
        if (!s->ranges && !(s->ranges = arena_grow(a->arena, NULL, 0, a->sentences.n - k, sizeof *s->ranges))) return false;
        s->ranges[s->ranges_n++] = (struct tag_range){(uint32_t)k, (uint32_t)end, a->sentences.items[k].first, a->sentences.items[end - 1].end};
    }
    return true;
}

/* ---- tokens of them ---- */

static void set_token(struct tag_scene *s, size_t i)
{
    const struct article *a = s->a;
    const struct look *t = &a->look[i];
    struct token_scene *out = &s->tokens[i];
    *out = outside;
    if (t->kind == TOKEN_BREAK) return;
    set_word(a, i, out);
    out->classes = a->mention_at[i] != NO_ENTITY ? 0xFFFFFFFFu : a->flags[i]; /* a name, whatever the word could be */
    out->quote = quote_state(a, i);
    out->shape = shape_of(t);
}

enum { AHEAD = 12 }; /* tokens whose words are fetched into the cache before they are asked for */

/* The tokens of the ranges and those at which features look beyond them. */
static void set_tokens(struct tag_scene *s)
{
    const struct article *a = s->a;
    size_t done = 0;
    for (size_t k = 0; k < s->ranges_n; k++) {
        size_t first = s->ranges[k].first, end = s->ranges[k].end + (size_t)SCENE_MARGIN;
        first = first > SCENE_MARGIN ? first - SCENE_MARGIN : 0;
        if (end > a->tokens.n) end = a->tokens.n;
        for (size_t i = first > done ? first : done; i < end; i++) {
            if (i + AHEAD < end && a->form_of[i + AHEAD] != VOCAB_NONE) __builtin_prefetch(&a->forms->hashes[a->form_of[i + AHEAD]]);
            set_token(s, i);
        }
        done = end;
    }
    for (size_t k = 1; k <= SCENE_MARGIN; k++) s->tokens[-(ptrdiff_t)k] = s->tokens[a->tokens.n + k - 1] = outside;
}

/* A break is as good as the end of the article, even within a content of the rules. */
static void blank_breaks(struct tag_scene *s)
{
    for (size_t k = 0; k < s->ranges_n; k++)
        for (size_t i = s->ranges[k].first > SCENE_MARGIN ? s->ranges[k].first - SCENE_MARGIN : 0; i < s->ranges[k].end + (size_t)SCENE_MARGIN; i++)
            if (i < s->a->tokens.n && s->a->look[i].kind == TOKEN_BREAK) s->tokens[i] = outside;
}

struct tag_scene *tag_scene_new(const struct article *a, const struct attributions *rules, unsigned scope, stance_error *err)
{
    struct arena *arena = a->arena;
    size_t n = a->tokens.n;
    struct tag_scene *s = arena_array(arena, 1, sizeof *s);
    if (s) *s = (struct tag_scene){.a = a, .rules = rules, .scope = scope, .sort = arena_array(arena, a->sentences.n + 1, 1)};
    if (!s || !s->sort || !find_sorts(s) || !find_ranges(s)) return error_nomem(err, "tagging"), NULL;
    if (s->ranges_n == 0) return s;
    s->tokens = arena_grow(arena, NULL, 0, n + 2 * SCENE_MARGIN, sizeof *s->tokens); /* those that are looked at are set */
    s->cues = arena_grow(arena, NULL, 0, n + 1, sizeof *s->cues);
    if (s->tokens) s->tokens += SCENE_MARGIN;
    if (!s->tokens || !s->cues) return error_nomem(err, "tagging"), NULL;
    set_tokens(s);
    if (!mark_rules(s)) return error_nomem(err, "tagging"), NULL;
    for (size_t r = 0; r < s->ranges_n; r++)
        for (size_t k = s->ranges[r].first_sentence; k < s->ranges[r].end_sentence; k++) prepare_sentence(s, k);
    blank_breaks(s);
    return s;
}

bool tag_active(const struct tag_scene *scene, size_t s)
{
    return scene->scope >> scene->sort[s] & 1;
}
