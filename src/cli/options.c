/* SPDX-License-Identifier: MIT
 * options: the table of options, parsed by getopt_long.
 * Method: each row names its place in struct options by offset; numbers are parsed strictly, choices checked. Limits: long options are written out. */
#include "options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../base/error.h"
#include "../base/str.h"

#define AT(field) offsetof(struct options, field)
static const struct option_row rows[] = {
    {"output", 'o', TEXT, AT(output), FOR_ALL | FOR_PAGES, "FILE", "write to FILE, whole or not at all; - is stdout"},
    {"format", 'f', TEXT, AT(format), FOR_ALL & ~(unsigned)FOR_TRAIN, "FORMAT", "table, csv, tsv, jsonl, json, md, html or documents, as far as the command has it"},
    {"model", 'm', TEXT, AT(model), FOR_CLASSIFY | FOR_SUMMARY | FOR_PREDICT | FOR_EVAL | FOR_EXPLAIN | FOR_VECTORS | FOR_REPORT | FOR_COMPARE, "FILE",
     "model of stance (else $STANCE_MODEL, else the shipped one)"},
    {"views-model", 0, TEXT, AT(views_model), FOR_ARTICLES | FOR_REPORT | FOR_COMPARE, "FILE",
     "model of attribution (else $STANCE_VIEWS_MODEL, else the shipped one; none: rules alone)"},
    {"min-margin", 0, NUMBER, AT(min_margin), FOR_CLASSIFY | FOR_SUMMARY | FOR_PREDICT | FOR_EVAL | FOR_EXPLAIN, "X",
     "abstain when the best probability leads by less than X (0 to 1; as the model says)"},
    {"meta", 0, TEXT, AT(meta), FOR_ARTICLES, "CSV", "outlet, date, title, url, author, target of articles, by id or file; other columns go into the views"},
    {"outlet-from-path", 0, TEXT, AT(outlet_from_path), FOR_ARTICLES, "RE", "outlet = first group of this expression in the path"},
    {"speakers", 0, TEXT, AT(speakers), FOR_ARTICLES | FOR_OVERRIDE, "TSV", "more speakers: alias, canonical, kind, note"},
    {"target", 0, TEXT, AT(target), FOR_ARTICLES | FOR_EXPLAIN, "NAME", "stance toward NAME, whatever else a view is about"},
    {"all-targets", 0, FLAG, AT(all_targets), FOR_EXTRACT | FOR_CLASSIFY, NULL, "one record per target of a view"},
    {"db", 0, TEXT, AT(db), FOR_CLASSIFY, "FILE", "keep documents and views in FILE, and pass over those it has; -o then writes all views in it"},
    {"shard", 0, TEXT, AT(shard), FOR_EXTRACT | FOR_CLASSIFY, "I/N", "only the articles of shard I (0 to N-1)"},
    {"input-format", 0, CHOICE, AT(input_format), FOR_ALL, "txt|html|csv|tsv|jsonl|json", "how to read inputs (else by extension)"},
    {"encoding", 0, CHOICE, AT(encoding), FOR_ARTICLES, "utf-8|cp1252|latin1", "of the inputs"},
    {"max-document", 0, BYTES, AT(max_document), FOR_ARTICLES | FOR_ROWS, "SIZE", "longest article accepted (256M), or row of the commands that read rows (64M)"},
    {"limit", 0, LIMIT, AT(limits), FOR_ARTICLES | FOR_ROWS, "WHAT=N",
     "html-bytes (64M), html-depth (2000), csv-lines of a quoted field (100000), json-depth (64), json-values (65536) or gzip-ratio (400); may be repeated"},
    {"text-col", 0, TEXT, AT(text_col), FOR_ROWS, "NAME", "column that holds the text"},
    {"label-col", 0, TEXT, AT(label_col), FOR_TRAIN | FOR_EVAL | FOR_VECTORS | FOR_AGREE, "NAME", "column that holds the label"},
    {"map", 0, LIST, AT(maps), FOR_TRAIN | FOR_EVAL | FOR_VECTORS | FOR_AGREE, "A=B", "label A counts as B; A= drops the rows; may be repeated"},
    {"where", 0, LIST, AT(where), FOR_ROWS, "COL=VALUE", "only these rows; may be repeated"},
    {"views", 0, FLAG, AT(views), FOR_TRAIN, NULL, "learn attribution from marked-up articles or a CSV of spans"},
    {"articles", 0, TEXT, AT(articles), FOR_TRAIN, "DIR", "with --views: folder of the texts that a CSV of spans belongs to"},
    {"cost", 0, NUMBER, AT(cost), FOR_TRAIN | FOR_EVAL, "C", "cost of an error, instead of choosing it"},
    {"recall", 0, NUMBER, AT(recall), FOR_TRAIN, "X",
     "with --views: above 0 more contents are found and more of them wrong, below 0 fewer (chosen by held-out articles)"},
    {"scope", 0, TEXT, AT(scope), FOR_TRAIN, "A,B,...",
     "with --views, sentences the model looks at: quotations, indirect, mixed, direct, cues, weak-cues, all, none (else chosen)"},
    {"lexicon", 0, LIST, AT(lexicons), FOR_TRAIN | FOR_EVAL, "TSV", "more words with polarity: term, score, class; may be repeated"},
    {"budget", 0, NUMBER, AT(budget), FOR_TRAIN | FOR_EVAL, "SECONDS", "time for reading, choosing settings and the last fit (60)"},
    {"recipe", 0, TEXT, AT(recipe), FOR_TRAIN | FOR_EVAL, "FILE", "settings as train printed them; nothing is searched"},
    {"class-weight", 0, CHOICE, AT(class_weight), FOR_TRAIN | FOR_EVAL, "none|sqrt|balanced", "weight of rare labels (else chosen)"},
    {"templates", 0, TEXT, AT(templates), FOR_TRAIN | FOR_EVAL, "LIST", "+name,-name: feature templates on and off"},
    {"size", 0, BYTES, AT(size), FOR_TRAIN, "BYTES", "largest model file; the weakest features go"},
    {"seed", 0, COUNT, AT(seed), FOR_TRAIN | FOR_EVAL | FOR_REPORT | FOR_COMPARE | FOR_AGREE | FOR_SAMPLE | FOR_MODEL, "N", "of folds, intervals and samples"},
    {"min-count", 0, COUNT, AT(min_count), FOR_MINE, "N", "articles that a term must stand in (20)"},
    {"number", 'n', COUNT, AT(number), FOR_SAMPLE, "N", "rows to pick (100)"},
    {"order", 0, TEXT, AT(order), FOR_AGREE, "LABELS", "labels from low to high, comma between (skeptical,neutral,bullish; numbers by size)"},
    {"cv", 0, COUNT, AT(cv), FOR_EVAL | FOR_MODEL, "K", "train and predict in K folds instead of using a model; with --hold-out its values in K parts"},
    {"hold-out", 0, TEXT, AT(hold_out), FOR_EVAL | FOR_MODEL, "COL", "train on all values of COL but one, predict that one, for each"},
    {"append", 0, TEXT, AT(append), FOR_TRAIN, "MODEL", "add to the rows kept beside MODEL, with its settings"},
    {"no-rows", 0, FLAG, AT(no_rows), FOR_TRAIN, NULL, "do not keep the rows beside the model (MODEL.rows.csv.gz)"},
    {"hash-bits", 0, COUNT, AT(hash_bits), FOR_TRAIN | FOR_EVAL, "B", "2^B shared places instead of a vocabulary: less memory, no readable weights"},
    {"max-memory", 0, BYTES, AT(max_memory), FOR_TRAIN | FOR_EVAL, "SIZE", "refuse to train when more would be needed (what is free)"},
    {"against", 0, TEXT, AT(against), FOR_EVAL, "MODEL", "compare with another model on the same rows, with a paired test"},
    {"predictions", 0, TEXT, AT(predictions), FOR_EVAL, "CSV", "also write each row's fold, gold label and answer"},
    {"id", 0, TEXT, AT(id), FOR_EXPLAIN, "ID", "the view with this id of the files named"},
    {"cue", 0, TEXT, AT(cue), FOR_EXPLAIN, "WORD", "the word that introduces the view"},
    {"note", 0, TEXT, AT(note), FOR_MODEL, "FILE", "card: words of yours, put behind the figures"},
    {"liblinear", 0, FLAG, AT(liblinear), FOR_MODEL, NULL, "export: a model for liblinear's own predict"},
    {"by", 0, TEXT, AT(by), FOR_REPORT | FOR_SUMMARY, "KEYS", "speaker, outlet, target, kind, month, week, claim or a column; comma between"},
    {"since", 0, TEXT, AT(since), FOR_SUMS, "DATE", "only views from DATE on"},
    {"until", 0, TEXT, AT(until), FOR_SUMS, "DATE", "only views up to DATE"},
    {"speaker", 0, TEXT, AT(speaker), FOR_SUMS, "NAME", "only views of NAME"},
    {"outlet", 0, TEXT, AT(outlet), FOR_SUMS, "NAME", "only views in NAME"},
    {"target", 0, TEXT, AT(target_is), FOR_REPORT | FOR_COMPARE, "NAME", "only views about NAME"},
    {"kind", 0, CHOICE, AT(kind), FOR_SUMS, "direct|mixed|indirect", "only views of this kind"},
    {"adjust", 0, CHOICE, AT(adjust), FOR_REPORT | FOR_SUMMARY, "none|count|probability", "correct shares for the model's confusion (none)"},
    {"confusion", 0, TEXT, AT(confusion), FOR_REPORT | FOR_SUMMARY, "CSV", "what the model makes of known labels: gold,LABEL,... with a row per gold label"},
    {"outlets", 0, TEXT, AT(outlets), FOR_COMPARE, "A,B", "only these outlets (all with --min-n views)"},
    {"min-n", 0, COUNT, AT(min_n), FOR_SUMS, "N", "groups with fewer views are marked as too small to rank (5)"},
    {"top", 0, COUNT, AT(top), FOR_SUMS | FOR_MODEL, "N", "only the first N groups, or features"},
    {"sort", 0, CHOICE, AT(sort), FOR_REPORT | FOR_SUMMARY, "views|net|name|articles", "order of groups (views)"},
    {"examples", 0, COUNT, AT(examples), FOR_REPORT | FOR_SUMMARY, "N", "views shown per group"},
    {"dedup", 0, CHOICE, AT(dedup), FOR_SUMS, "none|exact|near", "which copies of a view count once in a group (near: also retold in other words)"},
    {"partial", 0, FLAG, AT(partial), FOR_REPORT, NULL, "write a part of a report, to be merged with others; then with the same options"},
    {"merge", 0, FLAG, AT(merge), FOR_REPORT, NULL, "the inputs are parts: the same report as of all their views at once"},
    {"threads", 'j', COUNT, AT(threads), FOR_ALL, "N", "threads (all cores); results do not depend on it"},
    {"on-error", 0, CHOICE, AT(on_error), FOR_ALL, "skip|fail|record", "bad records: leave out, stop, or report in the output (skip)"},
    {"max-errors", 0, COUNT, AT(max_errors), FOR_ALL, "N", "stop with status 3 after more than N bad records"},
    {"excel", 0, FLAG, AT(excel), FOR_ALL, NULL, "CSV for spreadsheets: byte order mark, formulas guarded"},
    {"progress", 0, FLAG, AT(progress), FOR_ALL, NULL, "count on stderr"},
    {"color", 0, CHOICE, AT(color), FOR_ALL, "auto|always|never", "colour (auto; NO_COLOR is honoured)"},
    {"dry-run", 0, FLAG, AT(dry_run), FOR_ALL, NULL, "read and count the input, write nothing"},
    {"quiet", 'q', FLAG, AT(quiet), FOR_ALL, NULL, "no talk but errors"},
    {"verbose", 'v', FLAG, AT(verbose), FOR_ALL, NULL, "more talk"},
    {"help", 'h', FLAG, AT(help), FOR_ALL | FOR_PAGES, NULL, "this help"},
    {"version", 0, FLAG, AT(version), FOR_ALL | FOR_PAGES, NULL, "the version"},
};
enum { ROWS = sizeof rows / sizeof *rows };

