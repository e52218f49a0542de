/* SPDX-License-Identifier: MIT
 * lexicon: the compiled-in table of polarity (data/lexicon.tsv) and the user's tables.
 * Method: phrases are folded, joined by one blank and interned; a first word knows how long its phrases get, so that matching is
 * longest-first without a trie. Limits: phrases of eight words; words are cut at blanks, so punctuation in a phrase never matches. */
#include "lexicon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../text/unicode.h"
#define ROWS_LEXICON
#include "tables.h"

static const struct { const char *name; uint8_t kind; } classes[] = {
    {"neg", LEXICON_NEG}, {"boost", LEXICON_BOOST}, {"hedge", LEXICON_HEDGE}, {"contrast", LEXICON_CONTRAST},
};

static const struct { const char *name; uint8_t part; } parts[] = {
    {"adj", PART_JUDGEMENT}, {"adv", PART_JUDGEMENT}, {"noun", PART_NOUN}, {"verb", PART_VERB}, {"phrase", PART_PHRASE}, {"idiom", PART_PHRASE},
};

static inline bool is_named(stance_str given, const char *name)
{
    return given.len && (given.ptr[0] | 32) == name[0] && str_equal_nocase(given, str_of(name));
}

static uint8_t part_of(stance_str name)
{
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (is_named(name, parts[i].name)) return parts[i].part;
    return PART_OTHER;
}

static uint8_t class_of(stance_str name)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (is_named(name, classes[i].name)) return classes[i].kind;
    return LEXICON_SCORE; /* verb, noun, phrase... say what the word is, not what it does */
}

static const char *class_name(const struct lexicon_entry *e)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (classes[i].kind == e->kind) return classes[i].name;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].part == e->part) return parts[i].name;
    return "score";
}

/* The lowest bits of a hash are those of the text's last bytes, the highest of all. */
#define filter_word(filter, hash) (&(filter)[(hash) >> 53])
_Static_assert(LEXICON_FILTER / 64 == 1 << (64 - 53), "a word of the filter for the upper bits");

static struct lexicon_entry *intern(struct lexicon *l, stance_str term)
{
    bool fresh;
    uint64_t hash = piece_of(term).hash;
    uint32_t id = dictionary_add(&l->terms, hash, &fresh);
    void *entries = l->entries;
    if (id == NO_ID || !array_reserve(&entries, &l->cap, l->terms.n, sizeof *l->entries)) return NULL;
    l->entries = entries;
    if (!fresh) return &l->entries[id];
    l->entries[id] = (struct lexicon_entry){0, LEXICON_PREFIX, PART_OTHER, 0};
    *filter_word(l->filter, hash) |= UINT64_C(1) << (hash & 63);
    return dictionary_name(&l->terms, id, term) ? &l->entries[id] : NULL;
}

/* Is it what folding and joining would make of it? So is nearly all that is read. *words: how many. */
static bool normal(stance_str phrase, size_t *words)
{
    char before = ' ';
    *words = 1;
    for (size_t i = 0; i < phrase.len; i++) {
        char c = phrase.ptr[i];
        if (c < ' ' || c > '~' || (c >= 'A' && c <= 'Z') || (c == ' ' && before == ' ')) return false;
        *words += c == ' ';
        before = c;
    }
    return before != ' ';
}

/* Folds and joins the words of a phrase; returns how many there are. */
static size_t normalise(stance_str phrase, struct strbuf *scratch, stance_str *out)
{
    size_t words = 0;
    *out = phrase;
    if (normal(phrase, &words)) return words;
    strbuf_clear(scratch);
    words = 0;
    for (stance_str rest = str_trim(phrase); rest.len; rest = str_trim(rest)) {
        stance_str word = str_split(&rest, ' ');
        if (words++) strbuf_char(scratch, ' ');
        unicode_fold(word, scratch);
    }
    *out = strbuf_str(scratch);
    return words;
}

static bool add(struct lexicon *l, stance_str phrase, double score, stance_str class, struct strbuf *scratch)
{
    stance_str term;
    size_t words = normalise(phrase, scratch, &term);
    if (words == 0 || words > LEXICON_LONGEST) return !scratch->failed;
    struct lexicon_entry *entry = scratch->failed ? NULL : intern(l, term);
    if (!entry) return false;
    entry->score = score;
    entry->kind = class_of(class);
    entry->part = part_of(class);
    struct lexicon_entry *first = words == 1 ? entry : intern(l, str_split(&term, ' '));
    if (first && first->longest < words) first->longest = (uint8_t)words;
    return first;
}

