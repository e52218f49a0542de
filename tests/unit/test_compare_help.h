/* SPDX-License-Identifier: MIT
 * What the tests of compare share: three outlets. */
#ifndef TEST_COMPARE_HELP_H
#define TEST_COMPARE_HELP_H
#include "test_report_views.h"

/* Forty views in two outlets and one more: Left is bullish, Right skeptical, Tiny has one view. */
static inline stance_outlets *sample(const char *names, size_t min_n)
{
    static char article[41][8], text[41][32];
    stance_error err = {0};
    stance_outlets *o = stance_outlets_new(&(stance_report_options){.min_n = min_n, .draws = 200}, names, &err);
    assert_non_null(o);
    for (size_t i = 0; i < 41; i++) {
        bool left = i % 2, bullish = left ? i % 10 != 1 : i % 10 == 0;
        snprintf(article[i], sizeof article[i], "a%zu", i / 3 * 2 + left);
        snprintf(text[i], sizeof text[i], "text number %zu", i);
        const char *outlet = i == 40 ? "T<i>ny" : left ? "Left & Co" : "Right|", *speaker = i % 4 < 2 ? "Ada" : left ? "Bob" : "Cy";
        stance_record r = view_of(article[i], outlet, speaker, bullish ? "bullish" : "skeptical", text[i]);
        assert_true(stance_outlets_add(o, &r, &err));
    }
    return o;
}

static inline bool says(stance_outlets *o, const char *format, const char *part)
{
    stance_str out;
    stance_error err = {0};
    if (!stance_outlets_render(o, format, NULL, &out, &err)) fail_msg("%s", err.text);
    bool found = str_find(out, str_of(part)) != STANCE_NONE;
    if (!found) print_message("%.*s\n", (int)(out.len < 3000 ? out.len : 3000), out.ptr);
    return found;
}
#endif
