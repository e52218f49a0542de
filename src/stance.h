/* SPDX-License-Identifier: MIT
 * stance.h: the contract of libstance.
 *
 * Text comes in as documents (articles) or statements, leaves as views: who said what, and with which stance toward what.
 * Rules that hold for every function here:
 *   - Nothing prints, exits, aborts or touches the locale.
 *   - Fallible functions return bool, a pointer or a count, and fill a caller-owned stance_error, which may be NULL.
 *   - A stance_str is a view: no NUL at its end, embedded NUL legal; ptr NULL means "not given". It is valid as long as its owner says.
 *   - *_free(NULL) does nothing.
 *   - Models are immutable after opening and may serve many threads; an analyzer is one thread's scratch memory. */
#ifndef STANCE_H
#define STANCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define STANCE_VERSION "0.1.0"

#if defined(__GNUC__)
#define STANCE_API __attribute__((visibility("default")))
#else
#define STANCE_API
#endif

/* ---- errors ---- */

/* The one source of codes, exit statuses and their meaning. */
#define STANCE_CODES(X)                                                                                                        \
    X(OK, 0, "success")                                                                                                        \
    X(PARTIAL, 1, "done, but some records were skipped")                                                                       \
    X(USAGE, 2, "bad command line")                                                                                            \
    X(INPUT, 3, "input cannot be read")                                                                                        \
    X(MODEL, 4, "model missing, damaged or too new")                                                                           \
    X(OUTPUT, 5, "output cannot be written")                                                                                   \
    X(NOMEM, 6, "out of memory")                                                                                               \
    X(INTERRUPTED, 130, "interrupted")

typedef enum {
#define STANCE_CODE_ENUM(name, status, message) STANCE_##name = status,
    STANCE_CODES(STANCE_CODE_ENUM)
#undef STANCE_CODE_ENUM
} stance_code;

typedef struct {
    stance_code code;
    size_t offset;  /* byte, line or record the text speaks of; 0 when none */
    char text[480]; /* one sentence, NUL-ended: file, record, what to do */
} stance_error;

/* STANCE_VERSION of the library that was linked or loaded; a static string. */
STANCE_API const char *stance_version(void);
/* Meaning of a code, a static string; never NULL. */
STANCE_API const char *stance_code_message(stance_code code);

/* ---- text ---- */

typedef struct {
    const char *ptr;
    size_t len;
} stance_str;

/* Half-open. Bytes or code points, as the field says. start == end == STANCE_NONE: not there. */
typedef struct {
    size_t start, end;
} stance_span;
#define STANCE_NONE SIZE_MAX

/* ---- documents and views ---- */

/* A column of the input that is none of ours: --meta and tables may have any. */
typedef struct {
    stance_str name, value; /* value.ptr NULL: empty */
} stance_extra;

typedef struct {
    stance_str article; /* id; never NULL after a reader */
    stance_str outlet, url, date, title, author, target;
    stance_str text;   /* valid UTF-8; spans count in it */
    stance_str file;   /* where it came from, for messages */
    size_t line;       /* line of the record in file, from 1; 0 when it is the whole file */
    bool extracted;    /* text was taken out of HTML, so the input does not hold it verbatim */
    const stance_extra *extra; /* [extra_n] in the input's order; no name is one of a record's own fields */
    size_t extra_n;
} stance_document;

typedef enum { STANCE_DIRECT, STANCE_MIXED, STANCE_INDIRECT } stance_kind;
typedef enum { STANCE_PERSON, STANCE_ORGANISATION, STANCE_GROUP, STANCE_UNKNOWN } stance_speaker_kind;
typedef enum {
    STANCE_BY_NAME, STANCE_BY_SURNAME, STANCE_BY_ALIAS, STANCE_BY_PRONOUN, STANCE_BY_DESCRIPTION, STANCE_BY_NONE
} stance_resolution;
typedef enum { STANCE_CERTAIN, STANCE_LOW_MARGIN, STANCE_FEW_KNOWN, STANCE_NOT_ENGLISH } stance_abstention;

/* The contract's words for the enums above; static strings. */
STANCE_API const char *stance_kind_name(stance_kind kind);
STANCE_API const char *stance_speaker_kind_name(stance_speaker_kind kind);
STANCE_API const char *stance_resolution_name(stance_resolution how);
STANCE_API const char *stance_abstention_name(stance_abstention why); /* NULL for STANCE_CERTAIN */

#define STANCE_MAX_LABELS 64

typedef struct {
    uint32_t label;                /* index into the model's labels: the best one */
    double p[STANCE_MAX_LABELS];   /* calibrated probabilities, [labels] of the model, summing to 1 */
    double margin;                 /* p of the best minus p of the second */
    double known;                  /* share of the text's word n-grams that the model has seen, 0 to 1 */
    stance_abstention abstained;
} stance_prediction;

typedef struct {
    size_t number;                 /* from 1 within the document, in text order */
    stance_kind kind;
    stance_span content, mention, cue;                /* bytes in document.text */
    stance_span content_chars, mention_chars, cue_chars; /* the same in code points */
    stance_str text, cue_text, mention_text;          /* slices of document.text */
    stance_str speaker;            /* canonical or fullest name; "unknown" when none, never empty */
    stance_speaker_kind speaker_kind;
    stance_resolution resolved_by;
    stance_str via;                /* who relayed it */
    stance_str target;
    int cue_polarity;              /* stance that the cue itself lends: 1 "praised", -1 "warned", 0 "said" or no cue */
    bool scored;                   /* prediction is set */
    stance_prediction prediction;
} stance_view;

typedef struct {
    const stance_view *views; /* [n] */
    size_t n;
} stance_result;

/* ---- models ---- */

typedef struct stance_model stance_model;

