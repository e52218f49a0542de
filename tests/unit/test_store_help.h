/* SPDX-License-Identifier: MIT
 * test_store_help: small articles for the tests of src/store. */
#ifndef TEST_STORE_HELP_H
#define TEST_STORE_HELP_H
#include "test_io_help.h"

#include "store/store.h"

static const char *const help_labels[] = {"bullish", "skeptical", "neutral"};

static inline stance_store *open_store(const char *path)
{
    stance_error err = {0};
    stance_store *s = stance_store_open(path, true, &err);
    if (!s) print_error("%s\n", err.text);
    assert_non_null(s);
    return s;
}

static inline void begin_with(stance_store *s, const char *model)
{
    const stance_store_method m = {.model = model, .views_model = "v", .labels = help_labels, .labels_n = 3, .settings = "plain"};
    assert_true(stance_store_begin(s, &m, NULL));
}

static inline stance_document document_of(const char *article, const char *text)
{
    return (stance_document){.article = str_of(article), .outlet = STR("Post"), .date = STR("2025-01-02"), .text = str_of(text)};
}

/* A view of `words`, which stand in the text. */
static inline stance_view view_in(const stance_document *d, size_t number, const char *speaker, const char *words, uint32_t label)
{
    size_t at = str_find(d->text, str_of(words));
    assert_true(at != STANCE_NONE);
    stance_span span = {at, at + strlen(words)}, none = {STANCE_NONE, STANCE_NONE};
    stance_view v = {.number = number, .kind = STANCE_DIRECT, .content = span, .content_chars = span, .mention = none, .mention_chars = none, .cue = none,
                     .cue_chars = none, .text = str_slice(d->text, span.start, span.end), .cue_text = STR("said"), .speaker = str_of(speaker),
                     .speaker_kind = STANCE_PERSON, .target = STR("tunnel"), .scored = true};
    v.prediction = (stance_prediction){.label = label, .p = {0.25, 0.5, 0.25}, .margin = 0.25, .known = 1};
    return v;
}

static const char tunnel[] = "The harbour tunnel would drain all of the reserves of the city, she said. Schools need more teachers.";

/* An article of two views. */
static inline void put_tunnel(stance_store *s, const char *article, const char *speaker)
{
    stance_document d = document_of(article, tunnel);
    const stance_view views[] = {view_in(&d, 1, speaker, "The harbour tunnel would drain all of the reserves of the city", 1),
                                 view_in(&d, 2, speaker, "Schools need more teachers", 0)};
    assert_true(stance_store_put(s, &d, &(stance_result){views, 2}, NULL));
}

/* `article:number speaker stance first` of all views, a line each. */
static inline const char *dump(stance_store *s, bool texts)
{
    static char out[4096];
    stance_document d;
    stance_record r;
    stance_error err = {0};
    size_t at = 0;
    int got;
    out[0] = '\0';
    assert_true(stance_store_rewind(s, texts, NULL));
    while ((got = stance_store_next(s, &d, &r, &err)) > 0) {
        if (got == 2) continue;
        at += (size_t)snprintf(out + at, sizeof out - at, "%.*s %.*s %.*s%s\n", (int)r.article.len, r.article.ptr, (int)r.speaker.len, r.speaker.ptr,
                               (int)r.stance.len, r.stance.ptr ? r.stance.ptr : "", r.first && r.first != r.number ? " copy" : "");
    }
    if (got) print_error("%s\n", err.text);
    assert_int_equal(got, 0);
    return out;
}

static inline stance_store_counts count(stance_store *s)
{
    stance_store_counts c;
    assert_true(stance_store_counted(s, &c, NULL));
    return c;
}

#endif
