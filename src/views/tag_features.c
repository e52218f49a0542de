/* SPDX-License-Identifier: MIT
 * tag_features: words, classes, quotation state, what the rules propose, cues and verbs on both sides with their distance.
 * Method: features that depend on the same few things form a part, whose sums are kept by these things (see tag_memory). Words, pairs of words and
 * the like have a row of weights for all places at which they may stand. Limits: keys are hashes; tests hold both uses to the same features. */
#include "tag_features.h"

#include "../base/error.h"
#include "../base/str.h"
#include "tag_memory.h"

enum template_id { /* of rows; the others count on from FIRST_ALONE */
    T_WORD = 1, T_WORDS, T_CLASSES, T_THREE_CLASSES, T_WORD_PROPOSED, FIRST_ALONE = 20
};

/* ---- where features go ---- */

struct sink {
    uint64_t *out;
    size_t n;
};

static inline void put_key(struct sink *k, uint64_t key)
{
    if (k->n < TAG_FEATURES) k->out[k->n++] = key;
}

static inline void put(struct sink *k, uint64_t template_id, uint64_t value)
{
    put_key(k, tag_context(FIRST_ALONE + template_id, value) | TAG_ALONE);
}

static inline uint64_t two(uint64_t a, uint64_t b)
{
    return tag_mix(a, b);
}

static inline uint64_t three(uint64_t a, uint64_t b, uint64_t c)
{
    return tag_mix(a, tag_mix(b, c));
}

/* ---- a token and what governs it ---- */

struct spot {
    const struct tag_scene *s;
    size_t i;
    const struct token_scene *t;
    const struct sentence *sentence;
    const struct cue_scene *left, *right; /* NULL: none */
    const struct token_scene *verb, *next_verb;
    uint32_t from, to, left_d, left_commas, right_d, right_commas, verb_d, verb_commas, next_d, next_commas;
    uint32_t state;    /* quotation marks and proposals of the token */
    uint32_t before;   /* the sentence before: its last proposal, or 9 at the start of a paragraph */
};

static inline uint32_t bucket(size_t distance)
{
    static const uint8_t of[] = {0, 1, 2, 3, 4, 5, 6, 6, 6, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 8, 8, 8, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9};
    return distance < sizeof of ? of[distance] : 10;
}

static void find_spot(struct spot *p, const struct tag_scene *s, size_t i)
{
    const struct token_scene *t = &s->tokens[i];
    const struct sentence *k = &s->a->sentences.items[s->a->sentence_of[i]];
    bool first = k->first == 0 || s->a->look[k->first - 1].kind == TOKEN_BREAK;
    *p = (struct spot){.s = s, .i = i, .t = t, .sentence = k, .from = bucket(i - k->first), .to = bucket(k->end - i), .state = t->quote * 4u + t->proposal};
    p->before = first ? 9 : s->tokens[k->first - 1].proposal;
    if (t->left != NO_TOKEN)
        p->left = &s->cues[t->left], p->left_d = bucket(i - t->left), p->left_commas = (uint32_t)t->commas - s->tokens[t->left].commas;
    if (t->right != NO_TOKEN)
        p->right = &s->cues[t->right], p->right_d = bucket(t->right - i), p->right_commas = (uint32_t)s->tokens[t->right].commas - t->commas;
    if (t->verb != NO_TOKEN)
        p->verb = &s->tokens[t->verb], p->verb_d = bucket(i - t->verb), p->verb_commas = (uint32_t)t->commas - p->verb->commas;
    if (t->next_verb != NO_TOKEN) {
        p->next_verb = &s->tokens[t->next_verb];
        p->next_d = bucket(t->next_verb - i);
        p->next_commas = (uint32_t)p->next_verb->commas - t->commas;
    }
}

/* ---- parts: each with all that its features depend on ---- */

struct key {
    uint64_t a, b;
};

static struct key state_of(const struct spot *p)
{
    const struct token_scene *t = p->t, *l = t - 1, *r = t + 1;
    uint64_t around = (uint64_t)l->quote << 32 | (uint64_t)r->quote << 40 | (uint64_t)p->before << 48;
    return (struct key){p->state | (uint64_t)(l->proposal << 10 | r->proposal << 12 | t->role << 14 | l->role << 16 | r->role << 18) |
                            (uint64_t)(p->left != NULL) << 20 | (uint64_t)(p->right != NULL) << 21 | around, 0};
}

