/* SPDX-License-Identifier: MIT
 * training: stance_train and stance_cross_validate: rows in, model file or predictions out.
 * Method: features are extracted once, settings chosen by tune(), the last fit uses all rows with a tighter stop. Cross-validation does the
 * same inside each fold. Limits: all rows in memory. */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../base/error.h"
#include "../base/radix.h"
#include "../base/vocab.h"
#include "calibration.h"
#include "confusions.h"
#include "drift.h"
#include "fit.h"
#include "folds.h"
#include "memory.h"
#include "model.h"
#include "parallel.h"
#include "predict.h"
#include "shrink.h"
#include "tuning.h"

static const double HURRIED_STOP = 0.05, UNHURRIED_SECONDS = 30, MEASURING_SHARE = 0.05 /* of the time for training */, MEASURING_STOP = 0.05;
enum {
    FEW_ROWS = 1500, MANY_ROWS = 10000, ENOUGH_ANSWERS = 5000,
    FEW_FOLDS = 3, MANY_FOLDS = 5, ROWS_AT_LEAST = 4, MEASURED_AT_LEAST = 20, COPY_TARGETS = 20, COPY_ROWS = 50, MODEL_OVERHEAD = 8192,
    FREE_ROWS = 2000, MOST_SEARCHES = 20, FEW_SEARCHES = 5
};

/* Everything a run holds. */
struct run {
    const stance_rows *rows;
    stance_train_options o;
    struct recipe recipe;     /* where the search begins */
    bool search;
    bool own_margin;          /* nobody gave one */
    uint64_t optional;        /* templates that the search may switch on */
    struct lexicon lexicon;
    struct matrix matrix;
    bool targets;             /* some rows have one */
    struct timespec begun;
    uint32_t *cluster;        /* [rows] */
    struct training_set set;
    stance_train_summary summary;
    struct known_figures known;
    struct strbuf measured;   /* see confusions.h */
};

/* ---- options ---- */

static bool check_rows(const stance_rows *rows, stance_train_summary *summary, stance_error *err)
{
    size_t used = 0;
    if (rows->labels_n > STANCE_MAX_LABELS)
        return error_set(err, STANCE_INPUT, 0, "%zu labels, at most %d; is this the right label column?", rows->labels_n, STANCE_MAX_LABELS);
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->rows[i].label >= rows->labels_n) return error_set(err, STANCE_INPUT, rows->rows[i].line, "row %zu has no such label", i + 1);
        used += summary->rows_of[rows->rows[i].label]++ == 0;
    }
    if (rows->n < ROWS_AT_LEAST) return error_set(err, STANCE_INPUT, 0, "%zu labelled rows; training needs %d at least", rows->n, ROWS_AT_LEAST);
    if (used < 2) return error_set(err, STANCE_INPUT, 0, "all rows have the same label; training needs two labels at least");
    summary->rows = rows->n;
    summary->labels = rows->labels_n;
    return true;
}

static bool read_options(struct run *r, stance_error *err)
{
    stance_str bad = {NULL, 0};
    r->recipe = recipe_default();
    r->search = !r->o.recipe && !r->o.start;
    if (r->o.start && !r->o.recipe) {
        r->recipe = r->o.start->recipe;
        r->recipe.temperature = 0; /* new rows, measured anew */
        r->recipe.min_margin = -1;
    }
    if (r->o.recipe && !recipe_read(&r->recipe, str_of(r->o.recipe), err)) return false;
    r->own_margin = r->recipe.min_margin < 0;
    if (r->o.c < 0 || !isfinite(r->o.c)) return error_set(err, STANCE_USAGE, 0, "the cost c must be above 0");
    if (r->o.c > 0) r->recipe.c = r->o.c;
    if (r->o.hash_bits > 30) return error_set(err, STANCE_USAGE, 0, "%u hash bits; give 8 to 30", r->o.hash_bits);
    if (r->o.hash_bits) r->recipe.hash_bits = r->o.hash_bits < 8 ? 8 : r->o.hash_bits;
    if (r->o.class_weight && !recipe_class_weight(r->o.class_weight, &r->recipe.class_weight))
        return error_set(err, STANCE_USAGE, 0, "class weight '%.40s' is none of none, sqrt, balanced", r->o.class_weight);
    if (r->o.templates && !feature_select(str_of(r->o.templates), &r->recipe.templates, &bad))
        return error_set(err, STANCE_USAGE, 0, "no feature template is called '%.*s'", (int)(bad.len < 40 ? bad.len : 40), bad.ptr);
    return true;
}

