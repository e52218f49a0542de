/* SPDX-License-Identifier: MIT
 * html: the readable part of a page.
 * Method: libxml2's HTML parser as SAX, so that no tree is built; a stack of open elements, text appended as it comes, and spans of it for
 * the elements that may hold the article. Limits: no JSON-LD; what scripts would draw is not there. */
#include "html.h"

#include <errno.h>
#include <iconv.h>
#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "unicode.h"

enum { MAX_DEPTH = 2000, MAX_BYTES = 64 << 20, MAX_CONTAINERS = 4096, ARTICLE_AT_LEAST = 200, NEXT_TO_NOTHING = 80, MAX_META = 2000 };

/* ---- language of the page: tables ---- */

static const char *const dropped_tags[] = {
    "script", "style", "noscript", "nav", "header", "footer", "aside", "form", "figcaption", "button", "select", "textarea", "svg", "math",
    "iframe", "object", "template", "head", "audio", "video", "canvas", "dialog", "menu", "map", "h1", "del", NULL};
static const char *const block_tags[] = {
    "p", "div", "section", "article", "main", "body", "html", "blockquote", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr", "caption", "pre",
    "h2", "h3", "h4", "h5", "h6", "hr", "figure", "address", "center", "details", "summary", "fieldset", "tbody", "thead", "tfoot", NULL};
static const char *const kept_tags[] = {"html", "body", "main", "article", NULL}; /* never dropped for their class */
static const char *const dropped_roles[] = {"navigation", "complementary", "banner", "contentinfo", "search", "dialog", "form", NULL};
/* A class or id that begins with one of these words ("related-posts", not "has-related"). */
static const char *const dropped_classes[] = {
    "related", "recirc", "recirculation", "recommended", "recommendations", "newsletter", "share", "sharing", "social", "promo", "advert",
    "advertisement", "ads", "ad", "sponsored", "sidebar", "breadcrumb", "breadcrumbs", "cookie", "consent", "subscribe", "signup", "outbrain",
    "taboola", "trending", "caption", "credit", "teaser", "teasers", "pagination", "toc", "disclaimer", NULL};

enum meta_field { META_TITLE, META_DATE, META_AUTHOR, META_URL, META_SITE, META_FIELDS };

/* Better sources first. */
static const struct meta_source {
    const char *name;
    enum meta_field field;
} meta_sources[] = {
    {"og:title", META_TITLE},       {"twitter:title", META_TITLE},  {"dc.title", META_TITLE},           {"headline", META_TITLE},
    {"<h1>", META_TITLE},           {"<title>", META_TITLE},
    {"article:published_time", META_DATE}, {"datepublished", META_DATE}, {"parsely-pub-date", META_DATE}, {"publish_date", META_DATE},
    {"pubdate", META_DATE},         {"dc.date", META_DATE},         {"dc.date.issued", META_DATE},      {"date", META_DATE},
    {"<time>", META_DATE},
    {"author", META_AUTHOR},        {"article:author", META_AUTHOR}, {"parsely-author", META_AUTHOR},   {"dc.creator", META_AUTHOR},
    {"byl", META_AUTHOR},
    {"<canonical>", META_URL},      {"og:url", META_URL},
    {"og:site_name", META_SITE},    {"application-name", META_SITE}, {"publisher", META_SITE},
};
enum { META_SOURCES = sizeof meta_sources / sizeof *meta_sources };

/* ---- state ---- */

enum container_kind { NO_CONTAINER, MAIN, ARTICLE, ARTICLE_BODY };

struct container {
    enum container_kind kind;
    size_t start, end;   /* in the text */
};

struct level {
    bool drop, pre, link, block, quote, h1;
    size_t container;    /* index + 1; 0: none */
};

struct page {
    htmlParserCtxtPtr parser;
    bool by_class;       /* drop for class and id too */
    struct level *levels; /* [max_depth + 1]; levels[0] is outside of everything */
    size_t depth, max_depth;
    bool too_deep, nomem, in_title;
    struct strbuf text;
    size_t block_start;  /* of the present paragraph in the text */
    size_t block_bytes, block_linked; /* visible bytes in it, and those in links */
    bool space, newline, gap; /* owed before the next visible byte */
    struct container containers[MAX_CONTAINERS];
    size_t containers_n;
    struct strbuf meta[META_FIELDS];
    size_t rank[META_FIELDS]; /* index into meta_sources + 1; 0: not given */
    struct strbuf title, h1;
    bool h1_done;
};

