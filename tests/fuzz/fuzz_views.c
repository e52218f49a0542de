/* SPDX-License-Identifier: MIT
 * fuzz_views: view records from a stranger, read back and reported. First byte: the format and what the report shows; second: how many bytes a
 * read gives. Holds: fields are UTF-8, positions and shares in range; piece by piece the same; every format of the report is UTF-8, its JSON is
 * JSON, its page has no script but ours. */
#include "fuzz.h"

#include "text/unicode.h"

static const char *const formats[] = {"jsonl", "csv", "tsv"};
static const char *const keys[] = {"speaker", "outlet,target", "month", "claim", "kind,week", "target"};

static uint64_t read_all(const char *path, const char *format, stance_report *report, stance_outlets *outlets)
{
    stance_error err = {0};
    stance_record record;
    uint64_t d = 1;
    int got;
    stance_record_reader *in = stance_record_reader_open(path, format, &err);
    CHECK(in || (err.code != STANCE_OK && err.text[0]));
    if (!in) return fuzz_mix(0, str_of(err.text));
    for (err = (stance_error){0}; (got = stance_record_reader_next(in, &record, &err)) != 0; err = (stance_error){0}) {
        CHECK(got > 0 || err.text[0]);
        d = d * 3 + (got > 0 ? fuzz_record(&record) : fuzz_mix(d, str_of(err.text)));
        if (got > 0 && report) stance_report_add(report, &record, NULL);
        if (got > 0 && outlets) stance_outlets_add(outlets, &record, NULL);
    }
    stance_record_reader_free(in);
    return d;
}

static size_t times(stance_str s, stance_str needle)
{
    size_t n = 0;
    for (size_t at; (at = str_find(s, needle)) != STANCE_NONE; n++) s = str_slice(s, at + needle.len, s.len);
    return n;
}

static void check_output(const char *format, stance_str out, size_t scripts)
{
    CHECK(unicode_valid(out));
    if (strcmp(format, "json") == 0) fuzz_check_json(out);
    if (strcmp(format, "html") == 0) CHECK(times(out, STR("<script")) == scripts && times(out, STR("</script")) == scripts);
}

static void check_rendering(stance_report *report, stance_outlets *outlets, bool excel)
{
    const stance_render_options how = {.width = 80, .color = excel, .excel = excel};
    stance_str out;
    for (size_t i = 0; stance_report_format(i); i++) {
        if (stance_report_render(report, stance_report_format(i), &how, &out, NULL)) check_output(stance_report_format(i), out, 1);
        if (stance_outlets_render(outlets, stance_report_format(i), &how, &out, NULL)) check_output(stance_report_format(i), out, 1);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    unsigned settings = fuzz_byte(&data, &size), piece = fuzz_byte(&data, &size);
    const char *format = formats[settings % 3], *path = fuzz_file(0, data, size);
    const stance_report_options options = {.by = keys[settings / 3 % 6], .draws = 3, .examples = 2, .page = true, .min_n = 1};
    stance_report *report = stance_report_new(&options, NULL);
    stance_outlets *outlets = stance_outlets_new(&options, NULL, NULL);
    CHECK(report && outlets);
    uint64_t whole = read_all(path, format, report, outlets);
    if (settings & 128) check_rendering(report, outlets, settings & 64);
    fuzz_reads_give(piece + 1);
    CHECK(read_all(path, format, NULL, NULL) == whole);
    fuzz_reads_give(0);
    stance_report_free(report);
    stance_outlets_free(outlets);
    return 0;
}