/* Opens and checks a model file; NULL on failure with STANCE_MODEL and a sentence that says what is wrong with the file. Owner frees. */
STANCE_API stance_model *stance_model_open(const char *path, stance_error *err);
STANCE_API void stance_model_free(stance_model *model);
STANCE_API size_t stance_model_labels(const stance_model *model);
/* Name of label i, NUL-ended, valid as long as the model; NULL when i is out of range. */
STANCE_API const char *stance_model_label(const stance_model *model, size_t i);
/* Identifies the file's content: 16 hexadecimal digits, valid as long as the model. */
STANCE_API const char *stance_model_id(const stance_model *model);
/* The margin below which answers are marked when the caller gives none: of the rows left out in training at most 15 in 100, the closest calls, if fewer
 * than three in five of them were right. 0: none. */
STANCE_API double stance_model_min_margin(const stance_model *model);

typedef struct stance_views_model stance_views_model;

/* The same for a model of attribution, as stance_train_views writes it. */
STANCE_API stance_views_model *stance_views_model_open(const char *path, stance_error *err);
STANCE_API void stance_views_model_free(stance_views_model *model);
STANCE_API const char *stance_views_model_id(const stance_views_model *model);
/* How many of the contents marked in articles it found when it had not learned from them (folds of the training), by kind, as JSON for
 * stance_report_options; NUL-ended; len 0 when it was not measured. Valid as long as the model. */
STANCE_API stance_str stance_views_model_measured(const stance_views_model *model);

/* ---- statements: a text with no article around it ---- */

typedef struct {
    stance_str text;          /* valid UTF-8 */
    stance_str target;        /* name, or NULL */
    stance_span target_span;  /* bytes of the target's mention in text, or STANCE_NONE */
    stance_str cue;           /* lemma or surface of the cue; NULL when not known */
} stance_statement;

typedef struct stance_scorer stance_scorer;

/* Scratch memory for scoring with one model on one thread; model must outlive it. */
STANCE_API stance_scorer *stance_scorer_new(const stance_model *model, stance_error *err);
STANCE_API void stance_scorer_free(stance_scorer *scorer);
/* Labels one statement. Abstains below min_margin (0: never for that reason; below 0: below the model's own). */
STANCE_API bool stance_score(stance_scorer *scorer, const stance_statement *in, double min_margin, stance_prediction *out,
                             stance_error *err);

/* ---- why this label, and what is in a model ---- */

typedef struct {
    stance_str key;               /* "w2=not bad"; behind "target|" in a copy per target; points into the model */
    const char *template_name;    /* static */
    double value;
    const double *part;           /* [labels] what it adds to each label's score */
    double decisive;              /* its part of the best label minus its mean part of the others */
    const stance_span *at;        /* [at_n] bytes of the text it was made from, in text order; none: from the whole */
    size_t at_n;
} stance_contribution;

typedef struct {
    size_t labels;
    double score[STANCE_MAX_LABELS], bias[STANCE_MAX_LABELS]; /* score = bias + sum of the parts */
    stance_prediction prediction; /* as of stance_score */
    const stance_contribution *items; /* [n] the most decisive first */
    size_t n;
} stance_explained;

typedef struct stance_explanation stance_explanation;

/* Takes a score apart; model is the scorer's. Owner frees; its keys point into the model. NULL on failure. */
STANCE_API stance_explanation *stance_explain(stance_scorer *scorer, const stance_model *model, const stance_statement *in, double min_margin,
                                              stance_error *err);
STANCE_API const stance_explained *stance_explanation_of(const stance_explanation *explanation);
STANCE_API void stance_explanation_free(stance_explanation *explanation);

typedef struct {
    stance_str key;               /* points into the model */
    const char *template_name;    /* static */
    double scale;                 /* idf or 1 */
    const double *weight;         /* [labels] */
} stance_feature;

STANCE_API size_t stance_model_features(const stance_model *model);
/* Feature i of the model, i < stance_model_features; i equal to it gives the bias: no key, its weights. */
STANCE_API stance_feature stance_model_feature(const stance_model *model, size_t i);
/* `name = value` lines about the training: rows, rows per label, cross-validated figures. Valid as long as the model. */
/* What the model made of its own rows when it had not seen them (folds of the training), by kind of view, as JSON for stance_report_options;
 * NUL-ended; len 0 when it was not measured. Valid as long as the model. */
STANCE_API stance_str stance_model_measured(const stance_model *model);
STANCE_API stance_str stance_model_summary(const stance_model *model);
/* The settings as stance_train_options.recipe takes them. Valid as long as the model. */
STANCE_API stance_str stance_model_recipe(const stance_model *model);
/* Bytes of the file. */
STANCE_API size_t stance_model_size(const stance_model *model);
/* More than opening checks: that every feature is found by its key. MODEL on failure. */
STANCE_API bool stance_model_verify(const stance_model *model, stance_error *err);

/* ---- drift: is what is read still like what was learnt from? ---- */

typedef struct {
    double rows;                      /* learnt from */
    double known, known_spread;       /* mean and standard deviation over rows of `known`, each row by n-grams of the other folds */
    double share[STANCE_MAX_LABELS];  /* of each label among the rows */
} stance_profile;

/* What training noted. False: the model was made before it was noted. */
STANCE_API bool stance_model_profile(const stance_model *model, stance_profile *out);

/* What has been read so far; all zero: nothing. */
typedef struct {
    size_t n, of[STANCE_MAX_LABELS];
    double known; /* sum */
} stance_seen;

/* Counts one prediction's label and known. */
STANCE_API void stance_seen_add(stance_seen *seen, uint32_t label, double known);
STANCE_API void stance_seen_join(stance_seen *seen, const stance_seen *more);

typedef struct {
    size_t n;
    stance_profile trained;
    double known, share[STANCE_MAX_LABELS];
    double distance;  /* total variation between the label mixes, 0 to 1 */
    double chance;    /* what n draws from training's mix stay below, but 1 in 1000 times */
    bool unfamiliar;  /* known is clearly lower than in training */
    bool shifted;     /* the label mix is clearly another */
} stance_drift;

