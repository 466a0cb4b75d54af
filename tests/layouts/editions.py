#!/usr/bin/env python3
"""Sets books in a Swedish and a Finnish edition: the same figures, rows missing on either side, two tables swapped.

python3 editions.py --out DIR --books N --seed S

Writes NAME-sv.pdf, NAME-fi.pdf and NAME.tsv, the pairs of labels of the rows that both editions have (sv, fi, rows).
`scripts/align-accuracy` holds what `taltolk align` finds against them. Two more files, round-sv.pdf and round-fi.pdf, are
two different books whose tables share round figures alone: nothing in them may be paired.
"""

import argparse
import copy
import csv
import os
import random
from collections import Counter
from decimal import Decimal

os.environ["SOURCE_DATE_EPOCH"] = "1761955200"

import books
import families
from generate import engines

# Families with statements, units and sectors, of five typesetters.
FAMILIES = [
    "typst-nat", "reportlab-bokslut", "weasy-luft", "reportlab-rapport", "latex-sektorer", "typst-linjer",
    "fpdf-rutor", "weasy-enhet", "latex-tvaar", "chromium-tabell",
]


def edition(family, seed, language):
    style = copy.deepcopy(families.draw(family, seed))
    style.language = language
    return books.compose(style, family, f"{family}-{language}", seed)


def drop(rng, left, right):
    """Takes some rows out of one edition or the other: (table, key) that are in both no longer."""
    gone = set()
    for n, (a, b) in enumerate(zip(left.tables(), right.tables())):
        items = [r.key for r in a.rows if r.kind == "item"]
        for key in rng.sample(items, min(len(items) // 6, 4)):
            table = a if rng.random() < 0.5 else b
            table.rows = [r for r in table.rows if r.key != key]
            gone.add((n, key))
    return gone


def swap(document):
    """Two tables change places, with what they are made of."""
    tables = [b for b in document.blocks if b.kind == "table"]
    if len(tables) >= 2:
        a, b = tables[0], tables[-1]
        a.table, b.table = b.table, a.table


def pairs(left, right, gone):
    out = Counter()
    for n, (a, b) in enumerate(zip(left.tables(), right.tables())):
        there = {r.key: r for r in b.rows}
        for row in a.rows:
            other = there.get(row.key)
            values = [v for v in row.values if v]
            if row.kind != "heading" and other is not None and (n, row.key) not in gone and values:
                out[(row.label, other.label)] += 1
    return out


def rounded(document, rng):
    """Every figure is a round one, drawn from a few that recur."""
    for table in document.tables():
        for row in table.rows:
            row.values = [None if v is None else Decimal(rng.choice([10, 12, 15, 20, 25, 50, 100]) * 1000) for v in row.values]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", required=True)
    parser.add_argument("--books", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    table = engines()

    def typeset(family, *documents):
        engine = families.FAMILIES[family]["engine"]
        table[engine](list(documents), args.out, random.Random(f"{args.seed}/{engine}"))

    for n in range(args.books):
        family = FAMILIES[n % len(FAMILIES)]
        seed = f"{args.seed}/{family}/{n // len(FAMILIES)}"
        rng = random.Random(seed)
        left, right = (edition(family, seed, language) for language in ("sv", "fi"))
        left.id, right.id = f"{n:02d}-{family}-sv", f"{n:02d}-{family}-fi"
        gone = drop(rng, left, right)
        found = pairs(left, right, gone)
        swap(right)
        typeset(family, left, right)
        with open(os.path.join(args.out, f"{n:02d}-{family}.tsv"), "w", encoding="utf-8", newline="") as f:
            out = csv.writer(f, delimiter="\t", lineterminator="\n")
            out.writerow(["sv", "fi", "rows"])
            out.writerows([sv, fi, k] for (sv, fi), k in sorted(found.items()))
        print(f"{n:02d}-{family}: {sum(found.values())} rows in both", flush=True)
    rng = random.Random(args.seed)
    left, right = edition("weasy-luft", f"{args.seed}/a", "sv"), edition("typst-nat", f"{args.seed}/b", "fi")
    left.id, right.id = "round-sv", "round-fi"
    for document, family in ((left, "weasy-luft"), (right, "typst-nat")):
        rounded(document, rng)
        typeset(family, document)


if __name__ == "__main__":
    main()
