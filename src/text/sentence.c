/* SPDX-License-Identifier: MIT
 * sentence: sentence boundaries by punctuation, abbreviations and the case of what follows.
 * Method: rules over tokens, after the classic list of exceptions (titles, initials, units, months). Limits: a sentence that begins in lower case is
 * taken for a continuation. */
#include "sentence.h"

#include <stdlib.h>
#include <string.h>
#define TABLE_ABBREVIATIONS
#include "tables.h"

#include "../base/error.h"
#include "../base/str.h"

bool abbreviations_load(struct abbreviations *a, stance_error *err)
{
    for (const struct table_row *row = table_abbreviations; row->column[0]; row++) {
        stance_str word = str_of(row->column[0]);
        if (word.len > 1 && word.ptr[word.len - 1] == '.' && !memchr(word.ptr, '.', word.len - 1)) word.len--;
        uint32_t id = vocab_add(&a->words, word);
        void *kinds = a->kinds;
        if (id == VOCAB_NONE || !array_reserve(&kinds, &a->cap, id + 1, 1)) return error_nomem(err, "loading abbreviations");
        a->kinds = kinds;
        a->kinds[id] = row->column[1][0];
    }
    return true;
}

void abbreviations_free(struct abbreviations *a)
{
    vocab_free(&a->words);
    free(a->kinds);
    *a = (struct abbreviations){0};
}

/* The one byte that token i begins with, of a punctuation token; 0 of others. */
static inline char mark_at(const struct tokens *t, size_t i)
{
    return i < t->n && t->items[i].kind == TOKEN_PUNCT ? t->text.ptr[t->items[i].start] : 0;
}

/* Of a punctuation token */
static bool ellipsis(const struct tokens *t, size_t i)
{
    return str_equal(token_text(t, i), STR("\xE2\x80\xA6")) || t->items[i].end - t->items[i].start > 2;
}

/* Words that begin sentences, seldom names: after "U.S." or "p.m." they show that a sentence ended. */
static bool starter(stance_str folded)
{
    static const stance_str words[] = {
        STR_INIT("the"), STR_INIT("a"), STR_INIT("an"), STR_INIT("he"), STR_INIT("she"), STR_INIT("it"), STR_INIT("they"), STR_INIT("we"), STR_INIT("i"),
        STR_INIT("you"), STR_INIT("this"), STR_INIT("that"), STR_INIT("these"), STR_INIT("those"), STR_INIT("in"), STR_INIT("on"), STR_INIT("at"),
        STR_INIT("but"), STR_INIT("and"), STR_INIT("his"), STR_INIT("her"), STR_INIT("its"), STR_INIT("their"), STR_INIT("our"), STR_INIT("there"),
        STR_INIT("when"), STR_INIT("while"), STR_INIT("after"), STR_INIT("before"), STR_INIT("as"), STR_INIT("for"), STR_INIT("if"), STR_INIT("however"),
        STR_INIT("although"), STR_INIT("since"), STR_INIT("what"), STR_INIT("with"), STR_INIT("by"), STR_INIT("meanwhile"), STR_INIT("according"),
        STR_INIT("so"), STR_INIT("more"), STR_INIT("some"), STR_INIT("many"), STR_INIT("most"), STR_INIT("such")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_equal(folded, words[i])) return true;
    return false;
}

/* Kind letter of the abbreviation that token i is (its dot not counted), or 0. */
static char abbreviation(const struct tokens *t, size_t i, const struct abbreviations *known)
{
    stance_str word = token_text(t, i);
    uint32_t id = vocab_find(&known->words, word);
    if (id != VOCAB_NONE) return known->kinds[id];
    bool initial = word.len == 1 && (t->items[i].flags & TOKEN_CAPITAL);
    return initial ? 'n' : 0;
}

/* Does the dot at token i only mark an abbreviation? `next` is the first token of what follows. */
static bool dot_of_abbreviation(const struct tokens *t, size_t i, size_t next, const struct abbreviations *known)
{
    if (i == 0 || (t->items[i].flags & TOKEN_SPACED) || t->items[i - 1].kind != TOKEN_WORD) return false;
    const struct token *after = &t->items[next];
    char kind = abbreviation(t, i - 1, known);
    bool number = after->kind == TOKEN_NUMBER;
    if (kind == 't' || kind == 'n') return !starter(token_fold(after)) || str_equal(token_text(t, i - 1), STR("Mr"));
    if (kind == 'm' || kind == 'u') return number;
    if (kind == 'l') return true;
    return kind && !starter(token_fold(after)) && !(kind == 'o' && (after->flags & TOKEN_CAPITAL)); /* Inc. Corp. St. */
}

