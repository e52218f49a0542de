/* SPDX-License-Identifier: MIT
 * attribution: cues, sources and contents by rules over tokens, quotation state and cue frames.
 * Method: each cue outside quotations proposes contents by its frames (clause, quotation, noun phrase, object + as, fronted clause, "according to");
 * then quotations without a cue go to whoever speaks around them. Contents end where the next attribution of the sentence begins.
 * Limits: no parser; a clause is recognised by word classes and punctuation. */
#include "attribution.h"

#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/str.h"
#include "blocks.h"
#include "posts.h"

struct finder {
    struct article *a;
    uint8_t *comment; /* [paragraphs] 1 when a forum comment has taken the paragraph */
    struct attributions *out;
    size_t begin, end, stop; /* tokens of the sentence; stop: behind its last word, closing punctuation left out */
    size_t floor;            /* first token that no attribution of the sentence has used */
    struct phrase subject;   /* of the sentence's latest attribution, for participles */
    size_t passed;           /* cues before this token hold no view */
    uint8_t *used;           /* [quotes] 1 when a quotation belongs to a content */
    struct clause *clauses;  /* [CLAUSES] clauses whose ends have been found, by their first token */
    bool failed;
};

enum { CLAUSES = 8 };

struct clause {
    uint32_t first, end;
};

struct frame {
    struct cue_match match;
    size_t cue; /* first token of the cue */
    struct phrase source;
};

static bool opens_quote(const struct article *a, size_t i)
{
    return article_quoted(a, i) && a->quotes.items[a->quotes.at[i]].open == i;
}

static bool closes_quote(const struct article *a, size_t i)
{
    return article_quoted(a, i) && a->quotes.items[a->quotes.at[i]].close == i && a->quotes.items[a->quotes.at[i]].closed;
}

enum { WORDS = 1 << TOKEN_WORD | 1 << TOKEN_NUMBER };

static inline bool counts_as_word(const struct article *a, size_t i)
{
    return WORDS >> a->look[i].kind & 1;
}

static size_t words_in(const struct article *a, size_t first, size_t end)
{
    size_t n = 0;
    for (size_t i = first; i < end; i++) n += counts_as_word(a, i);
    return n;
}

/* Are there `least` words or more? */
static bool words_are(const struct article *a, size_t first, size_t end, size_t least)
{
    for (size_t i = first; i < end && least; i++) least -= counts_as_word(a, i);
    return !least;
}

/* Is any of the tokens inside a quotation? */
static bool any_quoted(const struct article *a, size_t first, size_t end)
{
    uint32_t all = QUOTE_NONE;
    for (size_t i = first; i < end; i++) all &= a->quotes.at[i]; /* QUOTE_NONE alone is all ones */
    return all != QUOTE_NONE;
}

/* Without blanks, stops and commas at the ends; quotation marks stay. */
static void trim(const struct article *a, size_t *first, size_t *end)
{
    while (*first < *end && (article_mark(a, *first, ",;:.\xE2\x80\x94-") || a->look[*first].kind == TOKEN_BREAK)) ++*first;
    while (*end > *first && !article_quoted(a, *end - 1) &&
           (article_mark(a, *end - 1, ",;:.\xE2\x80\x94-") || a->look[*end - 1].kind == TOKEN_BREAK))
        --*end;
}

static stance_kind kind_of(const struct article *a, size_t *first, size_t *end)
{
    if (opens_quote(a, *first)) {
        const struct quote *q = &a->quotes.items[a->quotes.at[*first]];
        while (q->continued && q->close < *end) q++;
        bool whole = q->closed ? q->close + 1 == *end : q->close == *end;
        if (whole) {
            ++*first;
            *end = q->close;
            return STANCE_DIRECT;
        }
    }
    if (!any_quoted(a, *first, *end)) return STANCE_INDIRECT;
    bool inside = article_quoted(a, *first) && article_quoted(a, *end - 1) && a->quotes.at[*first] == a->quotes.at[*end - 1] && !opens_quote(a, *first);
    return inside ? STANCE_DIRECT : STANCE_MIXED;
}

static void use_quotes(struct finder *f, size_t first, size_t end)
{
    if (!any_quoted(f->a, first, end)) return;
    for (size_t i = first; i < end; i++)
        if (f->a->quotes.at[i] != QUOTE_NONE) f->used[f->a->quotes.at[i]] = 1;
}

/* [said he was] “a good man. He has worked | for us”: a content whose sentence ends inside a quotation takes all of it. */
static size_t quotation_end(const struct article *a, size_t first, size_t end)
{
    uint32_t q = end > first && !opens_quote(a, first) ? a->quotes.at[end - 1] : QUOTE_NONE;
    if (q == QUOTE_NONE || !a->quotes.items[q].closed || a->quotes.items[q].open < first || a->quotes.items[q].close < end) return end;
    return a->quotes.items[q].close + 1u;
}

static struct attribution *add(struct finder *f, size_t first, size_t end, const struct frame *frame)
{
    struct attributions *o = f->out;
    trim(f->a, &first, &end);
    if (!words_are(f->a, first, end, 1)) return NULL;
    end = quotation_end(f->a, first, end);
    if (o->n == o->cap) {
        size_t cap = o->cap ? o->cap * 2 : 32;
        struct attribution *grown = arena_grow(f->a->arena, o->items, o->n, cap, sizeof *grown);
        if (!grown) return f->failed = true, NULL;
        o->items = grown;
        o->cap = cap;
    }
    use_quotes(f, first, end);
    struct attribution *x = &o->items[o->n++];
    *x = (struct attribution){.cue_first = NO_TOKEN,
                              .cue_end = NO_TOKEN,
                              .same_as = NO_TOKEN,
                              .via = NO_TOKEN,
                              .entity = NO_ENTITY,
                              .speaker_kind = STANCE_UNKNOWN,
                              .resolved_by = STANCE_BY_NONE};
    x->kind = kind_of(f->a, &first, &end);
    x->first = (uint32_t)first;
    x->end = (uint32_t)end;
    if (!frame) return x;
    x->source = frame->source;
    x->cue = frame->match.cue;
    x->cue_first = (uint32_t)frame->cue;
    x->cue_end = (uint32_t)frame->match.end;
    return x;
}

/* ---- where contents end ---- */

static bool linking(const struct article *a, size_t i)
{
    return article_in(a, i, LIST_LINKING);
}

static bool finite(enum cue_inflection inflection)
{
    return inflection != CUE_ING;
}

/* The verb reading of the token at i that can speak, or false. */
static bool verb_cue(const struct finder *f, size_t i, struct cue_match *out)
{
    const struct cue_place *c = article_cue(f->a, i);
    if (!c || article_quoted(f->a, i)) return false;
    for (size_t k = 0; k < c->n; k++)
        if (c->readings[k].cue->pos == CUE_VERB) return *out = cue_at(c, k), true;
    return false;
}

/* Does a new attribution ("Smith said", "noting that", "according to") begin at token i? */
static bool attribution_begins(const struct finder *f, size_t i)
{
    const struct article *a = f->a;
    struct cue_match m;
    if (article_word(a, i, "according") && article_word(a, i + 1, "to")) return true;
    size_t at = i;
    if (a->flags[at] & WORD_ADV) at++;
    if (verb_cue(f, at, &m) && m.inflection == CUE_ING && (m.cue->reliability >= 2 || article_word(a, m.end, "that")))
        return article_word(a, m.end, "that") || (m.cue->frames & (CUE_NP | CUE_AS | CUE_THAT));
    bool past = verb_cue(f, at, &m) && m.inflection == CUE_PAST;
    if (past && m.cue->reliability == 3 && article_word(a, m.end, "that")) return true;
    if (past && (m.cue->frames & CUE_INVERTED) && article_mark(a, m.end, ",:") && opens_quote(a, m.end + 1)) return true; /* but added, “…” */
    for (size_t k = i + 1; k < f->end && k < i + 9; k++) {
        if (article_mark(a, k, ";:") || article_quoted(a, k)) break;
        if (!verb_cue(f, k, &m) || !finite(m.inflection) || m.cue->reliability < 2) continue;
        struct phrase p = phrase_subject(a, i, k);
        return phrase_found(p) && p.first == i && phrase_holder(a, p) && (m.cue->frames & (CUE_THAT | CUE_QUOTE));
    }
    return false;
}

/* ", and McCain issued a rebuke", ", but the mayor rejected it": does a clause with a subject of its own begin behind the word at token i? For what is said of
 * noun phrases, which hold no second clause. */
static bool new_clause(const struct finder *f, size_t i)
{
    const struct article *a = f->a;
    bool comma = article_mark(a, i - 1, ",") || (closes_quote(a, i - 1) && article_mark(a, i - 2, ","));
    if (!comma || !linking(a, i) || article_quoted(a, i + 1)) return false;
    size_t at = phrase_skip_adverbials(a, i + 1, f->stop);
    at += article_mark(a, at, ",");
    struct phrase p = phrase_at(a, at, f->stop);
    if (!phrase_holder(a, p)) return false;
    size_t verb = p.end;
    while (verb < f->stop && (a->flags[verb] & (WORD_ADV | WORD_NEG)) && !(a->flags[verb] & WORD_AUX)) verb++;
    bool pronoun = p.end == p.first + 1u && (a->flags[p.head] & WORD_SUBJECT) && !(a->flags[p.head] & WORD_REL);
    return verb < f->stop && a->mention_at[verb] == NO_ENTITY && a->look[verb].kind == TOKEN_WORD &&
           (pronoun || ((a->flags[verb] & WORD_FINITE) && !(a->flags[verb] & WORD_HOLDER)) || article_ends(a, verb, ENDS_ED));
}

/* Where a clause that begins at token i would have its subject: behind "on January 14," and the like. */
static size_t behind_adverbials(const struct finder *f, size_t i)
{
    size_t at = (f->a->flags[i] & (WORD_PREP | WORD_DATE)) ? phrase_skip_adverbials(f->a, i, f->stop) : i;
    return at > i && article_mark(f->a, at, ",") ? at + 1 : i;
}

/* Behind “…,” with its comma inside: does the reporter's own sentence go on at token i ("adding that", "while Lee said")? */
static bool goes_on(const struct finder *f, size_t i)
{
    const struct article *a = f->a;
    size_t next = i + (size_t)linking(a, i);
    return (!article_quoted(a, i) && (a->flags[i] & WORD_ING)) || attribution_begins(f, next);
}

/* "[praised the staff] before adding that": does a participle of saying follow the preposition at token i? */
static bool says_next(const struct finder *f, size_t i)
{
    struct cue_match m;
    if (!article_word(f->a, i, "before") && !article_word(f->a, i, "after")) return false;
    return verb_cue(f, i + 1, &m) && m.inflection == CUE_ING && (m.cue->frames & CUE_INVERTED) && (m.cue->reliability == 3 || article_word(f->a, m.end, "that"));
}

static size_t find_clause_end(const struct finder *f, size_t from)
{
    const struct article *a = f->a;
    for (size_t i = from; i < f->stop; i++) {
        uint64_t asks = (a->look[i].mark & (MARK_COMMA | MARK_SEMICOLON)) | (a->lists[a->look[i].word] >> LIST_TURNING & 1) | (a->quotes.at[i] != QUOTE_NONE);
        if (!asks) continue; /* of no other token anything below holds */
        if (article_quoted(a, i)) {
            size_t close = a->quotes.items[a->quotes.at[i]].close;
            i = close > i ? close : i;
            if (i + 1 < f->stop && i > from && article_mark(a, i - 1, ",") && closes_quote(a, i) && goes_on(f, i + 1)) return i + 1;
            continue;
        }
        if (article_mark(a, i, ";")) return i;
        bool comma = article_mark(a, i, ",");
        struct cue_match said;
        bool tail = comma && i > from + 2 && verb_cue(f, i + 1, &said) && said.inflection == CUE_PAST && said.cue->reliability == 3 &&
                    article_mention(a, said.end) != NO_ENTITY;
        if (tail && (said.cue->frames & CUE_INVERTED) && a->mentions[article_mention(a, said.end)].end >= f->stop) return i; /* …, said Obi. */
        bool act = (a->flags[i + 1] & (WORD_PAST | WORD_THIRD)) || (i + 1 < f->stop && article_ends(a, i + 1, ENDS_ED));
        bool new_verb = linking(a, i) && i > from && closes_quote(a, i - 1) && act; /* “a disgrace” and left */
        bool scene = i > from && closes_quote(a, i - 1) && !article_mark(a, i - 2, ",") && (article_word(a, i, "as") || article_word(a, i, "while")) &&
                     (a->flags[i + 1] & (WORD_SUBJECT | WORD_DET)); /* “excited” as she faces */
        if (new_verb || scene) return i;
        size_t next = i + 1 + (comma && linking(a, i + 1));
        if (i > from && says_next(f, i)) return i;
        bool pair = !comma && article_word(a, i, "and") && a->mention_at[i - 1] != NO_ENTITY && a->mention_at[i + 1] != NO_ENTITY &&
                    !phrase_has_verb(a, from, i); /* that when Obi and Lee said */
        if ((comma || linking(a, i)) && i > from && next < f->stop && !pair && attribution_begins(f, next)) return i;
        if (comma && next > i + 1 && i > from && next < f->stop && behind_adverbials(f, next) > next && attribution_begins(f, behind_adverbials(f, next))) return i;
    }
    return f->stop;
}

/* Token at which the content that begins at `from` ends. The frames of a cue ask about the same clause one after the other. */
static size_t clause_end(const struct finder *f, size_t from)
{
    struct clause *known = &f->clauses[from % CLAUSES];
    if (from >= f->stop) return f->stop;
    if (from < f->begin) return find_clause_end(f, from);
    if (known->end && known->first == from) return known->end;
    *known = (struct clause){(uint32_t)from, (uint32_t)find_clause_end(f, from)};
    return known->end;
}

/* ---- contents to the right of a cue ---- */

static bool wh_clause(const struct article *a, size_t i)
{
    return article_in(a, i, LIST_INTERROGATIVE);
}

/* Behind "reporters" in "told reporters that": the addressee ends before that, a quotation mark, a comma or the clause. */
static size_t skip_addressee(const struct finder *f, size_t i)
{
    const struct article *a = f->a;
    struct phrase p = phrase_at(a, i, f->stop);
    size_t end = phrase_found(p) ? p.end : i;
    if (article_word(a, i, "that")) return i;
    if (!phrase_found(p) && (a->flags[i] & WORD_PRON)) end = i + 1;
    return end;
}

