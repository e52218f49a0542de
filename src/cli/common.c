/* SPDX-License-Identifier: MIT
 * common: talk, models, interrupts.
 * Method: plain stdio on stderr; models are looked for beside the program. Limits: signals set one flag that loops look at between records. */
#define _GNU_SOURCE
#include "common.h"

#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static volatile sig_atomic_t stop_asked;
static const char *called; /* argv[0] */

static void on_signal(int signal_number)
{
    (void)signal_number;
    stop_asked = 1;
}

/* A model is mapped: when its file is cut short by somebody else, reading it raises SIGBUS. */
static void on_lost_file(int signal_number)
{
    static const char said[] = "stance: a model was changed while it was in use; replace models by renaming, and start again\n";
    (void)signal_number;
    (void)!write(STDERR_FILENO, said, sizeof said - 1);
    _exit(STANCE_MODEL);
}

void interrupts_catch(void)
{
    struct sigaction action = {.sa_handler = on_lost_file};
    sigaction(SIGBUS, &action, NULL);
    action.sa_handler = on_signal;
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    sigaction(SIGXFSZ, &action, NULL); /* a limit of size is a failure of write, too */
}

bool interrupted(void)
{
    return stop_asked != 0;
}

/* Bytes at `at` that a terminal would obey instead of showing: controls of C0 and C1, and those of direction. 0: none. */
static size_t obeyed(const unsigned char *at)
{
    if (*at < 0x20 || *at == 0x7F) return 1;
    if (at[0] == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0) return 2;
    if (at[0] != 0xE2) return 0;
    bool marks = at[1] == 0x80 && (at[2] == 0x8E || at[2] == 0x8F || (at[2] >= 0xAA && at[2] <= 0xAE));
    return marks || (at[1] == 0x81 && at[2] >= 0xA6 && at[2] <= 0xA9) ? 3 : 0;
}

/* Messages hold names of files, columns and speakers, which may come from strangers. */
void talk(const char *text)
{
    fputs("stance: ", stderr);
    for (const unsigned char *at = (const unsigned char *)text; *at;) {
        size_t n = obeyed(at);
        fputc(n ? '?' : *at, stderr);
        at += n ? n : 1;
    }
    fputc('\n', stderr);
}

int fail(const stance_error *err)
{
    talk(err->text[0] ? err->text : stance_code_message(err->code));
    return (int)err->code;
}

void say(const struct options *o, const char *format, ...)
{
    if (o->quiet) return;
    char text[1024];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    talk(text);
}

void program_called(const char *name)
{
    called = name;
}

const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

/* Where a shell finds a program called without a folder: its path's length, or 0. The link there may lead on. */
static ssize_t on_path(const char *name, char *out)
{
    const char *list = getenv("PATH");
    for (const char *at = list ? list : ""; *at;) {
        size_t len = strcspn(at, ":");
        char path[PATH_MAX], real[PATH_MAX];
        int n = snprintf(path, sizeof path, "%.*s/%s", (int)len, at, name);
        if (len > 0 && n < (int)sizeof path && access(path, X_OK) == 0 && realpath(path, real)) return snprintf(out, PATH_MAX, "%s", real);
        at += len + (at[len] == ':');
    }
    return 0;
}

/* Folder of the running program, or "". */
static void program_folder(char *out, size_t size)
{
    char path[PATH_MAX];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n <= 0 && called && strchr(called, '/')) n = snprintf(path, sizeof path, "%s", called);
    if (n <= 0 && called && !strchr(called, '/')) n = on_path(called, path);
    if (n >= (ssize_t)sizeof path) n = 0;
    path[n > 0 ? n : 0] = '\0';
    snprintf(out, size, "%s", n > 0 ? dirname(path) : "");
}

static bool shipped_model(const char *name, char *out, size_t size)
{
    char folder[PATH_MAX];
    program_folder(folder, sizeof folder);
    snprintf(out, size, "%s/../models/%s", folder, name);
    if (access(out, R_OK) == 0) return true;
    snprintf(out, size, "%s/../share/stance/%s", folder, name);
    if (access(out, R_OK) == 0) return true;
    snprintf(out, size, "%s/%s", STANCE_SHARE, name);
    return access(out, R_OK) == 0;
}

bool model_at_hand(const struct options *o)
{
    char path[2 * PATH_MAX];
    const char *given = o->model ? o->model : getenv("STANCE_MODEL");
    return (given && *given) || shipped_model("default.stance", path, sizeof path);
}

