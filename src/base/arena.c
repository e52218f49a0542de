/* SPDX-License-Identifier: MIT
 * arena: bump allocation in growing blocks.
 * Method: blocks double; reset keeps the newest, which is the largest. Limits: nothing is freed singly. */
#include "arena.h"

#include <stdlib.h>
#include <string.h>

struct arena_block {
    struct arena_block *older;
    max_align_t data[];
};

enum { FIRST_BLOCK = 16 * 1024, KEEP_AT_MOST = 64 * 1024 * 1024 };

static bool add_block(struct arena *a, size_t need)
{
    size_t size = a->size ? a->size : FIRST_BLOCK / 2;
    if (size <= SIZE_MAX / 4) size *= 2;
    if (size > KEEP_AT_MOST) size = KEEP_AT_MOST;
    if (size < need) size = need;
    if (size > SIZE_MAX - sizeof(struct arena_block)) return false;
    struct arena_block *block = malloc(sizeof *block + size);
    if (!block) return false;
    block->older = a->head;
    a->head = block;
    a->size = size;
    a->used = 0;
    return true;
}

/* Memory as it comes. */
static void *take(struct arena *a, size_t count, size_t size, size_t *taken)
{
    const size_t align = _Alignof(max_align_t);
    if (size && count > (SIZE_MAX - align) / size) return NULL;
    size_t need = (count * size + align - 1) / align * align;
    if (need == 0) need = align;
    if ((!a->head || a->size - a->used < need) && !add_block(a, need)) return NULL;
    void *at = (char *)a->head->data + a->used;
    a->used += need;
    *taken = need;
    return at;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    size_t taken;
    void *at = take(a, count, size, &taken);
    return at ? memset(at, 0, taken) : NULL;
}

void *arena_grow(struct arena *a, const void *old, size_t old_count, size_t new_count, size_t size)
{
    size_t taken;
    void *at = take(a, new_count, size, &taken);
    if (at && old_count) memcpy(at, old, old_count * size);
    return at;
}

bool arena_copy(struct arena *a, stance_str text, stance_str *out)
{
    *out = (stance_str){NULL, 0};
    if (!text.ptr) return true;
    size_t taken;
    char *at = take(a, text.len + 1, 1, &taken);
    if (!at) return false;
    if (text.len) memcpy(at, text.ptr, text.len);
    at[text.len] = '\0';
    *out = (stance_str){at, text.len};
    return true;
}

static void free_blocks(struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;
        free(block);
        block = older;
    }
}

void arena_reset(struct arena *a)
{
    if (!a->head) return;
    free_blocks(a->head->older);
    a->head->older = NULL;
    a->used = 0;
    if (a->size > KEEP_AT_MOST) arena_free(a);
}

void arena_free(struct arena *a)
{
    free_blocks(a->head);
    *a = (struct arena)ARENA_EMPTY;
}