/* May token i stand between a cue and its "that"? Adverbials, addressees, insertions; no verb, and no "with a number of problems that". */
static bool before_that(const struct finder *f, size_t i)
{
    const struct article *a = f->a;
    struct cue_match m;
    uint32_t flags = a->look[i].kind == TOKEN_WORD && a->mention_at[i] == NO_ENTITY ? a->flags[i] : 0;
    if (article_quoted(a, i) || article_mark(a, i, ";:.")) return false;
    if ((flags & (WORD_AUX | WORD_MODAL)) || ((flags & (WORD_PAST | WORD_THIRD)) && !(flags & (WORD_HOLDER | WORD_PREP)))) return false;
    if (verb_cue(f, i, &m) && (m.inflection == CUE_ING || (m.inflection == CUE_PAST && m.cue->reliability >= 2))) return false;
    if (linking(a, i) && verb_cue(f, i + 1, &m)) return false; /* see it and believe that */
    if (article_word(a, i, "as") && (a->flags[i + 1] & WORD_DET)) return false; /* see it as an issue that */
    return !article_word(a, i, "about") && !article_word(a, i, "with") && !article_word(a, i, "of") && !article_word(a, i, "over") &&
           !article_word(a, i, "for");
}

/* "that faced", "that have been": a relative clause. */
static bool relative_that(const struct article *a, size_t i)
{
    if (i + 1 >= a->tokens.n || a->mention_at[i + 1] != NO_ENTITY || (a->flags[i - 1] & (WORD_PERSON | WORD_DATE)) ||
        a->mention_at[i - 1] != NO_ENTITY)
        return false;
    return (a->flags[i + 1] & (WORD_AUX | WORD_MODAL | WORD_PAST | WORD_THIRD)) && !(a->flags[i + 1] & (WORD_HOLDER | WORD_DET));
}

/* "saw no change, a sign | that": what belongs to a noun behind the comma. */
static bool apposed_that(const struct article *a, size_t from, size_t that)
{
    for (size_t i = that; i > from + 1 && i + 4 > that; i--)
        if (article_word(a, i - 1, "a") || article_word(a, i - 1, "an") || article_word(a, i - 1, "the")) return article_mark(a, i - 2, ",");
    return false;
}

/* A quotation of up to four words behind "on", "told" or "ABC’s": the name of something. */
static bool show_name(const struct article *a, size_t open)
{
    bool told = open > 0 && article_word(a, open - 1, "told"); /* told “The Early Show” that */
    if (open == 0 || !(told || a->look[open - 1].kind == TOKEN_CLITIC || (a->flags[open - 1] & WORD_PREP))) return false;
    const struct quote *q = &a->quotes.items[a->quotes.at[open]];
    return q->closed && words_in(a, open + 1, q->close) <= 4;
}

/* The token of an explicit "that" that follows the cue, with only adverbials and an addressee between, or 0. */
static size_t explicit_that(const struct finder *f, size_t from)
{
    const struct article *a = f->a;
    size_t commas = 0;
    for (size_t i = from; i < f->stop && i < from + 18; i++) {
        if (article_word(a, i, "that") && (article_word(a, i + 1, "of") || (i > from && article_word(a, i - 1, "now")))) return 0; /* that of 1990; now that */
        if (article_word(a, i, "that"))
            return i + 1 < f->stop && (i == from || (!(a->flags[i - 1] & WORD_DET) && !relative_that(a, i) && !apposed_that(a, from, i))) ? i : 0;
        commas += article_mark(a, i, ",");
        bool name = opens_quote(a, i) && show_name(a, i) && (a->look[i - 1].kind == TOKEN_CLITIC || article_word(a, i - 1, "told"));
        if (name) i = a->quotes.items[a->quotes.at[i]].close;
        else if (!before_that(f, i) || commas > 2) return 0;
    }
    return 0;
}

/* "responded “rather darkly”": how it was said. */
static bool in_this_way(const struct article *a, size_t open)
{
    const struct quote *q = &a->quotes.items[a->quotes.at[open]];
    size_t last = q->close > open + 1u && article_mark(a, q->close - 1u, ".,") ? q->close - 2u : q->close - 1u;
    return last > open && last < open + 4 && article_ends(a, last, ENDS_LY) && !(a->look[open + 1].flags & TOKEN_CAPITAL);
}

/* Start of a quotation that the cue introduces: behind it, or behind a comma or colon, adverbials between. */
static size_t introduced_quote(const struct finder *f, size_t from)
{
    const struct article *a = f->a;
    for (size_t i = from; i <= f->stop && i < from + 14; i++) {
        if (!a->look[i].mark && !article_quoted(a, i)) continue;
        if (opens_quote(a, i)) {
            struct cue_match m;
            size_t verb = i > from + 1 && article_mark(a, i - 1, ",:") ? i - 2 : i;
            bool behind = verb > from && verb < i && (linking(a, verb - 1) || article_mark(a, verb - 1, ",") || article_word(a, verb - 1, "who"));
            if (behind && verb_cue(f, verb, &m)) return 0; /* but added, “…” */
            if ((i > from || article_word(a, i - 1, "told")) && show_name(a, i)) return 0; /* on ABC’s “Today” */
            if (i == from && in_this_way(a, i)) return 0;
            bool set_off = i == from || article_mark(a, i - 1, ",:\xE2\x80\x94-");
            return set_off || phrase_skip_adverbials(a, from, i) == i ? i : 0;
        }
        if (article_mark(a, i, ".;")) return 0;
    }
    return 0;
}

static bool has_word(const struct finder *f, size_t from, size_t end, enum closed_word word)
{
    for (size_t i = from + 1; i + 1 < end && i < from + 25; i++)
        if (!article_quoted(f->a, i) && f->a->look[i].word == word) return true;
    return false;
}

/* "saw its sponsors leave, as Obi fought with …": the first "as" begins a clause of its own behind the only comma. */
static bool as_clause(const struct finder *f, size_t from, size_t end)
{
    size_t commas = 0;
    for (size_t i = from; i + 1 < end; i++) {
        if (article_quoted(f->a, i)) return false;
        commas += article_mark(f->a, i, ",");
        if (article_word(f->a, i, "as")) return commas == 1 && article_mark(f->a, i - 1, ",") && phrase_has_verb(f->a, i + 2, end);
    }
    return false;
}

static bool begins_phrase(const struct article *a, size_t i)
{
    uint32_t flags = a->flags[i];
    if (a->mention_at[i] != NO_ENTITY || a->look[i].kind == TOKEN_NUMBER || article_quoted(a, i)) return true;
    if (a->look[i].kind != TOKEN_WORD) return false;
    if (flags & (WORD_DET | WORD_SUBJECT | WORD_POSSESSIVE | WORD_NUM | WORD_HOLDER)) return true;
    if (article_word(a, i, "there")) return true;
    return !(flags & (WORD_PREP | WORD_CONJ | WORD_SUBORD | WORD_REL | WORD_AUX | WORD_MODAL));
}

static bool quotes_in(const struct article *a, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (opens_quote(a, i)) return true;
    return false;
}

/* A clause without "that" has its finite verb before any infinitive, participle or comma: "plans to build it, which is" is none. */
static bool plain_clause(const struct article *a, size_t first, size_t end)
{
    if (article_word(a, first, "who")) return false; /* in favour of a man who */
    for (size_t i = first; i < end; i++) {
        bool relative = i > first && ((a->flags[i] & WORD_REL) || article_word(a, i, "that")) && a->look[i - 1].kind == TOKEN_WORD;
        if (relative && !article_quoted(a, i)) return article_word(a, i, "who") && quotes_in(a, i, end); /* a video that showed; the man who “fled” */
        bool contracted = i == first && a->look[i].kind == TOKEN_WORD && article_ends(a, i, HAS_APOSTROPHE);
        bool quoted_verb = i == first + 1 && opens_quote(a, i) && (a->flags[first] & WORD_SUBJECT); /* she said it “humanizes” her */
        bool noun = i > first && (a->flags[i - 1] & (WORD_DET | WORD_POSSESSIVE | WORD_NUM)) && !(a->flags[i - 1] & WORD_PRON); /* a doctored, two reports */
        if (quoted_verb || (!noun && (i > first || contracted) && phrase_has_verb(a, i, i + 1)) ||
            (i > first && !noun && phrase_has_verb(a, i - 1, i + 1) && !phrase_has_verb(a, i - 1, i)))
            return true;
        if (i > first && (article_word(a, i, "to") || article_mark(a, i, ",")) &&
            !(article_mark(a, i, ",") && i > first + 2 && a->mention_at[i - 1] != NO_ENTITY))
            return article_mark(a, i, ",") && phrase_has_verb(a, i, end) && !(a->flags[i + 1] & (WORD_ING | WORD_REL));
    }
    return false;
}

/* "the plan | but could not stop it", "this | and helped clean up": does the verb behind the "and" or "but" at token i go on with the sentence? */
static bool next_verb(const struct finder *f, size_t from, size_t i)
{
    const struct article *a = f->a;
    size_t verb = i + 1, behind = i + 2;
    if ((!article_word(a, i, "and") && !article_word(a, i, "but")) || behind >= f->stop || article_quoted(a, verb) || a->mention_at[verb] != NO_ENTITY) return false;
    if (phrase_has_verb(a, from, i)) return false;
    if (a->flags[verb] & (WORD_MODAL | WORD_AUX)) return !article_ends(a, verb, ENDS_ING);
    bool past = article_ends(a, verb, ENDS_ED) || ((a->flags[verb] & WORD_PAST) && !(a->flags[verb] & (WORD_HOLDER | WORD_DET)));
    bool object = (a->flags[behind] & (WORD_DET | WORD_POSSESSIVE | WORD_PREP | WORD_PRON)) || a->mention_at[behind] != NO_ENTITY;
    object = object && !article_word(a, behind, "by") && !article_word(a, behind, "of");
    return past && object && a->look[i - 1].kind == TOKEN_WORD &&
           !article_ends(a, i - 1, ENDS_ED | ENDS_ING);
}

/* End of a noun-phrase content: the clause's end or its first comma. */
static size_t object_end(const struct finder *f, size_t from)
{
    size_t end = clause_end(f, from);
    for (size_t i = from; i < end; i++) {
        struct cue_match m;
        if (article_quoted(f->a, i))
            i = f->a->quotes.items[f->a->quotes.at[i]].close;
        else if (linking(f->a, i) && i > from && verb_cue(f, i + 1, &m) && (m.inflection == CUE_PAST || m.inflection == CUE_THIRD) &&
                 m.cue->reliability >= 2)
            return i;
        else if (i > from && next_verb(f, from, i))
            return i;
        else if (article_mark(f->a, i, ",") && i > from && new_clause(f, i + 1))
            return i;
        else if (article_mark(f->a, i, ",") && words_are(f->a, i, end, 3) &&
                 (!article_word(f->a, i + 1, "and") || (phrase_has_verb(f->a, i + 2, end) && !phrase_has_verb(f->a, from, i))))
            return i;
    }
    return end;
}

static const struct {
    uint32_t frame;
    enum closed_word word;
} prepositions[] = {{CUE_OF, CLOSED_OF},     {CUE_ABOUT, CLOSED_ABOUT}, {CUE_AGAINST, CLOSED_AGAINST},
                    {CUE_OVER, CLOSED_OVER}, {CUE_FOR, CLOSED_FOR},     {CUE_TO, CLOSED_TO}};

static bool prepositional_object(const struct finder *f, uint32_t frames, size_t at, size_t *first, size_t *end)
{
    for (size_t k = 0; at < f->a->tokens.n && k < sizeof prepositions / sizeof *prepositions; k++)
        if ((frames & prepositions[k].frame) && f->a->look[at].word == prepositions[k].word) {
            *first = at + 1;
            *end = object_end(f, *first);
            return words_are(f->a, *first, *end, 2);
        }
    return false;
}

static bool quote_right(struct finder *f, size_t open, size_t *first, size_t *end)
{
    const struct quote *q = &f->a->quotes.items[f->a->quotes.at[open]];
    size_t behind = q->close + (q->closed ? 1u : 0u);
    *first = open;
    *end = behind;
    /* the clause goes on behind a short quotation: "said “no deal” is better than a bad one" */
    if (article_mark(f->a, q->close - 1, ",") && attribution_begins(f, behind)) return true; /* They say: “…,” Obi wrote */
    if (behind < f->stop && !article_mark(f->a, behind, ",;.") && !article_mark(f->a, q->close - 1, ".!?") && !article_word(f->a, behind, "and"))
        *end = clause_end(f, behind);
    return true;
}

/* "[urged] regulators to look into it", "[claimed] to have seen it": at least three words with an infinitive behind the cue. */
static bool infinitive(const struct finder *f, size_t at)
{
    const struct article *a = f->a;
    struct phrase object = phrase_at(a, at, f->stop);
    size_t to = phrase_found(object) ? object.end : (a->flags[at] & WORD_PRON) ? at + 1 : at;
    bool verb = article_word(a, to, "to") && to + 1 < f->stop && !(a->flags[to + 1] & (WORD_DET | WORD_POSSESSIVE | WORD_NUM)) && a->mention_at[to + 1] == NO_ENTITY;
    return verb && (article_quoted(a, to + 1) || a->look[to + 1].kind == TOKEN_WORD) && words_in(a, at, clause_end(f, at)) >= 3;
}

/* End of "X of Y" or "X as Y" before the next verb of the same subject: "accused him of fraud | and demands …". */
static size_t frame_end(const struct finder *f, size_t from)
{
    struct cue_match m;
    size_t end = clause_end(f, from);
    for (size_t i = from + 1; i < end; i++) {
        if (!article_quoted(f->a, i) && linking(f->a, i) && i > from + 2 && next_verb(f, from, i)) return i;
        if (!article_quoted(f->a, i) && linking(f->a, i) && i > from + 2 && new_clause(f, i)) return i - (article_mark(f->a, i - 1, ",") ? 1u : 0u);
        if (article_quoted(f->a, i) || !linking(f->a, i) || !verb_cue(f, i + 1, &m) || m.cue->reliability < 2) continue;
        if (m.inflection == CUE_THIRD || (m.inflection == CUE_PAST && !phrase_has_verb(f->a, from, i))) return i;
    }
    return end;
}

