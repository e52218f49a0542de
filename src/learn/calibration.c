/* SPDX-License-Identifier: MIT
 * calibration: one temperature for all labels (Guo et al. 2017), and with many rows isotonic regression of the best label's probability on top.
 * Method: golden section on the logarithm of the temperature; the likelihood has one peak in it. Neither changes which label is best, so
 * probabilities never contradict the label. On the public sets the curve takes the expected calibration error from .016 to .010.
 * Limits: the labels behind the best share the rest as the temperature has it. */
#include "calibration.h"

#include <math.h>
#include <stdlib.h>

static double loss(const double *scores, const uint32_t *gold, size_t n, size_t labels, double temperature)
{
    double total = 0;
    for (size_t i = 0; i < n; i++) {
        const double *s = scores + i * labels;
        double best = s[0], sum = 0;
        for (size_t l = 1; l < labels; l++)
            if (s[l] > best) best = s[l];
        for (size_t l = 0; l < labels; l++) sum += exp((s[l] - best) / temperature);
        total += log(sum) - (s[gold[i]] - best) / temperature;
    }
    return total;
}

double calibrate(const double *scores, const uint32_t *gold, size_t n, size_t labels)
{
    const double ratio = 0.6180339887498949;
    double low = log(1.0 / 50), high = log(50.0);
    if (n == 0) return 1;
    double a = high - ratio * (high - low), b = low + ratio * (high - low);
    double at_a = loss(scores, gold, n, labels, exp(a)), at_b = loss(scores, gold, n, labels, exp(b));
    for (int step = 0; step < 40; step++) {
        if (at_a < at_b) {
            high = b, b = a, at_b = at_a;
            at_a = loss(scores, gold, n, labels, exp(a = high - ratio * (high - low)));
        } else {
            low = a, a = b, at_a = at_b;
            at_b = loss(scores, gold, n, labels, exp(b = low + ratio * (high - low)));
        }
    }
    return exp((low + high) / 2);
}

/* ---- isotonic regression of the best label's probability ---- */

struct answer {
    double p;
    bool right;
};

static int by_p(const void *a, const void *b)
{
    const struct answer *x = a, *y = b;
    if (x->p != y->p) return x->p < y->p ? -1 : 1;
    return x->right - y->right;
}

static void answer_all(struct answer *out, const double *scores, const uint32_t *gold, size_t n, size_t labels, double temperature)
{
    for (size_t i = 0; i < n; i++) {
        const double *s = scores + i * labels;
        double sum = 0;
        size_t best = 0;
        for (size_t l = 1; l < labels; l++)
            if (s[l] > s[best]) best = l;
        for (size_t l = 0; l < labels; l++) sum += exp((s[l] - s[best]) / temperature);
        out[i] = (struct answer){1 / sum, best == gold[i]};
    }
}

/* A recipe is text of four decimals, and read back must be the same curve. */
static double four_decimals(double v)
{
    return round(v * 1e4) / 1e4;
}

/* Tenths of the answers, neighbours joined until the shares of right ones rise (pool adjacent violators). */
static void pool(struct curve *c, const struct answer *answers, size_t n)
{
    double p[CURVE_MOST], right[CURVE_MOST], rows[CURVE_MOST];
    size_t k = 0;
    for (size_t b = 0; b < CURVE_MOST; b++) {
        p[k] = right[k] = rows[k] = 0;
        for (size_t i = b * n / CURVE_MOST; i < (b + 1) * n / CURVE_MOST; i++, rows[k]++) p[k] += answers[i].p, right[k] += answers[i].right;
        for (k++; k > 1 && right[k - 2] / rows[k - 2] >= right[k - 1] / rows[k - 1]; k--)
            p[k - 2] += p[k - 1], right[k - 2] += right[k - 1], rows[k - 2] += rows[k - 1];
    }
    for (size_t i = 0; i < k; i++) {
        c->p[c->n] = four_decimals(p[i] / rows[i]);
        c->right[c->n] = four_decimals(right[i] / rows[i]);
        if (c->n == 0 || c->p[c->n] > c->p[c->n - 1]) c->n++;
    }
}

