/* SPDX-License-Identifier: MIT
 * test_corpus: runs the plain-text cases of tests/corpus; each file's head says what its expected lines mean.
 * Method: a case is "=== title", perhaps "skip: reason", the input, "---", the expected lines. Cases marked "skip: known miss" run too, and are
 * reported when they pass. Limits: \t \r \xNN are the only escapes. Usage: test_corpus [FOLDER [WORD]] runs the cases whose title holds WORD. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/str.h"
#include "views/article.h"

struct sample {
    stance_str title, skip, input, expected;
};

struct tally {
    size_t run, failed, skipped, healed;
};

/* Renders the input of a case into lines; the language is loaded once. */
typedef bool (*renderer)(const struct language *language, stance_analyzer *analyzer, stance_str input, struct strbuf *out, stance_error *err);

/* ---- reading ---- */

static bool read_file(const char *path, struct strbuf *out)
{
    FILE *in = fopen(path, "rb");
    char block[8192];
    if (!in) return false;
    for (size_t n; (n = fread(block, 1, sizeof block, in)) > 0;) strbuf_add(out, (stance_str){block, n});
    fclose(in);
    return !out->failed;
}

static int hex(char c)
{
    const char *digits = "0123456789abcdef", *hit = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 32 : c) : NULL;
    return hit ? (int)(hit - digits) : -1;
}

static void unescape(stance_str s, struct strbuf *out)
{
    for (size_t i = 0; i < s.len; i++) {
        stance_str rest = str_slice(s, i, s.len);
        if (str_starts(rest, STR("\\t"))) strbuf_char(out, '\t'), i++;
        else if (str_starts(rest, STR("\\r"))) strbuf_char(out, '\r'), i++;
        else if (str_starts(rest, STR("\\x")) && rest.len >= 4 && hex(rest.ptr[2]) >= 0 && hex(rest.ptr[3]) >= 0)
            strbuf_char(out, (char)(hex(rest.ptr[2]) * 16 + hex(rest.ptr[3]))), i += 3;
        else strbuf_char(out, s.ptr[i]);
    }
}

static stance_str without_blank_ends(stance_str s)
{
    while (s.len && s.ptr[0] == '\n') s.ptr++, s.len--;
    while (s.len && s.ptr[s.len - 1] == '\n') s.len--;
    return s;
}

/* Cuts the next case off; false when there is none. `rest` begins at "=== ". */
static bool next_case(stance_str *rest, struct sample *out)
{
    if (!rest->ptr || !rest->len) return false;
    size_t next = str_find(*rest, STR("\n=== "));
    stance_str block = str_slice(*rest, 0, next == STANCE_NONE ? rest->len : next);
    *rest = next == STANCE_NONE ? (stance_str){NULL, 0} : str_slice(*rest, next + 1, rest->len);
    stance_str first = str_split(&block, '\n');
    *out = (struct sample){.title = str_trim(str_slice(first, 4, first.len))};
    if (block.ptr && str_starts(block, STR("skip:"))) {
        stance_str line = str_split(&block, '\n');
        out->skip = str_trim(str_slice(line, 5, line.len));
    }
    if (!block.ptr) block = STR("");
    bool no_input = str_starts(block, STR("---"));
    size_t middle = no_input ? 0 : str_find(block, STR("\n---"));
    out->input = without_blank_ends(str_slice(block, 0, middle == STANCE_NONE ? block.len : middle));
    if (middle == STANCE_NONE) return true;
    size_t behind = middle + (no_input ? 3 : 4);
    out->expected = without_blank_ends(str_slice(block, behind, block.len));
    return true;
}

/* ---- comparing ---- */

static stance_str column(stance_str *rest)
{
    size_t at = str_find(*rest, STR(" | "));
    stance_str head = str_slice(*rest, 0, at == STANCE_NONE ? rest->len : at);
    *rest = at == STANCE_NONE ? (stance_str){NULL, 0} : str_slice(*rest, at + 3, rest->len);
    return str_trim(head);
}

