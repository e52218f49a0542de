/* SPDX-License-Identifier: MIT
 * gist: a view's words as numbers, so that a million views can be compared in memory. */
#ifndef REPORT_GIST_H
#define REPORT_GIST_H
#include "../base/str.h"

/* A word is the hash of its stem; the lowest bits tell what kind of word it is. */
enum { GIST_STOP = 1, GIST_NOT = 2, GIST_HARD = 4, GIST_FLAGS = 7 };
enum { GIST_MOST = 256 }; /* words kept of one view */

/* All zero is empty. */
struct gist {
    uint32_t *words; /* [n] of all views, one behind the other */
    size_t n, cap;
    struct strbuf scratch;
};

/* Appends the words of text; *exact is a hash of all of them as they stand, case and punctuation aside. text NULL has none.
 * False when memory is out. */
bool gist_add(struct gist *g, stance_str text, uint64_t *exact);
/* Hash of a name without case and punctuation; *last that of its last word. 0 for none. */
bool gist_name(struct gist *g, stance_str name, uint32_t *whole, uint32_t *last);
void gist_free(struct gist *g);
/* True for characters that belong to words. */
bool gist_in_word(uint32_t c);
#endif
