/* SPDX-License-Identifier: MIT
 * adjusting: from views to what adjust.c works on.
 * Method: sums of labels, or of their probabilities, per article. Limits: views without probabilities count with their label. */
#include "adjusting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../base/error.h"
#include "adjust.h"

static bool check_labels(const struct counts *c, const struct report *r, const struct report_share *shares, stance_error *err)
{
    for (size_t i = 0; i < r->labels_n; i++)
        if (shares[i].n && vocab_find(&c->confusion.labels, r->labels[i]) == VOCAB_NONE)
            return error_set(err, STANCE_INPUT, 0, "--confusion: the label %.*s is not in it", (int)r->labels[i].len, r->labels[i].ptr);
    return true;
}

static void add_view(const struct counts *c, size_t view, double *row)
{
    size_t n = c->confusion.labels.n;
    const float *p = c->probabilities ? c->probabilities + view * n : NULL;
    double sum = 0;
    for (size_t i = 0; p && i < n; i++) sum += (double)p[i];
    for (size_t i = 0; sum > 0 && i < n; i++) row[i] += (double)p[i] / sum;
    if (sum <= 0) row[vocab_find(&c->confusion.labels, vocab_text(&c->labels, c->views[view].what))] += 1;
}

/* Views of one article stand together in the order. */
static size_t sum_articles(const struct counts *c, const struct recount *t, uint32_t id, double *sums)
{
    size_t n = c->confusion.labels.n, articles = 0;
    uint32_t last = UINT32_MAX;
    for (size_t i = t->start[id]; i < t->start[id + 1]; i++) {
        uint32_t view = t->views[i];
        if (c->views[view].article != last) articles++;
        last = c->views[view].article;
        add_view(c, view, sums + (articles - 1) * n);
    }
    return articles;
}

/* No interval is narrower than that of the shares counted: with few articles a bootstrap has little to draw from. */
static void take(const struct counts *c, const struct report *r, const struct adjusted *a, struct report_group *g, struct report_share *shares)
{
    for (size_t i = 0; i < r->labels_n; i++) {
        uint32_t at = vocab_find(&c->confusion.labels, r->labels[i]);
        if (at == VOCAB_NONE) continue;
        struct report_share *s = &shares[i];
        s->lo = fmax(0, fmin(a->lo[at], a->share[at] - (s->share - s->lo)));
        s->hi = fmin(1, fmax(a->hi[at], a->share[at] + (s->hi - s->share)));
        s->share = a->share[at];
    }
    g->net_lo = fmax(-1, fmin(a->net_lo, a->net - (g->net - g->net_lo)));
    g->net_hi = fmin(1, fmax(a->net_hi, a->net + (g->net_hi - g->net)));
    g->net = a->net;
}

static size_t label_at(const struct counts *c, const struct report *r, size_t label)
{
    return label == REPORT_NO_LABEL ? SIZE_MAX : vocab_find(&c->confusion.labels, r->labels[label]);
}

bool adjusting_apply(const struct counts *c, const struct recount *t, const struct report *r, uint32_t id, struct report_group *g,
                     struct report_share *shares, stance_error *err)
{
    double out[3][STANCE_MAX_LABELS];
    struct adjusted a = {out[0], out[1], out[2], NAN, NAN, NAN};
    size_t n = c->confusion.labels.n;
    if (!check_labels(c, r, shares, err)) return false;
    double *sums = calloc((t->start[id + 1] - t->start[id]) * n + 1, sizeof *sums);
    if (!sums) return error_nomem(err, "adjusting shares");
    const stance_report_options *o = r->options;
    struct adjust_input in = {sums, 0, n, c->confusion.rows, label_at(c, r, r->plus), label_at(c, r, r->minus),
                              {o->level, o->draws, str_hash(vocab_text(t->groups, id), o->seed + 3), 0}};
    in.articles = sum_articles(c, t, id, sums);
    bool ok = adjust_shares(&in, &a, err);
    if (ok) take(c, r, &a, g, shares);
    free(sums);
    return ok;
}
