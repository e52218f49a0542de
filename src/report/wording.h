/* SPDX-License-Identifier: MIT
 * wording: how one telling of a claim differs from another. */
#ifndef REPORT_WORDING_H
#define REPORT_WORDING_H
#include "../base/str.h"

/* Calls put for every piece of text in order; fresh: words that base does not have, in any of their forms. base NULL: nothing is fresh.
 * False when memory is out. */
bool wording_compare(stance_str base, stance_str text, void (*put)(void *ctx, stance_str piece, bool fresh), void *ctx);
#endif
