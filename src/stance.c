/* SPDX-License-Identifier: MIT
 * stance: the pipeline, stage after stage. An article is read (clean, tokens, sentences, quotations), its names are found, contents are attributed,
 * speakers resolved, targets named, and each view is scored; then spans lead back to the text as given. Limits: one arena per document holds
 * everything until the next. */
#include "stance.h"

#include <stdlib.h>

#include "base/error.h"
#include "base/str.h"
#include "learn/predict.h"
#include "text/unicode.h"
#include "views/attribution.h"
#include "views/targets.h"
#include "views/views_model.h"

enum { DEFAULT_MAX_TEXT = 256 * 1024 * 1024, MAX_TARGETS = 8 };

struct stance_analyzer {
    stance_analyzer_options options;
    struct language language;
    stance_scorer *scorer; /* NULL when only extracting */
    struct arena arena;    /* of the document in work */
    stance_view *views;    /* [n], in the arena */
    size_t n, cap;
    stance_result result;
};

static const char *const kind_names[] = {"direct", "mixed", "indirect"};
static const char *const speaker_kind_names[] = {"person", "organisation", "group", "unknown"};
static const char *const resolution_names[] = {"name", "surname", "alias", "pronoun", "description", "none"};
static const char *const abstention_names[] = {NULL, "low_margin", "few_known_ngrams", "not_english"};

const char *stance_kind_name(stance_kind kind)
{
    return kind_names[kind];
}
const char *stance_speaker_kind_name(stance_speaker_kind kind)
{
    return speaker_kind_names[kind];
}
const char *stance_resolution_name(stance_resolution how)
{
    return resolution_names[how];
}
const char *stance_abstention_name(stance_abstention why)
{
    return abstention_names[why];
}

stance_analyzer *stance_analyzer_new(const stance_analyzer_options *options, stance_error *err)
{
    stance_analyzer *an = calloc(1, sizeof *an);
    if (!an) {
        error_nomem(err, "starting the analyzer");
        return NULL;
    }
    if (options) an->options = *options;
    if (!an->options.max_text) an->options.max_text = DEFAULT_MAX_TEXT;
    bool ok = language_load(&an->language, an->options.speakers_path, err);
    if (ok && an->options.model) ok = (an->scorer = stance_scorer_new(an->options.model, err)) != NULL;
    if (ok) return an;
    stance_analyzer_free(an);
    return NULL;
}

void stance_analyzer_free(stance_analyzer *an)
{
    if (!an) return;
    language_free(&an->language);
    stance_scorer_free(an->scorer);
    arena_free(&an->arena);
    free(an);
}

/* ---- spans of the text as given ---- */

/* Code points before byte offsets, counted once along the text for any number of spans. */
struct char_counter {
    stance_str text;
    uint32_t *beyond; /* [len / STEP + 2] bytes before each STEP-th that are not the first of a character, and in all */
};
enum { STEP = 64 };

/* A bit for each of eight bytes that is not the first of a character: 10xxxxxx. */
static inline uint64_t bytes_beyond(uint64_t eight)
{
    return eight >> 7 & ~eight >> 6 & 0x0101010101010101u;
}

static inline size_t sum_of_bytes(uint64_t sums)
{
    return (size_t)(sums * 0x0101010101010101u >> 56);
}

/* Of the bytes from..to, less than STEP. */
static size_t beyond_first(stance_str text, size_t from, size_t to)
{
    uint64_t sums = 0;
    size_t i = from;
    for (; i + 8 <= to; i += 8) sums += bytes_beyond(eight_bytes(text.ptr + i));
    if (i < to) sums += bytes_beyond(str_eight(text, i)) & ~(UINT64_MAX << (to - i) * 8);
    return sum_of_bytes(sums);
}

static bool char_counter_init(struct char_counter *c, stance_str text, struct arena *arena)
{
    const size_t n = text.len / STEP;
    *c = (struct char_counter){text, arena_grow(arena, NULL, 0, n + 2, sizeof(uint32_t))};
    if (!c->beyond) return false;
    uint32_t before = 0;
    for (size_t k = 0; k < n; k++) {
        const char *at = text.ptr + k * STEP;
        uint64_t all = 0, sums = 0;
        for (size_t i = 0; i < STEP; i += 8) all |= eight_bytes(at + i);
        c->beyond[k] = before;
        if (!(all & 0x8080808080808080u)) continue;
        for (size_t i = 0; i < STEP; i += 8) sums += bytes_beyond(eight_bytes(at + i));
        before += (uint32_t)sum_of_bytes(sums);
    }
    c->beyond[n] = before;
    c->beyond[n + 1] = before + (uint32_t)beyond_first(text, n * STEP, text.len);
    return true;
}

static size_t chars_before(const struct char_counter *c, size_t byte)
{
    size_t k = byte / STEP;
    if (c->beyond[k] == c->beyond[k + 1]) return byte - c->beyond[k];
    return byte - c->beyond[k] - beyond_first(c->text, k * STEP, byte);
}

static stance_span in_chars(const struct char_counter *c, stance_span bytes)
{
    if (bytes.start == STANCE_NONE) return bytes;
    return (stance_span){chars_before(c, bytes.start), chars_before(c, bytes.end)};
}

static stance_str slice_of(stance_str text, stance_span s)
{
    return s.start == STANCE_NONE ? (stance_str){NULL, 0} : str_slice(text, s.start, s.end);
}