/* Copies per target pay when the same few targets come back: at most COPY_TARGETS with COPY_ROWS rows each that cover most rows. */
static bool targets_repeat(const stance_rows *rows, bool *repeat)
{
    struct vocab targets = {0};
    size_t *count = calloc(rows->n + 1, sizeof *count), covered = 0, frequent = 0;
    bool ok = count;
    for (size_t i = 0; ok && i < rows->n; i++) {
        if (!rows->rows[i].in.target.ptr || rows->rows[i].in.target.len == 0) continue;
        uint32_t id = vocab_add(&targets, rows->rows[i].in.target);
        ok = id != VOCAB_NONE;
        if (ok) count[id]++;
    }
    for (size_t t = 0; ok && t < targets.n; t++) {
        if (count[t] < COPY_ROWS) continue;
        frequent++;
        covered += count[t];
    }
    *repeat = ok && frequent >= 2 && frequent <= COPY_TARGETS && covered * 10 >= rows->n * 8;
    vocab_free(&targets);
    free(count);
    return ok;
}

static bool load_lexicons(struct run *r, stance_error *err)
{
    if (!lexicon_add_builtin(&r->lexicon, err)) return false;
    for (size_t i = 0; i < r->o.lexicons_n; i++)
        if (!lexicon_add_file(&r->lexicon, r->o.lexicons[i], err)) return false;
    return true;
}

static bool check_memory(const struct run *r, const struct feature_settings *settings, stance_error *err)
{
    const double MB = 1e6;
    double need, have = r->o.max_memory ? (double)r->o.max_memory : memory_available();
    if (!r->o.max_memory && r->rows->n < FREE_ROWS) return true; /* takes longer to estimate than to have */
    if (!memory_estimate(r->rows, settings, r->o.threads, &need, err)) return false;
    if (have <= 0 || need <= have) return true;
    return error_set(err, STANCE_NOMEM, 0, "training on %zu rows would take about %.0f MB and there are %.0f MB: use fewer threads (-j 1), hashing (--hash-bits 18), "
                     "fewer templates (--templates -c,-c6), or fewer rows", r->rows->n, need / MB, have / MB);
}

static bool run_begin(struct run *r, const stance_rows *rows, const stance_train_options *o, stance_error *err)
{
    bool repeat;
    stance_str bad;
    *r = (struct run){.rows = rows};
    clock_gettime(CLOCK_MONOTONIC, &r->begun);
    if (o) r->o = *o;
    for (size_t i = 0; i < rows->n; i++) r->targets = r->targets || rows->rows[i].in.target.len > 0;
    if (!check_rows(rows, &r->summary, err) || !read_options(r, err) || !load_lexicons(r, err)) return false;
    r->cluster = calloc(rows->n + 1, sizeof *r->cluster);
    if (!r->cluster || !targets_repeat(rows, &repeat)) return error_nomem(err, "reading the rows");
    if (r->recipe.copies == COPIES_AUTO) r->recipe.copies = repeat ? COPIES_ON : COPIES_OFF;
    if (r->search && !r->o.templates) feature_select(STR("+raw2,+raw3"), &r->optional, &bad);
    struct feature_settings settings = {&r->lexicon, r->recipe.templates | r->optional, r->recipe.copies == COPIES_ON, (unsigned)r->recipe.hash_bits};
    r->set = (struct training_set){rows, &r->matrix, r->cluster};
    return check_memory(r, &settings, err) && folds_cluster(rows, r->cluster, &r->summary, err) && matrix_build(&r->matrix, &settings, rows, err);
}

