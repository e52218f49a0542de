/* SPDX-License-Identifier: MIT
 * phrases: noun phrases found by walking over words of known class.
 * Method: from a cue to the left, words are taken until a determiner, a boundary or a verb stands there; "of" and its like chain phrases, the
 * leftmost one holds the head. Limits: no syntax; a relative clause inside a subject can cut it short. */
#include "phrases.h"

#include <string.h>

#include "../base/str.h"

static bool word(const struct article *a, size_t i)
{
    return i < a->tokens.n && a->look[i].kind == TOKEN_WORD;
}

static bool named(const struct article *a, size_t i)
{
    return i < a->tokens.n && a->mention_at[i] != NO_ENTITY;
}

/* "4 in 10", "four in 10": does the share begin at token i? */
static bool share_of(const struct article *a, size_t i)
{
    return i + 2 < a->tokens.n && (a->look[i].kind == TOKEN_NUMBER || (a->flags[i] & WORD_NUM)) && article_word(a, i + 1, "in") &&
           a->look[i + 2].kind == TOKEN_NUMBER;
}

static bool noun_like(const struct article *a, size_t i)
{
    if (named(a, i) || (i < a->tokens.n && (a->flags[i] & WORD_PERSON))) return true;
    if (i < a->tokens.n && (a->look[i].kind == TOKEN_HASHTAG || a->look[i].kind == TOKEN_TICKER)) return true;
    return word(a, i) && ((a->flags[i] & WORD_HOLDER) || !(a->flags[i] & (WORD_CLOSED | WORD_ADV | WORD_THIRD)));
}

/* A verb that cannot well be a noun or a participle before one. */
static bool plain_verb(const struct article *a, size_t i)
{
    if (!word(a, i) || named(a, i)) return false;
    uint32_t f = a->flags[i];
    return (f & (WORD_AUX | WORD_MODAL)) || ((f & (WORD_PAST | WORD_THIRD)) && !(f & (WORD_HOLDER | WORD_TITLE)));
}

static inline bool chain_prep(const struct article *a, size_t i)
{
    return article_in(a, i, LIST_CHAINING) && !named(a, i);
}

static bool skipped_before_verb(const struct article *a, size_t i)
{
    uint32_t f = word(a, i) && !named(a, i) ? a->flags[i] : 0;
    if (article_word(a, i, "yet") || article_word(a, i, "once")) return true;
    bool floating = article_word(a, i, "both") || article_word(a, i, "all") || article_word(a, i, "each"); /* "have both argued" */
    if (floating && i > 0 && ((a->flags[i - 1] & WORD_AUX) || named(a, i - 1))) return true;
    if (f & (WORD_HOLDER | WORD_DET | WORD_POSSESSIVE | WORD_SUBJECT | WORD_SUBORD | WORD_CONJ | WORD_PREP)) return false;
    return (f & (WORD_AUX | WORD_MODAL | WORD_ADV | WORD_NEG)) || article_word(a, i, "himself") || article_word(a, i, "herself") ||
           article_word(a, i, "themselves");
}

/* Start of the base noun phrase whose last token is `last`. */
static size_t base_start(const struct article *a, size_t floor, size_t last)
{
    size_t i = last;
    if (named(a, i))
        i = a->mentions[a->mention_at[i]].outer;
    else if (a->flags[i] & WORD_SUBJECT)
        return i;
    if (i < floor) i = floor;
    while (i > floor) {
        size_t before = i - 1;
        if (a->look[before].kind == TOKEN_CLITIC && before > floor) { /* Apple's chief */
            i = base_start(a, floor, before - 1);
            return i;
        }
        if (a->flags[i] & (WORD_DET | WORD_POSSESSIVE)) break;
        if (named(a, before)) {
            size_t outer = a->mentions[a->mention_at[before]].outer;
            i = outer < floor ? floor : outer;
            continue;
        }
        bool upper = (a->look[before].flags & TOKEN_UPPER) && article_token(a, before)->end - article_token(a, before)->start == 2; /* US agencies */
        bool number = a->look[before].kind == TOKEN_NUMBER || (upper && article_word(a, before, "us"));
        uint32_t f = a->flags[before];
        bool modifier =
            word(a, before) && !plain_verb(a, before) &&
            ((f & (WORD_DET | WORD_POSSESSIVE | WORD_NUM)) || !(f & (WORD_CLOSED | WORD_ADV | WORD_DATE)) || (f & (WORD_HOLDER | WORD_TITLE)));
        if (!number && !modifier) break;
        i = before;
    }
    return i;
}

