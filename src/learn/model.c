/* SPDX-License-Identifier: MIT
 * model: the sections of a stance model.
 * Method: the vocabulary is an open-addressing table on disk, searched in the map; ids are bounded when the file is opened, so lookups need no check.
 * Limits: 2^31 features; the lexicon and the recipe are small and parsed at start. */
#include "model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../text/unicode.h"

static const char kind[] = "stance";
enum { FILTER_LEAST = 10 };

/* ---- saving ---- */

static size_t table_size(size_t features)
{
    size_t size = 64;
    while (size < features * 2) size *= 2;
    return size;
}

size_t model_bytes(size_t features, size_t key_bytes, size_t labels)
{
    return key_bytes + table_size(features) * sizeof(struct model_slot) + features * (sizeof(uint32_t) + 1 + sizeof(double) * (labels + 1));
}

static struct model_slot *make_slots(const struct model_parts *p, size_t size)
{
    struct model_slot *slots = calloc(size, sizeof *slots);
    for (size_t id = 0; slots && id < p->features; id++) {
        uint64_t hash = hash_spread(piece_of(p->keys[id]).hash);
        size_t at = (size_t)hash & (size - 1);
        while (slots[at].id) at = (at + 1) & (size - 1);
        slots[at] = (struct model_slot){(uint32_t)id + 1, (uint32_t)(hash >> 32)};
    }
    return slots;
}

static bool join_keys(const struct model_parts *p, struct strbuf *text, uint32_t *ends)
{
    for (size_t id = 0; id < p->features; id++) {
        strbuf_add(text, p->keys[id]);
        if (text->len > UINT32_MAX) return false;
        ends[id] = (uint32_t)text->len;
    }
    return !text->failed;
}

static void join_labels(const struct model_parts *p, struct strbuf *out)
{
    for (size_t i = 0; i < p->labels; i++) strbuf_add(out, (stance_str){p->label[i], strlen(p->label[i]) + 1});
}

bool model_save(const char *path, const struct model_parts *p, stance_error *err)
{
    struct strbuf settings = {0}, labels = {0}, lexicon = {0}, text = {0};
    size_t size = table_size(p->features);
    struct model_slot *slots = make_slots(p, size);
    uint32_t *ends = calloc(p->features + 1, sizeof *ends);
    bool ok = slots && ends && join_keys(p, &text, ends);
    recipe_write(p->recipe, &settings);
    join_labels(p, &labels);
    lexicon_write(p->lexicon, &lexicon);
    ok = (ok && !settings.failed && !labels.failed && !lexicon.failed) || error_nomem(err, "writing the model");
    const struct container_section sections[] = {
        {"settings", settings.ptr, settings.len},
        {"labels", labels.ptr, labels.len},
        {"summary", p->summary.ptr, p->summary.len},
        {"measured", p->measured.ptr, p->measured.len ? p->measured.len + 1 : 0}, /* with its NUL */
        {"lexicon", lexicon.ptr, lexicon.len},
        {"keys", text.ptr, text.len},
        {"key ends", ends, p->features * sizeof *ends},
        {"key table", slots, size * sizeof *slots},
        {"blocks", p->block, p->features},
        {"scales", p->scale, p->features * sizeof *p->scale},
        {"weights", p->weights, (p->features + 1) * p->labels * sizeof *p->weights},
    };
    ok = ok && container_write(path, kind, sections, sizeof sections / sizeof *sections, err);
    strbuf_free(&settings);
    strbuf_free(&labels);
    strbuf_free(&lexicon);
    strbuf_free(&text);
    free(slots);
    free(ends);
    return ok;
}

/* ---- opening ---- */

static bool read_labels(struct stance_model *m, stance_error *err)
{
    size_t size;
    const char *at = container_array(m->file, "labels", 1, &size, err);
    if (!at) return false;
    if (size == 0 || at[size - 1] != '\0') return container_damaged(m->file, "labels", err);
    for (const char *end = at + size; at < end; at += strlen(at) + 1) {
        if (m->labels == STANCE_MAX_LABELS || *at == '\0' || !unicode_valid(str_of(at))) return container_damaged(m->file, "labels", err);
        m->label[m->labels++] = at;
    }
    return m->labels >= 2 || container_damaged(m->file, "labels", err);
}

