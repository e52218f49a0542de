/* SPDX-License-Identifier: MIT
 * known: a table of chunks by all their bytes, two to a line of the cache.
 * Method: of the two that share a place the one met often stays, the other gives way, so that the table keeps its size whatever is read.
 * Limits: chunks of at most 15 bytes, four tokens and two words. */
#include "known.h"

#include <string.h>

#include "../base/pages.h"

_Static_assert(sizeof(struct known_bucket) == 64, "a bucket takes a line of the cache");

bool known_init(struct known *k)
{
    k->buckets = pages_take(sizeof *k->buckets << KNOWN_BITS);
    return k->buckets;
}

void known_free(struct known *k)
{
    vocab_free(&k->words);
    pages_give(k->buckets);
    *k = (struct known){.buckets = NULL};
}

/* False: it holds a word that is forgotten. */
static bool renumber(struct known_chunk *chunk, const uint32_t *new_ids)
{
    for (size_t i = 0; i < KNOWN_WORDS; i++) {
        if (chunk->words[i] == VOCAB_NONE) continue;
        chunk->words[i] = new_ids[chunk->words[i]];
        if (chunk->words[i] == VOCAB_NONE) return false;
    }
    return true;
}

bool known_keep(struct known *k, const uint32_t *new_ids)
{
    struct vocab kept = {.n = 0};
    bool ok = true;
    for (size_t id = 0; ok && id < k->words.n; id++) ok = new_ids[id] == VOCAB_NONE || vocab_add(&kept, vocab_text(&k->words, (uint32_t)id)) == new_ids[id];
    if (!ok) return vocab_free(&kept), false;
    for (size_t i = 0; k->buckets && i < (size_t)1 << KNOWN_BITS; i++)
        for (struct known_chunk *way = k->buckets[i].way; way < k->buckets[i].way + KNOWN_WAYS; way++)
            if (way->bytes[0] && !renumber(way, new_ids)) *way = (struct known_chunk){.bytes = {0}};
    vocab_free(&k->words);
    k->words = kept;
    return true;
}

void known_add(struct known *k, const struct known_chunk *chunk)
{
    struct known_chunk *way = known_bucket(k, chunk->bytes[0], chunk->bytes[1])->way;
    bool empty = !way[0].bytes[0];
    way[empty ? 0 : 1] = *chunk;
}
