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

/* The third column: what a word does, or what it is; where it is none of these, it has a score and is any part of speech. */
static const struct class {
    char name[8];
    uint8_t kind, part;
} classes[] = {
    {"neg", LEXICON_NEG, PART_OTHER},        {"boost", LEXICON_BOOST, PART_OTHER},     {"hedge", LEXICON_HEDGE, PART_OTHER},
    {"contrast", LEXICON_CONTRAST, PART_OTHER},
    {"adj", LEXICON_SCORE, PART_JUDGEMENT},  {"adv", LEXICON_SCORE, PART_JUDGEMENT},   {"noun", LEXICON_SCORE, PART_NOUN},
    {"verb", LEXICON_SCORE, PART_VERB},      {"phrase", LEXICON_SCORE, PART_PHRASE},   {"idiom", LEXICON_SCORE, PART_PHRASE},
};

static struct class class_of(stance_str name)
{
    char folded[sizeof classes->name] = "";
    struct class found = {"score", LEXICON_SCORE, PART_OTHER};
    if (name.len > sizeof folded) return found;
    for (size_t i = 0; i < name.len; i++) folded[i] = (char)(name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' ? name.ptr[i] + 32 : name.ptr[i]);
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (memcmp(classes[i].name, folded, sizeof folded) == 0) return strnlen(folded, sizeof folded) == name.len ? classes[i] : found;
    return found;
}

static stance_str class_name(const struct lexicon_entry *e)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        bool does = classes[i].kind != LEXICON_SCORE, same = does ? classes[i].kind == e->kind : classes[i].part == e->part;
        if (same) return (stance_str){classes[i].name, strnlen(classes[i].name, sizeof classes[i].name)};
    }
    return STR("score");
}

/* The lowest bits of a hash are those of the text's last bytes, the highest of all. */
#define filter_word(filter, hash) (&(filter)[(hash) >> 53])
_Static_assert(LEXICON_FILTER / 64 == 1 << (64 - 53), "a word of the filter for the upper bits");

/* Folded words joined by one blank, with the hash of the whole, of the first word and of the first two. */
struct term {
    stance_str text;
    uint64_t hash, first, opening;
    size_t first_len, words;
    bool lasting; /* its bytes are the lexicon's own */
};

