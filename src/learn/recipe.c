/* SPDX-License-Identifier: MIT
 * recipe: settings as text.
 * Method: a table of keys with offset and kind (Wapiti's options), one reader, one writer. Limits: doubles are written with 17 digits, which
 * is exact but not pretty. */
#include "recipe.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "../base/error.h"

enum kind { KIND_WORD, KIND_NUMBER, KIND_TEMPLATES, KIND_CURVE, KIND_ODDS };

static const char *const class_weights[] = {"none", "sqrt", "balanced", NULL};
static const char *const solvers[] = {"svc", "lr", NULL};
static const char *const scales[] = {"idf", "nb", NULL};
static const char *const switches[] = {"off", "on", "auto", NULL};

#define AT(field) offsetof(struct recipe, field)
static const struct key {
    const char *name;
    enum kind kind;
    size_t at;
    const char *const *words;
    double least, most;
} keys[] = {
    {"templates", KIND_TEMPLATES, AT(templates), NULL, 0, 0},
    {"solver", KIND_WORD, AT(solver), solvers, 0, 0},
    {"scale", KIND_WORD, AT(scale), scales, 0, 0},
    {"class_weight", KIND_WORD, AT(class_weight), class_weights, 0, 0},
    {"copies", KIND_WORD, AT(copies), switches, 0, 0},
    {"c", KIND_NUMBER, AT(c), NULL, 1e-6, 1e6},
    {"min_rows", KIND_NUMBER, AT(min_rows), NULL, 1, 1e6},
    {"words", KIND_NUMBER, AT(block[BLOCK_WORD]), NULL, 0, 100},
    {"characters", KIND_NUMBER, AT(block[BLOCK_CHAR]), NULL, 0, 100},
    {"target", KIND_NUMBER, AT(block[BLOCK_TARGET]), NULL, 0, 100},
    {"form", KIND_NUMBER, AT(block[BLOCK_MISC]), NULL, 0, 100},
    {"lexicon", KIND_NUMBER, AT(block[BLOCK_REAL]), NULL, 0, 100},
    {"copy", KIND_NUMBER, AT(copy), NULL, 0, 100},
    {"hash_bits", KIND_NUMBER, AT(hash_bits), NULL, 0, 30},
    {"stop", KIND_NUMBER, AT(stop), NULL, 1e-6, 1},
    {"temperature", KIND_NUMBER, AT(temperature), NULL, 0, 1e6},
    {"odds", KIND_ODDS, AT(odds), NULL, 0.01, 100},
    {"isotonic", KIND_CURVE, AT(curve), NULL, 0, 0},
    {"min_margin", KIND_NUMBER, AT(min_margin), NULL, -1, 1},
};
enum { KEYS = sizeof keys / sizeof *keys };

struct recipe recipe_default(void)
{
    return (struct recipe){
        .templates = feature_defaults(), .solver = SOLVER_SVC, .scale = SCALE_NB, .class_weight = CLASS_WEIGHT_BALANCED, .copies = COPIES_AUTO,
        .c = 0.0625, .min_rows = 2, .block = {1, 1.5, 1.2, 0.25, 0.4}, .copy = 1, .hash_bits = 0, .stop = 0.01, .temperature = 0, .min_margin = -1,
    };
}

static bool read_word(const struct key *key, stance_str value, void *at)
{
    for (unsigned i = 0; key->words[i]; i++)
        if (str_equal_nocase(value, str_of(key->words[i]))) return *(unsigned *)at = i, true;
    return false;
}

/* "bullish 0.8, neutral 1.5" */
static bool read_odds(const struct key *key, stance_str value, struct label_odds *out)
{
    *out = (struct label_odds){.n = 0};
    while (value.len) {
        stance_str number = str_trim(str_split(&value, ',')), label = number;
        while (label.len && label.ptr[label.len - 1] != ' ') label.len--;
        number = str_slice(number, label.len, number.len);
        label = str_trim(label);
        double odds;
        if (out->n == STANCE_MAX_LABELS || label.len == 0 || label.len >= sizeof out->label[0]) return false;
        if (!str_to_double(number, &odds) || odds < key->least || odds > key->most) return false;
        memcpy(out->label[out->n], label.ptr, label.len);
        out->odds[out->n++] = odds;
        value = str_trim(value);
    }
    return true;
}