static bool several(const struct article *a, size_t i)
{
    return word(a, i) && !named(a, i) && (a->flags[i] & WORD_PERSON) && (a->flags[i] & (WORD_PLURAL | WORD_GROUP));
}

/* "A and B": the left half belongs to the subject when both are names or nouns. */
static bool joined_by_and(const struct article *a, size_t floor, size_t first)
{
    if (first < floor + 2 || !article_word(a, first - 1, "and") || !noun_like(a, first - 2)) return false;
    bool with_article = (a->flags[first] & WORD_DET) && (a->look[first].flags & TOKEN_CAPITAL) && named(a, first + 1); /* the Courier and The Herald */
    return named(a, first) || with_article ? named(a, first - 2) : several(a, first) && several(a, first - 2);
}

/* "Reed and other party leaders | said", "Reed and his staff | said": the name that a sentence or clause begins with, and others beside it. */
static bool begins_and_others(const struct article *a, size_t floor, size_t first)
{
    if (first < floor + 2 || !article_word(a, first - 1, "and") || !named(a, first - 2)) return false;
    if (!article_word(a, first, "other") && !(a->flags[first] & WORD_POSSESSIVE)) return false;
    return a->mentions[a->mention_at[first - 2]].outer == floor;
}

/* An adjective that follows its noun. */
static bool postpositive(const struct article *a, size_t i)
{
    return article_in(a, i, LIST_POSTPOSITIVE);
}

static size_t head_of(const struct article *a, size_t first, size_t end)
{
    size_t last = end - 1;
    for (size_t i = first; i < end; i++)
        if (chain_prep(a, i) && i > first) {
            last = i - 1;
            break;
        }
    while (last > first && !word(a, last) && !(a->flags[last] & WORD_PERSON) && a->look[last].kind != TOKEN_HANDLE) last--;
    bool participle = last > first && !named(a, last) && !(a->flags[last] & WORD_HOLDER) && word(a, last) && article_ends(a, last, ENDS_ED | ENDS_EN);
    bool holder = last > first && (a->flags[last - 1] & WORD_HOLDER);
    return holder && (participle || postpositive(a, last)) ? last - 1 : last; /* "officials based in Delhi", "people familiar with the matter" */
}

static struct phrase make(const struct article *a, size_t first, size_t end)
{
    if (first >= end) return (struct phrase){0};
    return (struct phrase){(uint32_t)first, (uint32_t)end, (uint32_t)head_of(a, first, end)};
}

/* "spoke", which no participle can be: "officials based in", not "who spoke in". */
static bool irregular_verb(const struct article *a, size_t i)
{
    return plain_verb(a, i) && !article_ends(a, i, ENDS_ED);
}

/* Noun phrase whose last token is `last`, with what "of" and its like chain on the left. */
static struct phrase ending_at(const struct article *a, size_t floor, size_t last)
{
    size_t first = base_start(a, floor, last);
    for (int links = 0; links < 4; links++) {
        if (joined_by_and(a, floor, first) || begins_and_others(a, floor, first))
            first = base_start(a, floor, first - 2);
        else if (first >= floor + 2 && chain_prep(a, first - 1) && noun_like(a, first - 2) && !irregular_verb(a, first - 2) && !(a->flags[first - 2] & WORD_DATE))
            first = base_start(a, floor, first - 2);
        else
            break;
    }
    return make(a, first, last + 1);
}

static bool place(const struct article *a, size_t i)
{
    return named(a, i) && a->entities[a->mentions[a->mention_at[i]].entity].place;
}

/* Is the word before token i a name, or a noun of the tables? */
static bool noun_like_before(const struct article *a, size_t i)
{
    return named(a, i - 1) || (a->flags[i - 1] & WORD_HOLDER);
}

