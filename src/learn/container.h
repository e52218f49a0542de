/* SPDX-License-Identifier: MIT
 * container: the file under every model: named sections with checksums, little-endian, mapped read-only, written whole or not at all.
 * Layout: header (48 bytes: magic, version, kind, number of sections, file size, XXH64 of header and table with this field zero),
 * table (40 bytes a section: name, offset, size, XXH64), sections from multiples of 8 with zero bytes between. */
#ifndef LEARN_CONTAINER_H
#define LEARN_CONTAINER_H
#include "../base/str.h"

/* Version 2: each word's n-grams of characters count once in a text, undamped. Older weights would be wrong under that, and are refused. */
enum { CONTAINER_VERSION = 2, CONTAINER_OLDEST = 2, CONTAINER_SECTIONS = 32, CONTAINER_NAME = 16 };

struct container_section {
    const char *name; /* at most 15 bytes */
    const void *data; /* kept, not copied */
    size_t size;
};

/* kind: eight bytes that tell models of one use from another, "stance" or "views". */
bool container_pack(const char *kind, const struct container_section *sections, size_t n, struct strbuf *out, stance_error *err);
/* Packs into a temporary file beside path, syncs it and renames it. */
bool container_write(const char *path, const char *kind, const struct container_section *sections, size_t n, stance_error *err);

/* An open file; immutable, may serve many threads. */
struct container;
struct container *container_open(const char *path, const char *kind, stance_error *err);
void container_free(struct container *c);
/* The section's bytes, at an address that any type may have; data NULL when there is no such section. Valid until container_free. */
struct container_section container_find(const struct container *c, const char *name);
/* The same, but its absence is an error, and so is a size that is no multiple of `unit`. *count: size / unit. */
const void *container_array(const struct container *c, const char *name, size_t unit, size_t *count, stance_error *err);
/* Digest of the content: 16 hexadecimal digits. */
const char *container_id(const struct container *c);
size_t container_size(const struct container *c);
/* "PATH: damaged (SECTION): ..." and what to do; returns false. */
bool container_damaged(const struct container *c, const char *section, stance_error *err);
#endif
