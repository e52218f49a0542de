/* SPDX-License-Identifier: MIT
 * gzip: zlib's streams behind pieces of memory.
 * Method: deflate with a gzip head at zlib's default level. Limits: 4 GiB a step at most are taken; the rest waits for the next. */
#include "gzip.h"

#include <limits.h>
#include <stdlib.h>

#define ZLIB_CONST /* its next_in is const then */
#include <zlib.h>

enum { GZIP_WINDOW = 15 + 16 }; /* 32 KiB; 16 more: gzip, not zlib */

struct gzip_reader {
    z_stream z;
};

struct gzip_writer {
    z_stream z;
};

static uInt clipped(size_t n)
{
    return n < UINT_MAX ? (uInt)n : UINT_MAX;
}

static void give(z_stream *z, const struct gzip_piece *piece)
{
    z->next_in = (const Bytef *)piece->in;
    z->avail_in = clipped(piece->in_n);
    z->next_out = (Bytef *)piece->out;
    z->avail_out = clipped(piece->out_n);
}

static void take(const z_stream *z, struct gzip_piece *piece)
{
    size_t used = clipped(piece->in_n) - z->avail_in, made = clipped(piece->out_n) - z->avail_out;
    piece->in += used;
    piece->in_n -= used;
    piece->out += made;
    piece->out_n -= made;
}

bool gzip_begins(const char *bytes, size_t n)
{
    return n > 1 && (unsigned char)bytes[0] == 0x1f && (unsigned char)bytes[1] == 0x8b;
}

struct gzip_reader *gzip_reader_new(void)
{
    struct gzip_reader *r = calloc(1, sizeof *r);
    if (r && inflateInit2(&r->z, GZIP_WINDOW) == Z_OK) return r;
    free(r);
    return NULL;
}

void gzip_reader_free(struct gzip_reader *r)
{
    if (r) inflateEnd(&r->z);
    free(r);
}

enum gzip_state gzip_unpack(struct gzip_reader *r, struct gzip_piece *piece)
{
    give(&r->z, piece);
    int status = inflate(&r->z, Z_NO_FLUSH);
    take(&r->z, piece);
    switch (status) {
    case Z_OK:
    case Z_BUF_ERROR: return GZIP_GOES_ON;
    case Z_STREAM_END: return GZIP_MEMBER_ENDS;
    case Z_MEM_ERROR: return GZIP_NO_MEMORY;
    default: return GZIP_DAMAGED;
    }
}

bool gzip_next_member(struct gzip_reader *r)
{
    return inflateReset(&r->z) == Z_OK;
}

struct gzip_writer *gzip_writer_new(void)
{
    enum { MEMORY_LEVEL = 8 }; /* zlib's default */
    struct gzip_writer *w = calloc(1, sizeof *w);
    if (w && deflateInit2(&w->z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP_WINDOW, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) == Z_OK) return w;
    free(w);
    return NULL;
}

void gzip_writer_free(struct gzip_writer *w)
{
    if (w) deflateEnd(&w->z);
    free(w);
}

bool gzip_pack(struct gzip_writer *w, enum gzip_mode mode, struct gzip_piece *piece)
{
    static const int modes[] = {[GZIP_HOLD] = Z_NO_FLUSH, [GZIP_FLUSH] = Z_SYNC_FLUSH, [GZIP_FINISH] = Z_FINISH};
    give(&w->z, piece);
    int status = deflate(&w->z, modes[mode]);
    take(&w->z, piece);
    return status != Z_STREAM_ERROR;
}
