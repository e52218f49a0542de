/* SPDX-License-Identifier: MIT
 * roles: what the article says its people are, and whom "the lawmaker" or "the 38-year-old" means by it. */
#ifndef VIEWS_ROLES_H
#define VIEWS_ROLES_H
#include "phrases.h"

/* Adds to the entities the roles, parties and ages that stand around their names: "Mary Cole, 38, the mayor of Leeds", "the club's coach, Ann Reed". */
void roles_learn(struct article *a);
/* Does what is said of the entity fit this role word (folded)? */
bool roles_fit(const struct article *a, const struct entity *e, stance_str word);
/* The person whom the phrase describes by role or age: the one named last before it, else the first one named behind it; NO_ENTITY. */
/* Whoever of the description's role is named between token `from` and the description; NO_ENTITY when nobody is. */
uint32_t roles_named_since(const struct article *a, struct phrase p, size_t from);
uint32_t roles_holder(const struct article *a, struct phrase p);
/* The person of that role when the article has only one; NO_ENTITY. */
uint32_t roles_only_holder(const struct article *a, struct phrase p);
/* Index of the first mention that begins at or behind token `at`. */
size_t roles_mention_behind(const struct article *a, size_t at);
/* The name to which the phrase is an apposition: "Ann Reed, the mayor of Leeds, who | said"; NO_ENTITY. */
uint32_t roles_apposed(const struct article *a, struct phrase p);
/* The name that is an apposition to the phrase: "a spokesman for the bank, Ann Reed, | said"; NO_ENTITY. */
uint32_t roles_named_behind(const struct article *a, struct phrase p);
/* May the word (folded) stand for any person in charge: "the agency's head"? */
bool roles_any(stance_str word);
#endif
