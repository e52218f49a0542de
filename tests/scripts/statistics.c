/* SPDX-License-Identifier: MIT
 * statistics: our functions behind a line of text: what statistics.py compares with scipy and statsmodels. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/adjust.h"
#include "report/intervals.h"
#include "report/permutation.h"

enum { MOST = 4096 };

static void wilson(void)
{
    size_t k, n;
    double level;
    if (scanf("%zu %zu %lf", &k, &n, &level) != 3) exit(2);
    struct interval ci = interval_wilson(k, n, interval_z(level));
    printf("%.12g %.12g\n", ci.lo, ci.hi);
}

/* labels, their sums in one article, the confusion: the shares. */
static void adjust(void)
{
    size_t n;
    double sums[8], confusion[64], out[3][8];
    if (scanf("%zu", &n) != 1 || n > 8) exit(2);
    for (size_t i = 0; i < n; i++)
        if (scanf("%lf", &sums[i]) != 1) exit(2);
    for (size_t i = 0; i < n * n; i++)
        if (scanf("%lf", &confusion[i]) != 1) exit(2);
    struct adjusted a = {out[0], out[1], out[2], 0, 0, 0};
    struct adjust_input in = {sums, 1, n, confusion, 0, 1, {0.95, 2, 1}};
    if (!adjust_shares(&in, &a, NULL)) exit(6);
    for (size_t i = 0; i < n; i++) printf("%.12g%s", a.share[i], i + 1 < n ? " " : "\n");
}

static void difference(void)
{
    size_t a, m, b, n;
    if (scanf("%zu %zu %zu %zu", &a, &m, &b, &n) != 4) exit(2);
    double z = interval_z(0.95), p = (double)a / (double)m, q = (double)b / (double)n;
    struct interval ci = interval_difference(p, interval_wilson(a, m, z), q, interval_wilson(b, n, z));
    printf("%.12g %.12g\n", ci.lo, ci.hi);
}

static void fdr(void)
{
    static double p[MOST], q[MOST];
    size_t n;
    if (scanf("%zu", &n) != 1 || n > MOST) exit(2);
    for (size_t i = 0; i < n; i++)
        if (scanf("%lf", &p[i]) != 1) exit(2);
    if (!benjamini_hochberg(p, n, q, NULL)) exit(6);
    for (size_t i = 0; i < n; i++) printf("%.12g ", q[i]);
    printf("\n");
}

static void net(void)
{
    static struct cluster c[MOST];
    size_t n, draws;
    unsigned long long seed;
    if (scanf("%zu %zu %llu", &n, &draws, &seed) != 3 || n > MOST) exit(2);
    for (size_t i = 0; i < n; i++)
        if (scanf("%u %u %u", &c[i].plus, &c[i].minus, &c[i].n) != 3) exit(2);
    struct interval ci;
    if (!interval_net(c, n, (struct net_settings){0.95, draws, seed}, &ci, NULL)) exit(6);
    printf("%.12g %.12g\n", ci.lo, ci.hi);
}

static void permutation(void)
{
    static struct leaning items[MOST];
    struct two_outlets t = {.items = items, .speakers = 1};
    unsigned long long seed;
    size_t draws;
    double p;
    if (scanf("%zu %zu %zu %llu", &t.n, &t.a, &draws, &seed) != 4 || t.n > MOST) exit(2);
    for (uint32_t i = 0; i < t.n; i++) {
        items[i].article = i;
        if (scanf("%d %u", &items[i].lean, &items[i].n) != 2) exit(2);
    }
    t.articles = t.n;
    if (!permutation_test(&t, seed, draws, &p, NULL)) exit(6);
    printf("%.12g\n", p);
}

int main(void)
{
    static const struct {
        const char *name;
        void (*run)(void);
    } all[] = {{"wilson", wilson}, {"difference", difference}, {"fdr", fdr}, {"net", net}, {"permutation", permutation}, {"adjust", adjust}};
    char name[32];
    while (scanf("%31s", name) == 1)
        for (size_t i = 0; i < sizeof all / sizeof *all; i++)
            if (strcmp(name, all[i].name) == 0) all[i].run();
    return 0;
}
