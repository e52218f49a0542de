/* SPDX-License-Identifier: MIT
 * Tests of html: what is read on a page and what is not. */
#define _DEFAULT_SOURCE
#include "test_io_help.h"

#include "text/html.h"
#include "text/unicode.h"

static void check_bytes(stance_str html, const char *expected)
{
    struct arena arena = ARENA_EMPTY;
    struct html_page page;
    stance_error err = {0};
    if (!html_extract(html, NULL, NULL, &arena, &page, &err)) print_error("%s\n", err.text);
    assert_str(page.text, expected);
    assert_true(unicode_valid(page.text));
    arena_free(&arena);
}

static void check(const char *html, const char *expected)
{
    check_bytes(str_of(html), expected);
}

static void paragraphs_and_lines(void **state)
{
    (void)state;
    check("<p>One\n  two</p><p>Three<br>four<br/><br/>five</p>", "One two\n\nThree\nfour\n\nfive");
    check("<div>a<div>b</div>c</div>", "a\n\nb\n\nc");
    check("<p>a <b>bold</b>, <i>it</i>alic &amp; &ldquo;q&rdquo; &nbsp;&#8212;</p>",
          "a bold, italic & \xE2\x80\x9Cq\xE2\x80\x9D \xC2\xA0\xE2\x80\x94");
    check("<p>He <q>agrees</q>.</p>", "He \xE2\x80\x9C" "agrees\xE2\x80\x9D.");
    check("<pre>a\n b</pre>", "a\nb");
    check("<table><tr><td>a<td>b<tr><td>c</table>", "a b\n\nc");
    check("plain text", "plain text");
    check("", "");
}

static void what_goes(void **state)
{
    (void)state;
    check("<nav>n</nav><header>h</header><p>Text.</p><script>var x = '<p>s</p>';</script><style>p{}</style><aside>a</aside><footer>f</footer>",
          "Text.");
    check("<figure><img alt=x><figcaption>c</figcaption></figure><form>f</form><p>Text of the article that is more than eighty bytes long, so that "
          "classes count.</p><div class='related-posts x'>r</div><div id=newsletter>n</div><p hidden>h</p><div class='has-sidebar'>kept</div>",
          "Text of the article that is more than eighty bytes long, so that classes count.\n\nkept");
    check("<p>Text.</p><ul><li><a href=1>One story</a></li><li><a href=2>Other</a></li></ul><p>With <a href=3>a link</a>.</p>",
          "Text.\n\nWith a link.");
    check("<div class='social'><p>all there is</p></div>", "all there is");
    check("<p>a<!-- no --></p><noscript>no</noscript><button>no</button>", "a");
}

static void the_article_among_others(void **state)
{
    (void)state;
    struct strbuf page = {0};
    strbuf_add(&page, STR("<body><p>Outside.</p><article><h1>Title</h1><p>"));
    for (int i = 0; i < 60; i++) strbuf_add(&page, STR("word "));
    strbuf_add(&page, STR("</p></article><p>Below.</p></body>"));
    struct arena arena = ARENA_EMPTY;
    struct html_page out;
    assert_true(html_extract(strbuf_str(&page), NULL, NULL, &arena, &out, NULL));
    assert_int_equal(out.text.len, 60 * 5 - 1);
    assert_str(out.title, "Title");
    arena_free(&arena);
    strbuf_free(&page);
}

static void metadata(void **state)
{
    (void)state;
    struct arena arena = ARENA_EMPTY;
    struct html_page out;
    assert_true(html_extract(STR("<head><title>T | Site</title><meta property='og:title' content=' Real  title '><link rel=canonical href='https://a/b'>"
                                 "<meta name=author content='Ada Obi'><meta property='article:author' content='https://x'>"
                                 "<meta property='og:site_name' content='The Site'><meta property='article:published_time' "
                                 "content='2025-01-27T10:00Z'></head><body><h1>Head <b>line</b></h1><p>x</p>"), NULL, NULL, &arena, &out, NULL));
    assert_str(out.title, "Real title");
    assert_str(out.url, "https://a/b");
    assert_str(out.author, "Ada Obi");
    assert_str(out.site, "The Site");
    assert_str(out.date, "2025-01-27T10:00Z");
    assert_true(html_extract(STR("<title>Only\nthis</title><p>x<time datetime='2024-02-03'>3 Feb</time>"), NULL, NULL, &arena, &out, NULL));
    assert_str(out.title, "Only this");
    assert_str(out.date, "2024-02-03");
    assert_null(out.author.ptr);
    arena_free(&arena);
}

