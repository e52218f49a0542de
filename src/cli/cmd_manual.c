/* SPDX-License-Identifier: MIT
 * cmd_manual: manual pages made from the tables of commands and options, so that they cannot fall behind them.
 * Method: man macros; a page per command and one of the whole; what the tables do not say stands in `notes`. Limits: pages of section 7 are in src/guides/. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "../io/writer.h"
#include "common.h"

/* What a page says besides the tables: paragraphs, a blank line between; further examples, one a line. A command needs none. */
static const struct note {
    const char *command, *text, *examples;
} notes[] = {
    {"extract",
     "Inputs are files, folders (walked, sorted by path) or - for stdin: .txt, .html, .csv, .tsv, .jsonl, each also .gz. Tables need a column text (or body, "
     "content) or html; id, outlet, url, date, title, author and target are used when they are there. Plain files take them from --meta.\n\n"
     "One record per view: a JSON object a line in a pipe, a table on a terminal. start and end count code points, byte_start and byte_end bytes, "
     "in the input as given; of HTML, in the text that -f documents carries.",
     "cat article1.txt | stance extract -\nstance extract --shard 0/4 articles.csv -o part0.jsonl\nstance extract -f documents --on-error record articles.csv"},
    {"classify",
     "Inputs and records are those of stance-extract(1); stance is the best label, p_LABEL the probability of each, margin the lead of the best over the second, "
     "known the share of the view's words and their pairs and triples that the model has seen. Stance is toward the target.",
     "stance classify -f table article1.txt\nstance classify --target Acme --min-margin 0.2 articles.csv -o acme.csv"},
    {"predict",
     "Rows are CSV, TSV or JSONL with a column text (or quote, sentence, statement, tweet, body, content). They come out in the same order with the same columns; "
     "stance, p_LABEL, margin, abstained and known stand behind. target, target_start, target_end and cue are used when they are there.",
     "stance predict quotes.csv --text-col quote --where lang=en -f jsonl"},
    {"train",
     "Rows need the columns text and label; group (else the article id) keeps rows together in one fold. Also read: fastText lines, doccano and Prodigy JSONL, "
     "Label Studio JSON, articles marked up in line. Settings are searched by cross-validation within --budget, printed as a recipe and kept in the model. The same "
     "rows and options give the same bytes, whatever -j.",
     "stance train rows.csv --budget 5 --map \"unsure=\" -o my.stance\nstance train --append my.stance more.csv -o newer.stance"},
    {"eval", "Without --cv or --hold-out a model is measured: on rows that it has learned from it looks better than it is.",
     "stance eval -m my.stance rows.csv\nstance eval --hold-out group rows.csv --budget 2"},
    {"explain", "Every feature of the text with what it adds to each label's score; with the bias they add up to it.",
     "stance explain --id article1:1 views.jsonl"},
    {"model", "info tells labels, training and figures; top the strongest features per label; verify reads the whole file; card is a model card to publish beside the "
     "model; export --liblinear -o FILE writes a model for liblinear's own predict.",
     "stance model info my.stance\nstance model verify my.stance\nstance model card my.stance -o my.md"},
    {"vectors", NULL, NULL},
    {"report",
     "Views come from stance classify, as JSONL or CSV. Shares are of the views that are left after copies are grouped (--dedup), with 95 % intervals; net is the "
     "bullish share minus the skeptical one. Intervals hold the chance of a small sample, not the errors of extraction and of the model; stance-faq(7) tells more.",
     "stance report views.jsonl --by outlet,target --min-n 1\nstance report views.jsonl -f html -o report.html\nstance report views.jsonl --by claim --examples 2"},
    {"compare",
     "Differences between outlets with intervals, permutation tests corrected for their number (Benjamini-Hochberg), and the same difference for the speakers whom "
     "both quote: it separates whom they quote from how they lean.",
     "stance compare views.jsonl --outlets \"Harbor Times,Inland Post\" --min-n 1"},
    {"completions", "make install puts them where the shells look. Without it: source the output in bash; in zsh write it as _stance into a folder of fpath; in fish as "
     "stance.fish into ~/.config/fish/completions. fish looks below /usr/local/share only where XDG_DATA_DIRS names it.",
     "stance completions zsh -o _stance\nstance completions fish -o stance.fish"},
    {"manual", "list prints the names of all pages, a line each.", "stance manual list"},
};

static const struct note *note_of(const char *command)
{
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        if (strcmp(notes[i].command, command) == 0) return &notes[i];
    return NULL;
}

