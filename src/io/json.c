/* SPDX-License-Identifier: MIT
 * json: flat reading over yajl, writing by hand.
 * Method: SAX callbacks keep the path of the present value in one buffer; pairs are offsets until parsing is done.
 * What most lines are, an object of strings, numbers and literals without a level below, is read without yajl; of any other, and of all that is
 * not in order, yajl is the judge (json_parse_all: always; a test holds both equal).
 * Limits: one object per call; nesting to 64, 65,536 pairs; empty objects and arrays leave no pair. */
#include "json.h"

#include <math.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#include "../base/vocab.h"

enum { MAX_DEPTH = 64, MAX_VALUES = 65536 };

struct json_level {
    size_t path;     /* length of the path before this level's key */
    size_t next;     /* number of the next element */
    bool array;
};

/* yajl uses what its allocator returns without a look, so a failed allocation has to jump out of it; the list knows what to free then. */
struct block {
    struct block *older, *newer;
    max_align_t data[];
};

struct parse {
    struct json_object *o;
    struct block *blocks; /* yajl's memory, the newest first */
    jmp_buf out;
    struct strbuf path;
    size_t depth;
    const char *refused; /* why a callback stopped the parser */
    bool nomem;
};

static void unlink_block(struct parse *p, struct block *b)
{
    if (b->newer) b->newer->older = b->older;
    else p->blocks = b->older;
    if (b->older) b->older->newer = b->newer;
}

static void link_block(struct parse *p, struct block *b)
{
    b->newer = NULL;
    b->older = p->blocks;
    if (b->older) b->older->newer = b;
    p->blocks = b;
}

static struct block *block_of(void *data)
{
    return (struct block *)(void *)((char *)data - offsetof(struct block, data));
}

static void *yajl_resize(void *context, void *data, size_t size)
{
    struct parse *p = context;
    struct block *old = data ? block_of(data) : NULL, *b = NULL;
    if (old) unlink_block(p, old);
    if (size <= SIZE_MAX - sizeof *b) b = realloc(old, sizeof *b + size);
    if (!b && old) link_block(p, old);
    if (!b) longjmp(p->out, 1);
    link_block(p, b);
    return b->data;
}

static void *yajl_take(void *context, size_t size)
{
    return yajl_resize(context, NULL, size);
}

static void yajl_give(void *context, void *data)
{
    if (!data) return;
    unlink_block(context, block_of(data));
    free(block_of(data));
}

static void free_blocks(struct parse *p)
{
    while (p->blocks) yajl_give(p, p->blocks->data);
}

static int refuse(struct parse *p, const char *why)
{
    p->refused = why;
    return 0;
}

static int out_of_memory(struct parse *p)
{
    p->nomem = true;
    return 0;
}

/* Before each value: elements of an array get their number as key. */
static bool begin_value(struct parse *p)
{
    struct json_level *l = p->depth ? &p->o->levels[p->depth - 1] : NULL;
    if (!l || !l->array) return true;
    p->path.len = l->path;
    strbuf_print(&p->path, "%s%zu", l->path ? "." : "", l->next++);
    return !p->path.failed;
}

static int add_pair(struct parse *p, stance_str value)
{
    struct json_object *o = p->o;
    void *pairs = o->pairs;
    if (p->depth == 0) return refuse(p, "a JSON object {...} is expected here");
    if (o->n == (o->max_values ? o->max_values : MAX_VALUES)) return refuse(p, "more values in one object than are allowed (65,536, or as --limit json-values=N says)");
    if (!begin_value(p) || !array_reserve(&pairs, &o->cap, o->n + 1, sizeof *o->pairs)) return out_of_memory(p);
    o->pairs = pairs;
    strbuf_add(&o->text, strbuf_str(&p->path));
    strbuf_add(&o->text, value);
    /* only the lengths for now; text may still move */
    o->pairs[o->n++] = (struct json_pair){{NULL, p->path.len}, {value.ptr, value.len}};
    return o->text.failed ? out_of_memory(p) : 1;
}

static int on_null(void *context)
{
    return add_pair(context, (stance_str){NULL, 0});
}

static int on_boolean(void *context, int value)
{
    return add_pair(context, value ? STR("true") : STR("false"));
}

