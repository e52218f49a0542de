/* SPDX-License-Identifier: MIT
 * speakers: from the words beside a content to the one who holds the view.
 * Method: a name leads to its entity; pronouns and descriptions to the latest entity that fits in gender, number and role, speakers and subjects of
 * the sentences before first. Limits: no coreference model; "they" is taken for the latest group or organisation. */
#include <string.h>

#include "../base/error.h"
#include "../base/str.h"
#include "attribution.h"
#include "issuers.h"
#include "roles.h"

struct resolver {
    struct article *a;
    struct attributions *all;
    uint32_t *speaker_of;    /* [sentences] entity that speaks there, NO_ENTITY */
    uint32_t *first_mention; /* [sentences + 1] index of the first mention in or behind the sentence */
    uint32_t *described;     /* [sentences] one more than the attribution whose speaker is one person without a name, 0 */
    uint32_t joint;          /* one more than the latest attribution to two at once, 0 */
    uint32_t last;           /* attribution resolved last, NO_TOKEN at first */
};

static void set_entity(struct resolver *r, struct attribution *x, uint32_t entity, stance_resolution how)
{
    const struct entity *e = &r->a->entities[entity];
    x->entity = entity;
    x->speaker = e->name;
    x->speaker_kind = e->kind;
    x->resolved_by = how;
    if (x->speaker_kind == STANCE_UNKNOWN && how == STANCE_BY_PRONOUN) x->speaker_kind = STANCE_PERSON;
}

static void set_unknown(struct attribution *x)
{
    x->speaker = STR("unknown");
    x->entity = NO_ENTITY;
    x->speaker_kind = STANCE_UNKNOWN;
    x->resolved_by = STANCE_BY_NONE;
}

static void inherit(struct attribution *x, const struct attribution *from)
{
    x->speaker = from->speaker;
    x->entity = from->entity;
    x->speaker_kind = from->speaker_kind;
    x->resolved_by = from->resolved_by;
}

/* ---- names ---- */

static bool role_flag(const struct article *a, size_t i)
{
    return (a->flags[i] & (WORD_PERSON | WORD_GROUP | WORD_TITLE | WORD_PLURAL)) != 0;
}

/* The mention that a phrase's head belongs to, or NO_ENTITY. */
static uint32_t head_mention(const struct article *a, struct phrase p)
{
    uint32_t own = a->mention_at[p.head];
    bool person = own != NO_ENTITY && a->entities[a->mentions[own].entity].kind == STANCE_PERSON;
    if (own != NO_ENTITY && (person || !(a->flags[p.head] & WORD_TITLE))) return own; /* not "Inspector General for Roads Ann Reed" */
    uint32_t last = a->mention_at[p.end - 1u]; /* "Chairman of the Joint Chiefs Gen. Martin Dempsey" */
    bool whole = last != NO_ENTITY && a->mentions[last].outer == p.first && own == NO_ENTITY; /* "Secretary of State Mike Pompeo" */
    if (whole && a->entities[a->mentions[last].entity].kind == STANCE_PERSON && a->mentions[last].end == p.end) return last;
    if (last == NO_ENTITY || a->mentions[last].outer <= p.first || a->entities[a->mentions[last].entity].kind != STANCE_PERSON) return own;
    size_t before = a->mentions[last].outer - 1u;
    bool apposed = !(a->flags[before] & (WORD_PREP | WORD_CONJ | WORD_DET)) && a->look[before].kind == TOKEN_WORD;
    bool office = article_word(a, before + 1u, "staff") || article_word(a, before + 1u, "state"); /* chief of staff Ann Reed, secretary of state nominee */
    apposed = apposed || (before == p.head + 1u && article_word(a, before, "of") && office);
    return apposed && (a->flags[p.head] & (WORD_TITLE | WORD_PERSON)) ? last : own;
}

static stance_resolution how_named(const struct article *a, const struct mention *m)
{
    const struct entity *e = &a->entities[m->entity];
    stance_str mine = article_text(a, m->first, m->end);
    if (str_equal_nocase(mine, e->name)) return STANCE_BY_NAME;
    bool surname = m->end - m->first == 1 && e->last_word != VOCAB_NONE && a->form_of[m->first] == e->last_word;
    return surname ? STANCE_BY_SURNAME : m->end - m->first > 1 && !e->known ? STANCE_BY_NAME : STANCE_BY_ALIAS;
}

/* ---- pronouns ---- */

static char pronoun_gender(const struct article *a, size_t i)
{
    if (article_word(a, i, "he") || article_word(a, i, "his") || article_word(a, i, "him") || article_word(a, i, "he's") ||
        article_word(a, i, "he'd"))
        return 'm';
    return article_word(a, i, "she") || article_word(a, i, "her") || article_word(a, i, "she's") || article_word(a, i, "she'd") ? 'f' : (char)0;
}

static bool could_be(const struct entity *e, char gender, bool person)
{
    if (person)
        return e->kind != STANCE_ORGANISATION && e->kind != STANCE_GROUP && (!e->gender || !gender || e->gender == gender) &&
               (e->kind == STANCE_PERSON || (e->titled && !e->place));
    return e->kind != STANCE_PERSON && !e->titled && !e->topic;
}