/* Token of the comma that ends the relative clause whose content begins at `from`: the main verb stands behind it. Else where the clause ends. */
static size_t relative_end(const struct finder *f, size_t from)
{
    const struct article *a = f->a;
    size_t end = clause_end(f, from);
    for (size_t i = from; i < end; i++) {
        if (article_quoted(a, i)) i = a->quotes.items[a->quotes.at[i]].close;
        else if (article_mark(a, i, ",") && i > from && !article_word(a, i + 1, "and") &&
                 (phrase_has_verb(a, i + 1, i + 2) || article_ends(a, i + 1, ENDS_ED)))
            return i;
    }
    return end;
}

/* "a plan that he described as": does a relative pronoun, or "what", stand before the source? */
static bool behind_relative(const struct finder *f, const struct frame *fr)
{
    const struct article *a = f->a;
    size_t at = fr->source.first;
    return at > f->begin && ((a->flags[at - 1] & (WORD_REL | WORD_WH)) || article_word(a, at - 1, "that") || article_word(a, at - 1, "whom"));
}

/* The same, also in "a plan that Smith described as", where the pronoun is taken for a part of the name's phrase, as in "this Smith". */
static bool after_relative(const struct finder *f, const struct frame *fr)
{
    const struct article *a = f->a;
    size_t at = fr->source.first;
    bool taken = fr->source.end > at + 1u && (article_word(a, at, "that") || article_word(a, at, "which")) && a->mention_at[at + 1] != NO_ENTITY;
    return taken || behind_relative(f, fr);
}

/* "which he claimed would …", "the man police say shot …": a clause without its subject, which stands in front of the source. */
static bool relative_gap(const struct finder *f, const struct frame *fr, size_t at)
{
    const struct article *a = f->a;
    size_t before = fr->source.first;
    if (before <= f->begin || at >= f->stop || a->mention_at[at] != NO_ENTITY || a->look[at].kind != TOKEN_WORD) return false;
    bool verb = (a->flags[at] & WORD_FINITE) && !(a->flags[at] & (WORD_HOLDER | WORD_DET | WORD_SUBJECT));
    bool noun = !phrase_has_verb(a, before - 1, before) && a->look[before - 1].kind == TOKEN_WORD && !(a->flags[before - 1] & WORD_CLOSED);
    bool reduced = noun && fr->match.cue->reliability == 3 && fr->source.end == fr->source.first + 1u && (a->flags[fr->source.first] & WORD_SUBJECT);
    return verb && (after_relative(f, fr) || reduced);
}

/* "voiced their concern over | the delay": the noun is part of the cue. */
static bool voiced_noun(const struct finder *f, const struct cue *verb, size_t at, size_t *first, size_t *end)
{
    static const char *const verbs[] = {"express", "voice", "share", "air", "articulate", "reiterate"};
    const struct article *a = f->a;
    bool light = false;
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++) light = light || str_equal(verb->lemma, str_of(verbs[k]));
    for (size_t i = at; light && i < at + 4 && i < f->stop; i++) {
        const struct cue_place *c = article_cue(a, i);
        for (size_t k = 0; c && k < c->n && k < 4; k++) {
            const struct cue *noun = c->readings[k].cue;
            size_t behind = cue_at(c, k).end;
            if (noun->pos != CUE_NOUN || noun->reliability < 2) continue;
            if (article_word(a, behind, "that") && (noun->frames & CUE_THAT)) return *first = behind + 1, *end = clause_end(f, *first), true;
            if (prepositional_object(f, noun->frames, behind, first, end)) return true;
        }
    }
    return false;
}

/* "citing unnamed officials": who is cited, not what. */
static bool names_source(const struct finder *f, size_t at)
{
    const struct article *a = f->a;
    struct phrase p = phrase_at(a, at, f->stop);
    if (!phrase_found(p) || (p.end < f->stop && a->look[p.end].kind == TOKEN_WORD && !article_word(a, p.end, "who"))) return false;
    return (a->flags[p.head] & (WORD_PERSON | WORD_GROUP)) || (a->mention_at[p.head] != NO_ENTITY && a->mention_at[p.head] == a->mention_at[p.first]);
}

/* "that question and more on the show": neither verb nor quotation up to the clause's end. */
static bool bare_noun(const struct finder *f, size_t first)
{
    size_t end = clause_end(f, first);
    for (size_t i = first; i < end; i++)
        if (article_quoted(f->a, i)) return false;
    return !phrase_has_verb(f->a, first, end);
}

/* "dismissed | as “nonsense” a report that …": the judgement first, then what is judged. */
static bool judged_behind(const struct finder *f, size_t as)
{
    const struct article *a = f->a;
    size_t i = opens_quote(a, as + 1) ? a->quotes.items[a->quotes.at[as + 1]].close + 1u : as + 2;
    return i + 1 < f->stop && (a->flags[i] & (WORD_DET | WORD_POSSESSIVE)) && !article_quoted(a, i) && !(a->flags[as + 1] & (WORD_DET | WORD_POSSESSIVE));
}

/* "called the mayor's office", "confirmed Smith to the court", "called a meeting": what is done to somebody or something, not thought of it. */
static bool deed(const struct finder *f, const struct frame *fr, size_t at)
{
    const struct article *a = f->a;
    bool call = str_equal(fr->match.cue->lemma, STR("call"));
    if ((!call && !str_equal(fr->match.cue->lemma, STR("confirm"))) || behind_relative(f, fr)) return false;
    if ((article_word(a, at, "a") || article_word(a, at, "an")) && after_relative(f, fr)) return false; /* that Smith called a ruin */
    struct phrase p = phrase_at(a, at, f->stop);
    if (!phrase_found(p)) return false;
    uint32_t m = a->mention_at[p.head];
    if (!call) return m != NO_ENTITY && a->entities[a->mentions[m].entity].kind == STANCE_PERSON && a->mentions[m].end == p.end;
    size_t behind = phrase_skip_adverbials(a, p.end, f->stop);
    bool pair = linking(a, behind) && !phrase_has_verb(a, behind, behind + 2) && !article_ends(a, behind + 1, ENDS_ED);
    for (size_t i = behind + 1; article_mark(a, behind, ",") && i < f->stop; i++)
        pair = pair || (article_mark(a, i, ",") && (a->flags[i + 1] & WORD_DET)); /* …, a liar */
    if (pair) return false;
    bool more = behind < f->stop && !article_mark(a, behind, ",;") && !linking(a, behind) && !article_word(a, behind, "to");
    if (more && !(a->flags[behind] & (WORD_PREP | WORD_SUBORD | WORD_REL))) return false;
    if (m != NO_ENTITY) return a->mentions[m].first == p.head || a->mentions[m].end == p.end;
    return (a->flags[p.head] & (WORD_ORG | WORD_GROUP | WORD_PERSON)) && p.end > p.first + 1u && (a->flags[p.first] & (WORD_POSSESSIVE | WORD_DET)) &&
           !article_word(a, p.first, "a") && !article_word(a, p.first, "an") && !(a->flags[p.head] & WORD_PLURAL);
}

/* "a flow called “stemflow”": a name, when nothing that it is called follows. */
static bool named_so(const struct finder *f, const struct frame *fr, size_t open)
{
    if (fr->match.inflection != CUE_PAST || !str_equal(fr->match.cue->lemma, STR("call")) || after_relative(f, fr)) return false;
    size_t behind = f->a->quotes.items[f->a->quotes.at[open]].close + 1u;
    bool ends = behind >= f->stop || article_mark(f->a, behind, ",;.") || article_mark(f->a, behind - 2, ",.");
    return ends || linking(f->a, behind) || (f->a->flags[behind] & (WORD_PREP | WORD_REL));
}

/* "accused | of", "found | to have": what is said of the subject, by others. */
static bool said_of_subject(const struct finder *f, const struct frame *fr)
{
    const struct article *a = f->a;
    size_t at = fr->match.end;
    stance_str lemma = fr->match.cue->lemma;
    if (article_word(a, at, "of")) return str_equal(lemma, STR("accuse")) && !after_relative(f, fr); /* the man accused of */
    bool to = fr->match.inflection == CUE_PAST && article_word(a, at, "to");
    return to && (str_equal(lemma, STR("find")) || str_equal(lemma, STR("believe"))); /* was examined and found to have */
}

/* "What they agree on | is that": the first token of the clause, or 0. */
static size_t what_is(const struct finder *f, const struct frame *fr)
{
    const struct article *a = f->a;
    if (fr->source.first != f->begin + 1u || !article_word(a, f->begin, "what") || fr->match.end >= f->stop) return 0;
    size_t is = fr->match.end + ((a->flags[fr->match.end] & WORD_PREP) ? 1u : 0u);
    return article_in(a, is, LIST_BE) && article_word(a, is + 1, "that") ? is + 2 : 0;
}

/* The content that follows the cue by one of its frames. */
static bool content_right(struct finder *f, const struct frame *fr, size_t *first, size_t *end)
{
    const struct article *a = f->a;
    const struct cue *cue = fr->match.cue;
    size_t at = fr->match.end, that, open;
    uint32_t frames = cue->frames;
    struct cue_match next;
    if (said_of_subject(f, fr)) return false;
    if (article_word(a, at, "that") && article_mark(a, at + 1, ",") && verb_cue(f, at + 2, &next) && next.inflection == CUE_ING) return false; /* denied that, adding */
    if ((that = what_is(f, fr)) != 0) return *first = that, *end = clause_end(f, that), true;
    if (frames & CUE_TO_PERSON) at = skip_addressee(f, at);
    if (at > fr->match.end && (frames & CUE_THAT) && (a->flags[at] & (WORD_MODAL | WORD_AUX))) at = fr->match.end; /* warning it will */
    bool told = at > fr->match.end && article_mark(a, at, ",") && (frames & CUE_THAT) && plain_clause(a, at + 1, f->stop); /* "tells the crowd, he is" */
    if (told) return *first = at + 1, *end = clause_end(f, at + 1), true;
    size_t behind = phrase_skip_adverbials(a, at, f->stop);
    that = explicit_that(f, at);
    if (that == at && that != 0 && !(frames & (CUE_THAT | CUE_THAT_ONLY)) && bare_noun(f, that + 1)) that = 0; /* addressed that question */
    if (that != 0 && ((frames & (CUE_THAT | CUE_THAT_ONLY | CUE_TO_PERSON)) || that == at || article_word(a, at, "to"))) {
        *first = that + 1;
        *end = clause_end(f, *first);
        return true;
    }
    open = introduced_quote(f, at);
    if (open != 0) return !(open == fr->match.end && named_so(f, fr, open)) && quote_right(f, open, first, end);
    if ((frames & CUE_TO_INF) && (cue->reliability >= 2 || !article_word(a, fr->match.end, "to")) && infinitive(f, fr->match.end)) {
        *first = fr->match.end;
        *end = clause_end(f, *first);
        return true;
    }
    bool relative = behind > at && (article_word(a, behind, "who") || article_word(a, behind, "where") || article_word(a, behind, "when")); /* for a man who */
    if ((frames & (CUE_THAT | CUE_THAT_ONLY)) && wh_clause(a, behind) && !relative) {
        *first = behind;
        *end = clause_end(f, behind);
        return words_are(a, *first, *end, 3);
    }
    if (behind >= f->stop) return false;
    *first = at;
    *end = clause_end(f, at);
    if ((frames & CUE_AS) && article_word(a, at, "as") && judged_behind(f, at)) return *end = frame_end(f, at), true;
    if ((frames & CUE_AS) && article_word(a, at, "as") && after_relative(f, fr)) return *first = at + 1, *end = relative_end(f, at + 1), true;
    if (frames & (CUE_AS | CUE_OF | CUE_OBJECT)) *end = frame_end(f, at);
    bool as = (frames & CUE_AS) && has_word(f, at, *end, CLOSED_AS) && !as_clause(f, at, *end);
    bool of = (frames & CUE_OF) && !(frames & (CUE_THAT | CUE_TO_PERSON)) && has_word(f, at, *end, CLOSED_OF); /* accused X of Y */
    if ((as || of) && begins_phrase(a, at)) return true;
    *first = behind;
    *end = clause_end(f, behind);
    bool noun = fr->match.inflection == CUE_THIRD && begins_phrase(a, behind) && !(a->flags[behind] & WORD_HOLDER) && (a->flags[behind] & WORD_PAST) &&
                a->mention_at[behind] == NO_ENTITY; /* "the charges carried a fine" */
    if (noun) return false;
    if ((frames & CUE_THAT) && cue->reliability >= 2 && relative_gap(f, fr, behind)) return *first = behind, *end = relative_end(f, behind), true;
    bool added = (frames & CUE_THAT) && (frames & CUE_INVERTED) && (a->flags[behind] & WORD_SUBJECT) && behind == fr->match.end &&
                 phrase_has_verb(a, behind + 1, behind + 2); /* adding it was time */
    if (added) return true;
    if ((frames & CUE_THAT) && cue->reliability >= 2 &&
        ((begins_phrase(a, behind) && (plain_clause(a, behind, *end) || (cue->reliability == 3 && words_are(a, behind, *end, 4))))))
        return true;
    bool agreed = (frames & CUE_THAT_ONLY) && !(frames & CUE_NP) && cue->reliability >= 2 && behind == fr->match.end && cue->pos == CUE_VERB &&
                  ((a->flags[behind] & (WORD_DET | WORD_SUBJECT)) || a->mention_at[behind] != NO_ENTITY); /* agree the party must */
    if (agreed && plain_clause(a, behind, *end)) return true;
    *first = at;
    if (prepositional_object(f, frames, at, first, end) && cue->reliability >= 2) return true;
    if (!begins_phrase(a, at)) return false;
    *end = clause_end(f, at);
    if (deed(f, fr, at)) return false;
    if ((frames & CUE_OBJECT) && (words_are(a, at, *end, 3) || closes_quote(a, *end - 1))) return *first = at, true;
    if (voiced_noun(f, cue, at, first, end)) return true;
    if (str_equal(cue->lemma, STR("cite")) && names_source(f, at)) return false;
    if ((frames & CUE_NP) && cue->reliability >= 2) return *first = at, *end = object_end(f, at), words_are(a, at, *end, 2);
    return false;
}

/* ---- contents to the left of source and cue ---- */

/* The quotation that ends right before token `at` (a comma may stand between), or QUOTE_NONE. */
static uint32_t quote_before(const struct article *a, size_t at)
{
    if (at == 0) return QUOTE_NONE;
    size_t i = at - 1;
    if (article_mark(a, i, ",\xE2\x80\x94-") && i > 0 && !article_quoted(a, i)) i--;
    return closes_quote(a, i) ? a->quotes.at[i] : QUOTE_NONE;
}

