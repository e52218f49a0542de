/* SPDX-License-Identifier: MIT
 * tag_memory: what sums are kept of.
 * Method: places by hash, each with all that its sum depends on, so that what is found there is what would be summed anew. Limits: two things of one
 * place drive each other out. */
#include "tag_memory.h"

void tag_memory_begin(struct tag_memory *m, const struct tag_table *table)
{
    if (m->table && m->table == table->id) return;
    memset(m->words, 0, sizeof m->words);
    memset(m->parts, 0, sizeof m->parts);
    m->table = table->id;
}
