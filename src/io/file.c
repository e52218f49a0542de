/* SPDX-License-Identifier: MIT
 * file: byte source.
 * Method: read(2) into a 64 KiB buffer; gzip members inflated one after the other; a look-ahead buffer for peeking.
 * Limits: gzip that inflates more than 400 times beyond its first 64 MiB is refused; bytes after the last member are ignored. */
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gzip.h"

enum { CHUNK = 65536, MAX_RATIO = 400 };
static const size_t FREE_INFLATED = (size_t)64 << 20;

struct file {
    int fd;
    char *name;
    bool end;           /* read(2) has said so */
    struct gzip_reader *gzip; /* NULL: the bytes as they are */
    bool inflated_all;
    size_t max_inflated, max_ratio, in_bytes, out_bytes;
    size_t raw_at, raw_n;     /* raw[raw_at, raw_n), from read(2), is not used yet */
    size_t ahead_at, ahead_n; /* ahead[ahead_at, ahead_n), peeked, is given out first */
    char raw[CHUNK], ahead[FILE_PEEK]; /* not set to zero */
};

bool file_error(const char *path, int why, stance_error *err)
{
    switch (why) {
    case ENOENT: return error_set(err, STANCE_INPUT, 0, "%s: there is no such file; check the path", path);
    case ENOTDIR: return error_set(err, STANCE_INPUT, 0, "%s: a part of the path is a file, not a folder; check the path", path);
    case EISDIR: return error_set(err, STANCE_INPUT, 0, "%s: is a folder, and a file is needed here; name a file inside it", path);
    case EACCES:
    case EPERM: return error_set(err, STANCE_INPUT, 0, "%s: no permission to read it; try chmod u+r or another user", path);
    case ELOOP: return error_set(err, STANCE_INPUT, 0, "%s: symbolic links lead round in a circle; mend the link", path);
    case ENOMEM: return error_nomem(err, "opening a file");
    default: return error_set(err, STANCE_INPUT, 0, "%s: %s", path, strerror(why));
    }
}

static bool damaged(const struct file *f, const char *what, stance_error *err)
{
    return error_set(err, STANCE_INPUT, f->out_bytes, "%s: the gzip data is %s after %zu bytes; fetch or pack the file again", f->name,
                     what, f->out_bytes);
}

static bool fill_raw(struct file *f, stance_error *err)
{
    ssize_t n;
    do n = read(f->fd, f->raw, sizeof f->raw);
    while (n < 0 && errno == EINTR);
    if (n < 0) return file_error(f->name, errno, err);
    f->raw_at = 0;
    f->raw_n = (size_t)n;
    f->in_bytes += (size_t)n;
    if (n == 0) f->end = true;
    return true;
}

static bool read_plain(struct file *f, char *to, size_t cap, size_t *got, stance_error *err)
{
    *got = 0;
    if (f->raw_at == f->raw_n && !f->end && !fill_raw(f, err)) return false;
    *got = f->raw_n - f->raw_at < cap ? f->raw_n - f->raw_at : cap;
    memcpy(to, f->raw + f->raw_at, *got);
    f->raw_at += *got;
    return true;
}

static bool bomb(const struct file *f, stance_error *err)
{
    if (f->max_inflated && f->out_bytes > f->max_inflated)
        return error_set(err, STANCE_INPUT, 0, "%s: inflates to more than %zu bytes; split the file", f->name, f->max_inflated);
    size_t most = f->max_ratio ? f->max_ratio : MAX_RATIO;
    if (f->out_bytes > FREE_INFLATED && f->out_bytes / most > f->in_bytes)
        return error_set(err, STANCE_INPUT, 0, "%s: inflates more than %zu times, which looks like a zip bomb; unpack it yourself, or allow more by --limit gzip-ratio=N",
                         f->name, most);
    return true;
}

/* At the end of a member: another one may follow; anything else is ignored, as gunzip does. */
static bool next_member(struct file *f, stance_error *err)
{
    if (f->raw_at == f->raw_n && !f->end && !fill_raw(f, err)) return false;
    bool more = f->raw_at < f->raw_n && (unsigned char)f->raw[f->raw_at] == 0x1f;
    f->inflated_all = !more || !gzip_next_member(f->gzip);
    return true;
}

static bool inflate_step(struct file *f, char *to, size_t cap, size_t *got, stance_error *err)
{
    if (f->raw_at == f->raw_n && !f->end && !fill_raw(f, err)) return false;
    if (f->end) return damaged(f, "cut off", err);
    size_t room = cap < CHUNK ? cap : CHUNK;
    struct gzip_piece piece = {f->raw + f->raw_at, f->raw_n - f->raw_at, to, room};
    enum gzip_state state = gzip_unpack(f->gzip, &piece);
    f->raw_at = f->raw_n - piece.in_n;
    *got = room - piece.out_n;
    f->out_bytes += *got;
    if (state == GZIP_NO_MEMORY) return error_nomem(err, "unpacking gzip");
    if (state == GZIP_MEMBER_ENDS) return next_member(f, err);
    if (state == GZIP_DAMAGED) return damaged(f, "damaged", err);
    return true;
}