static struct lexicon_entry *intern(struct lexicon *l, stance_str text, uint64_t hash, bool lasting)
{
    bool fresh;
    uint32_t id = dictionary_add(&l->terms, hash, &fresh);
    void *entries = l->entries;
    if (id == NO_ID || (l->terms.n > l->cap && !array_reserve(&entries, &l->cap, l->terms.n, sizeof *l->entries))) return NULL;
    l->entries = entries;
    if (!fresh) return &l->entries[id];
    l->entries[id] = (struct lexicon_entry){0, LEXICON_PREFIX, PART_OTHER, 0};
    *filter_word(l->filter, hash) |= UINT64_C(1) << (hash & 63);
    if (lasting) dictionary_name_lasting(&l->terms, id, text);
    return lasting || dictionary_name(&l->terms, id, text) ? &l->entries[id] : NULL;
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

/* Notes the first two words of a phrase. */
static void note_opening(struct lexicon *l, uint64_t hash)
{
    uint64_t pair = hash_spread(hash); /* as hash_pair has it */
    l->openings[pair >> 53] |= UINT64_C(1) << (pair >> 47 & 63);
}

static bool put(struct lexicon *l, const struct term *t, double score, struct class class)
{
    struct lexicon_entry *entry = intern(l, t->text, t->hash, t->lasting);
    if (!entry) return false;
    entry->score = score;
    entry->kind = class.kind;
    entry->part = class.part;
    struct lexicon_entry *first = t->words == 1 ? entry : intern(l, str_slice(t->text, 0, t->first_len), t->first, t->lasting);
    if (first && first->longest < t->words) first->longest = (uint8_t)t->words;
    if (t->words > 1) note_opening(l, t->opening);
    return first;
}

static bool add(struct lexicon *l, stance_str phrase, double score, stance_str class, struct strbuf *scratch)
{
    struct term t = {.lasting = false};
    t.words = normalise(phrase, scratch, &t.text);
    if (t.words == 0 || t.words > LEXICON_LONGEST) return !scratch->failed;
    stance_str rest = t.text, first = str_split(&rest, ' '), second = str_split(&rest, ' ');
    t.hash = piece_of(t.text).hash, t.first = piece_of(first).hash, t.first_len = first.len;
    if (t.words > 1) t.opening = piece_of(str_slice(t.text, 0, first.len + 1 + second.len)).hash;
    return !scratch->failed && put(l, &t, score, class_of(class));
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

static inline bool in_word(char c)
{
    unsigned byte = (unsigned char)c;
    return byte - '!' <= '~' - '!' && byte - 'A' > 'Z' - 'A';
}

/* The term of a row as lexicon_write makes it, in one pass: in lower case, blanks only between its words, a tab behind it. *at goes behind that. */
static bool plain_term(const char **at, struct term *t)
{
    const char *c = *at;
    uint64_t hash = 0, first = 0, opening = 0;
    size_t words = 0, first_len = 0;
    for (;;) {
        const char *word = c;
        for (; in_word(*c); c++) hash = hash * HASH_BASE + (unsigned char)*c + 1;
        if (c == word) return false;
        if (words++ == 0) first = hash, first_len = (size_t)(c - *at);
        if (words == 2) opening = hash;
        if (*c != ' ') break;
        hash = hash * HASH_BASE + ' ' + 1;
        c++;
    }
    if (*c != '\t' || words > LEXICON_LONGEST) return false;
    *t = (struct term){{*at, (size_t)(c - *at)}, hash, first, opening, first_len, words, true};
    *at = c + 1;
    return true;
}

/* A number of one or two digits, as most scores are, and a tab. */
static bool plain_score(const char **at, double *score)
{
    const char *c = *at;
    bool minus = *c == '-';
    c += minus;
    if (*c < '0' || *c > '9') return false;
    double value = *c++ - '0';
    if (*c == '.') {
        if (c[1] < '0' || c[1] > '9') return false;
        value = (value * 10 + (c[1] - '0')) / 10;
        c += 2;
    }
    *score = minus ? -value : value;
    *at = c + 1;
    return *c == '\t';
}

static bool plain_class(const char **at, struct class *class)
{
    const char *c = *at;
    while (*c >= 'a' && *c <= 'z') c++;
    *class = class_of((stance_str){*at, (size_t)(c - *at)});
    *at = c + 1;
    return *c == '\n';
}

/* Most rows have a plain term, a plain number and a class; false, and nothing done, when this one is another. The text ends with NUL. */
static bool add_plain(struct lexicon *l, stance_str *tsv, bool *ok)
{
    struct term t;
    struct class class;
    double score;
    const char *at = tsv->ptr;
    if (*at == '#' || !plain_term(&at, &t) || !plain_score(&at, &score) || !plain_class(&at, &class)) return false;
    *tsv = str_slice(*tsv, (size_t)(at - tsv->ptr), tsv->len);
    *ok = put(l, &t, score, class);
    return true;
}

static bool make_room(struct lexicon *l, stance_str tsv)
{
    enum { SHORT_ROW = 19, MANY = 64 }; /* that of our table is 21 bytes long, and one in ten has a first word that is no row */
    size_t n = l->terms.n + tsv.len / SHORT_ROW + 1;
    void *entries = l->entries;
    if (tsv.len < MANY * SHORT_ROW) return true;
    bool ok = dictionary_reserve(&l->terms, n) && array_reserve(&entries, &l->cap, n, sizeof *l->entries);
    l->entries = entries;
    return ok;
}

bool lexicon_add_text(struct lexicon *l, stance_str tsv, const char *name, stance_error *err)
{
    return arena_copy(&l->terms.text, tsv, &tsv) ? lexicon_add_lasting(l, tsv, name, err) : error_nomem(err, "loading a lexicon");
}

bool lexicon_add_lasting(struct lexicon *l, stance_str tsv, const char *name, stance_error *err)
{
    struct strbuf scratch = {0};
    bool ok = make_room(l, tsv) || error_nomem(err, "loading a lexicon"), first = true;
    for (size_t line = 1; ok && tsv.ptr; line++) {
        if (add_plain(l, &tsv, &ok)) {
            first = false;
            if (!ok) error_nomem(err, "loading a lexicon");
            continue;
        }
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
        strbuf_print(out, "\t%.6g\t", l->entries[id].score);
        strbuf_add(out, class_name(&l->entries[id]));
        strbuf_char(out, '\n');
    }
}

void lexicon_free(struct lexicon *l)
{
    dictionary_free(&l->terms);
    free(l->entries);
    *l = (struct lexicon){0};
}
