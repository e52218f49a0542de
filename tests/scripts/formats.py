# SPDX-License-Identifier: MIT
"""Reads the same report in all formats and compares every number with the JSON: counts, shares and their intervals, net and its interval.

CSV, TSV and what a page's cells carry must be the same number; what is shown to people must be that number, rounded.
usage: formats.py COMPARISON REPORT...    each NAME is NAME.table, .csv, .tsv, .json, .md and .html
"""
import csv
import html
import json
import re
import sys
from html.parser import HTMLParser

SHARE = re.compile(r"(\d+) % *\[ *(\d+)–(\d+)\]")
NET = re.compile(r"([+-]?\d+) *\[ *([+-]?\d+), *([+-]?\d+)\]")
seen = 0


def same(where, a, b):
    global seen
    seen += 1
    if a != b:
        sys.exit(f"{where}: {a!r} is not {b!r}")


def rounded(where, shown, exact, times=100):
    """Is `shown` the whole number for exact? Half a unit to both sides, and what six digits leave out."""
    global seen
    seen += 1
    if abs(float(shown) - times * exact) > 0.5001:
        sys.exit(f"{where}: shows {shown} for {exact}")


def numbers(values):
    return [float(v) if v not in ("", None) else None for v in values]


class Page(HTMLParser):
    """Tables of a page: id -> rows; a row is a list of cells, a cell is (data-v, text)."""

    def __init__(self):
        super().__init__()
        self.tables, self.table, self.cell, self.note = {}, None, None, 0

    def handle_starttag(self, tag, attributes):
        a = dict(attributes)
        if tag == "table":
            self.table = self.tables.setdefault(a.get("id"), [])
        elif self.table is not None and tag == "tr":
            self.table.append([])
        elif self.table and tag in ("td", "th"):
            self.cell = [a.get("data-v"), ""]
        elif tag == "abbr":
            self.note += 1

    def handle_endtag(self, tag):
        if tag == "table":
            self.table = None
        elif tag in ("td", "th") and self.cell:
            self.table[-1].append(tuple(self.cell))
            self.cell = None
        elif tag == "abbr":
            self.note -= 1

    def handle_data(self, text):
        if self.cell and not self.note:
            self.cell[1] += text


def page_of(name):
    page = Page()
    with open(name + ".html", encoding="utf-8") as f:
        page.feed(f.read())
    page.close()
    return page.tables


