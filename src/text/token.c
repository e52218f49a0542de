/* SPDX-License-Identifier: MIT
 * token: splits cleaned text into words, numbers, marks and quotation marks.
 * Method: one pass over code points with an ASCII fast path; a straight quotation mark opens when a blank, an opening bracket or a dash stands before
 * it and something visible behind. Limits: English conventions; scripts without blanks come out as one word. */
#include "token.h"

#include <string.h>

#include "../base/error.h"
#include "../base/sixteen.h"
#include "unicode.h"

struct splitter {
    stance_str text;
    const char *lower; /* the text with ASCII letters in lower case: the folded form of words without others */
    struct arena *arena;
    struct token *items;
    size_t n, cap;
    struct known *known; /* NULL: nothing is noted */
    struct token_notes notes;
    size_t at;   /* byte to look at next */
    bool spaced; /* a blank, a break or nothing stands before `at` */
    bool failed;
};

static uint32_t peek(const struct splitter *s, size_t at)
{
    return at < s->text.len ? unicode_next(s->text, &at) : 0;
}

static enum unicode_class class_at(const struct splitter *s, size_t at)
{
    return at < s->text.len ? unicode_classify(peek(s, at)) : UNICODE_BLANK;
}

static bool is_letter(enum unicode_class class)
{
    return class <= UNICODE_MARK;
}

static bool is_word(enum unicode_class class)
{
    return class <= UNICODE_DIGIT;
}

static bool make_room(struct splitter *s)
{
    size_t cap = s->cap ? s->cap * 2 : s->text.len / 5 + 16;
    struct token *grown = arena_grow(s->arena, s->items, s->n, cap, sizeof *grown);
    if (!grown) return s->failed = true, false;
    s->items = grown;
    if (s->known) {
        s->notes.words = arena_grow(s->arena, s->notes.words, s->n, cap + 1, sizeof *s->notes.words);
        s->notes.marks = arena_grow(s->arena, s->notes.marks, s->notes.marks_n, cap + 1, sizeof *s->notes.marks);
        if (!s->notes.words || !s->notes.marks) return s->failed = true, false;
    }
    s->cap = cap;
    return true;
}

/* A token whose folded form is the text in lower case. */
static struct token *push(struct splitter *s, size_t start, size_t end, enum token_kind kind, unsigned flags)
{
    if (s->n == s->cap && !make_room(s)) return NULL;
    struct token *t = &s->items[s->n++];
    *t = (struct token){(uint32_t)start,         (uint32_t)end, s->lower + start,
                        (uint32_t)(end - start), (uint8_t)kind, (uint8_t)(flags | (s->spaced ? TOKEN_SPACED : 0u))};
    s->at = end;
    s->spaced = false;
    return t;
}

/* Folded form of a token that may have other letters than ASCII. */
static void set_fold(struct splitter *s, struct token *t)
{
    unsigned char beyond = 0;
    for (uint32_t i = 0; i < t->fold_len; i++) beyond |= (unsigned char)t->fold[i];
    if (beyond < 0x80) return;
    struct strbuf folded = {0};
    unicode_fold(str_slice(s->text, t->start, t->end), &folded);
    char *own = folded.failed ? NULL : arena_grow(s->arena, folded.ptr, folded.len, folded.len + 8, 1);
    if (!own)
        s->failed = true;
    else
        t->fold = own, t->fold_len = (uint32_t)folded.len;
    strbuf_free(&folded);
}

static void set_case(const struct splitter *s, struct token *t)
{
    stance_str word = str_slice(s->text, t->start, t->end);
    size_t upper = 0, lower = 0, run = 0;
    uint32_t last = 0;
    for (size_t i = 0; i < word.len;) {
        bool first = i == 0;
        uint32_t c = unicode_next(word, &i);
        enum unicode_class class = unicode_classify(c);
        if (class == UNICODE_UPPER && first) t->flags |= TOKEN_CAPITAL;
        upper += class == UNICODE_UPPER;
        lower += class == UNICODE_LOWER;
        run = c == last && is_letter(class) ? run + 1 : 1;
        if (run == 3) t->flags |= TOKEN_ELONGATED;
        last = c;
    }
    if (upper >= 2 && lower == 0) t->flags |= TOKEN_UPPER;
}