static void put_state(struct sink *k, const struct spot *p)
{
    const struct token_scene *t = p->t, *l = t - 1, *r = t + 1;
    put(k, 1, t->quote);
    put(k, 2, three(l->quote, t->quote, r->quote));
    put(k, 3, p->state);
    put(k, 4, t->proposal);
    put(k, 5, three(l->proposal, t->proposal, r->proposal));
    put(k, 6, three(t->role, l->role, r->role));
    put(k, 7, two((p->left != NULL) * 2u + (p->right != NULL), p->state));
    put(k, 8, two(p->before, p->state));
    if (!p->left) put(k, 9, t->proposal);
    if (!p->right) put(k, 10, t->proposal);
}

/* Of the rules' content at the token. */
static struct key rule_of(const struct spot *p)
{
    const struct attribution *x = &p->s->rules->items[p->t->rule];
    uint64_t place = bucket(p->i - x->first) | bucket(x->end - p->i) << 4 | bucket(x->end - x->first) << 8;
    uint64_t kind = (uint64_t)p->t->proposal | (uint64_t)x->kind << 4 | (uint64_t)phrase_found(x->source) << 8;
    return (struct key){x->cue ? (uint64_t)(uintptr_t)x->cue : 0, place | kind << 12};
}

static void put_rule(struct sink *k, const struct spot *p)
{
    if (p->t->rule == NO_TOKEN) return;
    const struct attribution *x = &p->s->rules->items[p->t->rule];
    put(k, 11, two(p->t->proposal, x->kind));
    put(k, 12, two(p->t->proposal, x->cue ? str_hash(x->cue->lemma, 2) : 0));
    put(k, 13, two(bucket(p->i - x->first), x->kind));
    put(k, 14, two(bucket(x->end - p->i), x->kind));
    put(k, 15, two(two(bucket(x->end - x->first), x->kind), two(p->t->proposal, phrase_found(x->source))));
}

static struct key place_of(const struct spot *p)
{
    return (struct key){p->s->tokens[p->sentence->first].word, p->from | (uint64_t)(p->before == 9) << 8 | (uint64_t)p->t->quote << 16};
}

static void put_place(struct sink *k, const struct spot *p)
{
    put(k, 16, p->from);
    put(k, 17, two(p->from, p->s->tokens[p->sentence->first].word));
    put(k, 18, three(p->before == 9, p->from, p->t->quote));
}

static struct key end_of(const struct spot *p)
{
    return (struct key){p->to, 0};
}

static void put_end(struct sink *k, const struct spot *p)
{
    put(k, 19, p->to);
}

static void put_cues(struct sink *k, const struct spot *p)
{
    put(k, 20, two(p->left ? p->left->lemma : 0, p->right ? p->right->lemma : 0));
}

static void put_opening(struct sink *k, const struct spot *p)
{
    const struct token_scene *begin = &p->s->tokens[p->sentence->first];
    put(k, 21, two(begin->word, begin[1].word));
}

static uint64_t kind_of_cue(const struct cue_scene *c)
{
    return c->pos * 16u + c->inflection * 4u + c->reliability;
}

/* Of the cue on the left: with the commas since, the distance, and both. */
static struct key left_commas_of(const struct spot *p)
{
    const struct cue_scene *c = p->left;
    return (struct key){c->lemma, c->holder | (uint64_t)c->that << 4 | kind_of_cue(c) << 8 | (uint64_t)p->left_commas << 16};
}

static void put_left_commas(struct sink *k, const struct spot *p)
{
    const struct cue_scene *c = p->left;
    if (!c) return;
    put(k, 22, two(c->lemma, p->left_commas));
    put(k, 23, two(two(kind_of_cue(c), c->holder), two(c->that, p->left_commas)));
    put(k, 24, three(c->lemma, c->holder, p->left_commas));
}

static struct key left_distance_of(const struct spot *p)
{
    return (struct key){p->left->lemma, p->left->holder | p->left_d << 4};
}

static void put_left_distance(struct sink *k, const struct spot *p)
{
    const struct cue_scene *c = p->left;
    if (!c) return;
    put(k, 25, two(c->lemma, p->left_d));
    put(k, 26, three(c->lemma, c->holder, p->left_d));
}

