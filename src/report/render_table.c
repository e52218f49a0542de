/* SPDX-License-Identifier: MIT
 * render_table: what a reporter sees first, and pastes.
 * Method: all cells are made first, so that columns are as wide as they need; when they do not fit, columns and intervals go in the order
 * of `steps`, then names are cut. Limits: width is that of utf8proc, which terminals follow except for some emoji sequences; below
 * about 40 columns lines run over. */
#include "render_table.h"

#include <math.h>
#include <stdlib.h>

#include "../text/unicode.h"
#include "render.h"
#include "wording.h"

enum { BAR = 10, GAP = 2, NAME_MOST = 40, CLAIM_MOST = 90, NAME_LEAST = 14, NAMES_LEAST = 10, MAX_COLUMNS = COUNTS_MAX_KEYS + STANCE_MAX_LABELS + 9 };

enum what { KEY, ARTICLES, WITHOUT_VIEW, VIEWS, LESS_VIEWS, ABSTAINED, MIX, PAIR_SHARE, OTHER_SHARE, NET, CHANGE };

enum { RAW, DISTINCT }; /* index of VIEWS and LESS_VIEWS */

/* A cell is a value, and a range behind it: "62 %" "[41–79]". Spans in table.text. */
struct cell_text {
    stance_span value, range;
};

struct column {
    enum what what;
    size_t index;                    /* of the key or label; RAW or DISTINCT */
    stance_span head;                /* in table.text */
    size_t width, range;             /* of the widest value and range */
    bool shown, ranged;
};

struct table {
    const struct report *r;
    bool color;
    size_t width;                    /* 0: no limit */
    struct column column[MAX_COLUMNS];
    size_t columns;
    struct cell_text *cells;         /* [rows][columns]; the last row is the total */
    size_t rows;
    struct strbuf text;
    struct strbuf *out;
};

/* What goes when there is no room, first to last; ranges alone: the interval goes, the value stays. When copies count once, the shares
 * are of the distinct views, so these stay and the raw count goes. */
static const struct {
    enum what what;
    bool range;
} steps[] = {{WITHOUT_VIEW, false}, {MIX, false},        {ARTICLES, false},   {LESS_VIEWS, false}, {ABSTAINED, false},
             {OTHER_SHARE, true},   {PAIR_SHARE, true}, {OTHER_SHARE, false}, {CHANGE, true}, {NET, true},     {CHANGE, false}};

static stance_str cell_str(const struct table *t, stance_span s)
{
    return str_slice(strbuf_str(&t->text), s.start, s.end);
}

static size_t head_width(const struct table *t, const struct column *c)
{
    return unicode_width(cell_str(t, c->head));
}

/* ---- columns ---- */

static void add_column(struct table *t, enum what what, size_t index, stance_str head)
{
    bool ranged = what >= PAIR_SHARE;
    size_t start = t->text.len;
    render_visible(&t->text, head);
    t->column[t->columns++] = (struct column){what, index, {start, t->text.len}, 0, 0, true, ranged};
}

static void choose_columns(struct table *t)
{
    const struct report *r = t->r;
    for (size_t i = 0; i < r->keys; i++) add_column(t, KEY, i, str_of(r->key[i]));
    add_column(t, ARTICLES, 0, STR("articles"));
    if (render_has_no_view(r)) add_column(t, WITHOUT_VIEW, 0, STR("no view"));
    bool copies = render_has_copies(r);
    add_column(t, copies && (r->dedup != DEDUP_NONE) ? LESS_VIEWS : VIEWS, RAW, STR("views"));
    if (copies) add_column(t, (r->dedup != DEDUP_NONE) ? VIEWS : LESS_VIEWS, DISTINCT, STR("distinct"));
    if (r->total.abstained) add_column(t, ABSTAINED, 0, STR("abstained"));
    if (r->plus != REPORT_NO_LABEL) add_column(t, MIX, 0, STR("mix"));
    for (size_t i = 0; i < r->labels_n; i++) add_column(t, i == r->plus || i == r->minus ? PAIR_SHARE : OTHER_SHARE, i, r->labels[i]);
    if (r->plus != REPORT_NO_LABEL) add_column(t, NET, 0, STR("net"));
    if (r->plus != REPORT_NO_LABEL && r->period < r->keys) add_column(t, CHANGE, 0, STR("change"));
}