const struct option_row *options_row(size_t i)
{
    return i < ROWS ? &rows[i] : NULL;
}

static void *field(struct options *o, const struct option_row *row)
{
    return (char *)o + row->at;
}

static bool parse_bytes(stance_str s, size_t *out)
{
    static const char units[] = "KMG";
    size_t scale = 1;
    const char *unit = s.len ? strchr(units, s.ptr[s.len - 1]) : NULL;
    if (unit && *unit) {
        scale = (size_t)1 << (10 * (unit - units + 1));
        s.len--;
    }
    return str_to_size(s, out) && *out <= SIZE_MAX / scale && ((*out *= scale), true);
}

static bool is_choice(const char *choices, const char *value)
{
    for (stance_str rest = str_of(choices); rest.ptr;)
        if (str_equal(str_split(&rest, '|'), str_of(value))) return true;
    return false;
}

static bool add_item(struct text_list *list, const char *value, stance_error *err)
{
    const char **grown = realloc(list->items, (list->n + 1) * sizeof *grown);
    if (!grown) return error_nomem(err, "reading options");
    list->items = grown;
    list->items[list->n++] = value;
    return true;
}

/* "html-depth=5000" */
static bool set_limit(stance_limits *limits, const char *value, stance_error *err)
{
    static const struct {
        const char *name;
        size_t at;
    } known[] = {{"html-bytes", offsetof(stance_limits, html_bytes)}, {"html-depth", offsetof(stance_limits, html_depth)},
                 {"csv-lines", offsetof(stance_limits, csv_lines)},   {"json-depth", offsetof(stance_limits, json_depth)},
                 {"json-values", offsetof(stance_limits, json_values)}, {"gzip-ratio", offsetof(stance_limits, gzip_ratio)}};
    stance_str rest = str_of(value), name = str_split(&rest, '=');
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        size_t *limit = (size_t *)(void *)((char *)limits + known[i].at);
        if (!str_equal(name, str_of(known[i].name))) continue;
        if (rest.ptr && parse_bytes(rest, limit) && *limit > 0 && *limit <= (size_t)1 << 40) return true;
        return error_set(err, STANCE_USAGE, 0, "--limit %s: a number from 1 up is needed, as in %s=5000 or %s=1M", value, known[i].name, known[i].name);
    }
    return error_set(err, STANCE_USAGE, 0, "--limit %s: what can be limited is html-bytes, html-depth, csv-lines, json-depth, json-values and gzip-ratio", value);
}