static bool listed(const char *const *list, const char *word)
{
    for (; *list; list++)
        if (strcmp(*list, word) == 0) return true;
    return false;
}

static bool blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* ---- text ---- */

/* Ends the paragraph; one that is all link is a link to elsewhere and goes. */
static void end_block(struct page *p)
{
    if (p->block_bytes && p->block_bytes == p->block_linked) p->text.len = p->block_start;
    p->block_start = p->text.len;
    p->block_bytes = p->block_linked = 0;
    p->space = p->newline = false;
    p->gap = p->text.len > 0;
}

static void pay_owed(struct page *p)
{
    if (p->gap) strbuf_add(&p->text, STR("\n\n"));
    else if (p->newline) strbuf_char(&p->text, '\n');
    else if (p->space && p->block_bytes) strbuf_char(&p->text, ' ');
    p->gap = p->newline = p->space = false;
}

static void put_visible(struct page *p, stance_str s, bool linked)
{
    pay_owed(p);
    strbuf_add(&p->text, s);
    p->block_bytes += s.len;
    if (linked) p->block_linked += s.len;
}

static void put_text(struct page *p, stance_str s)
{
    const struct level *here = &p->levels[p->depth];
    for (size_t i = 0; i < s.len;) {
        size_t start = i;
        while (i < s.len && !blank(s.ptr[i])) i++;
        if (i > start) put_visible(p, str_slice(s, start, i), here->link);
        if (i == s.len) break;
        if (here->pre && s.ptr[i] == '\n') p->newline = true;
        else p->space = true;
        i++;
    }
}

static void break_line(struct page *p)
{
    if (p->newline) end_block(p);
    else p->newline = p->text.len > 0 && !p->gap;
}

/* ---- metadata ---- */

static void take_meta(struct page *p, const char *name, stance_str value)
{
    value = str_trim(value);
    if (value.len == 0 || value.len > MAX_META) return;
    for (size_t i = 0; i < META_SOURCES; i++) {
        enum meta_field field = meta_sources[i].field;
        if (!str_equal_nocase(str_of(meta_sources[i].name), str_of(name)) || (p->rank[field] && p->rank[field] <= i + 1)) continue;
        if (field == META_AUTHOR && (str_starts(value, STR("http:")) || str_starts(value, STR("https:")))) return;
        strbuf_empty(&p->meta[field]);
        strbuf_add(&p->meta[field], value);
        p->rank[field] = i + 1;
        return;
    }
}

static const char *attribute(const xmlChar **atts, const char *name)
{
    for (; atts && *atts; atts += 2)
        if (strcmp((const char *)atts[0], name) == 0) return atts[1] ? (const char *)atts[1] : "";
    return NULL;
}

static void take_meta_tag(struct page *p, const xmlChar **atts)
{
    const char *content = attribute(atts, "content");
    const char *const keys[] = {"property", "name", "itemprop"};
    for (size_t i = 0; content && i < 3; i++) {
        const char *name = attribute(atts, keys[i]);
        if (name) take_meta(p, name, str_of(content));
    }
}

static void take_metadata(struct page *p, const char *tag, const xmlChar **atts)
{
    if (strcmp(tag, "meta") == 0) take_meta_tag(p, atts);
    if (strcmp(tag, "link") == 0) {
        const char *rel = attribute(atts, "rel"), *href = attribute(atts, "href");
        if (rel && href && str_equal_nocase(str_of(rel), STR("canonical"))) take_meta(p, "<canonical>", str_of(href));
    }
    if (strcmp(tag, "time") == 0 && attribute(atts, "datetime")) take_meta(p, "<time>", str_of(attribute(atts, "datetime")));
}

/* ---- which elements go, which may hold the article ---- */

/* First words of the blank-separated names: "related-posts wide" gives "related" and "wide". */
static bool class_drops(const char *names)
{
    while (names && *names) {
        char word[24];
        size_t n = strcspn(names, "-_ \t\n"), whole = strcspn(names, " \t\n");
        if (n > 0 && n < sizeof word) {
            for (size_t i = 0; i < n; i++) word[i] = (char)(names[i] >= 'A' && names[i] <= 'Z' ? names[i] + 32 : names[i]);
            word[n] = '\0';
            if (listed(dropped_classes, word)) return true;
        }
        names += whole;
        names += strspn(names, " \t\n");
    }
    return false;
}

static bool hidden(const xmlChar **atts)
{
    const char *aria = attribute(atts, "aria-hidden"), *style = attribute(atts, "style");
    if (attribute(atts, "hidden") || (aria && strcmp(aria, "true") == 0)) return true;
    return style && (strstr(style, "display:none") || strstr(style, "display: none"));
}

