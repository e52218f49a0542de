/* SPDX-License-Identifier: MIT
 * common: what every command does alike: talk, models, interrupts, counting of bad records. */
#ifndef CLI_COMMON_H
#define CLI_COMMON_H
#include "../io/writer.h"
#include "options.h"

/* Prints the error to stderr and returns its exit status. */
int fail(const stance_error *err);
/* A line to stderr, in which nothing steers the terminal. */
void talk(const char *text);
/* A line of talk to stderr, unless --quiet. */
__attribute__((format(printf, 2, 3))) void say(const struct options *o, const char *format, ...);

/* Interrupts: after interrupts_catch, SIGINT and SIGTERM only set the flag; a closed pipe is an error of write. */
void interrupts_catch(void);
bool interrupted(void);

/* Remembers argv[0], from which the shipped models are found where /proc is not there. */
void program_called(const char *name);
/* "s" unless n is 1. */
const char *plural(size_t n);

/* Opens the model of -m, $STANCE_MODEL or the shipped one. */
stance_model *open_model(const struct options *o, stance_error *err);
/* Is one named, or shipped with the program? Reports do without. */
bool model_at_hand(const struct options *o);
/* The attribution model of --views-model, $STANCE_VIEWS_MODEL or the shipped one. True with *model NULL when there is none, or `none` is asked for. */
bool open_views_model(const struct options *o, stance_views_model **model, stance_error *err);
/* One line of talk when what was read with the model is clearly unlike its training rows. model may be NULL. */
void warn_of_drift(const struct options *o, const stance_model *model, const stance_seen *seen);
unsigned thread_count(const struct options *o);
bool use_color(const struct options *o);
/* Columns of the terminal on stdout, else of $COLUMNS; 0: as wide as it comes. */
size_t terminal_width(void);

/* Bad records of a run: counted, the first one kept for the closing line. */
struct mishaps {
    size_t n;
    stance_error first;
};
/* Counts one; false when the run must stop (--on-error fail, --max-errors, or nothing to go on with), and then *err is what to say. */
bool mishap(struct mishaps *m, const struct options *o, const stance_error *what, bool fatal, stance_error *err);
/* Closing line about bad records; the exit status 0 or 1. */
int mishaps_status(const struct mishaps *m, const struct options *o);
/* Finishes or gives up the output: the exit status, given whether the run went well and what the status would be. */
int close_output(struct writer *w, bool ok, int status, stance_error *err);

int cmd_extract(const struct options *o);
int cmd_classify(const struct options *o);
int cmd_predict(const struct options *o);
int cmd_train(const struct options *o);
int cmd_eval(const struct options *o);
int cmd_explain(const struct options *o);
int cmd_model(const struct options *o);
int cmd_vectors(const struct options *o);
int cmd_report(const struct options *o);
int cmd_compare(const struct options *o);
int cmd_agree(const struct options *o);
int cmd_sample(const struct options *o);
int cmd_mine(const struct options *o);
int cmd_summary(const struct options *o);
int cmd_override(const struct options *o);
int cmd_completions(const struct options *o);
int cmd_manual(const struct options *o);
#endif
