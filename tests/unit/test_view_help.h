/* SPDX-License-Identifier: MIT
 * test_view_help: an article read up to a stage, with the language loaded once for the whole program. */
#ifndef TEST_VIEW_HELP_H
#define TEST_VIEW_HELP_H
#include "test_text_help.h"

#include "views/attribution.h"

static struct language help_language;

static inline int help_load(void **state)
{
    (void)state;
    return language_load(&help_language, NULL, NULL) ? 0 : -1;
}

static inline int help_unload(void **state)
{
    (void)state;
    language_free(&help_language);
    return 0;
}

struct reading {
    struct arena arena;
    struct article a;
    struct attributions found;
};

/* Text stages alone. */
static inline void help_open(struct reading *r, stance_str text)
{
    *r = (struct reading){.arena = ARENA_EMPTY};
    stance_error err = {0};
    if (!article_read(&r->a, &help_language, text, &r->arena, &err)) fail_msg("%s", err.text);
}

/* Names too. */
static inline void help_names(struct reading *r, stance_str text)
{
    help_open(r, text);
    assert_true(names_find(&r->a, NULL));
}

/* Attributions and their speakers too. */
static inline void help_views(struct reading *r, stance_str text)
{
    help_names(r, text);
    assert_true(attribution_find(&r->a, &r->found, NULL));
    assert_true(speakers_resolve(&r->a, &r->found, NULL));
}

static inline void help_close(struct reading *r)
{
    article_free(&r->a);
    arena_free(&r->arena);
}

/* First token with this folded text at or behind `from`; fails the test when there is none. */
static inline size_t help_token(const struct article *a, const char *word, size_t from)
{
    for (size_t i = from; i < a->tokens.n; i++)
        if (article_word(a, i, word)) return i;
    fail_msg("no token \"%s\"", word);
    return 0;
}
#endif
