/* SPDX-License-Identifier: MIT
 * words: what single words can be, from the tables under data/. */
#ifndef VIEWS_WORDS_H
#define VIEWS_WORDS_H
#include "../base/str.h"
#include "../base/vocab.h"

enum word_flag {
    WORD_DET = 1 << 0, WORD_PREP = 1 << 1, WORD_PRON = 1 << 2, WORD_SUBJECT = 1 << 3, /* pronoun that can be a subject */
    WORD_POSSESSIVE = 1 << 4, WORD_AUX = 1 << 5, WORD_MODAL = 1 << 6, WORD_CONJ = 1 << 7, WORD_SUBORD = 1 << 8, WORD_REL = 1 << 9,
    WORD_WH = 1 << 10, WORD_NEG = 1 << 11, WORD_ADV = 1 << 12, WORD_NUM = 1 << 13, WORD_BASE = 1 << 14, WORD_THIRD = 1 << 15,
    WORD_PAST = 1 << 16, WORD_ING = 1 << 17,
    WORD_HONORIFIC = 1 << 18, WORD_TITLE = 1 << 19,  /* may stand before a name */
    WORD_RELATION = 1 << 20,                          /* father, wife */
    WORD_PERSON = 1 << 21, WORD_GROUP = 1 << 22, WORD_ORG = 1 << 23, WORD_DOC = 1 << 24, /* nouns that can hold a view */
    WORD_PLURAL = 1 << 25, WORD_MALE = 1 << 26, WORD_FEMALE = 1 << 27, WORD_FIRST_NAME = 1 << 28, WORD_DATE = 1 << 29,
    WORD_ABBREVIATION = 1 << 30
};
#define WORD_DEMONYM 0x80000000u /* American, Catholic: capitalised, but no name by itself */
#define WORD_FINITE (WORD_AUX | WORD_MODAL | WORD_THIRD | WORD_PAST)
#define WORD_CLOSED (WORD_DET | WORD_PREP | WORD_PRON | WORD_POSSESSIVE | WORD_AUX | WORD_MODAL | WORD_CONJ | WORD_SUBORD | WORD_REL | WORD_WH | WORD_NEG)
#define WORD_HOLDER (WORD_PERSON | WORD_GROUP | WORD_ORG | WORD_DOC)

/* How a folded word ends. */
enum word_ending {
    ENDS_ED = 1 << 0, ENDS_ING = 1 << 1, ENDS_EN = 1 << 2, ENDS_S = 1 << 3, ENDS_SS = 1 << 4, ENDS_NOT = 1 << 5, /* n't */
    ENDS_VERB = 1 << 6,       /* contracted: 's 're 've 'll */
    ENDS_AGENT = 1 << 7,      /* people in the plural, whatever the tables hold: -ers, -ists, -ians */
    ENDS_ADJECTIVE = 1 << 8,  /* or noun of quality: -al, -ous, -tion, … */
    ENDS_AGE = 1 << 9,        /* -year-old */
    ENDS_LY = 1 << 10,
    HAS_APOSTROPHE = 1 << 11, LONGER_THAN_3 = 1 << 12, LONGER_THAN_4 = 1 << 13,
    ORGANISATION = 1 << 14,   /* makes a name an organisation's: "bank", "ministry"; of words in articles, see struct look */
    CUE_ALONE = 1 << 15       /* a cue as a single word; of words in articles */
};

struct words {
    struct vocab folded;  /* folded word -> id */
    uint32_t *flags;      /* [cap] by id */
    size_t cap;
    struct strbuf scratch, plural; /* of loading */
    struct words_list {            /* the same: lists of classes that were read already */
        stance_str text;
        uint32_t flags;
    } lists[64];
};

/* Fills an all-zero struct from the compiled-in tables; false when memory is out. */
bool words_load(struct words *w, stance_error *err);
/* A word that may be new, then without flags; it is not copied. Its id in `folded`; false when memory is out. */
bool words_add(struct words *w, stance_str folded, uint32_t *id);
void words_free(struct words *w);
/* Flags of a folded word, 0 when unknown. */
uint32_t words_flags(const struct words *w, stance_str folded);
/* Bits of enum word_ending. */
uint16_t words_endings(stance_str folded);
#endif
