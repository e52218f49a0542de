/* SPDX-License-Identifier: MIT
 * mining: polarity of words and phrases from the cues around them, without labels.
 * Method: contents of cues that praise against contents of cues that warn; log-odds with an informative Dirichlet prior, all contents being the prior
 * (B. Monroe, M. Colaresi and K. Quinn, Fightin' Words, 2008). A negated term counts for the other side. A second round counts contents of neutral cues
 * too: for each term by what the other terms of the first round say of them. Names, numbers, function words and terms whose sign differs between
 * two halves of the outlets are left out. Limits: finds what goes with praise and warning, topics included; a small pile gives few terms. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "../base/vocab.h"
#include "../text/token.h"
#include "lexicon.h"

enum { LONGEST = 3, REACH = 4, HALVES = 2, UP = 0, DOWN = 1, WORD_STOP = 1, WORD_NAME = 2 };
#define BOUNDARY UINT32_MAX
#define NEGATED (UINT32_C(1) << 31)
static const double ENOUGH = 0.8, MOST_SCORE = 1, PER_SCORE = 2; /* ENOUGH: sum of scores that gives a content a side */

struct content {
    size_t first;
    uint32_t n, article;
    int8_t side;
    uint8_t half;
};

struct term {
    uint32_t word[LONGEST], words;
    uint32_t articles, last_article, seen; /* last_article, seen: number of the one before, + 1 */
    double count[HALVES][2], all;
    double score, z;
};

struct stance_miner {
    stance_mine_options options;
    struct lexicon lexicon;            /* for its negations */
    struct vocab words;
    struct word_use { uint32_t inner, capital; uint8_t flags; } *uses; /* [words.n] inner: not first in a content */
    struct content *contents;
    uint32_t *text;                    /* word ids, NEGATED, BOUNDARY */
    size_t uses_cap, contents_n, contents_cap, text_n, text_cap;
    struct dictionary keys;            /* of terms */
    struct term *terms;                /* [keys.n] */
    size_t terms_cap;
    struct arena arena;
    struct strbuf out, name;
    stance_mine_summary summary;
    double total[2], background;
};

stance_miner *stance_miner_new(const stance_mine_options *options, stance_error *err)
{
    stance_miner *m = calloc(1, sizeof *m);
    if (!m) return error_nomem(err, "starting to mine"), NULL;
    if (options) m->options = *options;
    if (!m->options.min_count) m->options.min_count = 20;
    if (!(m->options.prior > 0)) m->options.prior = 500;
    if (!(m->options.min_z > 0)) m->options.min_z = 2.58;
    if (lexicon_add_builtin(&m->lexicon, err)) return m;
    stance_miner_free(m);
    return NULL;
}

void stance_miner_free(stance_miner *m)
{
    if (!m) return;
    lexicon_free(&m->lexicon);
    vocab_free(&m->words);
    dictionary_free(&m->keys);
    arena_free(&m->arena);
    strbuf_free(&m->out);
    strbuf_free(&m->name);
    free(m->uses);
    free(m->contents);
    free(m->text);
    free(m->terms);
    free(m);
}

/* ---- reading contents ---- */

static bool push(stance_miner *m, uint32_t word)
{
    void *text = m->text;
    bool ok = array_reserve(&text, &m->text_cap, m->text_n + 1, sizeof *m->text);
    m->text = text;
    if (ok) m->text[m->text_n++] = word;
    return ok;
}

static bool note_word(stance_miner *m, const struct token *t, bool first, uint32_t *id)
{
    *id = vocab_add(&m->words, token_fold(t));
    void *uses = m->uses;
    size_t had = m->uses_cap;
    bool ok = *id != VOCAB_NONE && *id < NEGATED && array_reserve(&uses, &m->uses_cap, m->words.n, sizeof *m->uses);
    m->uses = uses;
    if (!ok) return false;
    if (m->uses_cap > had) memset(m->uses + had, 0, (m->uses_cap - had) * sizeof *m->uses);
    if (!first) m->uses[*id].inner++, m->uses[*id].capital += (t->flags & TOKEN_CAPITAL) != 0;
    return true;
}

