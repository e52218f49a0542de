/* SPDX-License-Identifier: MIT
 * issuers: who stands behind a document that "says" something. */
#ifndef VIEWS_ISSUERS_H
#define VIEWS_ISSUERS_H
#include "phrases.h"

/* The entity whose document the phrase is: "Gallup's poll", "a report by the bank", "the lawsuit" that somebody filed earlier; NO_ENTITY when the article
 * does not say. speaker_of: [sentences] who speaks there, as far as it is known. */
uint32_t issuers_of(const struct article *a, struct phrase p, const uint32_t *speaker_of);
#endif
