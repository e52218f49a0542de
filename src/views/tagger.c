/* SPDX-License-Identifier: MIT
 * tagger: decides which tokens are content.
 * Method: one linear score per token and tag from hashed features (words, classes, quotation state, what the rules propose, cues to the left and
 * right with their distance), then the best path of tags by Viterbi over each paragraph, after Pareti et al. (EMNLP 2013, section 4: sequence
 * labelling of contents). Limits: contents do not overlap; a sentence without cue, quotation or proposal is not looked at. */
#include "tagger.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/str.h"

enum proposal { FREE, STARTS, INSIDE };
enum role { ROLE_NONE, ROLE_SOURCE, ROLE_CUE };
enum holder { HOLDER_NONE, HOLDER_PRONOUN, HOLDER_NAME, HOLDER_NOUN, HOLDER_OTHER };

struct token_scene {
    uint64_t word;
    uint32_t classes;                             /* the word flags that tell its class */
    uint32_t left, right;                         /* nearest cue token in the sentence, NO_TOKEN */
    uint32_t next_verb; /* nearest verb-like token behind it in the sentence, NO_TOKEN */
    uint32_t verb;                                /* nearest verb-like token before it in the sentence, NO_TOKEN */
    uint32_t rule;                                /* attribution whose content it is in, NO_TOKEN */
    uint8_t proposal, role, quote, shape, commas; /* commas: in the sentence before it, for counting between */
};

struct cue_scene {
    uint64_t lemma;
    uint8_t pos, reliability, inflection, holder, that; /* that: the next word is "that" */
    uint32_t end;
};

struct tag_scene {
    const struct article *a;
    const struct attributions *rules;
    struct token_scene *tokens; /* [tokens] */
    struct cue_scene *cues;     /* [tokens], those with a cue */
    uint8_t *active;            /* [sentences] */
};

/* ---- preparing ---- */

static bool verb_like(const struct article *a, size_t i)
{
    if (a->tokens.items[i].kind != TOKEN_WORD || a->mention_at[i] != NO_ENTITY || article_quoted(a, i)) return false;
    stance_str folded = article_fold(a, i);
    return (a->flags[i] & (WORD_PAST | WORD_THIRD | WORD_BASE | WORD_ING)) ||
           (folded.len > 4 && (str_ends(folded, STR("ed")) || str_ends(folded, STR("ing"))));
}

static uint8_t shape_of(const struct token *t)
{
    return (uint8_t)(t->kind * 4 + ((t->flags & TOKEN_UPPER) ? 2 : (t->flags & TOKEN_CAPITAL) ? 1 : 0));
}

/* 0 outside; 1 opening mark, 2 closing, 3 near the start, 4 near the end, 5 between; +6 when the quotation is short. */
static uint8_t quote_state(const struct article *a, size_t i)
{
    if (!article_quoted(a, i)) return 0;
    const struct quote *q = &a->quotes.items[a->quotes.at[i]];
    uint8_t at = i == q->open ? 1 : i == q->close ? 2 : i < q->open + 3u ? 3 : i + 3 > q->close ? 4 : 5;
    return (uint8_t)(at + (q->close - q->open < 7 ? 6 : 0) + (q->closed ? 0 : 12));
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
    struct cue_match found[4];
    if (article_quoted(a, i) || a->tokens.items[i].kind != TOKEN_WORD) return false;
    size_t n = article_cues(a, i, end, found, 4);
    if (n == 0) return false;
    const struct cue_match *m = &found[0];
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
        if (verb_like(a, i)) verb = (uint32_t)i;
        t->commas = commas;
        if (article_mark(a, i, ",;:\xE2\x80\x94-") && commas < 200) commas++;
        if (set_cue(s, i, begin, end)) left = (uint32_t)i, s->active[k] = 1;
        if (t->quote || t->rule != NO_TOKEN) s->active[k] = 1;
    }
    verb = NO_TOKEN;
    for (size_t i = end; i-- > begin;) {
        s->tokens[i].right = right;
        s->tokens[i].next_verb = verb;
        if (s->cues[i].lemma) right = (uint32_t)i;
        if (verb_like(a, i)) verb = (uint32_t)i;
    }
}