/* Words behind a negation are marked up to the next mark or REACH words on; the negation itself parts terms. */
static bool add_text(stance_miner *m, const struct tokens *tokens)
{
    size_t reach = 0, first = m->text_n;
    uint32_t id;
    for (size_t i = 0; i < tokens->n; i++) {
        const struct token *t = &tokens->items[i];
        const struct lexicon_entry *entry = t->kind == TOKEN_WORD ? lexicon_find(&m->lexicon, token_fold(t)) : NULL;
        bool negation = entry && entry->kind == LEXICON_NEG;
        if (t->kind == TOKEN_CLITIC) continue;
        if (t->kind != TOKEN_WORD || negation) {
            reach = negation ? REACH : t->kind == TOKEN_NUMBER ? reach : 0;
            if (!push(m, BOUNDARY)) return false;
            continue;
        }
        if (!note_word(m, t, m->text_n == first, &id) || !push(m, reach ? id | NEGATED : id)) return false;
        reach -= reach > 0;
    }
    return true;
}

bool stance_miner_add(stance_miner *m, const stance_document *d, const stance_result *views, stance_error *err)
{
    stance_str origin = d->outlet.len ? d->outlet : d->article;
    uint8_t half = (uint8_t)(str_hash64(origin, 0) % HALVES);
    m->summary.articles++;
    for (size_t i = 0; i < views->n; i++) {
        const stance_view *v = &views->views[i];
        struct tokens tokens;
        void *contents = m->contents;
        arena_reset(&m->arena);
        if (!token_split(v->text, &m->arena, &tokens, err)) return false;
        bool ok = array_reserve(&contents, &m->contents_cap, m->contents_n + 1, sizeof *m->contents);
        m->contents = contents;
        size_t first = m->text_n;
        if (!ok || !add_text(m, &tokens)) return error_nomem(err, "mining");
        int side = v->cue_polarity > 0 ? 1 : v->cue_polarity < 0 ? -1 : 0;
        m->contents[m->contents_n++] = (struct content){first, (uint32_t)(m->text_n - first), (uint32_t)m->summary.articles, (int8_t)side, half};
        m->summary.contents++;
        m->summary.bullish += side > 0;
        m->summary.skeptical += side < 0;
    }
    return true;
}

/* ---- terms ---- */

static void sort_words(stance_miner *m)
{
    static const char *const stop[] = {
        "a", "about", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "before", "being", "between", "both", "but",
        "by", "can", "could", "did", "do", "does", "doing", "done", "down", "during", "each", "even", "ever", "every", "few", "for", "from", "get", "gets",
        "getting", "go", "goes", "going", "got", "had", "has", "have", "having", "he", "her", "here", "hers", "him", "himself", "his", "how", "i", "if", "in",
        "into", "is", "it", "its", "itself", "just", "last", "like", "made", "make", "makes", "making", "many", "may", "me", "might", "more", "most", "much",
        "must", "my", "new", "next", "now", "of", "off", "on", "once", "one", "only", "or", "other", "our", "out", "over", "own", "people", "said", "same",
        "say", "says", "she", "should", "so", "some", "such", "take", "than", "that", "the", "their", "them", "then", "there", "these", "they", "thing",
        "things", "this", "those", "through", "to", "too", "two", "under", "up", "us", "very", "was", "way", "we", "were", "what", "when", "where", "which",
        "while", "who", "whom", "why", "will", "with", "would", "year", "years", "yet", "you", "your",
    };
    struct vocab set = {0};
    for (size_t i = 0; i < sizeof stop / sizeof *stop; i++) vocab_add(&set, str_of(stop[i]));
    for (uint32_t w = 0; w < m->words.n; w++) {
        stance_str text = vocab_text(&m->words, w);
        bool apostrophe = memchr(text.ptr, '\'', text.len) != NULL;
        m->uses[w].flags = 0;
        if (text.len < 3 || apostrophe || vocab_find(&set, text) != VOCAB_NONE) m->uses[w].flags |= WORD_STOP;
        if (2 * m->uses[w].capital > m->uses[w].inner || m->uses[w].inner == 0) m->uses[w].flags |= WORD_NAME;
    }
    vocab_free(&set);
}

static bool begins_or_ends(const stance_miner *m, uint32_t word)
{
    return word != BOUNDARY && m->uses[word & ~NEGATED].flags == 0;
}