static void put_char(struct strbuf *out, char c)
{
    if (c == '\\') strbuf_add(out, STR("\\e"));
    else if (c == '-') strbuf_add(out, STR("\\-"));
    else strbuf_char(out, c);
}

/* A line of text: no macro, hyphens as typed. */
static void put(struct strbuf *out, const char *text)
{
    if (*text == '.' || *text == '\'') strbuf_add(out, STR("\\&"));
    for (; *text; text++) put_char(out, *text);
}

static void paragraphs(struct strbuf *out, const char *text)
{
    for (; *text; text++) {
        if (text[0] == '\n' && text[1] == '\n') strbuf_add(out, STR("\n.PP")), text++;
        put_char(out, *text);
    }
    strbuf_char(out, '\n');
}

static void head(struct strbuf *out, const char *command, const char *summary)
{
    char name[64], upper[64];
    snprintf(name, sizeof name, "stance%s%s", command ? "-" : "", command ? command : "");
    size_t n = 0;
    for (; name[n]; n++) upper[n] = (char)toupper((unsigned char)name[n]);
    upper[n] = '\0';
    strbuf_print(out, ".\\\" made by stance manual; do not edit\n.TH %s 1 \"\" \"stance %s\" \"stance\"\n.SH NAME\n", upper, STANCE_VERSION);
    put(out, name);
    strbuf_add(out, STR(" \\- "));
    strbuf_char(out, (char)tolower((unsigned char)*summary));
    for (const char *c = summary + 1; *c; c++) put_char(out, *c);
    strbuf_add(out, STR("\n.SH SYNOPSIS\n"));
}

static void usage_line(struct strbuf *out, const struct command *c)
{
    strbuf_print(out, ".B stance%s%s\n[\\fIOPTION\\fR]...\n", c->bit == FOR_SUMMARY ? "" : " ", c->bit == FOR_SUMMARY ? "" : c->name);
    put(out, c->inputs);
    strbuf_char(out, '\n');
}

static void put_option(struct strbuf *out, const struct option_row *row)
{
    strbuf_add(out, STR(".TP\n"));
    if (row->letter) strbuf_print(out, "\\fB\\-%c\\fR, ", row->letter);
    strbuf_add(out, STR("\\fB\\-\\-"));
    put(out, row->name);
    strbuf_add(out, STR("\\fR"));
    if (row->argument) {
        strbuf_add(out, STR(" \\fI"));
        put(out, row->argument);
        strbuf_add(out, STR("\\fR"));
    }
    strbuf_char(out, '\n');
    put(out, row->help);
    strbuf_char(out, '\n');
}

static void option_list(struct strbuf *out, const struct command *c)
{
    strbuf_add(out, STR(".SH OPTIONS\n"));
    for (size_t i = 0; options_row(i); i++)
        if (options_row(i)->commands & c->bit) put_option(out, options_row(i));
}

/* Those of the command in the table and of its note; NULL: those of all commands in the table. One a line. */
static void examples(struct strbuf *out, const struct command *only, const struct note *note)
{
    strbuf_add(out, STR(".SH EXAMPLES\n.EX\n"));
    for (size_t i = 0; i < commands_n; i++) {
        if (only && only != &commands[i]) continue;
        put(out, commands[i].example);
        strbuf_char(out, '\n');
    }
    for (stance_str rest = str_of(note ? note->examples : NULL); rest.ptr;) {
        stance_str line = str_split(&rest, '\n');
        for (size_t i = 0; i < line.len; i++) put_char(out, line.ptr[i]);
        strbuf_char(out, '\n');
    }
    strbuf_add(out, STR(".EE\n"));
}

static void exit_status(struct strbuf *out)
{
    strbuf_add(out, STR(".SH EXIT STATUS\n"));
#define PAGE_CODE(name, status, message) strbuf_print(out, ".TP\n.B %d\n%s\n", status, message);
    STANCE_CODES(PAGE_CODE)
#undef PAGE_CODE
}

static void see_also(struct strbuf *out, const char *but)
{
    strbuf_add(out, STR(".SH SEE ALSO\n"));
    if (but) strbuf_add(out, STR("\\fBstance\\fR(1),\n"));
    for (size_t i = 0; i < commands_n; i++)
        if (commands[i].bit != FOR_SUMMARY && !(but && strcmp(commands[i].name, but) == 0)) strbuf_print(out, "\\fBstance\\-%s\\fR(1),\n", commands[i].name);
    strbuf_add(out, STR("\\fBstance\\-tutorial\\fR(7),\n\\fBstance\\-cookbook\\fR(7),\n\\fBstance\\-faq\\fR(7)\n"));
}