static void mark_rules(struct tag_scene *s)
{
    for (size_t k = 0; k < s->rules->n; k++) {
        const struct attribution *x = &s->rules->items[k];
        for (size_t i = x->source.first; i < x->source.end; i++) s->tokens[i].role = ROLE_SOURCE;
        for (size_t i = x->cue_first; x->cue_first != NO_TOKEN && i < x->cue_end; i++) s->tokens[i].role = ROLE_CUE;
        if (x->relayed) continue;
        for (size_t i = x->first; i < x->end; i++) {
            s->tokens[i].rule = (uint32_t)k;
            s->tokens[i].proposal = i == x->first ? STARTS : INSIDE;
        }
    }
}

struct tag_scene *tag_scene_new(const struct article *a, const struct attributions *rules, stance_error *err)
{
    struct tag_scene *s = arena_array(a->arena, 1, sizeof *s);
    if (s)
        *s = (struct tag_scene){a, rules, arena_array(a->arena, a->tokens.n + 1, sizeof *s->tokens),
                                arena_array(a->arena, a->tokens.n + 1, sizeof *s->cues), arena_array(a->arena, a->sentences.n + 1, 1)};
    if (!s || !s->tokens || !s->cues || !s->active) return error_nomem(err, "tagging"), NULL;
    for (size_t i = 0; i < a->tokens.n; i++) {
        const struct token *t = &a->tokens.items[i];
        bool number = t->kind == TOKEN_NUMBER;
        s->tokens[i] = (struct token_scene){.word = number ? 7 : str_hash(token_fold(t), 1),
                                            .classes = a->flags[i],
                                            .left = NO_TOKEN,
                                            .right = NO_TOKEN,
                                            .verb = NO_TOKEN,
                                            .next_verb = NO_TOKEN,
                                            .rule = NO_TOKEN,
                                            .quote = quote_state(a, i),
                                            .shape = shape_of(t)};
        if (a->mention_at[i] != NO_ENTITY) s->tokens[i].classes = 0xFFFFFFFFu; /* a name, whatever the word could be */
    }
    mark_rules(s);
    for (size_t k = 0; k < a->sentences.n; k++) prepare_sentence(s, k);
    return s;
}

bool tag_active(const struct tag_scene *scene, size_t s)
{
    return scene->active[s] != 0;
}

/* ---- features ---- */

struct writer {
    uint64_t *out;
    size_t n;
    uint64_t template_id;
};

static uint64_t mix(uint64_t a, uint64_t b)
{
    uint64_t h = (a ^ (b + 0x9E3779B97F4A7C15u + (a << 6) + (a >> 2))) * 0xFF51AFD7ED558CCDu;
    return h ^ (h >> 32);
}

/* Every call is a template of its own, so templates are told apart by their order. */
static void put(struct writer *w, uint64_t value)
{
    uint64_t key = mix(++w->template_id, value);
    if (w->n < TAG_FEATURES) w->out[w->n++] = key ? key : 1;
}

static void skip(struct writer *w)
{
    w->template_id++;
}

static uint64_t bucket(size_t distance)
{
    return distance < 6 ? distance : distance < 9 ? 6 : distance < 14 ? 7 : distance < 22 ? 8 : distance < 35 ? 9 : 10;
}

static const struct token_scene *at(const struct tag_scene *s, size_t i, int step)
{
    static const struct token_scene outside = {.word = 3, .left = NO_TOKEN, .right = NO_TOKEN, .verb = NO_TOKEN, .next_verb = NO_TOKEN, .rule = NO_TOKEN};
    if (step < 0 && i < (size_t)-step) return &outside;
    size_t k = i + (size_t)step;
    return k < s->a->tokens.n && s->a->tokens.items[k].kind != TOKEN_BREAK ? &s->tokens[k] : &outside;
}

