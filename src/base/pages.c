/* SPDX-License-Identifier: MIT
 * pages: memory from the system, with a line of the cache before it that says how much it is.
 * Method: mapped anew, so that only what is used is touched; the system is advised to take huge pages, and may decline.
 * Limits: for tables of a megabyte and more; smaller ones come from malloc as well. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, MADV_HUGEPAGE */
#include "pages.h"

#include <stdint.h>
#include <sys/mman.h>

enum { LINE = 64, HUGE_PAGE = 2 << 20 };

struct head {
    void *mapped;
    size_t size;
};

void *pages_take(size_t size)
{
    if (size > SIZE_MAX - 2 * (size_t)HUGE_PAGE) return NULL;
    size_t whole = size + LINE + HUGE_PAGE;
    char *mapped = mmap(NULL, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) return NULL;
    /* the table begins with a huge page, its head stands at the end of the small one before */
    char *at = mapped + LINE + (HUGE_PAGE - (uintptr_t)(mapped + LINE) % HUGE_PAGE) % HUGE_PAGE;
#ifdef MADV_HUGEPAGE
    if (size >= HUGE_PAGE) (void)madvise(at, size, MADV_HUGEPAGE);
#endif
    struct head *head = (struct head *)(void *)(at - LINE);
    *head = (struct head){mapped, whole};
    return at;
}

void pages_give(void *memory)
{
    if (!memory) return;
    const struct head *head = (const struct head *)(const void *)((const char *)memory - LINE);
    (void)munmap(head->mapped, head->size);
}