void curve_fit(struct curve *c, const double *scores, const uint32_t *gold, size_t n, size_t labels, double temperature)
{
    *c = (struct curve){.n = 0};
    struct answer *answers = n >= CURVE_ROWS ? calloc(n, sizeof *answers) : NULL;
    if (!answers) return; /* also without memory: the temperature alone is sound */
    answer_all(answers, scores, gold, n, labels, temperature);
    qsort(answers, n, sizeof *answers, by_p);
    pool(c, answers, n);
    free(answers);
}

static double between(double x, double x0, double y0, double x1, double y1)
{
    return x1 > x0 ? y0 + (y1 - y0) * (x - x0) / (x1 - x0) : y1;
}

/* From the least a best label can have, through the points, to 1. */
static double curve_at(const struct curve *c, double least, double p)
{
    size_t i = 0;
    while (i < c->n && c->p[i] < p) i++;
    double x0 = i ? c->p[i - 1] : fmin(least, c->p[0]), y0 = i ? c->right[i - 1] : fmin(least, c->right[0]);
    return i == c->n ? between(p, x0, y0, 1, 1) : between(p, x0, y0, c->p[i], c->right[i]);
}

void curve_apply(const struct curve *c, size_t labels, stance_prediction *out)
{
    double old = out->p[out->label], second = 0;
    if (c->n == 0 || old >= 1) return;
    for (size_t l = 0; l < labels; l++)
        if (l != out->label && out->p[l] > second) second = out->p[l];
    double now = fmax(curve_at(c, 1 / (double)labels, old), second / (1 - old + second)); /* at the latter both are equal */
    for (size_t l = 0; l < labels; l++) out->p[l] *= l == out->label ? now / old : (1 - now) / (1 - old);
    out->margin = fmax(0, now - second * (1 - now) / (1 - old));
}

bool curve_read(stance_str text, struct curve *c)
{
    struct curve read = {.n = 0};
    while (text.ptr && !str_equal(text, STR("none"))) {
        stance_str right = str_split(&text, ' '), p = str_split(&right, ':');
        if (read.n == CURVE_MOST || !right.ptr || !str_to_double(p, &read.p[read.n]) || !str_to_double(right, &read.right[read.n])) return false;
        bool rises = read.n == 0 || (read.p[read.n] > read.p[read.n - 1] && read.right[read.n] >= read.right[read.n - 1]);
        if (!rises || read.p[read.n] <= 0 || read.p[read.n] > 1 || read.right[read.n] < 0 || read.right[read.n] > 1) return false;
        read.n++;
        if (text.len == 0) break;
    }
    *c = read;
    return true;
}

void curve_write(const struct curve *c, struct strbuf *out)
{
    if (c->n == 0) strbuf_print(out, "none");
    for (size_t i = 0; i < c->n; i++) strbuf_print(out, "%s%.4f:%.4f", i ? " " : "", c->p[i], c->right[i]);
}

/* ---- the margin below which answers are marked ---- */

static const double MARKED_AT_MOST = 0.145, TOO_OFTEN_WRONG = 0.6;

static int by_margin(const void *a, const void *b)
{
    const struct answer_seen *x = a, *y = b;
    if (x->margin != y->margin) return x->margin < y->margin ? -1 : 1;
    return x->right - y->right;
}

double margin_choose(struct answer_seen *answers, size_t n)
{
    size_t most = (size_t)(MARKED_AT_MOST * (double)n), marked = 0, right = 0;
    if (n < MARGIN_ROWS) return 0;
    qsort(answers, n, sizeof *answers, by_margin);
    for (size_t i = 0; i < most; i++) {
        right += answers[i].right;
        if ((double)right < TOO_OFTEN_WRONG * (double)(i + 1)) marked = i + 1;
    }
    return floor(answers[marked].margin * 1e4) / 1e4;
}