static void charsets(void **state)
{
    (void)state;
    check("<p>caf\xC3\xA9</p>", "caf\xC3\xA9");
    check("\xEF\xBB\xBF<p>caf\xC3\xA9</p>", "caf\xC3\xA9");
    check("<p>\x93" "caf\xE9\x94</p>", "\xE2\x80\x9C" "caf\xC3\xA9\xE2\x80\x9D");
    check("<meta charset=\"iso-8859-1\"><p>caf\xE9</p>", "caf\xC3\xA9");
    check("<meta charset=iso-8859-1><p>caf\xC3\xA9</p>", "caf\xC3\xA9");
    check("<meta http-equiv=Content-Type content='text/html; charset=windows-1251'><p>\xCF</p>", "\xD0\x9F");
    check("<meta charset=shift_jis><p>\x82\xA0\x82</p>", "\xE3\x81\x82\xEF\xBF\xBD");
    check("<meta charset=nonsense><p>caf\xC3\xA9</p>", "caf\xC3\xA9");
    check("<meta charset=utf-8><p>a\xFF" "b</p>", "a\xEF\xBF\xBD" "b");
    /* a name that iconv takes for UTF-8, whose code points end later than ours */
    check("<meta charset=\xDEutf-8><p>a\xF9\xBF\xBF\xBF\xBF" "b</p>", "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD" "b");
    check_bytes(STR("\xFF\xFE<\0p\0>\0x\0"), "x");
    check_bytes(STR("<p>a\0b</p><p>c</p>"), "a b\n\nc");
}

static void deep_and_broken(void **state)
{
    (void)state;
    struct strbuf page = {0};
    struct arena arena = ARENA_EMPTY;
    struct html_page out;
    stance_error err = {0};
    for (int i = 0; i < 200000; i++) strbuf_add(&page, STR("<div>"));
    assert_false(html_extract(strbuf_str(&page), NULL, NULL, &arena, &out, &err));
    assert_int_equal(err.code, STANCE_INPUT);
    assert_has(err.text, "nested deeper than 2000");
    assert_true(html_extract(strbuf_str(&page), NULL, &(stance_limits){.html_depth = 300000}, &arena, &out, NULL));
    assert_false(html_extract(strbuf_str(&page), NULL, &(stance_limits){.html_bytes = 100}, &arena, &out, &err));
    assert_has(err.text, "longer than 100 bytes");
    strbuf_clear(&page);
    for (int i = 0; i < 1000; i++) strbuf_add(&page, STR("<b>"));
    strbuf_add(&page, STR("x"));
    assert_true(html_extract(strbuf_str(&page), NULL, NULL, &arena, &out, &err));
    assert_str(out.text, "x");
    arena_free(&arena);
    strbuf_free(&page);
    check("</p></div></html><p>a</b></body><p>b", "a\n\nb");
    check("<p title='unclosed>a</p>", "");
    check("<!DOCTYPE html [<!ENTITY a 'b'>]><p>&a;x &unknown; &#0; &#xD800;</p>", "]>\n\n&a;x &unknown;"); /* as browsers do */
}

static void any_cut_is_survived(void **state)
{
    (void)state;
    const char page[] = "<!DOCTYPE html><html><head><meta charset='utf-8'><title>T</title></head><body><article itemprop=articleBody><h1>h</h1>"
                        "<p class='x'>a &amp; \xE2\x80\x9C" "b\xE2\x80\x9D<br><q>c</q></p><script>x</script></article></body></html>";
    for (size_t n = 0; n < sizeof page; n++) {
        struct arena arena = ARENA_EMPTY;
        struct html_page out;
        assert_true(html_extract((stance_str){page, n}, NULL, NULL, &arena, &out, NULL));
        assert_true(unicode_valid(out.text));
        arena_free(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs_and_lines), cmocka_unit_test(what_goes), cmocka_unit_test(the_article_among_others),
        cmocka_unit_test(metadata), cmocka_unit_test(charsets), cmocka_unit_test(deep_and_broken), cmocka_unit_test(any_cut_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
