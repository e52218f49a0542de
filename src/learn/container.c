/* SPDX-License-Identifier: MIT
 * container: reading and writing model files.
 * Method: everything is checked before the first use: sizes against the file's, names, alignment, the zero bytes between, XXH64 of header and of
 * each section. Limits: a checksum is not a signature; little-endian machines only. */
#define _DEFAULT_SOURCE /* MAP_POPULATE */
#include "container.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../base/error.h"

static const char magic[8] = {'s', 't', 'a', 'n', 'c', 'e', '\x1a', '\n'};
static const char advice[] = "train the model again, or reinstall it";

struct header {
    char magic[8];
    uint32_t version, sections;
    char kind[8];
    uint64_t file_size, digest, reserved;
};

struct entry {
    char name[CONTAINER_NAME];
    uint64_t offset, size, digest;
};

struct container {
    const unsigned char *bytes; /* the map */
    size_t size;
    struct header header;
    const struct entry *table;  /* [header.sections] */
    char id[17];
    char path[];
};

static size_t align8(size_t n)
{
    return (n + 7) / 8 * 8;
}

/* ---- writing ---- */

static void pad(struct strbuf *out)
{
    while (out->len % 8 && !out->failed) strbuf_char(out, '\0');
}

static uint64_t digest_of(struct header header, const struct entry *table)
{
    char both[sizeof header + CONTAINER_SECTIONS * sizeof *table];
    size_t n = header.sections * sizeof *table;
    header.digest = 0;
    memcpy(both, &header, sizeof header);
    memcpy(both + sizeof header, table, n);
    return str_hash64((stance_str){both, sizeof header + n}, 0);
}

static size_t fill_table(const struct container_section *sections, size_t n, struct entry *table)
{
    size_t at = align8(sizeof(struct header) + n * sizeof *table);
    for (size_t i = 0; i < n; i++) {
        memset(&table[i], 0, sizeof table[i]);
        memcpy(table[i].name, sections[i].name, strlen(sections[i].name));
        table[i].offset = at;
        table[i].size = sections[i].size;
        table[i].digest = str_hash64((stance_str){sections[i].data, sections[i].size}, 0);
        at = align8(at + sections[i].size);
    }
    return at;
}

bool container_pack(const char *kind, const struct container_section *sections, size_t n, struct strbuf *out, stance_error *err)
{
    struct entry table[CONTAINER_SECTIONS] = {{.offset = 0}};
    struct header header = {.version = CONTAINER_VERSION, .sections = (uint32_t)n};
    bool fits = n <= CONTAINER_SECTIONS && strlen(kind) <= sizeof header.kind;
    for (size_t i = 0; fits && i < n; i++) fits = strlen(sections[i].name) < CONTAINER_NAME;
    if (!fits) return error_set(err, STANCE_OUTPUT, 0, "model: too many sections, or a name too long");
    memcpy(header.magic, magic, sizeof magic);
    memcpy(header.kind, kind, strlen(kind));
    header.file_size = fill_table(sections, n, table);
    header.digest = digest_of(header, table);
    strbuf_reserve(out, (size_t)header.file_size);
    strbuf_add(out, (stance_str){(const char *)&header, sizeof header});
    strbuf_add(out, (stance_str){(const char *)table, n * sizeof *table});
    for (size_t i = 0; i < n; i++) {
        pad(out);
        strbuf_add(out, (stance_str){sections[i].data, sections[i].size});
    }
    pad(out);
    return !out->failed || error_nomem(err, "writing the model");
}

static bool write_all(int fd, const char *at, size_t n)
{
    while (n) {
        ssize_t done = write(fd, at, n);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return false;
        at += done;
        n -= (size_t)done;
    }
    return true;
}

static const char *remedy(int why)
{
    if (why == ENOSPC || why == EDQUOT || why == EFBIG) return "make room or write elsewhere";
    if (why == ENOENT || why == ENOTDIR) return "make the folder first";
    if (why == EISDIR || why == EBUSY) return "name a file in it";
    return why == EACCES || why == EROFS || why == EPERM ? "choose a folder that you may write to" : "choose another file";
}