def rows_of(name, extension):
    with open(f"{name}.{extension}", encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t" if extension == "tsv" else ","))


def lines_of(name, extension):
    with open(f"{name}.{extension}", encoding="utf-8") as f:
        text = f.read()
    return [html.unescape(re.sub(r"\\([^A-Za-z0-9\s])", r"\1", line)) if extension == "md" else line for line in text.split("\n")]


def key_of(group):
    return group["key"] if isinstance(group["key"], list) else [group["key"]]


def stances(group):
    """label -> share, lo, hi, in the order of the report; none where all abstained"""
    return {label: (s["share"], s["lo"], s["hi"]) for label, s in group["stances"].items() if s["share"] is not None}


def check_cells(where, report, name, extension):
    """One row for each group and label, with the very numbers."""
    rows = iter(rows_of(name, extension))
    by = report["by"].split(",")
    for g in report["groups"]:
        for label, s in g["stances"].items():
            row = next(rows, None)
            same(where, [row[k] for k in by], key_of(g))
            same(where, row["label"], label)
            same(where, row["small"], str(g["small"]).lower())
            for field in ("articles", "articles_without_view", "views", "distinct", "abstained", "unlabelled", "net", "net_lo", "net_hi"):
                same(f"{where} {g['key']} {field}", numbers([row[field]]), numbers([g[field]]))
            for field in ("n", "share", "lo", "hi"):
                same(f"{where} {g['key']} {label} {field}", numbers([row[field]]), numbers([s[field]]))
    same(where, next(rows, None), None)


def check_shown(where, text, shares, net):
    """The percentages and the net that a line of text shows; None for those it does not."""
    shown = SHARE.findall(text)
    same(f"{where}: shares shown", len(shown), len(shares))
    for got, exact in zip(shown, shares):
        for a, b in zip(got, exact):
            rounded(f"{where}: {text.strip()}", a, b)
    got = NET.findall(text)
    same(f"{where}: nets shown", len(got), len(net))
    for triple, exact in zip(got, net):
        for a, b in zip(triple, exact):
            rounded(f"{where}: {text.strip()}", a, b)


def net_of(g):
    return [(g["net"], g["net_lo"], g["net_hi"])] if g["net"] is not None else []


def check_counts(where, header, cells, g):
    for name, cell in zip(header, cells):
        if name in ("articles", "views", "distinct", "abstained"):
            same(f"{where} {g.get('key')} {name}", int(cell), g[name])


def text_rows(lines):
    """Of the first table of a text: its header, and its rows without the rules between them."""
    at = next(i for i, line in enumerate(lines) if re.search(r"\barticles\b", line))
    end = next(i for i in range(at, len(lines)) if not lines[i])
    return lines[at], [line for line in lines[at + 1 : end] if re.search(r"\w", line)]


def check_text(where, report, name, extension):
    head, rows = text_rows(lines_of(name, extension))
    groups = report["groups"] + [dict(report["total"], key="all")]
    same(f"{where}: rows", len(rows), len(groups))
    for row, g in zip(rows, groups):
        for k in key_of(g):
            same(f"{where}: {k} in {row}", k in row, True)
        check_shown(where, row, list(stances(g).values()), net_of(g))
        before = row[: SHARE.search(row).start()] if SHARE.search(row) else re.sub(r"[ –]+$", " ", row)
        if extension == "md":
            check_counts(where, [c.strip() for c in head.split("|")], [c.strip() for c in row.split("|")], g)
        else:
            names = [n for n in head.split() if n in ("articles", "without", "views", "distinct", "abstained")]
            counts = re.findall(r"(?<=\s)\d+(?=\s)", re.sub(r"[-·+]{10} *$", "", before))
            check_counts(where, names, counts[-len(names):], g)


def check_page(where, report, name):
    table = page_of(name)["rows"]
    header = [c[1] for c in table[0]]
    groups = report["groups"] + [report["total"]]
    same(f"{where}: rows", len(table) - 1, len(groups))
    for row, g in zip(table[1:], groups):
        if "key" in g:
            same(where, [c[1].strip() for c in row[: len(key_of(g))]], key_of(g))
        else:
            row = [("", "")] * (len(header) - len(row)) + row  # one cell spans the keys
        cells = dict(zip(header, row))
        for field in ("articles", "views", "distinct", "abstained"):
            if field in cells:
                same(f"{where} {field}", int(cells[field][0]), g[field])
        same(f"{where} net", numbers([cells["net"][0]]), numbers([g["net"]]))
        check_shown(where, cells["net"][1], [], net_of(g))
        for label, exact in stances(g).items():
            same(f"{where} {label}", float(cells[label][0]), float(exact[0]))
            check_shown(where, cells[label][1], [exact], [])


def check_report(name):
    with open(name + ".json", encoding="utf-8") as f:
        report = json.load(f)
    same(name, len(report["groups"]) > 1, True)
    for extension in ("csv", "tsv"):
        check_cells(f"{name}.{extension}", report, name, extension)
    for extension in ("table", "md"):
        check_text(f"{name}.{extension}", report, name, extension)
    check_page(f"{name}.html", report, name)


# ---- comparisons ----


def difference(p, what):
    return (p[what], p[what + "_lo"], p[what + "_hi"])


def check_pairs(where, pairs, name, extension):
    rows = rows_of(name, extension)
    same(f"{where}: rows", len(rows), len(pairs))
    for row, p in zip(rows, pairs):
        same(where, [row["outlet_a"], row["outlet_b"]], [p["a"], p["b"]])
        fields = [k for k in row if not k.startswith("outlet_")]
        same(where, numbers(row[k] for k in fields), numbers(p[k] for k in fields))


def pair_nets(p):
    return [difference(p, "net")] + ([difference(p, "same_net")] if p["same_net"] is not None else [])


def check_compare_text(where, c, name, extension):
    lines = lines_of(name, extension)
    rows = text_rows(lines)[1]
    same(f"{where}: outlets", len(rows), len(c["outlets"]))
    sides = (c["method"]["plus"], c["method"]["minus"])
    for row, o in zip(rows, c["outlets"]):
        same(where, o["outlet"] in row, True)
        check_shown(where, row, [stances(o)[side] for side in sides], [(o["net"]["value"], o["net"]["lo"], o["net"]["hi"])])
    rows = [line for line in lines if NET.search(line) and not SHARE.search(line) and not line.startswith("method")]
    same(f"{where}: pairs", len(rows), len(c["pairs"]))
    for row, p in zip(rows, c["pairs"]):
        same(where, p["a"] in row and p["b"] in row, True)
        check_shown(where, row, [], pair_nets(p))


def check_compare_page(where, c, name):
    tables = page_of(name)
    for row, o in zip(tables["outlets"][1:], c["outlets"], strict=True):
        cells = dict(zip([h[1] for h in tables["outlets"][0]], row))
        same(where, cells["outlet"][1].strip(), o["outlet"])
        for label in (c["method"]["plus"], c["method"]["minus"]):
            same(where, float(cells[label][0]), float(o["stances"][label]["share"]))
            check_shown(where, cells[label][1], [stances(o)[label]], [])
        same(where, float(cells["net"][0]), float(o["net"]["value"]))
        check_shown(where, cells["net"][1], [], [(o["net"]["value"], o["net"]["lo"], o["net"]["hi"])])
    for row, p in zip(tables["pairs"][1:], c["pairs"], strict=True):
        same(where, [row[0][1], row[1][1]], [p["a"], p["b"]])
        same(where, numbers(x[0] for x in row[2:9]), numbers(p[k] for k in ("net", "p", "q", "speakers_both", "same_net", "same_p", "same_q")))
        check_shown(where, row[2][1] + " " + row[6][1], [], pair_nets(p))


def check_comparison(name):
    with open(name + ".json", encoding="utf-8") as f:
        c = json.load(f)
    same(name, len(c["outlets"]) > 1 and len(c["pairs"]) > 0, True)
    for extension in ("csv", "tsv"):
        check_pairs(f"{name}.{extension}", c["pairs"], name, extension)
    for extension in ("table", "md"):
        check_compare_text(f"{name}.{extension}", c, name, extension)
    check_compare_page(f"{name}.html", c, name)


check_comparison(sys.argv[1])
for argument in sys.argv[2:]:
    check_report(argument)
print(f"{seen} values are the same in all formats")
