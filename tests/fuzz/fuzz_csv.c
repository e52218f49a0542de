/* SPDX-License-Identifier: MIT
 * fuzz_csv: articles in CSV and TSV of any bytes. First byte: TSV, Windows-1252, limits; second: how many bytes a read gives.
 * Holds: fields are UTF-8, ids are unique and not empty; reading piece by piece gives the same documents, failures and counts as reading at once. */
#include "fuzz.h"

#include "fuzz_reader.h"

enum { TSV = 1, WESTERN = 2, SMALL = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned settings = fuzz_byte(&data, &size), piece = fuzz_byte(&data, &size);
    const stance_reader_options options = {.input_format = settings & TSV ? "tsv" : "csv",
                                           .encoding = settings & WESTERN ? "cp1252" : NULL,
                                           .max_document = settings & SMALL ? 64 : 0};
    fuzz_read_documents(&options, data, size, piece);
    return 0;
}
