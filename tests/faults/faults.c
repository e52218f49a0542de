/* SPDX-License-Identifier: MIT
 * faults: the program with the system against it. usage: faults KIND STEP OUT COMMAND...
 * Method: linked over the program's main and over the calls it makes of the system (ld --wrap); runs the command once to count the calls of KIND, then
 *   once for every STEP-th call, which fails, each run in a process of its own. STEP 0: the first and the last call from each place, told by its callers. A run must end with the status that KIND allows, and a sentence, or give the same
 *   as the run without a fault; OUT ("-" is stdout) must be whole or as it was (without what status 1 says was skipped), and nothing may be left beside it. Crashes and leaks are the sanitizer's to see.
 * OUT "new:PATH" is a database, gone before each run: it is made anew, and only status and sentence count.
 * Limits: Linux; one thread (-j1); what third parties allocate or read does not count. */
#define _DEFAULT_SOURCE
#include <dirent.h>
#include <errno.h>
#include <execinfo.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum call { ALLOCATION, READ, WRITE, OPEN, SYNC, RENAME, MAP, CLOCK, CALLS };
enum manner { FAILS, FAILS_ON, SHORT, INTERRUPTED, JUMPS };

static const struct kind {
    const char *name;
    enum call call;
    enum manner manner; /* FAILS: the n-th call alone; FAILS_ON: from the n-th on; the others: all calls, in one run */
    int why;
    const char *statuses; /* allowed besides the status and output of the run without a fault */
} kinds[] = {
    {"malloc", ALLOCATION, FAILS, ENOMEM, "6"},       {"malloc-on", ALLOCATION, FAILS_ON, ENOMEM, "6"},
    {"read-eio", READ, FAILS_ON, EIO, "1 3 4"},       {"read-short", READ, SHORT, 0, ""},
    {"read-eintr", READ, INTERRUPTED, EINTR, ""},     {"write-enospc", WRITE, FAILS_ON, ENOSPC, "5"},
    {"write-eio", WRITE, FAILS, EIO, "5"},            {"write-epipe", WRITE, FAILS_ON, EPIPE, "0 5"},
    {"write-short", WRITE, SHORT, 0, ""},             {"write-eintr", WRITE, INTERRUPTED, EINTR, ""},
    {"open-emfile", OPEN, FAILS, EMFILE, "1 3 4 5"},  {"sync-eio", SYNC, FAILS, EIO, "5"},
    {"rename-eio", RENAME, FAILS, EIO, "5"},          {"map-enomem", MAP, FAILS, ENOMEM, "4 6"},
    {"clock-jumps", CLOCK, JUMPS, 0, ""},
};

static const struct kind *kind;
static long seen, fail_at; /* calls of the kind so far; the one that fails, 0: none */
static bool armed;

/* Where each call of the run without a fault came from: a digest of its callers. Shared with the children. */
enum { PLACES = 1 << 20, CALLERS = 24 };
static unsigned *places; /* [PLACES] by call */

static void note_place(void)
{
    void *callers[CALLERS];
    unsigned digest = 1;
    armed = false;
    int n = backtrace(callers, CALLERS);
    armed = true;
    for (int i = 0; i < n; i++) digest = digest * 31 + (unsigned)((uintptr_t)callers[i] >> 1);
    if (seen < PLACES) places[seen] = digest;
}

/* Is call `at` the first or the last from its place? */
static bool remarkable(long at, long calls)
{
    bool first = true, last = true;
    for (long i = 1; i < at && first; i++) first = places[i] != places[at];
    for (long i = at + 1; i <= calls && last; i++) last = places[i] != places[at];
    return first || last;
}

/* True when this call is to fail; errno is set. */
static bool fails(enum call call)
{
    if (!armed || kind->call != call) return false;
    ++seen;
    if (!fail_at && places) note_place();
    if (!fail_at || (kind->manner == FAILS ? seen != fail_at : kind->manner == FAILS_ON ? seen < fail_at : kind->manner != INTERRUPTED || seen % 2)) return false;
    errno = kind->why;
    return true;
}

/* ---- the calls ---- */

