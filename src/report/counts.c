/* SPDX-License-Identifier: MIT
 * counts: the streaming half of the report.
 * Method: ids for articles, groups and labels; of each view its group, article, label and words as numbers are kept.
 * Limits: at most 64 labels and 8 keys; by claim all records are kept as they are, some 2 KB each. */
#include "counts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../io/date.h"
#include "../io/extra.h"
#include "../text/unicode.h"
#include "measured.h"
#include "period.h"

/* What the keys are made from: of a view, or of an article alone. */
struct facts {
    const stance_record *record;
    const char *day;  /* yyyy-mm-dd, or NULL */
    bool of_article;
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

/* Not known before all views are there: see recount.c. */
static stance_str of_claim(struct facts *f)
{
    (void)f;
    return (stance_str){NULL, 0};
}

static const struct dimension dimensions[] = {
    {"speaker", false, of_speaker}, {"outlet", true, of_outlet}, {"target", false, of_target},
    {"kind", false, of_kind},       {"month", true, of_month},   {"week", true, of_week},   {"claim", false, of_claim},
};

static const char *const dedups[] = {[DEDUP_NONE] = "none", [DEDUP_EXACT] = "exact", [DEDUP_NEAR] = "near"};
static const char *const sorts[] = {[SORT_VIEWS] = "views", [SORT_NET] = "net", [SORT_NAME] = "name", [SORT_ARTICLES] = "articles"};

const char *counts_sort_name(enum counts_sort sort)
{
    return sorts[sort];
}

const char *counts_dedup_name(enum dedup dedup)
{
    return dedups[dedup];
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
        return error_set(err, STANCE_USAGE, 0, "--by %.*s: no such key; take speaker, outlet, target, kind, month, week, claim, or several with a comma between",
                         shown, name.len ? name.ptr : "");
    if (!arena_copy(&c->arena, name, &own)) return error_nomem(err, "starting a report");
    for (size_t i = 0; i < c->keys; i++)
        if (str_equal(own, str_of(c->key[i]))) return error_set(err, STANCE_USAGE, 0, "--by: %.*s stands there twice", shown, name.ptr);
    c->of_articles = c->of_articles && (d ? d->of_article : !extra_is_ours(name));
    if (d && d->value == of_claim) c->claim = c->keys;
    c->dimension[c->keys] = d;
    c->key[c->keys++] = own.ptr;
    return true;
}

static bool read_keys(struct counts *c, stance_error *err)
{
    stance_str rest = str_of(c->options.by);
    c->of_articles = true;
    c->claim = COUNTS_NO_CLAIM;
    do {
        if (!add_key(c, str_trim(str_split(&rest, ',')), err)) return false;
    } while (rest.ptr);
    return true;
}

size_t counts_period(const struct counts *c)
{
    for (size_t i = 0; i < c->keys; i++)
        if (c->dimension[i] && (c->dimension[i]->value == of_month || c->dimension[i]->value == of_week)) return i;
    return COUNTS_MAX_KEYS;
}

static bool read_sort(struct counts *c, stance_error *err)
{
    const char *given = c->options.sort;
    c->sort = counts_period(c) == 0 ? SORT_NAME : c->claim != COUNTS_NO_CLAIM ? SORT_ARTICLES : SORT_VIEWS;
    if (!given) return true;
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++)
        if (strcmp(given, sorts[i]) == 0) return (c->sort = (enum counts_sort)i), true;
    return error_set(err, STANCE_USAGE, 0, "--sort %.40s: take views, net, name or articles", given);
}

static bool read_dedup(struct counts *c, stance_error *err)
{
    const char *given = c->options.dedup;
    c->dedup = DEDUP_NEAR;
    if (!given) return true;
    for (size_t i = 0; i < sizeof dedups / sizeof *dedups; i++)
        if (strcmp(given, dedups[i]) == 0) return (c->dedup = (enum dedup)i), true;
    return error_set(err, STANCE_USAGE, 0, "--dedup %.40s: take none, exact or near", given);
}

static bool read_adjust(struct counts *c, stance_error *err)
{
    static const char *const ways[] = {[ADJUST_NONE] = "none", [ADJUST_COUNT] = "count", [ADJUST_PROBABILITY] = "probability"};
    const char *given = c->options.adjust;
    if (!given) return true;
    size_t i = 0;
    while (i < sizeof ways / sizeof *ways && strcmp(given, ways[i]) != 0) i++;
    if (i == sizeof ways / sizeof *ways) return error_set(err, STANCE_USAGE, 0, "--adjust %.40s: take none, count or probability", given);
    c->adjust = (enum counts_adjust)i;
    if (c->adjust == ADJUST_NONE) return true;
    if (!c->options.confusion && c->options.measured) return measured_confusion(c->options.measured, c->adjust == ADJUST_PROBABILITY, &c->confusion, err);
    if (!c->options.confusion)
        return error_set(err, STANCE_USAGE, 0, "--adjust %s needs to know what the model makes of known labels: name a model that tells (-m) or --confusion FILE", given);
    return confusion_read(&c->confusion, c->options.confusion, err);
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
                          &o->target, &o->kind, &o->sort,  &o->dedup, &o->accuracy, &o->adjust, &o->confusion, &o->measured, &o->measured_by, &o->recall, &o->recall_by};
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
    void *examples = c->examples;
    size_t before = c->examples_cap;
    *id = vocab_add(&c->groups, strbuf_str(&c->packed));
    if (c->packed.failed || *id == VOCAB_NONE || !array_reserve(&examples, &c->examples_cap, c->groups.n, sizeof *c->examples)) return false;
    c->examples = examples;
    memset(c->examples + before, 0, (c->examples_cap - before) * sizeof *c->examples);
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
    return read_keys(c, err) && read_sort(c, err) && read_dedup(c, err) && read_adjust(c, err) && filter_init(&c->filter, &c->options, &c->arena, err);
}