/* ---- cells ---- */

/* Cells of the bar for each part, by largest remainder, so that they add up. */
static void divide(const double part[3], size_t cells[3])
{
    size_t used = 0;
    for (size_t i = 0; i < 3; i++) used += cells[i] = (size_t)(part[i] * BAR + 1e-9);
    while (used < BAR) {
        size_t best = 2; /* of equals, plus */
        for (size_t i = 2; i-- > 0;)
            if (part[i] * BAR - (double)cells[i] > part[best] * BAR - (double)cells[best]) best = i;
        cells[best]++, used++;
    }
}

/* "---··+++++": minus, all others, plus; as on the page, whose axis below has minus on the left. */
static void put_mix(struct strbuf *out, const struct report *r, const struct report_group *g)
{
    static const char *const mark[3] = {"-", "·", "+"};
    size_t cells[3];
    if (g->n == 0) return;
    double plus = g->shares[r->plus].share, minus = g->shares[r->minus].share;
    divide((double[3]){minus, fmax(0, 1 - plus - minus), plus}, cells);
    for (size_t i = 0; i < 3; i++)
        while (cells[i]--) strbuf_add(out, str_of(mark[i]));
}

static void put_count(struct strbuf *out, size_t n)
{
    if (n == STANCE_NONE) strbuf_add(out, STR("–"));
    else strbuf_print(out, "%zu", n);
}

static void put_value(struct strbuf *out, const struct report *r, const struct report_group *g, const struct column *c)
{
    switch (c->what) {
    case KEY:
        if (g->key) render_visible(out, g->key[c->index]);
        else if (c->index == 0) strbuf_add(out, STR("all"));
        break;
    case ARTICLES: put_count(out, g->articles); break;
    case WITHOUT_VIEW: put_count(out, g->without_view); break;
    case VIEWS:
    case LESS_VIEWS: put_count(out, c->index == RAW ? g->views : g->distinct); break;
    case ABSTAINED: put_count(out, g->abstained); break;
    case MIX: put_mix(out, r, g); break;
    case PAIR_SHARE:
    case OTHER_SHARE: render_percent(out, g->shares[c->index].share); break;
    case NET: render_net(out, g->net); break;
    case CHANGE:
        if (!isnan(g->change)) render_net(out, g->change);
        break;
    }
}

static void put_range(struct strbuf *out, const struct report_group *g, const struct column *c)
{
    if (c->what == NET) render_net_range(out, g->net_lo, g->net_hi);
    else if (c->what == CHANGE) render_net_range(out, g->change_lo, g->change_hi);
    else if (c->ranged) render_range(out, g->shares[c->index].lo, g->shares[c->index].hi);
}

static const struct report_group *group_at(const struct table *t, size_t row)
{
    return row < t->r->groups_n ? &t->r->groups[row] : &t->r->total;
}

static bool make_cells(struct table *t)
{
    t->rows = t->r->groups_n + 1;
    t->cells = calloc(t->rows * t->columns, sizeof *t->cells);
    for (size_t i = 0; t->cells && i < t->rows * t->columns; i++) {
        const struct report_group *g = group_at(t, i / t->columns);
        struct column *c = &t->column[i % t->columns];
        size_t start = t->text.len;
        put_value(&t->text, t->r, g, c);
        size_t middle = t->text.len;
        put_range(&t->text, g, c);
        t->cells[i] = (struct cell_text){{start, middle}, {middle, t->text.len}};
    }
    return t->cells && !t->text.failed;
}

/* ---- widths ---- */

static bool marked(const struct report_group *g)
{
    return g->key && g->small;
}

static void measure(struct table *t)
{
    for (size_t i = 0; i < t->r->keys; i++) t->column[i].width = head_width(t, &t->column[i]);
    for (size_t i = 0; i < t->rows * t->columns; i++) {
        struct column *c = &t->column[i % t->columns];
        size_t value = unicode_width(cell_str(t, t->cells[i].value)), range = unicode_width(cell_str(t, t->cells[i].range));
        if (c->what == KEY && c->index + 1 == t->r->keys && marked(group_at(t, i / t->columns))) value += 2;
        size_t most = c->index == t->r->claim ? CLAIM_MOST : NAME_MOST;
        if (c->what == KEY && value > most) value = most;
        if (value > c->width) c->width = value;
        if (range > c->range) c->range = range;
    }
}