static struct key left_both_of(const struct spot *p)
{
    const struct cue_scene *c = p->left;
    uint64_t both = (uint64_t)p->left_commas << 32 | p->left_d << 24 | p->state;
    return (struct key){c->lemma, c->holder << 16 | (uint64_t)c->that << 20 | kind_of_cue(c) << 40 | both};
}

static void put_left_both(struct sink *k, const struct spot *p)
{
    const struct cue_scene *c = p->left;
    if (!c) return;
    uint64_t both = p->left_commas * 16u + p->left_d;
    put(k, 27, three(c->lemma, c->that, both));
    put(k, 28, three(kind_of_cue(c), c->holder, both));
    put(k, 29, three(c->holder, p->left_d, p->state));
    put(k, 30, three(c->lemma, p->left_commas, p->state));
}

static struct key verb_of(const struct spot *p)
{
    return (struct key){p->verb->word, p->state | (uint64_t)p->verb_commas << 16};
}

static void put_verb(struct sink *k, const struct spot *p)
{
    if (!p->verb) return;
    put(k, 31, two(p->verb->word, p->verb_commas));
    put(k, 32, two(p->verb->word, p->state));
}

static void put_verb_distance(struct sink *k, const struct spot *p)
{
    if (p->verb) put(k, 33, two(p->verb->word, p->verb_d));
}

static void put_next_verb(struct sink *k, const struct spot *p)
{
    if (!p->next_verb) return;
    put(k, 34, two(p->next_verb->word, p->next_commas));
    put(k, 35, three(p->next_verb->word, p->from, p->next_commas));
}

static void put_next_distance(struct sink *k, const struct spot *p)
{
    if (p->next_verb) put(k, 46, two(p->next_verb->word, p->next_d));
}

static uint64_t right_last(const struct spot *p)
{
    return p->right_commas * 2u + (p->sentence->end - p->right->end < 3);
}

static struct key right_commas_of(const struct spot *p)
{
    const struct cue_scene *c = p->right;
    return (struct key){c->lemma, c->holder | (uint64_t)(c->pos * 4u + c->inflection) << 4 | right_last(p) << 16};
}

static void put_right_commas(struct sink *k, const struct spot *p)
{
    const struct cue_scene *c = p->right;
    if (!c) return;
    uint64_t last = right_last(p);
    put(k, 36, two(c->lemma, p->right_commas));
    put(k, 37, two(c->lemma, last));
    put(k, 38, three(c->pos * 4u + c->inflection, c->holder, last));
    put(k, 39, three(c->lemma, c->holder, last));
}

static void put_right_distance(struct sink *k, const struct spot *p)
{
    if (!p->right) return;
    put(k, 40, two(p->right->lemma, p->right_d));
    put(k, 41, two(two(p->t->proposal, p->right->holder), two(p->right_d, p->right_commas)));
}

static uint64_t shapes_of(const struct token_scene *t)
{
    return (uint64_t)t[-1].shape << 16 | (uint64_t)t->shape << 8 | t[1].shape;
}

static struct key own_of(const struct spot *p)
{
    return (struct key){p->t->classes, shapes_of(p->t)};
}

static void put_own(struct sink *k, const struct spot *p)
{
    put(k, 42, p->t->shape);
    put(k, 43, shapes_of(p->t));
    put(k, 44, p->t->classes);
}

/* New with nearly every token. */
static void put_behind_cue(struct sink *k, const struct spot *p)
{
    if (p->left) put(k, 45, two(two(kind_of_cue(p->left), p->s->tokens[p->t->left + 1u].classes), two(p->left_commas, p->t->classes)));
}

/* ---- rows: one context, looked at from several places ---- */

static uint64_t proposals_around(const struct token_scene *t)
{
    return t[-1].proposal * 16u + t->proposal * 4u + t[1].proposal;
}

static uint64_t words_at(const struct token_scene *t)
{
    return tag_context(T_WORDS, two(t->word, t[1].word));
}

static uint64_t classes_at(const struct token_scene *t)
{
    return tag_context(T_CLASSES, two(t->classes, t[1].classes));
}

static uint64_t three_classes_at(const struct token_scene *t)
{
    return tag_context(T_THREE_CLASSES, three(t->classes, t[1].classes, t[2].classes));
}

