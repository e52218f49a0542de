/* SPDX-License-Identifier: MIT
 * progress: how far a run over articles is, on the terminal.
 * Method: one line, written over; time left from the bytes read and the sizes of the inputs. Limits: none is known of stdin; reading runs a little ahead
 * of the work. */
#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../io/walk.h"

static const double PAUSE = 0.2, SETTLED = 1.0; /* seconds between two lines, and before a speed is told */

static size_t size_of(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISREG(st.st_mode) ? (size_t)st.st_size : 0;
}

static size_t size_of_folder(const char *path)
{
    struct walk *w = walk_open(path, NULL);
    const char *file;
    size_t inside, total = 0;
    stance_error err = {0};
    for (int got = w ? 1 : 0; got != 0 && err.code != STANCE_NOMEM && !interrupted();)
        if ((got = walk_next(w, &file, &inside, &err)) > 0) total += size_of(file);
    walk_free(w);
    return total;
}

static size_t size_of_inputs(const struct options *o)
{
    size_t total = 0;
    for (size_t i = 0; i < o->inputs.n; i++) {
        if (strcmp(o->inputs.items[i], "-") == 0) return 0;
        total += walk_is_folder(o->inputs.items[i]) ? size_of_folder(o->inputs.items[i]) : size_of(o->inputs.items[i]);
    }
    return total;
}

void progress_begin(struct progress *p, const struct options *o, bool data)
{
    bool watched = isatty(STDERR_FILENO) && !(data && !o->output && isatty(STDOUT_FILENO));
    *p = (struct progress){.on = o->progress || (watched && !o->quiet)};
    if (!p->on) return;
    p->total = size_of_inputs(o);
    clock_gettime(CLOCK_MONOTONIC, &p->began);
    p->last = p->began;
}

static double seconds(struct timespec from, struct timespec to)
{
    return (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) * 1e-9;
}

void progress_step(struct progress *p, size_t articles, size_t views, size_t bytes)
{
    struct timespec now;
    if (!p->on) return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (seconds(p->last, now) < PAUSE) return;
    double passed = seconds(p->began, now);
    p->last = now;
    p->shown = true;
    fprintf(stderr, "\rstance: %zu article%s, %zu view%s, %.1f MB/s", articles, plural(articles), views, plural(views), (double)bytes / passed / 1e6);
    if (bytes && bytes <= p->total && passed >= SETTLED) {
        unsigned long left = (unsigned long)((double)(p->total - bytes) / ((double)bytes / passed));
        fprintf(stderr, ", %lu:%02lu left", left / 60, left % 60);
    }
    fputs("   ", stderr);
}

void progress_end(struct progress *p)
{
    if (p->shown) fputc('\n', stderr);
    p->shown = false;
}
