/* SPDX-License-Identifier: MIT */
#include "test_report_views.h"
#include "text/unicode.h"

static void golden(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.by = "speaker", .seed = 1, .examples = 1}, 12);
    assert_rendered(r, "table", &(stance_render_options){.width = 0, .color = false, .excel = false},
        "Stance by speaker\n"
        "\n"
        "speaker                        articles  views  distinct  abstained  mix              bullish     skeptical       neutra"
        "l              net\n"
        "────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────"
        "──────────────────\n"
        "Nic Carter                            3      7         6          1  --··++++++  60 % [23–88]  20 %  [4–62]  20 %  [4–62"
        "]  +40 [-37, +100]\n"
        "E\\u{202E}vil|<b>*x*\\u{000A} *         2      3         3          0  -------···   0 %  [0–56]  67 % [21–94]  33 %  [6–"
        "79]  -67 [-100, +30]\n"
        "unknown *                             1      2         2          0  ·····+++++  50 %  [9–91]   0 %  [0–66]  50 %  [9–91"
        "]  +50 [-56, +100]\n"
        "────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────"
        "──────────────────\n"
        "all                                   5     12        11          1  ---···++++  40 % [17–69]  30 % [11–60]  30 % [11–60"
        "]  +10  [-40, +57]\n"
        "\n"
        "* fewer than 5 views with a stance: too small to rank\n"
        "mix: - skeptical, · neutral, + bullish\n"
        "method: 12 views in 5 articles; 1 abstained, not in the shares; copies (same speaker, target and text) count once per ro"
        "w; shares with 95 % Wilson intervals; net = bullish - skeptical in percentage points, bootstrap over articles (1000 draw"
        "s, seed 1); model 00000000000000aa\n"
        "\n"
        "Nic Carter\n"
        "  bullish (margin 90 %): “four” — Wired, 2025-01-27, https://example.org/a2?x=1&y=(2)\n"
        "\n"
        "E\\u{202E}vil|<b>*x*\\u{000A}\n"
        "  skeptical (margin 70 %): “nine” — CNN, 2025-01-27, javascript:alert(1)\n"
        "\n"
        "unknown\n"
        "  bullish (margin 20 %): “eleven” — 2025-01-27\n");
    stance_report_free(r);
}

static void golden_79(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.by = "speaker", .seed = 1}, 12);
    assert_rendered(r, "table", &(stance_render_options){.width = 79, .color = false, .excel = false},
        "Stance by speaker\n"
        "\n"
        "speaker          distinct       bullish     skeptical  neutral              net\n"
        "───────────────────────────────────────────────────────────────────────────────\n"
        "Nic Carter              6  60 % [23–88]  20 %  [4–62]     20 %  +40 [-37, +100]\n"
        "E\\u{202E}vil… *         3   0 %  [0–56]  67 % [21–94]     33 %  -67 [-100, +30]\n"
        "unknown *               2  50 %  [9–91]   0 %  [0–66]     50 %  +50 [-56, +100]\n"
        "───────────────────────────────────────────────────────────────────────────────\n"
        "all                    11  40 % [17–69]  30 % [11–60]     30 %  +10  [-40, +57]\n"
        "\n"
        "* fewer than 5 views with a stance: too small to rank\n"
        "method: 12 views in 5 articles; 1 abstained, not in the shares; copies (same\n"
        "  speaker, target and text) count once per row; shares with 95 % Wilson\n"
        "  intervals; net = bullish - skeptical in percentage points, bootstrap over\n"
        "  articles (1000 draws, seed 1); model 00000000000000aa\n");
    stance_report_free(r);
}

