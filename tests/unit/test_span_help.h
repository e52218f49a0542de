/* SPDX-License-Identifier: MIT
 * test_span_help: what stance_analyze promises of the spans of its views, with rules alone and with a model. */
#ifndef TEST_SPAN_HELP_H
#define TEST_SPAN_HELP_H
#include "test_text_help.h"

/* Bytes, code points and slice of one span agree. */
static inline void help_check_span(stance_str text, stance_span bytes, stance_span chars, stance_str slice, bool needed, const char *name)
{
    if (bytes.start == STANCE_NONE) {
        assert_false(needed);
        assert_int_equal(bytes.end, STANCE_NONE);
        assert_int_equal(chars.start, STANCE_NONE);
        assert_int_equal(chars.end, STANCE_NONE);
        assert_int_equal(slice.len, 0);
        return;
    }
    if (bytes.start >= bytes.end || bytes.end > text.len) fail_msg("%s: span %zu to %zu of %zu bytes", name, bytes.start, bytes.end, text.len);
    assert_ptr_equal(slice.ptr, text.ptr + bytes.start);
    assert_int_equal(slice.len, bytes.end - bytes.start);
    if (!unicode_valid(slice)) fail_msg("%s: span at byte %zu cuts a character", name, bytes.start);
    assert_int_equal(unicode_count(str_slice(text, 0, bytes.start)), chars.start);
    assert_int_equal(unicode_count(str_slice(text, 0, bytes.end)), chars.end);
}

static inline void help_check_views(stance_str text, const stance_result *r, const char *name)
{
    size_t last = 0;
    for (size_t i = 0; i < r->n; i++) {
        const stance_view *v = &r->views[i];
        assert_int_equal(v->number, i + 1);
        help_check_span(text, v->content, v->content_chars, v->text, true, name);
        help_check_span(text, v->mention, v->mention_chars, v->mention_text, false, name);
        help_check_span(text, v->cue, v->cue_chars, v->cue_text, false, name);
        if (v->content.start < last) fail_msg("%s: view %zu is out of order", name, i);
        last = v->content.start;
        assert_true(v->speaker.ptr && v->speaker.len > 0 && unicode_valid(v->speaker));
        assert_true(v->speaker_kind <= STANCE_UNKNOWN && v->kind <= STANCE_INDIRECT && v->resolved_by <= STANCE_BY_NONE);
        if (v->resolved_by == STANCE_BY_NONE) assert_text(v->speaker, "unknown");
        assert_false(v->scored); /* no model was given */
    }
}
#endif
