/* SPDX-License-Identifier: MIT
 * dictionary: open addressing over 64-bit hashes.
 * Method: linear probing; the hash itself is the identity, texts are for people. Limits: two keys with one hash would be one feature (odds of a
 * million keys: 3e-8); 2^32 - 2 keys. */
#include "dictionary.h"

#include <stdlib.h>

#include "../base/str.h"

static size_t slot_of(const struct dictionary *d, uint64_t hash)
{
    size_t at = (size_t)hash_spread(hash) & (d->size - 1);
    while (d->slots[at].id && d->slots[at].hash != hash) at = (at + 1) & (d->size - 1);
    return at;
}

uint32_t dictionary_find(const struct dictionary *d, uint64_t hash)
{
    if (d->size == 0) return NO_ID;
    uint32_t found = d->slots[slot_of(d, hash)].id;
    return found ? found - 1 : NO_ID;
}

static bool grow(struct dictionary *d)
{
    struct dictionary old = *d;
    size_t size = d->size ? d->size * 2 : 64;
    struct dictionary_slot *slots = calloc(size, sizeof *slots);
    if (!slots) return false;
    d->slots = slots;
    d->size = size;
    for (size_t i = 0; i < old.size; i++)
        if (old.slots[i].id) slots[slot_of(d, old.slots[i].hash)] = old.slots[i];
    free(old.slots);
    return true;
}

uint32_t dictionary_add(struct dictionary *d, uint64_t hash, bool *fresh)
{
    void *items = d->items;
    if ((d->n + 1) * 2 > d->size && (d->n >= NO_ID - 1 || !grow(d))) return NO_ID;
    struct dictionary_slot *slot = &d->slots[slot_of(d, hash)];
    *fresh = slot->id == 0;
    if (slot->id) return slot->id - 1;
    if (!array_reserve(&items, &d->cap, d->n + 1, sizeof *d->items)) return NO_ID;
    d->items = items;
    d->items[d->n] = (stance_str){"", 0};
    *slot = (struct dictionary_slot){hash, (uint32_t)++d->n};
    return (uint32_t)d->n - 1;
}

/* arena_copy aligns and ends with NUL; keys are many and short, which is worth the bytes. */
bool dictionary_name(struct dictionary *d, uint32_t id, stance_str text)
{
    return arena_copy(&d->text, (stance_str){text.len ? text.ptr : "", text.len}, &d->items[id]);
}

void dictionary_free(struct dictionary *d)
{
    arena_free(&d->text);
    free(d->items);
    free(d->slots);
    *d = (struct dictionary){0};
}
