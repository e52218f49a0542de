/* SPDX-License-Identifier: MIT
 * ids: article ids made unique, and the shard they belong to. */
#ifndef IO_IDS_H
#define IO_IDS_H
#include "../base/str.h"

/* The ids given out so far, as hashes: 16 to 32 bytes each. All zero is empty. */
struct ids {
    uint64_t *slots;  /* [size], 0 = free */
    size_t n, size;
};

/* Leaves id alone when it is new, else appends ~2, ~3, ... until it is, and sets *repeated. False when memory is out. */
bool ids_make_unique(struct ids *ids, struct strbuf *id, bool *repeated);
void ids_free(struct ids *ids);
/* XXH64 of the id modulo n (n > 0): the same on every machine. */
size_t ids_shard(stance_str id, size_t n);
#endif