static bool names_file(const struct option_row *row)
{
    return (row->kind == TEXT || row->kind == LIST) && is_choice("FILE|CSV|TSV|MODEL|DIR", row->argument);
}

static bool set(struct options *o, const struct option_row *row, const char *value, stance_error *err)
{
    stance_str text = str_of(value);
    if (row->at == AT(max_errors)) o->max_errors_given = true;
    if (row->at == AT(recall)) o->recall_given = true;
    switch (row->kind) {
    case FLAG: *(bool *)field(o, row) = true; return true;
    case TEXT:
        *(const char **)field(o, row) = value;
        return *value || !names_file(row) || error_set(err, STANCE_USAGE, 0, "--%s: the name of a file is needed, and it is empty", row->name);
    case LIST: return add_item(field(o, row), value, err);
    case LIMIT: return set_limit(field(o, row), value, err);
    case CHOICE:
        *(const char **)field(o, row) = value;
        return is_choice(row->argument, value) || error_set(err, STANCE_USAGE, 0, "--%s %s: choose one of %s", row->name, value, row->argument);
    case COUNT: return str_to_size(text, field(o, row)) || error_set(err, STANCE_USAGE, 0, "--%s %s: a whole number is needed", row->name, value);
    case NUMBER: {
        double *number = field(o, row);
        if (row->at == AT(min_margin) && str_to_double(text, number) && *number > 1)
            return error_set(err, STANCE_USAGE, 0, "--%s %s: a margin lies between 0 and 1", row->name, value);
        if (row->at == AT(recall)) /* the one number that may be negative */
            return str_to_double(text, number) || error_set(err, STANCE_USAGE, 0, "--%s %s: a number is needed", row->name, value);
        return (str_to_double(text, number) && *number >= 0) || error_set(err, STANCE_USAGE, 0, "--%s %s: a number from 0 up is needed", row->name, value);
    }
    case BYTES: return parse_bytes(text, field(o, row)) || error_set(err, STANCE_USAGE, 0, "--%s %s: a size is needed, as 500K, 20M or 1G", row->name, value);
    }
    return false;
}