/* Never unfamiliar or shifted below 100 predictions. False: nothing read, or nothing noted. */
STANCE_API bool stance_drift_of(const stance_model *model, const stance_seen *seen, stance_drift *out);

typedef struct {
    uint32_t feature;             /* of stance_model_feature */
    double value;
} stance_value;
/* A statement as the model sees it, features rising, each once. *values is valid until the scorer's next use; -1 on failure, else how many. */
STANCE_API ptrdiff_t stance_vector(stance_scorer *scorer, const stance_statement *in, const stance_value **values, stance_error *err);

/* ---- the analyzer: document in, views out ---- */

typedef struct {
    const stance_model *model;   /* stance model, or NULL to extract only; must outlive the analyzer */
    const stance_views_model *views_model; /* attribution model, or NULL: rules alone */
    const char *speakers_path;   /* the user's gazetteer (TSV: alias, canonical, kind, note), or NULL */
    const char *target;          /* the one target asked about, or NULL */
    bool all_targets;            /* one view per target in the content */
    double min_margin;           /* as in stance_score */
    size_t max_text;             /* longest text accepted, bytes; 0: 256 MiB */
} stance_analyzer_options;

typedef struct stance_analyzer stance_analyzer;

/* options may be NULL (extract with the defaults). Owner frees. One analyzer per thread. */
STANCE_API stance_analyzer *stance_analyzer_new(const stance_analyzer_options *options, stance_error *err);
STANCE_API void stance_analyzer_free(stance_analyzer *analyzer);
/* The views of a document in text order. The result belongs to the analyzer and is valid until the next call; its strings
 * point into document->text or the analyzer. NULL on failure: text not UTF-8 or too long (INPUT), NOMEM. */
STANCE_API const stance_result *stance_analyze(stance_analyzer *analyzer, const stance_document *document, stance_error *err);

/* What an input may be at most, against files made to harm; 0: the figure behind. Beyond it a record fails, and its message names the limit. */
typedef struct {
    size_t html_bytes;   /* of a page; 64 MiB */
    size_t html_depth;   /* elements within one another; 2,000 */
    size_t csv_lines;    /* of one quoted field; 100,000 */
    size_t json_depth;   /* objects and arrays within one another; 64 */
    size_t json_values;  /* of one object; 65,536 */
    size_t gzip_ratio;   /* bytes out of each byte, beyond 64 MiB; 400 */
} stance_limits;

/* ---- labelled rows: what a model learns from ---- */

typedef struct {
    stance_statement in;
    uint32_t label;     /* index into labels */
    uint32_t group;     /* rows of one group stay in one fold */
    double weight;      /* > 0, 1 by default */
    size_t line;        /* where the row stood, for messages */
    stance_str kind;    /* direct, mixed or indirect, of a view; ptr NULL: not known */
} stance_row;

typedef struct {
    const stance_row *rows;      /* [n] */
    size_t n;
    const char *const *labels;   /* [labels_n], NUL-ended, sorted bytewise; bullish, skeptical, neutral in this order come first */
    size_t labels_n;
} stance_rows;

/* ---- reading documents ---- */

typedef struct {
    const char *const *inputs;    /* [inputs_n] files, folders (walked, sorted by path), "-" for stdin */
    size_t inputs_n;
    const char *input_format;     /* txt html csv tsv jsonl; NULL: by extension, stdin by its first bytes */
    const char *encoding;         /* utf-8 (also NULL), cp1252 or latin1 (read as cp1252, which contains it) */
    const char *meta_path;        /* CSV with id or file, then outlet, date, title, url, author, target; or NULL */
    const char *outlet_from_path; /* POSIX extended expression whose first group in the path is the outlet; or NULL */
    const char *text_column;      /* name of the text column of tables; NULL: the contract's names */
    size_t shard, shards;         /* only the articles whose XXH64(id) mod shards is shard; shards 0: all */
    size_t max_document;          /* longest text or row accepted, bytes; 0: 256 MiB */
    stance_limits limits;
} stance_reader_options;

typedef struct {
    size_t documents;     /* given out */
    size_t failed;        /* calls that returned -1 */
    size_t skipped_files; /* files inside folders passed over for their unknown extension */
    size_t other_shards;  /* documents that belong to other shards */
    size_t repaired;      /* invalid byte sequences replaced by U+FFFD */
    size_t repeated_ids;  /* ids that got ~2, ~3, ... */
    size_t odd_dates;     /* dates kept as text, because they are in no known form */
    size_t meta_unused;   /* rows of the meta file that no document has asked for so far */
    size_t bytes;         /* of the inputs, as they lie on disk, read so far */
} stance_reader_counts;

typedef struct stance_reader stance_reader;

/* Checks the options and that every input is there; reads the meta file. Options and their strings are copied. NULL on failure:
 * USAGE for a bad option, INPUT for a missing input. Owner frees. One reader per thread. */
STANCE_API stance_reader *stance_reader_open(const stance_reader_options *options, stance_error *err);
STANCE_API void stance_reader_free(stance_reader *reader);
/* 1: *doc is the next document; its strings are valid until the next call. 0: no more. -1: this record or file failed, err says
 * why, doc->file, doc->line and (if known) doc->article say which; call again to go on, unless stance_reader_fatal. */
STANCE_API int stance_reader_next(stance_reader *reader, stance_document *doc, stance_error *err);
/* True when the last failure leaves nothing to go on with (out of memory, a file named by the user without a text column). */
STANCE_API bool stance_reader_fatal(const stance_reader *reader);
/* Counts so far; the reader's own, valid as long as it. */
STANCE_API const stance_reader_counts *stance_reader_counted(const stance_reader *reader);
/* Which column of the present table stands for which field, as "text = body, id = doc_id"; "" when every name is exact or the
 * input is no table. Valid until the next call. */
STANCE_API const char *stance_reader_columns(const stance_reader *reader);

/* ---- rows: statements with or without labels ---- */