static uint64_t word_proposed(uint64_t proposals, uint64_t word)
{
    return tag_context(T_WORD_PROPOSED, two(proposals, word));
}

static uint64_t suffix_key(uint64_t suffix)
{
    return tag_context(FIRST_ALONE, suffix) | TAG_ALONE;
}

static uint64_t quoted_key(uint64_t quote, uint64_t word)
{
    return tag_context(FIRST_ALONE + 99, two(quote, word)) | TAG_ALONE;
}

enum { PAIR_FIRST = -2, PAIRS = 4, TRIPLE_FIRST = -3, TRIPLES = 5, WINDOW = 8 }; /* pairs begin at -2 … 1, triples at -3, -2, -1 and 1 */

/* Member by where the row begins, counted from the token. */
static const int8_t triple_member[TRIPLES] = {0, 1, 2, -1, 3};

static void put_rows(struct sink *k, const struct token_scene *t)
{
    uint64_t proposals = proposals_around(t);
    for (int at = -SCENE_MARGIN; at <= SCENE_MARGIN; at++) put_key(k, tag_context(T_WORD, t[at].word) | (uint64_t)(at + SCENE_MARGIN));
    for (int m = 0; m < PAIRS; m++) put_key(k, words_at(&t[PAIR_FIRST + m]) | (uint64_t)m);
    for (int m = 0; m < 2; m++) put_key(k, classes_at(&t[m - 1]) | (uint64_t)m);
    for (int m = 0; m < TRIPLES; m++)
        if (triple_member[m] >= 0) put_key(k, three_classes_at(&t[TRIPLE_FIRST + m]) | (uint64_t)triple_member[m]);
    for (int m = 0; m < 3; m++) put_key(k, word_proposed(proposals, t[m - 1].word) | (uint64_t)m);
    put_key(k, suffix_key(t->suffix));
    put_key(k, quoted_key(t->quote, t->word));
}

/* ---- sums ---- */

enum part { STATE, RULE, PLACE, END, LEFT_COMMAS, LEFT_DISTANCE, LEFT_BOTH, VERB, RIGHT_COMMAS, OWN, OPENING, CUES, PARTS };

struct tag_summer {
    const struct tag_scene *scene;
    const struct tag_table *table;
    struct tag_memory *memory;
    size_t next;            /* token for which the window is prepared */
    const tag_packed *pairs[WINDOW], *class_pairs[WINDOW], *triples[WINDOW]; /* by token, modulo WINDOW */
    const struct sentence *sentence;
    uint32_t left, right;   /* cues beside the token, in the sentence */
    struct tag_part opening, cues; /* of the sentence; of the two cues */
};

/* Features of a token whose weights have to be looked up: first all are listed and fetched into the cache, then they are summed, so that one need not wait
 * for another. */
struct wanted {
    uint64_t keys[TAG_FEATURES];
    struct sink sink;       /* of keys */
    struct group {
        struct tag_part *part; /* that keeps the sum of its keys */
        struct tag_part known; /* what it is to hold */
        size_t end;
    } groups[PARTS];        /* [groups_n] their keys come first, one after the other */
    size_t groups_n;
};

struct tag_summer *tag_summer_new(const struct tag_scene *scene, const struct tag_table *table, stance_error *err)
{
    struct tag_summer *s = arena_array(scene->a->arena, 1, sizeof *s);
    if (!s) return error_nomem(err, "tagging"), NULL;
    *s = (struct tag_summer){.scene = scene, .table = table, .memory = scene->a->language->tags, .next = SIZE_MAX};
    tag_memory_begin(s->memory, table);
    return s;
}

typedef void put_part(struct sink *, const struct spot *);

static inline __attribute__((always_inline)) void want(struct wanted *w, const struct spot *p, struct tag_part *part, struct tag_part known, put_part *put_all)
{
    put_all(&w->sink, p);
    w->groups[w->groups_n++] = (struct group){part, known, w->sink.n};
}

