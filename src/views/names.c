/* SPDX-License-Identifier: MIT
 * names: finds the names of an article and groups them into entities.
 * Method: runs of capitalised words, cut at titles ("Y Combinator CEO Garry Tan"); a sentence's first word counts only when it is capitalised
 * elsewhere too, or known. Full names make entities, surnames and short forms join the latest one that fits; shared surnames go to whom the article
 * speaks of, not to relatives it introduces. Limits: English capitalisation; one entity per surname and place. */
#include <string.h>
#define TABLE_TARGETS
#include "tables.h"

#include "../base/error.h"
#include "../base/str.h"
#include "namebook.h"
#include "roles.h"

struct finder {
    struct article *a;
    struct namebook *book;
    uint32_t *first_words, *initials; /* [keys_cap] name_keys of the entities */
    size_t keys_cap;
    bool failed;
};

/* The gazetteer's row of a name, which is folded then. */
static const struct gazetteer_row *look_up(const struct finder *f, stance_str name, struct folded_name *folded)
{
    const struct gazetteer *g = &f->a->language->gazetteer;
    if (!namebook_fold(&f->book->scratch, name, folded)) return f->book->failed = true, NULL;
    bool maybe = g->maybe[folded->hash >> 54] >> (folded->hash >> 48 & 63) & 1;
    return maybe ? gazetteer_find_folded(g, name, folded->text) : NULL;
}

/* The same of tokens [first, end). */
static const struct gazetteer_row *row_of(const struct finder *f, size_t first, size_t end)
{
    struct folded_name folded;
    return look_up(f, article_text(f->a, first, end), &folded);
}

static bool capital(const struct article *a, size_t i)
{
    return i < a->tokens.n && a->look[i].kind == TOKEN_WORD && (a->look[i].flags & TOKEN_CAPITAL);
}

static bool initial_place(const struct article *a, size_t i)
{
    return (a->look[i].flags & LOOK_INITIAL) != 0;
}

static bool particle(const struct article *a, size_t i)
{
    return article_in(a, i, LIST_PARTICLE);
}

static const uint32_t NOT_A_NAME = WORD_CLOSED | WORD_ADV | WORD_BASE | WORD_THIRD | WORD_PAST | WORD_ING | WORD_DATE;


static size_t known_to(const struct finder *f, size_t first, size_t i)
{
    const struct article *a = f->a;
    if (!capital(a, i + 1) || i - first > 4) return 0;
    size_t end = i + 2;
    while (end < i + 5 && capital(a, end)) end++;
    for (; end > i + 1; end--)
        if (row_of(f, first, end)) return end;
    return 0;
}

/* "Immigration and Customs Enforcement": a name of the gazetteer with "and" inside. Returns its end, or 0. */
static inline size_t known_with_and(const struct finder *f, size_t first, size_t i)
{
    const struct article *a = f->a;
    return article_word(a, i, "and") ? known_to(f, first, i) : 0;
}

/* Can a name begin at the capitalised word i? */
static bool begins_name(const struct finder *f, size_t i)
{
    const struct article *a = f->a;
    uint32_t flags = a->flags[i];
    bool next = capital(a, i + 1) && !initial_place(a, i + 1);
    if (article_word(a, i, "i") || article_token(a, i)->end - article_token(a, i)->start == 0) return false;
    if (flags & WORD_DEMONYM) return next;
    if (flags & WORD_DATE) return next && (flags & WORD_FIRST_NAME) && !(a->flags[i + 1] & WORD_DATE);
    if (!initial_place(a, i))
        return !(flags & (WORD_CLOSED & ~(uint32_t)(WORD_MODAL | WORD_BASE))) || (next && (flags & WORD_FIRST_NAME)) ||
               (a->look[i].flags & TOKEN_UPPER);
    if (known_with_and(f, i, i + 1)) return true;
    bool acronym = (a->look[i].flags & TOKEN_UPPER) && next && !(a->look[i + 1].flags & TOKEN_UPPER);
    if (flags & (WORD_CLOSED | WORD_ADV)) return next && ((flags & WORD_FIRST_NAME) || acronym); /* "US Senator" */
    if (next || (flags & (WORD_TITLE | WORD_HONORIFIC))) return true;
    if (article_form(a, i)->inner == a->forms->article) return true;
    if (row_of(f, i, i + 1)) return !(flags & NOT_A_NAME);
    bool only_name = (flags & WORD_FIRST_NAME) && !(flags & ~(uint32_t)(WORD_FIRST_NAME | WORD_MALE | WORD_FEMALE)); /* "Mary said" */
    if (only_name || ((flags & WORD_FIRST_NAME) && particle(a, i + 1))) return true;
    bool initial = article_token(a, i)->end - article_token(a, i)->start == 1 && article_mark(a, i + 1, ".") && capital(a, i + 2);
    if (initial) return true;
    stance_str folded = article_fold(a, i);
    if (!next && article_ends(a, i, ENDS_ADJECTIVE)) return false; /* "Initial reports" */
    if (folded.len > 4 && str_ends(folded, STR("s")) && flags == 0 && !(i + 1 < a->tokens.n && a->look[i + 1].kind == TOKEN_CLITIC))
        return false;                                                                         /* "Prices rose" */
    if (article_form(a, i)->cue) return false; /* "Sounds like …" */
    return flags == 0 && article_form(a, i)->lower != a->forms->article;
}