static int on_number(void *context, const char *text, size_t len)
{
    return add_pair(context, (stance_str){text, len});
}

static int on_string(void *context, const unsigned char *text, size_t len)
{
    return add_pair(context, (stance_str){len ? (const char *)text : "", len});
}

static int open_level(struct parse *p, bool array)
{
    if (p->depth == 0 && array) return refuse(p, "a JSON object {...} is expected here");
    if (p->depth == (p->o->max_depth ? p->o->max_depth : MAX_DEPTH)) return refuse(p, "nested deeper than is allowed (64 levels, or as --limit json-depth=N says)");
    void *levels = p->o->levels;
    if (!begin_value(p) || !array_reserve(&levels, &p->o->levels_cap, p->depth + 1, sizeof *p->o->levels)) return out_of_memory(p);
    p->o->levels = levels;
    p->o->levels[p->depth++] = (struct json_level){.path = p->path.len, .array = array};
    return 1;
}

static int on_map(void *context)
{
    return open_level(context, false);
}

static int on_array(void *context)
{
    return open_level(context, true);
}

static int on_close(void *context)
{
    struct parse *p = context;
    p->path.len = p->o->levels[--p->depth].path;
    return 1;
}

static int on_key(void *context, const unsigned char *text, size_t len)
{
    struct parse *p = context;
    p->path.len = p->o->levels[p->depth - 1].path;
    if (p->path.len) strbuf_char(&p->path, '.');
    strbuf_add(&p->path, (stance_str){(const char *)text, len});
    return p->path.failed ? out_of_memory(p) : 1;
}

static const yajl_callbacks callbacks = {
    .yajl_null = on_null, .yajl_boolean = on_boolean, .yajl_number = on_number, .yajl_string = on_string,
    .yajl_start_map = on_map, .yajl_map_key = on_key, .yajl_end_map = on_close,
    .yajl_start_array = on_array, .yajl_end_array = on_close,
};

/* The buffer has stopped growing: lengths become pointers. */
static void point_pairs(struct json_object *o)
{
    const char *at = o->text.ptr;
    for (size_t i = 0; i < o->n; i++) {
        struct json_pair *pair = &o->pairs[i];
        pair->key.ptr = at;
        at += pair->key.len;
        if (pair->value.ptr) pair->value.ptr = at;
        at += pair->value.len;
    }
}

/* A repeated key keeps its place and takes the last value. */
static bool merge_repeats(struct json_object *o)
{
    struct vocab seen = {0};
    size_t kept = 0;
    bool ok = true;
    for (size_t i = 0; ok && i < o->n; i++) {
        uint32_t id = vocab_add(&seen, o->pairs[i].key);
        ok = id != VOCAB_NONE;
        if (!ok) break;
        if (id == kept) o->pairs[kept++] = o->pairs[i];
        else o->pairs[id].value = o->pairs[i].value;
    }
    o->n = kept;
    vocab_free(&seen);
    return ok;
}

static bool stands_before(const struct json_object *o, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (str_equal(o->pairs[i].key, o->pairs[at].key)) return true;
    return false;
}

/* Only keys of one length and with the same letters at four places can be the same; for the others one bit tells. */
static bool few_and_distinct(const struct json_object *o)
{
    uint64_t met[4] = {0};
    if (o->n > 64) return false;
    for (size_t i = 0; i < o->n; i++) {
        stance_str key = o->pairs[i].key;
        const unsigned char *c = (const unsigned char *)key.ptr;
        size_t sum = key.len ? key.len + 3u * c[0] + 17u * c[key.len - 1] + 5u * c[key.len / 2] + 29u * c[key.len / 4] : 0;
        uint64_t *part = &met[sum / 64 % 4], bit = UINT64_C(1) << (sum % 64);
        if ((*part & bit) && stands_before(o, i)) return false;
        *part |= bit;
    }
    return true;
}

/* yajl's message without its line end, as one line. */
static bool syntax_error(yajl_handle y, size_t column, stance_error *err)
{
    unsigned char *text = yajl_get_error(y, 0, NULL, 0);
    size_t len = text ? strcspn((const char *)text, "\n") : 0;
    error_set(err, STANCE_INPUT, column, "column %zu: %.*s", column, (int)len, text ? (const char *)text : "");
    if (text) yajl_free_error(y, text);
    return false;
}

