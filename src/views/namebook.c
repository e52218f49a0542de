/* SPDX-License-Identifier: MIT
 * namebook: names as they are written, each folded and looked up in the gazetteer once.
 * Method: vocabularies that outlive the article; what holds for one article only carries its number. Limits: a book that has grown long is emptied
 * between articles. */
#include "namebook.h"

#include <stdlib.h>

#include "article.h"

enum { MOST_NAMES = 1 << 14 }; /* that many are kept from article to article */

void namebook_begin(struct namebook *b)
{
    if (b->names.n > MOST_NAMES || b->folded.n > MOST_NAMES || b->article == UINT32_MAX) namebook_free(b);
    b->article++;
}

void namebook_free(struct namebook *b)
{
    vocab_free(&b->names);
    vocab_free(&b->folded);
    strbuf_free(&b->scratch);
    free(b->seen);
    free(b->bearers);
    free(b->surnames);
    *b = (struct namebook){.article = 0};
}

/* Room for element `at` in an array whose new elements are those of no article. */
static bool reserve(struct name_bearer **array, size_t *cap, size_t at)
{
    void *grown = *array;
    size_t before = *cap;
    if (at < before) return true;
    if (!array_reserve(&grown, cap, at + 1, sizeof **array)) return false;
    *array = grown;
    memset(*array + before, 0, (*cap - before) * sizeof **array);
    return true;
}

uint32_t namebook_number(struct namebook *b, stance_str folded)
{
    uint32_t id = vocab_add(&b->folded, folded);
    return id != VOCAB_NONE && reserve(&b->bearers, &b->bearers_cap, id) ? id : VOCAB_NONE;
}

bool namebook_set_surname(struct namebook *b, uint32_t form, uint32_t entity)
{
    if (!reserve(&b->surnames, &b->surnames_cap, form)) return false;
    b->surnames[form] = (struct name_bearer){b->article, entity};
    return true;
}

static uint32_t number_of(struct namebook *b, stance_str name)
{
    gazetteer_fold(name, &b->scratch);
    return b->scratch.failed ? VOCAB_NONE : namebook_number(b, strbuf_str(&b->scratch));
}

/* A name that is not in the book. */
static bool learn(struct namebook *b, const struct gazetteer *g, stance_str name, struct name_seen *out)
{
    *out = (struct name_seen){.folded = number_of(b, name)};
    if (out->folded == VOCAB_NONE) return false;
    out->row = gazetteer_find_folded(g, name, vocab_text(&b->folded, out->folded));
    out->canonical = out->row ? number_of(b, out->row->canonical) : out->folded;
    return out->canonical != VOCAB_NONE;
}

bool namebook_find(struct namebook *b, const struct gazetteer *g, stance_str name, struct name_seen *out)
{
    size_t known = b->names.n;
    uint32_t id = vocab_add(&b->names, name);
    if (id < known) return *out = b->seen[id], true;
    void *seen = b->seen;
    if (id == VOCAB_NONE || !array_reserve(&seen, &b->seen_cap, id + 1, sizeof *b->seen)) return false;
    b->seen = seen;
    if (!learn(b, g, name, out)) return false;
    b->seen[id] = *out;
    return true;
}