/* "By Edgar Su/Reuters", "REUTERS/Edgar Su": who took the picture above is no subject. */
static bool credited(const struct article *a, const struct mention *m)
{
    return (m->first > 0 && article_mark(a, m->first - 1u, "/")) || article_mark(a, m->end, "/");
}

/* Names that nothing is known of count as people where no sure one is there, and where they speak. */
static bool might_be(const struct entity *e, char gender, bool person)
{
    bool unknown = person && !e->article && e->kind == STANCE_UNKNOWN && !e->topic && !e->place;
    return could_be(e, gender, person) || (unknown && (!e->gender || !gender || e->gender == gender));
}

/* Is token i "he" or "she" (of this gender, when one is asked for) outside quotations? */
static bool person_pronoun(const struct article *a, size_t i, char gender)
{
    if (!article_is(a, i, WORD_SUBJECT) || article_quoted(a, i)) return false;
    char own = article_word(a, i, "he") ? 'm' : article_word(a, i, "she") ? 'f' : (char)0;
    return own && (!gender || own == gender);
}

/* "in Western Europe", "across Leeds": a place, as far as one can see. */
static bool located(const struct article *a, const struct mention *m)
{
    bool listed = m->outer > 0 && m > a->mentions && m[-1].end + 1u == m->outer && article_is(a, m->outer - 1u, WORD_CONJ); /* in Utah or New Leeds */
    if (listed) m--;
    return m->outer > 0 && article_in(a, m->outer - 1u, LIST_LOCATING);
}

enum search { SURE, GUESS };

/* "After speaking to Reed, he said": behind a preposition, in the opening of the pronoun's own sentence. */
static bool governed(const struct article *a, size_t begin, size_t at, const struct mention *m)
{
    bool own = a->sentence_of[at] == a->sentence_of[m->first], opening = article_is(a, begin, WORD_PREP | WORD_SUBORD | WORD_ING);
    return own && opening && m->outer > begin && article_in(a, m->outer - 1u, LIST_GOVERNING) && (article_mark(a, m->end, ",") || at > m->end + 1u);
}

/* A name of which nothing is known: "in Central Asia", "Says No Plans To Leave". */
static bool unlike_person(const struct article *a, const struct entity *e, const struct mention *m)
{
    return e->kind == STANCE_UNKNOWN && !e->titled && (located(a, m) || m->end - m->first > 3);
}

/* First fitting entity that is named in sentence s before token `at`, outside quotations; "the man whom the sentence is about". */
static uint32_t subject_of(const struct resolver *r, size_t s, size_t at, char gender, enum search how, bool person)
{
    const struct article *a = r->a;
    size_t i = a->sentences.items[s].first;
    if (person && i < at && person_pronoun(a, i, gender)) return NO_ENTITY; /* "He met Reed." goes on with whoever it was about */
    for (size_t m = r->first_mention[s]; m < r->first_mention[s + 1]; m++) {
        if (a->mentions[m].first >= at) break;
        const struct entity *e = &a->entities[a->mentions[m].entity];
        bool fits = how == SURE ? could_be(e, gender, person) : might_be(e, gender, person);
        bool addressed = !person && a->mentions[m].outer > 0 && article_word(a, a->mentions[m].outer - 1u, "told"); /* They told ABC that they … */
        addressed = addressed || (!person && e->kind == STANCE_UNKNOWN && located(a, &a->mentions[m])); /* "went to New Leeds … it says" */
        bool handle = person && a->look[a->mentions[m].first].kind == TOKEN_HANDLE;
        addressed = addressed || (how == SURE && governed(a, i, at, &a->mentions[m]));
        addressed = addressed || (how == GUESS && person && unlike_person(a, e, &a->mentions[m]));
        if (!article_quoted(a, a->mentions[m].first) && fits && !addressed && !handle && !credited(a, &a->mentions[m])) {
            size_t end = a->mentions[m].end;
            bool owner = end < a->tokens.n && a->look[end].kind == TOKEN_CLITIC;
            if (!owner || m + 1 >= r->first_mention[s + 1]) return a->mentions[m].entity;
        }
    }
    return NO_ENTITY;
}

enum { UNNAMED_BACK = 3, LOOK_BACK = 8, FAR = 400 }; /* sentences a pronoun reaches back */

static uint32_t search_back(const struct resolver *r, size_t at, char gender, enum search how, bool person)
{
    const struct article *a = r->a;
    size_t s = a->sentence_of[at];
    for (size_t back = 0; back <= LOOK_BACK && back <= s; back++) {
        uint32_t spoke = r->speaker_of[s - back];
        if (spoke != NO_ENTITY && might_be(&a->entities[spoke], gender, person)) return spoke;
        uint32_t named = subject_of(r, s - back, at, gender, how, person);
        if (named != NO_ENTITY) return named;
    }
    return NO_ENTITY;
}

static uint32_t antecedent(const struct resolver *r, size_t at, char gender, bool person)
{
    uint32_t e = search_back(r, at, gender, SURE, person);
    return e == NO_ENTITY && person ? search_back(r, at, gender, GUESS, person) : e;
}

