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
    uint64_t lengths = 0; /* a bit for each length of a first word */
    for (const struct table_row *row = table_targets; row->column[0]; row++) lengths |= UINT64_C(1) << (strcspn(row->column[0], " ") & 63);
    for (size_t i = x->first; i < x->end; i++) {
        stance_str here = article_fold(a, i);
        if (!(lengths >> (here.len & 63) & 1) || a->look[i].kind != TOKEN_WORD) continue;
        for (const struct table_row *row = table_targets; row->column[0]; row++) {
            stance_str alias = str_of(row->column[0]);
            if (alias.len < here.len || alias.ptr[0] != here.ptr[0] || memcmp(alias.ptr, here.ptr, here.len) != 0) continue;
            size_t end = alias_at(a, i, x->end, alias);
            if (end) return *out = (struct target){str_of(row->column[1]), (uint32_t)i, (uint32_t)end}, true;
        }
    }
    return false;
}

/* What the article is about, as far as it is not who speaks. */
static uint32_t main_entity(const struct article *a, const struct attribution *x)
{
    return a->subjects[own_speaker(x, a->subjects[0]) ? 1 : 0];
}

static bool pointing_noun(const struct article *a, size_t i)
{
    return article_in(a, i, LIST_POINTING);
}

static bool pointing_pronoun(const struct article *a, size_t i)
{
    return article_in(a, i, LIST_BACK);
}

/* Token behind the content's subject: its first finite verb, at most 14 tokens on. */
static size_t subject_end(const struct article *a, const struct attribution *x)
{
    size_t end = x->first;
    while (end < x->end && end < x->first + 14u && !phrase_verb_at(a, end)) end++;
    return end;
}

/* Does the content speak of something named before it: "it …", "the model's release …", "this …"? */
static bool points_back(const struct article *a, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (!(a->lists[a->look[i].word] & (UINT64_C(1) << LIST_BACK | UINT64_C(1) << LIST_POINTING))) continue;
        else if (pointing_pronoun(a, i) || (pointing_noun(a, i) && i > first && !article_word(a, first, "a") && !article_word(a, first, "an")))
            return true;
    return false;
}

/* A name in the subject other than a place or topic. */
static bool subject_named(const struct article *a, const struct attribution *x, size_t end)
{
    for (size_t i = x->first; i < end; i++) {
        if (a->mention_at[i] == NO_ENTITY) continue;
        uint32_t id = a->mentions[a->mention_at[i]].entity;
        const struct entity *e = &a->entities[id];
        if (!e->topic && !own_speaker(x, id) && !(e->place && points_back(a, x->first, end))) return true;
    }
    return false;
}

static bool listed(const struct target *out, size_t n, stance_str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(out[i].name, name)) return true;
    return false;
}

/* Weight of a name as a target: those in the subject first, then what the article speaks of most; places and topics last. */
static uint32_t rank(const struct entity *e, bool subject)
{
    uint32_t base = e->topic ? 1u : e->place ? 100u : 10000u;
    uint32_t often = e->mentions < 90 ? e->mentions : 90;
    return base + often + (subject && !e->topic ? 1000000u : 0u);
}

static size_t names_in(const struct article *a, const struct attribution *x, size_t subject, struct target *out, size_t max)
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
        uint32_t mine = rank(e, i < subject);
        for (; at > 0 && counts[at - 1] < mine; at--) out[at] = out[at - 1], counts[at] = counts[at - 1];
        out[at] = (struct target){e->name, m->first, m->end < x->end ? m->end : x->end};
        counts[at] = mine;
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

/* The name that the content points back to with "it" or "the model". */
static bool back_target(const struct article *a, const struct attribution *x, stance_str before, struct target *out)
{
    uint32_t e = main_entity(a, x);
    if (!before.ptr && e == NO_ENTITY) return false;
    *out = (struct target){.name = before.ptr ? before : a->entities[e].name};
    return true;
}

size_t targets_find(const struct article *a, const struct attribution *x, const char *asked, stance_str before, struct target *out, size_t max)
{
    if (max > 16) max = 16;
    if (max == 0) return 0;
    if (asked) {
        if (!asked_in(a, x, asked, out)) *out = (struct target){.name = str_of(asked)};
        return 1;
    }
    size_t subject = subject_end(a, x), n = 0;
    if (!subject_named(a, x, subject) && points_back(a, x->first, subject)) n = back_target(a, x, before, out);
    if (n < max) n += names_in(a, x, subject, out + n, max - n);
    for (size_t i = 1; i < n; i++) /* the name pointed back to may stand in the content as well */
        if (str_equal(out[0].name, out[i].name)) {
            for (size_t k = i + 1; k < n; k++) out[k - 1] = out[k];
            n--;
        }
    if (n || topic_in(a, x, out)) return n ? n : 1;
    return points_back(a, x->first, x->end) && back_target(a, x, before, out) ? 1 : 0;
}
