/* SPDX-License-Identifier: MIT
 * counts: the streaming half of the report.
 * Method: ids for articles, groups and labels; one sparse cell per group, article and label; 8 bytes per different view and group.
 * Group 0 holds all views. Copies: same speaker, target and text (case folded, letters, digits and symbols alone compared).
 * Limits: of copies the first one's label counts; near-duplicates are not found here; at most 64 labels and 8 keys. */
#include "counts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../io/date.h"
#include "../text/unicode.h"
#include "period.h"

/* What the keys are made from: of a view, or of an article alone. */
struct facts {
    const stance_record *record;
    const char *day;  /* yyyy-mm-dd, or NULL */
    char date[11], period[PERIOD_SIZE];
};

struct dimension {
    const char *name;
    bool of_article;
    stance_str (*value)(struct facts *f);
};

static stance_str of_speaker(struct facts *f)
{
    return f->record->speaker;
}

static stance_str of_outlet(struct facts *f)
{
    return f->record->outlet;
}

static stance_str of_target(struct facts *f)
{
    return f->record->target;
}

static stance_str of_kind(struct facts *f)
{
    return f->record->kind;
}

static stance_str of_month(struct facts *f)
{
    if (!f->day) return (stance_str){NULL, 0};
    period_month(f->day, f->period);
    return str_of(f->period);
}

static stance_str of_week(struct facts *f)
{
    if (!f->day) return (stance_str){NULL, 0};
    period_week(f->day, f->period);
    return str_of(f->period);
}

static const struct dimension dimensions[] = {
    {"speaker", false, of_speaker}, {"outlet", true, of_outlet}, {"target", false, of_target},
    {"kind", false, of_kind},       {"month", true, of_month},   {"week", true, of_week},
};

static const char *const sorts[] = {[SORT_VIEWS] = "views", [SORT_NET] = "net", [SORT_NAME] = "name", [SORT_ARTICLES] = "articles"};

const char *counts_sort_name(enum counts_sort sort)
{
    return sorts[sort];
}

/* ---- options ---- */

static const struct dimension *find_dimension(stance_str name)
{
    for (size_t i = 0; i < sizeof dimensions / sizeof *dimensions; i++)
        if (str_equal(name, str_of(dimensions[i].name))) return &dimensions[i];
    return NULL;
}

static bool add_key(struct counts *c, stance_str name, stance_error *err)
{
    stance_str own;
    const struct dimension *d = find_dimension(name);
    int shown = name.len < 40 ? (int)name.len : 40;
    if (c->keys == COUNTS_MAX_KEYS) return error_set(err, STANCE_USAGE, 0, "--by: at most %d keys", COUNTS_MAX_KEYS);
    if (!name.len || (!d && !c->options.column))
        return error_set(err, STANCE_USAGE, 0, "--by %.*s: no such key; take speaker, outlet, target, kind, month, week, or several with a comma between",
                         shown, name.len ? name.ptr : "");
    if (!arena_copy(&c->arena, name, &own)) return error_nomem(err, "starting a report");
    for (size_t i = 0; i < c->keys; i++)
        if (str_equal(own, str_of(c->key[i]))) return error_set(err, STANCE_USAGE, 0, "--by: %.*s stands there twice", shown, name.ptr);
    c->of_articles = c->of_articles && d && d->of_article;
    c->dimension[c->keys] = d;
    c->key[c->keys++] = own.ptr;
    return true;
}

static bool read_keys(struct counts *c, stance_error *err)
{
    stance_str rest = str_of(c->options.by);
    c->of_articles = true;
    do {
        if (!add_key(c, str_trim(str_split(&rest, ',')), err)) return false;
    } while (rest.ptr);
    return true;
}

static bool read_sort(struct counts *c, stance_error *err)
{
    const char *given = c->options.sort;
    bool time = c->dimension[0] && (c->dimension[0]->value == of_month || c->dimension[0]->value == of_week);
    c->sort = time ? SORT_NAME : SORT_VIEWS;
    if (!given) return true;
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
        if (strcmp(given, sorts[i]) == 0) return (c->sort = (enum counts_sort)i), true;
    return error_set(err, STANCE_USAGE, 0, "--sort %.40s: take views, net, name or articles", given);
}

static bool read_dedup(struct counts *c, stance_error *err)
{
    const char *given = c->options.dedup;
    c->exact = !given || strcmp(given, "exact") == 0;
    if (c->exact || strcmp(given, "none") == 0) return true;
    return error_set(err, STANCE_USAGE, 0, "--dedup %.40s: take none or exact", given);
}

static bool own(struct counts *c, const char **text, stance_error *err)
{
    stance_str copy;
    if (*text && !unicode_valid(str_of(*text))) return error_set(err, STANCE_USAGE, 0, "the options of a report must be valid UTF-8");
    if (!arena_copy(&c->arena, str_of(*text), &copy)) return error_nomem(err, "starting a report");
    *text = copy.ptr;
    return true;
}