/* End of the blank-free run at `from`, without closing punctuation: for addresses. */
static size_t run_end(const struct splitter *s, size_t from)
{
    size_t end = from;
    while (end < s->text.len) {
        enum unicode_class class = class_at(s, end);
        if (class == UNICODE_BLANK || class == UNICODE_NEWLINE || (class >= UNICODE_OPEN_QUOTE && class <= UNICODE_CLOSE_SINGLE)) break;
        if (strchr("<>\"", s->text.ptr[end])) break;
        unicode_next(s->text, &end);
    }
    while (end > from && strchr(".,;:!?)]'", s->text.ptr[end - 1])) end--;
    return end;
}

static bool starts_url(const struct splitter *s)
{
    if (s->text.ptr[s->at] != 'h' && s->text.ptr[s->at] != 'w') return false;
    stance_str rest = str_slice(s->text, s->at, s->text.len);
    return str_starts(rest, STR("http://")) || str_starts(rest, STR("https://")) || str_starts(rest, STR("www."));
}

/* True when the character at `at` joins two word parts: apostrophe, hyphen, dot of an abbreviation, ampersand. */
static bool joins(const struct splitter *s, size_t start, size_t at)
{
    size_t next = at;
    uint32_t c = unicode_next(s->text, &next);
    enum unicode_class after = class_at(s, next);
    if (c == '\'' || c == 0x2019) return is_letter(after);
    if (c == '-' || c == 0x2010 || c == 0x2011 || c == '_') return is_word(after);
    if (c == '&') return after == UNICODE_UPPER && class_at(s, start) == UNICODE_UPPER && at - start <= 3; /* AT&T, R&D */
    if (c != '.' || !is_letter(after)) return false;
    /* U.S., p.m.: single letters between dots; openai.com: lower case on both sides */
    bool single = at - start == 1 || s->text.ptr[at - 2] == '.';
    return single || (after == UNICODE_LOWER && at - start > 1 && class_at(s, at - 1) == UNICODE_LOWER);
}

/* Behind the ASCII letters and digits from `at` on. */
static size_t ascii_end(stance_str text, size_t at)
{
    while (at < text.len && (unsigned char)text.ptr[at] < 0x80 && is_word((enum unicode_class)unicode_ascii[(unsigned char)text.ptr[at]])) at++;
    return at;
}

static size_t word_end(const struct splitter *s, size_t start)
{
    size_t end = ascii_end(s->text, start);
    while (end < s->text.len && (is_word(class_at(s, end)) || (end > start && joins(s, start, end)))) {
        unicode_next(s->text, &end);
        end = ascii_end(s->text, end);
    }
    /* the last dot of U.S. */
    if (end - start >= 3 && end < s->text.len && s->text.ptr[end] == '.' && s->text.ptr[end - 2] == '.') end++;
    return end;
}

/* Where a possessive 's begins at the end of a word, or the word's end. */
static size_t possessive(const struct splitter *s, size_t start, size_t end)
{
    stance_str word = str_slice(s->text, start, end);
    if (str_ends(word, STR("'s")) && word.len > 3) return end - 2;
    if (str_ends(word, STR("\xE2\x80\x99s")) && word.len > 5) return end - 4;
    if (str_ends(word, STR("'S")) && word.len > 3) return end - 2;
    return end;
}

/* Pronouns and the like, where 's is a verb: "it's", "that's". */
static bool verb_clitic(stance_str word)
{
    static const stance_str hosts[] = {STR_INIT("it"), STR_INIT("that"), STR_INIT("there"), STR_INIT("he"), STR_INIT("she"), STR_INIT("what"),
                                       STR_INIT("who"), STR_INIT("where"), STR_INIT("here"), STR_INIT("how"), STR_INIT("let"), STR_INIT("when"), STR_INIT("why")};
    for (size_t i = 0; i < sizeof hosts / sizeof *hosts; i++)
        if (word.len == hosts[i].len && str_equal_nocase(word, hosts[i])) return true;
    return false;
}