/* The term of n words at `at`; false when there is none. Function words may stand inside, negation must not change in it. */
static bool term_at(const stance_miner *m, const struct content *c, size_t at, size_t n, struct term *t)
{
    const uint32_t *w = m->text + c->first + at;
    if (at + n > c->n || !begins_or_ends(m, w[0]) || !begins_or_ends(m, w[n - 1])) return false;
    *t = (struct term){.words = (uint32_t)n};
    for (size_t i = 0; i < n; i++) {
        if (w[i] == BOUNDARY || (m->uses[w[i] & ~NEGATED].flags & WORD_NAME) || (w[i] & NEGATED) != (w[0] & NEGATED)) return false;
        t->word[i] = w[i] & ~NEGATED;
    }
    return true;
}

static uint64_t key_of(const struct term *t)
{
    return str_hash((stance_str){(const char *)t->word, t->words * sizeof *t->word}, t->words);
}

static struct term *find_term(stance_miner *m, const struct term *t)
{
    uint32_t id = dictionary_find(&m->keys, key_of(t));
    return id == NO_ID ? NULL : &m->terms[id];
}

static bool add_term(stance_miner *m, const struct term *t)
{
    bool fresh;
    uint32_t id = dictionary_add(&m->keys, key_of(t), &fresh);
    void *terms = m->terms;
    if (id == NO_ID || !array_reserve(&terms, &m->terms_cap, m->keys.n, sizeof *m->terms)) return false;
    m->terms = terms;
    if (fresh) m->terms[id] = *t;
    return true;
}

static bool collect_terms(stance_miner *m)
{
    struct term t;
    for (size_t i = 0; i < m->contents_n; i++) {
        const struct content *c = &m->contents[i];
        if (c->side == 0) continue;
        for (size_t at = 0; at < c->n; at++)
            for (size_t n = 1; n <= LONGEST; n++)
                if (term_at(m, c, at, n, &t) && !add_term(m, &t)) return false;
    }
    return true;
}

/* ---- counting ---- */

/* What the terms of the round before say of a content. */
static double sum_of(stance_miner *m, const struct content *c)
{
    struct term t;
    double sum = 0;
    for (size_t at = 0; at < c->n; at++)
        for (size_t n = 1; n <= LONGEST; n++) {
            const struct term *known = term_at(m, c, at, n, &t) ? find_term(m, &t) : NULL;
            if (known) sum += m->text[c->first + at] & NEGATED ? -known->score : known->score;
        }
    return sum;
}

static int side_of(double sum)
{
    return sum >= ENOUGH ? 1 : sum <= -ENOUGH ? -1 : 0;
}

/* One occurrence; each term counts once in a content. */
static void count_term(stance_miner *m, const struct content *c, size_t number, struct term *t, bool negated, double sum)
{
    int side = c->side ? c->side : side_of(sum - (negated ? -t->score : t->score));
    if (t->seen == number + 1) return;
    t->seen = (uint32_t)number + 1;
    t->all++;
    m->background++;
    if (side == 0) return;
    if (t->last_article != c->article) t->articles++, t->last_article = c->article;
    int where = (side > 0) != negated ? UP : DOWN;
    t->count[c->half][where]++;
    m->total[where]++;
}

static void count_all(stance_miner *m, bool second)
{
    struct term t;
    m->total[UP] = m->total[DOWN] = m->background = 0;
    m->summary.inferred = 0;
    for (size_t k = 0; k < m->keys.n; k++) {
        struct term *x = &m->terms[k];
        memset(x->count, 0, sizeof x->count);
        x->articles = x->last_article = x->seen = 0;
        x->all = 0;
    }
    for (size_t i = 0; i < m->contents_n; i++) {
        const struct content *c = &m->contents[i];
        double sum = second && c->side == 0 ? sum_of(m, c) : 0;
        m->summary.inferred += c->side == 0 && side_of(sum) != 0;
        for (size_t at = 0; at < c->n; at++)
            for (size_t n = 1; n <= LONGEST; n++) {
                struct term *known = term_at(m, c, at, n, &t) ? find_term(m, &t) : NULL;
                if (known) count_term(m, c, i, known, (m->text[c->first + at] & NEGATED) != 0, sum);
            }
    }
}

/* ---- scoring ---- */

