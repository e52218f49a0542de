/* SPDX-License-Identifier: MIT
 * fuzz_meta: a meta file of any bytes beside an article. First byte: which of the small tables it is (meta, speakers, lexicon, gold spans); second: how
 * many bytes a read gives. Speakers are read as a table, and in one of eight into an analyzer, whose other tables take a hundred times as long.
 * Holds: a refusal has its sentence; fields are UTF-8; piece by piece the same. */
#include "fuzz.h"

#include "io/meta.h"
#include "learn/lexicon.h"
#include "views/article.h"

static uint64_t read_meta(const char *path)
{
    static const stance_str keys[] = {{"a", 1}, {"news/a.txt", 10}, {"b", 1}};
    stance_error err = {0};
    struct meta *m = meta_open(path, &err);
    CHECK(m || (err.code != STANCE_OK && err.text[0]));
    if (!m) return fuzz_mix(0, str_of(err.text));
    uint64_t d = meta_unused(m);
    for (size_t i = 0; i < 3; i++) {
        const struct meta_row *row = meta_find(m, &keys[i], 1);
        if (!row) continue;
        const stance_str fields[] = {row->outlet, row->date, row->title, row->url, row->author, row->target};
        for (size_t k = 0; k < 6; k++) {
            CHECK(fuzz_utf8(fields[k]));
            d = fuzz_mix(d, fields[k]);
        }
    }
    CHECK(meta_unused(m) <= d || d > 0);
    meta_free(m);
    return d;
}

static uint64_t read_aliases(const char *path)
{
    struct gazetteer g = {.memory = ARENA_EMPTY};
    stance_error err = {0};
    bool ok = gazetteer_read(&g, path, &err);
    CHECK(ok || (err.code != STANCE_OK && err.text[0]));
    uint64_t digest = ok ? g.aliases.n : fuzz_mix(0, str_of(err.text));
    for (uint32_t i = 0; i < g.aliases.n; i++) {
        CHECK(fuzz_utf8(vocab_text(&g.aliases, i)) && fuzz_utf8(g.rows[i].canonical) && g.rows[i].kind <= STANCE_UNKNOWN);
        digest = fuzz_mix(digest, g.rows[i].canonical);
        gazetteer_find(&g, g.rows[i].canonical);
    }
    arena_free(&g.memory);
    vocab_free(&g.aliases);
    free(g.rows);
    return digest;
}

static uint64_t read_speakers(const char *path)
{
    stance_error err = {0};
    const stance_analyzer_options options = {.speakers_path = path};
    const stance_document d = {.article = STR("a"), .text = STR("The plan is dead, Ada Obi said. \"Never,\" Acme said."), .file = STR("a")};
    stance_analyzer *an = stance_analyzer_new(&options, &err);
    CHECK(an || (err.code != STANCE_OK && err.text[0]));
    if (!an) return fuzz_mix(0, str_of(err.text));
    uint64_t digest = 1;
    const stance_result *r = stance_analyze(an, &d, NULL);
    CHECK(r);
    for (size_t i = 0; i < r->n; i++) {
        CHECK(r->views[i].speaker.len && fuzz_utf8(r->views[i].speaker));
        digest = fuzz_mix(digest, r->views[i].speaker);
    }
    stance_analyzer_free(an);
    return digest;
}

static uint64_t read_lexicon(const char *path)
{
    struct lexicon l = {0}, back = {0};
    struct strbuf first = {0}, second = {0};
    stance_error err = {0};
    bool ok = lexicon_add_file(&l, path, &err);
    CHECK(ok || (err.code != STANCE_OK && err.text[0]));
    uint64_t d = ok;
    if (ok) {
        lexicon_write(&l, &first);
        CHECK(first.len == 0 || lexicon_add_text(&back, strbuf_str(&first), "back", NULL));
        lexicon_write(&back, &second);
        CHECK(str_equal(strbuf_str(&first), strbuf_str(&second)));
        d = fuzz_mix(d, strbuf_str(&first));
    }
    lexicon_free(&l);
    lexicon_free(&back);
    strbuf_free(&first);
    strbuf_free(&second);
    return d;
}

static uint64_t read_spans(const char *path)
{
    stance_error err = {0};
    const stance_gold_options options = {.inputs = &path, .inputs_n = 1, .articles = fuzz_folder()};
    stance_gold *gold = stance_gold_read(&options, &err);
    CHECK(gold || (err.code != STANCE_OK && err.text[0]));
    for (size_t i = 0; gold && i < stance_gold_count(gold); i++) {
        const stance_gold_article *a = stance_gold_get(gold, i);
        CHECK(fuzz_utf8(a->text));
        for (size_t k = 0; k < a->n; k++) CHECK(a->contents[k].start <= a->contents[k].end && a->contents[k].end <= a->text.len);
    }
    uint64_t d = gold ? stance_gold_count(gold) : fuzz_mix(0, str_of(err.text));
    stance_gold_free(gold);
    return d;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static uint64_t (*const readers[])(const char *path) = {read_meta, read_aliases, read_lexicon, read_spans, read_meta, read_speakers, read_lexicon, read_spans};
    unsigned settings = fuzz_byte(&data, &size), which = settings >= 224 ? settings % 8 : settings % 4, piece = fuzz_byte(&data, &size);
    const char *path = fuzz_file(0, data, size);
    uint64_t whole = readers[which](path);
    fuzz_reads_give(piece + 1);
    CHECK(readers[which](path) == whole);
    fuzz_reads_give(0);
    return 0;
}
