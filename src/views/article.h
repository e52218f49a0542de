/* SPDX-License-Identifier: MIT
 * article: one document in analysis, each stage's result beside the others; and the language tables that all of them read. */
#ifndef VIEWS_ARTICLE_H
#define VIEWS_ARTICLE_H
#include "../base/str.h"
#include "../text/clean.h"
#include "../text/sentence.h"
#include "../text/token.h"
#include "closed.h"
#include "cues.h"
#include "quotes.h"
#include "words.h"

#include <string.h>

#define NO_TOKEN UINT32_MAX
#define NO_ENTITY UINT32_MAX

/* data/speakers.tsv and the user's file: aliases to canonical names. */
struct gazetteer {
    struct arena memory;
    struct vocab aliases;            /* folded alias -> row */
    struct gazetteer_row {
        stance_str canonical, note;  /* note: "m, US president" */
        stance_speaker_kind kind;
        char gender;                 /* 'm', 'f' or 0 */
        bool place;                  /* a country, region or city */
        bool capitals;               /* the alias counts in capitals only */
    } *rows;
    size_t cap;
    uint64_t maybe[1024];            /* a bit for what name_hash may make of an alias: most names are none, which is seen here */
};

/* What rules ask of a token again and again, close together. */
struct look {
    uint16_t word;                   /* number of a closed word, CLOSED_NONE for all others */
    uint16_t mark;                   /* the punctuation mark it begins with, 0 for other tokens */
    uint16_t ends;                   /* enum word_ending */
    uint8_t kind, flags;             /* of the token; flags: of struct token, and these */
};
enum look_flag {
    LOOK_CUE = 64,                   /* has a reading as a cue in its sentence */
    LOOK_INITIAL = 128               /* a capitalised word whose capital tells nothing: the first of a sentence, of a quotation, behind a colon or bullet */
};

/* The words that articles hold, with what the tables say of each: looked up once for many articles. */
struct forms {
    struct known known;              /* and its vocabulary the words, folded */
    struct form {
        struct look look;            /* of its tokens, but for their flags */
        uint32_t flags;              /* what the word can be */
        uint32_t cue;                /* cues_head of it */
        uint64_t follows;            /* what may follow when it is a cue: see struct cue_form */
        uint32_t inner, lower;       /* the last article in which it was seen capitalised inside a sentence; in lower case */
    } *items;                        /* [known.words.n] */
    struct form_hash {
        uint64_t word, suffix;       /* for the tagger, see tag_scene; word 0: not yet known */
    } *hashes;                       /* [known.words.n] */
    size_t n, cap, hashes_cap;       /* n: those of the vocabulary that are in the arrays */
    uint32_t article;                /* number of the article in work */
    uint32_t emptied;                /* how often all words went */
};

/* Read by one thread only, since it remembers the words of articles. */
struct language {
    struct words words;              /* and, without flags, the other words of all tables that single words are looked up in */
    struct cues cues;
    struct closed closed;
    struct abbreviations abbreviations;
    struct gazetteer gazetteer;
    struct lexeme {                  /* one search finds what all tables say of a word */
        uint32_t flags;              /* words_flags */
        uint32_t cue;                /* cues_head */
        bool organisation;           /* makes a name an organisation's: "bank", "ministry" */
    } *lexemes;                      /* [words.folded.n] */
    struct forms *forms;
    struct tag_memory *tags;
};

/* A person, organisation or group that the article names. */
struct entity {
    stance_str name;                 /* canonical, or the fullest form in the article; arena */
    stance_speaker_kind kind;
    char gender;                     /* 'm', 'f' or 0 when not known */
    bool article;                    /* first named behind "the": hardly a person */
    bool kin;                        /* introduced as somebody's relative */
    bool known;                      /* in the gazetteer */
    bool topic;                      /* a subject of data/targets.tsv, which holds no views: "AI" */
    bool place;                      /* a country, region or city */
    stance_str note;                 /* the gazetteer's, for those who are known */
    bool titled;                     /* seen with a title, an age or a role: a person */
    uint32_t first_mention;          /* token */
    uint32_t mentions, last_word;    /* last_word: form of the surname, VOCAB_NONE without one */
    uint32_t next_same;              /* entity with the same surname, NO_ENTITY at the end */
    uint32_t roles[6], roles_n;      /* token of each role word said of it ("president", "founder") */
    uint32_t age;                    /* "Mary Cole, 38,", 0 when the article does not say */
    uint32_t affiliation;            /* entity whose role that is, or NO_ENTITY */
};