/* What is printed is UTF-8: keys, too, and no character belongs to two of them. */
static bool keys_rise(const struct stance_model *m)
{
    uint32_t before = 0;
    bool wrong = false;
    if (!unicode_valid(m->text)) return false;
    for (size_t i = 0; i < m->features; i++) wrong |= m->block[i] >= BLOCKS_WITH_COPIES;
    for (size_t i = 0; i < m->features; i++) {
        wrong |= m->ends[i] < before;
        before = m->ends[i];
    }
    if (wrong || before != m->text.len) return false; /* so that each lies in the text */
    for (size_t i = 0; i < m->features && m->ends[i] < before; i++) wrong |= ((unsigned char)m->text.ptr[m->ends[i]] & 0xC0) == 0x80;
    return !wrong;
}

static bool make_filter(struct stance_model *m, stance_error *err)
{
    unsigned bits = FILTER_LEAST;
    while (bits < 31 && ((size_t)1 << bits) < m->features * 8) bits++;
    m->filter_shift = 64 - bits;
    m->filter = calloc(((size_t)1 << bits) / 64, sizeof *m->filter);
    return m->filter || error_nomem(err, "opening the model");
}

/* Also that one slot is empty, so that a search ends. Fills the filter by the upper bits of the hashes, which are what slots have. */
static bool slots_fit(const struct stance_model *m)
{
    size_t full = 0;
    unsigned shift = m->filter_shift - 32;
    if (m->slots_n == 0 || (m->slots_n & (m->slots_n - 1))) return false;
    uint64_t *filter = m->filter;
    bool wrong = false;
    for (size_t i = 0; i < m->slots_n; i++) { /* without branches: which slots are full cannot be foretold */
        struct model_slot slot = m->slots[i];
        uint32_t bit = slot.hash >> shift;
        filter[bit >> 6] |= (uint64_t)(slot.id != 0) << (bit & 63);
        full += slot.id != 0;
        wrong |= slot.id > m->features;
    }
    return !wrong && full == m->features && full < m->slots_n;
}

static bool numbers_finite(const double *v, size_t n)
{
    double zero[4] = {0}; /* none, when one is not: infinity * 0, too, is no number */
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (size_t k = 0; k < 4; k++) zero[k] += v[i + k] * 0;
    for (; i < n; i++) zero[0] += v[i] * 0;
    return zero[0] + zero[1] + zero[2] + zero[3] == 0;
}

static bool read_vocabulary(struct stance_model *m, stance_error *err)
{
    size_t blocks;
    m->ends = container_array(m->file, "key ends", sizeof *m->ends, &m->features, err);
    m->text.ptr = m->ends ? container_array(m->file, "keys", 1, &m->text.len, err) : NULL;
    m->slots = m->text.ptr ? container_array(m->file, "key table", sizeof *m->slots, &m->slots_n, err) : NULL;
    m->block = m->slots ? container_array(m->file, "blocks", 1, &blocks, err) : NULL;
    if (!m->block) return false;
    if (blocks != m->features || m->features >= UINT32_MAX - 1 || !keys_rise(m)) return container_damaged(m->file, "keys", err);
    if (!make_filter(m, err)) return false;
    return slots_fit(m) || container_damaged(m->file, "key table", err);
}

static bool read_weights(struct stance_model *m, stance_error *err)
{
    size_t scales, weights;
    m->scale = container_array(m->file, "scales", sizeof *m->scale, &scales, err);
    m->weights = m->scale ? container_array(m->file, "weights", sizeof *m->weights, &weights, err) : NULL;
    if (!m->weights) return false;
    if (scales != m->features || !numbers_finite(m->scale, scales)) return container_damaged(m->file, "scales", err);
    if (weights != (m->features + 1) * m->labels || !numbers_finite(m->weights, weights)) return container_damaged(m->file, "weights", err);
    return true;
}

