/* SPDX-License-Identifier: MIT
 * blocks: turns of transcripts and interviews, and block quotations.
 * Method: a paragraph that begins with a name and a colon is a turn when a second one does so as well; the paragraph below one that ends with a
 * speaker, a verb of saying and a colon is what they said. Where names stand in capitals, the paragraphs up to the next turn belong to the one before.
 * Limits: of a block quotation of several paragraphs the first is found. */
#include "blocks.h"

#include "../base/str.h"

enum { LABEL = 5, LONG_ENOUGH = 3, BLOCK_WORDS = 8, CUE_REACH = 8 };

static bool add(struct article *a, struct blocks *o, struct block b)
{
    if (o->n == o->cap) {
        size_t cap = o->cap ? o->cap * 2 : 16;
        struct block *grown = arena_grow(a->arena, o->items, o->n, cap, sizeof *grown);
        if (!grown) return false;
        o->items = grown;
        o->cap = cap;
    }
    o->items[o->n++] = b;
    return true;
}

/* ---- transcripts ---- */

static bool opens_quotation(const struct article *a, size_t i)
{
    return i < a->tokens.n && a->look[i].kind == TOKEN_OPEN;
}

/* The colon behind the name that a paragraph [first, end) begins with, or 0: a person or an organisation, or words in capitals. */
static size_t label_end(const struct article *a, size_t first, size_t end)
{
    size_t colon = first;
    bool loud = true;
    unsigned marks = 0;
    for (size_t i = first; i < end && i <= first + LABEL; i++) marks |= a->look[i].mark;
    if (!(marks & MARK_COLON)) return 0;
    while (colon < end && colon < first + LABEL && !article_mark(a, colon, ":")) {
        if (a->look[colon].kind != TOKEN_WORD && !article_mark(a, colon, ".")) return 0;
        loud = loud && (a->look[colon].flags & TOKEN_UPPER);
        colon++;
    }
    if (colon == first || colon + LONG_ENOUGH >= end || !article_mark(a, colon, ":") || article_quoted(a, colon)) return 0;
    uint32_t m = a->mention_at[colon - 1];
    bool named = m != NO_ENTITY && a->mentions[m].outer <= first && a->mentions[m].end == colon && !a->entities[a->mentions[m].entity].place;
    if ((a->flags[first] & WORD_DET) || opens_quotation(a, colon + 1)) return 0; /* "THE FACTS:"; what stands in quotation marks is found by them */
    return named || (loud && (m != NO_ENTITY || colon == first + 1)) ? colon : 0;
}

/* How many paragraphs begin with the same last word before a colon as the one at `colon`? */
static size_t turns_of(const struct article *a, size_t colon)
{
    size_t n = 0;
    stance_str word = article_fold(a, colon - 1);
    for (size_t i = 0, p = 0; p < a->paragraphs_n; p++) {
        size_t end = a->paragraph_ends[p], other = label_end(a, i, end);
        n += other && str_equal(article_fold(a, other - 1), word);
        i = end + 1;
    }
    return n;
}

static bool person_label(const struct article *a, size_t colon)
{
    uint32_t m = a->mention_at[colon - 1];
    return m != NO_ENTITY && a->entities[a->mentions[m].entity].kind == STANCE_PERSON;
}

/* Two turns of persons make a transcript. */
static bool transcript(const struct article *a)
{
    size_t persons = 0;
    for (size_t i = 0, p = 0; p < a->paragraphs_n && persons < 2; p++) {
        size_t end = a->paragraph_ends[p], colon = label_end(a, i, end);
        persons += colon && person_label(a, colon);
        i = end + 1;
    }
    return persons >= 2;
}

/* Is the name in front of the colon in capitals, as transcripts print it? */
static bool loud_label(const struct article *a, const struct block *turn)
{
    for (size_t i = turn->source.first; i < turn->cue; i++)
        if (a->look[i].kind == TOKEN_WORD && !(a->look[i].flags & TOKEN_UPPER)) return false;
    return true;
}

