/* SPDX-License-Identifier: MIT
 * roles: what stands around a name and says who that is.
 * Method: noun phrases between commas behind or before a name, behind "is" and "was", parties in brackets; words of one role are rows of data/roles.tsv.
 * Limits: the last noun of the phrase decides; of two people of one role the one named last is meant. */
#include "roles.h"

#include <string.h>
#define TABLE_ROLES
#include "tables.h"

#include "../base/str.h"

enum { ROLES = sizeof((struct entity *)0)->roles / sizeof(uint32_t), REACH = 14, MENTIONS = 400, WORDS = 32 };

static bool word(const struct article *a, size_t i)
{
    return i < a->tokens.n && a->look[i].kind == TOKEN_WORD;
}

static bool role_word(const struct article *a, size_t i)
{
    return article_is(a, i, WORD_PERSON) && !(a->flags[i] & WORD_PLURAL) && word(a, i);
}

static void add_role(struct entity *e, size_t token)
{
    for (size_t k = 0; k < e->roles_n; k++)
        if (e->roles[k] == token) return;
    if (e->roles_n < ROLES) e->roles[e->roles_n++] = (uint32_t)token;
}

static bool could_be_person(const struct entity *e)
{
    return e->kind == STANCE_PERSON || (e->kind == STANCE_UNKNOWN && !e->topic && !e->place);
}

/* "D-Vt.", "R-Texas" */
static bool party(const struct article *a, size_t i)
{
    if (!word(a, i)) return false;
    stance_str f = article_fold(a, i);
    return f.len > 2 && f.ptr[1] == '-' && (f.ptr[0] == 'd' || f.ptr[0] == 'r');
}

static size_t age_at(const struct article *a, size_t i)
{
    size_t age = 0;
    if (i >= a->tokens.n || a->look[i].kind != TOKEN_NUMBER) return 0;
    stance_str text = token_text(&a->tokens, i);
    size_t digits = 0;
    while (digits < text.len && text.ptr[digits] >= '0' && text.ptr[digits] <= '9') digits++;
    bool plain = digits == text.len || article_ends(a, i, ENDS_AGE);
    return plain && str_to_size(str_slice(text, 0, digits), &age) && age > 3 && age < 120 ? age : 0;
}

static bool ends_description(const struct article *a, size_t i)
{
    if (i >= a->tokens.n || a->look[i].kind == TOKEN_BREAK || article_quoted(a, i)) return true;
    if (a->look[i].kind == TOKEN_PUNCT) return !article_mark(a, i, "-");
    uint32_t f = a->flags[i];
    if (a->mention_at[i] != NO_ENTITY || (f & (WORD_HOLDER | WORD_TITLE))) return false;
    return (f & (WORD_PREP | WORD_CONJ | WORD_REL | WORD_WH | WORD_FINITE | WORD_SUBORD | WORD_SUBJECT)) != 0;
}

/* The role at the end of the noun phrase that begins at `from`, NO_TOKEN when it has none or is a subject of its own. */
static size_t described_role(const struct article *a, size_t from)
{
    size_t i = from;
    while (i < from + REACH && !ends_description(a, i)) i++;
    if (i == from || i == from + REACH || !role_word(a, i - 1)) return NO_TOKEN;
    uint32_t f = i < a->tokens.n ? a->flags[i] : 0;
    bool verb = word(a, i) && (f & WORD_FINITE) && !(f & (WORD_PREP | WORD_CONJ));
    return verb ? NO_TOKEN : i - 1;
}

static bool names_person(const struct article *a, size_t i)
{
    return i < a->tokens.n && a->mention_at[i] != NO_ENTITY && a->entities[a->mentions[a->mention_at[i]].entity].kind == STANCE_PERSON &&
           !(a->mentions[a->mention_at[i]].end < a->tokens.n && a->look[a->mentions[a->mention_at[i]].end].kind == TOKEN_CLITIC);
}

/* ", 38, the mayor of Leeds", " (R-Texas)", " is the mayor of Leeds" behind a name. */
static void learn_behind(const struct article *a, const struct mention *m, struct entity *e)
{
    size_t i = m->end;
    bool copula = article_word(a, i, "is") || article_word(a, i, "was") || article_word(a, i, "became");
    if (!copula && !article_mark(a, i, ",(\xE2\x80\x94") && !(i < a->tokens.n && a->look[i].kind == TOKEN_OPEN)) return;
    i++;
    size_t age = age_at(a, i);
    if (age && article_mark(a, i + 1, ",.)")) {
        e->age = (uint32_t)age;
        i += 2;
    }
    if (party(a, i)) {
        add_role(e, i);
        return;
    }
    if (names_person(a, i)) return;
    size_t role = described_role(a, i);
    if (role == NO_TOKEN) return;
    add_role(e, role);
    if (article_word(a, role + 1, "and") && described_role(a, role + 2) != NO_TOKEN) add_role(e, described_role(a, role + 2));
    if (e->kind == STANCE_UNKNOWN && !e->topic && !e->place) e->kind = STANCE_PERSON;
}

