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

static bool resize(struct dictionary *d, size_t size)
{
    struct dictionary old = *d;
    struct dictionary_slot *slots = calloc(size, sizeof *slots);
    if (!slots) return false;
    d->slots = slots;
    d->size = size;
    for (size_t i = 0; i < old.size; i++)
        if (old.slots[i].id) slots[slot_of(d, old.slots[i].hash)] = old.slots[i];
    free(old.slots);
    return true;
}

static bool grow(struct dictionary *d)
{
    return resize(d, d->size ? d->size * 2 : 64);
}

bool dictionary_reserve(struct dictionary *d, size_t n)
{
    size_t size = 64;
    void *items = d->items;
    if (n >= NO_ID / 2) return false;
    while (size < n * 2) size *= 2;
    bool ok = array_reserve(&items, &d->cap, n, sizeof *d->items);
    d->items = items;
    return ok && (size <= d->size || resize(d, size));
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