/* "officials have built what they call …", "Protesters came. They …": the people whom the sentence of token `at`, or the one before, begins with. */
static struct phrase people_before(const struct article *a, size_t at)
{
    for (size_t back = 0; back < 2 && back <= a->sentence_of[at]; back++) {
        const struct sentence *s = &a->sentences.items[a->sentence_of[at] - back];
        size_t end = back ? s->end : at;
        for (size_t i = s->first; i < end && i < s->first + 16; i++) {
            if (article_quoted(a, i) || a->mention_at[i] != NO_ENTITY) break;
            if (a->look[i].kind != TOKEN_WORD || !(a->flags[i] & WORD_PERSON) || !(a->flags[i] & WORD_PLURAL)) continue;
            struct phrase p = phrase_subject(a, s->first, i + 1);
            bool first = phrase_found(p) && p.head == i && (p.first == s->first || article_mark(a, p.first - 1u, ","));
            if (first && i + 1 < end && a->look[i + 1].kind == TOKEN_WORD && phrase_has_verb(a, i + 1, i + 2)) return p;
        }
        if (back == 0 && article_is(a, s->first, WORD_SUBJECT) && s->first < at) break;
    }
    return (struct phrase){0};
}

static void set_phrase(struct resolver *r, struct attribution *x);

static void resolve_they(struct resolver *r, struct attribution *x)
{
    struct phrase people = article_word(r->a, x->source.head, "they") ? people_before(r->a, x->source.head) : (struct phrase){0};
    if (phrase_found(people)) {
        struct phrase own = x->source;
        x->source = people;
        set_phrase(r, x);
        x->source = own;
        x->resolved_by = STANCE_BY_PRONOUN;
        x->speaker_kind = STANCE_GROUP;
        return;
    }
    const struct attribution *last = r->last == NO_TOKEN ? NULL : &r->all->items[r->last];
    bool two = last && r->joint && last->speaker.ptr == r->all->items[r->joint - 1].speaker.ptr;
    if (last && (two ? !article_word(r->a, x->source.head, "it") : last->entity == NO_ENTITY) && last->speaker_kind == STANCE_GROUP) {
        x->speaker = last->speaker;
        x->speaker_kind = STANCE_GROUP;
        x->resolved_by = STANCE_BY_PRONOUN;
        return;
    }
    uint32_t e = antecedent(r, x->source.head, 0, false);
    if (e != NO_ENTITY)
        set_entity(r, x, e, STANCE_BY_PRONOUN);
    else if (last && last->resolved_by != STANCE_BY_NONE) {
        x->entity = last->entity;
        x->speaker = last->speaker;
        x->speaker_kind = last->speaker_kind;
        x->resolved_by = STANCE_BY_PRONOUN;
    } else
        set_unknown(x);
}

/* "they", "it" and their forms, which stand for somebody named; "we", "there", "you" do not. */
static bool stands_for(const struct article *a, size_t i)
{
    return article_in(a, i, LIST_STANDING_FOR);
}

/* "those who have seen it", "those close to the talks": a group of its own. */
static bool pointed_at(const struct article *a, struct phrase p)
{
    return article_word(a, p.head, "those") && article_in(a, p.head + 1u, LIST_DEFINING);
}

static char gender_of(const struct article *a, size_t head)
{
    uint32_t f = a->flags[head] & (WORD_MALE | WORD_FEMALE);
    return f == WORD_MALE ? 'm' : f == WORD_FEMALE ? 'f' : (char)0;
}

/* "A guard said it rained, but Reed insisted": is a person named behind the speaker of y, not in what he says? */
static bool named_besides(const struct resolver *r, const struct attribution *y, char gender)
{
    const struct article *a = r->a;
    size_t s = a->sentence_of[y->source.first];
    for (size_t m = r->first_mention[s]; m < r->first_mention[s + 1]; m++) {
        size_t at = a->mentions[m].first;
        if (at < y->source.end || (at >= y->first && at < y->end) || article_quoted(a, at)) continue;
        if (could_be(&a->entities[a->mentions[m].entity], gender, true) && article_word(a, a->mentions[m].outer - 1u, "but")) return true;
    }
    return false;
}

/* "A man claimed it. He said": the speaker without a name, when nobody who fits has spoken or been spoken of since. */
static const struct attribution *unnamed_one(const struct resolver *r, size_t at, char gender)
{
    const struct article *a = r->a;
    size_t s = a->sentence_of[at];
    for (size_t back = 0; back <= UNNAMED_BACK && back <= s; back++) {
        const struct attribution *y = r->described[s - back] ? &r->all->items[r->described[s - back] - 1] : NULL;
        uint32_t spoke = r->speaker_of[s - back];
        if (spoke != NO_ENTITY && might_be(&a->entities[spoke], gender, true)) return NULL;
        char own = y ? gender_of(a, y->source.head) : (char)0;
        if (y && (!own || own == gender)) return named_besides(r, y, gender) ? NULL : y;
        if (subject_of(r, s - back, at, gender, SURE, true) != NO_ENTITY) return NULL;
    }
    return NULL;
}

/* "she" where nobody who fits is near: the woman who was named last, however far away, before a man is taken for one. */
static uint32_t far_away(const struct resolver *r, size_t at, char gender)
{
    const struct article *a = r->a;
    size_t steps = 0;
    for (size_t m = r->first_mention[a->sentence_of[at] + 1u]; m-- > 0 && steps < FAR; steps++) {
        const struct entity *e = &a->entities[a->mentions[m].entity];
        if (e->gender == gender && e->kind == STANCE_PERSON && a->mentions[m].first < at && !article_quoted(a, a->mentions[m].first)) return a->mentions[m].entity;
    }
    return NO_ENTITY;
}

