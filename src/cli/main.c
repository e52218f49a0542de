/* SPDX-License-Identifier: MIT
 * main: the table of commands, nothing else.
 * Method: the first word that is a command's name chooses it; anything else is a list of files to classify and report. Limits: none. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "common.h"

const struct command commands[] = {
    {"extract", cmd_extract, FOR_EXTRACT, "INPUT...",
     "Finds the attributed views of articles: who said what, without stance", "stance extract news/ -f csv -o views.csv"},
    {"classify", cmd_classify, FOR_CLASSIFY, "INPUT...",
     "Finds the views of articles and labels the stance of each", "stance classify --meta outlets.csv news/ -o views.jsonl"},
    {"predict", cmd_predict, FOR_PREDICT, "ROWS",
     "Labels statements: the same rows with stance and probabilities behind", "stance predict quotes.csv --text-col quote -o labelled.csv"},
    {"train", cmd_train, FOR_TRAIN, "ROWS... -o MODEL", "Learns a model from labelled rows", "stance train rows.csv -o my.stance"},
    {"eval", cmd_eval, FOR_EVAL, "ROWS...", "Measures a model, or the settings by cross-validation, on labelled rows", "stance eval --cv 5 rows.csv"},
    {"explain", cmd_explain, FOR_EXPLAIN, "TEXT, or --id ID VIEWS", "Shows what decided the label of a text", "stance explain --target Acme \"I would not buy Acme\""},
    {"model", cmd_model, FOR_MODEL, "info|top|verify|card|export MODEL", "Looks into a model", "stance model top my.stance"},
    {"vectors", cmd_vectors, FOR_VECTORS, "ROWS",
     "Writes statements as n-gram vectors in LIBSVM format, the vocabulary beside", "stance vectors -m my.stance rows.csv -o rows.libsvm"},
    {"report", cmd_report, FOR_REPORT, "VIEWS...", "Sums views up in a table", "stance report views.jsonl --by outlet"},
    {"compare", cmd_compare, FOR_COMPARE, "VIEWS...",
     "Compares outlets, with tests: do they lean differently, or quote different people", "stance compare views.jsonl --min-n 20"},
    {"sample", cmd_sample, FOR_SAMPLE, "PREDICTIONS|VIEWS...", "Picks what to label next: half by chance, half what the model is least sure of",
     "stance sample -n 200 views.jsonl -o to_label.csv"},
    {"mine", cmd_mine, FOR_MINE, "INPUT...", "Learns polarity of words and phrases from the cues around them, without labels, for train --lexicon",
     "stance mine news/ -o mined.tsv"},
    {"agree", cmd_agree, FOR_AGREE, "A.csv B.csv...", "Measures how far people who labelled the same rows agree, and lists where they do not",
     "stance agree ada.csv ben.csv -o differ.csv"},
    {"override", cmd_override, FOR_OVERRIDE, "DB [ID FIELD=VALUE...]",
     "Corrects stance, speaker, target or span of a stored view, for reruns too; with DB alone lists the corrections",
     "stance override news.db 01-open-weights:3 stance=neutral"},
    {"completions", cmd_completions, FOR_PAGES, "bash|zsh|fish", "Prints what lets a shell complete commands, options and their values",
     "stance completions bash -o stance.bash"},
    {"manual", cmd_manual, FOR_PAGES, "stance|COMMAND|list", "Prints a manual page, for man -l", "stance manual classify -o stance-classify.1"},
    {"summary", cmd_summary, FOR_SUMMARY, "INPUT...",
     "Classifies articles and reports them per speaker and outlet; what stance FILE... does", "stance article1.txt article2.txt"},
};
const size_t commands_n = sizeof commands / sizeof *commands;

static const struct command *find(const char *name)
{
    for (size_t i = 0; i < commands_n; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

static int run(const struct command *command, int argc, char **argv)
{
    struct options o = {0};
    stance_error err = {0};
    int status;
    if (!options_parse(&o, command, argc, argv, &err)) status = fail(&err);
    else if (o.help) options_help(command), status = STANCE_OK;
    else if (o.version) printf("stance %s\n", STANCE_VERSION), status = STANCE_OK;
    else if (o.inputs.n == 0 && !o.db) {
        error_set(&err, STANCE_USAGE, 0, "%s needs %s; - is stdin; see stance %s --help", command->name, command->inputs, command->name);
        status = fail(&err);
    } else if (!options_output(&o, command, &err)) {
        status = fail(&err);
    } else {
        status = command->run(&o);
    }
    options_free(&o);
    return status;
}

/* A reader that went away is quiet success; anything else that kept output from being written is not. */
static int flushed(int status)
{
    if (fflush(stdout) == 0 || errno == EPIPE) return status;
    fprintf(stderr, "stance: stdout: %s; is the disk full?\n", strerror(errno));
    return STANCE_OUTPUT;
}

int main(int argc, char **argv)
{
    interrupts_catch();
    program_called(argc > 0 ? argv[0] : NULL);
    const char *first = argc > 1 ? argv[1] : "--help";
    if (strcmp(first, "--help") == 0 || strcmp(first, "-h") == 0 || strcmp(first, "help") == 0) {
        const struct command *asked = argc > 2 ? find(argv[2]) : NULL;
        options_help(asked);
        return flushed(STANCE_OK);
    }
    const struct command *command = find(first);
    int status = command ? run(command, argc - 1, argv + 1) : run(find("summary"), argc, argv);
    return flushed(status);
}