typedef struct {
    const char *const *inputs;    /* [inputs_n] files (csv tsv jsonl json txt, each also .gz), "-" for stdin; a .txt with marked contents
                                     gives a row per content, and so does a folder of such texts (walked, sorted by path) */
    size_t inputs_n;
    const char *input_format;     /* csv tsv jsonl json txt (one statement a line, fastText's __label__ read); NULL: by extension */
    const char *text_column, *label_column; /* NULL: the contract's names */
    const char *const *maps;      /* [maps_n] "a=b": label a counts as b; "a=" drops the rows labelled a */
    size_t maps_n;
    const char *const *where;     /* [where_n] "COL=VALUE": only rows for which all hold */
    size_t where_n;
    const char *value_column;     /* a column to keep for every row (eval --hold-out), or NULL */
    size_t max_row;               /* longest row accepted, bytes; 0: 64 MiB */
    stance_limits limits;
} stance_rows_options;

typedef struct {
    stance_str id, split, speaker, outlet; /* as given, or NULL */
    stance_str value;                      /* of options.value_column, or NULL */
    stance_str file;                       /* which input; the row's line is in stance_row */
} stance_row_note;

typedef struct {
    size_t read;           /* rows seen, before any was left out */
    size_t failed;         /* rows that could not be read; first_failure tells of the first */
    size_t unlabelled, no_text, filtered; /* left out: no label or a dropped one, empty text, --where */
    size_t duplicates;     /* rows whose text, target and label stood in an earlier row; they are kept */
    size_t contradictions; /* rows whose text and target stood in an earlier row with another label; they are kept */
    size_t repaired;       /* invalid byte sequences replaced by U+FFFD */
    size_t odd_targets;    /* target_start,end outside the text or not numbers; read as not given */
    stance_error first_failure;
    const char *columns;   /* which column stands for which field, as "text = quote"; "" when every name is exact */
} stance_rows_counts;

typedef struct stance_dataset stance_dataset;

/* Reads labelled rows into memory. NULL on failure: INPUT for a missing file, an empty one, no such column, numbers as labels
 * without a map, fewer than two labels; the sentence names file and line and says what to do. Owner frees; immutable, so threads may
 * share it. */
STANCE_API stance_dataset *stance_dataset_read(const stance_rows_options *options, stance_error *err);
STANCE_API void stance_dataset_free(stance_dataset *dataset);
/* All valid as long as the dataset; notes has one element per row. */
STANCE_API const stance_rows *stance_dataset_rows(const stance_dataset *dataset);
STANCE_API const stance_row_note *stance_dataset_notes(const stance_dataset *dataset);
STANCE_API const stance_rows_counts *stance_dataset_counted(const stance_dataset *dataset);

typedef struct {
    stance_statement in;       /* text never NULL */
    stance_str label;          /* normalised, or NULL when the row has none; numbers stay as they are */
    stance_str id;             /* or NULL */
    const stance_str *names;   /* [n] the input's columns in order (JSONL: those of this row) */
    const stance_str *fields;  /* [n] their values; ptr NULL: null */
    size_t n;
    stance_str raw;            /* JSONL: the row's object as given; else NULL */
    size_t line;
    bool wanted;               /* all of options.where hold */
} stance_row_record;

typedef struct stance_row_reader stance_row_reader;

/* Streams rows without asking for labels, one file after the other; the rest as stance_reader_open and _next. */
STANCE_API stance_row_reader *stance_row_reader_open(const stance_rows_options *options, stance_error *err);
STANCE_API void stance_row_reader_free(stance_row_reader *reader);
/* 1: *row is the next, valid until the next call. 0: no more. -1: this row failed and row->line says where; call again to go on,
 * unless stance_row_reader_fatal. */
STANCE_API int stance_row_reader_next(stance_row_reader *reader, stance_row_record *row, stance_error *err);
STANCE_API bool stance_row_reader_fatal(const stance_row_reader *reader);
/* csv, tsv, jsonl, json or txt: how the present input is read; a static string. */
STANCE_API const char *stance_row_reader_format(const stance_row_reader *reader);
STANCE_API const stance_rows_counts *stance_row_reader_counted(const stance_row_reader *reader);

/* ---- view records read back ---- */

/* One line of JSONL or one row of CSV as classify and extract write it. Strings: ptr NULL when null. Positions: STANCE_NONE when
 * null. Shares: NaN when null. */
typedef struct {
    stance_str id, article, outlet, date, url, title;
    stance_str speaker, speaker_kind, speaker_mention, resolved_by, via, cue, kind, text;
    stance_str target, stance, abstained, duplicate_of, model, views_model;
    stance_span speaker_span, cue_span, span, bytes; /* code points, code points, code points, bytes */
    const stance_str *labels;      /* [labels_n] the p_ columns in their order, without p_ */
    double p[STANCE_MAX_LABELS];   /* [labels_n] */
    size_t labels_n;
    double margin, known;
    size_t line;
    uint64_t number, first;        /* in a store that knows the copies: the view's number, and that of the earliest copy; 0: not known */
    const stance_extra *extra;     /* [extra_n] what else stands in the record */
    size_t extra_n;
} stance_record;

typedef struct stance_record_reader stance_record_reader;

/* path "-" is stdin; format csv tsv jsonl or NULL: by extension. NULL on failure: INPUT with what is wrong. Owner frees. */
STANCE_API stance_record_reader *stance_record_reader_open(const char *path, const char *format, stance_error *err);
STANCE_API void stance_record_reader_free(stance_record_reader *reader);
/* 1: *record is the next, valid until the next call. 0: no more. -1: this one failed; call again to go on, unless _fatal.
 * Error records in the stream are passed over and counted; documents (-f documents) give their views. */
STANCE_API int stance_record_reader_next(stance_record_reader *reader, stance_record *record, stance_error *err);
STANCE_API bool stance_record_reader_fatal(const stance_record_reader *reader);
/* Calls fn for each document as its line is read, before its views, whether it has any or not; what it is given is valid until it returns. fn
 * false: reading stops with *err. */