/* Last three bytes of the folded word. */
static uint64_t suffix_of(const struct article *a, size_t i)
{
    stance_str f = article_fold(a, i);
    uint64_t h = 0;
    for (size_t k = f.len > 3 ? f.len - 3 : 0; k < f.len; k++) h = h << 8 | (unsigned char)f.ptr[k];
    return h;
}

static void word_features(struct writer *w, const struct tag_scene *s, size_t i)
{
    const struct token_scene *t = at(s, i, 0), *l = at(s, i, -1), *r = at(s, i, 1), *ll = at(s, i, -2), *rr = at(s, i, 2);
    put(w, t->word);
    put(w, l->word);
    put(w, r->word);
    put(w, ll->word);
    put(w, rr->word);
    put(w, mix(l->word, t->word));
    put(w, mix(t->word, r->word));
    put(w, mix(ll->word, l->word));
    put(w, mix(r->word, rr->word));
    put(w, t->shape);
    put(w, mix(l->shape, mix(t->shape, r->shape)));
    put(w, t->classes);
    put(w, mix(l->classes, t->classes));
    put(w, mix(t->classes, r->classes));
    put(w, mix(ll->classes, mix(l->classes, t->classes)));
    put(w, mix(l->classes, mix(t->classes, r->classes)));
    put(w, mix(at(s, i, -3)->word, 11));
    put(w, mix(at(s, i, 3)->word, 13));
    put(w, mix(at(s, i, -3)->classes, mix(ll->classes, l->classes)));
    put(w, mix(r->classes, mix(rr->classes, at(s, i, 3)->classes)));
    put(w, mix(l->word, mix(t->classes, r->classes)));
    put(w, mix(suffix_of(s->a, i), 17));
}

static void quote_features(struct writer *w, const struct tag_scene *s, size_t i)
{
    const struct token_scene *t = at(s, i, 0), *l = at(s, i, -1), *r = at(s, i, 1);
    put(w, t->quote);
    put(w, mix(l->quote, mix(t->quote, r->quote)));
    put(w, mix(t->quote, t->proposal));
    put(w, mix(t->quote, mix(t->word, 5)));
}

static void rule_features(struct writer *w, const struct tag_scene *s, size_t i)
{
    const struct token_scene *t = at(s, i, 0), *l = at(s, i, -1), *r = at(s, i, 1);
    uint64_t three = mix(l->proposal, mix(t->proposal, r->proposal));
    put(w, t->proposal);
    put(w, three);
    put(w, mix(three, t->word));
    put(w, mix(three, l->word));
    put(w, mix(three, r->word));
    put(w, mix(t->role, mix(l->role, r->role)));
    if (t->rule == NO_TOKEN) {
        for (int k = 0; k < 5; k++) skip(w);
        return;
    }
    const struct attribution *x = &s->rules->items[t->rule];
    uint64_t lemma = x->cue ? str_hash(x->cue->lemma, 2) : 0;
    put(w, mix(t->proposal, x->kind));
    put(w, mix(t->proposal, lemma));
    put(w, mix(bucket(i - x->first), x->kind));
    put(w, mix(bucket(x->end - i), x->kind));
    put(w, mix(mix(bucket(x->end - x->first), x->kind), mix(t->proposal, phrase_found(x->source))));
}

