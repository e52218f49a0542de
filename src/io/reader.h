/* SPDX-License-Identifier: MIT
 * reader: documents out of files, folders and stdin. The interface is in stance.h. */
#ifndef IO_READER_H
#define IO_READER_H
#include "../base/arena.h"

/* A copy that lives in the arena: a reader's document is gone at the next call, and other threads may still work on it. */
bool reader_copy_document(struct arena *arena, const stance_document *from, stance_document *to);
#endif