/* The head stands over value and range; names alone can be narrower than it. */
static size_t column_width(const struct table *t, const struct column *c)
{
    size_t width = c->width + (c->ranged && c->range ? c->range + 1 : 0), head = head_width(t, c);
    return width < head && c->what != KEY ? head : width;
}

static size_t least(const struct table *t, const struct column *c)
{
    size_t limit = t->r->keys == 1 ? NAME_LEAST : NAMES_LEAST;
    return c->what == KEY && c->width > limit ? limit : column_width(t, c);
}

static size_t total_width(const struct table *t, size_t (*of)(const struct table *t, const struct column *c))
{
    size_t width = 0;
    for (size_t i = 0; i < t->columns; i++)
        if (t->column[i].shown) width += of(t, &t->column[i]) + (width ? GAP : 0);
    return width;
}

static void drop(struct table *t, enum what what, bool range)
{
    for (size_t i = 0; i < t->columns; i++) {
        if (t->column[i].what != what) continue;
        if (range) t->column[i].ranged = false;
        else t->column[i].shown = false;
    }
}

static struct column *widest_key(struct table *t)
{
    struct column *widest = &t->column[0];
    for (size_t i = 1; i < t->r->keys; i++)
        if (t->column[i].width > widest->width) widest = &t->column[i];
    return widest;
}

static void fit(struct table *t)
{
    if (t->width == 0) return;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && total_width(t, least) > t->width; i++) drop(t, steps[i].what, steps[i].range);
    while (total_width(t, column_width) > t->width) {
        struct column *key = widest_key(t);
        if (key->width <= 4) break;
        key->width--;
    }
}

/* ---- lines ---- */

static void put_times(struct strbuf *out, const char *piece, size_t n)
{
    while (n--) strbuf_add(out, str_of(piece));
}

/* Begins or (NULL) ends a colour. */
static void paint(struct table *t, const char *code)
{
    if (!t->color) return;
    if (code) strbuf_print(t->out, "\033[%sm", code);
    else strbuf_add(t->out, STR("\033[0m"));
}

/* Green and red say good and bad, so only our own labels get them. */
static const char *pair_color(const struct report *r, bool plus)
{
    bool ours = str_equal(r->labels[r->plus], STR("bullish")) && str_equal(r->labels[r->minus], STR("skeptical"));
    if (ours) return plus ? "32" : "31";
    return plus ? "36" : "35";
}

static const char *color_of(const struct table *t, const struct report_group *g, const struct column *c)
{
    if (marked(g)) return c->what == KEY ? NULL : "2";
    if (c->what == PAIR_SHARE) return pair_color(t->r, c->index == t->r->plus);
    bool sure = c->what == NET && (g->net_lo > 0 || g->net_hi < 0); /* false for NaN */
    return sure ? pair_color(t->r, g->net > 0) : NULL;
}

/* Names stand left, with the mark of small groups behind the last. */
static void put_name(struct table *t, const struct report_group *g, const struct column *c, stance_str name)
{
    size_t mark = c->index + 1 == t->r->keys && marked(g) ? 2 : 0, before = t->out->len;
    render_cut(t->out, name, c->width > mark ? c->width - mark : 1);
    if (mark) strbuf_add(t->out, STR(" *"));
    if (t->out->failed) return;
    size_t used = unicode_width(str_slice(strbuf_str(t->out), before, t->out->len));
    put_times(t->out, " ", used < c->width ? c->width - used : 0);
}