/* getopt's view of the rows that belong to the command. */
static size_t long_options(const struct command *command, struct option *out, char *letters)
{
    size_t n = 0;
    *letters++ = ':';
    for (size_t i = 0; i < ROWS; i++) {
        if (!(rows[i].commands & command->bit)) continue;
        out[n++] = (struct option){rows[i].name, rows[i].kind == FLAG ? no_argument : required_argument, NULL, 256 + (int)i};
        if (!rows[i].letter) continue;
        *letters++ = rows[i].letter;
        if (rows[i].kind != FLAG) *letters++ = ':';
    }
    *letters = '\0';
    out[n] = (struct option){0};
    return n;
}

static const struct option_row *row_of(const struct command *command, int code)
{
    if (code >= 256) return &rows[code - 256];
    for (size_t i = 0; i < ROWS; i++)
        if (rows[i].letter == code && (rows[i].commands & command->bit)) return &rows[i];
    return NULL;
}

/* The command's name for a hint; nothing for what runs without one. */
static const char *shown_name(const struct command *command)
{
    return command->bit == FOR_SUMMARY ? "" : command->name;
}

bool options_parse(struct options *o, const struct command *command, int argc, char **argv, stance_error *err)
{
    struct option longs[ROWS + 1];
    char letters[2 * ROWS + 2];
    long_options(command, longs, letters);
    const char *name = shown_name(command);
#ifdef __GLIBC__
    optind = 0; /* begins anew even when the last command line ended in the middle of a word */
#else
    optind = 1;
#endif
    opterr = 0;
    o->min_margin = -1;
    for (int code; (code = getopt_long(argc, argv, letters, longs, NULL)) != -1;) {
        const char *given = argv[optind - 1];
        const struct option_row *row = row_of(command, code == ':' || code == '?' ? optopt : code);
        if (code == ':') return error_set(err, STANCE_USAGE, 0, "%s needs a value; see stance %s%s--help", given, name, *name ? " " : "");
        if (code == '?') return error_set(err, STANCE_USAGE, 0, "%s: no such option; see stance %s%s--help", given, name, *name ? " " : "");
        if (!row || !set(o, row, optarg, err)) return false;
    }
    for (int i = optind; i < argc; i++)
        if (!add_item(&o->inputs, argv[i], err)) return false;
    return true;
}