/* Is the entity one of whom everybody knows that "she", or "he", is not said? */
static bool known_otherwise(const struct resolver *r, uint32_t entity, char gender)
{
    const struct entity *e = &r->a->entities[entity];
    return e->known && e->gender && e->gender != gender;
}

static void resolve_pronoun(struct resolver *r, struct attribution *x)
{
    char gender = pronoun_gender(r->a, x->source.head);
    if (!gender) {
        if (pointed_at(r->a, x->source)) set_phrase(r, x);
        else if (stands_for(r->a, x->source.head)) resolve_they(r, x);
        else set_unknown(x);
        return;
    }
    const struct attribution *unnamed = unnamed_one(r, x->source.first, gender);
    if (unnamed) {
        inherit(x, unnamed);
        x->resolved_by = STANCE_BY_PRONOUN;
        return;
    }
    uint32_t e = antecedent(r, x->source.first, gender, true);
    if (e == NO_ENTITY) e = antecedent(r, x->source.first, 0, true); /* a given name may be a man's or a woman's */
    if (e != NO_ENTITY && known_otherwise(r, e, gender)) e = far_away(r, x->source.first, gender);
    if (e != NO_ENTITY)
        set_entity(r, x, e, STANCE_BY_PRONOUN);
    else
        set_unknown(x);
}

/* ---- descriptions ---- */

/* The organisation that the text around `at` is about: often named, and close by. */
static uint32_t nearby_organisation(const struct resolver *r, size_t at)
{
    const struct article *a = r->a;
    double best_score = 0;
    uint32_t best = NO_ENTITY;
    size_t s = a->sentence_of[at], from = s > 12 ? s - 12 : 0;
    for (size_t m = r->first_mention[from]; m < a->mentions_n && a->mentions[m].first < at; m++) {
        const struct entity *e = &a->entities[a->mentions[m].entity];
        bool organisation = e->kind == STANCE_ORGANISATION;
        if (e->kind == STANCE_PERSON || e->titled || e->topic || e->place || (!organisation && located(a, &a->mentions[m]))) continue;
        if (article_quoted(a, a->mentions[m].first)) continue;
        double distance = (double)(s - a->sentence_of[a->mentions[m].first]);
        double score = (organisation ? 2.0 : 1.0) * (double)e->mentions / (1.0 + distance);
        if (score > best_score) best_score = score, best = a->mentions[m].entity;
    }
    return best;
}


static bool definite(const struct article *a, struct phrase p)
{
    return article_word(a, p.first, "the") || article_word(a, p.first, "its") || article_word(a, p.first, "their") ||
           article_word(a, p.first, "this") || article_word(a, p.first, "that");
}

/* "the 38-year-old", "the 28-year-old Democrat" */
static bool aged(const struct article *a, struct phrase p)
{
    for (size_t i = p.first; i < p.end; i++)
        if (article_ends(a, i, ENDS_AGE)) return true;
    return false;
}

/* "DeepSeek researchers", "a Tesla spokesman", "a spokesman for Tesla": whom the staff speaks for. */
static uint32_t employer(const struct article *a, struct phrase p)
{
    for (size_t i = p.first; i < p.end; i++) {
        if (a->mention_at[i] == NO_ENTITY) continue;
        const struct mention *m = &a->mentions[a->mention_at[i]];
        const struct entity *e = &a->entities[m->entity];
        bool before = m->end <= p.head && a->look[m->end].kind != TOKEN_CLITIC;
        bool for_whom = m->first > p.head + 1u && article_word(a, p.head + 1u, "for") && m->end >= p.end; /* not "for former Reed students" */
        if (e->kind != STANCE_PERSON && !e->titled && (before || for_whom)) return m->entity;
        i = m->end - 1;
    }
    return NO_ENTITY;
}

static bool staff(const struct article *a, size_t i)
{
    return article_in(a, i, LIST_STAFF);
}

static stance_speaker_kind described_kind(const struct article *a, size_t head)
{
    uint32_t f = a->flags[head];
    if (article_word(a, head, "those")) return STANCE_GROUP;
    if (f & (WORD_GROUP | WORD_PLURAL)) return STANCE_GROUP;
    if (f & (WORD_PERSON | WORD_TITLE)) return STANCE_PERSON;
    if (f & WORD_ORG) return STANCE_ORGANISATION;
    stance_str folded = article_fold(a, head);
    return folded.len > 3 && str_ends(folded, STR("s")) ? STANCE_GROUP : STANCE_UNKNOWN;
}

static void set_phrase(struct resolver *r, struct attribution *x)
{
    const struct article *a = r->a;
    size_t first = x->source.first;
    while (first < x->source.head && (a->flags[first] & (WORD_DET | WORD_POSSESSIVE)) && !(a->flags[first] & WORD_NUM)) first++;
    size_t end = x->source.end;
    while (end > first && (article_word(a, end - 1, "who") || article_mark(a, end - 1, ","))) end--; /* "analysts, who" */
    x->speaker = article_text(a, first, end);
    x->entity = NO_ENTITY;
    x->speaker_kind = described_kind(a, x->source.head);
    x->resolved_by = STANCE_BY_DESCRIPTION;
    if (x->speaker.len == 0) set_unknown(x);
}

