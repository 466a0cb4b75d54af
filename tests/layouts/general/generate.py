#!/usr/bin/env python3
"""Makes documents with general tables in random layouts, each with its truth beside it.

python3 generate.py --out DIR --docs N --seed S [--set fit|held] [--family NAME ...]
"""

import argparse
import json
import os
import random
import sys
import time

os.environ["SOURCE_DATE_EPOCH"] = "1761955200"

import check
import compose
import families
import model

FILLS = [0.97, 0.9, 0.8, 0.66, 0.5]  # how full the sheets are made, until the pages are as many as the sheets


def engine(name):
    """The function(document, path) of a typesetter, imported when needed."""
    module, function = {
        "chromium": ("set_html", "chromium"),
        "weasyprint": ("set_html", "weasyprint"),
        "typst": ("set_typst", "typeset"),
        "reportlab": ("set_reportlab", "typeset"),
        "fpdf": ("set_fpdf", "typeset"),
        "groff": ("set_groff", "typeset"),
        "writer": ("set_writer", "typeset"),
    }[name]
    return getattr(__import__(module), function)


def make(name, family, seed, folder, tables):
    """One document and its truth; returns what is wrong with it."""
    path = os.path.join(folder, name + ".pdf")
    faults = []
    for attempt in range(12):
        rng = random.Random(f"{seed}/{attempt // 2}")
        look = families.draw(family, rng)
        doc = compose.compose(name, family, rng, look, FILLS[min(attempt, len(FILLS) - 1)], tables)
        if tables and not any(True for _ in doc.tables()):
            continue
        engine(look.engine)(doc, path)
        faults = check.faults(doc, path)
        if not faults:
            with open(os.path.join(folder, name + ".tables.json"), "w", encoding="utf-8") as f:
                json.dump(model.truth(doc), f, ensure_ascii=False, indent=1)
                f.write("\n")
            return attempt, []
    os.remove(path)
    return attempt, faults


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", required=True)
    parser.add_argument("--docs", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--set", choices=["fit", "held"], default="fit")
    parser.add_argument("--family", nargs="*")
    parser.add_argument("--verbose", action="store_true", help="say what every attempt was thrown away for")
    args = parser.parse_args()
    check.VERBOSE = args.verbose
    os.makedirs(args.out, exist_ok=True)
    every = {**families.FIT, **families.HELD}
    chosen = args.family or sorted(families.SETS[args.set])
    failed = 0
    for n in range(args.docs):
        family = chosen[n % len(chosen)]
        start = time.time()
        # Every tenth document has no table.
        attempt, faults = make(f"{family}-{n // len(chosen) + 1:03d}", every[family], f"{args.seed}/{family}/{n // len(chosen)}", args.out, n % 10 != 7)
        failed += bool(faults)
        print(f"{family}-{n // len(chosen) + 1:03d} attempts {attempt + 1}, {time.time() - start:.1f} s {'; '.join(faults)[:200]}", flush=True)
    print(f"{args.docs - failed} documents" + (f", {failed} left out" if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