void counts_free(struct counts *c)
{
    for (size_t i = 0; i < c->groups.n && i < c->examples_cap; i++) examples_free(&c->examples[i]);
    free(c->examples);
    free(c->views);
    free(c->id_end);
    filter_free(&c->filter);
    vocab_free(&c->articles);
    vocab_free(&c->groups);
    vocab_free(&c->labels);
    vocab_free(&c->models);
    vocab_free(&c->views_models);
    confusion_free(&c->confusion);
    free(c->probabilities);
    cells_free(&c->article_cells);
    duplicates_free(&c->duplicates);
    strbuf_free(&c->ids);
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

void counts_pack(struct strbuf *out, stance_str s)
{
    uint64_t len = s.len;
    char bytes[sizeof len];
    memcpy(bytes, &len, sizeof len);
    strbuf_add(out, (stance_str){bytes, sizeof bytes});
    strbuf_add(out, s);
}

static void pack(struct counts *c, stance_str s)
{
    counts_pack(&c->packed, repaired(c, or_unknown(s)));
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

stance_str counts_column(const struct counts *c, size_t i, const stance_record *record, bool of_article)
{
    const stance_extra *x = extra_find(record->extra, record->extra_n, str_of(c->key[i]));
    if (x) return x->value;
    return of_article ? (stance_str){NULL, 0} : c->options.column(c->options.column_ctx, c->key[i]);
}

static bool key_id(struct counts *c, struct facts *f, uint32_t *id)
{
    strbuf_clear(&c->packed);
    for (size_t i = 0; i < c->keys; i++) {
        const struct dimension *d = c->dimension[i];
        pack(c, d ? d->value(f) : counts_column(c, i, f->record, f->of_article));
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

/* guess: the id it probably has, to save the search. */
static bool add_label(struct counts *c, stance_str label, size_t guess, uint32_t *id, stance_error *err)
{
    if (guess < c->labels.n && str_equal(vocab_text(&c->labels, (uint32_t)guess), label)) return *id = (uint32_t)guess, true;
    *id = vocab_add(&c->labels, repaired(c, label));
    if (*id == VOCAB_NONE) return error_nomem(err, "counting");
    if (*id < STANCE_MAX_LABELS) return true;
    return error_set(err, STANCE_INPUT, 0, "more than %d different stances, the last \"%.*s\"; is this a file of views?", STANCE_MAX_LABELS,
                     label.len < 40 ? (int)label.len : 40, label.ptr);
}

static bool note_model(struct counts *c, struct vocab *v, stance_str name)
{
    bool known = !name.ptr || !name.len || (v->n && str_equal(v->items[v->n - 1], name));
    return known || vocab_add(v, repaired(c, name)) != VOCAB_NONE;
}

/* Labels that never win still have their row: they come from the model, not from luck. */
static bool what_of(struct counts *c, const stance_record *r, uint32_t *what, stance_error *err)
{
    uint32_t id;
    for (size_t i = 0; i < r->labels_n; i++)
        if (!add_label(c, r->labels[i], i, &id, err)) return false;
    *what = r->abstained.ptr && r->abstained.len ? COUNT_ABSTAINED : COUNT_UNLABELLED;
    if (!r->stance.ptr || !r->stance.len) return true;
    if (!add_label(c, r->stance, 0, &id, err)) return false;
    if (*what == COUNT_UNLABELLED) *what = id;
    return true;
}

/* A copy is of less worth than what it repeats, but which one that is shows only at the end: so more are kept than will be shown. */
enum { SPARE = 4 };

static double rank_of(const stance_record *r, uint32_t what)
{
    if (what == COUNT_ABSTAINED) return -2;
    return isfinite(r->margin) ? r->margin : -1;
}

static bool keep_id(struct counts *c, stance_str id)
{
    void *ends = c->id_end;
    if (!array_reserve(&ends, &c->id_cap, c->duplicates.n, sizeof *c->id_end)) return false;
    c->id_end = ends;
    strbuf_add(&c->ids, repaired(c, id));
    c->id_end[c->duplicates.n - 1] = c->ids.len;
    return !c->ids.failed;
}

stance_str counts_id(const struct counts *c, size_t view)
{
    if (!c->id_end) return (stance_str){NULL, 0};
    return str_slice(strbuf_str(&c->ids), view ? c->id_end[view - 1] : 0, c->id_end[view]);
}

/* By the labels of the confusion; 0 for those the view has none of. */
static bool keep_probabilities(struct counts *c, const stance_record *r)
{
    size_t n = c->confusion.labels.n, at = c->duplicates.n * n;
    void *grown = c->probabilities;
    if (c->adjust != ADJUST_PROBABILITY) return true;
    if (!array_reserve(&grown, &c->probabilities_cap, at + n, sizeof *c->probabilities)) return false;
    c->probabilities = grown;
    memset(c->probabilities + at, 0, n * sizeof *c->probabilities);
    for (size_t i = 0; i < r->labels_n; i++) {
        uint32_t label = vocab_find(&c->confusion.labels, r->labels[i]);
        if (label != VOCAB_NONE && r->p[i] > 0) c->probabilities[at + label] = (float)r->p[i];
    }
    return true;
}

/* Of two views in one place the order must not be that of their coming. */
static uint64_t tie_of(const struct counts *c, struct counted v, const stance_record *r)
{
    return str_hash(r->abstained, str_hash(r->stance, str_hash(r->id, str_hash(vocab_text(&c->groups, v.group), 0))));
}

static bool keep_view(struct counts *c, struct counted v, const struct facts *f)
{
    void *views = c->views;
    bool words = c->dedup == DEDUP_NEAR || c->claim != COUNTS_NO_CLAIM;
    if (!array_reserve(&views, &c->views_cap, c->duplicates.n + 1, sizeof *c->views)) return false;
    c->views = views;
    c->views[c->duplicates.n] = v;
    if (!keep_probabilities(c, f->record)) return false;
    return duplicates_add(&c->duplicates, f->record, v.article, f->day, tie_of(c, v, f->record), words);
}

static bool keep_example(struct counts *c, struct counted v, const stance_record *r, stance_error *err)
{
    size_t view = c->duplicates.n - 1, wanted = c->options.examples;
    bool claim = c->claim != COUNTS_NO_CLAIM;
    if (!claim && !wanted) return true;
    if (!keep_id(c, r->id)) return error_nomem(err, "counting");
    if (claim) return examples_offer(&c->examples[0], SIZE_MAX, -(double)view, view, r, err);
    return examples_offer(&c->examples[v.group], wanted > SIZE_MAX / SPARE ? wanted : wanted * SPARE, rank_of(r, v.what), view, r, err);
}

bool counts_add(struct counts *c, const stance_record *record, stance_error *err)
{
    struct facts f = {.record = record};
    struct counted v = {0};
    uint32_t what;
    read_date(&f, record->date);
    bool wants = wanted(c, &f);
    if (filter_failed(&c->filter)) return error_nomem(err, "counting");
    if (!wants) return true;
    if (!what_of(c, record, &what, err)) return false;
    v.what = (uint8_t)what;
    if (!note_model(c, &c->models, record->model) || !note_model(c, &c->views_models, record->views_model) ||
        !article_id(c, record->article, record->outlet, &v.article) || !key_id(c, &f, &v.group) || !keep_view(c, v, &f))
        return error_nomem(err, "counting");
    return keep_example(c, v, record, err);
}

bool counts_wants(struct counts *c, const stance_record *record, bool *wants, stance_error *err)
{
    struct facts f = {.record = record};
    read_date(&f, record->date);
    *wants = wanted(c, &f);
    return !filter_failed(&c->filter) || error_nomem(err, "counting");
}

bool counts_wants_article(struct counts *c, const stance_document *document, bool *wants, stance_error *err)
{
    struct facts f = {0};
    c->articles_given = true;
    read_date(&f, document->date);
    *wants = !filter_chooses_views(&c->filter) && filter_outlet(&c->filter, document->outlet) && filter_time(&c->filter, f.day);
    return !filter_failed(&c->filter) || error_nomem(err, "counting");
}

void counts_left_out(struct counts *c, size_t views, size_t undated)
{
    c->left_out += views;
    c->undated += undated;
}

bool counts_add_article(struct counts *c, const stance_document *document, stance_error *err)
{
    stance_record record = {.article = document->article, .outlet = document->outlet, .extra = document->extra, .extra_n = document->extra_n};
    struct facts f = {.record = &record, .of_article = true};
    uint32_t article, group;
    bool wants;
    if (!counts_wants_article(c, document, &wants, err)) return false;
    if (!wants) return true;
    read_date(&f, document->date);
    if (!article_id(c, record.article, record.outlet, &article) || !cells_add(&c->article_cells, 0, article, COUNT_ARTICLE))
        return error_nomem(err, "counting");
    if (!c->of_articles) return true;
    if (!key_id(c, &f, &group) || !cells_add(&c->article_cells, group, article, COUNT_ARTICLE)) return error_nomem(err, "counting");
    return true;
}