STANCE_API void stance_record_reader_on_article(stance_record_reader *reader, bool (*fn)(void *ctx, const stance_document *document, stance_error *err),
                                                void *ctx);
/* Any column of the present record by its exact name, also ones that are not ours; ptr NULL when null or absent. */
STANCE_API stance_str stance_record_reader_field(const stance_record_reader *reader, const char *name);
STANCE_API bool stance_record_reader_has(const stance_record_reader *reader, const char *name);
STANCE_API size_t stance_record_reader_errors(const stance_record_reader *reader); /* error records passed over */

/* ---- training ---- */

/* All zero is a good start: settings chosen by cross-validation, one thread. */
typedef struct {
    const char *recipe;          /* text of `key = value` lines as stance_train_summary gives it; NULL: settings are chosen.
                                    What a recipe leaves out is at its default, nothing is searched */
    double c;                    /* cost of an error; 0: chosen */
    const char *class_weight;    /* "none", "sqrt" or "balanced"; NULL: chosen */
    const char *templates;       /* "+name" switches feature templates on, "-name" off, bare names alone; NULL: defaults. Comma between */
    const char *const *lexicons; /* [lexicons_n] paths of TSV files (term, score, class) read after the built-in lexicon */
    size_t lexicons_n;
    double budget_seconds;       /* for all of training: the search ends when the last fit needs what is left, and that fit may be a rougher one
                                    (stop in the recipe). Only the least is done when even that takes longer. 0: no limit */
    size_t max_bytes;            /* largest model file; the weakest features go. 0: no limit */
    unsigned hash_bits;          /* features share 2^hash_bits places per block, 8 to 30, and are not readable; 0: a feature per key */
    size_t max_memory;           /* refused with NOMEM when more would be needed; 0: what the system has free */
    const stance_model *start;   /* its settings (unless recipe is given), its weights as first guess; or NULL */
    uint64_t seed;               /* of folds and intervals */
    unsigned threads;            /* 0 or 1: none besides the caller's. The result does not depend on it */
    bool (*progress)(void *ctx, const char *step, double share); /* may be NULL; false: stop with STANCE_INTERRUPTED. One thread at a time */
    void *progress_ctx;
} stance_train_options;

typedef struct {
    char recipe[2048];           /* NUL-ended; given back to stance_train on the same rows it makes the same model */
    size_t rows, labels, features;
    size_t rows_of[STANCE_MAX_LABELS]; /* per label */
    size_t duplicates;           /* rows that repeat or nearly repeat an earlier one with the same label */
    size_t contradictions;       /* rows with the same text and target as an earlier one and another label */
    size_t tried;                /* settings compared */
    double macro_f1, accuracy;   /* cross-validated during the search, so slightly flattering; negative when not measured (recipe with a temperature) */
    double pruned_macro_f1;      /* the same at the size that max_bytes allows; negative when nothing was lost or measured */
} stance_train_summary;

/* One row of the table of feature templates; names are what `templates` takes. NULL past the last. Static. */
STANCE_API const char *stance_template_name(size_t i);
STANCE_API const char *stance_template_comment(size_t i);

/* Learns from rows and writes a model to out_path, whole or not at all. options and summary may be NULL.
 * INPUT: fewer than two labels in use, too few rows, a bad lexicon. USAGE: a recipe or option that cannot be read. */
STANCE_API bool stance_train(const stance_rows *rows, const stance_train_options *options, const char *out_path,
                             stance_train_summary *summary, stance_error *err);

/* Predicts every row by models that have not seen its fold, with the settings chosen inside each fold. held NULL: k folds
 * (2 to 20) that keep groups and near-duplicates together; else held[i] names the part of row i, each part is predicted from all others and k is ignored.
 * Of more than 20 parts every fifth shares settings, chosen on rows that are in none of them.
 * out: [rows->n], the caller's; p is in the order of rows->labels. */
STANCE_API bool stance_cross_validate(const stance_rows *rows, const stance_train_options *options, size_t k, const uint32_t *held,
                                      stance_prediction *out, stance_error *err);

/* The division into k folds that stance_cross_validate makes with this seed; fold: [rows->n], the caller's. */
STANCE_API bool stance_folds(const stance_rows *rows, size_t k, uint64_t seed, uint32_t *fold, stance_error *err);

/* ---- measuring ---- */

typedef struct {
    double value, lo, hi; /* lo to hi: 95 % bootstrap interval over groups */
} stance_figure;

typedef struct {
    size_t gold, predicted, hit;
    double precision, recall;
    stance_figure f1;
} stance_label_metrics;

enum { STANCE_COVERAGE_STEPS = 10 };

typedef struct {
    size_t n, labels;
    stance_label_metrics label[STANCE_MAX_LABELS];
    size_t confusion[STANCE_MAX_LABELS][STANCE_MAX_LABELS]; /* [gold][predicted] */
    stance_figure accuracy, macro_f1;   /* macro over labels that occur in gold */
    stance_figure f_avg;                /* mean F1 of bullish and skeptical; value negative when there are no such labels */
    double majority_accuracy, majority_macro_f1; /* of always answering the most frequent gold label */
    double ece, brier;                  /* expected calibration error (15 bins of the best p), mean Brier score over labels' sum */
    size_t abstained;
    double answered_accuracy;           /* of the rows that are not abstained */
    struct {
        double margin;                  /* 0, 0.1 ... 0.9 */
        double coverage, accuracy;      /* share of rows with at least this margin, and accuracy among them (0 when none) */
    } coverage[STANCE_COVERAGE_STEPS];
} stance_metrics;

/* Compares predictions[i] with rows->rows[i].label; predicted labels index rows->labels, labels_n stands for any other label (always wrong).
 * The caller owns out. */
STANCE_API bool stance_measure(const stance_rows *rows, const stance_prediction *predictions, uint64_t seed, stance_metrics *out,
                               stance_error *err);