/* "Steve King | of Iowa": a surname that is a title as well. */
static bool surname_like_title(const struct finder *f, size_t first, size_t i)
{
    const struct article *a = f->a;
    bool given = i > first && (a->flags[i] & WORD_TITLE) && (a->flags[i - 1] & WORD_FIRST_NAME) && !(a->flags[i - 1] & WORD_TITLE);
    return given && !row_of(f, i - 1, i); /* not "Jordan King of" */
}

/* "Bank of America": of joins when what stands before it is an institution's word. */
static bool of_joins(const struct finder *f, size_t first, size_t i)
{
    const struct article *a = f->a;
    if (!article_word(a, i, "of") || i == first || surname_like_title(f, first, i - 1)) return false;
    bool joined = article_word(a, i + 1, "the") ? capital(a, i + 2) : capital(a, i + 1);
    return joined && article_in(a, i - 1, LIST_JOINED_BY_OF);
}

/* "Center for American Progress", "Council on Foreign Relations": an institution's word before, a name's word behind. */
static inline bool purpose_joins(const struct article *a, size_t i)
{
    if (i == 0 || !(article_word(a, i, "for") || article_word(a, i, "on") || article_word(a, i, "to"))) return false;
    if (!capital(a, i + 1) || (a->flags[i + 1] & (WORD_DATE | WORD_FIRST_NAME))) return false;
    return article_in(a, i - 1, LIST_JOINED_BY_FOR);
}

/* "Department of Health | and Human Services": "and" inside a name that "of" or "for" has joined already. */
static bool and_joins(const struct article *a, size_t first, size_t i)
{
    if (!article_word(a, i, "and") || !capital(a, i + 1) || (a->flags[i + 1] & (WORD_FIRST_NAME | WORD_TITLE))) return false;
    for (size_t k = first; k + 1 < i; k++)
        if (article_in(a, k, LIST_JOINED_BY_AND) && (article_word(a, k + 1, "of") || article_word(a, k + 1, "for") || article_word(a, k + 1, "on"))) return true;
    return false;
}

static bool spaced(const struct article *a, size_t i)
{
    return (a->look[i].flags & TOKEN_SPACED) != 0;
}


/* "People's Bank of China": the owner is part of the name. */
static bool owner_in_name(const struct article *a, size_t i)
{
    if (a->look[i].kind != TOKEN_CLITIC || !capital(a, i + 1) || !capital(a, i - 1)) return false;
    return article_in(a, i - 1, LIST_OWNER_IN_NAME);
}

/* "USA Today": inside a name a capital makes it one of its words. */
static bool day_in_name(const struct article *a, size_t i)
{
    return article_word(a, i, "today") && (a->look[i - 1].flags & TOKEN_UPPER);
}

/* May a name go on with this token? Most that stand behind one are words that no rule below asks for. */
static inline bool may_join(const struct look *look)
{
    bool capitalised = look->kind == TOKEN_WORD && (look->flags & TOKEN_CAPITAL);
    return capitalised || look->word != CLOSED_NONE || (look->mark & (MARK_STOP | MARK_AND)) || look->kind == TOKEN_CLITIC;
}

/* Token behind the run of name words that begins at `first`. */
static size_t run_end(const struct finder *f, size_t first)
{
    const struct article *a = f->a;
    size_t i = first + 1, end = a->sentences.items[a->sentence_of[first]].end;
    while (i < end && may_join(&a->look[i])) {
        size_t step = 0;
        bool initial =
            article_mark(a, i, ".") && !spaced(a, i) && capital(a, i - 1) && capital(a, i + 1) &&
            (article_token(a, i - 1)->end - article_token(a, i - 1)->start == 1 || (a->flags[i - 1] & (WORD_HONORIFIC | WORD_ABBREVIATION)));
        bool company = article_mark(a, i, ".") && !spaced(a, i) && i + 1 < end && article_in(a, i - 1, LIST_COMPANY_ABBREVIATION);
        if (initial || company || (capital(a, i) && day_in_name(a, i)))
            step = 1;
        else if (owner_in_name(a, i))
            step = 2;
        else if (capital(a, i) && spaced(a, i) && !((a->flags[i] & WORD_DATE) && !(a->flags[i] & WORD_FIRST_NAME)) &&
                 (!(a->flags[i] & WORD_PRON) || (a->look[i].flags & TOKEN_UPPER)))
            step = 1;
        else if (particle(a, i) && (capital(a, i + 1) || (particle(a, i + 1) && capital(a, i + 2))))
            step = 1;
        else if (article_word(a, i, "&") || article_mark(a, i, "&"))
            step = capital(a, i + 1) ? 2 : 0;
        else if (of_joins(f, first, i))
            step = capital(a, i + 1) ? 2 : 3;
        else if (purpose_joins(a, i) || and_joins(a, first, i))
            step = 2;
        else if (known_with_and(f, first, i))
            step = known_with_and(f, first, i) - i;
        if (!step) break;
        i += step;
    }
    return i;
}