/* Comma or dash that opens the insertion which the one at `close` ends; NO_TOKEN when there is none. */
static size_t nearest_open(const struct article *a, size_t floor, size_t close)
{
    bool comma = article_mark(a, close, ",");
    size_t depth = 0;
    for (size_t i = close; i-- > floor + 1;) {
        if (article_mark(a, i, ";:") || (article_quoted(a, i) && a->quotes.items[a->quotes.at[i]].close - a->quotes.items[a->quotes.at[i]].open > 6))
            break;
        if (comma ? article_mark(a, i, ",") : article_mark(a, i, "\xE2\x80\x94-")) {
            bool listed = comma && depth < 3 && place(a, i + 1) && named(a, i - 1) && close - i < 4; /* Austin, Texas, */
            if (!listed) return i;
            depth++;
        }
        if (close - i > 40) break;
    }
    return NO_TOKEN;
}

/* "Nadler, who asked for the full, unredacted report, | said": a comma between adjectives opens nothing, the one before "who" does. */
static size_t insertion_open(const struct article *a, size_t floor, size_t close)
{
    size_t open = nearest_open(a, floor, close);
    if (open == NO_TOKEN || !article_mark(a, open, ",") || noun_like_before(a, open)) return open;
    for (size_t i = open; i-- > floor + 1 && open - i < 30 && !article_mark(a, i, ";:.") && !article_quoted(a, i);)
        if (article_mark(a, i, ",") && article_word(a, i + 1, "who") && named(a, i - 1)) return i;
    return open;
}

static bool time_word(const struct article *a, size_t i)
{
    return (a->flags[i] & WORD_DATE) || article_in(a, i, LIST_TIME);
}

/* "Sanders on Tuesday | said", "Nadler last week | said": the number of tokens that say when, up to token i. */
static size_t said_when(const struct article *a, size_t floor, size_t i)
{
    if (i < floor + 2 || named(a, i) || !word(a, i) || !time_word(a, i)) return 0;
    bool which = article_word(a, i - 1, "last") || article_word(a, i - 1, "this") || article_word(a, i - 1, "on") || article_word(a, i - 1, "late") ||
                 article_word(a, i - 1, "earlier");
    bool wider = i > floor + 2 && (article_word(a, i - 2, "earlier") || article_word(a, i - 2, "late") || article_word(a, i - 2, "on"));
    if (which) return wider ? 3 : 2;
    return (a->flags[i] & WORD_DATE) && noun_like(a, i - 1) ? 1 : 0;
}

static size_t skip_back(const struct article *a, size_t floor, size_t i)
{
    i -= said_when(a, floor, i);
    while (i > floor && skipped_before_verb(a, i)) i--;
    return i - said_when(a, floor, i);
}

static bool relative(const struct article *a, size_t i)
{
    return article_word(a, i, "who");
}

/* A verb whose object may follow: no noun or name, and no cue that takes a clause. */
static bool takes_object(const struct article *a, size_t i)
{
    struct cue_match found[4];
    size_t n = article_cues(a, i, a->tokens.n, found, 4);
    for (size_t k = 0; k < n; k++)
        if (found[k].cue->frames & CUE_THAT) return false;
    return true;
}

static bool verbal(const struct article *a, size_t i)
{
    return plain_verb(a, i) || (word(a, i) && !named(a, i) && !(a->flags[i] & (WORD_HOLDER | WORD_TITLE)) && article_ends(a, i, ENDS_ED));
}

/* "officials who met the bank | said": the noun before a "who" whose clause ends with p, when the clause's verb takes p as its object. */
static struct phrase before_relative(const struct article *a, size_t floor, struct phrase p)
{
    size_t verb = 0;
    for (size_t i = p.first; i-- > floor + 1 && i + 12 > p.first;) {
        if (a->look[i].kind == TOKEN_PUNCT || article_quoted(a, i) || (a->flags[i] & WORD_SUBORD) || article_word(a, i, "that")) break;
        if (relative(a, i)) {
            bool object = verb ? verb + 1 < p.first || takes_object(a, verb) : verbal(a, p.first);
            return object && noun_like(a, i - 1) ? ending_at(a, floor, i - 1) : p;
        }
        if (verbal(a, i)) verb = i;
    }
    return p;
}

