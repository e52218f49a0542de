/* SPDX-License-Identifier: MIT
 * views_model: keys and weights in a hash table that is used straight from the map, in the container of all our models.
 * Method: open addressing, at most half full. Limits: features are known by their 64-bit hash alone. */
#include "views_model.h"

#include <math.h>
#include <stdlib.h>

#include "../base/error.h"
#include "../learn/container.h"

struct stance_views_model {
    struct container *file;
    struct tag_weights weights;
};

static const char kind[] = "views";

static bool finite_all(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (isnan(x[i])) return false;
    return true;
}

/* A table without an empty slot would never end a search. */
static bool has_empty(const uint64_t *keys, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!keys[i]) return true;
    return false;
}

static bool load(struct stance_views_model *m, stance_error *err)
{
    struct tag_weights *w = &m->weights;
    size_t weights, bias, transitions;
    w->keys = container_array(m->file, "keys", sizeof *w->keys, &w->slots, err);
    w->weights = w->keys ? container_array(m->file, "weights", sizeof *w->weights, &weights, err) : NULL;
    w->bias = w->weights ? container_array(m->file, "bias", sizeof *w->bias, &bias, err) : NULL;
    w->transitions = w->bias ? container_array(m->file, "transitions", sizeof *w->transitions, &transitions, err) : NULL;
    if (!w->transitions) return false;
    bool sizes = w->slots && (w->slots & (w->slots - 1)) == 0 && weights / TAGS == w->slots && weights % TAGS == 0 && bias == TAGS &&
                 transitions == TAGS * TAGS;
    if (!sizes || !has_empty(w->keys, w->slots)) return container_damaged(m->file, "keys", err);
    return (finite_all(w->bias, TAGS) && finite_all(w->transitions, TAGS * TAGS)) || container_damaged(m->file, "bias", err);
}

stance_views_model *stance_views_model_open(const char *path, stance_error *err)
{
    struct stance_views_model *m = calloc(1, sizeof *m);
    if (!m) return error_nomem(err, "opening a model"), NULL;
    if ((m->file = container_open(path, kind, err)) != NULL && load(m, err)) return m;
    stance_views_model_free(m);
    return NULL;
}

void stance_views_model_free(stance_views_model *m)
{
    if (!m) return;
    container_free(m->file);
    free(m);
}

const char *stance_views_model_id(const stance_views_model *m)
{
    return container_id(m->file);
}

const struct tag_weights *views_model_weights(const struct stance_views_model *m)
{
    return &m->weights;
}

bool views_model_save(const char *path, const struct views_model_parts *p, stance_error *err)
{
    size_t slots = 64;
    while (slots < p->n * 2) slots *= 2;
    uint64_t *keys = calloc(slots, sizeof *keys);
    float *weights = calloc(slots * TAGS, sizeof *weights);
    bool ok = keys && weights;
    if (!ok) error_nomem(err, "writing a model");
    for (size_t i = 0; ok && i < p->n; i++) {
        size_t at = (size_t)p->keys[i] & (slots - 1);
        while (keys[at]) at = (at + 1) & (slots - 1);
        keys[at] = p->keys[i];
        for (size_t k = 0; k < TAGS; k++) weights[at * TAGS + k] = p->weights[i * TAGS + k];
    }
    struct container_section sections[] = {{"keys", keys, slots * sizeof *keys},
                                           {"weights", weights, slots * TAGS * sizeof *weights},
                                           {"bias", p->bias, sizeof p->bias},
                                           {"transitions", p->transitions, sizeof p->transitions}};
    ok = ok && container_write(path, kind, sections, sizeof sections / sizeof *sections, err);
    free(keys);
    free(weights);
    return ok;
}
