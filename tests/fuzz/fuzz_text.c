/* SPDX-License-Identifier: MIT
 * fuzz_text: an article of any bytes, from repair to records. First byte: settings.
 * Holds: spans are in bounds, on borders of code points, disjoint or nested, and counted alike in bytes and code points; `text` is its slice;
 * names are never empty; the same text gives the same records; records are UTF-8 and JSON. */
#include "fuzz.h"

#include "io/view_record.h"
#include "text/unicode.h"

enum { ALL_TARGETS = 1, ONE_TARGET = 2, SCORED = 4, SETTINGS = 8 };

static stance_analyzer *analyzer(unsigned settings)
{
    static stance_analyzer *made[SETTINGS];
    if (made[settings]) return made[settings];
    const stance_analyzer_options options = {.model = settings & SCORED ? fuzz_model() : NULL,
                                             .target = settings & ONE_TARGET ? "Acme" : NULL,
                                             .all_targets = settings & ALL_TARGETS};
    made[settings] = stance_analyzer_new(&options, NULL);
    CHECK(made[settings]);
    return made[settings];
}

static bool at_border(stance_str text, size_t at)
{
    return at == text.len || ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
}

static void check_span(stance_str text, stance_span bytes, stance_span chars, stance_str slice)
{
    if (bytes.start == STANCE_NONE) {
        CHECK(bytes.end == STANCE_NONE && chars.start == STANCE_NONE && chars.end == STANCE_NONE && !slice.ptr);
        return;
    }
    CHECK(bytes.start < bytes.end && bytes.end <= text.len);
    CHECK(at_border(text, bytes.start) && at_border(text, bytes.end));
    CHECK(slice.ptr == text.ptr + bytes.start && slice.len == bytes.end - bytes.start);
    CHECK(chars.start == unicode_count(str_slice(text, 0, bytes.start)) && chars.end == unicode_count(str_slice(text, 0, bytes.end)));
}

static bool nested_or_apart(stance_span a, stance_span b)
{
    if (a.end <= b.start || b.end <= a.start) return true;
    return (a.start <= b.start && b.end <= a.end) || (b.start <= a.start && a.end <= b.end);
}

static void check_prediction(const stance_prediction *p, size_t labels)
{
    double sum = 0;
    for (size_t i = 0; i < labels; i++) {
        CHECK(p->p[i] >= 0 && p->p[i] <= 1 && p->p[i] <= p->p[p->label]);
        sum += p->p[i];
    }
    CHECK(p->label < labels && sum > 0.999 && sum < 1.001);
    CHECK(p->margin >= 0 && p->margin <= 1 && p->known >= 0 && p->known <= 1);
}

static void check_views(stance_str text, const stance_result *r, bool scored)
{
    for (size_t i = 0; i < r->n; i++) {
        const stance_view *v = &r->views[i];
        CHECK(v->number == i + 1);
        CHECK(v->content.start != STANCE_NONE);
        check_span(text, v->content, v->content_chars, v->text);
        check_span(text, v->mention, v->mention_chars, v->mention_text);
        check_span(text, v->cue, v->cue_chars, v->cue_text);
        CHECK(v->speaker.ptr && v->speaker.len && fuzz_utf8(v->speaker));
        CHECK(fuzz_utf8(v->target) && fuzz_utf8(v->via));
        CHECK(v->scored == scored);
        if (scored) check_prediction(&v->prediction, 3);
        if (i > 0) CHECK(r->views[i - 1].content.start <= v->content.start);
        for (size_t j = 0; j < i; j++) CHECK(nested_or_apart(r->views[j].content, v->content));
    }
}

static void put_records(struct strbuf *out, const stance_document *d, const stance_result *r, bool scored)
{
    static const char *const labels[] = {"bullish", "skeptical", "neutral"};
    const struct record_source source = {d, labels, scored ? 3 : 0, "0123456789abcdef", NULL};
    for (size_t i = 0; i < r->n; i++) record_put_json(out, &source, &r->views[i]);
    record_put_document(out, &source, r, NULL);
    CHECK(!out->failed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct strbuf text, first, second;
    unsigned settings = fuzz_byte(&data, &size) % SETTINGS;
    size_t repaired = 0;
    strbuf_clear(&text);
    strbuf_clear(&first);
    strbuf_clear(&second);
    unicode_repair((stance_str){(const char *)data, size}, &text, &repaired);
    const stance_document d = {.article = STR("a"), .text = strbuf_str(&text), .file = STR("a.txt")};
    CHECK(unicode_valid(d.text) && (repaired > 0 || d.text.len == size));
    stance_error err = {0};
    const stance_result *r = stance_analyze(analyzer(settings), &d, &err);
    CHECK(r || err.code != STANCE_OK);
    if (!r) return 0;
    check_views(d.text, r, settings & SCORED);
    put_records(&first, &d, r, settings & SCORED);
    fuzz_check_json_lines(strbuf_str(&first));
    r = stance_analyze(analyzer(settings), &d, &err);
    CHECK(r);
    put_records(&second, &d, r, settings & SCORED);
    CHECK(str_equal(strbuf_str(&first), strbuf_str(&second)));
    return 0;
}