/* Equal, column by column; "*" fits anything and columns that are not expected do not count. */
static bool line_fits(stance_str expected, stance_str actual)
{
    if (str_equal(expected, actual)) return true;
    if (str_find(expected, STR(" | ")) == STANCE_NONE) return false;
    while (expected.ptr) {
        if (!actual.ptr) return false;
        stance_str want = column(&expected), got = column(&actual);
        if (!str_equal(want, STR("*")) && !str_equal(want, got)) return false;
    }
    return true;
}

enum { MAX_LINES = 400 };

static size_t lines_of(stance_str text, stance_str *out)
{
    size_t n = 0;
    if (text.len == 0) return 0;
    for (stance_str rest = text; rest.ptr && n < MAX_LINES;) out[n++] = str_split(&rest, '\n');
    return n;
}

static bool all_fit(const stance_str *want, size_t want_n, const stance_str *got, size_t got_n)
{
    if (want_n != got_n) return false;
    for (size_t i = 0; i < want_n; i++)
        if (!line_fits(want[i], got[i])) return false;
    return true;
}

/* Lines in common stand as they are, missing ones behind "-", surplus ones behind "+": greedy, which is enough for short lists. */
static void print_diff(const stance_str *want, size_t want_n, const stance_str *got, size_t got_n)
{
    size_t g = 0;
    for (size_t w = 0; w < want_n; w++) {
        size_t hit = g;
        while (hit < got_n && !line_fits(want[w], got[hit])) hit++;
        if (hit == got_n) {
            printf("    - %.*s\n", (int)want[w].len, want[w].ptr);
            continue;
        }
        for (; g < hit; g++) printf("    + %.*s\n", (int)got[g].len, got[g].ptr);
        printf("      %.*s\n", (int)got[g].len, got[g].ptr);
        g++;
    }
    for (; g < got_n; g++) printf("    + %.*s\n", (int)got[g].len, got[g].ptr);
}

/* ---- what each file shows ---- */

static void add_line(struct strbuf *out, stance_str line)
{
    if (out->len) strbuf_char(out, '\n');
    strbuf_add(out, line);
}

static bool render_clean(const struct language *language, stance_analyzer *analyzer, stance_str input, struct strbuf *out, stance_error *err)
{
    (void)language, (void)analyzer;
    struct arena arena = ARENA_EMPTY;
    struct cleaned c;
    bool ok = clean_text(input, &arena, &c, err);
    for (size_t i = 0; ok && i < c.n; i++) {
        add_line(out, c.paragraphs[i].heading ? STR("[heading] ") : c.paragraphs[i].quoted ? STR("[reply] ") : STR(""));
        strbuf_add(out, str_slice(c.text, c.paragraphs[i].start, c.paragraphs[i].end));
    }
    arena_free(&arena);
    return ok;
}

static void render_sentence_lines(const struct article *a, struct strbuf *out)
{
    for (size_t s = 0; s < a->sentences.n; s++) {
        const struct sentence *x = &a->sentences.items[s];
        if (s > 0 && x->paragraph != a->sentences.items[s - 1].paragraph) add_line(out, STR(""));
        add_line(out, article_text(a, x->first, x->end));
    }
}

static void render_token_lines(const struct article *a, struct strbuf *out)
{
    static const char *const kinds[] = {"", "clitic", "number", "punct", "open", "close", "handle", "hashtag", "ticker", "url", "emoji", "symbol", "break"};
    bool first = true;
    for (size_t i = 0; i < a->tokens.n; i++) {
        const struct token *t = &a->tokens.items[i];
        if (t->kind == TOKEN_BREAK) {
            if (i + 1 < a->tokens.n) strbuf_char(out, '\n');
            first = true;
            continue;
        }
        if (!first) strbuf_char(out, ' ');
        first = false;
        strbuf_add(out, token_text(&a->tokens, i));
        if (t->kind != TOKEN_WORD) strbuf_print(out, "/%s", kinds[t->kind]);
    }
}

