/* SPDX-License-Identifier: MIT
 * cues: data/cues.tsv with its inflected forms, looked up by the first word.
 * Method: forms by rule (-s, -ed, -ing with e-dropping and y -> ie) beside the irregular ones of the table. Limits: a rule may make forms nobody
 * writes. */
#include "cues.h"

#include <stdlib.h>
#include <string.h>
#define ROWS_CUES
#include "tables.h"

#include "../base/error.h"
#include "../base/str.h"

static const struct {
    stance_str name;
    uint32_t frame;
} frame_names[] = {
    {STR_INIT("that"), CUE_THAT}, {STR_INIT("thatonly"), CUE_THAT_ONLY}, {STR_INIT("quote"), CUE_QUOTE}, {STR_INIT("np"), CUE_NP},
    {STR_INIT("as"), CUE_AS}, {STR_INIT("objc"), CUE_OBJECT}, {STR_INIT("of"), CUE_OF}, {STR_INIT("about"), CUE_ABOUT},
    {STR_INIT("against"), CUE_AGAINST}, {STR_INIT("over"), CUE_OVER}, {STR_INIT("for"), CUE_FOR}, {STR_INIT("to"), CUE_TO},
    {STR_INIT("toinf"), CUE_TO_INF}, {STR_INIT("inv"), CUE_INVERTED}, {STR_INIT("to_person"), CUE_TO_PERSON}};

static uint32_t parse_frames(stance_str list)
{
    uint32_t frames = 0;
    for (stance_str rest = list; rest.ptr;) {
        stance_str name = str_trim(str_split(&rest, ','));
        for (size_t i = 0; i < sizeof frame_names / sizeof *frame_names; i++)
            if (str_equal(name, frame_names[i].name)) frames |= frame_names[i].frame;
    }
    return frames;
}

static bool add_form(struct cues *c, stance_str form, enum cue_inflection inflection)
{
    stance_str rest = form, own;
    stance_str first = str_split(&rest, ' ');
    uint32_t id = vocab_add(&c->first, first);
    void *heads = c->heads, *forms = c->forms;
    size_t before = c->heads_cap;
    if (id == VOCAB_NONE || (id >= c->heads_cap && !array_reserve(&heads, &c->heads_cap, id + 1, sizeof *c->heads))) return false;
    c->heads = heads;
    if (c->heads_cap > before) memset(c->heads + before, 0, (c->heads_cap - before) * sizeof *c->heads);
    if (c->forms_n == c->forms_cap && !array_reserve(&forms, &c->forms_cap, c->forms_n + 1, sizeof *c->forms)) return false;
    c->forms = forms;
    own = STR("");
    if (rest.ptr && !arena_copy(&c->memory, rest, &own)) return false;
    uint32_t *link = &c->heads[id]; /* longer forms first, so that "point out" wins over "point" */
    while (*link && c->forms[*link - 1].rest.len >= own.len) link = &c->forms[*link - 1].next;
    c->forms[c->forms_n] = (struct cue_form){(uint32_t)(c->n - 1), *link, own, (uint8_t)inflection, cues_letters(own), 0, 0, 0};
    *link = (uint32_t)++c->forms_n;
    return true;
}

static bool vowel(char ch)
{
    return strchr("aeiou", ch) != NULL;
}

/* `word` + rest, where word is the stem's first `keep` bytes and then `ending`. */
static bool add_inflected(struct cues *c, stance_str word, size_t keep, const char *ending, stance_str rest, enum cue_inflection inflection)
{
    struct strbuf *form = &c->scratch;
    strbuf_clear(form);
    strbuf_add(form, str_slice(word, 0, keep));
    strbuf_add(form, str_of(ending));
    if (rest.ptr) strbuf_char(form, ' ');
    if (rest.ptr) strbuf_add(form, rest);
    return !form->failed && add_form(c, strbuf_str(form), inflection);
}

static bool add_third(struct cues *c, stance_str word, stance_str rest)
{
    char last = word.ptr[word.len - 1], before = word.len > 1 ? word.ptr[word.len - 2] : 'a';
    if (last == 'y' && !vowel(before)) return add_inflected(c, word, word.len - 1, "ies", rest, CUE_THIRD);
    bool sibilant = strchr("sxz", last) || (last == 'h' && strchr("sc", before));
    return add_inflected(c, word, word.len, sibilant ? "es" : "s", rest, CUE_THIRD);
}

static bool add_regular(struct cues *c, stance_str lemma, enum cue_pos pos)
{
    stance_str rest = lemma, word = str_split(&rest, ' ');
    if (pos == CUE_ADJ || pos == CUE_PREP) return true;
    if (!add_third(c, word, rest)) return false;
    if (pos == CUE_NOUN) return true;
    char last = word.ptr[word.len - 1], before = word.len > 1 ? word.ptr[word.len - 2] : 'a';
    bool drop = last == 'e' && !strchr("eoy", before), y = last == 'y' && !vowel(before);
    size_t keep = word.len - (drop || y);
    bool ed = add_inflected(c, word, last == 'e' && !drop ? word.len - 1 : keep, y ? "ied" : "ed", rest, CUE_PAST);
    return ed && add_inflected(c, word, drop ? word.len - 1 : word.len, "ing", rest, CUE_ING);
}

