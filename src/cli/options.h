/* SPDX-License-Identifier: MIT
 * options: one table of options, from which parsing, help, man page and completions are made. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H
#include "../stance.h"

enum {
    FOR_EXTRACT = 1 << 0, FOR_CLASSIFY = 1 << 1, FOR_PREDICT = 1 << 2, FOR_TRAIN = 1 << 3, FOR_EVAL = 1 << 4, FOR_REPORT = 1 << 5, FOR_SUMMARY = 1 << 6,
    FOR_COMPARE = 1 << 10, FOR_SUMS = FOR_REPORT | FOR_SUMMARY | FOR_COMPARE,
    FOR_EXPLAIN = 1 << 16, FOR_MODEL = 1 << 17, FOR_VECTORS = 1 << 18, FOR_AGREE = 1 << 19, FOR_SAMPLE = 1 << 20, FOR_MINE = 1 << 21, FOR_OVERRIDE = 1 << 22,
    FOR_PAGES = 1 << 24, /* completions and manual: no input, hardly any options */
    FOR_ALL = (1 << 24) - 1, FOR_ARTICLES = FOR_EXTRACT | FOR_CLASSIFY | FOR_SUMMARY | FOR_MINE,
    FOR_ROWS = FOR_PREDICT | FOR_TRAIN | FOR_EVAL | FOR_VECTORS | FOR_AGREE | FOR_SAMPLE
};

struct text_list {
    const char **items;
    size_t n;
};

/* All options of all commands; zero or NULL: not given. */
struct options {
    struct text_list inputs;
    const char *output, *format, *on_error, *color, *model, *views_model;
    size_t threads, max_errors;
    bool recall_given, max_errors_given, excel, progress, dry_run, quiet, verbose, help, version;
    /* articles */
    const char *speakers, *target, *meta, *outlet_from_path, *shard, *input_format, *encoding, *db;
    bool all_targets;
    size_t max_document;
    stance_limits limits;
    double min_margin; /* below 0: the model's own */
    /* rows */
    const char *text_col, *label_col;
    struct text_list maps, where, lexicons;
    bool views;
    const char *articles;
    const char *recipe, *class_weight, *scope, *templates, *hold_out;
    double budget, cost, recall;
    size_t seed, number, min_count, cv, size, hash_bits, max_memory;
    const char *append, *against, *predictions, *order, *note;
    bool no_rows;
    /* looking into a model */
    const char *id, *cue;
    bool liblinear;
    /* report */
    const char *by, *since, *until, *speaker, *outlet, *target_is, *kind, *sort, *dedup, *outlets, *adjust, *confusion;
    size_t min_n, top, examples;
    bool partial, merge;
};

struct command {
    const char *name;
    int (*run)(const struct options *o);
    unsigned bit;
    const char *inputs;      /* what stands for them in the usage line */
    const char *summary, *example; /* tests/scripts/manual.sh runs the example, in a folder that it lays out */
};
extern const struct command commands[];
extern const size_t commands_n;

enum option_kind { FLAG, TEXT, CHOICE, LIST, COUNT, NUMBER, BYTES, LIMIT };

struct option_row {
    const char *name;
    char letter;
    enum option_kind kind;
    size_t at;               /* offset in struct options */
    unsigned commands;
    const char *argument;    /* what its value is called; for CHOICE the choices, | between */
    const char *help;
};
/* Row i of the table of options; NULL past the last. */
const struct option_row *options_row(size_t i);

/* Parses argv behind the command's name. *o must be zero; its lists are freed by options_free. USAGE names the option and its values. */
bool options_parse(struct options *o, const struct command *command, int argc, char **argv, stance_error *err);
/* False when --output names a file that the command reads, or writes as something else: USAGE. */
bool options_output(struct options *o, const struct command *command, stance_error *err);
void options_free(struct options *o);
/* Prints the command's help to stdout; command NULL: the overview. */
void options_help(const struct command *command);
/* The format of -f, else that of the extension of -o, else otherwise. */
const char *options_format(const struct options *o, const char *otherwise);
#endif