/* One part of a token: the sum of its features when it is in memory, else it is wanted. Inline, and so is what it calls. */
static inline __attribute__((always_inline)) tag_packed part(const struct tag_summer *s, struct wanted *w, const struct spot *p, enum part which,
                                                             struct key key, put_part *put_all)
{
    uint64_t b = key.b | (uint64_t)(which + 1) << 60; /* no key has so high a bit */
    struct tag_part *of = tag_part_at(s->memory, key.a, b);
    if (of->a == key.a && of->b == b) return of->sum;
    want(w, p, of, (struct tag_part){key.a, b, 0}, put_all);
    return 0;
}

/* Sums of the parts that are known; the others and what stands alone is wanted then. */
static inline tag_packed sum_of_parts(struct tag_summer *s, struct wanted *w, const struct spot *p)
{
    tag_packed sum = part(s, w, p, STATE, state_of(p), put_state) + part(s, w, p, PLACE, place_of(p), put_place) + part(s, w, p, END, end_of(p), put_end) +
                     part(s, w, p, OWN, own_of(p), put_own);
    if (p->t->rule != NO_TOKEN) sum += part(s, w, p, RULE, rule_of(p), put_rule);
    if (p->left) sum += part(s, w, p, LEFT_COMMAS, left_commas_of(p), put_left_commas) + part(s, w, p, LEFT_DISTANCE, left_distance_of(p), put_left_distance);
    if (p->left) sum += part(s, w, p, LEFT_BOTH, left_both_of(p), put_left_both);
    if (p->right) sum += part(s, w, p, RIGHT_COMMAS, right_commas_of(p), put_right_commas);
    if (p->verb) sum += part(s, w, p, VERB, verb_of(p), put_verb);
    bool new_sentence = s->sentence != p->sentence, new_cues = new_sentence || s->left != p->t->left || s->right != p->t->right;
    if (new_sentence) want(w, p, &s->opening, (struct tag_part){0}, put_opening);
    else sum += s->opening.sum;
    if (new_cues) want(w, p, &s->cues, (struct tag_part){0}, put_cues);
    else sum += s->cues.sum;
    s->sentence = p->sentence;
    s->left = p->t->left;
    s->right = p->t->right;
    put_behind_cue(&w->sink, p);
    put_right_distance(&w->sink, p);
    put_verb_distance(&w->sink, p);
    put_next_verb(&w->sink, p);
    put_next_distance(&w->sink, p);
    return sum;
}

static tag_packed sum_of_wanted(const struct tag_table *t, const struct wanted *w)
{
    tag_packed sum = 0;
    size_t i = 0;
    for (size_t g = 0; g < w->groups_n; g++) {
        tag_packed own = 0;
        for (; i < w->groups[g].end; i++) own += tag_alone(t, w->keys[i]);
        *w->groups[g].part = (struct tag_part){w->groups[g].known.a, w->groups[g].known.b, own};
        sum += own;
    }
    for (; i < w->sink.n; i++) sum += tag_alone(t, w->keys[i]);
    return sum;
}

size_t tag_features(const struct tag_scene *scene, size_t i, uint64_t *out)
{
    struct sink k = {.out = out};
    struct spot p;
    find_spot(&p, scene, i);
    put_state(&k, &p);
    put_rule(&k, &p);
    put_place(&k, &p);
    put_end(&k, &p);
    put_cues(&k, &p);
    put_opening(&k, &p);
    put_left_commas(&k, &p);
    put_left_distance(&k, &p);
    put_left_both(&k, &p);
    put_verb(&k, &p);
    put_verb_distance(&k, &p);
    put_next_verb(&k, &p);
    put_right_commas(&k, &p);
    put_right_distance(&k, &p);
    put_own(&k, &p);
    put_behind_cue(&k, &p);
    put_next_distance(&k, &p);
    put_rows(&k, p.t);
    return k.n;
}

/* Apart, so that what mostly happens, finding a word, is short. */
__attribute__((noinline)) static const struct tag_word *learn_word(const struct tag_table *table, struct tag_word *w, const struct token_scene *t)
{
    const uint64_t suffix = suffix_key(t->suffix), unquoted = quoted_key(0, t->word), word = tag_context(T_WORD, t->word), proposed = word_proposed(0, t->word);
    tag_fetch(table, suffix);
    tag_fetch(table, unquoted);
    tag_fetch_row(table, proposed);
    const tag_packed *row = tag_find_row(table, word), *free_row = tag_find_row(table, proposed);
    w->word = t->word;
    w->suffix = t->suffix;
    w->known = true;
    for (unsigned m = 0; m <= 2 * SCENE_MARGIN; m++) w->at[m] = tag_member(row, m);
    for (unsigned m = 0; m < 3; m++) w->free[m] = tag_member(free_row, m);
    w->at[SCENE_MARGIN] += tag_alone(table, suffix);
    w->unquoted = tag_alone(table, unquoted);
    return w;
}