static bool own_options(struct counts *c, stance_error *err)
{
    stance_report_options *o = &c->options;
    const char **all[] = {&o->by,     &o->title,  &o->since, &o->until, &o->speaker, &o->outlet,
                          &o->target, &o->kind, &o->sort,  &o->dedup, &o->accuracy};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!own(c, all[i], err)) return false;
    return true;
}

static void fill_defaults(stance_report_options *o)
{
    if (!o->by) o->by = "speaker";
    if (!o->min_n) o->min_n = 5;
    if (o->level == 0) o->level = 0.95;
    if (!o->draws) o->draws = 1000;
}

/* The packed empty key is the group of all views. */
static bool group_id(struct counts *c, uint32_t *id)
{
    void *group = c->group;
    *id = vocab_add(&c->groups, strbuf_str(&c->packed));
    size_t before = c->group_cap;
    if (c->packed.failed || *id == VOCAB_NONE || !array_reserve(&group, &c->group_cap, c->groups.n, sizeof *c->group)) return false;
    c->group = group;
    memset(c->group + before, 0, (c->group_cap - before) * sizeof *c->group);
    return true;
}

bool counts_init(struct counts *c, const stance_report_options *options, stance_error *err)
{
    uint32_t all;
    if (options) c->options = *options;
    fill_defaults(&c->options);
    if (!(c->options.level > 0 && c->options.level < 1)) return error_set(err, STANCE_USAGE, 0, "the level of intervals lies between 0 and 1");
    if (!own_options(c, err)) return false;
    if (!group_id(c, &all)) return error_nomem(err, "starting a report");
    return read_keys(c, err) && read_sort(c, err) && read_dedup(c, err) && filter_init(&c->filter, &c->options, &c->arena, err);
}

void counts_free(struct counts *c)
{
    for (size_t i = 0; i < c->groups.n && i < c->group_cap; i++) examples_free(&c->group[i].examples);
    free(c->group);
    filter_free(&c->filter);
    vocab_free(&c->articles);
    vocab_free(&c->groups);
    vocab_free(&c->labels);
    vocab_free(&c->models);
    vocab_free(&c->views_models);
    cells_free(&c->cells);
    seen_free(&c->seen);
    strbuf_free(&c->scratch);
    strbuf_free(&c->packed);
    arena_free(&c->arena);
    *c = (struct counts){0};
}

/* ---- packed keys: each string behind its length ---- */

static stance_str or_unknown(stance_str s)
{
    return s.ptr && s.len ? s : STR("unknown");
}

/* Valid UTF-8, as long as scratch is not used again. */
static stance_str repaired(struct counts *c, stance_str s)
{
    if (unicode_valid(s)) return s;
    strbuf_clear(&c->scratch);
    unicode_repair(s, &c->scratch, NULL);
    c->packed.failed = c->packed.failed || c->scratch.failed;
    return strbuf_str(&c->scratch);
}

static void pack(struct counts *c, stance_str s)
{
    s = repaired(c, or_unknown(s));
    uint64_t len = s.len;
    char bytes[sizeof len];
    memcpy(bytes, &len, sizeof len);
    strbuf_add(&c->packed, (stance_str){bytes, sizeof bytes});
    strbuf_add(&c->packed, s);
}

stance_str counts_unpack(stance_str *packed)
{
    uint64_t len;
    memcpy(&len, packed->ptr, sizeof len);
    size_t end = sizeof len + (size_t)len;
    stance_str s = str_slice(*packed, sizeof len, end);
    *packed = str_slice(*packed, end, packed->len);
    return s;
}

/* An id can return in another file, so the outlet belongs to it. */
static bool article_id(struct counts *c, stance_str article, stance_str outlet, uint32_t *id)
{
    strbuf_clear(&c->packed);
    pack(c, article);
    pack(c, outlet);
    *id = vocab_add(&c->articles, strbuf_str(&c->packed));
    return !c->packed.failed && *id != VOCAB_NONE;
}

static bool key_id(struct counts *c, struct facts *f, uint32_t *id)
{
    strbuf_clear(&c->packed);
    for (size_t i = 0; i < c->keys; i++) {
        const struct dimension *d = c->dimension[i];
        pack(c, d ? d->value(f) : c->options.column(c->options.column_ctx, c->key[i]));
    }
    return group_id(c, id);
}

/* ---- views ---- */

static void read_date(struct facts *f, stance_str date)
{
    f->day = date.ptr && date_normalise(date, f->date) ? f->date : NULL;
}

static bool wanted(struct counts *c, const struct facts *f)
{
    if (!filter_view(&c->filter, f->record)) return c->left_out++, false;
    if (filter_time(&c->filter, f->day)) return true;
    c->left_out++;
    c->undated += !f->day;
    return false;
}

static bool add_label(struct counts *c, stance_str label, uint32_t *id, stance_error *err)
{
    *id = vocab_add(&c->labels, repaired(c, label));
    if (*id == VOCAB_NONE) return error_nomem(err, "counting");
    if (*id < STANCE_MAX_LABELS) return true;
    return error_set(err, STANCE_INPUT, 0, "more than %d different stances, the last \"%.*s\"; is this a file of views?", STANCE_MAX_LABELS,
                     label.len < 40 ? (int)label.len : 40, label.ptr);
}