static size_t first_quoted(const struct article *a, uint32_t quote)
{
    while (quote > 0 && a->quotes.items[quote - 1].continued) quote--;
    return a->quotes.items[quote].open;
}

static bool leading_word(const struct article *a, size_t i)
{
    return linking(a, i) || article_word(a, i, "so") || article_word(a, i, "still") || article_mark(a, i, ",") ||
           a->look[i].kind == TOKEN_BREAK;
}

/* A quotation, or a clause with quoted parts, that ends before `at`. */
static bool quoted_left(struct finder *f, size_t at, size_t *first, size_t *end)
{
    const struct article *a = f->a;
    uint32_t q = quote_before(a, at);
    if (q == QUOTE_NONE || f->used[q]) return false;
    size_t open = a->quotes.items[q].open, start = a->sentences.items[a->sentence_of[open]].first;
    *end = a->quotes.items[q].close + 1u;
    *first = first_quoted(a, q);
    if (*first != open) return true;
    size_t from = start > f->floor || open < f->floor ? start : f->floor;
    while (from < open && leading_word(a, from)) from++;
    bool set_off = open > 0 && article_mark(a, open - 1, ",:");
    bool before = false; /* another quotation of the same sentence in front: the clause begins there */
    for (size_t i = from; i < open; i++) before = before || (article_quoted(a, i) && f->used[a->quotes.at[i]]);
    bool verbal = article_mark(a, open - 1, ",") && from + 1 < open && phrase_has_verb(a, open + 1, open + 2) &&
                  !phrase_has_verb(a, from, open); /* The plan, "is dead" */
    if ((!set_off || verbal) && !before && words_are(a, from, open, 1)) *first = from;
    return true;
}

/* "When the firm declined, | he said, the boats were sold": one clause that tells the time of the next. */
static bool occasion(const struct article *a, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (article_mark(a, i, ",")) return false;
    return article_in(a, first, LIST_OCCASION);
}

/* A clause in front: "Prices will fall, analysts said." */
static bool clause_left(struct finder *f, size_t at, size_t *first, size_t *end)
{
    const struct article *a = f->a;
    if (at < f->floor + 3 || !article_mark(a, at - 1, ",\xE2\x80\x94-") || article_quoted(a, at - 1)) return false;
    *first = f->floor;
    *end = at - 1;
    while (*first < *end && (linking(a, *first) || article_mark(a, *first, ","))) ++*first;
    return words_are(a, *first, *end, 2) && phrase_has_verb(a, *first, *end) && !occasion(a, *first, *end);
}

/* ---- verbs ---- */

static bool be_before(const struct article *a, size_t floor, size_t i)
{
    while (i > floor && (a->flags[i - 1] & (WORD_ADV | WORD_NEG)) && !(a->flags[i - 1] & WORD_AUX)) i--;
    if (i > floor && article_in(a, i - 1, LIST_BE)) return true;
    stance_str folded = i > floor && (a->flags[i - 1] & WORD_SUBJECT) ? article_fold(a, i - 1) : (stance_str){0}; /* "he's" */
    return str_ends(folded, STR("'s")) || str_ends(folded, STR("'re"));
}

/* "was described by its creators as …": the source follows "by". */
static bool passive(struct finder *f, struct frame *fr)
{
    const struct article *a = f->a;
    size_t at = fr->match.end, first, end;
    if (!article_word(a, at, "by")) return false;
    fr->source = phrase_at(a, at + 1, f->stop);
    if (!phrase_holder(a, fr->source)) return false;
    size_t behind = fr->source.end;
    if (!article_word(a, behind, "as") && !article_word(a, behind, "that") && !opens_quote(a, behind)) return false;
    first = opens_quote(a, behind) ? behind : behind + 1;
    end = clause_end(f, first);
    if (!add(f, first, end, fr)) return false;
    f->floor = end;
    return true;
}

/* "nobody said", "few imagined", "one would think", "they will know": no one has that in mind, or not yet. A verb that cannot follow a quotation is one of
 * thinking. */
static bool hypothetical(const struct article *a, const struct frame *fr)
{
    size_t head = fr->source.head;
    if (article_in(a, head, LIST_NO_ONE)) return true;
    if (fr->match.cue->pos != CUE_VERB || (fr->match.cue->frames & (CUE_INVERTED | CUE_QUOTE | CUE_TO_PERSON))) return false;
    if (article_in(a, head, LIST_VAGUE) && fr->source.end == fr->source.first + 1u) return true;
    for (size_t i = fr->cue; i > fr->source.end && i + 4 > fr->cue; i--)
        if (a->flags[i - 1] & WORD_MODAL) return true;
    return false;
}

/* "did not say whether", "doesn't know what", "if Smith believes that": no view is told, or none that is held. */
static bool withheld(const struct finder *f, const struct frame *fr, size_t first)
{
    const struct article *a = f->a;
    size_t who = fr->source.first;
    if (fr->source.end > fr->cue) return false;
    if (who > f->begin && article_word(a, who - 1, "if") && !article_word(a, who - 2, "even")) return true;
    bool not = false;
    for (size_t i = fr->source.end; i < fr->cue; i++) not = not || (a->flags[i] & WORD_NEG) || article_ends(a, i, ENDS_NOT);
    if (!not || article_quoted(a, first)) return false;
    return wh_clause(a, first);
}

/* Leaves a content out, up to its first comma. */
static void pass(struct finder *f, const struct frame *fr, size_t end)
{
    size_t i = fr->match.end;
    struct cue_match m;
    while (i < end && !article_mark(f->a, i, ",") && !article_quoted(f->a, i) && !(linking(f->a, i) && verb_cue(f, i + 1, &m))) i++;
    f->passed = i;
    f->subject = fr->source;
    if (i > f->floor) f->floor = i;
}

static bool plausible(const struct finder *f, const struct frame *fr)
{
    const struct article *a = f->a;
    if (!phrase_found(fr->source) || hypothetical(a, fr)) return false;
    bool label = fr->source.first == f->begin + 1u && article_word(a, f->begin, "what") && article_mark(a, fr->match.end, ":"); /* What they're saying: */
    if (label && str_starts(article_fold(a, fr->source.head), STR("they"))) return false;
    if (article_word(a, fr->source.head, "i") || article_word(a, fr->source.head, "we") || article_word(a, fr->source.head, "you")) return false;
    if (article_word(a, fr->source.head, "it") && fr->match.cue->reliability < 2) return false;
    if (phrase_holder(a, fr->source)) return true;
    bool says = str_equal(fr->match.cue->lemma, STR("say")) || str_equal(fr->match.cue->lemma, STR("warn"));
    return says && !(a->flags[fr->source.head] & (WORD_CLOSED | WORD_DATE));
}

/* "to say", "declined to comment", "may say": a base form needs something that makes it finite. */
static bool base_is_finite(const struct article *a, size_t floor, size_t i, struct phrase subject)
{
    size_t at = i;
    while (at > floor && (a->flags[at - 1] & WORD_ADV) && !(a->flags[at - 1] & WORD_MODAL)) at--;
    if (at > floor && article_word(a, at - 1, "to")) return false;
    if (at > floor && (a->flags[at - 1] & (WORD_MODAL | WORD_AUX))) return true;
    if (!phrase_found(subject)) return false;
    stance_str head = article_fold(a, subject.head);
    bool ending = head.len > 3 && str_ends(head, STR("s")) && !str_ends(head, STR("ss"));
    bool plural = (a->flags[subject.head] & WORD_PLURAL) || ending || article_word(a, subject.head, "they") ||
                  article_word(a, subject.head, "people") || article_word(a, subject.head, "many") || article_word(a, subject.head, "some") ||
                  article_word(a, subject.head, "others") || article_word(a, subject.head, "who") || article_word(a, subject.head, "police") ||
                  a->look[subject.head].kind == TOKEN_NUMBER;
    return plural;
}

static void record(struct finder *f, const struct frame *fr, size_t first, size_t end)
{
    if (!add(f, first, end, fr)) return;
    f->subject = fr->source;
    size_t behind = end > fr->match.end ? end : fr->match.end;
    if (behind > f->floor) f->floor = behind;
}

/* Behind an interrupted quotation or clause: "…," he said, "…". */
static void second_piece(struct finder *f, const struct frame *fr, size_t from, bool quoted)
{
    const struct article *a = f->a;
    size_t at = phrase_skip_adverbials(a, from, f->stop), first, end;
    if (quoted) {
        size_t open = introduced_quote(f, from);
        if (open && !f->used[a->quotes.at[open]] && quote_right(f, open, &first, &end)) record(f, fr, first, end);
        return;
    }
    if (!article_mark(a, at, ",") || at + 1 >= f->stop || attribution_begins(f, at + 1 + (size_t)linking(a, at + 1))) return;
    first = at + 1;
    end = clause_end(f, first);
    size_t clause = first; /* said Obi, head of a group that runs sites: no clause of hers */
    while (clause < end && !article_quoted(a, clause) && !article_word(a, clause, "that") && !article_word(a, clause, "who") && !article_word(a, clause, "which"))
        clause++;
    if (words_are(a, first, end, 2) && !article_word(a, first, "who") && phrase_has_verb(a, first, clause)) record(f, fr, first, end);
}

/* Source behind the cue: “…,” said Smith. Only where content stands in front. */
static bool inverted(struct finder *f, struct frame *fr)
{
    const struct article *a = f->a;
    size_t first, end, i = fr->cue;
    while (i > f->begin && (a->flags[i - 1] & WORD_ADV)) i--;
    struct phrase behind = phrase_at(a, fr->match.end, f->stop);
    if (!phrase_holder(a, behind) || behind.first != fr->match.end || !(fr->match.cue->frames & (CUE_INVERTED | CUE_QUOTE | CUE_THAT))) return false;
    bool quoted = quoted_left(f, i, &first, &end);
    if (!quoted && (fr->match.cue->frames & CUE_TO_PERSON)) return false; /* “…,” Smith, the chair, told reporters */
    if (!quoted) {
        bool clause = (a->flags[behind.head] & WORD_SUBJECT) == 0 && clause_left(f, i, &first, &end);
        struct phrase subject = phrase_subject(a, f->floor, fr->cue);
        if (!clause || (phrase_holder(a, subject) && phrase_has_verb(a, fr->match.end, f->stop))) return false;
    }
    fr->source = behind;
    record(f, fr, first, end);
    second_piece(f, fr, behind.end, quoted);
    return true;
}

static size_t sentence_or_quote_floor(const struct finder *f)
{
    return f->floor > f->begin ? f->floor : f->begin;
}

static bool ends_frame(const struct finder *f, size_t i)
{
    const struct article *a = f->a;
    return i >= f->stop || article_mark(a, i, ",;.\xE2\x80\x94-:") || opens_quote(a, i) || article_word(a, i, "and") || article_word(a, i, "as");
}

/* "highlighted concerns raised by Liang (that …)": somebody else's view is passed on. Returns the noun's token, or 0. */
static size_t relayed_noun(const struct finder *f, size_t from)
{
    const struct article *a = f->a;
    for (size_t i = from; i + 3 < f->stop && i < from + 5; i++) {
        const struct cue_place *c = article_cue(a, i);
        bool noun = false;
        for (size_t k = 0; c && k < c->n && k < 4; k++) noun = noun || c->readings[k].cue->pos == CUE_NOUN;
        if (noun && article_word(a, i + 2, "by") && article_in(a, i + 1, LIST_RAISED)) return i;
    }
    return 0;
}

static bool relay(struct finder *f, struct frame *fr)
{
    const struct article *a = f->a;
    size_t noun = relayed_noun(f, fr->match.end);
    if (!noun) return false;
    struct frame inner = {.match = {.cue = NULL, .end = noun + 3}, .cue = noun, .source = phrase_at(a, noun + 3, f->stop)};
    if (!phrase_holder(a, inner.source)) return false;
    struct attribution *outer = add(f, noun, noun + 1, fr);
    if (!outer) return false;
    outer->relayed = true;
    f->floor = inner.source.first;
    f->subject = fr->source;
    if (!article_word(a, inner.source.end, "that")) return true;
    uint32_t via = (uint32_t)f->out->n - 1;
    size_t first = inner.source.end + 1u, end = clause_end(f, first);
    struct attribution *x = add(f, first, end, &inner);
    if (x) x->via = via;
    f->floor = end;
    return true;
}

/* "As Axios reported, prices fell": the clause behind the comma. */
static bool as_reported(struct finder *f, struct frame *fr)
{
    const struct article *a = f->a;
    size_t at = fr->source.first, behind = phrase_skip_adverbials(a, fr->match.end, f->stop);
    bool as = at > f->begin && article_word(a, at - 1, "as") && (at - 1 == f->begin || article_mark(a, at - 2, ";,"));
    if (!as || !article_mark(a, behind, ",") || fr->match.cue->reliability < 2) return false;
    size_t first = behind + 1, end = clause_end(f, first);
    if (!words_are(a, first, end, 3)) return false;
    record(f, fr, first, end);
    return true;
}

/* "In the long run, economists say, prices will fall": both sides are content, the verb stands in the right one. */
static bool parenthetical(struct finder *f, struct frame *fr)
{
    const struct article *a = f->a;
    size_t at = fr->source.first, behind = phrase_skip_adverbials(a, fr->match.end, f->stop);
    if (at <= f->floor + 1 || !article_mark(a, at - 1, ",") || !article_mark(a, behind, ",") || behind + 3 > f->stop ||
        fr->match.cue->reliability < 2)
        return false;
    if (!(fr->match.cue->frames & CUE_THAT) || attribution_begins(f, behind + 1) || article_quoted(a, behind + 1) ||
        !phrase_has_verb(a, behind + 1, f->stop))
        return false;
    size_t first = f->floor, end = clause_end(f, behind + 1);
    while (first < at && (linking(a, first) || article_mark(a, first, ","))) first++;
    if (words_are(a, first, at, 1) && !occasion(a, first, at - 1)) record(f, fr, first, at - 1);
    record(f, fr, behind + 1, end);
    return true;
}

/* “…,” her best friend, Ann Lee, said: the token at which "her best friend" begins when a name set off by commas begins at `at`. */
static size_t apposition_start(const struct finder *f, size_t at)
{
    if (at < f->floor + 2 || !article_mark(f->a, at - 1, ",")) return at;
    struct phrase p = phrase_subject(f->a, f->floor, at - 1);
    return phrase_holder(f->a, p) ? p.first : at;
}

