/* SPDX-License-Identifier: MIT
 * pairs: an index of the model's keys by the two words alone.
 * Method: open addressing by the hash of the text behind the template's head, which is read from the keys when the index is made; a filter before it.
 * Limits: compares 32 bits of the hash and the place, like model_find. */
#include "pairs.h"

#include <stdlib.h>
#include <string.h>

enum { FILTER_LEAST = 10 };

/* The kind of a key of two words, which are behind *words; PAIR_KINDS: it is none. */
static inline size_t kind_of(stance_str key, stance_str *words)
{
    static const struct { stance_str head; enum pair_kind kind; } heads[] = {
        {STR_INIT("w2="), PAIR_ROW}, {STR_INIT("side2=< "), PAIR_LEFT}, {STR_INIT("side2=> "), PAIR_RIGHT}, {STR_INIT("clause="), PAIR_CLAUSE}};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        stance_str head = heads[i].head;
        if (key.len <= head.len || key.ptr[0] != head.ptr[0] || !str_starts(key, head)) continue;
        *words = str_slice(key, head.len, key.len);
        return memchr(words->ptr, ' ', words->len) ? heads[i].kind : PAIR_KINDS;
    }
    return PAIR_KINDS;
}

/* More keys than there are of two words, but not many more. */
static size_t at_most(const struct stance_model *m)
{
    size_t n = 0;
    for (uint32_t id = 0; id < m->features; id++) {
        if (m->block[id] == BLOCK_CHAR) continue;
        stance_str key = model_key(m, id);
        n += key.len > 6 && (key.ptr[1] == '2' || key.ptr[4] == '2' || key.ptr[0] == 'c'); /* w2, side2, clause */
    }
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
    size_t n = at_most(m);
    unsigned bits = FILTER_LEAST;
    while (bits < 31 && ((size_t)1 << bits) < n * 6) bits++;
    *p = (struct pairs){.size = n + n / 8 + 1, .shift = 64 - bits};
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