static void golden_59(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.by = "speaker", .seed = 1}, 12);
    assert_rendered(r, "table", &(stance_render_options){.width = 59, .color = false, .excel = false},
        "Stance by speaker\n"
        "\n"
        "speaker                   distinct  bullish  skeptical  net\n"
        "───────────────────────────────────────────────────────────\n"
        "Nic Carter                       6     60 %       20 %  +40\n"
        "E\\u{202E}vil|<b>*x*\\u… *         3      0 %       67 %  -67\n"
        "unknown *                        2     50 %        0 %  +50\n"
        "───────────────────────────────────────────────────────────\n"
        "all                             11     40 %       30 %  +10\n"
        "\n"
        "* fewer than 5 views with a stance: too small to rank\n"
        "method: 12 views in 5 articles; 1 abstained, not in the\n"
        "  shares; copies (same speaker, target and text) count once\n"
        "  per row; shares with 95 % Wilson intervals; net = bullish\n"
        "  - skeptical in percentage points, bootstrap over articles\n"
        "  (1000 draws, seed 1); model 00000000000000aa\n");
    stance_report_free(r);
}

static void golden_two_keys_top(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.by = "outlet,target", .seed = 1, .top = 1}, 12);
    assert_rendered(r, "table", &(stance_render_options){.width = 100, .color = false, .excel = false},
        "Stance by outlet and target\n"
        "\n"
        "outlet   target      distinct  abstained       bullish     skeptical       neutral              net\n"
        "───────────────────────────────────────────────────────────────────────────────────────────────────\n"
        "CNN      DeepSeek *         5          1  25 %  [5–70]  25 %  [5–70]  50 % [15–85]    0  [-71, +71]\n"
        "unknown  DeepSeek *         2          0  50 %  [9–91]   0 %  [0–66]  50 %  [9–91]  +50 [-56, +100]\n"
        "───────────────────────────────────────────────────────────────────────────────────────────────────\n"
        "all                        11          1  40 % [17–69]  30 % [11–60]  30 % [11–60]  +10  [-40, +57]\n"
        "\n"
        "1 more row not shown; \"all\" counts them\n"
        "* fewer than 5 views with a stance: too small to rank\n"
        "method: 12 views in 5 articles; 1 abstained, not in the shares; copies (same speaker, target and\n"
        "  text) count once per row; shares with 95 % Wilson intervals; net = bullish - skeptical in\n"
        "  percentage points, bootstrap over articles (1000 draws, seed 1); model 00000000000000aa\n");
    stance_report_free(r);
}

static void empty(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.by = "speaker", .seed = 1}, 0);
    assert_rendered(r, "table", &(stance_render_options){.width = 80, .color = false, .excel = false},
        "Stance by speaker\n"
        "\n"
        "no views\n"
        "\n"
        "method: 0 views in 0 articles; copies (same speaker, target and text) count once\n"
        "  per row\n");
    stance_report_free(r);
}

static void one_view(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.by = "speaker", .seed = 1}, 1);
    assert_rendered(r, "table", &(stance_render_options){.width = 80, .color = false, .excel = false},
        "Stance by speaker\n"
        "\n"
        "speaker       views         bullish   skeptical     neutral               net\n"
        "─────────────────────────────────────────────────────────────────────────────\n"
        "Nic Carter *      1  100 % [21–100]  0 % [0–79]  0 % [0–79]  +100 [-73, +100]\n"
        "─────────────────────────────────────────────────────────────────────────────\n"
        "all               1  100 % [21–100]  0 % [0–79]  0 % [0–79]  +100 [-73, +100]\n"
        "\n"
        "* fewer than 5 views with a stance: too small to rank\n"
        "method: 1 view in 1 article; copies (same speaker, target and text) count once\n"
        "  per row; shares with 95 % Wilson intervals; net = bullish - skeptical in\n"
        "  percentage points, bootstrap over articles (1000 draws, seed 1); model\n"
        "  00000000000000aa\n");
    stance_report_free(r);
}