static void run_end(struct run *r)
{
    lexicon_free(&r->lexicon);
    matrix_free(&r->matrix);
    free(r->cluster);
    strbuf_free(&r->measured);
}

static struct tuning_options tuning_of(const struct run *r, size_t n, unsigned threads)
{
    return (struct tuning_options){
        .start = r->recipe, .search = r->search, .fixed_c = r->o.c > 0, .fixed_class_weight = r->o.class_weight != NULL,
        .optional = r->optional, .targets = r->targets,
        .folds = n < FEW_ROWS ? MANY_FOLDS : FEW_FOLDS, .seed = r->o.seed, .threads = threads, .budget_seconds = r->o.budget_seconds,
    };
}

/* ---- the model ---- */

/* Positive numbers have the order of their bits. */
static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* The features that take part, by block, frequent ones first: what scoring touches most lies together. */
static bool used_features(const struct fit *f, uint32_t *ids, size_t *n)
{
    const struct matrix *m = f->set->matrix;
    struct keyed *places = calloc(2 * f->used + 1, sizeof *places);
    *n = 0;
    if (!places) return false;
    for (uint32_t id = 0; id < m->keys.n; id++)
        if (f->scale[id] != 0) places[(*n)++] = (struct keyed){bits_of(f->scale[id]), id};
    radix_sort(places, places + *n, *n);
    for (size_t i = 0; i < *n; i++) places[i].key = m->block[places[i].value];
    radix_sort(places, places + *n, *n);
    for (size_t i = 0; i < *n; i++) ids[i] = places[i].value;
    free(places);
    return true;
}

struct packed {
    uint32_t *ids;
    stance_str *keys;
    uint8_t *block;
    double *scale, *weights;
    size_t n;
};

static void packed_free(struct packed *p)
{
    free(p->ids);
    free(p->keys);
    free(p->block);
    free(p->scale);
    free(p->weights);
}

static bool pack(const struct fit *f, struct packed *p)
{
    const struct matrix *m = f->set->matrix;
    size_t labels = f->set->rows->labels_n, all = m->keys.n;
    p->ids = calloc(all + 1, sizeof *p->ids);
    if (!p->ids || !used_features(f, p->ids, &p->n)) return false;
    p->keys = calloc(p->n + 1, sizeof *p->keys);
    p->block = calloc(p->n + 1, sizeof *p->block);
    p->scale = calloc(p->n + 1, sizeof *p->scale);
    p->weights = calloc((p->n + 1) * labels, sizeof *p->weights);
    if (!p->keys || !p->block || !p->scale || !p->weights) return false;
    for (size_t i = 0; i < p->n; i++) {
        p->keys[i] = dictionary_text(&m->keys, p->ids[i]);
        p->block[i] = m->block[p->ids[i]];
        p->scale[i] = f->scale[p->ids[i]];
        memcpy(p->weights + i * labels, fit_weights(f, p->ids[i]), labels * sizeof *p->weights);
    }
    memcpy(p->weights + p->n * labels, fit_bias(f), labels * sizeof *p->weights);
    return true;
}

static void write_summary(const struct run *r, struct strbuf *out)
{
    const stance_train_summary *s = &r->summary;
    strbuf_print(out, "program = stance %s\nrows = %zu\nfeatures = %zu\n", STANCE_VERSION, s->rows, s->features);
    for (size_t l = 0; l < s->labels; l++) strbuf_print(out, "rows of %s = %zu\n", r->rows->labels[l], s->rows_of[l]);
    strbuf_print(out, "duplicates = %zu\ncontradictions = %zu\nseed = %llu\n", s->duplicates, s->contradictions, (unsigned long long)r->o.seed);
    drift_write(&r->known, out);
    if (s->macro_f1 >= 0) strbuf_print(out, "cross-validated macro_f1 = %.4f\ncross-validated accuracy = %.4f\n", s->macro_f1, s->accuracy);
    if (s->pruned_macro_f1 >= 0) strbuf_print(out, "cross-validated macro_f1 at this size = %.4f\n", s->pruned_macro_f1);
}