/* No name and nothing behind the noun: "the conservative think tank", not "the company behind Northwind". */
static bool bare(const struct article *a, struct phrase p)
{
    for (size_t i = p.first; i < p.end; i++)
        if (a->mention_at[i] != NO_ENTITY) return false;
    return p.head + 1u == p.end;
}

/* "the committee", "the department": the institution of that word named last. */
static uint32_t institution(const struct article *a, struct phrase p)
{
    stance_str word = article_fold(a, p.head);
    if (p.end - p.first > 2) return NO_ENTITY;
    for (size_t m = roles_mention_behind(a, p.first), steps = 0; m-- > 0 && steps < 400; steps++) {
        const struct mention *at = &a->mentions[m];
        const struct entity *e = &a->entities[at->entity];
        if (e->kind == STANCE_PERSON || at->end - at->first < 2) continue;
        for (size_t i = at->first; i < at->end; i++)
            if (str_equal(article_fold(a, i), word)) return at->entity;
    }
    return NO_ENTITY;
}

/* "the administration" behind "the Reed administration": the fuller phrase. Returns its first token, or NO_TOKEN; *end: behind its noun. */
static size_t fuller_phrase(const struct article *a, struct phrase p, size_t *end)
{
    bool one = p.end - p.first == 2, known = article_in(a, p.head, LIST_FULLER);
    for (size_t i = p.first, steps = 0; one && known && i-- > 1 && steps < 1500; steps++) {
        uint32_t m = str_equal(article_fold(a, i), article_fold(a, p.head)) ? a->mention_at[i - 1] : NO_ENTITY;
        if (m == NO_ENTITY || a->mentions[m].end != i) continue;
        *end = i + 1;
        return a->mentions[m].first;
    }
    return NO_TOKEN;
}

/* "the Lee campaign" is not "the Reed campaign": does each phrase name somebody, and none the other's? */
static bool of_different(const struct article *a, struct phrase p, struct phrase q)
{
    bool named = false, other = false, same = false;
    for (size_t i = p.first; i < p.end; i++) {
        uint32_t e = a->mention_at[i] == NO_ENTITY ? NO_ENTITY : a->mentions[a->mention_at[i]].entity;
        named = named || e != NO_ENTITY;
        for (size_t k = q.first; e != NO_ENTITY && k < q.end; k++) {
            other = other || a->mention_at[k] != NO_ENTITY;
            same = same || (a->mention_at[k] != NO_ENTITY && a->mentions[a->mention_at[k]].entity == e);
        }
    }
    return named && other && !same;
}

/* "A Senate aide said … the aide said": the unnamed one who was introduced last with this noun, when nobody of that role is named since. */
static const struct attribution *unnamed_before(const struct resolver *r, size_t i)
{
    const struct article *a = r->a;
    const struct attribution *x = &r->all->items[i];
    for (size_t k = i; k-- > 0 && i - k < 16;) {
        const struct attribution *y = &r->all->items[k];
        if (y->resolved_by != STANCE_BY_DESCRIPTION || !phrase_found(y->source)) continue;
        bool introduced = article_word(a, y->source.first, "a") || article_word(a, y->source.first, "an") || article_word(a, y->source.first, "one");
        if (y->entity != NO_ENTITY && !introduced) continue;
        bool singular = !(a->flags[y->source.head] & WORD_PLURAL);
        if (i - k >= 8 && !article_in(a, y->source.head, LIST_NAMELESS)) continue;
        if (singular && str_equal(article_fold(a, y->source.head), article_fold(a, x->source.head)) && !of_different(a, x->source, y->source)) return y;
    }
    return NULL;
}

/* "the billionaire", "the civil rights leader": a figure of public life, or one described so closely that the text has named him; said of whoever the text
 * is about. */
static bool epithet(const struct article *a, struct phrase p)
{
    uint32_t f = a->flags[p.head];
    bool figure = p.end - p.first > 3 && (f & WORD_TITLE) && (a->look[p.head].kind == TOKEN_WORD);
    if (!(f & WORD_PERSON) || (f & (WORD_PLURAL | WORD_GROUP | WORD_ORG | WORD_DOC)) || !bare(a, p) || article_in(a, p.head, LIST_NAMELESS)) return false;
    return (figure || article_in(a, p.head, LIST_FIGURE)) && !roles_any(article_fold(a, p.head));
}

/* "the father of three": told of somebody who is named. */
static bool parent_of(const struct article *a, struct phrase p)
{
    return article_in(a, p.head, LIST_PARENT) && p.head + 3u == p.end && article_word(a, p.head + 1u, "of") && article_is(a, p.head + 2u, WORD_NUM);
}

/* "Northwind's director": whose director he is cannot be checked, so there has to be one only. */
static bool owned(const struct article *a, struct phrase p)
{
    for (size_t i = p.first + 1u; i < p.head; i++)
        if (a->look[i].kind == TOKEN_CLITIC) return true;
    return false;
}