typedef struct {
    size_t both, only_first, only_second, neither; /* rows right */
    double p;                           /* McNemar's test, exact, two-sided: that neither is right more often */
    stance_figure accuracy, macro_f1;   /* first minus second, with the interval of a paired bootstrap over groups */
    double second_accuracy, second_macro_f1;
} stance_comparison;

/* Two models' answers on the same rows, as stance_measure takes them. The caller owns out. */
STANCE_API bool stance_compare(const stance_rows *rows, const stance_prediction *first, const stance_prediction *second, uint64_t seed,
                               stance_comparison *out, stance_error *err);

/* ---- polarity of words, learned from the cues around contents ---- */

typedef struct {
    size_t min_count;  /* articles that a term must stand in; 0: 20 */
    double prior;      /* weight of what is common, in words; 0: 500 */
    double min_z;      /* standard errors that a term's log-odds must lie from 0; 0: 2.58 */
} stance_mine_options;

typedef struct {
    size_t articles, contents;   /* seen */
    size_t bullish, skeptical;   /* contents whose cue has a polarity */
    size_t inferred;             /* others that got one from the terms of the first round */
    size_t terms;                /* written */
} stance_mine_summary;

typedef struct stance_miner stance_miner;

/* options may be NULL. Owner frees. One thread at a time; the result depends on the order of views in nothing but equal terms. */
STANCE_API stance_miner *stance_miner_new(const stance_mine_options *options, stance_error *err);
STANCE_API void stance_miner_free(stance_miner *miner);
/* Takes the views of a document; nothing of either is kept by reference. */
STANCE_API bool stance_miner_add(stance_miner *miner, const stance_document *document, const stance_result *views, stance_error *err);
/* The table: term, score (-1 to 1), class "mined", then counts, as lexicon files have it, the surest terms first. *tsv belongs to the miner. INPUT when
 * no content has a cue with polarity. */
STANCE_API bool stance_miner_write(stance_miner *miner, stance_str *tsv, stance_mine_summary *summary, stance_error *err);

/* ---- what to label next ---- */

typedef struct {
    stance_str text;   /* valid UTF-8 */
    double margin;     /* of its prediction; NaN: not known */
} stance_candidate;

typedef struct {
    size_t row;        /* of the candidates */
    bool random;       /* drawn by chance among all; else one of the most uncertain of the others */
} stance_pick;

/* Picks at most `most` rows, no two of which have nearly the same words: half by chance, so that what is measured on them holds for all, and half (the
 * larger) with the smallest margins. picks: [most], the caller's, in an order that tells nothing. -1 on failure, else how many. */
STANCE_API ptrdiff_t stance_sample(const stance_candidate *rows, size_t n, size_t most, uint64_t seed, stance_pick *picks, stance_error *err);

/* ---- agreement of those who label the same rows ---- */

enum { STANCE_MAX_CODERS = 16 };
#define STANCE_MISSING UINT32_MAX

typedef struct {
    const char *const *labels;   /* [labels_n] NUL-ended; in their order where `ordered`, as stance_rows has them otherwise */
    size_t labels_n;
    bool ordered;
    size_t units, coders;
    const uint32_t *label;       /* [units][coders] index into labels, STANCE_MISSING: not labelled */
    const struct stance_unit {
        stance_str id, text, target; /* of the first who has it; NULL: not given */
    } *unit;                     /* [units] */
    const char *key;             /* what says which rows are one unit: "id" or "text and target"; static */
    size_t unlabelled, repeated; /* rows without a label; rows whose unit the same file had before: left out */
    size_t other_text;           /* rows of an id whose text is not that of the first file: kept */
    stance_rows_counts rows;     /* of all files; columns are those of the last */
} stance_ratings;

typedef struct stance_ratings_file stance_ratings_file;

/* Reads options->inputs, one coder each (2 to STANCE_MAX_CODERS). order: labels from low to high, comma between; NULL: skeptical, neutral, bullish,
 * or numbers by size; other labels have none. NULL on failure, as stance_dataset_read; USAGE for an order that lacks a label. Owner frees. */
STANCE_API stance_ratings_file *stance_ratings_read(const stance_rows_options *options, const char *order, stance_error *err);
STANCE_API void stance_ratings_free(stance_ratings_file *ratings);
STANCE_API const stance_ratings *stance_ratings_of(const stance_ratings_file *ratings); /* valid as long as ratings */

typedef struct {
    size_t units, values;        /* units with two labels or more, and labels in them: the others say nothing of agreement */
    size_t same;                 /* units of these on which all agree */
    stance_figure kappa;         /* Cohen's, on the units that both labelled; NaN with more than two coders, or when chance explains all */
    stance_figure alpha_nominal, alpha_ordinal; /* Krippendorff's; NaN when all labels are one, ordinal too when labels have no order */
    size_t labels;
    struct {
        size_t values;           /* times given, in the units counted */
        double agreement;        /* given one, the share of the others' labels that are the same; NaN when never given */
    } label[STANCE_MAX_LABELS];
    size_t pairs[STANCE_MAX_LABELS][STANCE_MAX_LABELS]; /* [first coder's][second coder's], with two coders */
} stance_agreement;

/* Intervals are those of a bootstrap over units. INPUT when no unit has two labels. The caller owns out. */
STANCE_API bool stance_agree(const stance_ratings *ratings, uint64_t seed, stance_agreement *out, stance_error *err);

/* ---- the report: views summed up per speaker, outlet, ... ---- */