static bool cannot_write(const char *path, int why, stance_error *err)
{
    if (why == ENOMEM) return error_nomem(err, "writing the model");
    return error_set(err, STANCE_OUTPUT, 0, "%s: cannot be written: %s; %s", path, strerror(why), remedy(why));
}

static bool replace(const char *path, const char *temporary, int fd, const struct strbuf *bytes, stance_error *err)
{
    bool ok = write_all(fd, bytes->ptr, bytes->len) && fsync(fd) == 0;
    int cause = errno;
    if (close(fd) != 0 && ok) ok = false, cause = errno;
    if (ok && rename(temporary, path) != 0) ok = false, cause = errno;
    if (ok) return true;
    unlink(temporary);
    return cannot_write(path, cause, err);
}

/* A new file beside path, under a name that no other writer has. */
static int create_beside(const char *path, struct strbuf *name)
{
    int fd = -1;
    for (int attempt = 0; attempt < 100 && fd < 0; attempt++) {
        strbuf_clear(name);
        strbuf_print(name, "%s.%ld-%d.tmp", path, (long)getpid(), attempt);
        errno = ENOMEM;
        if (!name->failed) fd = open(name->ptr, O_WRONLY | O_CREAT | O_EXCL, 0666);
        if (fd < 0 && errno != EEXIST) break;
    }
    return fd;
}

/* Devices and pipes are written to as they are: a rename would put a file in their place. */
static bool write_directly(const char *path, const struct strbuf *bytes, stance_error *err)
{
    int fd = open(path, O_WRONLY);
    bool ok = fd >= 0 && write_all(fd, bytes->ptr, bytes->len);
    int cause = errno;
    if (fd >= 0 && close(fd) != 0 && ok) ok = false, cause = errno;
    return ok || cannot_write(path, cause, err);
}