static bool is_topic(stance_str name)
{
    for (const struct table_row *row = table_targets; row->column[0]; row++)
        if (str_equal_nocase(name, str_of(row->column[0]))) return true;
    return false;
}

/* "Chinese AI", "British President": the adjective is no part of the name. */
static size_t skip_demonyms(const struct article *a, size_t first, size_t end)
{
    size_t i = first;
    while (i < end && (a->flags[i] & WORD_DEMONYM)) i++;
    if (i == first) return first;
    bool plain = i == end || is_topic(article_text(a, i, end)) || (a->flags[i] & (WORD_TITLE | WORD_HONORIFIC));
    return plain ? i : first;
}

static bool is_title(const struct article *a, size_t i)
{
    return (a->flags[i] & (WORD_TITLE | WORD_HONORIFIC)) && !(a->flags[i] & WORD_FIRST_NAME);
}

static struct mention *add_mention(struct finder *f, size_t first, size_t end)
{
    struct article *a = f->a;
    if (first >= end) return NULL;
    if (a->mentions_n == a->mentions_cap) {
        size_t cap = a->mentions_cap ? a->mentions_cap * 2 : 64;
        struct mention *grown = arena_grow(a->arena, a->mentions, a->mentions_n, cap, sizeof *grown);
        if (!grown) return f->failed = true, NULL;
        a->mentions = grown;
        a->mentions_cap = cap;
    }
    for (size_t i = first; i < end; i++) a->mention_at[i] = (uint32_t)a->mentions_n;
    a->mentions[a->mentions_n] = (struct mention){(uint32_t)first, (uint32_t)end, (uint32_t)first, NO_ENTITY};
    return &a->mentions[a->mentions_n++];
}

/* Roles in lower case before a name belong to it: "venture capitalist Nic Carter", "former". */
static size_t extend_left(const struct article *a, size_t first)
{
    size_t at = first, floor = a->sentences.items[a->sentence_of[first]].first;
    while (at > floor && a->look[at - 1].kind == TOKEN_WORD && !(a->flags[at - 1] & (WORD_CLOSED | WORD_FINITE | WORD_ADV)) &&
           a->mention_at[at - 1] == NO_ENTITY && first - at < 5) {
        bool role = a->flags[at - 1] & (WORD_TITLE | WORD_PERSON | WORD_HONORIFIC);
        if (at == first && !role) break;
        at--;
    }
    return at;
}

static bool organisation_word(const struct article *a, size_t i)
{
    return (a->look[i].ends & ORGANISATION) != 0;
}

/* "Tax Administration | J. Russell George": where the person begins behind an institution's last word; `end` when nobody follows. */
static size_t person_behind_organisation(const struct article *a, size_t first, size_t end)
{
    if (organisation_word(a, end - 1)) return end;
    for (size_t i = first; i + 2 < end; i++) {
        if (!organisation_word(a, i) || !capital(a, i + 1)) continue;
        bool initial = article_token(a, i + 1)->end - article_token(a, i + 1)->start == 1 && article_mark(a, i + 2, ".");
        bool given = (a->flags[i + 1] & WORD_FIRST_NAME) && !(a->flags[i + 1] & (WORD_TITLE | WORD_ORG)) && capital(a, i + 2) && i > first;
        if (initial || given) return i + 1;
    }
    return end;
}

/* "Secretary of Transport | Nora Vale": where the person begins behind an office that "of" completes; `end` when nobody follows. */
static size_t person_behind_office(const struct article *a, size_t of, size_t end)
{
    for (size_t i = of + 2; i + 1 < end; i++)
        if ((a->flags[i] & WORD_FIRST_NAME) && !(a->flags[i] & (WORD_TITLE | WORD_ORG)) && capital(a, i) && capital(a, i - 1)) return i;
    bool personal = end > of + 4 && capital(a, end - 3); /* Secretary of Inland Security | Jeb Oyelaran */
    for (size_t i = end - 2; personal && i < end; i++)
        personal = capital(a, i) && !organisation_word(a, i) && !article_ends(a, i, ENDS_ADJECTIVE | ENDS_S) && article_form(a, i)->lower != a->forms->article &&
                   !(a->flags[i] & ~(uint32_t)(WORD_MALE | WORD_FEMALE | WORD_FIRST_NAME));
    return personal ? end - 2 : end;
}

/* "Former President Obama", "Then-Senator Reed": what stands capitalised before a title only because a sentence begins there. */
static bool before_title(const struct article *a, size_t first, size_t title)
{
    return title == first + 1 && initial_place(a, first) && article_in(a, first, LIST_ERSTWHILE);
}

