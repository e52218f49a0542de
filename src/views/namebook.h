/* SPDX-License-Identifier: MIT
 * namebook: names that articles hold, with what the gazetteer says of each: looked up once for many articles. */
#ifndef VIEWS_NAMEBOOK_H
#define VIEWS_NAMEBOOK_H
#include "../base/str.h"
#include "../base/vocab.h"

struct gazetteer;
struct gazetteer_row;

/* What is known of a name as it is written. */
struct name_seen {
    const struct gazetteer_row *row; /* NULL: in no row */
    uint32_t folded;                 /* number of the name as aliases are compared, see namebook_bearer */
    uint32_t canonical;              /* the same of the row's canonical name; of the name itself without a row */
};

struct namebook {
    struct vocab names;              /* as written */
    struct name_seen *seen;          /* [names.n] */
    size_t seen_cap;
    struct vocab folded;
    struct name_bearer {
        uint32_t article, entity;    /* whose name that is in this article */
    } *bearers;                      /* [folded.n] */
    struct name_bearer *surnames;    /* [surnames_cap] by form, and who bears it as a surname */
    size_t bearers_cap, surnames_cap;
    struct strbuf scratch;
    uint32_t article;                /* number of the one in work; what was said in others is void */
};

/* All zero is an empty book. Begins an article: numbers and bearers of the ones before are void, and the book is emptied when it has grown long. */
void namebook_begin(struct namebook *b);
/* Looks a name up; false when memory is out. */
bool namebook_find(struct namebook *b, const struct gazetteer *g, stance_str name, struct name_seen *out);
/* Number of a name that is folded already; VOCAB_NONE when memory is out. */
uint32_t namebook_number(struct namebook *b, stance_str folded);
/* The entity that bears the name of this number in the article, UINT32_MAX before one is set. */
static inline uint32_t namebook_bearer(const struct namebook *b, uint32_t number)
{
    return b->bearers[number].article == b->article ? b->bearers[number].entity : UINT32_MAX;
}
static inline void namebook_set_bearer(struct namebook *b, uint32_t number, uint32_t entity)
{
    b->bearers[number] = (struct name_bearer){b->article, entity};
}
/* The same for surnames, by the number of the word's form. */
static inline uint32_t namebook_surname(const struct namebook *b, uint32_t form)
{
    return form < b->surnames_cap && b->surnames[form].article == b->article ? b->surnames[form].entity : UINT32_MAX;
}
bool namebook_set_surname(struct namebook *b, uint32_t form, uint32_t entity);
void namebook_free(struct namebook *b);
#endif