static bool run(struct parse *p, yajl_handle y, stance_str text, stance_error *err)
{
    yajl_config(y, yajl_dont_validate_strings, 1);
    yajl_status status = yajl_parse(y, (const unsigned char *)(text.len ? text.ptr : ""), text.len);
    size_t column = yajl_get_bytes_consumed(y); /* the last byte it took */
    if (column == 0) column = 1;
    if (status == yajl_status_ok) {
        status = yajl_complete_parse(y);
        column = text.len + 1;
    }
    if (p->nomem) return error_nomem(err, "reading JSON");
    if (p->refused) return error_set(err, STANCE_INPUT, column, "column %zu: %s", column, p->refused);
    return status == yajl_status_ok || syntax_error(y, column, err);
}

/* yajl_free is not called: its blocks are freed in one go, whichever way this ends. */
static bool run_guarded(struct parse *p, stance_str text, stance_error *err)
{
    yajl_alloc_funcs memory = {yajl_take, yajl_resize, yajl_give, p};
    if (setjmp(p->out)) return error_nomem(err, "reading JSON");
    return run(p, yajl_alloc(&callbacks, &memory, p), text, err);
}

/* ---- objects without a level below ---- */

/* Where to read and, ahead of that never, where the unescaped text goes. */
struct flat {
    const char *at, *end;
    char *to;
};

static inline void skip_blanks(struct flat *f)
{
    while (f->at < f->end && (*f->at == ' ' || *f->at == '\t' || *f->at == '\n' || *f->at == '\r')) f->at++;
}

static inline bool take_byte(struct flat *f, char c)
{
    if (f->at == f->end || *f->at != c) return false;
    f->at++;
    return true;
}

/* Four hexadecimal digits of a character of its own that is no control character. */
static bool take_code(struct flat *f)
{
    uint32_t c = 0;
    if (f->end - f->at < 4) return false;
    for (int i = 0; i < 4; i++) {
        char digit = *f->at++;
        uint32_t number = (uint32_t)digit - '0', letter = ((uint32_t)digit | 32) - 'a';
        if (number > 9 && letter > 5) return false;
        c = c * 16 + (number <= 9 ? number : letter + 10);
    }
    if (c < 0x20 || (c >= 0xD800 && c < 0xE000)) return false;
    if (c < 0x80) return *f->to++ = (char)c, true;
    if (c < 0x800) *f->to++ = (char)(0xC0 | c >> 6);
    else *f->to++ = (char)(0xE0 | c >> 12), *f->to++ = (char)(0x80 | (c >> 6 & 0x3F));
    *f->to++ = (char)(0x80 | (c & 0x3F));
    return true;
}

static bool take_escape(struct flat *f)
{
    static const char named[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
    if (f->at == f->end) return false;
    char c = *f->at++;
    if (c == 'u') return take_code(f);
    for (size_t i = 0; i + 1 < sizeof named; i += 2)
        if (named[i] == c) return *f->to++ = named[i + 1], true;
    return false;
}

/* Copies up to the next quotation mark, backslash or control character. `to` has eight bytes of room beyond the text. */
static inline void take_plain(struct flat *f)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    for (; f->end - f->at >= 8; f->at += 8, f->to += 8) {
        uint64_t eight = eight_bytes(f->at);
        uint64_t stop = (((eight - ones * 0x20) & ~eight) & ones << 7) | bytes_that_are(eight, '"') | bytes_that_are(eight, '\\');
        memcpy(f->to, f->at, 8);
        if (!stop) continue;
        f->at += first_byte(stop), f->to += first_byte(stop);
        return;
    }
    while (f->at < f->end && (unsigned char)*f->at >= 0x20 && *f->at != '"' && *f->at != '\\') *f->to++ = *f->at++;
}

static bool take_string(struct flat *f, stance_str *out)
{
    char *begin = f->to;
    if (!take_byte(f, '"')) return false;
    for (take_plain(f); !take_byte(f, '"'); take_plain(f))
        if (!take_byte(f, '\\') || !take_escape(f)) return false;
    *out = (stance_str){begin, (size_t)(f->to - begin)};
    return true;
}