static void color(void **state)
{
    (void)state;
    stance_report *r = sample_report(&(stance_report_options){.by = "outlet", .seed = 1}, 12);
    assert_rendered(r, "table", &(stance_render_options){.width = 79, .color = true, .excel = false},
        "\033[1mStance by outlet\033[0m\n"
        "\n"
        "\033[1moutlet     distinct       bullish     skeptical       neutral              net\033[0m\n"
        "──────────────────────────────────────────────────────────────────────────────\n"
        "CNN *      \033[2m       5\033[0m  \033[2m25 %  [5–70]\033[0m  \033[2m25 %  [5–70]\033[0m  \033[2m50 % [15–85]\033[0m  "
        "\033[2m  0  [-71, +71]\033[0m\n"
        "Wired             5  \033[32m60 % [23–88]\033[0m  \033[31m40 % [12–77]\033[0m   0 %  [0–43]  +20  [-59, +88]\n"
        "unknown *  \033[2m       2\033[0m  \033[2m50 %  [9–91]\033[0m  \033[2m 0 %  [0–66]\033[0m  \033[2m50 %  [9–91]\033[0m  "
        "\033[2m+50 [-56, +100]\033[0m\n"
        "──────────────────────────────────────────────────────────────────────────────\n"
        "all              11  \033[32m40 % [17–69]\033[0m  \033[31m30 % [11–60]\033[0m  30 % [11–60]  +10  [-40, +57]\n"
        "\n"
        "* fewer than 5 views with a stance: too small to rank\n"
        "method: 12 views in 5 articles; 1 abstained, not in the shares; copies (same\n"
        "  speaker, target and text) count once per row; shares with 95 % Wilson\n"
        "  intervals; net = bullish - skeptical in percentage points, bootstrap over\n"
        "  articles (1000 draws, seed 1); model 00000000000000aa\n");
    stance_report_free(r);
}

static size_t widest_row(stance_report *r, size_t width)
{
    stance_str out;
    size_t widest = 0;
    assert_true(stance_report_render(r, "table", &(stance_render_options){.width = width}, &out, NULL));
    while (out.ptr) {
        size_t line = unicode_width(str_split(&out, '\n'));
        if (line > widest) widest = line;
    }
    return widest;
}

static void fits_any_terminal(void **state)
{
    (void)state;
    static const char *const keys[] = {"speaker", "outlet", "outlet,target", "month"};
    for (size_t i = 0; i < 4; i++) {
        stance_report *r = sample_report(&(stance_report_options){.by = keys[i]}, 12);
        for (size_t width = 60; width < 160; width++) assert_true(widest_row(r, width) <= width);
        stance_report_free(r);
    }
}

static void wide_names_are_cut_by_width(void **state)
{
    (void)state;
    stance_report *r = stance_report_new(&(stance_report_options){.dedup = "exact"}, NULL);
    stance_record v = view_of("a", "o", "李彦宏李彦宏李彦宏李彦宏李彦宏李彦宏李彦宏李彦宏", "bullish", "x");
    assert_true(stance_report_add(r, &v, NULL));
    assert_true(widest_row(r, 70) <= 70);
    assert_true(rendered_has(r, "table", "… *"));
    stance_report_free(r);
}

static void other_labels_are_named(void **state)
{
    (void)state;
    static const stance_str labels[] = {{"comment", 7}, {"deny", 4}, {"query", 5}, {"support", 7}};
    stance_report *r = stance_report_new(&(stance_report_options){.dedup = "exact"}, NULL);
    for (size_t i = 0; i < 4; i++) {
        stance_record v = view_of("a", "o", "Ada", labels[i].ptr, labels[i].ptr);
        v.labels = labels;
        v.labels_n = 4;
        assert_true(stance_report_add(r, &v, NULL));
    }
    assert_true(rendered_has(r, "table", "mix: - deny, · the others, + comment"));
    assert_true(rendered_has(r, "table", "--·····+++"));
    assert_true(rendered_has(r, "table", "net = comment - deny"));
    stance_report_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden),
        cmocka_unit_test(golden_79),
        cmocka_unit_test(golden_59),
        cmocka_unit_test(golden_two_keys_top),
        cmocka_unit_test(empty),
        cmocka_unit_test(one_view),
        cmocka_unit_test(color),
        cmocka_unit_test(fits_any_terminal),
        cmocka_unit_test(wide_names_are_cut_by_width),
        cmocka_unit_test(other_labels_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