#define WRAP(type, name, ...)         \
    type __real_##name(__VA_ARGS__);  \
    type __wrap_##name(__VA_ARGS__);  \
    type __wrap_##name(__VA_ARGS__)

WRAP(void *, malloc, size_t n)
{
    return fails(ALLOCATION) ? NULL : __real_malloc(n);
}
WRAP(void *, calloc, size_t count, size_t size)
{
    return fails(ALLOCATION) ? NULL : __real_calloc(count, size);
}
WRAP(void *, realloc, void *old, size_t n)
{
    return fails(ALLOCATION) ? NULL : __real_realloc(old, n);
}
WRAP(char *, strdup, const char *s)
{
    return fails(ALLOCATION) ? NULL : __real_strdup(s);
}
WRAP(ssize_t, read, int fd, void *to, size_t n)
{
    if (fails(READ)) return -1;
    return __real_read(fd, to, armed && fail_at && kind->call == READ && kind->manner == SHORT && n > 3 ? 3 : n);
}
WRAP(ssize_t, write, int fd, const void *from, size_t n)
{
    if (fails(WRITE)) return -1;
    return __real_write(fd, from, armed && fail_at && kind->call == WRITE && kind->manner == SHORT && n > 3 ? 3 : n);
}
WRAP(int, open, const char *path, int flags, ...)
{
    va_list more;
    va_start(more, flags);
    int mode = flags & O_CREAT ? va_arg(more, int) : 0;
    va_end(more);
    return fails(OPEN) ? -1 : __real_open(path, flags, mode);
}
WRAP(int, fsync, int fd)
{
    return fails(SYNC) ? -1 : __real_fsync(fd);
}
WRAP(int, rename, const char *from, const char *to)
{
    return fails(RENAME) ? -1 : __real_rename(from, to);
}
WRAP(void *, mmap, void *at, size_t n, int protection, int flags, int fd, off_t offset)
{
    return fails(MAP) ? MAP_FAILED : __real_mmap(at, n, protection, flags, fd, offset);
}
WRAP(int, clock_gettime, clockid_t id, struct timespec *now)
{
    int status = __real_clock_gettime(id, now);
    bool jump = armed && fail_at && kind->call == CLOCK && ++seen % 2;
    if (jump) now->tv_sec += seen % 4 == 1 ? 400L * 24 * 3600 : -400L * 24 * 3600;
    return status;
}
/* ---- one run ---- */

static char *slurp(const char *path, size_t *n)
{
    struct stat st;
    int fd = __real_open(path, O_RDONLY);
    size_t size = fd >= 0 && fstat(fd, &st) == 0 ? (size_t)st.st_size : 0;
    char *bytes = __real_calloc(1, size + 1);
    ssize_t got = fd >= 0 ? __real_read(fd, bytes, size) : 0;
    *n = got > 0 ? (size_t)got : 0;
    if (fd >= 0) close(fd);
    return bytes;
}

static void put(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");
    fputs(text, f);
    fclose(f);
}

struct run {
    int status;          /* -1: died of a signal */
    char *out, *said;    /* what is in OUT or on stdout; stderr */
    size_t out_n, said_n;
    long calls;
};

int __real_main(int argc, char **argv);
int __wrap_main(int argc, char **argv);

static void child(int argc, char **argv, int report)
{
    int out = __real_open("stdout", O_WRONLY | O_CREAT | O_TRUNC, 0600), said = __real_open("stderr", O_WRONLY | O_CREAT | O_TRUNC, 0600);
    dup2(out, 1);
    dup2(said, 2);
    close(out);
    close(said);
    armed = true;
    int status = __real_main(argc, argv);
    armed = false;
    (void)!__real_write(report, &seen, sizeof seen);
    exit(status); /* with the sanitizer's look for leaks */
}

static struct run run(int argc, char **argv, const char *out, long at)
{
    struct run r = {0};
    int report[2], status;
    if (pipe(report) != 0) exit(2);
    fail_at = at;
    seen = 0;
    pid_t pid = fork();
    if (pid == 0) child(argc, argv, report[1]);
    close(report[1]);
    (void)!__real_read(report[0], &r.calls, sizeof r.calls);
    close(report[0]);
    waitpid(pid, &status, 0);
    r.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    r.out = slurp(strcmp(out, "-") == 0 ? "stdout" : out, &r.out_n);
    r.said = slurp("stderr", &r.said_n);
    return r;
}