/* Cuts a run at its titles: what stands before the first one is whom the person works for, what stands behind the last one is the name. */
static void split_run(struct finder *f, size_t first, size_t end)
{
    const struct article *a = f->a;
    first = skip_demonyms(a, first, end);
    if (first > 0 && first + 1 < end && article_word(a, first - 1, "of") && is_title(a, first) && is_title(a, first + 1)) first++; /* Chiefs of Staff | Gen. */
    size_t title = NO_TOKEN, behind = first;
    for (size_t i = first; i < end; i++) {
        if (!is_title(a, i) || (i + 1 == end && i > first)) continue;
        bool institution = i + 1 < end && purpose_joins(a, i + 1); /* "Center for Rivers" */
        if (!institution) {
            if (title == NO_TOKEN) title = i;
            behind = i + 1;
        }
    }
    while (behind < end && article_mark(a, behind, ".")) behind++;
    bool institution = behind < end && organisation_word(a, end - 1) && !article_word(a, behind, "of");
    if (institution && (behind + 1 == end || !(a->flags[behind] & WORD_FIRST_NAME))) title = NO_TOKEN; /* "U.N. Refugee Agency", "Government Affairs Committee" */
    if (title != NO_TOKEN && behind + 1 < end && article_word(a, behind, "of")) {
        size_t of = behind;
        behind = person_behind_office(a, of, end);
        if (behind == end && row_of(f, of + 1, end)) add_mention(f, of + 1, end); /* the King of | Spain */
        if (behind == end) return;
    }
    if (title != NO_TOKEN && behind < end) {
        if (title > first && !before_title(a, first, title)) add_mention(f, first, title);
        if (behind + 1 == end && behind > title && article_word(a, behind, "general") && !(a->flags[title] & WORD_HONORIFIC)) return; /* the Attorney General */
        struct mention *m = add_mention(f, behind, end);
        if (m) m->outer = (uint32_t)title;
        return;
    }
    size_t person = first < end ? person_behind_organisation(a, first, end) : end;
    if (person < end && add_mention(f, first, person)) first = person;
    struct mention *m = title == first && end == first + 1 ? NULL : add_mention(f, first, end);
    if (m) m->outer = (uint32_t)extend_left(a, first);
}

static void find_mentions(struct finder *f)
{
    const struct article *a = f->a;
    const struct look *look = a->look;
    for (size_t i = 0, n = a->tokens.n; !f->failed;) {
        while (i < n && !((look[i].flags & TOKEN_CAPITAL) && look[i].kind == TOKEN_WORD) && look[i].kind != TOKEN_HANDLE) i++;
        if (i == n) return;
        if (look[i].kind == TOKEN_HANDLE) add_mention(f, i, i + 1);
        if (look[i].kind == TOKEN_HANDLE || !begins_name(f, i)) {
            i++;
            continue;
        }
        size_t end = may_join(&look[i + 1]) ? run_end(f, i) : i + 1;
        split_run(f, i, end);
        i = end;
    }
}

/* Titles and roles lead to the name behind them. */
static void set_leads(struct article *a)
{
    for (size_t k = 0; k < a->mentions_n; k++)
        for (size_t i = a->mentions[k].first, far = 1; far < 8 && i-- > a->mentions[k].outer && a->mention_at[i] == NO_ENTITY; far++) a->lead[i] = (uint8_t)far;
}

/* ---- entities ---- */

/* The name of tokens [first, end): initials kept, blanks single. */
static stance_str name_text(const struct article *a, const struct mention *m)
{
    return article_text(a, m->first, m->end);
}

/* Of an entity that is new or has another name. */
static bool set_keys(struct finder *f, size_t entity, struct name_keys keys)
{
    if (entity >= f->keys_cap) {
        size_t cap = f->keys_cap ? f->keys_cap * 2 : 64;
        uint32_t *first = arena_grow(f->a->arena, f->first_words, f->keys_cap, cap, sizeof *first);
        uint32_t *initials = arena_grow(f->a->arena, f->initials, f->keys_cap, cap, sizeof *initials);
        if (!first || !initials) return f->failed = true, false;
        f->first_words = first;
        f->initials = initials;
        f->keys_cap = cap;
    }
    f->first_words[entity] = keys.first;
    f->initials[entity] = keys.initials;
    return true;
}

static uint32_t new_entity(struct finder *f, stance_str name)
{
    struct article *a = f->a;
    if (a->entities_n == a->entities_cap) {
        size_t cap = a->entities_cap ? a->entities_cap * 2 : 32;
        struct entity *grown = arena_grow(a->arena, a->entities, a->entities_n, cap, sizeof *grown);
        if (!grown) return f->failed = true, NO_ENTITY;
        a->entities = grown;
        a->entities_cap = cap;
    }
    if (!set_keys(f, a->entities_n, name_keys_of(name))) return NO_ENTITY;
    a->entities[a->entities_n] =
        (struct entity){.name = name, .kind = STANCE_UNKNOWN, .last_word = VOCAB_NONE, .next_same = NO_ENTITY, .affiliation = NO_ENTITY};
    return (uint32_t)a->entities_n++;
}

static bool suffix(const struct article *a, size_t i)
{
    return article_word(a, i, "jr") || article_word(a, i, "sr") || article_word(a, i, "ii") || article_word(a, i, "iii") || article_mark(a, i, ".");
}

