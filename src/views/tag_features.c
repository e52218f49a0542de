/* SPDX-License-Identifier: MIT
 * tag_features: words, classes, quotation state, what the rules propose, cues and verbs on both sides with their distance.
 * Method: features that depend on the same few things form a part; a part's sum is kept until one of these things changes. Words, pairs of words and
 * the like have a row of weights for all places at which they may stand. Limits: keys are hashes; tests hold both uses to the same features. */
#include "tag_features.h"

#include "../base/error.h"
#include "../base/str.h"

enum template_id { /* of rows; the others count on from FIRST_ALONE */
    T_WORD = 1, T_WORDS, T_CLASSES, T_THREE_CLASSES, T_WORD_PROPOSED, FIRST_ALONE = 20
};

/* ---- where features go ---- */

struct sink {
    uint64_t *out; /* NULL: their weights are added */
    size_t n;
    const struct tag_table *table;
    tag_packed sum;
};

static inline void put_key(struct sink *k, uint64_t key)
{
    if (k->n < TAG_FEATURES) k->out[k->n++] = key;
}

static inline void put(struct sink *k, uint64_t template_id, uint64_t value)
{
    uint64_t key = tag_context(FIRST_ALONE + template_id, value) | TAG_ALONE;
    if (k->out) put_key(k, key);
    else k->sum += tag_alone(k->table, key);
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
    bool first = k->first == 0 || s->a->tokens.items[k->first - 1].kind == TOKEN_BREAK;
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

/* ---- parts: each with what its features depend on ---- */

static uint64_t state_of(const struct spot *p)
{
    const struct token_scene *t = p->t, *l = t - 1, *r = t + 1;
    uint64_t around = (uint64_t)l->quote << 32 | (uint64_t)r->quote << 40 | (uint64_t)p->before << 48;
    return p->state | (uint64_t)(l->proposal << 10 | r->proposal << 12 | t->role << 14 | l->role << 16 | r->role << 18) |
           (uint64_t)(p->left != NULL) << 20 | (uint64_t)(p->right != NULL) << 21 | around;
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

static uint64_t rule_of(const struct spot *p)
{
    if (p->t->rule == NO_TOKEN) return 0;
    const struct attribution *x = &p->s->rules->items[p->t->rule];
    return (uint64_t)(p->t->rule + 1u) << 12 | (uint64_t)p->t->proposal << 8 | bucket(p->i - x->first) << 4 | bucket(x->end - p->i);
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

static uint64_t place_of(const struct spot *p)
{
    return (uint64_t)p->sentence->first << 16 | (uint64_t)p->t->quote << 8 | p->from;
}

static void put_place(struct sink *k, const struct spot *p)
{
    put(k, 16, p->from);
    put(k, 17, two(p->from, p->s->tokens[p->sentence->first].word));
    put(k, 18, three(p->before == 9, p->from, p->t->quote));
}

static uint64_t end_of(const struct spot *p)
{
    return p->to;
}

static void put_end(struct sink *k, const struct spot *p)
{
    put(k, 19, p->to);
}

static uint64_t cues_of(const struct spot *p)
{
    return three(p->sentence->first, p->t->left, p->t->right);
}

static void put_cues(struct sink *k, const struct spot *p)
{
    const struct token_scene *begin = &p->s->tokens[p->sentence->first];
    put(k, 20, two(p->left ? p->left->lemma : 0, p->right ? p->right->lemma : 0));
    put(k, 21, two(begin->word, begin[1].word));
}

static uint64_t left_commas_of(const struct spot *p)
{
    return p->left ? (uint64_t)(p->t->left + 1u) << 8 | (uint8_t)p->left_commas : 0;
}

static uint64_t kind_of_cue(const struct cue_scene *c)
{
    return c->pos * 16u + c->inflection * 4u + c->reliability;
}

static void put_left_commas(struct sink *k, const struct spot *p)
{
    const struct cue_scene *c = p->left;
    if (!c) return;
    put(k, 22, two(c->lemma, p->left_commas));
    put(k, 23, two(two(kind_of_cue(c), c->holder), two(c->that, p->left_commas)));
    put(k, 24, three(c->lemma, c->holder, p->left_commas));
}

static uint64_t left_distance_of(const struct spot *p)
{
    return p->left ? (uint64_t)(p->t->left + 1u) << 8 | p->left_d : 0;
}

static void put_left_distance(struct sink *k, const struct spot *p)
{
    const struct cue_scene *c = p->left;
    if (!c) return;
    put(k, 25, two(c->lemma, p->left_d));
    put(k, 26, three(c->lemma, c->holder, p->left_d));
}

static uint64_t left_both_of(const struct spot *p)
{
    return p->left ? (uint64_t)(p->t->left + 1u) << 32 | p->left_d << 24 | (uint32_t)(uint8_t)p->left_commas << 16 | p->state : 0;
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

static uint64_t verb_of(const struct spot *p)
{
    return p->verb ? (uint64_t)(p->t->verb + 1u) << 24 | (uint32_t)(uint8_t)p->verb_commas << 16 | p->state : 0;
}

static void put_verb(struct sink *k, const struct spot *p)
{
    if (!p->verb) return;
    put(k, 31, two(p->verb->word, p->verb_commas));
    put(k, 32, two(p->verb->word, p->state));
}

static uint64_t verb_distance_of(const struct spot *p)
{
    return p->verb ? (uint64_t)(p->t->verb + 1u) << 8 | p->verb_d : 0;
}

static void put_verb_distance(struct sink *k, const struct spot *p)
{
    if (!p->verb) return;
    put(k, 33, two(p->verb->word, p->verb_d));
}

static uint64_t next_verb_of(const struct spot *p)
{
    return p->next_verb ? (uint64_t)(p->t->next_verb + 1u) << 16 | (uint64_t)p->from << 8 | (uint8_t)p->next_commas : 0;
}

static void put_next_verb(struct sink *k, const struct spot *p)
{
    if (!p->next_verb) return;
    put(k, 34, two(p->next_verb->word, p->next_commas));
    put(k, 35, three(p->next_verb->word, p->from, p->next_commas));
}

static uint64_t right_commas_of(const struct spot *p)
{
    return p->right ? (uint64_t)(p->t->right + 1u) << 8 | (uint8_t)p->right_commas : 0;
}

static void put_right_commas(struct sink *k, const struct spot *p)
{
    const struct cue_scene *c = p->right;
    if (!c) return;
    uint64_t last = p->right_commas * 2u + (p->sentence->end - c->end < 3);
    put(k, 36, two(c->lemma, p->right_commas));
    put(k, 37, two(c->lemma, last));
    put(k, 38, three(c->pos * 4u + c->inflection, c->holder, last));
    put(k, 39, three(c->lemma, c->holder, last));
}

static uint64_t right_distance_of(const struct spot *p)
{
    return p->right ? (uint64_t)(p->t->right + 1u) << 24 | (uint32_t)(uint8_t)p->right_commas << 16 | p->right_d << 8 | p->t->proposal : 0;
}

static void put_right_distance(struct sink *k, const struct spot *p)
{
    if (!p->right) return;
    put(k, 40, two(p->right->lemma, p->right_d));
    put(k, 41, two(two(p->t->proposal, p->right->holder), two(p->right_d, p->right_commas)));
}

/* Features that are new with every token. */
static void put_own(struct sink *k, const struct spot *p)
{
    const struct token_scene *t = p->t, *l = t - 1, *r = t + 1;
    put(k, 42, t->shape);
    put(k, 43, (uint64_t)l->shape << 16 | (uint64_t)t->shape << 8 | r->shape);
    put(k, 44, t->classes);
    if (p->left) put(k, 45, two(two(kind_of_cue(p->left), p->s->tokens[p->t->left + 1u].classes), two(p->left_commas, t->classes)));
    if (p->next_verb) put(k, 46, two(p->next_verb->word, p->next_d));
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

static void put_rows(struct sink *k, const struct tag_scene *s, const struct token_scene *t)
{
    uint64_t proposals = proposals_around(t);
    for (int at = -SCENE_MARGIN; at <= SCENE_MARGIN; at++) put_key(k, tag_context(T_WORD, t[at].word) | (uint64_t)(at + SCENE_MARGIN));
    for (int m = 0; m < PAIRS; m++) put_key(k, words_at(&t[PAIR_FIRST + m]) | (uint64_t)m);
    for (int m = 0; m < 2; m++) put_key(k, classes_at(&t[m - 1]) | (uint64_t)m);
    for (int m = 0; m < TRIPLES; m++)
        if (triple_member[m] >= 0) put_key(k, three_classes_at(&t[TRIPLE_FIRST + m]) | (uint64_t)triple_member[m]);
    for (int m = 0; m < 3; m++) put_key(k, word_proposed(proposals, t[m - 1].word) | (uint64_t)m);
    put_key(k, suffix_key(s->words[t->id].suffix));
    put_key(k, quoted_key(t->quote, t->word));
}

/* ---- sums ---- */

enum part {
    STATE, RULE, PLACE, END, CUES, LEFT_COMMAS, LEFT_DISTANCE, LEFT_BOTH, VERB, VERB_DISTANCE, NEXT_VERB, RIGHT_COMMAS, RIGHT_DISTANCE, PARTS
};

struct word_sum {
    tag_packed at[2 * SCENE_MARGIN + 1]; /* by place; its suffix is in the middle one */
    tag_packed free[3];                  /* where the rules propose nothing */
    tag_packed unquoted;
    bool known;
};

struct tag_summer {
    const struct tag_scene *scene;
    const struct tag_table *table;
    struct word_sum *words; /* [scene->words_n] */
    size_t next;            /* token for which the window is prepared */
    const tag_packed *pairs[WINDOW], *class_pairs[WINDOW], *triples[WINDOW]; /* by token, modulo WINDOW */
    struct part_sum {
        uint64_t depends_on;
        tag_packed sum;
    } parts[PARTS];
};

struct tag_summer *tag_summer_new(const struct tag_scene *scene, const struct tag_table *table, stance_error *err)
{
    struct tag_summer *s = arena_array(scene->a->arena, 1, sizeof *s);
    struct word_sum *words = s ? arena_array(scene->a->arena, scene->words_n, sizeof *words) : NULL;
    if (!words) return error_nomem(err, "tagging"), NULL;
    *s = (struct tag_summer){.scene = scene, .table = table, .words = words, .next = SIZE_MAX};
    for (size_t n = 0; n < PARTS; n++) s->parts[n].depends_on = UINT64_MAX;
    return s;
}

/* One part of a token: its features, or their sum, which is found anew only when what it depends on has changed. Inline, and so is what it calls. */
static inline __attribute__((always_inline)) void part(struct tag_summer *s, struct sink *k, const struct spot *p, enum part which,
                                                       uint64_t (*depends_on)(const struct spot *), void (*put_part)(struct sink *, const struct spot *))
{
    if (!s) {
        put_part(k, p);
        return;
    }
    struct part_sum *of = &s->parts[which];
    uint64_t now = depends_on(p);
    if (now != of->depends_on) {
        struct sink own = {.table = s->table};
        put_part(&own, p);
        *of = (struct part_sum){now, own.sum};
    }
    k->sum += of->sum;
}

static inline __attribute__((always_inline)) void put_parts(struct tag_summer *s, struct sink *k, const struct spot *p)
{
    part(s, k, p, STATE, state_of, put_state);
    part(s, k, p, RULE, rule_of, put_rule);
    part(s, k, p, PLACE, place_of, put_place);
    part(s, k, p, END, end_of, put_end);
    part(s, k, p, CUES, cues_of, put_cues);
    part(s, k, p, LEFT_COMMAS, left_commas_of, put_left_commas);
    part(s, k, p, LEFT_DISTANCE, left_distance_of, put_left_distance);
    part(s, k, p, LEFT_BOTH, left_both_of, put_left_both);
    part(s, k, p, VERB, verb_of, put_verb);
    part(s, k, p, VERB_DISTANCE, verb_distance_of, put_verb_distance);
    part(s, k, p, NEXT_VERB, next_verb_of, put_next_verb);
    part(s, k, p, RIGHT_COMMAS, right_commas_of, put_right_commas);
    part(s, k, p, RIGHT_DISTANCE, right_distance_of, put_right_distance);
}

size_t tag_features(const struct tag_scene *scene, size_t i, uint64_t *out)
{
    struct sink k = {.out = out};
    struct spot p;
    find_spot(&p, scene, i);
    put_parts(NULL, &k, &p);
    put_own(&k, &p);
    put_rows(&k, scene, p.t);
    return k.n;
}

static const struct word_sum *sum_of_word(struct tag_summer *s, uint32_t id)
{
    struct word_sum *w = &s->words[id];
    if (w->known) return w;
    const struct word_scene *of = &s->scene->words[id];
    const tag_packed *row = tag_find_row(s->table, tag_context(T_WORD, of->word)), *free_row = tag_find_row(s->table, word_proposed(0, of->word));
    for (unsigned m = 0; m <= 2 * SCENE_MARGIN; m++) w->at[m] = tag_member(row, m);
    for (unsigned m = 0; m < 3; m++) w->free[m] = tag_member(free_row, m);
    w->at[SCENE_MARGIN] += tag_alone(s->table, suffix_key(of->suffix));
    w->unquoted = tag_alone(s->table, quoted_key(0, of->word));
    w->known = true;
    return w;
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
    tag_packed sum = 0;
    uint64_t proposals = proposals_around(t);
    for (int at = -SCENE_MARGIN; at <= SCENE_MARGIN; at++) sum += sum_of_word(s, t[at].id)->at[at + SCENE_MARGIN];
    for (int at = -1; at <= 1; at++)
        sum += proposals == 0 ? s->words[t[at].id].free[at + 1] : tag_member(tag_find_row(s->table, word_proposed(proposals, t[at].word)), (unsigned)(at + 1));
    return sum + (t->quote == 0 ? s->words[t->id].unquoted : tag_alone(s->table, quoted_key(t->quote, t->word)));
}

tag_packed tag_sum(struct tag_summer *s, size_t i)
{
    struct sink k = {.table = s->table};
    struct spot p;
    find_spot(&p, s->scene, i);
    put_parts(s, &k, &p);
    put_own(&k, &p);
    return k.sum + sum_of_window(s, i) + sum_of_words(s, p.t);
}
