/* SPDX-License-Identifier: MIT
 * fuzz_reader: documents read at once and piece by piece must be the same. */
#ifndef FUZZ_READER_H
#define FUZZ_READER_H
#include "fuzz.h"

static inline uint64_t fuzz_document_digest(uint64_t d, const stance_document *doc, const stance_error *err, int got)
{
    const stance_str fields[] = {doc->article, doc->outlet, doc->url, doc->date, doc->title, doc->author, doc->target, doc->text};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        CHECK(fuzz_utf8(fields[i]));
        d = fuzz_mix(d, fields[i]);
    }
    CHECK(got < 0 || (doc->article.len && doc->text.len));
    CHECK(got > 0 || (err->code != STANCE_OK && err->text[0]));
    return d * 3 + doc->line + (uint64_t)got + (got < 0 ? fuzz_mix(d, str_of(err->text)) : 0);
}

static inline uint64_t fuzz_read_all(const stance_reader_options *options, stance_reader_counts *counts)
{
    stance_error err = {0};
    stance_document doc;
    uint64_t digest = 1;
    int got;
    stance_reader *r = stance_reader_open(options, &err);
    if (!r) {
        CHECK(err.code != STANCE_OK);
        return fuzz_mix(0, str_of(err.text));
    }
    for (err = (stance_error){0}; (got = stance_reader_next(r, &doc, &err)) != 0; err = (stance_error){0})
        digest = fuzz_document_digest(digest, &doc, &err, got);
    *counts = *stance_reader_counted(r);
    stance_reader_free(r);
    return digest;
}

static inline void fuzz_read_documents(const stance_reader_options *options, const uint8_t *data, size_t size, size_t piece)
{
    const char *path = fuzz_file(0, data, size);
    stance_reader_options o = *options;
    stance_reader_counts whole = {0}, pieces = {0};
    o.inputs = &path;
    o.inputs_n = 1;
    uint64_t first = fuzz_read_all(&o, &whole);
    fuzz_reads_give(piece + 1);
    uint64_t second = fuzz_read_all(&o, &pieces);
    fuzz_reads_give(0);
    CHECK(first == second);
    whole.bytes = pieces.bytes = 0; /* of a file that is given up on, more or less may have been read */
    CHECK(memcmp(&whole, &pieces, sizeof whole) == 0);
}
#endif
