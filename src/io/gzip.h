/* SPDX-License-Identifier: MIT
 * gzip: packing and unpacking in pieces. The one home of zlib. */
#ifndef IO_GZIP_H
#define IO_GZIP_H
#include <stdbool.h>
#include <stddef.h>

/* What is still to be read, and where the result goes; each step moves both on. */
struct gzip_piece {
    const char *in;
    size_t in_n;
    char *out;
    size_t out_n;
};

/* ---- unpacking ---- */

enum gzip_state { GZIP_GOES_ON, GZIP_MEMBER_ENDS, GZIP_DAMAGED, GZIP_NO_MEMORY };

struct gzip_reader;

/* True when bytes begin as gzip does; two of them are enough. */
bool gzip_begins(const char *bytes, size_t n);
/* NULL when memory is out. */
struct gzip_reader *gzip_reader_new(void);
void gzip_reader_free(struct gzip_reader *r);
/* Unpacks until the input is used up, the room is full or a member ends. GZIP_DAMAGED and GZIP_NO_MEMORY are final. */
enum gzip_state gzip_unpack(struct gzip_reader *r, struct gzip_piece *piece);
/* After GZIP_MEMBER_ENDS: gets ready for another member. */
bool gzip_next_member(struct gzip_reader *r);

/* ---- packing ---- */

/* HOLD keeps what packs better later; FLUSH makes all given so far readable; FINISH ends the file. */
enum gzip_mode { GZIP_HOLD, GZIP_FLUSH, GZIP_FINISH };

struct gzip_writer;

/* NULL when memory is out. */
struct gzip_writer *gzip_writer_new(void);
void gzip_writer_free(struct gzip_writer *w);
/* One step; call again with new room, in the same mode, as long as the room was filled to its last byte. False when w cannot go on. */
bool gzip_pack(struct gzip_writer *w, enum gzip_mode mode, struct gzip_piece *piece);
#endif