/* "The club's coach, | Ann Reed, said": the comma before the name and the one behind it. */
static void learn_before(const struct article *a, const struct mention *m, struct entity *e)
{
    if (m->outer < 2 || !article_mark(a, m->outer - 1u, ",")) return;
    bool closed = article_mark(a, m->end, ",.") || (m->end < a->tokens.n && a->look[m->end].kind == TOKEN_BREAK);
    size_t role = m->outer - 2u;
    if (closed && role_word(a, role) && a->mention_at[role] == NO_ENTITY && !article_quoted(a, role)) add_role(e, role);
}

void roles_learn(struct article *a)
{
    for (size_t k = 0; k < a->mentions_n; k++) {
        const struct mention *m = &a->mentions[k];
        struct entity *e = &a->entities[m->entity];
        if (article_quoted(a, m->first) || !could_be_person(e)) continue;
        learn_behind(a, m, e);
        learn_before(a, m, e);
    }
}

/* ---- whom a description means ---- */

static bool same_role(stance_str said, stance_str word)
{
    if (str_equal(said, word)) return true;
    if (said.len > 2 && said.ptr[1] == '-')
        return (said.ptr[0] == 'd' && str_equal(word, STR("democrat"))) || (said.ptr[0] == 'r' && str_equal(word, STR("republican"))) ||
               str_equal(word, STR("lawmaker"));
    for (const struct table_row *r = table_roles; r->column[0]; r++)
        if (said.len && r->column[0][0] == said.ptr[0] && str_equal(said, str_of(r->column[0])) && str_equal(word, str_of(r->column[1]))) return true;
    return false;
}

bool roles_fit(const struct article *a, const struct entity *e, stance_str word)
{
    for (size_t k = 0; k < e->roles_n; k++)
        if (same_role(article_fold(a, e->roles[k]), word)) return true;
    return false;
}

/* roles_fit for a word that many are asked about: the words for its role are looked up once. */
struct role_words {
    stance_str word, others[WORDS];
    size_t n; /* of others; more than WORDS: too many, so that the table has to be asked */
};

static struct role_words words_for(stance_str word)
{
    struct role_words w = {.word = word};
    for (const struct table_row *r = table_roles; r->column[0]; r++) {
        if (!word.len || r->column[1][0] != word.ptr[0] || !str_equal(str_of(r->column[1]), word)) continue;
        if (w.n++ < WORDS) w.others[w.n - 1] = str_of(r->column[0]);
    }
    return w;
}

static bool role_among(const struct article *a, const struct entity *e, const struct role_words *w)
{
    if (w->n > WORDS) return roles_fit(a, e, w->word);
    for (size_t k = 0; k < e->roles_n; k++) {
        stance_str said = article_fold(a, e->roles[k]);
        if (str_equal(said, w->word)) return true;
        if (said.len > 2 && said.ptr[1] == '-') {
            if (same_role(said, w->word)) return true;
            continue;
        }
        for (size_t i = 0; i < w->n; i++)
            if (str_equal(said, w->others[i])) return true;
    }
    return false;
}

bool roles_any(stance_str word)
{
    return same_role(word, STR("any"));
}