static size_t skip_closers(const struct tokens *t, size_t i)
{
    while (i < t->n && (t->items[i].kind == TOKEN_CLOSE || mark_at(t, i) == ')' || mark_at(t, i) == ']') && !(t->items[i].flags & TOKEN_SPACED)) i++;
    return i;
}

static bool begins(const struct token *after)
{
    return (after->flags & TOKEN_CAPITAL) || after->kind == TOKEN_OPEN || after->kind == TOKEN_NUMBER || after->kind == TOKEN_HANDLE ||
           after->kind == TOKEN_HASHTAG || after->kind == TOKEN_EMOJI || after->kind == TOKEN_TICKER || after->kind == TOKEN_SYMBOL;
}

/* Token behind the sentence end that stands at token i, or 0 when none does. */
static size_t boundary(const struct tokens *t, size_t i, const struct abbreviations *known)
{
    const struct token *token = &t->items[i];
    char mark = mark_at(t, i);
    bool inner_dot = token->kind == TOKEN_WORD && t->text.ptr[token->end - 1] == '.'; /* U.S. */
    if (!inner_dot && !(mark && (mark == '.' || mark == '!' || mark == '?' || ellipsis(t, i)))) return 0;
    size_t next = skip_closers(t, i + 1);
    if (next >= t->n || t->items[next].kind == TOKEN_BREAK) return next;
    const struct token *after = &t->items[next];
    if (!(after->flags & TOKEN_SPACED) && after->kind != TOKEN_OPEN) return 0;
    if (!begins(after)) return 0;
    if (inner_dot && abbreviation(t, i, known) == 'l') return 0; /* e.g. The Hague */
    if (inner_dot) return starter(token_fold(after)) ? next : 0;
    if (mark == '.' && dot_of_abbreviation(t, i, next, known)) return 0;
    return next;
}

enum { LONGEST = 500 }; /* tokens; a longer sentence is cut, so that work on a sentence is bounded */

struct splitter {
    struct arena *arena;
    struct sentences *out;
    size_t cap;
};

static bool push(struct splitter *s, size_t first, size_t end, size_t paragraph)
{
    if (first >= end) return true;
    if (s->out->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 64;
        struct sentence *grown = arena_grow(s->arena, s->out->items, s->out->n, cap, sizeof *grown);
        if (!grown) return false;
        s->out->items = grown;
        s->cap = cap;
    }
    s->out->items[s->out->n++] = (struct sentence){(uint32_t)first, (uint32_t)end, (uint32_t)paragraph};
    return true;
}

/* The first token from i on at which the sentence that begins at `first` may end; *mark goes over the notes, when there are any. */
static inline size_t next_place(const struct tokens *t, const struct token_notes *notes, size_t *mark, size_t first, size_t i)
{
    size_t longest = first + LONGEST < t->n ? first + LONGEST : t->n;
    if (!notes) {
        while (i < longest && token_plain(t, i)) i++;
        return i;
    }
    while (*mark < notes->marks_n && notes->marks[*mark] < i) ++*mark;
    size_t place = *mark < notes->marks_n && notes->marks[*mark] < longest ? notes->marks[*mark] : longest;
    return place > i ? place : i;
}

bool sentence_split(const struct tokens *tokens, const struct token_notes *notes, const struct abbreviations *known, struct arena *arena,
                    struct sentences *out, stance_error *err)
{
    *out = (struct sentences){0};
    struct splitter s = {arena, out, 0};
    size_t first = 0, paragraph = 0, i = 0, mark = 0;
    bool ok = true;
    while ((i = next_place(tokens, notes, &mark, first, i)) < tokens->n && ok) {
        bool end_of_paragraph = tokens->items[i].kind == TOKEN_BREAK;
        size_t next = end_of_paragraph ? i : boundary(tokens, i, known);
        if (!next && i - first >= LONGEST) next = i + 1;
        if (next > first + LONGEST + 1) next = first + LONGEST + 1; /* any number of closing marks may stand behind the end */
        if (next || end_of_paragraph) {
            ok = push(&s, first, next, paragraph);
            paragraph += end_of_paragraph;
            first = end_of_paragraph ? i + 1 : next;
        }
        i = next > i ? next : i + 1;
    }
    ok = ok && push(&s, first, tokens->n, paragraph);
    return ok || error_nomem(err, "splitting a text into sentences");
}