/* Does a letter stand three times in a row? */
static bool elongated(const char *word, size_t len)
{
    for (size_t i = 2; i < len; i++)
        if (word[i] == word[i - 1] && word[i] == word[i - 2]) return true;
    return false;
}

/* Can the word of ASCII letters that ends at `end`, before the text does, go on: with a digit, another letter, or a mark that joins? */
static inline bool may_go_on(stance_str text, size_t end)
{
    unsigned char next = (unsigned char)text.ptr[end];
    if (next == ',') return false;
    if (next >= 0x80) {
        unsigned char last = next == 0xE2 && text.len - end >= 3 && (unsigned char)text.ptr[end + 1] == 0x80 ? (unsigned char)text.ptr[end + 2] : 0;
        return !(last == 0x93 || last == 0x94 || last == 0x9C || last == 0x9D || last == 0xA6); /* – — “ ” … */
    }
    if (unicode_ascii[next] == UNICODE_DIGIT) return true;
    if (next != '\'' && next != '-' && next != '_' && next != '&' && next != '.') return false;
    unsigned char after = end + 1 < text.len ? (unsigned char)text.ptr[end + 1] : ' ';
    return after >= 0x80 || unicode_ascii[after] <= UNICODE_DIGIT;
}

#define EACH_BYTE(c) ((uint64_t)(c) * 0x0101010101010101u)

/* Flags of a word of ASCII letters, but TOKEN_SPACED. */
static unsigned word_flags(const char *word, size_t len)
{
    size_t upper = 0;
    for (size_t i = 0; i < len; i++) upper += !(word[i] & 0x20);
    return (word[0] & 0x20 ? 0u : TOKEN_CAPITAL) | (upper >= 2 && upper == len ? TOKEN_UPPER : 0u) | (elongated(word, len) ? TOKEN_ELONGATED : 0u);
}

/* Of eight bytes that begin with letters: the highest bit of each of these, up to the first that is none. */
static inline uint64_t leading_letters(uint64_t eight)
{
    uint64_t letters = bytes_that_are_letters(eight), others = letters ^ EACH_BYTE(0x80);
    return letters & ~others & (others - 1);
}

/* Not 0 when one of the letters is upper case. */
static inline uint64_t uppers(uint64_t eight, uint64_t letters)
{
    return ~eight & letters >> 2;
}

/* The highest bit of each letter that is the same as the next. Letters are below 0x80; what others carry goes up, behind the letters. */
static inline uint64_t doubles(uint64_t eight, uint64_t letters)
{
    return ~((eight ^ eight >> 8) + EACH_BYTE(0x7F)) & letters & letters >> 8;
}

static inline size_t how_many(uint64_t letters)
{
    return letters == EACH_BYTE(0x80) ? 8 : first_byte(letters ^ EACH_BYTE(0x80));
}

/* The usual word: ASCII letters, and behind them nothing that could join. Its end and its flags, but TOKEN_SPACED; 0 for any other, which has to be
 * looked at letter by letter. */
static inline size_t plain_word(stance_str text, size_t start, unsigned *flags)
{
    uint64_t eight = str_eight(text, start), letters = leading_letters(eight), twice = doubles(eight, letters);
    uint64_t seldom = (uppers(eight, letters) & ~UINT64_C(0xFF)) | (twice & twice >> 8);
    size_t n = how_many(letters), end = start + n;
    *flags = eight & 0x20 ? 0u : (unsigned)TOKEN_CAPITAL;
    while (n == 8 && end < text.len) {
        uint64_t more = str_eight(text, end);
        letters = leading_letters(more);
        n = how_many(letters);
        seldom |= uppers(more, letters) | doubles(more, letters) | (text.ptr[end] == text.ptr[end - 1]);
        end += n;
    }
    bool blank = end == text.len || text.ptr[end] == ' ';
    if (!blank && (may_go_on(text, end) || (uint32_t)eight == 0x70747468u || (uint32_t)eight == 0x2E777777u)) return 0; /* http, www. */
    if (seldom) *flags = word_flags(text.ptr + start, end - start);
    return end;
}