static void left_cue_features(struct writer *w, const struct tag_scene *s, size_t i)
{
    const struct token_scene *t = at(s, i, 0);
    const struct cue_scene *c = &s->cues[t->left];
    uint64_t d = bucket(i - t->left), commas = (uint64_t)(t->commas - s->tokens[t->left].commas);
    uint64_t kind = mix(c->pos * 4u + c->inflection, c->reliability), after = mix(at(s, t->left, 1)->word, at(s, t->left, 2)->word);
    put(w, mix(c->lemma, commas));
    put(w, mix(c->lemma, d));
    put(w, mix(mix(c->lemma, c->that), mix(commas, d)));
    put(w, mix(c->lemma, mix(at(s, t->left, 1)->word, d)));
    put(w, mix(kind, mix(c->holder, mix(d, commas))));
    put(w, mix(kind, mix(c->holder, mix(c->that, commas))));
    put(w, mix(c->lemma, mix(c->holder, d)));
    put(w, mix(c->lemma, mix(c->holder, commas)));
    put(w, mix(c->lemma, t->word));
    put(w, mix(mix(c->lemma, d), t->classes));
    put(w, mix(after, d));
    put(w, mix(mix(c->holder, d), mix(t->quote, t->proposal)));
    put(w, mix(mix(c->lemma, t->proposal), mix(commas, t->quote)));
    put(w, mix(c->lemma, mix(at(s, t->left, -1)->word, commas)));
    put(w, mix(mix(c->lemma, at(s, t->left, 1)->classes), d));
    put(w, mix(mix(kind, at(s, t->left, 1)->classes), mix(commas, t->classes)));
}

static void verb_features(struct writer *w, const struct tag_scene *s, size_t i)
{
    const struct token_scene *t = at(s, i, 0);
    uint64_t d = bucket(i - t->verb), commas = (uint64_t)(t->commas - s->tokens[t->verb].commas), verb = s->tokens[t->verb].word;
    put(w, mix(verb, d));
    put(w, mix(verb, commas));
    put(w, mix(mix(verb, at(s, t->verb, 1)->word), d));
    put(w, mix(mix(verb, at(s, t->verb, -1)->classes), commas));
    put(w, mix(mix(verb, t->classes), d));
    put(w, mix(verb, mix(t->proposal, t->quote)));
}

static void next_verb_features(struct writer *w, const struct tag_scene *s, size_t i)
{
    const struct token_scene *t = at(s, i, 0);
    uint64_t d = bucket(t->next_verb - i), commas = (uint64_t)(s->tokens[t->next_verb].commas - t->commas), verb = s->tokens[t->next_verb].word;
    uint64_t behind = at(s, t->next_verb, 1)->word, from = bucket(i - s->a->sentences.items[s->a->sentence_of[i]].first);
    put(w, mix(verb, d));
    put(w, mix(verb, commas));
    put(w, mix(mix(verb, behind), commas));
    put(w, mix(mix(verb, from), commas));
    put(w, mix(verb, t->word));
}

static void right_cue_features(struct writer *w, const struct tag_scene *s, size_t i)
{
    const struct token_scene *t = at(s, i, 0);
    const struct cue_scene *c = &s->cues[t->right];
    uint64_t d = bucket(t->right - i), commas = (uint64_t)(s->tokens[t->right].commas - t->commas);
    uint64_t last = s->a->sentences.items[s->a->sentence_of[i]].end - c->end < 3;
    put(w, mix(c->lemma, commas));
    put(w, mix(c->lemma, d));
    put(w, mix(c->lemma, mix(commas, last)));
    put(w, mix(c->pos * 4u + c->inflection, mix(c->holder, mix(commas, last))));
    put(w, mix(c->lemma, mix(c->holder, mix(commas, last))));
    put(w, mix(t->proposal, mix(c->holder, mix(d, commas))));
}

