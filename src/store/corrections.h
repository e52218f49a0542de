/* SPDX-License-Identifier: MIT
 * corrections: what people said of views, kept apart from the views. */
#ifndef STORE_CORRECTIONS_H
#define STORE_CORRECTIONS_H
#include "store.h"

/* Finds the views of a document that has just been put for the corrections of it. */
bool corrections_place(stance_store *s, stance_str article, int64_t document, const stance_result *views, stance_error *err);
#endif