static bool drops(const struct page *p, const char *tag, const xmlChar **atts)
{
    const char *role = attribute(atts, "role");
    if (listed(kept_tags, tag)) return false;
    if (listed(dropped_tags, tag) || hidden(atts) || (role && listed(dropped_roles, role))) return true;
    return p->by_class && (class_drops(attribute(atts, "class")) || class_drops(attribute(atts, "id")));
}

static enum container_kind container_of(const char *tag, const xmlChar **atts)
{
    const char *property = attribute(atts, "itemprop"), *role = attribute(atts, "role");
    if (property && strcmp(property, "articleBody") == 0) return ARTICLE_BODY;
    if (strcmp(tag, "article") == 0) return ARTICLE;
    return strcmp(tag, "main") == 0 || (role && strcmp(role, "main") == 0) ? MAIN : NO_CONTAINER;
}

static size_t open_container(struct page *p, const char *tag, const xmlChar **atts)
{
    enum container_kind kind = container_of(tag, atts);
    if (!kind || p->containers_n == MAX_CONTAINERS) return 0;
    p->containers[p->containers_n++] = (struct container){kind, p->text.len, p->text.len};
    return p->containers_n;
}

/* ---- SAX ---- */

static void on_start(void *context, const xmlChar *name, const xmlChar **atts)
{
    struct page *p = context;
    const char *tag = (const char *)name;
    if (p->depth == p->max_depth) {
        p->too_deep = true;
        xmlStopParser(p->parser);
        return;
    }
    const struct level *outer = &p->levels[p->depth];
    struct level *l = &p->levels[++p->depth];
    *l = (struct level){.drop = outer->drop || drops(p, tag, atts), .pre = outer->pre || strcmp(tag, "pre") == 0};
    l->link = outer->link || (strcmp(tag, "a") == 0 && attribute(atts, "href"));
    l->h1 = outer->h1 || strcmp(tag, "h1") == 0;
    l->block = listed(block_tags, tag);
    l->quote = !l->drop && strcmp(tag, "q") == 0;
    p->in_title = strcmp(tag, "title") == 0 && p->title.len == 0;
    take_metadata(p, tag, atts);
    if (l->drop) return;
    if (l->block) end_block(p);
    if (strcmp(tag, "br") == 0) break_line(p);
    if (strcmp(tag, "td") == 0 || strcmp(tag, "th") == 0) p->space = true;
    if (l->quote) put_visible(p, STR("\xE2\x80\x9C"), l->link);
    l->container = open_container(p, tag, atts);
}

static void on_end(void *context, const xmlChar *name)
{
    struct page *p = context;
    const struct level *l = &p->levels[p->depth];
    (void)name;
    if (p->depth == 0) return;
    p->in_title = false;
    if (l->h1 && !p->levels[p->depth - 1].h1) p->h1_done = p->h1.len > 0;
    if (l->quote) {
        p->space = false;
        put_visible(p, STR("\xE2\x80\x9D"), l->link);
    }
    if (l->block && !l->drop) end_block(p);
    if (l->container) p->containers[l->container - 1].end = p->text.len;
    p->depth--;
}

static void on_text(void *context, const xmlChar *text, int len)
{
    struct page *p = context;
    stance_str s = {(const char *)text, (size_t)len};
    const struct level *here = &p->levels[p->depth];
    if (p->in_title && p->title.len < MAX_META) strbuf_add(&p->title, s);
    if (here->h1 && !p->h1_done && p->h1.len < MAX_META) strbuf_add(&p->h1, s);
    if (!here->drop) put_text(p, s);
}

/* Silence; but libxml2 may run for ever after a failed allocation, unless it is stopped. */
static void on_error(void *context, xmlErrorPtr error)
{
    struct page *p = context;
    if (error->code != XML_ERR_NO_MEMORY) return;
    p->nomem = true;
    xmlStopParser(p->parser);
}

/* ---- charset ---- */

/* The value of the first charset= in the page's beginning. */
static stance_str declared_charset(stance_str bytes)
{
    stance_str head = str_slice(bytes, 0, bytes.len < 4096 ? bytes.len : 4096);
    for (size_t i = 0; i + 8 < head.len; i++) {
        if (!str_equal_nocase(str_slice(head, i, i + 8), STR("charset="))) continue;
        size_t start = i + 8, end;
        while (start < head.len && strchr(" \"'", head.ptr[start]) && head.ptr[start]) start++;
        for (end = start; end < head.len && !strchr(" \"';/>", head.ptr[end]); end++) {}
        return str_slice(head, start, end);
    }
    return (stance_str){NULL, 0};
}

