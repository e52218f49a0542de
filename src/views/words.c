/* SPDX-License-Identifier: MIT
 * words: word classes, titles, nouns that can hold a view, first names, in one table of flags.
 * Method: the TSV tables under data/ are joined by folded word. Limits: classes are possible, not certain: "will" is a name, a noun and a modal. */
#include "words.h"

#include <string.h>
#define ROWS_WORDS
#define ROWS_TITLES
#define ROWS_NOUNS
#define ROWS_FIRST_NAMES
#define ROWS_ABBREVIATIONS
#define ROWS_DEMONYMS
#include "tables.h"

#include <stdlib.h>

#include "../base/error.h"
#include "../base/str.h"
#include "../text/unicode.h"

static const struct {
    stance_str name;
    uint32_t flag;
} classes[] = {
    {STR_INIT("det"), WORD_DET},
    {STR_INIT("prep"), WORD_PREP},
    {STR_INIT("pron"), WORD_PRON},
    {STR_INIT("subjpron"), WORD_SUBJECT | WORD_PRON},
    {STR_INIT("poss"), WORD_POSSESSIVE},
    {STR_INIT("aux"), WORD_AUX},
    {STR_INIT("modal"), WORD_MODAL},
    {STR_INIT("conj"), WORD_CONJ},
    {STR_INIT("subord"), WORD_SUBORD},
    {STR_INIT("rel"), WORD_REL},
    {STR_INIT("wh"), WORD_WH},
    {STR_INIT("neg"), WORD_NEG},
    {STR_INIT("adv"), WORD_ADV},
    {STR_INIT("num"), WORD_NUM},
    {STR_INIT("verb_base"), WORD_BASE},
    {STR_INIT("verb_3rd"), WORD_THIRD},
    {STR_INIT("verb_past"), WORD_PAST},
    {STR_INIT("verb_ing"), WORD_ING},
    {STR_INIT("honorific"), WORD_HONORIFIC | WORD_TITLE},
    {STR_INIT("office"), WORD_TITLE | WORD_PERSON},
    {STR_INIT("job"), WORD_TITLE | WORD_PERSON},
    {STR_INIT("rank"), WORD_TITLE | WORD_PERSON},
    {STR_INIT("relation"), WORD_RELATION | WORD_PERSON},
    {STR_INIT("person"), WORD_PERSON},
    {STR_INIT("group"), WORD_GROUP},
    {STR_INIT("organisation"), WORD_ORG},
    {STR_INIT("document"), WORD_DOC},
    {STR_INIT("m"), WORD_MALE},
    {STR_INIT("f"), WORD_FEMALE},
    {STR_INIT("month"), WORD_DATE},
    {STR_INIT("demonym"), WORD_DEMONYM},
};

static uint32_t flag_of(stance_str name)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (name.len == classes[i].name.len && str_equal(name, classes[i].name)) return classes[i].flag;
    return 0;
}

/* The tables say the same few lists over and over. */
static uint32_t flags_of(struct words *w, stance_str list)
{
    enum { PLACES = sizeof w->lists / sizeof *w->lists };
    if (list.len == 0) return 0;
    struct words_list *seen = &w->lists[(list.len * 7 + (unsigned char)list.ptr[0] + (unsigned char)list.ptr[list.len - 1] * 3u) % PLACES];
    if (str_equal(seen->text, list)) return seen->flags;
    *seen = (struct words_list){list, 0};
    for (stance_str rest = list; rest.ptr;) seen->flags |= flag_of(str_trim(str_split(&rest, ',')));
    return seen->flags;
}

static bool is_folded(stance_str word)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t odd = 0;
    for (size_t i = 0; i < word.len; i += 8) {
        uint64_t eight = str_eight(word, i);
        odd |= (eight | (bytes_that_are_letters(eight) & ~(eight << 2))) & ones << 7;
    }
    return odd == 0;
}

