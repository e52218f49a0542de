/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"

static void golden(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.by = "speaker", .seed = 1, .examples = 1}, 12);
    assert_rendered(r, "md", &(stance_render_options){.width = 0, .color = false, .excel = false},
        "**Stance by speaker**\n"
        "\n"
        "| speaker | articles | views | distinct | abstained | bullish | skeptical | neutral | net |\n"
        "|:--|--:|--:|--:|--:|--:|--:|--:|--:|\n"
        "| Nic Carter | 3 | 7 | 6 | 1 | 60 % \\[23–88] | 20 % \\[4–62] | 20 % \\[4–62] | +40 \\[-37, +100] |\n"
        "| E\\\\u{202E}vil\\|&lt;b&gt;\\*x\\*\\\\u{000A} \\* | 2 | 3 | 3 | 0 | 0 % \\[0–56] | 67 % \\[21–94] | 33 % \\[6–79] | -6"
        "7 \\[-100, +30] |\n"
        "| unknown \\* | 1 | 2 | 2 | 0 | 50 % \\[9–91] | 0 % \\[0–66] | 50 % \\[9–91] | +50 \\[-56, +100] |\n"
        "| **all** | 5 | 12 | 11 | 1 | 40 % \\[17–69] | 30 % \\[11–60] | 30 % \\[11–60] | +10 \\[-40, +57] |\n"
        "\n"
        "\\* fewer than 5 views with a stance: too small to rank\n"
        "\n"
        "method: 12 views in 5 articles; 1 abstained, not in the shares; copies (same speaker, target and text) count once per ro"
        "w; shares with 95 % Wilson intervals; net = bullish - skeptical in percentage points, bootstrap over articles (1000 draw"
        "s, seed 1); model 00000000000000aa\n"
        "\n"
        "**Nic Carter**\n"
        "\n"
        "- bullish: “four” — [Wired, 2025-01-27](https://example.org/a2?x=1&amp;y=%282%29)\n"
        "\n"
        "**E\\\\u{202E}vil\\|&lt;b&gt;\\*x\\*\\\\u{000A}**\n"
        "\n"
        "- skeptical: “nine” — CNN, 2025-01-27\n"
        "\n"
        "**unknown**\n"
        "\n"
        "- bullish: “eleven” — 2025-01-27\n");
    stance_report_free(r);
}

static void empty(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.by = "speaker", .seed = 1}, 0);
    assert_rendered(r, "md", &(stance_render_options){.width = 0, .color = false, .excel = false},
        "**Stance by speaker**\n"
        "\n"
        "| speaker | articles | views | abstained |\n"
        "|:--|--:|--:|--:|\n"
        "\n"
        "method: 0 views in 0 articles; copies (same speaker, target and text) count once per row\n");
    stance_report_free(r);
}

static void nothing_is_live(void **state)
{
    (void)state;
    stance_report *r = stance_report_new(&(stance_report_options){.examples = 1, .dedup = "exact"}, NULL);
    stance_record v = view_of("a", "o", "[x](http://evil.test) www.evil.test @ada <img src=x> a|b `c` $d$ ~e~", "bullish", "_x_ ![y](z)");
    v.url = str_of("https://x.test/a)b|c \"d\"");
    assert_true(stance_report_add(r, &v, NULL));
    assert_true(rendered_has(r, "md", "| \\[x\\](http\\://evil.test) www\\.evil.test \\@ada &lt;img src=x&gt; a\\|b \\`c\\` \\$d\\$ \\~e\\~ \\* |"));
    assert_true(rendered_has(r, "md", "“\\_x\\_ !\\[y\\](z)” — [o, 2025-01-27](https://x.test/a%29b%7Cc%20%22d%22)"));
    v.url = str_of("javascript:alert(1)");
    v.margin = 0.9;
    v.text = str_of("other");
    assert_true(stance_report_add(r, &v, NULL));
    assert_false(rendered_has(r, "md", "javascript"));
    stance_report_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden),
        cmocka_unit_test(empty),
        cmocka_unit_test(nothing_is_live),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