/* “…,” the union (ABC) president Ann Lee | said; “…,” Ann Lee, head of X and a member of Y | told: the token behind the quotation from which only nouns
 * lead to the source at `at`; `at` when there is none. */
static size_t lead_in(const struct finder *f, size_t at)
{
    const struct article *a = f->a;
    for (size_t i = at; i > f->floor && at - i < 30; i--) {
        if (closes_quote(a, i - 1)) return i > 1 && article_mark(a, i - 2, ",?!") ? i : at;
        bool verb = (a->flags[i - 1] & WORD_FINITE) && !(a->flags[i - 1] & (WORD_HOLDER | WORD_TITLE)) && a->mention_at[i - 1] == NO_ENTITY;
        if (verb || article_mark(a, i - 1, ".;:") || (a->flags[i - 1] & WORD_SUBJECT)) break;
    }
    return at;
}

/* The person named right behind the quotation, when a comma follows: what comes then is said about him. */
static void name_in_lead(const struct article *a, size_t at, struct phrase *source)
{
    uint32_t m = article_mention(a, at);
    if (m == NO_ENTITY || at == source->first || !article_mark(a, a->mentions[m].end, ",")) return;
    if (a->entities[a->mentions[m].entity].kind == STANCE_PERSON) *source = (struct phrase){(uint32_t)at, a->mentions[m].end, a->mentions[m].end - 1u};
}

/* "While Smith believes that it will pay, | the board has doubts": the comma in front of the main clause, when the source stands in the opening one; else
 * `end`. */
static size_t opening_end(const struct finder *f, const struct frame *fr, size_t first, size_t end)
{
    const struct article *a = f->a;
    size_t opening = f->begin + (article_in(a, f->begin, LIST_OPENING) ? 0u : 1u); /* But while … */
    if (!article_in(a, opening, LIST_OPENING) || (opening > f->begin && !leading_word(a, f->begin)) || first < fr->cue) return end;
    for (size_t i = opening; i < fr->source.first; i++)
        if (article_mark(a, i, ",")) return end;
    for (size_t i = first; i < end; i++) {
        if (article_quoted(a, i)) i = a->quotes.items[a->quotes.at[i]].close;
        bool comma = article_mark(a, i, ",") || (closes_quote(a, i) && article_mark(a, i - 1, ","));
        struct phrase p = comma && i + 1 < end ? phrase_at(a, i + 1, end) : (struct phrase){0};
        size_t verb = p.end;
        while (phrase_found(p) && verb < end && (a->flags[verb] & (WORD_ADV | WORD_NEG)) && !(a->flags[verb] & WORD_AUX)) verb++;
        bool main = phrase_found(p) && verb < end && a->mention_at[verb] == NO_ENTITY && (a->flags[verb] & WORD_FINITE);
        if (main) return i + (article_mark(a, i, ",") ? 0u : 1u);
        if (phrase_found(p) && p.end == i + 2 && article_ends(a, i + 1, ENDS_VERB)) return i; /* they'd */
    }
    return end;
}

static bool subject_first(struct finder *f, struct frame *fr)
{
    const struct article *a = f->a;
    size_t first, end;
    size_t at = fr->source.first, lead = lead_in(f, at);
    bool stopped = at > 1 && closes_quote(a, at - 1) && article_mark(a, at - 2, ".") && article_word(a, fr->match.end, "that"); /* “It rained.” He said that … */
    bool quoted = !stopped && (quoted_left(f, at, &first, &end) || quoted_left(f, apposition_start(f, at), &first, &end));
    if (!quoted && lead != at && quoted_left(f, lead, &first, &end)) quoted = true, name_in_lead(a, lead, &fr->source);
    struct cue_match claiming; /* While claiming “…,” Smith said | he would go */
    bool fronted = quoted && first > f->begin && verb_cue(f, opens_quote(a, first) ? first - 1 : first, &claiming) && claiming.inflection == CUE_ING;
    if (quoted && !fronted) {
        record(f, fr, first, end);
        second_piece(f, fr, fr->match.end, true);
        return true;
    }
    size_t behind = phrase_skip_adverbials(a, fr->match.end, f->stop);
    bool tail = ends_frame(f, behind) && !introduced_quote(f, fr->match.end) && !after_relative(f, fr);
    if (tail && clause_left(f, at, &first, &end)) {
        record(f, fr, first, end);
        second_piece(f, fr, fr->match.end, false);
        return true;
    }
    if (as_reported(f, fr) || parenthetical(f, fr) || relay(f, fr)) return true;
    if (content_right(f, fr, &first, &end)) {
        if (withheld(f, fr, first)) return pass(f, fr, end), false;
        end = opening_end(f, fr, first, end);
        size_t who = fr->source.end - 1u;
        if (article_word(a, who, "who") && who > f->begin && article_mark(a, who - 1, ",") && first > fr->cue) end = relative_end(f, first);
        return record(f, fr, first, end), true;
    }
    if ((fr->match.cue->frames & CUE_THAT) && fr->match.cue->reliability == 3 && clause_left(f, at, &first, &end) &&
        ends_frame(f, skip_addressee(f, fr->match.end)))
        return record(f, fr, first, end), true;
    return false;
}

/* First token of "was quoted", "has been cited" before the "as" at token i. */
static size_t quoting_verb(const struct finder *f, size_t i)
{
    while (i > f->begin && (phrase_has_verb(f->a, i - 1, i) || (f->a->flags[i - 1] & (WORD_ADV | WORD_AUX)) || article_word(f->a, i - 1, "quoted") ||
                            article_word(f->a, i - 1, "cited") || article_word(f->a, i - 1, "been")))
        i--;
    return i;
}

/* "The ministry issued a statement | saying …": who issued it. */
static struct phrase issuer_of_document(const struct finder *f, size_t saying)
{
    const struct article *a = f->a;
    struct phrase p = saying > f->begin ? phrase_subject(a, f->begin, saying) : (struct phrase){0};
    if (!phrase_found(p) || phrase_skip_adverbials(a, p.end, saying) != saying || p.first < f->begin + 2 || !(a->flags[p.head] & WORD_DOC)) return (struct phrase){0};
    bool verb = phrase_has_verb(a, p.first - 1, p.first) || article_ends(a, p.first - 1, ENDS_ED);
    struct phrase issuer = verb ? phrase_subject(a, f->begin, p.first - 1) : (struct phrase){0};
    return phrase_holder(a, issuer) ? issuer : (struct phrase){0};
}

/* "is heard | saying", "was caught on tape | admitting": who is heard. */
static struct phrase witnessed(const struct finder *f, size_t saying)
{
    const struct article *a = f->a;
    for (size_t i = saying; i > f->begin + 1 && i + 6 > saying; i--)
        if (article_in(a, i - 1, LIST_WITNESSED) && be_before(a, f->begin, i - 1)) return phrase_subject(a, f->begin, i - 1);
    return (struct phrase){0};
}

/* "a video shows Smith | saying that": the holder right before the participle. */
static struct phrase holder_before(const struct finder *f, const struct frame *fr)
{
    const struct article *a = f->a;
    struct phrase p = fr->cue > f->begin ? phrase_subject(a, f->begin, fr->cue) : (struct phrase){0};
    bool absolute = phrase_found(p) && p.first > f->begin && article_word(a, p.first - 1u, "with"); /* with the soldier | telling ABC that */
    bool says = (fr->match.cue->frames & (CUE_INVERTED | (absolute ? CUE_TO_PERSON : 0u))) && (fr->match.cue->reliability == 3 || article_word(a, fr->match.end, "that"));
    bool person = phrase_found(p) && (a->mention_at[p.head] != NO_ENTITY || (a->flags[p.head] & (WORD_PERSON | WORD_GROUP | WORD_ORG)));
    return says && person && p.end == fr->cue && p.first > f->begin ? p : (struct phrase){0};
}

/* "…, with Smith | telling Obi that": who stands between "with" and the participle. */
static struct phrase beside(const struct finder *f, const struct frame *fr)
{
    const struct article *a = f->a;
    if (fr->match.cue->reliability < 3 && !article_word(a, fr->match.end, "that")) return (struct phrase){0};
    for (size_t k = fr->cue; k > f->begin + 1 && k + 8 > fr->cue && !article_quoted(a, k - 1) && !article_mark(a, k - 1, ",;:"); k--) {
        struct phrase p = article_word(a, k - 1, "with") ? phrase_at(a, k, fr->cue) : (struct phrase){0};
        if (phrase_holder(a, p) && p.end == fr->cue) return p;
    }
    return (struct phrase){0};
}

/* The name at token i, if there is one; that of the person behind it who is said to be of there: "Ohio Rep. Ann Reed". */
static struct phrase mention_phrase(const struct article *a, size_t i)
{
    if (i >= a->tokens.n || a->mention_at[i] == NO_ENTITY) return (struct phrase){0};
    const struct mention *m = &a->mentions[a->mention_at[i]];
    bool whose = m + 1 < a->mentions + a->mentions_n && m[1].outer == m->end && m[1].outer < m[1].first;
    if (whose && a->entities[m[1].entity].kind == STANCE_PERSON) m++;
    return (struct phrase){(uint32_t)i, m->end, m->end - 1u};
}

/* "Stating that the deal was dead, | Obi left": who does what the sentence goes on with, from behind a comma. */
static struct phrase opening_subject(const struct finder *f, const struct frame *fr, size_t *comma)
{
    const struct article *a = f->a;
    for (size_t i = fr->match.end + 2; fr->cue == f->begin && i + 2 < f->stop; i++) {
        if (article_quoted(a, i) || !article_mark(a, i, ",")) continue;
        struct phrase p = mention_phrase(a, i + 1);
        bool name = phrase_found(p) && a->look[p.end].kind == TOKEN_WORD && !(a->flags[p.end] & WORD_CLOSED);
        if (!name) p = phrase_at(a, i + 1, f->stop);
        bool subject = phrase_holder(a, p) && (name || phrase_has_verb(a, p.end, p.end + 1u) || article_ends(a, p.end, ENDS_ED));
        if (subject) return *comma = i, p;
    }
    return (struct phrase){0};
}

/* "the Courier quoted two officials as | saying": those who are quoted. */
static struct phrase as_told(const struct finder *f, size_t saying)
{
    const struct article *a = f->a;
    if (saying < f->begin + 3 || !article_word(a, saying - 1, "as")) return (struct phrase){0};
    for (size_t i = saying - 2; i-- > f->begin && i + 16 > saying;) {
        struct phrase p = article_in(a, i, LIST_QUOTING) ? phrase_at(a, i + 1, saying - 1) : (struct phrase){0};
        if (phrase_holder(a, p)) return p;
    }
    return (struct phrase){0};
}

/* "Stating that the deal was dead, Obi left". */
static bool opening_participle(struct finder *f, struct frame *fr)
{
    size_t comma = 0, first, end;
    if (fr->match.cue->reliability < 2 || !((fr->match.cue->frames & CUE_INVERTED) || fr->match.cue->reliability == 3)) return false;
    fr->source = opening_subject(f, fr, &comma);
    if (!plausible(f, fr) || !content_right(f, fr, &first, &end) || first >= comma) return false;
    record(f, fr, first, end < comma ? end : comma);
    return true;
}

static bool set_off_before(const struct article *a, size_t i)
{
    return article_in(a, i, LIST_SETTING_OFF) || article_mark(a, i, ",;\xE2\x80\x94-") || closes_quote(a, i);
}

/* "After signing the bill, | Obi decried it, arguing": the name behind the comma of an opening, with its verb. */
static struct phrase acting(const struct finder *f, size_t before)
{
    const struct article *a = f->a;
    for (size_t k = f->begin + 1; k + 1 < before; k++) {
        if (article_quoted(a, k) || !article_mark(a, k, ",")) continue;
        uint32_t m = article_mention(a, k + 1);
        for (size_t t = k + 1; m == NO_ENTITY && t < k + 4 && (a->flags[t] & (WORD_TITLE | WORD_HONORIFIC)); t++) m = article_mention(a, t + 1);
        if (m == NO_ENTITY || a->mentions[m].end + 1u >= before) continue;
        size_t verb = a->mentions[m].end;
        bool acts = phrase_has_verb(a, verb, verb + 1) || article_ends(a, verb, ENDS_ED);
        if (acts && a->look[verb].kind == TOKEN_WORD) return (struct phrase){a->mentions[m].outer, a->mentions[m].end, a->mentions[m].end - 1u};
    }
    return (struct phrase){0};
}

/* "Reid spent Sunday at home | and says": the phrase at the sentence's start, when a verb follows it at once. */
static struct phrase first_subject(const struct finder *f, size_t before)
{
    const struct article *a = f->a;
    size_t at = behind_adverbials(f, f->begin);
    uint32_t m = article_mention(a, at);
    struct phrase p = phrase_at(a, at, before);
    bool acts = m != NO_ENTITY && article_ends(a, a->mentions[m].end, ENDS_ED); /* Reed relied */
    if (acts) p = (struct phrase){(uint32_t)at, a->mentions[m].end, a->mentions[m].end - 1u};
    bool taken = false; /* "the man retracted": part of the phrase, as a participle would be */
    for (size_t i = at + 1; i < p.end && !taken; i++) {
        taken = a->mention_at[i] == NO_ENTITY && article_ends(a, i, ENDS_ED) && !(a->flags[i] & WORD_HOLDER);
        if (taken) p = phrase_at(a, at, i);
    }
    bool subject = phrase_holder(a, p) && p.end + 1u < before && (taken || phrase_has_verb(a, p.end, p.end + 2u) || article_ends(a, p.end, ENDS_ED));
    return subject ? p : (struct phrase){0};
}