static void place_features(struct writer *w, const struct tag_scene *s, size_t i)
{
    const struct article *a = s->a;
    const struct token_scene *t = at(s, i, 0);
    const struct sentence *k = &a->sentences.items[a->sentence_of[i]];
    uint64_t from = bucket(i - k->first), to = bucket(k->end - i);
    bool left = t->left != NO_TOKEN, right = t->right != NO_TOKEN;
    put(w, from);
    put(w, to);
    put(w, mix(from, at(s, k->first, 0)->word));
    put(w, mix(left * 2u + right, mix(t->quote, t->proposal)));
    put(w, mix(left ? s->cues[t->left].lemma : 0, right ? s->cues[t->right].lemma : 0));
    put(w, mix(at(s, k->first, 0)->word, at(s, k->first, 1)->word));
    bool first = k->first == 0 || a->tokens.items[k->first - 1].kind == TOKEN_BREAK;
    put(w, mix(first, mix(from, t->quote)));
    put(w, mix(first ? 9 : at(s, k->first, -1)->proposal, mix(t->quote, t->proposal)));
}

size_t tag_features(const struct tag_scene *s, size_t i, uint64_t *out)
{
    struct writer w = {out, 0, 0};
    const struct token_scene *t = at(s, i, 0);
    word_features(&w, s, i);
    quote_features(&w, s, i);
    rule_features(&w, s, i);
    place_features(&w, s, i);
    w.template_id = 100;
    if (t->left != NO_TOKEN)
        left_cue_features(&w, s, i);
    else
        put(&w, t->proposal);
    w.template_id = 150;
    if (t->verb != NO_TOKEN) verb_features(&w, s, i);
    w.template_id = 170;
    if (t->next_verb != NO_TOKEN) next_verb_features(&w, s, i);
    w.template_id = 200;
    if (t->right != NO_TOKEN)
        right_cue_features(&w, s, i);
    else
        put(&w, t->proposal);
    return w.n;
}

/* ---- decoding ---- */


static void emit(const struct tag_weights *w, const uint64_t *features, size_t n, double *score)
{
    for (size_t k = 0; k < TAGS; k++) score[k] = w->bias[k];
    for (size_t f = 0; f < n; f++) {
        size_t slot = (size_t)features[f] & (w->slots - 1);
        while (w->keys[slot] && w->keys[slot] != features[f]) slot = (slot + 1) & (w->slots - 1);
        if (!w->keys[slot]) continue;
        const float *x = &w->weights[slot * TAGS];
        for (size_t k = 0; k < TAGS; k++) score[k] += (double)x[k];
    }
    double total = 0; /* one-vs-rest logits to log probabilities */
    for (size_t k = 0; k < TAGS; k++) total += 1 / (1 + exp(-score[k]));
    for (size_t k = 0; k < TAGS; k++) score[k] = log(1 / (1 + exp(-score[k])) / total + 1e-12);
}

/* Best path through tokens [first, end); tags: [tokens]. scores and back: scratch of [end - first][TAGS]. */
static void viterbi(const struct tag_weights *w, const struct tag_scene *s, size_t first, size_t end, double *scores, uint8_t *back, uint8_t *tags)
{
    uint64_t features[TAG_FEATURES];
    for (size_t i = first; i < end; i++) {
        double own[TAGS] = {0, -50, -50}, *here = &scores[(i - first) * TAGS];
        if (tag_active(s, s->a->sentence_of[i])) emit(w, features, tag_features(s, i, features), own);
        for (size_t to = 0; to < TAGS; to++) {
            double best = i == first ? (to == TAG_IN ? -1e9 : 0) : -1e9;
            uint8_t from = 0;
            for (uint8_t k = 0; i > first && k < TAGS; k++) {
                double v = scores[(i - first - 1) * TAGS + k] + w->transitions[k * TAGS + to];
                if (v > best) best = v, from = k;
            }
            here[to] = best + own[to];
            back[(i - first) * TAGS + to] = from;
        }
    }
    uint8_t tag = 0;
    const double *last = &scores[(end - first - 1) * TAGS];
    for (uint8_t k = 1; k < TAGS; k++)
        if (last[k] > last[tag]) tag = k;
    for (size_t i = end; i-- > first;) {
        tags[i] = tag;
        tag = back[(i - first) * TAGS + tag];
    }
}