static void put_mix_cell(struct table *t, stance_str mix)
{
    const char *const code[] = {pair_color(t->r, true), "2", pair_color(t->r, false)};
    size_t width = unicode_width(mix);
    for (size_t i = 0; i < mix.len;) {
        size_t from = i, kind = mix.ptr[i] == '+' ? 0 : mix.ptr[i] == '-' ? 2 : 1;
        char first = mix.ptr[i];
        while (i < mix.len && (mix.ptr[i] == first || (kind == 1 && (unsigned char)mix.ptr[i] >= 0x80))) i++;
        paint(t, code[kind]);
        strbuf_add(t->out, str_slice(mix, from, i));
        paint(t, NULL);
    }
    put_times(t->out, " ", BAR - width);
}

/* Numbers stand right, ranges right behind them. */
static void put_numbers(struct table *t, const struct column *c, stance_str value, stance_str range)
{
    size_t width = column_width(t, c), tail = c->ranged && c->range ? c->range + 1 : 0;
    put_times(t->out, " ", width - tail - unicode_width(value));
    strbuf_add(t->out, value);
    if (tail) put_times(t->out, " ", tail - unicode_width(range));
    if (tail) strbuf_add(t->out, range);
}

static void end_line(struct table *t)
{
    struct strbuf *out = t->out;
    while (!out->failed && out->len && out->ptr[out->len - 1] == ' ') out->ptr[--out->len] = '\0';
    strbuf_char(out, '\n');
}

static void put_row(struct table *t, size_t row)
{
    const struct report_group *g = group_at(t, row);
    for (size_t i = 0, shown = 0; i < t->columns; i++) {
        const struct column *c = &t->column[i];
        const struct cell_text *cell = &t->cells[row * t->columns + i];
        const char *code = color_of(t, g, c);
        if (!c->shown) continue;
        if (shown++) put_times(t->out, " ", GAP);
        if (code) paint(t, code);
        if (c->what == KEY) put_name(t, g, c, cell_str(t, cell->value));
        else if (c->what == MIX) put_mix_cell(t, cell_str(t, cell->value));
        else put_numbers(t, c, cell_str(t, cell->value), cell_str(t, cell->range));
        if (code) paint(t, NULL);
    }
    end_line(t);
}

static void put_head(struct table *t)
{
    paint(t, "1");
    for (size_t i = 0, shown = 0; i < t->columns; i++) {
        const struct column *c = &t->column[i];
        size_t width = column_width(t, c), before = t->out->len;
        if (!c->shown) continue;
        if (shown++) put_times(t->out, " ", GAP), before += GAP;
        bool right = c->what != KEY && c->what != MIX;
        if (right) put_times(t->out, " ", width - head_width(t, c));
        render_cut(t->out, cell_str(t, c->head), width);
        if (t->out->failed) return;
        size_t used = unicode_width(str_slice(strbuf_str(t->out), before, t->out->len));
        put_times(t->out, " ", used < width ? width - used : 0);
    }
    paint(t, NULL);
    end_line(t);
}

static void put_rule(struct table *t)
{
    put_times(t->out, "─", total_width(t, column_width));
    strbuf_char(t->out, '\n');
}

/* ---- text below ---- */

static void put_note(struct table *t, const char *head, void (*print)(struct strbuf *out, const struct report *r))
{
    struct strbuf text = {0};
    strbuf_add(&text, str_of(head));
    print(&text, t->r);
    t->out->failed = t->out->failed || text.failed;
    render_wrapped(t->out, strbuf_str(&text), t->width, 0, 2);
    strbuf_free(&text);
}

static void explain_small(struct strbuf *out, const struct report *r)
{
    strbuf_print(out, "fewer than %zu views with a stance: too small to rank", r->options->min_n);
}

static void explain_mix(struct strbuf *out, const struct report *r)
{
    strbuf_add(out, STR("- "));
    render_visible(out, r->labels[r->minus]);
    if (r->labels_n > 2) strbuf_add(out, STR(", · "));
    if (r->labels_n == 3) render_visible(out, r->labels[3 - r->plus - r->minus]);
    else if (r->labels_n > 3) strbuf_add(out, STR("the others"));
    strbuf_add(out, STR(", + "));
    render_visible(out, r->labels[r->plus]);
}

static void explain_hidden(struct strbuf *out, const struct report *r)
{
    strbuf_print(out, "%zu more row%s not shown; \"all\" counts them", r->hidden, r->hidden == 1 ? "" : "s");
}