static void write_odds(const struct label_odds *o, struct strbuf *out)
{
    for (size_t i = 0; i < o->n; i++) strbuf_print(out, "%s%s %.17g", i ? ", " : "", o->label[i], o->odds[i]);
}

double recipe_score_shift(const struct recipe *r, const char *label)
{
    for (size_t i = 0; i < r->odds.n; i++)
        if (strcmp(r->odds.label[i], label) == 0) return r->temperature * log(r->odds.odds[i]);
    return 0;
}

static bool read_value(const struct key *key, stance_str value, struct recipe *r)
{
    char *at = (char *)r + key->at;
    double number;
    stance_str bad;
    switch (key->kind) {
    case KIND_WORD: return read_word(key, value, at);
    case KIND_TEMPLATES: return feature_select(value, (uint64_t *)(void *)at, &bad) && r->templates;
    case KIND_CURVE: return curve_read(value, (struct curve *)(void *)at);
    case KIND_ODDS: return read_odds(key, value, (struct label_odds *)(void *)at);
    case KIND_NUMBER:
        if (!str_to_double(value, &number) || number < key->least || number > key->most) return false;
        *(double *)(void *)at = number;
        return true;
    }
    return false;
}

static const struct key *find_key(stance_str name)
{
    for (size_t i = 0; i < KEYS; i++)
        if (str_equal_nocase(name, str_of(keys[i].name))) return &keys[i];
    return NULL;
}

bool recipe_read(struct recipe *r, stance_str text, stance_error *err)
{
    for (size_t line = 1; text.ptr; line++) {
        stance_str value = str_trim(str_split(&text, '\n'));
        if (value.len == 0 || value.ptr[0] == '#') continue;
        stance_str name = str_trim(str_split(&value, '='));
        const struct key *key = find_key(name);
        if (!key)
            return error_set(err, STANCE_USAGE, line, "recipe, line %zu: no setting is called '%.*s'", line, (int)(name.len < 40 ? name.len : 40), name.ptr);
        if (!value.ptr || !read_value(key, str_trim(value), r))
            return error_set(err, STANCE_USAGE, line, "recipe, line %zu: '%.*s' is no value for %s", line,
                             (int)(value.len < 60 ? value.len : 60), value.ptr ? value.ptr : "", key->name);
    }
    return true;
}

static void write_templates(uint64_t set, struct strbuf *out)
{
    const char *comma = "";
    for (size_t i = 0; i < feature_templates_n; i++) {
        if (!(set >> i & 1)) continue;
        strbuf_print(out, "%s%s", comma, feature_templates[i].name);
        comma = ",";
    }
}

void recipe_write(const struct recipe *r, struct strbuf *out)
{
    for (size_t i = 0; i < KEYS; i++) {
        const char *at = (const char *)r + keys[i].at;
        if (keys[i].kind == KIND_ODDS && r->odds.n == 0) continue;
        strbuf_print(out, "%s = ", keys[i].name);
        if (keys[i].kind == KIND_WORD) strbuf_print(out, "%s", keys[i].words[*(const unsigned *)(const void *)at]);
        if (keys[i].kind == KIND_NUMBER) strbuf_print(out, "%.17g", *(const double *)(const void *)at);
        if (keys[i].kind == KIND_CURVE) curve_write((const struct curve *)(const void *)at, out);
        if (keys[i].kind == KIND_ODDS) write_odds(&r->odds, out);
        if (keys[i].kind == KIND_TEMPLATES) write_templates(*(const uint64_t *)(const void *)at, out);
        strbuf_char(out, '\n');
    }
}

bool recipe_class_weight(const char *name, enum class_weight *out)
{
    struct recipe r = recipe_default();
    const struct key *key = find_key(STR("class_weight"));
    bool ok = key && read_value(key, str_of(name), &r);
    if (ok) *out = r.class_weight;
    return ok;
}

struct weighting recipe_weighting(const struct recipe *r, const double *scale, const uint8_t *block)
{
    struct weighting w = {scale, block, {0}};
    for (size_t b = 0; b < BLOCKS; b++) {
        w.weight[b] = r->block[b];
        w.weight[b + BLOCKS] = r->block[b] * r->copy;
    }
    return w;
}