/* "inspectors examining the crash | said", "a diver serving alongside allies in Oslo | said": the holder before a participle whose clause ends with p. */
static struct phrase before_participle(const struct article *a, size_t floor, struct phrase p)
{
    if (a->flags[p.head] & WORD_SUBJECT) return p;
    for (size_t i = p.first; i-- > floor + 1 && i + 16 > p.first;) {
        if (article_mark(a, i, ")"))
            while (i > floor + 1 && i + 20 > p.first && !article_mark(a, i, "(")) i--;
        if (named(a, i) || article_mark(a, i, "(")) continue;
        if (a->look[i].kind == TOKEN_PUNCT || article_quoted(a, i) || (a->flags[i] & (WORD_SUBORD | WORD_SUBJECT)) || article_word(a, i, "that")) break;
        if (plain_verb(a, i) || relative(a, i)) break;
        bool acts = word(a, i) && article_ends(a, i, ENDS_ING) && !(a->flags[i] & (WORD_PREP | WORD_HOLDER | WORD_TITLE | WORD_DATE)) && takes_object(a, i);
        if (!acts) continue;
        bool holder = !named(a, i - 1) && word(a, i - 1) && !article_word(a, i - 1, "major") &&
                      (a->flags[i - 1] & (WORD_PERSON | WORD_GROUP | WORD_ORG)) && !(a->flags[i - 1] & WORD_FINITE);
        struct phrase q = holder ? ending_at(a, floor, i - 1) : (struct phrase){0};
        bool object = phrase_found(q) && q.first > floor && (plain_verb(a, q.first - 1) || chain_prep(a, q.first - 1) || (a->flags[q.first - 1] & WORD_PREP));
        return phrase_found(q) && !object ? q : p;
    }
    return p;
}

/* "Trump, speaking at a rally | warned", "Bond, 30, of Raleigh | said": p belongs to a noun in front of a comma, whose last token comes back; else
 * NO_TOKEN. */
static size_t described_noun(const struct article *a, size_t floor, struct phrase p)
{
    bool action = !named(a, p.first) && (a->flags[p.first] & WORD_ING) && p.end > p.first + 1u && !article_word(a, p.first, "acting");
    size_t i = p.first;
    bool origin = i > floor + 3 && (article_word(a, i - 1, "of") || article_word(a, i - 1, "from")) && article_mark(a, i - 2, ",");
    if (origin) i--;
    if (i < floor + 2 || !article_mark(a, i - 1, ",") || !(action || origin || place(a, p.head))) return NO_TOKEN;
    i -= 2;
    if (a->look[i].kind == TOKEN_NUMBER && i > floor + 1 && article_mark(a, i - 1, ",")) i -= 2; /* his age */
    return noun_like(a, i) ? i : NO_TOKEN;
}

/* "The chief executive, Neal Rowan, said", "the minister in charge, the former banker Ann Reed, said": does the insertion from the comma at `open` to the
 * one at `close` end with the name of whom the noun before it describes? */
static bool apposed_name(const struct article *a, size_t open, size_t close)
{
    uint32_t last = named(a, close - 1) ? a->mention_at[close - 1] : NO_ENTITY;
    if (last == NO_ENTITY || a->mentions[last].end != close || a->entities[a->mentions[last].entity].kind != STANCE_PERSON) return false;
    if (named(a, open - 1) && a->entities[a->mentions[a->mention_at[open - 1]].entity].kind == STANCE_PERSON) return false;
    for (size_t i = open + 1; i < a->mentions[last].outer; i++)
        if (a->look[i].kind != TOKEN_CLITIC && !named(a, i) &&
            (!word(a, i) || plain_verb(a, i) || ((a->flags[i] & WORD_CLOSED) && !(a->flags[i] & (WORD_DET | WORD_POSSESSIVE)))))
            return false;
    return true;
}

