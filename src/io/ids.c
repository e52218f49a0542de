/* SPDX-License-Identifier: MIT
 * ids: repeated ids and shards.
 * Method: open addressing over 64-bit hashes. Limits: among a million ids two meet by chance with probability 3e-8; one then gets a ~2. */
#include "ids.h"

#include <stdlib.h>

static size_t slot_of(const struct ids *ids, uint64_t hash)
{
    size_t at = (size_t)hash & (ids->size - 1);
    while (ids->slots[at] && ids->slots[at] != hash) at = (at + 1) & (ids->size - 1);
    return at;
}

static bool grow(struct ids *ids)
{
    struct ids wider = {.n = ids->n, .size = ids->size ? ids->size * 2 : 1024};
    wider.slots = calloc(wider.size, sizeof *wider.slots);
    if (!wider.slots) return false;
    for (size_t i = 0; i < ids->size; i++)
        if (ids->slots[i]) wider.slots[slot_of(&wider, ids->slots[i])] = ids->slots[i];
    free(ids->slots);
    *ids = wider;
    return true;
}

/* 1: new, and kept. 0: there already. -1: memory is out. */
static int add(struct ids *ids, stance_str id)
{
    if ((ids->n + 1) * 2 > ids->size && !grow(ids)) return -1;
    uint64_t hash = str_hash(id, 0);
    if (hash == 0) hash = 1; /* 0 marks free slots */
    size_t at = slot_of(ids, hash);
    if (ids->slots[at]) return 0;
    ids->slots[at] = hash;
    ids->n++;
    return 1;
}

bool ids_make_unique(struct ids *ids, struct strbuf *id, bool *repeated)
{
    size_t len = id->len;
    int added = add(ids, strbuf_str(id));
    *repeated = added == 0;
    for (size_t copy = 2; added == 0 && !id->failed; copy++) {
        id->len = len;
        strbuf_print(id, "~%zu", copy);
        added = add(ids, strbuf_str(id));
    }
    return added > 0 && !id->failed;
}

void ids_free(struct ids *ids)
{
    free(ids->slots);
    *ids = (struct ids){0};
}

size_t ids_shard(stance_str id, size_t n)
{
    return (size_t)(str_hash64(id, 0) % n);
}