/* The same regular file, by whatever name. */
static bool same_file(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && S_ISREG(x.st_mode) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

/* to_come: the program will make the file. */
static bool overwrites(const struct options *o, const char *what, const char *name, bool to_come, stance_error *err)
{
    if (!(to_come && strcmp(o->output, name) == 0) && !same_file(o->output, name)) return false;
    error_set(err, STANCE_USAGE, 0, "--output %s: %s is that file too, and would be lost; write to another one", o->output, what);
    return true;
}

bool options_output(struct options *o, const struct command *command, stance_error *err)
{
    char what[64];
    if (!o->output || strcmp(o->output, "-") == 0) return true;
    for (size_t i = 0; i < o->inputs.n; i++)
        if (overwrites(o, "an input", o->inputs.items[i], false, err)) return false;
    for (size_t i = 0; i < ROWS; i++) {
        if (!(rows[i].commands & command->bit) || !names_file(&rows[i]) || rows[i].at == AT(output) || rows[i].at == AT(append)) continue;
        struct text_list one = {0}, *list = &one;
        const char *value = rows[i].kind == TEXT ? *(const char *const *)field(o, &rows[i]) : NULL;
        if (rows[i].kind == LIST) list = field(o, &rows[i]);
        snprintf(what, sizeof what, "that of --%s", rows[i].name);
        if (value && overwrites(o, what, value, rows[i].at == AT(db) || rows[i].at == AT(predictions), err)) return false;
        for (size_t k = 0; k < list->n; k++)
            if (overwrites(o, what, list->items[k], false, err)) return false;
    }
    return true;
}

void options_free(struct options *o)
{
    free(o->inputs.items);
    free(o->maps.items);
    free(o->where.items);
    free(o->lexicons.items);
}

static void help_overview(void)
{
    printf("stance %s: who said what about X, was it bullish, skeptical or neutral, and do outlets differ?\n\n", STANCE_VERSION);
    printf("usage: stance COMMAND [OPTION]... INPUT...\n       stance FILE...            classify and report\n\ncommands:\n");
    for (size_t i = 0; i < commands_n; i++)
        if (commands[i].bit != FOR_SUMMARY) printf("  %-11s %s\n", commands[i].name, commands[i].summary);
    printf("\nexamples:\n");
    for (size_t i = 0; i < commands_n; i++) printf("  %s\n", commands[i].example);
    printf("\nstance COMMAND --help tells more. Exit status: 0 done, 1 some records skipped, 2 usage, 3 input, 4 model, 5 output, 6 memory.\n");
}

void options_help(const struct command *command)
{
    if (!command) {
        help_overview();
        return;
    }
    printf("usage: stance %s [OPTION]... %s\n%s.\n\n", command->name, command->inputs, command->summary);
    for (size_t i = 0; i < ROWS; i++) {
        if (!(rows[i].commands & command->bit)) continue;
        char left[80], letter[8] = "    ";
        if (rows[i].letter) snprintf(letter, sizeof letter, "-%c, ", rows[i].letter);
        snprintf(left, sizeof left, "%s--%s%s%s", letter, rows[i].name, rows[i].argument ? " " : "", rows[i].argument ? rows[i].argument : "");
        printf("  %-38s %s\n", left, rows[i].help);
    }
    printf("\nexample:\n  %s\n", command->example);
}

const char *options_format(const struct options *o, const char *otherwise)
{
    static const char *const formats[] = {"csv", "tsv", "jsonl", "json", "md", "html"};
    if (o->format) return o->format;
    stance_str path = str_of(o->output);
    if (path.ptr && str_ends(path, STR(".gz"))) path.len -= 3;
    for (size_t i = 0; path.ptr && i < sizeof formats / sizeof *formats; i++) {
        stance_str ext = str_of(formats[i]);
        if (path.len > ext.len + 1 && str_ends(path, ext) && path.ptr[path.len - ext.len - 1] == '.') return formats[i];
    }
    return otherwise;
}