/* One place where an entity is named. */
struct mention {
    uint32_t first, end;             /* tokens of the name itself */
    uint32_t outer;                  /* first token with titles and roles before it */
    uint32_t entity;
};

enum mark {
    MARK_COMMA = 1 << 0, MARK_STOP = 1 << 1, MARK_SEMICOLON = 1 << 2, MARK_COLON = 1 << 3, MARK_QUESTION = 1 << 4, MARK_EXCLAMATION = 1 << 5,
    MARK_OPEN = 1 << 6, MARK_CLOSE = 1 << 7, MARK_AND = 1 << 8, MARK_SLASH = 1 << 9, MARK_STAR = 1 << 10, MARK_HYPHEN = 1 << 11, MARK_DASH = 1 << 12
};

enum { MOST_READINGS = 8 }; /* of a cue */

/* Where a cue begins in its sentence, and what it can be. */
struct cue_place {
    uint32_t token, n;
    const struct cue_reading *readings; /* [n] the longest first */
};

static inline struct cue_match cue_at(const struct cue_place *c, size_t k)
{
    return (struct cue_match){c->readings[k].cue, c->readings[k].inflection, (size_t)c->token + c->readings[k].words};
}


struct article {
    const struct language *language;
    struct arena *arena;
    struct cleaned clean;
    struct tokens tokens;
    struct token_notes notes;
    struct sentences sentences;
    struct quotes quotes;
    struct forms *forms;             /* the language's */
    const uint32_t *form_of;         /* [tokens] words in forms, VOCAB_NONE for other tokens */
    struct look *look;               /* [tokens] */
    const uint64_t *lists;           /* of closed words, the language's */
    struct cue_place *cues;          /* [cues_n] in text order; one more ends them, behind the last token */
    size_t cues_n, cues_cap;
    uint32_t *cue_of;                /* [tokens] index in cues, set for those tokens only */
    uint32_t *paragraph_ends;        /* [paragraphs_n] token of each paragraph's break, or the end of the text */
    size_t paragraphs_n;
    uint32_t *flags;                 /* [tokens] what each word can be: enum word_flag */
    uint32_t *sentence_of;           /* [tokens] */
    struct mention *mentions;        /* [mentions_n] in text order */
    size_t mentions_n, mentions_cap;
    uint32_t *mention_at;            /* [tokens] index of the mention the token belongs to, or NO_ENTITY */
    uint8_t *lead;                   /* [tokens] of a title or role before a name: how many tokens before it, up to 7; 0 for others */
    struct phrase_memo *phrases;     /* those that were found; NULL: they are not kept */
    struct entity *entities;         /* [entities_n] in order of first mention */
    size_t entities_n, entities_cap;
    uint32_t subjects[2];            /* the entity that the article is about, and the one that is it besides: NO_ENTITY when none is */
};

