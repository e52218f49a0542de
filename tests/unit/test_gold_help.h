/* SPDX-License-Identifier: MIT
 * test_gold_help: attribution models trained on the first marked-up articles under training/articles. */
#ifndef TEST_GOLD_HELP_H
#define TEST_GOLD_HELP_H
#define _DEFAULT_SOURCE
#include "test_text_help.h"

#include <dirent.h>
#include <unistd.h>

#define MARKED "training/articles/"

static char help_path[64];

static inline int help_not_hidden(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

static inline stance_gold *help_gold_of(const char *const *paths, size_t n)
{
    stance_error err = {0};
    const stance_gold_options options = {.inputs = paths, .inputs_n = n};
    stance_gold *g = stance_gold_read(&options, &err);
    if (!g) fail_msg("%s", err.text);
    return g;
}

/* The first n articles by name, all when n is 0. */
static inline stance_gold *help_gold(size_t n)
{
    enum { MOST = 64 };
    static char paths[MOST][300];
    const char *inputs[MOST] = {MARKED};
    struct dirent **names;
    if (n == 0) return help_gold_of(inputs, 1);
    int found = scandir(MARKED, &names, help_not_hidden, alphasort);
    if (found < (int)n) fail_msg("run the tests from the top folder: " MARKED " is missing or small");
    for (size_t i = 0; i < (size_t)found; i++) {
        if (i < n && i < MOST) {
            snprintf(paths[i], sizeof paths[i], MARKED "%.255s", names[i]->d_name);
            inputs[i] = paths[i];
        }
        free(names[i]);
    }
    free(names);
    return help_gold_of(inputs, n);
}

static inline void help_train(const stance_gold *gold, const char *path, stance_views_summary *summary)
{
    stance_error err = {0};
    if (!stance_train_views(gold, 0, path, summary, &err)) fail_msg("%s", err.text);
}

static inline stance_views_model *help_open_model(const char *path)
{
    stance_error err = {0};
    stance_views_model *m = stance_views_model_open(path, &err);
    if (!m) fail_msg("%s", err.text);
    return m;
}

static inline void help_expect_refused(const char *path, const char *message)
{
    stance_error err = {0};
    stance_views_model *m = stance_views_model_open(path, &err);
    if (m) fail_msg("a damaged model was opened");
    assert_int_equal(err.code, STANCE_MODEL);
    if (message && !strstr(err.text, message)) fail_msg("\"%s\" lacks \"%s\"", err.text, message);
}

static inline void help_write(const char *path, stance_str bytes)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes.ptr, 1, bytes.len, f), bytes.len);
    assert_int_equal(fclose(f), 0);
}

/* A path of this program alone; the file is removed at the end by help_remove. */
static inline int help_name(void **state)
{
    (void)state;
    snprintf(help_path, sizeof help_path, "/tmp/stance-test-views-%ld", (long)getpid());
    return 0;
}

static inline int help_remove(void **state)
{
    (void)state;
    unlink(help_path);
    return 0;
}
#endif