/* Marks that are a token of their own, whatever stands beside them but the same mark. */
static const uint8_t single_mark[128] = {['!'] = 1, ['%'] = 1, ['('] = 1, [')'] = 1, ['*'] = 1, [','] = 1, ['-'] = 1, ['.'] = 1, ['/'] = 1,
                                         [':'] = 1, [';'] = 1, ['?'] = 1, ['['] = 1, [']'] = 1, ['{'] = 1, ['}'] = 1};

/* Goes over blanks, usual words and single marks, which are most of all text, up to what has to be looked at closely, and no further than `stop`. */
static void push_plain(struct splitter *s, size_t stop)
{
    const stance_str text = s->text;
    size_t at = s->at, n = s->n, end;
    bool spaced = s->spaced;
    for (; at < stop; at = end, spaced = false) {
        unsigned char c = (unsigned char)text.ptr[at];
        unsigned flags = 0;
        if (c == ' ') {
            spaced = true;
            if (++at == text.len) break;
            c = (unsigned char)text.ptr[at];
        }
        if (c >= 0x80) break;
        bool word = unicode_ascii[c] <= UNICODE_LOWER;
        if (word) end = plain_word(text, at, &flags);
        else end = single_mark[c] && (at + 1 == text.len || (unsigned char)text.ptr[at + 1] != c) ? at + 1 : 0;
        if (!end) break;
        s->n = n;
        if (n == s->cap && !make_room(s)) break;
        struct token *t = &s->items[n++];
        t->start = (uint32_t)at;
        t->end = (uint32_t)end;
        t->fold = s->lower + at;
        t->fold_len = (uint32_t)(end - at);
        t->kind = word ? TOKEN_WORD : TOKEN_PUNCT;
        t->flags = (uint8_t)(flags | (spaced ? TOKEN_SPACED : 0u));
    }
    s->n = n;
    s->at = at;
    s->spaced = spaced;
}

static void push_word(struct splitter *s)
{
    size_t start = s->at, end = word_end(s, start);
    if (end == start) unicode_next(s->text, &end); /* a combining mark by itself */
    size_t cut = possessive(s, start, end);
    if (cut < end && verb_clitic(str_slice(s->text, start, cut))) cut = end;
    struct token *t = push(s, start, cut, TOKEN_WORD, 0);
    if (!t) return;
    set_case(s, t);
    set_fold(s, t);
    if (cut == end) return;
    struct token *clitic = push(s, cut, end, TOKEN_CLITIC, 0);
    if (clitic) set_fold(s, clitic);
}

static void push_number(struct splitter *s)
{
    size_t end = s->at;
    while (end < s->text.len) {
        enum unicode_class class = class_at(s, end);
        if (is_word(class)) {
            unicode_next(s->text, &end);
            continue;
        }
        char c = s->text.ptr[end];
        bool inner = c && strchr(".,:/-", c) && end > s->at;
        if (!inner || !(class_at(s, end + 1) == UNICODE_DIGIT || (c == '-' && is_letter(class_at(s, end + 1))))) break;
        end++;
    }
    if (end < s->text.len && s->text.ptr[end] == '%') end++;
    struct token *t = push(s, s->at, end, TOKEN_NUMBER, 0);
    if (t) set_fold(s, t);
}

static void push_tagged(struct splitter *s, enum token_kind kind)
{
    size_t end = s->at + 1;
    while (end < s->text.len && (is_word(class_at(s, end)) || s->text.ptr[end] == '_')) unicode_next(s->text, &end);
    struct token *t = push(s, s->at, end, kind, 0);
    if (t) set_fold(s, t);
}