size_t roles_mention_behind(const struct article *a, size_t at)
{
    size_t lo = 0, hi = a->mentions_n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (a->mentions[mid].first < at) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

static bool fits(const struct article *a, const struct entity *e, const struct role_words *head, uint32_t age)
{
    return e->kind != STANCE_ORGANISATION && (age ? e->age == age : role_among(a, e, head));
}

static bool noted(const struct entity *e, stance_str word)
{
    if (e->kind != STANCE_PERSON) return false;
    for (stance_str rest = e->note; rest.ptr;)
        if (str_equal_nocase(str_split(&rest, ' '), word)) return true;
    return false;
}

/* "the president" where the article never gives the office: of those whom the table knows to hold it the one who is named most. */
static uint32_t known_holder(const struct article *a, struct phrase p)
{
    uint32_t best = NO_ENTITY;
    stance_str word = article_fold(a, p.head);
    if (!(a->flags[p.head] & WORD_TITLE) || p.end - p.first > 2) return NO_ENTITY;
    for (size_t e = 0; e < a->entities_n && e < MENTIONS; e++)
        if (noted(&a->entities[e], word) && (best == NO_ENTITY || a->entities[e].mentions > a->entities[best].mentions)) best = (uint32_t)e;
    return best;
}

uint32_t roles_named_since(const struct article *a, struct phrase p, size_t from)
{
    struct role_words head = words_for(article_fold(a, p.head));
    for (size_t m = roles_mention_behind(a, p.first), steps = 0; m-- > 0 && a->mentions[m].first > from && steps < MENTIONS; steps++)
        if (fits(a, &a->entities[a->mentions[m].entity], &head, 0)) return a->mentions[m].entity;
    return NO_ENTITY;
}

/* "the president of Mexico": a land or town behind "of", which another one's president cannot be of. */
static uint32_t realm(const struct article *a, struct phrase p)
{
    uint32_t m = article_word(a, p.head + 1u, "of") && p.head + 2u < p.end ? a->mention_at[p.end - 1u] : NO_ENTITY;
    return m != NO_ENTITY && a->entities[a->mentions[m].entity].place ? a->mentions[m].entity : NO_ENTITY;
}

/* Is the role at token i said of this place: "of Mexico", "Mexico's"? */
static bool role_of(const struct article *a, size_t i, uint32_t place)
{
    uint32_t behind = article_word(a, i + 1, "of") ? article_mention(a, i + 2) : NO_ENTITY;
    if (behind != NO_ENTITY) return a->mentions[behind].entity == place;
    for (size_t k = i; k-- > 0 && k + 4 > i;)
        if (a->mention_at[k] != NO_ENTITY) return a->mentions[a->mention_at[k]].entity == place;
    return false;
}

static bool holds_in(const struct article *a, const struct entity *e, uint32_t place)
{
    for (size_t k = 0; place != NO_ENTITY && k < e->roles_n; k++)
        if (role_of(a, e->roles[k], place)) return true;
    return place == NO_ENTITY;
}

/* What a description says of whom it means, and who is known not to be meant: an article names the same ones again and again. */
struct wanted {
    struct role_words head;
    uint32_t age, place;
    uint64_t not_meant[16]; /* a bit for each entity, as far as they reach */
};

static bool is_wanted(const struct article *a, struct wanted *w, uint32_t entity)
{
    size_t word = entity / 64;
    uint64_t bit = UINT64_C(1) << entity % 64;
    bool told = word < sizeof w->not_meant / sizeof *w->not_meant;
    if (told && (w->not_meant[word] & bit)) return false;
    bool is = fits(a, &a->entities[entity], &w->head, w->age) && holds_in(a, &a->entities[entity], w->place);
    if (told && !is) w->not_meant[word] |= bit;
    return is;
}

uint32_t roles_holder(const struct article *a, struct phrase p)
{
    uint32_t place = realm(a, p);
    uint32_t age = 0;
    for (size_t i = p.first; i < p.end && !age; i++)
        if (article_ends(a, i, ENDS_AGE)) age = (uint32_t)age_at(a, i);
    stance_str head = article_fold(a, p.head);
    struct wanted wanted = {.head = words_for(head), .age = age, .place = place};
    size_t here = roles_mention_behind(a, p.first);
    for (size_t m = here, steps = 0; m-- > 0 && steps < MENTIONS; steps++)
        if (is_wanted(a, &wanted, a->mentions[m].entity)) return a->mentions[m].entity;
    if (!age && roles_any(head)) return NO_ENTITY; /* too many could be introduced as one later */
    for (size_t m = here, steps = 0; m < a->mentions_n && steps < MENTIONS; m++, steps++)
        if (is_wanted(a, &wanted, a->mentions[m].entity)) return a->mentions[m].entity;
    return place == NO_ENTITY ? known_holder(a, p) : NO_ENTITY;
}

uint32_t roles_only_holder(const struct article *a, struct phrase p)
{
    uint32_t only = NO_ENTITY;
    struct role_words head = words_for(article_fold(a, p.head));
    if (roles_any(head.word) || (a->flags[p.head] & WORD_RELATION)) return NO_ENTITY;
    for (size_t e = 0; e < a->entities_n && e < MENTIONS; e++) {
        if (!fits(a, &a->entities[e], &head, 0)) continue;
        if (only != NO_ENTITY) return NO_ENTITY;
        only = (uint32_t)e;
    }
    return only;
}

uint32_t roles_apposed(const struct article *a, struct phrase p)
{
    size_t i = p.first;
    bool closed = article_mark(a, p.end, ",") || article_word(a, p.end, "who") || article_word(a, p.end - 1u, "who"); /* not "With Reed, the mayor | said" */
    if (i < 2 || !article_mark(a, i - 1, ",") || !closed) return NO_ENTITY;
    i -= 2;
    if (age_at(a, i) && i > 1 && article_mark(a, i - 1, ",")) i -= 2;
    if (a->mention_at[i] == NO_ENTITY || article_quoted(a, i) || a->sentence_of[i] != a->sentence_of[p.first]) return NO_ENTITY;
    uint32_t e = a->mentions[a->mention_at[i]].entity;
    return could_be_person(&a->entities[e]) && !(a->flags[p.head] & (WORD_PLURAL | WORD_GROUP)) ? e : NO_ENTITY;
}

/* "said the minister, Ann Reed.": a comma, the sentence's end or the line's. */
static bool set_off_behind(const struct article *a, size_t i)
{
    return i >= a->tokens.n || article_mark(a, i, ",.;") || a->look[i].kind == TOKEN_BREAK;
}

uint32_t roles_named_behind(const struct article *a, struct phrase p)
{
    uint32_t m = article_mark(a, p.end, ",") ? article_mention(a, p.end + 1u) : NO_ENTITY;
    if (m == NO_ENTITY || !role_word(a, p.head) || a->mentions[m].outer != p.end + 1u || !set_off_behind(a, a->mentions[m].end)) return NO_ENTITY;
    return could_be_person(&a->entities[a->mentions[m].entity]) ? a->mentions[m].entity : NO_ENTITY;
}
