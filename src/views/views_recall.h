/* SPDX-License-Identifier: MIT
 * views_recall: how much of what is marked in articles is found, by kind of view. */
#ifndef VIEWS_VIEWS_RECALL_H
#define VIEWS_VIEWS_RECALL_H
#include "../base/str.h"
#include "tagger.h"

enum { VIEWS_KINDS = STANCE_INDIRECT + 1 };

struct views_recall {
    size_t articles;
    size_t marked[VIEWS_KINDS], found[VIEWS_KINDS]; /* contents marked; of these found */
    size_t proposed, right;                         /* contents found; of these marked */
};

/* Adds an article. A content is found when one found is the same (article_same). The arena is emptied. */
bool views_recall_count(const struct language *language, struct arena *arena, const stance_gold_article *gold, const struct tag_weights *weights,
                        struct views_recall *to, stance_error *err);
/* Appends {"articles":N,"proposed":N,"right":N,"kinds":[{"kind":"direct","marked":N,"found":N},...]}. */
void views_recall_write(const struct views_recall *r, struct strbuf *out);
#endif
