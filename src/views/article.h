/* SPDX-License-Identifier: MIT
 * article: one document in analysis, each stage's result beside the others; and the language tables that all of them read. */
#ifndef VIEWS_ARTICLE_H
#define VIEWS_ARTICLE_H
#include "../text/clean.h"
#include "../text/sentence.h"
#include "../text/token.h"
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
};

/* The words that articles hold, with what the tables say of each: looked up once for many articles. */
struct forms {
    struct vocab words;              /* folded */
    struct form {
        uint32_t flags;              /* what the word can be */
        uint32_t cue;                /* cues_head of it */
        uint32_t inner, lower;       /* the last article in which it was seen capitalised inside a sentence; in lower case */
        uint64_t hash, suffix;       /* for the tagger, see tag_scene; hash 0: not yet known */
        bool organisation;           /* makes a name an organisation's: "bank", "ministry" */
    } *items;                        /* [words.n] */
    size_t cap;
    uint32_t article;                /* number of the article in work */
};

/* Read by one thread only, since it remembers the words of articles. */
struct language {
    struct vocab organisations;      /* words that make a name an organisation's: "bank", "ministry" */
    struct words words;
    struct cues cues;
    struct abbreviations abbreviations;
    struct gazetteer gazetteer;
    struct vocab lexicon;            /* the words of all tables that single words are looked up in, so that one search finds what each says */
    struct lexeme {
        uint32_t flags;              /* words_flags */
        uint32_t cue;                /* cues_head */
        bool organisation;
    } *lexemes;                      /* [lexicon.n] */
    struct forms *forms;
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
    uint32_t mentions, last_word;    /* last_word: id of the folded surname in article.surnames */
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

struct article {
    const struct language *language;
    struct arena *arena;
    struct cleaned clean;
    struct tokens tokens;
    struct sentences sentences;
    struct quotes quotes;
    struct forms *forms;             /* the language's */
    uint32_t *form_of;               /* [tokens] words in forms, VOCAB_NONE for other tokens */
    uint32_t *flags;                 /* [tokens] what each word can be: enum word_flag */
    uint32_t *sentence_of;           /* [tokens] */
    struct mention *mentions;        /* [mentions_n] in text order */
    size_t mentions_n, mentions_cap;
    uint32_t *mention_at;            /* [tokens] index of the mention the token belongs to, or NO_ENTITY */
    struct entity *entities;         /* [entities_n] in order of first mention */
    size_t entities_n, entities_cap;
    struct vocab surnames;           /* freed by article_free */
    uint32_t *surname_head;          /* [surnames_cap] latest entity of a surname */
    size_t surnames_cap;
};

static inline const struct token *article_token(const struct article *a, size_t i) { return &a->tokens.items[i]; }
static inline stance_str article_fold(const struct article *a, size_t i) { return token_fold(&a->tokens.items[i]); }
static inline bool article_is(const struct article *a, size_t i, uint32_t flags) { return i < a->tokens.n && (a->flags[i] & flags) != 0; }
/* Is token i this word (folded)? Inline, so that the length of a literal is known to the compiler. */
static inline bool article_word(const struct article *a, size_t i, const char *word)
{
    if (i >= a->tokens.n) return false;
    const struct token *t = &a->tokens.items[i];
    return t->fold_len && t->fold[0] == word[0] && t->fold_len == strlen(word) && memcmp(t->fold, word, t->fold_len) == 0;
}
/* What the word at token i is, wherever it stands. */
static inline struct form *article_form(const struct article *a, size_t i) { return &a->forms->items[a->form_of[i]]; }
/* The readings of token i as a cue: cues_find without looking the word up again. */
size_t article_cues(const struct article *a, size_t i, size_t end, struct cue_match *out, size_t max);
/* Is token i a punctuation token that begins with one of these marks? "—" stands for any dash. */
bool article_mark(const struct article *a, size_t i, const char *marks);
/* Is token i inside a quotation, its marks included? */
static inline bool article_quoted(const struct article *a, size_t i) { return i < a->tokens.n && a->quotes.at[i] != QUOTE_NONE; }
/* Index of the mention that token i belongs to, as a part of the name or of the titles and roles before it; NO_ENTITY when to none. */
uint32_t article_mention(const struct article *a, size_t i);
/* Text of tokens [first, end) with single blanks, cut from the cleaned text. */
stance_str article_text(const struct article *a, size_t first, size_t end);

bool language_load(struct language *l, const char *speakers_path, stance_error *err);
void language_free(struct language *l);
/* Cleaning, tokens, sentences, quotations and flags of a text. The article lives in the arena, but for what article_free frees. */
bool article_read(struct article *a, const struct language *l, stance_str text, struct arena *arena, stance_error *err);
void article_free(struct article *a);
/* Finds the names and groups them into entities. */
bool names_find(struct article *a, stance_error *err);
/* Adds the aliases of a gazetteer file (TSV: alias, canonical, kind, note). */
bool gazetteer_read(struct gazetteer *g, const char *path, stance_error *err);
/* Row of an alias, or NULL. */
const struct gazetteer_row *gazetteer_find(const struct gazetteer *g, stance_str name);
#endif
