/* SPDX-License-Identifier: MIT
 * tagger: decides which tokens are content.
 * Method: one linear score per token and tag (see tag_features), then the best path of tags by Viterbi over each paragraph, after Pareti et al.
 * (EMNLP 2013, section 4: sequence labelling of contents). Only sentences of the model's scope are
 * looked at (see tag_scene). Limits: contents do not overlap. */
#include "tagger.h"

#include <math.h>
#include <string.h>

#include "../base/error.h"
#include "../base/str.h"
#include "tag_features.h"

/* ---- decoding ---- */

/* log(1 / (1 + exp(-x))) between the points of a curve, and within bounds for any number. */
static double log_sigmoid(const float *curve, double x)
{
    if (!(x > -CURVE_REACH)) return x > -30 ? x : -30;
    if (x >= CURVE_REACH) return 0;
    double at = (x + CURVE_REACH) * CURVE_STEPS;
    size_t k = (size_t)at;
    return (double)curve[k] + (at - (double)k) * (double)(curve[k + 1] - curve[k]);
}

void tag_curve(float *curve)
{
    for (int k = 0; k < CURVE_POINTS; k++) curve[k] = (float)-log1p(exp(CURVE_REACH - (double)k / CURVE_STEPS));
}

/* Scores of the tags, one against the rest; what all tags would lose alike is left out. */
static void emit(const struct tag_weights *w, tag_packed sum, double *score)
{
    for (size_t k = 0; k < TAGS; k++) score[k] = log_sigmoid(w->curve, w->bias[k] + w->table.scale * tag_unpack(sum, (enum tag)k));
}

/* The best way to each tag of the next token: its score, and in two bits a tag where it comes from. */
static uint8_t step(const double *transitions, const double *before, const double *own, double *here)
{
    unsigned back = 0;
    for (unsigned to = 0; to < TAGS; to++) {
        double best = -1e9;
        unsigned from = 0;
        for (unsigned k = 0; k < TAGS; k++) { /* without a branch: which is best cannot be foreseen */
            double v = before[k] + transitions[k * TAGS + to];
            from += (v > best) * (k - from);
            best = v > best ? v : best;
        }
        here[to] = best + own[to];
        back |= from << 2 * to;
    }
    return (uint8_t)back;
}

enum { LEAD = 2, CUE_REACH = 3, VERB_REACH = 1, START_REACH = 1 };

/* Could a content begin at this token: at the start of a sentence, behind a cue, a verb, a comma, beside quotation marks or where the rules say? */
static bool may_begin(const struct tag_scene *s, size_t i)
{
    const struct token_scene *t = &s->tokens[i];
    if (t->quote || t->proposal || t[-1].quote || t[-1].proposal || t[1].quote || t[1].proposal || t->role) return true;
    if (i - s->a->sentences.items[s->a->sentence_of[i]].first <= START_REACH) return true;
    if (t->left != NO_TOKEN && i - t->left <= CUE_REACH) return true;
    return (t->verb != NO_TOKEN && i - t->verb <= VERB_REACH) || t[-1].commas != t->commas;
}

/* Well inside a content that the rules propose: no mark, no cue and no border beside it. */
static bool well_inside(const struct token_scene *t)
{
    const struct token_scene *l = t - 1, *r = t + 1;
    if (l->proposal != INSIDE || t->proposal != INSIDE || r->proposal != INSIDE || l->rule != t->rule || r->rule != t->rule) return false;
    if (l->quote != t->quote || r->quote != t->quote) return false;
    bool between = t->quote == 5 || t->quote == 11;
    return between || (t->quote == 0 && r->commas == l->commas && r[1].proposal == INSIDE && r[1].commas == r->commas && r->left == l->left);
}