/* ---- one view ---- */

static stance_view *push_view(stance_analyzer *an)
{
    if (an->n == an->cap) {
        size_t cap = an->cap ? an->cap * 2 : 32;
        stance_view *grown = arena_grow(&an->arena, an->views, an->n, cap, sizeof *grown);
        if (!grown) return NULL;
        an->views = grown;
        an->cap = cap;
    }
    stance_view *v = &an->views[an->n++];
    *v = (stance_view){.number = an->n};
    return v;
}

static void fill_view(stance_view *v, const struct article *a, const struct attribution *x, const struct char_counter *chars)
{
    v->kind = x->kind;
    v->content = article_span(a, x->first, x->end);
    struct phrase named = phrase_found(x->source) ? x->source : x->beside;
    v->mention = article_span(a, named.first, named.end);
    v->cue = x->cue_first == NO_TOKEN ? (stance_span){STANCE_NONE, STANCE_NONE} : article_span(a, x->cue_first, x->cue_end);
    v->content_chars = in_chars(chars, v->content);
    v->mention_chars = in_chars(chars, v->mention);
    v->cue_chars = in_chars(chars, v->cue);
    v->text = slice_of(chars->text, v->content);
    v->mention_text = slice_of(chars->text, v->mention);
    v->cue_polarity = x->cue ? x->cue->polarity : 0;
    v->cue_text = slice_of(chars->text, v->cue);
    v->speaker = x->speaker;
    v->speaker_kind = x->speaker_kind;
    v->resolved_by = x->resolved_by;
}

static bool score_view(stance_analyzer *an, stance_view *v, const struct article *a, const struct attribution *x, const struct target *t,
                       stance_error *err)
{
    if (!an->scorer) return true;
    size_t start = a->tokens.items[x->first].start;
    stance_statement in = {.text = article_text(a, x->first, x->end),
                           .target = v->target,
                           .target_span = {STANCE_NONE, STANCE_NONE},
                           .cue = x->cue ? x->cue->lemma : (stance_str){NULL, 0}};
    if (t->first < t->end) in.target_span = (stance_span){a->tokens.items[t->first].start - start, a->tokens.items[t->end - 1].end - start};
    const struct token_run run = {&a->tokens, x->first, x->end, a->form_of, a->forms->known.words.n, a->forms->emptied};
    v->scored = true;
    return scorer_answer_run(an->scorer, &in, &run, an->options.min_margin, &v->prediction, err);
}

/* Target of the view right before, when the same speaker goes on. */
static stance_str target_before(const stance_analyzer *an, const struct attribution *x)
{
    const stance_view *last = an->n ? &an->views[an->n - 1] : NULL;
    return last && str_equal(last->speaker, x->speaker) ? last->target : (stance_str){NULL, 0};
}

static bool add_view(stance_analyzer *an, const struct article *a, const struct attributions *all, const struct attribution *x,
                     const struct char_counter *chars, const stance_document *document, stance_error *err)
{
    struct target targets[MAX_TARGETS] = {{{NULL, 0}, 0, 0}};
    size_t n = targets_find(a, x, an->options.target, target_before(an, x), targets, an->options.all_targets ? MAX_TARGETS : 1);
    if (n == 0) targets[0] = (struct target){.name = document->target};
    for (size_t k = 0; k < n || k == 0; k++) {
        stance_view *v = push_view(an);
        if (!v) return error_nomem(err, "collecting views");
        fill_view(v, a, x, chars);
        v->target = targets[k].name;
        if (x->via != NO_TOKEN) v->via = all->items[x->via].speaker;
        if (!score_view(an, v, a, x, &targets[k], err)) return false;
    }
    return true;
}

/* ---- one document ---- */

static bool check_text(const stance_analyzer *an, const stance_document *d, stance_error *err)
{
    if (d->text.len > an->options.max_text)
        return error_set(err, STANCE_INPUT, 0, "article %.*s: %zu bytes of text, more than the limit of %zu; split it", (int)d->article.len,
                         d->article.ptr, d->text.len, an->options.max_text);
    return unicode_valid(d->text) || error_set(err, STANCE_INPUT, 0, "article %.*s: text is not valid UTF-8", (int)d->article.len, d->article.ptr);
}

static bool analyze(stance_analyzer *an, struct article *a, const stance_document *d, stance_error *err)
{
    struct attributions found;
    struct char_counter chars;
    if (!article_read(a, &an->language, d->text, &an->arena, err) || !names_find(a, err)) return false;
    const struct stance_views_model *model = an->options.views_model;
    if (!attribution_find(a, &found, err) || (model && !tagger_apply(a, views_model_weights(model), &found, err)) ||
        !speakers_resolve(a, &found, err))
        return false;
    if (!char_counter_init(&chars, d->text, &an->arena)) return error_nomem(err, "counting characters");
    for (size_t i = 0; i < found.n; i++)
        if (!found.items[i].relayed && !add_view(an, a, &found, &found.items[i], &chars, d, err)) return false;
    return true;
}

const stance_result *stance_analyze(stance_analyzer *an, const stance_document *document, stance_error *err)
{
    struct article a = {0};
    arena_reset(&an->arena);
    an->views = NULL;
    an->n = an->cap = 0;
    bool ok = check_text(an, document, err) && analyze(an, &a, document, err);
    article_free(&a);
    if (!ok) return NULL;
    an->result = (stance_result){an->views, an->n};
    return &an->result;
}