static bool one_of(stance_str s, const char *const *list)
{
    for (; *list; list++)
        if (str_equal_nocase(s, str_of(*list))) return true;
    return false;
}

static void convert_chunk(iconv_t convert, stance_str bytes, struct strbuf *out, size_t *repaired)
{
    char chunk[8192], *in = (char *)(uintptr_t)bytes.ptr; /* iconv's prototype lacks a const */
    size_t left = bytes.len;
    while (left > 0 && !out->failed) {
        char *to = chunk;
        size_t room = sizeof chunk;
        bool bad = iconv(convert, &in, &left, &to, &room) == (size_t)-1 && errno != E2BIG;
        strbuf_add(out, (stance_str){chunk, (size_t)(to - chunk)});
        if (!bad) continue;
        strbuf_add(out, STR("\xEF\xBF\xBD"));
        ++*repaired;
        if (errno == EINVAL) return; /* cut off at the end */
        in++, left--;
    }
}

/* False when the charset is not known. What iconv makes is looked at too: to glibc, code points go up to 2^31. */
static bool convert_with(const char *charset, stance_str bytes, struct strbuf *out, size_t *repaired)
{
    struct strbuf valid = {0};
    iconv_t convert = iconv_open("UTF-8", charset);
    if (convert == (iconv_t)-1) return false;
    convert_chunk(convert, bytes, out, repaired);
    iconv_close(convert);
    if (out->failed || unicode_valid(strbuf_str(out))) return true;
    unicode_repair(strbuf_str(out), &valid, repaired);
    strbuf_free(out);
    *out = valid;
    return true;
}

static bool all_ascii(stance_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] & 0x80) return false;
    return true;
}

static void to_utf8(stance_str bytes, const char *encoding, struct strbuf *out, size_t *repaired)
{
    static const char *const utf8[] = {"utf-8", "utf8", NULL};
    static const char *const western[] = {"iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252", "us-ascii", "ascii", NULL};
    char name[40] = "";
    stance_str charset = encoding ? str_of(encoding) : declared_charset(bytes);
    if (str_starts(bytes, STR("\xFF\xFE"))) charset = STR("UTF-16");
    if (str_starts(bytes, STR("\xFE\xFF"))) charset = STR("UTF-16");
    if (str_starts(bytes, STR("\xEF\xBB\xBF"))) charset = STR("utf-8"), bytes = str_slice(bytes, 3, bytes.len);
    bool is_utf8 = one_of(charset, utf8), is_western = one_of(charset, western);
    if (charset.len > 0 && charset.len < sizeof name && !is_utf8 && !is_western) {
        memcpy(name, charset.ptr, charset.len);
        if (convert_with(name, bytes, out, repaired)) return;
    }
    bool fits = unicode_valid(bytes) && (!encoding || all_ascii(bytes));
    if (is_utf8 || fits) unicode_repair(bytes, out, repaired);
    else unicode_from_cp1252(bytes, out);
}

/* libxml2 takes NUL for the end. */
static void blank_nuls(struct strbuf *b)
{
    char *at = b->ptr;
    while (at && (at = memchr(at, '\0', b->len - (size_t)(at - b->ptr)))) *at = ' ';
}

/* ---- the whole ---- */

static void clear_page(struct page *p)
{
    struct level *levels = p->levels;
    size_t max_depth = p->max_depth;
    strbuf_free(&p->text);
    strbuf_free(&p->title);
    strbuf_free(&p->h1);
    for (size_t i = 0; i < META_FIELDS; i++) strbuf_free(&p->meta[i]);
    *p = (struct page){.levels = levels, .max_depth = max_depth};
}

static bool parse(struct page *p, stance_str utf8, bool by_class, stance_error *err)
{
    clear_page(p);
    p->by_class = by_class;
    p->levels[0] = (struct level){0};
    p->parser = htmlNewParserCtxt();
    if (!p->parser) return error_nomem(err, "reading HTML");
    *p->parser->sax = (htmlSAXHandler){.startElement = on_start, .endElement = on_end, .characters = on_text,
                                       .ignorableWhitespace = on_text, .serror = on_error, .initialized = XML_SAX2_MAGIC};
    p->parser->userData = p;
    const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC;
    xmlDocPtr none = htmlCtxtReadMemory(p->parser, utf8.ptr, (int)utf8.len, NULL, "UTF-8", options);
    bool memory = p->nomem || p->parser->errNo == XML_ERR_NO_MEMORY || p->text.failed || p->title.failed || p->h1.failed;
    if (none) xmlFreeDoc(none);
    htmlFreeParserCtxt(p->parser);
    p->parser = NULL;
    end_block(p);
    if (p->too_deep)
        return error_set(err, STANCE_INPUT, 0, "the HTML is nested deeper than %zu elements; save the page as text, or allow more by --limit html-depth=N",
                         p->max_depth);
    return !memory || error_nomem(err, "reading HTML");
}