static bool tag_all(const struct tag_weights *w, const struct tag_scene *s, uint8_t *tags, stance_error *err)
{
    const struct article *a = s->a;
    double *scores = arena_array(a->arena, (a->tokens.n + 1) * TAGS, sizeof *scores);
    uint8_t *back = arena_array(a->arena, (a->tokens.n + 1) * TAGS, 1);
    if (!scores || !back) return error_nomem(err, "tagging");
    for (size_t i = 0; i < a->tokens.n;) {
        size_t end = i;
        while (end < a->tokens.n && a->tokens.items[end].kind != TOKEN_BREAK) end++;
        if (end > i) viterbi(w, s, i, end, scores, back, tags);
        i = end + 1;
    }
    return true;
}

/* ---- from tags to attributions ---- */

struct merger {
    struct article *a;
    const struct tag_scene *scene;
    const struct attributions *rules;
    struct attributions *out;
    uint32_t *new_index; /* [rules] index in out, NO_TOKEN when dropped */
};

static struct attribution *push(struct merger *m)
{
    struct attributions *o = m->out;
    if (o->n == o->cap) {
        size_t cap = o->cap ? o->cap * 2 : 32;
        struct attribution *grown = arena_grow(m->a->arena, o->items, o->n, cap, sizeof *grown);
        if (!grown) return NULL;
        o->items = grown;
        o->cap = cap;
    }
    return &o->items[o->n++];
}

/* The rules' content that shares most tokens with [first, end), when it is at least half of both together. */
static uint32_t same_content(const struct merger *m, size_t first, size_t end)
{
    uint32_t best = NO_TOKEN, last = NO_TOKEN;
    double score = 0.4;
    for (size_t i = first; i < end; i++) {
        uint32_t k = m->scene->tokens[i].rule;
        if (k == NO_TOKEN || k == last) continue;
        last = k;
        const struct attribution *x = &m->rules->items[k];
        size_t from = x->first > first ? x->first : first, to = x->end < end ? x->end : end;
        size_t lo = x->first < first ? x->first : first, hi = x->end > end ? x->end : end;
        double share = (double)(to - from) / (double)(hi - lo);
        if (share > score && m->new_index[k] == NO_TOKEN) score = share, best = k;
    }
    return best;
}

static void set_frame(struct attribution *x, const struct merger *m, size_t verb, struct phrase source)
{
    const struct article *a = m->a;
    struct cue_match found[4];
    x->cue_first = (uint32_t)verb;
    x->cue_end = m->scene->cues[verb].lemma ? m->scene->cues[verb].end : (uint32_t)verb + 1u;
    x->source = source;
    if (article_cues(a, verb, a->tokens.n, found, 4)) x->cue = found[0].cue;
}

enum { REACH = 16 }; /* tokens between a content and its verb */

/* The verb before the content and its subject: "Smith had ordered the department | to release …". */
static bool frame_before(const struct merger *m, struct attribution *x)
{
    const struct article *a = m->a;
    size_t begin = a->sentences.items[a->sentence_of[x->first]].first;
    for (size_t i = x->first; i > begin && x->first - i < REACH; i--) {
        const struct cue_scene *c = &m->scene->cues[i - 1];
        if (c->lemma && c->pos == CUE_PREP) {
            struct phrase p = phrase_at(a, c->end, a->tokens.n);
            if (phrase_holder(a, p)) return set_frame(x, m, i - 1, p), true;
        }
        if (!verb_like(a, i - 1) && !c->lemma) continue;
        struct phrase p = phrase_subject(a, begin, i - 1);
        if (phrase_holder(a, p)) return set_frame(x, m, i - 1, p), true;
    }
    return false;
}