static void command_page(struct strbuf *out, const struct command *c)
{
    const struct note *note = note_of(c->name);
    head(out, c->name, c->summary);
    usage_line(out, c);
    strbuf_add(out, STR(".SH DESCRIPTION\n"));
    put(out, c->summary);
    strbuf_add(out, STR(".\n"));
    if (note && note->text) {
        strbuf_add(out, STR(".PP\n"));
        paragraphs(out, note->text);
    }
    option_list(out, c);
    examples(out, c, note);
    exit_status(out);
    see_also(out, c->name);
}

static void command_list(struct strbuf *out)
{
    strbuf_add(out, STR(".SH COMMANDS\n"));
    for (size_t i = 0; i < commands_n; i++) {
        if (commands[i].bit == FOR_SUMMARY) continue;
        strbuf_print(out, ".TP\n\\fBstance\\-%s\\fR(1)\n", commands[i].name);
        put(out, commands[i].summary);
        strbuf_char(out, '\n');
    }
}

static void main_page(struct strbuf *out)
{
    head(out, NULL, "Who said what about X, was it bullish, skeptical or neutral, and do outlets differ?");
    for (size_t i = 0; i < commands_n; i++)
        if (commands[i].bit == FOR_SUMMARY) usage_line(out, &commands[i]);
    strbuf_add(out, STR(".br\n.B stance\n\\fICOMMAND\\fR [\\fIOPTION\\fR]... \\fIINPUT\\fR...\n.SH DESCRIPTION\n"));
    paragraphs(out, "Reads news articles, finds every attributed view (quoted or reported), names its speaker, labels its stance and sums the stances up "
                    "per speaker, outlet, target and month. English. Offline: nothing is fetched or sent.\n\n"
                    "Without a command, the files named are classified and reported. stdout is data, stderr is talk; a closed pipe is quiet success; "
                    "files are written whole or not at all. stance-tutorial(7) leads from a table of articles to a report.");
    command_list(out);
    for (size_t i = 0; i < commands_n; i++)
        if (commands[i].bit == FOR_SUMMARY) option_list(out, &commands[i]);
    examples(out, NULL, NULL);
    exit_status(out);
    strbuf_add(out, STR(".SH ENVIRONMENT\n.TP\n.B STANCE_MODEL\nmodel of stance, where no \\-\\-model is given\n"
                        ".TP\n.B STANCE_VIEWS_MODEL\nmodel of attribution, where no \\-\\-views\\-model is given; none: rules alone\n"
                        ".TP\n.B COLUMNS\nwidth of tables that go to no terminal, or to one that does not say its own\n"
                        ".TP\n.B NO_COLOR\nset: no colour\n.SH FILES\n.TP\n"));
    strbuf_add(out, STR(".I " STANCE_SHARE "/default.stance\nthe shipped model of stance\n.TP\n.I " STANCE_SHARE "/views.stance\nthe shipped model of attribution\n"));
    see_also(out, NULL);
}

static void page_list(struct strbuf *out)
{
    strbuf_add(out, STR("stance\n"));
    for (size_t i = 0; i < commands_n; i++)
        if (commands[i].bit != FOR_SUMMARY) strbuf_print(out, "%s\n", commands[i].name);
}

int cmd_manual(const struct options *o)
{
    stance_error err = {0};
    struct strbuf out = {0};
    const char *asked = o->inputs.items[0];
    if (o->inputs.n > 1) asked = o->inputs.items[1];
    else if (strcmp(asked, "stance") == 0) main_page(&out);
    else if (strcmp(asked, "list") == 0) page_list(&out);
    for (size_t i = 0; o->inputs.n == 1 && i < commands_n; i++)
        if (strcmp(asked, commands[i].name) == 0) command_page(&out, &commands[i]);
    bool ok = out.len && !out.failed;
    if (out.failed) error_nomem(&err, "writing a manual page");
    else if (!ok) error_set(&err, STANCE_USAGE, 0, "manual %s: name one page, stance or a command; stance manual list names them all", asked);
    struct writer *w = ok ? writer_open(o->output, &err) : NULL;
    ok = w && writer_write(w, strbuf_str(&out), &err);
    strbuf_free(&out);
    return close_output(w, ok, STANCE_OK, &err);
}
