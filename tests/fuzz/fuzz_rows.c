/* SPDX-License-Identifier: MIT
 * fuzz_rows: labelled rows in every format, streamed and as a data set. First byte: the format and maps; second: how many bytes a read gives.
 * Holds: text is UTF-8, targets lie in their text, labels and groups are in range, weights are above 0, counts add up; piece by piece the same. */
#include "fuzz.h"

#include <math.h>

#include "text/unicode.h"

static const char *const formats[] = {"csv", "tsv", "jsonl", "json", "txt"};
static const char *const maps[] = {"0=skeptical", "1=bullish", "2="};
static const char *const where[] = {"split=train"};

static stance_rows_options options_of(unsigned settings, const char *const *input)
{
    return (stance_rows_options){.inputs = input, .inputs_n = 1, .input_format = formats[settings % 5], .maps = settings & 64 ? maps : NULL,
                                 .maps_n = settings & 64 ? 3 : 0, .where = settings & 128 ? where : NULL, .where_n = settings & 128 ? 1 : 0};
}

static void check_dataset(const stance_rows_options *options)
{
    stance_error err = {0};
    stance_dataset *d = stance_dataset_read(options, &err);
    CHECK(d || (err.code != STANCE_OK && err.text[0]));
    if (!d) return;
    const stance_rows *rows = stance_dataset_rows(d);
    const stance_rows_counts *c = stance_dataset_counted(d);
    CHECK(rows->labels_n >= 2 && rows->labels_n <= STANCE_MAX_LABELS);
    CHECK(c->read >= rows->n + c->unlabelled + c->no_text + c->filtered);
    for (size_t i = 0; i < rows->n; i++) {
        const stance_row *r = &rows->rows[i];
        CHECK(r->in.text.len && unicode_valid(r->in.text) && fuzz_utf8(r->in.target) && fuzz_utf8(r->in.cue));
        CHECK(r->label < rows->labels_n && r->weight > 0 && isfinite(r->weight));
        CHECK(r->in.target_span.start == STANCE_NONE || (r->in.target_span.start <= r->in.target_span.end && r->in.target_span.end <= r->in.text.len));
    }
    stance_dataset_free(d);
}

static uint64_t stream(const stance_rows_options *options)
{
    stance_error err = {0};
    stance_row_record row;
    uint64_t d = 1;
    int got;
    stance_row_reader *r = stance_row_reader_open(options, &err);
    CHECK(r || (err.code != STANCE_OK && err.text[0]));
    if (!r) return fuzz_mix(0, str_of(err.text));
    for (err = (stance_error){0}; (got = stance_row_reader_next(r, &row, &err)) != 0; err = (stance_error){0}) {
        CHECK(got > 0 || err.text[0]);
        d = fuzz_mix(d * 3 + row.line, got > 0 ? row.in.text : str_of(err.text));
        for (size_t i = 0; got > 0 && i < row.n; i++) {
            CHECK(fuzz_utf8(row.fields[i]) && fuzz_utf8(row.names[i]));
            d = fuzz_mix(d, row.fields[i]);
        }
        CHECK(got < 0 || (row.in.text.ptr && unicode_valid(row.in.text) && fuzz_utf8(row.label)));
    }
    stance_row_reader_free(r);
    return d;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned settings = fuzz_byte(&data, &size), piece = fuzz_byte(&data, &size);
    const char *path = fuzz_file(0, data, size);
    const stance_rows_options options = options_of(settings, &path);
    check_dataset(&options);
    uint64_t whole = stream(&options);
    fuzz_reads_give(piece + 1);
    CHECK(stream(&options) == whole);
    fuzz_reads_give(0);
    return 0;
}