static bool read_texts(struct stance_model *m, stance_error *err)
{
    size_t settings, lexicon;
    const char *recipe = container_array(m->file, "settings", 1, &settings, err);
    const char *words = recipe ? container_array(m->file, "lexicon", 1, &lexicon, err) : NULL;
    m->summary.ptr = words ? container_array(m->file, "summary", 1, &m->summary.len, err) : NULL;
    if (!m->summary.ptr) return false;
    m->settings = (stance_str){recipe, settings};
    struct container_section measured = container_find(m->file, "measured"); /* models of before had none */
    if (measured.data && measured.size && ((const char *)measured.data)[measured.size - 1] == '\0') m->measured = (stance_str){measured.data, measured.size - 1};
    m->recipe = recipe_default();
    if (!unicode_valid(m->measured)) return container_damaged(m->file, "measured", err);
    if (!unicode_valid(m->summary)) return container_damaged(m->file, "summary", err);
    if (!unicode_valid(m->settings) || !recipe_read(&m->recipe, (stance_str){recipe, settings}, NULL) || m->recipe.temperature <= 0)
        return container_damaged(m->file, "settings", err);
    stance_error inner = {.code = STANCE_OK};
    stance_str tsv = {words, lexicon};
    bool ended = lexicon && words[lexicon - 1] == '\n';
    if (lexicon == 0 || (ended ? lexicon_add_lasting : lexicon_add_text)(&m->lexicon, tsv, "model", &inner)) return true;
    return inner.code == STANCE_NOMEM ? error_nomem(err, "opening the model") : container_damaged(m->file, "lexicon", err);
}

stance_model *stance_model_open(const char *path, stance_error *err)
{
    struct stance_model *m = calloc(1, sizeof *m);
    if (!m) {
        error_nomem(err, "opening the model");
        return NULL;
    }
    m->file = container_open(path, kind, err);
    if (m->file && read_labels(m, err) && read_vocabulary(m, err) && read_weights(m, err) && read_texts(m, err)) return m;
    stance_model_free(m);
    return NULL;
}

void stance_model_free(stance_model *m)
{
    if (!m) return;
    lexicon_free(&m->lexicon);
    free(m->filter);
    container_free(m->file);
    free(m);
}

/* ---- looking ---- */

size_t stance_model_labels(const stance_model *m)
{
    return m->labels;
}

const char *stance_model_label(const stance_model *m, size_t i)
{
    return i < m->labels ? m->label[i] : NULL;
}

const char *stance_model_id(const stance_model *m)
{
    return container_id(m->file);
}

uint32_t model_find(const struct stance_model *m, uint64_t hash)
{
    return model_find_spread(m, hash_spread(hash));
}

double stance_model_min_margin(const stance_model *m)
{
    return fmax(0, m->recipe.min_margin); /* models of before have none */
}

double model_min_margin(const struct stance_model *m, double given)
{
    return given < 0 ? stance_model_min_margin(m) : given;
}

struct weighting model_weighting(const struct stance_model *m)
{
    return recipe_weighting(&m->recipe, m->scale, m->block);
}

struct feature_settings model_features(const struct stance_model *m)
{
    return (struct feature_settings){&m->lexicon, m->recipe.templates, m->recipe.copies == COPIES_ON, (unsigned)m->recipe.hash_bits};
}

/* Of "fed|w2=not bad" w2; a key without a known name, as no training writes it, counts as the first template. */
size_t model_template(const struct stance_model *m, uint32_t id)
{
    for (stance_str key = model_key(m, id); key.ptr; str_split(&key, '|')) {
        stance_str rest = key, name = str_split(&rest, '=');
        for (size_t i = 0; i < feature_templates_n; i++)
            if (str_equal(name, str_of(feature_templates[i].name))) return i;
    }
    return 0;
}

size_t stance_model_features(const stance_model *m)
{
    return m->features;
}

stance_feature stance_model_feature(const stance_model *m, size_t i)
{
    if (i >= m->features) return (stance_feature){{NULL, 0}, NULL, 1, m->weights + m->features * m->labels};
    uint32_t id = (uint32_t)i;
    return (stance_feature){model_key(m, id), stance_template_name(model_template(m, id)), m->scale[i], m->weights + i * m->labels};
}

stance_str stance_model_summary(const stance_model *m)
{
    return m->summary;
}

stance_str stance_model_measured(const stance_model *m)
{
    return m->measured;
}

stance_str stance_model_recipe(const stance_model *m)
{
    return m->settings;
}

size_t stance_model_size(const stance_model *m)
{
    return container_size(m->file);
}

bool stance_model_verify(const stance_model *m, stance_error *err)
{
    for (uint32_t id = 0; id < m->features; id++)
        if (model_find(m, piece_of(model_key(m, id)).hash) != id) return container_damaged(m->file, "key table", err);
    return true;
}