/* A plain number, true, false or null. */
static bool take_word(struct flat *f, stance_str *out)
{
    const char *begin = f->at;
    while (f->at < f->end && ((*f->at >= 'a' && *f->at <= 'z') || (*f->at >= '0' && *f->at <= '9') || *f->at == '-' || *f->at == '.')) f->at++;
    stance_str word = {begin, (size_t)(f->at - begin)}, digits = word;
    if (f->at < f->end && (*f->at == 'E' || *f->at == '+')) return false;
    if (str_equal(word, STR("null"))) return *out = (stance_str){NULL, 0}, true;
    bool ok = str_equal(word, STR("true")) || str_equal(word, STR("false"));
    if (!ok) { /* -?(0|[1-9][0-9]*)(.[0-9]+)? */
        if (digits.len && digits.ptr[0] == '-') digits = str_slice(digits, 1, digits.len);
        stance_str behind = digits, before = str_split(&behind, '.');
        ok = before.len && (before.len == 1 || before.ptr[0] != '0') && (!behind.ptr || behind.len);
        for (size_t i = 0; i < before.len; i++) ok = ok && before.ptr[i] >= '0' && before.ptr[i] <= '9';
        for (size_t i = 0; i < behind.len; i++) ok = ok && behind.ptr[i] >= '0' && behind.ptr[i] <= '9';
    }
    memcpy(f->to, word.ptr, word.len);
    *out = (stance_str){f->to, word.len};
    f->to += word.len;
    return ok;
}

static bool take_pair(struct json_object *o, struct flat *f)
{
    struct json_pair pair;
    void *pairs = o->pairs;
    bool room = o->n < (o->max_values ? o->max_values : MAX_VALUES) && (o->n < o->cap || array_reserve(&pairs, &o->cap, o->n + 1, sizeof *o->pairs));
    o->pairs = pairs;
    skip_blanks(f);
    if (!room || !take_string(f, &pair.key)) return false;
    skip_blanks(f);
    if (!take_byte(f, ':')) return false;
    skip_blanks(f);
    if (f->at == f->end || !(*f->at == '"' ? take_string(f, &pair.value) : take_word(f, &pair.value))) return false;
    o->pairs[o->n++] = pair;
    skip_blanks(f);
    return true;
}

/* False when it is no such object, and in any doubt. */
static bool parse_flat(struct json_object *o, stance_str text)
{
    enum { MORE = 16 };
    if (text.len > SIZE_MAX / 2 || !strbuf_reserve(&o->text, text.len + MORE)) return false;
    struct flat f = {text.ptr, text.ptr + text.len, o->text.ptr};
    skip_blanks(&f);
    if (!take_byte(&f, '{')) return false;
    do
        if (!take_pair(o, &f)) return false;
    while (take_byte(&f, ','));
    if (!take_byte(&f, '}')) return false;
    skip_blanks(&f);
    return f.at == f.end;
}

static bool keep_last(struct json_object *o, stance_error *err)
{
    if (few_and_distinct(o) || merge_repeats(o)) return true;
    o->n = 0;
    return error_nomem(err, "reading JSON");
}

bool json_parse(struct json_object *o, stance_str text, stance_error *err)
{
    o->n = 0;
    strbuf_clear(&o->text);
    return parse_flat(o, text) ? keep_last(o, err) : json_parse_all(o, text, err);
}

bool json_parse_all(struct json_object *o, stance_str text, stance_error *err)
{
    struct parse p = {.o = o};
    o->n = 0;
    strbuf_clear(&o->text);
    bool ok = run_guarded(&p, text, err);
    if (ok) point_pairs(o);
    else o->n = 0;
    ok = ok && keep_last(o, err);
    free_blocks(&p);
    strbuf_free(&p.path);
    return ok;
}

const stance_str *json_get(const struct json_object *o, stance_str key)
{
    for (size_t i = 0; i < o->n; i++)
        if (str_equal(o->pairs[i].key, key)) return &o->pairs[i].value;
    return NULL;
}

void json_free(struct json_object *o)
{
    strbuf_free(&o->text);
    free(o->pairs);
    free(o->levels);
    *o = (struct json_object){0};
}

/* ---- writing ---- */

