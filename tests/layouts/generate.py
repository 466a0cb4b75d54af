#!/usr/bin/env python3
"""Makes budget documents in random layouts, each with its truth beside it.

python3 generate.py --out DIR --docs N --seed S [--set fit|held|latex|fresh|unseen|later|fifth|sixth|seventh] [--family NAME ...] [--check]
"""

import argparse
import json
import os
import random
import sys
import time

import books
import families
import model
import pages

os.environ["SOURCE_DATE_EPOCH"] = "1761955200"


def engines():
    """Typesetter name -> function(documents, folder, rng), imported when needed."""

    def lazy(module, function):
        return lambda *a: getattr(__import__(module), function)(*a)

    return {
        "typst": lazy("set_typst", "typeset"),
        "weasyprint": lazy("set_html", "weasyprint"),
        "chromium": lazy("set_html", "chromium"),
        "fpdf": lazy("set_fpdf", "typeset"),
        "reportlab": lazy("set_reportlab", "typeset"),
        "writer": lazy("set_writer", "typeset"),
        "writer-tabs": lazy("set_writer", "typeset_tabs"),
        "calc": lazy("set_calc", "typeset"),
        "groff": lazy("set_groff", "typeset"),
        "latex": lazy("set_latex", "typeset"),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", required=True)
    parser.add_argument("--docs", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--set", choices=list(families.SETS))
    parser.add_argument("--family", nargs="*")
    parser.add_argument("--check", action="store_true", help="compare the truth with pdftotext and list differences")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    chosen = args.family or families.names(args.set)
    by_engine = {}
    for n in range(args.docs):
        name = chosen[n % len(chosen)]
        seed = f"{args.seed}/{name}/{n // len(chosen)}"
        style = families.draw(name, seed)
        doc = books.compose(style, name, f"{name}-{n // len(chosen) + 1:03d}", seed)
        by_engine.setdefault(families.FAMILIES[name]["engine"], []).append(doc)
    table = engines()
    faults = count = 0
    for engine, documents in by_engine.items():
        start = time.time()
        table[engine](documents, args.out, random.Random(f"{args.seed}/{engine}"))
        for doc in documents:
            path = os.path.join(args.out, doc.id + ".pdf")
            found = pages.locate(doc, path)
            count += 1
            if args.check:
                for f in found:
                    print(f"  {doc.id}: {f}")
                faults += bool(found)
            with open(os.path.join(args.out, doc.id + ".json"), "w", encoding="utf-8") as f:
                json.dump(model.truth(doc), f, ensure_ascii=False, indent=1)
                f.write("\n")
        print(f"{engine}: {len(documents)} documents, {time.time() - start:.1f} s", flush=True)
    print(f"{count} documents" + (f", {faults} with differences" if args.check else ""))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
