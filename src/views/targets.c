/* SPDX-License-Identifier: MIT
 * targets: what a view is about: the name in it that its article speaks of most, else the article's main subject when the content points back to it.
 * Method: names in the content ranked by their count in the article, early ones first; topics of data/targets.tsv stand in where no name is.
 * Limits: one word of a name decides; no syntax. */
#include "targets.h"

#include <string.h>
#define TABLE_TARGETS
#include "tables.h"

#include "../base/str.h"

static bool own_speaker(const struct attribution *x, uint32_t entity)
{
    return x->entity == entity;
}

/* Token behind the folded words of `alias` at i, or 0. */
static size_t alias_at(const struct article *a, size_t i, size_t end, stance_str alias)
{
    for (stance_str rest = alias; rest.ptr; i++) {
        stance_str word = str_split(&rest, ' ');
        if (i >= end || !str_equal(article_fold(a, i), word)) return 0;
    }
    return i;
}

/* The first topic of data/targets.tsv (alias, canonical) named in the content. */
static bool topic_in(const struct article *a, const struct attribution *x, struct target *out)
{
    for (size_t i = x->first; i < x->end; i++) {
        if (a->tokens.items[i].kind != TOKEN_WORD) continue;
        stance_str here = article_fold(a, i);
        for (const struct table_row *row = table_targets; row->column[0]; row++) {
            stance_str alias = str_of(row->column[0]);
            if (alias.len < here.len || memcmp(alias.ptr, here.ptr, here.len) != 0) continue;
            size_t end = alias_at(a, i, x->end, alias);
            if (end) return *out = (struct target){str_of(row->column[1]), (uint32_t)i, (uint32_t)end}, true;
        }
    }
    return false;
}

static uint32_t main_entity(const struct article *a, const struct attribution *x)
{
    uint32_t best = NO_ENTITY;
    for (size_t e = 0; e < a->entities_n; e++)
        if (!own_speaker(x, (uint32_t)e) && a->entities[e].kind != STANCE_PERSON && (best == NO_ENTITY || a->entities[e].mentions > a->entities[best].mentions)) best = (uint32_t)e;
    return best != NO_ENTITY && a->entities[best].mentions >= 2 ? best : NO_ENTITY;
}

static bool points_back(const struct article *a, const struct attribution *x)
{
    static const char *const words[] = {"it", "its", "it's", "this", "that", "these", "they", "their", "them", "company", "model", "deal", "plan", "move", "bill"};
    for (size_t i = x->first; i < x->end; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            if (article_word(a, i, words[k])) return true;
    return false;
}

static bool listed(const struct target *out, size_t n, stance_str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(out[i].name, name)) return true;
    return false;
}

static size_t names_in(const struct article *a, const struct attribution *x, struct target *out, size_t max)
{
    uint32_t counts[16];
    size_t n = 0;
    for (size_t i = x->first; i < x->end; i++) {
        if (a->mention_at[i] == NO_ENTITY) continue;
        const struct mention *m = &a->mentions[a->mention_at[i]];
        const struct entity *e = &a->entities[m->entity];
        i = m->end - 1;
        if (own_speaker(x, m->entity) || listed(out, n, e->name)) continue;
        if (n == max) break;
        size_t at = n++;
        for (; at > 0 && counts[at - 1] < e->mentions; at--) out[at] = out[at - 1], counts[at] = counts[at - 1];
        out[at] = (struct target){e->name, m->first, m->end < x->end ? m->end : x->end};
        counts[at] = e->mentions;
    }
    return n;
}

static bool asked_in(const struct article *a, const struct attribution *x, const char *asked, struct target *out)
{
    for (size_t i = x->first; i < x->end; i++) {
        size_t k = i;
        bool hit = true;
        for (stance_str rest = str_of(asked); rest.ptr && hit; k++) {
            stance_str word = str_split(&rest, ' ');
            hit = k < x->end && str_equal_nocase(token_text(&a->tokens, k), word);
        }
        if (hit) return *out = (struct target){str_of(asked), (uint32_t)i, (uint32_t)k}, true;
    }
    return false;
}

size_t targets_find(const struct article *a, const struct attribution *x, const char *asked, struct target *out, size_t max)
{
    if (max > 16) max = 16;
    if (max == 0) return 0;
    if (asked) {
        if (!asked_in(a, x, asked, out)) *out = (struct target){.name = str_of(asked)};
        return 1;
    }
    size_t n = names_in(a, x, out, max);
    if (n) return n;
    if (topic_in(a, x, out)) return 1;
    uint32_t e = points_back(a, x) ? main_entity(a, x) : NO_ENTITY;
    if (e == NO_ENTITY) return 0;
    *out = (struct target){.name = a->entities[e].name};
    return 1;
}