/* ", noting that …": the subject is the sentence's. */
static bool participle(struct finder *f, struct frame *fr)
{
    const struct article *a = f->a;
    size_t i = fr->cue, first, end;
    if (i == f->begin) return opening_participle(f, fr);
    while (i > f->begin && (a->flags[i - 1] & WORD_ADV)) i--;
    bool set_off = i > f->begin && set_off_before(a, i - 1);
    bool as_saying = i > f->begin + 1 && article_word(a, i - 1, "as") && (a->flags[i - 2] & (WORD_PAST | WORD_AUX)); /* was quoted as saying */
    struct phrase issuer = issuer_of_document(f, i);
    if (!phrase_found(issuer) && !as_saying) issuer = witnessed(f, i);
    if (!phrase_found(issuer) && !as_saying && !set_off) issuer = holder_before(f, fr);
    struct phrase told = as_told(f, i);
    if (phrase_found(told)) issuer = told;
    bool in_saying = fr->cue > f->begin + 2 && article_word(a, fr->cue - 1, "in") && article_word(a, fr->match.end, "that"); /* relied on it in arguing that */
    if (in_saying && !set_off) issuer = first_subject(f, fr->cue);
    if (!set_off && !phrase_found(issuer)) issuer = beside(f, fr);
    if (!set_off && !as_saying && !phrase_found(issuer)) return false;
    fr->source = phrase_found(issuer) ? issuer : as_saying ? phrase_subject(a, f->begin, quoting_verb(f, i - 1)) : f->subject;
    size_t town = mention_phrase(a, f->begin).end; /* LEEDS (Courier) - Obi called on them, describing */
    bool dateline = article_mark(a, town, "(") && article_mark(a, town + 2, ")") && article_mark(a, town + 3, "-\xE2\x80\x94");
    if (!phrase_found(fr->source) && !dateline) fr->source = mention_phrase(a, f->begin);
    if (!phrase_found(fr->source)) fr->source = acting(f, i);
    for (size_t k = f->begin; !phrase_found(fr->source) && k < i; k++) { /* the first phrase before a verb */
        struct phrase p = phrase_at(a, k, i);
        if (phrase_holder(a, p)) fr->source = p;
        if (phrase_found(p) && (article_mark(a, p.end, ",") || (a->flags[k] & WORD_PREP))) k = p.end;
        if (a->flags[k] & (WORD_AUX | WORD_THIRD)) break;
    }
    if (!plausible(f, fr) || !content_right(f, fr, &first, &end)) return false;
    bool object = first > fr->match.end && (a->flags[first - 1] & WORD_PREP) && !phrase_found(f->subject) &&
                  fr->match.cue->reliability < 3; /* "…, raising concerns about X": nobody speaks */
    if (object) return false;
    record(f, fr, first, end);
    return true;
}

/* "took to the radio | to argue that", "used the speech to criticise X": who does so. A thing stands before "to", no "declined", "fair", "reason". */
static struct phrase purposeful(const struct finder *f, size_t to)
{
    const struct article *a = f->a;
    if (to < f->begin + 3 || article_quoted(a, to - 1) || phrase_has_verb(a, to - 1, to)) return (struct phrase){0};
    struct phrase p = mention_phrase(a, f->begin);
    if (!phrase_found(p) && (a->flags[f->begin] & WORD_SUBJECT) && !article_word(a, f->begin, "it"))
        p = (struct phrase){(uint32_t)f->begin, (uint32_t)f->begin + 1u, (uint32_t)f->begin};
    bool thing = a->mention_at[to - 1] != NO_ENTITY || (a->flags[to - 2] & (WORD_DET | WORD_POSSESSIVE)) || a->look[to - 2].kind == TOKEN_CLITIC;
    bool acts = phrase_found(p) && p.end + 1u < to && (a->look[p.end].kind == TOKEN_WORD) && !(a->flags[p.end] & (WORD_CLOSED & ~(uint32_t)WORD_AUX));
    return thing && acts && !article_in(a, to - 1, LIST_MERE) ? p : (struct phrase){0};
}

/* "continues to call on", "went on to say", "is quick to note", "the first senator to say": who says so, before the "to"
 * at token `to`. */
static struct phrase led_to(const struct finder *f, size_t to)
{
    const struct article *a = f->a;
    if (to < f->begin + 2 || article_quoted(a, to - 1)) return (struct phrase){0};
    if (article_in(a, to - 1, LIST_GOING_ON)) {
        size_t verb = article_word(a, to - 1, "on") ? to - 2 : to - 1;
        if (verb < to - 1 && !article_in(a, verb, LIST_GOES)) return (struct phrase){0};
        while (verb > f->begin && article_in(a, verb - 1, LIST_BE)) verb--;
        struct phrase p = phrase_subject(a, f->floor, verb);
        return phrase_holder(a, p) || verb < f->begin + 2 || !linking(a, verb - 1) ? p : first_subject(f, verb);
    }
    for (size_t i = to - 1; i > f->begin + 2 && i + 9 > to && !article_quoted(a, i) && !article_mark(a, i, ",;:"); i--) { /* became the first … to say */
        if (!article_in(a, i, LIST_RANK) || !(a->flags[i - 1] & WORD_DET)) continue;
        size_t verb = i - 2;
        while (verb > f->begin && ((a->flags[verb] & (WORD_ADV | WORD_PREP)) || article_word(a, verb, "least"))) verb--; /* at least the first */
        return article_in(a, verb, LIST_COPULA) ? phrase_subject(a, f->begin, verb) : (struct phrase){0};
    }
    return (struct phrase){0};
}

/* "took to the radio to argue that …" */
static bool infinitive_of_purpose(struct finder *f, struct frame *fr)
{
    size_t first, end;
    if (fr->match.inflection != CUE_BASE || fr->match.cue->reliability < 2) return false;
    fr->source = fr->match.cue->reliability == 3 ? purposeful(f, fr->cue - 1) : (struct phrase){0};
    if (!phrase_found(fr->source)) fr->source = led_to(f, fr->cue - 1);
    if (!plausible(f, fr) || !content_right(f, fr, &first, &end) || !words_are(f->a, first, end, 3)) return false;
    record(f, fr, first, end);
    return true;
}

/* "immigration bills include", "bank reports": a form that is a noun as well needs a holder right before it. */
static bool noun_reading(const struct finder *f, const struct frame *fr)
{
    const struct article *a = f->a;
    if (fr->match.inflection == CUE_PAST || fr->match.inflection == CUE_ING || fr->source.end == 0) return false;
    size_t last = fr->source.end - 1u;
    bool like = fr->match.inflection == CUE_BASE && str_equal(fr->match.cue->lemma, STR("like")); /* companies like Acme */
    if (like && !(a->flags[fr->cue - 1] & (WORD_SUBJECT | WORD_AUX | WORD_MODAL | WORD_NEG | WORD_ADV))) return true;
    if (fr->match.inflection == CUE_THIRD && article_in(a, fr->source.first, LIST_SEVERAL)) return true; /* several press reports */
    bool bare = fr->source.end == fr->source.first + 1u && fr->cue == fr->source.end && a->mention_at[last] == NO_ENTITY;
    if (bare && fr->match.inflection == CUE_THIRD && (a->flags[last] & WORD_PERSON) && !(a->flags[last] & (WORD_PLURAL | WORD_GROUP | WORD_SUBJECT | WORD_TITLE)))
        return true; /* terrorist attacks */
    bool noun = last != fr->source.head && last + 1 == fr->cue && a->mention_at[last] == NO_ENTITY && a->look[last].kind == TOKEN_WORD;
    if (!noun) return false;
    return !(a->flags[last] & (WORD_HOLDER | WORD_SUBJECT));
}

/* "the story Reed told", "the letter Reed wrote": the clause belongs to the document, of which something else is said. */
static bool told_story(const struct article *a, struct phrase p)
{
    uint32_t m = phrase_found(p) ? a->mention_at[p.head] : NO_ENTITY;
    if (m == NO_ENTITY || a->mentions[m].outer <= p.first || a->entities[a->mentions[m].entity].kind != STANCE_PERSON) return false;
    size_t noun = a->mentions[m].outer - 1u;
    uint32_t f = a->flags[noun];
    return a->mention_at[noun] == NO_ENTITY && (f & WORD_DOC) && !(f & (WORD_PERSON | WORD_GROUP | WORD_ORG | WORD_TITLE)) && (a->flags[p.first] & WORD_DET);
}

static bool try_verb(struct finder *f, struct frame *fr)
{
    const struct article *a = f->a;
    enum cue_inflection form = fr->match.inflection;
    if (article_mention(a, fr->cue) != NO_ENTITY) return false; /* a name, or "General Counsel" before one */
    bool be = be_before(a, f->begin, fr->cue);
    if (form == CUE_PAST && be) return passive(f, fr);
    if (form == CUE_ING && !be) return participle(f, fr);
    if (fr->cue > f->begin && article_word(a, fr->cue - 1, "to")) return infinitive_of_purpose(f, fr);
    if (form != CUE_ING && inverted(f, fr)) return true;
    fr->source = phrase_subject(a, sentence_or_quote_floor(f), fr->cue);
    if (!phrase_found(fr->source) && fr->cue > f->begin && (article_word(a, fr->cue - 1, "and") || article_word(a, fr->cue - 1, "but")) &&
        f->floor > f->begin)
        fr->source = f->subject; /* "He praised X and said that …" */
    else if (!phrase_found(fr->source) && fr->cue > f->begin && article_word(a, fr->cue - 1, "and"))
        fr->source = first_subject(f, fr->cue);
    if (!plausible(f, fr)) return form == CUE_PAST && passive(f, fr);
    if (noun_reading(f, fr) || told_story(a, fr->source)) return false;
    if (form == CUE_BASE && !base_is_finite(a, f->begin, fr->cue, fr->source)) return false;
    return subject_first(f, fr);
}

/* ---- nouns, adjectives, "according to" ---- */

/* "his claim of …", "her praise for …": with whose it is in front, when the noun judges. */
static bool noun_object(const struct finder *f, const struct frame *fr, size_t start, size_t *first, size_t *end)
{
    const struct article *a = f->a;
    const struct cue *cue = fr->match.cue;
    uint32_t frames = CUE_ABOUT | CUE_OF | CUE_OVER;
    if (cue->reliability < 3) {
        bool whose = start > f->begin && ((a->flags[start - 1] & WORD_POSSESSIVE) || a->look[start - 1].kind == TOKEN_CLITIC);
        if (cue->reliability < 2 || cue->polarity == 0 || !whose || article_word(a, start - 1, "my") || article_word(a, start - 1, "our")) return false;
        frames |= CUE_FOR | CUE_AGAINST;
    }
    if (!prepositional_object(f, cue->frames & frames, fr->match.end, first, end)) return false;
    if (f->out->n && f->out->items[f->out->n - 1].first == *first) return false; /* "voiced his concern about" */
    for (size_t i = *first; i < *end; i++) { /* "her praise for the plan was loud" */
        if (article_quoted(a, i) || (a->flags[i] & (WORD_REL | WORD_SUBJECT)) || article_word(a, i, "that")) break;
        if (a->mention_at[i] == NO_ENTITY && (a->flags[i] & (WORD_AUX | WORD_MODAL))) *end = i;
    }
    return words_are(a, *first, *end, 2);
}

/* "the company's claim that", "has made a bold claim that". */
static bool try_noun(struct finder *f, struct frame *fr)
{
    const struct article *a = f->a;
    size_t i = fr->cue, first = 0, end = 0;
    while (i > f->floor && a->look[i - 1].kind == TOKEN_WORD && a->mention_at[i - 1] == NO_ENTITY &&
           !(a->flags[i - 1] & (WORD_CLOSED | WORD_FINITE)) && fr->cue - i < 4)
        i--;
    size_t that = fr->match.end;
    that += article_word(a, that, "is") || article_word(a, that, "was"); /* "his response was that" */
    bool clause = article_word(a, that, "that") && (fr->match.cue->frames & (CUE_THAT | CUE_THAT_ONLY));
    if (clause) {
        first = that + 1;
        end = clause_end(f, first);
    } else if (!noun_object(f, fr, i, &first, &end))
        return false;
    if (i > f->begin + 1 && a->look[i - 1].kind == TOKEN_CLITIC) {
        uint32_t owner = a->mention_at[i - 2]; /* "in a letter, referring to Reed's claim that" */
        fr->source = phrase_subject(a, f->begin, i - 1);
        bool named = owner != NO_ENTITY && a->mentions[owner].end == i - 1 && a->mentions[owner].outer > f->begin;
        if (named && (!phrase_found(fr->source) || a->mention_at[fr->source.head] != owner)) {
            uint32_t outer = a->mentions[owner].outer;
            fr->source = (struct phrase){outer - (uint32_t)((a->flags[outer - 1u] & WORD_DET) != 0), (uint32_t)i - 1u, (uint32_t)i - 2u};
        }
    }
    else if (i > f->begin && (a->flags[i - 1] & WORD_POSSESSIVE) && !article_word(a, i - 1, "my"))
        fr->source = (struct phrase){(uint32_t)i - 1, (uint32_t)i, (uint32_t)i - 1};
    else if (clause) {
        if (i > f->floor && (a->flags[i - 1] & WORD_DET)) i--;
        if (i > f->floor && article_in(a, i - 1, LIST_LIGHT_VERB)) fr->source = phrase_subject(a, f->floor, i - 1);
    }
    if (!phrase_found(fr->source) || (!(a->flags[fr->source.head] & WORD_POSSESSIVE) && !phrase_holder(a, fr->source))) return false;
    record(f, fr, first, end);
    return true;
}

/* "is hopeful that", "remains sceptical of". */
static bool try_adjective(struct finder *f, struct frame *fr)
{
    const struct article *a = f->a;
    size_t i = fr->cue, first, end;
    while (i > f->floor && (a->flags[i - 1] & (WORD_ADV | WORD_NEG)) && !(a->flags[i - 1] & WORD_AUX)) i--;
    if (i <= f->floor || !article_in(a, i - 1, LIST_COPULA)) return false;
    fr->source = phrase_subject(a, f->floor, i - 1);
    if (!phrase_holder(a, fr->source) || !plausible(f, fr)) return false;
    size_t at = fr->match.end;
    if (article_word(a, at, "that") && (fr->match.cue->frames & (CUE_THAT | CUE_THAT_ONLY)))
        first = at + 1, end = clause_end(f, first);
    else if (!prepositional_object(f, fr->match.cue->frames, at, &first, &end)) {
        if ((fr->match.cue->frames & CUE_NP) && begins_phrase(a, at))
            first = at, end = object_end(f, at);
        else if ((fr->match.cue->frames & CUE_THAT) && (a->flags[at] & (WORD_SUBJECT | WORD_DET)) && phrase_has_verb(a, at, f->stop))
            first = at, end = clause_end(f, at);
        else
            return false;
    }
    record(f, fr, first, end);
    return true;
}