static size_t last_word(const struct article *a, const struct mention *m)
{
    size_t last = m->end - 1;
    while (last > m->first && suffix(a, last)) last--;
    return last;
}

static void join_gazetteer(struct entity *e, const struct gazetteer_row *row)
{
    e->name = row->canonical;
    e->kind = row->kind;
    e->gender = row->gender;
    e->note = row->note;
    e->known = true;
    e->place = row->place;
}

/* Entity with this name, which was folded last, or its row's, made when new. */
static uint32_t entity_named(struct finder *f, const struct gazetteer_row *row, stance_str name, struct folded_name folded)
{
    if (row && !namebook_fold(&f->book->scratch, name = row->canonical, &folded)) f->failed = true;
    uint32_t entity = f->failed ? NO_ENTITY : namebook_bearer(f->book, &folded);
    if (f->failed || entity != NO_ENTITY) return entity;
    entity = new_entity(f, name);
    if (entity == NO_ENTITY) return NO_ENTITY;
    if (!namebook_add(f->book, &folded, entity)) f->failed = true;
    if (row) join_gazetteer(&f->a->entities[entity], row);
    return entity;
}

/* Number of a name's last word, by which others of that surname are found; VOCAB_NONE when it is no word. */
static uint32_t surname_of(const struct article *a, const struct mention *m)
{
    return a->form_of[last_word(a, m)];
}

/* Latest entity of a surname. */
static uint32_t surname_head(const struct finder *f, uint32_t surname)
{
    return surname == VOCAB_NONE ? NO_ENTITY : namebook_surname(f->book, surname);
}

/* Puts the entity at the head of its surname's chain. */
static void link_surname(struct finder *f, uint32_t entity, uint32_t surname)
{
    struct entity *e = &f->a->entities[entity];
    if (e->last_word != VOCAB_NONE || surname == VOCAB_NONE) return;
    e->last_word = surname;
    e->next_same = surname_head(f, surname);
    if (!namebook_set_surname(f->book, surname, entity)) f->failed = true;
}

static bool has_organisation_word(const struct article *a, const struct mention *m)
{
    for (size_t i = m->first; i < m->end; i++)
        if (organisation_word(a, i) || article_word(a, i, "of") ||
            (i > m->first && (article_word(a, i, "for") || article_word(a, i, "and") || article_word(a, i, "&"))))
            return true;
    return false;
}

static bool age_follows(const struct article *a, size_t i)
{
    size_t value;
    return article_mark(a, i, ",") && i + 2 < a->tokens.n && a->look[i + 1].kind == TOKEN_NUMBER &&
           str_to_size(token_text(&a->tokens, i + 1), &value) && value > 3 && value < 120 && article_mark(a, i + 2, ",.");
}

static size_t name_words(const struct article *a, const struct mention *m)
{
    size_t n = 0;
    for (size_t i = m->first; i < m->end; i++) n += a->look[i].kind == TOKEN_WORD;
    return n;
}

static bool has_digit(stance_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9') return true;
    return false;
}

/* "FAA": capitals and dots only. */
static bool acronym(const struct article *a, const struct mention *m)
{
    return (a->look[m->first].flags & TOKEN_UPPER) && m->end - m->first == 1 && !has_digit(name_text(a, m));
}

/* What this mention shows of its entity: person or organisation, gender, roles. */
static void learn_entity(struct finder *f, const struct mention *m)
{
    struct article *a = f->a;
    struct entity *e = &a->entities[m->entity];
    uint32_t before = 0;
    for (size_t i = m->outer; i < m->first; i++) {
        before |= a->flags[i];
        if ((a->flags[i] & WORD_PERSON) && e->roles_n < 6) e->roles[e->roles_n++] = (uint32_t)i;
    }
    bool titled = (before & (WORD_TITLE | WORD_HONORIFIC | WORD_PERSON)) || age_follows(a, m->end);
    e->titled = e->titled || titled;
    if (!e->gender && titled && (before & WORD_MALE) && !(before & WORD_FEMALE)) e->gender = 'm';
    if (!e->gender && titled && (before & WORD_FEMALE) && !(before & WORD_MALE)) e->gender = 'f';
    if (e->known) return;
    uint32_t first = a->flags[m->first];
    size_t words = name_words(a, m);
    bool organisation = has_organisation_word(a, m);
    bool personal = words >= 2 && words <= 4 && (first & WORD_FIRST_NAME) && !organisation;
    if (personal && !e->gender && (first & (WORD_MALE | WORD_FEMALE)) != (WORD_MALE | WORD_FEMALE))
        e->gender = first & WORD_MALE ? 'm' : first & WORD_FEMALE ? 'f' : 0;
    if (a->look[m->first].kind == TOKEN_HANDLE || personal || (titled && !organisation))
        e->kind = STANCE_PERSON;
    else if (e->kind == STANCE_UNKNOWN && is_topic(name_text(a, m)))
        e->topic = true;
    else if (e->kind == STANCE_UNKNOWN && !e->topic && (organisation || acronym(a, m)))
        e->kind = STANCE_ORGANISATION;
}

