/* SPDX-License-Identifier: MIT
 * bench_store: fills a store with made-up views through the library, ten an article.
 * Method: words by a skewed draw from a made-up vocabulary; one view in seven is another's, some words changed; 40 outlets, a year of days.
 * usage: bench_store FILE VIEWS */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "stance.h"

enum { PER_ARTICLE = 10, WORDS = 20000, KEPT = 2000, LONGEST = 400, SPEAKERS = 20000, TARGETS = 2000, OUTLETS = 40 };

struct said {
    char text[LONGEST], speaker[40];
};

static uint64_t state = 1;

static uint32_t draw(uint32_t below)
{
    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(((state >> 33) * (uint64_t)below) >> 31);
}

/* Small numbers are frequent. */
static uint32_t skewed(uint32_t below)
{
    uint32_t a = draw(below), b = draw(below), c = draw(below);
    uint32_t least = a < b ? a : b;
    return least < c ? least : c;
}

static void say(struct said *s)
{
    static const char *const ends[] = {"ing", "er", "ation", "al", "ous", "ity", "", "ic", "ly"};
    size_t at = 0;
    uint32_t speaker = skewed(SPEAKERS);
    for (uint32_t n = 8 + draw(18); n > 0; n--) {
        uint32_t word = skewed(WORDS);
        at += (size_t)snprintf(s->text + at, LONGEST - at, "%sw%u%s", at ? " " : "", word, ends[word % 9]);
    }
    snprintf(s->speaker, sizeof s->speaker, "Speaker%u Name%u", speaker % 7001, speaker % 3001);
}

static stance_str str(const char *text)
{
    return (stance_str){text, strlen(text)};
}

static stance_view view_of(const struct said *s, size_t number, const char *target)
{
    size_t start = number * LONGEST, end = start + strlen(s->text);
    stance_span span = {start, end}, none = {STANCE_NONE, STANCE_NONE};
    stance_view v = {.number = number, .kind = (stance_kind)draw(3), .content = span, .content_chars = span, .mention = none, .mention_chars = none, .cue = none,
                     .cue_chars = none, .text = str(s->text), .cue_text = str("said"), .mention_text = str(s->speaker), .speaker = str(s->speaker),
                     .target = str(target), .scored = true};
    v.prediction = (stance_prediction){.label = draw(3), .p = {0.5, 0.3, 0.2}, .margin = 0.2, .known = 0.5};
    return v;
}

static bool put_article(stance_store *store, size_t number, struct said *said, stance_error *err)
{
    static char targets[PER_ARTICLE][24], article[24], outlet[24], date[16];
    static struct said own[PER_ARTICLE];
    stance_view views[PER_ARTICLE];
    snprintf(article, sizeof article, "a%07zu", number);
    snprintf(outlet, sizeof outlet, "Outlet %u", draw(OUTLETS));
    snprintf(date, sizeof date, "2025-%02u-%02u", 1 + draw(12), 1 + draw(28));
    for (size_t i = 0; i < PER_ARTICLE; i++) {
        struct said *old = &said[draw(KEPT)];
        if (!draw(7) && old->text[0]) own[i] = *old;
        else say(&own[i]), *old = own[i];
        snprintf(targets[i], sizeof targets[i], "Target %u", skewed(TARGETS));
        views[i] = view_of(&own[i], i + 1, targets[i]);
    }
    stance_document d = {.article = str(article), .outlet = str(outlet), .date = str(date), .text = str("The text is left out.")};
    stance_result result = {views, PER_ARTICLE};
    return stance_store_put(store, &d, &result, err);
}

int main(int argc, char **argv)
{
    static const char *const labels[] = {"bullish", "skeptical", "neutral"};
    static struct said said[KEPT];
    stance_store_method method = {.model = "made up", .labels = labels, .labels_n = 3};
    stance_error err = {0};
    if (argc != 3) return 2;
    stance_store *store = stance_store_open(argv[1], true, &err);
    bool ok = store && stance_store_begin(store, &method, &err);
    for (size_t i = 0, n = strtoul(argv[2], NULL, 10) / PER_ARTICLE; ok && i < n; i++) ok = put_article(store, i, said, &err);
    ok = ok && stance_store_settle(store, &err);
    stance_store_free(store);
    if (!ok) fprintf(stderr, "bench_store: %s\n", err.text);
    return ok ? 0 : 1;
}