/* The verb behind it: "…, Smith said", "…, said Smith", "…, according to Smith". */
static bool frame_behind(const struct merger *m, struct attribution *x)
{
    const struct article *a = m->a;
    for (size_t i = x->end; i < a->tokens.n && i < x->end + (size_t)REACH && a->tokens.items[i].kind != TOKEN_BREAK; i++) {
        const struct cue_scene *c = &m->scene->cues[i];
        if (!c->lemma && !verb_like(a, i)) continue;
        struct phrase before = phrase_subject(a, x->end, i), behind = phrase_at(a, c->lemma ? c->end : i + 1, a->tokens.n);
        if (phrase_holder(a, before)) return set_frame(x, m, i, before), true;
        if (phrase_holder(a, behind)) return set_frame(x, m, i, behind), true;
        if (article_mark(a, i, ".")) break;
    }
    return false;
}

/* The first phrase of the sentence that can hold a view. */
static void frame_of_sentence(const struct merger *m, struct attribution *x)
{
    const struct article *a = m->a;
    for (size_t i = a->sentences.items[a->sentence_of[x->first]].first; i < x->first; i++) {
        struct phrase p = phrase_at(a, i, x->first);
        if (!phrase_found(p)) continue;
        if (phrase_holder(a, p)) {
            x->source = p;
            return;
        }
        i = p.end - 1;
    }
}

/* Source and cue for a content that the rules did not propose. */
static void find_frame(const struct merger *m, struct attribution *x)
{
    const struct article *a = m->a;
    size_t begin = a->sentences.items[a->sentence_of[x->first]].first;
    bool fronted = x->first == begin || (x->first == begin + 1 && a->tokens.items[begin].kind == TOKEN_OPEN);
    if (fronted ? frame_behind(m, x) : frame_before(m, x)) return;
    if (fronted ? frame_before(m, x) : frame_behind(m, x)) return;
    if (x->kind != STANCE_DIRECT) frame_of_sentence(m, x);
}

static stance_kind kind_of(const struct article *a, uint32_t *first, uint32_t *end)
{
    uint32_t open = a->quotes.at[*first], close = a->quotes.at[*end - 1];
    if (open != QUOTE_NONE && open == close) {
        const struct quote *q = &a->quotes.items[open];
        if (*first == q->open && *end > *first + 1u) ++*first;
        if (*end == q->close + 1u && *end > *first + 1u && q->closed) --*end;
        return STANCE_DIRECT;
    }
    for (size_t i = *first; i < *end; i++)
        if (article_quoted(a, i)) return STANCE_MIXED;
    return STANCE_INDIRECT;
}

static bool stray(const struct article *a, size_t i)
{
    return (article_mark(a, i, ",;:\xE2\x80\x94-.") && !article_quoted(a, i)) || a->tokens.items[i].kind == TOKEN_BREAK;
}

static bool add_content(struct merger *m, uint32_t first, uint32_t end)
{
    const struct article *a = m->a;
    while (first < end && stray(a, first)) first++;
    while (end > first && stray(a, end - 1u)) end--;
    if (first < end && article_word(a, first, "that") && end - first > 2) first++;
    if (first >= end) return true;
    uint32_t rule = same_content(m, first, end);
    struct attribution *x = push(m);
    if (!x) return false;
    if (rule != NO_TOKEN) {
        *x = m->rules->items[rule];
        m->new_index[rule] = (uint32_t)m->out->n - 1u;
    } else
        *x = (struct attribution){.cue_first = NO_TOKEN,
                                  .cue_end = NO_TOKEN,
                                  .same_as = NO_TOKEN,
                                  .via = NO_TOKEN,
                                  .entity = NO_ENTITY,
                                  .speaker_kind = STANCE_UNKNOWN,
                                  .resolved_by = STANCE_BY_NONE};
    bool over_paragraphs = rule != NO_TOKEN && x->end > end; /* a quotation that goes on in the next paragraph */
    x->first = first;
    if (!over_paragraphs || a->sentence_of[x->end - 1u] == a->sentence_of[end - 1u]) x->end = end;
    uint32_t f = x->first, e = x->end;
    stance_kind kind = kind_of(a, &f, &e);
    if (rule == NO_TOKEN || x->kind != STANCE_DIRECT || kind == STANCE_DIRECT) x->first = f, x->end = e, x->kind = kind;
    bool borrowed = x->kind == STANCE_MIXED && !phrase_found(x->source) && x->same_as != NO_TOKEN; /* more than the quotation: its clause may name who speaks */
    if (borrowed) {
        struct attribution own = *x;
        find_frame(m, &own);
        if (phrase_found(own.source)) own.same_as = NO_TOKEN, own.beside = (struct phrase){0}, *x = own;
    }
    if (rule == NO_TOKEN) find_frame(m, x);
    return true;
}