/* Scores of token i; without a look at its features where one tag leads and nothing speaks against it. */
static void score_token(const struct tag_weights *w, struct tag_summer *summer, const struct tag_scene *s, size_t i, const double *before, double *own)
{
    if (before[TAG_OUT] > before[TAG_BEGIN] + LEAD && before[TAG_OUT] > before[TAG_IN] + LEAD && !may_begin(s, i)) return;
    if (before[TAG_IN] > before[TAG_OUT] + LEAD && well_inside(&s->tokens[i])) {
        own[TAG_OUT] = -50, own[TAG_IN] = 0;
        return;
    }
    emit(w, tag_sum(summer, i), own);
}

/* Best path through tokens [first, end); tags, back: [tokens]. */
static void viterbi(const struct tag_weights *w, struct tag_summer *summer, const struct tag_scene *s, size_t first, size_t end, uint8_t *back,
                    uint8_t *tags)
{
    double score[TAGS] = {0, 0, -1e9}, next[TAGS];
    uint32_t sentence = NO_TOKEN;
    bool active = false;
    for (size_t i = first; i < end; i++) {
        double own[TAGS] = {0, -50, -50};
        if (s->a->sentence_of[i] != sentence) active = tag_active(s, sentence = s->a->sentence_of[i]);
        if (active) score_token(w, summer, s, i, score, own);
        else if (s->tokens[i].proposal) own[TAG_OUT] = -50, own[s->tokens[i].proposal == STARTS ? TAG_BEGIN : TAG_IN] = 0;
        if (i > first) back[i] = step(w->transitions, score, own, next), memcpy(score, next, sizeof score);
        else for (size_t k = 0; k < TAGS; k++) score[k] += own[k];
    }
    uint8_t tag = 0;
    for (uint8_t k = 1; k < TAGS; k++)
        if (score[k] > score[tag]) tag = k;
    for (size_t i = end; i-- > first;) {
        tags[i] = tag;
        tag = back[i] >> 2 * tag & 3;
    }
}

/* Tags of the scene's ranges. */
static bool tag_all(const struct tag_weights *w, const struct tag_scene *s, uint8_t *tags, stance_error *err)
{
    const struct article *a = s->a;
    struct tag_summer *summer = tag_summer_new(s, &w->table, err);
    uint8_t *back = arena_grow(a->arena, NULL, 0, a->tokens.n + 1, 1);
    if (!summer || !back) return error_nomem(err, "tagging");
    for (size_t k = 0; k < s->ranges_n; k++) viterbi(w, summer, s, s->ranges[k].first, s->ranges[k].end, back, tags);
    return true;
}

/* ---- from tags to attributions ---- */

struct merger {
    struct article *a;
    const struct tag_scene *scene;
    const struct attributions *rules;
    struct attributions *out;
    uint32_t *new_index; /* [rules] index in out, NO_TOKEN when dropped */
    uint8_t *kept;       /* [tokens] those of contents that stay whatever the tags say */
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
        if (!tag_verb_like(m->scene, i - 1) && !c->lemma) continue;
        struct phrase p = phrase_subject(a, begin, i - 1);
        if (phrase_holder(a, p)) return set_frame(x, m, i - 1, p), true;
    }
    return false;
}

/* The verb behind it: "…, Smith said", "…, said Smith", "…, according to Smith". */
static bool frame_behind(const struct merger *m, struct attribution *x)
{
    const struct article *a = m->a;
    for (size_t i = x->end; i < a->tokens.n && i < x->end + (size_t)REACH && a->look[i].kind != TOKEN_BREAK; i++) {
        const struct cue_scene *c = &m->scene->cues[i];
        if (!c->lemma && !tag_verb_like(m->scene, i)) continue;
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
    bool fronted = x->first == begin || (x->first == begin + 1 && a->look[begin].kind == TOKEN_OPEN);
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
    return (article_mark(a, i, ",;:\xE2\x80\x94-.") && !article_quoted(a, i)) || a->look[i].kind == TOKEN_BREAK;
}

static bool add_content(struct merger *m, uint32_t first, uint32_t end)
{
    const struct article *a = m->a;
    while (first < end && stray(a, first)) first++;
    while (end > first && stray(a, end - 1u)) end--;
    if (first >= end) return true;
    uint32_t rule = same_content(m, first, end);
    if (rule != NO_TOKEN && m->rules->items[rule].first < first) first = m->rules->items[rule].first; /* the rules know best where contents begin */
    if (article_word(a, first, "that") && !article_quoted(a, first) && end - first > 2) first++;
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
    }
}

