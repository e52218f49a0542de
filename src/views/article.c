/* SPDX-License-Identifier: MIT
 * article: runs the text stages over one document and keeps their results side by side.
 * Method: clean, tokens, sentences, quotations, word flags. Limits: everything lives until the arena is reset. */
#include "article.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/str.h"
#include "tag_memory.h"

/* " - " is typed for a dash. */
static bool spaced_hyphen(const struct article *a, size_t i)
{
    const struct token *t = &a->tokens.items[i];
    bool first = i == 0 || a->tokens.items[i - 1].kind == TOKEN_BREAK;
    return (first || (t->flags & TOKEN_SPACED)) && i + 1 < a->tokens.n && (a->tokens.items[i + 1].flags & TOKEN_SPACED);
}

static const uint16_t ascii_marks[128] = {
    [','] = MARK_COMMA, ['.'] = MARK_STOP,  [';'] = MARK_SEMICOLON, [':'] = MARK_COLON, ['?'] = MARK_QUESTION, ['!'] = MARK_EXCLAMATION,
    ['('] = MARK_OPEN,  [')'] = MARK_CLOSE, ['&'] = MARK_AND,       ['/'] = MARK_SLASH, ['*'] = MARK_STAR,     ['-'] = MARK_HYPHEN};

static uint16_t mark_of(const struct article *a, size_t i)
{
    stance_str text = token_text(&a->tokens, i);
    unsigned char first = (unsigned char)text.ptr[0];
    if (first == '-' && text.len == 1 && !spaced_hyphen(a, i)) return 0;
    if (first < 0x80) return ascii_marks[first];
    bool dash = str_equal(text, STR("\xE2\x80\x94")) || str_equal(text, STR("\xE2\x80\x93")) || str_equal(text, STR("\xE2\x80\x95"));
    return dash ? MARK_DASH : 0;
}

bool article_spelt(const struct article *a, size_t i, const char *word)
{
    return i < a->tokens.n && str_equal(article_fold(a, i), str_of(word));
}

stance_str article_text(const struct article *a, size_t first, size_t end)
{
    if (first >= end) return (stance_str){"", 0};
    return str_slice(a->clean.text, a->tokens.items[first].start, a->tokens.items[end - 1].end);
}

stance_span article_span(const struct article *a, size_t first, size_t end)
{
    if (first >= end || end > a->tokens.n) return (stance_span){STANCE_NONE, STANCE_NONE};
    return clean_raw_span(&a->clean, a->tokens.items[first].start, a->tokens.items[end - 1].end);
}

bool article_same(stance_span a, stance_span b)
{
    size_t start = a.start > b.start ? a.start : b.start, end = a.end < b.end ? a.end : b.end, common = end > start ? end - start : 0;
    return common > 0 && 2 * common >= (a.end > b.end ? a.end : b.end) - (a.start < b.start ? a.start : b.start);
}

/* Words that make a name an organisation's. */
static const char *const organisations[] = {
    "inc",           "corp",       "corporation", "ltd",        "limited",      "llc",       "plc",       "co",         "company",
    "group",         "holdings",   "bank",        "university", "college",      "institute", "ministry",  "department", "agency",
    "association",   "foundation", "council",     "committee",  "commission",   "court",     "party",     "union",      "times",
    "post",          "journal",    "review",      "news",       "tribune",      "herald",    "gazette",   "capital",    "partners",
    "securities",    "ventures",   "labs",        "lab",        "technologies", "systems",   "fund",      "trust",      "office",
    "bureau",        "center",     "centre",      "research",   "report",       "house",     "congress",  "senate",     "parliament",
    "reserve",       "treasury",   "exchange",    "airlines",   "motors",       "energy",    "police",    "authority",  "board",
    "service",       "society",    "federation",  "league",     "club",         "team",      "magazine",  "network",    "industries",
    "international", "ag",         "sa",          "gmbh",       "nv",           "se",        "analytics", "software",   "media",
    "network",       "management", "advisors",    "associates", "sachs",        "stanley"};
enum { ORGANISATIONS = sizeof organisations / sizeof *organisations };

/* What the tables say of single words, by the word's id, those included that only one of them has. */
static bool join_tables(struct language *l, stance_error *err)
{
    struct words *all = &l->words;
    size_t cues = l->cues.first.n, n = all->folded.n + cues + ORGANISATIONS;
    bool ok = (l->lexemes = calloc(n, sizeof *l->lexemes)) != NULL;
    uint32_t id;
    for (size_t i = 0; ok && i < cues; i++)
        if ((ok = words_add(all, l->cues.first.items[i], &id))) l->lexemes[id].cue = l->cues.heads[i];
    for (size_t i = 0; ok && i < ORGANISATIONS; i++)
        if ((ok = words_add(all, str_of(organisations[i]), &id))) l->lexemes[id].organisation = true;
    for (size_t i = 0; ok && i < all->folded.n; i++) l->lexemes[i].flags = all->flags[i];
    return ok || error_nomem(err, "loading the word tables");
}