static bool save(struct run *r, const struct fit *f, const char *path, stance_error *err)
{
    struct packed p = {0};
    struct strbuf summary = {0};
    bool ok = pack(f, &p);
    r->summary.features = p.n;
    write_summary(r, &summary);
    ok = (ok && !summary.failed) || error_nomem(err, "writing the model");
    struct model_parts parts = {&r->recipe, &r->lexicon, r->rows->labels, r->rows->labels_n, p.n, p.keys, p.block, p.scale, p.weights,
                                strbuf_str(&summary), strbuf_str(&r->measured)};
    ok = ok && model_save(path, &parts, err);
    packed_free(&p);
    strbuf_free(&summary);
    return ok;
}

static double spent(const struct run *r)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - r->begun.tv_sec) + 1e-9 * (double)(now.tv_nsec - r->begun.tv_nsec);
}

static bool choose(struct run *r, const uint32_t *all, stance_error *err)
{
    struct tuning_options o = tuning_of(r, r->rows->n, r->o.threads);
    struct tuning_result result;
    r->summary.macro_f1 = r->summary.accuracy = r->summary.pruned_macro_f1 = -1;
    if (!r->search && r->recipe.temperature > 0) return true;
    o.spent_seconds = spent(r) + MEASURING_SHARE * r->o.budget_seconds;
    o.progress = r->o.progress;
    o.progress_ctx = r->o.progress_ctx;
    if (!tune(&r->set, all, r->rows->n, &o, &result, err)) return false;
    r->recipe = result.recipe;
    r->summary.macro_f1 = result.macro_f1;
    r->summary.accuracy = result.accuracy;
    r->summary.tried = result.tried;
    if (r->o.budget_seconds > 0 && r->o.budget_seconds - spent(r) < result.fit_seconds) r->recipe.stop = fmax(r->recipe.stop, HURRIED_STOP);
    return true;
}

/* ---- a limit on the file's size ---- */

static bool other_bytes(const struct run *r, size_t *bytes, stance_error *err)
{
    struct strbuf lexicon = {0};
    lexicon_write(&r->lexicon, &lexicon);
    bool ok = !lexicon.failed || error_nomem(err, "shrinking the model");
    *bytes = lexicon.len + MODEL_OVERHEAD;
    strbuf_free(&lexicon);
    return ok;
}

/* Only models that are too large are touched; the loss is measured when the whole has been. */
static bool fit_size(struct run *r, struct fit *f, const uint32_t *all, stance_error *err)
{
    size_t kept, before = f->used;
    struct shrink_options o = {.recipe = r->recipe, .max_bytes = r->o.max_bytes, .eps = r->recipe.stop, .seed = r->o.seed, .folds = FEW_FOLDS, .threads = r->o.threads};
    if (!other_bytes(r, &o.other_bytes, err) || !shrink(f, all, r->rows->n, &o, &kept, err)) return false;
    if (kept == before || r->summary.macro_f1 < 0) return true;
    o.folds = r->rows->n < FEW_ROWS ? MANY_FOLDS : FEW_FOLDS;
    return shrink_measure(&r->set, all, r->rows->n, &o, kept, &r->summary.pruned_macro_f1, err);
}

static bool measure(struct run *r, stance_error *err);

/* *recipe gets the settings as text; nothing can fail behind the saving. */
static bool train_and_save(struct run *r, struct strbuf *recipe, const char *path, stance_error *err)
{
    struct fit f = {.set = NULL};
    uint32_t *all = calloc(r->rows->n + 1, sizeof *all);
    bool ok = all || error_nomem(err, "training");
    for (uint32_t i = 0; ok && i < r->rows->n; i++) all[i] = i;
    ok = ok && choose(r, all, err) && measure(r, err) && fit_prepare(&f, &r->set, &r->recipe, all, r->rows->n, NULL, err);
    if (ok && r->o.start) fit_start(&f, r->o.start);
    ok = ok && fit_run(&f, &r->recipe, r->recipe.stop, err);
    if (ok && r->o.max_bytes) ok = fit_size(r, &f, all, err);
    ok = ok && drift_known(&r->set, f.scale, r->recipe.min_rows, MANY_FOLDS, r->o.seed, &r->known, err);
    if (r->recipe.min_margin < 0) r->recipe.min_margin = 0; /* too few rows, or no time, to tell */
    recipe_write(&r->recipe, recipe);
    if (ok && recipe->failed) ok = error_nomem(err, "training");
    ok = ok && save(r, &f, path, err);
    fit_free(&f);
    free(all);
    return ok;
}

