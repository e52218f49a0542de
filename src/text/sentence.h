/* SPDX-License-Identifier: MIT
 * sentence: where sentences end. */
#ifndef TEXT_SENTENCE_H
#define TEXT_SENTENCE_H
#include "../base/vocab.h"
#include "token.h"

struct sentence {
    uint32_t first, end;    /* tokens, half open; the paragraph's TOKEN_BREAK belongs to none */
    uint32_t paragraph;     /* counts the breaks before it */
};

struct sentences {
    struct sentence *items; /* [n] */
    size_t n;
};

struct abbreviations {
    struct vocab words;     /* as written, without the last dot */
    char *kinds;            /* [cap] by id: first letter of the kind in data/abbreviations.tsv */
    size_t cap;
};

bool abbreviations_load(struct abbreviations *a, stance_error *err); /* fills an all-zero struct */
void abbreviations_free(struct abbreviations *a);

/* Splits at . ! ? … and paragraph ends; closing quotation marks and brackets stay with their sentence, and none ends where the text goes
 * on in lower case ("Why?" he asked). A sentence has 501 tokens at most. notes: of the tokens, or NULL. Memory is the arena's. */
bool sentence_split(const struct tokens *tokens, const struct token_notes *notes, const struct abbreviations *known, struct arena *arena,
                    struct sentences *out, stance_error *err);
#endif
