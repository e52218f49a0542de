# SPDX-License-Identifier: MIT
"""Compares our statistics, asked through the program of statistics.c, with scipy and statsmodels."""
import subprocess
import sys

import numpy as np
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

rng = np.random.default_rng(1)


def ask(lines):
    done = subprocess.run([sys.argv[1]], input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    return [[float(x) for x in line.split()] for line in done.stdout.splitlines()]


def close(name, ours, theirs, within):
    worst = float(np.max(np.abs(np.array(ours) - np.array(theirs))))
    print(f"{name}: largest difference {worst:.2g}, allowed {within:g}")
    assert worst <= within, name


def wilson():
    cases = [(int(rng.integers(0, n + 1)), int(n), level) for n in rng.integers(1, 500, 200) for level in (0.9, 0.95, 0.99)]
    close("Wilson", ask([f"wilson {k} {n} {level}" for k, n, level in cases]),
          [proportion_confint(k, n, alpha=1 - level, method="wilson") for k, n, level in cases], 1e-9)


def difference():
    cases = []
    for m, n in rng.integers(2, 300, (200, 2)):
        cases.append((int(rng.integers(0, m + 1)), int(m), int(rng.integers(0, n + 1)), int(n)))
    close("Newcombe", ask(["difference %d %d %d %d" % c for c in cases]),
          [confint_proportions_2indep(a, m, b, n, method="newcomb", compare="diff") for a, m, b, n in cases], 1e-9)


def fdr():
    for n in (1, 2, 10, 903):
        p = rng.random(n) ** 3
        close(f"Benjamini-Hochberg, {n} tests", ask([f"fdr {n} " + " ".join(f"{x:.17g}" for x in p)])[0],
              multipletests(p, method="fdr_bh")[1], 1e-9)


def articles(n, lean, views=6):
    """Views of one article agree more than chance: a share of its own for each."""
    share = np.clip(rng.normal(0.4 + lean, 0.15, n), 0.02, 0.9)
    size = rng.integers(1, 2 * views, n)
    plus = rng.binomial(size, share)
    return np.column_stack([plus, rng.binomial(size - plus, 0.5), size])


def line(c, draws, seed):
    return f"net {len(c)} {draws} {seed} " + " ".join("%d %d %d" % tuple(x) for x in c)


def net():
    """Ours is the percentile bootstrap of the ratio, widened by sqrt(n / (n - 1)), which scipy's is not."""
    c = articles(200, 0)
    found = (c[:, 0].sum() - c[:, 1].sum()) / c[:, 2].sum()
    theirs = stats.bootstrap((c[:, 0] - c[:, 1], c[:, 2]), lambda a, b, axis=-1: a.sum(axis) / b.sum(axis), paired=True, vectorized=True,
                             n_resamples=20000, method="percentile", random_state=2).confidence_interval
    widen = np.sqrt(200 / 199)
    close("bootstrap of net, 200 articles", ask([line(c, 20000, 3)])[0], [found + widen * (x - found) for x in theirs], 0.006)


def coverage():
    """Two thousand samples from outlets whose net is known."""
    big = articles(2_000_000, 0)
    truth = (big[:, 0].sum() - big[:, 1].sum()) / big[:, 2].sum()
    for n in (8, 40):
        found = ask([line(articles(n, 0), 600, i) for i in range(2000)])
        share = np.mean([lo <= truth <= hi for lo, hi in found])
        print(f"coverage of 95 % intervals, {n} articles: {100 * share:.1f} %")
        # a bootstrap of few articles knows too little of how they vary
        assert (0.93 if n >= 40 else 0.91) <= share <= (0.97 if n >= 40 else 1), n


def permutation():
    lines, theirs = [], []
    for i in range(6):
        c = np.vstack([articles(15, 0.04 * i), articles(20, 0)])
        lean, size = c[:, 0] - c[:, 1], c[:, 2]
        lines.append(f"permutation 35 15 99999 {i} " + " ".join(f"{a} {b}" for a, b in zip(lean, size)))
        theirs.append(stats.permutation_test((np.arange(15), np.arange(15, 35)), lambda x, y: abs(lean[x].sum() / size[x].sum() - lean[y].sum() / size[y].sum()),
                                             n_resamples=9999, alternative="greater", vectorized=False, random_state=4).pvalue)
    ours = [x[0] for x in ask(lines)]
    # ours stops after 20 draws beyond the found difference: a relative error of 1 / sqrt(20)
    for a, b in zip(ours, theirs):
        print(f"permutation: ours {a:.4f}, scipy {b:.4f}")
        assert abs(a - b) <= 0.004 + 0.75 * b
    null = []
    for i in range(1500):
        c = articles(24, 0)
        null.append("permutation 24 12 999 %d " % i + " ".join(f"{a} {b}" for a, b in zip(c[:, 0] - c[:, 1], c[:, 2])))
    p = np.array([x[0] for x in ask(null)])
    for at in (0.01, 0.05, 0.1, 0.5):
        print(f"under the null p <= {at}: {np.mean(p <= at):.3f}")
        assert abs(np.mean(p <= at) - at) <= 3.5 * np.sqrt(at * (1 - at) / len(p)), "p is not uniform under the null"


def adjusted():
    """Adjusted counts are what quapy solves, or else plain algebra, wherever that gives shares; never outside 0 to 1."""
    try:
        from quapy.method.aggregative import ACC
        name = "quapy"
        solve = lambda rates, seen: ACC.solve_adjustment(rates.T, seen, method="inversion", solver="minimize")
    except (ImportError, AttributeError):
        name = "algebra"
        solve = lambda rates, seen: np.linalg.solve(rates.T, seen)
    lines, theirs = [], []
    while len(theirs) < 60:
        confusion = rng.integers(5, 60, (3, 3)) + np.diag(rng.integers(150, 300, 3))
        rates = confusion / confusion.sum(axis=1, keepdims=True)
        truth = rng.dirichlet((4, 4, 4))
        given = rng.multinomial(3000, truth @ rates)
        found = np.asarray(solve(rates, given / given.sum()), dtype=float)
        if not (found > 0.01).all():
            continue
        theirs.append(found / found.sum())
        lines.append("adjust 3 " + " ".join(map(str, given)) + " " + " ".join(map(str, confusion.ravel())))
    ours = ask(lines)
    close(f"adjusted counts, {name}", ours, theirs, 1e-3)
    assert np.all(np.array(ours) >= 0)


for check in (wilson, difference, fdr, net, coverage, permutation, adjusted):
    check()
