/* SPDX-License-Identifier: MIT
 * fuzz_views_model: a model of attribution from a stranger. First byte RAW: the rest is the file; else changes to the sections of a good one, as in
 * fuzz_model. Holds: a refusal has its sentence; what opens reads an article, and all spans lie in it. */
#include "fuzz.h"

#include <unistd.h>

#include "learn/container.h"
#include "views/views_model.h"

enum { RAW = 1, CUT = 128, SECTIONS = 8 };

static const char *const names[SECTIONS] = {"alone", "rows", "values", "scale", "bias", "transitions", "scope", "measured"};
static const char article[] = "The plan for the bridge is dead, Mayor Ada Obi said on Monday. "
                              "\xE2\x80\x9CWe should never have begun it,\xE2\x80\x9D she told the council. "
                              "Analysts doubt that the line will pay for itself, and according to Acme the work goes on.\n";

static struct container *good_model(void)
{
    static struct container *good;
    static const char marked[] = "\xE2\x9F\xA6v1|Ada Obi|bridge|skeptical:The plan for the bridge is dead\xE2\x9F\xA7, "
                                 "\xE2\x9F\xA6s1:Ada Obi\xE2\x9F\xA7 \xE2\x9F\xA6" "c1:said\xE2\x9F\xA7 on Monday.\n";
    char text[128], model[128];
    if (good) return good;
    snprintf(text, sizeof text, "%s/marked.txt", fuzz_folder());
    snprintf(model, sizeof model, "%s/views", fuzz_folder());
    FILE *f = fopen(text, "wb");
    CHECK(f && fwrite(marked, 1, sizeof marked - 1, f) == sizeof marked - 1 && fclose(f) == 0);
    const char *input = text;
    stance_gold *gold = stance_gold_read(&(stance_gold_options){.inputs = &input, .inputs_n = 1}, NULL);
    CHECK(gold && stance_train_views(gold, NULL, model, NULL, NULL));
    stance_gold_free(gold);
    good = container_open(model, "views", NULL);
    CHECK(good);
    unlink(text);
    unlink(model);
    return good;
}

static void changed_model(const uint8_t *data, size_t size, struct strbuf *out)
{
    static struct strbuf sections[SECTIONS];
    struct container_section list[SECTIONS];
    for (size_t i = 0; i < SECTIONS; i++) {
        struct container_section from = container_find(good_model(), names[i]);
        strbuf_clear(&sections[i]);
        CHECK(from.data || i == SECTIONS - 1); /* what is measured may be missing */
        if (from.data) strbuf_add(&sections[i], (stance_str){from.data, from.size});
    }
    while (size >= 4) {
        struct strbuf *section = &sections[fuzz_byte(&data, &size) % SECTIONS];
        size_t low = fuzz_byte(&data, &size), at = low + 256u * fuzz_byte(&data, &size), n = fuzz_byte(&data, &size);
        if (n >= CUT && at < section->len) section->len = at;
        n = n >= CUT ? 0 : n < size ? n : size;
        fuzz_pad(section, at + n);
        if (n) memcpy(section->ptr + at, data, n);
        data += n;
        size -= n;
    }
    for (size_t i = 0; i < SECTIONS; i++) list[i] = (struct container_section){names[i], sections[i].ptr ? sections[i].ptr : "", sections[i].len};
    CHECK(container_pack("views", list, SECTIONS, out, NULL));
}

/* The pipeline of stance.c over tables that are read once: reading them takes a hundred times as long as the article. */
static void check_reading(const stance_views_model *m)
{
    static struct language language;
    static struct arena arena;
    static bool loaded;
    if (!loaded) loaded = language_load(&language, NULL, NULL);
    CHECK(loaded);
    struct article a = {0};
    struct attributions found;
    arena_reset(&arena);
    CHECK(article_read(&a, &language, (stance_str){article, sizeof article - 1}, &arena, NULL) && names_find(&a, NULL) && attribution_find(&a, &found, NULL));
    CHECK(tagger_apply(&a, views_model_weights(m), &found, NULL) && speakers_resolve(&a, &found, NULL));
    for (size_t i = 0; i < found.n; i++) {
        const struct attribution *x = &found.items[i];
        CHECK(x->relayed || (x->first < x->end && x->end <= a.tokens.n && x->speaker.len && fuzz_utf8(x->speaker)));
        CHECK(x->cue_first == NO_TOKEN || (x->cue_first <= x->cue_end && x->cue_end <= a.tokens.n));
        CHECK((x->via == NO_TOKEN || x->via < found.n) && x->source.end <= a.tokens.n);
    }
    article_free(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct strbuf changed;
    stance_error err = {0};
    bool raw = fuzz_byte(&data, &size) & RAW;
    strbuf_clear(&changed);
    bool good = !raw && size == 0;
    if (!raw) changed_model(data, size, &changed);
    stance_views_model *m = stance_views_model_open(raw ? fuzz_file(0, data, size) : fuzz_file(0, changed.ptr, changed.len), &err);
    CHECK(m || ((err.code == STANCE_MODEL || err.code == STANCE_NOMEM) && err.text[0]));
    CHECK(m || !good); /* else nothing is fuzzed but refusals */
    CHECK(!m || fuzz_utf8(stance_views_model_measured(m)));
    if (m) check_reading(m);
    stance_views_model_free(m);
    return 0;
}