/* End of the source behind "according to": up to a comma or a finite verb. */
static struct phrase source_behind(const struct finder *f, size_t at)
{
    const struct article *a = f->a;
    struct phrase p = phrase_at(a, at, f->stop);
    if (article_word(a, at, "those")) { /* "those who have seen it" */
        size_t end = at + 1;
        while (end < f->stop && !article_mark(a, end, ",;:.") && !opens_quote(a, end)) end++;
        return (struct phrase){(uint32_t)at, (uint32_t)end, (uint32_t)at};
    }
    if (phrase_found(p) && !article_mark(a, p.end, ",")) { /* "a report by the bank", "people familiar with the matter" */
        size_t end = p.end;
        while (end < f->stop && !article_mark(a, end, ",;:.") && !opens_quote(a, end) && !linking(a, end)) end++;
        if (!phrase_has_verb(a, p.end, end) || article_mark(a, end, ",")) p.end = (uint32_t)end;
    }
    return p;
}

/* "head of research at Acme": what may stand between commas behind a name. */
static bool apposition(const struct article *a, size_t first, size_t end)
{
    if (phrase_has_verb(a, first, end) || end - first > 14 || (a->flags[end + 1] & WORD_REL)) return false;
    struct phrase p = phrase_at(a, first, end);
    return phrase_found(p) && (a->flags[p.head] & (WORD_PERSON | WORD_TITLE | WORD_ORG | WORD_GROUP));
}

/* "Incredibly enough," in front of a sentence. */
static bool mere_adverb(const struct article *a, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (!(a->flags[i] & WORD_ADV) && !article_ends(a, i, ENDS_LY) && !article_word(a, i, "enough") && !article_mark(a, i, ",")) return false;
    return true;
}

static bool try_preposition(struct finder *f, struct frame *fr)
{
    const struct article *a = f->a;
    size_t first, end;
    fr->source = source_behind(f, fr->match.end);
    if (!phrase_found(fr->source) || (fr->match.cue->reliability < 2 && !phrase_holder(a, fr->source))) return false; /* "per week" */
    bool rate = fr->match.cue->reliability < 2 && a->mention_at[fr->source.head] == NO_ENTITY && fr->source.first == fr->source.head;
    if (rate && !(a->flags[fr->source.head] & (WORD_PLURAL | WORD_GROUP))) return false; /* "per person" */
    bool front = fr->cue == f->begin || (fr->cue == f->begin + 1 && leading_word(a, f->begin)) || (fr->cue > 0 && article_mark(a, fr->cue - 1, ";"));
    size_t behind = fr->source.end;
    if (front) {
        size_t comma = behind;
        while (comma < f->stop && !article_mark(a, comma, ",") && comma < behind + 12) comma++;
        if (!article_mark(a, comma, ",")) comma = behind;
        /* "According to Mr Lee, head of X, prices will …": the content is what holds the verb */
        for (size_t next = comma + 1; next < f->stop && article_mark(a, comma, ","); next++)
            if (article_mark(a, next, ",") && apposition(a, comma + 1, next) && phrase_has_verb(a, next + 1, f->stop))
                comma = next;
            else if (article_mark(a, next, ",") || article_quoted(a, next))
                break;
        first = comma + (article_mark(a, comma, ",") ? 1u : 0u);
        end = clause_end(f, first);
        if (!words_are(a, first, end, 2)) return false;
        record(f, fr, first, end);
        return true;
    }
    if (quoted_left(f, fr->cue, &first, &end)) {
        record(f, fr, first, end);
        return true;
    }
    first = f->floor;
    end = fr->cue;
    while (first < end && (linking(a, first) || article_mark(a, first, ","))) first++;
    if (!words_are(a, first, end, 2)) return false;
    bool aside = article_mark(a, behind, ",") && mere_adverb(a, first, end) && phrase_has_verb(a, behind, f->stop);
    if (!aside) record(f, fr, first, end);
    if (article_mark(a, behind, ",")) second_piece(f, fr, behind, false);
    return true;
}

/* ---- the attribution that ends a sentence ---- */

/* Does nothing but adverbials, an addressee, an apposition or a participle stand behind token i? */
static bool nothing_behind(const struct finder *f, size_t i)
{
    const struct article *a = f->a;
    size_t at = phrase_skip_adverbials(a, i, f->stop);
    if (at >= f->stop) return true;
    if (!article_mark(a, at, ",\xE2\x80\x94-") || article_quoted(a, at + 1)) return false;
    return (a->flags[at + 1] & (WORD_REL | WORD_ING)) || linking(a, at + 1) || article_word(a, at + 1, "who") || !phrase_has_verb(a, at + 1, f->stop);
}

/* The frame at token i when it is the kind that ends sentences: "…, Smith said", "…, said Smith", "…, according to Smith".
 * *comma: what parts it from the content; *behind: the token after it. */
static bool tail_frame(const struct finder *f, size_t i, struct frame *fr, size_t *comma, size_t *behind)
{
    const struct article *a = f->a;
    const struct cue_place *c = article_quoted(a, i) || a->mention_at[i] != NO_ENTITY ? NULL : article_cue(a, i);
    for (size_t k = 0; c && k < c->n; k++) {
        const struct cue_match found = cue_at(c, k);
        const struct cue *cue = found.cue;
        bool verb = cue->pos == CUE_VERB && cue->reliability >= 2 && (cue->frames & CUE_THAT) && !(cue->frames & CUE_TO_INF) && finite(found.inflection);
        if (!verb && cue->pos != CUE_PREP) continue;
        struct phrase subject = phrase_subject(a, f->begin, i);
        *fr = (struct frame){.match = found, .cue = i, .source = subject};
        if (article_mark(a, i - 1, ",") && (cue->pos == CUE_PREP || (verb && !(cue->frames & CUE_TO_PERSON) && !phrase_holder(a, subject)))) {
            fr->source = cue->pos == CUE_PREP ? source_behind(f, found.end) : phrase_at(a, found.end, f->stop);
            *comma = i - 1;
            *behind = fr->source.end;
        } else if (verb && subject.first > 0) {
            *comma = subject.first - 1u;
            *comma -= *comma > f->begin && article_word(a, *comma, "as") ? 1u : 0u; /* "…, as Smith put it" */
            *behind = (cue->frames & CUE_TO_PERSON) ? skip_addressee(f, found.end) : found.end;
        } else
            continue;
        if (*comma > f->begin && article_mark(a, *comma, ",") && phrase_holder(a, fr->source) && nothing_behind(f, *behind)) return true;
    }
    return false;
}

/* Does somebody say something in tokens [first, end) whose view it then is ("The board said that …, the Courier reported"), or do quotations tell the parts? */
static bool spoken_for(const struct finder *f, size_t first, size_t end)
{
    const struct article *a = f->a;
    struct cue_match m;
    if (closes_quote(a, end - 1) || opens_quote(a, first)) return true;
    for (size_t i = first + 1; i < end; i++) {
        if (article_mark(a, i, ";:") || opens_quote(a, i)) return true;
        if (!verb_cue(f, i, &m) || m.cue->reliability < 2 || !finite(m.inflection)) continue;
        struct phrase p = phrase_subject(a, first, i);
        if (!phrase_holder(a, p)) continue;
        if (p.first > first && article_word(a, p.first - 1u, "as")) return true;
        bool says = m.cue->frames & (CUE_INVERTED | CUE_TO_PERSON), that = explicit_that(f, m.end) || article_mark(a, m.end, ",");
        if (says && p.first <= first + 1 && (that || m.cue->reliability == 3)) return true;
        if (says && that && article_mark(a, p.first - 1u, ",")) return true;
    }
    return false;
}

/* A sentence that ends with ", Smith said" is all Smith's, whatever cues its clauses hold: "Most senators agree and think it wise, Smith said". */
static void try_tail(struct finder *f, const struct cue_place *cues)
{
    enum { LONGEST = 30 };
    const struct article *a = f->a;
    struct frame fr;
    size_t first = f->begin, comma, behind;
    while (first < f->stop && leading_word(a, first)) first++;
    const struct cue_place *last = cues;
    while (last->token < f->stop) last++;
    while (last > cues) {
        size_t i = (--last)->token;
        if (i < first + 4 || i + LONGEST <= f->stop) return;
        if (!tail_frame(f, i, &fr, &comma, &behind)) continue;
        bool clause = comma > first + 3 && phrase_has_verb(a, first, comma) && !spoken_for(f, first, comma);
        if (!clause) return;
        record(f, &fr, first, comma);
        second_piece(f, &fr, behind, false);
        return;
    }
}

static bool try_cue(struct finder *f, const struct cue_place *c, size_t *next)
{
    size_t i = c->token;
    bool ordinal = i > f->begin && (f->a->flags[i] & WORD_NUM) && (f->a->flags[i - 1] & WORD_DET); /* "a second official said" */
    for (size_t k = 0; !ordinal && k < c->n; k++) {
        struct frame fr = {.match = cue_at(c, k), .cue = i};
        uint8_t pos = fr.match.cue->pos;
        bool ok = pos == CUE_VERB ? try_verb(f, &fr) : pos == CUE_NOUN ? try_noun(f, &fr) : pos == CUE_ADJ ? try_adjective(f, &fr) : try_preposition(f, &fr);
        if (ok) return *next = cue_at(c, k).end, true;
    }
    return false;
}

static bool in_last_content(const struct finder *f, size_t i)
{
    if (f->out->n == 0) return false;
    const struct attribution *x = &f->out->items[f->out->n - 1];
    return i >= x->first && i < x->end;
}

/* "the Journal reports that Liang told officials that …": the inner attribution begins where the outer content does, so it is the view. */
static bool relays(const struct finder *f, size_t i)
{
    if (f->out->n == 0) return false;
    struct attribution *x = &f->out->items[f->out->n - 1];
    struct cue_match m;
    if (x->kind != STANCE_INDIRECT || i >= x->first + 12u || !verb_cue(f, i, &m) || !finite(m.inflection) || m.cue->reliability < 3) return false;
    struct phrase p = phrase_subject(f->a, x->first, i);
    return phrase_found(p) && p.first <= x->first + 1u && phrase_holder(f->a, p) &&
           (f->a->mention_at[p.head] != NO_ENTITY || (f->a->flags[p.head] & WORD_HOLDER)) &&
           (article_word(f->a, m.end, "that") || (m.cue->frames & CUE_TO_PERSON));
}

/* "In Mary Cole's view, the council had lied". */
static void try_in_view(struct finder *f)
{
    const struct article *a = f->a;
    if (!article_word(a, f->begin, "in")) return;
    struct phrase p = phrase_at(a, f->begin + 1, f->stop);
    if (p.end < p.first + 3u || !article_mark(a, p.end, ",") || a->look[p.end - 2u].kind != TOKEN_CLITIC) return;
    if (!article_in(a, p.end - 1u, LIST_VIEW)) return;
    struct frame fr = {.match = {.cue = NULL, .end = p.end}, .cue = p.end - 1u, .source = phrase_subject(a, f->begin + 1, p.end - 2u)};
    size_t first = p.end + 1u;
    if (phrase_holder(a, fr.source)) record(f, &fr, first, clause_end(f, first));
}

static void scan_cue(struct finder *f, const struct cue_place *c, size_t *next)
{
    bool inside = in_last_content(f, c->token);
    if (inside && !relays(f, c->token)) return;
    size_t floor = f->floor, outer = f->out->n;
    if (inside) f->floor = f->out->items[outer - 1].first;
    bool ok = try_cue(f, c, next);
    if (inside && ok) {
        f->out->items[outer - 1].relayed = true;
        for (size_t k = outer; k < f->out->n; k++) f->out->items[k].via = (uint32_t)outer - 1;
    } else if (inside)
        f->floor = floor;
}

/* c: the first cue at or behind the sentence's begin. */
static void scan_sentence(struct finder *f, const struct cue_place *c)
{
    const struct article *a = f->a;
    try_in_view(f);
    if (c->token >= f->end) return;
    try_tail(f, c);
    for (size_t next = f->begin; c->token < f->end && !f->failed; c++)
        if (c->token >= next && c->token >= f->passed && !article_quoted(a, c->token)) scan_cue(f, c, &next);
}

static size_t stop_of(const struct article *a, size_t begin, size_t end)
{
    while (end > begin && !article_quoted(a, end - 1) && (article_mark(a, end - 1, ".!?;,:") || article_mark(a, end - 1, ")")) &&
           !(article_mark(a, end - 1, ")") && end - begin > 1))
        end--;
    return end;
}

static const struct paragraph *paragraph_of(const struct article *a, size_t s)
{
    uint32_t p = a->sentences.items[s].paragraph;
    return p < a->clean.n ? &a->clean.paragraphs[p] : NULL;
}

/* Gets the readings of all cues into the cache: one by one each would be waited for. */
static void fetch_cues(const struct article *a)
{
    for (size_t k = 0; k < a->cues_n; k++) __builtin_prefetch(a->cues[k].readings);
    for (size_t k = 0; k < a->cues_n; k++) __builtin_prefetch(a->cues[k].readings->cue);
}

static void scan_cues(struct finder *f)
{
    struct article *a = f->a;
    const struct cue_place *c = a->cues;
    fetch_cues(a);
    for (size_t s = 0; s < a->sentences.n && !f->failed; s++) {
        const struct paragraph *p = paragraph_of(a, s);
        if (p && (p->heading || p->quoted || f->comment[a->sentences.items[s].paragraph])) continue;
        f->begin = f->floor = a->sentences.items[s].first;
        f->end = a->sentences.items[s].end;
        f->stop = stop_of(a, f->begin, f->end);
        f->subject = (struct phrase){0};
        while (c->token < f->begin) c++;
        scan_sentence(f, c);
    }
}

/* ---- paragraphs that are somebody's words as a whole ---- */

static void add_whole(struct finder *f, size_t first, size_t end, const struct frame *fr, bool quotes_end)
{
    struct attribution *x = add(f, first, end, fr);
    if (!x) return;
    x->kind = STANCE_DIRECT;
    while (x->end < end && !(quotes_end && article_quoted(f->a, x->end)) && article_mark(f->a, x->end, ".!?")) x->end++;
}

static void scan_posts(struct finder *f)
{
    struct posts posts;
    if (!posts_find(f->a, &posts)) f->failed = true;
    for (size_t k = 0; k < posts.n && !f->failed; k++) {
        const struct post *p = &posts.items[k];
        struct frame fr = {.match = {.cue = NULL, .end = p->cue_end}, .cue = p->cue, .source = p->source};
        for (size_t i = p->paragraph; i < p->paragraph + (size_t)p->paragraphs && i < f->a->clean.n; i++) f->comment[i] = 1;
        if (p->first < p->end) add_whole(f, p->first, p->end, &fr, false);
    }
}