static bool mix_shown(const struct table *t)
{
    for (size_t i = 0; i < t->columns; i++)
        if (t->column[i].what == MIX) return t->column[i].shown;
    return false;
}

static void put_notes(struct table *t)
{
    const struct report *r = t->r;
    if (r->hidden) put_note(t, "", explain_hidden);
    if (render_has_small(r)) put_note(t, "* ", explain_small);
    if (mix_shown(t) && r->groups_n) put_note(t, "mix: ", explain_mix);
    put_note(t, "method: ", render_method);
}

/* ---- examples ---- */

static void put_source(struct strbuf *out, const stance_record *x)
{
    const stance_str from[] = {x->outlet, x->date, x->url};
    const char *before = " — ";
    for (size_t i = 0; i < 3; i++) {
        if (!from[i].ptr || !from[i].len) continue;
        strbuf_add(out, str_of(before));
        render_visible(out, from[i]);
        before = ", ";
    }
}

/* Words of its own stand between bars, since colour does not survive a pipe. */
static void put_piece(void *ctx, stance_str piece, bool fresh)
{
    struct strbuf *out = ctx;
    if (fresh) strbuf_char(out, '|');
    render_visible(out, piece);
    if (fresh) strbuf_char(out, '|');
}

/* base: what the text is compared with, or NULL. */
static void put_example(struct table *t, const stance_record *x, stance_str base)
{
    struct strbuf text = {0};
    strbuf_add(&text, STR("  "));
    render_visible(&text, x->stance.ptr ? x->stance : STR("no stance"));
    if (isfinite(x->margin)) strbuf_print(&text, " (margin %.0f %%)", floor(x->margin * 100 + 0.5));
    if (x->abstained.ptr && x->abstained.len) strbuf_add(&text, STR(", abstained"));
    strbuf_add(&text, STR(": “"));
    if (!wording_compare(base, x->text, put_piece, &text)) text.failed = true;
    strbuf_add(&text, STR("”"));
    put_source(&text, x);
    t->out->failed = t->out->failed || text.failed;
    render_wrapped(t->out, strbuf_str(&text), t->width, 0, 4);
    strbuf_free(&text);
}

static void put_keys(struct table *t, const struct report_group *g)
{
    for (size_t k = 0; k < t->r->keys; k++) {
        if (k) strbuf_add(t->out, STR(", "));
        render_visible(t->out, g->key[k]);
    }
    strbuf_char(t->out, '\n');
}

/* A claim told once is in the table already. */
static void put_examples(struct table *t)
{
    bool claims = t->r->claim != COUNTS_NO_CLAIM, told = false;
    for (size_t i = 0; i < t->r->groups_n; i++) {
        const struct report_group *g = &t->r->groups[i];
        if (g->examples_n <= claims) continue;
        if (claims && !told) strbuf_add(t->out, STR("\nclaims told more than once, in the order of time; |words| the first telling does not have:\n"));
        told = true;
        strbuf_char(t->out, '\n');
        put_keys(t, g);
        for (size_t e = 0; e < g->examples_n; e++) put_example(t, g->examples[e], claims && e ? g->examples[0]->text : (stance_str){NULL, 0});
    }
}

/* ---- the whole ---- */

static void put_title(struct table *t)
{
    paint(t, "1");
    render_visible(t->out, t->r->title);
    paint(t, NULL);
    strbuf_add(t->out, STR("\n\n"));
}

static void put_rows(struct table *t)
{
    put_head(t);
    put_rule(t);
    for (size_t row = 0; row + 1 < t->rows; row++) put_row(t, row);
    put_rule(t);
    put_row(t, t->rows - 1);
    strbuf_char(t->out, '\n');
}

void render_table(const struct report *r, const stance_render_options *options, struct strbuf *out)
{
    struct table t = {.r = r, .color = options->color, .width = options->width, .out = out};
    choose_columns(&t);
    if (make_cells(&t)) {
        measure(&t);
        fit(&t);
        put_title(&t);
        if (r->groups_n) put_rows(&t);
        else strbuf_add(out, STR("no views\n\n"));
        put_notes(&t);
        put_examples(&t);
    } else {
        out->failed = true;
    }
    strbuf_free(&t.text);
    free(t.cells);
}