/* The longest of the best kind there is, unless it is but a part of many. */
static stance_str article_text(const struct page *p)
{
    stance_str all = strbuf_str(&p->text);
    for (int kind = ARTICLE_BODY; kind > NO_CONTAINER; kind--) {
        const struct container *best = NULL;
        size_t sum = 0, covered = 0;
        for (size_t i = 0; i < p->containers_n; i++) {
            const struct container *c = &p->containers[i];
            size_t len = c->end > c->start ? c->end - c->start : 0;
            if ((int)c->kind != kind || len == 0) continue;
            if (c->end > covered) sum += len, covered = c->end;
            if (!best || len > best->end - best->start) best = c;
        }
        if (best && best->end - best->start >= ARTICLE_AT_LEAST && best->end - best->start >= sum / 2)
            return str_trim(str_slice(all, best->start, best->end));
    }
    return str_trim(all);
}

/* One line, blanks collapsed. */
static bool keep_line(struct arena *arena, stance_str in, stance_str *out)
{
    struct strbuf line = {0};
    bool ok = true;
    for (stance_str rest = str_trim(in); rest.len > 0;) {
        size_t n = 0;
        while (n < rest.len && !blank(rest.ptr[n])) n++;
        if (line.len) strbuf_char(&line, ' ');
        strbuf_add(&line, str_slice(rest, 0, n));
        rest = str_trim(str_slice(rest, n, rest.len));
    }
    if (line.failed) ok = false;
    else if (line.len) ok = arena_copy(arena, strbuf_str(&line), out);
    strbuf_free(&line);
    return ok;
}

static bool keep_page(struct page *p, struct arena *arena, struct html_page *out, stance_error *err)
{
    stance_str *const fields[META_FIELDS] = {&out->title, &out->date, &out->author, &out->url, &out->site};
    take_meta(p, "<h1>", strbuf_str(&p->h1));
    take_meta(p, "<title>", strbuf_str(&p->title));
    for (size_t i = 0; i < META_FIELDS; i++)
        if (p->meta[i].failed || !keep_line(arena, strbuf_str(&p->meta[i]), fields[i])) return error_nomem(err, "reading HTML");
    return arena_copy(arena, article_text(p), &out->text) || error_nomem(err, "reading HTML");
}

static bool extract(struct page *p, stance_str utf8, struct arena *arena, struct html_page *out, stance_error *err)
{
    if (!parse(p, utf8, true, err)) return false;
    if (article_text(p).len < NEXT_TO_NOTHING && !parse(p, utf8, false, err)) return false;
    return keep_page(p, arena, out, err);
}

bool html_extract(stance_str bytes, const char *encoding, const stance_limits *limits, struct arena *arena, struct html_page *out, stance_error *err)
{
    struct strbuf utf8 = {0};
    *out = (struct html_page){0};
    size_t most = limits && limits->html_bytes ? limits->html_bytes : MAX_BYTES, depth = limits && limits->html_depth ? limits->html_depth : MAX_DEPTH;
    if (bytes.len > most)
        return error_set(err, STANCE_INPUT, 0, "the HTML is longer than %zu bytes; save the page as text, or allow more by --limit html-bytes=N", most);
    if (depth > bytes.len + 16) depth = bytes.len + 16; /* an element has a byte at least, but for the few that are implied */
    struct page *p = calloc(1, sizeof *p);
    struct level *levels = calloc(depth + 1, sizeof *levels);
    bool ok = false;
    to_utf8(bytes, encoding, &utf8, &out->repaired);
    blank_nuls(&utf8);
    if (!p || !levels || utf8.failed) error_nomem(err, "reading HTML");
    else {
        p->levels = levels;
        p->max_depth = depth;
        ok = extract(p, strbuf_str(&utf8), arena, out, err);
        clear_page(p);
    }
    strbuf_free(&utf8);
    free(levels);
    free(p);
    return ok;
}