/* All zero is a good start. Strings are copied. */
typedef struct {
    const char *by;           /* keys, comma between: speaker outlet target kind month week claim, or a column of the input; NULL: speaker */
    const char *title;        /* NULL: made from by */
    const char *since, *until; /* yyyy, yyyy-mm or yyyy-mm-dd, both included; views without a readable date are then left out. NULL: all */
    const char *speaker, *outlet, *target, *kind; /* only views equal to these, case does not count; NULL: all */
    size_t min_n;             /* groups with fewer views with a stance are marked small; 0: 5 */
    size_t top;               /* how many groups to show, `unknown` besides; 0: all */
    const char *sort;         /* views, net, name or articles; NULL: views. `unknown` comes last */
    size_t examples;          /* views kept per group: those with the highest margin */
    const char *dedup;        /* near (also NULL): copies count once per group, those with the same text but for a few words and the same view of
                                 one speaker in other words; exact: same speaker, text and target; none */
    const char *adjust;       /* none (also NULL); count, probability: shares corrected for the classifier's confusion, by labels given or by their
                                 probabilities; intervals hold the doubt about the confusion too */
    const char *confusion;    /* path of the confusion that adjust needs: CSV with the header gold,LABEL,... and a row per gold label: how many got
                                 each label, or the sums of the probabilities */
    double level;             /* of the intervals; 0: 0.95 */
    size_t draws;             /* of the bootstrap; 0: 1000 */
    uint64_t seed;
    const char *measured;     /* what stance_model_measured tells of the model: the confusion for adjust when none is given, and the accuracy by kind
                                 for the line of method; NULL: not known */
    const char *measured_by;  /* id of that model; views of others are then said to be of unknown accuracy, and adjust refuses them */
    const char *recall;       /* what stance_views_model_measured tells of the model of attribution, for the line of method; NULL: not known */
    const char *recall_by;    /* id of that model; nothing is said of views of others */
    int (*why)(void *ctx, const stance_record *view, double *sums); /* for html: adds to sums, [view->text.len], what each byte did for the view's
                                 label (above 0) or against it, so that these words are marked; 1: done, 0: not known,
                                 -1: memory is out. Called while rendering. NULL: none */
    void *why_ctx;
    bool page;                /* counts months, and outlets by targets, besides: html then has their charts */
    const char *accuracy;     /* what is known of the accuracy by kind, one sentence for the line of method; or NULL */
    stance_str (*column)(void *ctx, const char *name); /* value of a column for the view being added, unless it is in its `extra`; NULL: only the seven keys */
    void *column_ctx;
} stance_report_options;

typedef struct stance_report stance_report;

/* options may be NULL. NULL on failure: USAGE with the option and its possible values. Owner frees. One thread at a time. */
STANCE_API stance_report *stance_report_new(const stance_report_options *options, stance_error *err);
STANCE_API void stance_report_free(stance_report *report);
/* Counts one view; nothing of the record is kept by reference. INPUT: more than STANCE_MAX_LABELS different stances. */
STANCE_API bool stance_report_add(stance_report *report, const stance_record *record, stance_error *err);
/* Counts an article, whether it has views or not, before or after its views: so articles without a view are known. Only article,
 * outlet and date are used. */
STANCE_API bool stance_report_add_article(stance_report *report, const stance_document *document, stance_error *err);

typedef struct {
    size_t width; /* columns of the terminal; 0: no limit */
    bool color;
    bool excel;   /* CSV and TSV: BOM, and cells that begin with = + - @ guarded */
} stance_render_options;

/* Names of the formats render takes: table, csv, tsv, json, md, html; NULL past the last. Static. */
STANCE_API const char *stance_report_format(size_t i);
/* The report in a format; options may be NULL. *out belongs to the report and is valid until the next call. More may be added behind. */
STANCE_API bool stance_report_render(stance_report *report, const char *format, const stance_render_options *options, stance_str *out,
                                     stance_error *err);

/* ---- reports in parts, for views that are spread over runs or machines ---- */

typedef struct stance_partial stance_partial;

/* Takes what a report with these options would take, and gives text for a file instead. Views are kept whole, so that they can be shown, when
 * options ask for examples, a page or claims. As stance_report_new. */
STANCE_API stance_partial *stance_partial_new(const stance_report_options *options, stance_error *err);
STANCE_API void stance_partial_free(stance_partial *partial);
STANCE_API bool stance_partial_add(stance_partial *partial, const stance_record *record, stance_error *err);
STANCE_API bool stance_partial_add_article(stance_partial *partial, const stance_document *document, stance_error *err);
/* The text since the last call, valid until the next one to the partial. last: with the end, without which a part is refused. */
STANCE_API bool stance_partial_take(stance_partial *partial, bool last, stance_str *out, stance_error *err);
/* The report of all parts, whatever their order: the same as of all their views at once. paths: [n]. options may be NULL; title, sort, min_n, top,
 * examples, draws, seed, level and accuracy of it replace those of the parts, page holds, others are refused with USAGE. INPUT: a part that is
 * not whole, given twice, or written with other options. Nothing may be added to the report afterwards. Owner frees. */
STANCE_API stance_report *stance_report_merge(const char *const *paths, size_t n, const stance_report_options *options, stance_error *err);

/* ---- compare: outlets side by side, and whether their difference is real ---- */

typedef struct stance_outlets stance_outlets;

/* The filters, min_n, dedup, level, draws, seed and top (pairs shown) of options hold; by and examples do not. names: of outlets, comma
 * between, case does not count; NULL: all with min_n views with a stance. Strings are copied; the rest as stance_report_new. */
STANCE_API stance_outlets *stance_outlets_new(const stance_report_options *options, const char *names, stance_error *err);
STANCE_API void stance_outlets_free(stance_outlets *outlets);
STANCE_API bool stance_outlets_add(stance_outlets *outlets, const stance_record *record, stance_error *err);
/* Formats and lifetime as stance_report_render. INPUT when fewer than two outlets are left. */
STANCE_API bool stance_outlets_render(stance_outlets *outlets, const char *format, const stance_render_options *options, stance_str *out,
                                      stance_error *err);

/* ---- the store: documents and views in a file of SQLite ---- */

typedef struct stance_store stance_store;

/* Opens a store, or with `write` makes one where there is no file. A file that is damaged, locked, somebody else's or from a newer stance is
 * refused with the reason and left as it was: INPUT, with write OUTPUT. Owner frees, which commits what was put. One thread at a time; any
 * number of processes may read while one writes. */