static struct phrase find_subject(const struct article *a, size_t floor, size_t verb)
{
    size_t i = skip_back(a, floor, verb - 1);
    if (article_mark(a, i, ")")) { /* the firm (NYSE: X) said */
        while (i > floor && !article_mark(a, i, "(")) i--;
        if (i == floor) return (struct phrase){0};
        i--;
    }
    if (article_mark(a, i, ",\xE2\x80\x94-") && i > floor) {
        size_t open = insertion_open(a, floor, i);
        if (open == NO_TOKEN || open <= floor || open + 1 >= i) return (struct phrase){0};
        if (apposed_name(a, open, i)) return make(a, a->mentions[a->mention_at[i - 1]].outer, i);
        i = open - 1;
        bool age = a->look[i].kind == TOKEN_NUMBER && i > floor + 1 && article_mark(a, i - 1, ",") && noun_like(a, i - 2); /* Ann Reed, 45, a farmer, said */
        if (age) i -= 2;
        if (!noun_like(a, i) && !(a->flags[i] & WORD_SUBJECT)) return (struct phrase){0};
    }
    size_t who = relative(a, i) && i > floor ? i : 0;
    if (who) {
        i--;
        if (article_mark(a, i, ",\xE2\x80\x94-") && i > floor) i--;
    }
    if (article_quoted(a, i)) return (struct phrase){0};
    if (a->look[i].kind == TOKEN_HANDLE) return make(a, i, i + 1);
    if (i >= floor + 2 && share_of(a, i - 2)) return make(a, base_start(a, floor, i - 2), i + 1);
    if (!word(a, i) && !noun_like(a, i)) return (struct phrase){0};
    bool object = article_word(a, i, "it") && i > floor + 1 && !named(a, i - 1) && article_ends(a, i - 1, ENDS_ING) && noun_like(a, i - 2);
    if (object) i -= 2; /* the contractor building it | said */
    if (a->flags[i] & WORD_SUBJECT) return make(a, i, i + 1);
    if (!noun_like(a, i)) {
        if (article_in(a, i, LIST_OTHERS)) return i + 1 < verb && article_word(a, i, "most") ? (struct phrase){0} : make(a, i, i + 1); /* most widely used */
        return (struct phrase){0};
    }
    bool person = who && named(a, i) && a->entities[a->mentions[a->mention_at[i]].entity].kind == STANCE_PERSON; /* a feast for Mary Cole, who | said */
    size_t outer = person ? a->mentions[a->mention_at[i]].outer : floor;
    struct phrase p = person ? make(a, outer < floor ? floor : outer, i + 1) : ending_at(a, floor, i);
    bool participle = p.end == p.first + 1u && p.first > floor && !named(a, p.first) && (a->flags[p.first - 1] & WORD_AUX); /* "has cast | doubt" */
    if (participle) return (struct phrase){0};
    if (!who) p = before_relative(a, floor, p);
    if (!who && phrase_found(p)) p = before_participle(a, floor, p);
    for (int steps = 0; steps < 3 && phrase_found(p); steps++) {
        size_t noun = described_noun(a, floor, p);
        if (noun == NO_TOKEN) break;
        p = ending_at(a, floor, noun);
    }
    if (who && phrase_found(p)) p.end = (uint32_t)who + 1u; /* the pronoun names the speaker as well */
    return p;
}

static uint64_t key_of(size_t x, size_t y)
{
    return (uint64_t)x << 32 | (uint32_t)y;
}

struct phrase phrase_subject(const struct article *a, size_t floor, size_t verb)
{
    if (verb <= floor) return (struct phrase){0};
    if (!a->phrases) return find_subject(a, floor, verb);
    struct phrase_known *known = &a->phrases->subject[verb % 64];
    if (known->key != key_of(floor, verb)) *known = (struct phrase_known){key_of(floor, verb), find_subject(a, floor, verb)};
    return known->phrase;
}

static struct phrase find_at(const struct article *a, size_t at, size_t end)
{
    size_t i = at;
    bool one_of = article_word(a, i, "one") && article_word(a, i + 1, "of"); /* said one of the senators */
    if (i < end && (a->flags[i] & WORD_SUBJECT) && !named(a, i) && !one_of) return make(a, i, i + 1);
    while (i < end && !article_quoted(a, i)) {
        const struct look *t = &a->look[i];
        uint32_t m = article_mention(a, i);
        if (article_word(a, i, "that")) break;
        if (m != NO_ENTITY) {
            i = a->mentions[m].end;
            continue;
        }
        if (t->kind == TOKEN_CLITIC || t->kind == TOKEN_NUMBER || t->kind == TOKEN_HANDLE || t->kind == TOKEN_HASHTAG) {
            i++;
            continue;
        }
        if (article_word(a, i, "and") && named(a, i + 1) && i > at && named(a, i - 1)) {
            i++;
            continue;
        }
        if (article_word(a, i, "of") && i > at) {
            i++;
            continue;
        }
        if (chain_prep(a, i) && i > at &&
            (article_word(a, i, "at") || article_word(a, i, "for") || article_word(a, i, "from") || article_word(a, i, "with")) &&
            noun_like(a, i - 1) && !named(a, i - 1)) {
            i++;
            continue;
        }
        uint32_t f = a->flags[i];
        bool determiner =
            (f & (WORD_DET | WORD_POSSESSIVE | WORD_NUM)) && (i == at || chain_prep(a, i - 1) || (a->flags[i - 1] & (WORD_DET | WORD_NUM)));
        bool modifier = word(a, i) && !plain_verb(a, i) && !(f & (WORD_CLOSED | WORD_ADV | WORD_DATE | WORD_ING));
        if (!(f & WORD_HOLDER) && !determiner && !modifier) break;
        i++;
    }
    while (i > at && (chain_prep(a, i - 1) || (a->flags[i - 1] & WORD_DET) || article_word(a, i - 1, "and"))) i--;
    return make(a, at, i);
}

