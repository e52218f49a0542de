/* SPDX-License-Identifier: MIT
 * clean: line rules, joining of hard-wrapped lines, repair of double encoding, all with an offset map.
 * Method: lines are judged one by one by the patterns of data/boilerplate.tsv and their shape; text is copied in pieces, each piece remembering its
 * raw bytes. Limits: English boilerplate; wrapping is recognised for the article as a whole. */
#include "clean.h"

#include <pthread.h>
#include <string.h>
#define TABLE_BOILERPLATE
#include "tables.h"

#include "../base/error.h"
#include "../base/sixteen.h"
#include "../base/str.h"
#include "unicode.h"

struct line {
    uint32_t start, end; /* raw bytes, blanks trimmed */
    enum line_drop drop;
    bool blank;
};

struct cleaner {
    stance_str raw;
    struct arena *arena;
    struct line *lines;
    size_t lines_n, lines_cap;
    bool wrapped; /* the article is hard-wrapped */
    char *out;    /* [room] */
    size_t len, room;
    struct cleaned *result;
    size_t pieces_cap, paragraphs_cap;
    bool failed;
};

/* ---- which lines are text ---- */

static char fold_char(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

enum { LONG_LINE = 400, WHOLE_ARTICLE = 2000, PATTERNS = 2048, BEGIN_BITS = 13 };

/* data/boilerplate.tsv by kind of match and first byte, so that a line meets few patterns. */
static struct rules {
    uint16_t head[4][256]; /* row + 1, 0: none */
    uint16_t next[PATTERNS];
    uint16_t len[PATTERNS];
    uint32_t begin[PATTERNS], begin_mask[PATTERNS]; /* its first four bytes, and which of them it has */
    uint32_t may[2][1 << (BEGIN_BITS - 5)]; /* bits by begin_hash: a pattern begins so that is a prefix; that may stand anywhere */
    bool brief[256]; /* first bytes of prefixes that have fewer than four; what may stand anywhere has more */
    bool odd[256]; /* first bytes, that are no letters, of patterns that may stand anywhere */
    size_t longest_whole;
} filled;
static pthread_once_t filled_once = PTHREAD_ONCE_INIT;
enum match { PREFIX, WHOLE, SUFFIX, CONTAINS };

/* Of four bytes, in whatever case. */
static inline uint32_t begin_hash(uint32_t begin)
{
    return (begin | 0x20202020u) * 0x9E3779B1u >> (32 - BEGIN_BITS);
}

static void rules_fill(void)
{
    struct rules *r = &filled;
    for (size_t i = 0; i < PATTERNS && table_boilerplate[i].column[0]; i++) {
        const char *how = table_boilerplate[i].column[0], *text = table_boilerplate[i].column[1];
        enum match m = *how == 'p' ? PREFIX : *how == 'w' ? WHOLE : *how == 's' ? SUFFIX : CONTAINS;
        size_t len = strlen(text);
        unsigned char key = (unsigned char)(m == SUFFIX && len ? text[len - 1] : text[0]);
        r->len[i] = (uint16_t)len;
        if (len == 0) continue;
        r->begin[i] = (uint32_t)few_bytes(text, len < 4 ? len : 4);
        r->begin_mask[i] = len < 4 ? (UINT32_C(1) << len * 8) - 1 : UINT32_MAX;
        if (m == PREFIX || m == CONTAINS) {
            r->may[m == CONTAINS][begin_hash(r->begin[i]) >> 5] |= UINT32_C(1) << (begin_hash(r->begin[i]) & 31);
            if (len < 4) r->brief[key] = true;
        }
        if (m == CONTAINS) r->odd[key] = !(key >= 'a' && key <= 'z');
        if (m == WHOLE && len > r->longest_whole) r->longest_whole = len;
        r->next[i] = r->head[m][key];
        r->head[m][key] = (uint16_t)(i + 1);
    }
}

/* Filled once, and then only read. */
static const struct rules *rules_get(void)
{
    pthread_once(&filled_once, rules_fill);
    return &filled;
}

static bool matches_at(stance_str line, size_t at, const char *pattern, size_t len)
{
    if (len > line.len - at) return false;
    for (size_t i = 0; i < len; i++)
        if (fold_char(line.ptr[at + i]) != pattern[i]) return false;
    return true;
}

static bool any_at(const struct rules *r, enum match m, stance_str line, size_t at)
{
    unsigned char key = (unsigned char)fold_char(line.ptr[m == SUFFIX ? line.len - 1 : at]);
    uint64_t eight = str_eight(line, at);
    uint32_t begin = (uint32_t)(eight | bytes_that_are_letters(eight) >> 2); /* folded */
    for (uint16_t i = r->head[m][key]; i; i = r->next[i - 1]) {
        if (m != SUFFIX && (begin & r->begin_mask[i - 1]) != r->begin[i - 1]) continue;
        size_t len = r->len[i - 1], from = m == SUFFIX ? line.len - (len < line.len ? len : line.len) : at;
        if (m == WHOLE && len != line.len) continue;
        if (matches_at(line, from, table_boilerplate[i - 1].column[1], len)) return true;
    }
    return false;
}

static inline bool begins_at(const struct rules *r, enum match m, stance_str line, size_t at)
{
    if (line.len - at < 4) return false;
    uint32_t hash = begin_hash((uint32_t)bytes_at(line.ptr + at, 4));
    return r->may[m == CONTAINS][hash >> 5] >> (hash & 31) & 1 && any_at(r, m, line, at);
}

/* A pattern begins where a word does, or with a byte that is no letter. */
static bool any_inside(const struct rules *r, stance_str line)
{
    if (begins_at(r, CONTAINS, line, 0)) return true;
    for (size_t from = 0; from < line.len; from += 16) {
        sixteen bytes = sixteen_near(line.ptr + from, line.len - from, 'a');
        unsigned blanks = sixteen_equal(bytes, ' '), others = sixteen_bits((sixteen_signed)~sixteen_letters(bytes)) & ~blanks;
        for (; blanks; blanks &= blanks - 1)
            if (begins_at(r, CONTAINS, line, from + (size_t)__builtin_ctz(blanks) + 1)) return true;
        for (; others; others &= others - 1) {
            size_t at = from + (size_t)__builtin_ctz(others);
            if (r->odd[(unsigned char)line.ptr[at]] && begins_at(r, CONTAINS, line, at)) return true;
        }
    }
    return false;
}

/* A line longer than LONG_LINE is prose, whatever words it holds; only a prefix counts there, and none when the article is one line. */
static bool boilerplate(const struct rules *r, stance_str line)
{
    if (line.len == 0 || line.len > WHOLE_ARTICLE) return false;
    if (begins_at(r, PREFIX, line, 0) || (r->brief[(unsigned char)fold_char(line.ptr[0])] && any_at(r, PREFIX, line, 0))) return true;
    if (line.len > LONG_LINE) return false;
    if ((line.len <= r->longest_whole && any_at(r, WHOLE, line, 0)) || any_at(r, SUFFIX, line, 0)) return true;
    return any_inside(r, line);
}

static bool ends_sentence(stance_str line)
{
    while (line.len && strchr("\"')]", line.ptr[line.len - 1])) line.len--;
    while (line.len >= 3 && (str_ends(line, STR("\xE2\x80\x9D")) || str_ends(line, STR("\xE2\x80\x99")))) line.len -= 3;
    return line.len && strchr(".!?:;,", line.ptr[line.len - 1]);
}

/* Does one of the patterns with `key` in it stand in the line, key for key? */
static bool credited(stance_str line, char key, const char *const *patterns)
{
    for (size_t at = 0; at < line.len; at++) {
        const char *found = memchr(line.ptr + at, key, line.len - at);
        if (!found) return false;
        at = (size_t)(found - line.ptr);
        for (size_t i = 0; patterns[i]; i++) {
            size_t before = strcspn(patterns[i], (char[]){fold_char(key), '\0'});
            if (before <= at && matches_at(line, at - before, patterns[i], strlen(patterns[i]))) return true;
        }
    }
    return false;
}

/* "A thing seen from afar. Source: Agency" */
static bool caption(stance_str line)
{
    static const char *const colons[] = {" source: ", " photo: ", " image: ", " credit: ", " photograph: ", " picture: ", NULL}, *const open[] = {"(photo by ", NULL};
    static const char *const slashes[] = {" / getty", "/getty ", "/ap photo", "/ap)", "/afp", " / reuters", NULL}, *const via[] = {" via getty", NULL};
    return line.len <= LONG_LINE && (credited(line, ':', colons) || credited(line, '/', slashes) || credited(line, '(', open) ||
                                     credited(line, 'v', via) || credited(line, 'V', via));
}

/* "China, United States, OpenAI": nothing but capitalised names between commas. */
static bool tag_line(stance_str line)
{
    size_t commas = 0, names = 0;
    if (line.len > 120 || ends_sentence(line)) return false;
    for (stance_str rest = line; rest.ptr;) {
        stance_str name = str_trim(str_split(&rest, ','));
        commas += rest.ptr != NULL;
        if (name.len == 0 || name.len > 30) return false;
        for (stance_str words = name; words.ptr;) {
            stance_str word = str_split(&words, ' ');
            if (word.len && !(word.ptr[0] >= 'A' && word.ptr[0] <= 'Z')) return false;
        }
        names++;
    }
    return commas >= 2 && names == commas + 1;
}

static enum line_drop judge(const struct rules *r, stance_str line, bool seen_before)
{
    if (seen_before && line.len >= 12) return LINE_REPEATED;
    if (boilerplate(r, line)) return LINE_BOILERPLATE;
    if (!ends_sentence(line) && caption(line)) return LINE_CAPTION;
    return tag_line(line) ? LINE_TAGS : LINE_KEPT;
}

enum line_drop clean_judge(stance_str line, bool seen_before)
{
    return judge(rules_get(), line, seen_before);
}

static bool add_line(struct cleaner *c, size_t start, size_t end)
{
    if (c->lines_n == c->lines_cap) {
        size_t cap = c->lines_cap ? c->lines_cap * 2 : 256;
        struct line *grown = arena_grow(c->arena, c->lines, c->lines_n, cap, sizeof *grown);
        if (!grown) return false;
        c->lines = grown;
        c->lines_cap = cap;
    }
    stance_str line = str_trim(str_slice(c->raw, start, end));
    uint32_t from = (uint32_t)(line.ptr - c->raw.ptr);
    c->lines[c->lines_n++] = (struct line){from, from + (uint32_t)line.len, LINE_KEPT, line.len == 0};
    return true;
}

static stance_str line_text(const struct cleaner *c, const struct line *l)
{
    return str_slice(c->raw, l->start, l->end);
}

static size_t find_byte(stance_str raw, size_t at, char c)
{
    const char *found = at < raw.len ? memchr(raw.ptr + at, c, raw.len - at) : NULL;
    return found ? (size_t)(found - raw.ptr) : raw.len;
}

static bool split_lines(struct cleaner *c)
{
    size_t feed = find_byte(c->raw, 0, '\n'), carriage = find_byte(c->raw, 0, '\r');
    for (size_t at = 0; at < c->raw.len;) {
        if (feed < at) feed = find_byte(c->raw, at, '\n');
        if (carriage < at) carriage = find_byte(c->raw, at, '\r');
        size_t end = feed < carriage ? feed : carriage;
        if (!add_line(c, at, end)) return false;
        at = end + 1 + (feed == carriage + 1);
    }
    return true;
}

/* The slot of a line in the table of those seen, by their text. slots: [size] line + 1, 0: empty. */
static uint32_t *slot_of(const struct cleaner *c, uint32_t *slots, size_t size, stance_str text)
{
    size_t at = (size_t)str_hash(text, 0) & (size - 1);
    while (slots[at] && !str_equal(line_text(c, &c->lines[slots[at] - 1]), text)) at = (at + 1) & (size - 1);
    return &slots[at];
}

/* Forum lines stand outside the rule on repeated lines: people do quote each other. */
static bool judge_lines(struct cleaner *c)
{
    size_t size = 16;
    while (size < c->lines_n * 2) size *= 2;
    uint32_t *seen = arena_array(c->arena, size, sizeof *seen);
    const struct rules *rules = rules_get();
    if (!seen) return false;
    for (size_t i = 0; i < c->lines_n; i++) {
        struct line *l = &c->lines[i];
        if (l->blank) continue;
        stance_str text = line_text(c, l);
        uint32_t *slot = slot_of(c, seen, size, text);
        l->drop = judge(rules, text, *slot && text.ptr[0] != '>' && !c->wrapped);
        *slot = (uint32_t)i + 1;
        c->result->dropped[l->drop]++;
    }
    return true;
}

/* ---- hard-wrapped lines ---- */

static bool starts_lower(stance_str s)
{
    size_t at = 0;
    return s.len && unicode_classify(unicode_next(s, &at)) == UNICODE_LOWER;
}

/* Hard-wrapped: lines of similar, moderate length that mostly stop in mid-sentence. */
static bool is_wrapped(const struct cleaner *c)
{
    enum { LONGEST = 140 };
    size_t pairs = 0, open = 0, lower = 0;
    for (size_t i = 0; i + 1 < c->lines_n; i++)
        if (c->lines[i].end - c->lines[i].start > LONGEST) return false;
    for (size_t i = 0; i + 1 < c->lines_n; i++) {
        const struct line *l = &c->lines[i], *next = &c->lines[i + 1];
        if (l->blank || next->blank || l->end - l->start < 45) continue;
        pairs++;
        open += !ends_sentence(line_text(c, l));
        lower += starts_lower(line_text(c, next));
    }
    return pairs >= 2 && open * 2 >= pairs && lower * 4 >= pairs;
}

static bool bullet(stance_str s)
{
    return s.len > 1 && ((strchr("-*>", s.ptr[0]) && s.ptr[1] == ' ') || str_starts(s, STR("\xE2\x80\xA2")) || s.ptr[0] == '>');
}

/* Does the text run on from line a into the next kept line b? */
static bool runs_on(const struct cleaner *c, size_t a, size_t b)
{
    stance_str left = line_text(c, &c->lines[a]), right = line_text(c, &c->lines[b]);
    if (bullet(right)) return left.ptr[0] == '>' && right.ptr[0] == '>' && c->wrapped;
    if (b != a + 1 || str_starts(right, STR("By @"))) return false;
    if (c->wrapped) return left.len >= 40 || starts_lower(right);
    return starts_lower(right) && left.len >= 30 && (!ends_sentence(left) || left.ptr[left.len - 1] == ',');
}

/* ---- copying with an offset map ---- */

static void piece(struct cleaner *c, size_t raw, size_t raw_len, stance_str with)
{
    struct cleaned *r = c->result;
    if (r->pieces_n == c->pieces_cap) {
        size_t cap = c->pieces_cap ? c->pieces_cap * 2 : 256;
        struct clean_piece *grown = arena_grow(c->arena, r->pieces, r->pieces_n, cap, sizeof *grown);
        if (!grown) {
            c->failed = true;
            return;
        }
        r->pieces = grown;
        c->pieces_cap = cap;
    }
    r->pieces[r->pieces_n++] = (struct clean_piece){(uint32_t)c->len, (uint32_t)raw, (uint32_t)raw_len};
    if (with.len > c->room - c->len) c->failed = true;
    else if (with.len) memcpy(c->out + c->len, with.ptr, with.len);
    c->len += c->failed ? 0 : with.len;
}

/* The Windows-1252 byte that shows as c, or 0. */
static unsigned cp1252_byte(uint32_t c)
{
    static const uint16_t high[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                      0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                      0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (c >= 0xA0 && c <= 0xFF) return c;
    for (unsigned i = 0; i < 32; i++)
        if (high[i] == c) return 0x80 + i;
    return 0;
}

/* UTF-8 that was read as Windows-1252 and encoded again: â€œ for “. Returns the end of the sequence, or `at`. */
static size_t double_encoded(stance_str raw, size_t at, char out[4], size_t *out_len)
{
    size_t end = at, need = 0;
    for (size_t i = 0; i == 0 || i < need; i++) {
        if (end >= raw.len || (unsigned char)raw.ptr[end] < 0x80) return at;
        unsigned byte = cp1252_byte(unicode_next(raw, &end));
        if (i == 0)
            need = byte >= 0xC2 && byte <= 0xC3 ? 2 : byte >= 0xE2 && byte <= 0xEF ? 3 : byte == 0xF0 ? 4 : 0;
        else if (byte < 0x80 || byte > 0xBF)
            return at;
        if (need == 0) return at;
        out[i] = (char)byte;
    }
    *out_len = need;
    return unicode_valid((stance_str){out, need}) ? end : at;
}

static const struct {
    const char *name, *text;
} references[] = {{"&amp;", "&"},   {"&quot;", "\""},  {"&apos;", "'"},  {"&#39;", "'"},   {"&#039;", "'"},  {"&#x27;", "'"},  {"&nbsp;", " "},
                  {"&#160;", " "},  {"&lt;", "<"},     {"&gt;", ">"},    {"&lsquo;", "‘"}, {"&rsquo;", "’"}, {"&ldquo;", "“"}, {"&rdquo;", "”"},
                  {"&#8216;", "‘"}, {"&#8217;", "’"},  {"&#8220;", "“"}, {"&#8221;", "”"}, {"&ndash;", "–"}, {"&mdash;", "—"}, {"&#8211;", "–"},
                  {"&#8212;", "—"}, {"&hellip;", "…"}, {"&#8230;", "…"}, {"&#34;", "\""},  {"&#38;", "&"},   {"&pound;", "£"}, {"&euro;", "€"}};

/* "&#x2019;" or "&#8217;": the length of the reference, 0 when it is none; *with gets its character in UTF-8. */
static size_t numeric_reference(stance_str s, char out[4], stance_str *with)
{
    bool hex = s.len > 3 && (s.ptr[2] == 'x' || s.ptr[2] == 'X');
    uint32_t c = 0;
    size_t i = hex ? 3 : 2, digits = 0;
    if (s.len < 4 || s.ptr[1] != '#') return 0;
    for (; i < s.len && digits < 7; i++, digits++) {
        char d = fold_char(s.ptr[i]);
        if (d >= '0' && d <= '9') c = c * (hex ? 16 : 10) + (uint32_t)(d - '0');
        else if (hex && d >= 'a' && d <= 'f') c = c * 16 + (uint32_t)(d - 'a' + 10);
        else break;
    }
    bool character = c >= 0x20 && c < 0x110000 && !(c >= 0xD800 && c < 0xE000) && !(c >= 0x7F && c < 0xA0);
    if (!digits || i >= s.len || s.ptr[i] != ';' || !character) return 0;
    struct strbuf utf8 = {0};
    unicode_put(&utf8, c);
    size_t n = utf8.failed ? 0 : utf8.len;
    if (n) memcpy(out, utf8.ptr, n);
    strbuf_free(&utf8);
    *with = c == 0xA0 ? STR(" ") : (stance_str){out, n};
    return n ? i + 1 : 0;
}

/* What stands at `at` instead of itself: sets the replacement and returns the end of what it replaces, or `at` for ordinary text. */
static size_t replacement(stance_str raw, size_t at, size_t end, char out[4], stance_str *with)
{
    char c = raw.ptr[at];
    stance_str rest = str_slice(raw, at, end);
    if (c == '&') {
        size_t numeric = numeric_reference(rest, out, with);
        if (numeric) return at + numeric;
        for (size_t i = 0; i < sizeof references / sizeof *references; i++)
            if (str_starts(rest, str_of(references[i].name))) return *with = str_of(references[i].text), at + strlen(references[i].name);
        return at;
    }
    if ((unsigned char)c < 0x80) {
        *with = STR("");
        return (unsigned char)c < 0x20 || c == 0x7F ? at + 1 : at;
    }
    size_t n, next = double_encoded(str_slice(raw, 0, end), at, out, &n);
    if (next > at) return *with = (stance_str){out, n}, next;
    enum unicode_class class = unicode_classify(unicode_next(raw, &next));
    if (class != UNICODE_FORMAT || str_starts(rest, STR("\xE2\x80\x8D"))) return at; /* the joiner holds emoji together */
    *with = STR("");
    return next;
}

static size_t blanks(stance_str raw, size_t at, size_t end)
{
    while (at < end) {
        size_t next = at;
        enum unicode_class class = unicode_classify(unicode_next(raw, &next));
        if (class != UNICODE_BLANK && class != UNICODE_NEWLINE) break;
        at = next;
    }
    return at;
}

static void flush(struct cleaner *c, size_t from, size_t to)
{
    if (to > from) piece(c, from, to - from, str_slice(c->raw, from, to));
}

/* The first byte of [at, end) that is not copied as it is without a closer look: of a control character, of one beyond ASCII, "&", or a blank behind a
 * blank. */
static size_t next_special(stance_str raw, size_t at, size_t end)
{
    unsigned before = 0;
    for (; at < end; at += 16) {
        sixteen v = sixteen_near(raw.ptr + at, raw.len - at, 'a');
        unsigned blanks = sixteen_equal(v, ' '), left = end - at < 16 ? (1u << (end - at)) - 1 : 0xFFFF;
        sixteen_signed odd = ((sixteen_signed)v < (sixteen_signed)sixteen_of(' ')) | (v == sixteen_of(0x7F)) | (v == sixteen_of('&'));
        unsigned special = (sixteen_bits(odd) | (blanks & (blanks << 1 | before))) & left;
        if (special) return at + (size_t)__builtin_ctz(special);
        before = blanks >> 15;
    }
    return end;
}

/* Behind one of – — ‘ ’ “ ” …, which are copied as they are; 0 when none stands there. */
static size_t behind_usual(stance_str raw, size_t at)
{
    const unsigned char *c = (const unsigned char *)raw.ptr + at;
    if (c[0] != 0xE2 || c[1] != 0x80) return 0;
    bool usual = c[2] == 0x93 || c[2] == 0x94 || c[2] == 0x98 || c[2] == 0x99 || c[2] == 0x9C || c[2] == 0x9D || c[2] == 0xA6;
    return usual ? at + 3 : 0;
}

/* ---- headlines that pages glue to a name: "Ada Obi Adaeze (Ada) ObiTram plan fails Port plan works MORE said" ---- */

enum { NAME_BYTES = 80, HEADLINE_BYTES = 1200 };

static bool upper_byte(char c)
{
    return (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Behind " MORE" in [at, end), where no letter goes on; 0 when it does not stand within reach. */
static size_t behind_more(stance_str raw, size_t at, size_t end)
{
    if (end - at > HEADLINE_BYTES) end = at + HEADLINE_BYTES;
    for (const char *p; at + 5 <= end && (p = memchr(raw.ptr + at, 'M', end - at)) != NULL;) {
        size_t i = (size_t)(p - raw.ptr);
        bool word = i + 4 <= end && memcmp(p, "MORE", 4) == 0 && i > 0 && raw.ptr[i - 1] == ' ';
        char next = word && i + 4 < raw.len ? raw.ptr[i + 4] : ' ';
        if (word && !(next >= 'a' && next <= 'z') && !(next >= 'A' && next <= 'Z')) return i + 4;
        at = i + 1;
    }
    return 0;
}

/* The blank at `at` stands behind a surname: does its full form follow with a headline glued to it? Returns the end of what is none of the article's, or 0. */
static size_t glued_headlines(stance_str raw, size_t at, size_t start, size_t end)
{
    size_t from = at;
    while (from > start && raw.ptr[from - 1] != ' ' && at - from < NAME_BYTES) from--;
    size_t len = at - from;
    if (len < 2 || !upper_byte(raw.ptr[from])) return 0;
    for (size_t i = at; i + len + 1 < end && i - at < NAME_BYTES && raw.ptr[i] == ' ';) {
        size_t word = i + 1;
        if (!upper_byte(raw.ptr[word]) && raw.ptr[word] != '(' && raw.ptr[word] != '"') return 0;
        char next = raw.ptr[word + len < end ? word + len : word];
        bool same = i > at && word + len < end && memcmp(raw.ptr + word, raw.ptr + from, len) == 0;
        if (same && (upper_byte(next) || (next >= '0' && next <= '9') || next == '\'')) return behind_more(raw, word + len, end);
        for (i = word; i < end && raw.ptr[i] != ' ';) i++;
    }
    return 0;
}

/* Is there a " MORE"? By its letters, which are rarer than the blank. */
static bool has_more(stance_str line)
{
    const char *end = line.ptr + line.len;
    for (const char *m = line.ptr; end - m >= 4 && (m = memchr(m, 'M', (size_t)(end - m) - 3)) != NULL; m++)
        if (m > line.ptr && m[-1] == ' ' && memcmp(m, "MORE", 4) == 0) return true;
    return false;
}

/* Cuts glued headlines out of the line; the rest is copied piece by piece. */
static void copy_text(struct cleaner *c, size_t start, size_t end);

static void copy_line(struct cleaner *c, size_t start, size_t end)
{
    size_t from = start;
    bool more = has_more(str_slice(c->raw, start, end));
    for (size_t at = start; more && at < end; at++) {
        size_t behind = c->raw.ptr[at] == ' ' ? glued_headlines(c->raw, at, from, end) : 0;
        if (!behind) continue;
        copy_text(c, from, at);
        from = at = behind;
        if (at < end) at--;
    }
    copy_text(c, from, end);
}

static void copy_text(struct cleaner *c, size_t start, size_t end)
{
    size_t from = start;
    for (size_t next, at = next_special(c->raw, start, end); at < end && !c->failed; at = next_special(c->raw, next, end)) {
        next = behind_usual(c->raw, at);
        if (next) continue;
        char bytes[4];
        stance_str with = STR(" ");
        size_t begin = at - (at > from && c->raw.ptr[at - 1] == ' ');
        next = blanks(c->raw, begin, end);
        if (next <= at) next = replacement(c->raw, begin = at, end, bytes, &with);
        if (next > begin) {
            flush(c, from, begin);
            piece(c, begin, next - begin, with);
            from = next;
        } else
            unicode_next(c->raw, &next);
    }
    flush(c, from, end);
}

/* A heading has no stop at its end, is short, and is no part of running text. */
static bool heading(stance_str text)
{
    enum { MOST_WORDS = 16 };
    size_t words = 1;
    if (ends_sentence(text) || bullet(text) || str_starts(text, STR("By @"))) return false;
    for (size_t i = 0; i < text.len && words <= MOST_WORDS; i++) words += text.ptr[i] == ' ';
    return words <= MOST_WORDS && !memchr(text.ptr, '"', text.len) && str_find(text, STR("\xE2\x80\x9C")) == STANCE_NONE;
}

static void add_paragraph(struct cleaner *c, struct paragraph p)
{
    struct cleaned *r = c->result;
    if (r->n == c->paragraphs_cap) {
        size_t cap = c->paragraphs_cap ? c->paragraphs_cap * 2 : 64;
        struct paragraph *grown = arena_grow(c->arena, r->paragraphs, r->n, cap, sizeof *grown);
        if (!grown) {
            c->failed = true;
            return;
        }
        r->paragraphs = grown;
        c->paragraphs_cap = cap;
    }
    r->paragraphs[r->n++] = p;
}

static size_t next_kept(const struct cleaner *c, size_t i)
{
    while (i < c->lines_n && (c->lines[i].blank || c->lines[i].drop)) i++;
    return i;
}

static size_t copy_paragraph(struct cleaner *c, size_t i)
{
    struct paragraph p = {.start = (uint32_t)c->len};
    size_t first = i, last = i;
    for (;;) {
        struct line l = c->lines[i];
        stance_str text = line_text(c, &l);
        if (text.ptr[0] == '>') {
            p.quoted = true;
            while (l.start < l.end && (c->raw.ptr[l.start] == '>' || c->raw.ptr[l.start] == ' ')) l.start++;
        }
        copy_line(c, l.start, l.end);
        last = i;
        i = next_kept(c, i + 1);
        if (i >= c->lines_n || c->failed || !runs_on(c, last, i)) break;
        piece(c, l.end, c->lines[i].start - l.end, STR(" "));
    }
    p.end = (uint32_t)c->len;
    p.heading = first == last && heading(line_text(c, &c->lines[first]));
    piece(c, c->lines[last].end, 0, STR("\n"));
    if (p.end > p.start) add_paragraph(c, p);
    return i;
}

bool clean_text(stance_str raw, struct arena *arena, struct cleaned *out, stance_error *err)
{
    *out = (struct cleaned){0};
    if (raw.len >= UINT32_MAX / 2) return error_set(err, STANCE_INPUT, 0, "a text of %zu bytes is too long; split it", raw.len);
    struct cleaner c = {.raw = raw, .arena = arena, .result = out};
    c.room = raw.len + 1; /* nothing is replaced by more bytes, and each paragraph but the last has a break behind it in the text as given */
    bool ok = split_lines(&c) && (c.out = arena_grow(arena, NULL, 0, c.room + CLEAN_PAD, 1)) != NULL;
    c.wrapped = ok && is_wrapped(&c);
    ok = ok && judge_lines(&c);
    for (size_t i = ok ? next_kept(&c, 0) : c.lines_n; i < c.lines_n && !c.failed;) i = copy_paragraph(&c, i);
    if (!ok || c.failed) return error_nomem(err, "cleaning a text");
    memset(c.out + c.len, 0, CLEAN_PAD);
    out->text = (stance_str){c.out, c.len};
    return true;
}

static const struct clean_piece *piece_at(const struct cleaned *c, size_t at)
{
    const struct clean_piece *low = c->pieces;
    for (size_t n = c->pieces_n, half; n > 1; n -= half) {
        half = n / 2;
        low += low[half].start <= at ? half : 0;
    }
    return low;
}

static size_t piece_len(const struct cleaned *c, const struct clean_piece *p)
{
    size_t end = p + 1 < c->pieces + c->pieces_n ? p[1].start : c->text.len;
    return end - p->start;
}

/* Where byte `at` of the piece was; of a piece that was replaced, its beginning or end. */
static size_t raw_from(const struct cleaned *c, const struct clean_piece *p, size_t at)
{
    return p->raw + (piece_len(c, p) == p->raw_len ? at - p->start : 0);
}

static size_t raw_to(const struct cleaned *c, const struct clean_piece *p, size_t end)
{
    return p->raw + (piece_len(c, p) == p->raw_len ? end - p->start : p->raw_len);
}

size_t clean_raw_start(const struct cleaned *c, size_t at)
{
    return c->pieces_n == 0 ? 0 : raw_from(c, piece_at(c, at), at);
}

size_t clean_raw_end(const struct cleaned *c, size_t end)
{
    return c->pieces_n == 0 || end == 0 ? 0 : raw_to(c, piece_at(c, end - 1), end);
}

stance_span clean_raw_span(const struct cleaned *c, size_t start, size_t end)
{
    if (c->pieces_n == 0) return (stance_span){0, 0};
    const struct clean_piece *p = piece_at(c, start), *last = c->pieces + c->pieces_n - 1;
    size_t from = raw_from(c, p, start);
    while (p < last && p[1].start < end) p++; /* mostly the same, or the next */
    return (stance_span){from, raw_to(c, p, end)};
}