/* Turns of transcripts and block quotations; their own sentences are not searched. */
static void scan_blocks(struct finder *f)
{
    struct blocks blocks;
    if (!blocks_find(f->a, &blocks)) f->failed = true;
    for (size_t k = 0; k < blocks.n && !f->failed; k++) {
        const struct block *b = &blocks.items[k];
        if (b->paragraph >= f->a->clean.n || f->comment[b->paragraph]) continue;
        struct frame fr = {.match = {.cue = NULL, .end = b->cue_end}, .cue = b->cue, .source = b->source};
        size_t before = f->out->n;
        add_whole(f, b->first, b->end, &fr, true);
        if (f->out->n > before) f->comment[b->paragraph] = 1;
    }
}

/* ---- quotations without a cue ---- */

static bool spoken(const struct article *a, const struct quote *q)
{
    size_t words = words_in(a, q->open + 1u, q->close);
    bool stop = q->close > q->open + 1 && article_mark(a, q->close - 1u, ".!?,");
    return (words >= 4 && stop) || words >= 9;
}

/* The attribution of the paragraph that ends last before token `at`. */
static uint32_t speaker_before(const struct finder *f, size_t at, uint32_t paragraph)
{
    uint32_t best = NO_TOKEN;
    bool claimed = false;
    for (size_t i = f->out->n; i-- > 0;) {
        const struct attribution *x = &f->out->items[i];
        if (x->relayed || x->first >= at) continue;
        uint32_t p = f->a->sentences.items[f->a->sentence_of[x->first]].paragraph;
        bool other = x->cue && x->cue->pos == CUE_NOUN; /* “…,” Reed said of Lee's claim that …: Reed goes on */
        bool before = best == NO_TOKEN || x->first > f->out->items[best].first;
        if (best != NO_TOKEN && other != claimed) before = claimed;
        if (p == paragraph && before) best = (uint32_t)i, claimed = other;
        if (i + 24 < f->out->n) break;
    }
    return best;
}

/* A name in the sentence before, or before a colon: "Obi was blunt. “…”", "Obi: “…”". */
static struct phrase introduced_by(const struct article *a, const struct quote *q)
{
    size_t s = a->sentence_of[q->open], begin = a->sentences.items[s].first;
    if (begin == q->open && begin >= 2 && a->look[begin - 1].kind == TOKEN_BREAK && article_mark(a, begin - 2, ":"))
        begin = a->sentences.items[s - 1].first;
    if (begin == q->open && s > 0 && a->sentences.items[s - 1].paragraph == a->sentences.items[s].paragraph) begin = a->sentences.items[s - 1].first;
    for (size_t i = begin; i < q->open; i++) {
        if (a->mention_at[i] == NO_ENTITY || article_quoted(a, i)) continue;
        const struct mention *m = &a->mentions[a->mention_at[i]];
        bool employer = a->mention_at[i] + 1u < a->mentions_n && m[1].outer == m->end && m[1].outer < m[1].first && m[1].end <= q->open; /* Reed spokesman Ann Lee */
        if (a->entities[m->entity].kind == STANCE_PERSON && !employer) return (struct phrase){m->outer, m->end, m->end - 1};
        i = m->end - 1;
    }
    return (struct phrase){0};
}

/* "He stuck with the rest of it: “…”": the pronoun at the sentence's start. */
static struct phrase before_colon(const struct article *a, const struct quote *q)
{
    bool broken = q->open > 1 && a->look[q->open - 1u].kind == TOKEN_BREAK;
    size_t colon = q->open > 1 ? q->open - (broken ? 2u : 1u) : 0;
    if (!article_mark(a, colon, ":")) return (struct phrase){0};
    size_t i = a->sentences.items[a->sentence_of[colon]].first;
    bool pronoun = i < colon && !article_quoted(a, i) && (article_word(a, i, "he") || article_word(a, i, "she"));
    return pronoun ? (struct phrase){(uint32_t)i, (uint32_t)i + 1, (uint32_t)i} : (struct phrase){0};
}

enum { REPORTING = 8, SIGNATURE = 14 }; /* tokens of a line that names who is quoted above */

/* Where the line of token i ends, looked for in `most` tokens only: a paragraph may be as long as the article. */
static size_t line_end(const struct article *a, size_t i, size_t most)
{
    size_t from = i;
    while (i < a->tokens.n && i - from < most && a->look[i].kind != TOKEN_BREAK) i++;
    return i;
}

/* "Name, Organisation" or "— Name" on the line below a paragraph that is one quotation. */
static struct phrase signed_below(const struct article *a, const struct quote *q)
{
    size_t end = line_end(a, q->close, 3), at = end + 1;
    bool alone = (q->open == 0 || a->look[q->open - 1].kind == TOKEN_BREAK) && end <= q->close + 2u;
    if (!alone && end > q->close + 1u && article_mark(a, q->close + 1u, "\xE2\x80\x94-"))
        at = q->close + 2u; /* “…” — Name */
    else if (!alone)
        return (struct phrase){0};
    while (at < a->tokens.n && (article_mark(a, at, "-\xE2\x80\x94") || a->look[at].kind == TOKEN_SYMBOL)) at++;
    if (at >= a->tokens.n || a->mention_at[at] == NO_ENTITY) return (struct phrase){0};
    size_t line = line_end(a, at, SIGNATURE + 1);
    const struct mention *m = &a->mentions[a->mention_at[at]];
    if (line - at > SIGNATURE || (phrase_has_verb(a, m->end, line) && line - at > 6)) return (struct phrase){0};
    return (struct phrase){m->outer, m->end, m->end - 1};
}

/* "the author of “…”", "the book “…,”": the name of a work. */
static bool is_title(const struct article *a, const struct quote *q)
{
    return q->open > 0 && article_in(a, q->open - 1u, LIST_WORK) && !words_are(a, q->open + 1u, q->close, 16);
}

/* "she said.", "said Obi." from token `at` on, and nothing else in the sentence: fills the frame. */
static bool only_said(const struct finder *f, size_t at, struct frame *fr)
{
    const struct article *a = f->a;
    if (at >= a->tokens.n || article_quoted(a, at)) return false;
    bool inverted = verb_cue(f, at, &fr->match);
    fr->source = phrase_at(a, inverted ? fr->match.end : at, at + REPORTING);
    if (!phrase_holder(a, fr->source) || (!inverted && !verb_cue(f, fr->source.end, &fr->match))) return false;
    fr->cue = inverted ? at : fr->source.end;
    size_t end = inverted ? fr->source.end : fr->match.end;
    bool speaks = finite(fr->match.inflection) && fr->match.inflection != CUE_BASE && (fr->match.cue->frames & CUE_INVERTED);
    return speaks && (article_mark(a, end, ".") || (end < a->tokens.n && a->look[end].kind == TOKEN_BREAK));
}

/* “…,” with "she said." on the line below, or in the sentence before, where a line break has cut it off the quotation in front. */
static bool said_beside(const struct finder *f, const struct quote *first, const struct quote *last, struct frame *fr)
{
    const struct article *a = f->a;
    size_t behind = last->close + 1u;
    bool broken = last->closed && article_mark(a, last->close - 1u, ",") && behind < a->tokens.n && a->look[behind].kind == TOKEN_BREAK;
    if (broken && only_said(f, behind + 1, fr)) return true;
    size_t s = a->sentence_of[first->open];
    bool second = s > 0 && a->sentences.items[s].first == first->open && a->sentences.items[s - 1].paragraph == a->sentences.items[s].paragraph;
    size_t begin = second ? a->sentences.items[s - 1].first : 0;
    bool cut_off = begin > 2 && a->look[begin - 1].kind == TOKEN_BREAK && article_mark(a, begin - 3, ",") && article_quoted(a, begin - 2);
    return cut_off && only_said(f, begin, fr);
}

static void attribute_quote(struct finder *f, size_t k)
{
    const struct article *a = f->a;
    size_t last = k;
    while (last + 1 < a->quotes.n && a->quotes.items[last].continued && !f->used[last + 1]) last++;
    const struct quote *q = &a->quotes.items[k], *end = &a->quotes.items[last];
    uint32_t before = speaker_before(f, q->open, q->paragraph);
    struct phrase sign = signed_below(a, end);
    struct phrase colon = phrase_found(sign) ? sign : before_colon(a, q);
    struct phrase intro = before == NO_TOKEN && !phrase_found(colon) ? introduced_by(a, q) : colon;
    size_t s = a->sentence_of[q->open];
    if (is_title(a, q)) return;
    bool whole_paragraph =
        a->sentences.items[s].first == q->open && (s == 0 || a->sentences.items[s - 1].paragraph != a->sentences.items[s].paragraph);
    if (before == NO_TOKEN && !phrase_found(intro) && whole_paragraph && q->paragraph > 0) before = speaker_before(f, q->open, q->paragraph - 1);
    bool set_off = a->sentences.items[s].first == q->open || article_mark(a, q->open - 1u, ",:\xE2\x80\x94-") ||
                   a->look[q->open - 1u].kind == TOKEN_BREAK;
    if (before == NO_TOKEN && !phrase_found(intro) && (!set_off || !words_are(a, q->open + 1u, q->close, 8))) return;
    struct frame said = {0};
    bool beside = !phrase_found(sign) && said_beside(f, q, end, &said);
    struct attribution *x = add(f, q->open, end->close + (end->closed ? 1u : 0u), beside ? &said : NULL);
    if (!x) return;
    x->kind = STANCE_DIRECT;
    if (beside) return;
    if (phrase_found(intro))
        x->source = intro;
    else
        x->same_as = before;
    if (before != NO_TOKEN && !phrase_found(intro)) x->beside = f->out->items[before].source;
}

static void scan_quotes(struct finder *f)
{
    const struct article *a = f->a;
    for (size_t k = 0; k < a->quotes.n && !f->failed; k++) {
        const struct paragraph *p = a->quotes.items[k].paragraph < a->clean.n ? &a->clean.paragraphs[a->quotes.items[k].paragraph] : NULL;
        if (f->used[k] || (p && (p->heading || p->quoted)) || !spoken(a, &a->quotes.items[k])) continue;
        attribute_quote(f, k);
    }
}

/* A content that runs on into the next paragraphs takes their quotations along. */
static void extend_continued(struct finder *f)
{
    const struct article *a = f->a;
    for (size_t i = 0; i < f->out->n; i++) {
        struct attribution *x = &f->out->items[i];
        if (x->end >= a->tokens.n || x->end == 0 || a->quotes.at[x->end - 1] == QUOTE_NONE) continue;
        uint32_t q = a->quotes.at[x->end - 1];
        while (a->quotes.items[q].continued && q + 1 < a->quotes.n && !f->used[q + 1]) {
            f->used[++q] = 1;
            x->end = a->quotes.items[q].close;
        }
    }
}

struct place {
    uint32_t first, index;
};

static int by_place(const void *x, const void *y)
{
    const struct place *a = x, *b = y;
    if (a->first != b->first) return a->first < b->first ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* Ends a content before token `at`, without the quotation mark that opens there; what has no quotation left is indirect. */
static void end_before(const struct article *a, struct attribution *x, uint32_t at)
{
    bool quotes = false;
    x->end = at;
    while (x->end > x->first + 1 && (a->look[x->end - 1].kind == TOKEN_OPEN || a->look[x->end - 1].kind == TOKEN_BREAK)) x->end--;
    for (size_t i = x->first; i < x->end; i++) quotes = quotes || article_quoted(a, i);
    if (!quotes && x->kind == STANCE_MIXED) x->kind = STANCE_INDIRECT;
}

/* Contents are apart or one inside the other: one that runs into the next (where a quotation is not closed) ends before it.
 * open: [n] for use here; the contents that hold the present token, the widest first. */
static void uncross(const struct article *a, struct attributions *o, uint32_t *open)
{
    size_t n = 0;
    for (uint32_t i = 0; i < o->n; i++) {
        const struct attribution *x = &o->items[i];
        if (x->relayed) continue;
        while (n && o->items[open[n - 1]].end <= x->first) n--;
        size_t inside = n;
        while (inside && o->items[open[inside - 1]].first == x->first && o->items[open[inside - 1]].end < x->end) inside--;
        size_t around = inside;
        while (around && o->items[open[around - 1]].end < x->end) end_before(a, &o->items[open[--around]], x->first);
        memmove(open + around + 1, open + inside, (n - inside) * sizeof *open);
        open[around] = i;
        n = around + 1 + (n - inside);
    }
}

bool attribution_sort(const struct article *a, struct attributions *o)
{
    struct place *order = arena_grow(a->arena, NULL, 0, o->n + 1, sizeof *order);
    uint32_t *place = arena_grow(a->arena, NULL, 0, o->n + 1, sizeof *place);
    struct attribution *sorted = arena_grow(a->arena, NULL, 0, o->n + 1, sizeof *sorted);
    if (!order || !place || !sorted) return false;
    bool in_order = true;
    for (size_t i = 0; i < o->n; i++) {
        order[i] = (struct place){o->items[i].first, (uint32_t)i};
        in_order = in_order && (i == 0 || o->items[i - 1].first <= o->items[i].first);
    }
    if (!in_order) qsort(order, o->n, sizeof *order, by_place);
    for (size_t i = 0; i < o->n; i++) place[order[i].index] = (uint32_t)i;
    for (size_t i = 0; i < o->n; i++) {
        sorted[i] = o->items[order[i].index];
        if (sorted[i].same_as != NO_TOKEN) sorted[i].same_as = place[sorted[i].same_as];
        if (sorted[i].via != NO_TOKEN) sorted[i].via = place[sorted[i].via];
    }
    o->items = sorted;
    uncross(a, o, place);
    return true;
}

bool attribution_find(struct article *a, struct attributions *out, stance_error *err)
{
    *out = (struct attributions){0};
    struct clause clauses[CLAUSES] = {{0, 0}};
    struct finder f = {.a = a, .out = out, .clauses = clauses, .used = arena_array(a->arena, a->quotes.n + 1, 1), .comment = arena_array(a->arena, a->clean.n + 1, 1)};
    a->phrases = arena_array(a->arena, 1, sizeof *a->phrases);
    f.failed = !f.used || !f.comment || !a->phrases;
    if (!f.failed) scan_posts(&f);
    if (!f.failed) scan_blocks(&f);
    if (!f.failed) scan_cues(&f);
    if (!f.failed) extend_continued(&f);
    if (!f.failed) scan_quotes(&f);
    return (!f.failed && attribution_sort(a, out)) || error_nomem(err, "finding attributions");
}