static inline const struct token *article_token(const struct article *a, size_t i) { return &a->tokens.items[i]; }
static inline stance_str article_fold(const struct article *a, size_t i) { return token_fold(&a->tokens.items[i]); }
static inline bool article_is(const struct article *a, size_t i, uint32_t flags) { return i < a->tokens.n && (a->flags[i] & flags) != 0; }
bool article_spelt(const struct article *a, size_t i, const char *word);
/* Is token i this word (folded)? A literal of CLOSED_WORDS is found by its number, any other word by its letters. */
static inline __attribute__((always_inline)) bool article_word(const struct article *a, size_t i, const char *word)
{
    if (__builtin_constant_p(*word) && closed_literal(word) != CLOSED_NONE) return i < a->tokens.n && a->look[i].word == closed_literal(word);
    return article_spelt(a, i, word);
}
/* Is token i a word of this list? */
static inline bool article_in(const struct article *a, size_t i, enum closed_list list) { return i < a->tokens.n && (a->lists[a->look[i].word] >> list & 1); }
/* Does token i end in one of these ways (enum word_ending)? */
static inline bool article_ends(const struct article *a, size_t i, unsigned ways) { return i < a->tokens.n && (a->look[i].ends & ways) != 0; }
/* What the word at token i is, wherever it stands. */
static inline struct form *article_form(const struct article *a, size_t i) { return &a->forms->items[a->form_of[i]]; }
/* The cue that begins at token i, as far as its sentence goes; NULL when none does. */
static inline const struct cue_place *article_cue(const struct article *a, size_t i)
{
    return i < a->tokens.n && (a->look[i].flags & LOOK_CUE) ? &a->cues[a->cue_of[i]] : NULL;
}
/* The readings of token i as a cue up to any other end: cues_find without looking the word up again. */
static inline size_t article_cues(const struct article *a, size_t i, size_t end, struct cue_match *out, size_t max)
{
    uint32_t head = a->form_of[i] != VOCAB_NONE ? article_form(a, i)->cue : 0;
    return head ? cues_follow(&a->language->cues, head, &a->tokens, i, end, out, max) : 0;
}
/* Bits of enum mark for a literal, for the compiler to find. */
static inline __attribute__((always_inline)) unsigned marks_of(const char *marks)
{
    return (strchr(marks, ',') ? MARK_COMMA : 0u) | (strchr(marks, '.') ? MARK_STOP : 0u) | (strchr(marks, ';') ? MARK_SEMICOLON : 0u) |
           (strchr(marks, ':') ? MARK_COLON : 0u) | (strchr(marks, '?') ? MARK_QUESTION : 0u) | (strchr(marks, '!') ? MARK_EXCLAMATION : 0u) |
           (strchr(marks, '(') ? MARK_OPEN : 0u) | (strchr(marks, ')') ? MARK_CLOSE : 0u) | (strchr(marks, '&') ? MARK_AND : 0u) |
           (strchr(marks, '/') ? MARK_SLASH : 0u) | (strchr(marks, '*') ? MARK_STAR : 0u) | (strchr(marks, '-') ? MARK_HYPHEN : 0u) |
           (strstr(marks, "\xE2\x80\x94") ? MARK_DASH : 0u);
}
/* Is token i a punctuation token that begins with one of these marks, all of enum mark? "—" stands for any dash. */
static inline __attribute__((always_inline)) bool article_mark(const struct article *a, size_t i, const char *marks)
{
    return i < a->tokens.n && (a->look[i].mark & marks_of(marks)) != 0;
}
/* Is token i inside a quotation, its marks included? */
static inline bool article_quoted(const struct article *a, size_t i) { return i < a->tokens.n && a->quotes.at[i] != QUOTE_NONE; }
/* Index of the mention that token i belongs to, as a part of the name or of the titles and roles before it; NO_ENTITY when to none. */
static inline uint32_t article_mention(const struct article *a, size_t i)
{
    return i < a->tokens.n ? a->mention_at[i + a->lead[i]] : NO_ENTITY;
}
/* Text of tokens [first, end) with single blanks, cut from the cleaned text. */
stance_str article_text(const struct article *a, size_t first, size_t end);
/* Where tokens [first, end) stand in the text as given, in bytes; STANCE_NONE when there are none. */
stance_span article_span(const struct article *a, size_t first, size_t end);
/* Are two spans of bytes the same content? Half of what both cover must be common (Jaccard index >= 0.5), as everywhere that contents are counted. */
bool article_same(stance_span a, stance_span b);

bool language_load(struct language *l, const char *speakers_path, stance_error *err);
void language_free(struct language *l);
/* Cleaning, tokens, sentences, quotations and flags of a text. The article lives in the arena. */
bool article_read(struct article *a, const struct language *l, stance_str text, struct arena *arena, stance_error *err);
void article_free(struct article *a);
/* Finds the names and groups them into entities. */
bool names_find(struct article *a, stance_error *err);
/* Adds the aliases of a gazetteer file (TSV: alias, canonical, kind, note). */
bool gazetteer_read(struct gazetteer *g, const char *path, stance_error *err);
/* Writes a name over what `folded` holds, as aliases are compared: in lower case, without accents. */
void gazetteer_fold(stance_str name, struct strbuf *folded);
/* Row of an alias, or NULL; the second for a name that is folded already. */
const struct gazetteer_row *gazetteer_find(const struct gazetteer *g, stance_str name);
const struct gazetteer_row *gazetteer_find_folded(const struct gazetteer *g, stance_str name, stance_str folded);
#endif
