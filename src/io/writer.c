/* SPDX-License-Identifier: MIT
 * writer: output sink.
 * Method: a 64 KiB buffer over write(2) or gzip; regular files via a temporary name, fsync and rename.
 * Limits: the caller ignores SIGPIPE, else a closed pipe ends the process before it can be reported. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/sixteen.h"
#include "gzip.h"

enum { CHUNK = 65536 };

struct writer {
    int fd;
    char *name;       /* for messages */
    char *final, *temporary; /* where the file goes, where it is now; NULL when written to directly */
    struct gzip_writer *gzip; /* NULL: written as it is */
    bool closed, failed, finished;
    stance_error first; /* why it failed */
    char buf[CHUNK];
    size_t n;
    char packed[CHUNK];
};

static bool fail(struct writer *w, int why, stance_error *err)
{
    const char *todo = why == ENOSPC || why == EDQUOT ? "make room or write elsewhere"
                       : why == EACCES || why == EPERM || why == EROFS ? "choose a folder you may write to"
                       : why == ENOENT ? "make the folder first"
                       : why == EISDIR ? "name a file in it"
                                       : "the output is not complete";
    w->failed = true;
    w->closed = w->closed || why == EPIPE;
    error_set(&w->first, STANCE_OUTPUT, 0, "%s: cannot be written: %s; %s", w->name, strerror(why), todo);
    if (err) *err = w->first;
    return false;
}

static bool put(struct writer *w, const char *at, size_t n, stance_error *err)
{
    while (n > 0) {
        ssize_t done = write(w->fd, at, n);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return fail(w, errno, err);
        at += done;
        n -= (size_t)done;
    }
    return true;
}

static bool pack(struct writer *w, enum gzip_mode mode, stance_error *err)
{
    struct gzip_piece piece = {w->buf, w->n, NULL, 0};
    do {
        piece.out = w->packed;
        piece.out_n = sizeof w->packed;
        if (!gzip_pack(w->gzip, mode, &piece)) return fail(w, EIO, err);
        if (!put(w, w->packed, sizeof w->packed - piece.out_n, err)) return false;
    } while (piece.out_n == 0);
    w->n = 0;
    return true;
}

static bool drain(struct writer *w, enum gzip_mode mode, stance_error *err)
{
    if (w->gzip) return pack(w, mode, err);
    size_t n = w->n;
    w->n = 0;
    return put(w, w->buf, n, err);
}

static bool still_failed(const struct writer *w, stance_error *err)
{
    if (err) *err = w->first;
    return false;
}

bool writer_write(struct writer *w, stance_str text, stance_error *err)
{
    if (w->failed) return still_failed(w, err);
    while (text.len > 0) {
        size_t room = sizeof w->buf - w->n, n = text.len < room ? text.len : room;
        memcpy(w->buf + w->n, text.ptr, n);
        w->n += n;
        text = str_slice(text, n, text.len);
        if (w->n == sizeof w->buf && !drain(w, GZIP_HOLD, err)) return false;
    }
    return true;
}

bool writer_flush(struct writer *w, stance_error *err)
{
    return w->failed ? still_failed(w, err) : drain(w, GZIP_FLUSH, err);
}

bool writer_closed(const struct writer *w)
{
    return w->closed;
}

/* ---- opening ---- */

static bool nomem(stance_error *err)
{
    return error_nomem(err, "opening the output");
}

/* A symbolic link is followed, so that the link stays and its target is replaced. */
static char *place_of(const char *path)
{
    char *real = realpath(path, NULL);
    return real ? real : strdup(path);
}

/* A file that is replaced keeps its mode. */
static bool keep_mode(struct writer *w)
{
    struct stat st;
    if (stat(w->final, &st) == 0) (void)!fchmod(w->fd, st.st_mode & 07777);
    return true;
}