bool language_load(struct language *l, const char *speakers_path, stance_error *err)
{
    *l = (struct language){.forms = calloc(1, sizeof *l->forms), .tags = calloc(1, sizeof *l->tags)};
    if (!l->forms || !l->tags) return error_nomem(err, "loading the word tables");
    return words_load(&l->words, err) && cues_load(&l->cues, err) &&
           (closed_load(&l->closed) || error_nomem(err, "loading the word tables")) && abbreviations_load(&l->abbreviations, err) &&
           gazetteer_read(&l->gazetteer, NULL, err) && (!speakers_path || gazetteer_read(&l->gazetteer, speakers_path, err)) && join_tables(l, err);
}

static void forms_free(struct forms *f)
{
    known_free(&f->known);
    free(f->items);
    free(f->hashes);
    *f = (struct forms){.article = f->article, .emptied = f->emptied + 1};
}

void language_free(struct language *l)
{
    words_free(&l->words); /* it holds words of the cues */
    cues_free(&l->cues);
    closed_free(&l->closed);
    abbreviations_free(&l->abbreviations);
    arena_free(&l->gazetteer.memory);
    vocab_free(&l->gazetteer.aliases);
    free(l->gazetteer.rows);
    free(l->lexemes);
    if (l->forms) forms_free(l->forms);
    free(l->forms);
    free(l->tags);
    *l = (struct language){0};
}

/* Table flags, and two readings that hold for words outside the tables: -ly makes adverbs, and "that" is no subject beside a verb of saying. */
static uint32_t form_flags(uint32_t flags, stance_str folded)
{
    if (flags & WORD_DET) flags &= ~(uint32_t)WORD_SUBJECT;
    bool adverb = folded.len > 5 && str_ends(folded, STR("ly"));
    return flags == 0 && adverb ? (uint32_t)WORD_ADV : flags;
}

/* A word that no article had before. */
static struct form new_form(const struct language *l, stance_str folded)
{
    uint32_t lexeme = vocab_find(&l->words.folded, folded);
    struct lexeme of = lexeme == VOCAB_NONE ? (struct lexeme){0, 0, false} : l->lexemes[lexeme];
    const struct cue_form *cue = of.cue ? &l->cues.forms[of.cue - 1] : NULL;
    return (struct form){.flags = form_flags(of.flags, folded),
                         .cue = of.cue,
                         .follows = cue ? cue->follows : 0,
                         .look = {.word = closed_find(&l->closed, folded),
                                  .ends = (uint16_t)(words_endings(folded) | (of.organisation ? ORGANISATION : 0) | (cue && cue->alone_n ? CUE_ALONE : 0)),
                                  .kind = TOKEN_WORD}};
}

/* The words that are new in the vocabulary. */
static bool learn_forms(const struct language *l)
{
    struct forms *f = l->forms;
    size_t n = f->known.words.n;
    void *items = f->items, *hashes = f->hashes;
    bool ok = n <= f->cap || array_reserve(&items, &f->cap, n, sizeof *f->items);
    f->items = items;
    ok = ok && (n <= f->hashes_cap || array_reserve(&hashes, &f->hashes_cap, n, sizeof *f->hashes));
    f->hashes = hashes;
    for (; ok && f->n < n; f->n++) {
        f->items[f->n] = new_form(l, vocab_text(&f->known.words, (uint32_t)f->n));
        f->hashes[f->n] = (struct form_hash){.word = 0};
    }
    return ok;
}

static bool add_cue(struct article *a, size_t i)
{
    if (a->cues_n + 1 >= a->cues_cap) {
        size_t cap = a->cues_cap ? a->cues_cap * 2 : 128;
        struct cue_place *grown = arena_grow(a->arena, a->cues, a->cues_n, cap, sizeof *grown);
        if (!grown) return false;
        a->cues = grown;
        a->cues_cap = cap;
    }
    a->cues[a->cues_n++] = (struct cue_place){(uint32_t)i, 0, NULL};
    return true;
}

/* First word of a sentence, of a quotation, or behind a colon or bullet: its capital tells nothing. */
static bool initial_place(const struct article *a, size_t i)
{
    if (i == 0 || a->sentences.items[a->sentence_of[i]].first == i) return true;
    uint8_t before = a->look[i - 1].kind;
    return before == TOKEN_OPEN || before == TOKEN_BREAK || before == TOKEN_SYMBOL || article_mark(a, i - 1, ":-*\xE2\x80\x94");
}

