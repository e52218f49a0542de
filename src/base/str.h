/* SPDX-License-Identifier: MIT
 * str: text views, and a growing buffer to write text into. */
#ifndef BASE_STR_H
#define BASE_STR_H
#include "../stance.h"

#include <string.h>

/* Those that are called for every word are inline, so that the length of a literal is known to the compiler. */

/* A view of a NUL-ended string; STR("literal") where the length is known at compile time. */
static inline stance_str str_of(const char *text)
{
    return (stance_str){text, text ? strlen(text) : 0};
}
#define STR(literal) ((stance_str){"" literal, sizeof(literal) - 1})
/* The same in the initializer of a table. */
#define STR_INIT(literal) {"" literal, sizeof(literal) - 1}
static inline stance_str str_slice(stance_str s, size_t start, size_t end)
{
    return (stance_str){s.ptr + start, end - start};
}

static inline bool str_equal(stance_str a, stance_str b)
{
    return a.len == b.len && (a.len == 0 || (a.ptr[0] == b.ptr[0] && memcmp(a.ptr, b.ptr, a.len) == 0));
}
/* Up to eight bytes as a number, the first of them the lowest. */
static inline uint64_t bytes_at(const char *at, size_t n)
{
    uint64_t x = 0;
    memcpy(&x, at, n);
#if defined __BYTE_ORDER__ && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    x = __builtin_bswap64(x);
#endif
    return x;
}
static inline uint64_t eight_bytes(const char *at) { return bytes_at(at, 8); }
/* The same of the fewer than eight that are left, by loads of a known length; zero beyond them. */
static inline uint64_t few_bytes(const char *at, size_t n)
{
    if (n >= 4) return bytes_at(at, 4) | bytes_at(at + n - 4, 4) >> (8 - n) * 8 << 32;
    if (n == 0) return 0;
    size_t middle = n / 2, last = n - 1;
    return (uint64_t)(unsigned char)at[0] | (uint64_t)(unsigned char)at[middle] << middle * 8 | (uint64_t)(unsigned char)at[last] << last * 8;
}
static inline uint64_t str_eight(stance_str s, size_t at)
{
    return s.len - at >= 8 ? eight_bytes(s.ptr + at) : few_bytes(s.ptr + at, s.len - at);
}
/* A bit in each of eight bytes that is an ASCII letter. */
static inline uint64_t bytes_that_are_letters(uint64_t eight)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t low = (eight | ones * 0x20) & ones * 0x7F;
    return (low + ones * (0x80 - 'a')) & ~(low + ones * (0x7F - 'z')) & ~eight & ones << 7;
}
/* Place, 0 to 7, of the first byte with a bit in it. */
static inline size_t first_byte(uint64_t bits)
{
    return (size_t)__builtin_ctzll(bits) / 8;
}
/* A bit in each of eight bytes that is c; above the first such byte, in memory's order on most machines, perhaps in others. 0: none is. */
static inline uint64_t bytes_that_are(uint64_t eight, char c)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t x = eight ^ ones * (unsigned char)c;
    return (x - ones) & ~x & ones << 7;
}
bool str_equal_nocase(stance_str a, stance_str b); /* ASCII case only */
int str_compare(stance_str a, stance_str b);       /* bytewise, shorter first */
static inline bool str_starts(stance_str s, stance_str prefix)
{
    return s.len >= prefix.len && str_equal(str_slice(s, 0, prefix.len), prefix);
}
static inline bool str_ends(stance_str s, stance_str suffix)
{
    return s.len >= suffix.len && str_equal(str_slice(s, s.len - suffix.len, s.len), suffix);
}
stance_str str_trim(stance_str s);                 /* ASCII blanks off both ends */
/* Byte offset of the first occurrence, or STANCE_NONE. */
size_t str_find(stance_str s, stance_str needle);
/* Cuts off and returns what stands before the first `separator`; *rest keeps what follows (ptr NULL when nothing does). */
stance_str str_split(stance_str *rest, char separator);
/* Strict: the whole of s must be a number in the range. */
bool str_to_size(stance_str s, size_t *out);
bool str_to_double(stance_str s, double *out);
uint64_t str_hash(stance_str s, uint64_t seed);   /* XXH3 */
uint64_t str_hash64(stance_str s, uint64_t seed); /* XXH64: part of what we promise of files and shards */

/* Growing buffer. All zero is empty. After the first failed allocation `failed` stays true and appends do nothing,
 * so that callers check once at the end. ptr is NUL-ended when not NULL. */
struct strbuf {
    char *ptr;
    size_t len, cap;
    bool failed;
};
bool strbuf_reserve(struct strbuf *b, size_t more); /* room for `more` bytes and the NUL; false: failed */
static inline void strbuf_add(struct strbuf *b, stance_str s)
{
    if ((b->failed || b->cap - b->len <= s.len) && !strbuf_reserve(b, s.len)) return;
    if (s.len) memcpy(b->ptr + b->len, s.ptr, s.len);
    b->len += s.len;
    b->ptr[b->len] = '\0';
}
static inline void strbuf_char(struct strbuf *b, char c)
{
    if ((b->failed || b->cap - b->len <= 1) && !strbuf_reserve(b, 1)) return;
    b->ptr[b->len++] = c;
    b->ptr[b->len] = '\0';
}
void strbuf_count(struct strbuf *b, size_t n); /* in decimal digits */
/* The same at a place with room for 20 bytes; returns where it ends. */
char *strbuf_digits(char *to, size_t n);
/* 0 to 99, as two digits. */
static inline void strbuf_two_digits(char *to, unsigned n)
{
    to[0] = (char)('0' + n / 10), to[1] = (char)('0' + n % 10);
}
__attribute__((format(printf, 2, 3))) void strbuf_print(struct strbuf *b, const char *format, ...);
void strbuf_clear(struct strbuf *b); /* empties, keeps the memory, forgets the failure */
void strbuf_empty(struct strbuf *b); /* the same, but a failure stays: for buffers used in turn and asked once at the end */
void strbuf_free(struct strbuf *b);
static inline stance_str strbuf_str(const struct strbuf *b) { return (stance_str){b->ptr ? b->ptr : "", b->len}; }

/* Doubles *array (elements of `size` bytes) until it holds `need`; false, and nothing changed, when memory is out. */
bool array_reserve(void **array, size_t *cap, size_t need, size_t size);
#endif
