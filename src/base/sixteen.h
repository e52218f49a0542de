/* SPDX-License-Identifier: MIT
 * sixteen: sixteen bytes looked at together. */
#ifndef BASE_SIXTEEN_H
#define BASE_SIXTEEN_H
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Operators work on each byte; a comparison gives -1 or 0 in its place. */
typedef uint8_t sixteen __attribute__((vector_size(16)));
typedef int8_t sixteen_signed __attribute__((vector_size(16)));

static inline sixteen sixteen_at(const char *at)
{
    sixteen v;
    memcpy(&v, at, sizeof v);
    return v;
}
static inline sixteen sixteen_of(unsigned char c)
{
    return (sixteen){c, c, c, c, c, c, c, c, c, c, c, c, c, c, c, c};
}
/* At `at`, of which only so many bytes may be read; those beyond are `fill`. */
static inline sixteen sixteen_near(const char *at, size_t left, unsigned char fill)
{
    if (left >= 16) return sixteen_at(at);
    sixteen v = sixteen_of(fill);
    memcpy(&v, at, left);
    return v;
}
/* One bit for each byte, the highest it has; that of the first byte is the lowest. */
static inline unsigned sixteen_bits(sixteen_signed v)
{
#if defined __SSE2__
    typedef char native __attribute__((vector_size(16)));
    return (unsigned)__builtin_ia32_pmovmskb128((native)v);
#else
    unsigned bits = 0;
    for (unsigned i = 0; i < 16; i++) bits |= (unsigned)(v[i] < 0) << i;
    return bits;
#endif
}
static inline unsigned sixteen_equal(sixteen v, unsigned char c) { return sixteen_bits((sixteen_signed)(v == sixteen_of(c))); }
/* The bytes that are at most c. */
static inline unsigned sixteen_up_to(sixteen v, unsigned char c) { return sixteen_bits((sixteen_signed)(v <= sixteen_of(c))); }
/* The ASCII letters. */
static inline sixteen sixteen_letters(sixteen v)
{
    return (sixteen)(((v | sixteen_of(0x20)) - sixteen_of('a')) < sixteen_of(26));
}
/* The first n < 16 of sixteen bytes, zero beyond. */
static inline sixteen sixteen_first(sixteen v, unsigned n)
{
    static const uint8_t kept[32] = {255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255};
    return v & sixteen_at((const char *)kept + 16 - n);
}
/* Its halves as numbers. */
static inline uint64_t sixteen_low(sixteen v)
{
    typedef uint64_t two __attribute__((vector_size(16)));
    return ((two)v)[0];
}
static inline uint64_t sixteen_high(sixteen v)
{
    typedef uint64_t two __attribute__((vector_size(16)));
    return ((two)v)[1];
}
/* The sum of all. */
static inline unsigned sixteen_sum(sixteen v)
{
    const uint64_t every_other = 0x00FF00FF00FF00FFu, low = sixteen_low(v), high = sixteen_high(v);
    uint64_t four = (low & every_other) + (low >> 8 & every_other) + (high & every_other) + (high >> 8 & every_other);
    return (unsigned)(four * 0x0001000100010001u >> 48);
}
#endif