/* What more is seen of a capitalised word. */
static void set_capital(struct article *a, size_t i, struct form *form)
{
    if (initial_place(a, i)) a->look[i].flags |= LOOK_INITIAL;
    else form->inner = a->forms->article;
    if (form->flags == WORD_ADV && (form->look.ends & ENDS_LY)) a->flags[i] = words_flags(&a->language->words, article_fold(a, i));
}

/* Can a cue begin at token i, whose word begins some? */
static inline bool may_be_cue(const struct article *a, size_t i, const struct form *form)
{
    if (form->look.ends & CUE_ALONE) return true;
    return i + 1 < a->tokens.n && (form->follows & cues_bit(cues_letters(article_fold(a, i + 1))));
}

/* What is seen of a token that is no word. */
static void set_other(struct article *a, size_t i)
{
    const struct token *t = &a->tokens.items[i];
    struct look look = {.kind = t->kind, .flags = t->flags};
    a->flags[i] = 0;
    switch (t->kind) {
    case TOKEN_PUNCT: look.mark = mark_of(a, i); break;
    case TOKEN_BREAK: a->paragraph_ends[a->paragraphs_n++] = (uint32_t)i; break;
    case TOKEN_OPEN:
    case TOKEN_CLOSE: break;
    default: look.ends = words_endings(token_fold(t));
    }
    if (t->kind == TOKEN_CLITIC || (t->fold_len == 1 && t->fold[0] == '&')) look.word = closed_find(&a->language->closed, token_fold(t));
    if (t->kind == TOKEN_NUMBER && (look.ends & ENDS_AGE)) a->flags[i] = WORD_PERSON; /* "said the 38-year-old" */
    a->look[i] = look;
}

/* Arrays with a place for each token; only mention_at is set. */
static bool take_arrays(struct article *a)
{
    size_t n = a->tokens.n + 1;
    a->form_of = a->notes.words;
    a->flags = arena_grow(a->arena, NULL, 0, n, sizeof *a->flags);
    a->sentence_of = arena_grow(a->arena, NULL, 0, n, sizeof *a->sentence_of);
    a->mention_at = arena_grow(a->arena, NULL, 0, n, sizeof *a->mention_at);
    a->lead = arena_array(a->arena, n, 1);
    a->cue_of = arena_grow(a->arena, NULL, 0, n, sizeof *a->cue_of);
    a->look = arena_grow(a->arena, NULL, 0, n, sizeof *a->look);
    a->paragraph_ends = arena_grow(a->arena, NULL, 0, n, sizeof *a->paragraph_ends);
    if (!a->flags || !a->sentence_of || !a->mention_at || !a->lead || !a->cue_of || !a->look || !a->paragraph_ends) return false;
    memset(a->mention_at, 0xFF, n * sizeof *a->mention_at);
    return true;
}

/* Tokens in no sentence count for the first. */
static void number_sentences(struct article *a)
{
    uint32_t *restrict of = a->sentence_of;
    size_t at = 0;
    for (size_t s = 0; s < a->sentences.n; s++) {
        size_t first = a->sentences.items[s].first, end = a->sentences.items[s].end;
        while (at < first) of[at++] = 0;
        for (; at < end; at++) of[at] = (uint32_t)s;
    }
    while (at <= a->tokens.n) of[at++] = 0;
}

/* What is seen of each token; in cues those that may be some. */
static bool set_tokens(struct article *a)
{
    const struct token *items = a->tokens.items;
    const uint32_t *form_of = a->form_of, article = a->forms->article;
    struct form *forms = a->forms->items;
    struct look *look = a->look;
    uint32_t *flags = a->flags;
    for (size_t i = 0, n = a->tokens.n; i < n; i++) {
        if (form_of[i] == VOCAB_NONE) {
            set_other(a, i);
            continue;
        }
        struct form *form = &forms[form_of[i]];
        uint8_t seen = items[i].flags;
        look[i] = form->look;
        look[i].flags = seen;
        flags[i] = form->flags;
        if (seen & TOKEN_CAPITAL) set_capital(a, i, form);
        else form->lower = article;
        if (form->cue && may_be_cue(a, i, form) && !add_cue(a, i)) return false;
    }
    return true;
}

