/* SPDX-License-Identifier: MIT
 * fuzz: what the fuzz targets share. A target is one file fuzz_NAME.c with LLVMFuzzerTestOneInput, which says by CHECK what must hold for any
 * bytes. With clang's libFuzzer or AFL++ it explores; with replay.c in their place it runs the files named on its command line. */
#ifndef FUZZ_H
#define FUZZ_H
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A property that does not hold is a finding. */
#define CHECK(held)                                                              \
    do {                                                                         \
        if (held) break;                                                         \
        fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #held); \
        abort();                                                                 \
    } while (0)

/* The bytes as a file, until the next call with the same place (0 to 2). Its name has no extension. */
const char *fuzz_file(size_t place, const void *bytes, size_t n);
/* read(2) gives at most so many bytes from now on; 0: as many as asked for. Does nothing where the linker cannot wrap functions. */
void fuzz_reads_give(size_t most);

/* Reads a file, at most `most` bytes of it. */
size_t fuzz_slurp(const char *path, char *to, size_t most);

/* Takes one byte off the front: settings of a target come before its text. 0 when there is none. */
uint8_t fuzz_byte(const uint8_t **data, size_t *size);

/* Makes b at least n bytes long, with zeros. */
void fuzz_pad(struct strbuf *b, size_t n);

/* A folder of this process, removed at its end. */
const char *fuzz_folder(void);
/* A small model of stance with a lexicon of few words, trained at the first call; it lives until the end. */
const stance_model *fuzz_model(void);
/* Its file's bytes. */
stance_str fuzz_model_bytes(void);

/* True when s is NULL or UTF-8. */
bool fuzz_utf8(stance_str s);
/* That text is one JSON value, or that each of its lines is. */
void fuzz_check_json(stance_str text);
void fuzz_check_json_lines(stance_str text);
/* That the fields of a record are UTF-8 and its numbers in range; a digest of them. */
uint64_t fuzz_record(const stance_record *r);
/* A digest of fields, so that two readings can be compared; the border between fields counts, and so does NULL. */
uint64_t fuzz_mix(uint64_t digest, stance_str field);
#endif