static void render_quote_lines(const struct article *a, struct strbuf *out)
{
    for (size_t i = 0; i < a->quotes.n; i++) {
        const struct quote *q = &a->quotes.items[i];
        add_line(out, STR(""));
        strbuf_print(out, "%s%s | ", q->single ? "single " : "", q->closed ? "closed" : q->continued ? "continued" : "unclosed");
        strbuf_add(out, article_text(a, q->open + 1u, q->close));
    }
}

static bool render_article(const struct language *language, stance_str input, struct strbuf *out, void (*lines)(const struct article *a, struct strbuf *out),
                           stance_error *err)
{
    struct arena arena = ARENA_EMPTY;
    struct article a = {0};
    bool ok = article_read(&a, language, input, &arena, err);
    if (ok) lines(&a, out);
    article_free(&a);
    arena_free(&arena);
    return ok;
}

static bool render_sentences(const struct language *language, stance_analyzer *analyzer, stance_str input, struct strbuf *out, stance_error *err)
{
    (void)analyzer;
    return render_article(language, input, out, render_sentence_lines, err);
}

static bool render_tokens(const struct language *language, stance_analyzer *analyzer, stance_str input, struct strbuf *out, stance_error *err)
{
    (void)analyzer;
    return render_article(language, input, out, render_token_lines, err);
}

static bool render_quotes(const struct language *language, stance_analyzer *analyzer, stance_str input, struct strbuf *out, stance_error *err)
{
    (void)analyzer;
    return render_article(language, input, out, render_quote_lines, err);
}

/* Every run of blanks and line ends as one blank, so that a view stays on its line. */
static void add_flat(struct strbuf *out, stance_str s)
{
    bool gap = false;
    for (size_t i = 0; i < s.len; i++) {
        if (strchr(" \n\r\t", s.ptr[i]) && s.ptr[i]) {
            gap = true;
            continue;
        }
        if (gap) strbuf_char(out, ' ');
        gap = false;
        strbuf_char(out, s.ptr[i]);
    }
}

static const stance_result *views_of(stance_analyzer *analyzer, stance_str input, stance_error *err)
{
    stance_document d = {.article = STR("case"), .text = input};
    return stance_analyze(analyzer, &d, err);
}

static bool render_views(const struct language *language, stance_analyzer *analyzer, stance_str input, struct strbuf *out, stance_error *err)
{
    (void)language;
    const stance_result *r = views_of(analyzer, input, err);
    for (size_t i = 0; r && i < r->n; i++) {
        const stance_view *v = &r->views[i];
        add_line(out, v->speaker);
        strbuf_print(out, " | ");
        add_flat(out, v->cue_text.len ? v->cue_text : STR("-"));
        strbuf_print(out, " | %s | ", stance_kind_name(v->kind));
        add_flat(out, v->text);
        strbuf_print(out, " | %s | ", stance_resolution_name(v->resolved_by));
        add_flat(out, v->via.len ? v->via : STR("-"));
    }
    if (r && r->n == 0) add_line(out, STR("(no views)"));
    return r != NULL;
}

static bool render_speakers(const struct language *language, stance_analyzer *analyzer, stance_str input, struct strbuf *out, stance_error *err)
{
    (void)language;
    const stance_result *r = views_of(analyzer, input, err);
    for (size_t i = 0; r && i < r->n; i++) {
        const stance_view *v = &r->views[i];
        add_line(out, STR(""));
        add_flat(out, v->mention_text.len ? v->mention_text : STR("-"));
        strbuf_print(out, " | %.*s | %s | %s", (int)v->speaker.len, v->speaker.ptr, stance_speaker_kind_name(v->speaker_kind), stance_resolution_name(v->resolved_by));
    }
    if (r && r->n == 0) add_line(out, STR("(no views)"));
    return r != NULL;
}

