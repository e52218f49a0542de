/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

#include "report/render.h"

static void visible(const char *given, const char *expected)
{
    struct strbuf out = {0};
    render_visible(&out, str_of(given));
    assert_string_equal(out.ptr, expected);
    strbuf_free(&out);
}

static void the_unseen_is_made_visible(void **state)
{
    (void)state;
    visible("Zoë 李 \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xAC", "Zoë 李 \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x94\xAC");
    visible("a\033[2Jb\n\t\x7F", "a\\u{001B}[2Jb\\u{000A}\\u{0009}\\u{007F}");
    visible("\xE2\x80\xAE\xE2\x81\xA6x\xE2\x80\x8F\xD8\x9C\xC2\x85\xE2\x80\xA8\xEF\xBB\xBF", "\\u{202E}\\u{2066}x\\u{200F}\\u{061C}\\u{0085}\\u{2028}\\u{FEFF}");
    visible("\xF3\xA0\x81\x81\xE2\x80\x8B", "\\u{E0041}\\u{200B}");
}

static void numbers(void **state)
{
    (void)state;
    struct strbuf out = {0};
    static const double shares[] = {0, 0.005, 0.625, 1};
    static const double nets[] = {-1, -0.004, 0, 0.105, 1};
    for (size_t i = 0; i < 4; i++) render_percent(&out, shares[i]), strbuf_char(&out, ' ');
    for (size_t i = 0; i < 5; i++) render_net(&out, nets[i]), strbuf_char(&out, ' ');
    render_percent(&out, NAN);
    render_net(&out, NAN);
    render_range(&out, NAN, NAN);
    render_net_range(&out, NAN, NAN);
    render_range(&out, 0.2, 0.4);
    render_net_range(&out, -0.051, 0.7);
    assert_string_equal(out.ptr, "0 % 1 % 63 % 100 % -100 0 0 +11 +100 ––[20–40][-5, +70]");
    strbuf_clear(&out);
    assert_false(render_number(&out, NAN));
    assert_true(render_number(&out, -1.0 / 3) && render_number(&out, -1e-9) && render_number(&out, 1));
    assert_string_equal(out.ptr, "-0.33333301");
    strbuf_free(&out);
}

static void one_table_of_formats(void **state)
{
    (void)state;
    static const char *const names[] = {"table", "csv", "tsv", "json", "md", "html"};
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(renderer_at(i)->name, names[i]);
        assert_ptr_equal(renderer_find(names[i]), renderer_at(i));
    }
    assert_null(renderer_at(6));
    assert_null(renderer_find("pdf"));
    assert_null(renderer_find(NULL));
}

static void method_tells_all(void **state)
{
    (void)state;
    stance_report_options o = {.since = "2025", .outlet = "cnn", .level = 0.9, .draws = 200, .seed = 7, .dedup = "none", .accuracy = "direct 0.9"};
    stance_report *r = sample_report(&o, 12);
    assert_true(rendered_has(r, "md", "method: 5 views in 2 articles; 1 abstained, not in the shares; 7 left out by the filters; only since 2025, outlet cnn; "
                                      "copies count each time; shares with 90 % Wilson intervals; net = bullish - skeptical in percentage points, "
                                      "bootstrap over articles (200 draws, seed 7); model 00000000000000aa; accuracy: direct 0.9\n"));
    stance_report_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_unseen_is_made_visible),
        cmocka_unit_test(numbers),
        cmocka_unit_test(one_table_of_formats),
        cmocka_unit_test(method_tells_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
