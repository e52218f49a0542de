/* SPDX-License-Identifier: MIT
 * issuers: from a document to whoever issued it.
 * Method: a name before the noun ("the Gallup poll") or behind "by" and "from"; for "the lawsuit" the same at its earlier mentions, and the subject of the
 * verb that issued it there ("Reed filed a lawsuit", "Reed said in a statement"). Limits: the latest mention of the same noun is taken for the same document. */
#include "issuers.h"

#include <string.h>

#include "../base/str.h"

enum { BACK = 600, AHEAD = 300, MODIFIERS = 5, BEHIND = 9, VERB_REACH = 7 };

static bool clitic(const struct article *a, size_t i)
{
    return i < a->tokens.n && a->look[i].kind == TOKEN_CLITIC;
}

static bool boundary(const struct article *a, size_t i)
{
    return i >= a->tokens.n || a->look[i].kind == TOKEN_PUNCT || a->look[i].kind == TOKEN_BREAK || article_quoted(a, i);
}

static bool issues(const struct article *a, const struct mention *m, bool owner)
{
    const struct entity *e = &a->entities[m->entity];
    bool inside = a->form_of[m->first] != VOCAB_NONE && article_form(a, m->first)->inner == a->forms->article;
    bool sure = e->known || e->kind == STANCE_ORGANISATION || inside; /* not "Exit polls" */
    return !e->topic && (owner || (sure && !e->place && e->kind != STANCE_PERSON));
}

/* "the Gallup poll", "Reed's 448-page report": the name before the noun at `head`. */
static uint32_t named_before(const struct article *a, size_t head)
{
    for (size_t i = head, steps = 0; i-- > 0 && steps < MODIFIERS; steps++) {
        if (a->mention_at[i] != NO_ENTITY) {
            const struct mention *m = &a->mentions[a->mention_at[i]];
            return issues(a, m, clitic(a, m->end)) ? m->entity : NO_ENTITY;
        }
        if (clitic(a, i)) continue;
        bool verb = (a->flags[i] & WORD_FINITE) && !(a->flags[i] & WORD_HOLDER);
        if (boundary(a, i) || verb || (a->flags[i] & (WORD_DET | WORD_PREP | WORD_CONJ | WORD_POSSESSIVE))) return NO_ENTITY;
    }
    return NO_ENTITY;
}

/* "from Ohio Party member Ann Reed": the person behind an institution and a role, else the one who is named. */
static uint32_t whose_member(const struct article *a, uint32_t mention)
{
    const struct mention *m = &a->mentions[mention], *next = mention + 1u < a->mentions_n ? m + 1 : m;
    bool close = next != m && next->outer >= m->end && next->outer <= m->end + 1u && !boundary(a, m->end);
    bool role = close && next->outer < next->first && !article_is(a, m->end, WORD_CONJ);
    return role && a->entities[next->entity].kind == STANCE_PERSON && !clitic(a, m->end) ? next->entity : m->entity;
}

/* "a report by the bank", "figures released on Monday by Reed", "a survey from Gallup". */
static uint32_t named_behind(const struct article *a, size_t head)
{
    for (size_t i = head + 1; i < head + BEHIND && !boundary(a, i); i++) {
        if (a->flags[i] & (WORD_AUX | WORD_MODAL | WORD_THIRD | WORD_REL)) return NO_ENTITY;
        if (!article_word(a, i, "by") && !article_word(a, i, "from")) continue;
        for (size_t k = i + 1; k < i + MODIFIERS && !boundary(a, k); k++) {
            uint32_t m = article_mention(a, k);
            if (m == NO_ENTITY && (a->flags[k] & (WORD_FINITE | WORD_PREP))) break;
            if (m == NO_ENTITY) continue;
            return a->entities[a->mentions[m].entity].topic ? NO_ENTITY : whose_member(a, m);
        }
    }
    return NO_ENTITY;
}

/* "Reed filed a lawsuit": the subject of a verb of issuing before the noun at `i`. */
static uint32_t issued_before(const struct article *a, size_t i)
{
    size_t begin = a->sentences.items[a->sentence_of[i]].first;
    for (size_t k = i; k-- > begin && k + VERB_REACH > i;) {
        if (boundary(a, k)) return NO_ENTITY;
        if (!article_in(a, k, LIST_ISSUING)) continue;
        struct phrase p = phrase_subject(a, begin, k);
        return phrase_found(p) ? a->mention_at[p.head] == NO_ENTITY ? NO_ENTITY : a->mentions[a->mention_at[p.head]].entity : NO_ENTITY;
    }
    return NO_ENTITY;
}