STANCE_API stance_store *stance_store_open(const char *path, bool write, stance_error *err);
STANCE_API void stance_store_free(stance_store *store);
/* True for a file that begins as a store does: then it is to be opened by stance_store_open, not by stance_record_reader_open. */
STANCE_API bool stance_store_is(const char *path);

typedef struct {
    const char *model, *views_model;  /* their ids, or NULL */
    const char *const *labels;        /* [labels_n] of the model */
    size_t labels_n;
    const char *settings;             /* whatever else the views depend on, in any form; or NULL */
} stance_store_method;

/* How the views put from now on were made. Strings are copied. */
STANCE_API bool stance_store_begin(stance_store *store, const stance_store_method *method, stance_error *err);
/* 1: a document with this id, text and metadata is there, and its views were made in this way. 0: not so. -1: failure. */
STANCE_API int stance_store_done(stance_store *store, const stance_document *document, stance_error *err);
/* Puts a document and its views, in place of what was there under its id; overrides of its views are kept. Committed with others, every
 * 200 documents or every second: a document is in the file with all its views or not at all. After a failure nothing more can be put. */
STANCE_API bool stance_store_put(stance_store *store, const stance_document *document, const stance_result *views, stance_error *err);
STANCE_API bool stance_store_commit(stance_store *store, stance_error *err);
/* Finds the copies among all views, when anything has changed since that was done, and packs what reports count; needed for fast reports
 * only. Commits. */
STANCE_API bool stance_store_settle(stance_store *store, stance_error *err);
/* Adds a file of speakers (TSV: alias, canonical, kind, note): views of a speaker stored under an alias are given out under the canonical name. */
STANCE_API bool stance_store_add_speakers(stance_store *store, const char *path, stance_error *err);

typedef struct {
    size_t documents, views;
    size_t replaced;          /* by puts of this handle: another text or other metadata under the same id */
    size_t overrides, lost;   /* corrections; those whose view is not there any more */
} stance_store_counts;

STANCE_API bool stance_store_counted(stance_store *store, stance_store_counts *out, stance_error *err);

/* Corrects stance, speaker, target or span ("START-END" in code points) of the view with this id; an empty value takes the correction of that
 * field back. It is kept by article and span, so it survives reruns, other models included, as long as the article has a view of these
 * words; if not, it waits. INPUT: no such view, field or label, a span outside the text; then what is not committed is taken back. */
STANCE_API bool stance_store_override(stance_store *store, const char *id, const char *field, stance_str value, stance_error *err);

typedef struct {
    stance_str article, text;         /* the view's words when it was corrected */
    stance_span span;                 /* code points */
    stance_str view;                  /* id of the view it holds for now; NULL: it is not there any more */
    stance_str stance, speaker, target; /* NULL: as found */
    stance_span new_span;             /* STANCE_NONE: as found */
} stance_correction;

/* Calls `each` for every override, by article and place; false stops. */
STANCE_API bool stance_store_overrides(stance_store *store, bool (*each)(void *ctx, const stance_correction *correction), void *ctx, stance_error *err);

/* Reads all documents, each followed by its views, by article; one reading at a time. The text, what belongs to it and p are left out unless
 * `texts`, which is faster; not when the copies have to be found anew, for that needs the texts. What is put meanwhile is not seen. */
STANCE_API bool stance_store_rewind(stance_store *store, bool texts, stance_error *err);
/* 1: *record is the next view. 2: *document is the next document, without its text. 0: no more. -1: failure, and no more to come. Strings are
 * valid until the next call. */
STANCE_API int stance_store_next(stance_store *store, stance_document *document, stance_record *record, stance_error *err);

/* ---- attribution learned from articles in which contents are marked ---- */

typedef struct {
    stance_str article;            /* id */
    stance_str text;               /* valid UTF-8, without marks */
    const stance_span *contents;   /* [n] bytes in text, by start; none lies inside another */
    size_t n;
} stance_gold_article;

typedef struct stance_gold stance_gold;

typedef struct {
    const char *const *inputs;     /* [inputs_n] marked-up .txt files, folders of them, or span CSV files */
    size_t inputs_n;
    const char *articles;          /* folder of ARTICLE_ID.txt for span CSV files, or NULL */
} stance_gold_options;

/* Reads marked-up articles. NULL on failure: INPUT with file, line and what is wrong with the marks or offsets. Owner frees. */
STANCE_API stance_gold *stance_gold_read(const stance_gold_options *options, stance_error *err);
STANCE_API void stance_gold_free(stance_gold *gold);
STANCE_API size_t stance_gold_count(const stance_gold *gold);
STANCE_API const stance_gold_article *stance_gold_get(const stance_gold *gold, size_t i); /* valid as long as gold */

typedef struct {
    size_t articles, contents, tokens, features;
    double recall;     /* given or chosen */
    double overlap_f1; /* with it, on the articles held out when it was chosen; negative when it was not */
    unsigned scope;    /* given or chosen */
} stance_views_summary;

typedef struct {
    double c;      /* cost of an error; 0: 0.1 */
    double recall; /* added to the score of contents: above 0 more are found and more of them wrong, below 0 fewer */
    bool recall_given; /* false: recall is chosen, on articles held out of training, and what stands there is not looked at */
    unsigned scope;    /* sentences in which the model mends what the rules found; bits: 1 with quotations that nobody is said to speak, 2 with indirect,
                        * 4 with mixed, 8 with direct views, 16 with a cue and no view, 32 with a word that is seldom a cue */
    bool scope_given;  /* false: chosen, as recall is */
    bool measure;  /* tells how much it finds in articles held out (stance_views_model_measured) */
} stance_views_options;

/* Learns a model of attribution and writes it to out_path, whole or not at all. options and summary may be NULL. */
STANCE_API bool stance_train_views(const stance_gold *gold, const stance_views_options *options, const char *out_path, stance_views_summary *summary, stance_error *err);

#endif