bool stance_train(const stance_rows *rows, const stance_train_options *options, const char *out_path, stance_train_summary *summary,
                  stance_error *err)
{
    struct run r;
    struct strbuf recipe = {0};
    bool ok = run_begin(&r, rows, options, err) && train_and_save(&r, &recipe, out_path, err);
    if (ok && summary) {
        size_t n = recipe.len < sizeof summary->recipe - 1 ? recipe.len : sizeof summary->recipe - 1;
        *summary = r.summary;
        memcpy(summary->recipe, recipe.ptr, n);
    }
    strbuf_free(&recipe);
    run_end(&r);
    return ok;
}

/* ---- cross-validation ---- */

struct outer {
    struct run *run;
    const uint32_t *fold; /* [rows] */
    unsigned threads;     /* within one fold */
    stance_prediction *out;
    size_t bundles;       /* settings are chosen once for each bundle of folds: fold modulo bundles */
    struct recipe *recipes; /* [bundles] */
    bool as_is;           /* the run's recipe, with nothing chosen */
    double stop;          /* at least: nothing is kept of these fits but their answers */
};

static void predict_row(const struct run *r, struct fit *f, size_t row, stance_prediction *out)
{
    double scores[STANCE_MAX_LABELS];
    fit_score(f, row, scores);
    predict_fill(scores, r->rows->labels_n, f->recipe.temperature, out);
    curve_apply(&f->recipe.curve, r->rows->labels_n, out);
    out->known = known_share(&r->matrix, f->scale, row);
    out->abstained = predict_abstention(out, &r->matrix.facts[row], f->recipe.min_margin);
}

/* Rows whose fold, modulo `bundles` when that is not 0, is another. */
static uint32_t *rows_outside(const struct outer *o, size_t fold, size_t bundles, size_t *n, stance_error *err)
{
    size_t all = o->run->rows->n;
    uint32_t *rows = calloc(all + 1, sizeof *rows);
    *n = 0;
    for (uint32_t i = 0; rows && i < all; i++)
        if ((bundles ? o->fold[i] % bundles : o->fold[i]) != fold) rows[(*n)++] = i;
    if (!rows) error_nomem(err, "cross-validating");
    else if (*n < 2) error_set(err, STANCE_INPUT, 0, "a fold leaves no rows to train on; use fewer folds or other parts");
    if (rows && *n >= 2) return rows;
    free(rows);
    return NULL;
}

/* Settings for the folds of a bundle, from rows that are in none of them. */
static bool choose_for_bundle(void *ctx, size_t bundle, stance_error *err)
{
    const struct outer *o = ctx;
    size_t n;
    uint32_t *rows = rows_outside(o, bundle, o->bundles, &n, err);
    struct tuning_options tuning = tuning_of(o->run, n, o->threads);
    struct tuning_result best = {.recipe = o->run->recipe};
    bool ok = rows && tune(&o->run->set, rows, n, &tuning, &best, err);
    o->recipes[bundle] = best.recipe;
    free(rows);
    return ok;
}

static bool predict_fold(void *ctx, size_t fold, stance_error *err)
{
    const struct outer *o = ctx;
    struct run *r = o->run;
    struct fit f = {.set = NULL};
    size_t n;
    uint32_t *rows = rows_outside(o, fold, 0, &n, err);
    const struct recipe *recipe = &o->recipes[fold % o->bundles];
    bool ok = rows && fit_prepare(&f, &r->set, recipe, rows, n, NULL, err) && fit_run(&f, recipe, fmax(recipe->stop, o->stop), err);
    for (size_t i = 0; ok && i < r->rows->n; i++)
        if (o->fold[i] == fold) predict_row(r, &f, i, &o->out[i]);
    fit_free(&f);
    free(rows);
    return ok;
}

