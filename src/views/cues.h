/* SPDX-License-Identifier: MIT
 * cues: the words that attribute a content to a source, by lemma. */
#ifndef VIEWS_CUES_H
#define VIEWS_CUES_H
#include "../base/str.h"
#include "../base/vocab.h"
#include "../text/token.h"

enum cue_pos { CUE_VERB, CUE_NOUN, CUE_ADJ, CUE_PREP };

enum cue_frame {
    CUE_THAT = 1 << 0,       /* clause with or without "that" */
    CUE_THAT_ONLY = 1 << 1,  /* clause with an explicit that, how, whether */
    CUE_QUOTE = 1 << 2, CUE_NP = 1 << 3, CUE_AS = 1 << 4, CUE_OBJECT = 1 << 5, /* "called X a disaster" */
    CUE_OF = 1 << 6, CUE_ABOUT = 1 << 7, CUE_AGAINST = 1 << 8, CUE_OVER = 1 << 9, CUE_FOR = 1 << 10, CUE_TO = 1 << 11,
    CUE_TO_INF = 1 << 12, CUE_INVERTED = 1 << 13, CUE_TO_PERSON = 1 << 14
};

enum cue_inflection { CUE_BASE, CUE_THIRD, CUE_PAST, CUE_ING };

struct cue {
    stance_str lemma;
    uint32_t frames;
    uint8_t pos, reliability;  /* 3 nearly always speech, 2 often, 1 only with "that" or quotation marks */
    int8_t polarity;           /* stance that the cue itself lends its content */
};

/* One inflected form; those with the same first word are chained, longer ones first. */
struct cue_form {
    uint32_t cue, next;        /* next: index + 1, 0 = end */
    stance_str rest;           /* the words after the first, separated by blanks; empty for a single word */
    uint8_t inflection;
    uint16_t begins;           /* the first letters of `rest`, see cues_letters */
    uint64_t follows;          /* of the first of a chain: a bit for what may follow its word, see cues_bit */
    uint32_t alone, alone_n;   /* of the first of a chain: its forms that are single words, in `alone` */
};

struct cues {
    struct arena memory;
    struct vocab first;        /* first word of each form */
    uint32_t *heads;           /* [first.n] index + 1 into forms */
    size_t heads_cap;
    struct cue *items;         /* [n] */
    size_t n, cap;
    struct cue_form *forms;    /* [forms_n] */
    size_t forms_n, forms_cap;
    struct cue_reading {
        const struct cue *cue;
        uint8_t inflection, words; /* words: how many */
    } *alone;                  /* [forms_n] the single words, chain after chain */
    struct strbuf scratch;     /* of loading */
};

struct cue_match {
    const struct cue *cue;
    enum cue_inflection inflection;
    size_t end;                /* token behind the cue */
};

/* Fills an all-zero struct from data/cues.tsv as compiled in. Read-only afterwards. */
bool cues_load(struct cues *c, stance_error *err);
void cues_free(struct cues *c);
/* Where the forms that begin with this folded word are chained; 0: nowhere. For cues_follow. */
uint32_t cues_head(const struct cues *c, stance_str folded);
/* The first two bytes of a folded word as a number; a blank stands for the second of a word of one. */
static inline uint16_t cues_letters(stance_str word)
{
    unsigned first = word.len ? (unsigned char)word.ptr[0] : ' ', second = word.len > 1 ? (unsigned char)word.ptr[1] : ' ';
    return (uint16_t)(first << 8 | second);
}
/* The bit of `follows` for a word that begins so. */
static inline uint64_t cues_bit(uint16_t letters)
{
    return UINT64_C(1) << (letters * 40503u >> 10 & 63);
}
/* cues_find for a token whose head is known. */
size_t cues_follow(const struct cues *c, uint32_t head, const struct tokens *tokens, size_t at, size_t end, struct cue_match *out, size_t max);
/* The readings of the token at `at`, the longest first; at most `max`, returns how many. Tokens behind `end` are not looked at. */
size_t cues_find(const struct cues *c, const struct tokens *tokens, size_t at, size_t end, struct cue_match *out, size_t max);
#endif
