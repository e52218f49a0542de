/* SPDX-License-Identifier: MIT
 * What the tests of src/report share: views to report on. */
#ifndef TEST_REPORT_VIEWS_H
#define TEST_REPORT_VIEWS_H
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "report/counts.h"

static inline stance_record view_of(const char *article, const char *outlet, const char *speaker, const char *stance, const char *text)
{
    static const stance_str labels[] = {{"bullish", 7}, {"skeptical", 9}, {"neutral", 7}};
    stance_record r = {.article = str_of(article), .outlet = str_of(outlet), .speaker = str_of(speaker), .stance = str_of(stance), .text = str_of(text)};
    r.id = str_of(article);
    r.date = str_of("2025-01-27");
    r.kind = str_of("direct");
    r.target = str_of("DeepSeek");
    r.model = str_of("00000000000000aa");
    r.labels = labels;
    r.labels_n = 3;
    r.p[0] = 0.5, r.p[1] = 0.3, r.p[2] = 0.2;
    r.margin = 0.2;
    r.known = 1;
    r.speaker_span = r.cue_span = (stance_span){STANCE_NONE, STANCE_NONE};
    r.span = r.bytes = (stance_span){0, 5};
    return r;
}

/* Twelve views: Carter 7 (one a copy, one abstained), a hostile name 3, unknown 2. */
static inline size_t sample_views(stance_record v[12])
{
    static const char hostile[] = "E\xE2\x80\xAEvil|<b>*x*\n";
    static const char *const stances[] = {"bullish", "bullish",   "skeptical", "bullish", "neutral", "bullish",
                                          "bullish", "skeptical", "skeptical", "neutral", "bullish", "neutral"};
    static const char *const articles[] = {"a1", "a1", "a2", "a2", "a3", "a3", "a3", "a1", "a4", "a4", "a5", "a5"};
    static const char *const texts[] = {"one", "two", "three", "four", "five", "“One.”", "seven", "one", "nine", "ten", "eleven", "twelve"};
    for (size_t i = 0; i < 12; i++)
        v[i] = view_of(articles[i], articles[i][1] < '3' ? "Wired" : "CNN", i < 7 ? "Nic Carter" : i < 10 ? hostile : NULL, stances[i], texts[i]);
    v[6].abstained = str_of("low_margin");
    v[3].margin = 0.9;
    v[3].url = str_of("https://example.org/a2?x=1&y=(2)");
    v[8].url = str_of("javascript:alert(1)");
    v[8].margin = 0.7;
    v[11].outlet = v[10].outlet = str_of(NULL);
    v[11].date = str_of("soon");
    return 12;
}

static inline stance_report *sample_report(const stance_report_options *options, size_t n)
{
    stance_error err = {0};
    stance_record v[12];
    stance_report_options own = options ? *options : (stance_report_options){0};
    if (!own.dedup) own.dedup = "exact";
    stance_report *r = stance_report_new(&own, &err);
    assert_non_null(r);
    sample_views(v);
    for (size_t i = 0; i < n; i++) assert_true(stance_report_add(r, &v[i], &err));
    return r;
}

/* Renders and compares; the whole text is printed when it differs. */
static inline void assert_rendered(stance_report *r, const char *format, const stance_render_options *options, const char *expected)
{
    stance_error err = {0};
    stance_str out;
    assert_true(stance_report_render(r, format, options, &out, &err));
    assert_string_equal(out.ptr, expected);
    assert_int_equal(out.len, strlen(expected));
}

static inline bool rendered_has(stance_report *r, const char *format, const char *part)
{
    stance_str out;
    assert_true(stance_report_render(r, format, NULL, &out, NULL));
    return str_find(out, str_of(part)) != STANCE_NONE;
}
#endif