static bool note_model(struct counts *c, struct vocab *v, stance_str name)
{
    return !name.ptr || !name.len || vocab_add(v, repaired(c, name)) != VOCAB_NONE;
}

/* Labels that never win still have their row: they come from the model, not from luck. */
static bool what_of(struct counts *c, const stance_record *r, uint32_t *what, stance_error *err)
{
    uint32_t id;
    for (size_t i = 0; i < r->labels_n; i++)
        if (!add_label(c, r->labels[i], &id, err)) return false;
    *what = r->abstained.ptr && r->abstained.len ? COUNT_ABSTAINED : COUNT_UNLABELLED;
    if (!r->stance.ptr || !r->stance.len) return true;
    if (!add_label(c, r->stance, &id, err)) return false;
    if (*what == COUNT_UNLABELLED) *what = id;
    return true;
}

static bool in_word(uint32_t c)
{
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) return true;
    if (c == ' ' || c == ',' || c == '.') return false;
    enum unicode_class class = unicode_classify(c);
    return class <= UNICODE_DIGIT || class >= UNICODE_EMOJI;
}

static void add_word(struct counts *c, size_t before, stance_str word)
{
    if (!word.len) return;
    if (c->packed.len > before) strbuf_char(&c->packed, ' ');
    strbuf_add(&c->packed, word);
}

/* Quotation marks, stops and blanks differ from copy to copy. */
static void normalise(struct counts *c, stance_str text)
{
    size_t before = c->packed.len, from = 0;
    strbuf_clear(&c->scratch);
    if (unicode_valid(text)) unicode_fold(text, &c->scratch);
    stance_str folded = strbuf_str(&c->scratch);
    for (size_t i = 0; i < folded.len;) {
        size_t at = i;
        if (in_word(unicode_next(folded, &i))) continue;
        add_word(c, before, str_slice(folded, from, at));
        from = i;
    }
    add_word(c, before, str_slice(folded, from, folded.len));
    if (c->packed.len == before) strbuf_add(&c->packed, text);
}

static bool hash_view(struct counts *c, const stance_record *r, uint64_t *hash)
{
    strbuf_clear(&c->packed);
    pack(c, r->speaker);
    pack(c, r->target);
    normalise(c, r->text);
    *hash = str_hash(strbuf_str(&c->packed), 0);
    return !c->packed.failed && !c->scratch.failed;
}

static double rank_of(const stance_record *r, uint32_t what)
{
    if (what == COUNT_COPY) return -3;
    if (what == COUNT_ABSTAINED) return -2;
    return isfinite(r->margin) ? r->margin : -1;
}

struct counted {
    const stance_record *record;
    uint32_t article, what;
    uint64_t hash;
};

static bool count_in(struct counts *c, uint32_t group, const struct counted *v, stance_error *err)
{
    bool fresh = true;
    uint32_t what = v->what;
    if (v->record->text.ptr && !seen_add(&c->seen, v->hash + group * UINT64_C(0x9E3779B97F4A7C15), &fresh)) return error_nomem(err, "counting");
    c->group[group].copies += !fresh;
    if (!fresh && c->exact) what = COUNT_COPY;
    if (!cells_add(&c->cells, group, v->article, what)) return error_nomem(err, "counting");
    if (group == 0) return true;
    return examples_offer(&c->group[group].examples, c->options.examples, rank_of(v->record, fresh ? what : COUNT_COPY), v->record, err);
}

bool counts_add(struct counts *c, const stance_record *record, stance_error *err)
{
    struct facts f = {.record = record};
    struct counted v = {.record = record};
    uint32_t group;
    read_date(&f, record->date);
    bool skip = !wanted(c, &f);
    if (filter_failed(&c->filter)) return error_nomem(err, "counting");
    if (skip) return true;
    if (!what_of(c, record, &v.what, err)) return false;
    if (!note_model(c, &c->models, record->model) || !note_model(c, &c->views_models, record->views_model) ||
        !article_id(c, record->article, record->outlet, &v.article) || !hash_view(c, record, &v.hash) || !key_id(c, &f, &group))
        return error_nomem(err, "counting");
    return count_in(c, 0, &v, err) && count_in(c, group, &v, err);
}

bool counts_add_article(struct counts *c, const stance_document *document, stance_error *err)
{
    stance_record record = {.article = document->article, .outlet = document->outlet};
    struct facts f = {.record = &record};
    uint32_t article, group;
    c->articles_given = true;
    read_date(&f, document->date);
    bool skip = filter_chooses_views(&c->filter) || !filter_outlet(&c->filter, record.outlet) || !filter_time(&c->filter, f.day);
    if (filter_failed(&c->filter)) return error_nomem(err, "counting");
    if (skip) return true;
    if (!article_id(c, record.article, record.outlet, &article) || !cells_add(&c->cells, 0, article, COUNT_ARTICLE))
        return error_nomem(err, "counting");
    if (!c->of_articles) return true;
    if (!key_id(c, &f, &group) || !cells_add(&c->cells, group, article, COUNT_ARTICLE)) return error_nomem(err, "counting");
    return true;
}
