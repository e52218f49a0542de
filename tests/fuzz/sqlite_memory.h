/* SPDX-License-Identifier: MIT
 * sqlite_memory: SQLite's memory from blocks of our own, which are used again: SQLite asks for so many that the sanitizer's malloc took most of the
 * time. What a caller may see is as with malloc: bytes behind a block and freed blocks are poisoned, and a freed block rests until enough others
 * of its size were freed. Blocks not given back are counted. One thread. */
#ifndef SQLITE_MEMORY_H
#define SQLITE_MEMORY_H
#include <sqlite3.h>

#include "fuzz.h"

#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined __SANITIZE_ADDRESS__ || __has_feature(address_sanitizer)
void __asan_poison_memory_region(volatile void *, size_t); /* not const, as asan_interface.h has it: gcc takes that for a read */
void __asan_unpoison_memory_region(volatile void *, size_t);
#define MEMORY_POISON(at, n) __asan_poison_memory_region(at, n)
#define MEMORY_UNPOISON(at, n) __asan_unpoison_memory_region(at, n)
#else
#define MEMORY_POISON(at, n) ((void)(at), (void)(n))
#define MEMORY_UNPOISON(at, n) ((void)(at), (void)(n))
#endif

enum { MEMORY_SMALLEST = 5, MEMORY_CLASSES = 22, MEMORY_RESTS = 64, MEMORY_BACK = 16 };

/* Before each block; 16 bytes more are poisoned between it and the block, for what is written before its beginning. */
struct memory_block {
    struct memory_block *next;
    uint32_t n, class;
};

static struct {
    struct memory_block *first, *last;
    size_t n;
} memory_rest[MEMORY_CLASSES];
static size_t memory_blocks;

static char *memory_of(struct memory_block *b)
{
    return (char *)(b + 1) + MEMORY_BACK;
}

static struct memory_block *memory_block(void *p)
{
    return (struct memory_block *)(void *)((char *)p - MEMORY_BACK) - 1;
}

static void *memory_get(int n)
{
    uint32_t class = n > 1 << MEMORY_SMALLEST ? (uint32_t)(32 - __builtin_clz((unsigned)n - 1) - MEMORY_SMALLEST) : 0;
    if (n <= 0 || class >= MEMORY_CLASSES) return NULL;
    size_t room = (size_t)1 << (class + MEMORY_SMALLEST);
    struct memory_block *b = memory_rest[class].first;
    if (b && memory_rest[class].n > (room > 4096 ? 1 : MEMORY_RESTS)) {
        memory_rest[class].first = b->next;
        memory_rest[class].n--;
    } else {
        b = malloc(sizeof *b + MEMORY_BACK + room);
        if (!b) return NULL;
        MEMORY_POISON(b + 1, MEMORY_BACK + room);
    }
    *b = (struct memory_block){NULL, (uint32_t)n, class};
    MEMORY_UNPOISON(memory_of(b), (size_t)n);
    memory_blocks++;
    return memory_of(b);
}

static void memory_put(void *p)
{
    if (!p) return;
    struct memory_block *b = memory_block(p);
    CHECK(b->n); /* else it was given back before */
    b->n = 0;
    MEMORY_POISON(p, (size_t)1 << (b->class + MEMORY_SMALLEST));
    if (memory_rest[b->class].n++) memory_rest[b->class].last->next = b;
    else memory_rest[b->class].first = b;
    memory_rest[b->class].last = b;
    memory_blocks--;
}

static int memory_size(void *p)
{
    return p ? (int)memory_block(p)->n : 0;
}

static void *memory_resize(void *p, int n)
{
    void *to = memory_get(n);
    if (!to) return NULL;
    size_t old = (size_t)memory_size(p);
    memcpy(to, p, old < (size_t)n ? old : (size_t)n);
    memory_put(p);
    return to;
}

static int memory_round(int n)
{
    return (n + 7) & ~7;
}

static int memory_begin(void *unused)
{
    (void)unused;
    return SQLITE_OK;
}

static void memory_end(void *unused)
{
    (void)unused;
}

/* Before anything else is asked of SQLite. No counting and no locks of its own either: there is one thread. */
static inline void sqlite_memory_take(void)
{
    static const sqlite3_mem_methods methods = {memory_get, memory_put, memory_resize, memory_size, memory_round, memory_begin, memory_end, NULL};
    CHECK(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK && sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK);
    CHECK(sqlite3_config(SQLITE_CONFIG_SINGLETHREAD) == SQLITE_OK && sqlite3_initialize() == SQLITE_OK);
}
#endif