/* Each token's place in the arrays. */
static bool set_flags(struct article *a)
{
    size_t n = a->tokens.n;
    if (!take_arrays(a) || !learn_forms(a->language)) return false;
    number_sentences(a);
    if (!set_tokens(a)) return false;
    a->flags[n] = 0;
    a->look[n] = (struct look){.kind = TOKEN_BREAK};
    if (n && a->tokens.items[n - 1].kind != TOKEN_BREAK) a->paragraph_ends[a->paragraphs_n++] = (uint32_t)n;
    return true;
}

/* The readings of token i in its sentence: those of the single word are known, more words are compared only where the next one begins like theirs. */
static bool readings_at(struct article *a, size_t i, struct cue_place *out)
{
    const struct cues *cues = &a->language->cues;
    const struct cue_form *head = &cues->forms[article_form(a, i)->cue - 1];
    size_t end = a->sentences.items[a->sentence_of[i]].end;
    *out = (struct cue_place){(uint32_t)i, head->alone_n < MOST_READINGS ? head->alone_n : MOST_READINGS, cues->alone + head->alone};
    if (i + 1 >= end || !(head->follows & cues_bit(cues_letters(article_fold(a, i + 1))))) return true;
    struct cue_match found[MOST_READINGS];
    size_t n = article_cues(a, i, end, found, MOST_READINGS);
    if (n == 0 || found[0].end == i + 1) return true; /* the longest comes first */
    struct cue_reading *own = arena_grow(a->arena, NULL, 0, n, sizeof *own);
    for (size_t k = 0; k < n && own; k++) own[k] = (struct cue_reading){found[k].cue, (uint8_t)found[k].inflection, (uint8_t)(found[k].end - i)};
    *out = (struct cue_place){(uint32_t)i, (uint32_t)n, own};
    return own;
}

/* Keeps those that are cues, with their readings. */
static bool read_cues(struct article *a)
{
    size_t may_be = a->cues_n;
    if (!a->cues && !add_cue(a, 0)) return false;
    a->cues_n = 0;
    for (size_t k = 0; k < may_be; k++) {
        struct cue_place *place = &a->cues[a->cues_n];
        size_t i = a->cues[k].token;
        if (!readings_at(a, i, place)) return false;
        if (!place->n) continue;
        a->look[i].flags |= LOOK_CUE;
        a->cue_of[i] = (uint32_t)a->cues_n++;
    }
    a->cues[a->cues_n] = (struct cue_place){NO_TOKEN, 0, NULL};
    return true;
}

enum { MOST_FORMS = 1 << 16 }; /* more than a year of an outlet has; beyond, memory would grow with the number of articles */

enum { LATELY = 500 }; /* articles */

/* Leaves the words that were met lately, when these are not too many. */
static bool forms_keep(struct forms *f)
{
    uint32_t *new_ids = calloc(f->known.words.n, sizeof *new_ids), n = 0;
    for (size_t id = 0; new_ids && id < f->known.words.n; id++) {
        const struct form *form = id < f->n ? &f->items[id] : NULL;
        bool kept = form && f->article - (form->inner > form->lower ? form->inner : form->lower) < LATELY;
        new_ids[id] = kept ? n++ : VOCAB_NONE;
    }
    bool ok = new_ids && n <= MOST_FORMS / 2 && known_keep(&f->known, new_ids);
    for (size_t id = 0; ok && id < f->n; id++) {
        if (new_ids[id] == VOCAB_NONE) continue;
        f->items[new_ids[id]] = f->items[id];
        f->hashes[new_ids[id]] = f->hashes[id];
    }
    if (ok) f->n = n;
    free(new_ids);
    return ok;
}

/* What was said of words in the article before is void. */
static bool next_article(struct forms *f)
{
    bool last = f->article == UINT32_MAX, full = f->known.words.n > MOST_FORMS;
    if (last || (full && !forms_keep(f))) forms_free(f);
    f->article = last ? 1 : f->article + 1;
    return f->known.buckets || known_init(&f->known);
}

bool article_read(struct article *a, const struct language *l, stance_str text, struct arena *arena, stance_error *err)
{
    *a = (struct article){.language = l, .arena = arena, .forms = l->forms, .lists = l->closed.lists};
    if (!next_article(l->forms)) return error_nomem(err, "reading an article");
    return clean_text(text, arena, &a->clean, err) && token_split_known(a->clean.text, &l->forms->known, arena, &a->tokens, &a->notes, err) &&
           sentence_split(&a->tokens, &a->notes, &l->abbreviations, arena, &a->sentences, err) &&
           quotes_pair(&a->tokens, &a->notes, arena, &a->quotes, err) && ((set_flags(a) && read_cues(a)) || error_nomem(err, "reading an article"));
}

void article_free(struct article *a)
{
    *a = (struct article){0}; /* its memory is the arena's */
}
