/* SPDX-License-Identifier: MIT
 * str: views and growing buffers.
 * Method: plain loops over bytes; XXH3 for hashes, XXH64 where a hash leaves the program. Limits: case is ASCII case, Unicode lives in text/unicode. */
#include "str.h"

#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

bool str_equal_nocase(stance_str a, stance_str b)
{
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i])) return false;
    return true;
}

int str_compare(stance_str a, stance_str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.ptr, b.ptr, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static bool blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

stance_str str_trim(stance_str s)
{
    while (s.len && blank(s.ptr[0])) s.ptr++, s.len--;
    while (s.len && blank(s.ptr[s.len - 1])) s.len--;
    return s;
}

size_t str_find(stance_str s, stance_str needle)
{
    if (needle.len == 0) return 0;
    for (size_t i = 0; i + needle.len <= s.len;) {
        const char *hit = memchr(s.ptr + i, needle.ptr[0], s.len - needle.len - i + 1);
        if (!hit) break;
        i = (size_t)(hit - s.ptr);
        if (memcmp(hit, needle.ptr, needle.len) == 0) return i;
        i++;
    }
    return STANCE_NONE;
}

stance_str str_split(stance_str *rest, char separator)
{
    stance_str head = *rest;
    const char *hit = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
    if (!hit) {
        *rest = (stance_str){NULL, 0};
        return head;
    }
    head.len = (size_t)(hit - head.ptr);
    *rest = (stance_str){hit + 1, rest->len - head.len - 1};
    return head;
}

bool str_to_size(stance_str s, size_t *out)
{
    size_t value = 0;
    if (s.len == 0) return false;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
        size_t digit = (size_t)(s.ptr[i] - '0');
        if (value > (SIZE_MAX - digit) / 10) return false;
        value = value * 10 + digit;
    }
    *out = value;
    return true;
}

/* What has a sign, a point and up to fifteen digits, as most numbers do: a quotient of two numbers that are exact is what strtod gives. */
static bool short_decimal(stance_str s, double *out)
{
    static const double ten_to[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    size_t i = s.len && (s.ptr[0] == '-' || s.ptr[0] == '+'), digits = 0, behind = 0;
    bool point = false;
    uint64_t number = 0;
    for (; i < s.len && digits < 16; i++) {
        if (s.ptr[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (s.ptr[i] < '0' || s.ptr[i] > '9') return false;
        number = number * 10 + (unsigned)(s.ptr[i] - '0');
        digits++;
        behind += point;
    }
    if (digits == 0 || digits > 15) return false;
    *out = (double)number / ten_to[behind];
    if (s.ptr[0] == '-') *out = -*out;
    return true;
}

bool str_to_double(stance_str s, double *out)
{
    char copy[64], *end;
    if (short_decimal(s, out)) return true;
    if (s.len == 0 || s.len >= sizeof copy || blank(s.ptr[0])) return false;
    memcpy(copy, s.ptr, s.len);
    copy[s.len] = '\0';
    errno = 0;
    double value = strtod(copy, &end);
    if (*end || end != copy + s.len || errno == ERANGE || !isfinite(value)) return false;
    *out = value;
    return true;
}

uint64_t str_hash(stance_str s, uint64_t seed)
{
    return XXH3_64bits_withSeed(s.len ? s.ptr : "", s.len, seed);
}

uint64_t str_hash64(stance_str s, uint64_t seed)
{
    return XXH64(s.len ? s.ptr : "", s.len, seed);
}

bool array_reserve(void **array, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap) return true;
    size_t grown = *cap ? *cap : 16;
    while (grown < need) {
        if (grown > SIZE_MAX / 2) return false;
        grown *= 2;
    }
    if (grown > SIZE_MAX / size) return false;
    void *moved = realloc(*array, grown * size);
    if (!moved) return false;
    *array = moved;
    *cap = grown;
    return true;
}

bool strbuf_reserve(struct strbuf *b, size_t more)
{
    void *ptr = b->ptr;
    if (b->failed || more > SIZE_MAX - b->len - 1 || !array_reserve(&ptr, &b->cap, b->len + more + 1, 1)) {
        b->failed = true;
        return false;
    }
    b->ptr = ptr;
    return true;
}

void strbuf_print(struct strbuf *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (n < 0) b->failed = true;
    if (n >= 0 && strbuf_reserve(b, (size_t)n)) {
        vsnprintf(b->ptr + b->len, (size_t)n + 1, format, again);
        b->len += (size_t)n;
    }
    va_end(again);
}

void strbuf_count(struct strbuf *b, size_t n)
{
    enum { ROOM = 24 };
    if ((b->failed || b->cap - b->len <= ROOM) && !strbuf_reserve(b, ROOM)) return;
    char *end = strbuf_digits(b->ptr + b->len, n);
    b->len = (size_t)(end - b->ptr);
    *end = '\0';
}

char *strbuf_digits(char *to, size_t n)
{
    size_t len = 1;
    for (size_t limit = 10; n >= limit; limit *= 10)
        if (++len == 20) break; /* limit would not fit */
    char *at = to + len;
    for (; n >= 100; n /= 100) strbuf_two_digits(at -= 2, (unsigned)(n % 100));
    if (n >= 10) strbuf_two_digits(at - 2, (unsigned)n);
    else at[-1] = (char)('0' + n);
    return to + len;
}

void strbuf_clear(struct strbuf *b)
{
    b->len = 0;
    b->failed = false;
}

void strbuf_empty(struct strbuf *b)
{
    b->len = 0;
}

void strbuf_free(struct strbuf *b)
{
    free(b->ptr);
    *b = (struct strbuf){0};
}