/* "his father, Vinod Khosla": the relation's word stands before the name, with or without a comma. */
static bool introduced_as_kin(const struct article *a, const struct mention *m)
{
    size_t i = m->outer;
    if (i > 0 && (article_mark(a, i - 1, ",") || article_mark(a, i - 1, "\xE2\x80\x94"))) i--;
    return (i > 0 && (a->flags[i - 1] & WORD_RELATION)) || (m->outer < m->first && (a->flags[m->outer] & WORD_RELATION));
}

enum { NAMESAKES = 64, SHORT_FORM_SCAN = 200 }; /* people of one surname, entities looked through for a short form: bounds the work on lists of names */

/* First names fit when one is missing, equal, or the other's initial. */
static bool same_person(const struct article *a, const struct entity *e, const struct mention *m)
{
    stance_str rest = e->name, first = str_split(&rest, ' '), mine = token_text(&a->tokens, m->first);
    if (e->kind == STANCE_ORGANISATION || !rest.ptr) return false;
    bool initial = first.len == 1 || mine.len == 1;
    return initial ? first.ptr[0] == mine.ptr[0] : str_equal_nocase(first, mine);
}

/* "Jim Bob" for Jim Bob Duggar. */
static uint32_t longer_name(const struct article *a, const struct mention *m, stance_str name)
{
    if (m->end - m->first != 2 || !(a->flags[m->first] & a->flags[m->first + 1u] & WORD_FIRST_NAME)) return NO_ENTITY;
    for (size_t e = 0; e < a->entities_n && e < SHORT_FORM_SCAN; e++) {
        stance_str full = a->entities[e].name;
        if (full.len > name.len + 1 && full.ptr[name.len] == ' ' && str_starts(full, name) && a->entities[e].kind == STANCE_PERSON) return (uint32_t)e;
    }
    return NO_ENTITY;
}

/* "the Foreign Ministry" for the Peruvian Foreign Ministry: the end of an institution's name behind "the", when only one ends so. */
static uint32_t end_of_name(const struct article *a, const struct mention *m, stance_str name)
{
    uint32_t only = NO_ENTITY;
    if (m->first == 0 || !article_word(a, m->first - 1u, "the") || !organisation_word(a, m->end - 1u)) return NO_ENTITY;
    for (size_t e = 0; e < a->entities_n && e < SHORT_FORM_SCAN; e++) {
        stance_str full = a->entities[e].name;
        bool ends = a->entities[e].kind == STANCE_ORGANISATION && full.len > name.len && full.ptr[full.len - name.len - 1] == ' ' && str_ends(full, name);
        if (ends && only != NO_ENTITY) return NO_ENTITY;
        if (ends) only = (uint32_t)e;
    }
    return only;
}

static uint32_t full_name(struct finder *f, const struct mention *m)
{
    struct article *a = f->a;
    stance_str name = name_text(a, m);
    struct folded_name folded = {.hash = 0};
    const struct gazetteer_row *row = look_up(f, name, &folded);
    uint32_t surname = surname_of(a, m);
    size_t steps = 0, before = a->entities_n;
    for (uint32_t e = !row ? surname_head(f, surname) : NO_ENTITY; e != NO_ENTITY && steps < NAMESAKES; e = a->entities[e].next_same, steps++)
        if (same_person(a, &a->entities[e], m)) return e;
    uint32_t longer = row ? NO_ENTITY : longer_name(a, m, name);
    if (!row && longer == NO_ENTITY) longer = end_of_name(a, m, name);
    if (longer != NO_ENTITY) return longer;
    uint32_t entity = entity_named(f, row, name, folded);
    if (f->failed) return entity;
    if (a->entities_n > before) a->entities[entity].kin = introduced_as_kin(a, m);
    link_surname(f, entity, surname);
    return entity;
}

/* All names of several words first, so that a surname finds its owner even when he is introduced later. */
static void make_full_entities(struct finder *f)
{
    struct article *a = f->a;
    for (size_t k = 0; k < a->mentions_n && !f->failed; k++) {
        struct mention *m = &a->mentions[k];
        if (name_words(a, m) < 2) continue;
        m->entity = full_name(f, m);
        if (!f->failed) learn_entity(f, m);
    }
}

/* 'f' for "Mrs. Cole", 'm' for "Mr. Cole", 0 when the words before the name do not tell. */
static char addressed_as(const struct article *a, const struct mention *m)
{
    uint32_t before = 0;
    for (size_t i = m->outer; i < m->first; i++) before |= a->flags[i] & WORD_HONORIFIC ? a->flags[i] : 0;
    bool male = before & WORD_MALE, female = before & WORD_FEMALE;
    return male == female ? (char)0 : male ? 'm' : 'f';
}

