/* SPDX-License-Identifier: MIT
 * views_recall: contents found beside contents marked.
 * Method: the pipeline up to the tagger; spans are compared in bytes of the text as given. Limits: speakers and stance do not count here; every content
 * found is compared with every one marked. */
#include "views_recall.h"

#include "../base/error.h"

/* As a content found there would have it: in quotation marks, with some, without. */
static stance_kind kind_of(const struct article *a, stance_span marked)
{
    size_t quoted = 0, outside = 0;
    for (size_t i = 0; i < a->tokens.n; i++) {
        size_t at = clean_raw_start(&a->clean, a->tokens.items[i].start);
        if (at < marked.start || at >= marked.end || a->tokens.items[i].kind == TOKEN_BREAK) continue;
        bool mark = a->tokens.items[i].kind == TOKEN_OPEN || a->tokens.items[i].kind == TOKEN_CLOSE;
        if (a->quotes.at[i] != QUOTE_NONE) quoted++;
        else outside += !mark;
    }
    return !quoted ? STANCE_INDIRECT : outside ? STANCE_MIXED : STANCE_DIRECT;
}

static void compare(const struct article *a, const struct attributions *found, const stance_gold_article *gold, struct views_recall *to)
{
    for (size_t k = 0; k < gold->n; k++) {
        stance_kind kind = kind_of(a, gold->contents[k]);
        bool hit = false;
        for (size_t i = 0; i < found->n && !hit; i++) {
            const struct attribution *x = &found->items[i];
            hit = !x->relayed && article_same(article_span(a, x->first, x->end), gold->contents[k]);
        }
        to->marked[kind]++;
        to->found[kind] += hit;
    }
    for (size_t i = 0; i < found->n; i++) {
        if (found->items[i].relayed || found->items[i].first >= found->items[i].end) continue;
        bool hit = false;
        for (size_t k = 0; k < gold->n && !hit; k++) hit = article_same(article_span(a, found->items[i].first, found->items[i].end), gold->contents[k]);
        to->proposed++;
        to->right += hit;
    }
}

bool views_recall_count(const struct language *language, struct arena *arena, const stance_gold_article *gold, const struct tag_weights *weights,
                        struct views_recall *to, stance_error *err)
{
    struct article a = {0};
    struct attributions found;
    arena_reset(arena);
    bool ok = article_read(&a, language, gold->text, arena, err) && names_find(&a, err) && attribution_find(&a, &found, err) &&
              tagger_apply(&a, weights, &found, err);
    if (ok) compare(&a, &found, gold, to);
    to->articles += ok;
    article_free(&a);
    return ok;
}

void views_recall_write(const struct views_recall *r, struct strbuf *out)
{
    strbuf_print(out, "{\"articles\":%zu,\"proposed\":%zu,\"right\":%zu,\"kinds\":[", r->articles, r->proposed, r->right);
    for (size_t k = 0; k < VIEWS_KINDS; k++)
        strbuf_print(out, "%s{\"kind\":\"%s\",\"marked\":%zu,\"found\":%zu}", k ? "," : "", stance_kind_name((stance_kind)k), r->marked[k], r->found[k]);
    strbuf_add(out, STR("]}"));
}
