/* SPDX-License-Identifier: MIT
 * views_model: the tables of weights (see tag_table), used straight from the map, in the container of all our models.
 * Method: sizes and rows are checked before the first use. Limits: features are known by bits of their hash alone. */
#include "views_model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../learn/container.h"
#include "../text/unicode.h"
#include "tag_scene.h"

struct stance_views_model {
    struct container *file;
    struct tag_weights weights;
    stance_str measured;
};

static const char kind[] = "views";

static bool finite_all(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (isnan(x[i])) return false;
    return true;
}

static bool load(struct stance_views_model *m, stance_error *err)
{
    struct tag_weights *w = &m->weights;
    struct tag_table *t = &w->table;
    size_t scale_n, bias_n, transitions_n, scope_n;
    const uint32_t *scope = NULL;
    const double *scale = NULL, *bias = NULL, *transitions = NULL;
    t->alone = container_array(m->file, "alone", sizeof *t->alone, &t->alone_n, err);
    t->rows = t->alone ? container_array(m->file, "rows", sizeof *t->rows, &t->rows_n, err) : NULL;
    t->values = t->rows ? container_array(m->file, "values", sizeof *t->values, &t->values_n, err) : NULL;
    scale = t->values ? container_array(m->file, "scale", sizeof *scale, &scale_n, err) : NULL;
    bias = scale ? container_array(m->file, "bias", sizeof *bias, &bias_n, err) : NULL;
    transitions = bias ? container_array(m->file, "transitions", sizeof *transitions, &transitions_n, err) : NULL;
    scope = transitions ? container_array(m->file, "scope", sizeof *scope, &scope_n, err) : NULL;
    if (!scope) return false;
    if (scope_n != 1 || *scope > TAG_EVERYWHERE) return container_damaged(m->file, "scope", err);
    if (scale_n != 1 || bias_n != TAGS || transitions_n != TAGS * TAGS) return container_damaged(m->file, "bias", err);
    t->scale = *scale;
    w->scope = *scope;
    if (!tag_table_sound(t)) return container_damaged(m->file, "rows", err);
    tag_table_identify(t);
    if (!finite_all(bias, TAGS) || !finite_all(transitions, TAGS * TAGS)) return container_damaged(m->file, "bias", err);
    memcpy(w->bias, bias, sizeof w->bias);
    memcpy(w->transitions, transitions, sizeof w->transitions);
    tag_curve(w->curve);
    struct container_section measured = container_find(m->file, "measured"); /* models of before had none */
    if (measured.data && measured.size && ((const char *)measured.data)[measured.size - 1] == '\0') m->measured = (stance_str){measured.data, measured.size - 1};
    if (!unicode_valid(m->measured)) return container_damaged(m->file, "measured", err);
    return true;
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

stance_str stance_views_model_measured(const stance_views_model *m)
{
    return m->measured;
}

const struct tag_weights *views_model_weights(const struct stance_views_model *m)
{
    return &m->weights;
}

bool views_model_save(const char *path, const struct views_model_parts *p, stance_error *err)
{
    struct tag_table_parts t;
    if (!tag_table_build(&t, p->keys, p->weights, p->n, err)) return false;
    struct container_section sections[] = {{"alone", t.alone, t.view.alone_n * sizeof *t.alone},
                                           {"rows", t.rows, t.view.rows_n * sizeof *t.rows},
                                           {"values", t.values, t.view.values_n * sizeof *t.values},
                                           {"scale", &t.view.scale, sizeof t.view.scale},
                                           {"bias", p->bias, sizeof p->bias},
                                           {"transitions", p->transitions, sizeof p->transitions},
                                           {"scope", &p->scope, sizeof p->scope},
                                           {"measured", p->measured.ptr, p->measured.len + 1}}; /* with its NUL */
    size_t n = sizeof sections / sizeof *sections;
    bool ok = container_write(path, kind, sections, p->measured.len ? n : n - 1, err);
    tag_table_free(&t);
    return ok;
}
