/* SPDX-License-Identifier: MIT
 * pairs: an index of the model's keys by the two words alone.
 * Method: open addressing by the hash of the text behind the template's head, which is read from the keys when the index is made; a filter before it.
 * Limits: compares 32 bits of the hash and the place, like model_find. */
#include "pairs.h"

#include <stdlib.h>
#include <string.h>

enum { FILTER_LEAST = 10 };

static const stance_str heads[PAIR_KINDS] = {[PAIR_ROW] = STR_INIT("w2="), [PAIR_LEFT] = STR_INIT("side2=< "), [PAIR_RIGHT] = STR_INIT("side2=> "),
                                             [PAIR_CLAUSE] = STR_INIT("clause=")};

/* The kind of a key of two words, which are behind *words; PAIR_KINDS: it is none. */
static size_t kind_of(stance_str key, stance_str *words)
{
    for (size_t k = 0; k < PAIR_KINDS; k++) {
        if (!str_starts(key, heads[k])) continue;
        *words = str_slice(key, heads[k].len, key.len);
        return memchr(words->ptr, ' ', words->len) ? k : PAIR_KINDS;
    }
    return PAIR_KINDS;
}

static size_t count(const struct stance_model *m)
{
    size_t n = 0;
    stance_str words;
    for (uint32_t id = 0; id < m->features; id++)
        if (m->block[id] != BLOCK_CHAR) n += kind_of(model_key(m, id), &words) != PAIR_KINDS;
    return n;
}

/* Its slot, or the empty one where it belongs. */
static struct pair *slot_of(const struct pairs *p, uint64_t spread)
{
    size_t at = (size_t)(pair_slot(p, spread) - p->slots);
    while (p->slots[at].tag && p->slots[at].tag != pair_tag(spread)) at = at == p->size ? 0 : at + 1;
    return &p->slots[at];
}

bool pairs_init(struct pairs *p, const struct stance_model *m)
{
    size_t n = count(m);
    unsigned bits = FILTER_LEAST;
    while (bits < 31 && ((size_t)1 << bits) < n * 16) bits++;
    *p = (struct pairs){.size = n + n / 4 + 1, .shift = 64 - bits};
    p->slots = calloc(p->size + 1, sizeof *p->slots);
    p->filter = calloc(((size_t)1 << bits) / 64, sizeof *p->filter);
    if (!p->slots || !p->filter) return false;
    for (uint32_t id = 0; n && id < m->features; id++) {
        stance_str words;
        size_t kind = m->block[id] == BLOCK_CHAR ? PAIR_KINDS : kind_of(model_key(m, id), &words);
        if (kind == PAIR_KINDS) continue;
        uint64_t spread = hash_spread(piece_of(words).hash), bit = spread >> p->shift;
        struct pair *slot = slot_of(p, spread);
        slot->tag = pair_tag(spread);
        slot->id[kind] = id + 1;
        p->filter[bit >> 6] |= UINT64_C(1) << (bit & 63);
    }
    return true;
}

void pairs_free(struct pairs *p)
{
    free(p->slots);
    free(p->filter);
    *p = (struct pairs){0};
}