static void run_free(struct run *r)
{
    free(r->out);
    free(r->said);
}

/* ---- what must hold ---- */

static size_t beside(const char *out)
{
    char copy[4096];
    size_t n = 0;
    snprintf(copy, sizeof copy, "%s", out);
    DIR *d = opendir(dirname(copy));
    for (; d && readdir(d); n++) {}
    if (d) closedir(d);
    return n;
}

static bool allowed(int status)
{
    char wanted[16];
    snprintf(wanted, sizeof wanted, "%d", status);
    return status >= 0 && strstr(kind->statuses, wanted);
}

static const char *judge(const struct run *good, const struct run *r, const char *out, size_t files)
{
    bool to_file = strcmp(out, "-") != 0, same = r->out_n == good->out_n && memcmp(r->out, good->out, r->out_n) == 0;
    if (strstr(r->said, "Sanitizer")) return "the sanitizer found something";
    if (r->status < 0) return "it crashed";
    if (to_file && beside(out) > files) return "a file was left beside the output";
    if (r->status == good->status && same) return NULL;
    if (!allowed(r->status)) return "the status is not one that this fault allows";
    if (to_file && r->status != 1 && strcmp(r->out, "old") != 0) return "the output is neither whole nor as it was";
    if (r->status && !r->said_n) return "it failed without a word";
    return NULL;
}

static void make_room(const char *out)
{
    static const char *const ends[] = {"", "-wal", "-shm", "-journal"};
    char path[4096];
    bool to_file = strcmp(out, "-") != 0, fresh = strncmp(out, "new:", 4) == 0;
    for (size_t i = 0; fresh && i < sizeof ends / sizeof *ends; i++) {
        snprintf(path, sizeof path, "%s%s", out + 4, ends[i]);
        unlink(path);
    }
    if (to_file && !fresh) put(out, "old");
}

static int every(int argc, char **argv, const char *out, long step)
{
    size_t files = 0, bad = 0, tried = 0, refused = 0;
    const char *looked_at = strncmp(out, "new:", 4) == 0 ? "-" : out;
    bool to_file = strcmp(looked_at, "-") != 0, once = kind->manner >= SHORT;
    make_room(out);
    struct run good = run(argc, argv, looked_at, 0);
    if (to_file) files = beside(out);
    for (long at = 1; at <= (once ? 1 : good.calls); at += step ? step : 1) {
        if (!step && !once && !remarkable(at, good.calls)) continue;
        make_room(out);
        struct run r = run(argc, argv, looked_at, at);
        const char *wrong = judge(&good, &r, looked_at, files);
        tried++;
        refused += r.status != good.status;
        if (wrong && ++bad <= 3) fprintf(stderr, "%s: call %ld: %s (status %d)\n%.*s\n", kind->name, at, wrong, r.status, 1500, r.said);
        run_free(&r);
    }
    printf("%-12s %-9s %6ld calls %6zu faults %6zu refused %3zu wrong\n", kind->name, argv[1], good.calls, tried, refused, bad);
    if (good.status > 1) fprintf(stderr, "without a fault: status %d: %s\n", good.status, good.said);
    bool fine = bad == 0 && good.status <= 1;
    run_free(&good);
    return fine ? 0 : 1;
}

int __wrap_main(int argc, char **argv)
{
    for (size_t i = 0; argc > 4 && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, argv[1]) == 0) kind = &kinds[i];
    if (!kind) {
        fprintf(stderr, "usage: faults KIND STEP OUT COMMAND...\n");
        return 2;
    }
    char *out = argv[3];
    long step = atol(argv[2]);
    argv[3] = argv[0];
    fflush(stdout);
    if (step == 0) places = __real_mmap(NULL, PLACES * sizeof *places, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return every(argc - 3, argv + 3, out, step);
}
