/* SPDX-License-Identifier: MIT
 * fuzz_jsonl: articles in JSON lines of any bytes. First byte: limits; second: how many bytes a read gives.
 * Holds: as fuzz_csv. */
#include "fuzz.h"

#include "fuzz_reader.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned small = fuzz_byte(&data, &size) & 2, piece = fuzz_byte(&data, &size);
    const stance_reader_options options = {.input_format = "jsonl", .max_document = small ? 64 : 0};
    fuzz_read_documents(&options, data, size, piece);
    return 0;
}