/* The paragraphs between two turns are the first one's. */
static bool go_on(struct article *a, struct blocks *out, struct block turn, const struct block *next)
{
    enum { MOST = 12 };
    if (next->paragraph > turn.paragraph + MOST || !loud_label(a, &turn) || !loud_label(a, next)) return true;
    for (size_t p = turn.paragraph + 1u; p < next->paragraph; p++) {
        size_t first = a->paragraph_ends[p - 1] + 1u, end = a->paragraph_ends[p];
        if (a->look[first].flags & TOKEN_UPPER) break; /* "REP. ANN REED:", another turn */
        bool plain = p < a->clean.n && !a->clean.paragraphs[p].quoted && !a->clean.paragraphs[p].heading;
        if (!plain || end < first + BLOCK_WORDS || a->look[first].kind != TOKEN_WORD || !article_mark(a, end - 1, ".!?")) continue;
        turn.first = (uint32_t)first, turn.end = (uint32_t)end, turn.paragraph = (uint32_t)p;
        if (!add(a, out, turn)) return false;
    }
    return true;
}

static bool find_turns(struct article *a, struct blocks *out)
{
    enum { COUNTED = 64 }; /* labels that are counted, so that the pass stays linear */
    bool known = transcript(a);
    size_t counted = 0;
    struct block last = {0};
    for (size_t i = 0, p = 0; p < a->paragraphs_n; p++) {
        size_t end = a->paragraph_ends[p], colon = p < a->clean.n && a->clean.paragraphs[p].quoted ? 0 : label_end(a, i, end);
        bool turn = colon && ((known && (person_label(a, colon) || turns_of(a, colon) > 1)) || (!known && counted++ < COUNTED && turns_of(a, colon) >= 3));
        struct block b = {(uint32_t)colon, (uint32_t)colon + 1u, (uint32_t)colon + 1u, (uint32_t)end, (uint32_t)p, {(uint32_t)i, (uint32_t)colon, (uint32_t)colon - 1u}};
        struct block before = turn && out->n ? last : b;
        if (turn && (!add(a, out, b) || !go_on(a, out, before, &b))) return false;
        if (turn) last = b;
        i = end + 1;
    }
    return true;
}

/* ---- block quotations ---- */

/* A verb of saying whose subject is a holder, with no more than a few words between it and the colon at `colon`. */
static bool introduces(const struct article *a, size_t begin, size_t colon, struct block *b)
{
    struct cue_match found[4];
    for (size_t i = colon; i-- > begin + 1 && i + CUE_REACH > colon;) {
        if (a->look[i].kind == TOKEN_PUNCT || article_quoted(a, i)) return false;
        size_t n = a->mention_at[i] == NO_ENTITY ? article_cues(a, i, colon, found, 4) : 0;
        for (size_t k = 0; k < n; k++) {
            const struct cue *cue = found[k].cue;
            if (cue->pos != CUE_VERB || !(cue->frames & CUE_QUOTE) || !(cue->frames & CUE_THAT) || (found[k].inflection != CUE_PAST && found[k].inflection != CUE_THIRD))
                continue;
            struct phrase p = phrase_subject(a, begin, i);
            size_t behind = phrase_skip_adverbials(a, found[k].end, colon);
            bool plain = behind == colon || article_word(a, behind, "this") || article_word(a, behind, "that") || article_word(a, behind, "the") || cue->reliability == 3;
            if (!phrase_holder(a, p) || !plain || phrase_has_verb(a, found[k].end, colon)) continue;
            *b = (struct block){.cue = (uint32_t)i, .cue_end = (uint32_t)found[k].end, .source = p};
            return true;
        }
    }
    return false;
}

static bool find_quotations(struct article *a, struct blocks *out)
{
    for (size_t i = 0, p = 0; p < a->paragraphs_n; p++) {
        size_t end = a->paragraph_ends[p], first = end + 1;
        size_t colon = end > i ? end - 1 : i;
        i = first;
        if (first >= a->tokens.n || !article_mark(a, colon, ":") || article_quoted(a, colon)) continue;
        size_t close = a->paragraph_ends[p + 1];
        struct block b;
        bool words = close > first + BLOCK_WORDS && !opens_quotation(a, first) && article_mark(a, close - 1, ".!?\xE2\x80\xA6");
        if (!words || (p + 1 < a->clean.n && a->clean.paragraphs[p + 1].heading) || !introduces(a, a->sentences.items[a->sentence_of[colon]].first, colon, &b)) continue;
        b.first = (uint32_t)first, b.end = (uint32_t)close, b.paragraph = (uint32_t)p + 1u;
        if (!add(a, out, b)) return false;
    }
    return true;
}

bool blocks_find(struct article *a, struct blocks *out)
{
    *out = (struct blocks){0};
    return find_turns(a, out) && find_quotations(a, out);
}
