/* SPDX-License-Identifier: MIT
 * progress: how far a run over articles is, on the terminal. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H
#include <time.h>

#include "common.h"

struct progress {
    bool on, shown;
    size_t total;            /* bytes of all inputs; 0: not known */
    struct timespec began, last;
};

/* On with --progress, and when a person looks: stderr is a terminal, and the output does not go there too. data: something is written to stdout. */
void progress_begin(struct progress *p, const struct options *o, bool data);
/* Shows counts, speed and time left, a few times a second. */
void progress_step(struct progress *p, size_t articles, size_t views, size_t bytes);
void progress_end(struct progress *p);
#endif