static bool exists_as_device(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

bool container_write(const char *path, const char *kind, const struct container_section *sections, size_t n, stance_error *err)
{
    struct strbuf bytes = {0}, temporary = {0};
    bool ok = container_pack(kind, sections, n, &bytes, err);
    if (ok && exists_as_device(path)) {
        ok = write_directly(path, &bytes, err);
        strbuf_free(&bytes);
        return ok;
    }
    int fd = ok ? create_beside(path, &temporary) : -1;
    if (ok && fd < 0) ok = cannot_write(path, errno, err);
    if (ok) ok = replace(path, temporary.ptr, fd, &bytes, err);
    strbuf_free(&bytes);
    strbuf_free(&temporary);
    return ok;
}

/* ---- reading ---- */

bool container_damaged(const struct container *c, const char *section, stance_error *err)
{
    return error_set(err, STANCE_MODEL, 0, "%s: damaged model (%s); %s", c->path, section, advice);
}

static bool check_header(struct container *c, const char *kind, stance_error *err)
{
    struct header *h = &c->header;
    char expected[sizeof h->kind] = {0};
    memcpy(expected, kind, strlen(kind) < sizeof expected ? strlen(kind) : sizeof expected);
    if (c->size < sizeof magic || memcmp(c->bytes, magic, sizeof magic) != 0)
        return error_set(err, STANCE_MODEL, 0, "%s: not a stance model; give the file that `stance train -o` wrote", c->path);
    if (c->size < sizeof *h) return error_set(err, STANCE_MODEL, c->size, "%s: truncated model, %zu bytes; %s", c->path, c->size, advice);
    memcpy(h, c->bytes, sizeof *h);
    if (h->version > CONTAINER_VERSION)
        return error_set(err, STANCE_MODEL, 0, "%s: model too new (version %u, this program reads %d); update stance, or train the model again",
                         c->path, (unsigned)h->version, CONTAINER_VERSION);
    if (h->version > 0 && h->version < CONTAINER_OLDEST)
        return error_set(err, STANCE_MODEL, 0, "%s: model too old (version %u, this program reads %d); train the model again, or reinstall it",
                         c->path, (unsigned)h->version, CONTAINER_VERSION);
    if (h->file_size > c->size)
        return error_set(err, STANCE_MODEL, c->size, "%s: truncated model, %zu of %llu bytes; %s", c->path, c->size, (unsigned long long)h->file_size, advice);
    if (h->version == 0 || h->file_size != c->size || h->sections > CONTAINER_SECTIONS || c->size < sizeof *h + h->sections * sizeof *c->table)
        return container_damaged(c, "header", err);
    c->table = (const struct entry *)(const void *)(c->bytes + sizeof *h);
    if (digest_of(*h, c->table) != h->digest) return container_damaged(c, "header", err);
    if (memcmp(h->kind, expected, sizeof expected) != 0)
        return error_set(err, STANCE_MODEL, 0, "%s: a model of another kind (%.8s, wanted %s); give the right file", c->path, h->kind, kind);
    return true;
}

static bool zeros(const struct container *c, size_t from, size_t to)
{
    while (from < to && c->bytes[from] == 0) from++;
    return from == to;
}

/* Sections follow each other in the order of the table, so that none overlap. */
static bool check_sections(const struct container *c, stance_error *err)
{
    size_t at = sizeof c->header + c->header.sections * sizeof *c->table;
    for (size_t i = 0; i < c->header.sections; i++) {
        const struct entry *e = &c->table[i];
        if (e->name[CONTAINER_NAME - 1] != '\0' || e->offset != align8(at) || e->offset > c->size || e->size > c->size - e->offset ||
            !zeros(c, at, (size_t)e->offset))
            return container_damaged(c, "table", err);
        if (str_hash64((stance_str){(const char *)c->bytes + e->offset, (size_t)e->size}, 0) != e->digest) return container_damaged(c, e->name, err);
        at = (size_t)(e->offset + e->size);
    }
    return (align8(at) == c->size && zeros(c, at, c->size)) || container_damaged(c, "end", err);
}

/* All pages at once where that can be had, since the checksums read them all. */
#ifndef MAP_POPULATE
#define MAP_POPULATE 0
#endif

static bool map(struct container *c, stance_error *err)
{
    struct stat info;
    int fd = open(c->path, O_RDONLY | O_NONBLOCK); /* a pipe that nobody writes to is refused, not waited for */
    if (fd < 0) return error_set(err, STANCE_MODEL, 0, "%s: model cannot be opened: %s; give -m, or make one with `stance train`", c->path, strerror(errno));
    bool ok = fstat(fd, &info) == 0 && S_ISREG(info.st_mode);
    if (ok && info.st_size > 0) {
        void *bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
        ok = bytes != MAP_FAILED;
        if (ok) c->bytes = bytes;
        if (ok) c->size = (size_t)info.st_size;
    }
    close(fd);
    return ok || error_set(err, STANCE_MODEL, 0, "%s: model cannot be read; give a regular file", c->path);
}

struct container *container_open(const char *path, const char *kind, stance_error *err)
{
    const uint16_t one = 1;
    struct container *c = calloc(1, sizeof *c + strlen(path) + 1);
    if (!c) {
        error_nomem(err, "opening the model");
        return NULL;
    }
    memcpy(c->path, path, strlen(path) + 1);
    bool little = *(const unsigned char *)&one == 1;
    if (!little) error_set(err, STANCE_MODEL, 0, "%s: models need a little-endian machine", path);
    if (!little || !map(c, err) || !check_header(c, kind, err) || !check_sections(c, err)) {
        container_free(c);
        return NULL;
    }
    snprintf(c->id, sizeof c->id, "%016llx", (unsigned long long)c->header.digest);
    return c;
}

void container_free(struct container *c)
{
    if (!c) return;
    if (c->bytes) munmap((void *)(uintptr_t)c->bytes, c->size);
    free(c);
}

struct container_section container_find(const struct container *c, const char *name)
{
    for (size_t i = 0; i < c->header.sections; i++)
        if (strcmp(c->table[i].name, name) == 0)
            return (struct container_section){c->table[i].name, c->bytes + c->table[i].offset, (size_t)c->table[i].size};
    return (struct container_section){name, NULL, 0};
}

const void *container_array(const struct container *c, const char *name, size_t unit, size_t *count, stance_error *err)
{
    struct container_section s = container_find(c, name);
    if (!s.data || s.size % unit) {
        container_damaged(c, name, err);
        return NULL;
    }
    *count = s.size / unit;
    return s.data;
}

const char *container_id(const struct container *c)
{
    return c->id;
}

size_t container_size(const struct container *c)
{
    return c->size;
}