/* same_as and via point into the rules' list: lead them to the new one. */
static void relink(struct merger *m)
{
    for (size_t i = 0; i < m->out->n; i++) {
        struct attribution *x = &m->out->items[i];
        if (x->same_as != NO_TOKEN) x->same_as = m->new_index[x->same_as];
        if (x->via != NO_TOKEN) x->via = m->new_index[x->via];
        bool orphan = !phrase_found(x->source) && x->same_as == NO_TOKEN;
        if (orphan && i > 0 && phrase_found(x->beside))
            x->source = x->beside;
        else if (orphan && i > 0 &&
                 m->a->sentences.items[m->a->sentence_of[x->first]].paragraph ==
                     m->a->sentences.items[m->a->sentence_of[m->out->items[i - 1].first]].paragraph) {
            x->same_as = (uint32_t)i - 1u;
            x->beside = phrase_found(m->out->items[i - 1].source) ? m->out->items[i - 1].source : m->out->items[i - 1].beside;
        }
    }
}

/* Comments of forums and frames that relay others are not the model's business. */
static bool keep_rules(struct merger *m)
{
    for (size_t k = 0; k < m->rules->n; k++) {
        const struct attribution *x = &m->rules->items[k];
        bool comment = x->cue_first != NO_TOKEN && !x->cue && x->kind == STANCE_DIRECT;
        if (!x->relayed && !comment) continue;
        struct attribution *copy = push(m);
        if (!copy) return false;
        *copy = *x;
        m->new_index[k] = (uint32_t)m->out->n - 1u;
    }
    return true;
}

static bool covered(const struct merger *m, size_t first, size_t end)
{
    for (size_t i = 0; i < m->out->n; i++)
        if (!m->out->items[i].relayed && m->out->items[i].first < end && m->out->items[i].end > first) return true;
    return false;
}

bool tagger_apply(struct article *a, const struct tag_weights *w, struct attributions *all, stance_error *err)
{
    struct attributions out = {0};
    struct merger m = {a, tag_scene_new(a, all, err), all, &out, arena_array(a->arena, all->n + 1, sizeof(uint32_t))};
    uint8_t *tags = arena_array(a->arena, a->tokens.n + 1, 1);
    if (!m.scene || !m.new_index || !tags) return error_nomem(err, "tagging");
    for (size_t k = 0; k < all->n; k++) m.new_index[k] = NO_TOKEN;
    if (!tag_all(w, m.scene, tags, err)) return false;
    bool ok = keep_rules(&m);
    size_t kept = out.n;
    for (size_t i = 0; i < a->tokens.n && ok;) {
        size_t end = i + 1;
        if (tags[i] == TAG_OUT) {
            i++;
            continue;
        }
        while (end < a->tokens.n && tags[end] == TAG_IN) end++;
        struct merger only = m;
        struct attributions before = {out.items, kept, out.cap};
        only.out = &before;
        if (!covered(&only, i, end)) ok = add_content(&m, (uint32_t)i, (uint32_t)end);
        i = end;
    }
    if (!ok) return error_nomem(err, "tagging");
    relink(&m);
    *all = out;
    return attribution_sort(a, all) || error_nomem(err, "tagging");
}