static uint32_t fold_and_add(struct words *w, stance_str word)
{
    strbuf_clear(&w->scratch);
    unicode_fold(word, &w->scratch);
    return w->scratch.failed ? VOCAB_NONE : vocab_add(&w->folded, strbuf_str(&w->scratch));
}

static bool set(struct words *w, uint32_t id, uint32_t flags)
{
    if (id == VOCAB_NONE) return false;
    size_t cap = w->cap;
    void *array = w->flags;
    if (id >= w->cap && !array_reserve(&array, &w->cap, id + 1, sizeof *w->flags)) return false;
    w->flags = array;
    if (w->cap > cap) memset(w->flags + cap, 0, (w->cap - cap) * sizeof *w->flags);
    w->flags[id] |= flags;
    return true;
}

/* A word of the tables, or one that is kept as long. */
static bool add(struct words *w, stance_str word, uint32_t flags)
{
    return set(w, is_folded(word) ? vocab_add_lasting(&w->folded, word) : fold_and_add(w, word), flags);
}

bool words_add(struct words *w, stance_str word, uint32_t *id)
{
    *id = vocab_add_lasting(&w->folded, word);
    return set(w, *id, 0);
}

/* Of a title of several words the last one counts: "prime minister" makes "minister" a title, which it is anyway. */
static stance_str last_word(stance_str phrase)
{
    for (size_t i = phrase.len; i-- > 0;)
        if (phrase.ptr[i] == ' ') return str_slice(phrase, i + 1, phrase.len);
    return phrase;
}

static bool add_title(struct words *w, const struct table_cells *row)
{
    stance_str word = last_word(row->column[0]);
    if (word.len > 1 && word.ptr[word.len - 1] == '.') word.len--;
    uint32_t flags = flags_of(w, row->column[1]) | flags_of(w, row->column[2]);
    if (!add(w, word, flags)) return false;
    if (word.len < 4 || !(flags & WORD_TITLE)) return true;
    strbuf_clear(&w->plural); /* "Senators Cory Booker and …" */
    strbuf_add(&w->plural, word);
    strbuf_char(&w->plural, 's');
    return !w->plural.failed && set(w, fold_and_add(w, strbuf_str(&w->plural)), WORD_TITLE | WORD_PLURAL);
}

static bool add_noun(struct words *w, const struct table_cells *row)
{
    uint32_t flags = flags_of(w, row->column[2]) | flags_of(w, row->column[3]);
    stance_str plural = row->column[1];
    return add(w, last_word(row->column[0]), flags) && (plural.len < 2 || add(w, last_word(plural), flags | WORD_PLURAL));
}

static bool add_abbreviation(struct words *w, const struct table_cells *row)
{
    stance_str word = row->column[0];
    uint32_t flags = WORD_ABBREVIATION | (row->column[1].ptr[0] == 'm' ? (uint32_t)WORD_DATE : 0);
    if (word.len > 1 && word.ptr[word.len - 1] == '.') word.len--;
    return word.len == 0 || add(w, word, flags);
}

static bool add_dates(struct words *w)
{
    static const char *const dates[] = {"monday",   "tuesday",  "wednesday", "thursday",  "friday", "saturday", "sunday", "january",
                                        "february", "march",    "april",     "may",       "june",   "july",     "august", "september",
                                        "october",  "november", "december",  "yesterday", "today",  "tomorrow", "tonight"};
    bool ok = true;
    for (size_t i = 0; i < sizeof dates / sizeof *dates && ok; i++) ok = add(w, str_of(dates[i]), WORD_DATE);
    return ok;
}