/* Of the entities with this surname the one spoken of last before `at`; relatives only when nobody else is left. */
static uint32_t surname_owner(const struct finder *f, uint32_t surname, const uint32_t *last_seen, char gender)
{
    const struct article *a = f->a;
    uint32_t best = NO_ENTITY;
    size_t steps = 0;
    for (uint32_t e = surname_head(f, surname); e != NO_ENTITY && steps < NAMESAKES; e = a->entities[e].next_same, steps++) {
        if (a->entities[e].kind == STANCE_ORGANISATION || (gender && a->entities[e].gender && a->entities[e].gender != gender)) continue;
        bool person = a->entities[e].kind == STANCE_PERSON, better = best != NO_ENTITY && person && a->entities[best].kind != STANCE_PERSON;
        bool worse = best != NO_ENTITY && !person && a->entities[best].kind == STANCE_PERSON; /* not the event "Hello Reed" */
        if (worse) continue;
        if (best == NO_ENTITY || better || a->entities[best].kin > a->entities[e].kin ||
            (a->entities[best].kin == a->entities[e].kin && last_seen[e] > last_seen[best]))
            best = e;
    }
    return best;
}

/* "Goldman" for Goldman Sachs, "FAA" for the Federal Aviation Administration. */
static bool short_form(const struct article *a, const struct entity *e, size_t token)
{
    stance_str word = token_text(&a->tokens, token), rest = e->name;
    bool same = e->name.len && word.len && e->name.ptr[0] == word.ptr[0];
    if (e->kind == STANCE_PERSON || (!same && !(a->look[token].flags & TOKEN_UPPER))) return false;
    stance_str first = str_split(&rest, ' ');
    if (rest.ptr && str_equal(first, word)) return true;
    if (!(a->look[token].flags & TOKEN_UPPER)) return false;
    size_t at = 0;
    for (stance_str words = e->name; words.ptr && at <= word.len;) {
        stance_str w = str_split(&words, ' ');
        if (w.len == 0 || !(w.ptr[0] >= 'A' && w.ptr[0] <= 'Z')) continue;
        if (at >= word.len || w.ptr[0] != word.ptr[at]) return false;
        at++;
    }
    return at == word.len && at >= 2;
}

/* "the Times", "the Post", "the Board": the last word of an institution's name behind "the". */
static bool last_word_of(const struct article *a, const struct entity *e, size_t token)
{
    stance_str word = token_text(&a->tokens, token);
    bool the = token > 0 && article_word(a, token - 1, "the") && organisation_word(a, token);
    return the && e->kind == STANCE_ORGANISATION && e->name.len > word.len + 1 && e->name.ptr[e->name.len - word.len - 1] == ' ' && str_ends(e->name, word);
}

/* "Mary" for Mary Cole. */
static bool first_name_of(const struct article *a, const struct entity *e, size_t token)
{
    if (e->kind != STANCE_PERSON || !(a->flags[token] & WORD_FIRST_NAME)) return false;
    stance_str rest = e->name, first = str_split(&rest, ' ');
    return rest.ptr && str_equal(first, token_text(&a->tokens, token));
}

/* "Trump" where only Donald Trump Jr. or a relative of that name is introduced: the one whom everybody knows is meant. */
static bool namesake_of_known(const struct article *a, uint32_t owner, const uint32_t *last_seen)
{
    const struct entity *e = &a->entities[owner];
    bool junior = str_ends(e->name, STR(" Jr")) || str_ends(e->name, STR(" Jr."));
    return junior || (e->kind == STANCE_PERSON && (e->kin || (!last_seen[owner] && !e->known)));
}

/* An entity that a lone name that is no surname of anybody's may be short for. */
static uint32_t short_for(const struct finder *f, const struct mention *m, size_t token)
{
    const struct article *a = f->a;
    stance_str word = token_text(&a->tokens, token);
    bool upper = a->look[token].flags & TOKEN_UPPER, the = token > 0 && article_word(a, token - 1, "the") && organisation_word(a, token);
    const uint32_t first = name_word_key(word), initials = upper ? first : 1;
    const uint32_t *firsts = f->first_words, *all = f->initials;
    size_t n = a->entities_n < SHORT_FORM_SCAN ? a->entities_n : SHORT_FORM_SCAN;
    uint32_t any = the || (upper && word.len > NAME_INITIALS); /* longer ones are looked at closely */
    for (size_t e = 0; e < n; e++) any |= (firsts[e] == first) | (all[e] == initials);
    for (size_t e = 0; e < n && any; e++) {
        const struct entity *x = &a->entities[e];
        bool addressed = m->outer < m->first && x->kind == STANCE_ORGANISATION; /* Ms. White is not the White House */
        if ((!addressed && short_form(a, x, token)) || last_word_of(a, x, token) || first_name_of(a, x, token)) return (uint32_t)e;
    }
    return NO_ENTITY;
}

/* The person whom a name has meant before, NO_ENTITY when none. */
static uint32_t person_named(const struct finder *f, const struct folded_name *name)
{
    uint32_t e = namebook_bearer(f->book, name);
    return e != NO_ENTITY && f->a->entities[e].kind == STANCE_PERSON ? e : NO_ENTITY;
}

/* Is the name taken by somebody who is not addressed so: "Mrs. Cole" where only Adam Cole and Mr. Cole are known? */
static bool taken(const struct finder *f, uint32_t surname, const struct folded_name *name, char gender)
{
    const struct article *a = f->a;
    uint32_t head = surname_head(f, surname);
    if (head != NO_ENTITY) return a->entities[head].gender && a->entities[head].gender != gender;
    uint32_t same = person_named(f, name);
    return same != NO_ENTITY && a->entities[same].gender && a->entities[same].gender != gender;
}

