#!/usr/bin/env python3
"""Compares the truth of the samples with what pdftotext reads, and checks every sum.

    python3 check.py [DIR]

Every figure of a table has to stand, as often as the truth has it, in the text of the pages of the document; exit 1
where one does not. Sums that do not hold are listed: the errors that a document makes on purpose.
"""

import glob
import json
import os
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal

HERE = os.path.dirname(os.path.abspath(__file__))


def digits(text):
    """All figures of a text as strings of digits, groups joined and not joined."""
    text = re.sub(r"(?<=\d)[\u00a0\u2009\u202f](?=\d)", " ", text)
    return re.sub(r"(?<=\d) (?=\d)", "", text)


def check(name):
    truth = json.load(open(name, encoding="utf-8"))
    text = subprocess.run(
        ["pdftotext", "-layout", name[:-5] + ".pdf", "-"], check=True, stdout=subprocess.PIPE
    ).stdout.decode()
    text = digits(text)
    wrong_sums, wanted = [], Counter()
    for t in truth["tables"]:
        for r in t["rows"]:
            for v in r["values"]:
                if v is not None:
                    wanted[v.lstrip("-").replace(".", ",")] += 1
        for e in t.get("equations", []):
            total = t["rows"][e["total"]]
            for i, c in enumerate(t["columns"]):
                if c.get("unit") or total["values"][i] is None:
                    continue
                s = sum(Decimal(t["rows"][k]["values"][i] or 0) * sign for k, sign in e["terms"])
                if s != Decimal(total["values"][i]):
                    wrong_sums.append(f"{t['title']}: {total['label']} {c['label']}: printed {total['values'][i]}, sum {s}")
    found = Counter(re.findall(r"\d+(?:,\d+)?", text))
    missing = [f"figure {v} printed {found[v]} times, {n} in the truth" for v, n in wanted.items() if found[v] < n]
    return truth, wrong_sums, missing


def main():
    total = 0
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(HERE)
    for name in sorted(glob.glob(os.path.join(folder, "*.json"))):
        truth, wrong_sums, missing = check(name)
        total += len(missing)
        print(os.path.basename(name), len(truth["planted_errors"]), "planted,", len(wrong_sums + missing), "differences")
        for f in wrong_sums + missing:
            print("   ", f)
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