static bool add_irregular(struct cues *c, stance_str list)
{
    bool ok = true;
    for (stance_str rest = list; rest.ptr && ok;) {
        stance_str form = str_split(&rest, '|'), words = form, first = str_split(&words, ' ');
        if (form.len < 2) continue;
        ok = add_form(c, form, str_ends(first, STR("ing")) ? CUE_ING : str_ends(first, STR("s")) ? CUE_THIRD : CUE_PAST);
    }
    return ok;
}

static bool add_cue(struct cues *c, const struct table_cells *row)
{
    const char *pos = row->column[1].ptr, *polarity = row->column[5].ptr;
    enum cue_pos p = *pos == 'v' ? CUE_VERB : *pos == 'n' ? CUE_NOUN : *pos == 'a' ? CUE_ADJ : CUE_PREP;
    void *items = c->items;
    if (!array_reserve(&items, &c->cap, c->n + 1, sizeof *c->items)) return false;
    c->items = items;
    stance_str lemma = row->column[0];
    c->items[c->n++] = (struct cue){lemma, parse_frames(row->column[3]), (uint8_t)p, (uint8_t)(row->column[4].ptr[0] - '0'),
                                    (int8_t)(*polarity == '+'   ? 1
                                             : *polarity == '-' ? -1
                                                                : 0)};
    return add_form(c, lemma, CUE_BASE) && add_regular(c, lemma, p) && add_irregular(c, row->column[2]);
}

/* What is known of a chain without a look at the text. */
static bool note_chains(struct cues *c)
{
    uint32_t n = 0;
    c->alone = calloc(c->forms_n + 1, sizeof *c->alone);
    for (size_t id = 0; id < c->first.n && c->alone; id++) {
        uint64_t follows = 0;
        uint32_t first = n;
        for (uint32_t link = c->heads[id]; link; link = c->forms[link - 1].next) {
            const struct cue_form *form = &c->forms[link - 1];
            if (form->rest.len) follows |= cues_bit(form->begins);
            else c->alone[n++] = (struct cue_reading){&c->items[form->cue], form->inflection, 1};
        }
        if (!c->heads[id]) continue;
        struct cue_form *head = &c->forms[c->heads[id] - 1];
        head->follows = follows, head->alone = first, head->alone_n = n - first;
    }
    return c->alone;
}

bool cues_load(struct cues *c, stance_error *err)
{
    enum { ABOUT = 6000, FORMS = 7000, CUES = 2048 }; /* first words and so on, so that nothing has to grow */
    void *forms = NULL, *items = NULL, *heads = NULL;
    bool ok = vocab_reserve(&c->first, ABOUT) && array_reserve(&forms, &c->forms_cap, FORMS, sizeof *c->forms) &&
              array_reserve(&items, &c->cap, CUES, sizeof *c->items) && array_reserve(&heads, &c->heads_cap, ABOUT, sizeof *c->heads);
    c->forms = forms, c->items = items, c->heads = heads;
    if (heads) memset(heads, 0, c->heads_cap * sizeof *c->heads);
    const char *at = rows_cues;
    for (struct table_cells row; ok && table_next(&at, &row);) ok = add_cue(c, &row);
    return (ok && note_chains(c)) || error_nomem(err, "loading the table of cues");
}

void cues_free(struct cues *c)
{
    arena_free(&c->memory);
    vocab_free(&c->first);
    strbuf_free(&c->scratch);
    free(c->heads);
    free(c->items);
    free(c->forms);
    free(c->alone);
    *c = (struct cues){0};
}

/* Token behind the words of `rest`, or 0 when they do not follow at `at`. */
static size_t match_rest(const struct tokens *tokens, size_t at, size_t end, stance_str rest)
{
    while (rest.len) {
        if (at >= end) return 0;
        stance_str word = token_fold(&tokens->items[at]);
        if (!str_starts(rest, word) || (word.len < rest.len && rest.ptr[word.len] != ' ')) return 0;
        rest = str_slice(rest, word.len + (word.len < rest.len), rest.len);
        at++;
    }
    return at;
}

uint32_t cues_head(const struct cues *c, stance_str folded)
{
    uint32_t id = vocab_find(&c->first, folded);
    return id == VOCAB_NONE ? 0 : c->heads[id];
}

size_t cues_follow(const struct cues *c, uint32_t head, const struct tokens *tokens, size_t at, size_t end, struct cue_match *out, size_t max)
{
    size_t n = 0;
    uint16_t next = at + 1 < end ? cues_letters(token_fold(&tokens->items[at + 1])) : 0;
    for (uint32_t link = head; link && n < max;) {
        const struct cue_form *form = &c->forms[link - 1];
        bool alone = form->rest.len == 0, other = !alone && (at + 1 >= end || next != form->begins);
        size_t behind = alone ? at + 1 : other ? 0 : match_rest(tokens, at + 1, end, form->rest);
        if (behind) out[n++] = (struct cue_match){&c->items[form->cue], form->inflection, behind};
        link = form->next;
    }
    return n;
}

size_t cues_find(const struct cues *c, const struct tokens *tokens, size_t at, size_t end, struct cue_match *out, size_t max)
{
    return cues_follow(c, cues_head(c, token_fold(&tokens->items[at])), tokens, at, end, out, max);
}
