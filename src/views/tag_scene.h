/* SPDX-License-Identifier: MIT
 * tag_scene: what the tokens of an article look like to the tagger, prepared once. */
#ifndef VIEWS_TAG_SCENE_H
#define VIEWS_TAG_SCENE_H
#include "attribution.h"

enum proposal { FREE, STARTS, INSIDE };
enum role { ROLE_NONE, ROLE_SOURCE, ROLE_CUE };
/* What the rules left of a sentence; of several the first holds. A model names the sorts that it looks at, its scope; elsewhere the rules' contents stand. */
enum tag_sort {
    SORT_UNCLAIMED, /* quoted words that belong to no content */
    SORT_INDIRECT, SORT_MIXED, SORT_DIRECT, /* contents of this kind */
    SORT_CUE, SORT_WEAK_CUE, /* a cue without a content; weak: reliability 1 */
    SORT_NONE
};
enum { TAG_EVERYWHERE = (1 << SORT_NONE) - 1 };
enum { SCENE_MARGIN = 3 }; /* tokens outside the article that may be looked at on either side */

struct token_scene {
    uint64_t word;                                /* hash of the folded word */
    uint32_t suffix;                              /* last three bytes of the folded word */
    uint32_t classes;                             /* the word flags that tell its class */
    uint32_t left, right;                         /* nearest cue token in the sentence, NO_TOKEN */
    uint32_t next_verb;                           /* nearest verb-like token behind it in the sentence, NO_TOKEN */
    uint32_t verb;                                /* nearest verb-like token before it in the sentence, NO_TOKEN */
    uint32_t rule;                                /* attribution whose content it is in, NO_TOKEN */
    uint16_t place;                               /* of the word in the memory of sums */
    uint8_t proposal, role, quote, shape, commas; /* commas: in the sentence before it, for counting between */
    bool acts;                                    /* may be a verb, by its form and classes */
};

struct cue_scene {
    uint64_t lemma;
    uint8_t pos, reliability, inflection, holder, that; /* that: the next word is "that" */
    uint32_t end;
};

/* Paragraph breaks and what lies outside the article look alike: a token of no word. */
struct tag_scene {
    const struct article *a;
    const struct attributions *rules;
    unsigned scope;             /* a bit for each sort */
    uint8_t *sort;              /* [sentences] enum tag_sort */
    struct tag_range {
        uint32_t first_sentence, end_sentence, first, end; /* first, end: tokens */
    } *ranges;                  /* [ranges_n] paragraphs with a sentence in scope; the others' tokens are not prepared */
    size_t ranges_n;
    struct token_scene *tokens; /* [-SCENE_MARGIN .. tokens + SCENE_MARGIN) */
    struct cue_scene *cues;     /* [tokens]; without a cue the lemma is 0 */
};

/* Memory is the article's arena. */
struct tag_scene *tag_scene_new(const struct article *a, const struct attributions *rules, unsigned scope, stance_error *err);
/* Is sentence s in scope? */
bool tag_active(const struct tag_scene *scene, size_t s);
/* May token i be a verb, by its form? */
bool tag_verb_like(const struct tag_scene *scene, size_t i);
#endif
