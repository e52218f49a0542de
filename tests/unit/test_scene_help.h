/* SPDX-License-Identifier: MIT
 * test_scene_help: an article read up to where the tagger begins. */
#ifndef TEST_SCENE_HELP_H
#define TEST_SCENE_HELP_H
#include "test_view_help.h"
#include "views/tag_scene.h"

/* The sentences of `scope` alone. */
static inline struct tag_scene *help_scene_of(struct reading *r, stance_str text, unsigned scope)
{
    help_names(r, text);
    assert_true(attribution_find(&r->a, &r->found, NULL));
    struct tag_scene *scene = tag_scene_new(&r->a, &r->found, scope, NULL);
    assert_non_null(scene);
    return scene;
}

static inline struct tag_scene *help_scene(struct reading *r, stance_str text)
{
    return help_scene_of(r, text, TAG_EVERYWHERE);
}

/* Has token i features? */
static inline bool help_tagged(const struct reading *r, const struct tag_scene *scene, size_t i)
{
    return r->a.tokens.items[i].kind != TOKEN_BREAK && tag_active(scene, r->a.sentence_of[i]);
}
#endif