static void push_emoji(struct splitter *s)
{
    size_t end = s->at;
    unicode_next(s->text, &end);
    for (;;) { /* variation selectors, skin tones, joined pictographs */
        uint32_t c = peek(s, end);
        if (c == 0x200D) {
            unicode_next(s->text, &end);
            if (unicode_classify(peek(s, end)) != UNICODE_EMOJI) break;
        } else if (c != 0xFE0F && !(c >= 0x1F3FB && c <= 0x1F3FF))
            break;
        unicode_next(s->text, &end);
    }
    push(s, s->at, end, TOKEN_EMOJI, 0);
}

/* A straight mark opens when what stands before lets it and something visible follows. */
static bool opens(const struct splitter *s, size_t end)
{
    enum unicode_class after = class_at(s, end);
    bool visible = after != UNICODE_BLANK && after != UNICODE_NEWLINE;
    if (!visible) return false;
    if (s->spaced || s->n == 0) return true;
    const struct token *last = &s->items[s->n - 1];
    char c = s->text.ptr[last->start];
    return last->kind == TOKEN_OPEN || c == '(' || c == '[' || c == '-' || (last->kind == TOKEN_PUNCT && (unsigned char)c == 0xE2) ||
           (c == ':' && is_letter(after));
}

static void push_quote(struct splitter *s, enum unicode_class class, size_t end)
{
    unsigned flags = 0;
    enum token_kind kind = class == UNICODE_OPEN_QUOTE || class == UNICODE_OPEN_SINGLE ? TOKEN_OPEN : TOKEN_CLOSE;
    if (class == UNICODE_OPEN_SINGLE || class == UNICODE_CLOSE_SINGLE) flags |= TOKEN_SINGLE;
    char c = s->text.ptr[s->at];
    if (c == '"' || c == '\'' || c == '`') {
        flags |= TOKEN_STRAIGHT | (c == '"' || end - s->at == 2 ? 0u : TOKEN_SINGLE);
        kind = opens(s, end) || c == '`' ? TOKEN_OPEN : TOKEN_CLOSE;
    }
    push(s, s->at, end, kind, flags);
}

/* ''' behind a word: the first closes a quotation within the one that the other two close. */
static bool inner_closes(const struct splitter *s, size_t second)
{
    return peek(s, second + 1) == '\'' && peek(s, second + 2) != '\'' && s->at > 0 && !opens(s, second + 2);
}

static void push_mark(struct splitter *s, enum unicode_class class)
{
    size_t end = s->at;
    uint32_t c = unicode_next(s->text, &end);
    if (c == '"')
        push_quote(s, class, end);
    else if ((c == '\'' || c == '`') && peek(s, end) == c && !inner_closes(s, end))
        push_quote(s, class, end + 1); /* ``TeX quotes'' */
    else if (c == '\'' || c == '`')
        push_quote(s, class, end);
    else {
        while (peek(s, end) == c && c && strchr(".!?-", c < 0x80 ? (int)c : 'x')) end++;
        push(s, s->at, end, class == UNICODE_SYMBOL ? TOKEN_SYMBOL : TOKEN_PUNCT, 0);
    }
}

static void push_next(struct splitter *s, enum unicode_class class)
{
    char c = s->text.ptr[s->at];
    enum unicode_class after = class_at(s, s->at + 1);
    if (c == '@' && is_word(after))
        push_tagged(s, TOKEN_HANDLE);
    else if (c == '#' && is_word(after))
        push_tagged(s, TOKEN_HASHTAG);
    else if (c == '$' && is_letter(after))
        push_tagged(s, TOKEN_TICKER);
    else if (is_letter(class) && starts_url(s))
        push(s, s->at, run_end(s, s->at), TOKEN_URL, 0);
    else if (is_letter(class))
        push_word(s);
    else if (class == UNICODE_DIGIT)
        push_number(s);
    else if (class == UNICODE_EMOJI)
        push_emoji(s);
    else if (class >= UNICODE_OPEN_QUOTE && class <= UNICODE_CLOSE_SINGLE) {
        size_t end = s->at;
        unicode_next(s->text, &end);
        push_quote(s, class, end);
    } else
        push_mark(s, class);
}