static double log_odds(const stance_miner *m, double up, double down, double prior, double *variance)
{
    double all = m->options.prior;
    *variance = 1 / (up + prior) + 1 / (down + prior);
    return log((up + prior) / (m->total[UP] + all - up - prior)) - log((down + prior) / (m->total[DOWN] + all - down - prior));
}

static void score_term(const stance_miner *m, struct term *t)
{
    double prior = m->options.prior * t->all / m->background, variance;
    double up = t->count[0][UP] + t->count[1][UP], down = t->count[0][DOWN] + t->count[1][DOWN];
    double delta = log_odds(m, up, down, prior, &variance);
    t->z = delta / sqrt(variance);
    t->score = 0;
    if (t->articles < m->options.min_count || !(fabs(t->z) >= m->options.min_z)) return;
    for (size_t h = 0; h < HALVES; h++) {
        double share = m->total[UP] / (m->total[UP] + m->total[DOWN]), n = t->count[h][UP] + t->count[h][DOWN];
        if (n == 0 || (t->count[h][UP] > share * n) != (delta > 0)) return;
    }
    t->score = fmax(-MOST_SCORE, fmin(MOST_SCORE, delta / PER_SCORE));
}

static void score_all(stance_miner *m)
{
    for (size_t k = 0; k < m->keys.n; k++) score_term(m, &m->terms[k]);
}

/* ---- the table ---- */

static int by_certainty(const void *a, const void *b)
{
    const struct term *x = *(struct term *const *)a, *y = *(struct term *const *)b;
    double p = fabs(x->z), q = fabs(y->z);
    if (p != q) return p > q ? -1 : 1;
    return memcmp(x->word, y->word, sizeof x->word);
}

static void put_words(const stance_miner *m, const struct term *t, struct strbuf *out)
{
    for (size_t i = 0; i < t->words; i++) {
        if (i) strbuf_char(out, ' ');
        strbuf_add(out, vocab_text(&m->words, t->word[i]));
    }
}

/* The shipped lexicon, made by people, is not overruled. */
static bool shipped(stance_miner *m, const struct term *t)
{
    strbuf_clear(&m->name);
    put_words(m, t, &m->name);
    const struct lexicon_entry *entry = lexicon_find(&m->lexicon, strbuf_str(&m->name));
    return entry && entry->kind != LEXICON_PREFIX;
}

static void put_term(stance_miner *m, const struct term *t)
{
    put_words(m, t, &m->out);
    strbuf_print(&m->out, "\t%.2f\tmined\t%u\t%.0f\t%.0f\t%.0f\t%.2f\n", t->score, t->articles, t->count[0][UP] + t->count[1][UP],
                 t->count[0][DOWN] + t->count[1][DOWN], t->all, t->z);
}

static bool put_terms(stance_miner *m)
{
    struct term **kept = calloc(m->keys.n + 1, sizeof *kept);
    if (!kept) return false;
    for (size_t k = 0; k < m->keys.n; k++)
        if (fabs(m->terms[k].score) >= 0.005 && !shipped(m, &m->terms[k])) kept[m->summary.terms++] = &m->terms[k];
    qsort(kept, m->summary.terms, sizeof *kept, by_certainty);
    strbuf_add(&m->out, STR("#term\tscore\tclass\tarticles\tbullish\tskeptical\tcontents\tz\n"));
    for (size_t k = 0; k < m->summary.terms; k++) put_term(m, kept[k]);
    free(kept);
    return !m->out.failed && !m->name.failed;
}

bool stance_miner_write(stance_miner *m, stance_str *tsv, stance_mine_summary *summary, stance_error *err)
{
    if (m->summary.bullish == 0 || m->summary.skeptical == 0)
        return error_set(err, STANCE_INPUT, 0, "%zu contents with cues that praise and %zu with cues that doubt; both are needed, so mine more articles",
                         m->summary.bullish, m->summary.skeptical);
    strbuf_clear(&m->out);
    m->summary.terms = 0;
    sort_words(m);
    if (!collect_terms(m)) return error_nomem(err, "mining");
    count_all(m, false);
    score_all(m);
    count_all(m, true);
    score_all(m);
    if (!put_terms(m)) return error_nomem(err, "mining");
    *tsv = strbuf_str(&m->out);
    if (summary) *summary = m->summary;
    return true;
}
