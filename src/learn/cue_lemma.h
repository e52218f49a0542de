/* SPDX-License-Identifier: MIT
 * cue_lemma: the dictionary form of the words that introduce a view, and the stance that they lend to it. */
#ifndef LEARN_CUE_LEMMA_H
#define LEARN_CUE_LEMMA_H
#include "../base/str.h"

struct cue_lemma {
    stance_str lemma; /* static, of data/cues.tsv: "object to" of "objected to"; ptr == NULL when the cue is not there */
    int polarity;     /* 1, -1 or 0 */
};

/* Of a folded cue as an article has it or as its lemma. What has no row as a whole is known by its first words; where these lend nothing
 * ("voiced concern"), by its last one. */
struct cue_lemma cue_lemma_of(stance_str folded);
#endif