static uint32_t short_name(struct finder *f, const struct mention *m, const uint32_t *last_seen)
{
    struct article *a = f->a;
    size_t token = last_word(a, m);
    char gender = addressed_as(a, m);
    uint32_t surname = a->form_of[token], owner = surname_owner(f, surname, last_seen, gender);
    stance_str name = name_text(a, m);
    struct folded_name folded = {.hash = 0};
    const struct gazetteer_row *row = look_up(f, name, &folded);
    bool another = gender && row && row->gender && row->gender != gender; /* not the one whom everybody knows */
    if (another) row = NULL;
    if (owner != NO_ENTITY && !(row && namesake_of_known(a, owner, last_seen))) return owner;
    if (gender && !row && (another || taken(f, surname, &folded, gender))) {
        if (!namebook_fold(&f->book->scratch, name = article_text(a, m->outer, m->end), &folded)) f->failed = true;
    } else if (!row && person_named(f, &folded) == NO_ENTITY) {
        uint32_t longer = short_for(f, m, token);
        if (longer != NO_ENTITY) return longer;
    }
    return entity_named(f, row, name, folded);
}

/* "Pope Francis", "Prince Harry": who has no surname keeps the title. */
static void keep_title(struct finder *f, const struct mention *m)
{
    const struct article *a = f->a;
    struct entity *e = &a->entities[m->entity];
    if (e->known || m->outer >= m->first || m->end - m->first != 1 || !str_equal(e->name, article_text(a, m->first, m->end))) return;
    if (!capital(a, m->first - 1u) || !article_in(a, m->first - 1u, LIST_KEPT_TITLE)) return;
    e->name = article_text(a, m->first - 1u, m->end);
    set_keys(f, m->entity, name_keys_of(e->name));
}

static void join_short_names(struct finder *f)
{
    struct article *a = f->a;
    uint32_t *last_seen = arena_array(a->arena, a->mentions_n + a->entities_n + 1, sizeof *last_seen);
    if (!last_seen) f->failed = true;
    for (size_t k = 0; k < a->mentions_n && !f->failed; k++) {
        struct mention *m = &a->mentions[k];
        bool alone = m->entity == NO_ENTITY;
        if (alone) m->entity = short_name(f, m, last_seen);
        if (f->failed) break;
        if (alone) learn_entity(f, m), keep_title(f, m);
        struct entity *e = &a->entities[m->entity];
        if (e->mentions++ == 0) e->first_mention = m->first, e->article = m->outer > 0 && article_word(a, m->outer - 1u, "the");
        last_seen[m->entity] = (uint32_t)k + 1;
    }
}

/* "DeepSeek executive Liang Wenfeng", "Curai CEO Neal Khosla": the organisation stands right before the role. */
static void find_affiliations(struct finder *f)
{
    const struct article *a = f->a;
    for (size_t k = 1; k < a->mentions_n; k++) {
        const struct mention *m = &a->mentions[k], *before = &a->mentions[k - 1];
        size_t end = before->end + (before->end < a->tokens.n && a->look[before->end].kind == TOKEN_CLITIC);
        if (m->outer > before->first && end == m->outer && m->outer < m->first && f->a->entities[m->entity].affiliation == NO_ENTITY)
            f->a->entities[m->entity].affiliation = before->entity;
    }
}

enum { LEAD = 3 }; /* sentences that tell what an article is about */

/* What the article is about, but for one entity: the organisation or thing it names most, those of its first sentences and no places before others. */
static uint32_t main_entity(const struct article *a, uint32_t but)
{
    uint32_t best = NO_ENTITY, best_score = 3; /* once in the lead, or often enough */
    for (uint32_t id = 0; id < a->entities_n; id++) {
        const struct entity *e = &a->entities[id];
        if (e->mentions * 4u < best_score || id == but || e->kind == STANCE_PERSON || e->titled || e->topic) continue;
        bool lead = a->sentence_of[e->first_mention] < LEAD;
        uint32_t score = e->mentions * (lead ? 4u : 2u) / (e->place ? 3u : 1u);
        bool earlier = best != NO_ENTITY && score == best_score && e->first_mention < a->entities[best].first_mention;
        if (score > best_score || earlier) best = id, best_score = score;
    }
    return best;
}

bool names_find(struct article *a, stance_error *err)
{
    struct namebook book = {.arena = a->arena};
    struct finder f = {.a = a, .book = &book};
    find_mentions(&f);
    set_leads(a);
    if (!f.failed) make_full_entities(&f);
    if (!f.failed) join_short_names(&f);
    if (!f.failed) find_affiliations(&f);
    if (!f.failed) roles_learn(a);
    a->subjects[0] = main_entity(a, NO_ENTITY);
    a->subjects[1] = main_entity(a, a->subjects[0]);
    if (book.failed) f.failed = true;
    namebook_free(&book);
    return !f.failed || error_nomem(err, "finding names");
}
