/* SPDX-License-Identifier: MIT
 * fuzz_model: a stance model from a stranger. First byte: SAVE asks for the last of what must hold; RAW: the rest is the file as it is. Else the
 * rest is a list of changes to the sections of a good model, whose checksums are then made right, so that the checks behind them are reached:
 * section, place (2 bytes), length, bytes; a length above 127 cuts the section at the place.
 * Holds: a refusal has its sentence; what opens scores within bounds, explains itself, has UTF-8 labels and keys, and is the same after saving
 * and loading. */
#include "fuzz.h"

#include <math.h>
#include <unistd.h>

#include "learn/model.h"
#include "text/unicode.h"

enum { RAW = 1, SAVE = 2, CUT = 128, SECTIONS = 11 };

static const char *const names[SECTIONS] = {"settings", "labels", "summary", "lexicon", "keys", "key ends", "key table", "blocks", "scales", "weights", "measured"};

/* ---- a good model, changed ---- */

static void change(struct strbuf *section, size_t at, size_t n, const uint8_t *bytes)
{
    if (n == 0 && at < section->len) section->len = at;
    fuzz_pad(section, at + n);
    if (n && !section->failed) memcpy(section->ptr + at, bytes, n);
}

static void changed_model(const uint8_t *data, size_t size, struct strbuf *out)
{
    static struct strbuf sections[SECTIONS];
    struct container_section list[SECTIONS];
    for (size_t i = 0; i < SECTIONS; i++) {
        struct container_section good = container_find(fuzz_model()->file, names[i]);
        strbuf_clear(&sections[i]);
        if (good.data) strbuf_add(&sections[i], (stance_str){good.data, good.size});
    }
    while (size >= 4) {
        size_t which = fuzz_byte(&data, &size) % SECTIONS, low = fuzz_byte(&data, &size), high = fuzz_byte(&data, &size);
        size_t n = fuzz_byte(&data, &size);
        if (n >= CUT) n = 0;
        if (n > size) n = size;
        change(&sections[which], low + 256 * high, n, data);
        data += n;
        size -= n;
    }
    for (size_t i = 0; i < SECTIONS; i++) list[i] = (struct container_section){names[i], sections[i].ptr ? sections[i].ptr : "", sections[i].len};
    CHECK(container_pack("stance", list, SECTIONS, out, NULL));
}

/* ---- what must hold for a model that opens ---- */

static bool in_unit(double x)
{
    return x >= 0 && x <= 1;
}

static void check_scoring(const stance_model *m)
{
    static const char *const texts[] = {"", "the plan is a waste of money",
                                        "We are delighted, not sorry! The best plan in years will never pay.", "\xE2\x80\x9C\xC3\xA9t\xC3\xA9\xE2\x80\x9D"};
    stance_scorer *s = stance_scorer_new(m, NULL);
    CHECK(s);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        stance_prediction p;
        const stance_value *values;
        const stance_statement in = {.text = str_of(texts[i]), .target = i % 2 ? STR("plan") : (stance_str){NULL, 0}, .target_span = {STANCE_NONE, STANCE_NONE}};
        if (!stance_score(s, &in, 0.1, &p, NULL)) continue;
        CHECK(p.label < stance_model_labels(m) && in_unit(p.margin) && in_unit(p.known));
        for (size_t k = 0; k < stance_model_labels(m); k++) CHECK(in_unit(p.p[k]));
        ptrdiff_t n = stance_vector(s, &in, &values, NULL);
        for (ptrdiff_t k = 0; k < n; k++) CHECK(values[k].feature < stance_model_features(m) && (k == 0 || values[k - 1].feature < values[k].feature));
        stance_explanation *e = stance_explain(s, m, &in, 0.1, NULL);
        if (e) CHECK(stance_explanation_of(e)->prediction.label == p.label);
        stance_explanation_free(e);
    }
    stance_scorer_free(s);
}

static void check_looking(const stance_model *m)
{
    CHECK(stance_model_labels(m) >= 2 && stance_model_labels(m) <= STANCE_MAX_LABELS && !stance_model_label(m, stance_model_labels(m)));
    for (size_t i = 0; i < stance_model_labels(m); i++) CHECK(*stance_model_label(m, i) && unicode_valid(str_of(stance_model_label(m, i))));
    for (size_t i = 0; i <= stance_model_features(m); i++) {
        stance_feature f = stance_model_feature(m, i);
        CHECK(fuzz_utf8(f.key) && isfinite(f.scale) && (f.template_name || i == stance_model_features(m)));
    }
    CHECK(unicode_valid(stance_model_summary(m)) && fuzz_utf8(stance_model_measured(m)) && unicode_valid(stance_model_recipe(m)));
    stance_model_verify(m, NULL);
}

/* ---- saving ---- */

static const char *save(const struct stance_model *m, const char *name)
{
    static char path[128];
    stance_str *keys = calloc(m->features + 1, sizeof *keys);
    snprintf(path, sizeof path, "%s/%s", fuzz_folder(), name);
    CHECK(keys);
    for (uint32_t i = 0; i < m->features; i++) keys[i] = model_key(m, i);
    const struct model_parts parts = {&m->recipe, &m->lexicon, m->label, m->labels, m->features, keys, m->block, m->scale, m->weights, m->summary, m->measured};
    CHECK(model_save(path, &parts, NULL));
    free(keys);
    return path;
}

static void check_saving(const stance_model *m)
{
    const char *path = save(m, "first");
    stance_error err = {0};
    stance_model *back = stance_model_open(path, &err);
    if (!back) fprintf(stderr, "%s\n", err.text);
    CHECK(back);
    unlink(path);
    path = save(back, "second");
    stance_model *again = stance_model_open(path, NULL);
    CHECK(again && strcmp(stance_model_id(back), stance_model_id(again)) == 0 && stance_model_size(back) == stance_model_size(again));
    unlink(path);
    stance_model_free(again);
    stance_model_free(back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct strbuf changed;
    stance_error err = {0};
    unsigned settings = fuzz_byte(&data, &size);
    bool raw = settings & RAW;
    strbuf_clear(&changed);
    bool good = !raw && size == 0;
    if (!raw) changed_model(data, size, &changed);
    stance_model *m = stance_model_open(raw ? fuzz_file(0, data, size) : fuzz_file(0, changed.ptr, changed.len), &err);
    CHECK(m || ((err.code == STANCE_MODEL || err.code == STANCE_NOMEM) && err.text[0]));
    CHECK(m || !good); /* else nothing is fuzzed but refusals */
    if (!m) return 0;
    check_looking(m);
    check_scoring(m);
    if (settings & SAVE) check_saving(m);
    stance_model_free(m);
    return 0;
}
