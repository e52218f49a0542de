/* SPDX-License-Identifier: MIT
 * clean: from text as given to running prose in paragraphs, with the way back. */
#ifndef TEXT_CLEAN_H
#define TEXT_CLEAN_H
#include "../base/arena.h"

enum line_drop { LINE_KEPT, LINE_BOILERPLATE, LINE_CAPTION, LINE_TAGS, LINE_REPEATED };

struct paragraph {
    uint32_t start, end;  /* bytes in the cleaned text, without the newline that ends it */
    bool heading;         /* a line without a full stop, set off from the text */
    bool quoted;          /* forum manner: the line began with '>' (which is left out) */
};

/* One stretch of cleaned text and the raw bytes it came from. */
struct clean_piece {
    uint32_t start;       /* byte in the cleaned text; it reaches to the next piece's start */
    uint32_t raw, raw_len;
};

enum { CLEAN_PAD = 16 };

struct cleaned {
    stance_str text;                 /* paragraphs, each ended by '\n'; inside one only single blanks; CLEAN_PAD bytes of 0 can be read behind it */
    struct paragraph *paragraphs;    /* [n] */
    size_t n;
    struct clean_piece *pieces;      /* [pieces_n], by start */
    size_t pieces_n;
    size_t dropped[5];               /* lines by enum line_drop */
};

/* Cleans valid UTF-8 of less than 4 GiB: drops boilerplate, captions, tag lines and repeated lines, joins hard-wrapped lines, undoes
 * double encoding and character references, makes every blank a space. Memory is the arena's. */
bool clean_text(stance_str raw, struct arena *arena, struct cleaned *out, stance_error *err);
/* The raw byte at which the cleaned byte `at` begins. */
size_t clean_raw_start(const struct cleaned *c, size_t at);
/* The raw byte behind the cleaned text that ends before `end` (end > 0). */
size_t clean_raw_end(const struct cleaned *c, size_t end);
/* Both, of the cleaned text from `start` to `end`, which is behind it. */
stance_span clean_raw_span(const struct cleaned *c, size_t start, size_t end);
/* Why the line (without its newline, blanks trimmed) is no article text; `seen_before`: the same line stood above. */
enum line_drop clean_judge(stance_str line, bool seen_before);
#endif
