/* SPDX-License-Identifier: MIT
 * attribution: the attributed contents of an article, each with its source and cue. */
#ifndef VIEWS_ATTRIBUTION_H
#define VIEWS_ATTRIBUTION_H
#include "phrases.h"

struct attribution {
    uint32_t first, end;           /* content, tokens; outer quotation marks of a direct quote left out */
    uint32_t cue_first, cue_end;   /* NO_TOKEN when there is no cue */
    struct phrase source;          /* first == end when there is none beside the content */
    const struct cue *cue;         /* NULL when there is none */
    stance_kind kind;
    bool relayed;                  /* frame of another attribution: only its source counts, as `via` */
    struct phrase beside;          /* words that name the speaker of a content without a source of its own: those of same_as */
    uint32_t same_as;              /* attribution whose speaker this content has too, or NO_TOKEN */
    uint32_t via;                  /* attribution that relays this one, or NO_TOKEN */
    /* filled by speakers_resolve */
    stance_str speaker;
    uint32_t entity;               /* NO_ENTITY when unnamed */
    stance_speaker_kind speaker_kind;
    stance_resolution resolved_by;
};

struct attributions {
    struct attribution *items;     /* [n] by first */
    size_t n, cap;
};

/* Finds the contents of an article whose names are known. Memory is the article's arena. */
bool attribution_find(struct article *a, struct attributions *out, stance_error *err);
/* Sorts by place; same_as and via follow. False when memory is out. */
bool attribution_sort(const struct article *a, struct attributions *all);
/* Names every attribution's speaker. */
bool speakers_resolve(struct article *a, struct attributions *all, stance_error *err);
#endif