static void push_next_of(struct splitter *s, enum unicode_class class)
{
    if (class == UNICODE_BLANK || class == UNICODE_FORMAT) {
        unicode_next(s->text, &s->at);
        s->spaced = s->spaced || class == UNICODE_BLANK;
    } else if (class == UNICODE_NEWLINE) {
        size_t end = s->at;
        unicode_next(s->text, &end);
        push(s, s->at, end, TOKEN_BREAK, 0);
        s->spaced = true;
    } else
        push_next(s, class);
}

static const char *lower_case(stance_str text, struct arena *arena)
{
    char *out = arena_grow(arena, NULL, 0, text.len + 8, 1);
    size_t i = 0;
    for (; out && text.len - i >= 16; i += 16) {
        sixteen bytes = sixteen_at(text.ptr + i), upper = (sixteen)(bytes - sixteen_of('A') < sixteen_of(26));
        bytes += upper & sixteen_of(32);
        memcpy(out + i, &bytes, 16);
    }
    for (; out && i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        out[i] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    if (out) memset(out + text.len, 0, 8);
    return out;
}

/* Up to byte `stop`, where a token ends. */
static void split_to(struct splitter *s, size_t stop)
{
    while (s->at < stop && !s->failed) {
        push_plain(s, stop);
        if (s->at < stop && !s->failed) push_next_of(s, class_at(s, s->at));
    }
}

static bool begin(struct splitter *s, stance_str text, struct arena *arena, stance_error *err)
{
    if (text.len >= UINT32_MAX) return error_set(err, STANCE_INPUT, 0, "a text of %zu bytes is too long; split it", text.len);
    s->text = text;
    s->arena = arena;
    s->spaced = true;
    s->failed = !(s->lower = lower_case(text, arena));
    return true;
}

static bool finish(const struct splitter *s, struct tokens *out, stance_error *err)
{
    *out = (struct tokens){s->text, s->items, s->n};
    return !s->failed || error_nomem(err, "splitting a text into words");
}

bool token_split(stance_str text, struct arena *arena, struct tokens *out, stance_error *err)
{
    struct splitter s = {.at = 0};
    if (!begin(&s, text, arena, err)) return false;
    split_to(&s, text.len);
    return finish(&s, out, err);
}

/* ---- chunks met before ---- */

static const stance_str curly_clitic = STR_INIT("'s\0\0\0\0\0\0"); /* of ’s, of which the first two bytes are told */

/* Words and marks among the tokens from `first` on. */
static void note(struct splitter *s, size_t first)
{
    const struct tokens all = {s->text, s->items, s->n};
    for (size_t i = first; i < s->n; i++) {
        bool word = s->items[i].kind == TOKEN_WORD;
        s->notes.words[i] = word ? vocab_add_padded(&s->known->words, token_fold(&s->items[i])) : VOCAB_NONE;
        if (word && s->notes.words[i] == VOCAB_NONE) s->failed = true;
        s->notes.marks[s->notes.marks_n] = (uint32_t)i;
        s->notes.marks_n += !token_plain(&all, i);
    }
}

/* What a token means to whoever meets its chunk again, or 0 when that does not fit. */
static unsigned known_token(const struct splitter *s, size_t i, size_t start)
{
    const struct token *t = &s->items[i];
    const struct tokens all = {s->text, s->items, s->n};
    bool other = t->fold != s->lower + t->start;
    if (other && t->kind != TOKEN_WORD && !(t->kind == TOKEN_CLITIC && str_equal(token_fold(t), STR("'s")))) return 0;
    return (unsigned)(t->end - start) | (unsigned)t->kind << 4 | (unsigned)t->flags << 8 | (token_plain(&all, i) ? 0u : (unsigned)KNOWN_MARK) |
           (other ? (unsigned)KNOWN_FOLD : 0u);
}

/* The chunk [start, s->at), whose tokens from `first` on are noted, when it is one that can be told in short. */
static void remember(struct splitter *s, size_t start, size_t first)
{
    struct known_chunk chunk = {.words = {VOCAB_NONE, VOCAB_NONE}};
    size_t words = 0, end = start;
    if (s->at - start > KNOWN_BYTES || s->n == first || s->n - first > KNOWN_TOKENS || s->spaced || !s->known->buckets) return;
    for (size_t i = first; i < s->n; end = s->items[i++].end) {
        unsigned token = s->items[i].start == end ? known_token(s, i, start) : 0;
        if (!token) return;
        chunk.tokens[i - first] = (uint16_t)token;
        if (s->items[i].kind != TOKEN_WORD) continue;
        if (words == KNOWN_WORDS) return;
        chunk.words[words++] = s->notes.words[i];
    }
    if (end != s->at) return;
    memcpy(chunk.bytes, s->text.ptr + start, end - start);
    known_add(s->known, &chunk);
}

/* The end of what begins at `at` and has neither a blank nor a break. */
static size_t chunk_end(stance_str text, size_t at)
{
    for (; at < text.len; at += 16) {
        sixteen bytes = sixteen_at(text.ptr + at);
        unsigned ends = sixteen_equal(bytes, ' ') | sixteen_equal(bytes, '\n');
        if (ends) at += (size_t)__builtin_ctz(ends);
        if (ends) break;
    }
    return at < text.len ? at : text.len;
}

/* A chunk that is not known, or what is no chunk, up to the next blank or break, and a blank. */
static void split_chunk(struct splitter *s)
{
    size_t start = s->at, first = s->n;
    bool chunk = start > 0 && s->spaced; /* the first token of all is told by being the first */
    split_to(s, chunk_end(s->text, start));
    if (s->failed) return;
    note(s, first);
    if (chunk && !s->failed) remember(s, start, first);
    if (s->at == s->text.len || s->text.ptr[s->at] != ' ') return;
    s->at++;
    s->spaced = true;
}

/* The folded form of a token that is not its text in lower case. */
static void other_fold(const struct known *known, struct token *t, uint32_t word)
{
    stance_str fold = t->kind == TOKEN_WORD ? vocab_text(&known->words, word) : curly_clitic;
    t->fold = fold.ptr;
    t->fold_len = (uint32_t)(t->kind == TOKEN_WORD ? fold.len : 2);
}

/* Where the next token goes, and what is noted of it. */
struct place {
    struct token *token;
    uint32_t *word, *mark;
    uint32_t n; /* the token's number */
};

static inline struct place next_place(const struct splitter *s)
{
    return (struct place){s->items + s->n, s->notes.words + s->n, s->notes.marks + s->notes.marks_n, (uint32_t)s->n};
}

static inline void set_place(struct splitter *s, struct place to)
{
    s->n = to.n;
    s->notes.marks_n = (size_t)(to.mark - s->notes.marks);
}

/* A token of a chunk that begins at `at`, `from` bytes behind. */
static inline void push_one(struct place *to, const struct splitter *s, unsigned token, uint32_t at, uint32_t from, uint32_t word)
{
    struct token *t = to->token++;
    uint32_t end = token & 15;
    t->start = at + from;
    t->end = at + end;
    t->fold = s->lower + at + from;
    t->fold_len = end - from;
    t->kind = (uint8_t)(token >> 4 & 15);
    t->flags = (uint8_t)(token >> 8 & 63);
    *to->word++ = word;
    *to->mark = to->n++;
    to->mark += token >> 14 & 1;
    if (token & KNOWN_FOLD) other_fold(s->known, t, word);
}

/* The tokens of a chunk of more than one. */
static void push_some(struct place *to, const struct splitter *s, const struct known_chunk *chunk, uint32_t at)
{
    const uint32_t *word = chunk->words;
    uint32_t from = 0;
    for (size_t k = 0; k < KNOWN_TOKENS && chunk->tokens[k]; k++) {
        unsigned token = chunk->tokens[k];
        bool is_word = (token >> 4 & 15) == TOKEN_WORD;
        push_one(to, s, token, at, from, is_word ? *word : VOCAB_NONE);
        word += is_word;
        from = token & 15;
    }
}

static inline void push_break(struct place *to, const struct splitter *s, size_t at, unsigned flags)
{
    *to->token++ = (struct token){(uint32_t)at, (uint32_t)at + 1, s->lower + at, 1, TOKEN_BREAK, (uint8_t)flags};
    *to->word++ = VOCAB_NONE;
    *to->mark++ = to->n++;
}

/* Chunks that come next, found before they are looked up, so that their places are on the way from memory. */
enum { AHEAD = 16 };

struct ahead {
    struct {
        uint64_t low, high;
        uint32_t at, size;
    } chunk[AHEAD];
    size_t n, next;
};

/* Those from byte `at` on, each with one blank or break before it, up to one behind which something else stands. One of sixteen bytes is never known, nor
 * is one of none: an empty place has no tokens. */
static void look_ahead(const struct splitter *s, struct ahead *a, size_t at)
{
    const char *text = s->text.ptr;
    const struct known *known = s->known;
    size_t n = 0;
    char behind;
    do {
        sixteen bytes = sixteen_at(text + at);
        unsigned size = (unsigned)__builtin_ctz(sixteen_up_to(bytes, ' ') | 1u << 16);
        bytes = sixteen_first(bytes, size);
        uint64_t low = sixteen_low(bytes), high = sixteen_high(bytes);
        __builtin_prefetch(known_bucket(known, low, high));
        a->chunk[n].low = low;
        a->chunk[n].high = high;
        a->chunk[n].at = (uint32_t)at;
        a->chunk[n++].size = size;
        behind = text[at + size];
        at += size + 1;
    } while ((behind == ' ' || behind == '\n') && n < AHEAD);
    a->n = n;
    a->next = 0;
}

/* Goes over known chunks from the beginning of one on. True: it stopped where one begins that is none of them. */
static bool push_known(struct splitter *s, struct ahead *ahead)
{
    const char *text = s->text.ptr;
    struct place to = next_place(s);
    size_t at = s->at, limit = s->cap - KNOWN_TOKENS;
    bool other = false;
    while (to.n < limit) {
        if (ahead->next == ahead->n || ahead->chunk[ahead->next].at != at) look_ahead(s, ahead, at);
        size_t k = ahead->next++, end = at + ahead->chunk[k].size;
        const struct known_chunk *chunk = known_find(s->known, ahead->chunk[k].low, ahead->chunk[k].high);
        other = !chunk || (text[end] != ' ' && text[end] != '\n' && end != s->text.len);
        if (other) break;
        if (chunk->tokens[1]) push_some(&to, s, chunk, (uint32_t)at);
        else if (end > at) push_one(&to, s, chunk->tokens[0], (uint32_t)at, 0, chunk->words[0]);
        bool none = end == at;
        at = end + 1;
        if (text[end] == ' ') continue;
        s->spaced = end < s->text.len || none;
        if (end < s->text.len) push_break(&to, s, end, none ? TOKEN_SPACED : 0);
        else break;
    }
    s->at = at < s->text.len ? at : s->text.len;
    set_place(s, to);
    return other;
}

bool token_split_known(stance_str text, struct known *known, struct arena *arena, struct tokens *out, struct token_notes *notes, stance_error *err)
{
    struct splitter s = {.known = known};
    struct ahead ahead;
    ahead.n = ahead.next = 0;
    if (!begin(&s, text, arena, err)) return false;
    while (s.at < text.len && !s.failed) {
        if (s.cap - s.n <= KNOWN_TOKENS && !make_room(&s)) break;
        if (s.at > 0 && s.spaced && known->buckets && !push_known(&s, &ahead)) continue;
        size_t first = s.n;
        if (text.ptr[s.at] != ' ' && text.ptr[s.at] != '\n') {
            split_chunk(&s);
            continue;
        }
        push_next_of(&s, class_at(&s, s.at));
        if (!s.failed) note(&s, first);
    }
    *notes = s.notes;
    return finish(&s, out, err);
}