/* Whom "the president", "the 38-year-old", "the company" mean. */
static uint32_t definite_entity(const struct resolver *r, struct phrase p)
{
    const struct article *a = r->a;
    uint32_t e = roles_holder(a, p);
    if (e == NO_ENTITY && aged(a, p)) e = antecedent(r, p.first, 0, true);
    if (e == NO_ENTITY && (a->flags[p.head] & WORD_ORG)) e = institution(a, p);
    bool possessed = article_word(a, p.first, "its") || article_word(a, p.first, "their");
    bool short_one = p.end - p.first <= 5;
    if (e == NO_ENTITY && short_one && ((article_in(a, p.head, LIST_COMPANY) && bare(a, p)) || (possessed && staff(a, p.head)))) e = nearby_organisation(r, p.first);
    if (e == NO_ENTITY && !possessed && (epithet(a, p) || parent_of(a, p))) {
        uint32_t f = a->flags[p.head];
        e = search_back(r, p.first, (f & WORD_MALE) ? 'm' : (f & WORD_FEMALE) ? 'f' : (char)0, SURE, true);
    }
    return e;
}

static void resolve_description(struct resolver *r, struct attribution *x)
{
    const struct article *a = r->a;
    size_t head = x->source.head, i = (size_t)(x - r->all->items), end;
    uint32_t e = roles_named_behind(a, x->source);
    if (e == NO_ENTITY && staff(a, head)) e = employer(a, x->source);
    if (e == NO_ENTITY && (a->flags[head] & WORD_DOC)) e = issuers_of(a, x->source, r->speaker_of);
    if (e == NO_ENTITY && (a->flags[head] & WORD_DOC) && pronoun_gender(a, x->source.first)) /* her lawsuit says */
        e = antecedent(r, x->source.first, pronoun_gender(a, x->source.first), true);
    if (e == NO_ENTITY) e = roles_apposed(a, x->source);
    const struct attribution *same = e == NO_ENTITY && definite(a, x->source) ? unnamed_before(r, i) : NULL;
    if (same) {
        uint32_t since = roles_named_since(a, x->source, same->source.first);
        if (since == NO_ENTITY) inherit(x, same);
        else set_entity(r, x, since, STANCE_BY_DESCRIPTION);
        return;
    }
    if (e == NO_ENTITY && definite(a, x->source)) e = definite_entity(r, x->source);
    if (e == NO_ENTITY && owned(a, x->source) && !(a->flags[head] & WORD_PLURAL)) e = roles_only_holder(a, x->source);
    size_t first = e == NO_ENTITY && article_word(a, x->source.first, "the") ? fuller_phrase(a, x->source, &end) : NO_TOKEN;
    if (e != NO_ENTITY)
        set_entity(r, x, e, STANCE_BY_DESCRIPTION);
    else
        set_phrase(r, x);
    if (first != NO_TOKEN) x->speaker = article_text(a, first, end);
}

static void resolve_source(struct resolver *r, struct attribution *x)
{
    const struct article *a = r->a;
    uint32_t m = head_mention(a, x->source);
    size_t head = x->source.head;
    if (m == NO_ENTITY && a->look[head].kind == TOKEN_HANDLE) {
        x->speaker = article_text(a, head, head + 1);
        x->speaker_kind = STANCE_PERSON;
        x->resolved_by = STANCE_BY_NAME;
    } else if (m != NO_ENTITY)
        set_entity(r, x, a->mentions[m].entity, how_named(a, &a->mentions[m]));
    else if ((a->flags[head] & (WORD_SUBJECT | WORD_POSSESSIVE)) && !role_flag(a, head))
        resolve_pronoun(r, x);
    else
        resolve_description(r, x);
}

/* Is the speaker of attribution i one person whom the article gives no name, and the subject of his clause? */
static bool unnamed_person(const struct resolver *r, size_t i)
{
    const struct article *a = r->a;
    const struct attribution *x = &r->all->items[i];
    struct phrase p = x->source;
    if (x->speaker_kind != STANCE_PERSON) return false;
    if (x->resolved_by == STANCE_BY_PRONOUN) return pronoun_gender(a, p.head) != 0;
    uint32_t f = a->flags[p.head];
    if (x->resolved_by != STANCE_BY_DESCRIPTION || !(f & WORD_PERSON) || (f & (WORD_PLURAL | WORD_GROUP | WORD_ORG | WORD_DOC))) return false;
    bool initial = p.head == a->sentences.items[a->sentence_of[p.head]].first;
    if ((a->look[p.head].flags & TOKEN_CAPITAL) && (!initial || p.end == p.first + 1u)) return false;
    if (article_in(a, p.head, LIST_ASKING) || (definite(a, p) && !unnamed_before(r, i))) return false;
    if (p.first == 0) return true;
    size_t before = p.first - 1u;
    bool beside = article_mark(a, before, ",") && before > 0 && a->mention_at[before - 1] != NO_ENTITY; /* Ann Reed, a soldier accused of */
    return !beside && (article_word(a, before, "but") || !(a->flags[before] & (WORD_SUBORD | WORD_PREP)));
}

/* ---- several at once ---- */

/* The name of [first, end) when it is one mention, with what stands before it; else NO_ENTITY. */
static uint32_t whole_mention(const struct article *a, size_t first, size_t end)
{
    uint32_t m = end > first ? a->mention_at[end - 1] : NO_ENTITY;
    if (m == NO_ENTITY || a->mentions[m].end != end || a->entities[a->mentions[m].entity].topic) return NO_ENTITY;
    bool article = first + 1 == a->mentions[m].outer && (a->flags[first] & WORD_DET);
    return article || first == a->mentions[m].outer ? a->mentions[m].entity : NO_ENTITY;
}

