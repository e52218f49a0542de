/* SPDX-License-Identifier: MIT
 * posts: comments of forums and embedded tweets, which name their author in a line of their own. */
#ifndef VIEWS_POSTS_H
#define VIEWS_POSTS_H
#include "phrases.h"

struct post {
    uint32_t cue, cue_end;          /* tokens of "By" in "By @name", or the dash before a tweet's author */
    uint32_t first, end;            /* tokens of what is posted; first == end: nothing */
    uint32_t paragraph, paragraphs; /* the first of those that the post takes, and how many */
    struct phrase source;
};

struct posts {
    struct post *items;             /* [n] in text order; the article's arena */
    size_t n, cap;
};

/* Finds comments below lines like "By @name - 27 days", and paragraphs like "Words. — Name (@handle) February 25, 2017". False when memory is out. */
bool posts_find(struct article *a, struct posts *out);
#endif