/* Contents whose speaker was named beside one that was dropped, and those that never had one: the speaker of the content before. */
static void adopt_orphans(const struct article *a, struct attributions *all)
{
    for (size_t i = 1; i < all->n; i++) {
        struct attribution *x = &all->items[i];
        const struct attribution *before = x - 1;
        if (phrase_found(x->source) || x->same_as != NO_TOKEN) continue;
        if (phrase_found(x->beside))
            x->source = x->beside;
        else if (a->sentences.items[a->sentence_of[x->first]].paragraph == a->sentences.items[a->sentence_of[before->first]].paragraph) {
            x->same_as = (uint32_t)i - 1u;
            x->beside = phrase_found(before->source) ? before->source : before->beside;
        }
    }
}

static bool in_scope(const struct tag_scene *s, const struct attribution *x)
{
    for (size_t k = s->a->sentence_of[x->first]; k <= s->a->sentence_of[x->end - 1u]; k++)
        if (tag_active(s, k)) return true;
    return false;
}

/* Out of scope, in comments of forums and in frames that relay others the rules decide: their contents stay, and their tokens with them. */
static bool keep_rules(struct merger *m)
{
    for (size_t k = 0; k < m->rules->n; k++) {
        const struct attribution *x = &m->rules->items[k];
        bool comment = x->cue_first != NO_TOKEN && !x->cue && x->kind == STANCE_DIRECT;
        if (!x->relayed && !comment && in_scope(m->scene, x)) continue;
        struct attribution *copy = push(m);
        if (!copy) return false;
        *copy = *x;
        m->new_index[k] = (uint32_t)m->out->n - 1u;
        if (!x->relayed && x->first < x->end) memset(m->kept + x->first, 1, x->end - x->first);
    }
    return true;
}

static bool covered(const struct merger *m, size_t first, size_t end)
{
    return memchr(m->kept + first, 1, end - first) != NULL;
}

static bool add_contents(struct merger *m, const struct tag_range *range, const uint8_t *tags)
{
    for (size_t i = range->first, end; i < range->end; i = end) {
        end = i + 1;
        if (tags[i] == TAG_OUT) continue;
        while (end < range->end && tags[end] == TAG_IN) end++;
        if (!covered(m, i, end) && !add_content(m, (uint32_t)i, (uint32_t)end)) return false;
    }
    return true;
}

bool tagger_apply(struct article *a, const struct tag_weights *w, struct attributions *all, stance_error *err)
{
    struct attributions out = {0};
    struct tag_scene *scene = tag_scene_new(a, all, w->scope, err);
    if (!scene || scene->ranges_n == 0) return scene != NULL;
    uint8_t *tags = arena_grow(a->arena, NULL, 0, a->tokens.n + 1, 1);
    struct merger m = {a, scene, all, &out, arena_array(a->arena, all->n + 1, sizeof(uint32_t)), arena_array(a->arena, a->tokens.n + 1, 1)};
    if (!m.new_index || !m.kept || !tags) return error_nomem(err, "tagging");
    for (size_t k = 0; k < all->n; k++) m.new_index[k] = NO_TOKEN;
    if (!tag_all(w, scene, tags, err)) return false;
    bool ok = keep_rules(&m);
    for (size_t k = 0; k < scene->ranges_n && ok; k++) ok = add_contents(&m, &scene->ranges[k], tags);
    if (!ok) return error_nomem(err, "tagging");
    relink(&m);
    *all = out;
    if (!attribution_sort(a, all)) return error_nomem(err, "tagging");
    adopt_orphans(a, all);
    return true;
}