static inline const struct tag_word *sum_of_word(struct tag_summer *s, const struct token_scene *t)
{
    struct tag_word *w = &s->memory->words[t->place];
    return w->word == t->word && w->suffix == t->suffix && w->known ? w : learn_word(s->table, w, t);
}

/* Rows that begin at this place before or behind token i. */
static inline void look_up(struct tag_summer *s, size_t i, int at)
{
    const struct token_scene *t = &s->scene->tokens[i] + at;
    size_t slot = (i + WINDOW + (size_t)at) % WINDOW;
    if (at >= PAIR_FIRST) s->pairs[slot] = tag_find_row(s->table, words_at(t));
    if (at >= PAIR_FIRST) s->class_pairs[slot] = tag_find_row(s->table, classes_at(t));
    s->triples[slot] = tag_find_row(s->table, three_classes_at(t));
}

/* The rows that begin at the token's next are looked up soon. */
static void fetch_window(const struct tag_summer *s, size_t i)
{
    const struct token_scene *t = &s->scene->tokens[i] + 1;
    tag_fetch_row(s->table, words_at(t));
    tag_fetch_row(s->table, classes_at(t));
    tag_fetch_row(s->table, three_classes_at(t));
}

static tag_packed sum_of_window(struct tag_summer *s, size_t i)
{
    for (int at = s->next == i ? 1 : TRIPLE_FIRST; at <= 1; at++) look_up(s, i, at);
    s->next = i + 1;
    tag_packed sum = 0;
    for (unsigned m = 0; m < PAIRS; m++) sum += tag_member(s->pairs[(i + WINDOW + m + (size_t)PAIR_FIRST) % WINDOW], m);
    for (unsigned m = 0; m < 2; m++) sum += tag_member(s->class_pairs[(i + WINDOW - 1 + m) % WINDOW], m);
    for (unsigned m = 0; m < TRIPLES; m++)
        if (triple_member[m] >= 0) sum += tag_member(s->triples[(i + WINDOW + m + (size_t)TRIPLE_FIRST) % WINDOW], (unsigned)triple_member[m]);
    return sum;
}

static tag_packed sum_of_words(struct tag_summer *s, const struct token_scene *t)
{
    const uint64_t proposals = proposals_around(t);
    tag_packed sum = 0, centre;
    for (int at = -SCENE_MARGIN; at < -1; at++) sum += sum_of_word(s, &t[at])->at[at + SCENE_MARGIN];
    for (int at = 2; at <= SCENE_MARGIN; at++) sum += sum_of_word(s, &t[at])->at[at + SCENE_MARGIN];
    const struct tag_word *word = sum_of_word(s, t - 1);
    tag_packed free = word->free[0];
    sum += word->at[SCENE_MARGIN - 1];
    word = sum_of_word(s, t + 1);
    free += word->free[2];
    sum += word->at[SCENE_MARGIN + 1];
    word = sum_of_word(s, t);
    free += word->free[1];
    sum += word->at[SCENE_MARGIN];
    centre = t->quote == 0 ? word->unquoted : tag_alone(s->table, quoted_key(t->quote, t->word));
    if (proposals == 0) return sum + free + centre;
    for (int at = -1; at <= 1; at++) sum += tag_member(tag_find_row(s->table, word_proposed(proposals, t[at].word)), (unsigned)(at + 1));
    return sum + centre;
}

tag_packed tag_sum(struct tag_summer *s, size_t i)
{
    struct wanted w;
    struct spot p;
    w.sink = (struct sink){w.keys, 0};
    w.groups_n = 0;
    find_spot(&p, s->scene, i);
    tag_packed sum = sum_of_parts(s, &w, &p);
    for (size_t k = 0; k < w.sink.n; k++) tag_fetch(s->table, w.keys[k]);
    fetch_window(s, i);
    return sum + sum_of_words(s, p.t) + sum_of_window(s, i) + sum_of_wanted(s->table, &w);
}