/* How many bytes at `at` need an escape, 0 for none: control characters, " \ DEL, the / of </, U+2028 and U+2029. */
static size_t needs_escape(stance_str s, size_t at)
{
    unsigned char c = (unsigned char)s.ptr[at];
    if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f) return 1;
    if (c == '/') return at > 0 && s.ptr[at - 1] == '<';
    if (c != 0xE2 || s.len - at < 3 || (unsigned char)s.ptr[at + 1] != 0x80) return 0;
    unsigned char last = (unsigned char)s.ptr[at + 2];
    return last == 0xA8 || last == 0xA9 ? 3 : 0;
}

/* At most six bytes. */
static char *write_escape(char *to, const char *at, size_t bytes)
{
    static const char named[] = "\"\"\\\\//\bb\ff\nn\rr\tt", digits[] = "0123456789abcdef";
    unsigned code = bytes == 3 ? 0x2000u + ((unsigned char)at[2] == 0xA8 ? 0x28u : 0x29u) : (unsigned char)*at;
    *to++ = '\\';
    for (size_t i = 0; bytes == 1 && i + 1 < sizeof named; i += 2)
        if (named[i] == *at) {
            *to++ = named[i + 1];
            return to;
        }
    *to++ = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) *to++ = digits[code >> shift & 15];
    return to;
}

static void put_escape(struct strbuf *out, const char *at, size_t bytes)
{
    char text[6];
    strbuf_add(out, (stance_str){text, (size_t)(write_escape(text, at, bytes) - text)});
}

/* A bit in each of eight bytes that may need an escape, or stands before one that does: more than there are, but none is missing. */
static inline uint64_t doubtful(uint64_t eight)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t low = ((eight ^ ones * 2) - ones * 0x21) & ~eight; /* control characters, and the quotation mark, which is next to them but for one bit */
    uint64_t delete = (eight + ones) & ~eight;
    return ((low | delete) & ones << 7) | bytes_that_are(eight, '\\') | bytes_that_are(eight, '<') | bytes_that_are(eight, (char)0xE2);
}

/* The first byte from `at` on that needs an escape, or the end. */
static inline size_t plain_end(stance_str s, size_t at)
{
    for (; s.len - at >= 8; at += 8)
        for (uint64_t bits = doubtful(eight_bytes(s.ptr + at)); bits; bits &= bits - 1) {
            size_t i = at + first_byte(bits);
            if (needs_escape(s, i)) return i;
            if (s.ptr[i] == '<' && i + 1 < s.len && s.ptr[i + 1] == '/') return i + 1;
        }
    uint64_t rest = few_bytes(s.ptr + at, s.len - at) | UINT64_C(0x2020202020202020) << (s.len - at) * 8;
    if (!doubtful(rest) && (at == s.len || s.ptr[at] != '/')) return s.len;
    for (; at < s.len; at++)
        if (needs_escape(s, at)) return at;
    return at;
}

/* Eight bytes that looked doubtful: is there one that needs an escape? */
__attribute__((noinline)) static bool escaped_in(stance_str s, size_t at, uint64_t bits)
{
    for (; bits; bits &= bits - 1) {
        size_t i = at + first_byte(bits);
        if (needs_escape(s, i) || (s.ptr[i] == '<' && i + 1 < s.len && s.ptr[i + 1] == '/')) return true;
    }
    return false;
}

/* Unless a byte needs an escape. There is room for eight bytes more. */
static inline bool copy_plain(char *to, stance_str text)
{
    size_t at = 0;
    uint64_t eight, bits;
    for (; text.len - at >= 8; at += 8) {
        memcpy(&eight, text.ptr + at, 8);
        memcpy(to + at, &eight, 8);
        bits = doubtful(bytes_at((const char *)&eight, 8));
        if (bits && escaped_in(text, at, bits)) return false;
    }
    eight = few_bytes(text.ptr + at, text.len - at);
    bits = doubtful(eight | UINT64_C(0x2020202020202020) << (text.len - at) * 8);
    eight = bytes_at((const char *)&eight, 8); /* as in memory */
    memcpy(to + at, &eight, 8);
    return !bits || plain_end(text, at) == text.len;
}