static const struct {
    const char *file;
    renderer render;
} files[] = {{"clean.txt", render_clean},   {"sentences.txt", render_sentences}, {"tokens.txt", render_tokens},
             {"quotes.txt", render_quotes}, {"views.txt", render_views},         {"speakers.txt", render_speakers}};

/* ---- running ---- */

static void report(const char *file, const struct sample *s, stance_str actual, struct tally *t)
{
    static stance_str want[MAX_LINES], got[MAX_LINES];
    size_t want_n = lines_of(s->expected, want), got_n = lines_of(actual, got);
    bool fits = all_fit(want, want_n, got, got_n);
    t->run++;
    if (s->skip.len) {
        t->skipped++;
        t->healed += fits;
        printf("skipped %s: %.*s (%.*s)%s\n", file, (int)s->title.len, s->title.ptr, (int)s->skip.len, s->skip.ptr,
               fits ? " -- passes now: take its skip line away" : "");
        if (!fits && getenv("CORPUS_VERBOSE")) print_diff(want, want_n, got, got_n);
        return;
    }
    if (fits) return;
    t->failed++;
    printf("FAILED %s: %.*s\n    %.*s\n  (- expected, + found)\n", file, (int)s->title.len, s->title.ptr, (int)s->input.len, s->input.ptr);
    print_diff(want, want_n, got, got_n);
}

static void run_case(size_t file, const struct sample *s, const struct language *language, stance_analyzer *analyzer, struct tally *t)
{
    struct strbuf input = {0}, expected = {0}, actual = {0};
    stance_error err = {0};
    unescape(s->input, &input);
    unescape(s->expected, &expected);
    if (!files[file].render(language, analyzer, strbuf_str(&input), &actual, &err)) strbuf_print(&actual, "(error: %s)", err.text);
    struct sample plain = *s;
    plain.expected = strbuf_str(&expected);
    report(files[file].file, &plain, strbuf_str(&actual), t);
    strbuf_free(&input);
    strbuf_free(&expected);
    strbuf_free(&actual);
}

static bool run_file(const char *folder, size_t file, const char *only, const struct language *language, stance_analyzer *analyzer, struct tally *t)
{
    struct strbuf path = {0}, text = {0};
    strbuf_print(&path, "%s/%s", folder, files[file].file);
    bool ok = read_file(path.ptr, &text);
    if (!ok) printf("FAILED %s cannot be read; run from the top folder\n", path.ptr);
    stance_str rest = strbuf_str(&text);
    size_t start = str_starts(rest, STR("=== ")) ? 0 : str_find(rest, STR("\n=== "));
    rest = start == STANCE_NONE ? (stance_str){NULL, 0} : str_slice(rest, start + (start != 0), rest.len);
    size_t before = t->run;
    for (struct sample s; next_case(&rest, &s);)
        if (!only || str_find(s.title, str_of(only)) != STANCE_NONE) run_case(file, &s, language, analyzer, t);
    printf("%s: %zu cases\n", path.ptr, t->run - before);
    strbuf_free(&path);
    strbuf_free(&text);
    return ok;
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : "tests/corpus", *only = argc > 2 ? argv[2] : NULL;
    struct language language;
    struct tally t = {0};
    stance_error err = {0};
    stance_analyzer *analyzer = stance_analyzer_new(NULL, &err);
    bool ok = language_load(&language, NULL, &err) && analyzer;
    if (!ok) printf("FAILED %s\n", err.text);
    for (size_t i = 0; ok && i < sizeof files / sizeof *files; i++) ok = run_file(folder, i, only, &language, analyzer, &t) && ok;
    printf("corpus: %zu cases, %zu failed, %zu skipped (%zu of them pass now)\n", t.run, t.failed, t.skipped, t.healed);
    language_free(&language);
    stance_analyzer_free(analyzer);
    return !ok || t.failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