/* "Reed said in a statement": the document in which the sentence's speaker speaks. */
static bool spoken_in(const struct article *a, size_t i)
{
    for (size_t k = i, steps = 0; k-- > 0 && steps < MODIFIERS && !boundary(a, k); steps++)
        if (article_word(a, k, "in") || article_word(a, k, "on")) return true;
    return false;
}

/* "Reed is suing the bank": who brought the lawsuit. */
static uint32_t suing(const struct article *a, size_t i)
{
    if (!article_word(a, i, "suing") && !article_word(a, i, "sued") && !article_word(a, i, "sues")) return NO_ENTITY;
    struct phrase p = phrase_subject(a, a->sentences.items[a->sentence_of[i]].first, i);
    return phrase_found(p) && a->mention_at[p.head] != NO_ENTITY ? a->mentions[a->mention_at[p.head]].entity : NO_ENTITY;
}

/* Who issued the document at token i of an earlier sentence. */
static uint32_t issued_at(const struct article *a, size_t i, const uint32_t *speaker_of)
{
    uint32_t e = named_behind(a, i);
    if (e == NO_ENTITY) e = issued_before(a, i);
    if (e == NO_ENTITY) e = named_before(a, i);
    return e == NO_ENTITY && spoken_in(a, i) ? speaker_of[a->sentence_of[i]] : e;
}

/* The place, or the name of a place's people, that tells the document at `head` from others: "the Utah email". */
static uint32_t place_before(const struct article *a, size_t head)
{
    uint32_t m = head > 0 ? a->mention_at[head - 1] : NO_ENTITY;
    return m != NO_ENTITY && a->entities[a->mentions[m].entity].place ? a->mentions[m].entity : NO_ENTITY;
}

/* Is the document at token i one of another place, or of none? */
static bool of_another(const struct article *a, size_t i, uint32_t place)
{
    return place != NO_ENTITY && place_before(a, i) != place;
}

/* Is token i the word at `head`? */
static bool same_word(const struct article *a, size_t i, size_t head)
{
    return a->form_of[i] == a->form_of[head] && (a->form_of[i] != VOCAB_NONE || str_equal(article_fold(a, i), article_fold(a, head)));
}

/* "The letter said …" in the lede, "A letter from Reed" further down: who issued the one that is introduced next. */
static uint32_t issued_later(const struct article *a, struct phrase p)
{
    for (size_t i = p.end, steps = 0; i < a->tokens.n && steps < AHEAD; i++, steps++) {
        bool same = same_word(a, i, p.head) && a->look[i].kind == TOKEN_WORD && !article_quoted(a, i);
        uint32_t e = same && i > 0 && (article_word(a, i - 1, "a") || article_word(a, i - 1, "the")) ? named_behind(a, i) : NO_ENTITY;
        if (e != NO_ENTITY) return e;
    }
    return NO_ENTITY;
}

static bool complaint(const struct article *a, size_t i)
{
    return article_word(a, i, "lawsuit") || article_word(a, i, "suit") || article_word(a, i, "complaint");
}

uint32_t issuers_of(const struct article *a, struct phrase p, const uint32_t *speaker_of)
{
    uint32_t e = named_before(a, p.head);
    if (e == NO_ENTITY) e = named_behind(a, p.head);
    bool definite = article_word(a, p.first, "the") || article_word(a, p.first, "this") || article_word(a, p.first, "that");
    if (e != NO_ENTITY || !definite || p.end - p.first > 4) return e;
    bool suit = complaint(a, p.head);
    uint32_t place = place_before(a, p.head);
    for (size_t i = p.first, steps = 0; i-- > 0 && steps < BACK; steps++) {
        bool same = same_word(a, i, p.head);
        if (!same && !suit) continue;
        if (a->look[i].kind != TOKEN_WORD || article_quoted(a, i)) continue;
        same = same || complaint(a, i);
        e = same && of_another(a, i, place) ? NO_ENTITY : same ? issued_at(a, i, speaker_of) : suit ? suing(a, i) : NO_ENTITY;
        if (e != NO_ENTITY) return e;
    }
    return place == NO_ENTITY ? issued_later(a, p) : NO_ENTITY;
}
