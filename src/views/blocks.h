/* SPDX-License-Identifier: MIT
 * blocks: paragraphs that are somebody's words as a whole, without quotation marks. */
#ifndef VIEWS_BLOCKS_H
#define VIEWS_BLOCKS_H
#include "phrases.h"

struct block {
    uint32_t cue, cue_end;    /* tokens of "wrote" in "Obi wrote:", or the colon of "OBI:" */
    uint32_t first, end;      /* tokens of what is said */
    uint32_t paragraph;       /* the one that is said */
    struct phrase source;
};

struct blocks {
    struct block *items;      /* [n] in text order; the article's arena */
    size_t n, cap;
};

/* Finds the turns of transcripts ("OBI: I do not think so.") and the paragraph below "Obi wrote:". False when memory is out. */
bool blocks_find(struct article *a, struct blocks *out);
#endif
