/* SPDX-License-Identifier: MIT
 * fuzz_gzip: a .gz of any bytes, and any bytes packed and unpacked. First byte: which; second: how many bytes a read gives.
 * Holds: what is packed comes out as it went in; damaged data ends in a sentence; reading piece by piece gives the same. */
#include "fuzz.h"

#include <unistd.h>

#include "io/file.h"
#include "io/writer.h"

static bool unpack(const char *path, size_t most, struct strbuf *out)
{
    stance_error err = {0};
    strbuf_clear(out);
    struct file *f = file_open(path, 1 << 20, &err);
    bool ok = f && file_read_all(f, most, out, &err);
    CHECK(ok || (err.code != STANCE_OK && err.text[0]));
    file_close(f);
    return ok;
}

static void check_unpacking(const char *path, size_t piece)
{
    static struct strbuf whole, pieces;
    bool ok = unpack(path, 1 << 20, &whole);
    fuzz_reads_give(piece + 1);
    bool again = unpack(path, 1 << 20, &pieces);
    fuzz_reads_give(0);
    CHECK(ok == again && (!ok || str_equal(strbuf_str(&whole), strbuf_str(&pieces))));
}

static void check_packing(stance_str bytes, size_t piece)
{
    static struct strbuf back;
    static char path[128];
    snprintf(path, sizeof path, "%s/packed.gz", fuzz_folder());
    struct writer *w = writer_open(path, NULL);
    CHECK(w);
    for (size_t at = 0; at < bytes.len; at += piece + 1)
        CHECK(writer_write(w, str_slice(bytes, at, at + piece + 1 < bytes.len ? at + piece + 1 : bytes.len), NULL));
    CHECK(writer_finish(w, NULL));
    writer_free(w);
    CHECK(unpack(path, 1 << 20, &back) && str_equal(strbuf_str(&back), bytes));
    unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned pack = fuzz_byte(&data, &size) & 1, piece = fuzz_byte(&data, &size);
    if (pack) check_packing((stance_str){(const char *)data, size}, piece);
    else check_unpacking(fuzz_file(0, data, size), piece);
    return 0;
}