/* Beside its place, so that rename stays on one file system; the name is free, because O_EXCL says so. */
static bool open_beside(struct writer *w, const char *path, stance_error *err)
{
    enum { TRIES = 100 };
    w->final = place_of(path);
    size_t size = w->final ? strlen(w->final) + 48 : 0;
    w->temporary = w->final ? calloc(1, size) : NULL;
    if (!w->temporary) return nomem(err);
    for (int i = 0; i < TRIES && w->fd < 0; i++) {
        snprintf(w->temporary, size, "%s.%ld-%d.part", w->final, (long)getpid(), i);
        w->fd = open(w->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (w->fd < 0 && errno != EEXIST) break;
    }
    if (w->fd >= 0) return keep_mode(w);
    int why = errno;
    free(w->temporary);
    w->temporary = NULL;
    return fail(w, why, err);
}

static bool open_path(struct writer *w, const char *path, stance_error *err)
{
    struct stat st;
    bool out = !path || strcmp(path, "-") == 0;
    w->name = strdup(out ? "stdout" : path);
    if (!w->name) return nomem(err);
    if (out) {
        w->fd = dup(STDOUT_FILENO);
        return w->fd >= 0 || fail(w, errno, err);
    }
    bool there = stat(path, &st) == 0;
    if (there && S_ISDIR(st.st_mode)) return fail(w, EISDIR, err);
    if (there && access(path, W_OK) != 0) return fail(w, errno, err);
    if (!there || S_ISREG(st.st_mode)) return open_beside(w, path, err);
    w->fd = open(path, O_WRONLY | O_CLOEXEC);
    return w->fd >= 0 || fail(w, errno, err);
}

struct writer *writer_open(const char *path, stance_error *err)
{
    struct writer *w = calloc(1, sizeof *w);
    if (!w) {
        nomem(err);
        return NULL;
    }
    w->fd = -1;
    bool ok = open_path(w, path, err);
    if (ok && path && str_ends(str_of(path), STR(".gz"))) {
        w->gzip = gzip_writer_new();
        ok = w->gzip || nomem(err);
    }
    if (ok) return w;
    writer_free(w);
    return NULL;
}

/* ---- finishing ---- */

static bool settle(struct writer *w, stance_error *err)
{
    if (fsync(w->fd) != 0 && errno != EINVAL && errno != EROFS) return fail(w, errno, err);
    int fd = w->fd;
    w->fd = -1;
    if (close(fd) != 0) return fail(w, errno, err);
    if (rename(w->temporary, w->final) != 0) return fail(w, errno, err);
    return true;
}

bool writer_finish(struct writer *w, stance_error *err)
{
    if (w->failed) return still_failed(w, err);
    if (w->finished) return true;
    if (!drain(w, GZIP_FINISH, err)) return false;
    w->finished = true;
    if (w->temporary) return settle(w, err);
    int fd = w->fd;
    w->fd = -1;
    return close(fd) == 0 || fail(w, errno, err);
}

void writer_free(struct writer *w)
{
    if (!w) return;
    if (w->fd >= 0) close(w->fd);
    if (w->temporary && (!w->finished || w->failed)) unlink(w->temporary);
    gzip_writer_free(w->gzip);
    free(w->temporary);
    free(w->final);
    free(w->name);
    free(w);
}

/* ---- cells ---- */

static bool guarded(stance_str s)
{
    double number;
    return s.len && strchr("=+-@\t\r", s.ptr[0]) && s.ptr[0] && !str_to_double(s, &number);
}

static bool blank(char c)
{
    return c == ' ' || c == '\t';
}

static inline uint64_t marks_in(uint64_t eight, char delimiter)
{
    return bytes_that_are(eight, delimiter) | bytes_that_are(eight, '"') | bytes_that_are(eight, '\n') | bytes_that_are(eight, '\r');
}

/* Has it to stand between quotation marks? */
static bool quoted(stance_str s, char delimiter)
{
    size_t i = 0;
    if (s.len && (blank(s.ptr[0]) || blank(s.ptr[s.len - 1]))) return true;
    const sixteen mark = sixteen_of('"'), lf = sixteen_of('\n'), cr = sixteen_of('\r'), between = sixteen_of((unsigned char)delimiter);
    for (; s.len - i >= 16; i += 16) {
        sixteen at = sixteen_at(s.ptr + i);
        if (sixteen_bits((at == mark) | (at == between) | (at == lf) | (at == cr))) return true;
    }
    for (; s.len - i >= 8; i += 8)
        if (marks_in(eight_bytes(s.ptr + i), delimiter)) return true;
    return marks_in(few_bytes(s.ptr + i, s.len - i), delimiter) != 0;
}

static inline char *append(char *to, stance_str s)
{
    if (s.len) memcpy(to, s.ptr, s.len);
    return to + s.len;
}

char *cell_write(char *to, struct cell_style style, stance_str text)
{
    bool guard = style.excel && guarded(text), marks = text.len && quoted(text, style.delimiter);
    if (marks) *to++ = '"';
    if (guard) *to++ = '\'';
    if (!marks) return append(to, text);
    while (text.ptr) {
        to = append(to, str_split(&text, '"'));
        if (!text.ptr) break;
        *to++ = '"', *to++ = '"';
    }
    *to++ = '"';
    return to;
}

void cell_put(struct strbuf *out, struct cell_style style, bool first, stance_str text)
{
    if (!first) strbuf_char(out, style.delimiter);
    if (text.len > SIZE_MAX / 4) out->failed = true;
    if (!strbuf_reserve(out, CELL_MOST * text.len + CELL_MORE)) return;
    out->len = (size_t)(cell_write(out->ptr + out->len, style, text) - out->ptr);
    out->ptr[out->len] = '\0';
}

void cell_end_row(struct strbuf *out)
{
    strbuf_char(out, '\n');
}
