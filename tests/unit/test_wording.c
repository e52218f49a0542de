/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/wording.h"

static void put(void *ctx, stance_str piece, bool fresh)
{
    struct strbuf *out = ctx;
    if (fresh) strbuf_char(out, '[');
    strbuf_add(out, piece);
    if (fresh) strbuf_char(out, ']');
}

static void compared(const char *base, const char *text, const char *expected)
{
    struct strbuf out = {0};
    assert_true(wording_compare(str_of(base), str_of(text), put, &out));
    assert_string_equal(out.ptr ? out.ptr : "", expected);
    strbuf_free(&out);
}

static void fresh_words(void **state)
{
    (void)state;
    compared("It dispels the notion", "“Dispels” a cherished, old notion!", "“Dispels” a [cherished], [old] notion!");
    compared("growth slows", "strong growth slowed again", "[strong] growth slowed [again]");
    compared("growth slows", "brave new growth", "[brave new] growth");
    compared(NULL, "anything goes", "anything goes");
    compared("a", "", "");
    compared("a", "\xC3\xA9t\xC3\xA9 fini", "[\xC3\xA9t\xC3\xA9 fini]");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fresh_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
