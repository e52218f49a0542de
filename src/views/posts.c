/* SPDX-License-Identifier: MIT
 * posts: whose words the paragraphs of a forum or an embedded tweet are.
 * Method: a line with a handle is followed by the comment of whom it names, up to a reply or the next such line; a tweet ends with a dash, a name and
 * a handle in brackets. Limits: the lines of other forums are not known. */
#include "posts.h"

#include "../base/str.h"

enum { COMMENT_LINE = 14, SIGNATURE = 8 };

static bool add(struct article *a, struct posts *o, struct post p)
{
    if (o->n == o->cap) {
        size_t cap = o->cap ? o->cap * 2 : 16;
        struct post *grown = arena_grow(a->arena, o->items, o->n, cap, sizeof *grown);
        if (!grown) return false;
        o->items = grown;
        o->cap = cap;
    }
    o->items[o->n++] = p;
    return true;
}

static bool comment_line(const struct article *a, size_t i)
{
    return (article_word(a, i, "by") || article_word(a, i, "from")) && i + 1 < a->tokens.n && a->look[i + 1].kind == TOKEN_HANDLE;
}

/* The comment below the line of paragraph *p, which moves to the next line; at: first token of that. What is quoted above it and replies to it are no part. */
static struct post comment_below(const struct article *a, size_t line, size_t *p, size_t *at)
{
    size_t from = *p + 1, first = a->paragraph_ends[*p] + 1u, last = first;
    *at = first;
    for (++*p; *at < a->tokens.n && !comment_line(a, *at); ++*p) {
        size_t close = a->paragraph_ends[*p];
        bool reply = *p < a->clean.n && a->clean.paragraphs[*p].quoted;
        if (reply && *at != first) break;
        if (reply) first = close + 1;
        last = close;
        *at = close + 1;
    }
    for (; *at < a->tokens.n && !comment_line(a, *at); ++*p) *at = a->paragraph_ends[*p] + 1u;
    return (struct post){(uint32_t)line,
                         (uint32_t)line + 1u,
                         (uint32_t)first,
                         (uint32_t)(last > first ? last : first),
                         (uint32_t)from,
                         (uint32_t)(*p - from),
                         {(uint32_t)line + 1u, (uint32_t)line + 2u, (uint32_t)line + 1u}};
}

static bool any_word(const struct article *a, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        if (a->look[i].kind <= TOKEN_NUMBER && a->look[i].kind != TOKEN_CLITIC) return true;
    return false;
}

/* Is the paragraph [first, end) a tweet as pages embed it? */
static bool tweet_at(const struct article *a, size_t first, size_t end, struct post *out)
{
    size_t h = end;
    while (h > first + 3 && end - h < SIGNATURE && a->look[h - 1].kind != TOKEN_HANDLE) h--;
    if (h <= first + 3 || a->look[--h].kind != TOKEN_HANDLE || !article_mark(a, h - 1, "(") || !article_mark(a, h + 1, ")")) return false;
    size_t dash = h - 2;
    while (dash > first && h - dash < SIGNATURE && !article_mark(a, dash, "\xE2\x80\x94-")) dash--;
    if (!article_mark(a, dash, "\xE2\x80\x94-") || dash == first) return false;
    size_t last = dash;
    for (size_t i = first; i < last; i++)
        if (str_starts(article_fold(a, i), STR("pic.twitter")) || a->look[i].kind == TOKEN_URL) last = i;
    out->cue = (uint32_t)dash;
    out->cue_end = (uint32_t)dash + 1u;
    out->first = (uint32_t)first;
    out->end = (uint32_t)last;
    out->source = (struct phrase){(uint32_t)dash + 1u, (uint32_t)h - 1u, (uint32_t)h - 2u};
    return any_word(a, first, last);
}

bool posts_find(struct article *a, struct posts *out)
{
    *out = (struct posts){0};
    for (size_t i = 0, p = 0; i < a->tokens.n;) {
        size_t end = a->paragraph_ends[p];
        if (comment_line(a, i) && end - i < COMMENT_LINE) {
            if (!add(a, out, comment_below(a, i, &p, &i))) return false;
            continue;
        }
        struct post tweet = {.paragraph = (uint32_t)p, .paragraphs = 1};
        if (p < a->clean.n && end > i && tweet_at(a, i, end, &tweet) && !add(a, out, tweet)) return false;
        i = end + 1;
        p++;
    }
    return true;
}
