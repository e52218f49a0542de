/* SPDX-License-Identifier: MIT
 * file: bytes from a file, a gzip file or stdin. */
#ifndef IO_FILE_H
#define IO_FILE_H
#include "../base/error.h"
#include "../base/str.h"

struct file;

/* "-" is stdin. gzip is known by its first bytes, whatever the name. max_inflated caps what comes out of gzip (0: no cap but the one
 * on the ratio, which stops zip bombs). NULL with a message that names the file and says what to do. Owner closes. */
struct file *file_open(const char *path, size_t max_inflated, stance_error *err);
void file_close(struct file *f);
/* Before the first read: gzip may give so many bytes for each; 0: 400. */
void file_limit(struct file *f, size_t ratio);
/* Reads up to cap bytes; *got 0 at the end. False on failure; nothing more will come then. */
bool file_read(struct file *f, char *to, size_t cap, size_t *got, stance_error *err);
/* The bytes that the next reads will give, without taking them: at least `want` (at most FILE_PEEK), fewer at the end. Valid until the
 * next call. */
#define FILE_PEEK 65536
bool file_peek(struct file *f, size_t want, stance_str *out, stance_error *err);
/* Appends all that is left to *out; false when that is more than `most` bytes (INPUT). */
bool file_read_all(struct file *f, size_t most, struct strbuf *out, stance_error *err);
/* Bytes read so far, as they lie on disk: packed, when the file is. */
size_t file_bytes(const struct file *f);
/* The path, or "stdin"; as long as the file. */
const char *file_name(const struct file *f);
/* Fills err for errno `why` of opening or reading `path`; returns false. */
bool file_error(const char *path, int why, stance_error *err);
#endif
