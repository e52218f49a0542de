/* SPDX-License-Identifier: MIT
 * namebook: who bears the names of an article. Small and of one article, so that it stays in the cache. */
#ifndef VIEWS_NAMEBOOK_H
#define VIEWS_NAMEBOOK_H
#include "../base/arena.h"
#include "../base/str.h"

/* A name as aliases are compared (see gazetteer_fold), with its hash. */
struct folded_name {
    stance_str text;   /* in `scratch` until the next name is folded */
    uint64_t hash;
};

struct namebook {
    struct arena *arena;
    struct name_slot {
        uint64_t hash;
        const char *folded;              /* NULL: empty */
        uint32_t len, entity;
    } *names;                            /* [names_size] open addressing */
    struct surname_slot {
        uint32_t form, entity;           /* form + 1; 0: empty */
    } *surnames;                         /* [surnames_size] the same */
    size_t names_n, names_size, surnames_n, surnames_size;
    struct strbuf scratch;               /* of folding; free with namebook_free */
    bool failed;                         /* memory was out where nobody could be told */
};

/* What a shorter name has to agree with; 0: none can. */
struct name_keys {
    uint32_t first;                      /* of the first word of several, see name_word_key */
    uint32_t initials;                   /* of the capitals that its words begin with, up to NAME_INITIALS */
};
enum { NAME_INITIALS = 8 };
struct name_keys name_keys_of(stance_str name);
/* Equal words have equal keys; never 0. */
static inline uint32_t name_word_key(stance_str word)
{
    uint64_t h = (word.len >= 8 ? eight_bytes(word.ptr) : few_bytes(word.ptr, word.len)) * 0x9E3779B97F4A7C15u;
    return ((uint32_t)(h >> 32) + (uint32_t)word.len) | 1;
}

/* Hash of a name that is folded. */
uint64_t name_hash(stance_str folded);
/* False when memory is out. */
bool namebook_fold(struct strbuf *scratch, stance_str name, struct folded_name *out);
/* The entity that bears the name, UINT32_MAX when nobody does. */
uint32_t namebook_bearer(const struct namebook *b, const struct folded_name *name);
/* Makes it bear a name that nobody bears; false when memory is out. */
bool namebook_add(struct namebook *b, const struct folded_name *name, uint32_t entity);
/* The same for surnames, by the number of the word's form; a later bearer takes the place of the one before. */
uint32_t namebook_surname(const struct namebook *b, uint32_t form);
bool namebook_set_surname(struct namebook *b, uint32_t form, uint32_t entity);
void namebook_free(struct namebook *b);
#endif