static void put_escaped(struct strbuf *out, stance_str text, size_t plain)
{
    size_t from = 0;
    for (; plain < text.len; plain = plain_end(text, from)) {
        size_t bytes = needs_escape(text, plain);
        strbuf_add(out, str_slice(text, from, plain));
        put_escape(out, text.ptr + plain, bytes);
        from = plain + bytes;
    }
    strbuf_add(out, str_slice(text, from, text.len));
}

static inline void put_between(struct strbuf *out, stance_str before, stance_str text, stance_str behind)
{
    size_t n = before.len + text.len + behind.len;
    if ((out->failed || out->cap - out->len <= n) && !strbuf_reserve(out, n)) return;
    char *at = out->ptr + out->len;
    memcpy(at, before.ptr, before.len);
    memcpy(at + before.len, text.ptr, text.len);
    memcpy(at + before.len + text.len, behind.ptr, behind.len);
    out->len += n;
    out->ptr[out->len] = '\0';
}

void json_put_string(struct strbuf *out, stance_str text)
{
    if (!text.ptr) {
        strbuf_add(out, STR("null"));
        return;
    }
    size_t plain = plain_end(text, 0);
    if (plain < text.len) {
        strbuf_char(out, '"');
        put_escaped(out, text, plain);
        strbuf_char(out, '"');
    } else
        put_between(out, STR("\""), text, STR("\""));
}

char *json_write_string(char *to, stance_str text)
{
    if (!text.ptr) return (char *)memcpy(to, "null", 4) + 4;
    *to++ = '"';
    if (copy_plain(to, text)) to += text.len;
    else
        for (size_t at = 0, plain, bytes; at < text.len; at = plain + bytes) {
            plain = plain_end(text, at);
            bytes = plain < text.len ? needs_escape(text, plain) : 0;
            memcpy(to, text.ptr + at, plain - at);
            to += plain - at;
            if (bytes) to = write_escape(to, text.ptr + plain, bytes);
        }
    *to++ = '"';
    return to;
}

void json_put_name(struct strbuf *out, stance_str name)
{
    put_escaped(out, name, plain_end(name, 0));
    strbuf_add(out, STR("\":"));
}

/* Millionths from 0.0001 up to 1, the shares of our records, in as many digits as they need. */
static char *write_millionths(char *to, uint32_t n)
{
    to[0] = '0', to[1] = '.';
    strbuf_two_digits(to + 2, n / 10000);
    strbuf_two_digits(to + 4, n / 100 % 100);
    strbuf_two_digits(to + 6, n % 100);
    to += 8;
    while (to[-1] == '0') to--;
    return to;
}

char *json_write_share(char *to, double value)
{
    if (value >= 1e-4 && value < 0.9999) {
        double millions = value * 1e6;
        uint32_t n = (uint32_t)millions;
        return write_millionths(to, n + (millions - n >= 0.5)); /* as round() does */
    }
    return json_write_number(to, round(value * 1e6) / 1e6);
}

char *json_write_number(char *to, double value)
{
    enum { ROOM = 32 };
    uint32_t n = value >= 1e-4 && value < 1 ? (uint32_t)lrint(value * 1e6) : 1000000;
    if (n < 1000000 && n / 1e6 == value) return write_millionths(to, n);
    if (value == 0 && !signbit(value)) return *to = '0', to + 1;
    if (value == 1) return *to = '1', to + 1;
    if (!isfinite(value)) return (char *)memcpy(to, "null", 4) + 4;
    for (int digits = 6; digits <= 17; digits++) {
        snprintf(to, ROOM, "%.*g", digits, value);
        if (strtod(to, NULL) == value) break;
    }
    char *comma = strchr(to, ','); /* the host program may have set a locale */
    if (comma) *comma = '.';
    return to + strlen(to);
}

void json_put_number(struct strbuf *out, double value)
{
    char text[32];
    strbuf_add(out, (stance_str){text, (size_t)(json_write_number(text, value) - text)});
}

void json_put_key(struct strbuf *out, const char *key)
{
    char last = out->len ? out->ptr[out->len - 1] : '{';
    if (last != '{' && last != '[' && last != '\n') strbuf_char(out, ',');
    json_put_string(out, str_of(key));
    strbuf_char(out, ':');
}