/* Answers the rows of the first `folds` of k folds. */
static bool predict_folds(struct outer *o, size_t k, size_t folds, stance_error *err)
{
    struct run *r = o->run;
    o->bundles = k <= MOST_SEARCHES ? k : FEW_SEARCHES;
    o->recipes = calloc(o->bundles, sizeof *o->recipes);
    if (!o->recipes) return error_nomem(err, "cross-validating");
    for (size_t b = 0; b < o->bundles; b++) o->recipes[b] = r->recipe;
    bool search = !o->as_is && (r->search || r->recipe.temperature <= 0 || r->recipe.min_margin < 0);
    bool ok = (!search || parallel_run(o->bundles, r->o.threads, choose_for_bundle, o, err)) && parallel_run(folds, r->o.threads, predict_fold, o, err);
    free(o->recipes);
    return ok;
}

/* Numbers the parts 0, 1, ... in order of their value. */
static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool number_parts(const uint32_t *held, size_t n, uint32_t *fold, size_t *k)
{
    uint32_t *values = calloc(n + 1, sizeof *values);
    if (!values) return false;
    memcpy(values, held, n * sizeof *values);
    qsort(values, n, sizeof *values, by_number);
    *k = 0;
    for (size_t i = 0; i < n; i++)
        if (*k == 0 || values[i] != values[*k - 1]) values[(*k)++] = values[i];
    for (size_t i = 0; i < n; i++)
        fold[i] = (uint32_t)((const uint32_t *)bsearch(&held[i], values, *k, sizeof *values, by_number) - values);
    free(values);
    return true;
}

static bool split_all(const stance_rows *rows, const uint32_t *cluster, size_t k, uint64_t seed, uint32_t *fold, stance_error *err)
{
    uint32_t *all = calloc(rows->n + 1, sizeof *all);
    if (!all) return error_nomem(err, "cross-validating");
    for (uint32_t i = 0; i < rows->n; i++) all[i] = i;
    bool ok = folds_split(rows, cluster, all, rows->n, k, seed + 1, fold, err);
    free(all);
    return ok;
}

bool stance_folds(const stance_rows *rows, size_t k, uint64_t seed, uint32_t *fold, stance_error *err)
{
    uint32_t *cluster = calloc(rows->n + 1, sizeof *cluster);
    if (!cluster) return error_nomem(err, "dividing rows into folds");
    bool ok = (k >= 2 && k <= 20) || error_set(err, STANCE_USAGE, 0, "%zu folds; give 2 to 20", k);
    ok = ok && folds_cluster(rows, cluster, NULL, err) && split_all(rows, cluster, k, seed, fold, err);
    free(cluster);
    return ok;
}

static bool make_folds(const struct run *r, size_t *k, const uint32_t *held, uint32_t *fold, stance_error *err)
{
    bool ok = held ? number_parts(held, r->rows->n, fold, k) || error_nomem(err, "cross-validating")
                   : split_all(r->rows, r->cluster, *k, r->o.seed, fold, err);
    return ok && (*k >= 2 || error_set(err, STANCE_INPUT, 0, "all rows are in one part; nothing is left to train on"));
}

/* ---- the default margin ----
 * It is chosen on answers of models of nearly all rows, as the last one is. The search trains on two rows of three, whose scores lie a tenth closer
 * together, and its margin would mark fewer than was meant. */

static void mark_answer(stance_prediction *p, double margin)
{
    if (p->abstained == STANCE_CERTAIN || p->abstained == STANCE_LOW_MARGIN) p->abstained = p->margin < margin ? STANCE_LOW_MARGIN : STANCE_CERTAIN;
}

static bool answered(const stance_rows *rows, const stance_prediction *p)
{
    return p->label < rows->labels_n;
}