static bool read_gzip(struct file *f, char *to, size_t cap, size_t *got, stance_error *err)
{
    *got = 0;
    while (*got == 0 && !f->inflated_all)
        if (!inflate_step(f, to, cap, got, err)) return false;
    return bomb(f, err);
}

static bool read_next(struct file *f, char *to, size_t cap, size_t *got, stance_error *err)
{
    return f->gzip ? read_gzip(f, to, cap, got, err) : read_plain(f, to, cap, got, err);
}

bool file_read(struct file *f, char *to, size_t cap, size_t *got, stance_error *err)
{
    if (f->ahead_at == f->ahead_n) return read_next(f, to, cap, got, err);
    *got = f->ahead_n - f->ahead_at < cap ? f->ahead_n - f->ahead_at : cap;
    memcpy(to, f->ahead + f->ahead_at, *got);
    f->ahead_at += *got;
    return true;
}

bool file_peek(struct file *f, size_t want, stance_str *out, stance_error *err)
{
    size_t got = 1;
    memmove(f->ahead, f->ahead + f->ahead_at, f->ahead_n - f->ahead_at);
    f->ahead_n -= f->ahead_at;
    f->ahead_at = 0;
    while (got && f->ahead_n < want && f->ahead_n < sizeof f->ahead) {
        if (!read_next(f, f->ahead + f->ahead_n, sizeof f->ahead - f->ahead_n, &got, err)) return false;
        f->ahead_n += got;
    }
    *out = (stance_str){f->ahead, f->ahead_n};
    return true;
}

bool file_read_all(struct file *f, size_t most, struct strbuf *out, stance_error *err)
{
    char chunk[16384];
    size_t start = out->len, got = 1;
    while (got) {
        if (!file_read(f, chunk, sizeof chunk, &got, err)) return false;
        if (got > most - (out->len - start)) return error_set(err, STANCE_INPUT, most, "%s: larger than %zu bytes; split it", f->name, most);
        strbuf_add(out, (stance_str){chunk, got});
        if (out->failed) return error_nomem(err, "reading a file");
    }
    return true;
}

size_t file_bytes(const struct file *f)
{
    return f->in_bytes;
}

const char *file_name(const struct file *f)
{
    return f->name;
}

/* Two bytes tell gzip; a pipe may give them one by one. */
static bool begin(struct file *f, bool named_gz, stance_error *err)
{
    if (!fill_raw(f, err)) return false;
    while (f->raw_n == 1 && !f->end) {
        ssize_t n = read(f->fd, f->raw + 1, sizeof f->raw - 1);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return file_error(f->name, errno, err);
        if (n == 0) f->end = true;
        f->raw_n += (size_t)n;
        f->in_bytes += (size_t)n;
    }
    bool packed = gzip_begins(f->raw, f->raw_n);
    if (named_gz && !packed)
        return error_set(err, STANCE_INPUT, 0, "%s: is named .gz but holds no gzip data; rename it or pack it again", f->name);
    if (packed && !(f->gzip = gzip_reader_new())) return error_nomem(err, "unpacking gzip");
    return true;
}

static bool open_path(struct file *f, const char *path, stance_error *err)
{
    struct stat st;
    bool in = strcmp(path, "-") == 0;
    f->fd = -1;
    f->name = strdup(in ? "stdin" : path);
    if (!f->name) return error_nomem(err, "opening a file");
    do f->fd = in ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    while (f->fd < 0 && errno == EINTR);
    if (f->fd < 0 || fstat(f->fd, &st) != 0) return file_error(f->name, errno, err);
    if (S_ISDIR(st.st_mode)) return file_error(f->name, EISDIR, err);
    return begin(f, !in && str_ends(str_of(path), STR(".gz")), err);
}

void file_limit(struct file *f, size_t ratio)
{
    f->max_ratio = ratio;
}

struct file *file_open(const char *path, size_t max_inflated, stance_error *err)
{
    struct file *f = malloc(sizeof *f);
    if (!f) {
        error_nomem(err, "opening a file");
        return NULL;
    }
    memset(f, 0, offsetof(struct file, raw)); /* but not the buffers: most files are smaller than they */
    f->max_inflated = max_inflated;
    if (open_path(f, path, err)) return f;
    file_close(f);
    return NULL;
}

void file_close(struct file *f)
{
    if (!f) return;
    gzip_reader_free(f->gzip);
    if (f->fd >= 0) close(f->fd);
    free(f->name);
    free(f);
}
