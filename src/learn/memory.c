/* SPDX-License-Identifier: MIT
 * memory: an estimate from a sample.
 * Method: features of some rows are counted; cells grow with the rows, distinct features by Heaps' law, whose exponent is that between half the sample
 * and all of it. Limits: Linux for what is free; control groups are not asked. */
#include "memory.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "../base/error.h"
#include "../base/str.h"
#include "dictionary.h"

enum { SAMPLE = 400 };
/* Bytes: a cell in the matrix, in a trainer (index, value, value without ratios), a feature in the dictionary with its key, in a fit. */
static const double CELL = 8, TRAINED_CELL = 24, KEY = 120, FITTED = 24, ROW = 400;

struct sample {
    struct dictionary keys;
    double cells;
};

static bool count(void *ctx, const struct occurrence *o)
{
    struct sample *s = ctx;
    bool fresh;
    s->cells++;
    return dictionary_add(&s->keys, o->hash, &fresh) != NO_ID;
}

static bool count_rows(struct sample *s, const stance_rows *rows, size_t from, size_t to, size_t step, const struct feature_settings *settings, stance_error *err)
{
    struct feature_sink sink = {count, s, NULL};
    struct feature_facts facts;
    struct arena arena = ARENA_EMPTY;
    bool ok = true;
    for (size_t i = from; ok && i < to; i++) {
        arena_reset(&arena);
        ok = features_extract(settings, &rows->rows[i * step].in, &arena, &sink, &facts, err);
    }
    arena_free(&arena);
    return ok;
}

bool memory_estimate(const stance_rows *rows, const struct feature_settings *settings, unsigned threads, double *bytes, stance_error *err)
{
    struct sample s = {.cells = 0};
    size_t taken = rows->n < SAMPLE ? rows->n : SAMPLE, step = taken ? rows->n / taken : 1;
    *bytes = 0;
    bool ok = count_rows(&s, rows, 0, taken / 2, step, settings, err);
    double half = (double)s.keys.n;
    ok = ok && count_rows(&s, rows, taken / 2, taken, step, settings, err);
    if (ok && half > 0) {
        double n = (double)rows->n, times = n / (double)taken, grow = log((double)s.keys.n / half) / log(2);
        double cells = s.cells * times, keys = (double)s.keys.n * pow(times, fmin(grow, 1));
        if (settings->hash_bits) keys = fmin(keys, 3 * pow(2, settings->hash_bits));
        *bytes = n * ROW + cells * CELL + keys * KEY + (threads ? threads : 1) * (cells * TRAINED_CELL + keys * (FITTED + 24.0 * (double)rows->labels_n));
    }
    dictionary_free(&s.keys);
    return ok;
}

static double free_memory(void)
{
    char line[128];
    double kilobytes = 0;
    FILE *in = fopen("/proc/meminfo", "r");
    while (in && fgets(line, sizeof line, in)) {
        stance_str rest = str_trim(str_of(line)), value, name = str_split(&rest, ':');
        value = str_trim(rest);
        if (str_equal(name, STR("MemAvailable")) && str_to_double(str_split(&value, ' '), &kilobytes)) break;
    }
    if (in) fclose(in);
    return kilobytes * 1024;
}

double memory_available(void)
{
    struct rlimit limit;
    double bytes = free_memory();
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY && (bytes <= 0 || (double)limit.rlim_cur < bytes)) bytes = (double)limit.rlim_cur;
    return bytes;
}