bool lexicon_add_builtin(struct lexicon *l, stance_error *err)
{
    struct strbuf scratch = {0};
    bool ok = true;
    const char *at = rows_lexicon;
    for (struct table_cells row; ok && table_next(&at, &row);) {
        double score = 0;
        if (row.column[1].len) str_to_double(row.column[1], &score);
        ok = add(l, row.column[0], score, row.column[2], &scratch);
    }
    strbuf_free(&scratch);
    return ok || error_nomem(err, "loading the lexicon");
}

/* One line; *first: no row has been read yet, so it may be a header. */
static bool add_line(struct lexicon *l, stance_str rest, size_t line, bool *first, const char *name, struct strbuf *scratch, stance_error *err)
{
    stance_str term = str_split(&rest, '\t'), number = str_trim(str_split(&rest, '\t')), kind = str_trim(str_split(&rest, '\t'));
    double score = 0;
    bool header = *first;
    bool good = unicode_valid(term) && (number.len == 0 || str_to_double(number, &score));
    *first = false;
    if (!good && header) return true;
    if (!good) return error_set(err, STANCE_INPUT, line, "%s: line %zu: no number in the second column; columns are term, score, class", name, line);
    return add(l, term, score, kind, scratch) || error_nomem(err, "loading a lexicon");
}

bool lexicon_add_text(struct lexicon *l, stance_str tsv, const char *name, stance_error *err)
{
    struct strbuf scratch = {0};
    bool ok = true, first = true;
    for (size_t line = 1; ok && tsv.ptr; line++) {
        stance_str row = str_trim(str_split(&tsv, '\n'));
        if (row.len && row.ptr[0] != '#') ok = add_line(l, row, line, &first, name, &scratch, err);
    }
    strbuf_free(&scratch);
    return ok;
}

static bool read_all(FILE *in, struct strbuf *out)
{
    char chunk[65536];
    size_t got;
    while ((got = fread(chunk, 1, sizeof chunk, in)) > 0) strbuf_add(out, (stance_str){chunk, got});
    return !ferror(in);
}

bool lexicon_add_file(struct lexicon *l, const char *path, stance_error *err)
{
    struct strbuf text = {0};
    FILE *in = fopen(path, "rb");
    if (!in) return error_set(err, STANCE_INPUT, 0, "%s: lexicon cannot be opened", path);
    bool ok = read_all(in, &text) || error_set(err, STANCE_INPUT, 0, "%s: lexicon cannot be read", path);
    fclose(in);
    if (ok && text.failed) ok = error_nomem(err, "reading a lexicon");
    if (ok && text.len) ok = lexicon_add_text(l, strbuf_str(&text), path, err);
    strbuf_free(&text);
    return ok;
}

uint32_t lexicon_place(const struct lexicon *l, uint64_t hash)
{
    return *filter_word(l->filter, hash) >> (hash & 63) & 1 ? dictionary_find(&l->terms, hash) : NO_ID;
}

const struct lexicon_entry *lexicon_find_hash(const struct lexicon *l, uint64_t hash)
{
    uint32_t id = lexicon_place(l, hash);
    return id == NO_ID ? NULL : &l->entries[id];
}

const struct lexicon_entry *lexicon_find(const struct lexicon *l, stance_str term)
{
    return lexicon_find_hash(l, piece_of(term).hash);
}

void lexicon_write(const struct lexicon *l, struct strbuf *out)
{
    for (uint32_t id = 0; id < l->terms.n; id++) {
        if (l->entries[id].kind == LEXICON_PREFIX) continue;
        strbuf_add(out, dictionary_text(&l->terms, id));
        strbuf_print(out, "\t%.6g\t%s\n", l->entries[id].score, class_name(&l->entries[id]));
    }
}

void lexicon_free(struct lexicon *l)
{
    dictionary_free(&l->terms);
    free(l->entries);
    *l = (struct lexicon){0};
}