bool words_load(struct words *w, stance_error *err)
{
    enum { ABOUT = 20000 }; /* words of all tables together, so that nothing has to grow */
    void *flags = NULL;
    bool ok = vocab_reserve(&w->folded, ABOUT) && array_reserve(&flags, &w->cap, ABOUT, sizeof *w->flags);
    w->flags = flags;
    if (flags) memset(flags, 0, w->cap * sizeof *w->flags);
    ok = ok && add_dates(w);
    struct table_cells r;
    for (const char *at = rows_words; ok && table_next(&at, &r);) ok = add(w, r.column[0], flags_of(w, r.column[1]));
    for (const char *at = rows_demonyms; ok && table_next(&at, &r);) ok = add(w, r.column[0], flags_of(w, r.column[1]));
    for (const char *at = rows_titles; ok && table_next(&at, &r);) ok = add_title(w, &r);
    for (const char *at = rows_nouns; ok && table_next(&at, &r);) ok = add_noun(w, &r);
    for (const char *at = rows_first_names; ok && table_next(&at, &r);) ok = add(w, r.column[0], WORD_FIRST_NAME | flags_of(w, r.column[1]));
    for (const char *at = rows_abbreviations; ok && table_next(&at, &r);) ok = add_abbreviation(w, &r);
    return ok || error_nomem(err, "loading the word tables");
}

void words_free(struct words *w)
{
    vocab_free(&w->folded);
    strbuf_free(&w->scratch);
    strbuf_free(&w->plural);
    free(w->flags);
    *w = (struct words){0};
}

uint32_t words_flags(const struct words *w, stance_str folded)
{
    uint32_t id = vocab_find(&w->folded, folded);
    return id == VOCAB_NONE ? 0 : w->flags[id];
}

#define ENDS(with) str_ends(f, STR(with))

/* People in the plural; the word's last letter is n, s or e. */
static bool agent_ending(stance_str f, char last)
{
    if (last == 'n') return ENDS("men");
    if (last == 'e') return ENDS("people");
    return ENDS("ers") || ENDS("ors") || ENDS("ists") || ENDS("ians") || ENDS("ants") || ENDS("ees") || ENDS("officials");
}

static bool adjective_ending(stance_str f, char last)
{
    switch (last) {
    case 'd': return ENDS("ed");
    case 'e': return ENDS("ive") || ENDS("able") || ENDS("ible");
    case 'g': return ENDS("ing");
    case 'l': return ENDS("al") || ENDS("ful");
    case 'n': return ENDS("tion");
    case 's': return ENDS("ous") || ENDS("less") || ENDS("ness");
    case 't': return ENDS("ment");
    case 'y': return ENDS("ly") || ENDS("ity");
    default: return false;
    }
}

static unsigned plain_ending(stance_str f, char last)
{
    switch (last) {
    case 'd': return (ENDS("ed") ? ENDS_ED : 0u) | (ENDS("-year-old") ? ENDS_AGE : 0u);
    case 'e': return ENDS("'re") || ENDS("'ve") ? ENDS_VERB : 0u;
    case 'g': return ENDS("ing") ? ENDS_ING : 0u;
    case 'l': return ENDS("'ll") ? ENDS_VERB : 0u;
    case 'n': return ENDS("en") ? ENDS_EN : 0u;
    case 's': return ENDS_S | (ENDS("ss") ? ENDS_SS : 0u) | (ENDS("'s") ? ENDS_VERB : 0u);
    case 't': return ENDS("n't") ? ENDS_NOT : 0u;
    case 'y': return ENDS("ly") ? ENDS_LY : 0u;
    default: return 0;
    }
}

uint16_t words_endings(stance_str f)
{
    if (f.len == 0) return 0;
    char last = f.ptr[f.len - 1];
    bool agent = f.len > 4 && (last == 'n' || last == 's' || last == 'e') && agent_ending(f, last);
    unsigned found = plain_ending(f, last) | (agent ? ENDS_AGENT : 0u) | (f.len > 5 && adjective_ending(f, last) ? ENDS_ADJECTIVE : 0u);
    found |= (f.len > 3 ? LONGER_THAN_3 : 0u) | (f.len > 4 ? LONGER_THAN_4 : 0u) | (memchr(f.ptr, '\'', f.len) ? HAS_APOSTROPHE : 0u);
    return (uint16_t)found;
}