static bool mark(struct run *r, stance_prediction *out, stance_error *err)
{
    size_t n = 0;
    struct answer_seen *answers = calloc(r->rows->n, sizeof *answers);
    if (!answers) return error_nomem(err, "measuring the model");
    for (size_t i = 0; i < r->rows->n; i++)
        if (answered(r->rows, &out[i])) answers[n++] = (struct answer_seen){out[i].margin, out[i].label == r->rows->rows[i].label};
    if (r->own_margin) r->recipe.min_margin = margin_choose(answers, n);
    for (size_t i = 0; i < r->rows->n; i++) mark_answer(&out[i], r->recipe.min_margin);
    free(answers);
    return true;
}

/* In cross-validation: that of each bundle of folds from the answers to the rows of all others. */
static bool mark_bundles(const struct outer *o, stance_error *err)
{
    const stance_rows *rows = o->run->rows;
    struct answer_seen *answers = calloc(rows->n, sizeof *answers);
    if (!answers) return error_nomem(err, "cross-validating");
    for (size_t b = 0; b < o->bundles; b++) {
        size_t others = 0;
        for (size_t i = 0; i < rows->n; i++)
            if (o->fold[i] % o->bundles != b) answers[others++] = (struct answer_seen){o->out[i].margin, o->out[i].label == rows->rows[i].label};
        double margin = margin_choose(answers, others);
        for (size_t i = 0; i < rows->n; i++)
            if (o->fold[i] % o->bundles == b) mark_answer(&o->out[i], margin);
    }
    free(answers);
    return true;
}

/* How many of k folds have enough answers; of few rows every one counts. */
static size_t folds_to_measure(size_t n, size_t k)
{
    return n < MANY_ROWS ? k : (ENOUGH_ANSWERS * k + n - 1) / n;
}

/* What the settings make of rows they were not trained on: a report speaks of its errors by it. Only a part of the rows is trained on, so the
 * model itself errs a little less. */
static bool measure(struct run *r, stance_error *err)
{
    size_t n = r->rows->n, k = MANY_FOLDS;
    bool hurried = r->o.budget_seconds > 0 && r->o.budget_seconds < UNHURRIED_SECONDS;
    if (n < MEASURED_AT_LEAST || hurried) return true;
    uint32_t *fold = calloc(n, sizeof *fold);
    stance_prediction *out = calloc(n, sizeof *out);
    struct outer outer = {.run = r, .fold = fold, .threads = 1, .out = out, .as_is = true, .stop = MEASURING_STOP};
    bool ok = (fold && out) || error_nomem(err, "measuring the model");
    for (size_t i = 0; ok && i < n; i++) out[i].label = STANCE_MAX_LABELS; /* not answered */
    ok = ok && split_all(r->rows, r->cluster, k, r->o.seed, fold, err) && predict_folds(&outer, k, folds_to_measure(n, k), err);
    ok = ok && mark(r, out, err);
    if (ok) confusions_write(r->rows, out, &r->measured);
    free(fold);
    free(out);
    return ok && (!r->measured.failed || error_nomem(err, "measuring the model"));
}

bool stance_cross_validate(const stance_rows *rows, const stance_train_options *options, size_t k, const uint32_t *held,
                           stance_prediction *out, stance_error *err)
{
    struct run r = {.rows = NULL};
    uint32_t *fold = NULL;
    bool ok = held || (k >= 2 && k <= 20) || error_set(err, STANCE_USAGE, 0, "%zu folds; give 2 to 20", k);
    ok = ok && run_begin(&r, rows, options, err);
    fold = ok ? calloc(rows->n + 1, sizeof *fold) : NULL;
    if (ok && !fold) ok = error_nomem(err, "cross-validating");
    ok = ok && make_folds(&r, &k, held, fold, err);
    struct outer outer = {.run = &r, .fold = fold, .threads = 1, .out = out};
    ok = ok && predict_folds(&outer, k, k, err) && (!r.own_margin || mark_bundles(&outer, err));
    free(fold);
    run_end(&r);
    return ok;
}
