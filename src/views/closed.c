/* SPDX-License-Identifier: MIT
 * closed: numbers for the words that the rules ask for.
 * Method: the words of the two tables in one vocabulary, the single ones first, so that their numbers are those of the enum; a bit for each list.
 * Limits: 64 lists, fewer than 65,536 words. */
#include "closed.h"

#include <stdlib.h>

#include "../base/str.h"

static bool add(struct closed *c, stance_str word, uint64_t list)
{
    uint32_t id = vocab_add(&c->words, word);
    void *lists = c->lists;
    size_t before = c->cap;
    if (id == VOCAB_NONE || !array_reserve(&lists, &c->cap, id + 2u, sizeof *c->lists)) return false;
    c->lists = lists;
    memset(c->lists + before, 0, (c->cap - before) * sizeof *c->lists);
    c->lists[id + 1] |= list;
    return true;
}

bool closed_load(struct closed *c)
{
    static const char *const words[] = {
#define X(name, text) text,
        CLOSED_WORDS(X)
#undef X
    };
    static const char *const lists[] = {
#define X(name, text) text,
        CLOSED_LISTS(X)
#undef X
    };
    _Static_assert(LISTS_COUNT <= 64, "a bit for each list");
    bool ok = true;
    for (size_t i = 0; i < sizeof words / sizeof *words && ok; i++) ok = add(c, str_of(words[i]), 0);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (stance_str rest = str_of(lists[i]); rest.ptr && ok;) ok = add(c, str_split(&rest, ' '), UINT64_C(1) << i);
    return ok;
}

void closed_free(struct closed *c)
{
    vocab_free(&c->words);
    free(c->lists);
    *c = (struct closed){.lists = NULL};
}

uint16_t closed_find(const struct closed *c, stance_str folded)
{
    uint32_t id = vocab_find(&c->words, folded);
    return id == VOCAB_NONE ? (uint16_t)CLOSED_NONE : (uint16_t)(id + 1);
}