/* The "and" between two holders that a source names, neither a part of a name nor of a title; NO_TOKEN. */
static size_t joining_and(const struct article *a, struct phrase p)
{
    for (size_t i = p.first + 1u; i + 1u < p.end; i++)
        if (article_word(a, i, "and") && article_mention(a, i) == NO_ENTITY) return whole_mention(a, p.first, i) == NO_ENTITY ? NO_TOKEN : i;
    return NO_TOKEN;
}

/* "the Energy and Commerce Committee": one name that "and" joins. */
static bool one_institution(const struct article *a, struct phrase p, size_t and, size_t end)
{
    const struct entity *left = &a->entities[a->mentions[a->mention_at[and - 1]].entity];
    return (a->flags[p.first] & WORD_DET) && article_ends(a, end - 1, ORGANISATION) && !article_ends(a, and - 1, ORGANISATION) && !left->place &&
           left->kind != STANCE_PERSON && a->mentions[a->mention_at[and - 1]].first + 1u >= and - 1u;
}

static bool name_both(struct article *a, struct attribution *x, stance_str first, stance_str second)
{
    char *name = arena_array(a->arena, first.len + second.len + 5, 1);
    if (!name) return false;
    memcpy(name, first.ptr, first.len);
    memcpy(name + first.len, " and ", 5);
    memcpy(name + first.len + 5, second.ptr, second.len);
    x->speaker = (stance_str){name, first.len + 5 + second.len};
    x->speaker_kind = STANCE_GROUP;
    return true;
}

/* "Foley and Brandt", "Foley and her lawyers": both are the speaker, under their full names. */
static bool resolve_joint(struct resolver *r, struct attribution *x)
{
    struct article *a = r->a;
    struct phrase p = x->source;
    size_t end = p.end;
    if (end > p.first && article_word(a, end - 1, "who")) end--;
    if (end > p.first && article_mark(a, end - 1, ",")) end--;
    size_t and = end > p.first + 2u ? joining_and(a, p) : NO_TOKEN;
    if (and == NO_TOKEN) return false;
    uint32_t left = whole_mention(a, p.first, and), right = whole_mention(a, and + 1, end);
    bool people = right == NO_ENTITY && a->mention_at[end - 1] == NO_ENTITY && (a->flags[end - 1] & (WORD_PERSON | WORD_GROUP | WORD_ORG)) &&
                  ((a->flags[and + 1] & WORD_POSSESSIVE) || (a->flags[end - 1] & WORD_PLURAL));
    if ((right == NO_ENTITY && !people) || left == right) return false;
    r->joint = (uint32_t)(x - r->all->items) + 1;
    x->entity = right;
    if (one_institution(a, p, and, end)) {
        x->speaker = article_text(a, p.first + 1u, end);
        x->speaker_kind = STANCE_ORGANISATION;
        x->resolved_by = STANCE_BY_NAME;
        return true;
    }
    x->resolved_by = right == NO_ENTITY ? STANCE_BY_DESCRIPTION : STANCE_BY_NAME;
    return name_both(a, x, a->entities[left].name, right == NO_ENTITY ? article_text(a, and + 1, end) : a->entities[right].name);
}

/* "Foley and Brandt are late, but both said": two people named together in the sentence of token `at` or the one before. */
static const struct mention *two_before(const struct resolver *r, size_t at)
{
    const struct article *a = r->a;
    size_t s = a->sentence_of[at];
    for (size_t m = r->first_mention[s + 1]; m-- > r->first_mention[s ? s - 1 : 0];) {
        const struct mention *x = &a->mentions[m];
        if (m + 1 >= a->mentions_n || x[1].first >= at || article_quoted(a, x->first) || !article_word(a, x->end, "and") || x[1].outer != x->end + 1u) continue;
        if (a->entities[x->entity].kind == STANCE_PERSON && a->entities[x[1].entity].kind == STANCE_PERSON && x->entity != x[1].entity) return x;
    }
    return NULL;
}

/* "Both said", "the two said": those who spoke together not long before. */
static bool resolve_pair(const struct resolver *r, struct attribution *x)
{
    struct article *a = r->a;
    struct phrase p = x->source;
    bool both = article_word(a, p.head, "both") && p.end == p.first + 1u;
    bool pair = article_in(a, p.head, LIST_PAIR) && article_word(a, p.first, "the") && p.end == p.first + 2u;
    const struct attribution *y = r->joint ? &r->all->items[r->joint - 1] : NULL;
    const struct mention *two = both || pair ? two_before(r, p.first) : NULL;
    x->resolved_by = STANCE_BY_PRONOUN;
    if (two) return name_both(a, x, a->entities[two->entity].name, a->entities[two[1].entity].name);
    if ((!both && !pair) || !y || a->sentence_of[p.first] > a->sentence_of[y->source.first] + LOOK_BACK) return false;
    inherit(x, y);
    x->resolved_by = STANCE_BY_PRONOUN;
    return true;
}

