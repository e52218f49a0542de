/* SPDX-License-Identifier: MIT
 * views_model: the file of an attribution model. */
#ifndef VIEWS_VIEWS_MODEL_H
#define VIEWS_VIEWS_MODEL_H
#include "tagger.h"

/* Weights as the tagger wants them; they point into the map. */
const struct tag_weights *views_model_weights(const struct stance_views_model *m);

struct views_model_parts {
    const uint64_t *keys;      /* [n] */
    const float *weights;      /* [n][TAGS] */
    size_t n;
    uint32_t scope;            /* see tag_scene */
    double bias[TAGS], transitions[TAGS * TAGS];
    stance_str measured;       /* of views_recall_write; len 0: not measured */
};
/* Writes a model; its bytes depend on the parts alone. */
bool views_model_save(const char *path, const struct views_model_parts *parts, stance_error *err);
#endif
