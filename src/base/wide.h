/* SPDX-License-Identifier: MIT
 * wide: sixteen bytes at a time, where the processor can; __SSE2__ tells. What is written with it has another way beside it. */
#ifndef BASE_WIDE_H
#define BASE_WIDE_H
#ifdef __SSE2__
#include <emmintrin.h>
#endif
#endif