static bool prepare(struct resolver *r)
{
    struct article *a = r->a;
    size_t n = a->sentences.n;
    r->speaker_of = arena_array(a->arena, n + 1, sizeof *r->speaker_of);
    r->first_mention = arena_array(a->arena, n + 2, sizeof *r->first_mention);
    r->described = arena_array(a->arena, n + 1, sizeof *r->described);
    if (!r->speaker_of || !r->first_mention || !r->described) return false;
    size_t m = 0;
    for (size_t s = 0; s <= n; s++) {
        r->speaker_of[s] = NO_ENTITY;
        r->described[s] = 0;
        while (s < n && m < a->mentions_n && a->mentions[m].first < a->sentences.items[s].first) m++;
        r->first_mention[s] = (uint32_t)(s < n ? m : a->mentions_n);
    }
    return true;
}

static void resolve_one(struct resolver *r, size_t i)
{
    struct attribution *x = &r->all->items[i];
    bool earlier = x->same_as != NO_TOKEN && x->same_as < i;
    bool together = phrase_found(x->source) && (resolve_joint(r, x) || resolve_pair(r, x));
    if (together)
        ;
    else if (phrase_found(x->source))
        resolve_source(r, x);
    else if (earlier)
        inherit(x, &r->all->items[x->same_as]);
    else
        set_unknown(x);
    if (x->speaker.len == 0) set_unknown(x);
    r->last = (uint32_t)i;
    if (!phrase_found(x->source)) return;
    size_t s = r->a->sentence_of[x->source.first];
    if (x->entity == NO_ENTITY && unnamed_person(r, i)) r->described[s] = (uint32_t)i + 1;
    if (x->entity != NO_ENTITY) r->speaker_of[s] = x->entity;
}

/* ---- what only a look ahead tells ---- */

enum { AHEAD = 3 }; /* sentences in which a lede's official is named */

/* "the nation's top tax official", "the head of the union": one there is only one of. */
static bool singular_post(const struct article *a, struct phrase p)
{
    stance_str head = article_fold(a, p.head);
    bool owned = false;
    for (size_t i = p.first; i < p.end; i++)
        owned = owned || a->look[i].kind == TOKEN_CLITIC || article_word(a, i, "of") || article_word(a, i, "top") || article_word(a, i, "chief");
    return owned && roles_any(head) && (definite(a, p) || a->mention_at[p.first] != NO_ENTITY) && !(a->flags[p.head] & WORD_PLURAL);
}

/* "her lawyer said. | Attorney Paul Kessler said": somebody's only one of that role. */
static bool possessed_role(const struct article *a, struct phrase p)
{
    uint32_t f = a->flags[p.head];
    return (a->flags[p.first] & WORD_POSSESSIVE) && p.end - p.first <= 3 && (f & WORD_PERSON) && !(f & (WORD_PLURAL | WORD_GROUP | WORD_RELATION));
}

/* A speaker whom the article describes first and names when he speaks again, in the sentences behind. */
static void name_later(struct resolver *r, size_t i)
{
    const struct article *a = r->a;
    struct attribution *x = &r->all->items[i];
    if (x->resolved_by != STANCE_BY_DESCRIPTION || x->entity != NO_ENTITY || !phrase_found(x->source)) return;
    bool role = possessed_role(a, x->source);
    if (!role && !singular_post(a, x->source)) return;
    size_t s = a->sentence_of[x->source.first];
    for (size_t k = i + 1; k < r->all->n && k < i + 4; k++) {
        const struct attribution *y = &r->all->items[k];
        if (!phrase_found(y->source) || a->sentence_of[y->source.first] > s + AHEAD) continue;
        uint32_t m = head_mention(a, y->source);
        if (m == NO_ENTITY || y->entity == NO_ENTITY) continue;
        const struct entity *e = &a->entities[y->entity];
        if (e->kind != STANCE_PERSON || e->first_mention < x->source.first || (!e->roles_n && !e->titled)) return;
        if (role && !roles_fit(a, e, article_fold(a, x->source.head))) return;
        set_entity(r, x, y->entity, STANCE_BY_DESCRIPTION);
        return;
    }
}

/* A quotation that nobody is named for goes on with the one before it. */
static void go_on(struct resolver *r, size_t i)
{
    const struct article *a = r->a;
    struct attribution *x = &r->all->items[i];
    if (x->resolved_by != STANCE_BY_NONE || phrase_found(x->source) || x->kind == STANCE_INDIRECT || i == 0) return;
    const struct attribution *y = &r->all->items[i - 1];
    uint32_t here = a->sentences.items[a->sentence_of[x->first]].paragraph, there = a->sentences.items[a->sentence_of[y->end - 1u]].paragraph;
    if (here <= there + 1) inherit(x, y);
}

bool speakers_resolve(struct article *a, struct attributions *all, stance_error *err)
{
    struct resolver r = {.a = a, .all = all, .last = NO_TOKEN};
    if (!prepare(&r)) return error_nomem(err, "resolving speakers");
    for (size_t i = 0; i < all->n; i++) resolve_one(&r, i);
    for (size_t i = 0; i < all->n; i++) { /* a quotation whose speaker comes later in its paragraph */
        struct attribution *x = &all->items[i];
        if (x->same_as != NO_TOKEN && x->same_as > i && !phrase_found(x->source)) inherit(x, &all->items[x->same_as]);
    }
    for (size_t i = 0; i < all->n; i++) name_later(&r, i);
    for (size_t i = 0; i < all->n; i++) go_on(&r, i);
    return true;
}