struct phrase phrase_at(const struct article *a, size_t at, size_t end)
{
    if (!a->phrases) return find_at(a, at, end);
    struct phrase_known *known = &a->phrases->at[at % 64];
    if (known->key != key_of(at, end)) *known = (struct phrase_known){key_of(at, end), find_at(a, at, end)};
    return known->phrase;
}

bool phrase_holder(const struct article *a, struct phrase p)
{
    if (!phrase_found(p)) return false;
    uint32_t f = a->flags[p.head];
    if (named(a, p.head)) return true;
    if (f & (WORD_SUBJECT | WORD_HOLDER | WORD_TITLE)) return true;
    if (a->look[p.head].kind == TOKEN_HANDLE) return true;
    if (share_of(a, p.head)) return true;
    return article_in(a, p.head, LIST_SHARE) || article_ends(a, p.head, ENDS_AGENT);
}

bool phrase_has_verb(const struct article *a, size_t first, size_t end)
{
    if (end > a->tokens.n) end = a->tokens.n;
    for (size_t i = first; i < end; i++) {
        unsigned ends = a->look[i].ends;
        bool alone = (a->flags[i] & WORD_FINITE) || (ends & ENDS_VERB), past = (ends & (ENDS_ED | ENDS_NOT)) && (ends & LONGER_THAN_4);
        if (!alone && (i == first || (!past && !(a->flags[i] & WORD_BASE)))) continue;
        if (!word(a, i) || named(a, i)) continue;
        if (alone || past || noun_like(a, i - 1)) return true;
    }
    return false;
}

/* "in a statement", "during a conference call", "on X", "at the summit in Davos": a preposition and a phrase without a verb. */
static size_t skip_prepositional(const struct article *a, size_t at, size_t end)
{
    if (!article_in(a, at, LIST_ADVERBIAL)) return at;
    struct phrase p = phrase_at(a, at + 1, end);
    if (phrase_found(p)) return p.end;
    size_t i = at + 1;
    while (i < end && i < at + 4 &&
           (time_word(a, i) || a->look[i].kind == TOKEN_NUMBER || ((a->flags[i] & WORD_DET) && !article_word(a, i, "that"))))
        i++;
    return i > at + 1 ? i : at;
}

static size_t skip_adverbials(const struct article *a, size_t at, size_t end)
{
    for (int steps = 0; steps < 5 && at < end; steps++) {
        size_t from = at;
        uint32_t f = word(a, at) && !named(a, at) ? a->flags[at] : 0;
        if ((f & WORD_DATE) || ((f & WORD_ADV) && !(f & (WORD_DET | WORD_SUBORD | WORD_PRON | WORD_PREP))))
            at++;
        else if ((article_word(a, at, "this") || article_word(a, at, "last") || article_word(a, at, "earlier")) && at + 1 < end &&
                 time_word(a, at + 1))
            at += 2;
        else if (article_word(a, at, "earlier") || article_word(a, at, "late"))
            at++;
        else
            at = skip_prepositional(a, at, end);
        while (at > from && at < end && a->look[at].kind == TOKEN_NUMBER) at++;
        if (at == from) break;
    }
    return at;
}

size_t phrase_skip_adverbials(const struct article *a, size_t at, size_t end)
{
    if (!a->phrases) return skip_adverbials(a, at, end);
    size_t place = at % 64;
    if (a->phrases->adverbials[place].key != key_of(at, end)) {
        size_t behind = skip_adverbials(a, at, end);
        a->phrases->adverbials[place].key = key_of(at, end);
        a->phrases->adverbials[place].end = behind;
    }
    return a->phrases->adverbials[place].end;
}