stance_model *open_model(const struct options *o, stance_error *err)
{
    char path[2 * PATH_MAX];
    const char *given = o->model ? o->model : getenv("STANCE_MODEL");
    if (given && *given) return stance_model_open(given, err);
    if (shipped_model("default.stance", path, sizeof path)) return stance_model_open(path, err);
    error_set(err, STANCE_MODEL, 0, "no model found; name one with -m, set STANCE_MODEL, or run make, which trains models/default.stance");
    return NULL;
}

bool open_views_model(const struct options *o, stance_views_model **model, stance_error *err)
{
    char path[2 * PATH_MAX];
    const char *given = o->views_model ? o->views_model : getenv("STANCE_VIEWS_MODEL");
    *model = NULL;
    if (given && strcmp(given, "none") == 0) return true;
    if (!(given && *given)) given = shipped_model("views.stance", path, sizeof path) ? path : NULL;
    return !given || (*model = stance_views_model_open(given, err)) != NULL;
}

unsigned thread_count(const struct options *o)
{
    if (o->threads) return o->threads > 256 ? 256 : (unsigned)o->threads;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores > 0 ? (unsigned)(cores > 64 ? 64 : cores) : 1;
}

bool use_color(const struct options *o)
{
    if (o->color && strcmp(o->color, "auto") != 0) return strcmp(o->color, "always") == 0;
    const char *off = getenv("NO_COLOR");
    return !(off && *off) && !o->output && isatty(STDOUT_FILENO);
}

/* The terminal's, where there is one that says it; else what the environment says: `COLUMNS=80 stance report ... | less`. */
size_t terminal_width(void)
{
    struct winsize size;
    size_t columns;
    const char *said = getenv("COLUMNS");
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return said && str_to_size(str_of(said), &columns) && columns <= 10000 ? columns : 0;
}

static void put_mix(char *out, size_t size, const stance_model *model, const double *share)
{
    size_t used = 0;
    for (size_t l = 0; l < stance_model_labels(model) && used < size; l++) {
        int n = snprintf(out + used, size - used, "%s%s %.0f %%", l ? ", " : "", stance_model_label(model, l), 100 * share[l]);
        used += n > 0 ? (size_t)n : 0;
    }
}

void warn_of_drift(const struct options *o, const stance_model *model, const stance_seen *seen)
{
    stance_drift d;
    char mix[400], trained[400], known[120] = "", shift[1000] = "";
    if (!model || !stance_drift_of(model, seen, &d) || !(d.unfamiliar || d.shifted)) return;
    put_mix(mix, sizeof mix, model, d.share);
    put_mix(trained, sizeof trained, model, d.trained.share);
    if (d.unfamiliar) snprintf(known, sizeof known, ": it knows %.0f %% of their words and word pairs, %.0f %% in training", 100 * d.known, 100 * d.trained.known);
    if (d.shifted)
        snprintf(shift, sizeof shift, "%s %s, in training %s (%.2f apart, by chance %.2f at most)", d.unfamiliar ? ";" : ":", mix, trained, d.distance, d.chance);
    say(o, "these %zu texts are unlike those the model learnt from%s%s; read 20 of your own beside the output, and if labels are wrong, "
        "label more with `stance sample` and add them with `stance train --append`", d.n, known, shift);
}

bool mishap(struct mishaps *m, const struct options *o, const stance_error *what, bool fatal, stance_error *err)
{
    if (m->n++ == 0) m->first = *what;
    if (o->verbose) say(o, "skipped: %s", what->text);
    bool stop = fatal || what->code == STANCE_NOMEM || (o->on_error && strcmp(o->on_error, "fail") == 0);
    if (stop)
        *err = *what;
    else if (o->max_errors_given && m->n > o->max_errors)
        stop = !error_set(err, STANCE_INPUT, 0, "more than %zu bad records (--max-errors); the first: %s", o->max_errors, m->first.text);
    return !stop;
}

int mishaps_status(const struct mishaps *m, const struct options *o)
{
    (void)o;
    if (m->n == 0) return STANCE_OK;
    char text[sizeof m->first.text + 64];
    snprintf(text, sizeof text, "%zu record%s skipped; the first: %s", m->n, plural(m->n), m->first.text);
    talk(text);
    return STANCE_PARTIAL;
}

int close_output(struct writer *w, bool ok, int status, stance_error *err)
{
    if (interrupted()) {
        writer_free(w);
        return STANCE_INTERRUPTED;
    }
    if (ok && w) ok = writer_finish(w, err);
    bool closed = w && writer_closed(w);
    writer_free(w);
    if (closed) return STANCE_OK;
    return ok ? status : fail(err);
}
